// SPDX-License-Identifier: Apache-2.0

package view

// Drafts is the page of what is being written. GET /du-thao: what waits for the person
// first, then a list. Parameters: xem (mine, unit, all), state, type, q, after.
type Drafts struct {
	Frame
	Sentence string
	SignHref string // the leaders' list, one at a time
	SignText string // "Ký 3 văn bản"
	Waiting  []DraftRow
	Tabs     []DraftTab
	Filters  []Filter
	Query    string
	View     string // sent as xem
	Rows     []DraftRow
	Pager    Pager
	CanWrite bool
	Empty    string
}

// DraftTab is one of the lists.
type DraftTab struct {
	Label, Href, Count string
	Current            bool
}

// DraftRow is one draft in a list.
type DraftRow struct {
	Href, Type, Subject string
	Urgency             Urgency
	Want                string // what the person is asked for: "Ký nháy nội dung"
	Drafter, Unit       string
	Signer              string
	Since, Due          string
	State               State
	Status              string
}

// DraftNew asks for the type of document. GET /du-thao/moi?tra-loi=incoming/12
type DraftNew struct {
	Frame
	Back    *Crumb
	Answers *Link  // what will be answered
	Samples string // the list of samples to begin with
	Usual   []Noted
	Rest    []Noted
}

// DraftEdit is the form of a draft. Fields: type, subject, addressees, superior, body, files
// (one: PDF or DOCX), act, report, know (a recipient a line), signer ("7 KT 0"), urgency,
// circulation, mark, field, portal, answer… (refs), close… (refs), note, version, form_key,
// appendix_{type, title, paper, enclosed, body}… (one of each an appendix), second_as with
// second_secretary, second_officer ("7 KT 0") or second_{org, lines, name}.
// POST /du-thao (new) or Address.
type DraftEdit struct {
	Frame
	Back      *Crumb
	Heading   string
	Address   string
	Form      Form
	TypeName  string
	Types     []Option
	Addressed bool
	MayAbove  bool // a report or a notice may be addressed: field superior
	Bases     bool // the type states its legal bases
	Signers   []Option
	Names     []string // addressees known: the list beside the fields
	Fields    []Option
	Urgencies []Option
	Circulate []Option
	Answers   []DraftAnswer
	Uploads   []Upload
	Uploaded  string // the file that stands, when it was uploaded
	MoreOpen  bool
	Amends    bool // a correction by whoever checks it

	Blanks         []DraftBlank    // the places of the type's own form, sent as blank_…
	Appendices     []DraftAppendix // the last is empty
	AppendixTypes  []Option
	AppendicesOpen bool
	SecondWays     []Option // none: the type has one signer
	Secretaries    []Group
	SecondOfficers []Option
	SecondOutside  bool
	SecondOpen     bool
}

// DraftBlank is one place of a type's own form.
type DraftBlank struct {
	Name, Label, Help string
	Many, Date, Must  bool
}

// DraftAppendix is one appendix in the form.
type DraftAppendix struct {
	Number                             int
	Type, Title, Paper, Enclosed, Body string
	Open                               bool
}

// DraftAnswer is something that the draft answers.
type DraftAnswer struct {
	Ref, Label, Href string
	Close            bool
}

// Draft is the page of one draft. Forms are posted to Address + a noun, each with sha (the
// file that was seen) and back:
//
//	/trinh note · /noi-dung checker, note · /the-thuc checks…, note · /tra-lai text, mark_page…, mark_quote…, mark_text…
//	/ky-so · /da-ky files · /ky-giay day, files · /chuyen-ky signer, note · /tu-choi reason · /huy reason
//	/lay-y-kien people…, due_on, text · /y-kien choice, text · /lui-han due_on · /ket-thuc-y-kien summary
//	/giao-tiep person, reason · /tep files, kind · /bo-tep file · /da-sua mark
type Draft struct {
	Frame
	DeskHref string // where it is signed with a key that the program asks
	Back     *Crumb
	Address  string
	Subject  string
	Type     string
	Standing string
	Status   string
	State    State
	Urgency  Urgency
	SHA      string
	Queue    string // "Văn bản 1 trong 3 chờ ký"
	Later    string // the next one
	BackTo   string // where forms return to
	Notices  []Banner
	Facts    []Fact
	Viewer   string
	NoFile   string
	Files    []DraftFile

	EditHref string
	Submit   *DraftAct
	Content  *DraftAct
	FormPass *DraftAct
	Sign     *DraftAct
	Signing  *DraftAct // the file is open for the key
	SignFile string
	Paper    *DraftAct
	PassOn   *DraftAct
	Return   *DraftAct
	Refuse   *ReasonForm
	Drop     *ReasonForm
	Hand     *DraftAct // another drafter goes on with it
	Ask      *DraftAct
	Opinion  *DraftAct
	Move     *DraftAct
	Close    *DraftAct
	AddFile  *FileForm

	Findings []DraftFinding
	Marks    []DraftMark
	Rounds   []DraftRound
	Initials []DraftStep
	Versions []DraftVersion
	Timeline Timeline
}

// DraftAct is one gesture with what it offers.
type DraftAct struct {
	Form    Form
	Options []Option
	Groups  []Group
	Days    []Option
	Words   string // what should be known before
	Empty   []int  // rows to be filled
}

// DraftFile is a file beside the main one.
type DraftFile struct {
	File
	Remove string // sent as file; empty = it stays
}

// DraftFinding is something that the layout checker found.
type DraftFinding struct {
	Text, Place, Rule string
	Blocks            bool
}

// DraftMark is a remark on the text.
type DraftMark struct {
	ID, Version, Page, Quote, Text, By, At string
	Done                                   string
	MaySettle                              bool
}

// DraftRound is an opinion round.
type DraftRound struct {
	By, At, Due, Text, Summary, Status, Export string
	Opinions                                   []DraftOpinion
}

// DraftOpinion is what one of those asked said.
type DraftOpinion struct {
	Who, Title, Choice, Text, At string
	Tone                         Tone
}

// DraftStep is an initial, a return, a signature.
type DraftStep struct{ What, By, At, Text, Note string }

// DraftVersion is a version of the main file.
type DraftVersion struct {
	Number, Href, By, At, Note, Size, Compare string
	Source                                    *Link
	Current                                   bool
}

// DraftCompare puts two versions side by side. GET …/so-sanh?truoc=1&sau=2
type DraftCompare struct {
	Frame
	Back          *Crumb
	Heading       string
	Before, After string
	Versions      []Option
	From, To      string
	Address       string
	Lines         []DraftLine
	Words         string
}

// DraftLine is one paragraph of both.
type DraftLine struct {
	Left, Right []Piece
	Same        bool
}

// SigningRules is who may sign by delegation, by order, for a collective body.
// GET /quan-tri/ky; POST …/uy-quyen person, types, scope, from, to, basis · …/quy-che kind,
// unit, type, name, from, basis · …/uy-quyen/{id}/ket-thuc · …/quy-che/{id}/ket-thuc
type SigningRules struct {
	Frame
	Delegations []SigningRow
	Lines       []SigningRow
	People      []Option
	Units       []Option
	Types       []Option
	Give        Form
	Set         Form
	MayChange   bool
}

// SigningRow is one of them.
type SigningRow struct {
	Who, What, When, Basis, Status, End string
	Over                                bool
}

func (Drafts) Template() string       { return "drafts" }
func (DraftNew) Template() string     { return "draft-new" }
func (DraftEdit) Template() string    { return "draft-edit" }
func (Draft) Template() string        { return "draft" }
func (DraftCompare) Template() string { return "draft-compare" }
func (SigningRules) Template() string { return "signing-rules" }
