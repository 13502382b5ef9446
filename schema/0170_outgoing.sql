-- Room: office/outgoing, what has a number and leaves the agency (văn bản đi).

-- One document of the register of what goes out. lines are the printed lines above the
-- signer's name; places ("Nơi nhận"), kept_by ("Đơn vị, người nhận bản lưu") stand in the
-- register as frozen; text_number says whether number and date stand in the file.
CREATE TABLE outgoing_document (
    id            BIGINT PRIMARY KEY,
    agency        BIGINT NOT NULL,
    draft         BIGINT NOT NULL,
    slot          BIGINT NOT NULL,
    series        BIGINT NOT NULL,
    year          BIGINT NOT NULL,
    number        BIGINT NOT NULL CHECK (number >= 1),
    suffix        TEXT NOT NULL,
    label         TEXT NOT NULL,
    slug          TEXT NOT NULL,
    day           TEXT NOT NULL,
    type          TEXT NOT NULL,
    subject       TEXT NOT NULL,
    urgency       BIGINT NOT NULL CHECK (urgency BETWEEN 0 AND 3),
    circulation   TEXT NOT NULL,
    unit          BIGINT NOT NULL,
    drafter       BIGINT NOT NULL,
    signer        BIGINT NOT NULL,
    signer_name   TEXT NOT NULL,
    lines         TEXT NOT NULL,
    capacity      TEXT NOT NULL,
    field         BIGINT NOT NULL,
    signed        TEXT NOT NULL CHECK (signed IN ('digital', 'paper')),
    signed_on     TEXT NOT NULL,
    signed_at     TEXT NOT NULL,
    way           TEXT NOT NULL,
    text_number   TEXT NOT NULL CHECK (text_number IN ('waiting', 'set', 'none')),
    send_by       TEXT NOT NULL,
    places        TEXT NOT NULL,
    kept_by       TEXT NOT NULL,
    amount        BIGINT NOT NULL,
    note          TEXT NOT NULL,
    state         TEXT NOT NULL CHECK (state IN ('numbered', 'sealed', 'issued', 'recalling', 'recalled', 'superseded', 'filed', 'number_void')),
    numbered_by   BIGINT NOT NULL,
    numbered_at   TEXT NOT NULL,
    sealed        TEXT NOT NULL CHECK (sealed IN ('', 'digital', 'paper')),
    sealed_by     BIGINT NOT NULL,
    sealed_at     TEXT NOT NULL,
    issued_at     TEXT NOT NULL,
    recall_reason TEXT NOT NULL,
    recall_due    TEXT NOT NULL,
    ordered_by    BIGINT NOT NULL,
    frozen        BOOLEAN NOT NULL,
    dossier       TEXT NOT NULL,
    version       BIGINT NOT NULL,
    CHECK (sealed <> '' OR state IN ('numbered', 'number_void'))
);
CREATE UNIQUE INDEX outgoing_document_draft ON outgoing_document (agency, draft) WHERE state <> 'number_void';
CREATE UNIQUE INDEX outgoing_document_number ON outgoing_document (series, number, suffix) WHERE state <> 'number_void';
CREATE INDEX outgoing_document_book ON outgoing_document (series, number, suffix, id);
CREATE INDEX outgoing_document_list ON outgoing_document (agency, day, id);
CREATE INDEX outgoing_document_slug ON outgoing_document (agency, year, slug);
CREATE INDEX outgoing_document_open ON outgoing_document (agency, state, send_by) WHERE state IN ('numbered', 'sealed', 'recalling');

-- To whom it goes, and how far it came there. answer is what a recipient said to a recall.
CREATE TABLE outgoing_recipient (
    document  BIGINT NOT NULL,
    ordinal   BIGINT NOT NULL,
    agency    BIGINT NOT NULL,
    kind      TEXT NOT NULL CHECK (kind IN ('org', 'unit', 'person', 'text')),
    ref       BIGINT NOT NULL,
    code      TEXT NOT NULL,
    name      TEXT NOT NULL,
    address   TEXT NOT NULL,
    purpose   TEXT NOT NULL CHECK (purpose IN ('act', 'check', 'report', 'know', 'store')),
    channel   TEXT NOT NULL CHECK (channel IN ('axis', 'internal', 'email', 'post', 'hand', 'portal')),
    copies    BIGINT NOT NULL,
    state     TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'arrived', 'accepted', 'refused', 'assigned', 'processing', 'done', 'recalled', 'failed')),
    state_at  TEXT NOT NULL,
    message   TEXT NOT NULL,
    reason    TEXT NOT NULL,
    attempts  BIGINT NOT NULL,
    opened_by BIGINT NOT NULL,
    opened_at TEXT NOT NULL,
    answer    TEXT NOT NULL CHECK (answer IN ('', 'agreed', 'refused')),
    answer_at TEXT NOT NULL,
    PRIMARY KEY (document, ordinal)
);

-- Addresses of recipients as they were used last, proposed the next time.
CREATE TABLE outgoing_contact (
    agency  BIGINT NOT NULL,
    key     TEXT NOT NULL,
    channel TEXT NOT NULL,
    address TEXT NOT NULL,
    PRIMARY KEY (agency, key, channel)
);

CREATE TABLE outgoing_access (
    document BIGINT NOT NULL,
    who      TEXT NOT NULL,
    agency   BIGINT NOT NULL,
    since    TEXT NOT NULL,
    PRIMARY KEY (document, who)
);
CREATE INDEX outgoing_access_who ON outgoing_access (agency, who, document);

-- The files, never changed: of the main one the highest ordinal stands.
CREATE TABLE outgoing_file (
    id       BIGINT PRIMARY KEY,
    agency   BIGINT NOT NULL,
    document BIGINT NOT NULL,
    kind     TEXT NOT NULL CHECK (kind IN ('main', 'enclosed', 'scan')),
    stage    TEXT NOT NULL CHECK (stage IN ('signed', 'numbered', 'sealed', '')),
    ordinal  BIGINT NOT NULL,
    name     TEXT NOT NULL,
    mime     TEXT NOT NULL,
    size     BIGINT NOT NULL,
    sha      TEXT NOT NULL,
    pages    BIGINT NOT NULL,
    added_by BIGINT NOT NULL,
    added_at TEXT NOT NULL,
    UNIQUE (document, kind, ordinal)
);
-- immutable: outgoing_file

-- What a document does to another: answers, recalls, corrects, replaces.
CREATE TABLE outgoing_link (
    document BIGINT NOT NULL,
    kind     TEXT NOT NULL CHECK (kind IN ('answers', 'recalls', 'corrects', 'replaces')),
    other    TEXT NOT NULL,
    agency   BIGINT NOT NULL,
    closes   BOOLEAN NOT NULL,
    at       TEXT NOT NULL,
    PRIMARY KEY (document, kind, other)
);
CREATE INDEX outgoing_link_other ON outgoing_link (agency, other);

-- A request to void a number before anything left.
CREATE TABLE outgoing_voiding (
    id         BIGINT PRIMARY KEY,
    agency     BIGINT NOT NULL,
    document   BIGINT NOT NULL,
    reason     TEXT NOT NULL,
    asked_by   BIGINT NOT NULL,
    asked_at   TEXT NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('open', 'granted', 'refused')),
    answer     TEXT NOT NULL,
    decided_by BIGINT NOT NULL,
    decided_at TEXT NOT NULL
);
CREATE INDEX outgoing_voiding_document ON outgoing_voiding (document);
CREATE UNIQUE INDEX outgoing_voiding_open ON outgoing_voiding (document) WHERE state = 'open';

-- A seal under way: the file that was handed to the key, and what came back.
CREATE TABLE outgoing_sealing (
    id       BIGINT PRIMARY KEY,
    agency   BIGINT NOT NULL,
    document BIGINT NOT NULL,
    before   TEXT NOT NULL,
    made_by  BIGINT NOT NULL,
    made_at  TEXT NOT NULL,
    state    TEXT NOT NULL CHECK (state IN ('open', 'done', 'void')),
    after    TEXT NOT NULL,
    verdict  TEXT NOT NULL,
    done_at  TEXT NOT NULL
);
CREATE INDEX outgoing_sealing_document ON outgoing_sealing (document);

-- Up to which number a book was printed, signed and bound, and when.
CREATE TABLE outgoing_printing (
    id     BIGINT PRIMARY KEY,
    agency BIGINT NOT NULL,
    series BIGINT NOT NULL,
    number BIGINT NOT NULL,
    at     TEXT NOT NULL,
    set_by BIGINT NOT NULL
);
CREATE INDEX outgoing_printing_series ON outgoing_printing (series, number);
-- immutable: outgoing_printing
