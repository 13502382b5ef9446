// SPDX-License-Identifier: Apache-2.0

package view

// Give gives work directly (giao việc). GET /cong-viec/giao with line (what was typed in
// one line) and parent (the share of which it will be a part); the full form is posted to
// the same address. Fields: line, title, text, lead, due_on, hour, coop_who, coop_text,
// coop_due (one of each in every row), info, field, urgency, priority, product, quantity,
// norm, link, files, giver, parent; warned holds the warnings that were shown.
type Give struct {
	Frame
	Heading  string
	Line     string
	Reading  *Reading // nil before something was typed
	Form     Form
	Ready    bool // the full form is shown
	Mine     bool // the person may only propose work of his own: the head confirms it
	Parent   *Work
	Leads    []Group
	Others   []Group
	Coop     []CoopRow
	Days     []Option
	Fields   []Option
	Products []Group  // of the catalogue with their norms; none = typed, with quantity and norm
	Givers   []Option // in whose name the clerk or the chief of office gives
	Uploads  []Upload
	Warnings []string
	Warned   string
	Loads    []LoadRow // of those who are named
	Rest     []LoadRow // of everybody else who may be chosen
	Examples []string
	ManyHref string
}

// CoopRow is one who cooperates, with an own piece and day.
type CoopRow struct{ Who, Text, Due, Error string }

// Reading is what was understood of a line.
type Reading struct {
	Parts     []ReadPart
	Facts     []Fact
	Questions []Question
	Notes     []string
}

// ReadPart is a stretch of the line and the part that it plays; What empty = the subject.
type ReadPart struct{ Text, What string }

// Question is something that the line leaves open.
type Question struct {
	Text    string
	Choices []Link // the line read with one choice
}

// LoadRow is what one officer carries.
type LoadRow struct {
	Name, Title, Unit  string
	Href               string
	Open, Late, Week   int
	LateHref, WeekHref string
	Undated, Waiting   int
	Hours              string // norm time of what is still to do: "12 giờ"
	WeekHours          string
	Away               string // "25/11–27/11, bà Hà làm thay"
	Heavy              bool   // more than there is time for this week
	Bar                float64
}

// GiveMany gives many pieces of work from a table. GET, POST /cong-viec/giao-nhieu.
// Step 1: table (pasted) or files (Excel, CSV). Step 2: title, lead, coop, due_on, text in
// every row, step=2. All of them are given or none.
type GiveMany struct {
	Frame
	Form     Form
	Pasted   string
	Rows     []GiveRow
	Leads    []Group
	Givers   []Option
	Products []Option // of the catalogue; a row names one by its code or name
	Errors   []CellError
	Warnings []string
	Warned   string
	Bad      int // rows with something wrong or left open
}

// GiveRow is one row of the table.
type GiveRow struct {
	No                           int
	Title, Lead, Coop, Due, Hour string
	Product, Quantity            string
	Text                         string
	Said                         string            // the line as it was pasted
	Errors                       map[string]string // by field
	Notes                        []string
}

// Load is what each officer carries (tải công việc). GET /cong-viec/tai
type Loads struct {
	Frame
	Ways      []Way
	Sentence  Sentence
	Filters   []Filter
	Rows      []LoadRow
	ExcelHref string
	Empty     string
}

func (Give) Template() string     { return "give" }
func (GiveMany) Template() string { return "give-many" }
func (Loads) Template() string    { return "loads" }

// Proposals are work that officers want to do (việc tự đề xuất). GET /cong-viec/de-xuat;
// answers: POST /cong-viec/de-xuat/{id}/duyet (due_on), /bac (reason), /rut.
type Proposals struct {
	Frame
	MayPropose bool
	Waiting    []ProposalRow // for this person's word
	Mine       []ProposalRow
}

// ProposalRow is one of them.
type ProposalRow struct {
	ID, Title, Text, By, Unit, At, Due, State, Answer, Decider string
	Href                                                       string // the work it became
	Open                                                       bool
}

func (Proposals) Template() string { return "proposals" }
