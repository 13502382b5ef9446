-- Room: office/notice, the ways by which people are reached beyond the pages.

-- A way to one person. mail: to the address in the directory; push: one browser;
-- hook: a chat system of the agency, where the person is known as address; feed: a
-- calendar behind a secret link, of which only the hash is kept. key is the browser's
-- keys, or that hash. topics are words parted by a space.
CREATE TABLE notice_channel (
    id         BIGINT PRIMARY KEY,
    agency     BIGINT  NOT NULL,
    person     BIGINT  NOT NULL,
    kind       TEXT    NOT NULL CHECK (kind IN ('mail', 'push', 'hook', 'feed')),
    name       TEXT    NOT NULL,
    address    TEXT    NOT NULL,
    key        BYTEA   NOT NULL,
    endpoint   BIGINT  NOT NULL,
    active     BOOLEAN NOT NULL,
    digest     BOOLEAN NOT NULL,
    topics     TEXT    NOT NULL,
    quiet      TEXT    NOT NULL,
    urgent     BOOLEAN NOT NULL,
    titles     BOOLEAN NOT NULL,
    added_at   TEXT    NOT NULL,
    used_at    TEXT    NOT NULL,
    revoked_at TEXT    NOT NULL,
    why        TEXT    NOT NULL
);
CREATE INDEX notice_channel_person ON notice_channel (agency, person) WHERE revoked_at = '';
CREATE UNIQUE INDEX notice_channel_mail ON notice_channel (agency, person) WHERE kind = 'mail' AND revoked_at = '';
CREATE UNIQUE INDEX notice_channel_push ON notice_channel (agency, address) WHERE kind = 'push' AND revoked_at = '';
CREATE UNIQUE INDEX notice_channel_feed ON notice_channel (key) WHERE kind = 'feed' AND revoked_at = '';

-- A chat system that the agency has opened, with the secret that signs what is sent to it.
CREATE TABLE notice_endpoint (
    id         BIGINT PRIMARY KEY,
    agency     BIGINT NOT NULL,
    name       TEXT   NOT NULL,
    address    TEXT   NOT NULL,
    secret     BYTEA  NOT NULL,
    added_at   TEXT   NOT NULL,
    closed_at  TEXT   NOT NULL
);
CREATE INDEX notice_endpoint_agency ON notice_endpoint (agency);

-- The outbox: one row for each notice (or morning digest, or test) and channel, once by
-- its key. message is the identifier under which it is or was under way: the same as
-- long as nobody knows whether it has arrived.
CREATE TABLE notice_delivery (
    id       BIGINT PRIMARY KEY,
    agency   BIGINT  NOT NULL,
    person   BIGINT  NOT NULL,
    channel  BIGINT  NOT NULL,
    kind     TEXT    NOT NULL CHECK (kind IN ('notice', 'digest', 'test')),
    key      TEXT    NOT NULL,
    notice   BIGINT  NOT NULL,
    urgent   BOOLEAN NOT NULL,
    message  BIGINT  NOT NULL,
    made_at  TEXT    NOT NULL,
    due_at   TEXT    NOT NULL,
    claimed  TEXT    NOT NULL,
    tries    BIGINT  NOT NULL,
    state    TEXT    NOT NULL CHECK (state IN ('waiting', 'failed', 'sent', 'given_up', 'dropped')),
    fault    TEXT    NOT NULL,
    ended_at TEXT    NOT NULL,
    UNIQUE (channel, kind, key)
);
CREATE INDEX notice_delivery_due ON notice_delivery (due_at) WHERE state IN ('waiting', 'failed');
CREATE INDEX notice_delivery_agency ON notice_delivery (agency, id);
CREATE INDEX notice_delivery_bad ON notice_delivery (agency, id) WHERE state IN ('failed', 'given_up');
CREATE INDEX notice_delivery_person ON notice_delivery (agency, person, id);
CREATE INDEX notice_delivery_old ON notice_delivery (ended_at) WHERE state IN ('sent', 'dropped');
