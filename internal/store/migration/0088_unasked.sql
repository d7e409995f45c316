-- +goose Up

-- Until when whoever reported this is not asked whether anything bad has happened since,
-- because they put the question away; 0: they did not, or the day is over.
ALTER TABLE failure ADD COLUMN unasked_until BIGINT NOT NULL DEFAULT 0;
