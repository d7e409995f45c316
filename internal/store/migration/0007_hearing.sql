-- +goose Up

-- How and when messages reach a person. No row: they never chose anything.
CREATE TABLE contact (
    member     TEXT    PRIMARY KEY REFERENCES member (id),
    mail       TEXT    NOT NULL, -- confirmed; empty where there is none
    asked      TEXT    NOT NULL, -- waits to be confirmed
    asked_at   BIGINT  NOT NULL,
    secret     TEXT    NOT NULL, -- in the link that confirms, as it has to be sent; empty once it was used
    muted      BOOLEAN NOT NULL,
    weekly     BOOLEAN NOT NULL,
    zone       TEXT    NOT NULL, -- empty: the organisation's
    quiet_from INTEGER NOT NULL, -- minutes after midnight
    quiet_to   INTEGER NOT NULL
);
CREATE INDEX contact_secret ON contact (secret);

-- A person's calendar for programs, by a secret address.
CREATE TABLE feed (
    member   TEXT    PRIMARY KEY REFERENCES member (id),
    hash     TEXT    NOT NULL UNIQUE, -- SHA-256 of the secret
    titles   BOOLEAN NOT NULL,
    made_day BIGINT  NOT NULL
);

-- What of a team goes out, and to which chat.
CREATE TABLE channel (
    team     TEXT    PRIMARY KEY REFERENCES team (id),
    address  TEXT    NOT NULL, -- empty: to none
    titles   BOOLEAN NOT NULL,
    fault    TEXT    NOT NULL, -- of the last message; empty where it arrived
    tried_at BIGINT  NOT NULL
);

-- Dispatches on their way. They hold no text of anybody's, and go a day after
-- they left the house.
CREATE TABLE dispatch (
    id         TEXT    PRIMARY KEY,
    code       TEXT    NOT NULL,
    member     TEXT             REFERENCES member (id), -- null: to the chat of the team
    team       TEXT             REFERENCES team (id),
    review     TEXT    NOT NULL, -- the id of the one it is about, or empty
    link       TEXT    NOT NULL,
    weekly     BOOLEAN NOT NULL,
    due_at     BIGINT  NOT NULL, -- when it was first to go out
    fault      TEXT    NOT NULL,
    sent_at    BIGINT  NOT NULL,
    gave_up_at BIGINT  NOT NULL
);
CREATE INDEX dispatch_member ON dispatch (member, sent_at);

-- How many messages about one review a person was sent, which outlasts them.
CREATE TABLE told (
    review TEXT    NOT NULL, -- its id
    member TEXT    NOT NULL REFERENCES member (id),
    count  INTEGER NOT NULL,
    PRIMARY KEY (review, member)
);
