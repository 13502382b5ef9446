-- Room: office/plan, work that will be given: catalogue, templates, chains, recurrence.

-- A version of the catalogue of products (danh mục sản phẩm, định mức); valid_to '' = in force.
CREATE TABLE plan_catalogue (
    id         BIGINT PRIMARY KEY,
    agency     BIGINT NOT NULL,
    name       TEXT NOT NULL,
    basis      TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to   TEXT NOT NULL,
    products   BIGINT NOT NULL,
    set_by     BIGINT NOT NULL,
    set_at     TEXT NOT NULL
);
CREATE UNIQUE INDEX plan_catalogue_from ON plan_catalogue (agency, valid_from);

-- norm is in minutes for one, factor in thousandths; position groups are separated by "; ".
CREATE TABLE plan_product (
    id        BIGINT PRIMARY KEY,
    agency    BIGINT NOT NULL,
    catalogue BIGINT NOT NULL,
    code      TEXT NOT NULL,
    name      TEXT NOT NULL,
    output    TEXT NOT NULL,
    measure   TEXT NOT NULL,
    norm      BIGINT NOT NULL CHECK (norm >= 0),
    factor    BIGINT NOT NULL CHECK (factor >= 0),
    groups_of TEXT NOT NULL,
    proof     TEXT NOT NULL,
    UNIQUE (catalogue, code)
);
-- immutable: plan_product

-- A template of one work or several (mẫu công việc). It is never changed: a change ends it
-- and founds another, which knows what it replaces. unit 0 = the agency's.
CREATE TABLE plan_template (
    id       BIGINT PRIMARY KEY,
    agency   BIGINT NOT NULL,
    unit     BIGINT NOT NULL,
    name     TEXT NOT NULL,
    replaces BIGINT NOT NULL,
    steps    BIGINT NOT NULL,
    set_by   BIGINT NOT NULL,
    set_at   TEXT NOT NULL,
    ended_by BIGINT NOT NULL,
    ended_at TEXT NOT NULL
);
CREATE INDEX plan_template_open ON plan_template (agency, name) WHERE ended_at = '';

-- A step begins when step "after" is done (0 = at once) and ends so many working days later.
CREATE TABLE plan_step (
    id       BIGINT PRIMARY KEY,
    agency   BIGINT NOT NULL,
    template BIGINT NOT NULL,
    place    BIGINT NOT NULL,
    after    BIGINT NOT NULL CHECK (after >= 0 AND after < place),
    title    TEXT NOT NULL,
    text     TEXT NOT NULL,
    lead     TEXT NOT NULL,
    coop     TEXT NOT NULL,
    info     TEXT NOT NULL,
    days     BIGINT NOT NULL CHECK (days BETWEEN 0 AND 400),
    product  TEXT NOT NULL,
    proof    TEXT NOT NULL,
    priority BIGINT NOT NULL,
    UNIQUE (template, place)
);
-- immutable: plan_step

-- A template that was begun, with what was put into its fields.
CREATE TABLE plan_run (
    id       BIGINT PRIMARY KEY,
    agency   BIGINT NOT NULL,
    template BIGINT NOT NULL,
    owner    BIGINT NOT NULL,
    fields   TEXT NOT NULL,
    begun_at TEXT NOT NULL
);
CREATE INDEX plan_run_template ON plan_run (agency, template);

CREATE TABLE plan_run_step (
    id       BIGINT PRIMARY KEY,
    agency   BIGINT NOT NULL,
    run      BIGINT NOT NULL,
    place    BIGINT NOT NULL,
    state    TEXT NOT NULL CHECK (state IN ('waiting', 'ready', 'given', 'stopped', 'dropped')),
    work     BIGINT NOT NULL,
    ready_on TEXT NOT NULL,
    reason   TEXT NOT NULL,
    UNIQUE (run, place),
    CHECK ((state = 'given') = (work <> 0))
);
CREATE INDEX plan_run_step_ready ON plan_run_step (agency, run) WHERE state IN ('ready', 'stopped');

-- A rule by which work comes again (việc định kỳ). since = only dates from that day on count;
-- owner gives it. rhythm_* say which days, ahead how many working days before it is given.
CREATE TABLE plan_rule (
    id           BIGINT PRIMARY KEY,
    agency       BIGINT NOT NULL,
    unit         BIGINT NOT NULL,
    owner        BIGINT NOT NULL,
    title        TEXT NOT NULL,
    text         TEXT NOT NULL,
    priority     BIGINT NOT NULL,
    lead         TEXT NOT NULL,
    coop         TEXT NOT NULL,
    info         TEXT NOT NULL,
    product      TEXT NOT NULL,
    proof        TEXT NOT NULL,
    every_n      BIGINT NOT NULL,
    period       TEXT NOT NULL CHECK (period IN ('week', 'month', 'quarter', 'half', 'year')),
    month_no     BIGINT NOT NULL,
    anchor       TEXT NOT NULL CHECK (anchor IN ('day', 'working', 'weekday')),
    number       BIGINT NOT NULL,
    nth          BIGINT NOT NULL,
    shift        TEXT NOT NULL CHECK (shift IN ('keep', 'before', 'after')),
    back         BIGINT NOT NULL,
    from_on      TEXT NOT NULL,
    until_on     TEXT NOT NULL,
    ahead        BIGINT NOT NULL,
    due_at       TEXT NOT NULL,
    state        TEXT NOT NULL CHECK (state IN ('running', 'paused', 'stopped', 'ended')),
    reason       TEXT NOT NULL,
    since        TEXT NOT NULL,
    set_at       TEXT NOT NULL
);
CREATE INDEX plan_rule_open ON plan_rule (agency, state) WHERE state <> 'ended';

-- One date of a rule about which something was decided or done; the others are computed.
-- The key names the period ("2026-Q4"), so that a changed calendar gives nothing twice.
CREATE TABLE plan_occurrence (
    id      BIGINT PRIMARY KEY,
    agency  BIGINT NOT NULL,
    rule    BIGINT NOT NULL,
    period  TEXT NOT NULL,
    due_on  TEXT NOT NULL,
    state   TEXT NOT NULL CHECK (state IN ('changed', 'skipped', 'given', 'missed', 'stopped')),
    work    BIGINT NOT NULL,
    title   TEXT NOT NULL,
    reason  TEXT NOT NULL,
    set_by  BIGINT NOT NULL,
    set_at  TEXT NOT NULL,
    UNIQUE (rule, period),
    CHECK ((state = 'given') = (work <> 0))
);
CREATE INDEX plan_occurrence_agency ON plan_occurrence (agency, rule);
