// SPDX-License-Identifier: Apache-2.0

package task

import (
	"fmt"
	"time"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/org"
)

// setDue gives a share another day and keeps the row of it. An outer day carries the
// holder's own along: an extension gives him the time, an earlier day takes it away; and
// nobody inside the share keeps a day after it.
func (d *deed) setDue(s *Share, level Level, on civil.Date, kind, reason string, basis Due) error {
	return d.setDueAt(s, level, on, d.endOf(on), kind, reason, basis)
}

// setDueAt is setDue with the hour.
func (d *deed) setDueAt(s *Share, level Level, on civil.Date, at time.Time, kind, reason string, basis Due) error {
	wasOuter, was := s.OuterAt, s.DueAt
	if level == Outer {
		inner := s.Inner()
		s.OuterOn, s.OuterAt = on, at
		if s.OuterFirst.IsZero() {
			s.OuterFirst = on
		}
		if err := d.dateAfter(s, Outer, on, kind, reason, basis, wasOuter); err != nil {
			return err
		}
		switch {
		case !inner:
			s.DueOn, s.DueAt = on, at
		case s.DueOn.IsZero() || s.DueOn.After(on) || kind == "extended":
			s.DueOn, s.DueAt = on, at
			if err := d.dateAfter(s, Inner, on, kind, reason, Due{}, was); err != nil {
				return err
			}
		}
	} else {
		s.DueOn, s.DueAt = on, at
		if s.Parent != 0 {
			s.OuterOn, s.OuterAt = on, at
			if s.OuterFirst.IsZero() {
				s.OuterFirst = on
			}
		}
		if err := d.dateAfter(s, Inner, on, kind, reason, basis, was); err != nil {
			return err
		}
	}
	return d.cap(s, reason)
}

// cap brings what was assigned inside a share back to its day.
func (d *deed) cap(s *Share, reason string) error {
	for i := range d.w.Shares {
		c := &d.w.Shares[i]
		if c.Parent != s.ID || c.State != StateGiven && c.State != StateStarted || within(c.DueOn, s.DueOn) == nil {
			continue
		}
		if err := d.setDue(c, Inner, s.DueOn, "changed", reason, Due{}); err != nil {
			return err
		}
		if err := d.save(c); err != nil {
			return err
		}
	}
	return d.capParts(s, reason)
}

// ChangeDue changes the day of a share with a reason (đổi hạn): the giver the promised
// day, the head of the unit the day inside it. The first day is never lost.
func ChangeDue(a *journal.Act, share int64, on civil.Date, reason string) (warnings []string, err error) {
	return ChangeDueOf(a, share, on, reason, false)
}

// ChangeDueOf is ChangeDue that is told what becomes of the parts of the work (việc con)
// whose days lie behind the new one: they come back with it, or it is refused.
func ChangeDueOf(a *journal.Act, share int64, on civil.Date, reason string, parts bool) (warnings []string, err error) {
	d, s, err := openShare(a, share)
	if err != nil {
		return nil, err
	}
	x, err := org.RightsIn(a)
	if err != nil {
		return nil, err
	}
	level := levelOf(s)
	if level == Outer && !x.May(org.DecideOuter, org.Target{Unit: s.Unit, Holder: s.Holder, Giver: d.w.Giver}) {
		level = Inner
	}
	if err := d.mayDecide(s, level); err != nil {
		return nil, err
	}
	if s.Role == Info || s.State != StateGiven && s.State != StateStarted {
		return nil, notNow(s)
	}
	if on.IsZero() {
		return nil, fault.Invalid("due_on", "Hãy nhập hạn mới.")
	}
	was := s.DueOn
	if level == Outer {
		was = s.OuterOn
	}
	errs := []error{words("reason", "Lý do đổi hạn", reason, 1000, true), notPast(on, d.endOf(on), a.At), d.bounds(s, level, on)}
	if on == was {
		errs = append(errs, fault.Invalid("due_on", "Hạn mới trùng với hạn hiện tại."))
	}
	if err := fault.Join(errs...); err != nil {
		return nil, err
	}
	if !parts {
		if err := d.behind(s, on); err != nil {
			return nil, err
		}
	}
	if err := d.setDue(s, level, on, "changed", reason, Due{}); err != nil {
		return nil, err
	}
	for _, kind := range []string{"extend", "agree"} {
		if err := d.settle(s, kind, "refused", "Người giao đã đổi hạn thành "+on.VN()+"."); err != nil {
			return nil, err
		}
	}
	if on.Before(was) { // less time than was agreed to: the holder may speak again
		s.Agreed, s.AgreedBy, s.AgreedAt = "", 0, time.Time{}
	}
	if err := d.save(s); err != nil {
		return nil, err
	}
	if err := d.note(DueChanged, s, Data{Was: was}, reason); err != nil {
		return nil, err
	}
	warnings = append(dayWarnings(d.dir, on, d.endOf(on), a.At, true), awayWarning(d.dir, s.Holder, on)...)
	return warnings, d.tell(s.Holder, DueChanged, fmt.Sprintf("Hạn của “%s” đổi thành %s. Lý do: %s", d.w.Title, on.VN(), reason))
}

// bounds keeps a new day within what is promised above it, and cooperation within the lead's day.
func (d *deed) bounds(s *Share, level Level, on civil.Date) error {
	if level == Inner {
		if p := d.w.Share(s.Parent); p != nil {
			return within(on, p.DueOn)
		}
		if !s.OuterAt.IsZero() && !s.OuterAt.After(d.a.At) {
			return nil // the promise has passed already: inside the unit a fresh day may be given
		}
		return within(on, s.OuterOn)
	}
	if lead := d.w.Lead(); s.Role == Coop && lead != nil {
		return coopDue(lead.OuterOn, on)
	}
	return d.underParent(on)
}

// ChangeLead gives the lead to another unit or person (đổi đơn vị chủ trì). The old
// lead keeps the time held; a work that is late already needs a fresh day, because its
// lateness belongs to the old lead.
func ChangeLead(a *journal.Act, work int64, to Assignee, reason string) (warnings []string, err error) {
	d, err := open(a, work)
	if err != nil {
		return nil, err
	}
	old := d.w.Lead()
	if old == nil {
		return nil, errNoWork
	}
	if err := d.mayDecide(old, Outer); err != nil {
		return nil, err
	}
	if d.w.State != WorkOpen || old.State != StateGiven && old.State != StateStarted {
		return nil, notNow(old)
	}
	s, err := assignee(d.dir, a.Day(), Lead, "lead", to)
	if err := fault.Join(err, words("reason", "Lý do đổi chủ trì", reason, 1000, true)); err != nil {
		return nil, err
	}
	on, at := to.Due, d.endOf(to.Due)
	if on.IsZero() {
		on, at = old.OuterOn, old.OuterAt
	}
	switch {
	case s.Holder == d.w.Giver:
		err = fault.Invalid("lead", "Không thể tự giao việc cho chính mình: không ai được tự xác nhận việc của mình.")
	case s.Unit == old.Unit && s.Person == old.Person:
		err = fault.Invalid("lead", name(d.dir, s)+" đang chủ trì việc này.")
	case !at.IsZero() && !at.After(a.At) && to.Due.IsZero():
		err = fault.Invalid("due_on", "Hạn cũ đã qua; hãy đặt hạn mới cho đơn vị chủ trì mới.")
	default:
		err = notPast(on, at, a.At)
	}
	if err != nil {
		return nil, err
	}
	was := old.Holder
	if err := d.settle(old, "return", "granted", "Đã đổi đơn vị chủ trì."); err != nil {
		return nil, err
	}
	s.ID = a.NewID()
	old.Became = s.ID
	if err := d.drop(old); err != nil {
		return nil, err
	}
	for i := range d.w.Shares { // whoever becomes the lead no longer cooperates
		if c := &d.w.Shares[i]; c.Parent == 0 && c.Holder == s.Holder && c.Unit == s.Unit && (c.State.Open() || c.State == StateInfo) {
			if err := d.drop(c); err != nil {
				return nil, err
			}
		}
	}
	s.Work, s.GivenAt = d.w.ID, a.At
	s.setOuter(on, at)
	if err := d.found(s, Due{}, reason); err != nil {
		return nil, err
	}
	if err := d.tell(s.Holder, Given, givenWords(d.dir, d.w, s)); err != nil {
		return nil, err
	}
	if err := d.tell(was, LeadChanged, fmt.Sprintf("“%s” được chuyển cho %s chủ trì. Lý do: %s", d.w.Title, name(d.dir, s), reason)); err != nil {
		return nil, err
	}
	if err := d.note(LeadChanged, d.w.Share(s.ID), Data{From: was, To: s.Holder}, reason); err != nil {
		return nil, err
	}
	warnings = append(dayWarnings(d.dir, on, at, a.At, d.w.Urgency > 0), awayWarning(d.dir, s.Holder, on)...)
	return warnings, effect(a, d.w, func(e Effects) func(*journal.Act, Work) error { return e.Given })
}

// drop takes a share away, with all that was assigned inside it.
func (d *deed) drop(s *Share) error {
	if err := d.end(s, StateDropped); err != nil {
		return err
	}
	for i := range d.w.Shares {
		if c := &d.w.Shares[i]; c.Parent == s.ID && c.State.Open() {
			if err := d.end(c, StateDropped); err != nil {
				return err
			}
		}
	}
	return nil
}

// AddShare adds who cooperates or is to know (thêm phối hợp, để biết). A second lead is refused.
func AddShare(a *journal.Act, work int64, role Role, to Assignee, reason string) (warnings []string, err error) {
	d, err := open(a, work)
	if err != nil {
		return nil, err
	}
	lead := d.w.Lead()
	if lead == nil {
		return nil, errNoWork
	}
	if err := d.mayDecide(lead, Outer); err != nil {
		return nil, err
	}
	if d.w.State != WorkOpen {
		return nil, notNow(lead)
	}
	if role != Coop && role != Info {
		return nil, fault.Invalid("lead", "Phải có một và chỉ một đơn vị hoặc cá nhân chủ trì.")
	}
	s, err := assignee(d.dir, a.Day(), role, string(role), to)
	if err := fault.Join(err, words("reason", "Lý do", reason, 1000, false)); err != nil {
		return nil, err
	}
	if role == Coop && s.Holder == d.w.Giver {
		return nil, fault.Invalid("coop", "Không thể tự giao việc cho chính mình: không ai được tự xác nhận việc của mình.")
	}
	for _, other := range d.w.Shares {
		if other.Parent == 0 && other.Holder == s.Holder && other.Unit == s.Unit && (other.State.Open() || other.State == StateInfo) {
			return nil, fault.Invalid(string(role), name(d.dir, s)+" đã tham gia việc này.")
		}
	}
	s.ID, s.Work, s.GivenAt = a.NewID(), d.w.ID, a.At
	switch {
	case role == Info && !to.Due.IsZero():
		return nil, fault.Invalid("info", "Người nhận để biết không có hạn xử lý.")
	case role == Info:
	case !to.Due.IsZero():
		s.setOuter(to.Due, d.endOf(to.Due))
		if err := fault.Join(coopDue(lead.OuterOn, to.Due), notPast(s.OuterOn, s.OuterAt, a.At)); err != nil {
			return nil, err
		}
	default:
		s.setOuter(lead.OuterOn, lead.OuterAt)
		if err := notPast(s.OuterOn, s.OuterAt, a.At); err != nil {
			return nil, err
		}
	}
	if err := d.found(s, Due{}, reason); err != nil {
		return nil, err
	}
	if err := d.tell(s.Holder, Given, givenWords(d.dir, d.w, s)); err != nil {
		return nil, err
	}
	if err := d.note(ShareAdded, d.w.Share(s.ID), Data{}, reason); err != nil {
		return nil, err
	}
	warnings = append(dayWarnings(d.dir, s.DueOn, s.DueAt, a.At, true), awayWarning(d.dir, s.Holder, s.DueOn)...)
	return warnings, effect(a, d.w, func(e Effects) func(*journal.Act, Work) error { return e.Given })
}

// RemoveShare takes somebody out of a work (bớt người tham gia). The lead cannot be
// taken out: there is always one.
func RemoveShare(a *journal.Act, share int64, reason string) error {
	d, s, err := openShare(a, share)
	if err != nil {
		return err
	}
	if err := d.mayDecide(s, levelOf(s)); err != nil {
		return err
	}
	if s.Role == Lead {
		return fault.Invalid("lead", "Không thể bỏ đơn vị chủ trì duy nhất; hãy đổi chủ trì hoặc hủy việc.")
	}
	if !s.State.Open() && s.State != StateInfo {
		return notNow(s)
	}
	if err := words("reason", "Lý do", reason, 1000, true); err != nil {
		return err
	}
	if err := d.drop(s); err != nil {
		return err
	}
	if err := d.note(ShareRemoved, s, Data{From: s.Holder}, reason); err != nil {
		return err
	}
	return d.tell(s.Holder, ShareRemoved, fmt.Sprintf("Anh/chị không còn tham gia “%s”. Lý do: %s", d.w.Title, reason))
}

// Cancel takes a work back that should not have been given (hủy việc đã giao).
func Cancel(a *journal.Act, work int64, reason string) error {
	d, err := open(a, work)
	if err != nil {
		return err
	}
	lead := d.w.Lead()
	if lead == nil {
		return errNoWork
	}
	if err := d.mayDecide(lead, Outer); err != nil {
		return err
	}
	if d.w.State != WorkOpen {
		return fault.Conflict("", "Chỉ hủy được công việc đang thực hiện.")
	}
	if err := words("reason", "Lý do hủy việc", reason, 1000, true); err != nil {
		return err
	}
	if err := d.dropAll(Cancelled, fmt.Sprintf("Việc “%s” đã được hủy. Lý do: %s", d.w.Title, reason)); err != nil {
		return err
	}
	if err := d.note(Cancelled, lead, Data{}, reason); err != nil {
		return err
	}
	return effect(a, d.w, func(e Effects) func(*journal.Act, Work) error { return e.Dropped })
}

// dropAll ends a work without a result.
func (d *deed) dropAll(kind, text string) error {
	for i := range d.w.Shares {
		s := &d.w.Shares[i]
		if !s.State.Open() && s.State != StateInfo {
			continue
		}
		if err := d.end(s, StateDropped); err != nil {
			return err
		}
		if err := d.tell(s.Holder, kind, text); err != nil {
			return err
		}
	}
	d.w.State = WorkDropped
	if err := updateWork(d.a, d.w); err != nil {
		return fault.Internal(err)
	}
	return d.rollUp()
}
