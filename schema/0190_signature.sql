-- Room: office/signature, what is known of the digital signatures of files.

-- The trust of the agency (kho chứng thư tin cậy): certificates that an administrator has
-- compared out of band. A row is never changed but by its end.
CREATE TABLE signature_anchor (
    id          BIGINT PRIMARY KEY,
    agency      BIGINT NOT NULL,
    name        TEXT NOT NULL,
    purpose     TEXT NOT NULL CHECK (purpose IN ('public-service', 'licensed-ca', 'tsa', 'test')),
    cert        BYTEA NOT NULL,
    fingerprint TEXT NOT NULL,
    source      TEXT NOT NULL,
    from_on     TEXT NOT NULL,
    until_on    TEXT NOT NULL,
    issuer      BOOLEAN NOT NULL,
    added_by    BIGINT NOT NULL,
    added_at    TEXT NOT NULL,
    ended_by    BIGINT NOT NULL,
    ended_at    TEXT NOT NULL,
    ended_why   TEXT NOT NULL
);
CREATE INDEX signature_anchor_agency ON signature_anchor (agency, id);

-- One judgement of one file at one time, kept for ever with its evidence (record, as
-- JSON). Asking again adds a row.
CREATE TABLE signature_verdict (
    id           BIGINT PRIMARY KEY,
    agency       BIGINT NOT NULL,
    sha          TEXT NOT NULL,
    at           TEXT NOT NULL,
    asked_by     BIGINT NOT NULL,
    outcome      TEXT NOT NULL CHECK (outcome IN ('not_signed', 'valid', 'invalid', 'altered', 'unknown_ca', 'expired_at_signing', 'undecided')),
    signatures   BIGINT NOT NULL,
    intact       BOOLEAN NOT NULL,
    modification TEXT NOT NULL,
    online       BOOLEAN NOT NULL,
    record       TEXT NOT NULL
);
CREATE INDEX signature_verdict_sha ON signature_verdict (agency, sha, id);
-- immutable: signature_verdict

-- A clerk has seen that a file's signature is bad, and says why the document goes on.
CREATE TABLE signature_waiver (
    id      BIGINT PRIMARY KEY,
    agency  BIGINT NOT NULL,
    subject TEXT NOT NULL,
    verdict BIGINT NOT NULL,
    sha     TEXT NOT NULL,
    person  BIGINT NOT NULL,
    proxy   BIGINT NOT NULL,
    reason  TEXT NOT NULL,
    at      TEXT NOT NULL
);
CREATE INDEX signature_waiver_subject ON signature_waiver (agency, subject);
-- immutable: signature_waiver
