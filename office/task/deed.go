// SPDX-License-Identifier: Apache-2.0

package task

import (
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/notice"
	"soviec/office/org"
)

// A deed is one work being changed by one act: it remembers which shares were
// touched, so that the entry says how each of them stands afterwards.
type deed struct {
	indexed string // the tags under which search knows the work; "" = not yet
	a       *journal.Act
	dir     *org.Directory
	w       Work
	touched []int64
	rows    []RowTrace // rows beside the shares that this act has changed
	excused bool       // a day that has passed is not held against anybody in this act
}

// Trace is how a share stands after the entry: what verifying folds. Keys are short
// because there is one for each share that an act touches.
type Trace struct {
	Share  int64      `json:"s"`
	Role   Role       `json:"r"`
	State  State      `json:"st"`
	Unit   int64      `json:"u"`
	Holder int64      `json:"h"`
	Outer  civil.Date `json:"o,omitzero"`
	Due    civil.Date `json:"d,omitzero"`
	Done   string     `json:"f,omitempty"` // the instant of finishing
	Paused string     `json:"p,omitempty"` // since when it stands still
	Stuck  string     `json:"x,omitempty"`
	Agreed int64      `json:"a,omitempty"`
	Missed int        `json:"m,omitempty"`
	Unmet  int        `json:"n,omitempty"`
}

// RowTrace is how a row beside the shares stands after the entry: a pause, an obstacle, a
// result handed in, an answer to an urging.
type RowTrace struct {
	ID    int64  `json:"i"`
	State string `json:"st"`
}

// Data is what stands in an entry of this room beside its columns.
type Data struct {
	Work   string     `json:"w,omitempty"`     // state of the work after the entry
	Share  int64      `json:"share,omitempty"` // the share that the act was about
	Was    civil.Date `json:"was,omitzero"`    // the due day before
	Asked  civil.Date `json:"asked,omitzero"`  // the day asked for
	From   int64      `json:"from,omitempty"`  // who had it before
	To     int64      `json:"to,omitempty"`    // who has it now: the person to whom it was assigned
	Kind   string     `json:"kind,omitempty"`  // kind of urging, of proof, of answer; cause of a pause
	Ref    string     `json:"ref,omitempty"`   // the record that proves it
	Up     int64      `json:"up,omitempty"`    // the share of which the work is a part
	Links  []string   `json:"ln,omitempty"`    // what the act tied the work to, or untied it from
	Shares []Trace    `json:"shares,omitempty"`
	Rows   []RowTrace `json:"rows,omitempty"`
}

func traceOf(s Share) Trace {
	return Trace{Share: s.ID, Role: s.Role, State: s.State, Unit: s.Unit, Holder: s.Holder, Outer: s.OuterOn, Due: s.DueOn, Done: store.Instant(s.DoneAt),
		Paused: store.Instant(s.PausedAt), Stuck: s.Stuck, Agreed: s.AgreedBy, Missed: s.Missed, Unmet: s.Unmet}
}

var errNoWork = fault.NotFound("Không tìm thấy công việc này.")

// open begins a deed on a work, which then belongs to this act until it ends.
func open(a *journal.Act, work int64) (*deed, error) {
	dir, err := org.DirectoryIn(a)
	if err != nil {
		return nil, fault.Internal(err)
	}
	w, err := readWork(a, a.By.Agency, work, a.Lock())
	if errors.Is(err, store.ErrNone) {
		return nil, errNoWork
	}
	// Pointers to shares are held while others are added.
	w.Shares = slices.Grow(w.Shares, 2*maxAssignees)
	return &deed{a: a, dir: dir, w: w, indexed: w.knownTo()}, fault.Internal(err)
}

// openShare begins a deed on the work that holds the share.
func openShare(a *journal.Act, share int64) (*deed, *Share, error) {
	work, err := workOfShare(a, a.By.Agency, share)
	if errors.Is(err, store.ErrNone) {
		return nil, nil, errNoWork
	}
	if err != nil {
		return nil, nil, fault.Internal(err)
	}
	d, err := open(a, work)
	if err != nil {
		return nil, nil, err
	}
	return d, d.w.Share(share), nil
}

// me is in whose name the act is done: the one acted for, else the holder himself.
func me(a *journal.Act) int64 {
	if a.By.For != 0 {
		return a.By.For
	}
	return a.By.Person
}

// proxy is who acts in another's place; 0 when everybody acts for himself.
func proxy(a *journal.Act) int64 {
	if a.By.For != 0 {
		return a.By.Person
	}
	return 0
}

// isMine reports whether the person is the one who acts or the one acted for: nobody
// decides about his own work, and nobody does so by standing in for another either.
func isMine(a *journal.Act, person int64) bool {
	return person != 0 && (person == a.By.Person || person == a.By.For)
}

// mayDo asks whether the holder may work on the share.
func (d *deed) mayDo(s *Share, act org.Action) error {
	return org.May(d.a, act, org.Target{Unit: s.Unit, Holder: s.Holder, Giver: d.w.Giver})
}

// mayDecide asks whether the holder may decide about the share: the giver about what
// was promised to him, the head of the unit about what he assigned himself.
func (d *deed) mayDecide(s *Share, level Level) error {
	if isMine(d.a, s.Holder) || isMine(d.a, s.ReportedBy) {
		d.a.Judged()
		return fault.Forbidden("Không ai được tự xác nhận hoặc tự quyết định về phần việc của chính mình.")
	}
	if level == Inner {
		return org.May(d.a, org.DecideInner, org.Target{Unit: d.unitOf(s), Holder: s.Holder})
	}
	return org.May(d.a, org.DecideOuter, org.Target{Unit: s.Unit, Holder: s.Holder, Giver: d.w.Giver})
}

// levelOf is who decides about a share as a whole.
func levelOf(s *Share) Level {
	if s.Parent != 0 {
		return Inner
	}
	return Outer
}

// unitOf is the unit inside which the share was assigned.
func (d *deed) unitOf(s *Share) int64 {
	if p := d.w.Share(s.Parent); p != nil {
		return p.Unit
	}
	return s.Unit
}

// decider is who has to decide about a share now.
func (d *deed) decider(s *Share, level Level) int64 {
	if level == Inner {
		return d.dir.HeadOf(d.unitOf(s), d.a.Day())
	}
	return d.w.Giver
}

func (d *deed) touch(s *Share) {
	if !slices.Contains(d.touched, s.ID) {
		d.touched = append(d.touched, s.ID)
	}
}

// hold ends whoever holds the share now and begins the next; nobody (0) ends its life.
func (d *deed) hold(s *Share, person, unit int64) error {
	if err := closeHolding(d.a, s.ID); err != nil || person == 0 {
		return fault.Internal(err)
	}
	return fault.Internal(insertHolding(d.a, d.a.NewID(), Holding{Share: s.ID, Person: person, Unit: unit, From: d.a.At, Decides: s.State == StateReported}))
}

// unitOn is the unit of a person's main post on the day of the act.
func (d *deed) unitOn(person int64) int64 {
	post, _ := d.dir.PostOn(person, d.a.Day())
	return post.Unit
}

// found writes a new share with its first date and its first holder.
func (d *deed) found(s Share, due Due, reason string) error {
	d.w.Shares = append(d.w.Shares, s)
	if err := insertShare(d.a, s); err != nil {
		return fault.Internal(err)
	}
	d.touched = append(d.touched, s.ID)
	if s.Role == Info {
		return nil
	}
	if err := insertHolding(d.a, d.a.NewID(), Holding{Share: s.ID, Person: s.Holder, Unit: s.Unit, From: s.GivenAt, To: s.DoneAt}); err != nil {
		return fault.Internal(err)
	}
	level := levelOf(&s)
	if s.OuterOn.IsZero() {
		return nil
	}
	return d.date(&s, level, s.OuterOn, "given", reason, due)
}

// date writes one date that was given, for good.
func (d *deed) date(s *Share, level Level, on civil.Date, kind, reason string, basis Due) error {
	return d.dateAfter(s, level, on, kind, reason, basis, time.Time{})
}

// dateAfter writes one date that was given in the place of another. An instant that has
// passed unmet stays on the row: a later day does not undo that the share was late
// (evaluation.md 3.3), unless the cause was objective and confirmed.
func (d *deed) dateAfter(s *Share, level Level, on civil.Date, kind, reason string, basis Due, was time.Time) error {
	at := s.OuterAt
	if level == Inner {
		at = s.DueAt
	}
	row := DueRow{
		ID: d.a.NewID(), Share: s.ID, Level: level, On: on, At: at, SetBy: me(d.a), Proxy: proxy(d.a), SetAt: d.a.At,
		Reason: reason, Kind: kind, BasisAt: basis.BasisAt, BasisDays: basis.BasisDays, WasAt: was,
	}
	working := s.State == StateGiven || s.State == StateStarted
	if kind != "paused" && kind != "calendar" && !d.excused && working && s.lateFor(was, d.a.At) && !at.Equal(was) {
		row.Missed = was
		if level == levelOf(s) {
			s.Missed++
		}
	}
	return fault.Internal(insertDue(d.a, row))
}

func (d *deed) save(s *Share) error {
	d.touch(s)
	return fault.Internal(updateShare(d.a, *s))
}

// end closes a share in a final state.
func (d *deed) end(s *Share, state State) error {
	if err := d.still(s, false); err != nil {
		return err
	}
	if err := d.clear(s); err != nil {
		return err
	}
	if state == StateDropped || state == StateReturned {
		if err := d.outcome(s, "void", false); err != nil {
			return err
		}
	}
	s.State = state
	if err := d.hold(s, 0, 0); err != nil {
		return err
	}
	if err := d.settle(s, "", "refused", "Phần việc đã kết thúc."); err != nil {
		return err
	}
	return d.save(s)
}

// settle answers the open requests of one kind ("" = all) that no longer need a decision.
func (d *deed) settle(s *Share, kind, state, answer string) error {
	open, err := openRequests(d.a, s.ID)
	if err != nil {
		return fault.Internal(err)
	}
	for _, q := range open {
		if kind != "" && q.Kind != kind {
			continue
		}
		q.State, q.Answer, q.DecidedBy, q.DecidedAt = state, answer, me(d.a), d.a.At
		if err := updateRequest(d.a, q); err != nil {
			return fault.Internal(err)
		}
	}
	return nil
}

// note writes the entry about the share (nil = about the work), and what was said with it
// beside the book.
func (d *deed) note(kind string, s *Share, data Data, said string) error {
	e := journal.Entry{Kind: kind, Subject: d.w.Ref()}
	if s != nil {
		data.Share, e.DueOn = s.ID, s.DueOn
	} else if lead := d.w.Lead(); lead != nil {
		e.DueOn = lead.OuterOn
	}
	data.Work = d.w.State
	for _, id := range d.touched {
		data.Shares = append(data.Shares, traceOf(*d.w.Share(id)))
	}
	data.Rows = append(data.Rows, d.rows...)
	d.touched, d.rows = nil, nil
	if err := d.index(); err != nil {
		return err
	}
	e.Data, e.Amount = data, 1
	if s != nil && s.State == StateDone {
		e.Amount = int64(d.daysLate(s))
	}
	d.a.Note(e)
	if said = strings.TrimSpace(said); said == "" {
		return nil
	}
	return fault.Internal(insertSaid(d.a, Said{
		ID: d.a.NewID(), Work: d.w.ID, Share: data.Share, Kind: kind, Person: me(d.a), Proxy: proxy(d.a), Text: said, At: d.a.At,
	}))
}

// daysLate is by how many working days a finished share was late: 0 in time, and at
// least 1 when it was not.
func (d *deed) daysLate(s *Share) int {
	if !s.Late(d.a.At) {
		return 0
	}
	return max(d.dir.Calendar.DaysLate(s.DueOn, civil.Of(s.DoneAt)), 1)
}

// tell gives notice to a person and, while he is away, to whoever stands in for him.
func (d *deed) tell(person int64, kind, text string) error {
	_, err := tell(d.a, d.dir, d.a.Day(), person, d.w.ID, d.w.Urgency, kind, text)
	return err
}

func tell(a *journal.Act, dir *org.Directory, day civil.Date, person, work int64, urgency int, kind, text string) (bool, error) {
	it := notice.Item{Person: person, Matter: journal.Ref("task", work), Kind: kind, Text: text, Link: link(work), Urgent: urgency > 0}
	fresh, err := notice.Tell(a, it)
	if err != nil {
		return false, err
	}
	if away, ok := dir.Away(person, day); ok && away.StandIn != 0 {
		it.Person, it.Text = away.StandIn, "(Thay "+dir.Person(person).Polite()+") "+text
		if _, err := notice.Tell(a, it); err != nil {
			return false, err
		}
	}
	return fresh, nil
}

// words checks a text of a form.
func words(field, name, text string, most int, needed bool) error {
	switch n := utf8.RuneCountInString(strings.TrimSpace(text)); {
	case n == 0 && needed:
		return fault.Invalid(field, name+" không được để trống.")
	case n > most:
		return fault.Invalid(field, name+" dài quá "+thousands(most)+" ký tự.")
	}
	return nil
}

func thousands(n int) string {
	if n == 2000 {
		return "2.000"
	}
	if n == 1000 {
		return "1.000"
	}
	return "500"
}
