// SPDX-License-Identifier: Apache-2.0

package sentence

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"soviec/kit/civil"
)

func read(t testing.TB, line string) Reading {
	t.Helper()
	roll, _ := office(t)
	return Read(line, roll, Options{Now: monday, Calendar: civil.Default()})
}

// asked finds a question or a note about a field that holds the words.
func asked(r Reading, about About, words string) bool {
	for _, q := range r.Questions {
		if q.About == about && strings.Contains(q.Text, words) {
			return true
		}
	}
	for _, n := range r.Notes {
		if n.About == about && strings.Contains(n.Text, words) {
			return true
		}
	}
	return false
}

// What a line of the trade says in ways that are easily cut in the wrong place.
func TestReadWhole(t *testing.T) {
	for _, c := range []struct{ line, lead, coop, due, subject string }{
		{"Phòng KH-TH lập dự toán quý I/2027, hạn 15/12/2026", "Phòng Kế hoạch – Tổng hợp", "", "2026-12-15", "Lập dự toán quý I/2027"},
		{"P.KH&TH lập dự toán, hạn 15/12", "Phòng Kế hoạch – Tổng hợp", "", "2026-12-15", "Lập dự toán"},
		{"Hải nộp báo cáo trước ngày 31 tháng này", "Lý Thanh Hải", "", "", "Nộp báo cáo trước ngày 31 tháng này"},
		{"Hải nộp báo cáo trước ngày 31", "Lý Thanh Hải", "", "", "Nộp báo cáo"},
		{"Hai, mai bao cao", "Lý Thanh Hải", "", "2026-11-24", "Bao cao"},
		{"Hai, thu phi, thu 6", "Lý Thanh Hải", "", "2026-11-27", "Thu phi"},
	} {
		got := read(t, c.line)
		if have := []string{got.Lead.Name, strings.Join(names(got.Coop), ";"), got.Due.String(), got.Subject}; !slices.Equal(have, []string{c.lead, c.coop, c.due, c.subject}) {
			t.Errorf("%s\n\t%q", c.line, have)
		}
	}
}

func TestWhatIsOpenIsAsked(t *testing.T) {
	for _, c := range []struct {
		line  string
		about About
		words string
	}{
		{"Hải báo cáo quà Tết", AboutDue, "chưa nói hạn"},
		{"Báo cáo quà Tết trước thứ Sáu", AboutLead, "ai chủ trì"},
		{"Giao đồng chí Quang báo cáo quà Tết, thứ Sáu", AboutLead, "Quang"},
		{"Bình rà soát hồ sơ, thứ Sáu", AboutLead, "2 người"},
		{"Hằng tháng Hải báo cáo tiến độ", AboutDue, "lặp lại"},
		{"Hải, thứ Sáu", AboutSubject, "việc gì"},
		{"Hải nộp hồ sơ, chủ nhật", AboutDue, "ngày nghỉ"},
		{"Hải nộp hồ sơ, ngày mai", AboutDue, "Ngày Văn hóa"},
		{"Hải nộp hồ sơ trước 20/11/2026", AboutDue, "đã qua"},
		{"Hải nộp hồ sơ trước 10/9", AboutDue, "10/09/2027"},
		{"Hải nộp hồ sơ ngày 20", AboutDue, "20/12/2026"},
		{"Hải nộp hồ sơ trước Tết", AboutDue, "03/02/2027"},
		{"Hải nộp hồ sơ trước ngày 31", AboutDue, "không có ngày 31"},
		{"Hải nộp hồ sơ thứ Năm ngày 27/11", AboutDue, "thứ Sáu"},
		{"Hải nộp hồ sơ trước 4h thứ Năm", AboutDue, "buổi chiều"},
		{"Hải nộp hồ sơ thứ Hai", AboutDue, "Hôm nay là thứ Hai"},
		{"Hải nộp hồ sơ trước 7h", AboutDue, "đã qua"},
		{"Hải chuẩn bị tài liệu họp sáng thứ Năm", AboutDue, "trong nội dung"},
		{"Hải nộp hồ sơ 5/2/2027", AboutDue, "Tết"},
	} {
		if r := read(t, c.line); !asked(r, c.about, c.words) {
			t.Errorf("%s: nothing about %s says %q: %+v %+v", c.line, c.about, c.words, r.Questions, r.Notes)
		}
	}
}

func TestTwoOfANameAreBothProposed(t *testing.T) {
	r := read(t, "Bình rà soát hồ sơ, thứ Sáu")
	if r.Lead != (Party{}) || len(r.Questions) != 1 || len(r.Questions[0].Parties) != 2 {
		t.Fatalf("%+v", r)
	}
}

func TestPartiesOfEachKind(t *testing.T) {
	r := read(t, "Hải phối hợp với Hà và phòng KHTH soạn tờ trình, gửi Nga để biết, trước 27/11")
	if r.Lead.Name != "Lý Thanh Hải" || len(r.Coop) != 2 || len(r.Info) != 1 || r.Info[0].Name != "Vi Thị Nga" || r.Subject != "Soạn tờ trình" {
		t.Fatalf("%+v", r)
	}
	if r.Coop[1].Person != 0 || r.Coop[1].Unit == 0 {
		t.Error("a unit is no person", r.Coop[1])
	}
}

func TestTitlesDecide(t *testing.T) {
	roll := NewRoll([]Person{
		{ID: 1, Name: "Mông Văn Lâm", Title: "Trưởng phòng", Unit: 7}, {ID: 2, Name: "Lê Thị Lâm", Title: "Chuyên viên", Unit: 8},
		{ID: 3, Name: "Hoàng Văn Minh", Title: "Chánh Văn phòng", Unit: 8}, {ID: 4, Name: "Nông Thị Hoa", Title: "Phó Trưởng ban", Unit: 9},
	}, []Unit{{ID: 7, Name: "Phòng Chính sách Dân tộc", Short: "CS"}, {ID: 8, Name: "Văn phòng", Short: "VP"}, {ID: 9, Name: "Lãnh đạo Ban"}})
	for line, want := range map[string]int64{
		"Trưởng phòng Lâm báo cáo, thứ Sáu": 1, "TP CS báo cáo, thứ Sáu": 1, "Trưởng phòng Chính sách Dân tộc báo cáo, thứ Sáu": 1,
		"chuyên viên Lâm báo cáo, thứ Sáu": 2, "Chánh Văn phòng báo cáo, thứ Sáu": 3, "CVP chuẩn bị họp, thứ Sáu": 3,
		"Phó Trưởng ban Hoa cho ý kiến, thứ Sáu": 4, "Lâm báo cáo, thứ Sáu": 0,
	} {
		if r := Read(line, roll, Options{Now: monday}); r.Lead.Person != want {
			t.Errorf("%s: %+v", line, r.Lead)
		}
	}
}

func TestBeforeADayIsReadAsTheAgencyChose(t *testing.T) {
	roll, _ := office(t)
	r := Read("Hải nộp hồ sơ trước ngày 10/12", roll, Options{Now: monday, Before: Exclusive})
	if r.Due.String() != "2026-12-09" || !asked(r, AboutDue, "09/12/2026") {
		t.Errorf("%+v", r)
	}
	r = Read("Hải nộp hồ sơ trước 16h ngày 10/12", roll, Options{Now: monday, Before: Exclusive})
	if r.Due.String() != "2026-12-10T16:00" {
		t.Errorf("%+v", r)
	}
}

// TestSpellingDoesNotMatter: decomposed letters, the older places of tones and odd blanks are the same.
func TestSpellingDoesNotMatter(t *testing.T) {
	for _, set := range []string{"set1.tsv", "set2.tsv"} {
		for _, row := range rows(t, set) {
			want := read(t, row[0])
			for _, line := range []string{norm.NFD.String(row[0]), "  " + strings.ReplaceAll(row[0], " ", "  ") + " "} {
				if got := read(t, line); !reflect.DeepEqual(got, want) {
					t.Errorf("%q: %+v, but %+v", line, got, want)
				}
			}
		}
	}
	if r := read(t, "Vân hoà giải, trước thứ Sáu"); r.Lead.Name != "Sầm Thị Vân" {
		t.Error(r.Lead)
	}
}

// TestWorkingDaysFollowTheCalendar compares every count with the calendar itself.
func TestWorkingDaysFollowTheCalendar(t *testing.T) {
	roll, _ := office(t)
	rapid.Check(t, func(t *rapid.T) {
		day := civil.New(2026, 1, 1).AddDays(rapid.IntRange(0, 700).Draw(t, "day"))
		n := rapid.IntRange(1, 40).Draw(t, "n")
		now := civil.At(day, rapid.IntRange(0, 23).Draw(t, "hour"), 15)
		r := Read(fmt.Sprintf("Hải nộp hồ sơ trong %d ngày làm việc", n), roll, Options{Now: now})
		if want := civil.Default().AddWorkingDays(day, n); r.Due.On != want || r.Due.At != "" {
			t.Fatalf("%s + %d: %s, want %s", day, n, r.Due, want)
		}
	})
}

// TestEveryDayAndHour: a date written out is that date, whatever the day on which it is said.
func TestEveryDayAndHour(t *testing.T) {
	roll, _ := office(t)
	rapid.Check(t, func(t *rapid.T) {
		today := civil.New(2026, 1, 1).AddDays(rapid.IntRange(0, 700).Draw(t, "today"))
		due := today.AddDays(rapid.IntRange(0, 360).Draw(t, "due"))
		hour, minute := rapid.IntRange(6, 23).Draw(t, "hour"), rapid.IntRange(0, 59).Draw(t, "minute")
		now := civil.At(today, 5, 0)
		y, m, d := due.YMD()
		at := fmt.Sprintf("%sT%02d:%02d", due, hour, minute)
		for line, want := range map[string]string{
			fmt.Sprintf("Hải nộp hồ sơ trước ngày %d/%d/%d", d, m, y):                           due.String(),
			fmt.Sprintf("Hải nộp hồ sơ, hạn %02d/%02d", d, m):                                   due.String(),
			fmt.Sprintf("Hạn ngày %d tháng %d, Hải nộp hồ sơ", d, m):                            due.String(),
			fmt.Sprintf("Hải nộp hồ sơ trước %dh%02d ngày %d/%d", hour, minute, d, m):           at,
			fmt.Sprintf("trước %d giờ %02d ngày %d/%d/%d Hải nộp hồ sơ", hour, minute, d, m, y): at,
			fmt.Sprintf("Hải nộp hồ sơ trước %d:%02d, %s", hour, minute, due):                   at,
		} {
			if r := Read(line, roll, Options{Now: now}); r.Due.String() != want || r.Lead.Name != "Lý Thanh Hải" || r.Subject != "Nộp hồ sơ" {
				t.Fatalf("%s: %s %q, want %s", line, r.Due, r.Subject, want)
			}
		}
	})
}

func FuzzRead(f *testing.F) {
	for _, set := range []string{"set1.tsv", "set2.tsv"} {
		for _, r := range rows(f, set) {
			f.Add(r[0])
		}
	}
	f.Add(strings.Repeat("Hải và ", 200))
	f.Add(strings.Repeat("10/", 300))
	f.Add("(((-–@")
	roll, _ := office(f)
	f.Fuzz(func(t *testing.T, line string) {
		start := time.Now()
		r := Read(line, roll, Options{Now: monday})
		if took := time.Since(start); took > 2*time.Second {
			t.Fatalf("%s for %d bytes", took, len(line))
		}
		if !utf8.ValidString(r.Subject) || r.Due.At != "" && r.Due.On.IsZero() {
			t.Fatalf("%+v", r)
		}
		for _, s := range r.Spans {
			if s.From < 0 || s.From >= s.To || s.To > len(r.Text) || !utf8.ValidString(r.Text[s.From:s.To]) {
				t.Fatalf("span %+v of %q", s, r.Text)
			}
		}
	})
}

func BenchmarkReadAmongTenThousand(b *testing.B) {
	var people []Person
	var units []Unit
	given := strings.Fields("An Bình Chi Dũng Hà Hải Hoa Hùng Lan Lâm Mai Minh Nam Nga Sơn Tùng Thu Vân Xuân Yến")
	for i := range 10000 {
		people = append(people, Person{ID: int64(i + 1), Name: fmt.Sprintf("Nông Văn%d %s", i, given[i%len(given)]), Unit: int64(i%400 + 1)})
	}
	for i := range 400 {
		units = append(units, Unit{ID: int64(i + 1), Name: fmt.Sprintf("Phòng Nghiệp vụ số %d", i)})
	}
	roll := NewRoll(people, units)
	for b.Loop() {
		Read("Giao Hải chủ trì, phối hợp với Hà và Tùng tham mưu báo cáo, hoàn thành trước ngày 05/12/2026", roll, Options{Now: monday})
	}
}

func BenchmarkRead(b *testing.B) {
	roll, _ := office(b)
	for b.Loop() {
		Read("Giao phòng CS chủ trì, phối hợp với phòng KHTH tham mưu báo cáo, hoàn thành trước ngày 05/12/2026", roll, Options{Now: monday})
	}
}
