// SPDX-License-Identifier: Apache-2.0

package pades

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// sampleDir is where the shared sample files lie (SOVIEC_PDFSIG names another place).
// They are other people's, under their licences, and are not kept here.
func sampleDir() string {
	if dir := os.Getenv("SOVIEC_PDFSIG"); dir != "" {
		return dir
	}
	return "../../../shared/testdata/pdfsig"
}

func judged(b []byte) *Report {
	return Verify(context.Background(), bytes.NewReader(b), int64(len(b)), Options{At: time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)})
}

// line is the machine form with reasons, for failures.
func line(r *Report) string {
	var out strings.Builder
	fmt.Fprintf(&out, "signatures %d intact %v modification %s revisions %d", r.Signatures, r.Intact, r.Modification, r.Revisions)
	for _, p := range r.Reasons {
		fmt.Fprintf(&out, "\n      file: %v", p)
	}
	for _, v := range r.Verdicts {
		fmt.Fprintf(&out, "\n      %q stamp %v removed %v rev %d: %s %s %s %s", v.Field, v.Stamp, v.Removed, v.Revision, v.Integrity, v.Coverage, v.Changes, v.Level)
		for _, p := range v.Reasons {
			fmt.Fprintf(&out, "\n         %v", p)
		}
	}
	return out.String()
}

// TestSharedSamples compares with the verdicts of the table. Columns: signatures, intact
// and modification list what is accepted, separated by bars; verdict accept means that
// the bottom line must be good (intact, and none or allowed), reject that it must not,
// any is not scored.
func TestSharedSamples(t *testing.T) {
	table, err := os.ReadFile(filepath.Join(sampleDir(), "expected.tsv"))
	if err != nil {
		t.Log("the shared samples are not at hand:", err)
		return
	}
	rows := strings.Split(strings.TrimSpace(string(table)), "\n")[1:]
	exact, scored, right, falseAccept := 0, 0, 0, 0
	for _, row := range rows {
		c := strings.Split(row, "\t")
		b, err := os.ReadFile(filepath.Join(sampleDir(), "files", c[0]))
		if err != nil {
			t.Fatal(err)
		}
		r := judged(b)
		has := func(list, x string) bool { return slices.Contains(strings.Split(list, "|"), x) }
		yes := map[bool]string{true: "yes", false: "no"}
		ok := has(c[3], fmt.Sprint(r.Signatures)) && has(c[5], yes[r.Intact]) && has(c[6], string(r.Modification))
		if ok {
			exact++
		}
		accepted := r.Signatures > 0 && r.Intact && r.Modification != Illegal
		bottom := true
		if c[7] != "any" {
			scored++
			if bottom = accepted == (c[7] == "accept"); bottom {
				right++
			}
			if accepted && c[7] == "reject" {
				falseAccept++
			}
		}
		if !ok || !bottom {
			t.Logf("%s: want %s %s %s %s (%s: %s)\n   got %s", c[0], c[3], c[5], c[6], c[7], c[8], c[9], line(r))
		}
	}
	t.Logf("%d files: exact %d; bottom line right %d of %d; false accepts %d", len(rows), exact, right, scored, falseAccept)
	if falseAccept > 0 || right < scored-1 || exact < len(rows)-5 {
		t.Error("below what must be reached")
	}
}

func verifyWith(b []byte, opt Options) *Report {
	opt.At = time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)
	return Verify(context.Background(), bytes.NewReader(b), int64(len(b)), opt)
}
