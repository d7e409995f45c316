-- +goose Up

-- A change that adds a check on people, and on which group. Where it waits, revision is 0.
CREATE TABLE people_check (
    id        TEXT   PRIMARY KEY,
    procedure TEXT   NOT NULL REFERENCES procedure (id),
    gap       TEXT   NOT NULL, -- empty for a change without a failure
    revision  BIGINT NOT NULL,
    party     TEXT   NOT NULL REFERENCES party (id)
);
CREATE INDEX people_check_gap ON people_check (gap);
