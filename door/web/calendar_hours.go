// SPDX-License-Identifier: Apache-2.0

package web

import (
	"strings"

	"soviec/kit/civil"
	"soviec/kit/journal"
	"soviec/office/org"
)

// spansWords are working hours as people read them.
func spansWords(shifts []civil.Shift) string {
	var spans []string
	for _, s := range shifts {
		spans = append(spans, s.String())
	}
	return strings.Join(spans, " và ")
}

// hoursWords are the working hours that were set, for days that are not over.
func (v *visit) hoursWords() []string {
	var out []string
	for _, h := range v.dir.Calendar.Hours() {
		if !h.To.IsZero() && h.To.Before(v.today) {
			continue
		}
		days := "Từ đầu"
		if !h.From.IsZero() {
			days = "Từ ngày " + h.From.VN()
		}
		if !h.To.IsZero() {
			days += " đến hết ngày " + h.To.VN()
		}
		out = append(out, days+": "+spansWords(h.Shifts)+".")
	}
	return out
}

// setHours sets other working hours. A promised day stays: it was said, not computed anew.
func setHours(v *visit) error {
	if err := v.must(org.ManageCalendar); err != nil {
		return err
	}
	from, err := v.date("from")
	var to civil.Date
	if err == nil {
		to, err = v.date("to")
	}
	if err == nil {
		err = v.act(func(a *journal.Act) error { return org.SetShifts(a, from, to, v.field("shifts")) })
	}
	if err == nil {
		return v.done("/quan-tri/lich", "Đã lưu giờ làm việc từ ngày "+from.VN()+". Mọi hạn đã hứa giữ nguyên.")
	}
	if !wrong(err) {
		return err
	}
	p, perr := v.calendarPage()
	if perr != nil {
		return perr
	}
	p.Hours = v.form(err)
	return v.again(p, err)
}
