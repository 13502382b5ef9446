// SPDX-License-Identifier: Apache-2.0

package archive_test

import (
	"strconv"
	"testing"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/archive"
)

// The lines that come along: every group of the circular, each with a term, none claimed to be compared.
func TestTheTableThatComesAlong(t *testing.T) {
	groups, codes := map[string]bool{}, map[string]bool{}
	for _, row := range archive.ShippedRules() {
		if len(row) != len(archive.RuleColumns) || row[5] == "" {
			t.Errorf("line %q", row)
			continue
		}
		if term, err := archive.ParseTerm(row[3]); err != nil || !term.Decided() {
			t.Errorf("%s: term %q", row[0], row[3])
		}
		if codes[row[0]] {
			t.Errorf("%s twice", row[0])
		}
		groups[row[1]], codes[row[0]] = true, true
	}
	if len(groups) != 14 {
		t.Errorf("%d groups", len(groups))
	}
}

// A law changes: the table has a new edition, dossiers opened before are proposed, none changes by itself.
func TestALawChangesATerm(t *testing.T) {
	each(t, func(d *desk) {
		line := func(term string, n int) archive.Row {
			return archive.Row{Number: n, Cells: []string{"13.0" + strconv.Itoa(n), "Tài liệu chuyên môn", "Hồ sơ rà soát " + strconv.Itoa(n), term, "Thông tư", ""}}
		}
		set := func(from string, rows ...archive.Row) {
			d.do("minh", func(a *journal.Act) error { _, err := archive.ImportRules(a, rows, day(from)); return err })
		}
		set("2026-01-01", line("10 năm", 1), line("20 năm", 2))
		var all []archive.Dossier
		for k, rule := range []string{"13.01", "13.01", "13.02"} {
			d.do("hai", func(a *journal.Act) error {
				x, err := archive.OpenNew(a, archive.Fresh{Notation: strconv.Itoa(k+1) + ".CS", Title: "Hồ sơ rà soát người có uy tín năm 2026", Rule: rule})
				all = append(all, x)
				return err
			})
		}
		changed := func() (out []string) {
			list, err := archive.ChangedByLaw(d.r(), d.agency, d.clock.Today(), 10)
			if err != nil {
				t.Fatal(err)
			}
			for _, x := range list {
				out = append(out, x.Dossier.Notation+" "+x.Dossier.Term.Words()+" "+x.Rule.Term.Words())
			}
			return out
		}
		set("2027-01-01", line("Vĩnh viễn", 1))
		if c := changed(); len(c) != 0 {
			t.Errorf("not in force yet: %v", c)
		}
		d.refused("minh", fault.KindConflict, "không còn phải xét lại", func(a *journal.Act) error { return archive.AnswerLaw(a, all[0].ID, true, "") })
		d.clock.Set(d, "2027-01-04 08:00")
		if c := changed(); len(c) != 2 || c[0] != "1.CS 10 năm Vĩnh viễn" {
			t.Errorf("%v", c)
		}
		if e, err := archive.Editions(d.r(), d.agency); err != nil || len(e) != 2 || e[0].From != civil.New(2027, 1, 1) || e[0].Lines != 1 || e[1].Lines != 2 {
			t.Errorf("%v %v", e, err)
		}
		if old, err := archive.Rules(d.r(), d.agency, day("2026-12-31")); err != nil || len(old) != 2 || old[0].Term.Years != 10 {
			t.Errorf("the old edition: %v %v", old, err)
		}
		d.refused("hai", fault.KindForbidden, "", func(a *journal.Act) error { return archive.AnswerLaw(a, all[0].ID, true, "") })
		d.refused("minh", fault.KindInvalid, "vì sao", func(a *journal.Act) error { return archive.AnswerLaw(a, all[1].ID, false, " ") })
		d.do("minh", func(a *journal.Act) error { return archive.AnswerLaw(a, all[0].ID, true, "") })
		d.do("minh", func(a *journal.Act) error {
			return archive.AnswerLaw(a, all[1].ID, false, "Việc đã xong trước ngày văn bản có hiệu lực.")
		})
		if c := changed(); len(c) != 0 || !d.get(all[0].ID).Term.Permanent || d.get(all[1].ID).Term.Years != 10 {
			t.Errorf("%v %v %v", c, d.get(all[0].ID).Term, d.get(all[1].ID).Term)
		}
		d.sound()
	})
}
