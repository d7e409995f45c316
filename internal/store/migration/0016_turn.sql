-- +goose Up
-- Who convenes in turn, in each team: a week each, in this order.
CREATE TABLE turn (
    team   TEXT   NOT NULL REFERENCES team (id),
    member TEXT   NOT NULL REFERENCES member (id),
    place  BIGINT NOT NULL,
    away   BIGINT NOT NULL DEFAULT 0, -- the Monday of the week in which they are skipped
    PRIMARY KEY (team, member)
);
