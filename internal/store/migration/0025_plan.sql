-- +goose Up

-- What a team means to do, before it does it. Nobody's name is kept with it.
CREATE TABLE plan (
    id        TEXT   PRIMARY KEY,
    number    BIGINT NOT NULL UNIQUE,
    team      TEXT   NOT NULL REFERENCES team (id),
    title     TEXT   NOT NULL,
    aim       TEXT   NOT NULL,
    hard      TEXT   NOT NULL,
    notice    TEXT   NOT NULL,
    signals   TEXT   NOT NULL, -- JSON
    ask       TEXT   NOT NULL,
    stop      TEXT   NOT NULL,
    version   BIGINT NOT NULL,
    begun_at  BIGINT NOT NULL,
    opened_at BIGINT NOT NULL, -- 0 while people write alone why it may fail
    frozen_at BIGINT NOT NULL, -- 0 while it is a draft
    print     TEXT   NOT NULL,
    added     TEXT   NOT NULL  -- JSON
);
CREATE INDEX plan_team ON plan (team, number);

-- Why it may fail, each written alone: no person, no time, and all of them anew, in
-- another order, with every one that is added.
CREATE TABLE reason (
    id   TEXT PRIMARY KEY,
    plan TEXT NOT NULL REFERENCES plan (id),
    body TEXT NOT NULL
);
CREATE INDEX reason_plan ON reason (plan);

-- What a plan says to a failure, a boundary or a finding from before.
CREATE TABLE inherited (
    plan  TEXT NOT NULL REFERENCES plan (id),
    about TEXT NOT NULL, -- the id of that
    says  TEXT NOT NULL,
    body  TEXT NOT NULL,
    PRIMARY KEY (plan, about)
);
CREATE INDEX inherited_about ON inherited (about);
