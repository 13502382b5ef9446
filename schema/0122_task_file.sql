-- Room: office/task. Files handed in with a result; their bytes lie under their hash.
CREATE TABLE task_file (
    id       BIGINT PRIMARY KEY,
    agency   BIGINT NOT NULL,
    work     BIGINT NOT NULL,
    share    BIGINT NOT NULL,
    name     TEXT NOT NULL,
    mime     TEXT NOT NULL,
    size     BIGINT NOT NULL,
    sha      TEXT NOT NULL,
    added_by BIGINT NOT NULL,
    added_at TEXT NOT NULL
);
CREATE INDEX task_file_work ON task_file (work);
-- immutable: task_file
