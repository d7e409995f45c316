-- +goose Up

-- Whether a guardian first read what they were told within a week or within a month; empty
-- where it was later, or not yet. No day of it is kept.
ALTER TABLE misuse ADD COLUMN read_within TEXT NOT NULL DEFAULT '';
