// SPDX-License-Identifier: Apache-2.0

package seed

import (
	"fmt"
	"slices"
	"time"

	"soviec/kit/civil"
)

// Current is what happened in the six weeks before the day, so that on that day the counts of
// story.go hold. It is the same for the same day, and every step lies before the day, so that
// the hour at which somebody looks changes nothing.
func Current(today civil.Date) []Story {
	w := &weaver{
		dice: &dice{state: uint64(today)}, cal: civil.Default(), span: weeks(today),
		seen: map[string]bool{LongestLateTitle: true},
	}
	w.desks()
	w.finished()
	w.waiting()
	slices.SortStableFunc(w.all, func(a, b *Story) int { return a.Steps[0].At.Compare(b.Steps[0].At) })
	return w.finish()
}

// A weaver makes the stories of one day.
type weaver struct {
	*dice
	span
	cal  *civil.Calendar
	all  []*Story
	seen map[string]bool
	made int
}

// An item is a piece of work to be told.
type item struct {
	person string
	state  State
	arrive int // place in past of the day on which it came
	due    civil.Date
	urged  int
	title  string // fixed subject; empty: drawn
}

// desks tells the open work that lies on the desks of the plan.
func (w *weaver) desks() {
	special := map[string][]State{
		"tung": {AskedExtension}, "anh": {Open, AskedExtension},
		"ha": {Open, AwaitingConfirmation}, "dung": {AwaitingConfirmation}, "van": {AwaitingConfirmation},
	}
	for _, desk := range desks {
		for k, l := range desk.late {
			at := w.late(l.days)
			it := item{person: desk.person, state: Late, arrive: at + w.between(5, 9), due: w.past[at], urged: l.urged}
			if k == 0 && l.days == LongestLate {
				it.title = LongestLateTitle
			}
			w.work(it)
		}
		for _, n := range desk.soon {
			w.work(item{person: desk.person, state: Soon, arrive: w.between(4, 9), due: w.next[n]})
		}
		for k := range desk.open {
			it := item{person: desk.person, state: Open, arrive: w.between(1, 11), due: w.next[w.between(3, 13)]}
			if states := special[desk.person]; k < len(states) {
				it.state = states[k]
				it.arrive = max(it.arrive, 5)
			}
			if desk.person == "mai" {
				it.due = w.next[w.between(3, 6)] // falls in her absence
			}
			w.work(it)
		}
		for range desk.undated {
			w.work(item{person: desk.person, state: Undated, arrive: w.between(4, 18)})
		}
	}
}

// work tells one piece of open work. Three of eleven were given without a document.
func (w *weaver) work(it item) {
	n := w.made % 11
	w.made++
	if it.title == "" && (n == 2 || n == 5 || n == 8) {
		w.errand(it)
		return
	}
	unit := unitOf(it.person, w.today)
	st := w.document(it.arrive, unit, it.title)
	if it.state != Late && it.state != Soon {
		st.Doc.Urgency = 0 // nobody sets a far day for an urgent one
	}
	// Who helps with late work is late as well, and stands on no desk of the plan.
	w.direct(st, unit, it.person, it.due, it.state == Late || it.state == Soon)
	w.goOn(st, it)
}

// document begins a story with a document that is registered and put before a leader. unit
// is the unit whose matter it is; empty: any.
func (w *weaver) document(arrive int, unit, title string) *Story {
	day := w.past[arrive]
	received := hours(w.dice, day, 1)[0]
	if limit := civil.At(day, 15, 20); received.After(limit) {
		received = limit.Add(-time.Duration(w.below(3600)) * time.Second)
	}
	var doc Document
	switch {
	case title != "":
		i := issuerNamed("ubnd")
		doc = draw(w.dice, i, received, w.cal)
		doc.Type, doc.Subject, doc.Field, doc.Answer, doc.Urgency = "CV", title, "cs", 7, 1
		doc.MeetingAt, doc.MeetingIn = time.Time{}, ""
	default:
		doc = w.matterOf(unit, received)
	}
	w.seen[doc.Subject] = true
	st := &Story{Doc: &doc, Title: doc.Subject, Field: doc.Field}
	w.all = append(w.all, st)
	st.add(Step{At: w.cal.AddWorkingTime(received, minutes(w.dice, 3, 15)), By: "lan", Do: Registered})
	return st
}

// matterOf draws a document that wants an answer and is the unit's matter.
func (w *weaver) matterOf(unit string, at time.Time) Document {
	for {
		i := sender(w.dice, civil.Of(at))
		if !w.writesFor(unit, i, civil.Of(at)) {
			continue
		}
		for range 8 {
			doc := draw(w.dice, i, at, w.cal)
			if doc.Answer > 0 && doc.Type != "GM" && !w.seen[doc.Subject] &&
				(unit == "" || fieldNamed(doc.Field).Unit == unit) {
				return doc
			}
		}
	}
}

func (w *weaver) writesFor(unit string, i *Issuer, day civil.Date) bool {
	all := patterns()
	for k := range all {
		p := &all[k]
		if p.answer > 0 && (unit == "" || fieldNamed(p.field).Unit == unit) && p.fits(i, day) {
			return true
		}
	}
	return false
}

func (s *Story) add(step Step) { s.Steps = append(s.Steps, step) }

func (s *Story) last() time.Time { return s.Steps[len(s.Steps)-1].At }

// soonAfter is a while after the last step, in working hours.
func (w *weaver) soonAfter(s *Story, low, high int) time.Time {
	return w.cal.AddWorkingTime(s.last(), minutes(w.dice, low, high))
}

func (w *weaver) submit(s *Story, leader string) {
	s.add(Step{At: w.soonAfter(s, 8, 40), By: "lan", Do: Submitted, Person: leader})
}

func (w *weaver) leaderFor(s *Story) string {
	if w.chance(30) {
		return "thang"
	}
	return fieldNamed(s.Field).Leader
}

// direct has a leader give the document to the unit, and its head to the person; alone: no
// other unit helps.
func (w *weaver) direct(s *Story, unit, person string, due civil.Date, alone bool) {
	leader := w.leaderFor(s)
	w.submit(s, leader)
	at := w.soonAfter(s, 20, 140)
	dir := Directive{By: leader, At: at, Unit: unit, Person: person, Due: due}
	dir.Coop, dir.Info = helpers(w.dice, s.Doc.Type, dir, w.today)
	if alone {
		dir.Coop = nil
	}
	if s.Doc.Subject == LongestLateTitle {
		// It lay in the office for two days before it went to the right division.
		s.add(Step{At: at, By: leader, Do: Directed, Unit: "vp", Due: due,
			Text: "Giao Văn phòng tham mưu báo cáo, trình trước ngày " + due.VN() + "."})
		s.add(Step{At: w.soonAfter(s, 10, 60), By: "minh", Do: Accepted, Unit: "vp"})
		s.add(Step{At: w.soonAfter(s, 2*480, 2*480+60), By: leader, Do: Redirected, Unit: unit, Due: due,
			Text: "Nội dung thuộc nhiệm vụ của Phòng Chính sách Dân tộc; chuyển Phòng chủ trì, Văn phòng phối hợp."})
	} else {
		s.add(Step{At: at, By: leader, Do: Directed, Unit: unit, Coop: dir.Coop, Info: dir.Info, Due: due,
			Text: directiveText(w.dice, s.Doc, dir)})
	}
	w.hand(s, unit, person, due)
}

// hand takes the work into the unit and to the person.
func (w *weaver) hand(s *Story, unit, person string, due civil.Date) {
	head := unitNamed(unit).Head
	s.add(Step{At: w.soonAfter(s, 10, 70), By: head, Do: Accepted, Unit: unit})
	if person != head {
		s.add(Step{At: w.soonAfter(s, 5, 50), By: head, Do: Assigned, Unit: unit, Person: person, Due: due,
			Text: w.assignText(person)})
	}
	s.Unit, s.Holder, s.Due = unit, person, due
}

func (w *weaver) assignText(person string) string {
	name := memberOf(person).name
	return pick(w.dice, []string{
		"Giao đồng chí " + name + " tham mưu, trình trưởng đơn vị trước khi trình lãnh đạo Ban.",
		"Đồng chí " + name + " thực hiện, báo cáo tiến độ hằng tuần.",
		"Đồng chí " + name + " nghiên cứu, dự thảo văn bản trả lời.",
	})
}

// errand tells work that was given without a document, by a leader or the head of the unit.
func (w *weaver) errand(it item) {
	unit := unitOf(it.person, w.today)
	u := unitNamed(unit)
	day := w.past[it.arrive]
	s := &Story{Field: map[string]string{"cs": "cs", "khth": "kh", "vp": "hc", "ttr": "th"}[unit]}
	for s.Title == "" || w.seen[s.Title] {
		t := sentence{dice: w.dice, day: day, issuer: issuerNamed("ubnd"), said: map[string]string{}}
		s.Title = t.fill(pick(w.dice, errands[unit]))
	}
	w.seen[s.Title] = true
	w.all = append(w.all, s)
	at := hours(w.dice, day, 1)[0]
	if it.person != u.Head && w.chance(40) {
		s.add(Step{At: at, By: u.Head, Do: Given, Unit: unit, Person: it.person, Due: it.due,
			Text: "Giao đồng chí " + memberOf(it.person).name + " thực hiện."})
		s.add(Step{At: w.soonAfter(s, 5, 60), By: it.person, Do: Accepted, Unit: unit})
		s.Unit, s.Holder, s.Due = unit, it.person, it.due
	} else {
		s.add(Step{At: at, By: fieldNamed(s.Field).Leader, Do: Given, Unit: unit, Due: it.due,
			Text: "Giao " + u.Name + " chủ trì thực hiện, báo cáo kết quả."})
		w.hand(s, unit, it.person, it.due)
	}
	w.goOn(s, it)
}

// goOn tells what happened since somebody holds the work.
func (w *weaver) goOn(s *Story, it item) {
	s.State = it.state
	first := w.placeOf(civil.Of(s.last())) - 1 // the first day on which it could go on
	if first > 1 && w.chance(55) {
		at := w.between(max(first/2, 1), first)
		s.add(Step{At: civil.At(w.past[at], 10, w.below(60)), By: s.Holder, Do: Progressed, Text: pick(w.dice, progressTexts)})
	}
	switch it.state {
	case Late:
		w.urge(s, it.urged)
	case AskedExtension:
		s.add(Step{At: civil.At(w.past[0], 14, w.below(60)), By: s.Holder, Do: ExtensionAsked,
			Due: w.next[len(w.next)-5], Text: pick(w.dice, extensionReasons)})
	case AwaitingConfirmation:
		s.add(Step{At: civil.At(w.past[0], 15, w.below(60)), By: s.Holder, Do: Reported,
			Text: "Đã dự thảo xong, trình lãnh đạo Ban xem xét, xác nhận kết thúc."})
	}
}

// placeOf is the place in past of a day that lies there.
func (w *weaver) placeOf(day civil.Date) int { return slices.Index(w.past, day) }

// urge reminds n times, evenly over the days since the due day: first the head of the unit,
// later the leader who gave the work.
func (w *weaver) urge(s *Story, n int) {
	days := w.placeOf(s.Due) // so many working days have passed between
	giver := s.giver()
	for k := range n {
		by := unitNamed(s.Unit).Head
		if by == s.Holder || k > 0 {
			by = giver
		}
		at := days - 1 - k*days/n
		s.add(Step{At: civil.At(w.past[at], 16, w.below(50)), By: by, Do: Reminded, Person: s.Holder, Text: reminderTexts[k]})
	}
	s.Urged = n
}

// giver is who gave the work and confirms its end.
func (s *Story) giver() string {
	for _, step := range s.Steps {
		if step.Do == Directed || step.Do == Given {
			return step.By
		}
	}
	return ""
}

// finish sorts the steps, gives the documents their numbers and ways, and the stories their keys.
func (w *weaver) finish() []Story {
	var docs []*Document
	var registered time.Time
	files, paper, direct := 0, 0, 0
	out := make([]Story, len(w.all))
	for _, s := range w.all {
		slices.SortStableFunc(s.Steps, func(a, b Step) int { return a.At.Compare(b.At) })
		if s.Doc == nil {
			direct++
			s.Key = fmt.Sprintf("g%03d", direct)
			continue
		}
		paper++
		s.Key = fmt.Sprintf("v%03d", paper)
		registered = later(registered.Add(20*time.Second), s.Steps[0].At)
		s.Steps[0].At = registered
		docs = append(docs, s.Doc)
	}
	numbers(w.dice, docs)
	channels(w.dice, docs, len(docs)*78/100)
	for pass := range 3 { // what catches the eye first
		for _, s := range w.all {
			if s.Doc != nil && !s.File && s.State.rank() <= pass && files < FilesToAttach {
				s.File = true
				files++
			}
		}
	}
	for k, s := range w.all {
		out[k] = *s
	}
	return out
}
