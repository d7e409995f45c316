-- +goose Up

-- What somebody wrote, and how they judged, carries a mark that only the holder
-- of the seat can make again: it leads to no seat, and from no answer to
-- another.
ALTER TABLE answer RENAME COLUMN seat TO mark;
ALTER TABLE judgement RENAME COLUMN seat TO mark;
