// SPDX-License-Identifier: Apache-2.0

package civil

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"sort"
	"strings"
	"sync"

	"soviec/kit/fault"
)

// Calendar knows the working days and the working hours of one agency. It never changes;
// an edited calendar is a new one. The usual week is Monday to Friday, also outside the
// years its rows cover. Every count costs the logarithm of the number of rows.
type Calendar struct {
	rows  []Row
	hours []Hours

	// turns are the days that the rows turn: a weekday off, a day of the weekend worked.
	turns []turn
	spans []span

	unconfirmed map[int]bool // years with a row that nobody has confirmed
	covered     map[int]bool // years that have rows at all
	version     string
}

// turn is a day that differs from the usual week.
type turn struct {
	day  Date
	work bool // the day is worked
	net  int  // turned to work minus turned off, up to and with this day
	upTo int  // working days up to and with this day
}

// NewCalendar makes a calendar of rows and working hours; days that no hours cover have
// the default shifts. The order of the rows does not matter, that of the hours does.
func NewCalendar(rows []Row, hours []Hours) (*Calendar, error) {
	var errs []error
	for i, r := range rows {
		for _, e := range fault.All(r.Check()) {
			errs = append(errs, fault.Invalid(e.Field, fmt.Sprintf("Dòng lịch %d: %s", i+1, e.Text)))
		}
	}
	for i, h := range hours {
		for _, e := range fault.All(h.Check()) {
			errs = append(errs, fault.Invalid(e.Field, fmt.Sprintf("Giờ làm việc %d: %s", i+1, e.Text)))
		}
	}
	if len(rows) > maxRows || len(hours) > maxHours {
		errs = append(errs, fault.Invalid("", "Lịch có quá nhiều dòng."))
	}
	if err := fault.Join(errs...); err != nil {
		return nil, err
	}
	c := &Calendar{rows: slices.Clone(rows), unconfirmed: map[int]bool{}, covered: map[int]bool{}}
	slices.SortStableFunc(c.rows, func(a, b Row) int {
		return cmp.Or(a.Date.Compare(b.Date), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Source, b.Source))
	})
	for _, h := range hours {
		c.hours = append(c.hours, Hours{h.From, h.To, slices.Clone(h.Shifts)})
	}
	c.turns = turnsOf(c.rows)
	for _, r := range c.rows {
		if r.Kind == Proposed {
			continue
		}
		c.covered[r.Date.Year()] = true
		if !r.Confirmed() {
			c.unconfirmed[r.Date.Year()] = true
		}
	}
	c.spans = spansOf(c.hours)
	for i := 1; i < len(c.spans); i++ {
		p := c.spans[i-1]
		c.spans[i].days = c.upTo(c.spans[i].from - 1)
		c.spans[i].minutes = p.minutes + int64(c.spans[i].days-p.days)*int64(p.length)
	}
	c.version = c.fingerprint()
	return c, nil
}

// turnsOf keeps of the sorted rows what differs from the usual week. On one day a swap to
// work wins over every row that gives it free.
func turnsOf(rows []Row) []turn {
	var turns []turn
	net := 0
	for i := 0; i < len(rows); {
		d, work, off := rows[i].Date, false, false
		for ; i < len(rows) && rows[i].Date == d; i++ {
			work = work || rows[i].Kind == SwapWork
			off = off || rows[i].Kind.Off()
		}
		switch {
		case work && weekend(d):
			net++
		case off && !work && !weekend(d):
			net--
		default:
			continue
		}
		turns = append(turns, turn{d, work, net, weekdays(d) + net})
	}
	return turns
}

// fingerprint covers what decides a date, so that a better wording of a row is no new version.
func (c *Calendar) fingerprint() string {
	var b strings.Builder
	for _, t := range c.turns {
		fmt.Fprintf(&b, "%s %t\n", t.day, t.work)
	}
	for _, s := range c.spans {
		fmt.Fprintf(&b, "%s %s\n", s.from, FormatShifts(s.shifts))
	}
	sum := sha256.Sum256([]byte(b.String()))
	return hex.EncodeToString(sum[:8])
}

// Default is the calendar the program is delivered with.
var Default = sync.OnceValue(func() *Calendar {
	c, err := NewCalendar(ShippedRows(), nil)
	if err != nil {
		panic("civil: " + err.Error())
	}
	return c
})

// Rows returns the rows by date.
func (c *Calendar) Rows() []Row { return slices.Clone(c.rows) }

// RowsOf returns the rows of one day.
func (c *Calendar) RowsOf(d Date) []Row {
	i := sort.Search(len(c.rows), func(i int) bool { return c.rows[i].Date >= d })
	j := i
	for j < len(c.rows) && c.rows[j].Date == d {
		j++
	}
	return slices.Clone(c.rows[i:j])
}

// Hours returns the working hours as they were given.
func (c *Calendar) Hours() []Hours {
	hours := slices.Clone(c.hours)
	for i := range hours {
		hours[i].Shifts = slices.Clone(hours[i].Shifts)
	}
	return hours
}

// Version names what this calendar counts: two calendars of one version give the same dates.
func (c *Calendar) Version() string { return c.version }

// Confirmed tells whether the year has rows and all of them rest on a source that was
// read. A deadline that falls in another year is promised with a warning.
func (c *Calendar) Confirmed(year int) bool { return c.covered[year] && !c.unconfirmed[year] }

// WorkingDay tells whether the agency works on the day.
func (c *Calendar) WorkingDay(d Date) bool {
	if d == 0 {
		return false
	}
	i := sort.Search(len(c.turns), func(i int) bool { return c.turns[i].day >= d })
	if i < len(c.turns) && c.turns[i].day == d {
		return c.turns[i].work
	}
	return !weekend(d)
}

// Why says what makes the day special: the names of its rows that have an effect, else
// "thứ Bảy" or "Chủ nhật"; nothing for a usual working day.
func (c *Calendar) Why(d Date) string {
	var names []string
	rows := c.RowsOf(d)
	work := slices.ContainsFunc(rows, func(r Row) bool { return r.Kind == SwapWork })
	for _, r := range rows {
		if (r.Kind == SwapWork || !work && r.Kind.Off()) && !slices.Contains(names, r.Name) {
			names = append(names, r.Name)
		}
	}
	if len(names) == 0 && d != 0 && weekend(d) {
		return d.WeekdayVN()
	}
	return strings.Join(names, "; ")
}

func weekend(d Date) bool { return (d-1)%7 >= 5 }

// weekdays counts Monday to Friday from the first day, a Monday, to d.
func weekdays(d Date) int { return int(d)/7*5 + min(int(d)%7, 5) }

// upTo counts the working days up to and with d.
func (c *Calendar) upTo(d Date) int {
	i := sort.Search(len(c.turns), func(i int) bool { return c.turns[i].day > d })
	if i == 0 {
		return weekdays(d)
	}
	return weekdays(d) + c.turns[i-1].net
}

// nth returns the n-th working day since the first day, counted from 1.
func (c *Calendar) nth(n int) Date {
	i := sort.Search(len(c.turns), func(i int) bool { return c.turns[i].upTo >= n })
	if i < len(c.turns) && c.turns[i].upTo == n && c.turns[i].work {
		return c.turns[i].day
	}
	if i > 0 {
		n -= c.turns[i-1].net
	}
	if n < 1 {
		return MinDate
	}
	return clamp(int64(n-1)/5*7 + int64(n-1)%5 + 1)
}

// NextWorkingDay returns the first working day after d.
func (c *Calendar) NextWorkingDay(d Date) Date { return c.AddWorkingDays(d, 1) }

// OnOrAfter returns d when it is a working day, else the next one.
func (c *Calendar) OnOrAfter(d Date) Date { return c.AddWorkingDays(d, 0) }

// AddWorkingDays returns the n-th working day after d, the day after d being the first
// candidate; with n below 0 it counts back in the same way. With n = 0 it returns d, or
// the next working day when d is none. No date stays no date.
func (c *Calendar) AddWorkingDays(d Date, n int) Date {
	if d == 0 {
		return 0
	}
	n = max(min(n, int(MaxDate)), -int(MaxDate))
	if n > 0 {
		return c.nth(c.upTo(d) + n)
	}
	return c.nth(c.upTo(d-1) + 1 + n)
}

// WorkingDaysBetween counts the working days after a up to and with b; it is negative
// when b lies before a, and 0 when one of them is no date. Days late are
// WorkingDaysBetween(due, today), days left WorkingDaysBetween(today, due).
func (c *Calendar) WorkingDaysBetween(a, b Date) int {
	if a == 0 || b == 0 {
		return 0
	}
	return c.upTo(b) - c.upTo(a)
}
