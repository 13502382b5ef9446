-- Room: office/archive, dossiers pass to the agency's archive, stay there, and end.

CREATE TABLE archive_counter (
    agency BIGINT NOT NULL,
    kind   TEXT NOT NULL,
    year   BIGINT NOT NULL,
    last   BIGINT NOT NULL,
    PRIMARY KEY (agency, kind, year)
);

-- A transfer (nộp lưu) with its minutes; received_at '' = the archivist has not finished.
CREATE TABLE archive_transfer (
    id          BIGINT PRIMARY KEY,
    agency      BIGINT NOT NULL,
    number      BIGINT NOT NULL,
    year        BIGINT NOT NULL,
    unit        BIGINT NOT NULL,
    giver       BIGINT NOT NULL,
    offered_at  TEXT NOT NULL,
    boxes       TEXT NOT NULL,
    metres      TEXT NOT NULL,
    condition   TEXT NOT NULL,
    receiver    BIGINT NOT NULL,
    received_at TEXT NOT NULL,
    UNIQUE (agency, year, number),
    CHECK ((receiver = 0) = (received_at = ''))
);
CREATE INDEX archive_transfer_open ON archive_transfer (agency, offered_at) WHERE received_at = '';

CREATE TABLE archive_transfer_line (
    transfer BIGINT NOT NULL,
    dossier  BIGINT NOT NULL,
    agency   BIGINT NOT NULL,
    files    BIGINT NOT NULL,
    decision TEXT NOT NULL CHECK (decision IN ('', 'accepted', 'sent_back')),
    reason   TEXT NOT NULL,
    PRIMARY KEY (transfer, dossier)
);
CREATE INDEX archive_transfer_line_dossier ON archive_transfer_line (dossier);

-- Asking the head to keep a dossier back (giữ lại hồ sơ đến hạn nộp; Điều 30 khoản 2, Điều 31).
CREATE TABLE archive_keep (
    id         BIGINT PRIMARY KEY,
    agency     BIGINT NOT NULL,
    dossier    BIGINT NOT NULL,
    until_on   TEXT NOT NULL,
    reason     TEXT NOT NULL,
    asked_by   BIGINT NOT NULL,
    asked_at   TEXT NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('open', 'granted', 'refused')),
    answer     TEXT NOT NULL,
    decided_by BIGINT NOT NULL,
    decided_at TEXT NOT NULL
);
CREATE UNIQUE INDEX archive_keep_open ON archive_keep (dossier) WHERE state = 'open';
CREATE INDEX archive_keep_agency ON archive_keep (agency, state);

-- Destruction (hủy tài liệu hết thời hạn bảo quản): proposed, reviewed by a council, decided by the head.
CREATE TABLE archive_destruction (
    id         BIGINT PRIMARY KEY,
    agency     BIGINT NOT NULL,
    number     BIGINT NOT NULL,
    year       BIGINT NOT NULL,
    reason     TEXT NOT NULL,
    made_by    BIGINT NOT NULL,
    made_at    TEXT NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('review', 'decided', 'refused')),
    decision   TEXT NOT NULL,
    decided_by BIGINT NOT NULL,
    decided_at TEXT NOT NULL,
    UNIQUE (agency, year, number)
);
CREATE INDEX archive_destruction_open ON archive_destruction (agency, state);

CREATE TABLE archive_member (
    destruction BIGINT NOT NULL,
    person      BIGINT NOT NULL,
    agency      BIGINT NOT NULL,
    role        TEXT NOT NULL CHECK (role IN ('chair', 'member', 'secretary')),
    PRIMARY KEY (destruction, person)
);

-- outcome: what became of the dossier by the head's decision.
CREATE TABLE archive_destruction_line (
    destruction BIGINT NOT NULL,
    dossier     BIGINT NOT NULL,
    agency      BIGINT NOT NULL,
    outcome     TEXT NOT NULL CHECK (outcome IN ('', 'destroyed', 'kept')),
    PRIMARY KEY (destruction, dossier)
);
CREATE INDEX archive_destruction_line_dossier ON archive_destruction_line (dossier);

CREATE TABLE archive_vote (
    id          BIGINT PRIMARY KEY,
    agency      BIGINT NOT NULL,
    destruction BIGINT NOT NULL,
    dossier     BIGINT NOT NULL,
    person      BIGINT NOT NULL,
    destroy     BOOLEAN NOT NULL,
    reason      TEXT NOT NULL,
    at          TEXT NOT NULL,
    UNIQUE (destruction, dossier, person)
);
