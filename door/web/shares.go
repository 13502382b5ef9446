// SPDX-License-Identifier: Apache-2.0

package web

import (
	"cmp"
	"encoding/json"
	"fmt"

	"soviec/door/web/view"
	"soviec/kit/civil"
	"soviec/kit/journal"
	"soviec/office/task"
)

// shareRows say who does what in a work (ai làm gì): the unit or the person it was given
// to, who answers for the unit, and who really has it now and since when.
func (v *visit) shareRows(w task.Work) ([]view.Share, error) {
	ids := make([]int64, len(w.Shares))
	for i, s := range w.Shares {
		ids[i] = s.ID
	}
	held, err := task.Holdings(v.read(), v.agency(), ids)
	if err != nil {
		return nil, err
	}
	rows := make([]view.Share, len(w.Shares))
	for i, s := range w.Shares {
		rows[i] = v.shareRow(w, s, held[s.ID])
	}
	return rows, nil
}

func (v *visit) shareRow(w task.Work, s task.Share, held []task.Holding) view.Share {
	row := view.Share{Role: s.Role.Words(), Name: whoHolds(v.dir, s.Person, s.Unit), Due: s.OuterOn.VN(), State: v.shareState(s), Status: s.Words()}
	if s.Person != 0 {
		row.Unit = v.dir.Unit(s.Unit).Name
	}
	if s.Inner() {
		row.InnerDue = s.DueOn.VN()
	}
	if s.Parent != 0 {
		row.Role += " trong phòng"
	}
	if head := v.dir.HeadOf(s.Unit, v.today); s.Person == 0 && (s.State.Open() || s.State == task.StateDone) && head != 0 {
		row.Answers = v.dir.Person(head).Name + " chịu trách nhiệm"
		if title := v.dir.Title(head, v.today); title != "" {
			row.Answers = title + " " + row.Answers
		}
	}
	row.Holds = v.holdsWords(w, s, held)
	switch {
	case s.State == task.StateGiven && !s.SeenAt.IsZero():
		row.Status = "đã xem " + sinceWords(s.SeenAt, v.today)
	case s.State == task.StateGiven:
		row.Status = "chưa xem"
	}
	if away, ok := v.dir.Away(s.Holder, v.today); ok && s.State.Open() {
		row.Absent = capital(v.dir.Person(s.Holder).Polite()) + " vắng đến " + away.To.ShortVN()
		if away.StandIn != 0 {
			row.Absent += ", " + v.dir.Person(away.StandIn).Polite() + " làm thay"
		}
	}
	return row
}

// holdsWords name who really has a share now, and since when.
func (v *visit) holdsWords(w task.Work, s task.Share, held []task.Holding) string {
	var now task.Holding
	for _, h := range held {
		if h.To.IsZero() {
			now = h
		}
	}
	switch {
	case s.State == task.StateDone:
		return v.dir.Person(cmp.Or(s.ReportedBy, s.Holder)).Name + " hoàn thành ngày " + civil.Of(s.DoneAt).VN()
	case s.State == task.StateReported:
		words := v.dir.Person(cmp.Or(s.ReportedBy, s.Holder)).Name + " đã báo cáo lúc " + sinceWords(s.ReportedAt, v.today)
		if who := v.confirms(w, s); who != 0 {
			words += ", chờ " + v.dir.Person(who).Polite() + " xác nhận"
		}
		return words
	case now.Person == 0 || !s.State.Open():
		return ""
	case s.Person == 0 && s.Parent == 0 && s.State == task.StateGiven && now.Person == v.dir.HeadOf(s.Unit, v.today):
		return "Chưa phân công; " + v.dir.Person(now.Person).Name + " giữ từ " + sinceWords(now.From, v.today)
	}
	return v.dir.Person(now.Person).Name + " giữ từ " + sinceWords(now.From, v.today)
}

// confirms is whose word a reported share waits for: the head's inside a unit, else the giver's.
func (v *visit) confirms(w task.Work, s task.Share) int64 {
	if s.Parent != 0 {
		if p := w.Share(s.Parent); p != nil {
			return v.dir.HeadOf(p.Unit, v.today)
		}
	}
	return w.Giver
}

// shareStanding says in one sentence who has it and how it stands to its day.
func (v *visit) shareStanding(w task.Work, s task.Share) string {
	who := capital(v.dir.Person(s.Holder).Polite())
	if s.Holder == 0 {
		who = v.dir.Unit(s.Unit).Name
	}
	switch s.State {
	case task.StateDone:
		said := "Đã hoàn thành ngày " + civil.Of(s.DoneAt).VN()
		if s.Late(v.now) {
			return said + ", sau hạn " + s.DueOn.VN() + "."
		}
		return said + "."
	case task.StateReported:
		return who + " đã báo cáo kết quả lúc " + sinceWords(s.ReportedAt, v.today) + ", chờ " + v.dir.Person(v.confirms(w, s)).Polite() + " xác nhận."
	case task.StateReturned, task.StateDropped:
		return s.Words() + "."
	case task.StateInfo:
		return "Để biết, không phải xử lý."
	}
	if s.DueOn.IsZero() {
		return who + " đang giữ; việc không định ngày."
	}
	return fmt.Sprintf("%s đang giữ; %s, hạn %s.", who, dueWords(s.DueOn, v.today, v.dir.Calendar), s.DueOn.VN())
}

func (v *visit) shareState(s task.Share) view.State {
	switch {
	case s.State == task.StateDone || s.State == task.StateInfo:
		return view.StateDone
	case !s.State.Open():
		return view.StateVoid
	case s.Late(v.now):
		return view.StateLate
	case s.State == task.StateReported:
		return view.StatePaused
	case s.DueOn.IsZero():
		return view.StateUndated
	case v.dir.Calendar.WorkingDaysBetween(v.today, s.DueOn) <= v.dir.Int("task.due_soon_days"):
		return view.StateSoon
	}
	return view.StateOpen
}

// toWhom names the person or unit that an entry about work gave a share to; "" for
// entries that give nothing.
func (v *visit) toWhom(e journal.Entry) string {
	if e.Kind != task.AssignedInside && e.Kind != task.LeadChanged && e.Kind != task.ShareAdded {
		return ""
	}
	var d task.Data
	if json.Unmarshal([]byte(e.Raw()), &d) != nil {
		return "" // an entry of another shape tells less
	}
	for _, t := range d.Shares {
		if t.Share != d.Share || t.Holder == 0 {
			continue
		}
		if e.Kind == task.AssignedInside {
			return v.dir.Person(t.Holder).Polite()
		}
		return v.dir.Unit(t.Unit).Name + " (" + v.dir.Person(t.Holder).Polite() + ")"
	}
	return ""
}
