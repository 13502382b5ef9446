// SPDX-License-Identifier: Apache-2.0

package org_test

import (
	"testing"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/kit/store/storetest"
	"soviec/office/org"
	"soviec/office/org/orgtest"
)

// Five specialised divisions become three, decided weeks before the day (documents.md
// §3.3.5; evaluation.md §7.2).
func TestFiveDivisionsBecomeThree(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b, clock := orgtest.Book(t, db, "2019-04-10 08:00")
		agency, people := orgtest.Found(t, b)
		cs, khth, ttdb, nv := people["lam"].Unit, people["xuan"].Unit, people["nga"].Unit, people["khoi"].Unit
		son := people["son"]
		day, eve := civil.MustParse("2019-05-01"), civil.MustParse("2019-04-30")
		merge := func(by journal.Holder, from, into int64) error {
			return b.Do(ctx, by, func(a *journal.Act) error {
				_, err := org.Merge(a, org.Merging{From: []int64{from}, Into: into, Day: day, Basis: "Quyết định 512/QĐ-UBND"})
				return err
			})
		}
		if err := merge(people["minh"], ttdb, cs); !fault.Is(err, fault.KindForbidden) {
			t.Errorf("the chief of office merges units: %v", err)
		}
		if err := merge(son, cs, cs); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("into itself: %v", err)
		}
		if err := merge(son, ttdb, cs); err != nil {
			t.Fatal(err)
		}
		if err := merge(son, nv, khth); err != nil {
			t.Fatal(err)
		}
		if err := merge(son, nv, khth); !fault.Is(err, fault.KindConflict) {
			t.Errorf("merged twice: %v", err)
		}
		d := orgtest.Directory(t, b, agency)
		divisions := func(on civil.Date) (n int) {
			for _, u := range d.UnitsOn(on) {
				if u.Kind == "division" {
					n++
				}
			}
			return n
		}
		if divisions(eve) != 5 || divisions(day) != 3 {
			t.Errorf("%d divisions before, %d after", divisions(eve), divisions(day))
		}
		if n := len(d.Members(ttdb, eve)); n != 3 || len(d.Members(cs, eve)) != 3 {
			t.Errorf("%d in the old unit the day before", n)
		}
		if len(d.Members(ttdb, day)) != 0 || len(d.Members(cs, day)) != 6 || len(d.Members(khth, day)) != 5 {
			t.Error("all people go along, none twice")
		}
		nga, lam := people["nga"].Person, people["lam"].Person
		if d.Title(nga, eve) != "Trưởng phòng" || d.Title(nga, day) != "Phó Trưởng phòng" || d.HeadOf(cs, day) != lam {
			t.Errorf("heads: %s, then %s", d.Title(nga, eve), d.Title(nga, day))
		}
		if d.HeadOf(ttdb, eve) != nga || d.HeadOf(ttdb, day) != lam || d.Successor(ttdb, eve) != ttdb || d.Successor(ttdb, day) != cs {
			t.Error("work of the old unit is the successor's from the day on, not before")
		}
		if d.Rights(lam, eve).HeadsUnit(ttdb) || !d.Rights(lam, day).HeadsUnit(ttdb) || d.Rights(people["xuan"].Person, day).HeadsUnit(ttdb) {
			t.Error("the head's rights over the old unit begin on the day")
		}
		for _, f := range d.FieldsOn(day) {
			if f.Code == "tt" && f.Unit != cs {
				t.Error("the area of work does not follow")
			}
		}
		if p := d.Predecessors(cs); len(p) != 1 || p[0].ID != ttdb {
			t.Errorf("predecessors: %v", p)
		}
		if u := d.Unit(ttdb); u.Name != "Phòng Tuyên truyền và Địa bàn" || u.Became != cs || u.Basis != "Quyết định 512/QĐ-UBND" {
			t.Errorf("the old unit: %+v", u)
		}
		// An act of the eve keeps the unit of the eve.
		clock.Set(t, "2019-04-30 16:00")
		if h := d.Holder(nga, 0, clock.Today()); h.Unit != ttdb {
			t.Errorf("holder on the eve: %+v", h)
		}
		sound(t, b, agency)
	})
}

func TestMergingIntoANewUnit(t *testing.T) {
	b, clock := orgtest.Book(t, storetest.Open(t), "2026-11-23 08:00")
	agency, people := orgtest.Found(t, b)
	from := []int64{people["nga"].Unit, people["khoi"].Unit}
	var into int64
	orgtest.Do(t, b, people["son"], func(a *journal.Act) (err error) {
		into, err = org.Merge(a, org.Merging{From: from, New: org.NewUnit{Name: "Phòng Nghiệp vụ và Địa bàn", Short: "NV"}, Day: clock.Today(),
			Posts: []org.PostMove{
				{Post: people["khoi"].Post, Title: "Phó Trưởng phòng", Roles: []org.Role{org.UnitDeputy}},
				{Post: people["dung"].Post, Drop: true},
				{Post: people["mai"].Post, Unit: people["xuan"].Unit, Title: "Chuyên viên", Roles: []org.Role{org.Officer}},
			}})
		return err
	})
	d := orgtest.Directory(t, b, agency)
	if d.HeadOf(into, clock.Today()) != people["nga"].Person || len(d.Members(into, clock.Today())) != 3 {
		t.Errorf("members %v", d.Members(into, clock.Today()))
	}
	if len(d.PostsOn(people["dung"].Person, clock.Today())) != 0 || len(d.Members(people["xuan"].Unit, clock.Today())) != 4 {
		t.Error("single posts go where they are sent")
	}
	sound(t, b, agency)
}

func TestAUnitWithPeopleIsNotClosed(t *testing.T) {
	b, clock := orgtest.Book(t, storetest.Open(t), "2026-11-23 08:00")
	agency, people := orgtest.Found(t, b)
	var empty int64
	orgtest.Do(t, b, people["son"], func(a *journal.Act) (err error) {
		empty, err = org.OpenUnit(a, org.NewUnit{Name: "Phòng Tạm", Short: "PT"})
		return err
	})
	shut := func(unit int64) error {
		return b.Do(ctx, people["son"], func(a *journal.Act) error { return org.CloseUnit(a, unit, clock.Today(), "") })
	}
	if err := shut(people["lam"].Unit); !fault.Is(err, fault.KindConflict) {
		t.Errorf("closed over people's heads: %v", err)
	}
	if err := shut(empty); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("closed on its first day: %v", err)
	}
	clock.Set(t, "2026-11-24 08:00")
	if err := shut(empty); err != nil {
		t.Error(err)
	}
	sound(t, b, agency)
}
