-- +goose Up

-- What the database knows about itself, such as its incarnation.
CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

-- The append-only log. It has no author. On PostgreSQL xid is the writing
-- transaction and seq comes from the sequence that BIGSERIAL makes; on SQLite,
-- which knows the word only as a name, xid is 0 and seq is handed in. Either
-- way (xid, seq) is the order of commits, as far as everything below it has
-- been decided.
CREATE TABLE event (
    xid   BIGINT    NOT NULL,
    seq   BIGSERIAL NOT NULL,
    kind  TEXT      NOT NULL,
    about TEXT      NOT NULL,
    scope TEXT      NOT NULL, -- the review or team that watches for it; may be empty
    at    BIGINT    NOT NULL, -- microseconds since 1970, UTC
    data  TEXT      NOT NULL, -- JSON, small facts only
    PRIMARY KEY (xid, seq)
);

-- Work for later. While a job is claimed, run_at is the end of the lease.
CREATE TABLE job (
    id         TEXT    PRIMARY KEY,
    kind       TEXT    NOT NULL,
    payload    TEXT    NOT NULL, -- JSON
    run_at     BIGINT  NOT NULL,
    lease      TEXT    NOT NULL, -- who has it; empty while nobody does
    attempts   INTEGER NOT NULL,
    gave_up_at BIGINT  NOT NULL  -- 0 until it is given up
);
CREATE INDEX job_due ON job (gave_up_at, run_at);

-- What a repeated request already led to. Kept for a day.
CREATE TABLE repeat (
    key      TEXT   NOT NULL, -- SHA-256 of the caller's key
    route    TEXT   NOT NULL,
    location TEXT   NOT NULL,
    at       BIGINT NOT NULL,
    PRIMARY KEY (key, route)
);
CREATE INDEX repeat_at ON repeat (at);
