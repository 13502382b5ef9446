-- Room: office/task. The time of a work: what was agreed, when it stood still and for whom,
-- what was handed in, and what the one who was urged has answered.

-- agreed says how the holder came to his day: accepted, begun, proposed (as he asked),
-- countered (the giver's other day) or refused; it holds for agreed_by alone, so that
-- whoever gets the share next accepts or negotiates anew. paused_at is since when it stands
-- still, stuck the cause of an open obstacle. missed counts the promised days that had
-- passed when another was given, unmet the results that were not met in substance.
-- became is the share of whoever took the lead over.
ALTER TABLE task_share ADD COLUMN agreed TEXT NOT NULL DEFAULT '' CHECK (agreed IN ('', 'accepted', 'begun', 'proposed', 'countered', 'refused'));
ALTER TABLE task_share ADD COLUMN agreed_by BIGINT NOT NULL DEFAULT 0;
ALTER TABLE task_share ADD COLUMN agreed_at TEXT NOT NULL DEFAULT '';
ALTER TABLE task_share ADD COLUMN paused_at TEXT NOT NULL DEFAULT '';
ALTER TABLE task_share ADD COLUMN stuck TEXT NOT NULL DEFAULT '';
ALTER TABLE task_share ADD COLUMN missed BIGINT NOT NULL DEFAULT 0;
ALTER TABLE task_share ADD COLUMN unmet BIGINT NOT NULL DEFAULT 0;
ALTER TABLE task_share ADD COLUMN answered BIGINT NOT NULL DEFAULT 0;
ALTER TABLE task_share ADD COLUMN became BIGINT NOT NULL DEFAULT 0;

-- seen_at is when this holder opened it first; decides = he had a result to confirm.
ALTER TABLE task_holding ADD COLUMN seen_at TEXT NOT NULL DEFAULT '';
ALTER TABLE task_holding ADD COLUMN decides BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE task_holding SET decides = TRUE WHERE to_at = '' AND share IN (SELECT id FROM task_share WHERE state = 'reported');

-- Every date ever given, with the kinds that this step adds; missed is the instant that
-- had passed unmet when the date was given, '' when none had or the cause was objective.
CREATE TABLE task_due_next (
    id         BIGINT PRIMARY KEY,
    agency     BIGINT NOT NULL,
    share      BIGINT NOT NULL,
    level      TEXT NOT NULL CHECK (level IN ('outer', 'inner')),
    due_on     TEXT NOT NULL,
    due_at     TEXT NOT NULL,
    set_by     BIGINT NOT NULL,
    proxy      BIGINT NOT NULL,
    set_at     TEXT NOT NULL,
    reason     TEXT NOT NULL,
    kind       TEXT NOT NULL CHECK (kind IN ('given', 'agreed', 'extended', 'changed', 'paused', 'calendar')),
    basis_at   TEXT NOT NULL,
    basis_days BIGINT NOT NULL,
    was_at     TEXT NOT NULL,
    missed     TEXT NOT NULL
);
INSERT INTO task_due_next (id, agency, share, level, due_on, due_at, set_by, proxy, set_at, reason, kind, basis_at, basis_days, was_at, missed)
    SELECT id, agency, share, level, due_on, due_at, set_by, proxy, set_at, reason, kind, basis_at, basis_days, '', '' FROM task_due;
DROP TABLE task_due;
ALTER TABLE task_due_next RENAME TO task_due;
CREATE INDEX task_due_share ON task_due (share);

-- above = the extensions that whoever gives may grant are used up, the next level decides.
-- cause is what the one who asks says, objective what was confirmed by confirmed_by.
CREATE TABLE task_request_next (
    id           BIGINT PRIMARY KEY,
    agency       BIGINT NOT NULL,
    share        BIGINT NOT NULL,
    kind         TEXT NOT NULL CHECK (kind IN ('extend', 'return', 'agree')),
    level        TEXT NOT NULL CHECK (level IN ('outer', 'inner')),
    due_on       TEXT NOT NULL,
    due_at       TEXT NOT NULL,
    reason       TEXT NOT NULL,
    asked_by     BIGINT NOT NULL,
    asked_at     TEXT NOT NULL,
    decider      BIGINT NOT NULL,
    state        TEXT NOT NULL CHECK (state IN ('open', 'granted', 'refused')),
    answer       TEXT NOT NULL,
    decided_by   BIGINT NOT NULL,
    decided_at   TEXT NOT NULL,
    above        BOOLEAN NOT NULL,
    cause        TEXT NOT NULL CHECK (cause IN ('', 'own', 'objective')),
    objective    BOOLEAN NOT NULL,
    confirmed_by BIGINT NOT NULL,
    confirmed_at TEXT NOT NULL,
    CHECK (objective = (confirmed_by <> 0))
);
INSERT INTO task_request_next (id, agency, share, kind, level, due_on, due_at, reason, asked_by, asked_at, decider, state, answer, decided_by, decided_at,
        above, cause, objective, confirmed_by, confirmed_at)
    SELECT id, agency, share, kind, level, due_on, '', reason, asked_by, asked_at, decider, state, answer, decided_by, decided_at, FALSE, '', FALSE, 0, ''
    FROM task_request;
DROP TABLE task_request;
ALTER TABLE task_request_next RENAME TO task_request;
CREATE INDEX task_request_share ON task_request (share);
CREATE UNIQUE INDEX task_request_open ON task_request (share, kind) WHERE state = 'open';
CREATE INDEX task_request_decider ON task_request (agency, decider) WHERE state = 'open';

-- A time in which a share stands still for a cause outside the holder's hands. asked waits
-- for the giver's or the head's confirmation and takes no time off; running and ended do.
-- proof is a record of the office ("outgoing/12"), proof_text one that lies elsewhere.
CREATE TABLE task_pause (
    id          BIGINT PRIMARY KEY,
    agency      BIGINT NOT NULL,
    share       BIGINT NOT NULL,
    cause       TEXT NOT NULL,
    waiting_for TEXT NOT NULL,
    from_at     TEXT NOT NULL,
    to_at       TEXT NOT NULL,
    proof       TEXT NOT NULL,
    proof_text  TEXT NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('asked', 'running', 'ended', 'refused')),
    counted     BOOLEAN NOT NULL,
    asked_by    BIGINT NOT NULL,
    proxy       BIGINT NOT NULL,
    asked_at    TEXT NOT NULL,
    decider     BIGINT NOT NULL,
    decided_by  BIGINT NOT NULL,
    decided_at  TEXT NOT NULL,
    answer      TEXT NOT NULL,
    ended_by    BIGINT NOT NULL,
    ended_at    TEXT NOT NULL,
    end_proof   TEXT NOT NULL,
    CHECK ((state = 'ended') = (ended_at <> '')),
    CHECK (state <> 'ended' OR to_at >= from_at)
);
CREATE INDEX task_pause_share ON task_pause (share);
CREATE INDEX task_pause_decider ON task_pause (agency, decider) WHERE state = 'asked';
CREATE INDEX task_pause_running ON task_pause (agency, cause) WHERE state = 'running';

-- What hinders the holder, without taking time off (vướng mắc).
CREATE TABLE task_obstacle (
    id          BIGINT PRIMARY KEY,
    agency      BIGINT NOT NULL,
    share       BIGINT NOT NULL,
    cause       TEXT NOT NULL,
    waiting_for TEXT NOT NULL,
    text        TEXT NOT NULL,
    told_by     BIGINT NOT NULL,
    proxy       BIGINT NOT NULL,
    told_at     TEXT NOT NULL,
    cleared_by  BIGINT NOT NULL,
    cleared_at  TEXT NOT NULL
);
CREATE INDEX task_obstacle_share ON task_obstacle (share);
CREATE INDEX task_obstacle_open ON task_obstacle (agency, cause) WHERE cleared_at = '';

-- Each result that was handed in, and each record that proved the work: a round.
-- unmet = it was not met in substance; a work taken up again after it was accepted is.
CREATE TABLE task_submission (
    id         BIGINT PRIMARY KEY,
    agency     BIGINT NOT NULL,
    share      BIGINT NOT NULL,
    round      BIGINT NOT NULL,
    kind       TEXT NOT NULL CHECK (kind IN ('submission', 'document', 'dossier', 'report')),
    ref        TEXT NOT NULL,
    handed_by  BIGINT NOT NULL,
    proxy      BIGINT NOT NULL,
    handed_at  TEXT NOT NULL,
    outcome    TEXT NOT NULL CHECK (outcome IN ('waiting', 'accepted', 'returned', 'reopened', 'void')),
    unmet      BOOLEAN NOT NULL,
    decided_by BIGINT NOT NULL,
    decided_at TEXT NOT NULL,
    CHECK ((outcome = 'waiting') = (decided_at = ''))
);
CREATE UNIQUE INDEX task_submission_round ON task_submission (share, round);
INSERT INTO task_submission (id, agency, share, round, kind, ref, handed_by, proxy, handed_at, outcome, unmet, decided_by, decided_at)
    SELECT s.id, s.agency, s.id, 1, 'submission', '', s.reported_by, 0, s.reported_at, CASE WHEN s.state = 'reported' THEN 'waiting' ELSE 'accepted' END, FALSE,
        CASE WHEN s.state = 'reported' THEN 0 ELSE w.giver END, CASE WHEN s.state = 'reported' THEN '' ELSE s.done_at END
    FROM task_share s JOIN task_work w ON w.id = s.work WHERE s.reported_at <> '' AND s.state IN ('reported', 'done');

-- What the one who was urged answered with one gesture.
CREATE TABLE task_answer (
    id      BIGINT PRIMARY KEY,
    agency  BIGINT NOT NULL,
    share   BIGINT NOT NULL,
    urging  BIGINT NOT NULL,
    kind    TEXT NOT NULL CHECK (kind IN ('promise', 'blocked')),
    due_on  TEXT NOT NULL,
    text    TEXT NOT NULL,
    person  BIGINT NOT NULL,
    proxy   BIGINT NOT NULL,
    at      TEXT NOT NULL
);
CREATE INDEX task_answer_share ON task_answer (share);

-- The agency's own causes of standing still, beside those that the program brings.
CREATE TABLE task_cause (
    agency BIGINT NOT NULL,
    code   TEXT NOT NULL,
    name   TEXT NOT NULL,
    pauses BOOLEAN NOT NULL,
    gone   BOOLEAN NOT NULL,
    PRIMARY KEY (agency, code)
);

-- The morning sweep looks up what it has told today.
CREATE INDEX task_urging_day ON task_urging (agency, day) WHERE kind = 'auto';
-- immutable: task_due
-- immutable: task_answer
