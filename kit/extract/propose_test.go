// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"context"
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// labels are the right answers for the sample documents.
func labels(t *testing.T, dir string) []map[string]string {
	f, err := os.Open(filepath.Join(dir, "labels.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma, r.LazyQuotes = '\t', true
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var all []map[string]string
	for _, row := range rows[1:] {
		m := map[string]string{}
		for i, name := range rows[0] {
			m[name] = row[i]
		}
		all = append(all, m)
	}
	return all
}

func fields(p Proposal) map[string]string {
	date := p.Date.String()
	return map[string]string{
		"doc_type": p.Type, "number": p.Number, "symbol": p.Notation, "agency": p.Issuer, "parent_agency": p.ParentIssuer,
		"place": p.Place, "date": date, "subject": p.Subject, "addressee": p.Addressee, "signer": p.Signer,
		"signer_title": p.SignerTitle, "sign_mode": p.SignMode, "urgency": []string{"Thường", "Khẩn", "Thượng khẩn", "Hỏa tốc"}[p.Urgency],
		"deadlines": strings.Join(p.DueDates, "|"),
	}
}

// The share of the samples on which a field must be right, to the letter but
// for capitals and the place of tones.
func TestProposeOnSamples(t *testing.T) {
	dir := samples(t, "capture")
	w := newWorker(t, Limits{})
	least := map[string]int{"doc_type": 13, "number": 13, "symbol": 13, "agency": 13, "date": 13, "subject": 13, "urgency": 13, "place": 13, "signer": 12, "addressee": 11, "deadlines": 13}
	right, exact, all := map[string]int{}, map[string]int{}, 0
	check := func(id, text string, want map[string]string) {
		all++
		for name, got := range fields(Propose(text)) {
			if want[name] == "-" {
				right[name]++
				exact[name]++
				continue
			}
			if got == want[name] {
				exact[name]++
			}
			if key(got) == key(want[name]) {
				right[name]++
			} else {
				t.Logf("%s %s:\n got %q\nwant %q", id, name, got, want[name])
			}
		}
	}
	for _, row := range labels(t, dir) {
		b, err := os.ReadFile(filepath.Join(dir, row["id"]+".txt"))
		if err != nil {
			t.Fatal(err)
		}
		check(row["id"], string(b), row)
		pdf, err := os.Open(filepath.Join(dir, row["id"]+".pdf"))
		if err != nil {
			continue
		}
		facts, err := w.Extract(context.Background(), pdf)
		pdf.Close()
		if err != nil {
			t.Fatal(err)
		}
		check(row["id"]+".pdf", facts.FirstPage(), row)
	}
	for name := range fields(Proposal{}) {
		t.Logf("%-14s %d of %d right, %d to the letter", name, right[name], all, exact[name])
		if right[name] < least[name] {
			t.Errorf("%s: %d of %d right, want at least %d", name, right[name], all, least[name])
		}
	}
}
