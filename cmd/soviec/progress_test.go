// SPDX-License-Identifier: Apache-2.0

package main

import (
	"strings"
	"testing"
)

// Where nobody looks on, each tenth is told once and the end once.
func TestProgressWithoutTerminal(t *testing.T) {
	var out strings.Builder
	p := newProgress(&out, "Nhập", 1000)
	for range 1000 {
		p.Add(1)
	}
	p.Add(5)
	p.Done()
	p.Done()
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 10 || lines[0] != "Nhập: 10%" || lines[8] != "Nhập: 90%" || !strings.HasPrefix(lines[9], "Nhập: xong 1.000/1.000 trong ") {
		t.Errorf("%q", lines)
	}
	out.Reset()
	p = newProgress(&out, "Đọc", 0)
	p.Set(3, 4)
	p.Done()
	if got := out.String(); !strings.HasPrefix(got, "Đọc: 70%\nĐọc: xong 3/4") {
		t.Errorf("%q", got)
	}
}

func TestNumbersAsTheyAreWritten(t *testing.T) {
	for n, want := range map[int64]string{0: "0", 999: "999", 1000: "1.000", 1234567: "1.234.567", -1234: "-1.234"} {
		if got := thousands(n); got != want {
			t.Errorf("%d: %s", n, got)
		}
	}
	for n, want := range map[int64]string{1: "1 KB", 1500: "2 KB", 3 << 20: "3,0 MB", 2000 << 20: "2.000 MB"} {
		if got := megabytes(n); got != want {
			t.Errorf("%d: %s", n, got)
		}
	}
}
