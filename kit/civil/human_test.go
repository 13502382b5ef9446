// SPDX-License-Identifier: Apache-2.0

package civil

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
	"soviec/kit/fault"
)

func TestParseHuman(t *testing.T) {
	today := MustParse("2026-11-23") // a Monday; Tuesday 24/11 is a holiday
	for in, want := range map[string]string{
		"5/1": "2027-01-05", "05/01/2026": "2026-01-05", "5-1-26": "2026-01-05", "5.1.2026": "2026-01-05", "5 1": "2027-01-05",
		"20/10": "2026-10-20", "30/4/75": "1975-04-30", "29/2": "2028-02-29", "2026-12-01": "2026-12-01", "05122026": "2026-12-05", "051226": "2026-12-05",
		"15": "2026-12-15", "23": "2026-11-23", "ngày 30": "2026-11-30", "31": "2026-12-31", "ngày 3 tháng sau": "2026-12-03",
		"ngày 5 tháng 1 năm 2026": "2026-01-05", "ngày 05 tháng 01": "2027-01-05", "5 tháng 1/2026": "2026-01-05",
		"hôm nay": "2026-11-23", "HÔM NAY": "2026-11-23", "mai": "2026-11-24", "Ngày mai": "2026-11-24", "ngày kia": "2026-11-25", "hôm qua": "2026-11-22",
		"thứ Sáu": "2026-11-27", "thu sau": "2026-11-27", "T6": "2026-11-27", "thứ Hai": "2026-11-30", "thứ 6 tuần sau": "2026-12-04",
		"thứ sáu tuần này": "2026-11-27", "chủ nhật": "2026-11-29", "CN tuần trước": "2026-11-22", "thứ tư tới": "2026-11-25",
		"thứ Sáu, 27/11": "2026-11-27", "thứ 6 ngày 27/11/2026": "2026-11-27", "chủ nhật 29/11": "2026-11-29",
		"cuối tuần": "2026-11-27", "đầu tuần sau": "2026-11-30", "cuối tháng": "2026-11-30", "hết tháng": "2026-11-30", "đầu tháng": "2026-12-01",
		"cuối tháng sau": "2026-12-31", "cuối tháng 12": "2026-12-31", "cuối tháng 2/2027": "2027-02-26", "cuối quý": "2026-12-31", "cuối quý I/2027": "2027-03-31",
		"cuối năm": "2026-12-31", "hết năm 2027": "2027-12-31",
		"+3": "2026-11-27", "+1": "2026-11-25", "-1": "2026-11-20", "3 ngày làm việc": "2026-11-27", "3 ngày làm việc nữa": "2026-11-27", "+3 nlv": "2026-11-27",
		"3 ngày": "2026-11-26", "sau 2 tuần": "2026-12-07", "1 tháng": "2026-12-23", "3 ngày trước": "2026-11-20", "  mai. ": "2026-11-24", "nga\u0300y mai": "2026-11-24",
	} {
		got, err := ParseHuman(in, today, Default())
		if err != nil || got.String() != want {
			t.Errorf("%q = %s (%v), want %s", in, got, err, want)
		}
	}
}

func TestParseHumanOnOtherDays(t *testing.T) {
	for _, v := range []struct{ today, in, want string }{
		{"2026-11-28", "cuối tuần", "2026-12-04"}, // a Saturday: the week is over
		{"2026-11-27", "cuối tuần", "2026-11-27"},
		{"2026-05-31", "cuối tháng", "2026-06-30"}, // a Sunday: the last working day has passed
		{"2026-02-11", "cuối tuần sau", "2026-02-20"},
		{"2026-11-27", "thứ sáu", "2026-12-04"},
		{"2026-06-01", "1/12", "2026-12-01"},
		{"2026-01-05", "31/12", "2025-12-31"},
		{"2026-12-31", "1/6", "2027-06-01"},
		{"2026-01-31", "1 tháng", "2026-02-28"},
		{"2026-02-10", "30", "2026-03-30"},
	} {
		got, err := ParseHuman(v.in, MustParse(v.today), Default())
		if err != nil || got.String() != v.want {
			t.Errorf("%q on %s = %s (%v), want %s", v.in, v.today, got, err, v.want)
		}
	}
}

func TestParseHumanRefuses(t *testing.T) {
	today := MustParse("2026-11-23")
	for in, part := range map[string]string{
		"": "Hãy nhập ngày", "  ": "Hãy nhập ngày", "hôm nào": "Không hiểu", "31/2": "Tháng 2 không có ngày 31", "29/2/2026": "Tháng 2 năm 2026 không có ngày 29",
		"1/13": "Tháng phải từ 1", "0/1": "không có ngày 0", "32": "từ 1 đến 31", "1/1/0005": "Năm phải từ", "thứ Năm, 27/11": "Ngày 27/11/2026 là thứ Sáu",
		"thứ 8": "Không hiểu", "cuối tháng 13": "Không hiểu", "+9999": "quá lớn", strings.Repeat("1", 5000): "Không hiểu",
	} {
		got, err := ParseHuman(in, today, Default())
		if !fault.Is(err, fault.KindInvalid) || !strings.Contains(fault.Text(err), part) {
			t.Errorf("%.40q = %s, %v", in, got, err)
		}
	}
	if _, err := ParseHuman("mai", 0, Default()); err == nil {
		t.Error("tomorrow of no day")
	}
}

func TestParseHumanReadsWhatScreensShow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := New(2026, 1, 1).AddDays(rapid.IntRange(-40_000, 60_000).Draw(t, "d"))
		today := New(2026, 11, 23).AddDays(rapid.IntRange(-3000, 3000).Draw(t, "today"))
		for _, form := range []string{d.VN(), d.Long(), d.String(), d.WeekdayVN() + ", " + d.VN(), strings.ToUpper(d.Long())} {
			if got, err := ParseHuman(form, today, Default()); err != nil || got != d {
				t.Fatalf("%q = %s, %v", form, got, err)
			}
		}
		near := today.AddDays(rapid.IntRange(-160, 160).Draw(t, "near"))
		if got, err := ParseHuman(near.ShortVN(), today, Default()); err != nil || got != near && near.ShortVN() != "29/02" {
			t.Fatalf("%q on %s = %s, %v", near.ShortVN(), today, got, err)
		}
	})
}

func FuzzParseHuman(f *testing.F) {
	for _, s := range []string{"5/1", "05/01/2026", "mai", "thứ Sáu tuần sau", "cuối tháng 12/2026", "+3", "3 ngày làm việc", "２３/11", "thu 6, 27/11", "\xff", "đ"} {
		f.Add(s, int32(739943))
	}
	f.Fuzz(func(t *testing.T, s string, day int32) {
		start := time.Now()
		d, err := ParseHuman(s, Date(day), Default())
		if err == nil && (d.Year() < firstHumanYear || d.Year() > lastHumanYear) {
			t.Fatalf("%q = %s", s, d)
		}
		if err != nil && (d != 0 || !fault.Is(err, fault.KindInvalid)) {
			t.Fatalf("%q = %s, %v", s, d, err)
		}
		if time.Since(start) > 5*time.Second {
			t.Fatal("too slow")
		}
	})
}
