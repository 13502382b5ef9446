// SPDX-License-Identifier: Apache-2.0

package view

import (
	"bytes"
	"compress/gzip"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
)

func get(v *Views, path, encoding string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Header.Set("Accept-Encoding", encoding)
	v.Assets().ServeHTTP(w, r)
	return w
}

func TestAssets(t *testing.T) {
	v, err := New()
	if err != nil {
		t.Fatal(err)
	}
	address := v.Asset("base.css")
	plain, packed := get(v, address, ""), get(v, address, "gzip, br")
	if c := plain.Header().Get("Cache-Control"); plain.Code != 200 || !strings.Contains(c, "immutable") {
		t.Errorf("%d %q", plain.Code, c)
	}
	if packed.Header().Get("Content-Encoding") != "gzip" || packed.Header().Get("Vary") == "" {
		t.Errorf("%v", packed.Header())
	}
	zr, err := gzip.NewReader(packed.Body)
	if err != nil {
		t.Fatal(err)
	}
	un, err := io.ReadAll(zr)
	if err != nil || !bytes.Equal(un, plain.Body.Bytes()) {
		t.Errorf("packed is not plain: %v", err)
	}
	css := plain.Body.String()
	fonts := regexp.MustCompile(`/tai-san/[0-9a-f]+/[a-z0-9-]+\.woff2`).FindAllString(css, -1)
	if len(fonts) != 4 {
		t.Fatalf("%d fonts", len(fonts))
	}
	for _, f := range fonts {
		if w := get(v, f, "gzip"); w.Code != 200 || !bytes.HasPrefix(w.Body.Bytes(), []byte("wOF2")) {
			t.Errorf("%s: %d", f, w.Code)
		}
	}
	if strings.Contains(css, "http:") || strings.Contains(css, "https:") || strings.Contains(css, "&") {
		t.Error("the sheet leaves the house or uses nesting")
	}
	for _, bad := range []string{"/tai-san/", "/tai-san/0000000000000000/base.css", "/tai-san/x", address + "x", "/tai-san/../view.go"} {
		if w := get(v, bad, ""); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", bad, w.Code)
		}
	}
}

// Every rule stands in a layer, so that order never depends on the folder's names.
func TestEveryStyleHasALayer(t *testing.T) {
	sheet, err := joinStyles()
	if err != nil {
		t.Fatal(err)
	}
	css := regexp.MustCompile(`(?s)/\*.*?\*/`).ReplaceAllString(string(sheet), "")
	depth, start := 0, 0
	for i, c := range css {
		switch c {
		case '{':
			if depth == 0 {
				head := strings.TrimSpace(css[start:i])
				if j := strings.LastIndex(head, ";"); j >= 0 {
					head = strings.TrimSpace(head[j+1:])
				}
				if !strings.HasPrefix(head, "@layer ") && head != "@font-face" {
					t.Errorf("outside of a layer: %q", head)
				}
			}
			depth++
		case '}':
			depth--
			start = i + 1
		}
		if depth < 0 {
			t.Fatal("braces do not match")
		}
	}
	if depth != 0 {
		t.Errorf("braces do not match: %d", depth)
	}
}

// All styles become one sheet, so a class that two pages style by its name alone changes the
// other's: whoever means a list says "ul.pick".
func TestAClassIsStyledInOnePlace(t *testing.T) {
	comment, rule, alone := regexp.MustCompile(`(?s)/\*.*?\*/`), regexp.MustCompile(`([^{}]+)\{`), regexp.MustCompile(`^\.[a-zA-Z][\w-]*$`)
	in := map[string]string{}
	for _, folder := range []string{"parts", "pages"} {
		err := filepath.WalkDir(folder, func(path string, _ fs.DirEntry, err error) error {
			if err != nil || filepath.Ext(path) != ".css" {
				return err
			}
			css, err := os.ReadFile(path)
			for _, head := range rule.FindAllSubmatch(comment.ReplaceAll(css, nil), -1) {
				for _, selector := range strings.Split(string(head[1]), ",") {
					class := strings.TrimSpace(selector)
					if !alone.MatchString(class) {
						continue
					}
					if was := in[class]; was != "" && was != path {
						t.Errorf("%s is styled by %s and %s", class, was, path)
					}
					in[class] = path
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestBrokenTemplatesStopTheProgram(t *testing.T) {
	good := &fstest.MapFile{Data: []byte(`{{define "works"}}{{end}}{{define "keys"}}x{{end}}`)}
	for name, c := range map[string]struct {
		files fstest.MapFS
		pages []Page
		want  string
	}{
		"no template":      {fstest.MapFS{"pages/a/keys.html": good}, []Page{Keys{}, Help{}}, `view.Help has no template "help"`},
		"not declared":     {fstest.MapFS{"pages/a/keys.html": good, "pages/a/lost.html": good}, []Page{Keys{}}, `"lost" belongs to no declared page`},
		"does not parse":   {fstest.MapFS{"pages/a/keys.html": {Data: []byte(`{{define "keys"}}{{if}}{{end}}`)}}, []Page{Keys{}}, "pages/a/keys.html"},
		"unknown function": {fstest.MapFS{"pages/a/keys.html": {Data: []byte(`{{define "keys"}}{{nothing}}{{end}}`)}}, []Page{Keys{}}, "nothing"},
		"unknown asset":    {fstest.MapFS{"pages/a/keys.html": {Data: []byte(`{{define "keys"}}{{asset "lost.css"}}{{end}}`)}}, []Page{Keys{}}, "lost.css"},
		"declared twice":   {fstest.MapFS{"pages/a/keys.html": good}, []Page{Keys{}, Keys{}}, "two pages"},
	} {
		if _, err := build(c.files, c.pages); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := build(fstest.MapFS{"pages/a/keys.html": good}, []Page{Keys{}}); err != nil {
		t.Error(err)
	}
}

// A kept shell must never be shown for another frame.
func TestShellIsKeptForItsOwnFrameOnly(t *testing.T) {
	v, err := New()
	if err != nil {
		t.Fatal(err)
	}
	base := Frame{Title: "a", Agency: "b", Today: "c", Person: "d", PersonTitle: "e", OnBehalf: "f", Place: PlaceHome, Nav: []NavItem{{Place: PlaceHome, Count: 1}}, Unread: 1, Refresh: 1}
	shell := func(f Frame) string {
		t.Helper()
		for range 2 { // the second time from memory
			if _, err := v.Shell(f); err != nil {
				t.Fatal(err)
			}
		}
		s, err := v.Shell(f)
		if err != nil {
			t.Fatal(err)
		}
		return string(s.Head) + string(s.Tail)
	}
	seen := map[string]string{shell(base): "base"}
	for i := range reflect.TypeFor[Frame]().NumField() {
		f := base
		name := reflect.TypeFor[Frame]().Field(i).Name
		field := reflect.ValueOf(&f).Elem().Field(i)
		switch x := field.Addr().Interface().(type) {
		case *string:
			*x = "other " + name
		case *bool:
			*x = true
		case *int:
			*x = 77
		case *Place:
			*x = PlaceHelp
		case *[]NavItem:
			*x = []NavItem{{Place: PlaceHome, Count: 1, Alarm: true}}
		case *Flash:
			*x = Flash{Text: "vừa xong"}
		case **SavedBar: // stands inside, see Whole
			continue
		default:
			t.Fatalf("%s: say how it changes", name)
		}
		s := shell(f)
		if was, ok := seen[s]; ok {
			t.Errorf("a frame with another %s is shown as %s", name, was)
		}
		seen[s] = name
	}
}

func TestMouldsAreBounded(t *testing.T) {
	var s moulds
	for i := range 3 * keptMoulds {
		s.put([]byte{byte(i), byte(i >> 8)}, mould{})
		if len(s.kept) > keptMoulds {
			t.Fatalf("%d kept", len(s.kept))
		}
	}
}

// Title and query are filled in after the template's own escaping: they must come out as
// the template would have written them.
func TestHolesAreFilledAsTheTemplateWould(t *testing.T) {
	v, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for _, evil := range []string{"", "quà Tết", `"><script>alert(1)</script>`, "</title><b>", "' onfocus='x", "a & b", "\x00", titleHole, queryHole + titleHole} {
		f := Frame{Title: evil, Query: evil, Agency: "A"}
		var want bytes.Buffer
		if err := v.set.ExecuteTemplate(&want, f.headTemplate(), f); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			s, err := v.Shell(f)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(s.Head, want.Bytes()) {
				t.Errorf("%q:\n%s\nwant\n%s", evil, s.Head, want.Bytes())
			}
		}
	}
}
