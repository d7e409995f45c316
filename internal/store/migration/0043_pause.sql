-- +goose Up

-- A team's word that it calls no reviews for a while: who proposed it and why, who
-- agreed, until when to look again, and what changed since.
CREATE TABLE pause (
    id          TEXT   PRIMARY KEY,
    team        TEXT   NOT NULL REFERENCES team (id),
    why         TEXT   NOT NULL,
    member      TEXT   NOT NULL REFERENCES member (id), -- who proposed it
    proposed_at BIGINT NOT NULL,
    agreed      TEXT   REFERENCES member (id),
    began_at    BIGINT NOT NULL, -- 0 while it is only proposed
    look_at     BIGINT NOT NULL,
    ended       TEXT   REFERENCES member (id),
    ended_at    BIGINT NOT NULL, -- 0 until then
    said        TEXT   NOT NULL
);
CREATE INDEX pause_team ON pause (team);

-- One at a time.
CREATE UNIQUE INDEX pause_open ON pause (team) WHERE ended_at = 0;
