-- +goose Up

-- A review in writing: hour 0 of its timetable, the clock its deadlines keep,
-- whether questions one and two were opened together, and how often everybody was
-- reminded. Of every review: by when people had written alone, and when they met.
ALTER TABLE review ADD COLUMN days_from BIGINT NOT NULL DEFAULT 0;
ALTER TABLE review ADD COLUMN zone TEXT NOT NULL DEFAULT '';
ALTER TABLE review ADD COLUMN both_open BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE review ADD COLUMN reminded INTEGER NOT NULL DEFAULT 0;
ALTER TABLE review ADD COLUMN written_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE review ADD COLUMN met_at BIGINT NOT NULL DEFAULT 0;
UPDATE review SET written_at = started_at, met_at = started_at;
