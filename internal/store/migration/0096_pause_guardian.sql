-- +goose Up

-- A guardian proposes this pause: alone, or together with whoever of the team did.
ALTER TABLE pause ADD COLUMN guardian BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE pause SET guardian = TRUE WHERE member IS NULL;
