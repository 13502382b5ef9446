// SPDX-License-Identifier: Apache-2.0

package view

// SigningDesk is where a leader signs: what waits for his signature, each document shown,
// ticked one by one, then one key for all. GET /ky-so; one document: GET /ky-so/{id}.
// Fields: paper… (ids), sha_ID, way (a SigningWay), file (PKCS#12), account, secret; of a
// single document also page, x, y, w (millimetres). POST /ky-so.
type SigningDesk struct {
	Frame
	Back     *Crumb
	Sentence string
	Notices  []Banner
	Papers   []SigningPaper
	More     string // "Còn 12 văn bản nữa: hãy ký các văn bản này trước."
	Single   bool
	Form     Form
	Ways     []SigningWay
	Profile  string // where picture and key are set
	Picture  bool   // he has a picture of his signature
	Now      []SigningLink
	MayPC    bool // the signing service of the PC can be used
}

// SigningLink is a signing that goes on, or has just ended.
type SigningLink struct{ Label, Href, Note string }

// SigningPaper is one document that waits for the signature.
type SigningPaper struct {
	ID, SHA, Type, Subject string
	Urgency                Urgency
	Href                   string // its own page: reading, returning, refusing
	Desk                   string // alone on the signing desk
	Facts                  []Fact
	Pages                  []SigningPage // all of them; the one of the signature is Spot'ed
	Signed                 SigningPage   // the page that will bear the signature
	Ticked                 bool
	Waits                  *Link // its signature is under way
}

// SigningPage is the picture of one page.
type SigningPage struct {
	Number, Src   string
	Width, Height string // millimetres
	Spot          *SigningSpot
}

// SigningSpot is where the picture of the signature stands on the page, in millimetres.
type SigningSpot struct{ X, Y, W, H, Src string }

// SigningWay is a place where a key is.
type SigningWay struct {
	Value, Label, Note string
	File               bool   // a key file is given
	Account            string // words of the account to be typed; "" none
	Secret             string // words of the passphrase or PIN; "" none
	PC                 bool   // needs the signing service of this PC
}

// SigningRun is one asking of a key with what became of each document; it may be left and
// reloaded. GET /ky-so/lan/{id}, POST …/thoi gives up what still waits.
type SigningRun struct {
	Frame
	Back     *Crumb
	Heading  string
	Sentence string
	Note     string // what to do where the key is
	Address  string
	Running  bool
	Done     int
	Total    int
	Rows     []SigningPart
	Again    string // the desk with those that failed
	PC       *SigningPC
}

// SigningPart is one document of an asking.
type SigningPart struct {
	Title, Href, State, Why string
	Tone                    Tone
	Running                 bool
	Session                 string // of a document for the signing service of the PC
}

// SigningPC is what the page tells the signing service of the PC.
type SigningPC struct {
	Address string // where one-time addresses are made: POST session
	Act     string // SignApproved
}

// SigningProfile is what a person signs with. GET /tai-khoan/ky-so. POST …/hinh: picture
// (PNG), wide; …/bo-hinh; …/khoa: file, secret, again; …/bo-khoa; …/tu-xa: remote.
type SigningProfile struct {
	Frame
	Picture  string // its address; "" none
	Wide     string
	KeyName  string
	KeyWords string // of the certificate: whose, until when
	Keys     []Fact // of the person in the register of keys
	Form     Form
	Which    string // the form that was refused: hinh, khoa, tu-xa
	Files    bool   // key files may be used here
	Remote   bool   // there are remote keys
	Account  string
}

func (SigningDesk) Template() string    { return "signing-desk" }
func (SigningRun) Template() string     { return "signing-run" }
func (SigningProfile) Template() string { return "signing-profile" }
