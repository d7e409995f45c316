-- +goose Up

-- A team's own words over those of its pack, by concept, as JSON.
ALTER TABLE team ADD COLUMN words TEXT NOT NULL DEFAULT '{}';
