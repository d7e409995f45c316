-- +goose Up

-- Which plans do the same again: all of them have one name, the id of one that may be gone.
-- Empty: its own id.
ALTER TABLE plan ADD COLUMN series TEXT NOT NULL DEFAULT '';
CREATE INDEX plan_series ON plan (series);
