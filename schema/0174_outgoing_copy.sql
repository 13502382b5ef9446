-- Room: office/outgoing, certified copies (bản sao y, bản sao lục, bản trích sao).

-- root is the document behind it, which is the source itself unless that is a copy; lines
-- are the printed lines above the signer's name, recipients one a line. handed is the file
-- that the agency's key was given.
CREATE TABLE outgoing_copy (
    id             BIGINT PRIMARY KEY,
    agency         BIGINT NOT NULL,
    kind           TEXT NOT NULL CHECK (kind IN ('SY', 'SL', 'TrS')),
    source         TEXT NOT NULL,
    root           TEXT NOT NULL,
    source_is_copy BOOLEAN NOT NULL,
    source_label   TEXT NOT NULL,
    direction      TEXT NOT NULL CHECK (direction IN ('pp', 'ep', 'pe', 'ee')),
    subject        TEXT NOT NULL,
    part           TEXT NOT NULL,
    signer         BIGINT NOT NULL,
    signer_name    TEXT NOT NULL,
    lines          TEXT NOT NULL,
    capacity       TEXT NOT NULL,
    copies         BIGINT NOT NULL CHECK (copies >= 1),
    recipients     TEXT NOT NULL,
    state          TEXT NOT NULL CHECK (state IN ('made', 'signed', 'numbered', 'issued', 'number_void', 'dropped')),
    made_by        BIGINT NOT NULL,
    made_at        TEXT NOT NULL,
    signed_on      TEXT NOT NULL,
    slot           BIGINT NOT NULL,
    year           BIGINT NOT NULL,
    number         BIGINT NOT NULL,
    label          TEXT NOT NULL,
    day            TEXT NOT NULL,
    handed         TEXT NOT NULL,
    verdict        TEXT NOT NULL,
    issued_at      TEXT NOT NULL,
    void_reason    TEXT NOT NULL,
    void_asked_by  BIGINT NOT NULL,
    void_by        BIGINT NOT NULL,
    void_at        TEXT NOT NULL,
    version        BIGINT NOT NULL,
    CHECK ((number > 0) = (state IN ('numbered', 'issued', 'number_void'))),
    CHECK (kind <> 'TrS' OR part <> '')
);
CREATE INDEX outgoing_copy_book ON outgoing_copy (agency, year, number, id);
CREATE INDEX outgoing_copy_source ON outgoing_copy (agency, source);
CREATE INDEX outgoing_copy_slot ON outgoing_copy (slot);
CREATE INDEX outgoing_copy_open ON outgoing_copy (agency, state) WHERE state IN ('made', 'signed', 'numbered');

CREATE TABLE outgoing_copy_file (
    id       BIGINT PRIMARY KEY,
    agency   BIGINT NOT NULL,
    copy     BIGINT NOT NULL,
    stage    TEXT NOT NULL CHECK (stage IN ('text', 'numbered', 'sealed')),
    ordinal  BIGINT NOT NULL,
    name     TEXT NOT NULL,
    size     BIGINT NOT NULL,
    sha      TEXT NOT NULL,
    pages    BIGINT NOT NULL,
    added_by BIGINT NOT NULL,
    added_at TEXT NOT NULL,
    UNIQUE (copy, ordinal)
);
-- immutable: outgoing_copy_file
