// SPDX-License-Identifier: Apache-2.0

package plan

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"soviec/kit/civil"
)

func day(s string) civil.Date { return civil.MustParse(s) }

func dues(r Rhythm, from string, n int) []string {
	var out []string
	for _, d := range r.Next(civil.Default(), day(from), n) {
		out = append(out, d.Due.String())
	}
	return out
}

func TestRhythms(t *testing.T) {
	from := day("2026-01-01")
	for _, c := range []struct {
		words string
		r     Rhythm
		from  string
		want  []string
	}{
		{"mỗi quý, ngày 10 của tháng cuối quý; gặp ngày nghỉ thì lùi về ngày làm việc trước",
			Rhythm{Every: 1, Period: civil.Quarterly, Month: 3, On: OnDay, Number: 10, Shift: GoBack, From: from}, "2026-11-23", []string{"2026-12-10", "2027-03-10", "2027-06-10"}},
		{"mỗi quý, ngày 10 của tháng sau quý; gặp ngày nghỉ thì chuyển sang ngày làm việc sau",
			Rhythm{Every: 1, Period: civil.Quarterly, Month: 4, On: OnDay, Number: 10, Shift: GoForward, From: from}, "2026-11-23", []string{"2027-01-11", "2027-04-12"}},
		{"mỗi tháng, ngày làm việc đầu tiên",
			Rhythm{Every: 1, Period: civil.Monthly, On: OnWorking, Number: 1, Shift: Keep, From: from}, "2026-12-25", []string{"2027-01-04", "2027-02-01", "2027-03-01"}},
		{"mỗi tháng, ngày làm việc cuối cùng",
			Rhythm{Every: 1, Period: civil.Monthly, On: OnWorking, Number: -1, Shift: Keep, From: from}, "2027-01-01", []string{"2027-01-29", "2027-02-26"}},
		{"mỗi tháng, ngày 25; gặp ngày nghỉ thì lùi về ngày làm việc trước",
			Rhythm{Every: 1, Period: civil.Monthly, On: OnDay, Number: 25, Shift: GoBack, From: from}, "2026-10-01", []string{"2026-10-23", "2026-11-25", "2026-12-25"}},
		{"mỗi tháng, ngày 25; gặp ngày nghỉ thì chuyển sang ngày làm việc sau",
			Rhythm{Every: 1, Period: civil.Monthly, On: OnDay, Number: 25, Shift: GoForward, From: from}, "2026-10-01", []string{"2026-10-26", "2026-11-25"}},
		{"mỗi tháng, thứ Hai trước ngày 10; gặp ngày nghỉ thì lùi về ngày làm việc trước",
			Rhythm{Every: 1, Period: civil.Monthly, On: OnDay, Number: 10, Back: 1, Shift: GoBack, From: from}, "2026-11-23", []string{"2026-12-07", "2027-01-04", "2027-02-03"}},
		{"2 tuần một lần, thứ Sáu; gặp ngày nghỉ thì lùi về ngày làm việc trước",
			Rhythm{Every: 2, Period: Weekly, On: OnWeekday, Number: 5, Shift: GoBack, From: day("2026-11-23")}, "2026-11-23", []string{"2026-11-27", "2026-12-11", "2026-12-25", "2027-01-08"}},
		{"mỗi tuần, thứ Ba; gặp ngày nghỉ thì lùi về ngày làm việc trước",
			Rhythm{Every: 1, Period: Weekly, On: OnWeekday, Number: 2, Shift: GoBack, From: day("2026-11-23")}, "2026-11-23", []string{"2026-11-23", "2026-12-01"}},
		{"3 tháng một lần, ngày cuối; gặp ngày nghỉ thì lùi về ngày làm việc trước",
			Rhythm{Every: 3, Period: civil.Monthly, On: OnDay, Number: 31, Shift: GoBack, From: day("2026-11-05")}, "2026-11-23", []string{"2026-11-30", "2027-02-26", "2027-05-31"}},
		{"mỗi tháng, thứ Hai đầu tiên; gặp ngày nghỉ thì chuyển sang ngày làm việc sau",
			Rhythm{Every: 1, Period: civil.Monthly, On: OnWeekday, Number: 1, Nth: 1, Shift: GoForward, From: from}, "2026-11-23", []string{"2026-12-07", "2027-01-04"}},
		{"mỗi tháng, thứ Sáu cuối cùng",
			Rhythm{Every: 1, Period: civil.Monthly, On: OnWeekday, Number: 5, Nth: -1, Shift: Keep, From: from}, "2026-11-01", []string{"2026-11-27", "2026-12-25", "2027-01-29"}},
		{"mỗi năm, ngày 15 tháng 12; gặp ngày nghỉ thì lùi về ngày làm việc trước",
			Rhythm{Every: 1, Period: civil.Yearly, Month: 12, On: OnDay, Number: 15, Shift: GoBack, From: from}, "2026-11-23", []string{"2026-12-15", "2027-12-15", "2028-12-15"}},
		{"mỗi nửa năm, ngày 10 của tháng cuối nửa năm",
			Rhythm{Every: 1, Period: civil.HalfYearly, Month: 6, On: OnDay, Number: 10, Shift: Keep, From: from}, "2026-11-23", []string{"2026-12-10", "2027-06-10"}},
	} {
		if err := c.r.Check(); err != nil {
			t.Errorf("%s: %v", c.words, err)
		}
		if got := c.r.Words(); got != c.words {
			t.Errorf("words %q, want %q", got, c.words)
		}
		if got := dues(c.r, c.from, len(c.want)); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.words, got, c.want)
		}
	}
}

func TestAWrongRhythmIsRefused(t *testing.T) {
	good := Rhythm{Every: 1, Period: civil.Monthly, On: OnDay, Number: 10, Shift: Keep, From: day("2026-01-01")}
	for name, spoil := range map[string]func(*Rhythm){
		"period": func(r *Rhythm) { r.Period = "day" }, "every": func(r *Rhythm) { r.Every = 0 }, "number": func(r *Rhythm) { r.Number = 32 },
		"from": func(r *Rhythm) { r.From = 0 }, "until": func(r *Rhythm) { r.Until = day("2025-12-31") }, "shift": func(r *Rhythm) { r.Shift = "" },
		"on": func(r *Rhythm) { r.On = "moon" }, "back": func(r *Rhythm) { r.Back = 8 }, "working": func(r *Rhythm) { r.On, r.Number = OnWorking, 0 },
		"weekday": func(r *Rhythm) { r.On, r.Number, r.Nth = OnWeekday, 1, 0 }, "month": func(r *Rhythm) { r.Period, r.Month = civil.Quarterly, 5 },
		"week": func(r *Rhythm) { r.Period = Weekly },
	} {
		r := good
		spoil(&r)
		if r.Check() == nil || r.Next(civil.Default(), day("2026-11-23"), 3) != nil || r.Words() != "" {
			t.Errorf("%s is taken", name)
		}
	}
}

func drawRhythm(t *rapid.T) Rhythm {
	r := Rhythm{
		Every: rapid.IntRange(1, 5).Draw(t, "every"), Shift: rapid.SampledFrom([]Shift{Keep, GoBack, GoForward}).Draw(t, "shift"),
		Period: rapid.SampledFrom([]civil.PeriodKind{Weekly, civil.Monthly, civil.Quarterly, civil.HalfYearly, civil.Yearly}).Draw(t, "period"),
		From:   civil.New(2019, 1, 1).AddDays(rapid.IntRange(0, 2000).Draw(t, "from")), Back: rapid.SampledFrom([]int{0, 0, 0, 1, 5, 7}).Draw(t, "back"),
	}
	if m := periods[r.Period]; m > 1 {
		r.Month = rapid.IntRange(1, m+1).Draw(t, "month")
	}
	r.On = rapid.SampledFrom([]Anchor{OnDay, OnWorking, OnWeekday}).Draw(t, "on")
	if r.Period == Weekly {
		r.On = OnWeekday
	}
	switch r.On {
	case OnDay:
		r.Number = rapid.IntRange(1, 31).Draw(t, "day")
	case OnWorking:
		r.Number = rapid.SampledFrom([]int{1, 2, 3, 15, 23, -1, -2, -10, -23}).Draw(t, "working")
	case OnWeekday:
		r.Number, r.Nth = rapid.IntRange(1, 7).Draw(t, "weekday"), rapid.SampledFrom([]int{1, 2, 4, 5, -1, -2, -5}).Draw(t, "nth")
	}
	return r
}

// TestDatesOfARhythm: in order, each period once, on working days where the rule says so,
// the same whichever day one asks from, and given on a working day no later than due.
func TestDatesOfARhythm(t *testing.T) {
	c := civil.Default()
	rapid.Check(t, func(t *rapid.T) {
		r := drawRhythm(t)
		if err := r.Check(); err != nil {
			t.Fatalf("%+v: %v", r, err)
		}
		from := r.From.AddDays(rapid.IntRange(-100, 2500).Draw(t, "ask"))
		all := r.Next(c, r.From, 300)
		got := r.Next(c, from, 5)
		if len(got) != 5 {
			t.Fatalf("%d dates", len(got))
		}
		i := slices.IndexFunc(all, func(d Date) bool { return d.Due >= from })
		if i >= 0 && i+5 <= len(all) && !slices.Equal(all[i:i+5], got) {
			t.Fatalf("from %s: %v, but %v", from, got, all[i:i+5])
		}
		keys := map[string]bool{}
		for k, d := range all {
			if keys[d.Key] {
				t.Fatalf("%s twice", d.Key)
			}
			keys[d.Key] = true
			if k > 0 && d.Due < all[k-1].Due {
				t.Fatalf("%v after %v", d, all[k-1])
			}
			if r.Shift != Keep && !c.WorkingDay(d.Due) {
				t.Fatalf("%v is a day off", d)
			}
			if r.Back != 0 && r.Shift == Keep && (int(d.Due-1)%7)+1 != r.Back {
				t.Fatalf("%v is no %s", d, weekdays[r.Back])
			}
			ahead := k % 12
			give := GiveOn(c, d.Due, ahead)
			if !c.WorkingDay(give) || give > d.Due || ahead > 0 && c.WorkingDaysBetween(give, d.Due) > ahead {
				t.Fatalf("due %s, %d ahead: given %s", d.Due, ahead, give)
			}
		}
	})
}
