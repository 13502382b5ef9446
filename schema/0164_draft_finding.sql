-- Room: office/draft. What the layout checker found in a version of the main file.
CREATE TABLE draft_finding (
    draft   BIGINT NOT NULL,
    version BIGINT NOT NULL,
    ordinal BIGINT NOT NULL,
    agency  BIGINT NOT NULL,
    code    TEXT NOT NULL,
    blocks  BOOLEAN NOT NULL,
    page    BIGINT NOT NULL,
    place   TEXT NOT NULL,
    text    TEXT NOT NULL,
    rule    TEXT NOT NULL,
    PRIMARY KEY (draft, version, ordinal)
);
