-- +goose Up

-- A change that is put to every group it affects. stage and due_at say for queries what
-- follows from the rest.
CREATE TABLE consent (
    gap      TEXT    PRIMARY KEY REFERENCES gap (id),
    proven   BOOLEAN NOT NULL, -- nothing else keeps the change on trial
    begun_at BIGINT  NOT NULL,
    end_at   BIGINT  NOT NULL,
    ending   TEXT    NOT NULL,
    referred TEXT    REFERENCES member (id),
    stage    TEXT    NOT NULL,
    due_at   BIGINT  NOT NULL,
    version  BIGINT  NOT NULL
);
CREATE TABLE consent_asked (
    gap      TEXT   NOT NULL REFERENCES gap (id),
    party    TEXT   NOT NULL REFERENCES party (id),
    until_at BIGINT NOT NULL,
    says     TEXT   NOT NULL,
    PRIMARY KEY (gap, party)
);
CREATE INDEX consent_asked_party ON consent_asked (party);
CREATE TABLE consent_text (
    gap      TEXT   NOT NULL REFERENCES gap (id),
    number   BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    at       BIGINT NOT NULL,
    how      TEXT   NOT NULL,
    body     TEXT   NOT NULL,
    term     BIGINT NOT NULL,
    PRIMARY KEY (gap, number)
);
CREATE TABLE consent_said (
    id       TEXT   PRIMARY KEY,
    gap      TEXT   NOT NULL REFERENCES gap (id),
    place    BIGINT NOT NULL,
    number   BIGINT NOT NULL, -- of the text it is about
    kind     TEXT   NOT NULL,
    party    TEXT   NOT NULL, -- for which group; empty: for the team of the procedure
    member   TEXT   REFERENCES member (id),
    re       TEXT   NOT NULL, -- the question it answers
    body     TEXT   NOT NULL,
    how      TEXT   NOT NULL,
    at       BIGINT NOT NULL,
    UNIQUE (gap, place)
);
