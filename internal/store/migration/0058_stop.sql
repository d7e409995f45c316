-- +goose Up

-- That another procedure goes on about a failure, so that no review does: which kind,
-- empty once that is over, and since when.
ALTER TABLE failure ADD COLUMN stopped TEXT NOT NULL DEFAULT '';
ALTER TABLE failure ADD COLUMN stopped_at BIGINT NOT NULL DEFAULT 0;
