-- +goose Up

-- What is planned learns from data. Then it takes three answers before it begins.
ALTER TABLE plan ADD COLUMN learns BOOLEAN NOT NULL DEFAULT FALSE;
