-- +goose Up

-- A browser that a team shares. It is nobody's, and keeps nobody's name.
CREATE TABLE tablet (
    id       TEXT   PRIMARY KEY,
    team     TEXT   NOT NULL REFERENCES team (id),
    hash     TEXT   NOT NULL UNIQUE, -- SHA-256 of the cookie
    label    TEXT   NOT NULL,
    made_day BIGINT NOT NULL,
    seen_day BIGINT NOT NULL,
    ends_at  BIGINT NOT NULL,
    made_by  TEXT            REFERENCES member (id)
);
CREATE INDEX tablet_team ON tablet (team);
