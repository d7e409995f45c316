-- +goose Up

-- Who opened again what was written alone in a review that has closed, by the day. It
-- is a named act of people who took part, and stands near none without a name.
CREATE TABLE opening (
    review TEXT    NOT NULL REFERENCES review (id),
    member TEXT    NOT NULL REFERENCES member (id),
    day    BIGINT  NOT NULL,
    token  BOOLEAN NOT NULL, -- a program read it for them
    PRIMARY KEY (review, member, day, token)
);
