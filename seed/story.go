// SPDX-License-Identifier: Apache-2.0

package seed

import (
	"time"

	"soviec/kit/civil"
)

// A Verb is what a person does in a step of a story.
type Verb string

// The verbs, in about the order in which they happen.
const (
	Registered       Verb = "registered"        // vào sổ; by the clerk
	VoidAsked        Verb = "void_asked"        // đề nghị hủy số đến; Text is the reason
	Submitted        Verb = "submitted"         // trình; Person is the leader
	Directed         Verb = "directed"          // bút phê; Unit leads, Coop, Info, Due, Text
	Redirected       Verb = "redirected"        // đổi đơn vị chủ trì; Unit leads from now on, Text is the reason
	Given            Verb = "given"             // giao việc trực tiếp, no document; Unit, Person if named, Due, Text
	Accepted         Verb = "accepted"          // nhận việc; by the holder
	Assigned         Verb = "assigned"          // phân công trong đơn vị; Person, Due not later than the outer one
	Returned         Verb = "returned"          // đề nghị chuyển lại; by the head of the unit, Text is the reason
	Progressed       Verb = "progressed"        // cập nhật tiến độ; Text
	ExtensionAsked   Verb = "extension_asked"   // xin gia hạn; Due is the day wished for, Text is the reason
	ExtensionAllowed Verb = "extension_allowed" // đồng ý gia hạn; Due
	Reminded         Verb = "reminded"          // đôn đốc; by a leader or head, Text
	Reported         Verb = "reported"          // báo cáo kết quả; Text
	Confirmed        Verb = "confirmed"         // xác nhận kết thúc; by the giver
)

// A Step is one act of a story. Fields that the verb does not name are empty.
type Step struct {
	At     time.Time
	By     string // person
	Do     Verb
	Unit   string
	Person string
	Coop   []string // units
	Info   []string // persons
	Due    civil.Date
	Text   string
}

// A State says where a story stands on the day for which it was made.
type State string

// The states. Late, Soon, Open, Undated, AskedExtension and AwaitingConfirmation are work in
// hand; the due days of the last two lie far enough ahead to be neither late nor soon.
const (
	Late                 State = "late"
	Soon                 State = "soon" // due on one of the next two working days
	Open                 State = "open" // due later than that
	Undated              State = "undated"
	AskedExtension       State = "asked_extension"
	AwaitingConfirmation State = "awaiting_confirmation"
	AwaitingDirective    State = "awaiting_directive" // lies before a leader
	GivenBack            State = "given_back"         // the unit asked to be relieved; lies before the leader again
	InQueue              State = "in_queue"           // registered, not submitted, within the limit
	InQueueLate          State = "in_queue_late"      // registered, not submitted, past the limit
	VoidWaiting          State = "void_waiting"       // in the queue as well; its voiding waits for approval
	Done                 State = "done"
)

// rank orders stories by how soon somebody opens them.
func (s State) rank() int {
	switch s {
	case Done:
		return 2
	case Open, Undated:
		return 1
	}
	return 0
}

// A Story is a document, or a piece of work given without one, and its steps so far.
type Story struct {
	Key    string    // stable for the same day: "v001" for documents, "g001" for direct work
	Doc    *Document // nil for direct work
	Title  string    // the subject of the document, or what was given
	Field  string
	Steps  []Step // in order; all before the day
	State  State
	Unit   string     // holds it; empty until directed
	Holder string     // person; empty until somebody has it
	Due    civil.Date // as it stands now
	Urged  int        // how often reminded
	File   bool       // print its letter (LetterOf) and attach it
}

// What is to be seen on any day, by Current.
const (
	LateCount         = 14
	LateOfficers      = 6
	SoonCount         = 11
	UndatedCount      = 5
	WaitingDirective  = 3 // and one more that a unit gave back
	QueueCount        = 4 // with the late one and the one to be voided
	ExtensionsAsked   = 2
	ResultsToConfirm  = 3
	DocumentsInStory  = 120
	DirectWork        = 27
	FilesToAttach     = 60
	LongestLate       = 12 // working days
	LongestLateTitle  = "Báo cáo rà soát chính sách bảo hiểm y tế"
	LongestLateHolder = "hai"
)

// An Absence is declared with a stand-in.
type Absence struct {
	Person, StandIn string
	From, To        civil.Date
	Reason          string
	DeclaredAt      time.Time
}

// Absences are the three of the weeks around the day: one over, one that covers the day, one
// to come in which work falls due.
func Absences(today civil.Date) []Absence {
	w := weeks(today)
	return []Absence{
		{"hang", "thu", w.past[12], w.past[9], "Nghỉ phép năm", civil.At(w.past[15], 9, 5)},
		{"quy", "hoa", today, w.next[1], "Công tác tại Hà Nội", civil.At(w.past[1], 15, 40)},
		{"mai", "dung", w.next[3], w.next[7], "Tập huấn tại Học viện Dân tộc", civil.At(w.past[2], 10, 20)},
	}
}

// FirstNumber is the arrival number with which the register of the year of the first current
// document starts: what the year would have brought until then. Later years start with 1.
func FirstNumber(today civil.Date) (year, first int) {
	day := weeks(today).past[longestBack]
	y := day.Year()
	gone := day.Sub(civil.New(y, 1, 1))
	return y, 1 + gone*Incoming/365
}

// longestBack is the oldest working day, counted back, on which a current document arrived.
const longestBack = 29

// A span holds the working days around a day: past[0] is the last one before it, next[0] the
// first one after it; the day itself is in neither.
type span struct {
	today      civil.Date
	working    bool
	past, next []civil.Date
}

func weeks(today civil.Date) span {
	cal := civil.Default()
	s := span{today: today, working: cal.WorkingDay(today)}
	for d := today.AddDays(-1); len(s.past) <= longestBack+2; d = d.AddDays(-1) {
		if cal.WorkingDay(d) {
			s.past = append(s.past, d)
		}
	}
	for d := today.AddDays(1); len(s.next) < 25; d = d.AddDays(1) {
		if cal.WorkingDay(d) {
			s.next = append(s.next, d)
		}
	}
	return s
}

// late is the place in past of the day that lies n working days back, today counted if worked.
func (s span) late(n int) int {
	if s.working {
		return n - 1
	}
	return n
}
