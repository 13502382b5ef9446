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

// How the holder came to his day (thỏa thuận hạn).
const (
	agreedAccepted  = "accepted"  // nhận hạn được giao
	agreedBegun     = "begun"     // bắt đầu là nhận hạn
	agreedProposed  = "proposed"  // người giao đồng ý hạn đề xuất
	agreedCountered = "countered" // người giao đưa ra hạn thứ ba
	agreedRefused   = "refused"   // người giao giữ hạn cũ
)

// AgreedWords are the words of the screen for each way to agree.
var AgreedWords = map[string]string{
	agreedAccepted: "Đã nhận hạn", agreedBegun: "Bắt đầu xử lý, coi như nhận hạn", agreedProposed: "Hạn theo đề xuất, hai bên đã thống nhất",
	agreedCountered: "Hạn do người giao quyết định sau khi có đề xuất", agreedRefused: "Người giao giữ nguyên hạn", AgreedBySilence: "Không có ý kiến, coi như nhận hạn",
}

// AgreedBySilence is how a share was agreed to when the agency lets silence count. It is
// computed from the day and never kept.
const AgreedBySilence = "silent"

// Agreement is how the holder of a share came to his day, "" while he has not. since is
// when he got the share.
func (s Share) Agreement(d *org.Directory, since, now time.Time) string {
	if s.Settled() {
		return s.Agreed
	}
	n := d.Int(silenceAccepts)
	if n == 0 || since.IsZero() || s.DueOn.IsZero() || s.State != StateGiven && s.State != StateStarted {
		return ""
	}
	if now.After(d.Calendar.EndOfDay(d.Calendar.AddWorkingDays(civil.Of(since), n))) {
		return AgreedBySilence
	}
	return ""
}

// agree keeps that the one who holds the share now has come to his day.
func (d *deed) agree(s *Share, how string) {
	s.Agreed, s.AgreedBy, s.AgreedAt = how, s.Holder, d.a.At
}

// mayAgree asks whether the act is that of the one who holds the share: nobody accepts or
// negotiates a day in another's place, unless he stands in for him.
func (d *deed) mayAgree(s *Share) error {
	if err := d.mayDo(s, org.DoWork); err != nil {
		return err
	}
	if !isMine(d.a, s.Holder) {
		return fault.Forbidden("Chỉ người được giao mới nhận hạn hoặc đề xuất hạn khác.")
	}
	if s.State != StateGiven && s.State != StateStarted {
		return notNow(s)
	}
	return nil
}

// Accept accepts the day that was given (nhận hạn được giao). Accepting again changes nothing.
func Accept(a *journal.Act, share int64) error {
	d, s, err := openShare(a, share)
	if err != nil {
		return err
	}
	if err := d.mayAgree(s); err != nil || s.Settled() {
		return err
	}
	if err := d.settle(s, "agree", "refused", "Người thực hiện đã nhận hạn được giao."); err != nil {
		return err
	}
	d.agree(s, agreedAccepted)
	if !s.DueOn.IsZero() {
		level := Outer
		if s.Parent != 0 || s.Inner() {
			level = Inner
		}
		if err := d.dateAfter(s, level, s.DueOn, "agreed", "", Due{}, s.DueAt); err != nil {
			return err
		}
	}
	if err := d.save(s); err != nil {
		return err
	}
	if err := d.note(DueAccepted, s, Data{}, ""); err != nil {
		return err
	}
	return d.tell(d.asker(s), DueAccepted, fmt.Sprintf("%s nhận việc “%s”%s.", upper(d.dir.Person(s.Holder).Polite()), d.w.Title, dueWords(s.DueOn)))
}

// asker is who gave the share to its holder: the head of the unit for whoever has it
// inside, else the giver.
func (d *deed) asker(s *Share) int64 {
	if head := d.dir.HeadOf(d.unitOf(s), d.a.Day()); (s.Parent != 0 || s.Person == 0) && head != s.Holder && head != 0 {
		return head
	}
	return d.w.Giver
}

// levelFor is who decides about another day for the holder: whoever heads the unit as
// long as the day keeps what was promised, else the giver.
func (d *deed) levelFor(s *Share, at time.Time) Level {
	inside := s.Inner() || s.Person == 0 && d.asker(s) != d.w.Giver
	if s.Parent != 0 || inside && (s.OuterAt.IsZero() || !at.After(s.OuterAt)) {
		return Inner
	}
	return Outer
}

// ProposeDue proposes another day than the one given (đề xuất hạn khác), before the holder
// has accepted it or begun. Afterwards a later day is an extension.
func ProposeDue(a *journal.Act, share int64, due Due, reason string) (request int64, err error) {
	d, s, err := openShare(a, share)
	if err != nil {
		return 0, err
	}
	if err := d.mayAgree(s); err != nil {
		return 0, err
	}
	since, err := heldSince(a, s.ID)
	if err != nil {
		return 0, fault.Internal(err)
	}
	switch {
	case s.Agreement(d.dir, since, a.At) != "":
		return 0, fault.Conflict("", "Hạn này đã được thống nhất; nếu cần thêm thời gian, hãy đề nghị gia hạn.")
	case s.Late(a.At):
		return 0, fault.Conflict("", "Hạn đã qua nên không đề xuất hạn khác được; hãy đề nghị gia hạn.")
	}
	on, at, err := d.fresh(due)
	if err != nil {
		return 0, err
	}
	level := d.levelFor(s, at)
	errs := []error{words("reason", "Lý do đề xuất hạn khác", reason, 1000, true), d.bounds(s, level, on)}
	if at.Equal(s.DueAt) {
		errs = append(errs, fault.Invalid("due_on", "Hạn đề xuất trùng với hạn được giao."))
	}
	if err := fault.Join(errs...); err != nil {
		return 0, err
	}
	return d.ask(s, Request{Kind: "agree", Level: level, On: on, At: at, Reason: reason}, DueProposed,
		fmt.Sprintf("%s đề xuất hạn %s cho “%s”. Lý do: %s", upper(d.dir.Person(s.Holder).Polite()), on.VN(), d.w.Title, reason))
}

// fresh settles a day that is asked for or set now.
func (d *deed) fresh(due Due) (civil.Date, time.Time, error) {
	due, err := due.fix(d.dir.Calendar)
	if err != nil {
		return 0, time.Time{}, err
	}
	if due.On.IsZero() {
		return 0, time.Time{}, fault.Invalid("due_on", "Hãy nhập hạn mới.")
	}
	at, err := due.instant(d.dir.Calendar)
	return due.On, at, fault.Join(err, notPast(due.On, at, d.a.At))
}

// DecideProposedDue answers a proposed day: as proposed, with a third day (due), or by
// keeping the day that was given. Whatever the answer, the day is settled with it; a
// later one is an extension.
func DecideProposedDue(a *journal.Act, request int64, grant bool, due Due, answer string) error {
	d, s, q, err := openRequest(a, request, "agree")
	if err != nil {
		return err
	}
	on, at, how := q.On, q.At, agreedProposed
	if grant && (!due.On.IsZero() || !due.BasisAt.IsZero()) {
		if on, at, err = d.fresh(due); err != nil {
			return err
		}
		if !at.Equal(q.At) {
			how = agreedCountered
		}
	}
	if err := d.answer(&q, grant, answer); err != nil {
		return err
	}
	was := s.DueOn
	if !grant {
		d.agree(s, agreedRefused)
		if err := d.save(s); err != nil {
			return err
		}
		if err := d.note(DueKept, s, Data{Asked: q.On, Was: was}, answer); err != nil {
			return err
		}
		return d.tellBoth(s, q, DueKept, fmt.Sprintf("Giữ nguyên hạn của “%s”%s. Lý do: %s", d.w.Title, dueWords(s.DueOn), answer))
	}
	if err := fault.Join(notPast(on, at, a.At), d.bounds(s, q.Level, on)); err != nil {
		return err
	}
	if err := d.setDueAt(s, q.Level, on, at, "agreed", q.Reason, Due{}); err != nil {
		return err
	}
	d.agree(s, how)
	if err := d.save(s); err != nil {
		return err
	}
	if err := d.note(DueAgreed, s, Data{Asked: q.On, Was: was}, answer); err != nil {
		return err
	}
	return d.tellBoth(s, q, DueAgreed, fmt.Sprintf("Hạn của “%s” được thống nhất là %s.", d.w.Title, on.VN()))
}
