// SPDX-License-Identifier: Apache-2.0

package task

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/org"
)

// A Transfer moves what one person or one unit carries to another (bàn giao). Dates stay as
// they are promised; who held what until when stays too.
type Transfer struct {
	FromPerson, FromUnit int64 // one of them
	ToPerson, ToUnit     int64 // a person, perhaps for a unit; or a unit
	Shares               []int64
	// All moves everything: the open shares, the works given to others whose results wait
	// for this person, the requests and proposals that wait for an answer. Else only Shares.
	All    bool
	Reason string
}

// What a Moved is.
const (
	MovedShare    = "share"    // phần việc đang giữ
	MovedGiven    = "given"    // việc đã giao, chờ xác nhận kết quả
	MovedRequest  = "request"  // đề nghị chờ trả lời
	MovedProposal = "proposal" // việc tự đề xuất chờ xác nhận
)

// A Moved is one thing that went from one to another.
type Moved struct {
	Kind     string
	ID       int64 // of the share, work, request or proposal
	Work     int64
	Title    string
	Role     Role
	State    State
	From, To int64 // people
	FromUnit int64
	ToUnit   int64
	DueOn    civil.Date
	DaysLate int  // working days late at the move: they stay with who had it
	Merged   bool // the receiver had a share of the work already, or nobody came along with it
}

// HandOver moves work in one act: all of it or nothing, nothing left and nothing double.
// Whoever heads the units concerned, a leader or the chief of office may. It tells nobody;
// the room that keeps the receipt does.
func HandOver(a *journal.Act, t Transfer) ([]Moved, error) {
	dir, err := org.DirectoryIn(a)
	if err != nil {
		return nil, fault.Internal(err)
	}
	if err := fault.Join(words("reason", "Lý do bàn giao", t.Reason, 1000, true), t.check(dir, a.Day())); err != nil {
		return nil, err
	}
	if err := t.may(a, dir); err != nil {
		return nil, err
	}
	held, err := heldBy(a, a.By.Agency, t.FromPerson, t.FromUnit)
	if err != nil {
		return nil, fault.Internal(err)
	}
	if !t.All {
		all := len(t.Shares)
		held = slices.DeleteFunc(held, func(p Piece) bool { return !slices.Contains(t.Shares, p.Share) })
		if len(held) != all {
			return nil, fault.Conflict("shares", "Có phần việc đã chọn không còn do bên giao giữ; hãy mở lại danh sách.")
		}
	}
	works := map[int64]*transferred{}
	at := func(work int64) *transferred {
		if works[work] == nil {
			works[work] = &transferred{}
		}
		return works[work]
	}
	for _, p := range held {
		at(p.Work).shares = append(at(p.Work).shares, p.Share)
	}
	if t.All && t.FromPerson != 0 {
		given, err := givenOpen(a, a.By.Agency, t.FromPerson)
		if err != nil {
			return nil, fault.Internal(err)
		}
		for _, id := range given {
			at(id).given = true
		}
		asked, err := askings(a, a.By.Agency, t.FromPerson)
		if err != nil {
			return nil, fault.Internal(err)
		}
		for _, q := range asked {
			at(q.Work).asked = append(at(q.Work).asked, q.Request)
		}
	}
	var out []Moved
	var errs []error
	for _, id := range sortedKeys(works) { // in one order everywhere
		d, err := open(a, id)
		if err != nil {
			return nil, err
		}
		moved, err := d.transfer(t, works[id])
		errs = append(errs, err)
		out = append(out, moved...)
	}
	if t.All && t.FromPerson != 0 {
		moved, err := t.proposals(a, dir)
		errs = append(errs, err)
		out = append(out, moved...)
	}
	if err := fault.Join(errs[:min(len(errs), 500)]...); err != nil {
		return nil, err
	}
	return out, nil
}

// transferred is what of one work is moved.
type transferred struct {
	shares []int64
	given  bool
	asked  []Request
}

func sortedKeys[V any](m map[int64]V) []int64 {
	keys := make([]int64, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// check looks at who gives and who takes.
func (t *Transfer) check(d *org.Directory, day civil.Date) error {
	if (t.FromPerson == 0) == (t.FromUnit == 0) {
		return fault.Invalid("from", "Hãy chọn một người hoặc một đơn vị bàn giao.")
	}
	if t.ToPerson == 0 && t.ToUnit == 0 {
		return fault.Invalid("to", "Hãy chọn người hoặc đơn vị nhận bàn giao.")
	}
	if t.FromPerson != 0 && t.FromPerson == t.ToPerson || t.FromUnit != 0 && t.FromUnit == t.ToUnit && t.ToPerson == 0 {
		return fault.Invalid("to", "Bên nhận phải khác bên giao.")
	}
	s, err := assignee(d, day, Lead, "to", Assignee{Unit: t.ToUnit, Person: t.ToPerson})
	if err != nil {
		return err
	}
	if t.ToPerson == 0 && s.Holder == t.FromPerson {
		return fault.Invalid("to", "Bên giao đang phụ trách đơn vị nhận; hãy chọn người nhận.")
	}
	return nil
}

// may asks whether the work of both sides is the holder's to move.
func (t *Transfer) may(a *journal.Act, d *org.Directory) error {
	units := []int64{t.FromUnit, t.ToUnit}
	for _, person := range []int64{t.FromPerson, t.ToPerson} {
		if post, ok := d.PostOn(person, a.Day()); ok && (person == t.FromPerson || t.ToUnit == 0) {
			units = append(units, post.Unit)
		}
	}
	asked := false
	for _, unit := range units {
		if unit == 0 {
			continue
		}
		asked = true
		if err := org.May(a, org.MoveWork, org.Target{Unit: unit}); err != nil {
			return err
		}
	}
	if !asked { // of somebody who holds no post any more
		return org.May(a, org.MoveWork, org.Target{})
	}
	return nil
}

// transfer moves what of one work is to be moved.
func (d *deed) transfer(t Transfer, what *transferred) ([]Moved, error) {
	var out []Moved
	var errs []error
	// Shares given by the giver come before those inside them, so that these see where it went.
	slices.SortFunc(what.shares, func(a, b int64) int {
		return cmp.Or(cmp.Compare(d.w.Share(a).Parent, d.w.Share(b).Parent), cmp.Compare(a, b))
	})
	if what.given {
		m, err := d.giveOver(t)
		errs, out = append(errs, err), append(out, m)
	}
	for _, id := range what.shares {
		m, err := d.moveShare(t, d.w.Share(id))
		errs, out = append(errs, err), append(out, m)
	}
	for _, q := range what.asked {
		if m, ok, err := d.askOver(t, q); ok || err != nil {
			errs, out = append(errs, err), append(out, m)
		}
	}
	if err := fault.Join(errs...); err != nil {
		return nil, err
	}
	return out, effect(d.a, d.w, func(e Effects) func(*journal.Act, Work) error { return e.Given })
}

// place is where a share goes: unit, the person named in it, who holds it. ok is false
// for a share inside a unit whose holder does not come along: it is closed, and the new
// unit assigns anew.
func (t Transfer) place(d *deed, s *Share) (unit, person, holder int64, ok bool) {
	day := d.a.Day()
	if t.ToPerson == 0 || t.FromUnit != 0 { // to a unit
		unit = cmp.Or(t.ToUnit, s.Unit)
		if t.ToUnit == 0 {
			unit = d.unitOn(t.ToPerson)
		}
		holder = cmp.Or(t.ToPerson, d.dir.HeadOf(unit, day))
		comes := slices.ContainsFunc(d.dir.PostsOn(s.Holder, day), func(p org.Post) bool { return p.Unit == unit })
		switch {
		case comes && t.FromUnit != 0:
			return unit, s.Person, s.Holder, true
		case s.Parent != 0 && t.FromUnit != 0:
			return unit, 0, holder, false
		case s.Person != 0 && t.ToPerson != 0:
			return unit, t.ToPerson, holder, true
		}
		return unit, 0, holder, true
	}
	unit, holder = s.Unit, t.ToPerson
	if t.ToUnit != 0 {
		unit = t.ToUnit
	} else if !slices.ContainsFunc(d.dir.PostsOn(t.ToPerson, day), func(p org.Post) bool { return p.Unit == s.Unit }) {
		unit = d.unitOn(t.ToPerson)
	}
	if person = s.Person; person != 0 {
		person = t.ToPerson
	}
	return unit, person, holder, true
}

// moveShare gives one share to its new holder.
func (d *deed) moveShare(t Transfer, s *Share) (Moved, error) {
	unit, person, holder, ok := t.place(d, s)
	m := Moved{Kind: MovedShare, ID: s.ID, Work: d.w.ID, Title: d.w.Title, Role: s.Role, State: s.State, From: s.Holder, To: holder,
		FromUnit: s.Unit, ToUnit: unit, DueOn: s.DueOn}
	if s.Late(d.a.At) {
		m.DaysLate = max(d.dir.Calendar.DaysLate(s.DueOn, d.a.Day()), 1)
	}
	if !s.State.Open() { // it went with the share around it
		m.Merged = true
		return m, nil
	}
	parent := d.w.Share(s.Parent)
	switch {
	case s.Parent == 0 && holder == d.w.Giver:
		return m, fault.Invalid("to", fmt.Sprintf("“%s” do chính người nhận giao; không ai được tự xác nhận việc của mình. Hãy chọn người nhận khác cho việc này.", d.w.Title))
	case ok && parent != nil && unit != parent.Unit:
		return m, fault.Invalid("to", fmt.Sprintf("Phần phối hợp trong đơn vị của “%s” chỉ bàn giao được cho người cùng đơn vị.", d.w.Title))
	case parent != nil && holder == d.dir.HeadOf(parent.Unit, d.a.Day()) && holder != parent.Holder:
		ok = false // its head confirms it: nobody accepts his own
	case parent != nil && holder == parent.Holder:
		ok = false
	}
	if ok {
		for i := range d.w.Shares {
			o := &d.w.Shares[i]
			if o.ID == s.ID || o.Parent != s.Parent || o.Holder != holder || o.Unit != unit || !o.State.Open() && o.State != StateInfo {
				continue
			}
			if s.Role == Lead || o.State == StateInfo { // nobody has two roles in one work
				if err := d.drop(o); err != nil {
					return m, err
				}
				continue
			}
			ok = false
		}
	}
	was := s.Holder
	if !ok {
		if d.hasInside(s) {
			return m, fault.Invalid("to", fmt.Sprintf("Người nhận đã tham gia “%s” và phần này còn người phối hợp trong đơn vị; hãy chọn người nhận khác cho việc này.", d.w.Title))
		}
		m.Merged = true
		if err := d.drop(s); err != nil {
			return m, err
		}
		return m, d.note(HandedOver, s, Data{From: was}, t.Reason)
	}
	s.Unit, s.Person = unit, person
	if holder != was {
		s.Holder, s.SeenAt = holder, time.Time{}
	}
	if err := d.tookOver(s); err != nil {
		return m, err
	}
	return m, d.note(HandedOver, s, Data{From: was}, t.Reason)
}

func (d *deed) hasInside(s *Share) bool {
	return slices.ContainsFunc(d.w.Shares, func(c Share) bool { return c.Parent == s.ID && c.State.Open() })
}

// tookOver writes the new place of a share. Its time goes over to the new holder unless
// the result waits for whoever confirms it.
func (d *deed) tookOver(s *Share) error {
	if s.State != StateReported {
		if err := d.hold(s, s.Holder, s.Unit); err != nil {
			return err
		}
	}
	if err := updateUnit(d.a, *s); err != nil {
		return fault.Internal(err)
	}
	return d.save(s)
}

// receiver is the person who takes over what is a person's and no unit's.
func (t Transfer) receiver(d *org.Directory, day civil.Date) int64 {
	return cmp.Or(t.ToPerson, d.HeadOf(t.ToUnit, day))
}

// giveOver makes the receiver the one who gave the work: he will confirm its result.
func (d *deed) giveOver(t Transfer) (Moved, error) {
	to := t.receiver(d.dir, d.a.Day())
	m := Moved{Kind: MovedGiven, ID: d.w.ID, Work: d.w.ID, Title: d.w.Title, From: d.w.Giver, To: to, ToUnit: d.unitOn(to)}
	lead := d.w.Lead()
	if lead != nil {
		m.Role, m.State, m.DueOn, m.FromUnit = lead.Role, lead.State, lead.OuterOn, lead.Unit
	}
	x := d.dir.Rights(to, d.a.Day())
	for i := range d.w.Shares {
		s := &d.w.Shares[i]
		if s.Parent != 0 || !s.State.Open() {
			continue
		}
		if s.Holder == to {
			return m, fault.Invalid("to", fmt.Sprintf("Người nhận đang thực hiện “%s” do bên giao giao; không ai được tự xác nhận việc của mình.", d.w.Title))
		}
		if !x.Leader() && !x.HeadsUnit(s.Unit) {
			return m, fault.Invalid("to", fmt.Sprintf("Người nhận không phụ trách đơn vị đang thực hiện “%s” nên không nhận được việc xác nhận kết quả.", d.w.Title))
		}
		d.touch(s)
		if s.State == StateReported {
			if err := d.hold(s, to, m.ToUnit); err != nil {
				return m, err
			}
		}
	}
	d.w.Giver = to
	if err := updateGiver(d.a, d.w); err != nil {
		return m, fault.Internal(err)
	}
	return m, d.note(HandedOver, nil, Data{From: m.From, Kind: MovedGiven}, t.Reason)
}

// askOver passes a request that waits for an answer to whoever decides it now. ok is
// false when nobody else can: it stays where it is.
func (d *deed) askOver(t Transfer, q Request) (m Moved, ok bool, err error) {
	s := d.w.Share(q.Share)
	if s == nil || s.State != StateGiven && s.State != StateStarted {
		return m, false, nil
	}
	to := d.decider(s, q.Level)
	if r := t.receiver(d.dir, d.a.Day()); q.Level == Inner && d.dir.Rights(r, d.a.Day()).HeadsUnit(d.unitOf(s)) {
		to = r
	}
	if to == 0 || to == t.FromPerson || to == q.AskedBy {
		return m, false, nil
	}
	m = Moved{Kind: MovedRequest, ID: q.ID, Work: d.w.ID, Title: d.w.Title, Role: s.Role, State: s.State, From: t.FromPerson, To: to,
		FromUnit: s.Unit, ToUnit: d.unitOn(to), DueOn: s.DueOn}
	if err := updateDecider(d.a, q.ID, to); err != nil {
		return m, true, fault.Internal(err)
	}
	d.touch(s)
	return m, true, d.note(HandedOver, s, Data{From: t.FromPerson, Kind: MovedRequest}, "")
}

// proposals passes the proposals that wait for an answer to whoever confirms them now.
func (t Transfer) proposals(a *journal.Act, dir *org.Directory) ([]Moved, error) {
	open, err := proposalsFor(a, a.By.Agency, t.FromPerson, nil)
	if err != nil {
		return nil, fault.Internal(err)
	}
	var out []Moved
	r := t.receiver(dir, a.Day())
	for _, q := range open {
		to := confirmer(dir, q.Person, q.Unit, a.Day())
		if dir.Rights(r, a.Day()).HeadsUnit(q.Unit) || dir.Rights(r, a.Day()).Leader() {
			to = r
		}
		if to == 0 || to == t.FromPerson || to == q.Person {
			continue
		}
		m := Moved{Kind: MovedProposal, ID: q.ID, Title: q.Title, From: t.FromPerson, To: to, FromUnit: q.Unit, ToUnit: q.Unit, DueOn: q.DueOn}
		q.Decider = to
		if err := updateProposal(a, q); err != nil {
			return out, fault.Internal(err)
		}
		a.Note(journal.Entry{Kind: HandedOver, Subject: q.Ref(), DueOn: q.DueOn, Amount: 1, Data: proposalData{State: q.State}})
		out = append(out, m)
	}
	return out, nil
}
