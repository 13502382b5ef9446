// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"soviec/kit/civil"
	"soviec/kit/journal"
	"soviec/office/org"
	"soviec/seed"
)

// samplePassword opens every account of the sample office. It is printed at the
// start and stands on the sign-in page; it is used for nothing else.
const samplePassword = "so-viec-mau"

// A player plays the sample office's acts through the office itself, each at its own
// time and by its own person: sample data are made as real ones are.
type player struct {
	*program
	now    time.Time
	setup  seed.Setup
	agency int64
	units  map[string]int64
	people map[string]int64
	fields map[string]int64
	open   map[string]*played // by key of a story
	scenes []scene

	known      *org.Directory  // of the agency, until something in it changes
	arrived    map[int]*played // by arrival number of the remembered year
	typist     *typist
	bookOf     map[string]int64 // the series of the year that a kind is numbered in
	delegation int64

	ca *trialCA
	// strangers is an authority that the agency does not know.
	strangers *trialCA
	keysOf    map[string]*trial // by username; "" is the agency's own
	hands     map[string][]byte // pictures of signatures
}

// scene is one act at its time.
type scene struct {
	at   time.Time
	what string
	play func(context.Context) error
	// ahead, if any, begins what play will need, some scenes before.
	ahead func(context.Context) error
}

func (pl *player) add(at time.Time, what string, play func(context.Context) error) {
	if !at.IsZero() {
		pl.scenes = append(pl.scenes, scene{at: at, what: what, play: play})
	}
}

// play runs all scenes in the order of their times.
func (pl *player) play(ctx context.Context, step func(done int)) error {
	slices.SortStableFunc(pl.scenes, func(a, b scene) int { return a.at.Compare(b.at) })
	soon := 0
	for i, s := range pl.scenes {
		if err := ctx.Err(); err != nil {
			return err
		}
		pl.now = s.at
		for ; soon < len(pl.scenes) && soon < i+aheadBy; soon++ {
			if ahead := pl.scenes[soon].ahead; ahead != nil {
				if err := ahead(ctx); err != nil {
					return err
				}
			}
		}
		if err := s.play(ctx); err != nil {
			return fmt.Errorf("%s, %s: %w", s.at.In(civil.Zone).Format("2006-01-02 15:04"), s.what, err)
		}
		step(i + 1)
	}
	return nil
}

// office is the agency as it stands; it is asked for tens of thousands of times.
func (pl *player) office(ctx context.Context) (d *org.Directory, err error) {
	if pl.known == nil {
		pl.known, err = pl.program.directory(ctx, pl.agency)
	}
	return pl.known, err
}

// as runs one act of a person.
func (pl *player) as(ctx context.Context, who string, f func(*journal.Act) error) error {
	d, err := pl.office(ctx)
	if err != nil {
		return err
	}
	id, ok := pl.people[who]
	if !ok {
		return fmt.Errorf("no person %q in the sample office", who)
	}
	return pl.book.Do(ctx, d.Holder(id, 0, civil.Of(pl.now)), f)
}
