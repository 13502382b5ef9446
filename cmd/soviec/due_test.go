// SPDX-License-Identifier: Apache-2.0

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestDue(t *testing.T) {
	closed := filepath.Join(t.TempDir(), "lich.csv")
	csv := "date,kind,name,source\n2020-01-22,observed,Nghỉ bù,Thông báo 1/TB-UBND\n2020-06-01,holiday,Ngày hội,Thông báo 2/TB-UBND\n"
	if err := os.WriteFile(closed, []byte(csv), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ args, out, err string }{
		{"--at 2020-01-21T14:00 --days 2", "2020-01-30T17:30", ""},
		{"--at 2020-01-21T14:00 --days 2 --exact", "2020-01-30T14:00", ""},
		{"--at 2020-01-21T15:30 --days 2 --exact --cutoff 15:00=start_next_working_day", "2020-01-30T17:30", ""},
		{"--at 2020-01-21T15:30 --days 0 --cutoff 15:00=return_next_working_day", "2020-01-22T17:30", ""},
		{"--at 2020-01-21T14:00 --days 0.5 --exact", "2020-01-22T08:00", ""},
		{"--at 2020-01-21T14:00 --hours 4", "2020-01-22T08:00", ""},
		{"--at 2020-01-17T14:00 --calendar-days 7", "2020-01-30T17:30", ""},
		{"--at 2020-01-31T14:00 --months 1", "2020-03-02T17:30", ""},
		{"--at 2020-01-21T14:00 --days 2 --holidays " + closed, "2020-01-24T17:30", ""},
		{"--at 2027-03-01T08:00 --days 1", "2027-03-02T17:30", "2027 chưa được xác nhận"},
	} {
		var out, errOut strings.Builder
		code := runDue(strings.Fields(c.args), &out, &errOut)
		if code != 0 || out.String() != c.out+"\n" || !strings.Contains(errOut.String(), c.err) || c.err == "" && errOut.Len() > 0 {
			t.Errorf("due %s: %d %q %q, want %q", c.args, code, out.String(), errOut.String(), c.out)
		}
	}
}

func TestDueRefuses(t *testing.T) {
	for _, c := range []struct {
		args string
		code int
		text string
	}{
		{"", 2, "--at"},
		{"--at 2020-01-21 --days 2", 2, "--at"},
		{"--at 2020-02-30T08:00 --days 2", 2, "--at"},
		{"--at 2020-01-21T14:00", 2, "đúng một"},
		{"--at 2020-01-21T14:00 --days 2 --hours 3", 2, "đúng một"},
		{"--at 2020-01-21T14:00 --days -1", 2, "Số phải từ"},
		{"--at 2020-01-21T14:00 --days 2 --cutoff 15:00", 2, "--cutoff"},
		{"--at 2020-01-21T14:00 --days 2 --cutoff 15:00=later", 2, "danh mục"},
		{"--at 2020-01-21T14:00 --days 2 --cutoff 25:00=none", 2, "Giờ chốt"},
		{"--at 9990-01-21T14:00 --days 99999", 1, "ngoài lịch"},
		{"--at 2020-01-21T14:00 --days 2 --holidays /khong/co.csv", 1, "co.csv"},
		{"--days 2 --colour", 2, "Cách dùng"},
	} {
		var out, errOut strings.Builder
		code := runDue(strings.Fields(c.args), &out, &errOut)
		if code != c.code || out.Len() > 0 || !strings.Contains(errOut.String(), c.text) {
			t.Errorf("due %s: %d %q %q", c.args, code, out.String(), errOut.String())
		}
	}
}
