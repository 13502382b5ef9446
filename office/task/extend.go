// SPDX-License-Identifier: Apache-2.0

package task

import (
	"fmt"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/org"
)

// What whoever asks for more time says of the cause.
const (
	CauseOwn       = "own"       // nguyên nhân chủ quan
	CauseObjective = "objective" // nguyên nhân khách quan
)

// AskExtension asks for a later day (đề nghị gia hạn) without naming a cause.
func AskExtension(a *journal.Act, share int64, on civil.Date, reason string) (request int64, err error) {
	return AskExtensionFor(a, share, Due{On: on}, "", reason)
}

// AskExtensionFor asks for a later day or hour: the head of the unit for one that still
// keeps what was promised, else the giver. Once whoever gives has granted as many as the
// agency allows him, the next level decides. It is asked before the day has passed;
// afterwards only for an objective cause, which whoever decides has to confirm.
func AskExtensionFor(a *journal.Act, share int64, due Due, cause, reason string) (request int64, err error) {
	d, s, err := openShare(a, share)
	if err != nil {
		return 0, err
	}
	if err := d.mayDo(s, org.DoWork); err != nil {
		return 0, err
	}
	if s.State != StateGiven && s.State != StateStarted {
		return 0, notNow(s)
	}
	if s.DueOn.IsZero() {
		return 0, fault.Invalid("due_on", "Việc không định ngày thì không cần gia hạn.")
	}
	if cause != "" && cause != CauseOwn && cause != CauseObjective {
		return 0, fault.Invalid("cause", "Hãy chọn nguyên nhân: chủ quan hoặc khách quan.")
	}
	on, at, err := d.fresh(due)
	if err != nil {
		return 0, err
	}
	level := levelOf(s)
	if level == Outer && s.Inner() && !s.OuterAt.IsZero() && !at.After(s.OuterAt) || level == Outer && s.OuterOn.IsZero() {
		level = Inner
	}
	errs := []error{words("reason", "Lý do đề nghị gia hạn", reason, 1000, true), d.bounds(s, level, on)}
	if !at.After(s.DueAt) {
		errs = append(errs, later(on, s.DueOn))
	}
	if s.Late(a.At) && cause != CauseObjective {
		errs = append(errs, fault.Invalid("cause", "Hạn đã qua: chỉ đề nghị gia hạn được khi có nguyên nhân khách quan."))
	}
	if err := fault.Join(errs...); err != nil {
		return 0, err
	}
	q := Request{Kind: "extend", Level: level, On: on, At: at, Reason: reason, Cause: cause}
	if err := d.above(s, &q); err != nil {
		return 0, err
	}
	return d.ask(s, q, ExtensionAsked,
		fmt.Sprintf("%s đề nghị gia hạn “%s” đến %s. Lý do: %s", upper(d.dir.Person(s.Holder).Polite()), d.w.Title, on.VN(), reason))
}

// above finds who decides when whoever would has granted all that the agency allows him:
// the giver above the head of the unit, the head of the agency above the giver. Above the
// head of the agency there is nobody.
func (d *deed) above(s *Share, q *Request) error {
	n, err := countGranted(d.a, s.ID, q.Level)
	if err != nil {
		return fault.Internal(err)
	}
	if n < d.dir.Int(extensions) {
		return nil
	}
	q.Above = true
	if q.Level == Inner {
		q.Decider = d.w.Giver
		if q.Decider == d.decider(s, Inner) { // the head of the unit gave it himself
			q.Decider = d.top()
		}
		return nil
	}
	q.Decider = d.top()
	return nil
}

// top is who heads the agency; the giver while nobody does.
func (d *deed) top() int64 {
	if heads := d.dir.With(d.a.Day(), org.Head); len(heads) > 0 {
		return heads[0].ID
	}
	return d.w.Giver
}

// mayAnswer asks whether the holder may answer a request.
func (d *deed) mayAnswer(s *Share, q Request) error {
	if !q.Above {
		return d.mayDecide(s, q.Level)
	}
	if err := d.mayDecide(s, Outer); err != nil {
		return err
	}
	x, err := org.RightsIn(d.a)
	if err != nil {
		return err
	}
	if !isMine(d.a, q.Decider) && !x.Is(org.Head) {
		return fault.Forbidden("Việc này đã gia hạn đủ số lần cho phép; chỉ cấp trên của người giao mới gia hạn thêm được.")
	}
	return nil
}

// A Decision is the answer to a request for more time.
type Decision struct {
	Grant  bool
	Due    Due // another day than the one asked for; zero = the same
	Answer string
	// Objective confirms that the cause lay outside the holder's hands: a day that has
	// passed is then not held against him.
	Objective bool
}

// DecideExtension answers a request for a later day; on is another day than the one
// asked for, zero the same. The first day stays for good.
func DecideExtension(a *journal.Act, request int64, grant bool, on civil.Date, answer string) error {
	return DecideExtensionFor(a, request, Decision{Grant: grant, Due: Due{On: on}, Answer: answer})
}

// DecideExtensionFor is DecideExtension with the hour and with the cause. A later day that
// is granted when the old one has passed does not undo that it was missed, unless the
// cause is confirmed as objective (evaluation.md 3.3).
func DecideExtensionFor(a *journal.Act, request int64, x Decision) error {
	d, s, q, err := openRequest(a, request, "extend")
	if err != nil {
		return err
	}
	if x.Grant && x.Objective {
		q.Objective, q.ConfirmedBy, q.ConfirmedAt = true, me(a), a.At
	}
	was, wasAt := s.DueOn, s.DueAt
	if q.Level == Outer {
		was, wasAt = s.OuterOn, s.OuterAt
	}
	on, at := q.On, q.At
	if at.IsZero() {
		at = d.endOf(on)
	}
	if x.Grant && !x.Due.On.IsZero() && x.Due.On != q.On {
		if on, at, err = d.fresh(x.Due); err != nil {
			return err
		}
	}
	if err := d.answer(&q, x.Grant, x.Answer); err != nil {
		return err
	}
	if !x.Grant {
		d.touch(s)
		if err := d.note(ExtensionRefused, s, Data{Asked: q.On, Was: was}, x.Answer); err != nil {
			return err
		}
		return d.tellBoth(s, q, ExtensionRefused, fmt.Sprintf("Không đồng ý gia hạn “%s”. Lý do: %s", d.w.Title, x.Answer))
	}
	errs := []error{notPast(on, at, a.At), d.bounds(s, q.Level, on)}
	if !at.After(wasAt) {
		errs = append(errs, later(on, was))
	}
	if err := fault.Join(errs...); err != nil {
		return err
	}
	d.excused = q.Objective || d.dir.On(askedInTime) && !s.lateFor(wasAt, q.AskedAt)
	if err := d.setDueAt(s, q.Level, on, at, "extended", q.Reason, Due{}); err != nil {
		return err
	}
	s.Extended++
	if err := d.save(s); err != nil {
		return err
	}
	data := Data{Asked: q.On, Was: was}
	if q.Objective {
		data.Kind = CauseObjective
	}
	if err := d.note(ExtensionGranted, s, data, x.Answer); err != nil {
		return err
	}
	return d.tellBoth(s, q, ExtensionGranted, fmt.Sprintf("Đồng ý gia hạn “%s” đến %s.", d.w.Title, on.VN()))
}
