// SPDX-License-Identifier: Apache-2.0

package letter

import (
	"strings"
	"unicode"

	"soviec/kit/pattern"
)

// row takes a line of cells between strokes apart: "| STT | Nội dung |". Cells keep their
// escapes.
func row(line string) ([]string, bool) {
	if len(line) < 2 || line[0] != '|' || line[len(line)-1] != '|' {
		return nil, false
	}
	var cells []string
	from := 1
	for i := 1; i < len(line); i++ {
		switch line[i] {
		case '\\':
			i++
		case '|':
			cells = append(cells, strings.TrimSpace(line[from:i]))
			from = i + 1
		}
	}
	return cells, from == len(line)
}

var ruler = pattern.Of(`^:?-{3,}:?$`)

// isRuler tells the line under the head of a table: "|---|---|".
func isRuler(cells []string) bool {
	for _, c := range cells {
		if len(c) < 3 || !ruler.MatchString(c) {
			return false
		}
	}
	return true
}

// unescaped reads \| \\ \- and \n, the end of a line within a cell.
func unescaped(cells []string) []string {
	out := make([]string, len(cells))
	for i, c := range cells {
		var b strings.Builder
		for j := 0; j < len(c); j++ {
			if c[j] == '\\' && j+1 < len(c) && strings.IndexByte(`|\-n`, c[j+1]) >= 0 {
				if j++; c[j] == 'n' {
					b.WriteByte('\n')
					continue
				}
			}
			b.WriteByte(c[j])
		}
		out[i] = trimLines(b.String())
	}
	return out
}

// trimLines squeezes the blanks of each line of a cell.
func trimLines(s string) string {
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = squeeze(lines[i])
	}
	return strings.Join(lines, "\n")
}

var escapeCell = strings.NewReplacer(`\`, `\\`, `|`, `\|`, "\n", `\n`)

// rowText writes cells as a line between strokes.
func rowText(cells []string) string {
	out := make([]string, len(cells))
	for i, c := range cells {
		out[i] = escapeCell.Replace(trimLines(c))
	}
	if isRuler(out) { // three dashes in each cell are words here
		out[0] = strings.Replace(out[0], "-", `\-`, 1)
	}
	return "| " + strings.Join(out, " | ") + " |"
}

// looseRows counts lines that are the rows of one table by tabs, or by strokes without
// strokes at their ends: at least two, alike.
func looseRows(lines []string) int {
	for _, sep := range []string{"\t", "|"} {
		want := looseCells(lines[0], sep)
		if want == 0 {
			continue
		}
		n := 1
		for n < len(lines) && strings.Count(lines[n], sep) == want-1 && (sep == "\t" || looseCells(lines[n], sep) > 0) && strings.TrimSpace(lines[n]) != "" {
			n++
		}
		if n > 1 {
			return n
		}
	}
	return 0
}

// looseCells is the number of cells of a line that looks like a row; 0: it does not.
func looseCells(line, sep string) int {
	if !strings.Contains(line, sep) {
		return 0
	}
	if begin := strings.TrimSpace(line); sep == "|" && strings.HasPrefix(begin, "|") || strings.HasPrefix(begin, `\ `) || strings.HasPrefix(begin, `\= `) || strings.HasPrefix(begin, `\~ `) {
		return 0
	}
	cells, full := strings.Split(line, sep), 0
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			full++
		}
	}
	if full < 2 {
		return 0
	}
	// "1.<tab>…" is a clause that came out of a word processor; what has a mark is no row
	// between strokes
	if head := squeeze(cells[0]); sep == "|" && marked(squeeze(line)) || len(cells) == 2 && marked(head) {
		return 0
	}
	return len(cells)
}

// marked tells a line that begins with a mark.
func marked(line string) bool {
	for _, m := range append(marks, headings...) {
		if line != "" && m.find(line) != nil {
			return true
		}
	}
	return false
}

// strictRows writes loose rows with strokes. A first row of words alone is the head.
func strictRows(lines []string) []string {
	sep := "|"
	if strings.Contains(lines[0], "\t") {
		sep = "\t"
	}
	var out []string
	for i, l := range lines {
		cells := strings.Split(l, sep)
		words := true
		for j, c := range cells {
			cells[j] = squeeze(c)
			words = words && strings.IndexFunc(c, unicode.IsLetter) >= 0
		}
		out = append(out, rowText(cells))
		if i == 0 && words {
			out = append(out, "|"+strings.Repeat("---|", len(cells)))
		}
	}
	return out
}
