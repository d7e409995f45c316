-- +goose Up

-- One installation is one organisation: a single row, and no tenant column
-- anywhere else. Times are microseconds since 1970, UTC; 0 means never.
CREATE TABLE organisation (
    id             INTEGER PRIMARY KEY CHECK (id = 1),
    name           TEXT    NOT NULL,
    zone           TEXT    NOT NULL,
    day_starts_at  INTEGER NOT NULL, -- minutes after midnight
    day_ends_at    INTEGER NOT NULL,
    retention_days INTEGER NOT NULL, -- raw answers
    guardian       TEXT    NOT NULL,
    set_up_at      BIGINT  NOT NULL
);

-- Numbers people say aloud: F-118, constraint 14, finding 9.
CREATE TABLE counter (
    name TEXT    PRIMARY KEY,
    n    INTEGER NOT NULL
);

CREATE TABLE team (
    id             TEXT    PRIMARY KEY,
    name           TEXT    NOT NULL UNIQUE,
    pack           TEXT    NOT NULL,
    emergency      TEXT    NOT NULL,
    cycle_start_at BIGINT  NOT NULL,
    cycle_days     INTEGER NOT NULL,
    triggers       TEXT    NOT NULL, -- JSON, in the order they were written
    early_why      TEXT    NOT NULL  -- why it began before another team had changed anything
);

-- Stakeholder groups: whom a failure touches, whom a procedure affects.
CREATE TABLE stake (
    id    TEXT    PRIMARY KEY,
    team  TEXT    NOT NULL REFERENCES team (id),
    name  TEXT    NOT NULL,
    place INTEGER NOT NULL, -- -1: not offered any more, but failures name it
    UNIQUE (team, name)
);

CREATE TABLE member (
    id         TEXT    PRIMARY KEY,
    name       TEXT    NOT NULL,
    folded     TEXT    NOT NULL UNIQUE, -- without capitals, so that two spellings are one person
    active     BOOLEAN NOT NULL,
    steward    BOOLEAN NOT NULL,
    passphrase TEXT    NOT NULL -- argon2id in PHC form; empty where there is none
);

CREATE TABLE membership (
    team   TEXT NOT NULL REFERENCES team (id),
    member TEXT NOT NULL REFERENCES member (id),
    PRIMARY KEY (team, member)
);

-- Who leads whom is recorded, not a flag on a person.
CREATE TABLE leads (
    leader TEXT NOT NULL REFERENCES member (id),
    member TEXT NOT NULL REFERENCES member (id),
    PRIMARY KEY (leader, member)
);

-- Devices that were let in. Days, not moments: presence must not be a clock.
CREATE TABLE device (
    id         TEXT    PRIMARY KEY,
    member     TEXT    NOT NULL REFERENCES member (id),
    hash       TEXT    NOT NULL UNIQUE, -- SHA-256 of the cookie
    label      TEXT    NOT NULL,
    let_in_day BIGINT  NOT NULL,
    seen_day   BIGINT  NOT NULL,
    ends_at    BIGINT  NOT NULL,
    rests_at   BIGINT  NOT NULL -- ends at this hour if not used before; 0: it does not
);
CREATE INDEX device_member ON device (member);

-- Links that open once: coming in for the first time, a new passphrase.
CREATE TABLE link_once (
    hash    TEXT   PRIMARY KEY, -- SHA-256 of the secret in the link
    member  TEXT   NOT NULL REFERENCES member (id),
    use     TEXT   NOT NULL, -- "in" or "reset"
    ends_at BIGINT NOT NULL
);

CREATE TABLE token (
    id       TEXT   PRIMARY KEY,
    member   TEXT   NOT NULL REFERENCES member (id),
    name     TEXT   NOT NULL,
    hash     TEXT   NOT NULL UNIQUE,
    scopes   TEXT   NOT NULL, -- separated by a space
    ends_at  BIGINT NOT NULL,
    seen_day BIGINT NOT NULL
);

CREATE TABLE failure (
    id            TEXT    PRIMARY KEY,
    number        INTEGER NOT NULL UNIQUE,
    team          TEXT             REFERENCES team (id), -- null for an imported one
    title         TEXT    NOT NULL,
    body          TEXT    NOT NULL,
    stage         TEXT    NOT NULL,
    recognised_at BIGINT  NOT NULL,
    reported_at   BIGINT  NOT NULL,
    reporter      TEXT             REFERENCES member (id),
    touched       TEXT    NOT NULL, -- JSON list of stake ids
    touched_other TEXT    NOT NULL,
    source        TEXT    NOT NULL,
    triage        TEXT    NOT NULL,
    triage_why    TEXT    NOT NULL,
    convener      TEXT             REFERENCES member (id),
    joined_to     TEXT             REFERENCES failure (id),
    step          TEXT    NOT NULL, -- the step that might have caught it; empty if none was named
    standing      TEXT    NOT NULL,
    ref           TEXT             UNIQUE, -- of an imported one, where it came from
    org           TEXT    NOT NULL,
    url           TEXT    NOT NULL,
    licence       TEXT    NOT NULL,
    attribution   TEXT    NOT NULL,
    import_kind   TEXT    NOT NULL,
    import_number TEXT    NOT NULL, -- what its writers call it
    import_source TEXT    NOT NULL, -- the collection it was taken from
    import_print  TEXT    NOT NULL  -- equal: nothing changed since it was brought in
);
CREATE INDEX failure_team ON failure (team, triage, recognised_at);

CREATE TABLE tie (
    id   TEXT   PRIMARY KEY,
    a    TEXT   NOT NULL REFERENCES failure (id),
    b    TEXT   NOT NULL REFERENCES failure (id),
    kind TEXT   NOT NULL,
    at   BIGINT NOT NULL,
    UNIQUE (a, b)
);
CREATE INDEX tie_b ON tie (b);

CREATE TABLE file (
    id   TEXT  PRIMARY KEY,
    kind TEXT  NOT NULL, -- image/jpeg or image/png, as we wrote it ourselves
    data TEXT  NOT NULL  -- base64, so that one column type serves both databases
);

CREATE TABLE fact (
    id      TEXT   PRIMARY KEY,
    failure TEXT   NOT NULL REFERENCES failure (id),
    at      BIGINT NOT NULL,
    line    TEXT   NOT NULL,
    link    TEXT   NOT NULL,
    pasted  TEXT   NOT NULL,
    file    TEXT            REFERENCES file (id),
    author  TEXT   NOT NULL REFERENCES member (id)
);
CREATE INDEX fact_failure ON fact (failure, at);

CREATE TABLE review (
    id           TEXT    PRIMARY KEY,
    failure      TEXT    NOT NULL REFERENCES failure (id),
    form         TEXT    NOT NULL,
    lead         TEXT    NOT NULL REFERENCES member (id),
    meet_at      BIGINT  NOT NULL,
    box          BIGINT  NOT NULL, -- microseconds
    phase        TEXT    NOT NULL,
    open         BOOLEAN NOT NULL,
    version      INTEGER NOT NULL,
    sitting      INTEGER NOT NULL,
    started_at   BIGINT  NOT NULL,
    ends_at      BIGINT  NOT NULL,
    phase_ends_at BIGINT NOT NULL,
    free_at      BIGINT  NOT NULL, -- a roll call for lost seats ends
    extended     BOOLEAN NOT NULL,
    closed_at    BIGINT  NOT NULL,
    late_why     TEXT    NOT NULL,
    few_why      TEXT    NOT NULL,
    whole        BOOLEAN NOT NULL
);
CREATE INDEX review_failure ON review (failure);

-- All invitations of a review are written again whenever one is spent, and all
-- its seats whenever one is drawn, so that no transaction pairs the two.
CREATE TABLE invitation (
    review    TEXT    NOT NULL REFERENCES review (id),
    member    TEXT    NOT NULL REFERENCES member (id),
    closeness TEXT    NOT NULL,
    spent     BOOLEAN NOT NULL,
    PRIMARY KEY (review, member)
);
CREATE INDEX invitation_member ON invitation (member);

-- A seat is a hash and nothing else: no account, no time, no order. Its rows
-- go when the review closes.
CREATE TABLE seat (
    review TEXT NOT NULL REFERENCES review (id),
    hash   TEXT NOT NULL,
    PRIMARY KEY (review, hash)
);

-- Answers are written again, shuffled, in one transaction at the reveal, so
-- that neither the order of rows nor a transaction tells who came first.
CREATE TABLE answer (
    id     TEXT    PRIMARY KEY,
    review TEXT    NOT NULL REFERENCES review (id),
    phase  TEXT    NOT NULL,
    seat   TEXT    NOT NULL,
    place  INTEGER NOT NULL,
    body   TEXT    NOT NULL,
    actual TEXT    NOT NULL,
    parted TEXT    NOT NULL, -- where intended and actual parted
    shows  TEXT    NOT NULL,
    silent BOOLEAN NOT NULL, -- "I have nothing to add"
    spoken BOOLEAN NOT NULL,
    added  BOOLEAN NOT NULL
);
CREATE INDEX answer_review ON answer (review, phase);

CREATE TABLE agreed (
    review  TEXT    NOT NULL REFERENCES review (id),
    phase   TEXT    NOT NULL,
    body    TEXT    NOT NULL,
    differ  TEXT    NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (review, phase)
);

-- Which seats stand behind which version of a text, and which pressed a
-- button; emptied when the review closes.
CREATE TABLE hand (
    review  TEXT    NOT NULL REFERENCES review (id),
    what    TEXT    NOT NULL, -- "stand:happened", "move", "blame", "learned" …
    version INTEGER NOT NULL,
    seat    TEXT    NOT NULL,
    PRIMARY KEY (review, what, version, seat)
);

CREATE TABLE gap (
    id       TEXT    PRIMARY KEY,
    review   TEXT    NOT NULL REFERENCES review (id),
    place    INTEGER NOT NULL,
    intended TEXT    NOT NULL,
    actual   TEXT    NOT NULL,
    parted   TEXT    NOT NULL,
    quotes   TEXT    NOT NULL, -- JSON list
    taken    BOOLEAN NOT NULL,
    open     BOOLEAN NOT NULL, -- the judgements of its round are revealed
    verdict  TEXT    NOT NULL,
    differ   TEXT    NOT NULL,
    needs    TEXT    NOT NULL, -- inherent: what would have to be different
    could    TEXT    NOT NULL, -- and who could change that
    open_till BIGINT NOT NULL,
    route    TEXT    NOT NULL,
    route_to TEXT    NOT NULL,
    route_why TEXT   NOT NULL,
    route_by BIGINT  NOT NULL,
    version  INTEGER NOT NULL,
    round    INTEGER NOT NULL
);
CREATE INDEX gap_review ON gap (review, place);

CREATE TABLE judgement (
    id     TEXT    PRIMARY KEY,
    gap    TEXT    NOT NULL REFERENCES gap (id),
    seat   TEXT    NOT NULL,
    round  INTEGER NOT NULL,
    kind   TEXT    NOT NULL,
    reason TEXT    NOT NULL,
    needs  TEXT    NOT NULL,
    could  TEXT    NOT NULL
);
CREATE INDEX judgement_gap ON judgement (gap);

-- The three closing taps, as counts.
CREATE TABLE closing (
    review TEXT    NOT NULL REFERENCES review (id),
    what   TEXT    NOT NULL, -- "learned", "blame", "again"
    yes    INTEGER NOT NULL,
    no     INTEGER NOT NULL,
    PRIMARY KEY (review, what)
);

CREATE TABLE procedure (
    id            TEXT    PRIMARY KEY,
    slug          TEXT    NOT NULL UNIQUE,
    team          TEXT             REFERENCES team (id), -- null until a team takes it
    title         TEXT    NOT NULL,
    owner         TEXT             REFERENCES member (id),
    revision      INTEGER NOT NULL,
    sign_by       TEXT             REFERENCES member (id),
    sign_until    BIGINT  NOT NULL,
    signed_at     BIGINT  NOT NULL,
    retired_at    BIGINT  NOT NULL
);

CREATE TABLE revision (
    procedure TEXT    NOT NULL REFERENCES procedure (id),
    number    INTEGER NOT NULL,
    markdown  TEXT    NOT NULL,
    at        BIGINT  NOT NULL,
    reason    TEXT    NOT NULL,
    gap       TEXT             REFERENCES gap (id),
    source    TEXT    NOT NULL,
    from_at   BIGINT  NOT NULL,
    steps     TEXT    NOT NULL, -- JSON list of step ids, in the order of the page
    PRIMARY KEY (procedure, number)
);

-- A step keeps its row through every edit; its wordings stand in step_text.
CREATE TABLE step (
    id        TEXT    PRIMARY KEY,
    procedure TEXT    NOT NULL REFERENCES procedure (id),
    place     INTEGER NOT NULL,
    depth     INTEGER NOT NULL,
    heading   TEXT    NOT NULL,
    retired   INTEGER NOT NULL, -- the revision that took it out, or 0
    became    TEXT    NOT NULL, -- the step it was merged into, or empty
    origin    TEXT    NOT NULL  -- the step it was split from, or empty
);
CREATE INDEX step_procedure ON step (procedure, place);

CREATE TABLE step_text (
    step     TEXT    NOT NULL REFERENCES step (id),
    revision INTEGER NOT NULL,
    body     TEXT    NOT NULL,
    PRIMARY KEY (step, revision)
);

CREATE TABLE safeguard (
    id   TEXT   PRIMARY KEY,
    team TEXT   NOT NULL REFERENCES team (id),
    link TEXT   NOT NULL,
    line TEXT   NOT NULL,
    at   BIGINT NOT NULL
);

CREATE TABLE scar (
    id        TEXT    PRIMARY KEY,
    step      TEXT             REFERENCES step (id),
    safeguard TEXT             REFERENCES safeguard (id),
    failure   TEXT    NOT NULL REFERENCES failure (id),
    gap       TEXT    NOT NULL REFERENCES gap (id),
    revision  INTEGER NOT NULL,
    at        BIGINT  NOT NULL
);
CREATE INDEX scar_step ON scar (step);
CREATE INDEX scar_failure ON scar (failure);

-- When a person last looked at a procedure, by revision, so that the page can
-- say what changed since they used it.
CREATE TABLE used (
    member    TEXT    NOT NULL REFERENCES member (id),
    procedure TEXT    NOT NULL REFERENCES procedure (id),
    revision  INTEGER NOT NULL,
    PRIMARY KEY (member, procedure)
);

CREATE TABLE boundary (
    id           TEXT    PRIMARY KEY,
    number       INTEGER NOT NULL UNIQUE,
    team         TEXT    NOT NULL REFERENCES team (id),
    body         TEXT    NOT NULL,
    assume       TEXT    NOT NULL,
    kind         TEXT    NOT NULL,
    places       TEXT    NOT NULL, -- JSON list
    link         TEXT    NOT NULL,
    doubt        TEXT    NOT NULL,
    named_at     BIGINT  NOT NULL,
    look_at      BIGINT  NOT NULL,
    withdrawn_at BIGINT  NOT NULL,
    why          TEXT    NOT NULL
);

CREATE TABLE boundary_gap (
    boundary TEXT NOT NULL REFERENCES boundary (id),
    gap      TEXT NOT NULL REFERENCES gap (id),
    PRIMARY KEY (boundary, gap)
);

CREATE TABLE finding (
    id       TEXT    PRIMARY KEY,
    number   INTEGER NOT NULL UNIQUE,
    team     TEXT    NOT NULL REFERENCES team (id),
    tried    TEXT    NOT NULL,
    expected TEXT    NOT NULL,
    got      TEXT    NOT NULL,
    known    TEXT    NOT NULL, -- JSON list
    next     TEXT    NOT NULL,
    because  TEXT    NOT NULL, -- JSON list
    under    TEXT    NOT NULL,
    sure     TEXT    NOT NULL,
    asked    TEXT    NOT NULL,
    asked_at BIGINT  NOT NULL,
    after    TEXT             REFERENCES finding (id),
    gap      TEXT    NOT NULL REFERENCES gap (id),
    failure  TEXT    NOT NULL REFERENCES failure (id),
    at       BIGINT  NOT NULL
);

CREATE TABLE carry (
    id        TEXT    PRIMARY KEY,
    review    TEXT    NOT NULL REFERENCES review (id),
    failure   TEXT    NOT NULL REFERENCES failure (id),
    team      TEXT    NOT NULL REFERENCES team (id),
    carrier   TEXT    NOT NULL REFERENCES member (id),
    moment    TEXT    NOT NULL,
    act       TEXT    NOT NULL,
    due_at    BIGINT  NOT NULL,
    state     TEXT    NOT NULL,
    witness   BOOLEAN NOT NULL,
    proof     TEXT    NOT NULL,
    why       TEXT    NOT NULL,
    named_at  BIGINT  NOT NULL,
    settle_at BIGINT  NOT NULL,
    offered   TEXT             REFERENCES member (id)
);
CREATE INDEX carry_carrier ON carry (carrier, state);

CREATE TABLE notice (
    id      TEXT   PRIMARY KEY,
    member  TEXT   NOT NULL REFERENCES member (id),
    code    TEXT   NOT NULL,
    args    TEXT   NOT NULL, -- JSON
    link    TEXT   NOT NULL,
    at      BIGINT NOT NULL,
    seen_at BIGINT NOT NULL
);
CREATE INDEX notice_member ON notice (member, seen_at, at);

-- What was deleted because its time was over: class, count, day, no content.
CREATE TABLE disposal (
    id    TEXT    PRIMARY KEY,
    class TEXT    NOT NULL,
    count INTEGER NOT NULL,
    day   BIGINT  NOT NULL
);
