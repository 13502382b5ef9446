// SPDX-License-Identifier: Apache-2.0

package view

// Way is one way to look at the same work: list, board, calendar, timeline.
type Way struct {
	Label, Href string
	Now         bool
	Act         bool // no way to look, but what is done next: give work
}

// Works is the list behind a number. GET /viec, with unit, person, giver, field, state,
// and due (a day, or two with ".." between) and column of the board.
// Acts on many are posted to /cong-viec/nhieu with act, work (repeated) and back.
type Works struct {
	Frame
	Ways      []Way
	Heading   string // "5 việc quá hạn của ông Lý Thanh Hải"
	Aside     string
	Filters   []Filter
	Kept      []Option // what the address asks beside the blanks: label is the name
	Works     []Work
	Pager     Pager
	Acts      []Option // what the person may do to many at once
	Back      string   // this page
	ExcelHref string
	PrintHref string // as PDF
	Empty     string
}

// Filter is a blank in the filter sentence: words before it, and the choice.
type Filter struct {
	Before string // "do"
	Name   string // name of the GET parameter
	Label  string // for who cannot see the sentence
	Select Select
}

// Board is the board of open work. GET /cong-viec/bang with the filter of Works and
// by (state), lanes (person, unit), column (in front on the phone).
type Board struct {
	Frame
	Ways      []Way
	Sentence  Sentence
	Filters   []Filter
	Columns   []BoardColumn
	Lanes     []BoardLane // one without a name where the board is not parted
	More      string      // "Còn 12 hàng nữa. …"
	Acts      []Option
	Back      string
	ExcelHref string
	PrintHref string // as PDF
	Empty     string
}

// BoardColumn is the head of a column.
type BoardColumn struct {
	Key, Label string
	State      State
	Count      int
	Href       string // its list
	Pick       string // this page with the column in front
	Now        bool   // in front on the phone
}

// BoardLane is one row of cells: an officer, a unit, or the whole board.
type BoardLane struct {
	Name, Note, Absent, Href string
	Cells                    []BoardCell // one for each column
}

// BoardCell is the cards of one column in one row.
type BoardCell struct {
	Label    string // "Quá hạn của Lý Thanh Hải"
	Now      bool
	Cards    []Work
	More     int
	MoreHref string
}

// Together is one gesture on many pieces of work that needs words first, or was refused.
// POST /cong-viec/nhieu with act, work (repeated), back, step=2, due_on, reason.
type Together struct {
	Frame
	Act, Label, Back string
	Form             Form
	Works            []Work
	Days             []Option
}

// NeedsDay says whether the gesture is about a new day.
func (t Together) NeedsDay() bool { return t.Act == "doi-han" || t.Act == "xin-gia-han" }

// WorkCalendar is what falls due on each day. GET /cong-viec/lich with the filter of
// Works and month=2026-11 or week=2026-11-23.
type WorkCalendar struct {
	Frame
	Ways                  []Way
	Heading               string // "Tháng 11 năm 2026"
	Sentence              Sentence
	Filters               []Filter
	Kept                  Option // the month or week, for the filter's form: label is the name
	Week                  bool
	Previous, Next, Today string
	MonthHref, WeekHref   string
	ExcelHref             string
	PrintHref             string          // as PDF
	Weeks                 [][]CalendarDay // from Monday to Sunday
}

// CalendarDay is one day.
type CalendarDay struct {
	Number         string // "23"; in a week "23/11"
	Date, Words    string // "23/11/2026", "thứ Hai, 23/11/2026"
	Today, Outside bool   // outside of the month shown
	Off            bool   // no working day
	Why            string // the name of the holiday, or that a Saturday is worked
	Count          int
	Late, Waiting  int
	Href           string // the list of what falls due
	Works          []Work
	More           int
	Away           []string
}

// Gantt is the timeline of open work. GET /cong-viec/tien-do with the filter of Works.
// Positions are in percent of the line's length.
type Gantt struct {
	Frame
	Ways      []Way
	Heading   string
	Filters   []Filter
	Span      string // "từ 26/10/2026 đến 20/12/2026"
	Ticks     []GanttTick
	Now       float64
	Rows      []GanttRow
	ExcelHref string
	PrintHref string // as PDF
	Pager     Pager
	Empty     string
}

// GanttTick is a week's beginning on the axis.
type GanttTick struct {
	At    float64
	Label string
}

// GanttRow is one piece of work: as a line of the table, and as bars.
type GanttRow struct {
	Work                Work
	Given, First, Due   string  // days: "05/11"
	From                float64 // given
	Planned             float64 // width until the first day promised; 0 = undated
	DueAt               float64 // the day promised now; 0 = undated
	End                 float64 // today, or when it was reported
	Bars                []GanttBar
	Pauses              []GanttBar
	LateFrom, LateWidth float64
	Words               string // the same in one sentence
}

// GanttBar is a time that somebody had the work, or in which it was paused.
type GanttBar struct {
	From, Width float64
	Who         string
	Tint        int
	Words       string
}

func (Works) Template() string        { return "work-list" }
func (Board) Template() string        { return "board" }
func (Together) Template() string     { return "together" }
func (WorkCalendar) Template() string { return "work-calendar" }
func (Gantt) Template() string        { return "gantt" }
