// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"time"

	"soviec/kit/civil"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/document"
	"soviec/office/org"
	"soviec/office/task"
	"soviec/schema"
)

// A taskOffice is one agency of the measured installation.
type taskOffice struct {
	agency int64
	users  []string // who can sign in: the head, an officer
	leader int64
	units  []int64
	people []int64         // officers, by turns of their units
	unitOf map[int64]int64 // of an officer
	works  []int64         // some of the agency's tasks
}

// fillTasks founds the agencies through the office's own acts in a small installation, and
// makes the measured one of it with the tasks as rows: what is asked of them is measured,
// not how they came. The book knows nothing of these tasks.
func fillTasks(ctx context.Context, s Settings, n int, errOut io.Writer) ([]taskOffice, error) {
	dir, err := os.MkdirTemp("", "soviec-bench-small")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	small := s
	small.Database, small.Schema = "sqlite:"+dir+"/small.db", ""
	now := time.Now()
	pl := &player{now: civil.At(civil.Of(now).AddDays(-2000), 7, 0)}
	p, err := assembleWith(ctx, small, func() time.Time { return pl.now }, true)
	if err != nil {
		return nil, err
	}
	pl.program = p
	offices, err := pl.foundMany(ctx, errOut)
	if err != nil {
		return nil, errors.Join(err, p.close())
	}
	err = pl.copyWithTasks(ctx, s, offices, n, civil.Of(now), errOut)
	return offices, errors.Join(err, p.close())
}

func (pl *player) foundMany(ctx context.Context, errOut io.Writer) ([]taskOffice, error) {
	org.SetPasswordCost(org.Cost{Memory: 64, Time: 1, Lanes: 1}) // accounts that nobody attacks
	bar := newProgress(errOut, fmt.Sprintf("Lập %d cơ quan", taskAgencies), taskAgencies)
	defer bar.Done()
	var out []taskOffice
	for k := range taskAgencies {
		f := org.Founding{Code: fmt.Sprintf("H14.%d", 100+k), Name: fmt.Sprintf("Cơ quan số %d", k+1), Short: fmt.Sprintf("CQ%d", k+1), Place: "Cao Bằng", Sample: true, Rooms: []func(*journal.Act) error{document.Found},
			Units: []org.FoundingUnit{{Key: "ld", NewUnit: org.NewUnit{Name: "Lãnh đạo", Short: "LĐ", Kind: "leaders"}}}}
		person := func(name, user, unit, title string, roles ...org.Role) {
			p := org.FoundingPerson{NewPerson: org.NewPerson{Name: name, Address: "ông"}, Username: user, Posts: []org.FoundingPost{{Unit: unit, Title: title, Roles: roles}}}
			if user != "" {
				p.Password = samplePassword
			}
			f.People = append(f.People, p)
		}
		head, officer := fmt.Sprintf("truong%d", k), fmt.Sprintf("canbo%d", k)
		person("Người đứng đầu", head, "ld", "Giám đốc", org.Head, org.SysAdmin)
		for u := range taskUnits {
			key := fmt.Sprintf("p%d", u)
			f.Units = append(f.Units, org.FoundingUnit{Key: key, NewUnit: org.NewUnit{Name: fmt.Sprintf("Phòng số %d", u+1), Short: fmt.Sprintf("P%d", u+1)}})
			person(fmt.Sprintf("Trưởng phòng %d", u+1), "", key, "Trưởng phòng", org.UnitHead)
		}
		for i := range taskOfficers - 1 {
			user := ""
			if i == 0 {
				user = officer
			}
			person(fmt.Sprintf("Cán bộ %03d", i+1), user, fmt.Sprintf("p%d", i%taskUnits), "Chuyên viên", org.Officer)
		}
		done, err := org.Found(ctx, pl.book, f)
		if err != nil {
			return nil, err
		}
		d, err := pl.directory(ctx, done.Agency)
		if err != nil {
			return nil, err
		}
		o := taskOffice{agency: done.Agency, users: []string{head, officer}, leader: done.People[head], unitOf: map[int64]int64{}}
		for _, p := range d.Posts {
			switch {
			case p.Has(org.Officer):
				o.people = append(o.people, p.Person)
				o.unitOf[p.Person] = p.Unit
			case p.Has(org.UnitHead):
				o.units = append(o.units, p.Unit)
			}
		}
		out = append(out, o)
		bar.Add(1)
	}
	return out, nil
}

// copyWithTasks fills an empty database with what the small installation holds and with
// the tasks.
func (pl *player) copyWithTasks(ctx context.Context, s Settings, offices []taskOffice, n int, today civil.Date, errOut io.Writer) error {
	r := pl.db.Read(ctx)
	steps, err := pl.db.Applied(r)
	if err != nil {
		return err
	}
	tables, err := pl.db.Tables(r)
	if err != nil {
		return err
	}
	target, err := store.Open(ctx, s.Database, store.Options{Schema: s.Schema, Volatile: true})
	if err != nil {
		return err
	}
	rows := taskRows{offices: offices, n: n, open: min(taskOpen, n/2), today: today, cal: civil.Default()}
	bar := newProgress(errOut, fmt.Sprintf("Sinh %d việc (%s)", n, target.Engine()), 4*n)
	err = target.Load(ctx, schema.Files, steps, func(l *store.Loader) error {
		for _, t := range tables {
			made := rows.of(t, func() { bar.Add(1) })
			if _, err := l.Table(t, func(yield func([]any, error) bool) {
				for row, err := range store.Rows(r, t) {
					if !yield(row, err) {
						return
					}
				}
				for row := range made {
					if !yield(row, nil) {
						return
					}
				}
			}); err != nil {
				return err
			}
		}
		return nil
	})
	bar.Done()
	if err == nil {
		err = target.Optimize(ctx)
	}
	return errors.Join(err, target.Close())
}

// taskRows makes the rows of task number i in each of the tables of tasks.
type taskRows struct {
	offices []taskOffice
	n, open int
	today   civil.Date
	cal     *civil.Calendar
}

// of are the rows of one table; none for a table of another room.
func (x taskRows) of(t store.Table, step func()) iter.Seq[[]any] {
	make := map[string]func(i int) map[string]any{"task_work": x.work, "task_share": x.share, "task_due": x.due, "task_holding": x.holding}[t.Name]
	return func(yield func([]any) bool) {
		if make == nil {
			return
		}
		for i := range x.n {
			values, row := make(i), []any{}
			for _, c := range t.Columns {
				v, ok := values[c.Name]
				if !ok {
					v = map[store.Type]any{store.Int: int64(0), store.Text: "", store.Bool: false, store.Bytes: []byte{}}[c.Type]
				}
				row = append(row, v)
			}
			if !yield(row) {
				return
			}
			step()
		}
	}
}

func (x taskRows) office(i int) *taskOffice { return &x.offices[i%len(x.offices)] }

func (x taskRows) holder(i int) int64 {
	o := x.office(i)
	return o.people[(i/len(x.offices))%len(o.people)]
}

// id numbers the rows by the time at which they would have come about.
func (x taskRows) id(kind, i int) int64 {
	given, _, _ := dayOfTask(x.today, i, x.n, x.open)
	return store.FirstID(civil.At(given, 9, 0)) + int64(i)*4 + int64(kind)
}

func (x taskRows) work(i int) map[string]any {
	given, _, done := dayOfTask(x.today, i, x.n, x.open)
	o := x.office(i)
	if len(o.works) < 2000 {
		o.works = append(o.works, x.id(0, i))
	}
	w := map[string]any{"id": x.id(0, i), "agency": o.agency, "title": fmt.Sprintf("Việc số %d: tổng hợp, báo cáo kết quả thực hiện", i+1), "giver": o.leader,
		"given_at": store.Instant(civil.At(given, 9, 0)), "state": task.WorkOpen, "quantity": int64(1000), "norm": int64(120 + i%8*60), "factor": int64(1000)}
	if !done.IsZero() {
		w["state"], w["done_at"] = task.WorkDone, store.Instant(civil.At(done, 15, 0))
	}
	return w
}

func (x taskRows) share(i int) map[string]any {
	given, due, done := dayOfTask(x.today, i, x.n, x.open)
	at := store.Instant(x.cal.EndOfDay(due))
	s := map[string]any{"id": x.id(1, i), "agency": x.office(i).agency, "work": x.id(0, i), "role": string(task.Lead), "unit": x.office(i).unitOf[x.holder(i)], "person": x.holder(i),
		"holder": x.holder(i), "state": string(task.StateStarted), "outer_first": due.String(), "outer_on": due.String(), "outer_at": at, "due_on": due.String(), "due_at": at,
		"given_at": store.Instant(civil.At(given, 9, 0)), "seen_at": store.Instant(civil.At(given, 10, 0)), "started_at": store.Instant(civil.At(given, 10, 0)), "part": int64(10000)}
	if !done.IsZero() {
		end := store.Instant(civil.At(done, 15, 0))
		s["state"], s["reported_at"], s["reported_by"], s["done_at"], s["result"] = string(task.StateDone), end, x.holder(i), end, "Đã báo cáo."
	}
	return s
}

func (x taskRows) due(i int) map[string]any {
	given, due, _ := dayOfTask(x.today, i, x.n, x.open)
	return map[string]any{"id": x.id(2, i), "agency": x.office(i).agency, "share": x.id(1, i), "level": string(task.Outer), "due_on": due.String(),
		"due_at": store.Instant(x.cal.EndOfDay(due)), "set_by": x.office(i).leader, "set_at": store.Instant(civil.At(given, 9, 0)), "kind": "given"}
}

func (x taskRows) holding(i int) map[string]any {
	given, _, done := dayOfTask(x.today, i, x.n, x.open)
	h := map[string]any{"id": x.id(3, i), "agency": x.office(i).agency, "share": x.id(1, i), "person": x.holder(i), "unit": x.office(i).unitOf[x.holder(i)],
		"from_at": store.Instant(civil.At(given, 9, 0))}
	if !done.IsZero() {
		h["to_at"] = store.Instant(civil.At(done, 15, 0))
	}
	return h
}
