// SPDX-License-Identifier: Apache-2.0

package view

// Intake takes in a paper that has no number yet: an envelope not opened, damaged, or one
// that waits. GET /van-ban-den/tiep-nhan. Fields: sender, envelope, channel, urgency,
// arrived_on, received_at, condition (ok, damaged, mismatch), person (whom it names; it
// then stays unopened), note, form_key, then (save, more).
type Intake struct {
	Frame
	Form       Form
	Channels   []Option
	Urgencies  []Option
	Conditions []Option
	People     []Group
}

// Envelope is one such paper. GET Address; posted to Address + /chuyen-lai (the named
// person brings it back to be registered) and /tra-lai (reason; back to the sender).
type Envelope struct {
	Frame
	Back         *Crumb
	Address      string // /van-ban-den/bi/12
	Sender       string
	Standing     string // "Chờ vào sổ từ 08:10 hôm nay."
	Facts        []Fact
	RegisterHref string // nil: not for this person
	BringBack    bool
	Refuse       *ReasonForm
}

func (Intake) Template() string   { return "intake" }
func (Envelope) Template() string { return "envelope" }
