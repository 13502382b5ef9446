// SPDX-License-Identifier: Apache-2.0

package seed

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"soviec/kit/civil"
)

// checkCurrent holds the stories of a day against everything that story.go promises.
func checkCurrent(t rapid.TB, today civil.Date) {
	cal := civil.Default()
	all := Current(today)
	count := map[State]int{}
	late := map[string]bool{}
	longest, documents, files, waiting, electronic := 0, 0, 0, 0, 0
	midnight := civil.At(today, 0, 0)
	keys := map[string]bool{}
	var registered, earliest = midnight, all[0].Steps[0].At
	registered = earliest.Add(-1)
	two := cal.AddWorkingDays(cal.OnOrAfter(today), 2)
	for _, s := range all {
		count[s.State]++
		if keys[s.Key] {
			t.Fatalf("%s: key %s twice", today, s.Key)
		}
		keys[s.Key] = true
		if bad := sane(s.Title); bad != "" {
			t.Fatalf("%s: %s: %q", today, bad, s.Title)
		}
		if s.Doc != nil {
			documents++
			if s.File {
				files++
			}
			if s.Doc.Electronic() {
				electronic++
			}
			if !s.Steps[0].At.After(registered) || s.Steps[0].Do != Registered || civil.Of(s.Steps[0].At) != civil.Of(s.Doc.Received) {
				t.Fatalf("%s %s: registered out of order", today, s.Key)
			}
			registered = s.Steps[0].At
			if lag := civil.Of(s.Doc.Received).Sub(s.Doc.Date); lag < 0 || lag > 6 {
				t.Fatalf("%s %s: dated %d days back", today, s.Key, lag)
			}
		} else if s.Steps[0].Do != Given || s.File {
			t.Fatalf("%s %s: direct work begins with %s", today, s.Key, s.Steps[0].Do)
		}
		due, urged, holder := civil.Date(0), 0, ""
		for k, step := range s.Steps {
			if k > 0 && !step.At.After(s.Steps[k-1].At) || !step.At.Before(midnight) {
				t.Fatalf("%s %s: step %s at %s out of order", today, s.Key, step.Do, step.At)
			}
			if !cal.NextWorkingInstant(step.At).Equal(step.At) {
				t.Fatalf("%s %s: step %s at %s, outside working hours", today, s.Key, step.Do, step.At)
			}
			if bad := sane(step.Text); bad != "" {
				t.Fatalf("%s %s: %s: %q", today, s.Key, bad, step.Text)
			}
			unitOf(step.By, today)
			switch step.Do {
			case Directed, Given, Redirected:
				due = step.Due
				holder = step.Person
				if !due.IsZero() && due < civil.Of(step.At) {
					t.Fatalf("%s %s: due %s before the directive", today, s.Key, due)
				}
				if (s.State == Late || s.State == Soon) && len(step.Coop) > 0 {
					t.Fatalf("%s %s: who helps with work due %s stands on no desk of the plan", today, s.Key, due)
				}
				if slices.Contains(step.Coop, step.Unit) || slices.Contains(step.Info, step.By) {
					t.Fatalf("%s %s: somebody twice in a directive", today, s.Key)
				}
			case Accepted:
				holder = step.By
			case Assigned:
				holder = step.Person
				if step.Due != due {
					t.Fatalf("%s %s: inner due %s, outer %s", today, s.Key, step.Due, due)
				}
			case ExtensionAllowed:
				due = step.Due
			case ExtensionAsked:
				if step.Due <= due {
					t.Fatalf("%s %s: asks for an earlier day", today, s.Key)
				}
			case Reminded:
				urged++
				if step.Person != holder || civil.Of(step.At) <= due {
					t.Fatalf("%s %s: reminded the wrong one or too early", today, s.Key)
				}
			case Progressed, Reported:
				if step.By != holder {
					t.Fatalf("%s %s: %s by %s, held by %s", today, s.Key, step.Do, step.By, holder)
				}
			case Returned:
				holder = ""
			}
		}
		if due != s.Due || urged != s.Urged || holder != s.Holder {
			t.Fatalf("%s %s: the steps say %s %d %s, the story %s %d %s", today, s.Key, due, urged, holder, s.Due, s.Urged, s.Holder)
		}
		if s.Holder != "" && unitOf(s.Holder, today) != s.Unit {
			t.Fatalf("%s %s: %s does not sit in %s", today, s.Key, s.Holder, s.Unit)
		}
		switch s.State {
		case Late:
			late[s.Holder] = true
			days := cal.DaysLate(s.Due, today)
			if s.Due >= today || days < 1 {
				t.Fatalf("%s %s: due %s is not late", today, s.Key, s.Due)
			}
			if days > longest {
				longest = days
				if days == LongestLate && (s.Title != LongestLateTitle || s.Holder != LongestLateHolder || s.Urged != 3) {
					t.Fatalf("%s: the longest late is %q of %s", today, s.Title, s.Holder)
				}
			}
		case Soon:
			if s.Due <= today || cal.WorkingDaysBetween(today, s.Due) > 2 {
				t.Fatalf("%s %s: due %s is not soon", today, s.Key, s.Due)
			}
		case Undated:
			if !s.Due.IsZero() {
				t.Fatalf("%s %s: undated, but due %s", today, s.Key, s.Due)
			}
		case Open, AskedExtension, AwaitingConfirmation, GivenBack:
			if s.Due <= two {
				t.Fatalf("%s %s: open, but due %s", today, s.Key, s.Due)
			}
		case AwaitingDirective:
			waiting++
		case InQueue, VoidWaiting:
			// Within the limit: to be handed on at the latest on the next working day.
			if cal.NextWorkingDay(civil.Of(s.Steps[0].At)) < today || s.Doc.Urgency != 0 {
				t.Fatalf("%s %s: past the limit", today, s.Key)
			}
		case InQueueLate:
			if cal.NextWorkingDay(civil.Of(s.Steps[0].At)) >= today {
				t.Fatalf("%s %s: not past the limit", today, s.Key)
			}
		}
	}
	for _, want := range []struct {
		what      string
		got, want int
	}{
		{"late", count[Late], 14}, {"late officers", len(late), 6}, {"soon", count[Soon], 11},
		{"undated", count[Undated], UndatedCount}, {"waiting for a directive", waiting, 3}, {"given back", count[GivenBack], 1},
		{"queue", count[InQueue] + count[InQueueLate] + count[VoidWaiting], 4}, {"queue past the limit", count[InQueueLate], 1},
		{"void", count[VoidWaiting], 1}, {"extensions", count[AskedExtension], 2}, {"results", count[AwaitingConfirmation], 3},
		{"documents", documents, DocumentsInStory}, {"direct work", len(all) - documents, DirectWork},
		{"files", files, 60}, {"longest", longest, LongestLate}, {"electronic", electronic, DocumentsInStory * 78 / 100},
	} {
		if want.got != want.want {
			t.Fatalf("%s: %s: %d, want %d", today, want.what, want.got, want.want)
		}
	}
	checkAbsences(t, today, all)
}

func checkAbsences(t rapid.TB, today civil.Date, all []Story) {
	absences, covering := Absences(today), 0
	for _, a := range absences {
		if a.From > a.To || a.Person == a.StandIn || !a.DeclaredAt.Before(civil.At(min(a.From, today), 0, 0)) {
			t.Fatalf("%s: bad absence of %s", today, a.Person)
		}
		if a.From <= today && today <= a.To {
			covering++
		}
		for _, s := range all {
			for _, step := range s.Steps {
				if d := civil.Of(step.At); step.By == a.Person && a.From <= d && d <= a.To {
					t.Fatalf("%s: %s acts while away", today, a.Person)
				}
			}
		}
	}
	if len(absences) != 3 || covering != 1 {
		t.Fatalf("%s: %d absences, %d today", today, len(absences), covering)
	}
}

// Every day of fourteen months, holidays and weekends among them.
func TestCurrentOnEveryDay(t *testing.T) {
	step := 1
	if testing.Short() {
		step = 5
	}
	for day := civil.New(2026, 10, 1); day < civil.New(2027, 12, 1); day = day.AddDays(step) {
		checkCurrent(t, day)
	}
}

// Any day of many years: no list of holidays reaches there, but the counts hold.
func TestCurrentOnAnyDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		checkCurrent(t, civil.New(2020, 3, 1).AddDays(rapid.IntRange(0, 365*15).Draw(t, "day")))
	})
}

const currentHash = "f36fb000afe0cb49"

func TestCurrentIsFixed(t *testing.T) {
	day := civil.New(2026, 11, 24)
	if got := hashOf(t, Current(day)); got != currentHash {
		t.Errorf("hash of the stories is %q, was %q", got, currentHash)
	}
	if again := hashOf(t, Current(day)); again != currentHash {
		t.Errorf("a second call gives %q", again)
	}
	if y, n := FirstNumber(day); y != 2026 || n < 2200 || n > 2300 {
		t.Errorf("the register would start with %d/%d", n, y)
	}
}

func BenchmarkCurrent(b *testing.B) {
	for b.Loop() {
		Current(civil.New(2026, 11, 24))
	}
}
