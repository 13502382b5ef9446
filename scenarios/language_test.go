// SPDX-License-Identifier: Apache-2.0

package scenarios

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/BurntSushi/toml"

	"soviec/office/org/orgtest"
)

// A person of the scenarios: "Văn thư Lan", or "Lan" alone.
type person struct {
	Name, Call, Full, Username string
	second                     bool // of the second agency
}

// secondAgency is added to whoever works there.
const secondAgency = " ở cơ quan thứ hai"

// login is the name that the person signs in with.
func (p person) login() string {
	if p.second {
		return p.Username + ".2"
	}
	return p.Username
}

// cast is everybody who may be named in a scenario.
var cast = readCast()

func readCast() []person {
	var file struct{ Person []person }
	if _, err := toml.DecodeFile("cast.toml", &file); err != nil {
		panic(err)
	}
	return file.Person
}

func personCalled(s string) (person, bool) {
	s, second := strings.CutSuffix(s, secondAgency)
	for _, p := range cast {
		if s == p.Name || lower(s) == lower(p.Call+" "+p.Name) {
			p.second = second
			return p, true
		}
	}
	return person{}, false
}

// units are the names of the units, as pages write them.
var units = func() []string {
	var out []string
	for _, u := range orgtest.Office().Units {
		out = append(out, u.Name)
	}
	return out
}()

// A clause is a field of a form with what is put into it: ", hạn 27/11/2026".
type clause struct{ label, value string }

// args are what stands in the holes of a sentence, each kind in its order.
type args struct {
	who   []person
	text  []string
	day   []string // as people type it
	clock string
	unit  string
	place []string // a unit or a person, by the name that pages write
	more  []clause
}

// The holes of sentences. A hole in quotes is a text, whatever it is called.
const (
	holeWho   = "ai"
	holeOther = "người"
	holeUnit  = "đơn vị"
	holePlace = "nơi"
	holeDay   = "ngày"
	holeUntil = "đến ngày"
	holeClock = "giờ"
	holeMore  = "thêm"
)

const (
	textForm  = `"([^"]*)"`
	dayForm   = `(\d\d/\d\d/\d{4})`
	clockForm = `(\d\d:\d\d)`
)

var peopleForm = func() string {
	var names []string
	for _, p := range cast {
		first, size := utf8.DecodeRuneInString(p.Call)
		names = append(names, regexp.QuoteMeta(p.Name),
			"["+string(first)+string(unicode.ToLower(first))+"]"+regexp.QuoteMeta(p.Call[size:]+" "+p.Name))
	}
	return "((?:" + strings.Join(names, "|") + ")(?:" + secondAgency + ")?)"
}()

var unitsForm = func() string {
	var names []string
	for _, u := range units {
		names = append(names, regexp.QuoteMeta(u))
	}
	return "(" + strings.Join(names, "|") + ")"
}()

var holeForm = regexp.MustCompile(`"\{[^}]+\}"|\{[^}]+\}`)

// A sentence of the language, ready to be matched.
type sentence struct {
	form  *regexp.Regexp
	holes []string
}

// compile makes a sentence out of its pattern: `{ai} trình "{văn bản}" cho {người}{thêm}`.
func compile(pattern string) sentence {
	var s sentence
	form := "^"
	rest := pattern
	for {
		at := holeForm.FindStringIndex(rest)
		if at == nil {
			break
		}
		form += regexp.QuoteMeta(rest[:at[0]])
		hole := rest[at[0]:at[1]]
		rest = rest[at[1]:]
		name := strings.Trim(hole, `"{}`)
		if hole[0] == '"' {
			name = "" // a text
		}
		s.holes = append(s.holes, name)
		switch name {
		case "":
			form += textForm
		case holeWho, holeOther:
			form += peopleForm
		case holeUnit:
			form += unitsForm
		case holePlace:
			form += "(" + unitsForm[1:len(unitsForm)-1] + "|" + peopleForm[1:len(peopleForm)-1] + ")"
		case holeDay, holeUntil:
			form += dayForm
		case holeClock:
			form += clockForm
		case holeMore:
			form += "((?:, .+)?)"
		default:
			panic("no hole is called " + name + " in: " + pattern)
		}
	}
	s.form = regexp.MustCompile(form + regexp.QuoteMeta(rest) + "$")
	return s
}

// match reads a step. ok is false when the step is another sentence.
func (s sentence) match(step string) (a args, ok bool, err error) {
	m := s.form.FindStringSubmatch(step)
	if m == nil {
		return a, false, nil
	}
	for i, name := range s.holes {
		v := m[i+1]
		switch name {
		case "":
			a.text = append(a.text, v)
		case holeWho, holeOther:
			p, known := personCalled(v)
			if !known {
				return a, false, nil
			}
			a.who = append(a.who, p)
		case holeUnit:
			a.unit = v
		case holePlace:
			a.place = append(a.place, pageName(v))
		case holeDay, holeUntil:
			if _, err := time.Parse("02/01/2006", v); err != nil {
				return a, true, fmt.Errorf("không có ngày %s", v)
			}
			a.day = append(a.day, v)
		case holeClock:
			a.clock = v
		case holeMore:
			if a.more, err = clauses(v); err != nil {
				return a, true, err
			}
		}
	}
	return a, true, nil
}

// pageName is a unit or a person as pages write it.
func pageName(v string) string {
	if p, ok := personCalled(v); ok {
		return p.Full
	}
	return v
}

var clauseForm = regexp.MustCompile(`^([^"]+?) (?:` + textForm + `|` + dayForm + `|` + clockForm + `|(\d+)|` + unitsForm + `|` + peopleForm + `)$`)

// clauses reads ", hạn 27/11/2026, phối hợp Văn phòng, lý do, ghi chú "chờ số liệu"".
// The words of a field may hold commas: a clause ends where its value does.
func clauses(s string) ([]clause, error) {
	var out []clause
	begun := ""
	for _, part := range splitOutsideQuotes(strings.TrimPrefix(s, ", ")) {
		if part == "" {
			continue
		}
		m := clauseForm.FindStringSubmatch(begun + part)
		if m == nil {
			begun += part + ", "
			continue
		}
		begun = ""
		value := ""
		for _, v := range m[2:] {
			value = cmpOr(value, v)
		}
		out = append(out, clause{m[1], pageName(value)})
	}
	if begun != "" {
		return nil, fmt.Errorf("không hiểu phần thêm %q: sau tên ô phải là \"chữ\", ngày, giờ, số, đơn vị hoặc người", strings.TrimSuffix(begun, ", "))
	}
	return out, nil
}

func cmpOr(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func splitOutsideQuotes(s string) []string {
	var out []string
	quoted, from := false, 0
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '"':
			quoted = !quoted
		case !quoted && strings.HasPrefix(s[i:], ", "):
			out = append(out, s[from:i])
			from = i + 2
		}
	}
	return append(out, s[from:])
}

func lower(s string) string { return strings.ToLower(s) }

// A step is one line of a scenario with what must be seen under it.
type step struct {
	line    int
	text    string
	refused bool     // the office must refuse
	says    []string // lines "> …": what the page says
	table   [][]string
}

// A scenario is a story of the office.
type scenario struct {
	file  string
	title string
	lines []string
	steps []step
}

// parse reads a scenario: comments, steps, and under a step what must be seen.
func parse(file, text string) (scenario, error) {
	sc := scenario{file: file, lines: strings.Split(strings.TrimRight(text, "\n"), "\n")}
	for i, line := range sc.lines {
		said := strings.TrimSpace(line)
		switch {
		case said == "":
		case strings.HasPrefix(said, "#"):
			if sc.title == "" {
				sc.title = strings.TrimSpace(strings.TrimPrefix(said, "#"))
			}
		case line[0] != ' ':
			refusal, refused := strings.CutPrefix(said, "! ")
			sc.steps = append(sc.steps, step{line: i + 1, text: refusal, refused: refused})
		case len(sc.steps) == 0:
			return sc, fmt.Errorf("%s:%d: dòng lùi vào không đứng dưới bước nào", file, i+1)
		default:
			st := &sc.steps[len(sc.steps)-1]
			if words, ok := strings.CutPrefix(said, ">"); ok {
				st.says = append(st.says, strings.TrimSpace(words))
			} else if strings.HasPrefix(said, "|") && strings.HasSuffix(said, "|") && len(said) > 1 {
				var row []string
				for _, cell := range strings.Split(said[1:len(said)-1], "|") {
					row = append(row, strings.TrimSpace(cell))
				}
				st.table = append(st.table, row)
			} else {
				return sc, fmt.Errorf("%s:%d: dưới một bước chỉ có bảng (|) hoặc câu của trang (>)", file, i+1)
			}
		}
	}
	if len(sc.lines) < 2 || !strings.HasPrefix(sc.lines[0], "# ") || !strings.HasPrefix(sc.lines[1], "# ") {
		return sc, fmt.Errorf("%s:1: hai dòng đầu phải là tên kịch bản, bằng tiếng Việt và tiếng Anh", file)
	}
	if len(sc.steps) == 0 {
		return sc, fmt.Errorf("%s: không có bước nào", file)
	}
	return sc, nil
}

// rewritten is the scenario with what was seen under each step.
func (sc scenario) rewritten(seen map[int]shown) string {
	var out []string
	skip := false
	for i, line := range sc.lines {
		trimmed := strings.TrimSpace(line)
		under := trimmed != "" && line[0] == ' '
		at := slices.IndexFunc(sc.steps, func(st step) bool { return st.line == i+1 })
		if at < 0 {
			if !under || !skip {
				out = append(out, line)
			}
			continue
		}
		out = append(out, line)
		got, ok := seen[i+1]
		skip = ok
		if !ok {
			continue
		}
		for _, s := range got.says {
			out = append(out, "  > "+s)
		}
		out = append(out, layOut(got.table)...)
	}
	return strings.Join(out, "\n") + "\n"
}

// layOut writes a table with its columns under one another.
func layOut(rows [][]string) []string {
	if len(rows) == 0 {
		return nil
	}
	width := make([]int, len(rows[0]))
	for _, r := range rows {
		for i, cell := range r {
			width[i] = max(width[i], utf8.RuneCountInString(cell))
		}
	}
	var out []string
	for _, r := range rows {
		line := "  |"
		for i, cell := range r {
			line += " " + cell + strings.Repeat(" ", width[i]-utf8.RuneCountInString(cell)) + " |"
		}
		out = append(out, line)
	}
	return out
}

// shown is what a step has to show: what the page says, and its table.
type shown struct {
	says  []string
	table [][]string
}
