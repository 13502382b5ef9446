// SPDX-License-Identifier: Apache-2.0

package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"soviec/kit/civil"
	"soviec/kit/find"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/document"
	"soviec/office/org"
	"soviec/office/task"
	"soviec/seed"
)

const (
	benchUnits    = 12
	benchOfficers = 200
	benchOpen     = 2000 // pieces of open work, a quarter of them late
	benchSeed     = 7
	perBatch      = 20_000 // documents taken over in one act while filling
)

// A benchOffice is an office filled for measuring.
type benchOffice struct {
	engine    store.Engine
	documents int
	agency    int64
	clerk     string
	reader    int64
	schema    string
	database  string
}

// drop takes away what the filling put on a PostgreSQL server.
func (o *benchOffice) drop() {
	if o.engine != store.PostgreSQL {
		return
	}
	db, err := store.Open(context.Background(), o.database, store.Options{})
	if err != nil {
		return
	}
	defer db.Close()
	_ = db.DropSchema(context.Background(), o.schema)
}

// fillOffice makes an office of n documents through the office's own acts. It is not
// durable while it is filled; it is when it is measured.
func fillOffice(ctx context.Context, s Settings, n int, errOut io.Writer) (*benchOffice, error) {
	pl := &player{}
	p, err := assembleWith(ctx, s, func() time.Time { return pl.now }, true)
	if err != nil {
		return nil, err
	}
	pl.program = p
	o := &benchOffice{engine: p.db.Engine(), documents: n, clerk: "vanthu", schema: s.Schema, database: s.Database}
	err = pl.fill(ctx, o, errOut)
	return o, errors.Join(err, p.close())
}

func (pl *player) fill(ctx context.Context, o *benchOffice, errOut io.Writer) error {
	pl.now = civil.At(civil.New(seed.BulkFrom, 1, 2), 7, 0)
	f := org.Founding{Code: "H14.99", Name: "Văn phòng đo tốc độ", Short: "DTD", Place: "Cao Bằng", Sample: true, Day: civil.New(seed.BulkFrom, 1, 1),
		Units: []org.FoundingUnit{{Key: "ld", NewUnit: org.NewUnit{Name: "Lãnh đạo", Short: "LĐ", Kind: "leaders"}}}}
	person := func(name, user, unit, title string, roles ...org.Role) {
		p := org.FoundingPerson{NewPerson: org.NewPerson{Name: name, Address: "ông"}, Username: user,
			Posts: []org.FoundingPost{{Unit: unit, Title: title, Roles: roles}}}
		if user != "" {
			p.Password = samplePassword
		}
		f.People = append(f.People, p)
	}
	person("Người đứng đầu", "truong", "ld", "Trưởng ban", org.Head)
	person("Chánh văn phòng", "chanh", "ld", "Chánh Văn phòng", org.OfficeChief, org.SysAdmin)
	person("Văn thư", o.clerk, "ld", "Văn thư", org.Clerk)
	for u := range benchUnits {
		key := fmt.Sprintf("p%d", u)
		f.Units = append(f.Units, org.FoundingUnit{Key: key, NewUnit: org.NewUnit{Name: fmt.Sprintf("Phòng số %d", u+1), Short: fmt.Sprintf("P%d", u+1)}})
		person(fmt.Sprintf("Trưởng phòng %d", u+1), "", key, "Trưởng phòng", org.UnitHead)
	}
	for k := range benchOfficers {
		person(fmt.Sprintf("Cán bộ %03d", k+1), fmt.Sprintf("cb%03d", k+1), fmt.Sprintf("p%d", k%benchUnits), "Chuyên viên", org.Officer)
	}
	org.SetPasswordCost(org.Cost{Memory: 64, Time: 1, Lanes: 1}) // two hundred accounts that nobody attacks
	f.Rooms = []func(*journal.Act) error{document.Found}
	done, err := org.Found(ctx, pl.book, f)
	if err != nil {
		return err
	}
	pl.agency, pl.people, pl.units = done.Agency, done.People, done.Units
	o.agency, o.reader = done.Agency, done.People[o.clerk]
	bar := newProgress(errOut, fmt.Sprintf("Sinh %d văn bản (%s)", o.documents, o.engine), o.documents)
	if err := pl.bulk(ctx, o, bar.Set); err != nil {
		return err
	}
	bar.Done()
	if err := pl.openWork(ctx); err != nil {
		return err
	}
	return pl.finder.Index(ctx)
}

// bulk fills the register as a register of earlier years is taken over: dealt with,
// marked, in search. What is registered while measuring comes on top.
func (pl *player) bulk(ctx context.Context, o *benchOffice, step func(done, total int)) error {
	pl.now = time.Now()
	columns := map[string]int{"arrival_no": 0, "arrival_on": 1, "number": 2, "issued_on": 3, "issuer": 4, "type": 5, "subject": 6, "done_on": 7}
	var rows [][]string
	year, at := 0, 0
	flush := func() error {
		if len(rows) == 0 {
			return nil
		}
		d, err := org.DirectoryOf(pl.book, pl.db.Read(ctx), pl.agency)
		if err != nil {
			return err
		}
		rep, err := document.TakeOver(ctx, pl.book, d.Holder(pl.people[o.clerk], 0, civil.Of(pl.now)),
			document.Batch{Name: fmt.Sprintf("%d-%d", year, at), Year: year, Columns: columns, Rows: rows}, nil)
		if err != nil {
			return fmt.Errorf("%w %v", err, rep.Faults)
		}
		at += len(rows)
		rows = rows[:0]
		step(at, o.documents)
		return pl.finder.Index(ctx)
	}
	for d := range seed.Bulk(o.documents, benchSeed) {
		if day := civil.Of(d.Received); len(rows) == perBatch || day.Year() != year {
			if err := flush(); err != nil {
				return err
			}
			year = day.Year()
		}
		rows = append(rows, []string{fmt.Sprint(d.No), civil.Of(d.Received).VN(), d.NumberRaw, d.Date.VN(), d.IssuerName, d.Type, d.Subject, civil.Of(d.Received).AddDays(5).VN()})
	}
	return flush()
}

// openWork gives the officers the work that is open today.
func (pl *player) openWork(ctx context.Context) error {
	cal := civil.Default()
	today := civil.Of(time.Now())
	pl.now = civil.At(cal.AddWorkingDays(today, -30), 9, 0)
	for k := range benchOpen {
		due := cal.AddWorkingDays(today, 3+k%20)
		if k%4 == 0 {
			due = cal.AddWorkingDays(today, -1-k%25)
		}
		err := pl.as(ctx, "truong", func(a *journal.Act) error {
			_, err := task.Give(a, task.Order{Title: fmt.Sprintf("Việc số %d: tổng hợp, báo cáo kết quả", k+1),
				Lead: task.Assignee{Person: pl.people[fmt.Sprintf("cb%03d", k%benchOfficers+1)]}, Due: task.Due{On: due}})
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// spellings are the ways in which people type one phrase.
var spellings = []struct {
	name  string
	write func(string) string
}{
	{"as written", func(s string) string { return s }},
	{"no marks", bare},
	{"capitals", strings.ToUpper},
	{"decomposed", norm.NFD.String},
	{"other tone place", otherTone},
}

func bare(s string) string {
	s = strings.NewReplacer("đ", "d", "Đ", "D").Replace(s)
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(s))
}

// otherTone writes oà for òa, uý for úy and so on, both ways.
func otherTone(s string) string {
	pairs := [][2]string{}
	for _, v := range [][2]string{{"o", "a"}, {"o", "e"}, {"u", "y"}} {
		for _, tone := range []string{"\u0300", "\u0301", "\u0309", "\u0303", "\u0323"} {
			pairs = append(pairs, [2]string{norm.NFC.String(v[0] + tone + v[1]), norm.NFC.String(v[0] + v[1] + tone)})
		}
	}
	var swap []string
	for _, p := range pairs {
		swap = append(swap, p[0], p[1], p[1], p[0])
	}
	return strings.NewReplacer(swap...).Replace(norm.NFC.String(s))
}

// searches asks for every phrase in every spelling and holds the number found against
// the number planted; and times the search itself, without HTTP.
func (b *bench) searches(ctx context.Context, p *program) {
	if !strings.Contains("search", b.only) && b.only != "" {
		return
	}
	d, err := p.directory(ctx, b.agency)
	if err != nil {
		return
	}
	there := seed.Planted(b.documents, benchSeed)
	who := reach(d, b.reader, p.today()).Who
	for _, sp := range spellings {
		var s sample
		wrong := 0
		start := time.Now()
		for k, phrase := range seed.Phrases() {
			t := time.Now()
			res, err := p.finder.Search(p.db.Read(ctx), b.agency, find.Query{Text: sp.write(phrase), Any: who, All: []string{"kind:" + document.RefIncoming}, Limit: 50})
			s.count++
			s.times = append(s.times, time.Since(t))
			if err != nil {
				s.errors++
				s.fault = err.Error()
			} else if res.Total != there[k] {
				wrong++
			}
		}
		s.took = time.Since(start)
		b.row("search", 1, s, cmp.Or(s.fault, fmt.Sprintf("%s: %d/%d cụm từ tìm đủ và đúng số", sp.name, len(there)-wrong, len(there))))
	}
}

// quantile is the value below which a share of the times lies.
func quantile(times []time.Duration, q float64) time.Duration {
	if len(times) == 0 {
		return 0
	}
	sorted := slices.Clone(times)
	slices.Sort(sorted)
	return sorted[min(len(sorted)-1, int(q*float64(len(sorted))))]
}
