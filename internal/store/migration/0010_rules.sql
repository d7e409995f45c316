-- +goose Up

-- From which answer a gap was taken up: one is taken up once. The link goes with
-- the seats when the review closes.
ALTER TABLE gap ADD COLUMN answer TEXT NOT NULL DEFAULT '';

-- Why a review that found no gap changes nothing, and why one was called off
-- before it began; empty where neither is so.
ALTER TABLE review ADD COLUMN nothing_why TEXT NOT NULL DEFAULT '';
ALTER TABLE review ADD COLUMN off_why TEXT NOT NULL DEFAULT '';
