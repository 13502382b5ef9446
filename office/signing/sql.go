// SPDX-License-Identifier: Apache-2.0

package signing

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
)

var errNone = fault.NotFound("Không có lần ký này, hoặc không phải của anh/chị.")

func insertBatch(a *journal.Act, b Batch) error {
	_, err := a.Exec(`INSERT INTO signing_batch (id, agency, person, kind, driver, key_id, fingerprint, ticket, opened_at, until_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		b.ID, a.By.Agency, b.Person, string(b.Kind), b.Driver, b.Key, b.Fingerprint, []byte{}, store.Instant(b.OpenedAt), store.Instant(b.Until))
	return err
}

func setTicket(a *journal.Act, batch int64, ticket []byte) error {
	_, err := a.Exec("UPDATE signing_batch SET ticket = $1 WHERE id = $2", some(ticket), batch)
	return err
}

// some is bytes that are never NULL.
func some(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}

const batchQuery = "SELECT id, person, kind, driver, key_id, fingerprint, ticket, opened_at, until_at FROM signing_batch "

func scanBatch(s store.Scanner) (Batch, error) {
	var b Batch
	var opened, until store.Time
	err := s.Scan(&b.ID, &b.Person, &b.Kind, &b.Driver, &b.Key, &b.Fingerprint, &b.Ticket, &opened, &until)
	b.OpenedAt, b.Until = opened.Time, until.Time
	return b, err
}

func batchByID(r store.Reader, agency, id int64) (Batch, error) {
	b, err := store.One(r, scanBatch, batchQuery+"WHERE id = $1 AND +agency = $2", id, agency)
	if err == store.ErrNone {
		return b, errNone
	}
	if err != nil {
		return b, fault.Internal(err)
	}
	b.Sessions, err = store.All(r, scanSession, sessionQuery+"WHERE batch = $1 ORDER BY ordinal, id", id)
	return b, fault.Internal(err)
}

func insertSession(a *journal.Act, s Session) error {
	place, err := json.Marshal(s.Place)
	if err != nil {
		return err
	}
	_, err = a.Exec(`INSERT INTO signing_session (id, agency, batch, ordinal, person, kind, subject, title, version, before, fingerprint, place, state, code, why,
			prepared, digest, value, after, opened_at, until_at, ended_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $16, $16, '', $17, $18, $19)`,
		s.ID, a.By.Agency, s.Batch, s.Ordinal, s.Person, string(s.Kind), s.Subject, s.Title, s.Version, s.Before, s.Fingerprint, string(place), string(s.State), string(s.Code), s.Why,
		[]byte{}, store.Instant(s.OpenedAt), store.Instant(s.Until), instant(s.EndedAt))
	return err
}

func instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return store.Instant(t)
}

func setPrepared(a *journal.Act, x Prepared) error {
	_, err := a.Exec("UPDATE signing_session SET state = 'waiting', prepared = $1, digest = $2 WHERE id = $3 AND state = 'open'", x.State, some(x.Digest), x.Session)
	return err
}

func setValue(a *journal.Act, id int64, value []byte) error {
	_, err := a.Exec("UPDATE signing_session SET state = 'answered', value = $1 WHERE id = $2 AND state = 'waiting'", value, id)
	return err
}

func setEnd(a *journal.Act, s Session) error {
	n, err := a.Exec(`UPDATE signing_session SET state = $1, code = $2, why = $3, after = $4, ended_at = $5, prepared = $6, digest = $6, value = $6
		WHERE id = $7 AND ended_at = ''`, string(s.State), string(s.Code), s.Why, s.After, store.Instant(s.EndedAt), []byte{}, s.ID)
	if err == nil && n != 1 {
		return errOver
	}
	return err
}

const sessionQuery = `SELECT id, batch, ordinal, person, kind, subject, title, version, before, fingerprint, place, state, code, why, prepared, digest, value, after,
	opened_at, until_at, ended_at FROM signing_session `

func scanSession(r store.Scanner) (Session, error) {
	var s Session
	var place string
	var opened, until, ended store.Time
	if err := r.Scan(&s.ID, &s.Batch, &s.Ordinal, &s.Person, &s.Kind, &s.Subject, &s.Title, &s.Version, &s.Before, &s.Fingerprint, &place, &s.State, &s.Code, &s.Why,
		&s.Prepared, &s.Digest, &s.Value, &s.After, &opened, &until, &ended); err != nil {
		return s, err
	}
	s.OpenedAt, s.Until, s.EndedAt = opened.Time, until.Time, ended.Time
	return s, json.Unmarshal([]byte(place), &s.Place)
}

func sessionByID(r store.Reader, agency, id int64) (Session, error) {
	s, err := store.One(r, scanSession, sessionQuery+"WHERE id = $1 AND +agency = $2", id, agency)
	if err == store.ErrNone {
		return s, errNone
	}
	return s, fault.Internal(err)
}

func liveOf(r store.Reader, agency int64, subject string, kind Kind) ([]Session, error) {
	return store.All(r, scanSession, sessionQuery+"WHERE agency = $1 AND subject = $2 AND kind = $3 AND ended_at = '' ORDER BY id", agency, subject, string(kind))
}

func overdue(r store.Reader, agency int64, at time.Time) ([]Session, error) {
	return store.All(r, scanSession, sessionQuery+"WHERE agency = $1 AND ended_at = '' AND until_at < $2 ORDER BY id LIMIT 200", agency, store.Instant(at))
}

// unfinished are the batches that have live sessions, oldest first.
func unfinished(r store.Reader, agency int64) ([]int64, error) {
	return store.All(r, store.Value[int64], "SELECT DISTINCT batch FROM signing_session WHERE agency = $1 AND ended_at = '' ORDER BY batch LIMIT 100", agency)
}

func latestOf(r store.Reader, agency, person int64, limit int) ([]int64, error) {
	return store.All(r, store.Value[int64], "SELECT id FROM signing_batch WHERE agency = $1 AND person = $2 ORDER BY id DESC LIMIT $3", agency, person, limit)
}

// in writes the list of an IN clause.
func in[T any](args *[]any, all []T) string {
	var b strings.Builder
	for i, x := range all {
		*args = append(*args, x)
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "$%d", len(*args))
	}
	return "(" + b.String() + ")"
}

// liveAmong are, of some subjects, the live sessions: what already waits for a key.
func liveAmong(r store.Reader, agency int64, subjects []string) ([]Session, error) {
	args := []any{agency}
	return store.All(r, scanSession, sessionQuery+"WHERE agency = $1 AND ended_at = '' AND subject IN "+in(&args, subjects)+" ORDER BY id", args...)
}

func eachSession(r store.Reader, agency int64, f func(Session)) error {
	for after := int64(0); ; {
		all, err := store.All(r, scanSession, sessionQuery+"WHERE id > $1 AND +agency = $2 ORDER BY id LIMIT 500", after, agency)
		if err != nil || len(all) == 0 {
			return err
		}
		for _, s := range all {
			f(s)
		}
		after = all[len(all)-1].ID
	}
}
