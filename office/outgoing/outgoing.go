// SPDX-License-Identifier: Apache-2.0

// Package outgoing is the register of what goes out: numbers, seals, dispatch, recall, and the books of it.
//
// May enter: signed drafts that get a number, seals, recipients and how far it came there, recall, correction, replacement, registers 8.1, 8.4, 8.5.
// May not: how a text is written and who signs it (that is draft's), how numbers run (series), HTTP, the bytes of files.
package outgoing

import (
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/series"
)

// A State is where an outgoing document stands from its number on (documents.md §6.1).
type State string

// The states.
const (
	StateNumbered   State = "numbered"
	StateSealed     State = "sealed"
	StateIssued     State = "issued"
	StateRecalling  State = "recalling"
	StateRecalled   State = "recalled"
	StateSuperseded State = "superseded"
	StateFiled      State = "filed"
	StateVoid       State = "number_void"
)

// States are all states with the words of the screen.
var States = []struct {
	State State
	Name  string
}{
	{StateNumbered, "Đã cấp số"}, {StateSealed, "Đã đóng dấu, chờ phát hành"}, {StateIssued, "Đã phát hành"}, {StateRecalling, "Đang thu hồi"},
	{StateRecalled, "Đã thu hồi"}, {StateSuperseded, "Đã được thay thế"}, {StateFiled, "Đã lập hồ sơ"}, {StateVoid, "Đã hủy số"},
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

// Out reports whether the document left the agency.
func (s State) Out() bool { return s != StateNumbered && s != StateSealed && s != StateVoid }

// The ways a signature or a seal stands on it.
const (
	Digital = "digital"
	Paper   = "paper"
)

// Whether number and date stand in the main file (documents.md §6.3).
const (
	TextWaiting = "waiting" // the clerk's next step writes them
	TextSet     = "set"
	TextNone    = "none" // a file without places for them: they stand in the register only
)

// RefOutgoing is the kind of subject of an outgoing document.
const RefOutgoing = "outgoing"

// A Document is an outgoing document (văn bản đi; Nghị định 30/2020/NĐ-CP Điều 14–19).
type Document struct {
	ID          int64
	Draft       int64
	Slot        int64
	Series      int64
	Year        int
	Number      int64
	Suffix      string
	Label       string // "05/QĐ-BDT"
	Slug        string // "05-qd-bdt", in its address
	Day         civil.Date
	Type        string
	Subject     string
	Urgency     int
	Circulation string
	Unit        int64
	Drafter     int64
	Signer      int64
	SignerName  string
	Lines       []string
	Capacity    string
	Field       int64
	Signed      string // digital, paper
	SignedOn    civil.Date
	SignedAt    time.Time
	Way         string // how its text came to be: composed, docx, pdf
	TextNumber  string
	SendBy      time.Time
	Places      string // Nơi nhận
	KeptBy      string // Đơn vị, người nhận bản lưu
	Amount      int    // Số lượng bản
	Note        string
	State       State
	NumberedBy  int64
	NumberedAt  time.Time
	Sealed      string // "", digital, paper
	SealedBy    int64
	SealedAt    time.Time
	IssuedAt    time.Time
	RecallWhy   string
	RecallDue   civil.Date
	OrderedBy   int64
	Frozen      bool
	Dossier     string
	Version     int64
}

// Ref is the document in the book and in search.
func (d Document) Ref() string { return journal.Ref(RefOutgoing, d.ID) }

// Address is where the document's page is: number and notation as people say them.
func (d Document) Address() string { return "/van-ban-di/" + strconv.Itoa(d.Year) + "/" + d.Slug }

// Title names the document in a sentence.
func (d Document) Title() string { return d.Label }

// NumberText is the number as printed, with its suffix.
func NumberText(d Document) string { return series.Text(d.Number) + d.Suffix }

// Over reports whether it should have left by now.
func (d Document) Over(now time.Time) bool {
	return (d.State == StateNumbered || d.State == StateSealed) && now.After(d.SendBy)
}

// A Delivery is one recipient with how far the document came there (documents.md §4.5).
type Delivery struct {
	Document int64
	Ordinal  int
	Kind     string
	Ref      int64
	Code     string
	Name     string
	Address  string // e-mail or postal address
	Purpose  string
	Channel  string
	Copies   int
	State    string
	At       time.Time
	Message  string
	Reason   string
	Attempts int
	OpenedBy int64
	OpenedAt time.Time
	Answer   string // to a recall: agreed, refused
	AnswerAt time.Time
	Party    int64 // the group it stands for; once issued, the group it came out of
	Packed   bool  // gets a packet with a passphrase by e-mail
}

// The states of a delivery that this room sets itself.
const (
	Queued  = "queued"
	Sent    = "sent"
	Arrived = "arrived"
	Refused = "refused"
	Failed  = "failed"
	Done    = "done"
)

// Deliveries are the states of a delivery with the words of the screen.
var Deliveries = []struct{ Code, Name string }{
	{Queued, "Chờ gửi"}, {Sent, "Đã gửi"}, {Arrived, "Đã đến"}, {"accepted", "Đã tiếp nhận"}, {Refused, "Từ chối"}, {"assigned", "Đã phân công"},
	{"processing", "Đang xử lý"}, {Done, "Đã xong"}, {"recalled", "Đã thu hồi"}, {Failed, "Không gửi được"},
}

// DeliveryLabel is a state of a delivery in the words of the screen.
func DeliveryLabel(code string) string {
	for _, x := range Deliveries {
		if x.Code == code {
			return x.Name
		}
	}
	return code
}

// A File is a file of the document; its bytes lie in the blob store under SHA.
type File struct {
	ID      int64
	Kind    string // main, enclosed, scan
	Stage   string // of the main one: signed, numbered, sealed
	Ordinal int
	Name    string
	MIME    string
	Size    int64
	SHA     string
	Pages   int
	AddedBy int64
	AddedAt time.Time
}

// A Link is what one document does to another.
type Link struct {
	Document int64
	Kind     string // answers, recalls, corrects, replaces
	Other    string // "incoming/12"
	Closes   bool
	At       time.Time
}

// The kinds of links.
const (
	Answers  = "answers"
	Recalls  = "recalls"
	Corrects = "corrects"
	Replaces = "replaces"
)

// slug writes a number and notation so that it can stand in an address.
func slug(label string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(strings.ReplaceAll(strings.ReplaceAll(label, "Đ", "D"), "đ", "d"))) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case r < 128 && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	return strings.Trim(b.String(), "-")
}

// tidy is one line of composed text without space at its ends.
func tidy(s string) string { return strings.Join(strings.Fields(norm.NFC.String(s)), " ") }

func wrongState(d Document, what string) error {
	return fault.Conflict("", "Không "+what+" được: văn bản "+d.Label+" đang ở trạng thái “"+d.State.Label()+"”.")
}
