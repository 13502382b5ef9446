-- Room: office/remark, what is said about a matter.

-- A remark (trao đổi, ý kiến) on a matter ("task/12"); answers = the remark that it
-- answers, 0 for none. kind 'conclusion' = a decision (kết luận). Never changed: a
-- mistake is answered.
CREATE TABLE remark_item (
    id      BIGINT PRIMARY KEY,
    agency  BIGINT NOT NULL,
    matter  TEXT NOT NULL,
    kind    TEXT NOT NULL CHECK (kind IN ('remark', 'conclusion')),
    answers BIGINT NOT NULL,
    person  BIGINT NOT NULL,
    proxy   BIGINT NOT NULL,
    text    TEXT NOT NULL,
    at      TEXT NOT NULL
);
CREATE INDEX remark_item_matter ON remark_item (agency, matter, id);
-- immutable: remark_item

CREATE TABLE remark_mention (
    remark BIGINT NOT NULL,
    person BIGINT NOT NULL,
    agency BIGINT NOT NULL,
    PRIMARY KEY (remark, person)
);
CREATE INDEX remark_mention_person ON remark_mention (agency, person, remark);
-- immutable: remark_mention

CREATE TABLE remark_file (
    id     BIGINT PRIMARY KEY,
    agency BIGINT NOT NULL,
    remark BIGINT NOT NULL,
    name   TEXT NOT NULL,
    mime   TEXT NOT NULL,
    size   BIGINT NOT NULL,
    sha    TEXT NOT NULL
);
CREATE INDEX remark_file_remark ON remark_file (remark);
CREATE INDEX remark_file_sha ON remark_file (sha);
-- immutable: remark_file

-- What became of a remark later: the author took it back, somebody made it a conclusion.
CREATE TABLE remark_mark (
    remark BIGINT NOT NULL,
    kind   TEXT NOT NULL CHECK (kind IN ('withdrawn', 'concluded')),
    agency BIGINT NOT NULL,
    person BIGINT NOT NULL,
    proxy  BIGINT NOT NULL,
    at     TEXT NOT NULL,
    PRIMARY KEY (remark, kind)
);
-- immutable: remark_mark
