-- Room: office/draft, what is written and laid before whoever signs (soạn thảo, trình ký).

-- One draft (dự thảo; documents.md §6). lines are the printed lines above the signer's
-- name, one a line; addressees ("Kính gửi") likewise. current is the ordinal of the
-- version that stands; approved is the file that the form check passed, which alone is signed.
CREATE TABLE draft_paper (
    id           BIGINT PRIMARY KEY,
    agency       BIGINT NOT NULL,
    type         TEXT NOT NULL,
    subject      TEXT NOT NULL,
    urgency      BIGINT NOT NULL CHECK (urgency BETWEEN 0 AND 3),
    circulation  TEXT NOT NULL CHECK (circulation IN ('', 'return', 'internal')),
    unit         BIGINT NOT NULL,
    drafter      BIGINT NOT NULL,
    mark         TEXT NOT NULL,
    signer       BIGINT NOT NULL,
    capacity     TEXT NOT NULL CHECK (capacity IN ('', 'SELF', 'TM', 'Q', 'KT', 'TL', 'TUQ')),
    delegation   BIGINT NOT NULL,
    lines        TEXT NOT NULL,
    signer_name  TEXT NOT NULL,
    addressees   TEXT NOT NULL,
    superior     BOOLEAN NOT NULL,
    portal       BOOLEAN NOT NULL,
    field        BIGINT NOT NULL,
    body         TEXT NOT NULL,
    state        TEXT NOT NULL CHECK (state IN ('drafting', 'in_review', 'opinion', 'form_check', 'to_sign', 'signed', 'left', 'dropped')),
    state_before TEXT NOT NULL,
    checker      BIGINT NOT NULL,
    current      BIGINT NOT NULL,
    sha          TEXT NOT NULL,
    approved     TEXT NOT NULL,
    round        BIGINT NOT NULL,
    begun_at     TEXT NOT NULL,
    waits_since  TEXT NOT NULL,
    signed       TEXT NOT NULL CHECK (signed IN ('', 'digital', 'paper')),
    signed_on    TEXT NOT NULL,
    signed_at    TEXT NOT NULL,
    signed_sha   TEXT NOT NULL,
    outgoing     BIGINT NOT NULL,
    version      BIGINT NOT NULL
);
CREATE INDEX draft_paper_state ON draft_paper (agency, state, waits_since);
CREATE INDEX draft_paper_drafter ON draft_paper (agency, drafter, id);
CREATE INDEX draft_paper_unit ON draft_paper (agency, unit, id);
CREATE INDEX draft_paper_signer ON draft_paper (agency, signer, id) WHERE state = 'to_sign';

-- To whom it will go (nơi nhận). ref is a unit or a person here, or nothing; the office's
-- own copy ("Lưu: VT, CS") is purpose 'store' and always the last.
CREATE TABLE draft_recipient (
    draft   BIGINT NOT NULL,
    ordinal BIGINT NOT NULL,
    agency  BIGINT NOT NULL,
    kind    TEXT NOT NULL CHECK (kind IN ('org', 'unit', 'person', 'text')),
    ref     BIGINT NOT NULL,
    code    TEXT NOT NULL,
    name    TEXT NOT NULL,
    purpose TEXT NOT NULL CHECK (purpose IN ('act', 'check', 'report', 'know', 'store')),
    channel TEXT NOT NULL CHECK (channel IN ('axis', 'internal', 'email', 'post', 'hand', 'portal')),
    copies  BIGINT NOT NULL,
    PRIMARY KEY (draft, ordinal)
);

-- What it answers: "incoming/12", "task/5"; closes says that issuing it ends that.
CREATE TABLE draft_answer (
    draft  BIGINT NOT NULL,
    ref    TEXT NOT NULL,
    agency BIGINT NOT NULL,
    closes BOOLEAN NOT NULL,
    PRIMARY KEY (draft, ref)
);
CREATE INDEX draft_answer_ref ON draft_answer (agency, ref);

-- A version of the main file. What is signed is the PDF under sha; source is the DOCX it
-- was made from, letter the composed content as JSON, text what can be compared and searched.
CREATE TABLE draft_version (
    id          BIGINT PRIMARY KEY,
    agency      BIGINT NOT NULL,
    draft       BIGINT NOT NULL,
    ordinal     BIGINT NOT NULL,
    way         TEXT NOT NULL CHECK (way IN ('composed', 'docx', 'pdf')),
    name        TEXT NOT NULL,
    sha         TEXT NOT NULL,
    size        BIGINT NOT NULL,
    pages       BIGINT NOT NULL,
    source      TEXT NOT NULL,
    source_name TEXT NOT NULL,
    letter      TEXT NOT NULL,
    text        TEXT NOT NULL,
    note        TEXT NOT NULL,
    added_by    BIGINT NOT NULL,
    added_at    TEXT NOT NULL,
    UNIQUE (draft, ordinal)
);
-- immutable: draft_version

-- Files beside the main one: enclosures, papers laid before the signer, the scan of a
-- signed page, what came with an opinion (place = the opinion). Never changed, only taken out.
CREATE TABLE draft_file (
    id       BIGINT PRIMARY KEY,
    agency   BIGINT NOT NULL,
    draft    BIGINT NOT NULL,
    kind     TEXT NOT NULL CHECK (kind IN ('enclosed', 'submission', 'scan', 'opinion')),
    place    BIGINT NOT NULL,
    name     TEXT NOT NULL,
    mime     TEXT NOT NULL,
    size     BIGINT NOT NULL,
    sha      TEXT NOT NULL,
    added_by BIGINT NOT NULL,
    added_at TEXT NOT NULL,
    out_at   TEXT NOT NULL
);
CREATE INDEX draft_file_draft ON draft_file (draft);

-- What was done on the path, by whom and to which file: submissions, initials (ký nháy),
-- returns, refusals, signatures. alone says that the drafter initialled his own because
-- nobody else could. checks are the points of the form check that were looked at.
CREATE TABLE draft_step (
    id       BIGINT PRIMARY KEY,
    agency   BIGINT NOT NULL,
    draft    BIGINT NOT NULL,
    round    BIGINT NOT NULL,
    kind     TEXT NOT NULL CHECK (kind IN ('submit', 'content', 'form', 'return', 'pass', 'refuse', 'sign', 'drop', 'amend')),
    ordinal  BIGINT NOT NULL,
    sha      TEXT NOT NULL,
    person   BIGINT NOT NULL,
    behalf   BIGINT NOT NULL,
    title    TEXT NOT NULL,
    other    BIGINT NOT NULL,
    alone    BOOLEAN NOT NULL,
    checks   TEXT NOT NULL,
    text     TEXT NOT NULL,
    at       TEXT NOT NULL
);
CREATE INDEX draft_step_draft ON draft_step (draft);
-- immutable: draft_step

-- A mark on the text (ý kiến tại chỗ): bound to a version and to the words it is about.
CREATE TABLE draft_mark (
    id      BIGINT PRIMARY KEY,
    agency  BIGINT NOT NULL,
    draft   BIGINT NOT NULL,
    ordinal BIGINT NOT NULL,
    page    BIGINT NOT NULL,
    quote   TEXT NOT NULL,
    text    TEXT NOT NULL,
    person  BIGINT NOT NULL,
    behalf  BIGINT NOT NULL,
    at      TEXT NOT NULL,
    done_by BIGINT NOT NULL,
    done_at TEXT NOT NULL
);
CREATE INDEX draft_mark_draft ON draft_mark (draft);

-- Opinion rounds (lấy ý kiến; documents.md §4.7).
CREATE TABLE draft_round (
    id        BIGINT PRIMARY KEY,
    agency    BIGINT NOT NULL,
    draft     BIGINT NOT NULL,
    ordinal   BIGINT NOT NULL,
    asked_by  BIGINT NOT NULL,
    text      TEXT NOT NULL,
    first_due TEXT NOT NULL,
    due_on    TEXT NOT NULL,
    due_at    TEXT NOT NULL,
    asked_at  TEXT NOT NULL,
    closed_at TEXT NOT NULL,
    closed_by BIGINT NOT NULL,
    summary   TEXT NOT NULL
);
CREATE INDEX draft_round_draft ON draft_round (draft);
CREATE UNIQUE INDEX draft_round_open ON draft_round (draft) WHERE closed_at = '';

CREATE TABLE draft_opinion (
    id      BIGINT PRIMARY KEY,
    agency  BIGINT NOT NULL,
    draft   BIGINT NOT NULL,
    round   BIGINT NOT NULL,
    person  BIGINT NOT NULL,
    choice  TEXT NOT NULL CHECK (choice IN ('', 'agree', 'disagree', 'other')),
    text    TEXT NOT NULL,
    behalf  BIGINT NOT NULL,
    at      TEXT NOT NULL,
    UNIQUE (round, person)
);
CREATE INDEX draft_opinion_draft ON draft_opinion (draft);
CREATE INDEX draft_opinion_person ON draft_opinion (agency, person) WHERE at = '';

-- A signature under way: the file that was handed to the key, and what came back.
CREATE TABLE draft_signing (
    id       BIGINT PRIMARY KEY,
    agency   BIGINT NOT NULL,
    draft    BIGINT NOT NULL,
    ordinal  BIGINT NOT NULL,
    before   TEXT NOT NULL,
    signer   BIGINT NOT NULL,
    capacity TEXT NOT NULL,
    made_at  TEXT NOT NULL,
    state    TEXT NOT NULL CHECK (state IN ('open', 'done', 'void')),
    after    TEXT NOT NULL,
    cert_subject TEXT NOT NULL,
    cert_serial  TEXT NOT NULL,
    cert_issuer  TEXT NOT NULL,
    level    TEXT NOT NULL,
    verdict  TEXT NOT NULL,
    signed_at TEXT NOT NULL,
    done_at  TEXT NOT NULL
);
CREATE INDEX draft_signing_draft ON draft_signing (draft);

-- Who may read a draft beside those who read all: units and persons concerned.
CREATE TABLE draft_access (
    draft  BIGINT NOT NULL,
    who    TEXT NOT NULL,
    agency BIGINT NOT NULL,
    since  TEXT NOT NULL,
    PRIMARY KEY (draft, who)
);
CREATE INDEX draft_access_who ON draft_access (agency, who, draft);
