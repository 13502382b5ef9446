// SPDX-License-Identifier: Apache-2.0

package view

// RecipientGroups are the agency's groups of recipients. GET /nhom-noi-nhan
type RecipientGroups struct {
	Frame
	Back  *Crumb
	Rows  []GroupRow
	MayIn bool // may make one
}

// GroupRow is one group.
type GroupRow struct{ Href, Name, Count string }

// RecipientGroup is one group. POST /nhom-noi-nhan/{id} ("moi" for a new one): name, units…,
// members (one a line: name | way | address | copies), version; /nhom-noi-nhan/{id}/thoi closes it.
type RecipientGroup struct {
	Frame
	Back  *Crumb
	Path  string
	New   bool
	Form  Form
	Units []Group
	Ways  string // the words for the ways
}

// Troubles are the deliveries that did not arrive. GET /van-ban-di/chua-den; each row may be
// posted to /van-ban-di/…/nhan/{n}: again, address, back.
type Troubles struct {
	Frame
	Back     *Crumb
	Sentence Sentence
	Filters  []Filter
	Rows     []TroubleRow
}

// TroubleRow is one delivery.
type TroubleRow struct {
	Href, Label, Subject string
	Name, Channel        string
	Status, At, Reason   string
	Urgency              Urgency
	Late                 bool
	Again                string // address of the form
	Key                  string
	Address              string
}

func (RecipientGroups) Template() string { return "recipient-groups" }
func (RecipientGroup) Template() string  { return "recipient-group" }
func (Troubles) Template() string        { return "outgoing-troubles" }
