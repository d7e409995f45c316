-- +goose Up

-- A condition of a plan that came true, with the one failure it made.
CREATE TABLE firing (
    failure  TEXT    PRIMARY KEY REFERENCES failure (id),
    plan     TEXT    NOT NULL REFERENCES plan (id),
    signal   INTEGER NOT NULL, -- 0: the condition on which the work ends
    count    INTEGER NOT NULL,
    first_at BIGINT  NOT NULL,
    last_at  BIGINT  NOT NULL
);
CREATE INDEX firing_plan ON firing (plan, signal, last_at);

-- A program outside that may say so. Its secret is made of the salt and of what all nodes share.
CREATE TABLE monitor (
    id       TEXT   PRIMARY KEY,
    plan     TEXT   NOT NULL UNIQUE REFERENCES plan (id),
    salt     TEXT   NOT NULL,
    former   TEXT   NOT NULL, -- of the secret before
    until    BIGINT NOT NULL, -- when that one is over
    made_at  BIGINT NOT NULL,
    heard_at BIGINT NOT NULL
);
