// SPDX-License-Identifier: Apache-2.0

package series

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"soviec/kit/fault"
	"soviec/kit/journal"
)

// T7, T8: eight clerks at once, one act in ten fails, numbers kept and voided among
// them: no gap, no double, dates never backwards, in every series.
func TestThousandNumbersByEightClerks(t *testing.T) {
	t.Parallel()
	each(t, "2026-04-01 08:00", func(d *desk) {
		const clerks = 8
		acts := 125
		if testing.Short() {
			acts = 25
		}
		fail := errors.New("the act fails")
		kinds := []Kind{decision, report, letter, {"KH", "KH"}}
		unit := d.unit("CS")
		var mu sync.Mutex
		given := map[string]bool{}
		var wg sync.WaitGroup
		for w := range clerks {
			wg.Add(1)
			go func() {
				defer wg.Done()
				dice := rand.New(rand.NewPCG(uint64(w), 11))
				for i := range acts {
					if w == 0 && i%25 == 24 {
						d.clock.Add(24 * 3600e9)
					}
					broken := dice.IntN(10) == 0
					q := Ask{Direction: Out, Kind: kinds[dice.IntN(len(kinds))], Unit: unit, Subject: fmt.Sprintf("paper/%d", w*1000+i), Key: fmt.Sprintf("k%d-%d", w, i)}
					var s Slot
					err := d.try([]string{"lan", "thu"}[w%2], func(a *journal.Act) (err error) {
						if s, err = Take(a, q); err == nil && broken {
							err = fail
						}
						return err
					})
					var back *Backdate // another clerk's day began first: the act is tried again on the new day
					switch {
					case errors.As(err, &back):
					case broken && errors.Is(err, fail):
					case err != nil || broken:
						d.Errorf("clerk %d: %v", w, err)
						return
					default:
						mu.Lock()
						if given[s.Label] {
							d.Errorf("%s was given twice", s.Label)
						}
						given[s.Label] = true
						mu.Unlock()
					}
				}
			}()
		}
		wg.Wait()
		rows, err := Examine(d.r(), d.agency, 2026)
		if err != nil {
			d.Fatal(err)
		}
		used := 0
		for _, x := range rows {
			used += x.Used
			if len(x.Missing)+len(x.Backwards) > 0 || int64(x.Used) != x.Series.Last {
				d.Errorf("series %s: %+v", x.Series.Scope, x)
			}
		}
		if used != len(given) || used < clerks*acts*7/10 {
			d.Errorf("%d numbers in the books, %d acknowledged", used, len(given))
		}
		d.sound()
	})
}

// Any order of taking, keeping, inserting, voiding and expiring leaves books that R7
// finds whole.
func TestBooksStayWhole(t *testing.T) {
	t.Parallel()
	each(t, "2026-09-01 08:00", func(d *desk) {
		rapid.Check(d.T, func(t *rapid.T) {
			var used, kept []Slot
			for range rapid.IntRange(3, 12).Draw(t, "acts") {
				var err error
				var s Slot
				switch rapid.IntRange(0, 5).Draw(t, "act") {
				case 0, 1:
					if s, err = d.take(d.ask(report)); err == nil {
						used = append(used, s)
					}
				case 2:
					err = d.try("lan", func(a *journal.Act) error { s, err = Reserve(a, d.ask(report), "Giữ cho báo cáo"); return err })
					if err == nil {
						kept = append(kept, s)
					}
				case 3:
					if len(kept) > 0 {
						q := d.ask(report)
						q.Slot = kept[rapid.IntRange(0, len(kept)-1).Draw(t, "kept")].ID
						s, err = d.take(q)
					}
				case 4:
					if len(used) > 0 {
						b := used[rapid.IntRange(0, len(used)-1).Draw(t, "base")]
						day := b.Day.AddDays(rapid.IntRange(0, 3).Draw(t, "days"))
						err = d.try("minh", func(a *journal.Act) error {
							s, err := Insert(a, b.ID, rapid.SampledFrom([]string{"a", "b", "bis"}).Draw(t, "suffix"), day, "Chuyển văn thư muộn ngày")
							if err == nil {
								kept = append(kept, s)
							}
							return err
						})
					}
				case 5:
					d.clock.Add(24 * 3600e9)
					if err := Expire(context.Background(), d.book, d.agency); err != nil {
						t.Fatal(err)
					}
				}
				if k := fault.KindOf(err); err != nil && k == fault.KindInternal {
					t.Fatal(err)
				}
			}
			if err := Check(d.r(), d.agency, func(s string) { t.Fatal(s) }); err != nil {
				t.Fatal(err)
			}
		})
	})
}
