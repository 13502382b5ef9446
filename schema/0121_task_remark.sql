-- Room: office/task. What a holder says of how far the work has come; it enters no figure.
CREATE TABLE task_remark (
    id     BIGINT PRIMARY KEY,
    agency BIGINT NOT NULL,
    work   BIGINT NOT NULL,
    share  BIGINT NOT NULL,
    person BIGINT NOT NULL,
    behalf BIGINT NOT NULL,
    text   TEXT NOT NULL,
    at     TEXT NOT NULL
);
CREATE INDEX task_remark_work ON task_remark (work);
-- immutable: task_remark
