-- +goose Up

-- A team's own words over those of its pack, by concept, as JSON.
ALTER TABLE team ADD COLUMN words TEXT NOT NULL DEFAULT '{}';

-- Which saving of the settings this is, so that of two people who save at once
-- the later is shown what the first wrote.
ALTER TABLE team ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE organisation ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
