-- +goose Up

-- The plan whose work a failure belongs to.
ALTER TABLE failure ADD COLUMN plan TEXT REFERENCES plan (id);
CREATE INDEX failure_plan ON failure (plan);
