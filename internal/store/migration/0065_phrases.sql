-- +goose Up

-- A team's own list of phrases, read after the server's: what is remarked on while
-- somebody of the team writes, and what is not.
ALTER TABLE team ADD COLUMN phrases TEXT NOT NULL DEFAULT '';
