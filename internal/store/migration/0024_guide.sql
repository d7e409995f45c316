-- +goose Up

-- Who leads a room from outside: named, without a seat, in the place of the script.
CREATE TABLE guide (
    review  TEXT    PRIMARY KEY REFERENCES review (id),
    member  TEXT    NOT NULL REFERENCES member (id),
    outside BOOLEAN NOT NULL -- said "I was not part of this event"; until then they are asked
);
CREATE INDEX guide_member ON guide (member);

-- What they wrote down for themselves, and who asked them to talk beforehand. Both are
-- here until the room closes.
CREATE TABLE guide_note (
    review TEXT PRIMARY KEY REFERENCES review (id),
    text   TEXT NOT NULL
);
CREATE TABLE talk (
    review TEXT NOT NULL REFERENCES review (id),
    member TEXT NOT NULL REFERENCES member (id),
    PRIMARY KEY (review, member)
);
