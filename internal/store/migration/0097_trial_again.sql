-- +goose Up

-- What another change took the place of was not kept by anybody: it counts again where
-- that change goes. replaced is the gap, or the offer, of which that change came; empty for
-- a trial that runs or that somebody decided about. again is the revision in which it
-- counts again, or 0.
ALTER TABLE trial ADD COLUMN replaced TEXT NOT NULL DEFAULT '';
ALTER TABLE trial ADD COLUMN again BIGINT NOT NULL DEFAULT 0;
UPDATE trial SET kept = FALSE WHERE gap IN (SELECT gap FROM consent WHERE ending = 'replaced');
