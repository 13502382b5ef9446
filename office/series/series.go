// SPDX-License-Identifier: Apache-2.0

// Package series is the numbers of what the agency issues: their order, their gaps and their notation.
//
// May enter: series of a year, numbers taken, kept, inserted and voided, abbreviations valid on a day, councils with their own numbers.
// May not: what is numbered (that is outgoing's), files, HTTP.
package series

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/org"
)

// A Direction is what a series numbers.
type Direction string

// The directions.
const (
	Out  Direction = "out"  // văn bản đi
	Copy Direction = "copy" // bản sao: one series of the year for all three kinds (Phụ lục I phần II)
	Body Direction = "body" // hội đồng, ban chỉ đạo mang tên riêng (Điều 15.3)
)

// A Mode is how the administrative documents of a year are numbered (Điều 15.3: the
// head of the agency decides).
type Mode string

// The modes.
const (
	Common   Mode = "common"   // all types in one series
	Separate Mode = "separate" // each type in its own
	Mixed    Mode = "mixed"    // some types apart, the rest together
)

// Modes are the modes with the words of the screen.
var Modes = []struct {
	Mode Mode
	Name string
}{
	{Common, "Đánh số chung cho mọi loại"}, {Separate, "Đánh số riêng từng loại"}, {Mixed, "Riêng một số loại, còn lại đánh số chung"},
}

// ApartByDefault are the types numbered apart in mixed mode until the agency decides.
var ApartByDefault = []string{"QĐ", "CT", "QC", "QyĐ", "HD"}

// A Rule is how a year is numbered.
type Rule struct {
	Year  int
	Mode  Mode
	Apart []string // in mixed mode: codes of types
	SetBy int64    // 0: nobody decided, this is the program's default
	SetAt time.Time
}

// Scope is the series that a type belongs to.
func (x Rule) Scope(kind string) string {
	if x.Mode == Separate || x.Mode == Mixed && slices.Contains(x.Apart, kind) {
		return kind
	}
	return "all"
}

// A Kind is a type of document as its notation needs it.
type Kind struct {
	Code string // "QĐ"; of a copy "SY", "SL", "TrS"
	Abbr string // "" for công văn: its notation begins with the agency (Phụ lục I)
}

// A Series is one row of numbers in one year.
type Series struct {
	ID        int64
	Direction Direction
	Scope     string // "all", the code of a type, or the identifier of a body
	Year      int
	Edition   int // 0; 1 after the agency began afresh in the year, as a new legal person
	Start     int64
	Last      int64 // the number given last; Start-1 before the first
	LastDay   civil.Date
	Closed    bool
	Note      string // why it did not begin at 1
	Scan      string // the last page of the paper register
}

// A State is what became of a number.
type State string

// The states of a slot.
const (
	StateReserved State = "reserved"
	StateUsed     State = "used"
	StateVoid     State = "void"
)

// A Slot is one number that was taken, whatever became of it.
type Slot struct {
	ID       int64
	Series   int64
	Year     int
	Number   int64
	Suffix   string // số phụ: "a", "bis"
	State    State
	Day      civil.Date // the date of the document
	Label    string     // "05/QĐ-BDT", once used
	Subject  string     // what bears it: "outgoing/12"
	Inserted bool
	WentOut  bool // shown outside the agency: never given again
	By       int64
	Until    time.Time // of a reserved one
	Reason   string
	At       time.Time
}

// Text is the number as printed: 01…09, then as it is (Phụ lục I mục II.3).
func (s Slot) Text() string { return Text(s.Number) + s.Suffix }

// Text writes a number of a document: below 10 with a leading zero, no other padding.
func Text(n int64) string {
	if n < 10 {
		return "0" + strconv.FormatInt(n, 10)
	}
	return strconv.FormatInt(n, 10)
}

// RefSlot and RefSeries are the kinds of subject of this room in the book.
const (
	RefSlot   = "number"
	RefSeries = "series"
)

// Ref is the slot in the book.
func (s Slot) Ref() string { return journal.Ref(RefSlot, s.ID) }

// A Backdate refuses a date before that of the number given last (E-BACKDATE): numbers
// run in the order and chronology of issue (Điều 15.1).
type Backdate struct {
	Last  civil.Date
	fault *fault.Error
}

func (b *Backdate) Error() string { return b.fault.Error() }

// Unwrap gives the sentence for the person.
func (b *Backdate) Unwrap() error { return b.fault }

func backdated(last civil.Date) error {
	return &Backdate{Last: last, fault: &fault.Error{Kind: fault.KindInvalid, Field: "day",
		Text: "Ngày văn bản không được trước ngày của số liền trước (" + last.VN() + "). Cần ngày sớm hơn thì phải xin chèn số."}}
}

// An Ask is a number that is wanted.
type Ask struct {
	Direction Direction
	Kind      Kind
	Body      int64      // of a council: its identifier
	Unit      int64      // of a công văn: the unit in the notation
	Day       civil.Date // zero: the day of the act
	Subject   string     // what will bear it
	// Key makes a second asking of the same give the same number.
	Key string
	// Slot is a number that was kept or allowed to be inserted before.
	Slot int64
	// Again takes the number given last once more, if it was voided before it left the agency.
	Again bool
}

// Take takes the next number of the series that the document belongs to, in the
// transaction of the act (documents.md 7.4): an act that fails gives it back, two acts
// at the same instant wait for each other at the series' row.
func Take(a *journal.Act, q Ask) (Slot, error) {
	if err := org.May(a, org.NumberOut, org.Target{}); err != nil {
		return Slot{}, err
	}
	if q.Subject == "" {
		return Slot{}, fault.Invalid("", "Chưa có văn bản để cấp số.")
	}
	day, err := q.day(a)
	if err != nil {
		return Slot{}, err
	}
	x, err := hold(a, q, day)
	if err != nil {
		return Slot{}, err
	}
	if q.Key != "" { // asked under the row's lock: whoever was first has it
		if there, err := slotByKey(a, a.By.Agency, q.Key); err != store.ErrNone {
			return there, err
		}
	}
	if x.Closed && q.Slot == 0 {
		return Slot{}, fault.Conflict("day", "Dãy số năm "+strconv.Itoa(x.Year)+" đã khóa.")
	}
	switch {
	case q.Slot != 0:
		return fill(a, q, x, day)
	case q.Again:
		return again(a, q, x, day)
	}
	if x.LastDay.After(day) {
		return Slot{}, backdated(x.LastDay)
	}
	return take(a, q, x, Slot{State: StateUsed, Day: day})
}

// day is the date that the document bears: that of the act, unless an earlier one of
// the same year is asked for. 31/12 is over at midnight (documents.md 7.7).
func (q Ask) day(a *journal.Act) (civil.Date, error) {
	day := q.Day
	switch {
	case day.IsZero() && q.Slot != 0:
		s, err := slotByID(a, a.By.Agency, q.Slot)
		return s.Day, err
	case day.IsZero():
		return a.Day(), nil
	case day.After(a.Day()):
		return day, fault.Invalid("day", "Ngày văn bản không được sau hôm nay.")
	case day.Year() != a.Day().Year() && q.Slot == 0:
		return day, fault.Invalid("day", fmt.Sprintf("Năm %d đã hết: số và ngày ghi theo ngày cấp số.", day.Year()))
	}
	return day, nil
}

// hold finds the series of what is asked, opening it when it is the first of its year,
// and locks its row until the act is over.
func hold(a *journal.Act, q Ask, day civil.Date) (Series, error) {
	scope, err := scopeOf(a, a.By.Agency, q, day)
	if err != nil {
		return Series{}, err
	}
	edition, err := editionOn(a, a.By.Agency, day)
	if err != nil {
		return Series{}, err
	}
	return lockSeries(a, q.Direction, scope, day.Year(), edition)
}

func scopeOf(r store.Reader, agency int64, q Ask, day civil.Date) (string, error) {
	switch q.Direction {
	case Copy:
		return "all", nil
	case Body:
		b, err := BodyOf(r, agency, q.Body)
		if err != nil {
			return "", err
		}
		if day.Before(b.From) || !b.To.IsZero() && !day.Before(b.To) {
			return "", fault.Invalid("body", "“"+b.Name+"” không hoạt động vào ngày "+day.VN()+".")
		}
		return strconv.FormatInt(b.ID, 10), nil
	case Out:
	default:
		return "", fmt.Errorf("series: no direction %q", q.Direction)
	}
	x, err := RuleOf(r, agency, day.Year())
	return x.Scope(q.Kind.Code), err
}

// take gives out the next number as a slot.
func take(a *journal.Act, q Ask, x Series, s Slot) (Slot, error) {
	s.ID, s.Series, s.Year, s.Number = a.NewID(), x.ID, x.Year, x.Last+1
	s.By, s.At, s.Subject = a.By.Person, a.At, q.Subject
	kind := Reserved
	if s.State == StateUsed {
		kind = Taken
		if err := s.name(a, q); err != nil {
			return s, err
		}
	}
	if err := advance(a, x.ID, s.Number, s.Day); err != nil {
		return s, err
	}
	if err := insertSlot(a, s, q.Key); err != nil {
		return s, err
	}
	a.Note(journal.Entry{Kind: kind, Subject: s.Ref(), Amount: s.Number, Data: s.data()})
	return s, nil
}

// name writes number and notation as they are printed.
func (s *Slot) name(a *journal.Act, q Ask) error {
	dir, err := org.DirectoryIn(a)
	if err != nil {
		return err
	}
	notation, err := notation(a, dir, q, s.Day)
	s.Label = s.Text() + "/" + notation
	return err
}

type slotData struct {
	Series int64      `json:"series"`
	Number int64      `json:"number"`
	Suffix string     `json:"suffix,omitempty"`
	Day    civil.Date `json:"day"`
	For    string     `json:"for,omitempty"`
}

func (s Slot) data() slotData {
	return slotData{Series: s.Series, Number: s.Number, Suffix: s.Suffix, Day: s.Day, For: s.Subject}
}

// tidy is one line of composed text without space at its ends.
func tidy(s string) string { return strings.Join(strings.Fields(norm.NFC.String(s)), " ") }
