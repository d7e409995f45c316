-- +goose Up

-- From which answer a gap was taken up: one is taken up once. The link goes with
-- the seats when the review closes.
ALTER TABLE gap ADD COLUMN answer TEXT NOT NULL DEFAULT '';

-- Why a review that found no gap changes nothing; empty where it found one.
ALTER TABLE review ADD COLUMN nothing_why TEXT NOT NULL DEFAULT '';
