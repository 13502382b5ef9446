-- Room: office/org. Who may sign what instead of the head of the agency, on which days.

-- Written delegations to sign by authorisation (giấy ủy quyền, ký thừa ủy quyền; Nghị
-- định 30/2020/NĐ-CP Điều 13 khoản 4). types are codes of document types parted by a
-- space, '' for all that the scope says; to_day is the last day.
CREATE TABLE org_delegation (
    id       BIGINT PRIMARY KEY,
    agency   BIGINT NOT NULL,
    giver    BIGINT NOT NULL,
    person   BIGINT NOT NULL,
    types    TEXT NOT NULL,
    scope    TEXT NOT NULL,
    from_day TEXT NOT NULL,
    to_day   TEXT NOT NULL,
    basis    TEXT NOT NULL,
    set_by   BIGINT NOT NULL,
    set_at   TEXT NOT NULL,
    ended_on TEXT NOT NULL,
    CHECK (from_day <= to_day)
);
CREATE INDEX org_delegation_agency ON org_delegation (agency, to_day);

-- What the working regulations say: which unit's head signs which type by order of the
-- head (ký thừa lệnh, Điều 13 khoản 3; type '' is every type), and the collective bodies
-- in whose name the head signs (ký thay mặt tập thể, Điều 13 khoản 2). valid_to is the
-- first day on which the line no longer holds.
CREATE TABLE org_signing (
    id         BIGINT PRIMARY KEY,
    agency     BIGINT NOT NULL,
    kind       TEXT NOT NULL CHECK (kind IN ('order', 'collective')),
    unit       BIGINT NOT NULL,
    type       TEXT NOT NULL,
    name       TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to   TEXT NOT NULL,
    basis      TEXT NOT NULL,
    set_by     BIGINT NOT NULL,
    set_at     TEXT NOT NULL
);
CREATE INDEX org_signing_agency ON org_signing (agency);
