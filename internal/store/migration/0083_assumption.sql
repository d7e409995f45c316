-- +goose Up

-- What a team relies on, in one line. The boundary it was taken from may be gone.
CREATE TABLE assumption (
    id       TEXT    PRIMARY KEY,
    number   INTEGER NOT NULL UNIQUE,
    team     TEXT    NOT NULL REFERENCES team (id),
    body     TEXT    NOT NULL,
    boundary TEXT    NOT NULL, -- or empty
    member   TEXT    NOT NULL REFERENCES member (id), -- who registered it
    day      BIGINT  NOT NULL
);

-- That somebody found out whether one holds: one after the other, and how they know.
CREATE TABLE assumption_test (
    assumption TEXT    NOT NULL REFERENCES assumption (id),
    place      INTEGER NOT NULL, -- the first is 1
    state      TEXT    NOT NULL,
    how        TEXT    NOT NULL,
    gap        TEXT    REFERENCES gap (id),        -- where it showed
    next       TEXT    REFERENCES assumption (id), -- what is assumed instead
    member     TEXT    NOT NULL REFERENCES member (id),
    day        BIGINT  NOT NULL,
    PRIMARY KEY (assumption, place)
);
CREATE INDEX assumption_test_gap ON assumption_test (gap);

-- That a procedure, a step of it, or a plan rests on one.
CREATE TABLE assumption_use (
    id         TEXT   PRIMARY KEY,
    assumption TEXT   NOT NULL REFERENCES assumption (id),
    procedure  TEXT   REFERENCES procedure (id),
    step       TEXT   REFERENCES step (id),
    plan       TEXT   REFERENCES plan (id),
    day        BIGINT NOT NULL,
    fine       TEXT   NOT NULL -- why it stays though the assumption no longer holds, or empty
);
CREATE INDEX assumption_use_assumption ON assumption_use (assumption);
CREATE INDEX assumption_use_procedure ON assumption_use (procedure);
CREATE INDEX assumption_use_plan ON assumption_use (plan);
