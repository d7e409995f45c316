-- +goose Up

-- Lists of failures begin with the newest, of one's teams, by their triage; what
-- somebody's own reports led to begins with who reported.
CREATE INDEX failure_list ON failure (team, triage, number);
DROP INDEX failure_team;
CREATE INDEX failure_reporter ON failure (reporter);
