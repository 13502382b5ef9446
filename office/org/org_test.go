// SPDX-License-Identifier: Apache-2.0

package org_test

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/kit/store/storetest"
	"soviec/office/org"
	"soviec/office/org/orgtest"
)

func TestEveryKindHasWords(t *testing.T) {
	for kind, words := range org.Acts {
		if !strings.HasPrefix(kind, "org.") || words == "" {
			t.Errorf("%s: %q", kind, words)
		}
	}
}

func TestFoundingIsAllOrNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b, _ := orgtest.Book(t, db, "2026-11-23 08:00")
		org.SetPasswordCost(orgtest.Cheap)
		f := orgtest.Office()
		f.Short, f.Units[2].Name, f.People[4].Username, f.People[5].Posts[0].Unit = "", "", "Lan Văn thư", "XX"
		f.People[6].Posts[0].Roles = []org.Role{org.Officer} // the only administrator
		_, err := org.Found(ctx, b, f)
		var fields []string
		for _, e := range fault.All(err) {
			fields = append(fields, e.Field)
		}
		for _, want := range []string{"short", "units.2.name", "people.4.username", "people.5.unit", "people"} {
			if !slices.Contains(fields, want) {
				t.Errorf("no fault at %s: %v", want, fields)
			}
		}
		if agencies, err := org.Agencies(db.Read(ctx)); err != nil || len(agencies) != 0 {
			t.Fatalf("something was founded: %v, %v", agencies, err)
		}
		agency, _ := orgtest.Found(t, b)
		if _, err := org.Found(ctx, b, orgtest.Office()); !fault.Is(err, fault.KindConflict) {
			t.Errorf("usernames twice: %v", err)
		}
		if agencies, _ := org.Agencies(db.Read(ctx)); len(agencies) != 1 {
			t.Errorf("half an agency stands: %v", agencies)
		}
		sound(t, b, agency)
	})
}

// A directory kept in memory must be what is committed: an act that changes a unit and
// fails leaves neither its own nor an older picture behind.
func TestDirectoryAfterAFailedAct(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b, _ := orgtest.Book(t, db, "2026-11-23 08:00")
		agency, people := orgtest.Found(t, b)
		cs := orgtest.Unit(t, b, agency, "CS")
		rename := func(name string, after error) error {
			return b.Do(ctx, people["son"], func(a *journal.Act) error {
				if err := org.RenameUnit(a, cs.ID, name, "CS", 0); err != nil {
					return err
				}
				d, err := org.DirectoryIn(a)
				if err != nil {
					return err
				}
				if d.Unit(cs.ID).Name != name {
					t.Errorf("the act does not see its own change: %s", d.Unit(cs.ID).Name)
				}
				return after
			})
		}
		failed := errors.New("something later failed")
		if err := rename("Phòng Một", failed); !errors.Is(err, failed) {
			t.Fatal(err)
		}
		if got := orgtest.Directory(t, b, agency).Unit(cs.ID).Name; got != cs.Name {
			t.Errorf("too new: %s", got)
		}
		if err := rename("Phòng Hai", nil); err != nil { // gets the version that was undone
			t.Fatal(err)
		}
		if got := orgtest.Directory(t, b, agency).Unit(cs.ID).Name; got != "Phòng Hai" {
			t.Errorf("too old: %s", got)
		}
		if err := rename("Phòng Ba", failed); !errors.Is(err, failed) {
			t.Fatal(err)
		}
		if got := orgtest.Directory(t, b, agency).Unit(cs.ID).Name; got != "Phòng Hai" {
			t.Errorf("after the second failure: %s", got)
		}
		sound(t, b, agency)
	})
}

func TestDirectoryUnderManyHands(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b, _ := orgtest.Book(t, db, "2026-11-23 08:00")
		agency, people := orgtest.Found(t, b)
		cs := orgtest.Unit(t, b, agency, "CS")
		var all sync.WaitGroup
		for i := range 4 {
			all.Go(func() {
				for j := range 15 {
					name := "Phòng " + strings.Repeat("x", i*15+j+1)
					err := b.Do(ctx, people["son"], func(a *journal.Act) error {
						if err := org.RenameUnit(a, cs.ID, name, "CS", 0); err != nil {
							return err
						}
						if _, err := org.DirectoryIn(a); err != nil {
							return err
						}
						if j%3 == 0 {
							return errors.New("undone")
						}
						return nil
					})
					if err != nil && j%3 != 0 {
						t.Error(err)
					}
					if _, err := org.DirectoryOf(b, db.Read(ctx), agency); err != nil {
						t.Error(err)
					}
				}
			})
		}
		all.Wait()
		want, err := store.One(db.Read(ctx), store.Value[string], "SELECT name FROM org_unit WHERE id = $1", cs.ID)
		if got := orgtest.Directory(t, b, agency).Unit(cs.ID).Name; err != nil || got != want {
			t.Errorf("directory says %s, the row %s (%v)", got, want, err)
		}
		sound(t, b, agency)
	})
}

func TestAbsenceAndStandingIn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b, clock := orgtest.Book(t, db, "2026-11-23 08:00")
		agency, people := orgtest.Found(t, b)
		minh, lan, thu, hai := people["minh"], people["lan"], people["thu"], people["hai"]
		day := clock.Today()
		declare := func(by journal.Holder, n org.NewAbsence) (id int64, err error) {
			err = b.Do(ctx, by, func(a *journal.Act) (err error) {
				id, err = org.DeclareAbsence(a, n)
				return err
			})
			return id, err
		}
		for name, c := range map[string]struct {
			by   journal.Holder
			n    org.NewAbsence
			kind fault.Kind
		}{
			"by a colleague":         {hai, org.NewAbsence{Person: minh.Person, From: day, To: day}, fault.KindForbidden},
			"by another's head":      {people["xuan"], org.NewAbsence{Person: hai.Person, From: day, To: day}, fault.KindForbidden},
			"oneself as stand-in":    {minh, org.NewAbsence{Person: people["thang"].Person, StandIn: minh.Person, From: day, To: day}, fault.KindInvalid},
			"standing in for itself": {minh, org.NewAbsence{Person: minh.Person, StandIn: minh.Person, From: day, To: day}, fault.KindInvalid},
			"the wrong way round":    {minh, org.NewAbsence{Person: minh.Person, From: day, To: day.AddDays(-1)}, fault.KindInvalid},
			"without an end":         {minh, org.NewAbsence{Person: minh.Person, From: day}, fault.KindInvalid},
		} {
			if _, err := declare(c.by, c.n); !fault.Is(err, c.kind) {
				t.Errorf("%s: %v", name, err)
			}
		}
		id, err := declare(minh, org.NewAbsence{Person: minh.Person, StandIn: lan.Person, From: day.AddDays(1), To: day.AddDays(2), Reason: "Đi tập huấn"})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := declare(minh, org.NewAbsence{Person: minh.Person, From: day.AddDays(2), To: day.AddDays(5)}); !fault.Is(err, fault.KindConflict) {
			t.Errorf("away twice: %v", err)
		}
		if _, err := declare(people["lam"], org.NewAbsence{Person: hai.Person, StandIn: minh.Person, From: day, To: day.AddDays(1)}); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("the stand-in is away too: %v", err)
		}
		decide := func(by journal.Holder) error {
			return b.Do(ctx, by, func(a *journal.Act) error { return org.May(a, org.DecideVoid, org.Target{Person: thu.Person}) })
		}
		if err := decide(orgtest.For(lan, minh)); !fault.Is(err, fault.KindForbidden) {
			t.Errorf("before the absence: %v", err)
		}
		s, token, err := signIn(b, "lan", orgtest.Password)
		if err != nil {
			t.Fatal(err)
		}
		take := func() error {
			return b.Do(ctx, lan, func(a *journal.Act) error { return org.TakeBehalf(a, s.ID, minh.Person) })
		}
		if err := take(); !fault.Is(err, fault.KindForbidden) {
			t.Errorf("taken before the absence: %v", err)
		}
		clock.Set(t, "2026-11-24 08:00")
		if s, token, err = signIn(b, "lan", orgtest.Password); err != nil {
			t.Fatal(err)
		}
		if err := take(); err != nil {
			t.Fatal(err)
		}
		if s, err := org.SessionOf(ctx, b, token); err != nil || s.Behalf != minh.Person {
			t.Errorf("the session does not act for him at once: %+v, %v", s, err)
		}
		if err := decide(orgtest.For(lan, minh)); err != nil {
			t.Errorf("during the absence: %v", err)
		}
		if err := decide(orgtest.For(hai, minh)); !fault.Is(err, fault.KindForbidden) {
			t.Errorf("somebody else: %v", err)
		}
		if err := decide(lan); !fault.Is(err, fault.KindForbidden) {
			t.Errorf("in her own name: %v", err)
		}
		orgtest.Do(t, b, minh, func(a *journal.Act) error { return org.EndAbsence(a, id) })
		if err := decide(orgtest.For(lan, minh)); !fault.Is(err, fault.KindForbidden) {
			t.Errorf("after he is back: %v", err)
		}
		if err := b.Do(ctx, orgtest.For(lan, minh), func(a *journal.Act) error { return org.LayDownBehalf(a, s.ID) }); err != nil {
			t.Errorf("laying down after the absence: %v", err)
		}
		if s, err := org.SessionOf(ctx, b, token); err != nil || s.Behalf != 0 {
			t.Errorf("still acts for him: %+v, %v", s, err)
		}
		if all, err := org.AbsencesSince(db.Read(ctx), agency, day); err != nil || len(all) != 1 || all[0].SetBy != minh.Person || all[0].EndedAt.IsZero() {
			t.Errorf("history: %+v, %v", all, err)
		}
		sound(t, b, agency)
	})
}

func TestActsForAnotherNameBoth(t *testing.T) {
	b, clock := orgtest.Book(t, storetest.Open(t), "2026-11-23 08:00")
	agency, people := orgtest.Found(t, b)
	orgtest.Do(t, b, people["minh"], func(a *journal.Act) error {
		_, err := org.DeclareAbsence(a, org.NewAbsence{Person: people["minh"].Person, StandIn: people["thu"].Person, From: clock.Today(), To: clock.Today()})
		return err
	})
	var id int64
	orgtest.Do(t, b, orgtest.For(people["thu"], people["minh"]), func(a *journal.Act) (err error) {
		id, err = org.AddDay(a, civil.Row{Date: civil.MustParse("2027-03-01"), Kind: civil.SwapOff, Name: "Nghỉ hoán đổi", Source: "Thông báo 1/TB-UBND"})
		return err
	})
	entries, err := journal.Of(b.DB.Read(ctx), agency, journal.Ref("day", id))
	if err != nil || len(entries) != 1 || entries[0].Person != people["thu"].Person || entries[0].Behalf != people["minh"].Person {
		t.Errorf("%+v, %v", entries, err)
	}
	sound(t, b, agency)
}

func TestCalendarKeepsItsHistory(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b, clock := orgtest.Book(t, db, "2026-11-23 08:00")
		agency, people := orgtest.Found(t, b)
		minh := people["minh"]
		before := orgtest.Directory(t, b, agency)
		if before.Calendar.Version() != civil.Default().Version() {
			t.Error("the calendar delivered counts otherwise than the program's own")
		}
		row := civil.Row{Date: civil.MustParse("2026-11-26"), Kind: civil.SwapOff, Name: "Nghỉ hoán đổi", Source: "Thông báo 9/TB-UBND"}
		would, err := org.CalendarWith(before, org.CalendarChange{Add: []civil.Row{row}})
		if err != nil || would.WorkingDay(row.Date) || !before.Calendar.WorkingDay(row.Date) {
			t.Fatalf("what would be: %v, %v", would.WorkingDay(row.Date), err)
		}
		if err := b.Do(ctx, people["hai"], func(a *journal.Act) error { _, err := org.AddDay(a, row); return err }); !fault.Is(err, fault.KindForbidden) {
			t.Errorf("an officer changes the calendar: %v", err)
		}
		var id int64
		orgtest.Do(t, b, minh, func(a *journal.Act) (err error) { id, err = org.AddDay(a, row); return err })
		if err := b.Do(ctx, minh, func(a *journal.Act) error { _, err := org.AddDay(a, row); return err }); !fault.Is(err, fault.KindConflict) {
			t.Errorf("the same row twice: %v", err)
		}
		if got := orgtest.Directory(t, b, agency).Calendar; got.Version() != would.Version() {
			t.Error("the calendar is not what was shown before")
		}
		clock.Add(time.Hour)
		orgtest.Do(t, b, minh, func(a *journal.Act) error { return org.RemoveDay(a, id) })
		if got := orgtest.Directory(t, b, agency).Calendar; got.Version() != before.Calendar.Version() {
			t.Error("taking the row out does not bring the old calendar back")
		}
		if err := b.Do(ctx, minh, func(a *journal.Act) error { return org.RemoveDay(a, id) }); !fault.Is(err, fault.KindNotFound) {
			t.Errorf("taken out twice: %v", err)
		}
		days, err := org.DaysOf(db.Read(ctx), agency, 2026)
		i := slices.IndexFunc(days, func(d org.Day) bool { return d.ID == id })
		if err != nil || i < 0 || days[i].SetBy != minh.Person || days[i].RemovedBy != minh.Person || days[i].RemovedAt.Sub(days[i].SetAt) != time.Hour {
			t.Errorf("history: %v, %v", days, err)
		}
		orgtest.Do(t, b, minh, func(a *journal.Act) error {
			return org.SetShifts(a, civil.MustParse("2026-12-01"), 0, "7h00-11h30; 13:30–17:00")
		})
		d := orgtest.Directory(t, b, agency)
		if got := civil.FormatShifts(d.Calendar.Shifts(civil.MustParse("2026-12-01"))); got != "07:00-11:30, 13:30-17:00" {
			t.Errorf("hours from December: %s", got)
		}
		if got := civil.FormatShifts(d.Calendar.Shifts(civil.MustParse("2026-11-30"))); got != "07:30-11:30, 13:30-17:30" {
			t.Errorf("hours before: %s", got)
		}
		sound(t, b, agency)
	})
}

func TestSettings(t *testing.T) {
	for _, s := range org.Settings {
		if err := s.Check(s.Default); err != nil {
			t.Errorf("the default of %s is refused: %v", s.Key, err)
		}
	}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b, clock := orgtest.Book(t, db, "2026-11-23 08:00")
		agency, people := orgtest.Found(t, b)
		d := orgtest.Directory(t, b, agency)
		if !d.On("document.direct_distribution") || d.Int("task.due_soon_days") != 2 || !slices.Equal(d.Ints("task.days_by_urgency"), []int{7, 2, 1, 0}) {
			t.Error("defaults")
		}
		set := func(by, key, value string) error {
			return b.Do(ctx, people[by], func(a *journal.Act) error { return org.ChangeSetting(a, key, value) })
		}
		for _, c := range []struct {
			by, key, value string
			kind           fault.Kind
		}{
			{"lan", "task.due_soon_days", "3", fault.KindForbidden},
			{"son", "task.unheard_of", "3", fault.KindNotFound},
			{"son", "task.due_soon_days", "many", fault.KindInvalid},
			{"son", "task.due_soon_days", "-1", fault.KindInvalid},
			{"son", "task.days_by_urgency", "7,2,1", fault.KindInvalid},
			{"son", "document.direct_distribution", "yes", fault.KindInvalid},
			{"son", "calendar.before_day", "31/02", fault.KindInvalid},
			{"son", "login.second_factor_roles", "sysadmin,king", fault.KindInvalid},
		} {
			if err := set(c.by, c.key, c.value); !fault.Is(err, c.kind) {
				t.Errorf("%s sets %s to %s: %v", c.by, c.key, c.value, err)
			}
		}
		if err := errors.Join(set("minh", "task.due_soon_days", " 3 "), set("son", "task.days_by_urgency", "10, 3, 2, 1"), set("son", "login.second_factor_roles", "sysadmin")); err != nil {
			t.Fatal(err)
		}
		clock.Add(time.Second)
		if err := set("son", "task.due_soon_days", "4"); err != nil {
			t.Fatal(err)
		}
		d = orgtest.Directory(t, b, agency)
		if d.Int("task.due_soon_days") != 4 || !slices.Equal(d.Ints("task.days_by_urgency"), []int{10, 3, 2, 1}) {
			t.Errorf("settings: %v", d.Settings)
		}
		day := clock.Today()
		if !org.SecondFactorRequired(d, d.Rights(people["son"].Person, day)) || org.SecondFactorRequired(d, d.Rights(people["lan"].Person, day)) {
			t.Error("second factor by duty")
		}
		if all, err := org.SettingHistory(db.Read(ctx), agency); err != nil || len(all) != 4 || all[0].Value != "4" {
			t.Errorf("history: %v, %v", all, err)
		}
		if d.CalendarWarning(civil.MustParse("2026-11-30")) || !d.CalendarWarning(civil.MustParse("2026-12-01")) {
			t.Error("the projected calendar of 2027 is reminded of from 1 December")
		}
		sound(t, b, agency)
	})
}

func TestTheLastAdministratorStays(t *testing.T) {
	b, clock := orgtest.Book(t, storetest.Open(t), "2026-11-23 08:00")
	agency, people := orgtest.Found(t, b)
	son := people["son"]
	end := func(post int64) error {
		return b.Do(ctx, son, func(a *journal.Act) error { return org.EndPost(a, post, clock.Today()) })
	}
	if err := end(son.Post); !fault.Is(err, fault.KindConflict) {
		t.Errorf("the last administrator goes: %v", err)
	}
	orgtest.Do(t, b, son, func(a *journal.Act) error {
		_, err := org.GivePost(a, org.NewPost{Person: people["thu"].Person, Unit: son.Unit, Title: "Quản trị hệ thống", Roles: []org.Role{org.SysAdmin}})
		return err
	})
	if err := end(son.Post); err != nil {
		t.Error(err)
	}
	if err := b.Do(ctx, son, func(a *journal.Act) error {
		_, err := org.EnterPerson(a, org.NewPerson{Name: "X", Address: "ông"})
		return err
	}); !fault.Is(err, fault.KindForbidden) {
		t.Errorf("rights outlive the post: %v", err)
	}
	sound(t, b, agency)
}
