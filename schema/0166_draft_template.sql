-- Room: office/draft, samples of documents (mẫu văn bản của cơ quan).

-- One sample. unit 0 = the whole agency's; code names the shipped sample that it stands
-- for. current is the ordinal of the edition in use.
CREATE TABLE draft_template (
    id         BIGINT PRIMARY KEY,
    agency     BIGINT NOT NULL,
    code       TEXT NOT NULL,
    unit       BIGINT NOT NULL,
    type       TEXT NOT NULL,
    name       TEXT NOT NULL,
    in_use     BOOLEAN NOT NULL,
    current    BIGINT NOT NULL CHECK (current > 0),
    founded_by BIGINT NOT NULL,
    founded_at TEXT NOT NULL
);
CREATE INDEX draft_template_agency ON draft_template (agency, type);
CREATE UNIQUE INDEX draft_template_code ON draft_template (agency, code) WHERE code <> '';

-- An edition never changes: a correction is another one, with who, when and why.
-- addressees and fields are lines; a field's line is "name" or "name: words".
CREATE TABLE draft_template_edition (
    template   BIGINT NOT NULL,
    ordinal    BIGINT NOT NULL,
    agency     BIGINT NOT NULL,
    way        TEXT NOT NULL CHECK (way IN ('composed', 'docx')),
    subject    TEXT NOT NULL,
    addressees TEXT NOT NULL,
    body       TEXT NOT NULL,
    sha        TEXT NOT NULL,
    file_name  TEXT NOT NULL,
    size       BIGINT NOT NULL,
    fields     TEXT NOT NULL,
    why        TEXT NOT NULL,
    added_by   BIGINT NOT NULL,
    added_at   TEXT NOT NULL,
    PRIMARY KEY (template, ordinal),
    CHECK ((way = 'docx') = (sha <> ''))
);
-- immutable: draft_template_edition
CREATE INDEX draft_template_edition_sha ON draft_template_edition (sha) WHERE sha <> '';

-- Which edition a draft was begun with; template 0 and the code of a shipped one otherwise.
CREATE TABLE draft_template_use (
    draft    BIGINT PRIMARY KEY,
    agency   BIGINT NOT NULL,
    template BIGINT NOT NULL,
    code     TEXT NOT NULL,
    ordinal  BIGINT NOT NULL
);
-- immutable: draft_template_use
