-- Room: kit/journal, the book of acts (sổ nhật ký). One book per agency.

-- An entry is what remains of an act. Columns are typed because figures rest on
-- them; data holds references and small values, never personal details.
CREATE TABLE journal_entry (
    agency   BIGINT NOT NULL,
    seq      BIGINT NOT NULL CHECK (seq >= 1),
    at       TEXT   NOT NULL,
    day      TEXT   NOT NULL,
    kind     TEXT   NOT NULL,
    subject  TEXT   NOT NULL,
    unit     BIGINT NOT NULL,
    post     BIGINT NOT NULL,
    person   BIGINT NOT NULL,
    behalf   BIGINT NOT NULL,
    due_on   TEXT   NOT NULL,
    amount   BIGINT NOT NULL,
    data     TEXT   NOT NULL,
    hash     BYTEA  NOT NULL,
    PRIMARY KEY (agency, seq)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX journal_entry_subject ON journal_entry (agency, subject, seq);
CREATE INDEX journal_entry_kind ON journal_entry (agency, kind, day);

-- The head of each agency's tree: its size and the roots of its complete subtrees,
-- largest first. The row is what orders the acts of an agency.
CREATE TABLE journal_head (
    agency     BIGINT PRIMARY KEY,
    size       BIGINT NOT NULL,
    frontier   BYTEA  NOT NULL,
    checkpoint TEXT   NOT NULL
);

-- Roots of complete subtrees of 2^8, 2^16, 2^24 leaves, so that a proof reads few rows.
CREATE TABLE journal_node (
    agency BIGINT NOT NULL,
    level  BIGINT NOT NULL,
    n      BIGINT NOT NULL,
    hash   BYTEA  NOT NULL,
    PRIMARY KEY (agency, level, n)
);

-- Checkpoints that have left the house: printed, published, put into a backup.
CREATE TABLE journal_checkpoint (
    agency BIGINT NOT NULL,
    size   BIGINT NOT NULL,
    at     TEXT   NOT NULL,
    why    TEXT   NOT NULL,
    text   TEXT   NOT NULL,
    PRIMARY KEY (agency, size, why)
);
-- immutable: journal_entry
-- immutable: journal_node
-- immutable: journal_checkpoint
