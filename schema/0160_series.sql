-- Room: office/series, the numbers of what the agency issues.

-- How administrative documents are numbered from 1 January of a year on: all in one
-- series, each type in its own, or some apart ('QĐ CT') and the rest together.
CREATE TABLE series_mode (
    agency BIGINT NOT NULL,
    year   BIGINT NOT NULL,
    mode   TEXT NOT NULL CHECK (mode IN ('common', 'separate', 'mixed')),
    apart  TEXT NOT NULL,
    set_by BIGINT NOT NULL,
    set_at TEXT NOT NULL,
    PRIMARY KEY (agency, year)
);

-- Councils and teams that issue under their own name (hội đồng, ban chỉ đạo).
CREATE TABLE series_body (
    id         BIGINT PRIMARY KEY,
    agency     BIGINT NOT NULL,
    name       TEXT NOT NULL,
    abbr       TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to   TEXT NOT NULL,
    basis      TEXT NOT NULL
);
CREATE INDEX series_body_agency ON series_body (agency);

-- Abbreviations that changed, with the day from which each is written: unit 0 is the
-- agency itself, valid_from '' the one before the first change. afresh: numbers begin
-- at 01 again on that day (a new legal person).
CREATE TABLE series_abbr (
    agency     BIGINT NOT NULL,
    unit       BIGINT NOT NULL,
    valid_from TEXT NOT NULL,
    abbr       TEXT NOT NULL,
    afresh     BOOLEAN NOT NULL,
    basis      TEXT NOT NULL,
    set_by     BIGINT NOT NULL,
    set_at     TEXT NOT NULL,
    PRIMARY KEY (agency, unit, valid_from)
);

-- A series is a row whose lock makes whoever takes a number wait. last is the number
-- given last, last_day the latest day given.
CREATE TABLE series_series (
    id        BIGINT PRIMARY KEY,
    agency    BIGINT NOT NULL,
    direction TEXT NOT NULL CHECK (direction IN ('out', 'copy', 'body')),
    scope     TEXT NOT NULL,
    year      BIGINT NOT NULL,
    edition   BIGINT NOT NULL,
    start     BIGINT NOT NULL CHECK (start >= 1),
    last      BIGINT NOT NULL,
    last_day  TEXT NOT NULL,
    closed    BOOLEAN NOT NULL,
    note      TEXT NOT NULL,
    scan      TEXT NOT NULL,
    UNIQUE (agency, direction, scope, year, edition),
    CHECK (last >= start - 1)
);

-- Every number ever taken, whatever became of it. label is number and notation as
-- printed, once it is used; key is the caller's own name for the taking.
CREATE TABLE series_slot (
    id             BIGINT PRIMARY KEY,
    agency         BIGINT NOT NULL,
    series         BIGINT NOT NULL,
    year           BIGINT NOT NULL,
    number         BIGINT NOT NULL CHECK (number >= 1),
    suffix         TEXT NOT NULL,
    state          TEXT NOT NULL CHECK (state IN ('reserved', 'used', 'void')),
    day            TEXT NOT NULL,
    label          TEXT NOT NULL,
    subject        TEXT NOT NULL,
    key            TEXT NOT NULL,
    inserted       BOOLEAN NOT NULL,
    went_out       BOOLEAN NOT NULL,
    reserved_by    BIGINT NOT NULL,
    reserved_until TEXT NOT NULL,
    reason         TEXT NOT NULL,
    at             TEXT NOT NULL,
    UNIQUE (series, number, suffix),
    CHECK (inserted = (suffix <> '')),
    CHECK (state <> 'used' OR (label <> '' AND subject <> '')),
    CHECK (state = 'used' OR reason <> '')
);
CREATE UNIQUE INDEX series_slot_label ON series_slot (agency, year, label) WHERE label <> '';
CREATE UNIQUE INDEX series_slot_key ON series_slot (agency, key) WHERE key <> '';
CREATE INDEX series_slot_reserved ON series_slot (agency, reserved_until) WHERE state = 'reserved';
