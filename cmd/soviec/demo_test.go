// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"runtime/debug"
	"testing"
	"time"

	"soviec/kit/civil"
	"soviec/kit/store"
	"soviec/office/task"
	"soviec/seed"
)

// The weeks before the visit, played for days of every sort, say the same in the one click: whoever
// opens the demo sees the late and the soon work of the plan, at whatever hour of the day.
func TestTheOneClickSaysTheSameOnEveryDay(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(400)) // as when it is sown
	days := []struct {
		name  string
		today civil.Date
		desk  bool // with what is written and sent; it costs most of the time
	}{
		{"a Saturday", civil.New(2026, 11, 28), false},
		{"the first working day of a year", civil.New(2027, 1, 4), true},
		{"the first working day after Tết", civil.Default().OnOrAfter(civil.New(2027, 2, 11)), false},
		{"a Tuesday that is worked", civil.New(2026, 12, 8), false},
	}
	if testing.Short() {
		days = days[:1]
	}
	for _, d := range days {
		t.Run(d.name, func(t *testing.T) {
			pl := playPresent(t, d.today, d.desk)
			for _, now := range []time.Time{civil.At(d.today, 0, 0).Add(time.Second), civil.At(d.today, 7, 30), civil.At(d.today, 23, 59)} {
				pl.now = now
				checkOneClick(t, pl, now)
			}
		})
	}
}

func playPresent(t *testing.T, today civil.Date, desk bool) *player {
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	pl := &player{}
	p, err := assembleWith(ctx, emptySettings(t, store.SQLite), func() time.Time { return pl.now }, true)
	if err != nil {
		t.Fatal(err)
	}
	pl.program = p
	t.Cleanup(func() { p.close() })
	if err := pl.found(ctx); err != nil {
		t.Fatal(err)
	}
	pl.typist = newTypist(ctx)
	if err := pl.equip(ctx, today); err != nil {
		t.Fatal(err)
	}
	if desk {
		pl.signing()
		pl.present(today)
	} else {
		pl.stories(today)
		pl.currentWork(today)
	}
	for _, s := range pl.scenes {
		if !s.at.Before(civil.At(today, 0, 0)) {
			t.Errorf("%s: %s lies after the day's beginning", s.at, s.what)
		}
	}
	if err := pl.play(ctx, func(int) {}); err != nil {
		t.Fatal(err)
	}
	return pl
}

func checkOneClick(t *testing.T, pl *player, now time.Time) {
	t.Helper()
	d, err := pl.directory(t.Context(), pl.agency)
	if err != nil {
		t.Fatal(err)
	}
	picture, err := pl.board.Of(t.Context(), pl.agency)
	if err != nil {
		t.Fatal(err)
	}
	v := picture.View(d, now, task.Scope{All: true}, task.Filter{})
	if v.Counts.Late == seed.LateCount && v.LateHolders == seed.LateOfficers && v.Soon == seed.SoonCount {
		return
	}
	t.Errorf("%s: %d late of %d officers, %d soon", now.In(civil.Zone).Format("2006-01-02 15:04"), v.Counts.Late, v.LateHolders, v.Soon)
	for _, b := range v.Blocks {
		for _, r := range b.Rows {
			for _, x := range r.Tiles {
				if x.Standing == task.StandsLate || x.Standing == task.StandsSoon {
					t.Logf("  %s: %s, %s", x.Standing, d.Person(x.Holder).Name, x.Title)
				}
			}
		}
	}
}
