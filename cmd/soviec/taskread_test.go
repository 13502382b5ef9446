// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

func TestTaskReadPrintsOneLine(t *testing.T) {
	dir := t.TempDir()
	people := filepath.Join(dir, "people.tsv")
	if err := os.WriteFile(people, []byte("name\tunit\r\nLý Thanh Hải\tPhòng Chính sách Dân tộc\r\nBế Ngọc Hà\tPhòng Chính sách Dân tộc\r\nHoàng Văn Minh\tVăn phòng\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		line string
		want string
	}{
		{"Hải, báo cáo quà Tết, trước 16h thứ Sáu", `{"lead":"Lý Thanh Hải","coop":[],"due":"2026-11-27T16:00","subject":"Báo cáo quà Tết"}`},
		{"Hải phối hợp với Hà soạn tờ trình, trong 3 ngày làm việc", `{"lead":"Lý Thanh Hải","coop":["Bế Ngọc Hà"],"due":"2026-11-27","subject":"Soạn tờ trình"}`},
		{"phòng CS rà soát danh sách, ngày 29/11", `{"lead":"Phòng Chính sách Dân tộc","coop":[],"due":"2026-11-29","subject":"Rà soát danh sách"}`},
		{"Quang soạn \"tờ trình\" hằng tháng", `{"lead":"","coop":[],"due":"","subject":"Quang soạn \"tờ trình\""}`},
	} {
		var out, errOut bytes.Buffer
		if code := runTask([]string{"read", "--people", people, "--now", "2026-11-23T08:00", c.line}, &out, &errOut); code != 0 || out.String() != c.want+"\n" || errOut.Len() > 0 {
			t.Errorf("%s: %d %s %s", c.line, code, out.String(), errOut.String())
		}
	}
	for _, args := range [][]string{nil, {"write"}, {"read", "x", "y"}, {"read", "--people", people, "--now", "mai", "x"}} {
		if code := runTask(args, &bytes.Buffer{}, &bytes.Buffer{}); code != 2 {
			t.Errorf("%v: %d", args, code)
		}
	}
	if code := runTask([]string{"read", "--people", people + "x", "--now", "2026-11-23T08:00", "x"}, &bytes.Buffer{}, &bytes.Buffer{}); code != 1 {
		t.Error(code)
	}
}
