-- +goose Up

-- What a team hands out so that people can ask to come in. It opens nothing by
-- itself, so it is kept as it is and can be printed again.
CREATE TABLE code (
    team    TEXT   PRIMARY KEY REFERENCES team (id),
    words   TEXT   NOT NULL UNIQUE,
    ends_at BIGINT NOT NULL
);

-- Somebody at the door of a team. Its rows go when their time is over.
CREATE TABLE knock (
    id      TEXT   PRIMARY KEY,
    team    TEXT   NOT NULL REFERENCES team (id),
    name    TEXT   NOT NULL,
    member  TEXT            REFERENCES member (id),
    hash    TEXT   NOT NULL, -- SHA-256 of what the asking device holds; empty where it is in already
    words   TEXT   NOT NULL,
    label   TEXT   NOT NULL,
    state   TEXT   NOT NULL,
    let_in_by TEXT          REFERENCES member (id),
    at      BIGINT NOT NULL,
    ends_at BIGINT NOT NULL
);
CREATE INDEX knock_team ON knock (team, state);
CREATE INDEX knock_hash ON knock (hash);

-- Who said yes to a device.
ALTER TABLE device ADD COLUMN let_in_by TEXT REFERENCES member (id);
