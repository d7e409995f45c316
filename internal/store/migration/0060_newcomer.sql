-- +goose Up

-- Who is new to a team, since which day, for a year: whether the tour was shown to them,
-- and a first run of their own that they stated and nobody confirmed yet.
CREATE TABLE newcomer (
    id        TEXT    PRIMARY KEY,
    member    TEXT    NOT NULL REFERENCES member (id),
    team      TEXT    NOT NULL REFERENCES team (id),
    since_day BIGINT  NOT NULL,
    led       BOOLEAN NOT NULL,
    told      BOOLEAN NOT NULL, -- they said of a question whether it was answered
    ran       BOOLEAN NOT NULL, -- and somebody saw it
    procedure TEXT             REFERENCES procedure (id),
    witness   TEXT             REFERENCES member (id),
    ran_day   BIGINT  NOT NULL,
    UNIQUE (member, team)
);

-- What newcomers of a team said in a month, counted: what answered a question, by its id,
-- that nothing did, and how many people said so for the first time. Nobody is in it.
CREATE TABLE newcomer_said (
    team  TEXT    NOT NULL REFERENCES team (id),
    month BIGINT  NOT NULL,
    what  TEXT    NOT NULL,
    n     INTEGER NOT NULL,
    PRIMARY KEY (team, month, what)
);

-- After how many days somebody did it alone for the first time, by the month alone.
CREATE TABLE newcomer_run (
    id    TEXT    PRIMARY KEY,
    team  TEXT    NOT NULL REFERENCES team (id),
    month BIGINT  NOT NULL,
    days  INTEGER NOT NULL
);
CREATE INDEX newcomer_run_team ON newcomer_run (team, month);
