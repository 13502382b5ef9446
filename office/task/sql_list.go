// SPDX-License-Identifier: Apache-2.0

package task

import (
	"strconv"
	"strings"
	"time"

	"soviec/kit/civil"
	"soviec/kit/store"
)

const pieceQuery = `SELECT s.id, s.work, s.parent, w.title, w.source, s.role, s.state, s.unit, s.person, s.holder, w.giver, w.field, w.urgency,
	s.outer_first, s.outer_on, s.outer_at, s.due_on, s.due_at, s.paused_at, s.stuck, s.agreed_by, s.missed,
	s.given_at, s.seen_at, s.reported_at, s.done_at, s.urged, s.extended,
	w.priority, w.quantity, w.norm, w.parent, s.part, s.short, s.reworked
	FROM task_share s JOIN task_work w ON w.id = s.work `

// isOpen is the condition of the partial index over open shares.
const isOpen = `s.state IN ('given', 'started', 'reported')`

func scanPiece(s store.Scanner) (Piece, error) {
	var p Piece
	err := s.Scan(p.fields()...)
	return p, err
}

func (p *Piece) fields() []any {
	return []any{&p.Share, &p.Work, &p.Parent, &p.Title, &p.Source, &p.Role, &p.State, &p.Unit, &p.Person, &p.Holder, &p.Giver, &p.Field,
		&p.Urgency, &p.OuterFirst, &p.OuterOn, (*moment)(&p.OuterAt), &p.DueOn, (*moment)(&p.DueAt), (*moment)(&p.PausedAt),
		&p.Stuck, &p.AgreedBy, &p.Missed, (*moment)(&p.GivenAt), (*moment)(&p.SeenAt),
		(*moment)(&p.ReportedAt), (*moment)(&p.DoneAt), &p.Urged, &p.Extended,
		&p.Priority, &p.Quantity, &p.Norm, &p.Under, &p.Part, &p.Short, &p.Reworked}
}

// moment scans an instant into a plain time.
type moment time.Time

func (m moment) time() time.Time { return time.Time(m) }

// Scan implements sql.Scanner.
func (m *moment) Scan(v any) error {
	var t store.Time
	err := t.Scan(v)
	*m = moment(t.Time)
	return err
}

// dayOf is the civil day of an instant; none of none.
func dayOf(m moment) civil.Date {
	if time.Time(m).IsZero() {
		return 0
	}
	return civil.Of(time.Time(m))
}

func pieces(r store.Reader, where string, args ...any) ([]Piece, error) {
	return store.All(r, scanPiece, pieceQuery+where, args...)
}

// byDue puts the latest first and the undated last.
const byDue = ` ORDER BY CASE WHEN s.due_at = '' THEN 1 ELSE 0 END, s.due_at, s.id`

func openPieces(r store.Reader, agency int64) ([]Piece, error) {
	return pieces(r, "WHERE s.agency = $1 AND "+isOpen, agency)
}

// piecesOfWork are all shares of a work, closed ones among them: a condition on the
// state would lead the planner to walk all open shares instead of the few of the work.
func piecesOfWork(r store.Reader, work int64) ([]Piece, error) {
	return pieces(r, "WHERE s.work = $1", work)
}

const holdingColumns = "h.share, h.person, h.unit, h.from_at, h.to_at, h.seen_at, h.decides"

func scanHolding(s store.Scanner) (Holding, error) {
	var h Holding
	err := s.Scan(&h.Share, &h.Person, &h.Unit, (*moment)(&h.From), (*moment)(&h.To), (*moment)(&h.SeenAt), &h.Decides)
	return h, err
}

func openHoldings(r store.Reader, agency int64) ([]Holding, error) {
	return store.All(r, scanHolding, "SELECT "+holdingColumns+` FROM task_share s JOIN task_holding h ON h.share = s.id
		WHERE s.agency = $1 AND `+isOpen+" ORDER BY h.share, h.from_at, h.id", agency)
}

func holdingsOfWork(r store.Reader, work int64) ([]Holding, error) {
	return store.All(r, scanHolding, "SELECT "+holdingColumns+` FROM task_share s JOIN task_holding h ON h.share = s.id
		WHERE s.work = $1 ORDER BY h.share, h.from_at, h.id`, work)
}

// inList writes "IN ($2, $3, …)" for numbers. The list is filled up to a power of two
// with its last number, so that few different texts are prepared.
func inList(first int, ids []int64) (string, []any) {
	size := 1
	for size < len(ids) {
		size *= 2
	}
	var b strings.Builder
	args := make([]any, size)
	b.WriteString("IN (")
	for i := range args {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString("$" + strconv.Itoa(first+i))
		args[i] = ids[min(i, len(ids)-1)]
	}
	b.WriteString(")")
	return b.String(), args
}

// mostInList bounds one query over a list of shares.
const mostInList = 512

func holdingsOf(r store.Reader, agency int64, shares []int64) ([]Holding, error) {
	in, args := inList(2, shares)
	return store.All(r, scanHolding, "SELECT "+holdingColumns+" FROM task_holding h WHERE h.agency = $1 AND h.share "+in+
		" ORDER BY h.share, h.from_at, h.id", append([]any{agency}, args...)...)
}

func duesOfWork(r store.Reader, agency, work int64) ([]DueRow, error) {
	return store.All(r, scanDue, dueQuery+"WHERE s.agency = $1 AND s.work = $2 ORDER BY d.id", agency, work)
}

const dueQuery = `SELECT d.id, d.share, d.level, d.due_on, d.due_at, d.set_by, d.proxy, d.set_at, d.reason, d.kind, d.basis_at, d.basis_days, d.was_at, d.missed
	FROM task_share s JOIN task_due d ON d.share = s.id `

func scanDue(s store.Scanner) (DueRow, error) {
	var d DueRow
	err := s.Scan(&d.ID, &d.Share, &d.Level, &d.On, (*moment)(&d.At), &d.SetBy, &d.Proxy, (*moment)(&d.SetAt), &d.Reason, &d.Kind,
		(*moment)(&d.BasisAt), &d.BasisDays, (*moment)(&d.WasAt), (*moment)(&d.Missed))
	return d, err
}

// openDues are all dates of the open shares, oldest first.
func openDues(r store.Reader, agency int64) ([]DueRow, error) {
	return store.All(r, scanDue, dueQuery+"WHERE s.agency = $1 AND "+isOpen+" ORDER BY d.share, d.id", agency)
}

func requestsOfWork(r store.Reader, agency, work int64) ([]Request, error) {
	return store.All(r, scanRequest, "SELECT "+requestColumns+` FROM task_request
		WHERE agency = $1 AND share IN (SELECT id FROM task_share WHERE work = $2) ORDER BY id`, agency, work)
}

func askings(r store.Reader, agency, decider int64) ([]Asking, error) {
	return store.All(r, func(s store.Scanner) (Asking, error) {
		var q Asking
		p := q.Piece.fields()
		err := s.Scan(append(p, &q.Request.ID, &q.Request.Kind, &q.Request.Level, &q.Request.On, (*moment)(&q.Request.At), &q.Request.Reason, &q.Request.AskedBy,
			(*moment)(&q.Request.AskedAt), &q.Request.Decider, &q.Request.State, &q.Request.Above, &q.Request.Cause)...)
		q.Request.Share = q.Piece.Share
		return q, err
	}, strings.Replace(pieceQuery, " s.reworked\n", " s.reworked, q.id, q.kind, q.level, q.due_on, q.due_at, q.reason, q.asked_by, q.asked_at, q.decider, q.state, q.above, q.cause\n", 1)+
		`JOIN task_request q ON q.share = s.id WHERE q.agency = $1 AND q.decider = $2 AND q.state = 'open' ORDER BY q.id`, agency, decider)
}

func saidOfWork(r store.Reader, agency, work int64) ([]Said, error) {
	return store.All(r, func(s store.Scanner) (Said, error) {
		var x Said
		err := s.Scan(&x.ID, &x.Work, &x.Share, &x.Kind, &x.Person, &x.Proxy, &x.Text, (*moment)(&x.At))
		return x, err
	}, "SELECT id, work, share, kind, person, proxy, text, at FROM task_said WHERE agency = $1 AND work = $2 ORDER BY at, id", agency, work)
}

func urgingsOfWork(r store.Reader, agency, work int64) ([]Urging, error) {
	return store.All(r, scanUrging, `SELECT id, share, person, urger, proxy, kind, band, text, at, day FROM task_urging
		WHERE agency = $1 AND share IN (SELECT id FROM task_share WHERE work = $2) ORDER BY id`, agency, work)
}

func scanUrging(s store.Scanner) (Urging, error) {
	var u Urging
	err := s.Scan(&u.ID, &u.Share, &u.Person, &u.Urger, &u.Proxy, &u.Kind, &u.Band, &u.Text, (*moment)(&u.At), &u.Day)
	return u, err
}
