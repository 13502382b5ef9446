// SPDX-License-Identifier: Apache-2.0

package org_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/kit/store/storetest"
	"soviec/office/org"
	"soviec/office/org/orgtest"
)

// The table of rights as documents.md §3.2 has it, for people of the model office.
// Every person not named is refused.
var expected = map[org.Action]struct {
	target func(o office) org.Target
	who    string
}{
	org.RegisterIncoming: {none, "lan thu"},
	org.AskVoid:          {none, "lan thu"},
	org.DecideVoid:       {of("lan"), "minh"},
	org.Submit:           {none, "lan thu minh"},
	org.Distribute:       {none, "lan thu minh"},
	org.Direct:           {none, "thang hoa quy"},
	org.PassOn:           {of("hoa"), "thang hoa minh"},
	org.AssignInside:     {in("CS"), "lam"},
	org.DoWork:           {held("hai", "CS", ""), "lam hai"},
	org.AskReturn:        {held("hai", "CS", ""), "lam hai"},
	org.DecideOuter:      {held("hai", "CS", "hoa"), "thang hoa"},
	org.DecideInner:      {held("hai", "CS", "hoa"), "lam"},
	org.Urge:             {held("hai", "CS", "hoa"), "thang hoa quy minh lam"},
	org.MoveWork:         {in("CS"), "thang hoa quy minh lam"},
	org.ReadAll:          {none, "thang hoa quy minh lan thu kiem"},
	org.SeeBoard:         {boardOf("hai", "CS"), "thang hoa quy minh lan thu kiem lam hai"},
	org.TakeOver:         {none, "lan minh"},
	org.ManageRules:      {none, "minh"},
	org.ManagePeople:     {none, "son"},
	org.ManageCalendar:   {none, "minh son"},
	org.ManageSettings:   {none, "minh son"},
	org.ManageAbsence:    {boardOf("hai", "CS"), "thang minh lam hai"},
	org.SeeSystem:        {none, "thang minh son kiem"},
	org.DecideRecall:     {none, "thang"},
	org.OwnAccount:       {of("hai"), "hai"},
	org.HandOut:          {none, "thang hoa quy minh lan thu kiem son"},
	org.WriteDraft:       {none, "thang hoa quy minh lan thu lam hai ha xuan anh tung nga dung mai khoi yen dai van"},
	org.CheckContent:     {in("CS"), "lam"},
	org.CheckForm:        {none, "minh lan thu"},
	org.HandleDraft:      {of("hai"), "hai"},
	org.KeepTemplates:    {in("CS"), "minh lan lam"},
	org.SignDraft:        {of("hoa"), "hoa"},
	org.RecordSignature:  {none, "lan thu"},
	org.GiveOpinion:      {of("ha"), "ha"},
	org.ManageSigning:    {none, "thang minh"},
	org.NumberOut:        {none, "lan thu"},
	org.SealOut:          {of("lan"), "thu"},
	org.SendOut:          {none, "lan thu"},
	org.InsertNumber:     {none, "minh"},
	org.OrderRecall:      {of("hoa"), "thang hoa"},
	org.KeepGroups:       {none, "minh lan"},
	org.SignCopy:         {none, "thang hoa quy minh"},
	org.SaveView:         {boardOf("hai", "CS"), "lam hai"},
	org.KeepDossier:      {boardOf("hai", "CS"), "lam hai"},
	org.ComposeList:      {none, "minh lan thu"},
	org.ProposeLines:     {in("CS"), "minh lan thu lam"},
	org.ApproveList:      {none, "thang"},
	org.ReceiveDossiers:  {none, "tru"},
	org.ReadArchive:      {none, "thang hoa quy minh lan thu kiem tru"},
	org.DecideDossier:    {none, "thang"},
	org.JudgeDestruction: {of("hai"), "hai"},
	org.ManageRetention:  {none, "minh tru"},
	org.GuardDossiers:    {none, "thang minh"},
	org.JudgeSignature:   {none, "thang hoa quy minh lan thu son kiem lam hai ha xuan anh tung nga dung mai khoi yen dai van tru"},
	org.ManageTrust:      {none, "son"},
	org.ManageKeys:       {none, "minh lan"},
	org.RunSystem:        {none, ""},
}

type office struct {
	people map[string]journal.Holder
	units  map[string]int64
}

func none(office) org.Target { return org.Target{} }

func of(name string) func(office) org.Target {
	return func(o office) org.Target { return org.Target{Person: o.people[name].Person} }
}

func in(unit string) func(office) org.Target {
	return func(o office) org.Target { return org.Target{Unit: o.units[unit]} }
}

func boardOf(name, unit string) func(office) org.Target {
	return func(o office) org.Target { return org.Target{Unit: o.units[unit], Person: o.people[name].Person} }
}

func held(holder, unit, giver string) func(office) org.Target {
	return func(o office) org.Target {
		return org.Target{Unit: o.units[unit], Holder: o.people[holder].Person, Giver: o.people[giver].Person}
	}
}

func TestRightsTable(t *testing.T) {
	b, _ := orgtest.Book(t, storetest.Open(t), "2026-11-23 08:00")
	agency, people := orgtest.Found(t, b)
	var auditor, archivist int64
	orgtest.Do(t, b, people["son"], func(a *journal.Act) (err error) {
		if auditor, err = org.EnterPerson(a, org.NewPerson{Name: "Nông Kiểm", Address: "ông"}); err != nil {
			return err
		}
		if archivist, err = org.EnterPerson(a, org.NewPerson{Name: "Nông Thị Trữ", Address: "bà"}); err != nil {
			return err
		}
		if _, err = org.GivePost(a, org.NewPost{Person: archivist, Unit: people["son"].Unit, Title: "Lưu trữ viên", Roles: []org.Role{org.Archivist}}); err != nil {
			return err
		}
		_, err = org.GivePost(a, org.NewPost{Person: auditor, Unit: people["son"].Unit, Title: "Người kiểm tra", Roles: []org.Role{org.Auditor}})
		return err
	})
	d := orgtest.Directory(t, b, agency)
	o := office{people: people, units: map[string]int64{}}
	o.people["tru"] = journal.Holder{Agency: agency, Person: archivist}
	o.people["kiem"] = journal.Holder{Agency: agency, Person: auditor}
	for _, u := range d.Units {
		o.units[u.Short] = u.ID
	}
	for action, want := range expected {
		var may []string
		for _, name := range slices.Sorted(maps.Keys(people)) {
			if d.Rights(people[name].Person, orgtest.At(t, "2026-11-23 08:00").Today()).May(action, want.target(o)) {
				may = append(may, name)
			}
		}
		names := strings.Fields(want.who)
		slices.Sort(names)
		if !slices.Equal(may, names) {
			t.Errorf("%s: allowed %v, want %v", action, may, names)
		}
	}
	for _, p := range []string{"lan", "thang", "son"} {
		if d.Rights(people[p].Person, orgtest.At(t, "2026-11-23 08:00").Today()).May("unheard_of", org.Target{}) {
			t.Errorf("%s may do what has no line", p)
		}
		if d.Rights(people[p].Person, orgtest.At(t, "2018-12-31 08:00").Today()).May(org.ReadAll, org.Target{}) {
			t.Errorf("%s has rights before any post", p)
		}
	}
}

// Every action has its line in the test above.
func TestEveryActionIsJudged(t *testing.T) {
	for _, action := range org.Actions() {
		if _, ok := expected[action]; !ok && action != org.RunSystem {
			t.Errorf("%s has a line and no test", action)
		}
	}
}

func TestNobodyDecidesAboutHimself(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b, clock := orgtest.Book(t, db, "2026-11-23 08:00")
		_, people := orgtest.Found(t, b)
		orgtest.Do(t, b, people["minh"], func(a *journal.Act) error {
			_, err := org.DeclareAbsence(a, org.NewAbsence{Person: people["minh"].Person, StandIn: people["lan"].Person, From: clock.Today(), To: clock.Today()})
			return err
		})
		standing := orgtest.For(people["lan"], people["minh"])
		ask := func(asker string) error {
			return b.Do(ctx, standing, func(a *journal.Act) error {
				return org.May(a, org.DecideVoid, org.Target{Person: people[asker].Person})
			})
		}
		if err := ask("thu"); err != nil {
			t.Errorf("the stand-in of the chief decides about another's request: %v", err)
		}
		if err := ask("lan"); !fault.Is(err, fault.KindForbidden) {
			t.Errorf("the stand-in decides about her own request: %v", err)
		}
	})
}
