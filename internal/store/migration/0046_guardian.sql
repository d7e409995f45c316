-- +goose Up

-- Who hears when a review is used against anyone: put forward by one person, agreed to
-- by another, and taken on by themselves with words that are kept nowhere.
CREATE TABLE guardian (
    member   TEXT    PRIMARY KEY REFERENCES member (id),
    named_by TEXT    REFERENCES member (id),
    agreed   BOOLEAN NOT NULL,
    lookup   TEXT    NOT NULL, -- of their words; empty until they took it on
    sealing  TEXT    NOT NULL, -- base64: what to seal messages to
    end_by   TEXT    REFERENCES member (id) -- who wants it to end
);

-- What the guardian was told: by the day, with no author and no words in the clear.
CREATE TABLE misuse (
    id        TEXT   PRIMARY KEY,
    lookup    TEXT   NOT NULL UNIQUE, -- of the receipt of whoever told it
    sealing   TEXT   NOT NULL,        -- base64
    readers   TEXT   NOT NULL,        -- JSON: the guardians it is for
    state     TEXT   NOT NULL,
    day       BIGINT NOT NULL,
    closed_on BIGINT NOT NULL
);
CREATE TABLE misuse_message (
    id       TEXT    PRIMARY KEY,
    misuse   TEXT    NOT NULL REFERENCES misuse (id),
    place    INTEGER NOT NULL,
    day      BIGINT  NOT NULL,
    answer   BOOLEAN NOT NULL, -- by a guardian
    copies   TEXT    NOT NULL  -- JSON: sealed once to each who reads it
);
CREATE INDEX misuse_message_misuse ON misuse_message (misuse, place);

-- Whom a guardian has closed raw answers to.
CREATE TABLE reading_closed (
    member TEXT   PRIMARY KEY REFERENCES member (id),
    misuse TEXT   NOT NULL REFERENCES misuse (id),
    day    BIGINT NOT NULL
);

-- Whom to turn to where it is about the guardian.
ALTER TABLE organisation ADD COLUMN other_way TEXT NOT NULL DEFAULT '';
