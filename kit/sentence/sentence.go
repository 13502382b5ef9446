// SPDX-License-Identifier: Apache-2.0

// Package sentence reads who, what and by when from one Vietnamese line, as leaders give work:
// "Hải, báo cáo quà Tết, trước 16h thứ Sáu".
//
// May enter: reading who, what and by when from one line, given the people, the units and the calendar.
// May not: SQL, the office, the machine's clock.
package sentence

import (
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"soviec/kit/civil"
)

// A Person may be named in a line.
type Person struct {
	ID    int64
	Name  string
	Title string // "" when it is not known
	Unit  int64
}

// A Unit may be named in a line, by its name, its short name or its initials.
type Unit struct {
	ID    int64
	Name  string
	Short string
}

// BeforeDay says how the agency reads "trước ngày 10/9".
type BeforeDay int

const (
	Inclusive BeforeDay = iota // until the end of the 10th, as most offices read it
	Exclusive                  // until the end of the 9th
)

// Options are what a reading depends on beside the line and the people.
type Options struct {
	Now      time.Time
	Calendar *civil.Calendar
	Before   BeforeDay
}

// A Party is who takes part: a person, or a unit when Person is 0.
type Party struct {
	Person int64
	Unit   int64
	Name   string // as the roll has it
}

// Due is until when, as it was said.
type Due struct {
	On   civil.Date // zero: left open
	At   string     // "16:00", "" when no hour was said
	Part string     // "sáng", "trưa", "chiều", "tối" when a part of the day was said without an hour
}

// String is "2026-11-27", "2026-11-27T16:00" or "".
func (d Due) String() string {
	if d.At == "" || d.On.IsZero() {
		return d.On.String()
	}
	return d.On.String() + "T" + d.At
}

// What is the part that a span of the line plays.
type What string

// The parts.
const (
	WhatLead       What = "lead"
	WhatCoop       What = "coop"
	WhatInfo       What = "info"
	WhatDue        What = "due"
	WhatRecurrence What = "recurrence"
)

// A Span is a stretch of the line, in bytes of Reading.Text.
type Span struct {
	From, To int
	What     What
}

// About says which field a question or a note concerns.
type About string

// The fields.
const (
	AboutLead    About = "lead"
	AboutCoop    About = "coop"
	AboutInfo    About = "info"
	AboutDue     About = "due"
	AboutSubject About = "subject"
)

// A Question is something that the line leaves open; whoever gives the work decides.
type Question struct {
	About   About
	Text    string
	Parties []Party      // who may be meant
	Days    []civil.Date // which day may be meant
}

// A Note says how something was understood, or warns; it hinders nothing.
type Note struct {
	About About
	Text  string
}

// A Reading is what was understood of a line. It is shown for confirmation: nothing in it is
// a decision. What the line does not say, or says in two ways, is left empty with a Question.
type Reading struct {
	Text       string // the line, normalised; the spans count in it
	Lead       Party
	Coop       []Party
	Own        map[Party]Due // a day of a coordinator's own, earlier than the whole's
	Info       []Party
	Due        Due
	Recurrence string // "hằng tháng", as it was said; the date is then open
	Subject    string
	Spans      []Span
	Questions  []Question
	Notes      []Note
}

const (
	maxLine   = 4000 // bytes; a longer line is no line
	maxTokens = 500
)

// Read reads one line. It never fails: what it does not understand stays in the subject.
func Read(line string, roll *Roll, o Options) Reading {
	text := tidy(line)
	if o.Calendar == nil {
		o.Calendar = civil.Default()
	}
	if len(text) > maxLine {
		return Reading{Text: text, Subject: text, Questions: []Question{
			{About: AboutSubject, Text: "Câu quá dài để đọc; hãy ghi từng phần vào ô của nó."}}}
	}
	first := newParser(text, roll, o)
	if len(first.tokens) == 0 || len(first.tokens) > maxTokens {
		return Reading{Text: text, Subject: text}
	}
	best := first.read()
	// "Mai" is tomorrow and a woman's name: both readings are tried, the better one is kept.
	for i, t := range first.tokens {
		if t.exact == "mai" && first.roll.given["mai"] != nil && !first.tomorrow(i) {
			p := newParser(text, roll, o)
			p.person = i + 1
			if r := p.read(); r.score > best.score {
				best = r
			}
		}
	}
	return best.Reading
}

// tomorrow tells that a "mai" can only be the day: "sáng mai", "16h mai", "trước mai".
func (p *parser) tomorrow(i int) bool {
	if i == 0 || p.hard(i) {
		return false
	}
	for _, lex := range []lexicon{partWords, hourWords, deadline} {
		if _, n := p.before(i, lex); n > 0 {
			return true
		}
	}
	return p.tokens[i-1].num >= 0 || p.is(i-1, wordOf("ngày"))
}

// tidy makes the line one line of composed characters.
func tidy(line string) string {
	return strings.Join(strings.Fields(norm.NFC.String(strings.ToValidUTF8(line, " "))), " ")
}

type scored struct {
	Reading
	score int
}

func (p *parser) read() scored {
	p.findMentions()
	p.findWhen()
	p.findWho()
	p.finish()
	return scored{p.out, p.score}
}
