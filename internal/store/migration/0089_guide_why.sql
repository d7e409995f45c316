-- +goose Up

-- Why somebody leads a room from outside although they were part of what it is about.
ALTER TABLE guide ADD COLUMN why TEXT NOT NULL DEFAULT '';
