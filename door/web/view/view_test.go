// SPDX-License-Identifier: Apache-2.0

package view_test

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/text/unicode/norm"

	"soviec/door/web/view"
	"soviec/door/web/view/example"
)

func views(t testing.TB) *view.Views {
	t.Helper()
	v, err := view.New()
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func render(t testing.TB, v *view.Views, p view.Page) string {
	t.Helper()
	var b bytes.Buffer
	if err := v.Render(&b, p); err != nil {
		t.Fatalf("%T: %v", p, err)
	}
	return b.String()
}

// all returns the elements under n for which keep answers yes.
func all(n *html.Node, keep func(*html.Node) bool) []*html.Node {
	var out []*html.Node
	for c := range n.Descendants() {
		if c.Type == html.ElementNode && keep(c) {
			out = append(out, c)
		}
	}
	return out
}

func attr(n *html.Node, name string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

func text(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func parse(t testing.TB, body string) *html.Node {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestEveryPageHasAnExample(t *testing.T) {
	seen := map[reflect.Type]bool{}
	names := map[string]bool{}
	for _, e := range example.All() {
		seen[reflect.TypeOf(e.Page)] = true
		if names[e.Name] {
			t.Errorf("two examples are named %q", e.Name)
		}
		names[e.Name] = true
	}
	for _, p := range view.Pages() {
		if !seen[reflect.TypeOf(p)] {
			t.Errorf("%T has no example", p)
		}
	}
}

// A page must also stand with nothing filled in: an empty office is the first thing seen.
func TestEveryPageRendersEmpty(t *testing.T) {
	v := views(t)
	for _, p := range view.Pages() {
		if s := render(t, v, p); strings.Contains(s, "no value") {
			t.Errorf("%T: <no value>", p)
		}
	}
}

func TestExamplesAreSound(t *testing.T) {
	v := views(t)
	for _, e := range example.All() {
		t.Run(e.Name, func(t *testing.T) {
			body := render(t, v, e.Page)
			for _, bad := range []string{"no value", "%!", "ZgotmplZ", "javascript:"} {
				if strings.Contains(body, bad) {
					t.Errorf("contains %q", bad)
				}
			}
			if !norm.NFC.IsNormalString(body) {
				t.Error("the text is not NFC")
			}
			checkDocument(t, parse(t, body))
		})
	}
}

func checkDocument(t *testing.T, doc *html.Node) {
	ids, forms := map[string]bool{}, map[string]bool{}
	for _, n := range all(doc, func(*html.Node) bool { return true }) {
		if id, ok := attr(n, "id"); ok {
			if id == "" || ids[id] {
				t.Errorf("<%s id=%q> is empty or stands twice", n.Data, id)
			}
			ids[id] = true
			if n.Data == "form" {
				forms[id] = true
			}
		}
	}
	count := map[string]int{}
	for _, n := range all(doc, func(*html.Node) bool { return true }) {
		if n.Data != "title" || n.Parent.Data == "head" { // a title inside a picture is words, not the page's
			count[n.Data]++
		}
		for _, a := range n.Attr {
			// The content policy forbids both.
			if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
				t.Errorf("<%s %s> inside the page", n.Data, a.Key)
			}
			switch a.Key {
			case "for", "list", "aria-labelledby":
				if !ids[a.Val] {
					t.Errorf("<%s %s=%q> points to nothing", n.Data, a.Key, a.Val)
				}
			case "aria-describedby":
				for _, id := range strings.Fields(a.Val) {
					if !ids[id] {
						t.Errorf("<%s aria-describedby=%q> points to nothing", n.Data, id)
					}
				}
			case "form":
				if !forms[a.Val] {
					t.Errorf("<%s form=%q>: no such form", n.Data, a.Val)
				}
			case "href", "action", "src", "data":
				if a.Val == "" {
					t.Errorf("<%s %s> is empty", n.Data, a.Key)
				}
				if id, ok := strings.CutPrefix(a.Val, "#"); ok && !ids[id] {
					t.Errorf("<%s %s=%q> points to nothing", n.Data, a.Key, a.Val)
				}
			}
		}
		checkElement(t, n)
	}
	if count["h1"] != 1 {
		t.Errorf("%d h1", count["h1"])
	}
	if count["main"] != 1 || count["title"] != 1 {
		t.Errorf("%d main, %d title", count["main"], count["title"])
	}
	for _, n := range all(doc, func(n *html.Node) bool { return n.Data == "html" }) {
		if lang, _ := attr(n, "lang"); lang != "vi" {
			t.Errorf("lang=%q", lang)
		}
	}
}

// checkElement says what one element must carry.
func checkElement(t *testing.T, n *html.Node) {
	switch n.Data {
	case "script":
		if src, ok := attr(n, "src"); !ok || !strings.HasPrefix(src, "/tai-san/") {
			t.Errorf("a script inside the page or from elsewhere: %q", src)
		}
	case "img":
		if _, ok := attr(n, "alt"); !ok {
			t.Error("an image without words")
		}
	case "table":
		if len(all(n, func(c *html.Node) bool { return c.Data == "caption" })) != 1 {
			t.Error("a table without caption")
		}
	case "th":
		if _, ok := attr(n, "scope"); !ok {
			t.Errorf("a head cell without scope: %q", text(n))
		}
	case "a":
		title, _ := attr(n, "title")
		label, _ := attr(n, "aria-label")
		if text(n)+title+label == "" {
			t.Error("a link without words")
		}
	case "button":
		if text(n) == "" {
			t.Error("a button without words")
		}
	case "form":
		method, _ := attr(n, "method")
		action, _ := attr(n, "action")
		if method != "post" && method != "get" || !strings.HasPrefix(action, "/") {
			t.Errorf("form method=%q action=%q", method, action)
		}
	}
}

func TestShellAndFragmentMakeThePage(t *testing.T) {
	v := views(t)
	for _, e := range example.All() {
		want := render(t, v, e.Page)
		shell, err := v.Shell(e.Page.Around())
		if err != nil {
			t.Fatal(err)
		}
		main, err := v.Fragment(e.Page)
		if err != nil {
			t.Fatal(err)
		}
		parts, err := v.Whole(e.Page.Around(), shell, main)
		if got := string(bytes.Join(parts, nil)); err != nil || got != want || strings.Contains(got, "SoViec") {
			t.Errorf("%s: the parts are not the page (%v)", e.Name, err)
		}
	}
}

// A fragment is kept and set into the frames of many people: nothing of one person's
// frame may stand in it.
func TestFragmentKnowsNoFrame(t *testing.T) {
	v := views(t)
	for _, e := range example.All() {
		full, err := v.Fragment(e.Page)
		if err != nil {
			t.Fatal(err)
		}
		p := reflect.New(reflect.TypeOf(e.Page)).Elem()
		p.Set(reflect.ValueOf(e.Page))
		p.FieldByName("Frame").Set(reflect.ValueOf(view.Frame{}))
		bareOne, err := v.Fragment(p.Interface().(view.Page))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(full, bareOne) {
			t.Errorf("%s: the fragment changes with the frame", e.Name)
		}
	}
}

func TestHostileTextStaysText(t *testing.T) {
	v := views(t)
	evil := `"><script>alert(1)</script>`
	p := view.Works{Heading: evil, Works: []view.Work{{ID: evil, Href: "javascript:alert(1)", Subject: evil, Number: evil}}, Acts: []view.Option{{Value: "don-doc", Label: "Đôn đốc"}}}
	p.Person, p.OnBehalf, p.Title = evil, evil, evil
	body := render(t, v, p)
	if strings.Contains(body, "<script>alert") {
		t.Error("text became a script")
	}
	for _, a := range all(parse(t, body), func(n *html.Node) bool { return n.Data == "a" }) {
		if h, _ := attr(a, "href"); strings.HasPrefix(h, "javascript:") {
			t.Error("an address became a script")
		}
	}
}

func BenchmarkShell(b *testing.B) {
	v := views(b)
	f := find(b, "overdue").Around()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := v.Shell(f); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOverdue(b *testing.B) {
	v := views(b)
	p := find(b, "overdue")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := v.Fragment(p); err != nil {
			b.Fatal(err)
		}
	}
}

func find(t testing.TB, name string) view.Page {
	t.Helper()
	for _, e := range example.All() {
		if e.Name == name {
			return e.Page
		}
	}
	t.Fatalf("no example %q", name)
	return nil
}
