// SPDX-License-Identifier: Apache-2.0

package web

import (
	"net/url"
	"strings"
	"sync"

	"soviec/door/web/view"
	"soviec/kit/sentence"
	"soviec/office/org"
	"soviec/office/task"
)

// rolls keeps the people and units of an agency ready for reading a line, as long as
// they do not change.
var rolls sync.Map // agency → keptRoll

type keptRoll struct {
	dir  *org.Directory
	roll *sentence.Roll
}

func (v *visit) roll() *sentence.Roll {
	if k, ok := rolls.Load(v.agency()); ok && k.(keptRoll).dir == v.dir {
		return k.(keptRoll).roll
	}
	var people []sentence.Person
	for _, p := range v.dir.People {
		if post, ok := v.dir.PostOn(p.ID, v.today); ok {
			people = append(people, sentence.Person{ID: p.ID, Name: p.Name, Title: post.Title, Unit: post.Unit})
		}
	}
	var units []sentence.Unit
	for _, u := range v.dir.UnitsOn(v.today) {
		if u.Kind != "leaders" {
			units = append(units, sentence.Unit{ID: u.ID, Name: u.Name, Short: u.Short})
		}
	}
	roll := sentence.NewRoll(people, units)
	rolls.Store(v.agency(), keptRoll{v.dir, roll})
	return roll
}

func (v *visit) understood(line string) sentence.Reading {
	o := sentence.Options{Now: v.now, Calendar: v.dir.Calendar}
	if v.dir.Setting("task.before_day_excludes", "off") == "on" {
		o.Before = sentence.Exclusive
	}
	return sentence.Read(line, v.roll(), o)
}

func party(p sentence.Party) task.Assignee {
	if p.Person != 0 {
		return task.Assignee{Person: p.Person}
	}
	return task.Assignee{Unit: p.Unit}
}

func parties(all []sentence.Party) []task.Assignee {
	var out []task.Assignee
	for _, p := range all {
		out = append(out, party(p))
	}
	return out
}

// readLine fills the form with what the line says, and leaves open what it does not.
func (v *visit) readLine(p *view.Give, line string) {
	r := v.understood(line)
	p.Line, p.Ready = line, true
	p.Reading = v.reading(r, p)
	set := func(name string, values ...string) {
		if len(values) > 0 && values[0] != "" {
			p.Form.Values[name] = values
		}
	}
	set("title", sentenceCase(r.Subject))
	set("lead", assigneeValue(party(r.Lead)))
	set("due_on", r.Due.On.VN())
	set("hour", r.Due.At)
	set("info", assigneeValues(parties(r.Info))...)
	for i, to := range parties(r.Coop) {
		if i == len(p.Coop) {
			p.Coop = append(p.Coop, view.CoopRow{})
		}
		p.Coop[i].Who, p.Coop[i].Due = assigneeValue(to), r.Own[r.Coop[i]].On.VN()
	}
	if to, ok := assignee(v.FormValue("pick_lead")); ok {
		set("lead", assigneeValue(to))
		r.Lead = sentence.Party{Person: to.Person, Unit: to.Unit}
	}
	set("due_on", v.FormValue("pick_due"))
	o := task.Order{Title: r.Subject, Lead: party(r.Lead), Coop: parties(r.Coop), Info: parties(r.Info), Due: task.Due{On: r.Due.On, At: r.Due.At}}
	if r.Lead != (sentence.Party{}) && !p.Mine {
		warned, _ := task.Preview(v.dir, v.now, v.me(), o) // what is wrong is said when it is given
		if p.Warnings = append(warned, v.loadWarnings(o)...); len(p.Warnings) > 0 {
			p.Warned = strings.Join(p.Warnings, "\n")
		}
	}
	v.showLoadsOf(p, o)
}

// sentenceCase begins with a capital, as a title does.
func sentenceCase(s string) string { return capital(strings.TrimSpace(s)) }

// reading shows the line with each part marked, what was understood and what is open.
func (v *visit) reading(r sentence.Reading, p *view.Give) *view.Reading {
	out := &view.Reading{}
	at := 0
	for _, s := range r.Spans {
		if s.From < at || s.To > len(r.Text) {
			continue
		}
		if s.From > at {
			out.Parts = append(out.Parts, view.ReadPart{Text: r.Text[at:s.From]})
		}
		out.Parts = append(out.Parts, view.ReadPart{Text: r.Text[s.From:s.To], What: string(s.What)})
		at = s.To
	}
	if at < len(r.Text) {
		out.Parts = append(out.Parts, view.ReadPart{Text: r.Text[at:]})
	}
	fact := func(label, value string) {
		if value != "" {
			out.Facts = append(out.Facts, view.Fact{Label: label, Value: value})
		} else if label != "Phối hợp" && label != "Để biết" {
			out.Facts = append(out.Facts, view.Fact{Label: label, Value: "chưa rõ", Tone: view.ToneWarn})
		}
	}
	fact("Việc", r.Subject)
	fact("Chủ trì", r.Lead.Name)
	fact("Phối hợp", v.coopWords(r))
	fact("Để biết", v.namesOf(parties(r.Info)))
	due := r.Due.On.VN()
	if due != "" {
		due = dayWords(r.Due.On) + ", " + dueWords(r.Due.On, v.today, v.dir.Calendar)
		if r.Due.At != "" {
			due = r.Due.At + " " + due
		}
	}
	fact("Hạn", due)
	for _, q := range r.Questions {
		x := view.Question{Text: q.Text}
		for _, c := range q.Parties {
			x.Choices = append(x.Choices, view.Link{Label: v.assigneeWords(party(c)), Href: v.lineWith(r, q.About, assigneeValue(party(c)))})
		}
		for _, d := range q.Days {
			x.Choices = append(x.Choices, view.Link{Label: dayWords(d), Href: v.lineWith(r, q.About, d.VN())})
		}
		out.Questions = append(out.Questions, x)
	}
	for _, n := range r.Notes {
		out.Notes = append(out.Notes, n.Text)
	}
	return out
}

// coopWords are those who coordinate, each with the day of his own.
func (v *visit) coopWords(r sentence.Reading) string {
	var out []string
	for _, c := range r.Coop {
		words := v.namesOf(parties([]sentence.Party{c}))
		if own := r.Own[c]; !own.On.IsZero() {
			words += " (hạn riêng " + own.On.VN() + ")"
		}
		out = append(out, words)
	}
	return strings.Join(out, ", ")
}

// lineWith is the page with one question answered.
func (v *visit) lineWith(r sentence.Reading, about sentence.About, value string) string {
	q := url.Values{"line": {r.Text}}
	if old := v.FormValue("pick_lead"); old != "" {
		q.Set("pick_lead", old)
	}
	if old := v.FormValue("pick_due"); old != "" {
		q.Set("pick_due", old)
	}
	switch about {
	case sentence.AboutLead:
		q.Set("pick_lead", value)
	case sentence.AboutDue:
		q.Set("pick_due", value)
	}
	return address("/cong-viec/giao", q)
}
