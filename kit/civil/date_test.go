// SPDX-License-Identifier: Apache-2.0

package civil

import (
	"encoding/json"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestDateAgreesWithTime(t *testing.T) {
	base := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)
	for d := MinDate; d <= MaxDate; d++ {
		want := base
		y, m, n := want.Date()
		gy, gm, gn := d.YMD()
		if gy != y || gm != m || gn != n || New(y, m, n) != d || d.Weekday() != want.Weekday() {
			t.Fatalf("day %d is %d-%d-%d, want %v", int(d), gy, gm, gn, want)
		}
		base = base.AddDate(0, 0, 1)
	}
	if got := MaxDate.String(); got != "9999-12-31" {
		t.Fatalf("MaxDate = %s", got)
	}
}

func TestNewCountsOnLikeTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		y := rapid.IntRange(2, 9990).Draw(t, "year")
		m := rapid.IntRange(-11, 24).Draw(t, "month")
		d := rapid.IntRange(-300, 400).Draw(t, "day")
		got := New(y, time.Month(m), d)
		want := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
		if want.Year() < 1 {
			return
		}
		if got.String() != want.Format("2006-01-02") {
			t.Fatalf("got %s, want %s", got, want.Format("2006-01-02"))
		}
	})
}

func TestDateForms(t *testing.T) {
	for _, c := range []struct{ in, long, vn, day string }{
		{"2026-01-05", "ngày 05 tháng 01 năm 2026", "05/01/2026", "thứ Hai"},
		{"2026-03-09", "ngày 09 tháng 3 năm 2026", "09/03/2026", "thứ Hai"},
		{"2026-10-29", "ngày 29 tháng 10 năm 2026", "29/10/2026", "thứ Năm"},
		{"2026-02-15", "ngày 15 tháng 02 năm 2026", "15/02/2026", "Chủ nhật"},
		{"", "", "", ""},
	} {
		d := MustParse(c.in)
		if d.Long() != c.long || d.VN() != c.vn || d.WeekdayVN() != c.day || d.String() != c.in {
			t.Errorf("%q: %q %q %q", c.in, d.Long(), d.VN(), d.WeekdayVN())
		}
	}
	if got := TimeVN(time.Date(2026, 11, 24, 7, 5, 0, 0, time.UTC)); got != "14:05 24/11/2026" {
		t.Errorf("TimeVN = %q", got)
	}
	if got := At(MustParse("2026-11-24"), 14, 5).UTC().Format(time.RFC3339); got != "2026-11-24T07:05:00Z" {
		t.Errorf("At = %q", got)
	}
}

func TestOfIsTheDayInVietnam(t *testing.T) {
	if got := Of(time.Date(2026, 12, 31, 17, 0, 0, 0, time.UTC)).String(); got != "2027-01-01" {
		t.Errorf("17:00 UTC is midnight in Vietnam, got %s", got)
	}
	if Of(time.Time{}) != 0 {
		t.Error("the zero time has a day")
	}
}

func TestParseRefuses(t *testing.T) {
	for _, s := range []string{"2026-02-29", "2026-13-01", "2026-1-5", "05/01/2026", "2026-01-00", "0000-01-01", "+026-01-01", "2026-01-05 ", "２０２６-01-05"} {
		if d, err := Parse(s); err == nil {
			t.Errorf("%q was read as %s", s, d)
		}
	}
}

func TestDateIsStoredAsText(t *testing.T) {
	d := MustParse("2026-11-24")
	v, err := d.Value()
	if err != nil || v != "2026-11-24" {
		t.Fatalf("Value = %v, %v", v, err)
	}
	for _, src := range []any{"2026-11-24", []byte("2026-11-24"), time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)} {
		var back Date
		if err := back.Scan(src); err != nil || back != d {
			t.Errorf("Scan(%v) = %s, %v", src, back, err)
		}
	}
	for _, src := range []any{nil, ""} {
		back := d
		if err := back.Scan(src); err != nil || back != 0 {
			t.Errorf("Scan(%v) = %s, %v", src, back, err)
		}
	}
	var back Date
	if err := back.Scan(7); err == nil {
		t.Error("a number was read as a date")
	}
	if v, _ := Date(0).Value(); v != "" {
		t.Errorf("no date is stored as %v", v)
	}
	raw, err := json.Marshal(map[string]Date{"due": d, "none": 0})
	if err != nil || string(raw) != `{"due":"2026-11-24","none":""}` {
		t.Errorf("JSON = %s, %v", raw, err)
	}
}

func TestAddMonthsStopsAtTheEndOfTheMonth(t *testing.T) {
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"2026-01-31", 1, "2026-02-28"}, {"2024-01-31", 1, "2024-02-29"}, {"2026-11-30", 3, "2027-02-28"},
		{"2026-03-31", -1, "2026-02-28"}, {"2026-01-15", -13, "2024-12-15"}, {"2026-05-05", 0, "2026-05-05"},
		{"9999-12-01", 1, "9999-12-31"}, {"0001-01-05", -1, "0001-01-01"},
	} {
		if got := MustParse(c.from).AddMonths(c.n).String(); got != c.want {
			t.Errorf("%s + %d months = %s, want %s", c.from, c.n, got, c.want)
		}
	}
}

func TestAddDaysStaysADate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := Date(rapid.Int32Range(int32(MinDate), int32(MaxDate)).Draw(t, "d"))
		n := rapid.Int().Draw(t, "n")
		e := d.AddDays(n)
		if e < MinDate || e > MaxDate {
			t.Fatalf("%s + %d = %d", d, n, int(e))
		}
		if back := MustParse(e.String()); back != e {
			t.Fatalf("%s is read back as %s", e, back)
		}
		if Date(0).AddDays(n) != 0 || Date(0).AddMonths(n) != 0 {
			t.Fatal("no date became a date")
		}
	})
}
