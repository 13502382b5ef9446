// SPDX-License-Identifier: Apache-2.0

package seed

import (
	"strings"
	"testing"

	"soviec/kit/civil"
)

// checkWay holds the steps of a document together: in order, in working hours, each by who may.
func checkWay(t *testing.T, cal *civil.Calendar, p *Departure) {
	t.Helper()
	for k, s := range p.Steps {
		if k > 0 && !s.At.After(p.Steps[k-1].At) {
			t.Errorf("%s: %s at %s is not after %s at %s", p.Key, s.Do, s.At, p.Steps[k-1].Do, p.Steps[k-1].At)
		}
		if !cal.NextWorkingInstant(s.At).Equal(s.At) {
			t.Errorf("%s: %s at %s, outside working hours", p.Key, s.Do, s.At)
		}
		if bad := sane(s.Text); bad != "" {
			t.Errorf("%s: %s: %q", p.Key, bad, s.Text)
		}
		day := civil.Of(s.At)
		switch s.Do {
		case Drafted, Rewritten:
			if s.By != p.Drafter {
				t.Errorf("%s: %s by %s, drafted by %s", p.Key, s.Do, s.By, p.Drafter)
			}
		case Initialled, DraftReturned:
			if s.By == p.Drafter || successor(p.Unit, day) != unitOf(s.By, day) {
				t.Errorf("%s: %s of %s by %s on %s", p.Key, s.Do, p.Unit, s.By, day)
			}
		case Signed:
			if s.By != p.Signer {
				t.Errorf("%s: signed by %s, not by %s", p.Key, s.By, p.Signer)
			}
		}
	}
}

func TestTheYearsDepartures(t *testing.T) {
	cal := civil.Default()
	all := Departures2019()
	count, types, capacities := 0, map[string]int{}, map[string]int{}
	last, lastDay := map[string]int{}, map[string]civil.Date{}
	answers, returned, twice, opinions, voided, inserted := 0, 0, 0, 0, 0, 0
	perDay := map[civil.Date]int{}
	subjects := map[string]int{}
	for k := range all {
		p := &all[k]
		checkWay(t, cal, p)
		if bad := sane(p.Subject); bad != "" || strings.ContainsAny(p.Subject, "{}") {
			t.Errorf("%s: %s: %q", p.Key, bad, p.Subject)
		}
		subjects[p.Subject]++
		if p.Date.Year() != Year {
			t.Errorf("%s: dated %s", p.Key, p.Date)
		}
		if p.Suffix == "" {
			if p.Number != last[p.Series]+1 || p.Date < lastDay[p.Series] {
				t.Errorf("%s: %s of %s after %d of %s", p.Key, p.NumberRaw(), p.Date, last[p.Series], lastDay[p.Series])
			}
			last[p.Series], lastDay[p.Series] = p.Number, p.Date
		} else {
			inserted++
		}
		if want := notationOf(p.Type, p.Unit, p.Date); p.Notation != want {
			t.Errorf("%s: %s, want %s", p.Key, p.Notation, want)
		}
		n := 0
		for _, s := range p.Steps {
			if s.Do == DraftReturned || s.Do == FormReturned || s.Do == SignReturned {
				n++
			}
			if s.Do == OpinionAsked {
				opinions++
			}
		}
		if n > 0 {
			returned++
		}
		if n > 1 {
			twice++
		}
		if p.Void {
			voided++
			continue
		}
		count++
		types[p.Type]++
		capacities[p.Capacity]++
		perDay[civil.Of(p.step(Issued).At)]++
		if p.Answers > 0 {
			answers++
			if a := Arrivals2019()[p.Answers-1]; a.Outcome.Reply != p.NumberRaw() || p.step(Issued).At.After(a.Outcome.At) {
				t.Errorf("%s answers %d, which knows %q and ended at %s", p.Key, a.No, a.Outcome.Reply, a.Outcome.At)
			}
		}
		if len(p.Recipients) == 0 || strings.Contains(addressed, " "+p.Type+" ") && len(p.Addressees) == 0 {
			t.Errorf("%s: %s to nobody", p.Key, p.Type)
		}
		checkBody(t, p)
	}
	if count != 824 {
		t.Fatalf("%d documents issued, want 824", count)
	}
	for _, want := range []struct {
		what          string
		got, low, top int
	}{
		{"answers", answers, 330, 480}, {"returned", returned, 100, 220}, {"returned twice", twice, 10, 50}, {"opinion rounds", opinions, 10, 50},
		{"voided", voided, 2, 2}, {"inserted", inserted, 2, 2}, {"CV", types["CV"], 400, 560}, {"QĐ", types["QĐ"], 70, 150}, {"BC", types["BC"], 70, 160},
		{"CT", types["CT"], 1, 8}, {"QC", types["QC"], 1, 8}, {"QyĐ", types["QyĐ"], 1, 8}, {"HD", types["HD"], 5, 20}, {"TTr", types["TTr"], 15, 60},
		{"KT", capacities["KT"], 250, 600}, {"SELF", capacities["SELF"], 150, 450}, {"TL", capacities["TL"], 15, 120}, {"TUQ", capacities["TUQ"], 2, 2},
		{"series", len(last), 6, 6}, {"days", len(perDay), 225, 252},
	} {
		if want.got < want.low || want.got > want.top {
			t.Errorf("%s: %d, want %d to %d", want.what, want.got, want.low, want.top)
		}
	}
	for s, n := range subjects {
		if n > 4 {
			t.Errorf("%d documents are %q", n, s)
		}
	}
}

// checkBody reads a letter as its reader would.
func checkBody(t *testing.T, p *Departure) {
	t.Helper()
	text := ""
	for _, b := range p.Body {
		text = b.Text
		if bad := sane(strings.TrimSuffix(b.Text, "./.")); bad != "" && bad != "longer than 500" {
			t.Errorf("%s: %s: %q", p.Key, bad, b.Text)
		}
		for _, row := range b.Rows {
			if len(row) != len(b.Rows[0]) {
				t.Errorf("%s: a row of %d cells under %d", p.Key, len(row), len(b.Rows[0]))
			}
		}
	}
	if len(p.Body) < 2 || !strings.HasSuffix(text, "./.") {
		t.Errorf("%s (%s): the body ends with %q", p.Key, p.Type, text)
	}
}

// The merging of the divisions shows in the notations of letters from its day on, and in no
// number (T31); the decision is the one that the lineage of the units names.
func TestDeparturesAroundTheMerging(t *testing.T) {
	all := Departures2019()
	old := 0
	for k := range all {
		p := &all[k]
		gone := strings.HasSuffix(p.Notation, "-TTĐB") || strings.HasSuffix(p.Notation, "-NV")
		if gone && p.Date >= mergeDay {
			t.Errorf("%s of %s names a division that is no more", p.NumberRaw(), p.Date)
		}
		if gone {
			old++
		}
		if p.Key == MergeKey {
			if basis := Office().Merges[0].Basis; !strings.HasPrefix(basis, "Quyết định số "+p.NumberRaw()) || p.Date != civil.New(2019, 5, 2) {
				t.Errorf("the merging rests on %q, issued was %s", basis, p.NumberRaw())
			}
		}
	}
	if old < 15 {
		t.Errorf("only %d letters of divisions that were merged", old)
	}
}

const departuresHash = "2f999a8cbd0cabc7"

func TestDeparturesAreFixed(t *testing.T) {
	if got := hashOf(t, Departures2019()); got != departuresHash {
		t.Errorf("hash of the departures is %q, was %q", got, departuresHash)
	}
}

// On any day every state waits for somebody, and the numbers go on without a gap.
func TestTheDeskOnAnyDay(t *testing.T) {
	cal := civil.Default()
	step := 9
	if testing.Short() {
		step = 40
	}
	for day := civil.New(2026, 10, 1); day < civil.New(2027, 12, 1); day = day.AddDays(step) {
		all := Desk(day)
		reached := map[Verb]int{}
		last, lastYear := SeriesStart(day), map[string]int{}
		for k := range all {
			p := &all[k]
			checkWay(t, cal, p)
			checkBody(t, p)
			reached[p.Steps[len(p.Steps)-1].Do]++
			if end := p.Steps[len(p.Steps)-1].At; !end.Before(civil.At(day, 0, 0)) {
				t.Fatalf("%s: %s ends at %s", day, p.Key, end)
			}
			if bad := sane(p.Subject); bad != "" {
				t.Errorf("%s: %s: %q", day, bad, p.Subject)
			}
			if p.Number == 0 {
				continue
			}
			if y := p.Date.Year(); lastYear[p.Series] != 0 && lastYear[p.Series] != y {
				last[p.Series] = 0
			}
			lastYear[p.Series] = p.Date.Year()
			if p.Number != last[p.Series]+1 {
				t.Errorf("%s: %s after %d", day, p.NumberRaw(), last[p.Series])
			}
			last[p.Series] = p.Number
		}
		for do, want := range map[Verb]int{Drafted: 2, DraftReturned: 1, FormReturned: 1, SignReturned: 1, Presented: 5, OpinionAsked: 1, OpinionGiven: 1,
			Initialled: 3, FormPassed: 8, Signed: 3, Numbered: 1, Sealed: 1, Refused: 1, RecallOrdered: 1} {
			if reached[do] != want {
				t.Errorf("%s: %d stand at %s, want %d", day, reached[do], do, want)
			}
		}
		if reached[Issued] < 25 {
			t.Errorf("%s: only %d went out", day, reached[Issued])
		}
	}
}
