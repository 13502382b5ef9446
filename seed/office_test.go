// SPDX-License-Identifier: Apache-2.0

package seed

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"soviec/kit/civil"
)

// fold is how a search without marks sees a text: small letters, no marks, words between single blanks.
func fold(s string) string {
	var b strings.Builder
	gap := true
	for _, r := range norm.NFD.String(strings.ToLower(s)) {
		switch {
		case r == 'đ':
			b.WriteRune('d')
		case unicode.Is(unicode.Mn, r):
			continue
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(r)
		default:
			if !gap {
				b.WriteByte(' ')
			}
			gap = true
			continue
		}
		gap = false
	}
	return strings.TrimSpace(b.String())
}

// sane reports what is wrong with a text that people will read.
func sane(s string) string {
	switch {
	case !norm.NFC.IsNormalString(s):
		return "not NFC"
	case strings.TrimSpace(s) != s:
		return "blank at an end"
	case strings.Contains(s, "  "):
		return "two blanks"
	case strings.ContainsAny(s, "{}\n\t|"):
		return "a hole or a control character"
	case odd.MatchString(s):
		return "odd punctuation"
	case len([]rune(s)) > 500:
		return "longer than 500"
	}
	return ""
}

var odd = regexp.MustCompile(` [,.;:]|[,;:]{2}|\.\.|,\.|;\.|%!|năm \d{4} năm`)

func TestOfficeHangsTogether(t *testing.T) {
	o := Office()
	if len(o.People) != 25 {
		t.Errorf("%d people, want 25", len(o.People))
	}
	unit := map[string]Unit{}
	for _, u := range o.Units {
		unit[u.Key] = u
	}
	person := map[string]bool{}
	for _, p := range o.People {
		if person[p.Key] {
			t.Errorf("person %s twice", p.Key)
		}
		person[p.Key] = true
		if bad := sane(p.Name); bad != "" {
			t.Errorf("%q: %s", p.Name, bad)
		}
	}
	for _, day := range []civil.Date{civil.New(2019, 1, 2), mergeDay.AddDays(-1), mergeDay, civil.New(2026, 11, 24)} {
		divisions := 0
		for _, u := range o.Units {
			if u.Kind == "division" && u.From <= day && (u.To.IsZero() || day <= u.To) {
				divisions++
			}
		}
		if want := map[bool]int{true: 5, false: 3}[day < mergeDay]; divisions != want {
			t.Errorf("%s: %d divisions, want %d", day, divisions, want)
		}
		held := map[string]int{}
		for _, p := range o.Posts {
			if p.From <= day && (p.To.IsZero() || day <= p.To) {
				held[p.Person]++
				if u := unit[p.Unit]; u.From > day || !u.To.IsZero() && u.To < day {
					t.Errorf("%s: %s sits in %s, which is not there", day, p.Person, p.Unit)
				}
			}
		}
		for key := range person {
			if held[key] != 1 {
				t.Errorf("%s: %s holds %d posts", day, key, held[key])
			}
		}
		for _, f := range o.Fields {
			u := unit[f.UnitOn(day)]
			if u.Key == "" || u.From > day || !u.To.IsZero() && u.To < day {
				t.Errorf("%s: field %s has no unit", day, f.Key)
			}
		}
	}
	for _, m := range o.Merges {
		for _, from := range m.From {
			if unit[from].To.AddDays(1) != m.Day || unit[m.Into].Key == "" || !unit[m.Into].To.IsZero() {
				t.Errorf("merge of %s into %s does not fit the units", from, m.Into)
			}
		}
	}
	for _, u := range o.Units {
		if !person[u.Head] {
			t.Errorf("unit %s has no head", u.Key)
		}
	}
}

func TestDirectoryAndRules(t *testing.T) {
	o := Office()
	known := map[string]bool{}
	names := map[string]bool{}
	for _, i := range o.Issuers {
		if known[i.Key] || names[i.Name] {
			t.Errorf("issuer %s twice", i.Key)
		}
		known[i.Key], names[i.Name], known[i.Group] = true, true, true
		if i.Group != "cd" && (len(i.Signers) == 0 || i.Symbol == "" || i.Yearly == 0) {
			t.Errorf("issuer %s lacks a signer, a symbol or its numbers", i.Key)
		}
		for _, s := range append(i.Signers, Signer{i.Name, "x"}) {
			if bad := sane(s.Name + s.Title); bad != "" {
				t.Errorf("issuer %s: %s", i.Key, bad)
			}
		}
	}
	if len(o.Issuers) < 60 {
		t.Errorf("only %d issuers", len(o.Issuers))
	}
	order := 0
	for _, r := range o.Rules {
		if r.Order <= order {
			t.Errorf("rule %q out of order", r.Name)
		}
		order = r.Order
		for _, i := range r.Issuers {
			if !known[i] {
				t.Errorf("rule %q: no issuer or group %q", r.Name, i)
			}
		}
		for _, code := range r.Types {
			typeName(code)
		}
		if r.Lead != "" {
			unitNamed(r.Lead)
		}
		if r.Field != "" {
			fieldNamed(r.Field)
		}
	}
	for _, p := range patterns() {
		typeName(p.kind)
		fieldNamed(p.field)
		for _, s := range p.senders {
			if !known[s] {
				t.Errorf("pattern %q: no issuer or group %q", p.subject, s)
			}
		}
	}
	if n := len(patterns()); n < 120 {
		t.Errorf("only %d patterns", n)
	}
}

// Every pattern can be said in both eras by all who may say it, and every slot has a use.
func TestGrammarHasNoHoles(t *testing.T) {
	used := map[string]bool{}
	slot := regexp.MustCompile(`\{([^}]*)\}`)
	note := func(text string) {
		for _, m := range slot.FindAllStringSubmatch(text, -1) {
			used[m[1]] = true
		}
	}
	for _, values := range slots() {
		for _, era := range values {
			for _, v := range era {
				note(v)
			}
		}
	}
	all := patterns()
	for k := range all {
		p := &all[k]
		note(p.subject)
		said := false
		for _, day := range []civil.Date{civil.New(2019, 1, 15), civil.New(2019, 6, 3), civil.New(2019, 10, 1), civil.New(2026, 2, 3), civil.New(2026, 5, 20), civil.New(2026, 11, 24)} {
			dir := directory()
			for i := range dir {
				if !dir[i].On(day) || !p.fits(&dir[i], day) {
					continue
				}
				said = true
				for n := range 6 {
					d := &dice{state: uint64(n)}
					s := subjectOf(d, p, &dir[i], day)
					if bad := sane(s); bad != "" {
						t.Errorf("%s: %q", bad, s)
					}
				}
			}
		}
		if !said {
			t.Errorf("nobody ever says %q", p.subject)
		}
	}
	for _, list := range errands {
		for _, s := range list {
			note(s)
		}
	}
	for name := range slots() {
		if !used[name] {
			t.Errorf("slot %q is never used", name)
		}
	}
	if got := lunarYear(2019) + ", " + lunarYear(2026) + ", " + lunarYear(2027); got != "Kỷ Hợi, Bính Ngọ, Đinh Mùi" {
		t.Error(got)
	}
}

func TestLetters(t *testing.T) {
	for k, a := range Arrivals2019() {
		if k%3 != 0 {
			continue
		}
		l := LetterOf(a.Document)
		if len(l.Body) < 2 || len(l.Body) > 5 {
			t.Fatalf("%s: %d paragraphs", a.NumberRaw, len(l.Body))
		}
		if !strings.HasSuffix(l.Body[len(l.Body)-1], "./.") || strings.HasSuffix(l.Body[len(l.Body)-1], "../.") {
			t.Errorf("ends with %q", l.Body[len(l.Body)-1])
		}
		lines := slices.Concat(l.Body[:len(l.Body)-1], l.Addressees, l.Recipients, l.Capacity, l.Motto,
			[]string{l.Issuer, l.Number, l.Place, l.Subject, l.Signer})
		for _, s := range lines {
			if bad := sane(s); bad != "" {
				t.Errorf("%s: %s: %q", a.NumberRaw, bad, s)
			}
		}
		if again := LetterOf(a.Document); strings.Join(again.Body, "") != strings.Join(l.Body, "") {
			t.Fatal("the same document has two letters")
		}
	}
}
