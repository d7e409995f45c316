-- +goose Up

-- The rounds of work of each team. The one with the highest number is the one it is
-- in; its end is when the next one starts.
CREATE TABLE cycle (
    id       TEXT    PRIMARY KEY,
    team     TEXT    NOT NULL REFERENCES team (id),
    number   INTEGER NOT NULL,
    start_at BIGINT  NOT NULL,
    end_at   BIGINT  NOT NULL,
    UNIQUE (team, number)
);
INSERT INTO cycle (id, team, number, start_at, end_at)
    SELECT 'cyc_' || substr(id, 5), id, 1, cycle_start_at, cycle_start_at + cycle_days * 86400000000 FROM team WHERE cycle_start_at > 0;
ALTER TABLE team DROP COLUMN cycle_start_at;
