// SPDX-License-Identifier: Apache-2.0

package outgoing

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/document"
	"soviec/office/notice"
	"soviec/office/org"
)

// A CopyKind is the form of a certified copy by its abbreviation in the notation.
type CopyKind string

// The forms (Nghị định 30/2020/NĐ-CP Điều 25).
const (
	CopyWhole   CopyKind = "SY"  // sao y: complete and exact, from the original
	CopyOfCopy  CopyKind = "SL"  // sao lục: complete and exact, from a sao y
	CopyExcerpt CopyKind = "TrS" // trích sao: a part, from the original
)

// A Way is from what medium to what medium a copy is made.
type Way string

// The ways.
const (
	PaperPaper   Way = "pp"
	FilePaper    Way = "ep"
	PaperFile    Way = "pe"
	FileFile     Way = "ee"
	copyBodyMost     = 20_000
)

// CopyKinds and Ways are the choices with the words of the screen.
var (
	CopyKinds = []struct{ Code, Name string }{{"SY", "Sao y"}, {"SL", "Sao lục"}, {"TrS", "Trích sao"}}
	Ways      = []struct{ Code, Name string }{{"pp", "Từ bản giấy sang bản giấy"}, {"ep", "Từ bản điện tử sang bản giấy"}, {"pe", "Từ bản giấy sang bản điện tử"}, {"ee", "Từ bản điện tử sang bản điện tử"}}
)

// Electronic reports whether the copy is a file.
func (w Way) Electronic() bool { return w == PaperFile || w == FileFile }

// The states of a copy that no document has; it shares numbered, issued and number_void.
const (
	StateMade    State = "made"
	StateSigned  State = "signed"
	StateDropped State = "dropped"
)

// CopyStates are the states of a copy with the words of the screen.
var CopyStates = []struct {
	State State
	Name  string
}{
	{StateMade, "Chờ ký"}, {StateSigned, "Đã ký, chờ cấp số"}, {StateNumbered, "Đã cấp số, chờ đóng dấu"}, {StateIssued, "Đã phát hành"}, {StateVoid, "Đã hủy số"}, {StateDropped, "Không sao nữa"},
}

// RefCopy is the kind of subject of a certified copy.
const RefCopy = "copy"

// A CertifiedCopy is a copy that has the value of what it copies (bản sao; Điều 25–27).
type CertifiedCopy struct {
	ID           int64
	Kind         CopyKind
	Source       string // "outgoing/5", "incoming/12", "copy/3"
	Root         string // the document behind it
	SourceIsCopy bool   // what arrived is a sao y itself
	SourceLabel  string
	Way          Way
	Subject      string
	Part         string // of a trích sao: the text that is extracted
	Signer       int64
	SignerName   string
	Lines        []string
	Capacity     string
	Copies       int
	Recipients   []string
	State        State
	MadeBy       int64
	MadeAt       time.Time
	SignedOn     civil.Date
	Slot         int64
	Year         int
	Number       int64
	Label        string // "07/SY-BDT"
	Day          civil.Date
	Handed       string // the file that the agency's key was given
	Verdict      string
	IssuedAt     time.Time
	VoidReason   string
	VoidAskedBy  int64
	VoidBy       int64
	VoidAt       time.Time
	Version      int64
}

// Ref is the copy in the book.
func (c CertifiedCopy) Ref() string { return journal.Ref(RefCopy, c.ID) }

// Address is where its page is.
func (c CertifiedCopy) Address() string { return "/ban-sao/" + strconv.FormatInt(c.ID, 10) }

// Standing is the state in the words of the screen.
func (c CertifiedCopy) Standing() string {
	for _, x := range CopyStates {
		if x.State == c.State {
			return x.Name
		}
	}
	return ""
}

// Title names the copy in a sentence, before and after it has its number.
func (c CertifiedCopy) Title() string {
	if c.Label != "" {
		return c.Label
	}
	return CopyName(c.Kind) + " " + c.SourceLabel
}

// CopyName is a form in the words of the screen.
func CopyName(k CopyKind) string {
	for _, x := range CopyKinds {
		if x.Code == string(k) {
			return x.Name
		}
	}
	return string(k)
}

// A CopyPlan is what the clerk is asked to copy.
type CopyPlan struct {
	Kind         CopyKind
	Source       string
	SourceIsCopy bool
	Way          Way
	Part         string
	Signer       int64
	Copies       int
	Recipients   []string
	Text         *File // a scan of the paper, or a part as it was set anew
}

type copyData struct {
	State  State    `json:"state"`
	Kind   CopyKind `json:"kind,omitempty"`
	Source string   `json:"source,omitempty"`
	Slot   int64    `json:"slot,omitempty"`
	Number int64    `json:"number,omitempty"`
	SHA    string   `json:"sha,omitempty"`
	Key    string   `json:"key,omitempty"`
}

// origin is what is copied, as far as a copy needs it.
type origin struct{ label, subject, root string }

// sourceOf finds what is copied and asks whether it may be: only what is in force and
// left the agency or came in, and what the reader may read.
func sourceOf(r store.Reader, agency int64, x org.Rights, ref string) (o origin, copied CopyKind, err error) {
	kind, id, ok := journal.ParseRef(ref)
	if !ok {
		return o, "", errNoDocument
	}
	switch kind {
	case RefOutgoing:
		d, err := Get(r, agency, ReachOf(x), id)
		if err != nil {
			return o, "", err
		}
		if d.Frozen || d.State != StateIssued && d.State != StateFiled && d.State != StateSuperseded {
			return o, "", fault.Conflict("", "Không sao được văn bản "+d.Label+": "+strings.ToLower(d.State.Label())+". Chỉ sao văn bản đã phát hành và không bị thu hồi.")
		}
		return origin{d.Label + " ngày " + d.Day.VN(), d.Subject, ref}, "", nil
	case document.RefIncoming:
		d, err := document.Get(r, agency, document.ReachOf(x), id)
		if err != nil {
			return o, "", err
		}
		if d.Frozen || slices.Contains([]document.State{document.StateRecallAsked, document.StateRecalled, document.StateVoided}, d.State) {
			return o, "", fault.Conflict("", "Không sao được văn bản đến này: văn bản bị thu hồi, đã hủy số đến hoặc đang bị khóa.")
		}
		return origin{d.NumberRaw + " của " + d.IssuerName, d.Subject, ref}, "", nil
	case RefCopy:
		c, err := copyByID(r, agency, id)
		if err != nil {
			return o, "", err
		}
		if c.State != StateIssued {
			return o, "", fault.Conflict("", "Chỉ sao lục từ bản sao y đã phát hành.")
		}
		root, _, err := sourceOf(r, agency, x, c.Root)
		return origin{c.Label + " (" + root.label + ")", c.Subject, c.Root}, c.Kind, err
	}
	return o, "", errNoDocument
}

// errSource says which copy is made from what (Điều 3 khoản 10, 11, 12; Điều 25).
func errSource(k CopyKind, fromCopy CopyKind) error {
	switch {
	case k == CopyOfCopy && fromCopy != CopyWhole:
		return fault.Invalid("kind", "Sao lục chỉ thực hiện từ bản sao y; từ bản gốc, bản chính thì sao y.")
	case k != CopyOfCopy && fromCopy != "":
		return fault.Invalid("kind", CopyName(k)+" chỉ thực hiện từ bản gốc hoặc bản chính; từ bản sao y thì sao lục.")
	}
	return nil
}

// MakeCopy enters a copy that is to be signed (làm bản sao): the clerk makes it, whoever
// is entitled that day signs (Điều 26 khoản 1: the head decides who copies and signs).
func MakeCopy(a *journal.Act, p CopyPlan) (CertifiedCopy, error) {
	if err := org.May(a, org.NumberOut, org.Target{}); err != nil {
		return CertifiedCopy{}, err
	}
	dir, err := org.DirectoryIn(a)
	if err != nil {
		return CertifiedCopy{}, err
	}
	from, copied, err := sourceOf(a, a.By.Agency, dir.Rights(a.By.Person, a.Day()), p.Source)
	if err != nil {
		return CertifiedCopy{}, err
	}
	if p.SourceIsCopy && copied == "" {
		copied = CopyWhole
	}
	c := CertifiedCopy{ID: a.NewID(), Kind: p.Kind, Source: p.Source, Root: from.root, SourceIsCopy: copied != "", SourceLabel: from.label, Way: p.Way, Subject: from.subject,
		Part: strings.TrimSpace(p.Part), Signer: p.Signer, SignerName: dir.Person(p.Signer).Name, Copies: max(p.Copies, 1), State: StateMade, MadeBy: a.By.Person, MadeAt: a.At, Version: 1}
	for _, r := range p.Recipients {
		if r = tidy(r); r != "" {
			c.Recipients = append(c.Recipients, r)
		}
	}
	errs := []error{c.check(p)}
	if CopyName(c.Kind) != string(c.Kind) {
		errs = append(errs, errSource(c.Kind, copied))
	}
	as, err := CopySigner(dir, c.Signer, c.Kind, a.Day())
	if err := fault.Join(append(errs, err)...); err != nil {
		return c, err
	}
	c.Lines, c.Capacity = as.Lines, string(as.Code)
	if err := insertCopy(a, c); err != nil {
		return c, err
	}
	if p.Text != nil {
		if err := insertCopyFile(a, c.ID, "text", *p.Text); err != nil {
			return c, err
		}
	}
	a.Note(journal.Entry{Kind: CopyMade, Subject: c.Ref(), Data: copyData{State: c.State, Kind: c.Kind, Source: c.Source}})
	return c, tellCopy(a, c.Signer, c, CopyMade, "Văn thư trình ký bản sao: "+c.Title()+".")
}

func (c CertifiedCopy) check(p CopyPlan) error {
	var errs []error
	wrong := func(field, text string) { errs = append(errs, fault.Invalid(field, text)) }
	if CopyName(c.Kind) == string(c.Kind) {
		wrong("kind", "Hãy chọn hình thức sao: sao y, sao lục hoặc trích sao.")
	}
	switch {
	case c.Way != PaperPaper && c.Way != FilePaper && c.Way != PaperFile && c.Way != FileFile:
		wrong("way", "Hãy chọn sao từ bản giấy hay bản điện tử.")
	case c.Way == FileFile && c.Kind != CopyExcerpt:
		wrong("way", "Chỉ trích sao mới làm từ bản điện tử sang bản điện tử; văn bản điện tử thì gửi chính tệp đã ký số (Điều 25).")
	case c.Way == PaperFile && c.Kind != CopyExcerpt && p.Text == nil:
		wrong("files", "Hãy chọn bản quét màu, từ 200 dpi, của bản giấy.")
	}
	switch {
	case c.Kind == CopyExcerpt && utf8.RuneCountInString(c.Part) < 5:
		wrong("part", "Hãy nhập nguyên văn phần nội dung được trích sao.")
	case c.Kind != CopyExcerpt && c.Part != "":
		wrong("part", "Sao y, sao lục phải đầy đủ nội dung; chỉ trích sao mới lấy một phần.")
	case len(c.Part) > copyBodyMost:
		wrong("part", "Phần trích quá dài; hãy sao y cả văn bản.")
	}
	if c.Copies > 999 {
		wrong("copies", "Số bản từ 1 đến 999.")
	}
	if len(c.Recipients) > 100 {
		wrong("recipients", "Không quá 100 nơi nhận.")
	}
	return fault.Join(errs...)
}

// CopySigner is how a person signs copies on a day, or why not.
func CopySigner(dir *org.Directory, person int64, k CopyKind, day civil.Date) (org.Capacity, error) {
	as, err := dir.CapacityFor(person, "", 0, string(k), day)
	if err == nil && !dir.Rights(person, day).May(org.SignCopy, org.Target{}) {
		err = fault.Invalid("signer", dir.Person(person).Polite()+" không được giao ký bản sao.")
	}
	if err != nil {
		return as, fault.Invalid("signer", fault.Text(err))
	}
	return as, nil
}

func tellCopy(a *journal.Act, person int64, c CertifiedCopy, kind, text string) error {
	_, err := notice.Tell(a, notice.Item{Person: person, Matter: c.Ref(), Kind: kind, Text: text, Link: c.Address()})
	return err
}
