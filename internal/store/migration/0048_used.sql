-- +goose Up

-- The day on which a change was said to be in use; 0 until then. What comes back
-- after that day came back, and before it the change was not in use yet. What was
-- said before this was kept is said of the changes that were a month old by then.
ALTER TABLE scar ADD COLUMN used_at BIGINT NOT NULL DEFAULT 0;

UPDATE scar SET used_at = (SELECT use_check.said_at FROM gap JOIN use_check ON use_check.review = gap.review WHERE gap.id = scar.gap)
WHERE EXISTS (SELECT 1 FROM gap JOIN use_check ON use_check.review = gap.review
    WHERE gap.id = scar.gap AND use_check.yes > use_check.partly + use_check.nope AND use_check.said_at > 0
        AND scar.at <= use_check.said_at - 2505600000000);
