// SPDX-License-Identifier: Apache-2.0

// Package draft is what is written and laid before whoever signs: drafts, their versions, initials, opinions, signatures.
//
// May enter: drafts, the path from the first word to the signature, whose capacity supports it, who has the word now.
// May not: numbers, seals, dispatch (that is outgoing's), HTTP, the bytes of files.
package draft

import (
	"strings"
	"time"

	"soviec/kit/civil"
	"soviec/kit/journal"
	"soviec/kit/letter"
	"soviec/office/org"
)

// A State is where a draft stands (documents.md §6.1).
type State string

// The states. After Signed the draft waits for its number; it Left when it got one.
const (
	StateDrafting  State = "drafting"   // Đang soạn
	StateInReview  State = "in_review"  // Chờ kiểm tra nội dung
	StateOpinion   State = "opinion"    // Đang lấy ý kiến
	StateFormCheck State = "form_check" // Chờ kiểm tra thể thức
	StateToSign    State = "to_sign"    // Chờ ký
	StateSigned    State = "signed"     // Đã ký, chờ phát hành
	StateLeft      State = "left"       // Đã chuyển phát hành
	StateDropped   State = "dropped"    // Đã hủy dự thảo
)

// States are all states with the words of the screen, in the order of the path.
var States = []struct {
	State State
	Name  string
}{
	{StateDrafting, "Đang soạn"}, {StateInReview, "Chờ kiểm tra nội dung"}, {StateOpinion, "Đang lấy ý kiến"},
	{StateFormCheck, "Chờ kiểm tra thể thức"}, {StateToSign, "Chờ ký"}, {StateSigned, "Đã ký, chờ phát hành"},
	{StateLeft, "Đã cấp số"}, {StateDropped, "Đã hủy dự thảo"},
}

// Label is the state in the words of the screen.
func (s State) Label() string {
	for _, x := range States {
		if x.State == s {
			return x.Name
		}
	}
	return ""
}

// Final reports whether nothing more happens to the draft here.
func (s State) Final() bool { return s == StateLeft || s == StateDropped }

// Circulations are the notices of circulation with the words that are printed (phạm vi lưu hành).
var Circulations = []struct{ Code, Name string }{
	{"", "Thông thường"}, {"return", "XEM XONG TRẢ LẠI"}, {"internal", "LƯU HÀNH NỘI BỘ"},
}

// RefDraft is the kind of subject of a draft.
const RefDraft = "draft"

// A Paper is one draft (dự thảo văn bản đi; Nghị định 30/2020/NĐ-CP Điều 10).
type Paper struct {
	ID          int64
	Type        string // code of the document type: "QĐ"
	Subject     string // trích yếu
	Urgency     int
	Circulation string
	Unit        int64 // đơn vị soạn thảo
	Drafter     int64
	Mark        string // ký hiệu người soạn thảo
	Signer      int64
	Capacity    org.CapacityCode
	Delegation  int64
	Lines       []string // as printed above the name; frozen when signed
	SignerName  string
	Addressees  []string // kính gửi
	Superior    bool     // a report to the body above: it has "Kính gửi" (documents.md §9)
	Portal      bool     // proposed for the portal
	Field       int64
	Body        string // the text as typed, when it is composed here
	State       State
	StateBefore State // what an opinion round interrupted
	Checker     int64 // who checks the form; 0 for whoever may
	Current     int   // ordinal of the version that stands; 0 before the first
	SHA         string
	Approved    string // the file that passed the form check
	Round       int    // how often it was submitted
	BegunAt     time.Time
	WaitsSince  time.Time
	Signed      string // digital, paper; "" before
	SignedOn    civil.Date
	SignedAt    time.Time
	SignedSHA   string // the signed file, or the scan of the signed paper
	Outgoing    int64
	Version     int64
	Appendices  []Appendix
	Second      Second
	Blanks      map[string]string // of the type's form (Blanks)

	Recipients []Recipient
	Answers    []Answer
}

// Ref is the draft in the book and in search.
func (p Paper) Ref() string { return journal.Ref(RefDraft, p.ID) }

// Address is where the draft's page is.
func (p Paper) Address() string { return address(p.ID) }

// A Recipient is one line of "Nơi nhận" (documents.md §4.5).
type Recipient struct {
	Kind    string // org, unit, person, text
	Ref     int64  // the unit or person here
	Code    string // mã định danh of an agency outside
	Name    string
	Purpose string // act, check, report, know, store
	Channel string // axis, internal, email, post, hand, portal
	Copies  int
}

// Purposes are why somebody receives a document, in the order of "Nơi nhận".
var Purposes = []struct{ Code, Name string }{
	{"act", "Để thực hiện"}, {"check", "Để kiểm tra, giám sát"}, {"report", "Để báo cáo"}, {"know", "Để biết, phối hợp"}, {"store", "Lưu"},
}

// Channels are the ways a document goes out.
var Channels = []struct{ Code, Name string }{
	{"axis", "Trục liên thông"}, {"internal", "Nội bộ"}, {"email", "Thư điện tử"}, {"post", "Bưu điện"}, {"hand", "Trực tiếp"}, {"portal", "Cổng thông tin"},
}

// An Answer is what the document answers; Closes says that issuing it ends that.
type Answer struct {
	Ref    string // "incoming/12", "task/5"
	Closes bool
}

// The ways to a text.
const (
	WayComposed = "composed"
	WayDOCX     = "docx"
	WayPDF      = "pdf"
)

// A Content is one version of the main file. It never changes.
type Content struct {
	ID         int64
	Ordinal    int
	Way        string
	Name       string // of the PDF
	SHA        string // of the PDF, which is what is signed
	Size       int64
	Pages      int
	Source     string // of the DOCX it was made from
	SourceName string
	Letter     string // the composed content as JSON
	Text       string // for comparing and searching
	Note       string
	AddedBy    int64
	AddedAt    time.Time
}

// A File stands beside the main one; its bytes lie in the blob store under SHA.
type File struct {
	ID      int64
	Kind    string // enclosed, submission, scan, opinion
	Place   int64  // the opinion it came with
	Name    string
	MIME    string
	Size    int64
	SHA     string
	AddedBy int64
	AddedAt time.Time
}

// A Step is something done on the path, bound to the file that it was done to.
type Step struct {
	ID      int64
	Round   int
	Kind    string // submit, content, form, return, pass, refuse, sign, drop, amend
	Ordinal int
	SHA     string
	Person  int64
	Behalf  int64
	Title   string
	Other   int64 // pass: the new signer
	Alone   bool  // initialled by the drafter because nobody else could
	Checks  []string
	Text    string
	At      time.Time
}

// A Mark is a remark on the text, bound to a version and to the words that it is about.
type Mark struct {
	ID      int64
	Ordinal int
	Page    int
	Quote   string
	Text    string
	Person  int64
	Behalf  int64
	At      time.Time
	DoneBy  int64
	DoneAt  time.Time
}

// A Type is one of the 29 kinds of documents that an agency writes.
type Type struct {
	Code, Name string
	Addressed  bool // always "Kính gửi"
	MayAbove   bool // addressed when it goes to the body above
}

// Types are the 29 kinds in the order of the decree (Nghị định 30/2020/NĐ-CP Điều 7).
func Types() []Type {
	var out []Type
	for _, t := range letter.Types() {
		out = append(out, typeOf(t))
	}
	return out
}

// TypeOf finds a kind by its code.
func TypeOf(code string) (Type, bool) {
	t, ok := letter.TypeOf(code)
	return typeOf(t), ok
}

func typeOf(t letter.Type) Type {
	return Type{Code: t.Code, Name: t.Name, Addressed: t.Addressed == letter.Always, MayAbove: t.Addressed == letter.Sometimes}
}

func lines(s string) []string {
	var out []string
	for _, l := range strings.Split(s, "\n") {
		if l = tidy(l); l != "" {
			out = append(out, l)
		}
	}
	return out
}
