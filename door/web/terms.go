// SPDX-License-Identifier: Apache-2.0

package web

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"soviec/door/web/view"
	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/org"
	"soviec/office/task"
)

// due reads a day and an hour: "27/11", "16h", "16:00", "16h30".
func (v *visit) due(day, hour string) (task.Due, error) {
	on, err := v.date(day)
	if err != nil {
		return task.Due{}, err
	}
	at, err := clockOf(v.field(hour))
	if err != nil {
		return task.Due{}, fault.Invalid(hour, "Không đọc được giờ “"+v.field(hour)+"”. Có thể gõ 16h, 16h30, 16:00.")
	}
	return task.Due{On: on, At: at}, nil
}

// clockOf writes an hour as it is kept: "16:00"; nothing stays nothing.
func clockOf(s string) (string, error) {
	s = strings.NewReplacer("giờ", "h", "g", "h", "H", "h", " ", "").Replace(strings.ToLower(s))
	if s == "" {
		return "", nil
	}
	s = strings.TrimSuffix(strings.Replace(s, "h", ":", 1), ":")
	if !strings.Contains(s, ":") {
		s += ":00"
	}
	t, err := time.Parse("15:4", s)
	return t.Format("15:04"), err
}

func acceptDue(v *visit, w *task.Work) (string, error) {
	s, err := v.carried(w)
	if err != nil {
		return "", err
	}
	return "Đã nhận hạn " + s.DueOn.VN() + ".", v.act(func(a *journal.Act) error { return task.Accept(a, s.ID) })
}

func proposeDue(v *visit, w *task.Work) (string, error) {
	s, err := v.carried(w)
	if err != nil {
		return "", err
	}
	due, err := v.due("due_on", "hour")
	if err != nil {
		return "", err
	}
	return "Đã đề xuất hạn " + due.On.VN() + "; hạn đã giao giữ nguyên đến khi được trả lời.", v.act(func(a *journal.Act) error {
		_, err := task.ProposeDue(a, s.ID, due, v.text("reason"))
		return err
	})
}

func pauseTask(v *visit, w *task.Work) (string, error) {
	s, err := v.carried(w)
	if err != nil {
		return "", err
	}
	since, err := v.date("since")
	if err != nil {
		return "", err
	}
	wait := task.Wait{Cause: v.field("cause"), WaitingFor: v.field("waiting_for"), ProofText: v.field("proof")}
	if !since.IsZero() && since != v.today {
		wait.Since = v.dir.Calendar.StartOfDay(since)
	}
	return "Đã ghi tạm dừng.", v.act(func(a *journal.Act) error {
		_, err := task.Pause(a, s.ID, wait)
		return err
	})
}

func resumeTask(v *visit, w *task.Work) (string, error) {
	s, err := v.carried(w)
	if err != nil {
		return "", err
	}
	if one, ok := number64(v.field("wait")); ok {
		err := v.act(func(a *journal.Act) error { return task.EndPause(a, one, time.Time{}, v.text("proof")) })
		return "Đã ghi nhận trả lời; thời gian tính tiếp khi không còn chờ nơi nào khác.", err
	}
	return "Đã tiếp tục tính thời gian.", v.act(func(a *journal.Act) error { return task.Resume(a, s.ID, time.Time{}, v.text("proof")) })
}

func hinderTask(v *visit, w *task.Work) (string, error) {
	s, err := v.carried(w)
	if err != nil {
		return "", err
	}
	return "Đã báo vướng mắc tới trưởng đơn vị và người giao.", v.act(func(a *journal.Act) error {
		_, err := task.Obstacle(a, s.ID, v.field("cause"), v.field("waiting_for"), v.text("text"))
		return err
	})
}

func clearTask(v *visit, w *task.Work) (string, error) {
	s, err := v.carried(w)
	if err != nil {
		return "", err
	}
	return "Đã báo hết vướng mắc.", v.act(func(a *journal.Act) error { return task.Clear(a, s.ID) })
}

func answerTask(v *visit, w *task.Work) (string, error) {
	s, err := v.carried(w)
	if err != nil {
		return "", err
	}
	on, err := v.date("due_on")
	if err != nil {
		return "", err
	}
	return "Đã trả lời đôn đốc.", v.act(func(a *journal.Act) error { return task.AnswerUrging(a, s.ID, v.field("kind"), on, v.text("text")) })
}

func cancelTask(v *visit, w *task.Work) (string, error) {
	return "Đã hủy việc.", v.act(func(a *journal.Act) error { return task.Cancel(a, w.ID, v.text("reason")) })
}

// decidePause confirms or refuses a pause.
func (v *visit) decidePause(w *task.Work, grant bool) error {
	id, ok := number64(v.PostFormValue("pause"))
	if !ok {
		return errNoPage
	}
	return v.act(func(a *journal.Act) error { return task.DecidePause(a, id, grant, v.text("reason")) })
}

// taskTerms shows what was said about the day, and what may be said now.
func (v *visit) taskTerms(p *view.Task, w task.Work) error {
	dues, err := task.Dues(v.read(), v.agency(), w.ID)
	if err != nil {
		return err
	}
	many := 0
	for _, s := range w.Shares {
		if s.Role != task.Info {
			many++
		}
	}
	last := map[string]int{}
	for _, x := range dues {
		row := view.TermRow{Day: x.On.VN(), Kind: dueKinds[x.Kind], At: momentWords(x.SetAt), Reason: x.Reason, By: v.personWords(x.SetBy, x.Proxy)}
		if row.Day == "" {
			row.Day = "không định ngày"
		} else if end := v.dir.Calendar.EndOfDay(x.On); !x.At.IsZero() && !x.At.Equal(end) {
			row.Day = x.At.In(civil.Zone).Format("15:04") + " " + row.Day
		}
		if x.Level == task.Inner {
			row.Kind += " (trong đơn vị)"
		}
		if s := w.Share(x.Share); s != nil && many > 1 {
			row.Share = whoHolds(v.dir, s.Person, s.Unit)
		}
		key := fmt.Sprint(x.Share, x.Level)
		if i, ok := last[key]; ok {
			p.Dates[i].Now = false
			if p.Dates[i].Day == row.Day && x.Kind == "agreed" {
				row.Kind = "nhận hạn"
			}
		}
		last[key], row.Now = len(p.Dates), true
		p.Dates = append(p.Dates, row)
	}
	if len(dues) < 2 {
		p.Dates = nil // one day stands at the top already
	}
	causes, err := task.Causes(v.read(), v.agency())
	if err != nil {
		return err
	}
	if err := v.taskStill(p, w, causes); err != nil {
		return err
	}
	return v.termForms(p, w, causes)
}

var dueKinds = map[string]string{"given": "hạn giao", "extended": "gia hạn", "changed": "đổi hạn", "calendar": "dời theo lịch làm việc", "agreed": "thống nhất lại", "paused": "cộng thời gian tạm dừng"}

// taskStill lists the times in which the work stood still and what hindered it.
func (v *visit) taskStill(p *view.Task, w task.Work, causes []task.Cause) error {
	pauses, err := task.Pauses(v.read(), v.agency(), w.ID)
	if err != nil {
		return err
	}
	day := v.dir.Calendar.DayLength(v.dir.Calendar.OnOrAfter(v.today))
	for _, x := range pauses {
		row := view.StillRow{Kind: "Tạm dừng", Cause: task.CauseNamed(causes, x.Cause).Name, WaitingFor: x.WaitingFor, From: sinceWords(x.From, v.today), Text: either(x.ProofText, x.Proof), Open: x.State == task.PauseRuns}
		to := cmp.Or(x.To, v.now)
		switch x.State {
		case task.PauseRuns:
			row.State, row.Took = "đang tạm dừng", days(v.dir.Calendar.WorkingTime(x.From, to), day)
		case task.PauseEnded:
			row.State, row.To, row.Took = "đã tiếp tục", sinceWords(to, v.today), days(v.dir.Calendar.WorkingTime(x.From, to), day)
		case task.PauseWaits:
			row.State = "chờ xác nhận"
		default:
			row.State = "không được chấp nhận: " + x.Answer
		}
		p.Still = append(p.Still, row)
		s := w.Share(x.Share)
		if s == nil || x.State != task.PauseWaits && x.State != task.PauseRuns {
			continue
		}
		q := view.PauseRequest{ID: idText(x.ID), By: v.dir.Person(x.AskedBy).Name, At: momentWords(x.AskedAt), Running: x.State == task.PauseRuns,
			Words: "xin tạm dừng từ " + sinceWords(x.From, v.today) + ": " + row.Cause}
		if x.WaitingFor != "" {
			q.Words += ", chờ " + x.WaitingFor
		}
		q.MayDecide = x.AskedBy != v.me() && x.DecidedBy == 0 && (v.may(org.DecideOuter, org.Target{Giver: w.Giver, Holder: s.Holder}) || x.Decider == v.me())
		switch {
		case q.MayDecide:
			p.Terms.Pauses = append(p.Terms.Pauses, q)
		case x.State == task.PauseWaits:
			p.Notices = append(p.Notices, view.Banner{Tone: view.ToneWarn, Text: q.By + " " + q.Words + "; chờ " + v.dir.Person(x.Decider).Polite() + " xác nhận."})
		}
	}
	obstacles, err := task.Obstacles(v.read(), v.agency(), w.ID)
	if err != nil {
		return err
	}
	for _, x := range obstacles {
		row := view.StillRow{Kind: "Vướng mắc", Cause: task.CauseNamed(causes, x.Cause).Name, WaitingFor: x.WaitingFor, From: sinceWords(x.At, v.today), Text: x.Text, State: "đang vướng", Open: x.ClearedAt.IsZero()}
		if !row.Open {
			row.State, row.To = "đã hết", sinceWords(x.ClearedAt, v.today)
		}
		p.Still = append(p.Still, row)
	}
	return nil
}

// termForms opens what the visitor may say now.
func (v *visit) termForms(p *view.Task, w task.Work, causes []task.Cause) error {
	s := v.mine(&w)
	if s == nil || s.Role == task.Info || s.State != task.StateGiven && s.State != task.StateStarted || !v.may(org.DoWork, org.Target{Holder: s.Holder, Unit: s.Unit}) {
		return nil
	}
	t := &p.Terms
	if s.Holder == v.me() && s.State == task.StateGiven && !s.Settled() && !s.DueOn.IsZero() {
		t.Accept, t.Propose = &view.Form{}, &view.DateForm{Now: s.DueOn.VN(), Days: v.quickDays()}
	}
	t.Pause = &view.PauseForm{Causes: causeOptions(causes, true), More: !s.PausedAt.IsZero()}
	if !s.PausedAt.IsZero() {
		t.Resume = &view.ReasonForm{}
		waits, err := task.PausesOf(v.read(), v.agency(), []int64{s.ID})
		if err != nil {
			return err
		}
		for _, x := range waits[s.ID] {
			if x.State == task.PauseRuns {
				t.Waits = append(t.Waits, view.Option{Value: idText(x.ID), Label: strings.TrimSuffix(task.CauseNamed(causes, x.Cause).Name+", chờ "+x.WaitingFor, ", chờ ")})
			}
		}
	}
	if s.Stuck == "" {
		t.Obstacle = &view.PauseForm{Causes: causeOptions(causes, false)}
	} else {
		t.Clear = true
	}
	return v.answerForm(t, w, s)
}

func causeOptions(all []task.Cause, pauses bool) []view.Option {
	out := []view.Option{{Label: "Chọn nguyên nhân…"}}
	for _, c := range all {
		if !c.Gone && (c.Pauses || !pauses) {
			out = append(out, view.Option{Value: c.Code, Label: c.Name})
		}
	}
	return out
}

// answerForm offers to answer the last urging of a share that has not been answered.
func (v *visit) answerForm(t *view.Terms, w task.Work, s *task.Share) error {
	if s.Urged == 0 {
		return nil
	}
	urgings, err := task.Urgings(v.read(), v.agency(), w.ID)
	if err != nil {
		return err
	}
	answers, err := task.Answers(v.read(), v.agency(), w.ID)
	if err != nil {
		return err
	}
	answered := map[int64]bool{}
	for _, a := range answers {
		answered[a.Urging] = true
	}
	var last task.Urging
	for _, u := range urgings {
		if u.Share == s.ID {
			last = u
		}
	}
	if last.ID == 0 || answered[last.ID] {
		return nil
	}
	t.Answer = &view.AnswerForm{By: "Chương trình nhắc", Text: last.Text, Days: v.quickDays()}
	if last.Urger != 0 {
		t.Answer.By = capital(v.dir.Person(last.Urger).Polite()) + " đôn đốc lúc " + sinceWords(last.At, v.today)
	}
	return nil
}

// agreeForm shows a proposed day to whoever answers it.
func (v *visit) agreeForm(q task.Request, s *task.Share, r view.Request) *view.AgreeForm {
	return &view.AgreeForm{Request: r, ID: idText(q.ID), Asked: q.On.VN(), Days: v.quickDays()}
}

// decideAgree answers a proposed day: as proposed, with a third day, or not.
func (v *visit) decideAgree(q task.Request, grant bool) error {
	due, err := v.due("due_on", "hour")
	if err != nil {
		return err
	}
	return v.act(func(a *journal.Act) error { return task.DecideProposedDue(a, q.ID, grant, due, v.text("reason")) })
}

// placeTerms puts a refused form back to its place; false when it has none here.
func placeTerms(p *view.Task, act string, form view.Form) bool {
	t := &p.Terms
	switch {
	case act == "de-xuat-han" && t.Propose != nil:
		t.Propose.Form = form
	case act == "tam-dung" && t.Pause != nil:
		t.Pause.Form = form
	case act == "tiep-tuc" && t.Resume != nil:
		t.Resume.Form = form
	case act == "vuong-mac" && t.Obstacle != nil:
		t.Obstacle.Form = form
	case act == "tra-loi-don-doc" && t.Answer != nil:
		t.Answer.Form = form
	case act == "lien-ket" && t.Tie != nil:
		*t.Tie = form
	case act == "trao-doi" && p.Say != nil:
		p.Say.Form = form
	case act == "huy" && p.Cancel != nil:
		p.Cancel.Form = form
	case act == "agree" && t.Agree != nil:
		t.Agree.Form = form
	default:
		return false
	}
	return true
}
