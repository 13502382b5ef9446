// SPDX-License-Identifier: Apache-2.0

package house_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"
	"testing"
)

// plan is the house: each room with the rooms it may enter. The door asks, the office
// decides, the book remembers, the kit carries. A missing permission fails, and so
// does one that nobody uses.
var plan = map[string][]string{
	"kit/fault":               {},
	"kit/pattern":             {},
	"kit/civil":               {"kit/fault", "kit/pattern"},
	"kit/sentence":            {"kit/civil", "kit/find"},
	"kit/store":               {},
	"kit/store/storetest":     {"kit/store", "schema"},
	"kit/journal":             {"kit/civil", "kit/store"},
	"kit/blob":                {"kit/fault"},
	"kit/blob/blobtest":       {"kit/blob", "kit/fault"},
	"kit/find":                {"kit/fault", "kit/store"},
	"kit/job":                 {"kit/fault", "kit/store"},
	"kit/extract":             {"kit/civil", "kit/fault", "kit/pattern"},
	"kit/deliver":             {"kit/fault"},
	"kit/deliver/inbox":       {"kit/deliver"},
	"kit/packet":              {},
	"kit/print":               {"kit/typeface"},
	"kit/typeface":            {"kit/pdf"},
	"kit/convert":             {"kit/fault"},
	"kit/docx":                {"kit/fault", "kit/letter", "kit/typeface"},
	"kit/formcheck":           {"kit/civil", "kit/docx", "kit/extract", "kit/fault", "kit/letter"},
	"kit/letter":              {"kit/civil", "kit/fault", "kit/pattern", "kit/pdf", "kit/typeface"},
	"kit/pdf":                 {},
	"kit/pades":               {"kit/cms", "kit/fault", "kit/pdf", "kit/typeface"},
	"kit/pades/padestest":     {"kit/cms/cmstest", "kit/pades", "kit/pdf"},
	"kit/sheet":               {"kit/fault"},
	"kit/signkey":             {"kit/cms", "kit/fault"},
	"kit/signkey/fake":        {"kit/cms", "kit/pades"},
	"kit/signkey/signkeytest": {"kit/cms", "kit/cms/cmstest", "kit/fault", "kit/pades", "kit/pades/padestest", "kit/signkey"},
	"kit/cms":                 {},
	"kit/cms/cmstest":         {"kit/cms"},
	"schema":                  {},
	"office/org":              {"kit/civil", "kit/fault", "kit/journal", "kit/store"},
	"office/org/orgtest":      {"kit/civil", "kit/journal", "kit/store", "office/org"},
	"office/notice":           {"kit/civil", "kit/deliver", "kit/fault", "kit/journal", "kit/store", "office/org"},
	"office/task":             {"kit/civil", "kit/fault", "kit/find", "kit/journal", "kit/store", "office/notice", "office/org"},
	"office/plan":             {"kit/civil", "kit/fault", "kit/job", "kit/journal", "kit/store", "office/notice", "office/org", "office/task"},
	"office/handover":         {"kit/civil", "kit/fault", "kit/journal", "kit/store", "office/notice", "office/org", "office/task"},
	"office/remark":           {"kit/civil", "kit/fault", "kit/journal", "kit/store", "office/notice", "office/org"},
	"office/saved":            {"kit/fault", "kit/journal", "kit/store", "office/org"},
	"office/document":         {"kit/civil", "kit/extract", "kit/fault", "kit/find", "kit/job", "kit/journal", "kit/store", "office/notice", "office/org", "office/task"},
	"office/draft":            {"kit/blob", "kit/civil", "kit/docx", "kit/fault", "kit/find", "kit/formcheck", "kit/journal", "kit/letter", "kit/store", "office/document", "office/notice", "office/org", "office/task"},
	"office/outgoing":         {"kit/civil", "kit/fault", "kit/find", "kit/job", "kit/journal", "kit/letter", "kit/store", "office/document", "office/draft", "office/notice", "office/org", "office/series", "office/task"},
	"office/signing":          {"kit/blob", "kit/cms", "kit/civil", "kit/extract", "kit/fault", "kit/journal", "kit/letter", "kit/store", "office/draft", "office/notice", "office/org", "office/outgoing", "office/signature"},
	"door/signdesk":           {"kit/blob", "kit/civil", "kit/cms", "kit/extract", "kit/fault", "kit/journal", "kit/letter", "kit/pades", "kit/signkey", "kit/store", "office/draft", "office/org", "office/outgoing", "office/signature", "office/signing"},
	"office/series":           {"kit/civil", "kit/fault", "kit/journal", "kit/store", "office/org"},
	"office/signature":        {"kit/civil", "kit/cms", "kit/fault", "kit/journal", "kit/pades", "kit/store", "office/notice", "office/org"},
	"door/web/view":           {},
	"door/web/view/example":   {"door/web/view"},
	"door/web/view/gallery":   {"door/web/view", "door/web/view/example"},
	"door/web":                {"door/signdesk", "door/web/view", "kit/blob", "kit/civil", "kit/cms", "kit/convert", "kit/deliver", "kit/docx", "kit/extract", "kit/fault", "kit/find", "kit/formcheck", "kit/job", "kit/journal", "kit/letter", "kit/packet", "kit/pades", "kit/print", "kit/sentence", "kit/sheet", "kit/signkey", "kit/store", "office/archive", "office/document", "office/draft", "office/handover", "office/notice", "office/org", "office/outgoing", "office/plan", "office/remark", "office/saved", "office/series", "office/signature", "office/signing", "office/task"},
	"seed":                    {"kit/civil"},
	"cmd/soviec-token":        {"kit/cms", "kit/signkey"},
	"cmd/soviec":              {"door/signdesk", "door/web", "door/web/view", "kit/blob", "kit/civil", "kit/cms", "kit/cms/cmstest", "kit/convert", "kit/deliver", "kit/extract", "kit/fault", "kit/find", "kit/formcheck", "kit/job", "kit/journal", "kit/letter", "kit/pades", "kit/pdf", "kit/print", "kit/sentence", "kit/sheet", "kit/signkey", "kit/signkey/fake", "kit/store", "office/archive", "office/document", "office/draft", "office/handover", "office/notice", "office/org", "office/outgoing", "office/plan", "office/remark", "office/saved", "office/series", "office/signature", "office/signing", "office/task", "schema", "seed"},
	"office/archive":          {"kit/civil", "kit/fault", "kit/find", "kit/job", "kit/journal", "kit/store", "office/document", "office/handover", "office/notice", "office/org", "office/outgoing", "office/task"},
}

const module = "soviec/"

// room is a package as it stands in the folder.
type room struct {
	dir     string
	doc     string
	imports map[string]bool
	files   map[string]*ast.File
	lines   int
	longest map[string]int // files over 500 lines
}

func rooms(t *testing.T) map[string]*room {
	t.Helper()
	out := map[string]*room{}
	fset := token.NewFileSet()
	err := filepath.WalkDir(".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && p != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" || d.Name() == "node_modules" || d.Name() == "tools") {
			return fs.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(p, ".go") || strings.HasSuffix(p, "_test.go") || !strings.Contains(p, "/") {
			return nil
		}
		dir := path.Dir(filepath.ToSlash(p))
		r := out[dir]
		if r == nil {
			r = &room{dir: dir, imports: map[string]bool{}, files: map[string]*ast.File{}, longest: map[string]int{}}
			out[dir] = r
		}
		src, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		f, err := parser.ParseFile(fset, p, src, parser.ParseComments)
		if err != nil {
			return err
		}
		if !strings.HasPrefix(string(src), "// SPDX-License-Identifier: Apache-2.0\n\n") {
			t.Errorf("%s does not begin with its licence", p)
		}
		if f.Doc != nil {
			r.doc = f.Doc.Text()
		}
		n := strings.Count(string(src), "\n")
		r.lines += n
		if n > 500 {
			r.longest[p] = n
		}
		r.files[p] = f
		for _, im := range f.Imports {
			if name, ok := strings.CutPrefix(strings.Trim(im.Path.Value, `"`), module); ok {
				r.imports[name] = true
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestTheHouseIsAsPlanned(t *testing.T) {
	all := rooms(t)
	for dir, r := range all {
		may, ok := plan[dir]
		if !ok {
			t.Errorf("%s is not in the plan of the house", dir)
			continue
		}
		for im := range r.imports {
			if !slices.Contains(may, im) {
				t.Errorf("%s enters %s, which the plan does not allow", dir, im)
			}
		}
		for _, m := range may {
			if !r.imports[m] {
				t.Errorf("the plan lets %s enter %s, but it does not", dir, m)
			}
		}
	}
	for dir := range plan {
		if all[dir] == nil {
			t.Errorf("the plan has a room %s that is not there", dir)
		}
	}
}

// floor is how high a room stands; an arrow never points upward.
func floor(dir string) int {
	for i, f := range []string{"kit", "schema", "seed", "office", "door", "cmd"} {
		if dir == f || strings.HasPrefix(dir, f+"/") {
			return []int{0, 0, 1, 1, 2, 3}[i]
		}
	}
	return -1
}

func TestNoArrowPointsUpward(t *testing.T) {
	for dir, may := range plan {
		for _, m := range may {
			if floor(m) > floor(dir) {
				t.Errorf("the plan lets %s enter %s, a floor above it", dir, m)
			}
		}
	}
}

func TestEveryRoomOpensWithItsSentence(t *testing.T) {
	for dir, r := range rooms(t) {
		want := "Package " + path.Base(dir) + " "
		if strings.HasPrefix(dir, "cmd/") {
			want = "Command " + path.Base(dir) + " "
		}
		if !strings.HasPrefix(r.doc, want) && !strings.HasPrefix(r.doc, "Package main ") {
			t.Errorf("%s: the package comment begins %q, not %q", dir, first(r.doc), want)
		}
		if !strings.Contains(r.doc, "May enter:") || !strings.Contains(r.doc, "May not:") {
			t.Errorf("%s: the package comment lacks its pair May enter / May not", dir)
		}
	}
}

func first(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}

// statement tells SQL among string literals.
var (
	statement = regexp.MustCompile(`(?s)^\s*(SELECT\s.+\sFROM\s|INSERT\s+INTO\s|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s|CREATE\s+(TABLE|INDEX|TRIGGER))`)
	changes   = regexp.MustCompile(`(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+([a-z]\w+)`)
	forbidden = regexp.MustCompile(`(?i)\b(AUTOINCREMENT|SERIAL|NOW\s*\(\)|ILIKE|JSONB?_\w+|SELECT\s+\*)|\bLIKE\b`)
)

func TestSQLStandsWhereItBelongs(t *testing.T) {
	for dir, r := range rooms(t) {
		for name, f := range r.files {
			base := path.Base(name)
			inKit := slices.Contains([]string{"kit/store", "kit/journal", "kit/find", "kit/job", "kit/store/storetest"}, dir)
			inSQL := strings.HasPrefix(dir, "office/") && (base == "sql.go" || strings.HasPrefix(base, "sql_"))
			ast.Inspect(f, func(n ast.Node) bool {
				lit, ok := n.(*ast.BasicLit)
				if !ok || lit.Kind != token.STRING {
					return true
				}
				text, err := strconv.Unquote(lit.Value)
				if err != nil || !statement.MatchString(text) {
					return true
				}
				if !inKit && !inSQL {
					t.Errorf("%s holds SQL outside sql.go: %.60q", name, text)
				}
				if !inKit && forbidden.MatchString(text) {
					t.Errorf("%s: %q is not a word of both engines", name, forbidden.FindString(text))
				}
				for _, m := range changes.FindAllStringSubmatch(text, -1) {
					if inSQL && m[1] != "set" && !strings.HasPrefix(m[1], path.Base(dir)+"_") {
						t.Errorf("%s changes %s, a table of another room", name, m[1])
					}
				}
				return true
			})
		}
	}
}

// clocks are the ways to read the machine's clock; inside the office time is given.
func TestNobodyInsideReadsTheMachinesClock(t *testing.T) {
	for dir, r := range rooms(t) {
		if !strings.HasPrefix(dir, "office/") && !strings.HasPrefix(dir, "kit/") && dir != "seed" {
			continue
		}
		for name, f := range r.files {
			ast.Inspect(f, func(n ast.Node) bool {
				sel, ok := n.(*ast.SelectorExpr)
				if !ok {
					return true
				}
				pkg, ok := sel.X.(*ast.Ident)
				if ok && pkg.Name == "time" && (sel.Sel.Name == "Now" || sel.Sel.Name == "Since" || sel.Sel.Name == "Until") {
					t.Errorf("%s reads the machine's clock", name)
				}
				return true
			})
		}
	}
}

// acts finds the kinds of entries that each room declares in acts.go.
func TestEveryKindOfActHasItsWords(t *testing.T) {
	kind := regexp.MustCompile(`^[a-z]+\.[a-z_]+$`)
	for dir, r := range rooms(t) {
		for name, f := range r.files {
			if path.Base(name) != "acts.go" {
				continue
			}
			declared, worded := map[string]string{}, map[string]bool{}
			ast.Inspect(f, func(n ast.Node) bool {
				switch x := n.(type) {
				case *ast.ValueSpec:
					for i, id := range x.Names {
						if i < len(x.Values) {
							if lit, ok := x.Values[i].(*ast.BasicLit); ok && lit.Kind == token.STRING {
								declared[id.Name], _ = strconv.Unquote(lit.Value)
							}
						}
					}
				case *ast.KeyValueExpr:
					if id, ok := x.Key.(*ast.Ident); ok {
						worded[id.Name] = true
					}
				}
				return true
			})
			for id, value := range declared {
				if !kind.MatchString(value) || !strings.HasPrefix(value, path.Base(dir)+".") {
					t.Errorf("%s: %s = %q is not room.past_participle", name, id, value)
				}
				if !worded[id] {
					t.Errorf("%s: %s has no Vietnamese words", name, id)
				}
			}
		}
	}
}

// Sizes are questions, not rules: they are printed, and answered in review.
func TestSizesAreKnown(t *testing.T) {
	var lines []string
	for dir, r := range rooms(t) {
		if r.lines > 4000 {
			lines = append(lines, fmt.Sprintf("room %s: %d lines", dir, r.lines))
		}
		for name, n := range r.longest {
			lines = append(lines, fmt.Sprintf("file %s: %d lines", name, n))
		}
	}
	sort.Strings(lines)
	for _, l := range lines {
		t.Log(l)
	}
}
