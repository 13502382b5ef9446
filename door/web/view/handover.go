// SPDX-License-Identifier: Apache-2.0

package view

// Handovers is where open work is handed over (bàn giao công việc). GET, POST /ban-giao.
// Fields: from, to (person/7, unit/3), reason, work (repeated; none = all), step.
type Handovers struct {
	Frame
	Form    Form
	May     bool
	Papers  bool // dossiers are handed over on a page of their own
	Parties []Group
	Works   []Work // of who hands over, to be ticked; after from was chosen
	From    string // "ông Lý Thanh Hải"
	Given   int    // of his: given to others, requests to decide
	Waiting []HandoverRow
	Rows    []HandoverRow
	Pager   Pager
}

// HandoverRow is one receipt in a list.
type HandoverRow struct{ Href, Title, From, To, At, Count, State string }

// Handover is one receipt. GET /ban-giao/{id}; acknowledged by POST /ban-giao/{id}/ky-nhan
// with note.
type Handover struct {
	Frame
	Title, Sentence string
	Address         string
	Facts           []Fact
	Lines           []HandoverLine
	Ack             *Form
	PrintHref       string
}

// HandoverLine is one thing that was handed over.
type HandoverLine struct{ No, Kind, Title, Href, Role, Due, Late, From, To, Note string }

func (Handovers) Template() string { return "handovers" }
func (Handover) Template() string  { return "handover" }
