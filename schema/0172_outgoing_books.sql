-- Room: office/outgoing, what was posted and who used the kept copies (sổ 8.4, 8.5).

CREATE TABLE outgoing_posting (
    id        BIGINT PRIMARY KEY,
    agency    BIGINT NOT NULL,
    document  BIGINT NOT NULL,
    posted_on TEXT NOT NULL,
    place     TEXT NOT NULL,
    envelopes BIGINT NOT NULL CHECK (envelopes BETWEEN 1 AND 9999),
    receipt   TEXT NOT NULL,
    note      TEXT NOT NULL,
    set_by    BIGINT NOT NULL
);
CREATE INDEX outgoing_posting_day ON outgoing_posting (agency, posted_on, id);
-- immutable: outgoing_posting

CREATE TABLE outgoing_use (
    id          BIGINT PRIMARY KEY,
    agency      BIGINT NOT NULL,
    document    BIGINT NOT NULL,
    used_on     TEXT NOT NULL,
    person      TEXT NOT NULL,
    dossier     TEXT NOT NULL,
    allowed_by  BIGINT NOT NULL,
    returned_on TEXT NOT NULL,
    note        TEXT NOT NULL,
    set_by      BIGINT NOT NULL
);
CREATE INDEX outgoing_use_day ON outgoing_use (agency, used_on, id);
