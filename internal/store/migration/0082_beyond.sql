-- +goose Up

-- Why a gap was taken into the fourth question although three were taken already.
ALTER TABLE gap ADD COLUMN beyond TEXT NOT NULL DEFAULT '';
