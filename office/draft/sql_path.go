// SPDX-License-Identifier: Apache-2.0

package draft

import (
	"strings"
	"time"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
)

func insertStep(a *journal.Act, draft int64, s Step) error {
	_, err := a.Exec(`INSERT INTO draft_step (id, agency, draft, round, kind, ordinal, sha, person, behalf, title, other, alone, checks, text, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
		s.ID, a.By.Agency, draft, s.Round, s.Kind, s.Ordinal, s.SHA, s.Person, s.Behalf, s.Title, s.Other, s.Alone, strings.Join(s.Checks, " "), s.Text, store.Instant(s.At))
	return err
}

// Steps are what was done to a draft on its path, oldest first.
func Steps(r store.Reader, draft int64) ([]Step, error) {
	return store.All(r, func(s store.Scanner) (Step, error) {
		var x Step
		var checks string
		var at store.Time
		err := s.Scan(&x.ID, &x.Round, &x.Kind, &x.Ordinal, &x.SHA, &x.Person, &x.Behalf, &x.Title, &x.Other, &x.Alone, &checks, &x.Text, &at)
		x.Checks, x.At = strings.Fields(checks), at.Time
		return x, err
	}, "SELECT id, round, kind, ordinal, sha, person, behalf, title, other, alone, checks, text, at FROM draft_step WHERE draft = $1 ORDER BY id", draft)
}

// initialled reports whether the file that stands bears an initial of this submission. A
// change of the signer's block keeps the initials of the text.
func initialled(r store.Reader, p Paper, kind string) (bool, error) {
	n, err := store.One(r, store.Value[int64], `SELECT COUNT(*) FROM draft_step WHERE draft = $1 AND round = $2 AND (kind = $3 AND sha = $4
		OR kind = 'pass' AND sha = $4)`, p.ID, p.Round, kind, p.SHA)
	return n > 0, err
}

func insertMark(a *journal.Act, draft int64, m Mark) error {
	_, err := a.Exec(`INSERT INTO draft_mark (id, agency, draft, ordinal, page, quote, text, person, behalf, at, done_by, done_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, '')`,
		m.ID, a.By.Agency, draft, m.Ordinal, m.Page, m.Quote, m.Text, m.Person, m.Behalf, store.Instant(m.At))
	return err
}

func settleMark(a *journal.Act, draft, mark int64) (int64, error) {
	return a.Exec("UPDATE draft_mark SET done_by = $1, done_at = $2 WHERE id = $3 AND draft = $4 AND done_at = ''", a.By.Person, store.Instant(a.At), mark, draft)
}

func openMarks(r store.Reader, draft int64) (int64, error) {
	return store.One(r, store.Value[int64], "SELECT COUNT(*) FROM draft_mark WHERE draft = $1 AND done_at = ''", draft)
}

// Marks are the remarks on the text of a draft, the latest version first, in order of pages.
func Marks(r store.Reader, draft int64) ([]Mark, error) {
	return store.All(r, func(s store.Scanner) (Mark, error) {
		var m Mark
		var at, done store.Time
		err := s.Scan(&m.ID, &m.Ordinal, &m.Page, &m.Quote, &m.Text, &m.Person, &m.Behalf, &at, &m.DoneBy, &done)
		m.At, m.DoneAt = at.Time, done.Time
		return m, err
	}, "SELECT id, ordinal, page, quote, text, person, behalf, at, done_by, done_at FROM draft_mark WHERE draft = $1 ORDER BY ordinal DESC, page, id", draft)
}

func insertRound(a *journal.Act, r Round) error {
	_, err := a.Exec(`INSERT INTO draft_round (id, agency, draft, ordinal, asked_by, text, first_due, due_on, due_at, asked_at, closed_at, closed_by, summary)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8, $9, '', 0, '')`,
		r.ID, a.By.Agency, r.Draft, r.Ordinal, r.AskedBy, r.Text, r.DueOn.String(), store.Instant(r.DueAt), store.Instant(r.AskedAt))
	if store.IsUnique(err) {
		return errMoved
	}
	return err
}

func moveRound(a *journal.Act, id int64, due civil.Date, at time.Time) error {
	_, err := a.Exec("UPDATE draft_round SET due_on = $1, due_at = $2 WHERE id = $3 AND closed_at = ''", due.String(), store.Instant(at), id)
	return err
}

func closeRound(a *journal.Act, id int64, summary string) error {
	_, err := a.Exec("UPDATE draft_round SET closed_at = $1, closed_by = $2, summary = $3 WHERE id = $4 AND closed_at = ''", store.Instant(a.At), a.By.Person, summary, id)
	return err
}

func insertOpinion(a *journal.Act, draft int64, o Opinion) error {
	_, err := a.Exec("INSERT INTO draft_opinion (id, agency, draft, round, person, choice, text, behalf, at) VALUES ($1, $2, $3, $4, $5, '', '', 0, '')",
		o.ID, a.By.Agency, draft, o.Round, o.Person)
	return err
}

func setOpinion(a *journal.Act, o Opinion) error {
	_, err := a.Exec("UPDATE draft_opinion SET choice = $1, text = $2, behalf = $3, at = $4 WHERE id = $5", o.Choice, o.Text, o.Behalf, store.Instant(o.At), o.ID)
	return err
}

// Rounds are the opinion rounds of a draft with what was said, the latest first.
func Rounds(r store.Reader, draft int64) ([]Round, error) {
	rounds, err := store.All(r, func(s store.Scanner) (Round, error) {
		var x Round
		var due, asked, closed store.Time
		err := s.Scan(&x.ID, &x.Draft, &x.Ordinal, &x.AskedBy, &x.Text, &x.FirstDue, &x.DueOn, &due, &asked, &closed, &x.ClosedBy, &x.Summary)
		x.DueAt, x.AskedAt, x.ClosedAt = due.Time, asked.Time, closed.Time
		return x, err
	}, `SELECT id, draft, ordinal, asked_by, text, first_due, due_on, due_at, asked_at, closed_at, closed_by, summary
		FROM draft_round WHERE draft = $1 ORDER BY id DESC`, draft)
	if err != nil || len(rounds) == 0 {
		return rounds, err
	}
	said, err := store.All(r, func(s store.Scanner) (Opinion, error) {
		var o Opinion
		var at store.Time
		err := s.Scan(&o.ID, &o.Round, &o.Person, &o.Choice, &o.Text, &o.Behalf, &at)
		o.At = at.Time
		return o, err
	}, "SELECT id, round, person, choice, text, behalf, at FROM draft_opinion WHERE draft = $1 ORDER BY id", draft)
	for _, o := range said {
		for i := range rounds {
			if rounds[i].ID == o.Round {
				rounds[i].Opinions = append(rounds[i].Opinions, o)
			}
		}
	}
	return rounds, err
}

func insertSigning(a *journal.Act, s Signing) error {
	_, err := a.Exec(`INSERT INTO draft_signing (id, agency, draft, ordinal, before, signer, capacity, made_at, state, after, cert_subject, cert_serial,
			cert_issuer, level, verdict, signed_at, done_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'open', '', '', '', '', '', '', '', '')`,
		s.ID, a.By.Agency, s.Draft, s.Ordinal, s.Before, s.Signer, s.Capacity, store.Instant(s.MadeAt))
	return err
}

func voidSignings(a *journal.Act, draft int64) error {
	_, err := a.Exec("UPDATE draft_signing SET state = 'void' WHERE draft = $1 AND state = 'open'", draft)
	return err
}

func doneSigning(a *journal.Act, id int64, after string, e Evidence) error {
	_, err := a.Exec(`UPDATE draft_signing SET state = 'done', after = $1, cert_subject = $2, cert_serial = $3, cert_issuer = $4, level = $5,
		verdict = $6, signed_at = $7, done_at = $8 WHERE id = $9`,
		after, e.Subject, e.Serial, e.Issuer, e.Level, e.Verdict, instant(e.At), store.Instant(a.At), id)
	return err
}

func instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return store.Instant(t)
}

func scanSigning(s store.Scanner) (Signing, error) {
	var x Signing
	var made, signed, done store.Time
	err := s.Scan(&x.ID, &x.Draft, &x.Ordinal, &x.Before, &x.Signer, &x.Capacity, &made, &x.State, &x.After, &x.Subject, &x.Serial, &x.Issuer, &x.Level, &x.Verdict, &signed, &done)
	x.MadeAt, x.At, x.DoneAt = made.Time, signed.Time, done.Time
	return x, err
}

const signingColumns = "id, draft, ordinal, before, signer, capacity, made_at, state, after, cert_subject, cert_serial, cert_issuer, level, verdict, signed_at, done_at"

// OpenSigning is the signature under way on a draft.
func OpenSigning(r store.Reader, agency, draft int64) (Signing, error) {
	s, err := store.One(r, scanSigning, "SELECT "+signingColumns+" FROM draft_signing WHERE draft = $1 AND +agency = $2 AND state = 'open' ORDER BY id DESC LIMIT 1", draft, agency)
	if err == store.ErrNone {
		return s, fault.Conflict("", "Chưa mở tệp để ký, hoặc tệp đã thay đổi. Hãy bấm ký lại.")
	}
	return s, err
}

// SigningOf is the digital signature that a draft bears.
func SigningOf(r store.Reader, draft int64) (Signing, error) {
	return store.One(r, scanSigning, "SELECT "+signingColumns+" FROM draft_signing WHERE draft = $1 AND state = 'done' ORDER BY id DESC LIMIT 1", draft)
}

func setDrafter(a *journal.Act, p Paper) error {
	return change(a, p, "drafter = $1, waits_since = $2", p.Drafter, store.Instant(a.At))
}

func insertHanded(a *journal.Act, draft, from, to int64, reason string) error {
	_, err := a.Exec("INSERT INTO draft_handed (id, agency, draft, from_whom, to_whom, by_whom, behalf, reason, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
		a.NewID(), a.By.Agency, draft, from, to, a.By.Person, a.By.For, reason, store.Instant(a.At))
	return err
}
