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
	q.ID, q.Share, q.AskedBy, q.AskedAt, q.State = d.a.NewID(), s.ID, me(d.a), d.a.At, "open"
	if q.Decider == 0 {
		q.Decider = d.decider(s, q.Level)
	}
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
	if err := d.mayAnswer(s, q); err != nil {
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
			on, at, was := s.OuterOn, s.OuterAt, s.DueAt
			s.DueOn, s.DueAt = on, at
			if err := d.dateAfter(s, Inner, on, "changed", q.Reason, Due{}, was); err != nil {
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
