// SPDX-License-Identifier: Apache-2.0

package web

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"soviec/door/web/view"
	"soviec/kit/civil"
	"soviec/kit/journal"
	"soviec/office/document"
	"soviec/office/task"
)

// said are the words of a document's history by moment: the book keeps who and when,
// the rooms keep what was said. What was said about the work is known by its kind too,
// for several things may be said in one moment; "" is what was said about the document.
type said map[saidAt][]string

type saidAt struct {
	ms   int64
	kind string
}

func (s said) add(kind string, at time.Time, text string) {
	if text = strings.TrimSpace(text); text != "" && !at.IsZero() {
		k := saidAt{at.UnixMilli(), kind}
		s[k] = append(s[k], text)
	}
}

// of is what was said with an entry. An entry of a document that stands for one of its
// work says what that one says.
func (s said) of(e journal.Entry) string {
	at := e.At.UnixMilli()
	if strings.HasPrefix(e.Kind, "task.") {
		return strings.Join(distinctTexts(s[saidAt{at, e.Kind}]), "\n")
	}
	all := slices.Clone(s[saidAt{at, ""}])
	for kind, as := range echoes {
		if as == e.Kind || as == document.Directed && e.Kind == document.Distributed {
			all = append(all, s[saidAt{at, kind}]...)
		}
	}
	return strings.Join(distinctTexts(all), "\n")
}

func (v *visit) saidIn(x papers) (said, error) {
	s := said{}
	for _, p := range x.passes {
		s.add("", p.At, p.Text)
	}
	for _, w := range x.words {
		s.add("", w.At, w.Text)
	}
	if x.voiding != nil {
		s.add("", x.voiding.AskedAt.Time, x.voiding.Reason)
	}
	corrected, err := document.Corrections(v.read(), x.d.ID)
	if err != nil {
		return nil, err
	}
	for _, c := range corrected {
		s.add("", c.At.Time, "Sửa "+c.Name+".")
	}
	for _, w := range x.works {
		if err := v.saidOfWork(s, w.ID); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func (v *visit) saidOfWork(s said, work int64) error {
	all, err := task.SaidIn(v.read(), v.agency(), work)
	for _, x := range all {
		s.add(x.Kind, x.At, x.Text)
	}
	return err
}

// told is what an entry's data may hold for its sentence.
type told struct {
	To    int64      `json:"to"`
	Was   civil.Date `json:"was"`
	Asked civil.Date `json:"asked"`
	Share int64      `json:"share"`
}

// setsDue are the acts whose day is news; the others only repeat it.
var setsDue = map[string]bool{
	document.Directed: true, document.Distributed: true, document.Redirected: true, task.Given: true, task.AssignedInside: true,
	task.DueChanged: true, task.DueMoved: true, task.LeadChanged: true, task.ShareAdded: true, task.SentBack: true, task.WorkReopened: true, task.ExtensionGranted: true,
}

// tellMore adds to an entry to whom, which numbers, what was said.
func (v *visit) tellMore(ev *view.Event, e journal.Entry, s said) {
	var t told
	if raw := e.Raw(); raw != "" {
		_ = json.Unmarshal([]byte(raw), &t) // an entry of another shape tells less
	}
	switch e.Kind {
	case document.Registered:
		ev.Words, ev.Heavy, ev.Change = "vào sổ, số đến "+document.ShowNumber(e.Amount), true, ""
	case document.Submitted:
		ev.Words = "trình " + v.dir.Person(t.To).Polite()
	case document.PassedOn:
		ev.Words = "chuyển " + v.dir.Person(t.To).Polite() + " cho ý kiến"
	case document.Returned:
		ev.Words += ": " + v.dir.Person(t.To).Polite()
	case task.Swept:
		ev.Late = true
	case task.AssignedInside:
		if to := v.toWhom(e); to != "" {
			ev.Words = "phân công " + to + " thực hiện"
		}
	case task.LeadChanged, task.ShareAdded:
		if to := v.toWhom(e); to != "" {
			ev.Words += ": " + to
		}
	}
	if !setsDue[e.Kind] {
		ev.Change = ""
	}
	switch {
	case !t.Asked.IsZero() && !t.Was.IsZero():
		ev.Change = "hạn " + t.Was.VN() + " → " + t.Asked.VN()
	case !t.Was.IsZero() && !e.DueOn.IsZero() && t.Was != e.DueOn:
		ev.Change = "hạn " + t.Was.VN() + " → " + e.DueOn.VN()
	}
	ev.Text = s.of(e)
}

func distinctTexts(all []string) []string {
	var out []string
	seen := map[string]bool{}
	for _, s := range all {
		if !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}

// mark1 marks an event on the strip, by working time as the strip is drawn.
func (v *visit) mark1(st *view.Strip, x papers, from, at time.Time, text string) {
	if st == nil {
		return
	}
	cal, end := v.dir.Calendar, v.now
	if x.lead != nil && x.lead.State == task.StateDone {
		end = x.lead.DoneAt
	}
	whole := cal.WorkingTime(from, end)
	if x.lead != nil && x.lead.DueAt.After(end) {
		whole = cal.WorkingTime(from, x.lead.DueAt)
	}
	if whole > 0 {
		st.Marks = append(st.Marks, view.StripMark{At: min(100, 100*float64(cal.WorkingTime(from, at))/float64(whole)), Text: text})
	}
}
