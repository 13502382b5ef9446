-- Room: office/outgoing, loans with a term, books of days that are locked, groups of recipients, packets with a passphrase.

-- borrower is who of the agency has it, 0 for somebody else; a returned copy keeps its instant.
ALTER TABLE outgoing_use ADD COLUMN borrower BIGINT NOT NULL DEFAULT 0;
ALTER TABLE outgoing_use ADD COLUMN purpose TEXT NOT NULL DEFAULT '';
ALTER TABLE outgoing_use ADD COLUMN due_on TEXT NOT NULL DEFAULT '';
ALTER TABLE outgoing_use ADD COLUMN returned_at TEXT NOT NULL DEFAULT '';
CREATE INDEX outgoing_use_document ON outgoing_use (document, id);
CREATE INDEX outgoing_use_out ON outgoing_use (agency, due_on) WHERE returned_on = '';

-- Up to which day a book without numbers was printed, signed and bound.
CREATE TABLE outgoing_day_printing (
    id      BIGINT PRIMARY KEY,
    agency  BIGINT NOT NULL,
    book    TEXT NOT NULL CHECK (book IN ('post', 'use')),
    through TEXT NOT NULL,
    at      TEXT NOT NULL,
    set_by  BIGINT NOT NULL
);
CREATE INDEX outgoing_day_printing_book ON outgoing_day_printing (agency, book, at);
-- immutable: outgoing_day_printing

-- What is said later about a line of such a book (dòng đính chính).
CREATE TABLE outgoing_line_note (
    id     BIGINT PRIMARY KEY,
    agency BIGINT NOT NULL,
    book   TEXT NOT NULL CHECK (book IN ('post', 'use')),
    line   BIGINT NOT NULL,
    text   TEXT NOT NULL,
    at     TEXT NOT NULL,
    set_by BIGINT NOT NULL
);
CREATE INDEX outgoing_line_note_line ON outgoing_line_note (line, id);
-- immutable: outgoing_line_note

-- A group of recipients as the agency defines it; a closed one is offered no more.
CREATE TABLE outgoing_group (
    id      BIGINT PRIMARY KEY,
    agency  BIGINT NOT NULL,
    name    TEXT NOT NULL,
    key     TEXT NOT NULL,
    closed  BOOLEAN NOT NULL,
    set_by  BIGINT NOT NULL,
    set_at  TEXT NOT NULL,
    version BIGINT NOT NULL
);
CREATE UNIQUE INDEX outgoing_group_key ON outgoing_group (agency, key) WHERE NOT closed;

CREATE TABLE outgoing_member (
    party   BIGINT NOT NULL,
    ordinal BIGINT NOT NULL,
    agency  BIGINT NOT NULL,
    kind    TEXT NOT NULL CHECK (kind IN ('org', 'unit', 'person')),
    ref     BIGINT NOT NULL,
    name    TEXT NOT NULL,
    address TEXT NOT NULL,
    channel TEXT NOT NULL CHECK (channel IN ('axis', 'internal', 'email', 'post', 'hand', 'portal')),
    copies  BIGINT NOT NULL,
    PRIMARY KEY (party, ordinal)
);

-- party is the group that a recipient stands for before issue, and out of which it came
-- after; packed asks for a packet with a passphrase instead of open files.
ALTER TABLE outgoing_recipient ADD COLUMN party BIGINT NOT NULL DEFAULT 0;
ALTER TABLE outgoing_recipient ADD COLUMN packed BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX outgoing_recipient_waits ON outgoing_recipient (agency, state, document) WHERE state IN ('queued', 'refused', 'failed');

-- The packets that were made of a document's files; the latest is sent. The passphrase is
-- nowhere.
CREATE TABLE outgoing_packet (
    id       BIGINT PRIMARY KEY,
    agency   BIGINT NOT NULL,
    document BIGINT NOT NULL,
    size     BIGINT NOT NULL,
    sha      TEXT NOT NULL,
    made_by  BIGINT NOT NULL,
    made_at  TEXT NOT NULL
);
CREATE INDEX outgoing_packet_document ON outgoing_packet (document, id);
CREATE INDEX outgoing_packet_sha ON outgoing_packet (sha);
-- immutable: outgoing_packet
