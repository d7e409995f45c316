-- +goose Up

-- What a team takes over from another one is tried, and put to groups, like any other
-- change of its procedures. gap is then the id of the offer.
CREATE TABLE trial_of (
    gap      TEXT    PRIMARY KEY, -- the gap that led to it, or the offer
    step     TEXT    NOT NULL REFERENCES step (id),
    revision BIGINT  NOT NULL, -- the one it went into
    harm     TEXT    NOT NULL, -- why a core step could not wait; empty for any other
    at       BIGINT  NOT NULL,
    look_at  BIGINT  NOT NULL, -- 0 once somebody looked
    until_at BIGINT  NOT NULL,
    end_at   BIGINT  NOT NULL, -- 0 while it runs
    kept     BOOLEAN NOT NULL,
    why      TEXT    NOT NULL
);
INSERT INTO trial_of (gap, step, revision, harm, at, look_at, until_at, end_at, kept, why)
    SELECT gap, step, revision, harm, at, look_at, until_at, end_at, kept, why FROM trial;
INSERT INTO trial_of (gap, step, revision, harm, at, look_at, until_at, end_at, kept, why)
    SELECT id, step, revision, '', end_at, CASE WHEN look_at < until_at THEN look_at ELSE 0 END, until_at, 0, FALSE, '' FROM offer
    WHERE state IN ('adopted', 'adapted') AND step IS NOT NULL AND look_at > 0;
DROP TABLE trial;
ALTER TABLE trial_of RENAME TO trial;
CREATE INDEX trial_step ON trial (step);

CREATE TABLE consent_of (
    gap      TEXT    PRIMARY KEY, -- of its trial
    proven   BOOLEAN NOT NULL, -- nothing else keeps the change on trial
    begun_at BIGINT  NOT NULL,
    end_at   BIGINT  NOT NULL,
    ending   TEXT    NOT NULL,
    referred TEXT    REFERENCES member (id),
    stage    TEXT    NOT NULL,
    due_at   BIGINT  NOT NULL,
    version  BIGINT  NOT NULL
);
INSERT INTO consent_of (gap, proven, begun_at, end_at, ending, referred, stage, due_at, version)
    SELECT gap, proven, begun_at, end_at, ending, referred, stage, due_at, version FROM consent;
DROP TABLE consent;
ALTER TABLE consent_of RENAME TO consent;

CREATE TABLE consent_asked_of (
    gap      TEXT   NOT NULL,
    party    TEXT   NOT NULL REFERENCES party (id),
    until_at BIGINT NOT NULL,
    says     TEXT   NOT NULL,
    PRIMARY KEY (gap, party)
);
INSERT INTO consent_asked_of (gap, party, until_at, says) SELECT gap, party, until_at, says FROM consent_asked;
DROP TABLE consent_asked;
ALTER TABLE consent_asked_of RENAME TO consent_asked;
CREATE INDEX consent_asked_party ON consent_asked (party);

CREATE TABLE consent_text_of (
    gap      TEXT   NOT NULL,
    number   BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    at       BIGINT NOT NULL,
    how      TEXT   NOT NULL,
    body     TEXT   NOT NULL,
    term     BIGINT NOT NULL,
    PRIMARY KEY (gap, number)
);
INSERT INTO consent_text_of (gap, number, revision, at, how, body, term) SELECT gap, number, revision, at, how, body, term FROM consent_text;
DROP TABLE consent_text;
ALTER TABLE consent_text_of RENAME TO consent_text;

CREATE TABLE consent_said_of (
    id       TEXT   PRIMARY KEY,
    gap      TEXT   NOT NULL,
    place    BIGINT NOT NULL,
    number   BIGINT NOT NULL, -- of the text it is about
    kind     TEXT   NOT NULL,
    party    TEXT   NOT NULL, -- for which group; empty: for the team of the procedure
    member   TEXT   REFERENCES member (id),
    re       TEXT   NOT NULL, -- the question it answers
    body     TEXT   NOT NULL,
    how      TEXT   NOT NULL,
    at       BIGINT NOT NULL,
    UNIQUE (gap, place)
);
INSERT INTO consent_said_of (id, gap, place, number, kind, party, member, re, body, how, at)
    SELECT id, gap, place, number, kind, party, member, re, body, how, at FROM consent_said;
DROP TABLE consent_said;
ALTER TABLE consent_said_of RENAME TO consent_said;

ALTER TABLE offer DROP COLUMN look_at;
ALTER TABLE offer DROP COLUMN until_at;

-- What groups are asked about is offered once, too.
DROP INDEX offer_stands;
CREATE UNIQUE INDEX offer_stands ON offer (about, to_team) WHERE state IN ('waiting', 'proposed', 'consent', 'adopted', 'adapted');
