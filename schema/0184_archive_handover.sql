-- Room: office/archive, everything that somebody keeps passes to others at once, with one receipt (Biên bản bàn giao hồ sơ;
-- Nghị định 30/2020/NĐ-CP Điều 31 khoản 3 điểm đ).

-- works is the receipt of the open work that went over in the same act, 0 for none.
CREATE TABLE archive_handover (
    id        BIGINT PRIMARY KEY,
    agency    BIGINT NOT NULL,
    number    BIGINT NOT NULL,
    year      BIGINT NOT NULL,
    giver     BIGINT NOT NULL,
    unit      BIGINT NOT NULL,
    reason    TEXT NOT NULL,
    works     BIGINT NOT NULL,
    by_person BIGINT NOT NULL,
    proxy     BIGINT NOT NULL,
    at        TEXT NOT NULL,
    UNIQUE (agency, year, number)
);

-- What went over, as it stood then.
CREATE TABLE archive_handover_line (
    handover  BIGINT NOT NULL,
    dossier   BIGINT NOT NULL,
    agency    BIGINT NOT NULL,
    taker     BIGINT NOT NULL,
    state_was TEXT NOT NULL,
    docs_had  BIGINT NOT NULL,
    pages_had BIGINT NOT NULL,
    PRIMARY KEY (handover, dossier)
);
CREATE INDEX archive_handover_line_dossier ON archive_handover_line (dossier);

-- Each taker signs for his part; acked_at '' = not yet.
CREATE TABLE archive_handover_taker (
    handover BIGINT NOT NULL,
    person   BIGINT NOT NULL,
    agency   BIGINT NOT NULL,
    acked_at TEXT NOT NULL,
    note     TEXT NOT NULL,
    PRIMARY KEY (handover, person)
);
CREATE INDEX archive_handover_taker_open ON archive_handover_taker (agency, person) WHERE acked_at = '';
-- immutable: archive_handover, archive_handover_line
