// SPDX-License-Identifier: Apache-2.0

package remark

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"soviec/kit/civil"
	"soviec/office/org"
)

// Mentioned are the people whom a text names by "@" among those who may be named: by the
// full name, or by the given name when only one of them bears it. unknown are the names
// that fit nobody or several. An "@" inside a word (an address) names nobody.
func Mentioned(d *org.Directory, day civil.Date, text string, may func(person int64) bool) (people []int64, unknown []string) {
	text = norm.NFC.String(text)
	var named []org.Person // looked for only when there is an "@"
	begun := false
	for i := 0; i < len(text); {
		at := strings.IndexByte(text[i:], '@')
		if at < 0 {
			break
		}
		at += i
		i = at + 1
		if before, _ := utf8.DecodeLastRuneInString(text[:at]); at > 0 && (unicode.IsLetter(before) || unicode.IsDigit(before) || before == '.' || before == '_') {
			continue
		}
		words := nameWords(text[at+1:])
		if len(words) == 0 {
			continue
		}
		if !begun {
			begun = true
			for _, p := range d.People {
				if _, on := d.PostOn(p.ID, day); on && may(p.ID) {
					named = append(named, p)
				}
			}
		}
		person, ok := whom(named, words)
		if !ok {
			unknown = append(unknown, strings.Join(words[:min(len(words), 4)], " "))
			continue
		}
		if !slices.Contains(people, person) {
			people = append(people, person)
		}
	}
	return people, unknown
}

// mostWords is the most words a name has.
const mostWords = 6

// nameWords are the words that follow an "@" as long as they may belong to a name.
func nameWords(s string) []string {
	var out []string
	for len(out) < mostWords {
		end := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) })
		if end < 0 {
			end = len(s)
		}
		if end == 0 {
			break
		}
		first, _ := utf8.DecodeRuneInString(s)
		if len(out) > 0 && !unicode.IsUpper(first) {
			break
		}
		out = append(out, s[:end])
		if s = s[end:]; !strings.HasPrefix(s, " ") {
			break
		}
		s = s[1:]
	}
	return out
}

// whom finds the one person whom the words name: the longest full name first, then a
// given name that only one bears.
func whom(people []org.Person, words []string) (int64, bool) {
	for n := len(words); n > 0; n-- {
		name := strings.ToLower(strings.Join(words[:n], " "))
		var found []int64
		for _, p := range people {
			if full := strings.ToLower(norm.NFC.String(p.Name)); full == name || n < 3 && strings.HasSuffix(full, " "+name) {
				found = append(found, p.ID)
			}
		}
		if len(found) == 1 {
			return found[0], true
		}
		if len(found) > 1 {
			return 0, false
		}
	}
	return 0, false
}

func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}
