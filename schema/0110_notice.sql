-- Room: office/notice, what must be told to whom; once.
CREATE TABLE notice_item (
    id      BIGINT PRIMARY KEY,
    agency  BIGINT NOT NULL,
    person  BIGINT NOT NULL,
    matter  TEXT NOT NULL,
    kind    TEXT NOT NULL,
    day     TEXT NOT NULL,
    text    TEXT NOT NULL,
    link    TEXT NOT NULL,
    at      TEXT NOT NULL,
    read_at TEXT NOT NULL,
    UNIQUE (agency, person, matter, kind, day)
);
CREATE INDEX notice_item_person ON notice_item (agency, person, id);
CREATE INDEX notice_item_unread ON notice_item (agency, person) WHERE read_at = '';
