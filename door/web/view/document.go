// SPDX-License-Identifier: Apache-2.0

package view

// Document is the page of one incoming document: the file left, its card right.
// What the person may not do is nil. Forms are posted to Address + a noun:
//
//	/trinh            Submit:     leader, note
//	/chuyen-lanh-dao  PassOn:     leader, note
//	/giao-viec        Direct:     text, lead, coop…, info…, due_on, urgency, rule
//	/phan-phoi        Distribute: the same, by the clerk when the regulations allow it
//	/doi-chi-dao      Change:     the same with reason: a later directive corrects the earlier one
//	/huy-so           Void:       reason
//	/huy-so/duyet, /huy-so/bac    VoidRequest: reason (bac)
//	/thu-hoi          Recall:     notice, reason
//	/thu-hoi/dong-y, /thu-hoi/tu-choi  RecallRequest: reason (tu-choi)
//	/tep              AddFile:    files, kind
//	/xac-nhan-chu-ky  Waive:      sha, reason
//	/lap-ho-so        FileAway:   dossier
//	/tiep-nhan        Accept; /lot-mat  Leak (report that a secret document slipped in)
type Document struct {
	Frame
	Back     *Crumb
	Address  string // /van-ban-den/2026/2611
	Notation string // "1234/UBND-VX"
	Type     string
	Subject  string
	Standing string // "Ông Hải đang giữ từ thứ Năm; còn 2 ngày làm việc, hạn 25/11/2026."
	State    State
	Status   string // "Đang xử lý"
	Urgency  Urgency
	Stamp    *Stamp
	Notices  []Banner // what must be seen first: void asked, recall asked, taken over, absent
	Facts    []Fact
	Files    []File
	Viewer   string // address of the PDF to be shown; empty = no view
	NoFile   string // words when there is nothing to see
	Strip    *Strip

	Submit        *SubmitForm
	Direct        *DirectForm
	Distribute    *DirectForm
	Change        *DirectForm
	PassOn        *SubmitForm
	Void          *ReasonForm
	VoidRequest   *Request
	Recall        *ReasonForm
	RecallRequest *Request
	AddFile       *FileForm
	FileAway      *ReasonForm
	Waive         *WaiveForm
	Into          *FileInto // puts it into a work dossier
	AnswerHref    string    // where an answer to it is begun
	MayReportLeak bool

	Directives []Directive
	Shares     []Share
	Works      []Work
	EditHref   string
	Prints     []Link // Dấu ĐẾN, Phiếu giải quyết
	Related    []Link
	Timeline   Timeline
}

// Banner is a line in a frame above the card.
type Banner struct {
	Tone Tone
	Text string
	Link *Link
}

// SubmitForm chooses a leader. Fields: leader, note.
type SubmitForm struct {
	Form     Form
	Leaders  []Option
	Proposal *Proposal
}

// Proposal is what a routing rule proposes, with its name.
type Proposal struct {
	Rule  string // "Văn bản của UBND tỉnh về chính sách dân tộc"
	Words string // "chủ trì Phòng Chính sách Dân tộc, phối hợp Văn phòng, hạn 7 ngày làm việc"
	ID    string // sent as rule
}

// DirectForm gives a directive. Fields: text, lead ("unit/3" or "person/7"), coop…, info…,
// due_on (as people type it), urgency, reason (only when ReasonWanted), rule.
type DirectForm struct {
	Form         Form
	Leads        []Group  // units with their people
	Others       []Group  // the same for cooperating and for information
	Phrases      []string // ready words: "Giao phòng nghiên cứu, tham mưu."
	Days         []Option // quick due days: value "+2", label "2 ngày làm việc (25/11)"
	Urgencies    []Option
	Proposal     *Proposal
	ReasonWanted bool
	Basis        string // Distribute: "Điều 12 Quy chế làm việc cho phép chuyển thẳng"
	Warning      string // "Ông Hải vắng mặt đến 27/11/2026, trùng với hạn xử lý."
}

// ReasonForm is a gesture with a reason. Fields: reason (and notice for a recall).
type ReasonForm struct{ Form Form }

// WaiveForm writes down that a bad signature was seen. Fields: sha, reason.
type WaiveForm struct {
	Form Form
	SHA  string
	File string
}

// FileForm adds files. Fields: files, kind.
type FileForm struct {
	Form  Form
	Kinds []Option
}

// Request is somebody's request that waits for approval.
type Request struct {
	Form  Form
	By    string
	At    string
	Text  string
	Words string // "xin lùi hạn từ 25/11/2026 đến 30/11/2026"
	// The answers that are another's to give have no button.
	NoYes, NoNo bool
}

func (Document) Template() string { return "document" }
