-- +goose Up

-- Personal data is taken out of a plan, too, which may belong to no failure: of the two
-- columns one is filled. Neither database takes NOT NULL off a column in the same words.
CREATE TABLE redaction_of (
    id      TEXT    PRIMARY KEY,
    failure TEXT    REFERENCES failure (id),
    plan    TEXT    REFERENCES plan (id),
    member  TEXT    NOT NULL REFERENCES member (id),
    places  INTEGER NOT NULL,
    at      BIGINT  NOT NULL
);
INSERT INTO redaction_of (id, failure, member, places, at) SELECT id, failure, member, places, at FROM redaction;
CREATE TABLE redaction_print_of (
    redaction TEXT    PRIMARY KEY REFERENCES redaction_of (id),
    salt      TEXT    NOT NULL, -- base64
    sum       TEXT    NOT NULL, -- base64
    length    BIGINT  NOT NULL, -- of the words, in characters
    pictures  BOOLEAN NOT NULL
);
INSERT INTO redaction_print_of (redaction, salt, sum, length, pictures) SELECT redaction, salt, sum, length, pictures FROM redaction_print;
DROP TABLE redaction_print;
DROP TABLE redaction;
ALTER TABLE redaction_of RENAME TO redaction;
ALTER TABLE redaction_print_of RENAME TO redaction_print;
CREATE INDEX redaction_failure ON redaction (failure, at);
CREATE INDEX redaction_plan ON redaction (plan, at);
