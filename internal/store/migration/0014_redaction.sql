-- +goose Up

-- That personal data was taken out of what was said about a failure: who did
-- it and when. What it was is nowhere.
CREATE TABLE redaction (
    id      TEXT    PRIMARY KEY,
    failure TEXT    NOT NULL REFERENCES failure (id),
    member  TEXT    NOT NULL REFERENCES member (id),
    places  INTEGER NOT NULL,
    at      BIGINT  NOT NULL
);
CREATE INDEX redaction_failure ON redaction (failure, at);
