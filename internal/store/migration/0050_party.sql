-- +goose Up

-- The groups of people whom procedures affect, each with its own term.
CREATE TABLE party (
    id      TEXT   PRIMARY KEY,
    name    TEXT   NOT NULL,
    folded  TEXT   NOT NULL UNIQUE,
    outside TEXT   NOT NULL, -- who else belongs to it
    days    BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE TABLE party_member (
    party  TEXT NOT NULL REFERENCES party (id),
    member TEXT NOT NULL REFERENCES member (id),
    PRIMARY KEY (party, member)
);
CREATE INDEX party_member_member ON party_member (member);

-- Who spoke for a group, and how it chose them. The last does.
CREATE TABLE voice (
    party  TEXT   NOT NULL REFERENCES party (id),
    place  BIGINT NOT NULL,
    member TEXT   NOT NULL REFERENCES member (id),
    at     BIGINT NOT NULL,
    how    TEXT   NOT NULL,
    PRIMARY KEY (party, place)
);

-- Who has a say about a procedure: may change it, is asked, is told. who is the id of a
-- person, a team or a group.
CREATE TABLE authority (
    procedure TEXT NOT NULL REFERENCES procedure (id),
    does      TEXT NOT NULL,
    who       TEXT NOT NULL,
    PRIMARY KEY (procedure, does, who)
);
