// SPDX-License-Identifier: Apache-2.0

package view

// Absences lists who is away, and the form to declare it. GET, POST /vang-mat
// Fields: person, from, to, stand_in, note. Ending: POST /vang-mat/<id>/ket-thuc.
type Absences struct {
	Frame
	Form    Form
	Rows    []Absence
	People  []Option // for whom; one only = himself, not shown as a choice
	StandIn []Group
	Falls   []Work   // what falls due in it: the warning before it is declared
	Confirm bool     // ask again with confirm=1 because of Falls
	Behalf  []Button // begin acting for somebody today, or end it: POST /lam-thay
}

// Absence is one absence.
type Absence struct {
	Person, Title, Unit    string
	From, To, StandIn      string
	Note                   string
	Now                    bool
	EndAction              string // empty = may not
	DeclaredBy, DeclaredAt string
}

// Holidays is the calendar as data. GET /quan-tri/lich?year=…
// POST /quan-tri/lich: day, kind (holiday, tet, observed, swap_off, swap_work), name, source.
// POST /quan-tri/lich/bo: row.
// POST /quan-tri/lich/gio: from, to, shifts ("07:30-11:30, 13:30-17:30").
type Holidays struct {
	Frame
	Form    Form
	Year    Select
	Rows    []Holiday
	Kinds   []Option
	History []Event
	MayEdit bool
	// Unconfirmed says that the year does not rest on decisions yet.
	Unconfirmed string
	Shifts      string   // "Thứ Hai – thứ Sáu, 07:30–11:30 và 13:30–17:00"
	Hours       Form     // other working hours
	Other       []string // hours that were set: "từ 01/12/2026: 08:00–12:00 và 13:00–17:00"
}

// Holiday is one row of the calendar.
type Holiday struct {
	ID      string
	Day     string // "24/11/2026"
	Weekday string // "thứ Ba"
	Kind    string // "Nghỉ lễ"
	Work    bool   // a day of work instead
	Name    string
	Source  string
	Removed bool
	AddedBy string
	MayUndo bool
}

// HolidayConsequence shows which promised days would move, and asks for the word.
// POST /quan-tri/lich/xac-nhan: day, kind, name, source, or row; then move = share (repeated),
// all=1 for all that were shown (shown, repeated), keep=1 for none.
type HolidayConsequence struct {
	Frame
	Form   Form
	Words  string // "Thêm ngày nghỉ 24/11/2026 (Ngày Văn hóa Việt Nam)"
	Hours  bool   // other working hours: the hours move, not the days; posted to /quan-tri/lich/gio
	Hidden []Hidden
	Rows   []Moved
}

// Hidden is a hidden field.
type Hidden struct{ Name, Value string }

// Moved is a promised day that would move.
type Moved struct {
	ID, Href, Number, Subject, Holder string
	Was, Would, Why                   string
}

func (Absences) Template() string           { return "absences" }
func (Holidays) Template() string           { return "holidays" }
func (HolidayConsequence) Template() string { return "holiday-consequence" }
