// SPDX-License-Identifier: Apache-2.0

package civil

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
	"soviec/kit/fault"
)

func TestWorkingDaysPerYear(t *testing.T) {
	c := Default()
	for year, want := range map[int]int{
		2018: 250, 2019: 252, 2020: 252, 2021: 250, 2022: 249, 2023: 249, 2024: 251, 2025: 250, 2026: 249, 2027: 249,
	} {
		y := YearOf(New(year, 1, 1))
		n := 0
		for d := y.From; d <= y.To; d++ {
			if c.WorkingDay(d) {
				n++
			}
		}
		if n != want || c.WorkingDaysBetween(y.From-1, y.To) != want {
			t.Errorf("%d has %d working days (%d by sums), want %d", year, n, c.WorkingDaysBetween(y.From-1, y.To), want)
		}
	}
}

func TestShippedRows(t *testing.T) {
	rows := ShippedRows()
	if len(rows) != 146 {
		t.Errorf("%d rows, want 146", len(rows))
	}
	c := Default()
	for y := 2018; y <= 2026; y++ {
		if !c.Confirmed(y) {
			t.Errorf("%d is not confirmed", y)
		}
	}
	for _, y := range []int{2017, 2027, 2028} {
		if c.Confirmed(y) {
			t.Errorf("%d counts as confirmed", y)
		}
	}
	for day, want := range map[string]string{
		"2026-11-24": "Ngày Văn hóa Việt Nam", "2026-08-22": "Làm bù cho 31/8/2026", "2026-11-21": "thứ Bảy",
		"2026-11-22": "Chủ nhật", "2026-11-23": "",
	} {
		if got := c.Why(MustParse(day)); got != want {
			t.Errorf("Why(%s) = %q, want %q", day, got, want)
		}
	}
}

func TestOrderOfRowsOnOneDay(t *testing.T) {
	c := mustCalendar(t, []Row{
		row("2026-11-28", Holiday), row("2026-11-28", SwapWork), // Saturday: work wins
		row("2026-11-25", SwapWork), row("2026-11-25", Tet), // Wednesday: work wins
		row("2026-11-26", Proposed), // no effect
		row("2026-11-29", Observed), // Sunday: off as it is
		row("2026-11-30", SwapOff),
	})
	for day, want := range map[string]bool{
		"2026-11-28": true, "2026-11-25": true, "2026-11-26": true, "2026-11-29": false, "2026-11-30": false, "2026-11-27": true,
	} {
		if got := c.WorkingDay(MustParse(day)); got != want {
			t.Errorf("WorkingDay(%s) = %t", day, got)
		}
	}
	if c.WorkingDay(0) {
		t.Error("no date is a working day")
	}
}

func TestAddWorkingDays(t *testing.T) {
	c := Default()
	for _, v := range []struct {
		from string
		n    int
		want string
	}{
		{"2026-11-23", 1, "2026-11-25"}, // T19
		{"2026-04-23", 7, "2026-05-07"}, // T20
		{"2026-11-21", 0, "2026-11-23"}, {"2026-11-23", 0, "2026-11-23"}, {"2026-11-21", 1, "2026-11-23"},
		{"2026-11-25", -1, "2026-11-23"}, {"2026-11-22", -1, "2026-11-20"}, {"2026-08-24", -1, "2026-08-22"},
		{"1990-01-05", 5, "1990-01-12"}, {"2090-01-06", 5, "2090-01-13"},
	} {
		if got := c.AddWorkingDays(MustParse(v.from), v.n).String(); got != v.want {
			t.Errorf("%s + %d = %s, want %s", v.from, v.n, got, v.want)
		}
	}
	if c.AddWorkingDays(0, 3) != 0 || c.WorkingDaysBetween(0, MustParse("2026-11-23")) != 0 {
		t.Error("no date was counted from")
	}
}

func TestRelative(t *testing.T) {
	c := Default()
	for _, v := range []struct{ due, today, want string }{
		{"2026-11-26", "2026-11-23", "còn 2 ngày"}, {"2026-11-23", "2026-11-23", "hôm nay"},
		{"2026-11-20", "2026-11-26", "quá 3 ngày"}, {"2026-11-24", "2026-11-23", "hạn vào ngày nghỉ"},
		{"2026-11-20", "2026-11-21", "vừa quá hạn"}, {"", "2026-11-23", "không hạn"},
	} {
		if got := Relative(MustParse(v.due), MustParse(v.today), c); got != v.want {
			t.Errorf("due %s on %s: %q, want %q", v.due, v.today, got, v.want)
		}
	}
}

// Every fast count is held against counting day by day.
func TestCountsAgreeWithCountingDayByDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawCalendar(t)
		a := drawDate(t, "a")
		n := rapid.IntRange(-60, 60).Draw(t, "n")
		b := a.AddDays(n)
		count := 0
		for d := min(a, b) + 1; d <= max(a, b); d++ {
			if worked(c, d) {
				count++
			}
			if worked(c, d) != c.WorkingDay(d) {
				t.Fatalf("WorkingDay(%s) = %t", d, c.WorkingDay(d))
			}
		}
		if b < a {
			count = -count
		}
		if got := c.WorkingDaysBetween(a, b); got != count {
			t.Fatalf("between %s and %s: %d, want %d", a, b, got, count)
		}
		step, left, d := Date(1), n, a
		if n < 0 {
			step, left = -1, -n
		}
		for n == 0 && !worked(c, d) {
			d++
		}
		for left > 0 {
			if d += step; worked(c, d) {
				left--
			}
		}
		if got := c.AddWorkingDays(a, n); got != d {
			t.Fatalf("%s + %d = %s, want %s", a, n, got, d)
		}
	})
}

func TestEndOfTheCalendar(t *testing.T) {
	c := Default()
	if got := c.AddWorkingDays(MaxDate, 5); got != MaxDate {
		t.Errorf("after the last day: %s", got)
	}
	if got := c.AddWorkingDays(MinDate, -5); got != MinDate {
		t.Errorf("before the first day: %s", got)
	}
}

func TestCSVGoesRound(t *testing.T) {
	var b bytes.Buffer
	if err := WriteCSV(&b, ShippedRows()); err != nil {
		t.Fatal(err)
	}
	rows, err := ParseCSV(strings.NewReader("\ufeff" + b.String()))
	if err != nil || !slices.Equal(rows, ShippedRows()) {
		t.Errorf("rows changed: %v", err)
	}
}

func TestCSVNamesEveryWrongLine(t *testing.T) {
	_, err := ParseCSV(strings.NewReader("name,kind,date\nTết,tet,2027-02-30\nLễ,feast,2027-01-01\n,holiday,2027-01-01\nTốt,holiday,2027-01-01\n"))
	var text []string
	for _, e := range fault.All(err) {
		text = append(text, e.Text[:7])
	}
	if got := strings.Join(text, "|"); got != "Dòng 2|Dòng 3|Dòng 4" && !strings.HasPrefix(got, "Dòng 2") || len(text) != 3 {
		t.Errorf("faults: %v", err)
	}
	for _, s := range []string{"", "a,b\n", "date,kind,name\n\xff,holiday,x\n", "date,kind,name\n\"2027\n"} {
		if _, err := ParseCSV(strings.NewReader(s)); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("%q: %v", s, err)
		}
	}
}

func FuzzParseCSV(f *testing.F) {
	f.Add([]byte("date,kind,name,source\n2027-01-01,holiday,Tết,TB 1\n"))
	f.Add([]byte("date,kind,name\n\"2027-01-01\",swap_work,\"a\nb\"\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		rows, err := ParseCSV(bytes.NewReader(raw))
		if err != nil {
			return
		}
		if _, err := NewCalendar(rows, nil); err != nil {
			t.Fatalf("rows that were read are refused: %v", err)
		}
	})
}

func TestVersionFollowsWhatDecides(t *testing.T) {
	rows := ShippedRows()
	renamed := slices.Clone(rows)
	renamed[0].Name, renamed[0].Source = "Năm mới", "TB 1"
	slices.Reverse(renamed)
	if mustCalendar(t, renamed).Version() != Default().Version() {
		t.Error("a new wording is a new version")
	}
	if mustCalendar(t, append(rows, row("2026-11-23", SwapOff))).Version() == Default().Version() {
		t.Error("a day off is no new version")
	}
	other, err := NewCalendar(rows, []Hours{{Shifts: []Shift{{450, 690}, {810, 1020}}}})
	if err != nil || other.Version() == Default().Version() {
		t.Errorf("other hours are no new version: %v", err)
	}
}

func TestCalendarIsNotChangedFromOutside(t *testing.T) {
	rows := ShippedRows()
	hours := []Hours{{Shifts: DefaultShifts()}}
	c, err := NewCalendar(rows, hours)
	if err != nil {
		t.Fatal(err)
	}
	rows[0].Date, hours[0].Shifts[0].Start = 5, 0
	c.Rows()[0].Date, c.Hours()[0].Shifts[0].Start, c.Shifts(5)[0].Start = 5, 0, 0
	if c.Rows()[0].Date == 5 || c.Hours()[0].Shifts[0].Start == 0 || c.Shifts(5)[0].Start == 0 {
		t.Error("the calendar was changed")
	}
}

func BenchmarkWorkingDaysBetween(b *testing.B) {
	c := Default()
	from, to := MustParse("2026-03-02"), MustParse("2026-11-24")
	b.ReportAllocs()
	for b.Loop() {
		c.WorkingDaysBetween(from, to)
	}
}

func BenchmarkDueExact(b *testing.B) {
	c := Default()
	at := At(MustParse("2026-03-02"), 9, 10)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := c.Due(at, Rule{Unit: WorkingDays, N: Whole(15), Method: Exact}); err != nil {
			b.Fatal(err)
		}
	}
}

// worked decides a day by the rows alone, in the order of section 1.3.
func worked(c *Calendar, d Date) bool {
	off := d.Weekday() == 0 || d.Weekday() == 6
	for _, r := range c.rows {
		if r.Date == d && r.Kind == SwapWork {
			return true
		}
		off = off || r.Date == d && r.Kind.Off()
	}
	return !off
}

func row(day string, kind DayKind) Row {
	return Row{Date: MustParse(day), Kind: kind, Name: "Ngày thử", Source: "Thông báo 1/TB-UBND"}
}

func mustCalendar(t testing.TB, rows []Row) *Calendar {
	t.Helper()
	c, err := NewCalendar(rows, nil)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// The drawn calendars are dense with rows within ten weeks of spring 2026.
var drawFrom = MustParse("2026-03-02")

func drawDate(t *rapid.T, name string) Date {
	return drawFrom.AddDays(rapid.IntRange(-20, 90).Draw(t, name))
}

func drawRows(t *rapid.T) []Row {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Row {
		return Row{
			Date: drawFrom.AddDays(rapid.IntRange(0, 70).Draw(t, "day")),
			Kind: rapid.SampledFrom(DayKinds()).Draw(t, "kind"), Name: "Ngày thử",
		}
	}), 0, 40).Draw(t, "rows")
}

func drawHours(t *rapid.T) []Hours {
	sets := [][]Shift{
		DefaultShifts(), {{450, 690}, {810, 1020}}, {{420, 660}, {780, 1020}}, {{450, 690}}, {{450, 700}, {780, 1080}}, {{480, 490}, {500, 507}, {510, 1439}},
	}
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Hours {
		h := Hours{From: drawDate(t, "from"), Shifts: rapid.SampledFrom(sets).Draw(t, "shifts")}
		if rapid.Bool().Draw(t, "closed") {
			h.To = h.From.AddDays(rapid.IntRange(0, 30).Draw(t, "long"))
		}
		return h
	}), 0, 4).Draw(t, "hours")
}

func drawCalendar(t *rapid.T) *Calendar {
	c, err := NewCalendar(drawRows(t), drawHours(t))
	if err != nil {
		t.Fatal(err)
	}
	return c
}
