-- Room: office/task, work with an owner and a due day, and who is late.

-- A work is what was given; its shares are who carries which part of it. giver is whose
-- order it is, proxy who wrote it in his place (thay …), 0 for himself.
CREATE TABLE task_work (
    id         BIGINT PRIMARY KEY,
    agency     BIGINT NOT NULL,
    title      TEXT NOT NULL,
    source     TEXT NOT NULL,
    field      BIGINT NOT NULL,
    urgency    BIGINT NOT NULL CHECK (urgency BETWEEN 0 AND 3),
    giver      BIGINT NOT NULL,
    proxy      BIGINT NOT NULL,
    text       TEXT NOT NULL,
    given_at   TEXT NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('open', 'done', 'dropped')),
    done_at    TEXT NOT NULL,
    reopened   BIGINT NOT NULL,
    CHECK ((state = 'done') = (done_at <> ''))
);
CREATE INDEX task_work_source ON task_work (agency, source);
CREATE INDEX task_work_giver ON task_work (agency, giver) WHERE state = 'open';

-- A share is one square of the picture: one role of one unit or person in a work.
-- outer_* is the date promised to the giver, due_* the date of whoever holds it now
-- (the inner date once one is given). person 0 = held by the unit, through its head.
CREATE TABLE task_share (
    id          BIGINT PRIMARY KEY,
    agency      BIGINT NOT NULL,
    work        BIGINT NOT NULL,
    parent      BIGINT NOT NULL,
    role        TEXT NOT NULL CHECK (role IN ('lead', 'coop', 'info')),
    unit        BIGINT NOT NULL,
    person      BIGINT NOT NULL,
    holder      BIGINT NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('given', 'started', 'reported', 'done', 'returned', 'dropped', 'info')),
    outer_first TEXT NOT NULL,
    outer_on    TEXT NOT NULL,
    outer_at    TEXT NOT NULL,
    due_on      TEXT NOT NULL,
    due_at      TEXT NOT NULL,
    given_at    TEXT NOT NULL,
    seen_at     TEXT NOT NULL,
    started_at  TEXT NOT NULL,
    reported_at TEXT NOT NULL,
    reported_by BIGINT NOT NULL,
    done_at     TEXT NOT NULL,
    result      TEXT NOT NULL,
    answer      TEXT NOT NULL,
    urged       BIGINT NOT NULL,
    urged_at    TEXT NOT NULL,
    extended    BIGINT NOT NULL,
    reworked    BIGINT NOT NULL,
    CHECK ((state = 'done') = (done_at <> ''))
);
CREATE INDEX task_share_work ON task_share (work);
CREATE INDEX task_share_open ON task_share (agency, holder, due_at) WHERE state IN ('given', 'started', 'reported');
CREATE INDEX task_share_unit ON task_share (agency, unit) WHERE state IN ('given', 'started', 'reported');
CREATE INDEX task_share_reported ON task_share (agency, reported_at) WHERE state = 'reported';
CREATE INDEX task_share_info ON task_share (agency, holder) WHERE state = 'info' AND seen_at = '';
CREATE INDEX task_share_done ON task_share (agency, holder, done_at) WHERE state = 'done';
CREATE UNIQUE INDEX task_share_one_lead ON task_share (work, parent) WHERE role = 'lead' AND state <> 'returned' AND state <> 'dropped';

-- Every date ever given, the first among them, for good.
CREATE TABLE task_due (
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
    kind       TEXT NOT NULL CHECK (kind IN ('given', 'extended', 'changed', 'calendar')),
    basis_at   TEXT NOT NULL,
    basis_days BIGINT NOT NULL
);
CREATE INDEX task_due_share ON task_due (share);

-- Who held it from when to when; to_at '' = holds it now.
CREATE TABLE task_holding (
    id      BIGINT PRIMARY KEY,
    agency  BIGINT NOT NULL,
    share   BIGINT NOT NULL,
    person  BIGINT NOT NULL,
    unit    BIGINT NOT NULL,
    from_at TEXT NOT NULL,
    to_at   TEXT NOT NULL
);
CREATE INDEX task_holding_share ON task_holding (share);

CREATE TABLE task_request (
    id         BIGINT PRIMARY KEY,
    agency     BIGINT NOT NULL,
    share      BIGINT NOT NULL,
    kind       TEXT NOT NULL CHECK (kind IN ('extend', 'return')),
    level      TEXT NOT NULL CHECK (level IN ('outer', 'inner')),
    due_on     TEXT NOT NULL,
    reason     TEXT NOT NULL,
    asked_by   BIGINT NOT NULL,
    asked_at   TEXT NOT NULL,
    decider    BIGINT NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('open', 'granted', 'refused')),
    answer     TEXT NOT NULL,
    decided_by BIGINT NOT NULL,
    decided_at TEXT NOT NULL
);
CREATE INDEX task_request_share ON task_request (share);
CREATE UNIQUE INDEX task_request_open ON task_request (share, kind) WHERE state = 'open';
CREATE INDEX task_request_decider ON task_request (agency, decider) WHERE state = 'open';

-- Urging (đôn đốc), by hand or by the morning sweep; counted, never deleted.
CREATE TABLE task_urging (
    id     BIGINT PRIMARY KEY,
    agency BIGINT NOT NULL,
    share  BIGINT NOT NULL,
    person BIGINT NOT NULL,
    urger  BIGINT NOT NULL,
    proxy  BIGINT NOT NULL,
    kind   TEXT NOT NULL CHECK (kind IN ('auto', 'remind', 'criticise', 'review')),
    band   TEXT NOT NULL CHECK (band IN ('', 'before', 'today', 'late', 'head', 'giver', 'waiting')),
    text   TEXT NOT NULL,
    at     TEXT NOT NULL,
    day    TEXT NOT NULL,
    UNIQUE (share, person, urger, kind, band, day)
);
-- What was said in an act: directive inside the unit, progress, result of each round, reason,
-- answer. kind and at are those of the entry; share 0 = the work.
CREATE TABLE task_said (
    id     BIGINT PRIMARY KEY,
    agency BIGINT NOT NULL,
    work   BIGINT NOT NULL,
    share  BIGINT NOT NULL,
    kind   TEXT NOT NULL,
    person BIGINT NOT NULL,
    proxy  BIGINT NOT NULL,
    text   TEXT NOT NULL,
    at     TEXT NOT NULL
);
CREATE INDEX task_said_work ON task_said (work);
-- immutable: task_due
-- immutable: task_urging
-- immutable: task_said
