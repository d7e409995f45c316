-- +goose Up

-- Who was given the question what is in the way, so that nobody has two answers. It knows
-- nothing of the answers, and goes with them.
CREATE TABLE cause_taken (
    alarm  TEXT NOT NULL REFERENCES alarm (id),
    member TEXT NOT NULL REFERENCES member (id),
    PRIMARY KEY (alarm, member)
);

-- A question that is open was given without such a list, and is put anew: what was given
-- before opens nothing any more.
DELETE FROM cause;
DELETE FROM meta WHERE name = 'cause';
