// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestLetterFromAFile(t *testing.T) {
	var out, errs bytes.Buffer
	if code := runLetter([]string{"--fields", "--at", "2026-01-05T09:30", "../../docs/layout/1.5.json"}, &out, &errs); code != 0 || !bytes.HasPrefix(out.Bytes(), []byte("%PDF-1.7")) {
		t.Fatalf("%d %s", code, errs.String())
	}
	bad := filepath.Join(t.TempDir(), "a.json")
	for text, want := range map[string]string{`{"type":"XX","agency":"A"}`: "Chọn loại văn bản", `{"kind":"QĐ"}`: "Tệp JSON không đúng"} {
		if err := os.WriteFile(bad, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		errs.Reset()
		if code := runLetter([]string{bad}, &out, &errs); code != 1 || !strings.Contains(errs.String(), want) {
			t.Errorf("%s: %d %s", text, code, errs.String())
		}
	}
	if code := runLetter(nil, &out, &errs); code != 2 {
		t.Errorf("no file: %d", code)
	}
}
