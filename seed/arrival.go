// SPDX-License-Identifier: Apache-2.0

package seed

import (
	"math"
	"slices"
	"sync"
	"time"

	"soviec/kit/civil"
)

// The year that the sample remembers whole, and how many documents arrived in it.
const (
	Year     = 2019
	Incoming = 2874
	Outgoing = 824 // issued in that year; the replies below take their numbers among these
)

// An Arrival is an incoming document of the remembered year and everything that was done with it.
type Arrival struct {
	Document
	No         int // the arrival number that registering in this order gives
	Registered time.Time
	Submitted  time.Time
	Directive  Directive
	Outcome    Outcome
}

// A Directive is a leader's word on a document (bút phê): one lead, who helps, who is to know.
type Directive struct {
	By     string // leader
	At     time.Time
	Text   string
	Unit   string // leads
	Person string // to whom the head of the unit gave it
	Given  time.Time
	Coop   []string // units
	Info   []string // persons
	Due    civil.Date
}

// An Outcome is how the matter ended.
type Outcome struct {
	At        time.Time
	Text      string
	Reply     string // number and notation of the answering document; empty: none was needed
	Confirmed time.Time
	// An extension, where there was one.
	AskedAt   time.Time
	AskReason string
	AllowedAt time.Time
	NewDue    civil.Date
}

// Extended tells whether the due day was moved.
func (o Outcome) Extended() bool { return !o.NewDue.IsZero() }

// Arrivals2019 is the year 2019: exactly Incoming documents in the order of their arrival.
// The slice is shared; do not change it.
func Arrivals2019() []Arrival { return theYear().arrivals }

type year struct {
	arrivals   []Arrival
	departures []Departure
}

var theYear = sync.OnceValue(func() year {
	cal := civil.Default()
	d := &dice{state: Year}
	times := rhythm(d, cal)
	all := make([]Arrival, len(times))
	docs := make([]*Document, len(times))
	seen := map[string]bool{}
	for k, at := range times {
		all[k].No = k + 1
		all[k].Document = drawNew(d, at, cal, seen)
		docs[k] = &all[k].Document
	}
	channels(d, docs, int(math.Round(.78*Incoming)))
	numbers(d, docs)
	var registered time.Time
	for k := range all {
		a := &all[k]
		registered = later(cal.AddWorkingTime(registered, 25*time.Second), cal.AddWorkingTime(a.Received, minutes(d, 3, 20)))
		a.Registered = registered
		a.handle(d, cal)
	}
	out := departures(d, cal, all)
	replies(d, all, out)
	return year{all, out}
})

func minutes(d *dice, low, high int) time.Duration {
	return time.Duration(d.between(low*60, high*60)) * time.Second
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// A share is how much of what arrives comes from a group of senders.
type share struct {
	name   string
	weight int
}

var groups = []share{
	{"ut", 170}, {"vp", 110}, {"so", 265}, {"hu", 170}, {"ub", 85}, {"tu", 62}, {"hd", 30}, {"bo", 26},
	{"cp", 24}, {"dt", 36}, {"xa", 26}, {"dn", 22}, {"cd", 12}, {"bc", 8}, {"ng", 14},
}

// sender picks who writes on a day. Where a group has died out (the districts after 2024),
// the communes write in its place.
func sender(d *dice, day civil.Date) *Issuer {
	for {
		group := weighted(d, groups, func(g share) int { return g.weight }).name
		if group == "hu" && day.Year() >= 2025 {
			group = "xa"
		}
		var of []*Issuer
		all := directory()
		for k := range all {
			if all[k].Group == group && all[k].On(day) {
				of = append(of, &all[k])
			}
		}
		if len(of) > 0 {
			return weighted(d, of, func(i *Issuer) int { return i.Weight })
		}
	}
}

// drawNew draws until the issuer has not written the same before.
func drawNew(d *dice, at time.Time, cal *civil.Calendar, seen map[string]bool) Document {
	for try := 0; ; try++ {
		i := sender(d, civil.Of(at))
		if !writes(i, civil.Of(at)) {
			continue
		}
		doc := draw(d, i, at, cal)
		if !seen[doc.Subject] || try == 12 {
			seen[doc.Subject] = true
			return doc
		}
	}
}

// writes tells whether the grammar has anything for the issuer in that month.
func writes(i *Issuer, day civil.Date) bool {
	all := patterns()
	for k := range all {
		if all[k].fits(i, day) {
			return true
		}
	}
	return false
}

// numbers gives each document its number, issuer by issuer in the order of their dates.
func numbers(d *dice, docs []*Document) {
	byDate := slices.Clone(docs)
	slices.SortStableFunc(byDate, func(a, b *Document) int { return a.Date.Compare(b.Date) })
	c := counter{}
	for _, doc := range byDate {
		c.number(d, doc)
	}
}

// rhythm spreads the documents over the working days of the year: Mondays are heavy, so are
// the ends of months, the weeks after Tết and December; the days before Tết are quiet.
func rhythm(d *dice, cal *civil.Calendar) []time.Time {
	var days []civil.Date
	var weight []float64
	sum := 0.0
	for day := civil.New(Year, 1, 1); day.Year() == Year; day = day.AddDays(1) {
		if !cal.WorkingDay(day) {
			continue
		}
		w := dayWeight(day, cal) * (.8 + .4*d.unit())
		days, weight, sum = append(days, day), append(weight, w), sum+w
	}
	// Largest remainders by running total: the counts add up to exactly Incoming.
	var times []time.Time
	run, given := 0.0, 0
	for k, day := range days {
		run += weight[k]
		upTo := int(math.Round(run / sum * Incoming))
		times = append(times, hours(d, day, upTo-given)...)
		given = upTo
	}
	return times
}

func dayWeight(day civil.Date, cal *civil.Calendar) float64 {
	month := [...]float64{0, 1.02, .86, 1.12, 1.02, .98, 1.0, .9, .92, 1.0, 1.06, 1.14, 1.42}
	week := [...]float64{.5, 1.36, 1.06, 1, 1.02, .92, .55}
	w := month[day.Month()] * week[day.Weekday()]
	y, m, _ := day.YMD()
	if m == 2 && day < civil.New(y, 2, 4) || m == 1 && day > civil.New(y, 1, 29) {
		w *= .7 // the last days before Tết
	}
	if day > civil.New(y, 2, 8) && day < civil.New(y, 2, 23) {
		w *= 1.35 // what was left lying over Tết
	}
	if cal.WorkingDaysBetween(day, civil.New(y, m+1, 1)) <= 4 {
		w *= 1.22
	}
	return w
}

// hours gives n instants of the day in order, between 07:35 and 16:50 without the noon break.
func hours(d *dice, day civil.Date, n int) []time.Time {
	times := make([]time.Time, n)
	for k := range times {
		minute := 455 + int(float64(688-455)*(d.unit()+d.unit())/2) // 07:35–11:28
		if d.chance(44) {
			minute = 812 + int(float64(1010-812)*(d.unit()+d.unit())/2) // 13:32–16:50
		}
		times[k] = civil.At(day, 0, minute).Add(time.Duration(d.below(60)) * time.Second)
	}
	slices.SortFunc(times, time.Time.Compare)
	return times
}
