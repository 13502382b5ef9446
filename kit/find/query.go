// SPDX-License-Identifier: Apache-2.0

package find

import (
	"strings"
	"sync"
	"unicode/utf8"
)

// The most of a query that is used; a phrase of twelve syllables names one document among millions.
const (
	queryRunes     = 200
	querySyllables = 12
	limitDefault   = 20
	limitMost      = 200
)

// phrase is some neighbouring syllables in both keys.
type phrase struct {
	fold, exact []string
}

// question is a query taken apart: all phrases must be in a document.
type question struct {
	phrases []phrase
	marked  bool
	mode    Mode
}

// readings are the ways to take a text, the strictest first; the first that finds something counts.
func readings(text string) []question {
	text = cutRunes(text, queryRunes)
	if strings.Count(plainQuotes(text), `"`) >= 2 {
		q := quoted(plainQuotes(text))
		if len(q.phrases) > 0 {
			return []question{q}
		}
	}
	whole := newPhrase(text, querySyllables)
	if len(whole.fold) == 0 {
		return nil
	}
	ways := numberForms(whole)
	var all []question
	for _, p := range ways {
		all = append(all, question{phrases: []phrase{p}, marked: p.marked(), mode: Phrase})
	}
	for _, p := range ways {
		if len(p.fold) < 2 {
			continue
		}
		q := question{marked: p.marked(), mode: Words}
		for i := range p.fold {
			q.phrases = append(q.phrases, phrase{p.fold[i : i+1], p.exact[i : i+1]})
		}
		all = append(all, q)
	}
	return all
}

func newPhrase(text string, most int) phrase {
	p := phrase{strings.Fields(Fold(text)), strings.Fields(Exact(text))}
	n := min(most, len(p.fold), len(p.exact))
	return phrase{p.fold[:n], p.exact[:n]}
}

func (p phrase) marked() bool {
	for i := range p.fold {
		if p.fold[i] != p.exact[i] {
			return true
		}
	}
	return false
}

func cutRunes(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n])
}

var quoteMarks = strings.NewReplacer("“", `"`, "”", `"`, "„", `"`, "«", `"`, "»", `"`)

func plainQuotes(s string) string { return quoteMarks.Replace(s) }

// quoted reads "a b" c "d e": the quoted parts are phrases, what stands outside are single words.
func quoted(text string) question {
	q := question{mode: Phrase}
	left := querySyllables
	parts := strings.Split(text, `"`)
	for i, part := range parts {
		p := newPhrase(part, left)
		left -= len(p.fold)
		q.marked = q.marked || p.marked()
		if i%2 == 1 && i < len(parts)-1 && len(p.fold) > 0 {
			q.phrases = append(q.phrases, p)
			continue
		}
		for j := range p.fold {
			q.phrases = append(q.phrases, phrase{p.fold[j : j+1], p.exact[j : j+1]})
		}
	}
	return q
}

// typeWords are what people put before a number although the document does not carry it there:
// "cv 1234", "công văn số 1234", "QĐ 15/QĐ-BDT" (the types of Decree 30/2020, Annex III, and the
// normative ones).
var typeWords = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for _, w := range []string{
		"so", "so ky hieu", "ky hieu", "van ban", "vb", "van ban so", "cong van", "cv",
		"nghi quyet", "nq", "quyet dinh", "qd", "chi thi", "ct", "quy che", "qc", "quy dinh", "qyd",
		"thong cao", "tc", "thong bao", "tb", "huong dan", "hd", "chuong trinh", "ctr", "ke hoach", "kh",
		"phuong an", "pa", "de an", "da", "du an", "bao cao", "bc", "bien ban", "bb", "to trinh", "ttr",
		"hop dong", "cong dien", "cd", "ban ghi nho", "bgn", "ban thoa thuan", "btt", "giay uy quyen", "guq",
		"giay moi", "gm", "giay gioi thieu", "ggt", "giay nghi phep", "gnp", "phieu gui", "pg",
		"phieu chuyen", "pc", "phieu bao", "pb", "thu cong", "luat", "phap lenh", "lenh",
		"nghi dinh", "nd", "thong tu", "tt", "thong tu lien tich", "ttlt",
	} {
		m[w] = true
	}
	return m
})

// numberForms are the ways in which a text with a number may stand in a document: as typed, with
// its leading zero written or not ("5/BC" and "05/BC"), without the type before the number.
func numberForms(p phrase) []phrase {
	ways := []phrase{p}
	number := -1
	for i, w := range p.fold {
		if w[0] >= '0' && w[0] <= '9' {
			number = i
			break
		}
	}
	if number < 0 {
		return ways
	}
	if q, ok := otherZero(p, number); ok {
		ways = append(ways, q)
	}
	from := 0
	for from < number {
		n := min(4, number-from)
		for n > 0 && !typeWords()[strings.Join(p.fold[from:from+n], " ")] {
			n--
		}
		if n == 0 {
			break
		}
		from += n
	}
	if from > 0 {
		q := phrase{p.fold[from:], p.exact[from:]}
		ways = append(ways, q)
		if z, ok := otherZero(q, number-from); ok {
			ways = append(ways, z)
		}
	}
	return ways
}

func otherZero(p phrase, number int) (phrase, bool) {
	w := p.fold[number]
	other := ""
	switch {
	case len(w) > 1 && w[0] == '0':
		other = strings.TrimLeft(w, "0")
	case len(w) == 1:
		other = "0" + w
	}
	if other == "" {
		return p, false
	}
	q := phrase{append([]string{}, p.fold...), append([]string{}, p.exact...)}
	q.fold[number], q.exact[number] = other, other
	return q, true
}
