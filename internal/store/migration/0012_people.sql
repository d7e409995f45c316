-- +goose Up

-- How somebody stood when they were let go, for the day in which they can be
-- brought back.
CREATE TABLE parting (
    member TEXT   PRIMARY KEY REFERENCES member (id),
    at     BIGINT NOT NULL,
    stood  TEXT   NOT NULL -- JSON
);
