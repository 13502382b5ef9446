// SPDX-License-Identifier: Apache-2.0

package task

import (
	"context"
	"errors"
	"time"

	"soviec/kit/civil"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/org"
)

var errSoon = errors.New("task: not yet")

func Preview(d *org.Directory, at time.Time, by int64, o Order) (warnings []string, err error) {
	return nil, errSoon
}
func Give(a *journal.Act, o Order) (Work, error) { return Work{}, errSoon }
func AssignInside(a *journal.Act, share, person int64, coop []Assignee, due civil.Date, text string) (warnings []string, err error) {
	return nil, errSoon
}
func See(a *journal.Act, share int64) error                                     { return errSoon }
func Start(a *journal.Act, share int64) error                                   { return errSoon }
func Report(a *journal.Act, share int64, result, answer string) error           { return errSoon }
func Confirm(a *journal.Act, share int64, note string) error                    { return errSoon }
func SendBack(a *journal.Act, share int64, reason string, due civil.Date) error { return errSoon }
func Reopen(a *journal.Act, work int64, reason string, due civil.Date) error    { return errSoon }
func AskExtension(a *journal.Act, share int64, on civil.Date, reason string) (request int64, err error) {
	return 0, errSoon
}
func DecideExtension(a *journal.Act, request int64, grant bool, on civil.Date, answer string) error {
	return errSoon
}
func AskReturn(a *journal.Act, share int64, reason string) (request int64, err error) {
	return 0, errSoon
}
func DecideReturn(a *journal.Act, request int64, grant bool, answer string) error { return errSoon }
func ChangeDue(a *journal.Act, share int64, on civil.Date, reason string) (warnings []string, err error) {
	return nil, errSoon
}
func ChangeLead(a *journal.Act, work int64, to Assignee, reason string) (warnings []string, err error) {
	return nil, errSoon
}
func AddShare(a *journal.Act, work int64, role Role, to Assignee, reason string) (warnings []string, err error) {
	return nil, errSoon
}
func RemoveShare(a *journal.Act, share int64, reason string) error        { return errSoon }
func Cancel(a *journal.Act, work int64, reason string) error              { return errSoon }
func Urge(a *journal.Act, shares []int64, kind, text string) (int, error) { return 0, errSoon }
func Sweep(a *journal.Act, day civil.Date) (int, error)                   { return 0, errSoon }

// DefaultDue proposes the due date by urgency (agency defaults).
func DefaultDue(d *org.Directory, urgency int, receivedAt time.Time) Due { return Due{} }

// A Piece is a share as lists and the board show it, joined with its work.
type Piece struct {
	Share, Work, Parent        int64
	Title, Source              string
	Role                       Role
	State                      State
	Unit, Person, Holder       int64
	Giver, Field               int64
	Urgency                    int
	OuterFirst, OuterOn, DueOn civil.Date
	DueAt, GivenAt, SeenAt     time.Time
	ReportedAt, DoneAt         time.Time
	Urged, Extended, Reworked  int
	Held                       []Holding // on the board only
}

type Standing string

const (
	StandsLate    Standing = "late"    // quá hạn
	StandsSoon    Standing = "soon"    // sắp đến hạn
	StandsOpen    Standing = "open"    // còn hạn
	StandsUndated Standing = "undated" // không định ngày
	StandsWaiting Standing = "waiting" // đã báo cáo đúng hạn, chờ xác nhận
)

type Counts struct{ Open, Late, Soon, Undated, Waiting int } // Open = all of them
type Tile struct {
	*Piece
	Standing Standing
	DaysLate int // working days
}
type Row struct { // one officer
	Person int64
	Counts
	Tiles []Tile // late first, by due
}
type Block struct { // one unit
	Unit int64
	Counts
	Rows []Row
}
type View struct {
	Counts
	LateHolders int // officers with something late
	Blocks      []Block
}
type Scope struct { // union
	All    bool
	Units  []int64
	Person int64
}
type Filter struct {
	Unit, Giver, Field, Person int64
	Standing                   Standing
}

func ScopeOf(x org.Rights) Scope { return Scope{} }

type Picture struct{ Version int64 } // last task entry's seq

func (p *Picture) View(d *org.Directory, now time.Time, s Scope, f Filter) View { return View{} }
func (p *Picture) Until(d *org.Directory, now time.Time) time.Time              { return time.Time{} } // until when a View of now stays the same

type Board struct{}

func NewBoard(b *journal.Book) *Board                                   { return &Board{} }
func (b *Board) Of(ctx context.Context, agency int64) (*Picture, error) { return nil, errSoon }

func Get(r store.Reader, agency, work int64) (Work, error)                 { return Work{}, errSoon }
func GetShare(r store.Reader, agency, share int64) (Work, error)           { return Work{}, errSoon } // the work that holds the share
func OfSource(r store.Reader, agency int64, source string) ([]Work, error) { return nil, errSoon }
func MayRead(x org.Rights, w Work) bool                                    { return false }
func Mine(r store.Reader, agency, person int64) ([]Piece, error)           { return nil, errSoon }
func ForInfo(r store.Reader, agency, person int64) ([]Piece, error)        { return nil, errSoon }
func OfUnit(r store.Reader, agency, unit int64) ([]Piece, error)           { return nil, errSoon }
func GivenBy(r store.Reader, agency, giver int64) ([]Piece, error)         { return nil, errSoon }
func FinishedBy(r store.Reader, agency, person int64, before time.Time, limit int) ([]Piece, error) {
	return nil, errSoon
}
func Waiting(r store.Reader, d *org.Directory, person int64, day civil.Date) ([]Piece, error) {
	return nil, errSoon
}

// An Asking is an open request with the share it is about.
type Asking struct {
	Request
	Piece
}

func Askings(r store.Reader, agency, decider int64) ([]Asking, error) { return nil, errSoon }
func Requests(r store.Reader, agency, work int64) ([]Request, error)  { return nil, errSoon }
func Dues(r store.Reader, agency, work int64) ([]DueRow, error)       { return nil, errSoon }
func Urgings(r store.Reader, agency, work int64) ([]Urging, error)    { return nil, errSoon }
func Holdings(r store.Reader, agency int64, shares []int64) (map[int64][]Holding, error) {
	return nil, errSoon
}

// A Part is how long one holder had a share, in working time.
type Part struct {
	Person, Unit int64
	Worked       time.Duration // until the due instant
	Late         time.Duration // after it
}

func Split(cal *civil.Calendar, held []Holding, due, now time.Time) []Part { return nil }

// A Move is a promised day that a changed calendar would compute otherwise.
type Move struct {
	Piece
	Now civil.Date
	Why string
}

func Moves(r store.Reader, agency int64, next *civil.Calendar) ([]Move, error) { return nil, errSoon }
func ApplyMoves(a *journal.Act, shares ...int64) (int, error)                  { return 0, errSoon }
func Check(r store.Reader, agency int64, report func(string)) error            { return nil }

// A Past is a piece of work of an earlier register.
type Past struct {
	Title, Source  string
	Field          int64
	Urgency        int
	Giver          int64
	Lead           Assignee
	GivenAt        time.Time
	Due            civil.Date
	DoneAt         time.Time // zero = still open
	Result, Answer string
}

func TakeOver(a *journal.Act, p Past) (Work, error) { return Work{}, errSoon }
