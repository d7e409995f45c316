-- +goose Up

-- When the people of a team said that they begin a round, with all read that it
-- inherits; 0 until then. Those that run already had no such list.
ALTER TABLE cycle ADD COLUMN begun_at BIGINT NOT NULL DEFAULT 0;
UPDATE cycle SET begun_at = start_at;

-- What a team says, as a round begins, to a limit, a finding, a change or a promise
-- from before. Nobody's name is kept with it.
CREATE TABLE cycle_inherited (
    cycle TEXT NOT NULL REFERENCES cycle (id),
    about TEXT NOT NULL, -- the id of that
    says  TEXT NOT NULL,
    body  TEXT NOT NULL,
    PRIMARY KEY (cycle, about)
);
