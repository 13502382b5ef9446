// SPDX-License-Identifier: Apache-2.0

package formcheck_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"soviec/kit/extract"
	"soviec/kit/formcheck"
	"soviec/kit/letter"
)

// What the program sets itself passes, and what is wrong is found where it stands.
func TestPDFsOfTheProgramPass(t *testing.T) {
	w := &extract.Worker{Cache: filepath.Join(os.TempDir(), "soviec-test-pdf"), Limits: extract.Limits{Time: time.Minute}}
	defer w.Close()
	pdf := func(l letter.Letter, o formcheck.Options) []formcheck.Finding {
		t.Helper()
		set, err := letter.Set(l, letter.Options{At: time.Date(2026, 3, 9, 8, 0, 0, 0, time.UTC)})
		if err != nil {
			t.Fatal(err)
		}
		found, err := formcheck.File(context.Background(), w, bytes.NewReader(set.PDF), int64(len(set.PDF)), "a.pdf", o)
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	for name, l := range good() {
		set, err := letter.Set(l, letter.Options{})
		if err != nil {
			t.Fatal(err)
		}
		layout, err := w.Lines(context.Background(), bytes.NewReader(set.PDF))
		if err != nil {
			t.Fatal(err)
		}
		if all := formcheck.PDF(layout.Lines, layout.Sizes, formcheck.Options{Type: l.Type, Numbered: true}); len(all) > 0 {
			t.Errorf("%s:%s", name, told(all))
		}
		if all := formcheck.PDF(layout.Lines, layout.Sizes, formcheck.Options{}); len(all) > 0 && name != "ThC" && name != "HĐ" {
			t.Errorf("%s, its type not told:%s", name, told(all))
		}
		if testing.Short() {
			break
		}
	}
	l := good()["CV"]
	l.Addressees, l.Recipients = nil, []string{"Như trên"}
	got := pdf(l, formcheck.Options{Type: "CV"})
	if codes(got) != "B:KINH-GUI B:LUU-VT" {
		t.Errorf("%s%s", codes(got), told(got))
	}
	for _, f := range got {
		if f.Code == "LUU-VT" && f.Place.Page != 1 {
			t.Errorf("%+v", f.Place)
		}
	}
}
