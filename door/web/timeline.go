// SPDX-License-Identifier: Apache-2.0

package web

import (
	"strings"
	"time"

	"soviec/door/web/view"
	"soviec/kit/civil"
	"soviec/kit/journal"
	"soviec/office/document"
	"soviec/office/handover"
	"soviec/office/notice"
	"soviec/office/org"
	"soviec/office/remark"
	"soviec/office/task"
)

// timeline are the entries about a subject as people read them: who, for whom, when, what.
func (v *visit) timeline(entries []journal.Entry) view.Timeline {
	var t view.Timeline
	for i := len(entries) - 1; i >= 0; i-- {
		e := entries[i]
		ev := view.Event{At: momentWords(e.At), Words: actWords(e.Kind), Proof: "/so-nhat-ky/" + idText(e.Seq), Seq: document.ShowNumber(e.Seq)}
		ev.Who = capital(v.dir.Person(e.Person).Polite())
		if e.Person == 0 {
			ev.Who = "Chương trình"
		}
		if e.Behalf != 0 {
			ev.For = v.dir.Person(e.Behalf).Polite()
		}
		if !e.DueOn.IsZero() {
			ev.Change = "hạn " + e.DueOn.VN()
		}
		switch e.Kind {
		case document.Directed, document.Distributed, document.Completed, document.Redirected:
			ev.Heavy = true
		}
		ev.Late = strings.HasSuffix(e.Kind, ".urged")
		t.Events = append(t.Events, ev)
	}
	return t
}

// strip is the line from arrival to due day, coloured by who had it (thời gian thuộc
// về ai). Positions follow working time, so that a night is not drawn.
func (v *visit) strip(from time.Time, s *task.Share, held []task.Holding, before []task.Holding) *view.Strip {
	cal := v.dir.Calendar
	all := append(append([]task.Holding{}, before...), held...)
	if len(all) == 0 {
		return nil
	}
	end := v.now
	if s != nil && s.State == task.StateDone {
		end = s.DoneAt
	}
	whole := cal.WorkingTime(from, end)
	if s != nil && s.DueAt.After(end) {
		whole = cal.WorkingTime(from, s.DueAt)
	}
	if whole <= 0 {
		return nil
	}
	at := func(t time.Time) float64 {
		return min(100, max(0, 100*float64(cal.WorkingTime(from, t))/float64(whole)))
	}
	day := cal.DayLength(cal.OnOrAfter(v.today))
	st := &view.Strip{Now: at(end), NowLabel: "hôm nay"}
	var said []string
	for _, h := range all {
		to := h.To
		if to.IsZero() || to.After(end) {
			to = end
		}
		if !h.From.Before(to) {
			continue
		}
		who := v.dir.Person(h.Person).Given()
		if h.Person == 0 {
			who = v.dir.Unit(h.Unit).Short
		}
		span := cal.WorkingTime(h.From, to)
		part := view.StripPart{From: at(h.From), Width: at(to) - at(h.From), Holder: who, Days: days(span, day), Now: h.To.IsZero()}
		part.Late = s != nil && !s.DueAt.IsZero() && h.From.After(s.DueAt)
		st.Parts = append(st.Parts, part)
		if span > 0 {
			said = append(said, who+" giữ "+part.Days)
		}
	}
	if s != nil && !s.DueOn.IsZero() {
		st.Due, st.DueLabel = at(s.DueAt), "hạn "+s.DueOn.ShortVN()
	}
	if s != nil && s.State == task.StateDone {
		st.NowLabel = "xong " + civil.Of(s.DoneAt).ShortVN()
	}
	st.Words = capital(strings.Join(said, "; ")) + "."
	return st
}

// actWords are the words of the screen for a kind of entry.
func actWords(kind string) string {
	for _, acts := range []map[string]string{document.Acts, task.Acts, handover.Acts, remark.Acts, org.Acts, notice.Acts} {
		if w, ok := acts[kind]; ok {
			return w
		}
	}
	return kind
}
