// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestVerifyPDF(t *testing.T) {
	dir := t.TempDir()
	broken := filepath.Join(dir, "hong.pdf")
	if err := os.WriteFile(broken, []byte("%PDF-1.4\nkhông phải PDF"), 0o600); err != nil {
		t.Fatal(err)
	}
	plain := "../../kit/pdf/testdata/plain.pdf"
	for _, c := range []struct {
		name string
		args []string
		code int
		out  string
	}{
		{"no file", nil, 2, ""},
		{"help", []string{"--help"}, 0, "--trust THƯ_MỤC"},
		{"missing", []string{filepath.Join(dir, "none.pdf")}, 1, ""},
		{"a bad time", []string{"--at", "hôm qua", plain}, 2, ""},
		{"online without a store", []string{"--online", plain}, 2, ""},
		{"no signature", []string{plain}, 3, "Không có chữ ký số"},
		{"no signature, for programs", []string{"--json", plain}, 3, `{"signatures":0,"intact":false,"modification":"none",`},
		{"broken", []string{broken}, 1, "Không hợp lệ"},
		{"with a password", []string{"../../kit/pdf/testdata/password.pdf"}, 3, "mật khẩu"},
		{"several", []string{"--json", plain, broken}, 1, `"summary":"invalid"`},
	} {
		var out, errOut bytes.Buffer
		code := runVerifyPDF(context.Background(), c.args, &out, &errOut)
		if code != c.code || !strings.Contains(out.String(), c.out) {
			t.Errorf("%s: %d, want %d\n%s%s", c.name, code, c.code, out.String(), errOut.String())
		}
		if len(c.args) > 0 && c.args[0] == "--json" {
			for _, line := range strings.Split(strings.TrimSpace(out.String()), "\n") {
				if !json.Valid([]byte(line)) {
					t.Errorf("%s: no JSON: %s", c.name, line)
				}
			}
		}
	}
}
