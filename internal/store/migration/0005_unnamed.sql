-- +goose Up

-- What came without a name waits here until the hour, in words that are not in
-- any other table and in no backup. Then it is gone. Nothing in it is a time,
-- and its ids are random.
CREATE TABLE pool (
    id     TEXT PRIMARY KEY,
    lookup TEXT NOT NULL, -- of the receipt it came with
    entry  TEXT NOT NULL  -- JSON
);

-- The way back to a report without a name, made at its release: a slow hash of
-- words that are kept nowhere, and what to seal questions to.
CREATE TABLE receipt (
    lookup  TEXT   PRIMARY KEY,
    sealing TEXT   NOT NULL, -- base64
    failure TEXT   NOT NULL UNIQUE REFERENCES failure (id),
    day     BIGINT NOT NULL
);

-- What a team and whoever reported without a name say to each other.
CREATE TABLE message (
    id      TEXT    PRIMARY KEY,
    failure TEXT    NOT NULL REFERENCES failure (id),
    place   INTEGER NOT NULL,
    day     BIGINT  NOT NULL,
    asked   BOOLEAN NOT NULL, -- by the team
    sealed  TEXT    NOT NULL, -- base64; empty once the question was answered
    body    TEXT    NOT NULL, -- empty while it is sealed
    answers TEXT    NOT NULL
);
CREATE INDEX message_failure ON message (failure, place);

-- Where people without an account report to a team.
CREATE TABLE address (
    team TEXT PRIMARY KEY REFERENCES team (id),
    word TEXT NOT NULL UNIQUE
);

-- Tables from which something was taken that nobody may read any more, until
-- their files have been written anew.
CREATE TABLE erased (
    name TEXT PRIMARY KEY
);

ALTER TABLE organisation ADD COLUMN appears_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE failure ADD COLUMN alias TEXT NOT NULL DEFAULT '';
