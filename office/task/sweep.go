// SPDX-License-Identifier: Apache-2.0

package task

import (
	"cmp"
	"fmt"
	"slices"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/notice"
	"soviec/office/org"
)

// The bands of the morning sweep (documents.md 14.3).
const (
	bandBefore  = "before"  // so many working days before the day, or the next morning that comes
	bandToday   = "today"   // on the day, or on the last working day before a day of rest
	bandLate    = "late"    // every working day after it
	bandHead    = "head"    // late for a day: whoever heads the unit
	bandGiver   = "giver"   // late for three days by the day promised to him: the giver
	bandWaiting = "waiting" // a result has waited for three working days, and again after three more; then the giver's superior too
)

// A caller finds who is to be told of a share on the morning of a day.
type caller struct {
	d                        *org.Directory
	day                      civil.Date
	soon, head, giver, again int
	heads                    map[int64]int64 // unit → who heads it today
	top                      int64           // who heads the agency
}

func newCaller(d *org.Directory, day civil.Date) *caller {
	c := &caller{d: d, day: day, soon: d.Int(remindBefore), head: max(d.Int(escalateHead), 1), giver: max(d.Int(escalateGiver), 1),
		again: max(d.Int(askAgainDays), 1), heads: map[int64]int64{}}
	if top := d.With(day, org.Head); len(top) > 0 {
		c.top = top[0].ID
	}
	return c
}

func (c *caller) headOf(unit int64) int64 {
	head, ok := c.heads[unit]
	if !ok {
		head = c.d.HeadOf(unit, c.day)
		c.heads[unit] = head
	}
	return head
}

// call is one person to be told of one share in one band.
type call struct {
	band   string
	person int64
}

// tellings are the last days on which a share was told of, by band and person.
type tellings []telling

// last is the last day on which a band was told to a person, 0 = to anybody.
func (t tellings) last(band string, person int64) civil.Date {
	var day civil.Date
	for _, x := range t {
		if x.band == band && (person == 0 || x.person == person) && x.day > day {
			day = x.day
		}
	}
	return day
}

// calls are who is to be told of a share this morning. told is the last day of each band;
// what a day without a sweep has missed is made up for, except for reminders of a day
// that has passed: the next band speaks of it.
func (c *caller) calls(p *Piece, told tellings) []call {
	switch {
	case p.State == StateReported:
		return c.waiting(p, told)
	case !p.State.Open():
		return nil
	}
	var out []call
	if !p.DueOn.IsZero() && p.PausedAt.IsZero() {
		if x, ok := c.holder(p, told); ok {
			out = append(out, x)
		}
	}
	late := c.d.Calendar.DaysLate(p.DueOn, c.day)
	if head := c.headOf(p.Unit); !p.DueOn.IsZero() && !p.still(p.DueAt) && late >= c.head && head != 0 && head != p.Holder && !told.last(bandHead, 0).After(p.DueOn) {
		out = append(out, call{bandHead, head})
	}
	// The giver hears by the day that was promised to him, and of what he gave himself.
	late = c.d.Calendar.DaysLate(p.OuterOn, c.day)
	if !p.OuterOn.IsZero() && !p.still(p.OuterAt) && p.Parent == 0 && late >= c.giver && p.Giver != 0 && p.Giver != p.Holder && !told.last(bandGiver, 0).After(p.OuterOn) {
		out = append(out, call{bandGiver, p.Giver})
	}
	return out
}

// holder is what whoever holds the share is told by his own day.
func (c *caller) holder(p *Piece, told tellings) (call, bool) {
	cal := c.d.Calendar
	left := cal.WorkingDaysBetween(c.day, p.DueOn)
	switch {
	case cal.DaysLate(p.DueOn, c.day) > 0:
		return call{bandLate, p.Holder}, true
	case left == 0 && !p.DueOn.Before(c.day):
		return call{bandToday, p.Holder}, true
	case left == c.soon && left > 0:
		return call{bandBefore, p.Holder}, true
	case left > 0 && left < c.soon:
		morning := cal.AddWorkingDays(c.day, left-c.soon) // on which it should have been told
		return call{bandBefore, p.Holder}, civil.Of(p.GivenAt) < morning && told.last(bandBefore, 0) < morning
	}
	return call{}, false
}

// decider is who has to confirm a result.
func (c *caller) decider(p *Piece) int64 {
	if p.Parent != 0 {
		return c.headOf(p.Unit)
	}
	return p.Giver
}

// waiting is whom to tell of a result that waits: whoever has to confirm it, and when he
// has let it wait as long again, his superior too. The program never accepts by itself.
func (c *caller) waiting(p *Piece, told tellings) []call {
	cal, since := c.d.Calendar, civil.Of(p.ReportedAt)
	decider, superior := c.decider(p), c.top
	if p.Parent != 0 {
		superior = p.Giver
	}
	due := func(person int64, from civil.Date) bool {
		return person != 0 && cal.WorkingDaysBetween(max(from, told.last(bandWaiting, person)), c.day) >= c.again
	}
	var out []call
	if due(decider, since) {
		out = append(out, call{bandWaiting, decider})
	}
	if superior != decider && superior != p.Holder && due(superior, cal.AddWorkingDays(since, c.again)) {
		out = append(out, call{bandWaiting, superior})
	}
	return out
}

// rowsAtOnce is how many rows one statement of the sweep writes. SQLite looks each
// parameter up from the first, so that many more would cost more than they save.
const rowsAtOnce = 64

// Sweep tells, on the morning of a day, who has what due or late (nhắc việc). It may run
// late, twice or in two programs at once: the rows are the same. It returns how many
// reminders are new.
func Sweep(a *journal.Act, day civil.Date) (int, error) {
	if err := org.May(a, org.RunSystem, org.Target{}); err != nil {
		return 0, err
	}
	d, err := org.DirectoryIn(a)
	if err != nil {
		return 0, fault.Internal(err)
	}
	if !d.Calendar.WorkingDay(day) {
		return 0, nil
	}
	open, err := piecesToCall(a, a.By.Agency, d.Calendar.NextWorkingDay(d.Calendar.AddWorkingDays(day, d.Int(remindBefore))))
	if err != nil {
		return 0, fault.Internal(err)
	}
	before, err := lastTold(a, a.By.Agency)
	if err != nil {
		return 0, fault.Internal(err)
	}
	today, err := toldOn(a, a.By.Agency, day)
	if err != nil {
		return 0, fault.Internal(err)
	}
	told := map[int64]tellings{}
	for _, t := range before {
		told[t.share] = append(told[t.share], t)
	}
	done := make(map[telling]bool, len(today))
	for _, t := range today {
		done[t] = true
	}
	// In one order everywhere, so that two programs do not wait for each other crosswise.
	slices.SortFunc(open, func(x, y Piece) int { return cmp.Compare(x.Share, y.Share) })
	c := newCaller(d, day)
	var fresh []Urging
	of := map[int64]*Piece{}
	for i := range open {
		p := &open[i]
		for _, x := range c.calls(p, told[p.Share]) {
			if done[telling{p.Share, x.band, x.person, day}] {
				continue
			}
			of[p.Share] = p
			fresh = append(fresh, Urging{ID: a.NewID(), Share: p.Share, Person: x.person, Kind: auto, Band: x.band, At: a.At, Day: day})
		}
	}
	n := 0
	for part := range slices.Chunk(fresh, rowsAtOnce) {
		written, err := insertUrgings(a, part)
		if err != nil {
			return n, fault.Internal(err)
		}
		items := make([]notice.Item, 0, len(part))
		for _, u := range part {
			if written[u.ID] { // another program may have been first
				items = c.items(items, u, of[u.Share])
				n++
			}
		}
		if err := notice.TellMany(a, items); err != nil {
			return n, err
		}
	}
	if n > 0 {
		a.Note(journal.Entry{Kind: Swept, Subject: journal.Ref("agency", a.By.Agency), DueOn: day, Amount: int64(n)})
	}
	return n, nil
}

// items are the notices of one reminder: to the person, and to whoever stands in for him.
func (c *caller) items(items []notice.Item, u Urging, p *Piece) []notice.Item {
	it := notice.Item{Person: u.Person, Matter: journal.Ref("task", p.Work), Kind: "task.due_" + u.Band, Text: c.sentence(p, u), Link: link(p.Work), Urgent: p.Urgency > 0}
	items = append(items, it)
	if away, ok := c.d.Away(u.Person, c.day); ok && away.StandIn != 0 {
		it.Person, it.Text = away.StandIn, "(Thay "+c.d.Person(u.Person).Polite()+") "+it.Text
		items = append(items, it)
	}
	return items
}

func (c *caller) sentence(p *Piece, u Urging) string {
	cal := c.d.Calendar
	switch u.Band {
	case bandBefore:
		return fmt.Sprintf("“%s” đến hạn ngày %s, còn %d ngày làm việc.", p.Title, p.DueOn.VN(), cal.WorkingDaysBetween(c.day, p.DueOn))
	case bandToday:
		if p.DueOn != c.day {
			return fmt.Sprintf("“%s” đến hạn vào ngày nghỉ %s; hôm nay là ngày làm việc cuối trước hạn.", p.Title, p.DueOn.VN())
		}
		return fmt.Sprintf("“%s” đến hạn hôm nay.", p.Title)
	case bandHead, bandGiver:
		on, _ := p.Day(u.Band == bandGiver)
		return fmt.Sprintf("“%s” do %s thực hiện đã quá hạn %d ngày làm việc (hạn %s).", p.Title, c.d.Person(p.Holder).Polite(), cal.DaysLate(on, c.day), on.VN())
	case bandWaiting:
		decider, who := c.decider(p), "anh/chị"
		if u.Person != decider {
			who = c.d.Person(decider).Polite()
		}
		return fmt.Sprintf("Kết quả “%s” đã chờ %s xác nhận %d ngày làm việc.", p.Title, who, cal.WorkingDaysBetween(civil.Of(p.ReportedAt), c.day))
	}
	return fmt.Sprintf("“%s” đã quá hạn %d ngày làm việc (hạn %s).", p.Title, cal.DaysLate(p.DueOn, c.day), p.DueOn.VN())
}
