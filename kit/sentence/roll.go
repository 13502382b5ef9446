// SPDX-License-Identifier: Apache-2.0

package sentence

import (
	"slices"
	"strings"

	"soviec/kit/find"
)

// A Roll is the people and the units that a line may name, made ready for reading. It does not
// change and may be kept as long as they do not change.
type Roll struct {
	people []rolled
	units  []rolledUnit
	unit   map[int64]Unit
	given  map[string][]int // people by the folded last word of the name
}

type rolled struct {
	Person
	words []word
	title string // folded
}

type rolledUnit struct {
	Unit
	kind     phrase // "phòng"; the whole name where no more follows
	core     phrase // the name behind the kind, without "và"
	initials string // of the core, folded
	short    string // folded, without the kind's initial
	whole    string // initials of the whole name: "VPS"
	sole     bool   // no other unit is of its kind: "Văn phòng" alone names it
}

// kinds are what the names of units begin with, the longer ones first.
var kinds = phrases("văn phòng đăng ký|ban quản lý|trung tâm|chi cục|văn phòng|thanh tra|bộ phận|phòng|ban|tổ|đội|khoa|sở|hạt|trạm|quỹ|hội")

// houses are words for the agency itself in the name of its unit.
var houses = map[string]bool{"so": true, "ban": true, "cuc": true}

// kindShort is how a kind is abbreviated.
var kindShort = map[string]string{"phong": "p", "van phong": "vp", "trung tam": "tt", "chi cuc": "cc", "thanh tra": "ttr", "ban quan ly": "bql"}

func phrases(list string) []phrase {
	var out []phrase
	for _, s := range strings.Split(list, "|") {
		out = append(out, phraseOf(s))
	}
	return out
}

// NewRoll makes people and units ready. Whoever has no name is left out.
func NewRoll(people []Person, units []Unit) *Roll {
	r := &Roll{unit: map[int64]Unit{}, given: map[string][]int{}}
	for _, u := range units {
		if ru, ok := rollUnit(u); ok {
			r.units = append(r.units, ru)
			r.unit[u.ID] = u
		}
	}
	for i, u := range r.units {
		if k := joined(u.kind); k == "van phong" || k == "thanh tra" || k == "trung tam" || k == "chi cuc" {
			n := 0
			for _, v := range r.units {
				if joined(v.kind) == k {
					n++
				}
			}
			r.units[i].sole = n == 1
		}
	}
	for _, p := range people {
		ru := rolled{Person: p, title: find.Fold(p.Title)}
		for _, w := range strings.Fields(find.Fold(p.Name)) {
			ru.words = append(ru.words, word{fold: w})
		}
		for i, w := range strings.Fields(find.Exact(p.Name)) {
			if i < len(ru.words) {
				ru.words[i].exact = w
			}
		}
		if len(ru.words) == 0 {
			continue
		}
		last := ru.words[len(ru.words)-1].fold
		r.given[last] = append(r.given[last], len(r.people))
		r.people = append(r.people, ru)
	}
	return r
}

func rollUnit(u Unit) (rolledUnit, bool) {
	ru := rolledUnit{Unit: u}
	all := wordsOf(u.Name)
	if len(all) == 0 {
		return ru, false
	}
	for _, k := range kinds {
		if hasPrefix(all, k) {
			ru.kind, ru.core = k, all[len(k):]
			break
		}
	}
	if ru.kind == nil {
		ru.core = all
	}
	for _, w := range all {
		if w.fold != "va" {
			ru.whole += w.fold[:1]
		}
	}
	if len(ru.core) == 1 && ru.kind != nil && houses[ru.core[0].fold] {
		ru.core = nil // "Văn phòng Sở" is called "Văn phòng"
	}
	ru.core = slices.DeleteFunc(slices.Clone(ru.core), func(w word) bool { return w.fold == "va" && len(ru.core) > 1 })
	for _, w := range ru.core {
		ru.initials += w.fold[:1]
	}
	ru.short = strings.ReplaceAll(find.Fold(u.Short), " ", "")
	if len(ru.core) == 1 && len(all) == 1 && ru.kind == nil {
		ru.short = all[0].fold // the name is an abbreviation itself
	}
	return ru, true
}

func wordsOf(s string) phrase {
	folds, exacts := strings.Fields(find.Fold(s)), strings.Fields(find.Exact(s))
	var out phrase
	for i, f := range folds {
		w := word{fold: f}
		if i < len(exacts) {
			w.exact = exacts[i]
		}
		out = append(out, w)
	}
	return out
}

func hasPrefix(a, b phrase) bool {
	if len(a) < len(b) {
		return false
	}
	for i := range b {
		if a[i].fold != b[i].fold {
			return false
		}
	}
	return true
}

func (r *Roll) partyOf(person int) Party {
	p := r.people[person]
	return Party{Person: p.ID, Unit: p.Unit, Name: p.Name}
}

func partyOfUnit(u Unit) Party { return Party{Unit: u.ID, Name: u.Name} }
