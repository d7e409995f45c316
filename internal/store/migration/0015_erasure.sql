-- +goose Up
-- Who asked to be forgotten: their id alone, so that a copy from before can be
-- made to forget them too.
CREATE TABLE erasure (
    member TEXT   PRIMARY KEY,
    called TEXT   NOT NULL, -- what stands where their name stood
    day    BIGINT NOT NULL
);
