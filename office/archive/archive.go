// SPDX-License-Identifier: Apache-2.0

// Package archive is work dossiers: the yearly list, what belongs together, the agency's archive, and the end of what was kept long enough.
//
// May enter: dossiers and their lists, references to what lies in them, retention, transfer, destruction, the export of a dossier.
// May not: what a document or a task is (it is asked through Kind), HTTP, where bytes lie.
package archive

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
)

// Ref is the kind of subject of a dossier: "work-dossier/12".
const Ref = "work-dossier"

// RefList, RefRule and RefPaper are the other subjects of this room in the book.
const (
	RefList  = "dossier-list"
	RefRule  = "retention"
	RefPaper = "work-paper"
)

// A State is where a dossier stands (Nghị định 30/2020/NĐ-CP Điều 29 đến 31).
type State string

// The states, in the order of a dossier's life.
const (
	Planned    State = "planned"          // Trong danh mục
	Open       State = "open"             // Đã mở
	Collecting State = "collecting"       // Đang thu thập
	Closed     State = "closed"           // Đã đóng
	DueOut     State = "due_transfer"     // Đến hạn nộp lưu
	Offered    State = "offered"          // Chờ lưu trữ nhận
	Accepted   State = "accepted"         // Lưu trữ đã nhận, chờ ký biên bản
	SentBack   State = "sent_back"        // Lưu trữ trả lại
	Archived   State = "archived"         // Đã nộp lưu
	KeptBack   State = "kept_back"        // Được giữ lại
	Proposed   State = "destroy_proposed" // Đề nghị hủy
	Destroyed  State = "destroyed"        // Đã hủy, còn lý lịch
)

var stateWords = map[State]string{
	Planned: "Trong danh mục", Open: "Đã mở", Collecting: "Đang thu thập", Closed: "Đã đóng", DueOut: "Đến hạn nộp lưu",
	Offered: "Chờ lưu trữ nhận", Accepted: "Lưu trữ đã nhận", SentBack: "Lưu trữ trả lại", Archived: "Đã nộp lưu",
	KeptBack: "Được giữ lại", Proposed: "Đề nghị hủy", Destroyed: "Đã hủy",
}

// Label is the state in the words of the screen.
func (s State) Label() string { return stateWords[s] }

// legal are the steps from one state to the next. Whatever is not here cannot happen.
var legal = map[State][]State{
	Planned:    {Open},
	Open:       {Collecting},
	Collecting: {Closed, Open}, // Open again when the last paper was taken out
	Closed:     {Collecting, DueOut, Offered, Proposed},
	DueOut:     {Collecting, Offered, KeptBack, Proposed},
	Offered:    {Accepted, SentBack},
	Accepted:   {Archived, SentBack},
	SentBack:   {Collecting, Offered, KeptBack},
	KeptBack:   {DueOut, Offered},
	Archived:   {Proposed},
	Proposed:   {Archived, Closed, DueOut, Destroyed},
	Destroyed:  nil,
}

// May reports whether a dossier may pass from this state to another.
func (s State) May(to State) bool { return slices.Contains(legal[s], to) }

// Fed reports whether papers may still be put in.
func (s State) Fed() bool { return s == Open || s == Collecting }

// InArchive reports whether the agency's archivist has, or is about to have, the dossier.
func (s State) InArchive() bool {
	switch s {
	case Offered, Accepted, Archived, Proposed, Destroyed:
		return true
	}
	return false
}

// held reports whether the keeper still answers for the dossier and hands it over before leaving.
func (s State) held() bool { return s != Archived && s != Proposed && s != Destroyed }

// closedOnce reports whether the index stands still.
func (s State) closedOnce() bool { return s != Planned && !s.Fed() }

// A Term is how long something is kept (thời hạn bảo quản): for ever, or some years from
// the year in which the matter ended. The zero Term is not decided yet.
type Term struct {
	Years     int
	Permanent bool
}

// Decided reports whether there is a term.
func (t Term) Decided() bool { return t.Permanent || t.Years > 0 }

// Words are the term as it is written.
func (t Term) Words() string {
	switch {
	case t.Permanent:
		return "Vĩnh viễn"
	case t.Years > 0:
		return strconv.Itoa(t.Years) + " năm"
	}
	return ""
}

// Less reports whether a term is shorter than another.
func (t Term) Less(o Term) bool {
	return o.Permanent && !t.Permanent || !o.Permanent && !t.Permanent && t.Years < o.Years
}

// Over is the first day on which the term is over; zero for what is kept for ever. It
// counts from the year in which the matter ended.
func (t Term) Over(ended civil.Date) civil.Date {
	if t.Permanent || t.Years == 0 || ended.IsZero() {
		return 0
	}
	return civil.New(ended.Year()+t.Years+1, 1, 1)
}

// ParseTerm reads a term as people write it: "Vĩnh viễn", "vv", "20 năm", "20".
func ParseTerm(s string) (Term, error) {
	words := strings.ToLower(Tidy(s))
	switch words {
	case "":
		return Term{}, nil
	case "vĩnh viễn", "vinh vien", "vv", "v.v":
		return Term{Permanent: true}, nil
	}
	n, err := strconv.Atoi(strings.TrimSpace(strings.TrimSuffix(strings.TrimSuffix(words, "năm"), "nam")))
	if err != nil || n < 1 || n > 200 {
		return Term{}, fault.Invalid("term", "Thời hạn bảo quản phải là “Vĩnh viễn” hoặc số năm, ví dụ “20 năm”.")
	}
	return Term{Years: n}, nil
}

// A Dossier is the papers of one matter in their order (hồ sơ công việc).
type Dossier struct {
	ID           int64
	Line         int64 // of the yearly list; 0 when opened outside it
	Year         int
	Notation     string // "01.TCCB"
	Title        string
	Term         Term
	Rule         string // code of the retention table from which the term came
	Keeper       int64
	Unit         int64
	State        State
	Before       State // what a proposal to destroy interrupted
	Construction bool  // of a construction: three months instead of a year
	OpenedOn     civil.Date
	StartOn      civil.Date // of the earliest paper
	EndOn        civil.Date // of the latest
	EndedOn      civil.Date // when the matter ended
	ClosedOn     civil.Date
	DueOn        civil.Date // by when it is to be handed to the archive; zero when it need not
	KeptUntil    civil.Date
	Rights       string // chế độ sử dụng
	Language     string
	Note         string
	Docs         int
	Pages        int
	Frozen       bool
	Version      int64
}

// Ref is the dossier in the book and in search.
func (d Dossier) Ref() string { return journal.Ref(Ref, d.ID) }

// Link is its page.
func (d Dossier) Link() string { return "/ho-so-cong-viec/" + strconv.FormatInt(d.ID, 10) }

// Name is how people call it.
func (d Dossier) Name() string { return "hồ sơ " + d.Notation + " (" + strconv.Itoa(d.Year) + ")" }

// Code is the dossier's code (mã hồ sơ; Phụ lục VI): organisation, year, number and notation.
func (d Dossier) Code(organ string) string {
	return strings.Join([]string{organ, strconv.Itoa(d.Year), d.Notation}, ".")
}

// mustGo: what is kept less than five years stays with the unit (Điều 31 khoản 3).
func (d Dossier) mustGo() bool { return d.Term.Permanent || d.Term.Years >= 5 }

// transferDue is by when the dossier goes to the archive: a year after the matter ended,
// for a construction three months after its accounts were settled (Điều 30 khoản 2).
func (d Dossier) transferDue() civil.Date {
	switch {
	case d.EndedOn.IsZero() || !d.mustGo():
		return 0
	case d.Construction:
		return d.EndedOn.AddMonths(3)
	}
	return d.EndedOn.AddMonths(12)
}

// announceDays: the program announces a transfer thirty days ahead (Phụ lục VI, III.5b).
const announceDays = 30

// Late reports whether the dossier should have been with the archive before a day.
func (d Dossier) Late(day civil.Date) bool {
	return !d.DueOn.IsZero() && d.DueOn.Before(day) && !d.State.InArchive() && d.State != KeptBack && d.State.closedOnce()
}

// Tidy is typed text in composed letters and in one line.
func Tidy(s string) string { return strings.Join(strings.Fields(norm.NFC.String(s)), " ") }

// most refuses a text that is longer than the law's field.
func most(field, name, text string, n int) error {
	if utf8.RuneCountInString(text) > n {
		return fault.Invalid(field, fmt.Sprintf("%s dài quá %d ký tự.", name, n))
	}
	return nil
}

// titleOf checks a title (tiêu đề hồ sơ: 500 ký tự; Phụ lục VI).
func titleOf(field, text string) (string, error) {
	text = Tidy(text)
	if utf8.RuneCountInString(text) < 10 {
		return text, fault.Invalid(field, "Tiêu đề phải nói được hồ sơ về việc gì, ít nhất 10 ký tự.")
	}
	return text, most(field, "Tiêu đề", text, 500)
}

func notationOf(text string) (string, error) {
	text = Tidy(text)
	switch {
	case text == "":
		return text, fault.Invalid("notation", "Xin ghi số, ký hiệu hồ sơ, ví dụ 01.TCCB.")
	case strings.ContainsAny(text, "/\\\"<>"):
		return text, fault.Invalid("notation", "Số, ký hiệu hồ sơ không chứa các dấu / \\ \" < >.")
	}
	return text, most("notation", "Số, ký hiệu hồ sơ", text, 20)
}
