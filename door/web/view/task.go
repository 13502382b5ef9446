// SPDX-License-Identifier: Apache-2.0

package view

// Task is the page of one piece of work. What the person may not do is nil.
// Forms are posted to Address + a noun:
//
//	/bat-dau     Start (no fields)
//	/phan-cong   Assign:  lead, coop…, due_on, text
//	/tien-do     Progress: text
//	/bao-cao     Report:  result, reply (number of the answering document), files
//	/gia-han     Extend:  due_on, reason
//	/gia-han/duyet, /gia-han/bac   ExtendRequest: reason (bac)
//	/tra-lai     Return:  reason
//	/tra-lai/dong-y, /tra-lai/bac  ReturnRequest: reason (bac)
//	/ket-thuc    Close:   text
//	/lam-lai     Redo:    reason, due_on
//	/mo-lai      Reopen:  reason, due_on
//	/don-doc     Urge:    kind, text
//	/doi-chu-tri Replace: lead, reason
//	/doi-han     Redate:  due_on, reason (the giver changes the day himself)
//	/huy         Cancel:  reason
type Task struct {
	Frame
	Back     *Crumb
	Address  string // /viec/123
	Number   string // "1234/UBND-VX"
	Subject  string
	Standing string
	State    State
	Status   string
	Urgency  Urgency
	Due      string // current
	FirstDue string // first promised, when it moved
	InnerDue string // the division's own day
	Notices  []Banner
	Facts    []Fact
	Document *Link // the document it came from
	Files    []File
	Viewer   string
	NoFile   string
	Strip    *Strip

	Start           *Form
	Assign          *DirectForm
	AssignAgain     bool // somebody has it already: the form stands folded
	Progress        *ReasonForm
	Report          *ReportForm
	ReportAside     bool // another is to report first: the form stands folded
	Extend          *DateForm
	ExtendRequest   *Request
	ExtendObjective bool // the one who asks names an objective cause, which can be confirmed
	Return          *ReasonForm
	ReturnRequest   *Request
	CloseRequest    *Request // the reported result that waits for confirmation: Close and Redo beside it
	Close           *ReasonForm
	Redo            *DateForm
	Reopen          *DateForm
	Urge            *UrgeForm
	Replace         *DirectForm
	Redate          *DateForm
	Cancel          *ReasonForm // /huy: reason
	Terms           Terms

	Remarks    []Remark
	Say        *SayForm
	Dates      []TermRow
	Still      []StillRow
	Tree       []TreeRow
	Tied       []Tied
	GiveSub    string // address of the form that gives a part of it
	Directives []Directive
	Shares     []Share
	Results    []Result
	Urgings    []Urging
	Into       *FileInto // puts it into a work dossier
	AnswerHref string    // where a document that answers it is begun
	Timeline   Timeline
}

// ReportForm reports a result. Fields: result, reply, files.
type ReportForm struct {
	Form    Form
	Direct  bool // the setting lets the lead close by himself: the button says so
	Uploads []Upload

	OpenParts int // parts of it that are not finished: reported all the same with parts_open = this
	OpenWords string
}

// DateForm asks for a day and a reason. Fields: due_on, reason.
type DateForm struct {
	Form Form
	Days []Option
	Now  string // current due day
	Last string // not later than: "25/11/2026"

	Parts bool // parts of it are open: they may come back with it (parts=on)
}

// UrgeForm urges. Fields: kind (remind, criticise, review), text.
type UrgeForm struct {
	Form Form
	Done int // how often already
}

// Result is a reported result.
type Result struct {
	By, At, Text string
	Reply        *Link
	Files        []File
	Status       string // "chờ xác nhận", "đã xác nhận", "yêu cầu làm lại"
}

// Urging is one urging that was given.
type Urging struct{ By, At, Kind, Text string }

func (Task) Template() string { return "task" }
