-- +goose Up

-- Seven questions without a name, once a quarter. While a pulse is open, who is asked,
-- who took a sheet, which sheets came back and what stands on them are four lists that
-- know nothing of each other. When it closes all of them go.
CREATE TABLE pulse_open (
    id       TEXT   PRIMARY KEY, -- random
    team     TEXT   NOT NULL UNIQUE REFERENCES team (id),
    from_at  BIGINT NOT NULL, -- the quarter, and its end
    until_at BIGINT NOT NULL
);
CREATE TABLE pulse_asked (
    pulse  TEXT NOT NULL REFERENCES pulse_open (id),
    member TEXT NOT NULL REFERENCES member (id),
    PRIMARY KEY (pulse, member)
);
CREATE TABLE pulse_taken (
    pulse  TEXT NOT NULL REFERENCES pulse_open (id),
    member TEXT NOT NULL REFERENCES member (id),
    PRIMARY KEY (pulse, member)
);
CREATE TABLE pulse_back (
    pulse TEXT NOT NULL REFERENCES pulse_open (id),
    mark  TEXT NOT NULL, -- the hash of what only the holder of the sheet had
    PRIMARY KEY (pulse, mark)
);
-- The sheets in the order of what stands on them: two boxes with the same sheets look
-- the same, however they were filled.
CREATE TABLE pulse_sheet (
    pulse TEXT    NOT NULL REFERENCES pulse_open (id),
    place INTEGER NOT NULL,
    marks TEXT    NOT NULL, -- seven figures
    PRIMARY KEY (pulse, place)
);

-- What is said of a quarter: a band, and from ten answers on shares in tens. It is all
-- that is left. Without a team it is of the whole organisation.
CREATE TABLE pulse (
    id       TEXT    PRIMARY KEY, -- random
    team     TEXT    REFERENCES team (id),
    from_at  BIGINT  NOT NULL,
    until_at BIGINT  NOT NULL,
    asked    INTEGER NOT NULL,
    size     INTEGER NOT NULL,
    band     TEXT    NOT NULL, -- empty: too few to say
    low      INTEGER NOT NULL,
    mixed    INTEGER NOT NULL,
    high     INTEGER NOT NULL,
    total    INTEGER NOT NULL
);
CREATE INDEX pulse_team ON pulse (team, from_at);
-- Who was asked in one that was said, and not who answered: in another one the people
-- have to be others by enough, or the two are not compared.
CREATE TABLE pulse_circle (
    pulse  TEXT NOT NULL REFERENCES pulse (id),
    member TEXT NOT NULL REFERENCES member (id),
    PRIMARY KEY (pulse, member)
);
