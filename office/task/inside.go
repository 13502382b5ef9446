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

// AssignInside hands a share of the unit to one of its people (phân công trong đơn vị),
// with a day not later than the one promised; a zero day is the promised one. Those who
// cooperate inside the unit get shares of their own, which its head confirms.
func AssignInside(a *journal.Act, share, person int64, coop []Assignee, due civil.Date, text string) (warnings []string, err error) {
	d, s, err := openShare(a, share)
	if err != nil {
		return nil, err
	}
	if err := org.May(a, org.AssignInside, org.Target{Unit: s.Unit, Holder: s.Holder}); err != nil {
		return nil, err
	}
	if s.Role == Info || s.State != StateGiven && s.State != StateStarted {
		return nil, fault.Conflict("", "Chỉ phân công được phần việc đang thực hiện; phần việc này: "+lower(s.State.Words())+".")
	}
	if len(coop) > maxAssignees {
		return nil, fault.Invalid("coop", fmt.Sprintf("Một việc giao cho nhiều nhất %d đơn vị, người.", maxAssignees))
	}
	if due.IsZero() {
		due = s.OuterOn
	}
	at := d.endOf(due)
	if due == s.OuterOn {
		at = s.OuterAt
	}
	errs := []error{
		words("text", "Ý kiến phân công", text, 2000, false),
		d.insider(s, "lead", person),
	}
	switch passed := !s.OuterAt.IsZero() && !s.OuterAt.After(a.At); {
	case passed && due == s.OuterOn && person != s.Holder:
		// The lateness belongs to whoever had it; the next one starts afresh (evaluation.md 3.4).
		errs = append(errs, fault.Invalid("due_on", "Hạn được giao đã qua ("+due.VN()+"); hãy đặt hạn mới cho người nhận."))
	case passed && due != s.OuterOn:
		errs = append(errs, notPast(due, at, a.At))
		if p := d.w.Share(s.Parent); p != nil {
			errs = append(errs, within(due, p.DueOn))
		}
	default:
		errs = append(errs, within(due, s.OuterOn))
		if due != s.OuterOn {
			errs = append(errs, notPast(due, at, a.At))
		}
	}
	if s.Parent != 0 && isMine(a, person) {
		errs = append(errs, fault.Invalid("lead", "Không thể tự giao việc cho chính mình: không ai được tự xác nhận việc của mình."))
	}
	if err := fault.Join(errs...); err != nil {
		return nil, err
	}
	was, wasAt := s.Holder, s.DueAt
	if err := d.settle(s, "agree", "refused", "Phần việc đã được phân công lại."); err != nil {
		return nil, err
	}
	if s.Holder != person {
		s.Holder, s.SeenAt = person, time.Time{}
		if err := d.hold(s, person, s.Unit); err != nil {
			return nil, err
		}
	}
	s.DueOn, s.DueAt = due, at
	if s.Parent != 0 {
		s.OuterOn, s.OuterAt = due, at
	}
	if err := d.dateAfter(s, Inner, due, "given", text, Due{}, wasAt); err != nil {
		return nil, err
	}
	if err := d.cap(s, text); err != nil {
		return nil, err
	}
	if err := d.save(s); err != nil {
		return nil, err
	}
	warnings = append(dayWarnings(d.dir, due, at, a.At, d.w.Urgency > 0), awayWarning(d.dir, person, due)...)
	more, err := d.coopInside(s, coop, text)
	if err != nil {
		return nil, err
	}
	if err := d.tell(person, AssignedInside, givenWords(d.dir, d.w, *s)); err != nil {
		return nil, err
	}
	if err := d.note(AssignedInside, s, Data{From: was, To: person}, text); err != nil {
		return nil, err
	}
	return distinct(append(warnings, more...)), effect(a, d.w, func(e Effects) func(*journal.Act, Work) error { return e.Given })
}

// coopInside founds the shares of those who cooperate inside the unit.
func (d *deed) coopInside(parent *Share, coop []Assignee, text string) (warnings []string, err error) {
	for _, to := range coop {
		on := to.Due
		if on.IsZero() {
			on = parent.DueOn
		}
		errs := []error{d.insider(parent, "coop", to.Person), within(on, parent.DueOn)}
		if isMine(d.a, to.Person) || to.Person == parent.Holder {
			errs = append(errs, fault.Invalid("coop", d.dir.Person(to.Person).Name+" đã có vai trò khác trong phần việc này."))
		}
		for _, other := range d.w.Shares {
			if other.Parent == parent.ID && other.Holder == to.Person && other.State.Open() {
				errs = append(errs, fault.Invalid("coop", d.dir.Person(to.Person).Name+" đang phối hợp phần việc này rồi."))
			}
		}
		s := Share{ID: d.a.NewID(), Work: d.w.ID, Parent: parent.ID, Role: Coop, Unit: parent.Unit, Person: to.Person, Holder: to.Person,
			State: StateGiven, GivenAt: d.a.At}
		s.setOuter(on, d.endOf(on))
		if on == parent.DueOn {
			s.setOuter(on, parent.DueAt)
		} else {
			errs = append(errs, notPast(on, s.DueAt, d.a.At))
		}
		if err := fault.Join(errs...); err != nil {
			return nil, err
		}
		if err := d.found(s, Due{}, text); err != nil {
			return nil, err
		}
		if err := d.tell(s.Holder, AssignedInside, givenWords(d.dir, d.w, s)); err != nil {
			return nil, err
		}
		warnings = append(warnings, awayWarning(d.dir, s.Holder, on)...)
	}
	return warnings, nil
}

// insider refuses whoever does not work in the unit of the share, or in the unit that
// took it over.
func (d *deed) insider(s *Share, field string, person int64) error {
	if person == 0 {
		return fault.Invalid(field, "Hãy chọn người thực hiện.")
	}
	for _, p := range d.dir.PostsOn(person, d.a.Day()) {
		for hop, unit := 0, s.Unit; unit != 0 && hop < 8; hop++ {
			if p.Unit == unit {
				return nil
			}
			unit = d.dir.Unit(unit).Became
		}
	}
	return fault.Invalid(field, "Người được phân công phải đang công tác tại "+d.dir.Unit(s.Unit).Name+".")
}

// within refuses an inner day after the outer one.
func within(inner, outer civil.Date) error {
	if !outer.IsZero() && (inner.IsZero() || inner.After(outer)) {
		return fault.Invalid("due_on", "Hạn nội bộ không được sau hạn được giao ("+outer.VN()+").")
	}
	return nil
}

// endOf is the end of the last shift of a day; no day has no end.
func (d *deed) endOf(on civil.Date) time.Time {
	if on.IsZero() {
		return time.Time{}
	}
	return d.dir.Calendar.EndOfDay(on)
}
