// SPDX-License-Identifier: Apache-2.0

package view

// OutgoingList is the register of what goes out, on screen. GET /van-ban-di
type OutgoingList struct {
	Frame
	Sentence string
	Filters  []Filter
	Query    string // GET parameter q
	Rows     []OutgoingRow
	Pager    Pager
	Troubles bool   // link /van-ban-di/chua-den
	Queue    int    // what waits for the clerk: link /van-ban-di/cho; -1 hides it
	CanPrint bool   // link /van-ban-di/in
	SheetCSV string // addresses of the list as a file
	SheetXL  string
	Empty    string
}

// OutgoingRow is one line of the register.
type OutgoingRow struct {
	Href    string
	Label   string // "05/QĐ-BDT"
	Day     string
	Type    string
	Subject string
	Urgency Urgency
	Unit    string
	Signer  string
	Places  string
	State   State
	Status  string
	Over    bool
}

// OutgoingQueue is the clerk's "sổ chờ phát hành". GET /van-ban-di/cho; each line is a form
// posted to Action: number and date are proposed, one key leads to the next.
// Fields of numbering: day, slot, body.
type OutgoingQueue struct {
	Frame
	Sentence Sentence
	Rows     []OutgoingWait
	Kept     []OutgoingKept
	Reserve  *ReserveForm
	Failed   *Form // what was refused last
	Keys     bool  // the register of keys may be opened
	Seal     *SealForm
}

// SealForm numbers and seals what is ticked, in one confirmation. POST /van-ban-di/cho/ky:
// paper ("draft/5", "outgoing/7", "copy/3"), way, file, secret, account.
type SealForm struct {
	Form  Form
	Ways  []SealWay
	Words string // what is missing before the program can seal
}

// SealWay is where the agency's key is.
type SealWay struct {
	Value, Label, Note string
	File               bool
	Secret, Account    string // what is typed there, in words; "" for nothing
}

// SealRun is one confirmation: what became of each file. GET /ky-so-co-quan/{ids}; what is
// sealed is issued by POST /van-ban-di/cho/phat-hanh: doc.
type SealRun struct {
	Frame
	Address     string
	Heading     string
	Running     bool
	Done, Total int
	Rows        []SealRow
	Ready       []string // sealed, not issued
}

// SealRow is one file of it.
type SealRow struct {
	Title, Href, State, Why string
	Tone                    Tone
}

func (SealRun) Template() string { return "seal-run" }

// OutgoingWait is one thing that waits for the clerk.
type OutgoingWait struct {
	Href     string
	Action   string // where the step is posted; empty leads to the page
	Step     string // "Chờ cấp số"
	Next     string // "Cấp số 06/QĐ-BDT"
	Day      string // proposed date; empty asks for none
	Label    string
	Subject  string
	Unit     string
	Urgency  Urgency
	Age      string
	Limit    string
	Over     bool
	First    bool // takes the focus: the key "Enter" does it
	Key      string
	Possible []Option // kept numbers that fit
	Bodies   []Option // councils with numbers of their own
	Paper    string   // what is ticked to be sealed; empty where the program does not seal
	Ticked   bool
}

// OutgoingKept is a number that is kept or may be inserted. POST /van-ban-di/so/{id}/tha: reason.
type OutgoingKept struct{ ID, Number, Series, Until, Reason string }

// ReserveForm keeps a number. POST /van-ban-di/giu-so: type, unit, reason.
type ReserveForm struct {
	Form  Form
	Types []Option
	Units []Option
}

// Outgoing is the page of one outgoing document: file left, card right. What the person may
// not do is nil. Forms are posted to Address + a noun:
//
//	/dong-dau          Stamp (paper seal)
//	/lay-tep           Prepare (takes the file to the agency's key)
//	/ky-so             Sealed: files
//	/noi-nhan          Recipients: name-N, channel-N, address-N, copies-N, purpose-N
//	/phat-hanh         Issue
//	/gui-buu-dien      Post: to…, envelopes, receipt, note
//	/nhan/{n}          deliveries: state, reason; again
//	/huy-so            Void: reason; /huy-so/duyet, /huy-so/bac VoidRequest
//	/thu-hoi           Recall: reason, due_on, by; /thu-hoi/xong
//	/tra-loi/{n}       answer of a recipient: agreed, reason
//	/dinh-chinh, /thay-the  Correct, Replace: by
//	/lap-ho-so         FileAway: dossier
//	/goi               Packet: makes a packet with a passphrase
//	/ban-luu           Lend: borrower, person, purpose, due_on, allowed_by, dossier; /ban-luu/{id} takes it back
type Outgoing struct {
	Frame
	Back       *Crumb
	Address    string
	Label      string
	Type       string
	Subject    string
	Standing   string
	State      State
	Status     string
	Urgency    Urgency
	Notices    []Banner
	Facts      []Fact
	Files      []File
	Viewer     string
	NoFile     string
	Deliveries []OutgoingDelivery
	Answers    []Noted
	Related    []Noted
	Prints     []Link

	Stamp       *Form
	Prepare     *Form
	PrepareHref string // the file that was handed out
	Sealed      *FileForm
	Recipients  *RecipientsForm
	Issue       *Form
	Post        *PostForm
	Void        *ReasonForm
	VoidRequest *Request
	Recall      *RecallForm
	FinishForm  *Form
	Correct     *ReasonForm
	Replace     *ReasonForm
	FileAway    *ReasonForm
	Into        *FileInto // puts it into a work dossier
	Loans       []OutgoingLoan
	Lend        *LendForm
	Packet      *PacketForm
	Passphrase  string // shown once, on the page that follows its making
	Timeline    Timeline
}

// OutgoingDelivery is one recipient with how far it came.
type OutgoingDelivery struct {
	N       string
	Name    string
	Purpose string
	Channel string
	Status  string
	At      string
	Reason  string
	Receipt string // who opened it first, and when
	Late    bool
	Answer  string   // to a recall
	Next    []Option // states the clerk may note
	Again   bool
	MayTell bool // may say what it answers to a recall
}

// RecipientsForm changes to whom it goes, before it goes.
type RecipientsForm struct {
	Form     Form
	Rows     []RecipientRow
	Channels []Option
	Purposes []Option
	Groups   []Option // may be added: field group
}

// RecipientRow is one recipient in the form.
type RecipientRow struct {
	N, Name, Channel, Address, Copies, Purpose, Kind, Ref string
	Party                                                 string // of a group: its members get it, each in its own way
	Packed                                                bool
}

// PostForm notes what was handed to the post.
type PostForm struct {
	Form Form
	To   []Option
}

// OutgoingLoan is somebody who uses or used the kept copy.
type OutgoingLoan struct {
	ID      string // of what may be taken back now; empty otherwise
	Text    string
	Note    string
	Over    bool
	Allowed string
}

// PacketForm makes the packet for those who get one with a passphrase by e-mail.
type PacketForm struct {
	Form Form
	Made bool
	For  string // their names
}

// LendForm lets somebody use the kept copy.
type LendForm struct {
	Form    Form
	People  []Group
	Allowed []Option
	Days    []Option
}

// RecallForm asks a document back.
type RecallForm struct {
	Form Form
	Days []Option
}

// OutgoingBooks asks which book, and shows what stands in it. GET /van-ban-di/in; the form is a
// GET to /van-ban-di/so with book (series id, "post", "use"), from, to, first, last, format.
type OutgoingBooks struct {
	Frame
	Form     Form
	Books    []Option
	Lockable []Option // those that are locked here, by number
	Year     string
	Years    []Option
	MayLock  bool
	Printed  string
	Report   []SeriesRow
}

// SeriesRow is one line of the examination of the books (R7).
type SeriesRow struct {
	Name, From, To                 string
	Used, Void, Reserved, Inserted int
	Missing                        string
	Href                           string
}

// SeriesSettings is how documents are numbered. GET /quan-tri/danh-so. Forms: mode (year, mode, apart…),
// begin (type, start, day, note), council (name, abbr, basis), abbr (unit, abbr, from, afresh, basis),
// insert (book, number, suffix, day, reason).
type SeriesSettings struct {
	Frame
	Now      string // "Năm 2026: riêng một số loại…"
	Mode     Form
	Modes    []Option
	Years    []Option
	Types    []Option
	Begin    Form
	Councils []SeriesCouncil
	Council  Form
	Abbrs    []Noted
	Abbr     Form
	Units    []Option
	Insert   *Form
	Books    []Option
	Report   []SeriesRow
	MaySet   bool
}

// SeriesCouncil is a council with numbers of its own.
type SeriesCouncil struct {
	Name, Abbr, From, To string
	ID                   string
	End                  *Form // POST /quan-tri/danh-so/thoi-hoi-dong: council, to
}

func (OutgoingList) Template() string   { return "outgoing-list" }
func (OutgoingQueue) Template() string  { return "outgoing-queue" }
func (Outgoing) Template() string       { return "outgoing" }
func (OutgoingBooks) Template() string  { return "outgoing-books" }
func (SeriesSettings) Template() string { return "series-settings" }
