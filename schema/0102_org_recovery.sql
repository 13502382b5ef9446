-- Room: office/org, the codes that open once when the telephone of the second factor is lost.

CREATE TABLE org_recovery (
    person  BIGINT NOT NULL,
    agency  BIGINT NOT NULL,
    hash    BYTEA NOT NULL,
    used_at TEXT NOT NULL,
    PRIMARY KEY (person, hash)
);
CREATE INDEX org_recovery_agency ON org_recovery (agency, person);
