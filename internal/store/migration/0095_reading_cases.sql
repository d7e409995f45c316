-- +goose Up

-- To whom a guardian has closed raw answers, and because of which case: they stay closed
-- while any of the cases stands.
CREATE TABLE reading_closed_of (
    member TEXT   NOT NULL REFERENCES member (id),
    misuse TEXT   NOT NULL REFERENCES misuse (id),
    day    BIGINT NOT NULL,
    PRIMARY KEY (member, misuse)
);
INSERT INTO reading_closed_of (member, misuse, day) SELECT member, misuse, day FROM reading_closed;
DROP TABLE reading_closed;
ALTER TABLE reading_closed_of RENAME TO reading_closed;
CREATE INDEX reading_closed_misuse ON reading_closed (misuse);
