-- +goose Up

-- What is watched to see whether a change did what it was made for, and what whoever
-- carries it said of that, on which day.
CREATE TABLE effect (
    gap     TEXT    PRIMARY KEY REFERENCES gap (id),
    what    TEXT    NOT NULL,
    ask_at  BIGINT  NOT NULL,
    said    TEXT    NOT NULL, -- empty until they answered
    body    TEXT    NOT NULL,
    said_at BIGINT  NOT NULL,
    told    BOOLEAN NOT NULL  -- they were told that they are asked
);
