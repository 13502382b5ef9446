// SPDX-License-Identifier: Apache-2.0

// Package document is the registers: what arrives, is drafted, signed, issued, and who deals with it.
//
// May enter: registers, numbers, issuers, submissions, directives, routing (makes tasks), voiding, recall.
// May not: who is late (that is task's), HTTP, the bytes of files.
package document

import (
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"soviec/kit/civil"
	"soviec/kit/journal"
)

// A State is where an incoming document stands (documents.md §5.1). Late, due soon
// and unread are computed, never states.
type State string

// The states of a document that has a number.
const (
	StateRegistered  State = "registered"     // Đã vào sổ
	StateSubmitted   State = "submitted"      // Chờ cho ý kiến
	StateDistributed State = "distributed"    // Đã phân phối
	StateInProgress  State = "in_progress"    // Đang xử lý
	StateAwaiting    State = "awaiting_close" // Chờ xác nhận kết thúc
	StateCompleted   State = "completed"      // Đã hoàn thành
	StateFiled       State = "filed"          // Đã lập hồ sơ
	StateRecallAsked State = "recall_asked"   // Có yêu cầu thu hồi
	StateRecalled    State = "recalled"       // Đã thu hồi
	StateVoided      State = "voided"         // Đã hủy số đến
)

var stateWords = map[State]string{
	StateRegistered: "Đã vào sổ", StateSubmitted: "Chờ cho ý kiến", StateDistributed: "Đã phân phối",
	StateInProgress: "Đang xử lý", StateAwaiting: "Chờ xác nhận kết thúc", StateCompleted: "Đã hoàn thành",
	StateFiled: "Đã lập hồ sơ", StateRecallAsked: "Có yêu cầu thu hồi", StateRecalled: "Đã thu hồi", StateVoided: "Đã hủy số đến",
}

// Label is the state in the words of the screen.
func (s State) Label() string { return stateWords[s] }

// Final reports whether nothing more happens to the document.
func (s State) Final() bool { return s == StateRecalled || s == StateVoided }

// Closed reports whether the work on it is over.
func (s State) Closed() bool { return s.Final() || s == StateCompleted || s == StateFiled }

// Urgencies are the degrees of urgency in words (độ khẩn), by number.
var Urgencies = [...]string{"Thường", "Khẩn", "Thượng khẩn", "Hỏa tốc"}

// Channels are the ways a document comes, with the words of the screen.
var Channels = []struct{ Code, Name string }{
	{"post", "Bưu điện"}, {"hand", "Nhận trực tiếp"}, {"axis", "Trục liên thông"}, {"internal_system", "Phần mềm khác"},
	{"email", "Thư điện tử công vụ"}, {"fax", "Fax"}, {"portal", "Cổng thông tin"},
}

// An Incoming is a document in the register of arrivals (văn bản đến; Nghị định 30/2020/NĐ-CP Điều 22).
type Incoming struct {
	ID           int64
	Register     int64
	Shelf        string // the register's code in addresses; "" for the agency's first register
	Year         int
	Number       int64 // số đến: from 1 each year in each register, without gaps
	ArrivalOn    civil.Date
	ReceivedAt   time.Time
	RegisteredAt time.Time
	Type         string // code of document_type
	NumberRaw    string // exactly as printed: "30/2020/NĐ-CP"
	No           string // "30/2020"
	Notation     string // "NĐ-CP"
	IssuedOn     civil.Date
	Issuer       int64
	IssuerName   string // as printed, for ever
	SenderName   string // who sent it when that is not the issuer
	Subject      string // trích yếu
	Urgency      int
	Channel      string
	Field        int64
	Signer       string
	Pages        int
	Note         string
	DueOn        civil.Date // the date the document itself asks for
	TwinReason   string     // why another document may bear the same number
	State        State
	StateBefore  State // what a recall request interrupted
	Leader       int64 // before whom it lies
	WaitsSince   time.Time
	Work         int64  // the task that carries its handling
	ToPlaces     string // Đơn vị hoặc người nhận
	PassedOn     civil.Date
	DoneOn       civil.Date
	Answer       string // số, ký hiệu văn bản trả lời
	Dossier      string
	Recall       string // what the sender said when asking it back
	Frozen       bool   // its files are shut: reported to be secret
	Registrar    int64
	Batch        int64 // taken over from another system in this batch; 0 for none
	Version      int64
}

// Ref is the document in the book and in search.
func (d Incoming) Ref() string { return journal.Ref(RefIncoming, d.ID) }

// RefIncoming is the kind of subject of an incoming document.
const RefIncoming = "incoming"

// A File is an attachment; its bytes lie in the blob store under SHA and never change.
type File struct {
	ID      int64
	Kind    string // main, enclosed, scan, evidence, copy
	Ordinal int
	Name    string
	MIME    string
	Size    int64
	SHA     string
	Pages   int
	Text    string // waiting, none, indexed, failed
	Purged  bool   // the bytes are gone after a lawful recall
	AddedBy int64
	AddedAt time.Time
}

// Address is where the document's page is: the number that people say aloud. A
// register other than the first stands before the number.
func (d Incoming) Address() string { return address(d.Shelf, d.Year, d.Number) }

// A Brief is a document as a list of results shows it: the few columns that are read there.
type Brief struct {
	ID         int64
	Shelf      string
	Year       int
	Number     int64
	NumberRaw  string
	IssuedOn   civil.Date
	IssuerName string
	SenderName string
	Subject    string
	Signer     string
	Note       string
	State      State
	Batch      int64
}

// Address is the path of its page.
func (l Brief) Address() string { return address(l.Shelf, l.Year, l.Number) }

func address(shelf string, year int, number int64) string {
	if shelf != "" {
		shelf += "-"
	}
	return "/van-ban-den/" + strconv.Itoa(year) + "/" + shelf + idText(number)
}

// ShowNumber writes an arrival number as people read it: 2.611.
func ShowNumber(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "." + s[i:]
	}
	return s
}

// Title names the document in a sentence: "1234/UBND-VX", or its kind without a number.
func (d Incoming) Title() string {
	if d.NumberRaw != "" {
		return d.NumberRaw
	}
	return "văn bản không số, số đến " + ShowNumber(d.Number)
}

// twin is the key by which two documents are one (documents.md §7.9): number,
// notation and issuer, in one spelling, within the year. Documents without a
// number have none.
func twin(no, notation, issuer string, issued civil.Date) string {
	if no == "" {
		return ""
	}
	return oneSpelling(no+"/"+notation) + "|" + oneSpelling(issuer) + "|" + strconv.Itoa(issued.Year())
}

// oneSpelling is upper case, composed, without spaces. Đ stays apart from D.
func oneSpelling(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return unicode.ToUpper(r)
	}, norm.NFC.String(s))
}

// Tidy is one line of composed text without space at its ends.
func Tidy(s string) string { return strings.Join(strings.Fields(norm.NFC.String(s)), " ") }
