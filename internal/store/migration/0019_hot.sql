-- +goose Up

-- What was written on one phone in the five minutes after an action, beside the
-- failure it became. Nobody wrote it, on some day.
CREATE TABLE hot (
    failure TEXT   PRIMARY KEY REFERENCES failure (id),
    meant   TEXT   NOT NULL,
    parted  TEXT   NOT NULL,
    kind    TEXT   NOT NULL,
    change  TEXT   NOT NULL,
    carrier TEXT   NOT NULL,
    day     BIGINT NOT NULL
);
CREATE INDEX hot_day ON hot (day);
