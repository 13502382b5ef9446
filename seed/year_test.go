// SPDX-License-Identifier: Apache-2.0

package seed

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"math"
	"slices"
	"testing"
	"time"

	"soviec/kit/civil"
)

// The year is what it was when somebody last looked at it. A change of the grammar changes
// this value; that is to be wanted, not to happen.
const yearHash = "b3d638ffc3bac81d"

func hashOf(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:8])
}

func TestTheYearIsFixed(t *testing.T) {
	if got := hashOf(t, Arrivals2019()); got != yearHash {
		t.Errorf("hash of the year is %q, was %q", got, yearHash)
	}
}

func TestTheYear(t *testing.T) {
	all := Arrivals2019()
	if len(all) != 2874 {
		t.Fatalf("%d documents, want 2874", len(all))
	}
	cal := civil.Default()
	subjects := map[string]int{}
	electronic, due, extended, urgent, invited, petitions := 0, 0, 0, 0, 0, 0
	perDay := map[civil.Date]int{}
	for k, a := range all {
		day := civil.Of(a.Received)
		perDay[day]++
		if a.No != k+1 {
			t.Fatalf("number %d at place %d", a.No, k)
		}
		if day.Year() != 2019 || !cal.WorkingDay(day) || !cal.NextWorkingInstant(a.Received).Equal(a.Received) {
			t.Errorf("%d arrives at %s, outside working hours of 2019", a.No, a.Received)
		}
		if civil.Of(a.Registered) != day || !cal.NextWorkingInstant(a.Registered).Equal(a.Registered) {
			t.Errorf("%d is registered on another day", a.No)
		}
		if lag := day.Sub(a.Date); lag < 0 || lag > 6 {
			t.Errorf("%d is dated %d days before it arrives", a.No, lag)
		}
		if bad := sane(a.Subject); bad != "" {
			t.Errorf("%d: %s: %q", a.No, bad, a.Subject)
		}
		for _, s := range []string{a.Directive.Text, a.Outcome.Text} {
			if bad := sane(s); bad != "" || s == "" {
				t.Errorf("%d: %s: %q", a.No, bad, s)
			}
		}
		subjects[a.Subject]++
		if a.Electronic() {
			electronic++
		}
		if a.Urgency > 0 {
			urgent++
		}
		switch a.Type {
		case "GM":
			invited++
			if !a.MeetingAt.After(a.Received) || a.MeetingIn == "" {
				t.Errorf("%d: a meeting without time or place", a.No)
			}
		case "ĐƠN":
			petitions++
		}
		steps := []time.Time{a.Received, a.Registered, a.Submitted, a.Directive.At, a.Directive.Given}
		o, end := a.Outcome, a.Directive.Due
		if o.Extended() {
			extended++
			steps = append(steps, o.AskedAt, o.AllowedAt)
			if o.AllowedAt.After(cal.EndOfDay(end)) || o.NewDue <= end {
				t.Errorf("%d: an extension too late or to an earlier day", a.No)
			}
			end = o.NewDue
		}
		steps = append(steps, o.At, o.Confirmed)
		for n := 1; n < len(steps); n++ {
			if !steps[n].After(steps[n-1]) {
				t.Errorf("%d: step %d at %s is not after %s", a.No, n, steps[n], steps[n-1])
			}
		}
		if !end.IsZero() {
			due++
			if o.At.After(cal.EndOfDay(end)) {
				t.Errorf("%d: answered at %s, due on %s", a.No, o.At, end)
			}
			if a.Directive.Due <= day {
				t.Errorf("%d: due before it arrived", a.No)
			}
		}
		if got := unitOf(a.Directive.Person, civil.Of(a.Directive.At)); got != a.Directive.Unit {
			t.Errorf("%d: %s sits in %s, not in %s", a.No, a.Directive.Person, got, a.Directive.Unit)
		}
		if slices.Contains(a.Directive.Coop, a.Directive.Unit) || slices.Contains(a.Directive.Info, a.Directive.By) {
			t.Errorf("%d: somebody twice in the directive", a.No)
		}
		if k > 0 && !a.Registered.After(all[k-1].Registered) {
			t.Errorf("%d is registered before %d", a.No, a.No-1)
		}
	}
	near := func(what string, got int, want, slack float64) {
		if share := float64(got) / 2874; math.Abs(share-want) > slack {
			t.Errorf("%s: %.1f %%, want about %.0f %%", what, 100*share, 100*want)
		}
	}
	near("electronic", electronic, .78, .001)
	near("with a due day", due, .45, .03)
	near("urgent", urgent, .13, .04)
	near("invitations", invited, .05, .02)
	near("petitions", petitions, .01, .007)
	if extended < 5 || extended > 20 {
		t.Errorf("%d extended, want a handful", extended)
	}
	if len(subjects) < 2000 {
		t.Errorf("%d subjects, want 2000", len(subjects))
	}
	if len(perDay) != 252 {
		t.Errorf("documents on %d days, want all 252", len(perDay))
	}
	monday, friday := 0, 0
	for day, n := range perDay {
		switch day.Weekday() {
		case time.Monday:
			monday += n
		case time.Friday:
			friday += n
		}
	}
	if monday*10 < friday*12 {
		t.Errorf("Mondays %d, Fridays %d: Mondays should be heavy", monday, friday)
	}
}

// Numbers of one issuer and type rise with the dates, and no two documents share one.
func TestNumbersRise(t *testing.T) {
	var docs []Document
	for _, a := range Arrivals2019() {
		docs = append(docs, a.Document)
	}
	slices.SortStableFunc(docs, func(a, b Document) int { return a.Date.Compare(b.Date) })
	last := map[string]int{}
	seen := map[string]bool{}
	for _, doc := range docs {
		if doc.Issuer == "congdan" {
			if doc.NumberRaw != "" {
				t.Errorf("a citizen's letter has the number %s", doc.NumberRaw)
			}
			continue
		}
		series := doc.Issuer + doc.Type + string(rune(doc.Date.Year()))
		n := 0
		for _, r := range doc.Number {
			if r == '/' {
				break
			}
			n = n*10 + int(r-'0')
		}
		if n <= last[series] {
			t.Errorf("%s of %s: %d after %d", doc.NumberRaw, doc.IssuerName, n, last[series])
		}
		last[series] = n
		key := doc.Issuer + doc.NumberRaw + doc.Date.String()[:4]
		if seen[key] || len([]rune(doc.Number)) > 11 || len([]rune(doc.Notation)) > 30 {
			t.Errorf("%s of %s: twice or too long", doc.NumberRaw, doc.IssuerName)
		}
		seen[key] = true
	}
	replies := map[string]bool{}
	for _, a := range Arrivals2019() {
		if r := a.Outcome.Reply; r != "" && civil.Of(a.Outcome.At).Year() == Year {
			if replies[r] {
				t.Errorf("reply %s twice", r)
			}
			replies[r] = true
		}
	}
}
