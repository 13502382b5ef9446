// SPDX-License-Identifier: Apache-2.0

package org

import (
	"time"

	"soviec/kit/store"
)

const loginColumns = "person, agency, username, password, must_change, totp, totp_on, totp_step, failures, locked_until, disabled"

func scanLogin(s store.Scanner) (login, error) {
	var l login
	var until store.Time
	err := s.Scan(&l.person, &l.agency, &l.username, &l.password, &l.mustChange, &l.totp, &l.totpOn, &l.totpStep, &l.failures, &until, &l.disabled)
	l.lockedUntil = until.Time
	return l, err
}

func loginOf(r store.Reader, person int64, lock string) (login, error) {
	return store.One(r, scanLogin, "SELECT "+loginColumns+" FROM org_login WHERE person = $1"+lock, person)
}

func loginNamed(r store.Reader, username string) (login, error) {
	return store.One(r, scanLogin, "SELECT "+loginColumns+" FROM org_login WHERE username = $1", username)
}

func insertLogin(w store.Writer, l login) error {
	_, err := w.Exec("INSERT INTO org_login ("+loginColumns+") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
		l.person, l.agency, l.username, l.password, l.mustChange, l.totp, l.totpOn, l.totpStep, l.failures, store.Instant(l.lockedUntil), l.disabled)
	return err
}

func updateLogin(w store.Writer, l login) error {
	_, err := w.Exec(`UPDATE org_login SET password = $1, must_change = $2, totp = $3, totp_on = $4, totp_step = $5,
		failures = $6, locked_until = $7, disabled = $8 WHERE person = $9`,
		l.password, l.mustChange, l.totp, l.totpOn, l.totpStep, l.failures, store.Instant(l.lockedUntil), l.disabled, l.person)
	return err
}

func loginStates(r store.Reader, agency int64) ([]LoginState, error) {
	return store.All(r, func(s store.Scanner) (LoginState, error) {
		var l LoginState
		var until, last store.Time
		err := s.Scan(&l.Person, &l.Username, &l.MustChange, &l.SecondFactor, &l.Disabled, &until, &last)
		l.LockedUntil, l.LastSignIn = until.Time, last.Time
		return l, err
	}, `SELECT l.person, l.username, l.must_change, l.totp_on, l.disabled, l.locked_until, COALESCE(MAX(s.created_at), '')
		FROM org_login l LEFT JOIN org_session s ON s.person = l.person WHERE l.agency = $1
		GROUP BY l.person, l.username, l.must_change, l.totp_on, l.disabled, l.locked_until ORDER BY l.username`, agency)
}

func usernames(r store.Reader) ([]string, error) {
	return store.All(r, store.Value[string], "SELECT username FROM org_login")
}

const sessionColumns = `id, agency, person, behalf, step, created_at, seen_at, ended_at, agent, address,
	COALESCE((SELECT l.totp_on FROM org_login l WHERE l.person = org_session.person), FALSE)`

func scanSession(s store.Scanner) (Session, error) {
	var x Session
	var created, seen, ended store.Time
	err := s.Scan(&x.ID, &x.Agency, &x.Person, &x.Behalf, &x.Step, &created, &seen, &ended, &x.Agent, &x.Address, &x.SecondFactor)
	x.Created, x.Seen, x.Ended = created.Time, seen.Time, ended.Time
	return x, err
}

func sessionByToken(r store.Reader, token []byte) (Session, error) {
	return store.One(r, scanSession, "SELECT "+sessionColumns+" FROM org_session WHERE token = $1", token)
}

func sessionByID(r store.Reader, id int64, lock string) (Session, error) {
	return store.One(r, scanSession, "SELECT "+sessionColumns+" FROM org_session WHERE id = $1"+lock, id)
}

// openSessions are a person's sessions not ended, the last seen first.
func openSessions(r store.Reader, person int64) ([]Session, error) {
	return store.All(r, scanSession, "SELECT "+sessionColumns+` FROM org_session
		WHERE person = $1 AND ended_at = '' ORDER BY seen_at DESC, id DESC`, person)
}

func insertSession(w store.Writer, x Session, token []byte) error {
	_, err := w.Exec(`INSERT INTO org_session (id, token, agency, person, behalf, step, created_at, seen_at, ended_at, agent, address)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '', $9, $10)`,
		x.ID, token, x.Agency, x.Person, x.Behalf, x.Step, store.Instant(x.Created), store.Instant(x.Seen), x.Agent, x.Address)
	return err
}

func updateSession(w store.Writer, x Session) error {
	_, err := w.Exec("UPDATE org_session SET behalf = $1, step = $2, ended_at = $3 WHERE id = $4",
		x.Behalf, x.Step, store.Instant(x.Ended), x.ID)
	return err
}

func sawSession(w store.Writer, id int64, at time.Time) error {
	_, err := w.Exec("UPDATE org_session SET seen_at = $1 WHERE id = $2 AND ended_at = '' AND seen_at < $1", store.Instant(at), id)
	return err
}

func insertRecovery(w store.Writer, agency, person int64, hash []byte) error {
	_, err := w.Exec("INSERT INTO org_recovery (person, agency, hash, used_at) VALUES ($1, $2, $3, '')", person, agency, hash)
	return err
}

func dropRecovery(w store.Writer, person int64) error {
	_, err := w.Exec("DELETE FROM org_recovery WHERE person = $1", person)
	return err
}

// useRecovery marks a code as used; false when there is no such code, or no more.
func useRecovery(w store.Writer, person int64, hash []byte, at time.Time) (bool, error) {
	n, err := w.Exec("UPDATE org_recovery SET used_at = $1 WHERE person = $2 AND hash = $3 AND used_at = ''", store.Instant(at), person, hash)
	return n == 1, err
}

func countRecovery(r store.Reader, person int64) (int, error) {
	return store.One(r, store.Value[int], "SELECT COUNT(*) FROM org_recovery WHERE person = $1 AND used_at = ''", person)
}
