// SPDX-License-Identifier: Apache-2.0

package scenarios

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

const listPath = "../docs/scenarios.md"

const preface = `# Kịch bản – Scenarios

A scenario is a short story of the office in Vietnamese; it is the acceptance test, and the chief of office can
read it. The stories are in ` + "`scenarios/*.txt`" + `, the people in ` + "`scenarios/cast.toml`" + `. Every step goes through the
real pages: the form is read, filled by the words beside its fields, and sent; what is seen is read from the page.
All run on SQLite and on PostgreSQL. After each story all rows are held against the book.

    go test ./scenarios            # run them
    go test ./scenarios -update    # rewrite what is seen under the steps, and this page

**How a scenario is written**

- Two comment lines at the top: the title in Vietnamese and in English.
- One step is one line and exactly one of the sentences below. ` + "`{ai}`, `{người}`" + ` is somebody of the cast ("Văn thư Lan",
  or "Lan" alone), ` + "`{nơi}`" + ` a unit or a person, ` + "`{ngày}`" + ` is 27/11/2026, ` + "`{giờ}`" + ` is 16:50; what stands in quotes is free.
- ` + "`{thêm}`" + ` is any number of further fields of the same form, by the words beside them:
  ` + "`, hạn 27/11/2026, phối hợp Văn phòng, lý do \"chờ số liệu\"`" + `.
- ` + "`!`" + ` before a step: the office must refuse. The sentence of the refusal stands under it after ` + "`>`" + `. Where the page does
  not even offer the form, it is sent as by somebody who knows the address.
- ` + "`>`" + ` under another step is what the page says: what was done, or the sentence at its head.
- A table under a step is what must be seen. Its head chooses the columns; on the pages of one document or one piece of
  work its first column also chooses the rows.
- The clock stands still but for a minute after each step.

`

// list is the page of all sentences and all scenarios.
func list(scenarios []scenario) string {
	var b strings.Builder
	b.WriteString(preface)
	b.WriteString("## Các câu – The sentences\n")
	for _, c := range chapters {
		fmt.Fprintf(&b, "\n### %s – %s\n\n", c.title, c.english)
		for _, r := range c.rules {
			fmt.Fprintf(&b, "- `%s`\n  %s\n", r.pattern, r.name)
		}
	}
	b.WriteString("\n## Các kịch bản – The scenarios\n\n")
	for _, sc := range scenarios {
		english := strings.TrimSpace(strings.TrimPrefix(sc.lines[1], "#"))
		fmt.Fprintf(&b, "- [%s](../scenarios/%s)\n  %s\n", sc.title, sc.file, english)
	}
	return b.String()
}

// TestListOfSentencesIsCurrent also finds sentences that no scenario speaks.
func TestListOfSentencesIsCurrent(t *testing.T) {
	scenarios := readScenarios(t)
	spoken := map[string]bool{}
	for _, sc := range scenarios {
		for _, st := range sc.steps {
			r, _ := sc.find(t, st)
			spoken[r.pattern] = true
		}
	}
	for _, c := range chapters {
		for _, r := range c.rules {
			if !spoken[r.pattern] {
				t.Errorf("no scenario says: %s", r.pattern)
			}
		}
	}
	want := list(scenarios)
	if *update {
		if err := os.WriteFile(listPath, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if got, err := os.ReadFile(listPath); err != nil || string(got) != want {
		t.Errorf("docs/scenarios.md is not current; run: go test ./scenarios -update (%v)", err)
	}
}
