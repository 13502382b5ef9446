// SPDX-License-Identifier: Apache-2.0

package task

import (
	"errors"
	"fmt"
	"strings"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/org"
)

// AskExtension asks for a later day (đề nghị gia hạn): the head of the unit for a day
// that still keeps what was promised, else the giver.
func AskExtension(a *journal.Act, share int64, on civil.Date, reason string) (request int64, err error) {
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
	level := levelOf(s)
	if level == Outer && s.Inner() && !s.OuterOn.IsZero() && !on.After(s.OuterOn) || level == Outer && s.OuterOn.IsZero() {
		level = Inner
	}
	if err := fault.Join(
		words("reason", "Lý do đề nghị gia hạn", reason, 1000, true),
		later(on, s.DueOn), notPast(on, d.endOf(on), a.At), d.bounds(s, level, on),
	); err != nil {
		return 0, err
	}
	return d.ask(s, Request{Kind: "extend", Level: level, On: on, Reason: reason}, ExtensionAsked,
		fmt.Sprintf("%s đề nghị gia hạn “%s” đến %s. Lý do: %s", upper(d.dir.Person(s.Holder).Polite()), d.w.Title, on.VN(), reason))
}

func later(on, was civil.Date) error {
	if !on.After(was) {
		return fault.Invalid("due_on", "Hạn mới phải sau hạn hiện tại ("+was.VN()+").")
	}
	return nil
}

// AskReturn asks that the share be given to somebody else (đề nghị chuyển lại): the
// officer asks the head of his unit, the unit asks the giver. A unit never passes its
// work to another by itself.
func AskReturn(a *journal.Act, share int64, reason string) (request int64, err error) {
	d, s, err := openShare(a, share)
	if err != nil {
		return 0, err
	}
	if err := d.mayDo(s, org.AskReturn); err != nil {
		return 0, err
	}
	if s.State != StateGiven && s.State != StateStarted {
		return 0, notNow(s)
	}
	if err := words("reason", "Lý do đề nghị chuyển lại", reason, 1000, true); err != nil {
		return 0, err
	}
	x, err := org.RightsIn(a)
	if err != nil {
		return 0, err
	}
	level := levelOf(s)
	if s.Person == 0 && !x.HeadsUnit(s.Unit) {
		level = Inner
	}
	return d.ask(s, Request{Kind: "return", Level: level, Reason: reason}, ReturnAsked,
		fmt.Sprintf("%s đề nghị chuyển lại “%s”. Lý do: %s", upper(d.dir.Person(s.Holder).Polite()), d.w.Title, reason))
}

func (d *deed) ask(s *Share, q Request, kind, text string) (int64, error) {
	open, err := openRequests(d.a, s.ID)
	if err != nil {
		return 0, fault.Internal(err)
	}
	for _, other := range open {
		if other.Kind == q.Kind {
			return 0, fault.Conflict("", "Đã có một đề nghị như vậy đang chờ trả lời.")
		}
	}
	q.ID, q.Share, q.AskedBy, q.AskedAt, q.Decider, q.State = d.a.NewID(), s.ID, me(d.a), d.a.At, d.decider(s, q.Level), "open"
	switch {
	case q.Decider == 0:
		return 0, fault.Invalid("", d.dir.Unit(d.unitOf(s)).Name+" chưa có người phụ trách để trả lời đề nghị.")
	case isMine(d.a, q.Decider):
		return 0, fault.Invalid("", "Anh/chị là người quyết định việc này; hãy đổi hạn hoặc phân công lại thay vì đề nghị.")
	}
	if err := insertRequest(d.a, q); err != nil {
		return 0, fault.Internal(err)
	}
	d.touch(s)
	if err := d.note(kind, s, Data{Asked: q.On, Was: s.DueOn}, q.Reason); err != nil {
		return 0, err
	}
	return q.ID, d.tell(q.Decider, kind, text)
}

// openRequest begins a deed on the share that a request is about.
func openRequest(a *journal.Act, request int64, kind string) (*deed, *Share, Request, error) {
	none := fault.NotFound("Không tìm thấy đề nghị này.")
	q, err := readRequest(a, a.By.Agency, request)
	if errors.Is(err, store.ErrNone) || err == nil && q.Kind != kind {
		return nil, nil, q, none
	}
	if err != nil {
		return nil, nil, q, fault.Internal(err)
	}
	d, s, err := openShare(a, q.Share)
	if err != nil {
		return nil, nil, q, err
	}
	// Only now does the work belong to this act: somebody may have answered meanwhile.
	if q, err = readRequest(a, a.By.Agency, request); err != nil {
		return nil, nil, q, fault.Internal(err)
	}
	if isMine(a, q.AskedBy) {
		a.Judged()
		return nil, nil, q, fault.Forbidden("Không ai được tự trả lời đề nghị của chính mình.")
	}
	if err := d.mayDecide(s, q.Level); err != nil {
		return nil, nil, q, err
	}
	if q.State != "open" {
		return nil, nil, q, fault.Conflict("", "Đề nghị này đã được trả lời.")
	}
	return d, s, q, nil
}

// answer writes the decision about a request.
func (d *deed) answer(q *Request, grant bool, text string) error {
	if err := words("answer", "Lý do không đồng ý", text, 1000, !grant); err != nil {
		return err
	}
	q.State = "refused"
	if grant {
		q.State = "granted"
	}
	q.Answer, q.DecidedBy, q.DecidedAt = strings.TrimSpace(text), me(d.a), d.a.At
	return fault.Internal(updateRequest(d.a, *q))
}

// DecideExtension answers a request for a later day; on is another day than the one
// asked for, zero the same. The first day stays for good.
func DecideExtension(a *journal.Act, request int64, grant bool, on civil.Date, answer string) error {
	d, s, q, err := openRequest(a, request, "extend")
	if err != nil {
		return err
	}
	if err := d.answer(&q, grant, answer); err != nil {
		return err
	}
	was := s.DueOn
	if q.Level == Outer {
		was = s.OuterOn
	}
	if !grant {
		d.touch(s)
		if err := d.note(ExtensionRefused, s, Data{Asked: q.On, Was: was}, answer); err != nil {
			return err
		}
		return d.tellBoth(s, q, ExtensionRefused, fmt.Sprintf("Không đồng ý gia hạn “%s”. Lý do: %s", d.w.Title, answer))
	}
	if on.IsZero() {
		on = q.On
	}
	if err := fault.Join(later(on, was), notPast(on, d.endOf(on), a.At), d.bounds(s, q.Level, on)); err != nil {
		return err
	}
	reason := q.Reason
	if err := d.setDue(s, q.Level, on, "extended", reason, Due{}); err != nil {
		return err
	}
	s.Extended++
	if err := d.save(s); err != nil {
		return err
	}
	if err := d.note(ExtensionGranted, s, Data{Asked: q.On, Was: was}, answer); err != nil {
		return err
	}
	return d.tellBoth(s, q, ExtensionGranted, fmt.Sprintf("Đồng ý gia hạn “%s” đến %s.", d.w.Title, on.VN()))
}

// tellBoth tells the holder and whoever asked.
func (d *deed) tellBoth(s *Share, q Request, kind, text string) error {
	if err := d.tell(s.Holder, kind, text); err != nil || q.AskedBy == s.Holder {
		return err
	}
	return d.tell(q.AskedBy, kind, text)
}

// DecideReturn answers a request to give the share back. Inside a unit it goes back to
// the head. The giver takes a cooperation out; with the lead's share the work ends here
// and goes back to where it came from, to be given anew. To agree and name the new lead
// at once is ChangeLead.
func DecideReturn(a *journal.Act, request int64, grant bool, answer string) error {
	d, s, q, err := openRequest(a, request, "return")
	if err != nil {
		return err
	}
	if err := d.answer(&q, grant, answer); err != nil {
		return err
	}
	was := s.Holder
	text := fmt.Sprintf("Đồng ý chuyển lại “%s”.", d.w.Title)
	if !grant {
		d.touch(s)
		if err := d.note(ReturnRefused, s, Data{}, answer); err != nil {
			return err
		}
		return d.tellBoth(s, q, ReturnRefused, fmt.Sprintf("Không đồng ý chuyển lại “%s”. Lý do: %s", d.w.Title, answer))
	}
	if err := d.tellBoth(s, q, ReturnGranted, text); err != nil {
		return err
	}
	switch {
	case q.Level == Inner && s.Parent == 0:
		head := d.decider(s, Inner)
		if s.Inner() {
			on, at := s.OuterOn, s.OuterAt
			s.DueOn, s.DueAt = on, at
			if err := d.date(s, Inner, on, "changed", q.Reason, Due{}); err != nil {
				return err
			}
		}
		s.Holder = head
		if err := d.hold(s, head, s.Unit); err != nil {
			return err
		}
		if err := d.save(s); err != nil {
			return err
		}
	case s.Role == Lead && s.Parent == 0:
		if err := d.end(s, StateReturned); err != nil {
			return err
		}
		if err := d.dropAll(ReturnGranted, text); err != nil {
			return err
		}
		if err := d.note(ReturnGranted, s, Data{From: was}, answer); err != nil {
			return err
		}
		return effect(a, d.w, func(e Effects) func(*journal.Act, Work) error { return e.Returned })
	default:
		for i := range d.w.Shares {
			if c := &d.w.Shares[i]; c.Parent == s.ID && c.State.Open() {
				if err := d.end(c, StateDropped); err != nil {
					return err
				}
			}
		}
		if err := d.end(s, StateReturned); err != nil {
			return err
		}
	}
	if err := d.note(ReturnGranted, s, Data{From: was}, answer); err != nil {
		return err
	}
	return nil
}
