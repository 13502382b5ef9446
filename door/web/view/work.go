// SPDX-License-Identifier: Apache-2.0

package view

// State is how a piece of work stands to its day. Each has a colour, a shape and a word.
type State string

// The states of work and documents as lists and pictures show them.
const (
	StateLate    State = "late"    // quá hạn
	StateSoon    State = "soon"    // sắp đến hạn
	StateOpen    State = "open"    // còn hạn
	StateUndated State = "undated" // không định ngày
	StatePaused  State = "paused"  // tạm dừng chờ
	StateDone    State = "done"    // đã xong
	StateVoid    State = "void"    // đã hủy
)

// Urgency is the degree of urgency (độ khẩn).
type Urgency int

// The degrees of urgency of Decree 30/2020.
const (
	Normal     Urgency = iota // thường
	Urgent                    // khẩn
	VeryUrgent                // thượng khẩn
	Express                   // hỏa tốc
)

// Words returns the word on the page; nothing for normal.
func (u Urgency) Words() string {
	switch u {
	case Urgent:
		return "Khẩn"
	case VeryUrgent:
		return "Thượng khẩn"
	case Express:
		return "Hỏa tốc"
	}
	return ""
}

// Work is one piece of work as a row of any list.
type Work struct {
	ID       string // value of its checkbox
	Href     string // /viec/123
	Number   string // "1234/UBND-VX"
	Arrival  string // "2.611": arrival number, if any
	Subject  string
	Holder   string // who has it now
	Unit     string
	Giver    string
	Role     string // Chủ trì, Phối hợp, Để biết; empty = lead
	Due      string // "25/11/2026"; empty = undated
	FirstDue string // the first promised day, if it moved
	DueWords string // "còn 2 ngày", "quá 3 ngày", "không hạn"
	State    State
	Status   string // "Đang xử lý"
	Urgency  Urgency
	DaysLate int      // working days
	Held     []string // "Ông Minh 2 ngày", "ông Hải 10 ngày"
	Urged    int      // how often urged
	Note     string   // "Trả lại: không thuộc nhiệm vụ của phòng"
	Next     string   // the next thing to do: "Phân công"
	NextHref string   // where it is done
}

// WorkGroup is works under one heading: quá hạn, hôm nay, tuần này, sau, không hạn.
type WorkGroup struct {
	Title    string
	State    State
	Works    []Work
	More     int    // how many are not shown
	MoreHref string // where they are
}

// Picture is one square for each open piece of work, one row for each officer,
// one block for each unit.
type Picture struct {
	Units []PictureUnit
}

// PictureUnit is a block.
type PictureUnit struct {
	ID         string // posted as scope "unit/<ID>"
	Name       string
	Href       string
	Late, Open int
	Rows       []PictureRow
	More       string // "và 12 cán bộ khác, 110 việc đang mở": officers not drawn here, behind Href
	MayUrge    bool
}

// PictureRow is one officer.
type PictureRow struct {
	ID                           string // posted as scope "person/<ID>"
	Name, Title                  string
	Absent                       string // "vắng đến 27/11"
	Late, Soon, Open             int
	LateHref, SoonHref, OpenHref string
	Squares                      []Square // latest first; cap it (40) and say the rest in More
	More                         int
	MayUrge                      bool
}

// Square is one open piece of work. Text names it and its days for pointer, focus and
// screen readers: "Báo cáo rà soát…: hạn 05/11, quá 12 ngày làm việc, đôn đốc 3 lần".
type Square struct {
	Href     string
	Text     string
	State    State
	DaysLate int // working days; five make the square one step taller
}

// Class is the square's class: its state, and for late ones the step of its height.
func (s Square) Class() string {
	switch s.State {
	case StateLate:
		w := s.DaysLate / 5
		if w > 6 {
			w = 6
		}
		return lateClasses[w]
	case StateSoon:
		return "s"
	case StateUndated:
		return "u"
	case StatePaused:
		return "p"
	}
	return "o"
}

var lateClasses = [...]string{"l", "l l1", "l l2", "l l3", "l l4", "l l5", "l l6"}

// Strip is "Thời gian thuộc về ai": a line from arrival to due day, coloured by holder.
// Positions are in percent of the line's length.
type Strip struct {
	Parts               []StripPart
	Pauses              []StripPart // it stood still
	Rows                []StripRow  // the same as a table
	LateFrom, LateWidth float64
	Marks               []StripMark
	Now                 float64 // today's needle
	Due                 float64 // 0 = undated
	NowLabel            string  // "hôm nay"; "xong 20/11" when closed
	DueLabel            string  // "hạn 25/11"
	Words               string  // the same in one sentence, for whoever cannot see it
}

// StripPart is the time that one holder had the work.
type StripPart struct {
	From, Width float64
	Holder      string // "Thắng"
	Days        string // "1,5 ngày"
	Now         bool   // has it still
	Tint        int    // the same for the same holder
}

// StripRow is what one person had of it, in working time.
type StripRow struct {
	Holder, Role, Days string
	Late               string // of it, beyond the day
	Away               string // of it, in an absence nobody stood in for
	Tint               int    // -1 = not drawn
}

// StripMark is an event on the line.
type StripMark struct {
	At   float64
	Text string
}

// Event is one entry of a timeline (Diễn biến).
type Event struct {
	At      string // "thứ Năm 19/11/2026, 08:12"
	Who     string // "Ông Lý Thanh Hải"
	For     string // on whose behalf: "bà Nông Thị Hoa"
	Words   string // "bắt đầu xử lý"
	Text    string // what was said: directive, reason, result
	Change  string // "hạn 20/11/2026 → 25/11/2026"
	Proof   string // address of the proof of inclusion
	Seq     string // number in the book: "18.204"
	Heavy   bool   // directive, closing: the mark is filled
	Late    bool   // what it tells is about lateness
	Related *Link
}

// Timeline is the entries of any subject: one part, every page.
type Timeline struct {
	Events   []Event
	MoreHref string // older entries, if cut
}

// File is an attachment.
type File struct {
	Name, Href string
	Kind       string // "Văn bản chính", "Phụ lục"
	Size       string
	Pages      string // "3 trang"
	Hash       string // SHA-256, first characters
	Signature  *SignatureMark
}

// Fact is a label with a value on a card.
type Fact struct {
	Label, Value string
	Href         string
	Tone         Tone
}

// Share is what one unit or person has to do with a document or task.
type Share struct {
	Role     string // Chủ trì, Phối hợp, Để biết
	Name     string // the unit, or the person if it was given to a person
	Unit     string // of the person
	Answers  string // for a unit: "Trưởng phòng Mông Văn Lâm chịu trách nhiệm"
	Holds    string // "Lý Thanh Hải giữ từ 08:10, 19/11/2026"
	Due      string // promised to the giver
	InnerDue string // the unit's own day, if it is another
	Status   string // "đã xem 19/11", "đã báo cáo 20/11"
	State    State
	Href     string
	Absent   string // "Ông Hải vắng đến 27/11, bà Hà làm thay"
}

// Directive is a leader's written word (bút phê, ý kiến chỉ đạo).
type Directive struct {
	By, For, At string
	Text        string
	Level       string // "Lãnh đạo cơ quan", "Lãnh đạo phòng"
	Corrects    string // "Thay cho ý kiến ngày 18/11/2026: đổi đơn vị chủ trì"
}
