// SPDX-License-Identifier: Apache-2.0

package org

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
)

// A Day is a row of the agency's calendar with who put it there and who took it away
// (lịch làm việc; Bộ luật Lao động 2019 Điều 111, 112). Rows are never changed.
type Day struct {
	ID int64
	civil.Row
	SetBy     int64 // 0: delivered with the program
	SetAt     time.Time
	RemovedBy int64
	RemovedAt time.Time // zero: in force
}

// shipCalendar gives a new agency the rows that the program is delivered with, and the
// usual hours.
func shipCalendar(a *journal.Act) ([]civil.Row, error) {
	rows := civil.ShippedRows()
	for _, row := range rows {
		if err := insertDay(a, a.By.Agency, Day{ID: a.NewID(), Row: row, SetAt: a.At}); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// fingerprint names rows in any order.
func fingerprint(rows []civil.Row) string {
	lines := make([]string, len(rows))
	for i, r := range rows {
		lines[i] = fmt.Sprintf("%s\t%s\t%s\t%s\n", r.Date, r.Kind, r.Name, r.Source)
	}
	slices.Sort(lines)
	h := sha256.New()
	for _, l := range lines {
		h.Write([]byte(l))
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// A CalendarChange is what somebody is about to do to the calendar.
type CalendarChange struct {
	Add, Remove []civil.Row
	Hours       []civil.Hours
}

// CalendarWith is the calendar as it would be after a change. It changes nothing: the
// room that gave dates computes from it what would move, and shows that first.
func CalendarWith(d *Directory, c CalendarChange) (*civil.Calendar, error) {
	rows := d.Calendar.Rows()
	for _, gone := range c.Remove {
		i := slices.Index(rows, gone)
		if i < 0 {
			return nil, errNoDay
		}
		rows = slices.Delete(rows, i, i+1)
	}
	return civil.NewCalendar(append(rows, c.Add...), append(d.Calendar.Hours(), c.Hours...))
}

var errNoDay = fault.NotFound("Không có dòng lịch này, hoặc dòng đã bị bỏ.")

type dayData struct {
	Row  int64         `json:"row"`
	Day  civil.Date    `json:"day"`
	Kind civil.DayKind `json:"kind"`
	Mark string        `json:"mark,omitempty"`
}

// AddDay puts a row into the calendar. Dates already promised do not move by it
// (calendar rules 1.5): rows are only what later dates are counted with.
func AddDay(a *journal.Act, row civil.Row) (int64, error) {
	ids, err := AddDays(a, []civil.Row{row})
	if err != nil {
		return 0, err
	}
	return ids[0], nil
}

// AddDays puts several rows in at once: next year's notice.
func AddDays(a *journal.Act, rows []civil.Row) ([]int64, error) {
	if err := May(a, ManageCalendar, Target{}); err != nil {
		return nil, err
	}
	d, err := DirectoryIn(a)
	if err != nil {
		return nil, err
	}
	var errs []error
	known := d.Calendar.Rows()
	for i, row := range rows {
		row.Name, row.Source = line(row.Name), line(row.Source)
		rows[i] = row
		if err := row.Check(); err != nil {
			errs = append(errs, err)
			continue
		}
		if slices.ContainsFunc(known, func(k civil.Row) bool { return k.Date == row.Date && k.Kind == row.Kind }) {
			errs = append(errs, fault.Conflict("day", "Ngày "+row.Date.VN()+" đã có dòng “"+row.Kind.Label()+"”."))
		}
		known = append(known, row)
	}
	if err := fault.Join(errs...); err != nil {
		return nil, err
	}
	ids := make([]int64, len(rows))
	for i, row := range rows {
		ids[i] = a.NewID()
		a.Note(journal.Entry{Kind: DayAdded, Subject: journal.Ref("day", ids[i]), DueOn: row.Date,
			Data: dayData{ids[i], row.Date, row.Kind, fingerprint([]civil.Row{row})}})
		if err := insertDay(a, a.By.Agency, Day{ID: ids[i], Row: row, SetBy: a.By.Person, SetAt: a.At}); err != nil {
			return nil, err
		}
	}
	return ids, touch(a, a.By.Agency)
}

// RemoveDay takes a row out of the calendar; it stays in the history.
func RemoveDay(a *journal.Act, id int64) error {
	if err := May(a, ManageCalendar, Target{}); err != nil {
		return err
	}
	day, err := dayByID(a, a.By.Agency, id)
	if err == store.ErrNone || err == nil && !day.RemovedAt.IsZero() {
		return errNoDay
	}
	if err != nil {
		return err
	}
	a.Note(journal.Entry{Kind: DayRemoved, Subject: journal.Ref("day", id), DueOn: day.Date, Data: dayData{Row: id, Day: day.Date, Kind: day.Kind}})
	if err := removeDay(a, a.By.Agency, id, a.By.Person, a.At); err != nil {
		return err
	}
	return touch(a, a.By.Agency)
}

// DaysOf are the rows of a year, those taken out among them; 0 is every year.
func DaysOf(r store.Reader, agency int64, year int) ([]Day, error) {
	from, to := civil.MinDate, civil.MaxDate
	if year > 0 {
		from, to = civil.New(year, 1, 1), civil.New(year, 12, 31)
	}
	return daysBetween(r, agency, from, to)
}

type shiftData struct {
	Row   int64      `json:"row"`
	From  civil.Date `json:"from"`
	To    civil.Date `json:"to"`
	Spans string     `json:"spans"`
}

// SetShifts sets the working hours of the days from to to, both included (giờ làm việc);
// a zero to is open. Of several that cover a day, the one that begins last counts.
func SetShifts(a *journal.Act, from, to civil.Date, spans string) error {
	if err := May(a, ManageCalendar, Target{}); err != nil {
		return err
	}
	shifts, err := civil.ParseShifts(spans)
	if err != nil {
		return err
	}
	if from.IsZero() {
		return fault.Invalid("from", "Hãy nhập ngày bắt đầu áp dụng.")
	}
	h := civil.Hours{From: from, To: to, Shifts: shifts}
	if err := h.Check(); err != nil {
		return err
	}
	data := shiftData{a.NewID(), from, to, civil.FormatShifts(shifts)}
	a.Note(journal.Entry{Kind: ShiftsSet, Subject: journal.Ref("agency", a.By.Agency), Data: data})
	if err := insertShift(a, a.By.Agency, data.Row, h); err != nil {
		return err
	}
	return touch(a, a.By.Agency)
}
