-- Room: kit/job, work for later. Enqueued in the act that causes it; a key is once.
CREATE TABLE job_item (
    id        BIGINT PRIMARY KEY,
    agency    BIGINT NOT NULL,
    kind      TEXT   NOT NULL,
    key       TEXT   NOT NULL,
    payload   TEXT   NOT NULL,
    run_at    TEXT   NOT NULL,
    claimed   TEXT   NOT NULL,
    tries     BIGINT NOT NULL,
    state     TEXT   NOT NULL CHECK (state IN ('waiting', 'done', 'failed')),
    fault     TEXT   NOT NULL,
    ended_at  TEXT   NOT NULL,
    UNIQUE (agency, kind, key)
);
CREATE INDEX job_item_waiting ON job_item (run_at) WHERE state = 'waiting';
