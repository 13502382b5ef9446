-- Room: office/archive, work dossiers from the yearly list to the agency's archive.

-- Retention periods are dated data (bảng thời hạn bảo quản): a change is a new row, the old
-- one gets its last day. unsure = not yet compared with the text in force.
CREATE TABLE archive_rule (
    id         BIGINT PRIMARY KEY,
    agency     BIGINT NOT NULL,
    code       TEXT NOT NULL,
    section    TEXT NOT NULL,
    text       TEXT NOT NULL,
    years      BIGINT NOT NULL CHECK (years >= 0),
    permanent  BOOLEAN NOT NULL,
    source     TEXT NOT NULL,
    unsure     BOOLEAN NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to   TEXT NOT NULL,
    set_by     BIGINT NOT NULL,
    CHECK ((years = 0) = permanent)
);
CREATE UNIQUE INDEX archive_rule_code ON archive_rule (agency, code) WHERE valid_to = '';

-- The yearly list (danh mục hồ sơ). numbering: one row of numbers over the list, or one per section.
CREATE TABLE archive_list (
    id          BIGINT PRIMARY KEY,
    agency      BIGINT NOT NULL,
    year        BIGINT NOT NULL,
    numbering   TEXT NOT NULL CHECK (numbering IN ('continuous', 'section')),
    state       TEXT NOT NULL CHECK (state IN ('draft', 'approved')),
    approved_by BIGINT NOT NULL,
    approved_on TEXT NOT NULL,
    basis       TEXT NOT NULL,
    UNIQUE (agency, year),
    CHECK ((state = 'approved') = (approved_on <> ''))
);

-- Large sections (Roman) have parent 0 and an abbreviation, subsections (Arabic) a parent.
CREATE TABLE archive_heading (
    id      BIGINT PRIMARY KEY,
    agency  BIGINT NOT NULL,
    list    BIGINT NOT NULL,
    parent  BIGINT NOT NULL,
    ordinal BIGINT NOT NULL,
    title   TEXT NOT NULL,
    abbr    TEXT NOT NULL,
    unit    BIGINT NOT NULL
);
CREATE INDEX archive_heading_list ON archive_heading (list, parent, ordinal);

-- A line of the list. running (its number in the row) and notation are fixed by the approval; added_on is the day of
-- a later addition.
CREATE TABLE archive_line (
    id        BIGINT PRIMARY KEY,
    agency    BIGINT NOT NULL,
    list      BIGINT NOT NULL,
    heading   BIGINT NOT NULL,
    ordinal   BIGINT NOT NULL,
    running   BIGINT NOT NULL,
    notation  TEXT NOT NULL,
    title     TEXT NOT NULL,
    years     BIGINT NOT NULL,
    permanent BOOLEAN NOT NULL,
    rule      TEXT NOT NULL,
    keeper    BIGINT NOT NULL,
    unit      BIGINT NOT NULL,
    note      TEXT NOT NULL,
    state     TEXT NOT NULL CHECK (state IN ('proposed', 'listed', 'dropped')),
    added_on  TEXT NOT NULL,
    set_by    BIGINT NOT NULL
);
CREATE INDEX archive_line_list ON archive_line (list, heading, ordinal);
CREATE UNIQUE INDEX archive_line_notation ON archive_line (list, notation) WHERE notation <> '';

-- A dossier (hồ sơ công việc; Nghị định 30/2020/NĐ-CP Điều 29). line 0 = opened outside the list.
CREATE TABLE archive_dossier (
    id           BIGINT PRIMARY KEY,
    agency       BIGINT NOT NULL,
    line         BIGINT NOT NULL,
    year         BIGINT NOT NULL,
    notation     TEXT NOT NULL,
    title        TEXT NOT NULL,
    years        BIGINT NOT NULL CHECK (years >= 0),
    permanent    BOOLEAN NOT NULL,
    rule         TEXT NOT NULL,
    keeper       BIGINT NOT NULL,
    unit         BIGINT NOT NULL,
    state        TEXT NOT NULL CHECK (state IN ('planned', 'open', 'collecting', 'closed', 'due_transfer', 'offered', 'accepted',
                 'sent_back', 'archived', 'kept_back', 'destroy_proposed', 'destroyed')),
    before       TEXT NOT NULL,
    construction BOOLEAN NOT NULL,
    opened_on    TEXT NOT NULL,
    start_on     TEXT NOT NULL,
    end_on       TEXT NOT NULL,
    ended_on     TEXT NOT NULL,
    closed_on    TEXT NOT NULL,
    due_on       TEXT NOT NULL,
    kept_until   TEXT NOT NULL,
    rights       TEXT NOT NULL,
    language     TEXT NOT NULL,
    note         TEXT NOT NULL,
    docs         BIGINT NOT NULL CHECK (docs BETWEEN 0 AND 999),
    pages        BIGINT NOT NULL,
    frozen       BOOLEAN NOT NULL,
    version      BIGINT NOT NULL,
    UNIQUE (agency, year, notation)
);
CREATE INDEX archive_dossier_keeper ON archive_dossier (agency, keeper, state);
CREATE INDEX archive_dossier_unit ON archive_dossier (agency, unit, state);
CREATE INDEX archive_dossier_due ON archive_dossier (agency, state, due_on);

-- What lies in a dossier: a reference, never a copy, with what the index says of it.
-- out_on is the day it was taken out.
CREATE TABLE archive_item (
    id       BIGINT PRIMARY KEY,
    agency   BIGINT NOT NULL,
    dossier  BIGINT NOT NULL,
    ref      TEXT NOT NULL,
    ordinal  BIGINT NOT NULL,
    number   TEXT NOT NULL,
    day      TEXT NOT NULL,
    title    TEXT NOT NULL,
    author   TEXT NOT NULL,
    pages    BIGINT NOT NULL,
    note     TEXT NOT NULL,
    auto     BOOLEAN NOT NULL,
    added_by BIGINT NOT NULL,
    added_at TEXT NOT NULL,
    out_on   TEXT NOT NULL,
    why      TEXT NOT NULL
);
CREATE UNIQUE INDEX archive_item_once ON archive_item (dossier, ref) WHERE out_on = '';
CREATE INDEX archive_item_ref ON archive_item (agency, ref) WHERE out_on = '';

-- Papers that are nowhere else in the program: typed in, perhaps with a scan.
CREATE TABLE archive_paper (
    id      BIGINT PRIMARY KEY,
    agency  BIGINT NOT NULL,
    type    TEXT NOT NULL,
    number  TEXT NOT NULL,
    day     TEXT NOT NULL,
    author  TEXT NOT NULL,
    subject TEXT NOT NULL,
    pages   BIGINT NOT NULL,
    name    TEXT NOT NULL,
    mime    TEXT NOT NULL,
    size    BIGINT NOT NULL,
    sha     TEXT NOT NULL,
    purged  BOOLEAN NOT NULL,
    set_by  BIGINT NOT NULL,
    set_at  TEXT NOT NULL
);

-- A finding of the closing check that somebody settled by a word.
CREATE TABLE archive_settled (
    id      BIGINT PRIMARY KEY,
    agency  BIGINT NOT NULL,
    dossier BIGINT NOT NULL,
    finding TEXT NOT NULL,
    why     TEXT NOT NULL,
    set_by  BIGINT NOT NULL,
    set_at  TEXT NOT NULL
);
CREATE UNIQUE INDEX archive_settled_once ON archive_settled (dossier, finding);

-- Who ("p:7" a person, "m:3" all who work in a unit) may read a dossier beside its keeper, his unit's head and the archive; each change
-- waits until somebody responsible has seen it.
CREATE TABLE archive_access (
    dossier BIGINT NOT NULL,
    who     TEXT NOT NULL,
    agency  BIGINT NOT NULL,
    PRIMARY KEY (dossier, who)
);
CREATE INDEX archive_access_who ON archive_access (agency, who, dossier);

CREATE TABLE archive_right (
    id           BIGINT PRIMARY KEY,
    agency       BIGINT NOT NULL,
    dossier      BIGINT NOT NULL,
    who          TEXT NOT NULL,
    given        BOOLEAN NOT NULL,
    set_by       BIGINT NOT NULL,
    set_at       TEXT NOT NULL,
    confirmed_by BIGINT NOT NULL,
    confirmed_at TEXT NOT NULL
);
CREATE INDEX archive_right_open ON archive_right (agency, id) WHERE confirmed_at = '';
CREATE INDEX archive_right_dossier ON archive_right (dossier);
-- immutable: archive_settled
