// SPDX-License-Identifier: Apache-2.0

package task_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"syscall"
	"testing"

	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/kit/store/storetest"
	"soviec/office/task"
	"soviec/schema"
)

// busy is a desk with so many open works, every fifth late, spread over all officers.
func busy(b *testing.B, n int) *desk { return busyOn(b, storetest.Open(b), n) }

func busyOn(b *testing.B, db *store.DB, n int) *desk {
	d := newDesk(b, db, "2026-11-02 08:00")
	officers := []string{"hai", "ha", "anh", "tung", "dung", "mai", "yen", "van", "lan", "thu"}
	for done := 0; done < n; {
		d.do("thang", func(a *journal.Act) error {
			for i := 0; i < 500 && done < n; i++ {
				due := task.Due{On: day("2026-12-01").AddDays(done % 20)}
				if done%5 == 0 {
					due.On = day("2026-11-03").AddDays(done % 13)
				}
				w, err := task.Give(a, task.Order{Title: fmt.Sprintf("Báo cáo số %d", done), Due: due,
					Lead: task.Assignee{Person: d.person(officers[done%len(officers)])}})
				if err != nil || w.ID == 0 {
					return err
				}
				done++
			}
			return nil
		})
	}
	d.clock.Set(b, "2026-11-20 08:00")
	return d
}

// cpu reports the processor time of an operation beside the time of the clock: on a busy
// machine it is the one that means something.
func cpu(b *testing.B) func() {
	now := func() (t int64) {
		var u syscall.Rusage
		if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
			b.Fatal(err)
		}
		return u.Utime.Nano() + u.Stime.Nano()
	}
	from := now()
	return func() { b.ReportMetric(float64(now()-from)/float64(b.N), "cpu-ns/op") }
}

// BenchmarkView regroups 10,000 open squares: the one click without its page.
func BenchmarkView(b *testing.B) {
	d := busy(b, 10_000)
	p, dir, now := d.picture(task.NewBoard(d.book)), d.dir(), d.clock.Now()
	for name, f := range map[string]task.Filter{"kept": {}, "giver": {Giver: d.person("hoa")}, "late": {Standing: task.StandsLate}} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			defer cpu(b)()
			for b.Loop() {
				if v := p.View(dir, now, task.Scope{All: true}, f); name == "kept" && (v.Open != 10_000 || v.Late != 2_000) {
					b.Fatalf("%+v", v.Counts)
				}
			}
		})
	}
	b.Run("until", func(b *testing.B) {
		defer cpu(b)()
		for b.Loop() {
			p.Until(now)
		}
	})
}

// BenchmarkFollow takes one changed work into a picture of 10,000.
func BenchmarkFollow(b *testing.B) {
	d := busy(b, 10_000)
	board := task.NewBoard(d.book)
	d.picture(board)
	mine, err := task.Mine(d.read(), d.agency, d.person("hai"))
	if err != nil {
		b.Fatal(err)
	}
	b.Run("unchanged", func(b *testing.B) {
		defer cpu(b)()
		for b.Loop() {
			d.picture(board)
		}
	})
	b.Run("changed", func(b *testing.B) {
		i := 0
		for b.Loop() {
			b.StopTimer()
			share := mine[i%len(mine)].Share
			i++
			d.do("thang", func(a *journal.Act) error {
				_, err := task.ChangeDue(a, share, day("2026-12-20").AddDays(i%9), "Đổi.")
				return err
			})
			b.StartTimer()
			d.picture(board)
		}
	})
	b.Run("build", func(b *testing.B) {
		defer cpu(b)()
		for b.Loop() {
			d.picture(task.NewBoard(d.book))
		}
	})
}

func BenchmarkGive(b *testing.B) {
	d := busy(b, 0)
	o := task.Order{Title: "Báo cáo", Due: task.Due{On: day("2026-12-01")}, Lead: task.Assignee{Unit: d.unit("CS")}, Coop: []task.Assignee{{Unit: d.unit("NV")}}}
	defer cpu(b)()
	for b.Loop() {
		if err := d.book.Do(context.Background(), d.who["thang"], func(a *journal.Act) error { _, err := task.Give(a, o); return err }); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSweep is the morning over 50,000 open works: every fifth is late, every tenth
// due in these days. The second run of a morning finds everything told.
func BenchmarkSweep(b *testing.B) { mornings(b, storetest.Open(b), nil) }

// BenchmarkSweepTwice is the same morning in two programs at once on PostgreSQL, each with
// connections of its own.
func BenchmarkSweepTwice(b *testing.B) {
	dsn, schemaName := storetest.DSN(b, store.PostgreSQL)
	open := func() *store.DB {
		db, err := store.Open(context.Background(), dsn, store.Options{Schema: schemaName, Readers: 4})
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { db.Close() })
		if _, err := db.Migrate(context.Background(), schema.Files); err != nil {
			b.Fatal(err)
		}
		return db
	}
	mornings(b, open(), open())
}

func mornings(b *testing.B, db, other *store.DB) {
	d := busyOn(b, db, 50_000)
	books := []*journal.Book{d.book}
	if other != nil {
		books = append(books, &journal.Book{DB: other, Clock: d.clock.Now})
	}
	sweep := func(b *testing.B) {
		var programs sync.WaitGroup
		failed := make([]error, len(books))
		for i, book := range books {
			programs.Go(func() { failed[i] = d.sweep(book) })
		}
		programs.Wait()
		if err := errors.Join(failed...); err != nil {
			b.Fatal(err)
		}
	}
	b.Run("first", func(b *testing.B) {
		defer cpu(b)()
		for b.Loop() {
			b.StopTimer()
			d.clock.Set(b, d.dir().Calendar.NextWorkingDay(d.clock.Today()).String()+" 07:00")
			b.StartTimer()
			sweep(b)
		}
		b.ReportMetric(float64(d.notices("task.due_"))/float64(b.N), "reminders/op")
	})
	b.Run("again", func(b *testing.B) {
		defer cpu(b)()
		for b.Loop() {
			sweep(b)
		}
	})
	d.sound()
}
