-- +goose Up

-- A change of a procedure that somebody else than those who change it wants, until one of
-- them takes it or declines it. It comes of a room, or of one person.
CREATE TABLE proposal (
    id        TEXT   PRIMARY KEY,
    procedure TEXT   NOT NULL REFERENCES procedure (id),
    gap       TEXT   REFERENCES gap (id),    -- what the room agreed on it for
    member    TEXT   REFERENCES member (id), -- who proposed it; nobody where a room did
    step      TEXT   NOT NULL, -- empty for the first line of an empty procedure
    act       TEXT   NOT NULL,
    body      TEXT   NOT NULL,
    rest      TEXT   NOT NULL,
    target    TEXT   NOT NULL, -- the step it goes behind or joins, or empty
    checked   TEXT   NOT NULL, -- the group on whose people it adds a check, or empty
    reason    TEXT   NOT NULL,
    source    TEXT   NOT NULL,
    from_at   BIGINT NOT NULL,
    base      BIGINT NOT NULL, -- the revision in use when it was written
    at        BIGINT NOT NULL,
    state     TEXT   NOT NULL,
    why       TEXT   NOT NULL, -- why it was declined
    end_at    BIGINT NOT NULL, -- 0 while it waits
    revision  BIGINT NOT NULL  -- the one it went into, or 0
);
CREATE INDEX proposal_procedure ON proposal (procedure);
CREATE INDEX proposal_gap ON proposal (gap);
