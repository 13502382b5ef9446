-- Room: office/handover, open work passes from one person or unit to another, with a receipt.

-- A receipt (biên bản bàn giao công việc): who gave to whom, by whose act, and when the
-- receiver acknowledged it; acked_at '' = not yet.
CREATE TABLE handover_receipt (
    id          BIGINT PRIMARY KEY,
    agency      BIGINT NOT NULL,
    number      BIGINT NOT NULL,
    year        BIGINT NOT NULL,
    from_person BIGINT NOT NULL,
    from_unit   BIGINT NOT NULL,
    to_person   BIGINT NOT NULL,
    to_unit     BIGINT NOT NULL,
    reason      TEXT NOT NULL,
    by_person   BIGINT NOT NULL,
    proxy       BIGINT NOT NULL,
    at          TEXT NOT NULL,
    items       BIGINT NOT NULL,
    acked_by    BIGINT NOT NULL,
    acked_at    TEXT NOT NULL,
    acked_text  TEXT NOT NULL,
    UNIQUE (agency, year, number),
    CHECK ((acked_by = 0) = (acked_at = ''))
);
CREATE INDEX handover_receipt_to ON handover_receipt (agency, to_person) WHERE acked_at = '';
CREATE INDEX handover_receipt_at ON handover_receipt (agency, id);

CREATE TABLE handover_counter (
    agency BIGINT NOT NULL,
    year   BIGINT NOT NULL,
    last   BIGINT NOT NULL,
    PRIMARY KEY (agency, year)
);

-- What was handed over, as it stood then.
CREATE TABLE handover_item (
    id          BIGINT PRIMARY KEY,
    agency      BIGINT NOT NULL,
    receipt     BIGINT NOT NULL,
    kind        TEXT NOT NULL CHECK (kind IN ('share', 'given', 'request', 'proposal')),
    thing       BIGINT NOT NULL,
    work        BIGINT NOT NULL,
    title       TEXT NOT NULL,
    role        TEXT NOT NULL,
    state       TEXT NOT NULL,
    from_person BIGINT NOT NULL,
    to_person   BIGINT NOT NULL,
    from_unit   BIGINT NOT NULL,
    to_unit     BIGINT NOT NULL,
    due_on      TEXT NOT NULL,
    days_late   BIGINT NOT NULL,
    merged      BOOLEAN NOT NULL
);
CREATE UNIQUE INDEX handover_item_receipt ON handover_item (receipt, kind, thing);
CREATE INDEX handover_item_work ON handover_item (agency, work);
-- immutable: handover_item
