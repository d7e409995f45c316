-- +goose Up

-- Whether what a review changed is really done that way: when people who do the work
-- are asked, and what it came to the last time, by the day.
CREATE TABLE use_check (
    review  TEXT    PRIMARY KEY REFERENCES review (id),
    round   INTEGER NOT NULL,
    due_at  BIGINT  NOT NULL,
    until   BIGINT  NOT NULL,
    yes     INTEGER NOT NULL,
    partly  INTEGER NOT NULL,
    nope    INTEGER NOT NULL,
    unmet   INTEGER NOT NULL,
    said_at BIGINT  NOT NULL
);

-- Who is asked, and what was said: two lists that know nothing of each other, both
-- only until the answers are counted. An answer stands under the hash of a secret that
-- only a browser has.
CREATE TABLE use_asked (
    review TEXT NOT NULL REFERENCES review (id),
    member TEXT NOT NULL REFERENCES member (id),
    PRIMARY KEY (review, member)
);
CREATE TABLE use_answer (
    review TEXT NOT NULL REFERENCES review (id),
    mark   TEXT NOT NULL,
    answer TEXT NOT NULL,
    PRIMARY KEY (review, mark)
);
