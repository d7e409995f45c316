-- +goose Up

-- Why the raw answers of a review are kept beyond their time; empty where they
-- are not.
ALTER TABLE review ADD COLUMN held_why TEXT NOT NULL DEFAULT '';
