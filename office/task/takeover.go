// SPDX-License-Identifier: Apache-2.0

package task

import (
	"time"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/org"
)

// A Past is a piece of work as an earlier register knows it.
type Past struct {
	Title   string
	Source  string
	Field   int64
	Urgency int
	Giver   int64 // 0 when the register does not say
	Lead    Assignee
	GivenAt time.Time
	Due     civil.Date // zero = undated
	DoneAt  time.Time  // zero = still open
	Result  string
	Answer  string
}

// TakeOver enters a piece of work of an earlier register (nhập việc từ sổ cũ) with the
// day and the outcome it had there. Work that is still open needs somebody who holds it
// today; of finished work the unit may be long gone.
func TakeOver(a *journal.Act, p Past) (Work, error) {
	if err := org.May(a, org.TakeOver, org.Target{}); err != nil {
		return Work{}, err
	}
	dir, err := org.DirectoryIn(a)
	if err != nil {
		return Work{}, fault.Internal(err)
	}
	if err := fault.Join(
		words("title", "Nội dung công việc", p.Title, 2000, true),
		words("result", "Kết quả thực hiện", p.Result, 2000, false),
		words("answer", "Số, ký hiệu văn bản trả lời", p.Answer, 500, false),
	); err != nil {
		return Work{}, err
	}
	if p.GivenAt.IsZero() || p.GivenAt.After(a.At) || !p.DoneAt.IsZero() && (p.DoneAt.Before(p.GivenAt) || p.DoneAt.After(a.At)) {
		return Work{}, fault.Invalid("done_on", "Ngày giao và ngày hoàn thành phải theo thứ tự và không sau hôm nay.")
	}
	s := Share{Role: Lead, Unit: p.Lead.Unit, Person: p.Lead.Person, Holder: p.Lead.Person, State: StateDone}
	if p.DoneAt.IsZero() {
		if s, err = assignee(dir, a.Day(), Lead, "lead", p.Lead); err != nil {
			return Work{}, err
		}
	} else if s.Holder == 0 {
		s.Holder = dir.HeadOf(s.Unit, civil.Of(p.DoneAt))
	}
	d := &deed{a: a, dir: dir, w: Work{
		ID: a.NewID(), Title: p.Title, Source: p.Source, Field: p.Field, Urgency: min(max(p.Urgency, 0), maxUrgency),
		Giver: p.Giver, GivenAt: p.GivenAt, State: WorkOpen, DoneAt: p.DoneAt,
	}}
	s.ID, s.Work, s.GivenAt, s.Result, s.Answer = a.NewID(), d.w.ID, p.GivenAt, p.Result, p.Answer
	s.setOuter(p.Due, d.endOf(p.Due))
	if !p.DoneAt.IsZero() {
		d.w.State, s.StartedAt, s.ReportedAt, s.DoneAt = WorkDone, p.GivenAt, p.DoneAt, p.DoneAt
	}
	if err := insertWork(a, d.w); err != nil {
		return Work{}, fault.Internal(err)
	}
	if err := d.found(s, Due{}, ""); err != nil {
		return Work{}, err
	}
	if err := d.note(TakenOver, nil, Data{}, ""); err != nil {
		return Work{}, err
	}
	return d.w, nil
}
