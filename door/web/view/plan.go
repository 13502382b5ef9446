// SPDX-License-Identifier: Apache-2.0

package view

// Recurring is the work that comes again. GET /cong-viec/dinh-ky
type Recurring struct {
	Frame
	Ways  []Way
	Rows  []RecurringRow
	Asked int // rules that stand still and wait for an answer
}

// RecurringRow is one rule with its next dates.
type RecurringRow struct {
	Href, Title string
	When        string // "mỗi quý, ngày 10 của tháng cuối quý …"
	Who         string // "Phòng Chính sách Dân tộc chủ trì"
	State       string
	Alarm       bool   // it stopped and asks
	Quiet       bool   // it is paused
	Reason      string // why it stands still
	Dates       []RecurringDate
}

// RecurringDate is one date to come, or one that was dealt with.
type RecurringDate struct {
	Name    string // "Quý IV/2026"
	Due     string // "thứ Năm, 10/12/2026"
	Given   string // "giao ngày 03/12/2026"
	State   string // "Đã giao", "Đã bỏ"; empty = as the rule says
	Note    string
	Href    string // the work that was given
	Address string // POST Address+"/bo", "/doi" (due, title), "/khoi-phuc"; empty = nothing can be done
	Day     string // the due day as typed: the default of the form
	Restore bool   // it was skipped or changed: it can be taken back
}

// RecurringEdit makes or changes a rule. Fields: title, text, lead, coop…, info…, product, proof, priority,
// period, every, month, number, back, shift, from, until, ahead, at. POST Address; Address+"/xem" shows the
// dates and saves nothing; Address+"/tam-dung" (reason), "/chay-lai", "/cham-dut".
type RecurringEdit struct {
	Frame
	Form       Form
	Address    string
	Name       string
	State      string
	Alarm      bool
	Reason     string
	Owner      string // "do ông Đàm Quốc Thắng đặt"
	Words      string // the rule in words
	Leads      []Group
	Others     []Group
	Periods    []Option
	Months     []Option
	Numbers    []Group
	Backs      []Option
	Shifts     []Option
	Products   []Option
	Proofs     []Option
	Priorities []Option
	Dates      []RecurringDate
	Before     []RecurringBefore // what it said before, newest first
	Tried      bool              // the dates are those of what was typed; nothing is saved
	MayPause   bool
	MayResume  bool
	MayEnd     bool
}

// RecurringBefore is what a rule said until it was changed.
type RecurringBefore struct {
	Span               string // from when until when
	Owner, Title, Text string
	Words, Lead        string
}

// Templates are the templates of work. GET /cong-viec/mau
type Templates struct {
	Frame
	Ways []Way
	Rows []TemplateRow
}

// TemplateRow is one template.
type TemplateRow struct {
	Href, Name string
	Words      string   // "4 việc, 2 việc làm ngay"
	Steps      []string // their titles
}

// TemplatePage begins a template and shows the runs of it. Fields: field-1 … POST Address+"/giao";
// Address+"/thoi-dung" takes it out of use.
type TemplatePage struct {
	Frame
	Form    Form
	Address string
	Name    string
	Steps   []TemplateStep
	Fields  []Option // Value is the form's name, Label the words
	Runs    []TemplateRun
	MayEdit bool
	Ended   bool
	Leads   []Group
}

// TemplateStep is one work of a template.
type TemplateStep struct {
	Place int
	Title string
	Text  string
	Who   string
	When  string // "ngay khi giao, hạn 3 ngày làm việc"
}

// TemplateRun is a template that was begun.
type TemplateRun struct {
	Title string // "23/11/2026 · người có uy tín"
	By    string
	Steps []TemplateRunStep
}

// TemplateRunStep is how far one work of it has come. A step that could not be given is given to
// somebody else: POST Address with lead.
type TemplateRunStep struct {
	Title, State, Note, Href string
	Alarm                    bool
	ID                       string // of the choice on the page
	Address                  string
}

// TemplateEdit makes or changes a template. Fields: name; for each step n: title-n, text-n, lead-n, coop-n…, days-n, after-n.
type TemplateEdit struct {
	Frame
	Form    Form
	Address string
	Name    string
	Rows    []TemplateEditRow
	Leads   []Group
	Others  []Group
}

// TemplateEditRow is the place of one step in the form.
type TemplateEditRow struct {
	Place  int
	Afters []Option
	Open   bool // it has something in it
}

// N is a field's name in the row: "title" is "title-3".
func (r TemplateEditRow) N(name string) string { return name + "-" + Count(r.Place) }

func (Recurring) Template() string     { return "recurring" }
func (RecurringEdit) Template() string { return "recurring-edit" }
func (Templates) Template() string     { return "templates" }
func (TemplatePage) Template() string  { return "template" }
func (TemplateEdit) Template() string  { return "template-edit" }
