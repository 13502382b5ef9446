// SPDX-License-Identifier: Apache-2.0

package task

import (
	"soviec/kit/journal"
	"soviec/kit/store"
)

const workColumns = `id, title, source, field, urgency, giver, proxy, text, given_at, state, done_at, reopened,
	parent, root, priority, product, product_name, quantity, norm, factor, proof, proposed`

func scanWork(s store.Scanner) (Work, error) {
	var w Work
	var given, done store.Time
	err := s.Scan(&w.ID, &w.Title, &w.Source, &w.Field, &w.Urgency, &w.Giver, &w.Proxy, &w.Text, &given, &w.State, &done, &w.Reopened,
		&w.Parent, &w.Root, &w.Priority, &w.Product.ID, &w.Product.Name, &w.Product.Quantity, &w.Product.Norm, &w.Product.Factor, &w.Proof, &w.Proposed)
	w.GivenAt, w.DoneAt = given.Time, done.Time
	return w, err
}

const shareColumns = `id, work, parent, role, unit, person, holder, state, outer_first, outer_on, outer_at, due_on, due_at,
	given_at, seen_at, started_at, reported_at, reported_by, done_at, result, answer, urged, urged_at, extended, reworked, piece, part, short,
	agreed, agreed_by, agreed_at, paused_at, stuck, missed, unmet, answered, became`

func scanShare(s store.Scanner) (Share, error) {
	var h Share
	var outer, due, given, seen, started, reported, done, urged, agreed, paused store.Time
	err := s.Scan(&h.ID, &h.Work, &h.Parent, &h.Role, &h.Unit, &h.Person, &h.Holder, &h.State, &h.OuterFirst, &h.OuterOn, &outer,
		&h.DueOn, &due, &given, &seen, &started, &reported, &h.ReportedBy, &done, &h.Result, &h.Answer, &h.Urged, &urged, &h.Extended, &h.Reworked,
		&h.Piece, &h.Part, &h.Short,
		&h.Agreed, &h.AgreedBy, &agreed, &paused, &h.Stuck, &h.Missed, &h.Unmet, &h.Answered, &h.Became)
	h.OuterAt, h.DueAt, h.GivenAt, h.SeenAt, h.StartedAt = outer.Time, due.Time, given.Time, seen.Time, started.Time
	h.ReportedAt, h.DoneAt, h.UrgedAt = reported.Time, done.Time, urged.Time
	h.AgreedAt, h.PausedAt = agreed.Time, paused.Time
	return h, err
}

// Leads first, then as they were given.
const shareOrder = ` ORDER BY work, CASE WHEN role = 'lead' THEN 0 WHEN role = 'coop' THEN 1 ELSE 2 END, id`

func readWork(r store.Reader, agency, id int64, lock string) (Work, error) {
	w, err := store.One(r, scanWork, "SELECT "+workColumns+" FROM task_work WHERE agency = $1 AND id = $2"+lock, agency, id)
	if err != nil {
		return w, err
	}
	w.Shares, err = store.All(r, scanShare, "SELECT "+shareColumns+" FROM task_share WHERE work = $1"+shareOrder, id)
	return w, err
}

func workOfShare(r store.Reader, agency, share int64) (int64, error) {
	return store.One(r, store.Value[int64], "SELECT work FROM task_share WHERE agency = $1 AND id = $2", agency, share)
}

func worksOfSource(r store.Reader, agency int64, source string) ([]Work, error) {
	works, err := store.All(r, scanWork, "SELECT "+workColumns+" FROM task_work WHERE agency = $1 AND source = $2 ORDER BY id", agency, source)
	if err != nil || len(works) == 0 {
		return works, err
	}
	shares, err := store.All(r, scanShare, "SELECT "+shareColumns+` FROM task_share
		WHERE work IN (SELECT id FROM task_work WHERE agency = $1 AND source = $2)`+shareOrder, agency, source)
	if err != nil {
		return nil, err
	}
	withShares(works, shares)
	return works, nil
}

func insertWork(a *journal.Act, w Work) error {
	_, err := a.Exec(`INSERT INTO task_work (id, agency, title, source, field, urgency, giver, proxy, text, given_at, state, done_at, reopened,
		parent, root, priority, product, product_name, quantity, norm, factor, proof, proposed)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 0, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)`,
		w.ID, a.By.Agency, w.Title, w.Source, w.Field, w.Urgency, w.Giver, w.Proxy, w.Text, store.Instant(w.GivenAt), w.State, store.Instant(w.DoneAt),
		w.Parent, w.Root, w.Priority, w.Product.ID, w.Product.Name, w.Product.Quantity, w.Product.Norm, w.Product.Factor, w.Proof, w.Proposed)
	return err
}

func updateWork(a *journal.Act, w Work) error {
	_, err := a.Exec("UPDATE task_work SET state = $1, done_at = $2, reopened = $3 WHERE id = $4",
		w.State, store.Instant(w.DoneAt), w.Reopened, w.ID)
	return err
}

func updateTitle(a *journal.Act, w Work) error {
	_, err := a.Exec("UPDATE task_work SET title = $1 WHERE id = $2", w.Title, w.ID)
	return err
}

func insertShare(a *journal.Act, s Share) error {
	_, err := a.Exec(`INSERT INTO task_share (id, agency, work, parent, role, unit, person, holder, state, outer_first, outer_on, outer_at,
		due_on, due_at, given_at, seen_at, started_at, reported_at, reported_by, done_at, result, answer, urged, urged_at, extended, reworked,
		piece, part, short)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, 0, '', 0, 0, $23, $24, $25)`,
		s.ID, a.By.Agency, s.Work, s.Parent, string(s.Role), s.Unit, s.Person, s.Holder, string(s.State), s.OuterFirst.String(), s.OuterOn.String(),
		store.Instant(s.OuterAt), s.DueOn.String(), store.Instant(s.DueAt), store.Instant(s.GivenAt), store.Instant(s.SeenAt),
		store.Instant(s.StartedAt), store.Instant(s.ReportedAt), s.ReportedBy, store.Instant(s.DoneAt), s.Result, s.Answer, s.Piece, s.Part, s.Short)
	return err
}

func updateShare(a *journal.Act, s Share) error {
	_, err := a.Exec(`UPDATE task_share SET person = $1, holder = $2, state = $3, outer_first = $4, outer_on = $5, outer_at = $6, due_on = $7,
		due_at = $8, seen_at = $9, started_at = $10, reported_at = $11, reported_by = $12, done_at = $13, result = $14, answer = $15,
		urged = $16, urged_at = $17, extended = $18, reworked = $19, agreed = $20, agreed_by = $21, agreed_at = $22, paused_at = $23,
		stuck = $24, missed = $25, unmet = $26, answered = $27, became = $28 WHERE id = $29`,
		s.Person, s.Holder, string(s.State), s.OuterFirst.String(), s.OuterOn.String(), store.Instant(s.OuterAt), s.DueOn.String(),
		store.Instant(s.DueAt), store.Instant(s.SeenAt), store.Instant(s.StartedAt), store.Instant(s.ReportedAt), s.ReportedBy,
		store.Instant(s.DoneAt), s.Result, s.Answer, s.Urged, store.Instant(s.UrgedAt), s.Extended, s.Reworked,
		s.Agreed, s.AgreedBy, store.Instant(s.AgreedAt), store.Instant(s.PausedAt), s.Stuck, s.Missed, s.Unmet, s.Answered, s.Became, s.ID)
	return err
}

func insertDue(a *journal.Act, d DueRow) error {
	_, err := a.Exec(`INSERT INTO task_due (id, agency, share, level, due_on, due_at, set_by, proxy, set_at, reason, kind, basis_at, basis_days, was_at, missed)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
		d.ID, a.By.Agency, d.Share, string(d.Level), d.On.String(), store.Instant(d.At), d.SetBy, d.Proxy, store.Instant(d.SetAt),
		d.Reason, d.Kind, store.Instant(d.BasisAt), d.BasisDays, store.Instant(d.WasAt), store.Instant(d.Missed))
	return err
}

func insertHolding(a *journal.Act, id int64, h Holding) error {
	_, err := a.Exec("INSERT INTO task_holding (id, agency, share, person, unit, from_at, to_at, decides) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
		id, a.By.Agency, h.Share, h.Person, h.Unit, store.Instant(h.From), store.Instant(h.To), h.Decides)
	return err
}

func closeHolding(a *journal.Act, share int64) error {
	_, err := a.Exec("UPDATE task_holding SET to_at = $1 WHERE share = $2 AND to_at = ''", store.Instant(a.At), share)
	return err
}

const requestColumns = `id, share, kind, level, due_on, due_at, reason, asked_by, asked_at, decider, state, answer, decided_by, decided_at,
	above, cause, objective, confirmed_by, confirmed_at`

func scanRequest(s store.Scanner) (Request, error) {
	var q Request
	var at, asked, decided, confirmed store.Time
	err := s.Scan(&q.ID, &q.Share, &q.Kind, &q.Level, &q.On, &at, &q.Reason, &q.AskedBy, &asked, &q.Decider, &q.State, &q.Answer, &q.DecidedBy, &decided,
		&q.Above, &q.Cause, &q.Objective, &q.ConfirmedBy, &confirmed)
	q.At, q.AskedAt, q.DecidedAt, q.ConfirmedAt = at.Time, asked.Time, decided.Time, confirmed.Time
	return q, err
}

func readRequest(r store.Reader, agency, id int64) (Request, error) {
	return store.One(r, scanRequest, "SELECT "+requestColumns+" FROM task_request WHERE agency = $1 AND id = $2", agency, id)
}

func openRequests(r store.Reader, share int64) ([]Request, error) {
	return store.All(r, scanRequest, "SELECT "+requestColumns+" FROM task_request WHERE share = $1 AND state = 'open' ORDER BY id", share)
}

func insertRequest(a *journal.Act, q Request) error {
	_, err := a.Exec(`INSERT INTO task_request (id, agency, share, kind, level, due_on, due_at, reason, asked_by, asked_at, decider, above, cause,
		state, answer, decided_by, decided_at, objective, confirmed_by, confirmed_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'open', '', 0, '', FALSE, 0, '')`,
		q.ID, a.By.Agency, q.Share, q.Kind, string(q.Level), q.On.String(), store.Instant(q.At), q.Reason, q.AskedBy, store.Instant(q.AskedAt), q.Decider,
		q.Above, q.Cause)
	return err
}

func updateRequest(a *journal.Act, q Request) error {
	_, err := a.Exec("UPDATE task_request SET due_on = $1, due_at = $2, state = $3, answer = $4, decided_by = $5, decided_at = $6, objective = $7,"+
		" confirmed_by = $8, confirmed_at = $9 WHERE id = $10",
		q.On.String(), store.Instant(q.At), q.State, q.Answer, q.DecidedBy, store.Instant(q.DecidedAt), q.Objective, q.ConfirmedBy, store.Instant(q.ConfirmedAt), q.ID)
	return err
}

// insertUrging reports whether the urging is new: the same share, person, urger, kind,
// band and day again is none.
func insertUrging(a *journal.Act, u Urging) (bool, error) {
	n, err := a.Exec(`INSERT INTO task_urging (id, agency, share, person, urger, proxy, kind, band, text, at, day)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
		ON CONFLICT (share, person, urger, kind, band, day) DO NOTHING`,
		u.ID, a.By.Agency, u.Share, u.Person, u.Urger, u.Proxy, u.Kind, u.Band, u.Text, store.Instant(u.At), u.Day.String())
	return n > 0, err
}

func insertSaid(a *journal.Act, s Said) error {
	_, err := a.Exec("INSERT INTO task_said (id, agency, work, share, kind, person, proxy, text, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
		s.ID, a.By.Agency, s.Work, s.Share, s.Kind, s.Person, s.Proxy, s.Text, store.Instant(s.At))
	return err
}
