-- +goose Up

-- Whom people can turn to where somebody was hurt, died, was attacked or arrested, a
-- line each; and whether such a thing happened.
ALTER TABLE organisation ADD COLUMN support TEXT NOT NULL DEFAULT '';
ALTER TABLE failure ADD COLUMN severe BOOLEAN NOT NULL DEFAULT FALSE;
