// SPDX-License-Identifier: Apache-2.0

package web

import (
	"fmt"
	"strings"

	"soviec/door/web/view"
	"soviec/kit/civil"
	"soviec/kit/journal"
	"soviec/office/org"
	"soviec/office/task"
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

// setHours sets other working hours. What was promised stays: it was said, not computed
// anew. Hours that would end promised days at another time are shown first, and those
// that were chosen move with them.
func setHours(v *visit) error {
	if err := v.must(org.ManageCalendar); err != nil {
		return err
	}
	h, moves, err := v.hoursTyped()
	if err == nil && len(moves) > 0 && v.PostFormValue("confirm") == "" {
		return v.show(v.hoursConsequence(h, moves))
	}
	moved := 0
	if err == nil {
		err = v.act(func(a *journal.Act) (err error) {
			if err := org.SetShifts(a, h.From, h.To, v.field("shifts")); err != nil {
				return err
			}
			if shares := v.confirmed(); len(shares) > 0 {
				moved, err = task.ApplyHours(a, shares...)
			}
			return err
		})
	}
	if err == nil {
		said := "Đã lưu giờ làm việc từ ngày " + h.From.VN() + ". "
		if moved == 0 {
			return v.done("/quan-tri/lich", said+"Mọi hạn đã hứa giữ nguyên.")
		}
		return v.done("/quan-tri/lich", said+fmt.Sprintf("Đã dời giờ của %d hạn; người giữ việc đã được báo.", moved))
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

// hoursTyped reads the hours from the form, and which promised instants they would move.
func (v *visit) hoursTyped() (h civil.Hours, moves []task.Shifted, err error) {
	if h.From, err = v.date("from"); err != nil {
		return h, nil, err
	}
	if h.To, err = v.date("to"); err != nil {
		return h, nil, err
	}
	if h.Shifts, err = civil.ParseShifts(v.field("shifts")); err != nil || h.From.IsZero() || h.Check() != nil {
		return h, nil, nil // the office says what is wrong with them
	}
	next, err := org.CalendarWith(v.dir, org.CalendarChange{Hours: []civil.Hours{h}})
	if err != nil {
		return h, nil, err
	}
	moves, err = task.ShiftedBy(v.read(), v.agency(), v.dir.Calendar, next)
	return h, moves, err
}

func (v *visit) hoursConsequence(h civil.Hours, moves []task.Shifted) view.HolidayConsequence {
	words := "Giờ làm việc " + spansWords(h.Shifts) + " từ ngày " + h.From.VN()
	p := view.HolidayConsequence{Frame: v.frame(view.PlaceAdmin, words), Words: words, Hours: true,
		Hidden: []view.Hidden{{Name: "from", Value: h.From.VN()}, {Name: "to", Value: h.To.VN()}, {Name: "shifts", Value: civil.FormatShifts(h.Shifts)}, {Name: "confirm", Value: "1"}}}
	for _, m := range moves {
		p.Rows = append(p.Rows, v.movedRow(m.Piece, sinceWords(m.Was, 0), sinceWords(m.Next, 0), ""))
	}
	return p
}

// movedRow is one promise that would move. What the work says is not for the eyes of an
// administrator who may not read it.
func (v *visit) movedRow(p task.Piece, was, would, why string) view.Moved {
	row := view.Moved{ID: idText(p.Share), Subject: p.Title, Holder: whoHolds(v.dir, p.Holder, p.Unit), Was: was, Would: would, Why: why, Href: workLink(p.Work)}
	if !v.may(org.ReadAll, org.Target{}) {
		row.Subject, row.Href = "Việc của "+v.dir.Unit(p.Unit).Name, ""
	}
	return row
}

// confirmed are the promises that somebody chose to move: those ticked, or all that were
// shown; none where everything is to stay.
func (v *visit) confirmed() (shares []int64) {
	if v.PostFormValue("keep") != "" {
		return nil
	}
	field := "move"
	if v.PostFormValue("all") != "" {
		field = "shown"
	}
	for _, s := range v.PostForm[field] {
		if id, ok := number64(s); ok {
			shares = append(shares, id)
		}
	}
	return shares
}
