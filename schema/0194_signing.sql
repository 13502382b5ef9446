-- Room: office/signing, what waits for which key (ký số).

-- One asking of one key: the documents that a person signs together. driver answers it; ticket
-- is how the driver finds the asking again when the key answers elsewhere. No secret is here.
CREATE TABLE signing_batch (
    id          BIGINT PRIMARY KEY,
    agency      BIGINT NOT NULL,
    person      BIGINT NOT NULL,
    kind        TEXT NOT NULL CHECK (kind IN ('initial', 'approve', 'seal', 'copy', 'appendix', 'arrival')),
    driver      TEXT NOT NULL,
    key_id      TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    ticket      BYTEA NOT NULL,
    opened_at   TEXT NOT NULL,
    until_at    TEXT NOT NULL
);
CREATE INDEX signing_batch_person ON signing_batch (agency, person, id);

-- One document of a batch. before is the file that was handed out, prepared the revision that
-- waits for the value of the key, after the signed file. place is where it is seen (JSON).
CREATE TABLE signing_session (
    id          BIGINT PRIMARY KEY,
    agency      BIGINT NOT NULL,
    batch       BIGINT NOT NULL,
    ordinal     BIGINT NOT NULL,
    person      BIGINT NOT NULL,
    kind        TEXT NOT NULL,
    subject     TEXT NOT NULL,
    title       TEXT NOT NULL,
    version     BIGINT NOT NULL,
    before      TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    place       TEXT NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('open', 'waiting', 'answered', 'done', 'refused', 'expired')),
    code        TEXT NOT NULL,
    why         TEXT NOT NULL,
    prepared    BYTEA NOT NULL,
    digest      BYTEA NOT NULL,
    value       BYTEA NOT NULL,
    after       TEXT NOT NULL,
    opened_at   TEXT NOT NULL,
    until_at    TEXT NOT NULL,
    ended_at    TEXT NOT NULL
);
CREATE INDEX signing_session_batch ON signing_session (batch, ordinal);
CREATE INDEX signing_session_subject ON signing_session (agency, subject, id);
CREATE INDEX signing_session_live ON signing_session (agency, until_at) WHERE ended_at = '';

-- A one-time address by which a file leaves for the signing service of a PC ('get') or comes
-- back ('put'). Only the digest of the address is here.
CREATE TABLE signing_pass (
    hash     TEXT PRIMARY KEY,
    agency   BIGINT NOT NULL,
    session  BIGINT NOT NULL,
    way      TEXT NOT NULL CHECK (way IN ('get', 'put')),
    until_at TEXT NOT NULL,
    used_at  TEXT NOT NULL
);
CREATE INDEX signing_pass_session ON signing_pass (session);

-- What a person signs with: the picture of his signature (PNG; width in tenths of a millimetre),
-- the key file as encrypted with a passphrase that only he has, his account at a remote key.
CREATE TABLE signing_profile (
    person       BIGINT PRIMARY KEY,
    agency       BIGINT NOT NULL,
    picture      BYTEA NOT NULL,
    picture_sum  TEXT NOT NULL,
    picture_wide BIGINT NOT NULL,
    key_file     BYTEA NOT NULL,
    key_sum      TEXT NOT NULL,
    key_name     TEXT NOT NULL,
    fingerprint  TEXT NOT NULL,
    remote       TEXT NOT NULL,
    set_at       TEXT NOT NULL
);
CREATE INDEX signing_profile_agency ON signing_profile (agency);
