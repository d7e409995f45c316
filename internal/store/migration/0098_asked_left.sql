-- +goose Up

-- A group that is taken off the list of those whom a procedure affects is asked for one cycle
-- more, or it could be left out just before a change is made. left_at is when it was; 0 while
-- it stands there.
ALTER TABLE authority ADD COLUMN left_at BIGINT NOT NULL DEFAULT 0;
