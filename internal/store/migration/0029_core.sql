-- +goose Up

-- What was said of a step: that it is core from then on, or no longer. Nobody's name
-- is kept with it.
CREATE TABLE core_mark (
    id       TEXT    PRIMARY KEY,
    step     TEXT    NOT NULL REFERENCES step (id),
    core     BOOLEAN NOT NULL,
    at       BIGINT  NOT NULL,
    revision BIGINT  NOT NULL, -- the one in use then
    why      TEXT    NOT NULL
);
CREATE INDEX core_mark_step ON core_mark (step);

-- A change of a core step that a room wrote down and that waits for more failures.
CREATE TABLE core_change (
    gap      TEXT   PRIMARY KEY REFERENCES gap (id),
    step     TEXT   NOT NULL REFERENCES step (id),
    act      TEXT   NOT NULL,
    body     TEXT   NOT NULL,
    rest     TEXT   NOT NULL,
    target   TEXT   NOT NULL, -- the step it goes behind or joins, or empty
    revision BIGINT NOT NULL, -- the one in use when it was written
    placed   BIGINT NOT NULL  -- the revision it went into; 0 while it waits
);
CREATE INDEX core_change_step ON core_change (step);
