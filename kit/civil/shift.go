// SPDX-License-Identifier: Apache-2.0

package civil

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"soviec/kit/fault"
)

// Shift is a span of work within a day, in minutes after midnight.
type Shift struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// String returns "07:30–11:30".
func (s Shift) String() string { return clock(s.Start) + "–" + clock(s.End) }

func clock(minute int) string { return fmt.Sprintf("%02d:%02d", minute/60, minute%60) }

// Hours are the working hours of the days From to To, both included; a zero From or To
// is open. Where several cover a day the last one counts, so that a half day is one more row.
type Hours struct {
	From   Date    `json:"from"`
	To     Date    `json:"to"`
	Shifts []Shift `json:"shifts"`
}

// DefaultShifts are 07:30–11:30 and 13:30–17:30, eight hours together.
func DefaultShifts() []Shift { return []Shift{{450, 690}, {810, 1050}} }

// maxHours bounds the rows of working hours of one agency.
const maxHours = 1000

// Check tells what is wrong with the hours, in the fields to and shifts.
func (h Hours) Check() error {
	var errs []error
	if h.To != 0 && h.To < h.From {
		errs = append(errs, fault.Invalid("to", "Ngày cuối phải từ ngày đầu trở đi."))
	}
	if len(h.Shifts) == 0 || len(h.Shifts) > 6 {
		errs = append(errs, fault.Invalid("shifts", "Một ngày làm việc có từ 1 đến 6 ca."))
	}
	last := -1
	for _, s := range h.Shifts {
		// A shift ends before midnight: an end at 24:00 would fall on the next day.
		if s.Start < 0 || s.End >= 24*60 || s.End <= s.Start || s.Start <= last {
			errs = append(errs, fault.Invalid("shifts", "Các ca phải nằm trong ngày, ca sau bắt đầu sau khi ca trước kết thúc."))
			break
		}
		last = s.End
	}
	return fault.Join(errs...)
}

// FormatShifts writes "07:30-11:30, 13:30-17:30".
func FormatShifts(shifts []Shift) string {
	parts := make([]string, len(shifts))
	for i, s := range shifts {
		parts[i] = clock(s.Start) + "-" + clock(s.End)
	}
	return strings.Join(parts, ", ")
}

// ParseShifts reads what FormatShifts writes; a long dash and "7h30" are taken too.
func ParseShifts(s string) ([]Shift, error) {
	wrong := fault.Invalid("shifts", "Hãy ghi giờ làm việc như “07:30-11:30, 13:30-17:30”.")
	if len(s) > 200 {
		return nil, wrong
	}
	var shifts []Shift
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ';' }) {
		from, to, ok := strings.Cut(strings.NewReplacer("–", "-", "—", "-").Replace(part), "-")
		start, ok1 := parseClock(from)
		end, ok2 := parseClock(to)
		if !ok || !ok1 || !ok2 {
			return nil, wrong
		}
		shifts = append(shifts, Shift{start, end})
	}
	if err := (Hours{Shifts: shifts}).Check(); err != nil {
		return nil, err
	}
	return shifts, nil
}

// parseClock reads "15:00", "7:30", "15h" and "15h30" as minutes after midnight.
func parseClock(s string) (int, bool) {
	s = strings.ToLower(strings.TrimSpace(s))
	h, m, found := strings.Cut(s, ":")
	if !found {
		if h, m, found = strings.Cut(s, "h"); !found {
			return 0, false
		}
		if m == "" {
			m = "00"
		}
	}
	hour, ok1 := digits(h)
	minute, ok2 := digits(m)
	if !ok1 || !ok2 || len(h) > 2 || len(m) != 2 || hour > 23 || minute > 59 {
		return 0, false
	}
	return hour*60 + minute, true
}

// span is a run of days with the same hours, with all that was counted before it.
type span struct {
	from    Date
	shifts  []Shift
	length  int   // minutes of one working day
	days    int   // working days before from
	minutes int64 // working minutes before from
}

// spansOf cuts the whole calendar into runs of days with the same hours.
func spansOf(hours []Hours) []span {
	cuts := []Date{MinDate}
	for _, h := range hours {
		if h.From > MinDate {
			cuts = append(cuts, h.From)
		}
		if h.To != 0 && h.To < MaxDate {
			cuts = append(cuts, h.To+1)
		}
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	var spans []span
	for _, from := range cuts {
		shifts := DefaultShifts()
		for _, h := range hours {
			if h.From <= from && (h.To == 0 || from <= h.To) {
				shifts = h.Shifts
			}
		}
		if n := len(spans); n > 0 && slices.Equal(spans[n-1].shifts, shifts) {
			continue
		}
		length := 0
		for _, s := range shifts {
			length += s.End - s.Start
		}
		spans = append(spans, span{from: from, shifts: slices.Clone(shifts), length: length})
	}
	return spans
}

// spanOf returns the index of the run that holds the day.
func (c *Calendar) spanOf(d Date) int {
	if len(c.spans) == 1 {
		return 0
	}
	i := sort.Search(len(c.spans), func(i int) bool { return c.spans[i].from > d }) - 1
	return max(i, 0)
}

// Shifts returns the hours of the day, whether or not it is a working day.
func (c *Calendar) Shifts(d Date) []Shift { return slices.Clone(c.spans[c.spanOf(d)].shifts) }
