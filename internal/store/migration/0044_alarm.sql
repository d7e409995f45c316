-- +goose Up

-- That most of a team's last reviews changed nothing: once an episode, with what came
-- of the question what is in the way.
CREATE TABLE alarm (
    id       TEXT    PRIMARY KEY,
    team     TEXT    NOT NULL REFERENCES team (id),
    nth      INTEGER NOT NULL,
    at       BIGINT  NOT NULL,
    until_at BIGINT  NOT NULL,
    found    TEXT    NOT NULL,
    aside    TEXT    REFERENCES member (id), -- who set it aside
    aside_at BIGINT  NOT NULL,
    why      TEXT    NOT NULL,
    over_at  BIGINT  NOT NULL, -- 0 while it stands
    UNIQUE (team, nth)
);
CREATE UNIQUE INDEX alarm_open ON alarm (team) WHERE over_at = 0;

-- What people say is in the way, until it is counted: under the hash of a secret that
-- only a browser has.
CREATE TABLE cause (
    alarm  TEXT NOT NULL REFERENCES alarm (id),
    mark   TEXT NOT NULL,
    answer TEXT NOT NULL,
    PRIMARY KEY (alarm, mark)
);
