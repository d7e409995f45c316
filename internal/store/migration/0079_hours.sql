-- +goose Up

-- How many hours one of a team works in a week, where it said so; 0 where it did not.
ALTER TABLE team ADD COLUMN work_hours INTEGER NOT NULL DEFAULT 0;
