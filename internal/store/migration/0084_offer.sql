-- +goose Up

-- What one team learned and puts to another one of the organisation: a changed step, a
-- limit or a finding, and what that team said. Nobody's name is kept with it.
CREATE TABLE offer (
    id       TEXT   PRIMARY KEY,
    about    TEXT   NOT NULL, -- the scar, the boundary or the finding
    failure  TEXT   REFERENCES failure (id),
    team     TEXT   NOT NULL REFERENCES team (id),
    to_team  TEXT   NOT NULL REFERENCES team (id),
    body     TEXT   NOT NULL, -- as it was when it was offered
    why      TEXT   NOT NULL,
    at       BIGINT NOT NULL,
    state    TEXT   NOT NULL,
    said     TEXT   NOT NULL, -- in other words, where it was taken over in these
    reason   TEXT   NOT NULL, -- why it was declined, or put back
    end_at   BIGINT NOT NULL, -- 0 while nobody has answered
    step     TEXT   REFERENCES step (id),
    revision BIGINT NOT NULL, -- the one it went into, or 0
    proposal TEXT   REFERENCES proposal (id),
    look_at  BIGINT NOT NULL, -- 0 where nobody has to look any more
    until_at BIGINT NOT NULL
);
CREATE INDEX offer_team ON offer (team);
CREATE INDEX offer_to ON offer (to_team);
CREATE INDEX offer_step ON offer (step);
CREATE INDEX offer_failure ON offer (failure);

-- The same is offered once to a team, until it is declined, taken back or put back.
CREATE UNIQUE INDEX offer_stands ON offer (about, to_team) WHERE state IN ('waiting', 'proposed', 'adopted', 'adapted');
