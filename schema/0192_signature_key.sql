-- Room: office/signature, the register of keys (sổ quản lý khóa, thiết bị lưu khóa).

-- A key with its certificate: of a person, or of the agency (person = 0). holder is in whose
-- hands it is now.
CREATE TABLE signature_key (
    id          BIGINT PRIMARY KEY,
    agency      BIGINT NOT NULL,
    person      BIGINT NOT NULL,
    device      TEXT NOT NULL CHECK (device IN ('token', 'remote', 'hsm', 'file')),
    device_no   TEXT NOT NULL,
    cert        BYTEA NOT NULL,
    fingerprint TEXT NOT NULL,
    holder      BIGINT NOT NULL,
    from_on     TEXT NOT NULL,
    until_on    TEXT NOT NULL,
    added_by    BIGINT NOT NULL,
    added_at    TEXT NOT NULL,
    ended_on    TEXT NOT NULL,
    ended_why   TEXT NOT NULL
);
CREATE INDEX signature_key_agency ON signature_key (agency, person);

-- Who handed a key to whom, by which minutes (biên bản bàn giao).
CREATE TABLE signature_handover (
    id      BIGINT PRIMARY KEY,
    agency  BIGINT NOT NULL,
    held    BIGINT NOT NULL,
    giver   BIGINT NOT NULL,
    taker   BIGINT NOT NULL,
    on_day  TEXT NOT NULL,
    minutes TEXT NOT NULL,
    set_by  BIGINT NOT NULL,
    at      TEXT NOT NULL
);
CREATE INDEX signature_handover_key ON signature_handover (held);
-- immutable: signature_handover
