-- Room: office/saved, lists that people come back to, under names.

-- A filter that somebody keeps under a name (bộ lọc đã lưu). list is the page ("viec"), query
-- what its address asks. unit <> 0 = shared with that unit; gone_at '' = is there still.
CREATE TABLE saved_view (
    id      BIGINT PRIMARY KEY,
    agency  BIGINT NOT NULL,
    owner   BIGINT NOT NULL,
    unit    BIGINT NOT NULL,
    list    TEXT NOT NULL,
    query   TEXT NOT NULL,
    name    TEXT NOT NULL,
    set_at  TEXT NOT NULL,
    gone_at TEXT NOT NULL
);
CREATE INDEX saved_view_owner ON saved_view (owner, list) WHERE gone_at = '';
CREATE INDEX saved_view_unit ON saved_view (agency, list, unit) WHERE gone_at = '' AND unit <> 0;

-- The view that a person's list opens with.
CREATE TABLE saved_pin (
    person BIGINT NOT NULL,
    list   TEXT NOT NULL,
    agency BIGINT NOT NULL,
    view   BIGINT NOT NULL,
    PRIMARY KEY (person, list)
);
