// SPDX-License-Identifier: Apache-2.0

package view

// Dossiers lists work dossiers. GET /ho-so-cong-viec; query: xem, nam, don-vi, nhom, after.
type Dossiers struct {
	Frame
	Archive bool // the desk of the agency's archive may be entered
	Ways    []Way
	Heading string
	Aside   string
	Filters []Filter
	Kept    []Option
	Rows    []DossierRow
	Empty   string
	MayOpen bool
	ToSign  int // receipts of dossiers taken over that wait for the visitor's signature
	// Hand is the form that offers ticked dossiers to the archive: POST /ho-so-cong-viec/nop
	// with dossier (repeated), boxes, metres, condition; nil when there is nothing to offer.
	Hand  *Form
	Pager Pager
}

// DossierRow is one dossier in a list.
type DossierRow struct {
	ID, Href, Number, Title, Keeper, State, Term, Docs, Due string
	Late                                                    bool
	Mine                                                    bool // may be handed to the archive
}

// DossierFigures are the dossiers of the units in numbers (R9); every number opens its
// list. GET /ho-so-cong-viec/tinh-hinh.
type DossierFigures struct {
	Frame
	Ways    []Way
	Heading string
	Filters []Filter
	Rows    []FigureRow
}

// FigureRow is one unit.
type FigureRow struct {
	Name  string
	Cells []FigureCell
}

// FigureCell is one number; it opens the list behind it unless it is nothing.
type FigureCell struct {
	Label, Href string
	Count       int
	Late        bool
}

// DossierNew opens a dossier outside the list. GET /ho-so-cong-viec/moi, POST /ho-so-cong-viec
// with notation, title, term, rule, start, construction, note, file (a reference to be filed).
type DossierNew struct {
	Frame
	Form  Form
	Rules []Group
	Ref   string
	About string
}

// Dossier is one dossier. GET /ho-so-cong-viec/{id}; POST /ho-so-cong-viec/{id}/{act}. Forms
// hold what the reader may do, by the last word of the address:
//
//	mo            opens a planned one
//	sua           notation, title, term, rule, rights, note, construction
//	giay-to       type, number, day, author, subject, pages, files
//	lay-ra        item, why
//	ghi-chu       item, note, pages
//	xu-ly         finding, why
//	dong          ended
//	mo-lai        why
//	nguoi-giu     keeper
//	quyen         who; bo-quyen: who
//	giu-lai       until, reason; cho-giu, khong-cho-giu: answer
//	khoa, mo-khoa
type Dossier struct {
	Frame
	Back     *Crumb
	Address  string
	Number   string
	Title    string
	Standing string
	Notices  []Banner
	Facts    []Fact
	Findings []DossierFinding
	Ready    bool // nothing stands against closing
	Items    []DossierItem
	Empty    string
	Forms    map[string]*Form
	People   []Group
	Readable []Group // persons and units to whom it may be shown
	Rules    []Group
	Readers  []DossierReader
	Keep     string // a wish to keep it back that waits
	Prints   []Link
	Export   string
	Timeline Timeline
}

// DossierFinding is one thing to be settled before closing.
type DossierFinding struct {
	Key, Text, Label, Link string
	Ask                    bool // asks why
}

// DossierItem is one line of the index.
type DossierItem struct {
	ID, No, Number, Day, Title, Href, Kind, Author, Pages, Note string
	Count                                                       string // of its pages
	Auto                                                        bool
	Files                                                       []Link
}

// DossierReader is who may read the dossier beside those who may by their posts.
type DossierReader struct{ Who, Name string }

// DossierList is the yearly list. GET /danh-muc-ho-so?nam=2026; POST /danh-muc-ho-so/{year}/{act}:
//
//	lap       per_section, copy
//	de-muc    parent, title, abbr
//	them      heading, title, term, rule, keeper, note
//	nhan, bo  line
//	nhap      files (a sheet)
//	duyet     basis
type DossierList struct {
	Frame
	Year     int
	Years    []Noted
	Exists   bool
	CopyFrom int // last year's list is there to be copied
	Standing string
	Sums     string
	Sections []DossierSection
	Forms    map[string]*Form
	Headings []Option
	Large    []Option
	People   []Group
	Rules    []Group
	Prints   []Link
}

// DossierSection is a large section or a subsection with its lines.
type DossierSection struct {
	Number, Title, Abbr string
	Small               bool
	Lines               []DossierLine
}

// DossierLine is one line of the list.
type DossierLine struct {
	ID, Number, Title, Term, Keeper, Note, Href string
	Asked, Added                                string // "chờ Văn phòng xem", "bổ sung 05/06/2026"
	Decide, Drop                                bool
}

// ArchiveDesk is what waits for the archivist and for who guards dossiers. GET /luu-tru.
type ArchiveDesk struct {
	Frame
	Waiting      []DeskRow
	Rights       []DeskRight
	Expired      []DossierRow
	Propose      *Form // POST /luu-tru/huy with dossier, chair, member (repeated), secretary, reason
	People       []Group
	Destructions []DeskRow
	Done         []DeskRow
	Keeps        []DeskRow
	RulesHref    string
}

// DeskRow is one thing on the desk.
type DeskRow struct{ Href, Title, Aside, State string }

// DeskRight is a change of rights to be confirmed: POST /luu-tru/quyen/{id}.
type DeskRight struct{ ID, Href, Text, Aside string }

// Transfer is one transfer to the archive with its minutes. GET /luu-tru/nop/{id}; POST
// …/nhan, …/tra-lai (dossier, reason), …/ky.
type Transfer struct {
	Frame
	Title, Sentence, Address string
	Facts                    []Fact
	Lines                    []TransferLine
	Form                     Form
	MayJudge, MayConclude    bool
	Prints                   []Link
}

// TransferLine is one dossier of a transfer.
type TransferLine struct {
	ID, No, Number, Title, Href, Period, Term, Docs, Files, Decision, Reason string
	Ask                                                                      bool
}

// Destruction is a proposal to destroy. GET /luu-tru/huy/{id}; POST …/y-kien (dossier,
// destroy, reason), …/quyet-dinh (destroy, decision, spare).
type Destruction struct {
	Frame
	Title, Sentence, Address string
	Facts                    []Fact
	Lines                    []DestructionLine
	Form                     Form
	Vote                     bool
	Decide                   bool
}

// DestructionLine is one dossier with the council's opinions.
type DestructionLine struct {
	ID, Number, Title, Href, Period, Term, Outcome string
	Votes                                          []DestructionVote
	Mine                                           string // "yes", "no", ""
	Recommended                                    string
}

// DestructionVote is one member's opinion.
type DestructionVote struct{ Who, Words, Reason string }

// Retention is the table of periods. GET /luu-tru/thoi-han; POST with files; POST
// /luu-tru/thoi-han/{id} confirms a line; POST /luu-tru/thoi-han/ho-so/{id} with adopt (on) or
// why answers what the law changed for a dossier. Query: ngay, another day's edition.
type Retention struct {
	Frame
	Edition  string // "có hiệu lực ngày 24/11/2026"
	Editions []Noted
	Changed  []RetentionChange
	Answer   Form
	Form     Form
	MayEdit  bool
	Groups   []RetentionGroup
	Unsure   int
}

// RetentionChange is a dossier whose line of the table says something else since it was opened.
type RetentionChange struct{ ID, Href, Number, Title, Was, Now string }

// RetentionGroup is the lines of one group.
type RetentionGroup struct {
	Title string
	Rows  []RetentionRow
}

// RetentionRow is one line.
type RetentionRow struct {
	ID, Code, Text, Term, Source, From string
	Unsure                             bool
}

// FileInto puts something into a dossier from its own page: POST /ho-so-cong-viec/dua-vao with
// ref, dossier, back.
type FileInto struct {
	Form  Form
	Ref   string
	Back  string
	Into  []Option
	Where []Link // where it lies already
}

func (Dossiers) Template() string       { return "dossiers" }
func (DossierFigures) Template() string { return "dossier-figures" }
func (DossierNew) Template() string     { return "dossier-new" }
func (Dossier) Template() string        { return "dossier" }
func (DossierList) Template() string    { return "dossier-list" }
func (ArchiveDesk) Template() string    { return "archive-desk" }
func (Transfer) Template() string       { return "transfer" }
func (Destruction) Template() string    { return "destruction" }
func (Retention) Template() string      { return "retention" }
