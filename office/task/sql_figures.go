// SPDX-License-Identifier: Apache-2.0

package task

import (
	"soviec/kit/civil"
	"soviec/kit/store"
)

// The first instant is that of the oldest row; reached is when the holder got it last from
// somebody else.
const factQuery = `SELECT s.id, s.work, s.parent, w.title, s.role, s.unit, s.holder, w.giver, s.given_at,
	COALESCE((SELECT MAX(h.from_at) FROM task_holding h WHERE h.share = s.id AND h.person = s.holder AND h.seen_at = s.seen_at AND s.seen_at <> ''), s.given_at), s.seen_at,
	COALESCE((SELECT MIN(d.due_at) FROM task_due d WHERE d.share = s.id AND d.due_on = s.outer_first AND d.level = CASE WHEN s.parent = 0 THEN 'outer' ELSE 'inner' END), ''),
	s.outer_on, s.outer_at, s.due_on, s.due_at, CASE WHEN s.state = 'done' THEN s.done_at ELSE s.reported_at END, s.state, s.paused_at,
	s.extended, s.reworked, s.missed, s.unmet, s.short, w.quantity * w.norm / 1000, s.part, s.stuck,
	COALESCE((SELECT MAX(o.waiting_for) FROM task_obstacle o WHERE o.share = s.id AND o.cleared_at = ''), '')
	FROM task_share s JOIN task_work w ON w.id = s.work `

// scanFact reads a share by the day promised, or by the holder's own.
func scanFact(inside bool) func(store.Scanner) (Fact, error) {
	return func(s store.Scanner) (Fact, error) {
		var f Fact
		var dueOn civil.Date
		var due moment
		var part int64
		err := s.Scan(&f.Share, &f.Work, &f.Parent, &f.Title, &f.Role, &f.Unit, &f.Person, &f.Giver, (*moment)(&f.Given), (*moment)(&f.Reached), (*moment)(&f.Seen),
			(*moment)(&f.First), &f.DueOn, (*moment)(&f.Due), &dueOn, &due, (*moment)(&f.Done), &f.State, (*moment)(&f.Paused),
			&f.Extended, &f.Reworked, &f.Missed, &f.Unmet, &f.Short, &f.Minutes, &part, &f.Stuck, &f.WaitingFor)
		f.Minutes = minutesOf(f.Minutes, part, f.Role, f.Parent)
		if inside {
			f.DueOn, f.Due = dueOn, due.time()
		}
		return f, err
	}
}

// factsOf are the shares due in a period, and those without a day that were finished in it.
func factsOf(r store.Reader, agency int64, q Asked) ([]Fact, error) {
	column := "outer_on"
	if q.Inside {
		column = "due_on"
	}
	end := store.Instant(civil.At(q.To, 24, 0))
	return store.All(r, scanFact(q.Inside), factQuery+"WHERE s.agency = $1 AND s.role <> 'info' AND s."+column+" >= $2 AND s."+column+` <= $3
		UNION ALL `+factQuery+"WHERE s.agency = $1 AND s.role <> 'info' AND s."+column+" = '' AND s.state = 'done' AND s.done_at >= $4 AND s.done_at < $5",
		agency, q.From.String(), q.To.String(), store.Instant(civil.At(q.From, 0, 0)), end)
}

// factsOpen are the open shares without a day or with an obstacle.
func factsOpen(r store.Reader, agency int64) ([]Fact, error) {
	return store.All(r, scanFact(false), factQuery+"WHERE s.agency = $1 AND s.role <> 'info' AND "+isOpen+" AND (s.outer_on = '' OR s.stuck <> '')", agency)
}

// factsPassedOn are what passed to somebody else when its day had passed already: another
// officer inside the unit (the inner day that was missed), or another lead.
func factsPassedOn(r store.Reader, agency int64, q Asked) ([]Fact, error) {
	from, to := store.Instant(civil.At(q.From, 0, 0)), store.Instant(civil.At(q.To, 24, 0))
	scan := func(s store.Scanner) (Fact, error) {
		var f Fact
		err := s.Scan(&f.Share, &f.Work, &f.Parent, &f.Title, &f.Role, &f.Unit, &f.Person, &f.Giver, (*moment)(&f.Given), (*moment)(&f.Due), (*moment)(&f.Done), &f.State, &f.Short)
		f.First, f.DueOn = f.Due, civil.Of(f.Due)
		return f, err
	}
	const columns = "SELECT s.id, s.work, s.parent, w.title, s.role, s.unit, h.person, w.giver, h.from_at, "
	out, err := store.All(r, scan, columns+`s.outer_at, h.to_at, s.state, s.short FROM task_share s JOIN task_work w ON w.id = s.work
		JOIN task_holding h ON h.share = s.id AND h.decides = FALSE AND h.to_at = (SELECT MAX(x.to_at) FROM task_holding x WHERE x.share = s.id)
		WHERE s.agency = $1 AND s.role <> 'info' AND s.became <> 0 AND s.outer_at <> '' AND s.outer_at >= $2 AND s.outer_at < $3 AND s.outer_at < h.to_at`,
		agency, from, to)
	if err != nil || !q.Inside {
		return out, err
	}
	inside, err := store.All(r, scan, columns+`d.missed, d.set_at, s.state, FALSE FROM task_due d JOIN task_share s ON s.id = d.share JOIN task_work w ON w.id = s.work
		JOIN task_holding h ON h.share = s.id AND h.decides = FALSE AND h.to_at = d.set_at
		WHERE d.agency = $1 AND d.missed >= $2 AND d.missed < $3 AND d.missed <> '' AND d.level = 'inner' AND d.kind = 'given' AND h.person <> s.holder`,
		agency, from, to)
	return append(out, inside...), err
}

type urgedFact struct {
	Reminder
	fact Fact
}

// urgingsBetween are the urgings of a period that went to whoever held the share.
func urgingsBetween(r store.Reader, agency int64, q Asked) ([]urgedFact, error) {
	return store.All(r, func(s store.Scanner) (urgedFact, error) {
		var u urgedFact
		err := s.Scan(&u.ID, &u.Share, &u.Person, &u.Urger, &u.Proxy, &u.Kind, &u.Band, &u.Text, (*moment)(&u.At), &u.Day, &u.Work,
			&u.fact.Unit, &u.fact.Giver, (*moment)(&u.fact.Done), &u.Answers)
		u.fact.Person = u.Person
		return u, err
	}, `SELECT u.id, u.share, u.person, u.urger, u.proxy, u.kind, u.band, u.text, u.at, u.day, s.work, s.unit, w.giver,
		CASE WHEN s.state = 'done' THEN s.done_at ELSE s.reported_at END, (SELECT COUNT(*) FROM task_answer x WHERE x.urging = u.id AND x.share = u.share)
		FROM task_urging u JOIN task_share s ON s.id = u.share JOIN task_work w ON w.id = s.work
		WHERE u.agency = $1 AND u.day >= $2 AND u.day <= $3 AND u.band NOT IN ('head', 'giver', 'waiting') ORDER BY u.id`,
		agency, q.From.String(), q.To.String())
}
