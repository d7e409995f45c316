-- +goose Up

-- A change of a step that rests on one failure, until one person says what becomes of it.
CREATE TABLE trial (
    gap      TEXT    PRIMARY KEY REFERENCES gap (id),
    step     TEXT    NOT NULL REFERENCES step (id),
    revision BIGINT  NOT NULL, -- the one it went into
    harm     TEXT    NOT NULL, -- why a core step could not wait; empty for any other
    at       BIGINT  NOT NULL,
    look_at  BIGINT  NOT NULL, -- 0 once somebody looked
    until_at BIGINT  NOT NULL,
    end_at   BIGINT  NOT NULL, -- 0 while it runs
    kept     BOOLEAN NOT NULL,
    why      TEXT    NOT NULL
);
CREATE INDEX trial_step ON trial (step);
