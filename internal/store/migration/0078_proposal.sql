-- +goose Up

-- A pause can be proposed by a guardian, too, who has no name there. Neither database takes
-- NOT NULL off a column in the same words.
CREATE TABLE pause_of (
    id          TEXT   PRIMARY KEY,
    team        TEXT   NOT NULL REFERENCES team (id),
    why         TEXT   NOT NULL,
    member      TEXT   REFERENCES member (id), -- who proposed it; nobody where a guardian did
    proposed_at BIGINT NOT NULL,               -- of a guardian the day alone
    agreed      TEXT   REFERENCES member (id),
    began_at    BIGINT NOT NULL, -- 0 while it is only proposed
    look_at     BIGINT NOT NULL,
    ended       TEXT   REFERENCES member (id),
    ended_at    BIGINT NOT NULL, -- 0 until then
    said        TEXT   NOT NULL
);
INSERT INTO pause_of (id, team, why, member, proposed_at, agreed, began_at, look_at, ended, ended_at, said)
    SELECT id, team, why, member, proposed_at, agreed, began_at, look_at, ended, ended_at, said FROM pause;
DROP TABLE pause;
ALTER TABLE pause_of RENAME TO pause;
CREATE INDEX pause_team ON pause (team);

-- One at a time.
CREATE UNIQUE INDEX pause_open ON pause (team) WHERE ended_at = 0;
