// SPDX-License-Identifier: Apache-2.0

package seed

import (
	"math"
	"strings"
	"testing"

	"soviec/kit/civil"
)

// A phrase stands in a document if and only if it was planted there: as a phrase, as a set of
// words, with and without marks.
func TestPhrasesStandWhereTheyWerePlanted(t *testing.T) {
	const n = 30000
	var want [PhraseCount]int
	folded := make([]string, PhraseCount)
	for k, p := range Phrases() {
		folded[k] = fold(p)
		if bad := sane(p); bad != "" || !strings.Contains(" "+folded[k]+" ", " "+phrases[k].alone+" ") {
			t.Errorf("%q: %s, or %q is not among its words", p, bad, phrases[k].alone)
		}
	}
	seen := map[string]bool{}
	no, year := 0, 0
	var last Synthetic
	for s := range Bulk(n, 7) {
		if y := civil.Of(s.Received).Year(); y != year {
			year, no = y, 0
		}
		if no++; s.No != no || s.Received.Before(last.Received) {
			t.Fatalf("document %d: number %d, want %d", s.Index, s.No, no)
		}
		last = s
		if bad := sane(s.Subject); bad != "" {
			t.Fatalf("%s: %q", bad, s.Subject)
		}
		if s.Done.IsZero() || s.Done > s.Due || s.Done <= s.Date {
			t.Fatalf("document %d: done %s, due %s", s.Index, s.Done, s.Due)
		}
		key := s.NumberRaw + s.IssuerName + s.Date.String()[:4]
		if seen[key] {
			t.Fatalf("%s of %s twice", s.NumberRaw, s.IssuerName)
		}
		seen[key] = true
		all := " " + fold(strings.Join([]string{s.Subject, s.IssuerName, s.NumberRaw, s.Signer, s.SignerTitle, typeName(s.Type)}, " ")) + " "
		for k := range PhraseCount {
			planted := s.Planted>>k&1 == 1
			if planted {
				want[k]++
			}
			word := strings.Contains(all, " "+phrases[k].alone+" ")
			whole := strings.Contains(all, folded[k])
			if word != planted || whole != planted || strings.Contains(s.Subject, phrases[k].text) != planted {
				t.Fatalf("%q planted %v, its word found %v, the whole %v: %s | %s | %s", phrases[k].text, planted, word, whole, s.Subject, s.IssuerName, s.Signer)
			}
		}
	}
	if got := Planted(n, 7); got != want {
		t.Errorf("Planted says %v, there are %v", got, want)
	}
	for k, mille := range PhraseRates() {
		if got := float64(want[k]) / n * 1000; mille < 10 || mille > 100 || math.Abs(got-float64(mille)) > 6 {
			t.Errorf("%q: %.1f ‰, want %d ‰", phrases[k].text, got, mille)
		}
	}
}

const bulkHash = "a32f602edca22e25"

func TestBulkIsTheSameAndStops(t *testing.T) {
	var some []Synthetic
	for s := range Bulk(300, 1) {
		some = append(some, s)
	}
	if got := hashOf(t, some); got != bulkHash {
		t.Errorf("hash of the bulk is %q, was %q", got, bulkHash)
	}
	a, b := "", ""
	for s := range Bulk(500, 3) {
		a += s.Subject + s.NumberRaw
	}
	for s := range Bulk(500, 3) {
		b += s.Subject + s.NumberRaw
	}
	if a != b {
		t.Error("two runs differ")
	}
	for s := range Bulk(500, 3) {
		if s.Index == 9 {
			break
		}
	}
	for range Bulk(0, 1) {
		t.Error("a document out of none")
	}
}

// At most five microseconds each are promised; the benchmark shows about one.
func BenchmarkBulk(b *testing.B) {
	for range Bulk(b.N, 1) {
	}
}
