-- +goose Up

-- On which day a list was used to its end: in each round of its team the last one. Nobody
-- is in it, and no hour.
CREATE TABLE list_use (
    procedure TEXT   NOT NULL REFERENCES procedure (id),
    day       BIGINT NOT NULL,
    PRIMARY KEY (procedure, day)
);

-- When a line was last ticked, and last said not to be needed, by anybody; and when
-- it was last kept although nobody ticked it, and why. Days alone; 0: never.
CREATE TABLE step_use (
    step      TEXT   PRIMARY KEY REFERENCES step (id),
    ticked_on BIGINT NOT NULL,
    spared_on BIGINT NOT NULL,
    kept_on   BIGINT NOT NULL,
    why       TEXT   NOT NULL
);
