-- +goose Up

-- What people read where they write about how far the law reaches; empty: our own words.
ALTER TABLE organisation ADD COLUMN legal TEXT NOT NULL DEFAULT '';
