// SPDX-License-Identifier: Apache-2.0

package view

// Terms are what may be said about the day, about standing still and about what hinders.
// Forms are posted to the work's address + a noun:
//
//	/nhan-han            Accept (no fields)
//	/de-xuat-han         Propose: due_on, hour, reason
//	/de-xuat-han/duyet, /de-xuat-han/bac   Agree: request, due_on (another day), reason
//	/tam-dung            Pause: cause, waiting_for, since, proof
//	/tam-dung/duyet, /tam-dung/bac         Pauses: pause, reason
//	/tiep-tuc            Resume: proof
//	/vuong-mac           Obstacle: cause, waiting_for, text
//	/het-vuong-mac       Clear (no fields)
//	/tra-loi-don-doc     Answer: kind (promise, blocked), due_on, text
//	/lien-ket, /bo-lien-ket                Tie: ref
type Terms struct {
	Accept   *Form
	Propose  *DateForm
	Agree    *AgreeForm
	Pause    *PauseForm
	Pauses   []PauseRequest
	Resume   *ReasonForm
	Waits    []Option // those that run; several are ended one by one (wait)
	Obstacle *PauseForm
	Clear    bool
	Answer   *AnswerForm
	Tie      *Form
}

// AgreeForm answers a proposed day.
type AgreeForm struct {
	Request Request
	ID      string
	Asked   string // the day proposed
	Form    Form
	Days    []Option
}

// PauseForm says why a share cannot go on, and who is waited for.
type PauseForm struct {
	More   bool // it stands still already: one more is waited for
	Form   Form
	Causes []Option
}

// PauseRequest is a pause that waits for confirmation, or runs on the word of whoever does the work.
type PauseRequest struct {
	ID        string
	By, At    string
	Words     string
	Running   bool
	MayDecide bool
	Form      Form
}

// AnswerForm answers the last urging with one gesture.
type AnswerForm struct {
	Form Form
	By   string // who urged
	Text string
	Days []Option
}

// TermRow is one day that was ever given.
type TermRow struct {
	Share, Day, Kind, By, At, Reason string
	Now                              bool
}

// StillRow is one time in which the work stood still, or something that hinders it.
type StillRow struct {
	Kind, Cause, WaitingFor, From, To, Took, Text, State string
	Open                                                 bool
}

// TreeRow is one work of the tree to which this one belongs.
type TreeRow struct {
	Depth    int
	Href     string // empty = this one
	Work     Work
	Parts    string // "2 trong 3 việc con đã xong"
	MayReply bool
}

// Indent is the row's step to the right, at most five.
func (t TreeRow) Indent() int { return min(t.Depth, 5) }

// Tied is what the work has to do with.
type Tied struct {
	Link
	Ref     string // sent to take it off; empty = may not
	Virtual bool   // the other one is tied to this one
}

// Remark is one thing that was said about a matter.
type Remark struct {
	ID, By, For, At, Text    string
	Answers                  string // what it answers, in short
	Mentions                 []string
	Files                    []File
	Decided, Gone            bool
	MayWithdraw, MayConclude bool
}

// SayForm adds a remark: /trao-doi with text, answers, files, decide; /ket-luan and
// /rut-y-kien with remark.
type SayForm struct {
	Form      Form
	MayDecide bool
	Names     []string // who takes part: "@Lý Thanh Hải"
	Uploads   []Upload
}
