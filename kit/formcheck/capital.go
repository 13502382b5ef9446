// SPDX-License-Identifier: Apache-2.0

package formcheck

import (
	_ "embed"
	"fmt"
	"regexp"
	"strings"
	"sync"
)

//go:embed capitals.tsv
var capitalsFile string

// A capitalRule is one line of Appendix II as it is met in offices: what is found wrong (the
// first group where there is one), what is right, which part of the appendix says so.
type capitalRule struct {
	find  *regexp.Regexp
	right string
	rule  string
}

var capitalRules = sync.OnceValue(func() []capitalRule {
	var out []capitalRule
	for i, line := range strings.Split(strings.TrimSpace(capitalsFile), "\n") {
		f := strings.Split(line, "\t")
		if len(f) != 3 {
			panic(fmt.Sprintf("formcheck: capitals.tsv, line %d", i+1)) // built in
		}
		if i > 0 {
			out = append(out, capitalRule{regexp.MustCompile(f[0]), f[1], f[2] + " " + ruleCapital})
		}
	}
	return out
})

// capitals are the common mistakes of Appendix II.
func (j *judgement) capitals() {
	for _, x := range j.p.everything {
		if x.text == strings.ToUpper(x.text) {
			continue
		}
		for _, r := range capitalRules() {
			m := r.find.FindStringSubmatchIndex(x.text)
			if m == nil {
				continue
			}
			from, to := m[0], m[1]
			for g := 2; g+1 < len(m); g += 2 {
				if m[g] >= 0 {
					from, to = m[g], m[g+1]
					break
				}
			}
			at := x
			wrong := x.text[from:to]
			if len([]rune(wrong)) < 6 { // one letter of "Ủy": show the whole
				wrong = strings.TrimSpace(x.text[m[0]:m[1]])
			}
			at.at.Words = short(wrong)
			j.warn("VIET-HOA", r.rule, at, "Viết hoa chưa đúng: “%s”. Cách viết đúng: %s.", short(wrong), quoted(r.right))
		}
	}
}

// quoted puts marks around a word, not around an explanation.
func quoted(s string) string {
	if strings.HasPrefix(s, "viết hoa") || strings.Contains(s, "danh từ") {
		return s
	}
	return "“" + s + "”"
}
