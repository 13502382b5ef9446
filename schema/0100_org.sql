-- Room: office/org, who holds which post in which unit on which day.

CREATE TABLE org_agency (
    id         BIGINT PRIMARY KEY,
    code       TEXT NOT NULL,
    name       TEXT NOT NULL,
    short      TEXT NOT NULL,
    superior   TEXT NOT NULL,
    place      TEXT NOT NULL,
    sample     BOOLEAN NOT NULL,
    version    BIGINT NOT NULL,
    founded_at TEXT NOT NULL
);

-- A unit keeps its identity; what it became is its lineage. valid_to '' = still there;
-- a unit is there on day d when valid_from <= d and (valid_to = '' or d < valid_to).
CREATE TABLE org_unit (
    id         BIGINT PRIMARY KEY,
    agency     BIGINT NOT NULL,
    name       TEXT NOT NULL,
    short      TEXT NOT NULL,
    kind       TEXT NOT NULL CHECK (kind IN ('leaders', 'office', 'division', 'other')),
    sort       BIGINT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to   TEXT NOT NULL,
    became     BIGINT NOT NULL,
    basis      TEXT NOT NULL
);
CREATE INDEX org_unit_agency ON org_unit (agency);

CREATE TABLE org_person (
    id      BIGINT PRIMARY KEY,
    agency  BIGINT NOT NULL,
    name    TEXT NOT NULL,
    address TEXT NOT NULL CHECK (address IN ('ông', 'bà')),
    phone   TEXT NOT NULL,
    email   TEXT NOT NULL
);
CREATE INDEX org_person_agency ON org_person (agency);

-- roles are words of org.Role, parted by a space.
CREATE TABLE org_post (
    id         BIGINT PRIMARY KEY,
    agency     BIGINT NOT NULL,
    person     BIGINT NOT NULL,
    unit       BIGINT NOT NULL,
    title      TEXT NOT NULL,
    roles      TEXT NOT NULL,
    sort       BIGINT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to   TEXT NOT NULL,
    basis      TEXT NOT NULL
);
CREATE INDEX org_post_person ON org_post (person);
CREATE INDEX org_post_agency ON org_post (agency);

CREATE TABLE org_field (
    id         BIGINT PRIMARY KEY,
    agency     BIGINT NOT NULL,
    code       TEXT NOT NULL,
    name       TEXT NOT NULL,
    leader     BIGINT NOT NULL,
    unit       BIGINT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to   TEXT NOT NULL
);
CREATE INDEX org_field_agency ON org_field (agency);

CREATE TABLE org_login (
    person       BIGINT PRIMARY KEY,
    agency       BIGINT NOT NULL,
    username     TEXT NOT NULL UNIQUE,
    password     TEXT NOT NULL,
    must_change  BOOLEAN NOT NULL,
    totp         TEXT NOT NULL,
    totp_on      BOOLEAN NOT NULL,
    totp_step    BIGINT NOT NULL,
    failures     BIGINT NOT NULL,
    locked_until TEXT NOT NULL,
    disabled     BOOLEAN NOT NULL
);

-- A session is known by the hash of its token. behalf is the person acted for.
CREATE TABLE org_session (
    id         BIGINT PRIMARY KEY,
    token      BYTEA NOT NULL UNIQUE,
    agency     BIGINT NOT NULL,
    person     BIGINT NOT NULL,
    behalf     BIGINT NOT NULL,
    step       TEXT NOT NULL CHECK (step IN ('totp', 'password', 'open')),
    created_at TEXT NOT NULL,
    seen_at    TEXT NOT NULL,
    ended_at   TEXT NOT NULL,
    agent      TEXT NOT NULL,
    address    TEXT NOT NULL
);
CREATE INDEX org_session_person ON org_session (person);

CREATE TABLE org_absence (
    id        BIGINT PRIMARY KEY,
    agency    BIGINT NOT NULL,
    person    BIGINT NOT NULL,
    stand_in  BIGINT NOT NULL,
    from_day  TEXT NOT NULL,
    to_day    TEXT NOT NULL,
    reason    TEXT NOT NULL,
    set_by    BIGINT NOT NULL,
    set_at    TEXT NOT NULL,
    ended_at  TEXT NOT NULL,
    CHECK (from_day <= to_day)
);
CREATE INDEX org_absence_agency ON org_absence (agency, to_day);

-- The agency's calendar with its history: a row is in force until removed_at.
CREATE TABLE org_day (
    id         BIGINT PRIMARY KEY,
    agency     BIGINT NOT NULL,
    day        TEXT NOT NULL,
    kind       TEXT NOT NULL CHECK (kind IN ('holiday', 'tet', 'observed', 'swap_off', 'swap_work', 'proposed')),
    name       TEXT NOT NULL,
    source     TEXT NOT NULL,
    set_by     BIGINT NOT NULL,
    set_at     TEXT NOT NULL,
    removed_by BIGINT NOT NULL,
    removed_at TEXT NOT NULL
);
CREATE INDEX org_day_agency ON org_day (agency, day);

-- spans are the shifts of a working day: '07:30-11:30,13:30-17:30'.
CREATE TABLE org_shift (
    id         BIGINT PRIMARY KEY,
    agency     BIGINT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to   TEXT NOT NULL,
    spans      TEXT NOT NULL
);

CREATE TABLE org_setting (
    agency BIGINT NOT NULL,
    key    TEXT NOT NULL,
    value  TEXT NOT NULL,
    set_by BIGINT NOT NULL,
    set_at TEXT NOT NULL,
    PRIMARY KEY (agency, key, set_at)
);
