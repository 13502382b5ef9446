-- Search: the texts as they were given, and an index over them that can be made anew at any time.

-- One row per agency. seq numbers every change of a document, body is the number of the last change
-- of a file's text, version that of the last change among the active segments.
CREATE TABLE find_counter (
    agency  BIGINT NOT NULL PRIMARY KEY,
    seq     BIGINT NOT NULL,
    body    BIGINT NOT NULL,
    version BIGINT NOT NULL,
    segment BIGINT NOT NULL
);

-- What is to be found: docno is the number of the first change and stays, seq that of the last one.
CREATE TABLE find_doc (
    agency BIGINT NOT NULL,
    docno  BIGINT NOT NULL,
    seq    BIGINT NOT NULL,
    ref    TEXT   NOT NULL,
    words  TEXT   NOT NULL,
    tags   TEXT   NOT NULL,
    PRIMARY KEY (agency, docno)
) /*sqlite WITHOUT ROWID*/;
CREATE UNIQUE INDEX find_doc_ref ON find_doc (agency, ref);
CREATE UNIQUE INDEX find_doc_seq ON find_doc (agency, seq);

-- The text of a document's files, folded and packed.
CREATE TABLE find_body (
    agency BIGINT NOT NULL,
    docno  BIGINT NOT NULL,
    seq    BIGINT NOT NULL,
    data   BYTEA  NOT NULL,
    PRIMARY KEY (agency, docno)
);
CREATE UNIQUE INDEX find_body_seq ON find_body (agency, seq);

-- An immutable part of the index: facet 0 holds fields and tags, 1 the texts of files;
-- state 0 is being built, 1 active, 2 replaced. base is the version it was built upon.
CREATE TABLE find_segment (
    agency  BIGINT NOT NULL,
    segment BIGINT NOT NULL,
    facet   BIGINT NOT NULL,
    state   BIGINT NOT NULL,
    base    BIGINT NOT NULL,
    upto    BIGINT NOT NULL,
    size    BIGINT NOT NULL,
    blocks  BIGINT NOT NULL,
    docs    BYTEA  NOT NULL,
    firsts  BYTEA  NOT NULL,
    PRIMARY KEY (agency, segment)
);

-- The postings of a segment, sorted by term and cut into blocks of about a database page.
-- block is segment * 2^20 + the place within the segment.
CREATE TABLE find_block (
    agency BIGINT NOT NULL,
    block  BIGINT NOT NULL,
    data   BYTEA  NOT NULL,
    PRIMARY KEY (agency, block)
);
