-- Room: office/draft. What a draft has beside its text: appendices, the form's own blanks,
-- a second signer; and whose hands it went through.

-- appendices and blanks are JSON of the room's own (Appendix, name → words). second is who
-- signs beside the signer: second_as '' none, 'secretary' of a meeting (thư ký), 'officer'
-- by a capacity of his own, 'outside' for another agency (second 0); second_lines as printed
-- above the name; second_sha the file with that one's digital signature, '' before.
ALTER TABLE draft_paper ADD COLUMN appendices TEXT NOT NULL DEFAULT '';
ALTER TABLE draft_paper ADD COLUMN blanks TEXT NOT NULL DEFAULT '';
ALTER TABLE draft_paper ADD COLUMN second_as TEXT NOT NULL DEFAULT '' CHECK (second_as IN ('', 'secretary', 'officer', 'outside'));
ALTER TABLE draft_paper ADD COLUMN second BIGINT NOT NULL DEFAULT 0;
ALTER TABLE draft_paper ADD COLUMN second_capacity TEXT NOT NULL DEFAULT '';
ALTER TABLE draft_paper ADD COLUMN second_delegation BIGINT NOT NULL DEFAULT 0;
ALTER TABLE draft_paper ADD COLUMN second_lines TEXT NOT NULL DEFAULT '';
ALTER TABLE draft_paper ADD COLUMN second_name TEXT NOT NULL DEFAULT '';
ALTER TABLE draft_paper ADD COLUMN second_org TEXT NOT NULL DEFAULT '';
ALTER TABLE draft_paper ADD COLUMN second_sha TEXT NOT NULL DEFAULT '';
CREATE INDEX draft_paper_second ON draft_paper (agency, second, id) WHERE state = 'to_sign' AND second <> 0;

-- A draft that another drafter goes on with (giao người khác soạn tiếp).
CREATE TABLE draft_handed (
    id        BIGINT PRIMARY KEY,
    agency    BIGINT NOT NULL,
    draft     BIGINT NOT NULL,
    from_whom BIGINT NOT NULL,
    to_whom   BIGINT NOT NULL,
    by_whom   BIGINT NOT NULL,
    behalf    BIGINT NOT NULL,
    reason    TEXT NOT NULL,
    at        TEXT NOT NULL
);
CREATE INDEX draft_handed_draft ON draft_handed (draft);
-- immutable: draft_handed
