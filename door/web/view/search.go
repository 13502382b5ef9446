// SPDX-License-Identifier: Apache-2.0

package view

// Search is the answer to a query. GET /tim?q=…&kind=…&year=…&after=…
type Search struct {
	Frame
	Query      string
	Count      string // "214 kết quả cho “quà Tết”", "hơn 1.000 kết quả …"
	Exact      []Hit  // the number typed exactly
	Hits       []Hit
	Works      []Hit // the newest works found beside documents, with how many there are
	WorksCount string
	WorksMore  *Link
	Beside     []FoundBeside // what was found of other kinds: outgoing documents, drafts, dossiers
	Kind       Select
	Year       Select
	Pager      Pager
	Advice     []string // what to try when there is nothing
	Recent     []Link   // before anything is typed: last seen
	Changed    string   // "Hiện cả kết quả không dấu."
}

// FoundBeside are the newest of one kind, with how many there are.
type FoundBeside struct {
	Heading, Count string
	Hits           []Hit
	More           *Link
}

// Hit is one found thing.
type Hit struct {
	Href     string
	Kind     string // Văn bản đến, Văn bản đi, Dự thảo, Công việc, Hồ sơ, Cán bộ, Đơn vị
	Number   string
	Title    []Piece // subject with marks
	Snippet  []Piece // from the file's text
	Meta     string  // "Văn phòng UBND tỉnh · 16/11/2026 · số đến 2.611"
	State    State
	Status   string
	Legacy   bool // văn bản chuyển từ hệ thống cũ
	FromFile bool // found in the text of the file
}

// Piece is a piece of text, marked where it was found.
type Piece struct {
	Text string
	Mark bool
}

// Notices is what one was told. GET /thong-bao; POST /thong-bao/da-doc with notice = id
// (repeated) or all=1. Live: GET /thong-bao/luong sends events "notice" with data {"unread": n, "text": "…"}.
type Notices struct {
	Frame
	Rows     []Notice
	Filter   Select // GET parameter show: "", unread
	Sentence string
	Pager    Pager
}

// Fresh says whether one of the notices shown has not been read.
func (n Notices) Fresh() bool {
	for _, r := range n.Rows {
		if r.Unread {
			return true
		}
	}
	return false
}

// Notice is one notice.
type Notice struct {
	ID, Href, Text, Detail, At string
	Tone                       Tone
	Unread                     bool
}

// Proof shows that an entry stands in the book. GET /so-nhat-ky/<seq>
type Proof struct {
	Frame
	Back       *Crumb
	Words      string // "Ông Lý Thanh Hải bắt đầu xử lý 1234/UBND-VX"
	At         string
	Seq        string
	Kind       string // task.started
	Entry      string // the entry with its fields named
	Record     string // the same as it is hashed, byte for byte
	Leaf       string // hash
	Path       []ProofStep
	Root       string
	Size       string // entries in the tree
	Checkpoint string // the signed text
	Signer     string
	Valid      bool
	Reason     string // when not valid
}

// ProofStep is one hash of the inclusion path.
type ProofStep struct {
	Side string // trái, phải
	Hash string
}

func (Search) Template() string  { return "search" }
func (Notices) Template() string { return "notices" }
func (Proof) Template() string   { return "proof" }
