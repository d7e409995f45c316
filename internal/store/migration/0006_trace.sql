-- +goose Up

-- The one record of what happened that a room looked for before question two: a
-- count, a log, a photo. Where none exists, that is known too.
ALTER TABLE review ADD COLUMN trace TEXT NOT NULL DEFAULT '';
ALTER TABLE review ADD COLUMN traceless BOOLEAN NOT NULL DEFAULT FALSE;
