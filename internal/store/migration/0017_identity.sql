-- +goose Up

-- Who people are for a provider they sign in at: one each, and nobody twice.
CREATE TABLE identity (
    issuer  TEXT NOT NULL,
    subject TEXT NOT NULL,
    member  TEXT NOT NULL REFERENCES member (id),
    PRIMARY KEY (issuer, subject),
    UNIQUE (member, issuer)
);

-- Who knocks, for the provider they came from; empty where they came from none.
ALTER TABLE knock ADD COLUMN issuer TEXT NOT NULL DEFAULT '';
ALTER TABLE knock ADD COLUMN subject TEXT NOT NULL DEFAULT '';
