// SPDX-License-Identifier: Apache-2.0

// Package task is work with an owner and a due day, and who is late.
//
// May enter: assign, accept, progress, extend, finish, return, remind, the leader's board.
// May not: registers of documents, HTTP.
package task

import (
	"strconv"
	"time"

	"soviec/kit/civil"
	"soviec/kit/journal"
)

// A Role is what a share has to do in a work.
type Role string

// The roles.
const (
	Lead Role = "lead" // chủ trì
	Coop Role = "coop" // phối hợp
	Info Role = "info" // để biết; without a due day
)

// Words is the role as the screen says it.
func (r Role) Words() string {
	return map[Role]string{Lead: "Chủ trì", Coop: "Phối hợp", Info: "Để biết"}[r]
}

// A State is how far a share has come. Late, due soon and unread are never states:
// they are computed from the day.
type State string

// The states.
const (
	StateGiven    State = "given"    // đã giao, chưa bắt đầu
	StateStarted  State = "started"  // đang xử lý
	StateReported State = "reported" // đã báo cáo, chờ xác nhận
	StateDone     State = "done"     // đã hoàn thành
	StateReturned State = "returned" // đã chuyển lại
	StateDropped  State = "dropped"  // đã hủy, đã rút
	StateInfo     State = "info"     // để biết
)

// Words is the state as the screen says it.
func (s State) Words() string {
	return map[State]string{
		StateGiven: "Chưa bắt đầu", StateStarted: "Đang xử lý", StateReported: "Chờ xác nhận",
		StateDone: "Đã hoàn thành", StateReturned: "Đã chuyển lại", StateDropped: "Đã hủy", StateInfo: "Để biết",
	}[s]
}

// Open reports whether there is still something to do.
func (s State) Open() bool { return s == StateGiven || s == StateStarted || s == StateReported }

// Priorities are the levels of priority with their words.
var Priorities = []string{"Thường", "Ưu tiên", "Trọng tâm"}

const maxPriority = 2

// The kinds of proof that end a work by themselves (evaluation.md 3.2).
const (
	ProofDocument = "document" // văn bản được phát hành
	ProofDossier  = "dossier"  // hồ sơ được trả kết quả
	ProofReport   = "report"   // báo cáo được nộp
)

var proofs = map[string]string{"": "Người giao xác nhận kết quả", ProofDocument: "Văn bản được phát hành",
	ProofDossier: "Hồ sơ được trả kết quả", ProofReport: "Báo cáo được nộp"}

// ProofWords is a kind of proof as the screen says it.
func ProofWords(kind string) string { return proofs[kind] }

// The states of a work.
const (
	WorkOpen    = "open"    // đang thực hiện
	WorkDone    = "done"    // đã hoàn thành
	WorkDropped = "dropped" // đã hủy hoặc đã chuyển lại
)

// An Order is work to be given (giao việc).
type Order struct {
	Title   string
	Source  string // where it comes from: "incoming/123"; "" for work of its own
	Field   int64  // area of work, 0 for none
	Urgency int    // 0 thường, 1 khẩn, 2 thượng khẩn, 3 hỏa tốc
	Text    string // the directive (ý kiến chỉ đạo), at most 2,000 characters
	Lead    Assignee
	Coop    []Assignee
	Info    []Assignee
	Due     Due
	// Priority orders work of one holder (mức ưu tiên): 0 thường, 1 ưu tiên, 2 trọng tâm.
	Priority int
	Product  Product
	Proof    string   // what ends the work by itself; "" = the giver accepts the result
	Links    []string // what else it has to do with: "incoming/123", "task/45"
	Files    []File   // handed out with the order
	// Parent is the share of which the work is a part (việc con): a superior's task goes
	// down to the officer step by step. It ends no later than the share and carries no
	// volume of its own.
	Parent int64
	// Giver is the leader in whose name the clerk or the chief of office distributes
	// by the agency's regulations (chuyển thẳng); 0 when the holder of the act gives.
	Giver int64

	proposed bool // comes from a proposal that was confirmed
}

// An Assignee is who carries a share: a unit, held by its head, or a person.
type Assignee struct {
	Unit   int64 // 0 = the unit of the person's main post
	Person int64 // 0 = the unit, through whoever heads it
	// Due is a cooperating share's own day, or the new lead's; zero = the work's.
	Due  civil.Date
	Text string // what this one has to do of it (phần việc); "" = the whole
	Part int    // share of the volume in ten thousandths; 0 = by the rule
}

// A Product is the kind of result from the agency's catalogue with what held when the
// work was given. The numbers are only kept here: a later catalogue changes no work.
type Product struct {
	ID       int64 // 0 for none
	Name     string
	Quantity int64 // thousandths
	Norm     int64 // minutes for one
	Factor   int64 // thousandths; conversion to the unit of volume
}

// Minutes is the norm time of the whole.
func (p Product) Minutes() int64 { return p.Quantity * p.Norm / 1000 }

// Volume is the converted volume in millionths: quantity × factor.
func (p Product) Volume() int64 { return p.Quantity * p.Factor }

// A Due is a due date (hạn xử lý). On wins over a basis that gives another day.
// Neither = undated (không định ngày): counted apart and never late.
type Due struct {
	On        civil.Date
	At        string    // "16:00"; "" = the end of the day's last shift
	BasisAt   time.Time // received at …
	BasisDays int       // … so many working days; kept so that a changed calendar can be shown
}

// A Work is what was given, with its shares.
type Work struct {
	ID       int64
	Title    string
	Source   string
	Field    int64
	Urgency  int
	Giver    int64 // whose order it is
	Proxy    int64 // who wrote it in the giver's place; 0 for himself
	Text     string
	GivenAt  time.Time
	State    string
	DoneAt   time.Time // when the accepted result was reported
	Reopened int
	Parent   int64 // the share of which it is a part; 0 = stands alone
	Root     int64 // the topmost work of its tree; 0 = itself
	Priority int
	Product  Product
	Proof    string
	Proposed bool    // the officer proposed it, the head confirmed it
	Shares   []Share // leads first, then by the order in which they were given

	// Warnings are sentences for whoever has just given it; they hinder nothing.
	Warnings []string
}

// Ref names the work in the book: "task/123".
func (w Work) Ref() string { return journal.Ref("task", w.ID) }

// Link is its page.
func (w Work) Link() string { return link(w.ID) }

func link(work int64) string { return "/viec/" + strconv.FormatInt(work, 10) }

// Share finds a share; nil if there is none.
func (w *Work) Share(id int64) *Share {
	for i := range w.Shares {
		if w.Shares[i].ID == id {
			return &w.Shares[i]
		}
	}
	return nil
}

// Lead is the share that leads the work now or led it last; nil if there is none.
func (w *Work) Lead() *Share {
	var last *Share
	for i := range w.Shares {
		if s := &w.Shares[i]; s.Role == Lead && s.Parent == 0 {
			if s.State != StateReturned && s.State != StateDropped {
				return s
			}
			last = s
		}
	}
	return last
}

// A Share is one square of the picture: one role of one unit or person in a work.
type Share struct {
	ID     int64
	Work   int64
	Parent int64 // the share inside which it was assigned; 0 = given by the giver
	Role   Role
	Unit   int64
	Person int64 // 0 = the unit
	Holder int64 // who has it now
	State  State

	OuterFirst civil.Date // the first day promised to the giver, for good
	OuterOn    civil.Date // the day promised to the giver now; zero = undated
	OuterAt    time.Time
	DueOn      civil.Date // the holder's day: the inner one once it is given
	DueAt      time.Time

	GivenAt    time.Time
	SeenAt     time.Time
	StartedAt  time.Time
	ReportedAt time.Time
	ReportedBy int64
	DoneAt     time.Time // when the accepted result was reported
	Result     string
	Answer     string // notation of the answering document
	Urged      int
	UrgedAt    time.Time
	Extended   int
	Reworked   int
	Piece      string // what this share has to do of the work
	Part       int    // share of the volume as given; see Work.Parts
	Short      bool   // given at short notice (giao gấp)

	Agreed   string // how the holder came to his day: accepted, begun, proposed, countered, refused
	AgreedBy int64  // for whom that holds
	AgreedAt time.Time
	PausedAt time.Time // since when it stands still; zero = it does not
	Stuck    string    // cause of an open obstacle; "" = none
	Missed   int       // promised days that had passed when another was given
	Unmet    int       // results that were not met in substance
	Answered int       // urgings that were answered
	Became   int64     // the share that took the lead over
}

// Words is how far the share has come, as the screen says it.
func (s Share) Words() string {
	if s.State == StateDropped && s.Became != 0 {
		return "Đã chuyển"
	}
	return s.State.Words()
}

// Settled reports whether the one who holds the share now has agreed to his day, or has
// had his proposal answered.
func (s Share) Settled() bool { return s.AgreedBy != 0 && s.AgreedBy == s.Holder }

// Inner reports whether the holder has a day of his own inside the promised one.
func (s Share) Inner() bool { return s.DueOn != s.OuterOn }

// Late reports whether the share is or was finished after its due instant. A result
// that was reported in time is not late, however slow whoever confirms it is; and while a
// share stands still its clock does too.
func (s Share) Late(now time.Time) bool { return s.lateFor(s.DueAt, now) }

// LateOutside is Late by the day that was promised to the giver.
func (s Share) LateOutside(now time.Time) bool { return s.lateFor(s.OuterAt, now) }

func (s Share) lateFor(due, now time.Time) bool {
	if due.IsZero() {
		return false
	}
	switch s.State {
	case StateReported:
		now = s.ReportedAt
	case StateDone:
		now = s.DoneAt
	case StateGiven, StateStarted:
		if !s.PausedAt.IsZero() && s.PausedAt.Before(now) {
			now = s.PausedAt
		}
	default:
		return false
	}
	return now.After(due)
}

// A Level is whose date it is.
type Level string

// The levels.
const (
	Outer Level = "outer" // promised to the giver
	Inner Level = "inner" // inside the unit
)

// A DueRow is one date that was ever given.
type DueRow struct {
	ID        int64
	Share     int64
	Level     Level
	On        civil.Date
	At        time.Time
	SetBy     int64
	Proxy     int64
	SetAt     time.Time
	Reason    string
	Kind      string // given, agreed, extended, changed, paused, calendar
	BasisAt   time.Time
	BasisDays int
	WasAt     time.Time // until when it was before
	Missed    time.Time // the instant that had passed unmet when this date was given
}

// A Holding is a time in which somebody had the share. While a result waits for
// confirmation, whoever has to confirm it holds it.
type Holding struct {
	Share  int64
	Person int64
	Unit   int64
	From   time.Time
	To     time.Time // zero = has it still
	SeenAt time.Time // when this holder opened it first
	// Decides: a result waits for this one to confirm it.
	Decides bool
	For     int64 // whose share it is while this one stands in; see WithStandIns
}

// A Request is another day or a return that was asked for.
type Request struct {
	ID        int64
	Share     int64
	Kind      string // extend, return, agree
	Level     Level
	On        civil.Date
	At        time.Time // zero = the end of the day
	Reason    string
	AskedBy   int64
	AskedAt   time.Time
	Decider   int64
	State     string // open, granted, refused
	Answer    string
	DecidedBy int64
	DecidedAt time.Time

	Above       bool   // whoever gave it may grant no more; the next level decides
	Cause       string // what the one who asks says: "", own, objective
	Objective   bool   // the cause was confirmed as objective …
	ConfirmedBy int64  // … by the one who may
	ConfirmedAt time.Time
}

// An Urging is one reminder that was given, by hand or by the morning sweep.
type Urging struct {
	ID     int64
	Share  int64
	Person int64 // who was urged
	Urger  int64 // 0 = the program
	Proxy  int64
	Kind   string
	Band   string
	Text   string
	At     time.Time
	Day    civil.Date
}

// Said is what somebody wrote in an act; the entry with the same kind, instant and share
// is in the book.
type Said struct {
	ID     int64
	Work   int64
	Share  int64 // 0 = the work
	Kind   string
	Person int64 // in whose name
	Proxy  int64 // who wrote it in his place
	Text   string
	At     time.Time
}

// The kinds of urging by hand (hình thức đôn đốc).
const (
	Remind    = "remind"
	Criticise = "criticise"
	Review    = "review"
	auto      = "auto"
)

// UrgeKinds are the kinds of urging by hand with their words.
var UrgeKinds = []struct{ Kind, Words string }{
	{Remind, "Nhắc nhở"}, {Criticise, "Phê bình"}, {Review, "Yêu cầu kiểm điểm"},
}

// Effects are what the room a work comes from does when the work changes, in the same
// act. Each may be nil.
type Effects struct {
	Given    func(a *journal.Act, w Work) error // somebody new carries a share: given, added, assigned inside
	Started  func(a *journal.Act, w Work) error // the lead has started
	Reported func(a *journal.Act, w Work) error // the lead's result waits for confirmation
	SentBack func(a *journal.Act, w Work) error // the result has to be done again
	Done     func(a *journal.Act, w Work) error
	Reopened func(a *journal.Act, w Work) error
	Returned func(a *journal.Act, w Work) error // the lead gave it back; the work is dropped
	Dropped  func(a *journal.Act, w Work) error // the giver cancelled it
}

var effects = map[string]Effects{}

// OnChange ties the works of one kind of source ("incoming") to what follows there.
// It is called once, before the program serves.
func OnChange(sourceKind string, e Effects) { effects[sourceKind] = e }

func effect(a *journal.Act, w Work, pick func(Effects) func(*journal.Act, Work) error) error {
	kind, _, ok := journal.ParseRef(w.Source)
	if !ok {
		return nil
	}
	if f := pick(effects[kind]); f != nil {
		return f(a, w)
	}
	return nil
}
