// SPDX-License-Identifier: Apache-2.0

package view

// DossierHandovers is where all dossiers of somebody who leaves are handed over in one go (bàn
// giao hồ sơ). GET /ban-giao-ho-so?from=7; POST /ban-giao-ho-so with from, to (person/7: who
// takes all that is not said otherwise), to-12 (who takes dossier 12; "" as the others, "0"
// nobody), works (on: the open work goes along, to who takes all), reason.
type DossierHandovers struct {
	Frame
	Form    Form
	Keepers []Option // whose dossiers the visitor may hand over
	From    string   // "ông Lý Thanh Hải"
	Rows    []HandedRow
	People  []Group
	Works   int // open work of whom it may be taken
	Waiting []HandoverRow
	Made    []HandoverRow
	Pager   Pager
}

// HandedRow is one dossier to be handed over.
type HandedRow struct{ ID, Href, Number, Title, Term, Docs, State, To string }

// DossierHandover is one receipt. GET /ban-giao-ho-so/{id}; a taker signs by POST
// /ban-giao-ho-so/{id}/ky-nhan with text.
type DossierHandover struct {
	Frame
	Title, Sentence, Address string
	Facts                    []Fact
	Takers                   []HandedTaker
	Ack                      *Form
	Works                    string // address of the receipt of the work that went along
	PrintHref                string
}

// HandedTaker is one who took dossiers, with his part.
type HandedTaker struct {
	Name, Signed, Note string
	Waits              bool
	Rows               []HandedRow
}

func (DossierHandovers) Template() string { return "dossier-handovers" }
func (DossierHandover) Template() string  { return "dossier-handover" }
