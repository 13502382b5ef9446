// SPDX-License-Identifier: Apache-2.0

package document

import (
	"testing"
	"time"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/org/orgtest"
	"soviec/office/task"
)

func TestRuleMatches(t *testing.T) {
	t.Parallel()
	cal, today := civil.Default(), civil.MustParse("2026-11-02")
	doc := Incoming{IssuerName: "Uỷ ban nhân dân xã Cô Ba", SenderName: "Bưu điện", Type: "GM", Urgency: 1, Field: 7,
		Subject: "V/v mời dự họp về người có uy tín", DueOn: civil.MustParse("2026-11-04")}
	for _, c := range []struct {
		name string
		rule Rule
		want bool
	}{
		{"no condition", Rule{}, true},
		{"switched off", Rule{Off: true}, false},
		{"issuer without marks", Rule{Sender: "ủy ban nhân dân xã"}, true},
		{"one of several", Rule{Sender: "Tỉnh ủy; uy ban nhan dan xa co ba"}, true},
		{"sender", Rule{Sender: "buu dien"}, true},
		{"half a word", Rule{Sender: "buu die"}, false},
		{"only signs", Rule{Sender: " ; "}, true},
		{"another issuer", Rule{Sender: "Sở Nội vụ"}, false},
		{"keyword", Rule{Keywords: "giấy mời; moi du hop"}, true},
		{"no keyword", Rule{Keywords: "thuế đất"}, false},
		{"type", Rule{Type: "GM"}, true},
		{"another type", Rule{Type: "CV"}, false},
		{"urgent", Rule{Urgency: 1}, true},
		{"more urgent", Rule{Urgency: 2}, false},
		{"field", Rule{Field: 7}, true},
		{"another field", Rule{Field: 8}, false},
		{"two days left", Rule{Within: 2}, true},
		{"one day left", Rule{Within: 1}, false},
		{"all at once", Rule{Sender: "xã", Type: "GM", Urgency: 1, Keywords: "uy tín", Field: 7, Within: 3}, true},
	} {
		if got := c.rule.Matches(doc, cal, today); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
	first, ok := FirstMatch([]Rule{{ID: 1, Type: "CV"}, {ID: 2, Off: true}, {ID: 3, Type: "GM"}, {ID: 4}}, doc, cal, today)
	if !ok || first.ID != 3 {
		t.Errorf("first match %d", first.ID)
	}
	if (Rule{Within: 9}).Matches(Incoming{}, cal, today) {
		t.Error("a document without a day of its own is not due soon")
	}
}

func TestAssigneesAreWrittenAndRead(t *testing.T) {
	t.Parallel()
	all := []task.Assignee{{Unit: 3}, {Person: 7}, {Unit: 3, Person: 7}}
	text := assigneeText(all...)
	got := assignees(text)
	if text != "u3 p7 u3p7" || len(got) != 3 || got[0] != all[0] || got[1] != all[1] || got[2] != all[2] {
		t.Errorf("%q %v", text, got)
	}
}

func TestRules(t *testing.T) {
	t.Parallel()
	each(t, func(d *desk) {
		set := func(x Rule) (id int64) {
			d.Helper()
			d.do("minh", func(a *journal.Act) (err error) { id, err = SetRule(a, x); return err })
			return id
		}
		d.refused("minh", fault.KindInvalid, "đặt tên", func(a *journal.Act) error { _, err := SetRule(a, Rule{}); return err })
		d.refused("minh", fault.KindInvalid, "không phải lãnh đạo", func(a *journal.Act) error {
			_, err := SetRule(a, Rule{Name: "x", Leader: d.who["hai"].Person})
			return err
		})
		urgent := set(Rule{Name: "Khẩn", Prio: 10, Urgency: 1, Leader: d.who["thang"].Person, Lead: task.Assignee{Unit: d.unit("VP")}, Parallel: true, Days: 1})
		invite := set(Rule{Name: "Giấy mời", Prio: 20, Type: "GM", Leader: d.who["minh"].Person})
		field := set(Rule{Name: "Theo lĩnh vực", Prio: 30, Sender: "ủy ban nhân dân", Lead: task.Assignee{Unit: d.unit("CS")}, Info: []task.Assignee{{Person: d.who["hai"].Person}}, Days: 5})
		dir := orgtest.Directory(d, d.book, d.agency)
		propose := func(doc Incoming) (Proposal, bool) {
			p, ok, err := Propose(d.r(), d.agency, dir, doc, d.clock.Today())
			if err != nil {
				d.Fatal(err)
			}
			return p, ok
		}
		in := d.letter()
		in.Field = dir.FieldsOn(d.clock.Today())[0].ID
		doc := d.register(in)
		p, ok := propose(doc)
		if !ok || p.Rule != "Theo lĩnh vực" || p.RuleID != field || p.Lead.Unit != d.unit("CS") || len(p.Info) != 1 || p.Leader != dir.Field(in.Field).Leader {
			d.Errorf("%+v %v", p, ok)
		}
		if due := p.Due(dir.Calendar, doc); due.On != civil.MustParse("2026-11-09") || due.BasisDays != 5 {
			d.Errorf("due %+v", due)
		}
		doc.Urgency = 2
		if p, _ = propose(doc); !p.Parallel || p.RuleID != urgent {
			d.Errorf("%+v", p)
		}
		caught, looked, err := TryRule(d.r(), d.agency, dir.Calendar, Rule{Keywords: "uy tin"}, 200)
		if err != nil || looked != 1 || len(caught) != 1 {
			d.Error(caught, looked, err)
		}
		d.do("minh", func(a *journal.Act) error { return MoveRule(a, invite, true) })
		rules, err := Rules(d.r(), d.agency)
		if err != nil || len(rules) != 3 || rules[0].Name != "Giấy mời" || rules[1].Name != "Khẩn" {
			d.Fatalf("%+v %v", rules, err)
		}
		off := rules[1]
		off.Off = true
		d.clock.Add(time.Hour)
		set(off)
		if p, _ = propose(doc); p.Rule != "Theo lĩnh vực" {
			d.Errorf("a rule switched off proposes: %+v", p)
		}
		d.refused("minh", fault.KindNotFound, "vừa được sửa", func(a *journal.Act) error { _, err := SetRule(a, off); return err })
		d.do("minh", func(a *journal.Act) error { return EndRule(a, field) })
		if p, ok = propose(doc); ok || p.Leader == 0 {
			d.Errorf("without a rule the leader in charge is proposed: %+v %v", p, ok)
		}
		history, err := RuleHistory(d.r(), d.agency)
		if err != nil || len(history) != 6 {
			d.Errorf("%d versions, %v", len(history), err)
		}
		d.do("lan", func(a *journal.Act) error { return Submit(a, doc.ID, p.Leader, "", "Theo lĩnh vực") })
		if used, err := RulesUsed(d.r(), d.agency, civil.At(civil.New(2026, 1, 1), 0, 0)); err != nil || used["Theo lĩnh vực"] != 1 {
			d.Error(used, err)
		}
	})
}

// T16, T17: what a number says of type and issuer; and it is kept as printed.
func TestProposeFromNumber(t *testing.T) {
	t.Parallel()
	each(t, func(d *desk) {
		known := d.letter()
		known.NumberRaw, known.IssuerName = "12/2024/NĐ-CP", "Chính phủ"
		known.Type = "NĐ"
		d.register(known)
		party := d.letter()
		party.NumberRaw, party.IssuerName, party.Type = "123-CV/TU", "Tỉnh ủy Cao Bằng", "CV-Đ"
		doc := d.register(party)
		if doc.NumberRaw != "123-CV/TU" {
			d.Errorf("T17: kept as %q", doc.NumberRaw)
		}
		district := d.letter()
		district.NumberRaw, district.IssuerName = "77/UBND-DT", "Ủy ban nhân dân xã Cô Ba"
		d.register(district)
		for range 3 {
			d.register(d.letter()) // 1004/UBND-VX of the province
		}
		for _, c := range []struct{ raw, code, issuer string }{
			{"30/2020/NĐ-CP", "NĐ", "Chính phủ"},
			{"45-CV/TU", "CV-Đ", "Tỉnh ủy Cao Bằng"},
			{"9-XYZ/TU", "VB-Đ", "Tỉnh ủy Cao Bằng"},
			{"22/2011/QĐ-UBND", "QĐ-QP", "Ủy ban nhân dân tỉnh Cao Bằng"},
			{"22/QĐ-UBND", "QĐ", "Ủy ban nhân dân tỉnh Cao Bằng"},
			{"38/2019/QH14", "LUẬT", ""},
			{"2000/UBND-VX", "CV", "Ủy ban nhân dân tỉnh Cao Bằng"},
			{"5/UBND-DT", "CV", "Ủy ban nhân dân xã Cô Ba"}, // the same abbreviation, another notation
			{"15/BC-SNV", "BC", ""},
			{"không số", "", ""},
			{"", "", ""},
		} {
			typ, issuer, err := ProposeFromNumber(d.r(), d.agency, c.raw)
			if err != nil || typ.Code != c.code || issuer != c.issuer {
				d.Errorf("%q: %q %q %v, want %q %q", c.raw, typ.Code, issuer, err, c.code, c.issuer)
			}
		}
		if got := d.get(d.register(Arrival{Type: "NĐ", NumberRaw: "30/2020/NĐ-CP", IssuedOn: civil.MustParse("2020-03-05"), IssuerName: "Chính phủ", Subject: "Về công tác văn thư"}).ID); got.No != "30/2020" || got.Notation != "NĐ-CP" {
			d.Errorf("T16: %q %q", got.No, got.Notation)
		}
		last, err := LastIssuers(d.r(), d.agency, 2)
		if err != nil || len(last) != 2 {
			d.Error(last, err)
		}
	})
}

// The shipped kinds of documents: 29 of the decree, 27 with an abbreviation.
func TestShippedTypes(t *testing.T) {
	t.Parallel()
	all, err := ShippedTypes()
	if err != nil {
		t.Fatal(err)
	}
	codes, admin, abbr := map[string]bool{}, 0, 0
	for _, x := range all {
		if codes[x.Code] || x.Name == "" {
			t.Errorf("code %q", x.Code)
		}
		codes[x.Code] = true
		if x.Class == "admin29" {
			admin++
			if x.Abbr != "" {
				abbr++
			}
		}
	}
	if admin != 29 || abbr != 27 || !codes[TypeOther] {
		t.Errorf("%d kinds, %d with abbreviation", admin, abbr)
	}
}
