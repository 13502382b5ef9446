-- Room: office/plan, what a rule of recurrence said before it was changed.

-- A rule as somebody saved it (bản của việc định kỳ); the last one is in force. set_at is until
-- when the one before it was.
CREATE TABLE plan_rule_version (
    id       BIGINT PRIMARY KEY,
    agency   BIGINT NOT NULL,
    rule     BIGINT NOT NULL,
    owner    BIGINT NOT NULL,
    title    TEXT NOT NULL,
    text     TEXT NOT NULL,
    priority BIGINT NOT NULL,
    lead     TEXT NOT NULL,
    coop     TEXT NOT NULL,
    info     TEXT NOT NULL,
    product  TEXT NOT NULL,
    proof    TEXT NOT NULL,
    every_n  BIGINT NOT NULL,
    period   TEXT NOT NULL,
    month_no BIGINT NOT NULL,
    anchor   TEXT NOT NULL,
    number   BIGINT NOT NULL,
    nth      BIGINT NOT NULL,
    shift    TEXT NOT NULL,
    back     BIGINT NOT NULL,
    from_on  TEXT NOT NULL,
    until_on TEXT NOT NULL,
    ahead    BIGINT NOT NULL,
    due_at   TEXT NOT NULL,
    set_at   TEXT NOT NULL
);
CREATE INDEX plan_rule_version_rule ON plan_rule_version (agency, rule, id);
INSERT INTO plan_rule_version (id, agency, rule, owner, title, text, priority, lead, coop, info, product, proof, every_n, period, month_no, anchor, number, nth, shift, back, from_on, until_on, ahead, due_at, set_at)
    SELECT id, agency, id, owner, title, text, priority, lead, coop, info, product, proof, every_n, period, month_no, anchor, number, nth, shift, back, from_on, until_on, ahead, due_at, set_at FROM plan_rule;
-- immutable: plan_rule_version
