-- +goose Up

-- Until when people are asked whether a room is a go, and what it came to: "go" or
-- "not-now". Their answers are here only until then, under the hash of a secret that
-- only a browser has: no person, no seat, no time.
ALTER TABLE review ADD COLUMN ready_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE review ADD COLUMN ready TEXT NOT NULL DEFAULT '';
CREATE TABLE ready (
    review TEXT NOT NULL REFERENCES review (id),
    mark   TEXT NOT NULL,
    answer TEXT NOT NULL,
    PRIMARY KEY (review, mark)
);
