// SPDX-License-Identifier: Apache-2.0

package plan_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"soviec/kit/civil"
	"soviec/kit/journal"
	"soviec/office/plan"
)

// TestEachDateOnceUnderRestarts lets the morning run at random: late, twice, in two programs
// at once, and broken off in the middle. Each date has one work, or is told as missed.
func TestEachDateOnceUnderRestarts(t *testing.T) {
	each(t, func(d *desk) {
		rnd := rand.New(rand.NewPCG(2026, 11))
		var rules []plan.Rule
		for i, r := range []plan.Rhythm{
			monthly(25), monthly(5),
			{Every: 1, Period: plan.Weekly, On: plan.OnWeekday, Number: 5, Shift: plan.GoBack, From: day("2026-11-23")},
			{Every: 2, Period: plan.Weekly, On: plan.OnWeekday, Number: 1, Shift: plan.GoForward, From: day("2026-11-23")},
			{Every: 1, Period: civil.Monthly, On: plan.OnWorking, Number: -1, Shift: plan.Keep, From: day("2026-11-01")},
		} {
			rules = append(rules, d.rule("thang", plan.Rule{Piece: plan.Piece{Title: fmt.Sprintf("Việc %d {kỳ}", i), Lead: d.unit("CS")}, Rhythm: r, Ahead: i}))
		}
		second := &journal.Book{DB: d.book.DB, Clock: d.book.Clock}
		end := day("2027-02-26")
		for on := day("2026-11-23"); on <= end; on = on.AddDays(1) {
			if rnd.IntN(10) == 0 {
				continue // the program did not run on this day
			}
			d.clock.Set(d, on.String()+" 07:30")
			var wg sync.WaitGroup
			for k := range 1 + rnd.IntN(2) {
				book, broken, after := d.book, rnd.IntN(4) == 0, time.Duration(rnd.IntN(4000))*time.Microsecond
				if k == 1 {
					book = second
				}
				wg.Go(func() {
					ctx, cancel := context.WithCancel(context.Background())
					defer cancel()
					if broken {
						time.AfterFunc(after, cancel)
					}
					if _, err := plan.Morning(ctx, book, d.agency, on); err != nil && !broken {
						d.Error(err)
					}
				})
			}
			wg.Wait()
		}
		d.morning(end.String() + " 08:00")
		for _, r := range rules {
			given := map[int64]bool{}
			for _, o := range up(d, r, end) {
				switch o.State {
				case plan.GivenNow:
					given[o.Work] = true
				case plan.Missed:
				default:
					d.Errorf("%s: %s of %s is %q", r.Title, o.Key, o.Due, o.State)
				}
			}
			works := d.works(r)
			days := map[civil.Date]bool{}
			for _, w := range works {
				if on := w.Lead().OuterOn; on <= end && (!given[w.ID] || days[on] && r.Ahead != 3) {
					d.Errorf("%s: work %d of %s is given beside its date", r.Title, w.ID, on)
				}
				days[w.Lead().OuterOn] = true
			}
		}
		d.sound()
	})
}

func up(d *desk, r plan.Rule, end civil.Date) []plan.Occurrence {
	d.Helper()
	all, err := plan.Upcoming(d.read(), civil.Default(), r, r.Since, 60)
	if err != nil {
		d.Fatal(err)
	}
	var out []plan.Occurrence
	for _, o := range all {
		if o.Due <= end {
			out = append(out, o)
		}
	}
	return out
}
