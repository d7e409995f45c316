-- +goose Up

-- What a change does, as whoever made it said; empty: not said.
ALTER TABLE gap ADD COLUMN strength TEXT NOT NULL DEFAULT '';
