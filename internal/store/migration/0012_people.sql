-- +goose Up

-- How somebody stood when they were let go, for the day in which they can be
-- brought back.
CREATE TABLE parting (
    member TEXT   PRIMARY KEY REFERENCES member (id),
    at     BIGINT NOT NULL,
    stood  TEXT   NOT NULL -- JSON
);

-- Somebody without an account: a name that is invited once, or carries one
-- promise.
ALTER TABLE member ADD COLUMN guest BOOLEAN NOT NULL DEFAULT FALSE;

-- Signed links that were not taken back. The link itself is kept nowhere.
CREATE TABLE pass (
    id      TEXT   PRIMARY KEY,
    use     TEXT   NOT NULL,
    about   TEXT   NOT NULL, -- the id of the review or of the promise
    member  TEXT   NOT NULL REFERENCES member (id),
    ends_at BIGINT NOT NULL
);
CREATE INDEX pass_about ON pass (about);
