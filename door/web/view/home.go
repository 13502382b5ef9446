// SPDX-License-Identifier: Apache-2.0

package view

// Home is "Việc của tôi". One struct for every role: a section that is empty is not shown,
// and the sections stand in the order of the fields.
type Home struct {
	Frame
	Sentence     Sentence    // "Hôm nay ông có " + "2 việc quá hạn" + ", 3 việc đến hạn trong tuần."
	Aside        string      // second line: one's own work, when the first is about others'
	StandsFor    string      // for whom the person may act today
	Actions      []Link      // the main actions, the first of them filled
	Health       []Health    // administrator: how the system stands
	Unassigned   []Work      // head of division: not yet given to anybody
	Decisions    []Decision  // what waits for his word, each settled by one gesture
	Papers       []Decision  // drafts and outgoing documents, a line for each step
	PapersCount  int         //
	ToSign       int         // how many of them wait for the signature
	CanRegister  bool        // clerk: button "Vào sổ văn bản mới"
	Queue        []QueueRow  // clerk: sổ chờ, the first ones
	QueueMore    int         //
	QueueEmpty   string      // clerk: words for an empty queue
	Unread       []Noted     // clerk: files that could not be read
	UnitLate     []Work      // head of division: late with others
	UnitLateMore int         //
	Picture      *Picture    // leader: the agency's; head: the division's
	PictureOf    string      // heading over it: "Phòng Chính sách Dân tộc"
	Returned     []Work      // came back to him
	Groups       []WorkGroup // quá hạn, hôm nay, tuần này, sau, không hạn
	Waiting      []Work      // reported by him, waits for another's word
	ForInfo      []Noted     // sent to him to know of, not opened yet
	Empty        string      // what to say when there is nothing at all
}

// Decision is something that waits for a leader's word.
type Decision struct {
	Kind    string // "Cho ý kiến", "Xin gia hạn", "Xác nhận kết thúc", "Trả lại", "Hủy số đến"
	Href    string
	Number  string
	Subject string
	From    string // "Văn phòng UBND tỉnh" or "ông Lý Thanh Hải"
	Words   string // "xin lùi hạn từ 25/11/2026 đến 30/11/2026: chờ số liệu các huyện"
	Since   string // "trình từ 08:10 hôm nay"
	Urgency Urgency
	Over    bool
	Buttons []Button // settled here; the first is the main one
}

// QueueRow is one document that waits for the clerk.
type QueueRow struct {
	Href     string
	Number   string // arrival number if it has one
	Notation string
	Subject  string
	Issuer   string
	Urgency  Urgency
	Step     string // "Chờ vào sổ", "Chờ trình", "Chờ chuyển"
	Since    string // "08:10, 23/11/2026"
	Age      string // "đã 1 ngày"
	Limit    string // "hết hạn trình 17:00 hôm nay"
	Over     bool   // past the legal limit: red
	Next     string // words of the link: "Trình lãnh đạo"
}

// Queue is the clerk's "sổ chờ", by urgency, then age. GET /van-ban-den/cho
type Queue struct {
	Frame
	Sentence Sentence // "3 văn bản chờ vào sổ, " + "1 văn bản quá hạn trình" + "."
	Rows     []QueueRow
	Pager    Pager
}

// Health is one matter of the installation.
type Health struct {
	Label  string // "Sao lưu"
	Words  string // "lần cuối 02:00 hôm nay, 412 MB"
	Tone   Tone
	Href   string
	Action string // words of the link
}

func (Home) Template() string  { return "home" }
func (Queue) Template() string { return "queue" }
