-- +goose Up

-- Somebody who keeps records: they may hold what would go by itself.
ALTER TABLE member ADD COLUMN records BOOLEAN NOT NULL DEFAULT FALSE;

-- Nothing of a failure goes while one of these has not ended. Those that were put
-- on the answers of one review are put on its failure.
CREATE TABLE hold (
    id        TEXT   PRIMARY KEY,
    failure   TEXT   NOT NULL REFERENCES failure (id),
    why       TEXT   NOT NULL,
    held_by   TEXT            REFERENCES member (id), -- null: they were erased since
    at        BIGINT NOT NULL,
    until     BIGINT NOT NULL, -- midnight of its last day; 0: until somebody ends it
    ended_by  TEXT            REFERENCES member (id), -- null: by itself
    ended_at  BIGINT NOT NULL, -- 0 while it lasts
    ended_why TEXT   NOT NULL
);
CREATE INDEX hold_failure ON hold (failure, ended_at);
INSERT INTO hold SELECT 'hld_' || substr(id, 5), failure, held_why, NULL, closed_at, 0, NULL, 0, '' FROM review WHERE held_why <> '';
ALTER TABLE review DROP COLUMN held_why;

-- After how many days it went. How many: reviews in place of their answers; 0
-- where a number could tell something about somebody.
ALTER TABLE disposal ADD COLUMN days BIGINT NOT NULL DEFAULT 0;
UPDATE disposal SET count = 1 WHERE class = 'answers';

-- What a redaction can be made again by, in a copy from before it: not the words,
-- but a fingerprint of them, for as long as such a copy may be kept.
CREATE TABLE redaction_print (
    redaction TEXT    PRIMARY KEY REFERENCES redaction (id),
    salt      TEXT    NOT NULL, -- base64
    sum       TEXT    NOT NULL, -- base64
    length    BIGINT  NOT NULL, -- of the words, in characters
    pictures  BOOLEAN NOT NULL
);

-- Somebody who asked by letter: which steward did it, and why.
ALTER TABLE erasure ADD COLUMN erased_by TEXT NOT NULL DEFAULT '';
ALTER TABLE erasure ADD COLUMN why TEXT NOT NULL DEFAULT '';

-- One daily round took the place of these.
DELETE FROM job WHERE kind IN ('doors.forget', 'repeats.forget', 'answers.dispose');
