-- Room: office/document, the registers: what arrives and who deals with it.

CREATE TABLE document_register (
    id     BIGINT PRIMARY KEY,
    agency BIGINT NOT NULL,
    code   TEXT NOT NULL,
    name   TEXT NOT NULL,
    first  BOOLEAN NOT NULL,
    sort   BIGINT NOT NULL,
    UNIQUE (agency, code)
);

-- The next number of a register in a year, taken under this row's lock.
CREATE TABLE document_counter (
    register BIGINT NOT NULL,
    year     BIGINT NOT NULL,
    last     BIGINT NOT NULL,
    last_day TEXT NOT NULL,
    PRIMARY KEY (register, year)
);

CREATE TABLE document_type (
    agency BIGINT NOT NULL,
    code   TEXT NOT NULL,
    name   TEXT NOT NULL,
    abbr   TEXT NOT NULL,
    class  TEXT NOT NULL CHECK (class IN ('admin29', 'normative', 'party', 'petition', 'specialised', 'other')),
    sort   BIGINT NOT NULL,
    PRIMARY KEY (agency, code)
);

CREATE TABLE document_issuer (
    id        BIGINT PRIMARY KEY,
    agency    BIGINT NOT NULL,
    name      TEXT NOT NULL,
    key       TEXT NOT NULL,
    abbr      TEXT NOT NULL,
    level     TEXT NOT NULL,
    used      BIGINT NOT NULL,
    used_at   TEXT NOT NULL,
    UNIQUE (agency, key)
);
CREATE INDEX document_issuer_abbr ON document_issuer (agency, abbr);

-- What lies with the clerk before it has a number (đã tiếp nhận, chuyển không bóc bì).
CREATE TABLE document_intake (
    id          BIGINT PRIMARY KEY,
    agency      BIGINT NOT NULL,
    received_at TEXT NOT NULL,
    channel     TEXT NOT NULL,
    sender      TEXT NOT NULL,
    envelope    TEXT NOT NULL,
    condition   TEXT NOT NULL CHECK (condition IN ('ok', 'damaged', 'mismatch')),
    note        TEXT NOT NULL,
    urgency     BIGINT NOT NULL,
    person      BIGINT NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('received', 'handed_unopened', 'registered', 'refused')),
    document    BIGINT NOT NULL,
    set_by      BIGINT NOT NULL
);
CREATE INDEX document_intake_open ON document_intake (agency, received_at) WHERE state = 'received';

CREATE TABLE document_incoming (
    id            BIGINT PRIMARY KEY,
    agency        BIGINT NOT NULL,
    register      BIGINT NOT NULL,
    shelf         TEXT NOT NULL,
    year          BIGINT NOT NULL,
    number        BIGINT NOT NULL CHECK (number >= 1),
    arrival_on    TEXT NOT NULL,
    received_at   TEXT NOT NULL,
    registered_at TEXT NOT NULL,
    type          TEXT NOT NULL,
    number_raw    TEXT NOT NULL,
    no            TEXT NOT NULL,
    notation      TEXT NOT NULL,
    issued_on     TEXT NOT NULL,
    issuer        BIGINT NOT NULL,
    issuer_name   TEXT NOT NULL,
    sender_name   TEXT NOT NULL,
    subject       TEXT NOT NULL,
    urgency       BIGINT NOT NULL CHECK (urgency BETWEEN 0 AND 3),
    channel       TEXT NOT NULL,
    field         BIGINT NOT NULL,
    signer        TEXT NOT NULL,
    pages         BIGINT NOT NULL,
    note          TEXT NOT NULL,
    due_on        TEXT NOT NULL,
    twin          TEXT NOT NULL,
    twin_reason   TEXT NOT NULL,
    state         TEXT NOT NULL CHECK (state IN ('registered', 'submitted', 'distributed', 'in_progress', 'awaiting_close',
                  'completed', 'filed', 'recall_asked', 'recalled', 'voided')),
    state_before  TEXT NOT NULL,
    leader        BIGINT NOT NULL,
    waits_since   TEXT NOT NULL,
    work          BIGINT NOT NULL,
    to_places     TEXT NOT NULL,
    passed_on     TEXT NOT NULL,
    done_on       TEXT NOT NULL,
    answer        TEXT NOT NULL,
    dossier       TEXT NOT NULL,
    recall        TEXT NOT NULL,
    frozen        BOOLEAN NOT NULL,
    registrar     BIGINT NOT NULL,
    batch         BIGINT NOT NULL,
    version       BIGINT NOT NULL,
    UNIQUE (register, year, number)
);
CREATE INDEX document_incoming_list ON document_incoming (agency, arrival_on, number);
CREATE INDEX document_incoming_twin ON document_incoming (agency, twin);
CREATE INDEX document_incoming_queue ON document_incoming (agency, state, leader) WHERE state IN ('registered', 'submitted', 'recall_asked');
CREATE INDEX document_incoming_issuer ON document_incoming (agency, issuer, registered_at);

-- Who may read a document beside those who read all: units and persons concerned.
CREATE TABLE document_access (
    document BIGINT NOT NULL,
    who      TEXT NOT NULL,
    agency   BIGINT NOT NULL,
    since    TEXT NOT NULL,
    PRIMARY KEY (document, who)
);
CREATE INDEX document_access_who ON document_access (agency, who, document);

CREATE TABLE document_file (
    id       BIGINT PRIMARY KEY,
    agency   BIGINT NOT NULL,
    document BIGINT NOT NULL,
    kind     TEXT NOT NULL CHECK (kind IN ('main', 'enclosed', 'scan', 'evidence', 'copy')),
    ordinal  BIGINT NOT NULL,
    name     TEXT NOT NULL,
    mime     TEXT NOT NULL,
    size     BIGINT NOT NULL,
    sha      TEXT NOT NULL,
    pages    BIGINT NOT NULL,
    text     TEXT NOT NULL CHECK (text IN ('waiting', 'none', 'indexed', 'failed')),
    purged   BOOLEAN NOT NULL,
    added_by BIGINT NOT NULL,
    added_at TEXT NOT NULL
);
CREATE INDEX document_file_document ON document_file (document);

-- Submissions and passings among leaders (trình, chuyển lãnh đạo khác).
CREATE TABLE document_pass (
    id       BIGINT PRIMARY KEY,
    agency   BIGINT NOT NULL,
    document BIGINT NOT NULL,
    sender   BIGINT NOT NULL,
    leader   BIGINT NOT NULL,
    text     TEXT NOT NULL,
    rule     TEXT NOT NULL,
    at       TEXT NOT NULL
);
CREATE INDEX document_pass_document ON document_pass (document);

-- Directives (bút phê) are appended; a later one may correct an earlier.
CREATE TABLE document_directive (
    id       BIGINT PRIMARY KEY,
    agency   BIGINT NOT NULL,
    document BIGINT NOT NULL,
    level    TEXT NOT NULL CHECK (level IN ('agency', 'unit')),
    person   BIGINT NOT NULL,
    behalf   BIGINT NOT NULL,
    text     TEXT NOT NULL,
    at       TEXT NOT NULL,
    corrects BIGINT NOT NULL
);
CREATE INDEX document_directive_document ON document_directive (document);

CREATE TABLE document_voiding (
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
CREATE INDEX document_voiding_document ON document_voiding (document);
CREATE UNIQUE INDEX document_voiding_open ON document_voiding (document) WHERE state = 'open';

-- Further copies of a document already registered (bản thứ hai): no number of their own.
CREATE TABLE document_copy (
    id          BIGINT PRIMARY KEY,
    agency      BIGINT NOT NULL,
    document    BIGINT NOT NULL,
    received_at TEXT NOT NULL,
    channel     TEXT NOT NULL,
    note        TEXT NOT NULL,
    set_by      BIGINT NOT NULL
);
CREATE INDEX document_copy_document ON document_copy (document);

-- Routing rules (đề xuất chuyển) are data: first match by prio wins. A version is in
-- force from valid_from until valid_to ('' = still); a change is a new version.
CREATE TABLE document_rule (
    id         BIGINT PRIMARY KEY,
    agency     BIGINT NOT NULL,
    prio       BIGINT NOT NULL,
    name       TEXT NOT NULL,
    sender     TEXT NOT NULL,
    type       TEXT NOT NULL,
    urgency    BIGINT NOT NULL,
    within     BIGINT NOT NULL,
    keywords   TEXT NOT NULL,
    field      BIGINT NOT NULL,
    leader     BIGINT NOT NULL,
    lead       TEXT NOT NULL,
    coop       TEXT NOT NULL,
    info       TEXT NOT NULL,
    days       BIGINT NOT NULL,
    parallel   BOOLEAN NOT NULL,
    off        BOOLEAN NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to   TEXT NOT NULL,
    set_by     BIGINT NOT NULL,
    set_at     TEXT NOT NULL
);
CREATE INDEX document_rule_agency ON document_rule (agency);

-- What a correction of registration data changed, field by field: a register printed
-- before it still shows what stood there, and the correction as a dated line.
CREATE TABLE document_correction (
    id       BIGINT PRIMARY KEY,
    agency   BIGINT NOT NULL,
    document BIGINT NOT NULL,
    field    TEXT NOT NULL,
    before   TEXT NOT NULL,
    after    TEXT NOT NULL,
    at       TEXT NOT NULL,
    set_by   BIGINT NOT NULL
);
CREATE INDEX document_correction_document ON document_correction (document);

-- Up to which number a register was printed, signed and bound, and when.
CREATE TABLE document_printing (
    id       BIGINT PRIMARY KEY,
    agency   BIGINT NOT NULL,
    register BIGINT NOT NULL,
    year     BIGINT NOT NULL,
    number   BIGINT NOT NULL,
    at       TEXT NOT NULL,
    set_by   BIGINT NOT NULL
);
CREATE INDEX document_printing_register ON document_printing (register, year, number);

-- Registers taken over from another system. gaps are the numbers that its rows leave
-- out, as they were reported: "2019: 412, 500-502".
CREATE TABLE document_batch (
    id       BIGINT PRIMARY KEY,
    agency   BIGINT NOT NULL,
    register BIGINT NOT NULL,
    name     TEXT NOT NULL,
    sha      TEXT NOT NULL,
    lines    BIGINT NOT NULL,
    gaps     TEXT NOT NULL,
    set_by   BIGINT NOT NULL,
    set_at   TEXT NOT NULL
);
CREATE INDEX document_incoming_batch ON document_incoming (agency, batch, id) WHERE batch <> 0;
-- immutable: document_directive
-- immutable: document_pass
-- immutable: document_correction
-- immutable: document_printing
-- immutable: document_batch
