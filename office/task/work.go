// SPDX-License-Identifier: Apache-2.0

package task

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/org"
)

func lower(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToLower(r)) + s[n:]
}

// See records that whoever holds the share has opened it for the first time. Others who
// look leave no trace here, and a second look changes nothing.
func See(a *journal.Act, share int64) error {
	d, s, err := openShare(a, share)
	if err != nil {
		return err
	}
	if !s.SeenAt.IsZero() || !isMine(a, s.Holder) || !s.State.Open() && s.State != StateInfo {
		return nil
	}
	if err := d.mayDo(s, org.DoWork); err != nil {
		return err
	}
	if err := d.saw(s); err != nil {
		return err
	}
	if err := d.save(s); err != nil {
		return err
	}
	if err := d.note(Seen, s, Data{}, ""); err != nil {
		return err
	}
	return nil
}

// Start begins the work on a share (bắt đầu xử lý). Starting again changes nothing.
func Start(a *journal.Act, share int64) error {
	d, s, err := openShare(a, share)
	if err != nil {
		return err
	}
	if err := d.mayDo(s, org.DoWork); err != nil {
		return err
	}
	if s.State == StateStarted {
		return nil
	}
	if s.State != StateGiven {
		return notNow(s)
	}
	if err := d.start(s); err != nil {
		return err
	}
	if err := d.note(WorkStarted, s, Data{}, ""); err != nil {
		return err
	}
	return d.started(s)
}

// saw keeps when the one who holds the share now opened it first.
func (d *deed) saw(s *Share) error {
	if s.SeenAt.IsZero() {
		s.SeenAt = d.a.At
	}
	return fault.Internal(sawHolding(d.a, s.ID, s.Holder))
}

// begun is to accept by beginning, unless another day was proposed and waits for an answer.
func (d *deed) begun(s *Share) error {
	if s.Settled() {
		return nil
	}
	open, err := openRequests(d.a, s.ID)
	if err != nil {
		return fault.Internal(err)
	}
	if !slices.ContainsFunc(open, func(q Request) bool { return q.Kind == "agree" }) {
		d.agree(s, agreedBegun)
	}
	return nil
}

func (d *deed) start(s *Share) error {
	s.State, s.StartedAt = StateStarted, d.a.At
	if isMine(d.a, s.Holder) {
		if err := d.saw(s); err != nil {
			return err
		}
		if err := d.begun(s); err != nil {
			return err
		}
	}
	return d.save(s)
}

// started tells where the work comes from that its lead has begun.
func (d *deed) started(s *Share) error {
	if s.Role != Lead || s.Parent != 0 {
		return nil
	}
	return effect(d.a, d.w, func(e Effects) func(*journal.Act, Work) error { return e.Started })
}

func notNow(s *Share) error {
	return fault.Conflict("", "Không làm được việc này khi phần việc ở trạng thái: "+lower(s.State.Words())+".")
}

// Progress tells how far the work has come (báo cáo tiến độ). It is information only and
// enters no figure; whoever tells it has begun.
func Progress(a *journal.Act, share int64, text string) error {
	d, s, err := openShare(a, share)
	if err != nil {
		return err
	}
	if err := d.mayDo(s, org.DoWork); err != nil {
		return err
	}
	if s.State != StateGiven && s.State != StateStarted {
		return notNow(s)
	}
	if err := words("text", "Nội dung tiến độ", text, 2000, true); err != nil {
		return err
	}
	fresh := s.State == StateGiven
	if fresh {
		if err := d.start(s); err != nil {
			return err
		}
	}
	d.touch(s)
	if err := d.note(Progressed, s, Data{}, text); err != nil {
		return err
	}
	if fresh {
		return d.started(s)
	}
	return nil
}

// Report hands in the result of a share (báo cáo kết quả). From then on it waits for
// whoever gave it, who holds it in the meantime; where the agency's setting allows it
// the lead's report finishes the work.
func Report(a *journal.Act, share int64, result, answer string) error {
	d, s, err := openShare(a, share)
	if err != nil {
		return err
	}
	if err := d.mayDo(s, org.DoWork); err != nil {
		return err
	}
	if s.State != StateGiven && s.State != StateStarted {
		return notNow(s)
	}
	if err := fault.Join(
		words("result", "Kết quả thực hiện", result, 2000, true),
		words("answer", "Số, ký hiệu văn bản trả lời", answer, 500, false),
	); err != nil {
		return err
	}
	fresh := s.State == StateGiven
	if fresh {
		if err := d.start(s); err != nil {
			return err
		}
	}
	if err := d.still(s, true); err != nil { // whoever hands in waits no longer
		return err
	}
	s.State, s.ReportedAt, s.ReportedBy = StateReported, a.At, me(a)
	s.Result, s.Answer = strings.TrimSpace(result), strings.TrimSpace(answer)
	if err := d.settle(s, "", "refused", "Đã báo cáo kết quả."); err != nil {
		return err
	}
	if err := d.handIn(s, ProofSubmission, "", a.At); err != nil {
		return err
	}
	decider := d.decider(s, levelOf(s))
	if decider != 0 {
		unit := d.unitOn(decider)
		if levelOf(s) == Inner {
			unit = d.unitOf(s)
		}
		if err := d.hold(s, decider, unit); err != nil {
			return err
		}
	}
	if err := d.save(s); err != nil {
		return err
	}
	if err := d.note(ResultReported, s, Data{}, s.Result); err != nil {
		return err
	}
	if fresh {
		if err := d.started(s); err != nil {
			return err
		}
	}
	text := fmt.Sprintf("%s báo cáo kết quả: “%s”, chờ anh/chị xác nhận.", upper(d.dir.Person(s.Holder).Polite()), d.w.Title)
	if s.Role != Lead || s.Parent != 0 {
		return d.tell(decider, ResultReported, text)
	}
	if !d.dir.On(needsConfirmation) {
		return d.finish(s, "")
	}
	if err := d.tell(decider, ResultReported, text); err != nil {
		return err
	}
	return effect(a, d.w, func(e Effects) func(*journal.Act, Work) error { return e.Reported })
}

func upper(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// Confirm accepts the result of a share (xác nhận kết quả). The share was finished when
// it was reported, not when it is confirmed. With the lead's share the work ends (kết
// thúc), and what others still have open of it is closed with a note.
func Confirm(a *journal.Act, share int64, note string) error {
	d, s, err := openShare(a, share)
	if err != nil {
		return err
	}
	if err := d.mayDecide(s, levelOf(s)); err != nil {
		return err
	}
	if s.State != StateReported {
		return fault.Conflict("", "Chưa có báo cáo kết quả để xác nhận.")
	}
	if err := words("text", "Ý kiến xác nhận", note, 2000, false); err != nil {
		return err
	}
	if s.Role == Lead && s.Parent == 0 {
		return d.finish(s, note)
	}
	if err := d.close(s); err != nil {
		return err
	}
	if err := d.note(ResultConfirmed, s, Data{}, note); err != nil {
		return err
	}
	return d.tell(s.Holder, ResultConfirmed, confirmWords(d, note))
}

func confirmWords(d *deed, note string) string {
	text := fmt.Sprintf("Kết quả “%s” đã được xác nhận.", d.w.Title)
	if note != "" {
		text += " Ý kiến: " + note
	}
	return text
}

// close makes a share done as of its report, or as of now when it was never reported.
func (d *deed) close(s *Share) error {
	if s.State == StateReported {
		s.DoneAt = s.ReportedAt
		if err := d.outcome(s, "accepted", false); err != nil {
			return err
		}
	} else {
		if err := d.still(s, true); err != nil {
			return err
		}
		s.DoneAt, s.Result = d.a.At, "Đóng cùng việc khi phần chính đã hoàn thành."
	}
	if err := d.end(s, StateDone); err != nil {
		return err
	}
	for i := range d.w.Shares {
		if c := &d.w.Shares[i]; c.Parent == s.ID && c.State.Open() {
			if err := d.close(c); err != nil {
				return err
			}
		}
	}
	return nil
}

// finish ends the work with its lead's accepted result.
func (d *deed) finish(lead *Share, note string) error {
	if err := d.close(lead); err != nil {
		return err
	}
	for i := range d.w.Shares {
		if s := &d.w.Shares[i]; s.State.Open() {
			if err := d.close(s); err != nil {
				return err
			}
		}
	}
	d.w.State, d.w.DoneAt = WorkDone, lead.DoneAt
	if err := updateWork(d.a, d.w); err != nil {
		return fault.Internal(err)
	}
	if err := d.note(Finished, lead, Data{}, note); err != nil {
		return err
	}
	if err := d.tell(lead.Holder, Finished, confirmWords(d, note)); err != nil {
		return err
	}
	if err := d.rollUp(); err != nil {
		return err
	}
	return effect(d.a, d.w, func(e Effects) func(*journal.Act, Work) error { return e.Done })
}

// SendBack asks for the result to be done again (yêu cầu làm lại), until a new day if
// one is given.
func SendBack(a *journal.Act, share int64, reason string, due civil.Date) error {
	return sendBack(a, share, reason, due, false)
}

// SendBackUnmet is SendBack for a result that is not met in substance (sai sót lớn về nội
// dung): that is counted against its quality, spelling and format are not (evaluation.md 3.7).
func SendBackUnmet(a *journal.Act, share int64, reason string, due civil.Date) error {
	return sendBack(a, share, reason, due, true)
}

func sendBack(a *journal.Act, share int64, reason string, due civil.Date, unmet bool) error {
	d, s, err := openShare(a, share)
	if err != nil {
		return err
	}
	if err := d.mayDecide(s, levelOf(s)); err != nil {
		return err
	}
	if s.State != StateReported {
		return fault.Conflict("", "Chưa có báo cáo kết quả để yêu cầu làm lại.")
	}
	if err := words("reason", "Lý do yêu cầu làm lại", reason, 1000, true); err != nil {
		return err
	}
	was := s.DueOn
	s.Reworked++
	if err := d.outcome(s, "returned", unmet); err != nil {
		return err
	}
	if err := d.again(s, reason, due); err != nil {
		return err
	}
	if err := d.note(SentBack, s, Data{Was: was}, reason); err != nil {
		return err
	}
	if err := d.tell(s.Holder, SentBack, fmt.Sprintf("Yêu cầu làm lại “%s”. Lý do: %s", d.w.Title, reason)); err != nil {
		return err
	}
	if s.Role != Lead || s.Parent != 0 {
		return nil
	}
	return effect(a, d.w, func(e Effects) func(*journal.Act, Work) error { return e.SentBack })
}

// again gives a finished or reported share back to its holder.
func (d *deed) again(s *Share, reason string, due civil.Date) error {
	d.excused = !s.Late(d.a.At) // what was handed in time has met the day it had
	s.State, s.ReportedAt, s.ReportedBy, s.DoneAt = StateStarted, time.Time{}, 0, time.Time{}
	if err := d.hold(s, s.Holder, s.Unit); err != nil {
		return err
	}
	if !due.IsZero() && due != s.DueOn {
		if err := notPast(due, d.endOf(due), d.a.At); err != nil {
			return err
		}
		kind := "changed"
		if due.After(s.OuterOn) {
			kind = "extended" // whoever does it again gets the whole of the new time
		}
		if err := d.setDue(s, levelOf(s), due, kind, reason, Due{}); err != nil {
			return err
		}
	}
	return d.save(s)
}

// Reopen takes a finished work up again (mở lại). The first finish stays in the book.
func Reopen(a *journal.Act, work int64, reason string, due civil.Date) error {
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
	if d.w.State != WorkDone {
		return fault.Conflict("", "Chỉ mở lại được công việc đã hoàn thành.")
	}
	if err := words("reason", "Lý do mở lại", reason, 1000, true); err != nil {
		return err
	}
	was := lead.DueOn
	lead.Reworked++
	if err := d.outcome(lead, "reopened", true); err != nil {
		return err
	}
	d.w.State, d.w.DoneAt = WorkOpen, time.Time{}
	d.w.Reopened++
	if err := d.again(lead, reason, due); err != nil {
		return err
	}
	if err := updateWork(a, d.w); err != nil {
		return fault.Internal(err)
	}
	if err := d.note(WorkReopened, lead, Data{Was: was}, reason); err != nil {
		return err
	}
	if err := d.tell(lead.Holder, WorkReopened, fmt.Sprintf("Công việc “%s” được mở lại. Lý do: %s", d.w.Title, reason)); err != nil {
		return err
	}
	return effect(a, d.w, func(e Effects) func(*journal.Act, Work) error { return e.Reopened })
}
