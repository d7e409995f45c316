-- +goose Up

-- A report with a name can be edited until its review begins. What it said
-- before stays, with the moment at which other words took its place.
ALTER TABLE failure ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
CREATE TABLE former (
    failure       TEXT    NOT NULL REFERENCES failure (id),
    version       INTEGER NOT NULL,
    body          TEXT    NOT NULL,
    stage         TEXT    NOT NULL,
    recognised_at BIGINT  NOT NULL,
    until_at      BIGINT  NOT NULL,
    PRIMARY KEY (failure, version)
);

-- Somebody only practised: it counts nowhere, and can be cleared away.
ALTER TABLE failure ADD COLUMN drill BOOLEAN NOT NULL DEFAULT FALSE;

-- The only people who read it, as a JSON list; an empty one: the team.
ALTER TABLE failure ADD COLUMN only_for TEXT NOT NULL DEFAULT '[]';
CREATE INDEX failure_only ON failure (id) WHERE only_for <> '[]';
