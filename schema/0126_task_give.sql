-- Room: office/task. What work that is given directly carries beside who and until when.

-- parent is the share of which the work is a part (việc con), root the topmost work of its
-- tree; 0 for none. product, quantity (thousandths), norm (minutes for one) and factor
-- (thousandths) are copied from the catalogue when the work is given and mean nothing here.
-- proof is what ends the work by itself; '' = the giver accepts. proposed = the officer
-- proposed it himself and the head confirmed it (việc tự đề xuất).
ALTER TABLE task_work ADD COLUMN parent BIGINT NOT NULL DEFAULT 0;
ALTER TABLE task_work ADD COLUMN root BIGINT NOT NULL DEFAULT 0;
ALTER TABLE task_work ADD COLUMN priority BIGINT NOT NULL DEFAULT 0 CHECK (priority BETWEEN 0 AND 2);
ALTER TABLE task_work ADD COLUMN product BIGINT NOT NULL DEFAULT 0;
ALTER TABLE task_work ADD COLUMN product_name TEXT NOT NULL DEFAULT '';
ALTER TABLE task_work ADD COLUMN quantity BIGINT NOT NULL DEFAULT 0;
ALTER TABLE task_work ADD COLUMN norm BIGINT NOT NULL DEFAULT 0;
ALTER TABLE task_work ADD COLUMN factor BIGINT NOT NULL DEFAULT 0;
ALTER TABLE task_work ADD COLUMN proof TEXT NOT NULL DEFAULT '';
ALTER TABLE task_work ADD COLUMN proposed BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX task_work_parent ON task_work (parent) WHERE parent <> 0;
CREATE INDEX task_work_root ON task_work (agency, root) WHERE root <> 0;

-- piece is what this share has to do of the work, part its share of the volume in ten
-- thousandths (0 = by the rule), short that it was given at short notice (giao gấp).
ALTER TABLE task_share ADD COLUMN piece TEXT NOT NULL DEFAULT '';
ALTER TABLE task_share ADD COLUMN part BIGINT NOT NULL DEFAULT 0 CHECK (part BETWEEN 0 AND 10000);
ALTER TABLE task_share ADD COLUMN short BOOLEAN NOT NULL DEFAULT FALSE;

-- What else a work has to do with: "incoming/123", "task/45"; gone_at '' = is linked still.
CREATE TABLE task_link (
    id       BIGINT PRIMARY KEY,
    agency   BIGINT NOT NULL,
    work     BIGINT NOT NULL,
    ref      TEXT NOT NULL,
    added_by BIGINT NOT NULL,
    added_at TEXT NOT NULL,
    gone_by  BIGINT NOT NULL,
    gone_at  TEXT NOT NULL
);
CREATE UNIQUE INDEX task_link_work ON task_link (work, ref) WHERE gone_at = '';
CREATE INDEX task_link_ref ON task_link (agency, ref) WHERE gone_at = '';

-- Work that an officer proposes to do; it becomes work when whoever heads the unit confirms it.
CREATE TABLE task_proposal (
    id         BIGINT PRIMARY KEY,
    agency     BIGINT NOT NULL,
    person     BIGINT NOT NULL,
    unit       BIGINT NOT NULL,
    decider    BIGINT NOT NULL,
    title      TEXT NOT NULL,
    text       TEXT NOT NULL,
    field      BIGINT NOT NULL,
    due_on     TEXT NOT NULL,
    due_at     TEXT NOT NULL,
    product    BIGINT NOT NULL,
    product_name TEXT NOT NULL,
    quantity   BIGINT NOT NULL,
    norm       BIGINT NOT NULL,
    factor     BIGINT NOT NULL,
    asked_at   TEXT NOT NULL,
    month      TEXT NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('open', 'granted', 'refused', 'withdrawn')),
    work       BIGINT NOT NULL,
    answer     TEXT NOT NULL,
    decided_by BIGINT NOT NULL,
    decided_at TEXT NOT NULL,
    CHECK ((state = 'granted') = (work <> 0))
);
CREATE INDEX task_proposal_decider ON task_proposal (agency, decider) WHERE state = 'open';
CREATE INDEX task_proposal_person ON task_proposal (agency, person, month);
