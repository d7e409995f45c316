-- +goose Up

-- That somebody looked at a signal of a plan, and on which day.
CREATE TABLE look (
    plan      TEXT    NOT NULL REFERENCES plan (id),
    signal    INTEGER NOT NULL, -- the first is 1
    member    TEXT    NOT NULL REFERENCES member (id),
    day       BIGINT  NOT NULL,
    something BOOLEAN NOT NULL,
    PRIMARY KEY (plan, signal, member, day)
);

-- The day on which a signal is looked at next (0: nobody needs to look), and until when
-- people were told what is late.
ALTER TABLE plan ADD COLUMN look_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE plan ADD COLUMN look_told_at BIGINT NOT NULL DEFAULT 0;
