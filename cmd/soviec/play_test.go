// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"slices"
	"testing"
	"time"

	"soviec/kit/civil"
	"soviec/kit/store"
	"soviec/office/archive"
	"soviec/office/outgoing"
	"soviec/seed"
)

// The first weeks of the sample year, played on each engine: what is played is what the plan
// foresaw, and everything agrees with the book.
func TestTheYearIsPlayed(t *testing.T) {
	until := civil.At(civil.New(seed.Year, 1, 24), 23, 0)
	if testing.Short() {
		until = civil.At(civil.New(seed.Year, 1, 11), 23, 0)
	}
	for _, e := range bothEngines {
		t.Run(e.String(), func(t *testing.T) { playUntil(t, e, until) })
	}
}

func playUntil(t *testing.T, e store.Engine, until time.Time) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	pl := &player{}
	p, err := assembleWith(ctx, emptySettings(t, e), func() time.Time { return pl.now }, true)
	if err != nil {
		t.Fatal(err)
	}
	pl.program = p
	defer p.close()
	if err := pl.found(ctx); err != nil {
		t.Fatal(err)
	}
	if err := pl.equip(ctx, civil.New(2026, 11, 24)); err != nil {
		t.Fatal(err)
	}
	pl.typist = newTypist(ctx)
	arrivals := seed.Arrivals2019()
	pl.year(arrivals)
	pl.signing()
	pl.departures(seed.Departures2019(), func(p seed.Departure) *played { return pl.arrived[p.Answers] })
	pl.shelve(pl.dossiers(seed.Year), arrivals)
	pl.scenes = slices.DeleteFunc(pl.scenes, func(s scene) bool { return s.at.After(until) })
	if err := pl.play(ctx, func(int) {}); err != nil {
		t.Fatal(err)
	}
	want := int64(0)
	for _, p := range seed.Departures2019() {
		for _, s := range p.Steps {
			if s.Do == seed.Numbered && !s.At.After(until) {
				want++
			}
		}
	}
	r := pl.db.Read(ctx)
	if n, err := outgoing.Count(r, pl.agency, outgoing.Reach{All: true}, outgoing.Filter{Year: seed.Year}); err != nil || n != want || n == 0 {
		t.Errorf("%d documents have a number, want %d (%v)", n, want, err)
	}
	if all, err := archive.Dossiers(r, pl.agency, archive.Reach{All: true}, archive.Filter{View: archive.ViewAll, Year: seed.Year}, 99); err != nil || len(all) != len(seed.Dossiers(seed.Year)) {
		t.Errorf("%d dossiers (%v)", len(all), err)
	}
	for _, c := range rooms {
		if err := c.check(r, pl.agency, func(s string) { t.Errorf("%s: %s", c.name, s) }); err != nil {
			t.Fatal(err)
		}
	}
}
