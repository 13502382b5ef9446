-- Room: office/outgoing, the agency's seal as it is seen on a file, and which key sealed.

-- The picture of the seal (PNG) in its real size; wide is its diameter in tenths of a millimetre.
CREATE TABLE outgoing_seal (
    agency      BIGINT PRIMARY KEY,
    picture     BYTEA NOT NULL,
    picture_sum TEXT NOT NULL,
    wide        BIGINT NOT NULL CHECK (wide BETWEEN 200 AND 600),
    set_by      BIGINT NOT NULL,
    set_at      TEXT NOT NULL
);

-- What the agency's key put its signature on: a document, an enclosed file of its own, a copy.
-- fingerprint is that of the certificate.
CREATE TABLE outgoing_sealed (
    file        TEXT PRIMARY KEY,
    agency      BIGINT NOT NULL,
    subject     TEXT NOT NULL,
    before      TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    verdict     TEXT NOT NULL,
    sealed_by   BIGINT NOT NULL,
    sealed_at   TEXT NOT NULL
);
CREATE INDEX outgoing_sealed_subject ON outgoing_sealed (agency, subject);
CREATE INDEX outgoing_sealed_key ON outgoing_sealed (agency, fingerprint, sealed_at);
-- immutable: outgoing_sealed
