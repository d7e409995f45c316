-- +goose Up

-- Whether this failure, as the last of several that were the same, suggests to its team to
-- begin anew (1), and that the team said not now (2).
ALTER TABLE failure ADD COLUMN anew INTEGER NOT NULL DEFAULT 0;
CREATE INDEX failure_anew ON failure (team) WHERE anew = 1;
