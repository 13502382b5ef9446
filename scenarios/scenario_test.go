// SPDX-License-Identifier: Apache-2.0

// Package scenarios tells what the office must do, in Vietnamese sentences, and runs them through the real door.
//
// May enter: sentences, each tied to one function; the model office; what pages show.
// May not: a way into the office beside its door, rules of the office.
package scenarios

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"soviec/kit/store"
	"soviec/kit/store/storetest"
	"soviec/office/org/orgtest"
)

var update = flag.Bool("update", false, "rewrite what is seen under the steps, and docs/scenarios.md")

func TestScenarios(t *testing.T) {
	t.Parallel()
	for _, sc := range readScenarios(t) {
		t.Run(strings.TrimSuffix(sc.file, ".txt"), func(t *testing.T) {
			t.Parallel()
			if *update {
				got := sc.run(t, storetest.Open(t))
				if !t.Failed() {
					if err := os.WriteFile(sc.file, []byte(sc.rewritten(got)), 0o644); err != nil {
						t.Fatal(err)
					}
				}
				return
			}
			storetest.Each(t, func(t *testing.T, db *store.DB) { sc.run(t, db) })
		})
	}
}

func readScenarios(t *testing.T) []scenario {
	t.Helper()
	names, err := filepath.Glob("*.txt")
	if err != nil || len(names) == 0 {
		t.Fatal("no scenarios", err)
	}
	var out []scenario
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		sc, err := parse(name, string(raw))
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, sc)
	}
	return out
}

// run plays the scenario and returns what was seen under the steps that look.
func (sc scenario) run(t *testing.T, db *store.DB) map[int]shown {
	o := newOffice(t, db)
	got := map[int]shown{}
	for i, st := range sc.steps {
		r, a := sc.find(t, st)
		if (i == 0) != (r.pattern == timeRules[0].pattern) {
			t.Fatalf("%s:%d: bước đầu tiên, và chỉ bước ấy, là %q", sc.file, st.line, timeRules[0].pattern)
		}
		o.at = st
		o.at.text = sc.file + ":" + number(int64(st.line)) + ": " + st.text
		o.turned = false
		saw := r.do(o, a)
		if !o.turned {
			o.clock.Add(time.Minute) // nothing happens twice in a minute
		}
		o.background()
		shown, problem, hopeless := sc.compare(st, saw)
		switch {
		case hopeless:
			t.Fatal(problem)
		case problem != "" && !*update:
			t.Error(problem)
		}
		if st.refused || len(st.says) > 0 || len(st.table) > 0 {
			got[st.line] = shown
		}
	}
	o.verify()
	return got
}

// find is the one sentence that the step is.
func (sc scenario) find(t *testing.T, st step) (*rule, args) {
	var found *rule
	var filled args
	for c := range chapters {
		for i := range chapters[c].rules {
			r := &chapters[c].rules[i]
			a, ok, err := r.match(st.text)
			switch {
			case err != nil:
				t.Fatalf("%s:%d: %v", sc.file, st.line, err)
			case ok && found != nil:
				t.Fatalf("%s:%d: hai câu cùng khớp: %q và %q", sc.file, st.line, found.pattern, r.pattern)
			case ok:
				found, filled = r, a
			}
		}
	}
	if found == nil {
		t.Fatalf("%s:%d: không câu nào khớp: %s\nCác câu ở docs/scenarios.md.", sc.file, st.line, st.text)
	}
	return found, filled
}

// compare holds what is seen against what the scenario says must be seen. The problem
// begins with file and line; hopeless says that the story cannot go on.
func (sc scenario) compare(st step, saw seen) (got shown, problem string, hopeless bool) {
	at := fmt.Sprintf("%s:%d: ", sc.file, st.line)
	says := saw.sentences()
	said := "\n  > " + strings.Join(says, "\n  > ")
	switch {
	case st.refused && !saw.refused():
		return got, at + "cơ quan phải từ chối, nhưng đã nhận: " + st.text + said, true
	case !st.refused && saw.refused():
		return got, at + "bị từ chối: " + st.text + said, true
	}
	if st.refused || len(st.says) > 0 {
		if got.says = says; !slices.Equal(says, st.says) {
			problem = at + st.text + "\ntrang nói:" + said + "\nkịch bản chờ:\n  > " + strings.Join(st.says, "\n  > ")
		}
	}
	if len(st.table) == 0 {
		return got, problem, false
	}
	if saw.table == nil {
		return got, at + "bước này không cho xem bảng nào: " + st.text, true
	}
	rows, err := saw.table(saw.page).show(st.table, saw.keyed)
	if err != nil {
		return got, at + err.Error(), true
	}
	if got.table = rows; !slices.EqualFunc(rows, st.table, slices.Equal) {
		problem = cmpOr(problem, at+st.text) + "\ntrang cho thấy:\n" + strings.Join(layOut(rows), "\n") + "\nkịch bản chờ:\n" + strings.Join(layOut(st.table), "\n")
	}
	return got, problem, false
}

func TestEverybodyOfTheCastWorksInTheModelOffice(t *testing.T) {
	t.Parallel()
	names := map[string]string{}
	for _, p := range orgtest.Office().People {
		names[p.Username] = p.Name
	}
	if len(cast) != len(names) {
		t.Errorf("%d people in cast.toml, %d in the model office", len(cast), len(names))
	}
	for _, p := range cast {
		if names[p.Username] != p.Full {
			t.Errorf("cast.toml says %s is %s, the model office %q", p.Username, p.Full, names[p.Username])
		}
	}
}
