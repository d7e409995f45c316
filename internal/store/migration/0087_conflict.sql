-- +goose Up

-- A conflict between people or groups that a room put aside. Who did is kept nowhere, and
-- no time but the days that its owner and its end have.
CREATE TABLE parked_conflict (
    id      TEXT    PRIMARY KEY,
    review  TEXT    NOT NULL REFERENCES review (id),
    body    TEXT    NOT NULL, -- one line what it is about, written for this
    owner   TEXT    REFERENCES member (id), -- who looks after it, or is asked to
    yes     BOOLEAN NOT NULL, -- and said so
    due_on  BIGINT  NOT NULL, -- by which day; 0 while nobody is asked
    how     TEXT    NOT NULL, -- how it ended
    end_on  BIGINT  NOT NULL, -- 0 until then
    told    BOOLEAN NOT NULL, -- they were reminded of its day
    version BIGINT  NOT NULL
);
CREATE INDEX parked_conflict_review ON parked_conflict (review);
CREATE INDEX parked_conflict_owner ON parked_conflict (owner);
