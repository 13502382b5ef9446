-- Room: office/signature, what its own jobs did and have still to do.

-- The end of a certificate was told: for each key once for each number of days before it
-- (band; 0: it has ended).
CREATE TABLE signature_warning (
    held   BIGINT NOT NULL,
    band   BIGINT NOT NULL,
    agency BIGINT NOT NULL,
    at     TEXT NOT NULL,
    PRIMARY KEY (held, band)
);
-- immutable: signature_warning

-- When a file without a conclusion is judged again; the waits grow. No row: not tried yet.
CREATE TABLE signature_retry (
    agency  BIGINT NOT NULL,
    sha     TEXT NOT NULL,
    tries   BIGINT NOT NULL,
    next_at TEXT NOT NULL,
    PRIMARY KEY (agency, sha)
);
