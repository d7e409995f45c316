-- +goose Up

-- A gap that a team cannot change, handed to somebody who can: whom it was handed to, one
-- after the other, and what each said. at is 0 until the review closed.
CREATE TABLE referral (
    gap      TEXT   NOT NULL REFERENCES gap (id),
    place    BIGINT NOT NULL,
    member   TEXT   NOT NULL REFERENCES member (id),
    mail     TEXT   NOT NULL, -- of somebody without an account
    at       BIGINT NOT NULL,
    until_at BIGINT NOT NULL,
    says     TEXT   NOT NULL,
    why      TEXT   NOT NULL,
    said_at  BIGINT NOT NULL,
    PRIMARY KEY (gap, place)
);
CREATE INDEX referral_member ON referral (member);
