// SPDX-License-Identifier: Apache-2.0

package civil

import (
	"testing"

	"pgregory.net/rapid"
)

func TestPeriods(t *testing.T) {
	d := MustParse("2026-11-24")
	for _, v := range []struct {
		p                           Period
		name, key, from, to, before string
	}{
		{MonthOf(d), "Tháng 11/2026", "2026-11", "2026-11-01", "2026-11-30", "2026-10"},
		{QuarterOf(d), "Quý IV/2026", "2026-Q4", "2026-10-01", "2026-12-31", "2026-Q3"},
		{HalfOf(d), "6 tháng cuối năm 2026", "2026-H2", "2026-07-01", "2026-12-31", "2026-H1"},
		{YearOf(d), "Năm 2026", "2026", "2026-01-01", "2026-12-31", "2025"},
		{MonthOf(MustParse("2028-02-10")), "Tháng 2/2028", "2028-02", "2028-02-01", "2028-02-29", "2028-01"},
		{HalfOf(MustParse("2026-06-30")), "6 tháng đầu năm 2026", "2026-H1", "2026-01-01", "2026-06-30", "2025-H2"},
	} {
		if v.p.Name() != v.name || v.p.Key() != v.key || v.p.From.String() != v.from || v.p.To.String() != v.to || v.p.Prev().Key() != v.before {
			t.Errorf("%s: %q %q %s %s %q", v.key, v.p.Name(), v.p.Key(), v.p.From, v.p.To, v.p.Prev().Key())
		}
		if back, err := ParsePeriod(v.key); err != nil || back != v.p {
			t.Errorf("ParsePeriod(%q) = %v, %v", v.key, back, err)
		}
		if v.p.End() != v.p.Next().Start() {
			t.Errorf("%s does not end where the next begins", v.key)
		}
	}
	if got := QuarterOf(d).LastYear().Key(); got != "2025-Q4" {
		t.Errorf("a year before: %s", got)
	}
	for _, key := range []string{"", "2026-", "2026-13", "2026-Q5", "2026-H3", "2026-00", "2026-1", "26", "2026-Q", "2026-Q04", "0000", "2026-11-01"} {
		if p, err := ParsePeriod(key); err == nil {
			t.Errorf("%q = %v", key, p)
		}
	}
	if (Period{}).Name() != "" || MonthOf(0) != (Period{}) || (Period{}).Contains(0) {
		t.Error("no date has a period")
	}
}

func TestPeriodsFollowWithoutAGap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.SampledFrom([]PeriodKind{Monthly, Quarterly, HalfYearly, Yearly}).Draw(t, "kind")
		d := New(2026, 1, 1).AddDays(rapid.IntRange(-100_000, 100_000).Draw(t, "d"))
		p := PeriodOf(kind, d)
		if !p.Contains(d) || p.Next().From != p.To+1 || p.Prev().To != p.From-1 || p.Next().Prev() != p {
			t.Fatalf("%v", p)
		}
		if back, err := ParsePeriod(p.Key()); err != nil || back != p {
			t.Fatalf("%s = %v, %v", p.Key(), back, err)
		}
	})
}
