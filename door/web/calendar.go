// SPDX-License-Identifier: Apache-2.0

package web

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"soviec/door/web/view"
	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/org"
	"soviec/office/task"
)

const calendarEvents = 30

// calendar is the year's days of rest and of work instead, with who put them there.
func calendar(v *visit) error {
	p, err := v.calendarPage()
	if err != nil {
		return err
	}
	return v.show(p)
}

func (v *visit) calendarPage() (view.Holidays, error) {
	p := view.Holidays{Frame: v.frame(view.PlaceAdmin, "Lịch làm việc và ngày nghỉ"), MayEdit: v.may(org.ManageCalendar, org.Target{}), Shifts: v.shiftWords()}
	if err := v.must(org.SeeSystem); err != nil {
		return p, err
	}
	year, err := strconv.Atoi(v.FormValue("year"))
	if err != nil || year < 1900 || year > 2200 {
		year = v.today.Year()
	}
	all, err := org.DaysOf(v.read(), v.agency(), 0)
	if err != nil {
		return p, err
	}
	years := map[int]bool{year: true, v.today.Year(): true, v.today.Year() + 1: true}
	for _, d := range all {
		years[d.Date.Year()] = true
		if d.Date.Year() == year {
			p.Rows = append(p.Rows, v.holiday(d, p.MayEdit))
		}
	}
	p.Year = view.Select{Value: strconv.Itoa(year)}
	for y := range years {
		p.Year.Options = append(p.Year.Options, view.Option{Value: strconv.Itoa(y), Label: strconv.Itoa(y)})
	}
	slices.SortFunc(p.Year.Options, func(a, b view.Option) int { return cmp.Compare(b.Value, a.Value) })
	for _, k := range civil.DayKinds() {
		p.Kinds = append(p.Kinds, view.Option{Value: string(k), Label: k.Label()})
	}
	if !v.dir.Calendar.Confirmed(year) {
		p.Unconfirmed = fmt.Sprintf("Lịch năm %d chưa được xác nhận: có ngày chưa ghi văn bản làm căn cứ, hoặc chưa nhập. Hạn rơi vào năm này được hứa kèm cảnh báo.", year)
	}
	if p.MayEdit {
		p.Other = v.hoursWords()
		p.Hours.Values = map[string][]string{"shifts": {civil.FormatShifts(v.dir.Calendar.Shifts(v.today))}}
	}
	p.History = v.calendarHistory(all)
	return p, nil
}

func (v *visit) holiday(d org.Day, edit bool) view.Holiday {
	h := view.Holiday{ID: idText(d.ID), Day: d.Date.VN(), Weekday: d.Date.WeekdayVN(), Kind: d.Kind.Label(), Work: d.Kind == civil.SwapWork,
		Name: d.Name, Source: sourceWords(d.Source), Removed: !d.RemovedAt.IsZero(), MayUndo: edit && d.RemovedAt.IsZero()}
	if d.SetBy != 0 {
		h.AddedBy = v.dir.Person(d.SetBy).Polite() + " thêm ngày " + civil.Of(d.SetAt).VN()
	}
	return h
}

// sourceWords leave out the marks by which the file says what was read.
func sourceWords(s string) string {
	for {
		open := strings.IndexByte(s, '[')
		shut := strings.IndexByte(s, ']')
		if open < 0 || shut < open {
			break
		}
		s = s[:open] + s[shut+1:]
	}
	if s = strings.ReplaceAll(strings.Join(strings.Fields(s), " "), " ;", ";"); s != "" {
		return s
	}
	return "dự kiến, chưa có văn bản"
}

func (v *visit) calendarHistory(all []org.Day) []view.Event {
	type moment struct {
		at string
		e  view.Event
	}
	var events []moment
	add := func(d org.Day, by int64, at string, when, words string) {
		events = append(events, moment{at, view.Event{At: when, Who: capital(v.dir.Person(by).Polite()), Words: words + " " + d.Date.VN() + " (" + d.Name + ")", Text: ""}})
	}
	for _, d := range all {
		if d.SetBy != 0 {
			add(d, d.SetBy, d.SetAt.UTC().Format("20060102150405.000"), momentWords(d.SetAt), "thêm "+lower(d.Kind.Label()))
		}
		if d.RemovedBy != 0 {
			add(d, d.RemovedBy, d.RemovedAt.UTC().Format("20060102150405.000"), momentWords(d.RemovedAt), "bỏ "+lower(d.Kind.Label()))
		}
	}
	slices.SortStableFunc(events, func(a, b moment) int { return cmp.Compare(b.at, a.at) })
	var out []view.Event
	for _, m := range events[:min(calendarEvents, len(events))] {
		out = append(out, m.e)
	}
	return out
}

func lower(s string) string {
	r := []rune(s)
	if len(r) == 0 {
		return s
	}
	return strings.ToLower(string(r[0])) + string(r[1:])
}

func (v *visit) shiftWords() string {
	return "Thứ Hai – thứ Sáu, " + spansWords(v.dir.Calendar.Shifts(v.today))
}

// calendarEdit is a change that somebody is about to make: a row to add, or one to take out.
type calendarEdit struct {
	add    civil.Row
	remove org.Day
}

func (c calendarEdit) words() string {
	if c.remove.ID != 0 {
		return "Bỏ " + lower(c.remove.Kind.Label()) + " " + c.remove.Date.VN() + " (" + c.remove.Name + ")"
	}
	return "Thêm " + lower(c.add.Kind.Label()) + " " + c.add.Date.VN() + " (" + c.add.Name + ")"
}

// editTyped reads the change from the form: field row names a row to take out.
func (v *visit) editTyped() (calendarEdit, error) {
	if id, ok := number64(v.field("row")); ok {
		all, err := org.DaysOf(v.read(), v.agency(), 0)
		if err != nil {
			return calendarEdit{}, err
		}
		i := slices.IndexFunc(all, func(d org.Day) bool { return d.ID == id && d.RemovedAt.IsZero() })
		if i < 0 {
			return calendarEdit{}, fault.NotFound("Không có dòng lịch này, hoặc dòng đã bị bỏ.")
		}
		return calendarEdit{remove: all[i]}, nil
	}
	day, err := v.date("day")
	if err != nil {
		return calendarEdit{}, err
	}
	c := calendarEdit{add: civil.Row{Date: day, Kind: civil.DayKind(v.field("kind")), Name: v.field("name"), Source: v.field("source")}}
	return c, dayFields(c.add.Check())
}

// dayFields gives the faults of a row to the fields of the form.
func dayFields(err error) error {
	var errs []error
	for _, e := range fault.All(err) {
		field := e.Field
		if field == "date" {
			field = "day"
		}
		errs = append(errs, &fault.Error{Kind: e.Kind, Field: field, Text: e.Text, Err: e.Err})
	}
	return fault.Join(errs...)
}

// promised are the promised days that the change would compute otherwise. Those that
// the calendar of today computes otherwise too were kept on purpose.
func (v *visit) promised(c calendarEdit) ([]task.Move, error) {
	change := org.CalendarChange{}
	if c.remove.ID != 0 {
		change.Remove = []civil.Row{c.remove.Row}
	} else {
		change.Add = []civil.Row{c.add}
	}
	next, err := org.CalendarWith(v.dir, change)
	if err != nil {
		return nil, err
	}
	moves, err := task.Moves(v.read(), v.agency(), next)
	if err != nil || len(moves) == 0 {
		return moves, err
	}
	kept, err := task.Moves(v.read(), v.agency(), v.dir.Calendar)
	if err != nil {
		return nil, err
	}
	already := map[int64]civil.Date{}
	for _, m := range kept {
		already[m.Share] = m.Next
	}
	return slices.DeleteFunc(moves, func(m task.Move) bool { return already[m.Share] == m.Next }), nil
}

// addDay shows what the new row would move, and saves at once when that is nothing.
func addDay(v *visit) error { return v.proposeEdit() }

// removeDay does the same for a row that is taken out.
func removeDay(v *visit) error { return v.proposeEdit() }

func (v *visit) proposeEdit() error {
	if err := v.must(org.ManageCalendar); err != nil {
		return err
	}
	c, err := v.editTyped()
	var moves []task.Move
	if err == nil {
		moves, err = v.promised(c)
	}
	if err == nil && len(moves) > 0 {
		return v.show(v.consequence(c, moves))
	}
	if err == nil {
		if err = v.act(func(a *journal.Act) error { return c.save(a) }); err == nil {
			return v.done(c.page(), c.words()+". Không hạn đã hứa nào bị ảnh hưởng.")
		}
	}
	return v.editRefused(err)
}

func (v *visit) editRefused(err error) error {
	if !wrong(err) {
		return err
	}
	p, perr := v.calendarPage()
	if perr != nil {
		return perr
	}
	p.Form = v.form(dayFields(err))
	return v.again(p, err)
}

func (c calendarEdit) page() string {
	day := c.add.Date
	if c.remove.ID != 0 {
		day = c.remove.Date
	}
	return "/quan-tri/lich?year=" + strconv.Itoa(day.Year())
}

func (c calendarEdit) save(a *journal.Act) error {
	if c.remove.ID != 0 {
		return org.RemoveDay(a, c.remove.ID)
	}
	_, err := org.AddDay(a, c.add)
	return err
}

func (v *visit) consequence(c calendarEdit, moves []task.Move) view.HolidayConsequence {
	p := view.HolidayConsequence{Frame: v.frame(view.PlaceAdmin, c.words()), Words: c.words()}
	if c.remove.ID != 0 {
		p.Hidden = []view.Hidden{{Name: "row", Value: idText(c.remove.ID)}}
	} else {
		p.Hidden = []view.Hidden{{Name: "day", Value: c.add.Date.VN()}, {Name: "kind", Value: string(c.add.Kind)}, {Name: "name", Value: c.add.Name}, {Name: "source", Value: c.add.Source}}
	}
	for _, m := range moves {
		p.Rows = append(p.Rows, v.movedRow(m.Piece, m.Was.VN(), m.Next.VN(), m.Why))
	}
	return p
}

// confirmDay saves the change and moves the promised days that were ticked, all in one
// act; the others keep.
func confirmDay(v *visit) error {
	if err := v.must(org.ManageCalendar); err != nil {
		return err
	}
	if err := v.ParseForm(); err != nil {
		return fault.Invalid("", "Không đọc được biểu mẫu.")
	}
	c, err := v.editTyped()
	if err != nil {
		return v.editRefused(err)
	}
	shares := v.confirmed()
	moved := 0
	err = v.act(func(a *journal.Act) (err error) {
		if err := c.save(a); err != nil || len(shares) == 0 {
			return err
		}
		moved, err = task.ApplyMoves(a, shares...)
		return err
	})
	if err != nil {
		return v.editRefused(err)
	}
	said := c.words() + ". Mọi hạn đã hứa giữ nguyên."
	if moved > 0 {
		said = fmt.Sprintf("%s. Đã dời %d hạn; người giữ việc đã được báo.", c.words(), moved)
	}
	return v.done(c.page(), said)
}
