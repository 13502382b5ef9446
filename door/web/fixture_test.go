// SPDX-License-Identifier: Apache-2.0

package web

import (
	"bytes"
	"context"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"

	dom "golang.org/x/net/html"

	"soviec/door/web/view"
	"soviec/kit/blob"
	"soviec/kit/find"
	"soviec/kit/job"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/kit/store/storetest"
	"soviec/office/document"
	"soviec/office/draft"
	"soviec/office/org"
	"soviec/office/org/orgtest"
	"soviec/office/remark"
	"soviec/office/signature"
	"soviec/office/task"
)

// modelOffice is the model office behind its real door: a database, a folder of
// files and the clock that tests turn. It opens on Monday 23 November 2026, 08:00.
type modelOffice struct {
	testing.TB
	door    *Door
	handler http.Handler
	book    *journal.Book
	clock   *orgtest.Clock
	agency  int64
	who     map[string]journal.Holder // by username, as holders for acts of the office
	blobs   *blob.Folder
}

var tieTaskToDocument = sync.OnceFunc(func() { task.OnChange(document.RefIncoming, document.Effects()) })

var tieMorning = sync.OnceFunc(func() { document.Papers = draft.Morning })

var tieSignatures = sync.OnceFunc(func() {
	document.Guard = func(a *journal.Act, d document.Incoming, files []document.File) error {
		var shas []string
		for _, f := range files {
			shas = append(shas, f.SHA)
		}
		return signature.Demand(a, d.Ref(), shas...)
	}
})

var parsedViews = sync.OnceValues(view.New)

// openOffice founds the model office on SQLite.
func openOffice(t testing.TB) *modelOffice { return openOfficeOn(t, storetest.Open(t)) }

// openOfficeOn founds the model office on a database, with its registers.
func openOfficeOn(t testing.TB, db *store.DB) *modelOffice {
	t.Helper()
	tieTaskToDocument()
	tieSignatures()
	tieMorning()
	book, clock := orgtest.Book(t, db, "2026-11-23 08:00")
	agency, who := orgtest.Found(t, book)
	orgtest.Do(t, book, who["minh"], document.Found)
	blobs, err := blob.OpenFolder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	views, err := parsedViews()
	if err != nil {
		t.Fatal(err)
	}
	o := &modelOffice{TB: t, book: book, clock: clock, agency: agency, who: who, blobs: blobs}
	o.door = &Door{Book: book, Blobs: blobs, Finder: find.New(db), Board: task.NewBoard(book),
		Jobs: &job.Runner{DB: db, Clock: clock.Now}, Views: views, Clock: clock.Now}
	o.handler = o.door.Handler()
	return o
}

// foundSecond makes another agency in the same installation; its usernames end in ".2".
func foundSecond(o *modelOffice) (int64, map[string]journal.Holder) {
	o.Helper()
	agency, who := orgtest.FoundAs(o, o.book, ".2")
	orgtest.Do(o, o.book, who["minh"], document.Found)
	return agency, who
}

// do runs one act of the office beside the door.
func (o *modelOffice) do(by string, f func(*journal.Act) error) {
	o.Helper()
	orgtest.Do(o, o.book, o.who[by], f)
}

// dir is the directory as committed now.
func (o *modelOffice) dir() *org.Directory { return orgtest.Directory(o, o.book, o.agency) }

// unit is the identifier of a unit by its short name.
func (o *modelOffice) unit(short string) int64 { return orgtest.Unit(o, o.book, o.agency, short).ID }

// read is a reader over what is committed.
func (o *modelOffice) read() store.Reader { return o.book.DB.Read(context.Background()) }

// visitor is somebody who is signed in.
type visitor struct {
	o     *modelOffice
	token string
	flash *http.Cookie
}

// as signs a person in by username.
func (o *modelOffice) as(username string) *visitor {
	o.Helper()
	session, token, err := org.SignIn(context.Background(), o.book, username, orgtest.Password, "test", "127.0.0.1")
	if err != nil {
		o.Fatal(err)
	}
	if session.Step != org.StepOpen {
		o.Fatalf("%s: the session waits for %s", username, session.Step)
	}
	return &visitor{o: o, token: token}
}

// nobody is somebody who is not signed in.
func (o *modelOffice) nobody() *visitor { return &visitor{o: o} }

// answer is what came back.
type answer struct {
	testing.TB
	Code int
	http.Header
	Body []byte
	node *dom.Node
}

func (p *visitor) send(r *http.Request) *answer {
	p.o.Helper()
	if p.token != "" {
		r.AddCookie(&http.Cookie{Name: sessionCookie, Value: p.token})
	}
	if p.flash != nil {
		r.AddCookie(p.flash)
	}
	w := httptest.NewRecorder()
	p.o.handler.ServeHTTP(w, r)
	res := w.Result()
	for _, c := range res.Cookies() {
		if c.Name == flashCookie {
			if p.flash = c; c.MaxAge < 0 {
				p.flash = nil
			}
		}
	}
	return &answer{TB: p.o.TB, Code: res.StatusCode, Header: res.Header, Body: w.Body.Bytes()}
}

// get asks for a page.
func (p *visitor) get(path string) *answer {
	p.o.Helper()
	return p.send(httptest.NewRequest(http.MethodGet, path, nil))
}

// post sends a form. Pairs are names and values.
func (p *visitor) post(path string, pairs ...string) *answer {
	p.o.Helper()
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(values(pairs).Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return p.send(r)
}

// dropped is a file in a form.
type dropped struct {
	field, name string
	body        []byte
}

// postFiles sends a form with files, as browsers do.
func (p *visitor) postFiles(path string, files []dropped, pairs ...string) *answer {
	p.o.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for _, f := range files {
		part, err := w.CreatePart(textproto.MIMEHeader{
			"Content-Disposition": {`form-data; name="` + f.field + `"; filename="` + f.name + `"`},
			"Content-Type":        {"application/octet-stream"},
		})
		if err != nil {
			p.o.Fatal(err)
		}
		_, _ = part.Write(f.body)
	}
	for name, all := range values(pairs) {
		for _, v := range all {
			_ = w.WriteField(name, v)
		}
	}
	_ = w.Close()
	r := httptest.NewRequest(http.MethodPost, path, &body)
	r.Header.Set("Content-Type", w.FormDataContentType())
	return p.send(r)
}

func values(pairs []string) url.Values {
	v := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
	}
	return v
}

// is checks the status.
func (a *answer) is(code int) *answer {
	a.Helper()
	if a.Code != code {
		a.Fatalf("status %d, want %d:\n%s", a.Code, code, a.words("main"))
	}
	return a
}

// goes checks that the answer sends the visitor on, and returns where.
func (a *answer) goes() string {
	a.Helper()
	a.is(http.StatusSeeOther)
	return a.Get("Location")
}

// page is the answer's tree.
func (a *answer) page() *dom.Node {
	if a.node == nil {
		a.node, _ = dom.Parse(bytes.NewReader(a.Body))
	}
	return a.node
}

// all finds elements by a selector: tags, #id, .class, [name], [name=value] and
// descendants parted by blanks.
func (a *answer) all(selector string) []*dom.Node {
	found := []*dom.Node{a.page()}
	for _, step := range strings.Fields(selector) {
		var next []*dom.Node
		seen := map[*dom.Node]bool{}
		for _, top := range found {
			for n := range top.Descendants() {
				if !seen[n] && fits(n, step) {
					seen[n] = true
					next = append(next, n)
				}
			}
		}
		found = next
	}
	return found
}

func fits(n *dom.Node, step string) bool {
	if n.Type != dom.ElementNode {
		return false
	}
	for step != "" {
		at := strings.IndexAny(step[1:], "#.[") + 1
		if at == 0 {
			at = len(step)
		}
		if step[0] == '[' {
			at = strings.IndexByte(step, ']') + 1
		}
		one := step[:at]
		step = step[at:]
		switch one[0] {
		case '#':
			if attr(n, "id") != one[1:] {
				return false
			}
		case '.':
			if !strings.Contains(" "+attr(n, "class")+" ", " "+one[1:]+" ") {
				return false
			}
		case '[':
			name, want, valued := strings.Cut(one[1:len(one)-1], "=")
			if !has(n, name) || valued && attr(n, name) != want {
				return false
			}
		default:
			if n.Data != one {
				return false
			}
		}
	}
	return true
}

func has(n *dom.Node, name string) bool {
	for _, at := range n.Attr {
		if at.Key == name {
			return true
		}
	}
	return false
}

func attr(n *dom.Node, name string) string {
	for _, at := range n.Attr {
		if at.Key == name {
			return at.Val
		}
	}
	return ""
}

// words is the text of all elements that a selector finds, on one line.
func (a *answer) words(selector string) string {
	var b strings.Builder
	for _, n := range a.all(selector) {
		write(&b, n)
		b.WriteByte(' ')
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func write(b *strings.Builder, n *dom.Node) {
	if n.Type == dom.TextNode {
		b.WriteString(n.Data)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		write(b, c)
	}
	switch n.Data {
	case "p", "li", "td", "th", "dd", "dt", "h1", "h2", "small", "option", "div", "label":
		b.WriteByte(' ')
	}
}

// says checks that what a selector finds holds the words.
func (a *answer) says(selector, words string) *answer {
	a.Helper()
	if got := a.words(selector); !strings.Contains(got, words) {
		a.Errorf("%s does not say %q:\n%s", selector, words, got)
	}
	return a
}

// silent checks that what a selector finds does not hold the words.
func (a *answer) silent(selector, words string) *answer {
	a.Helper()
	if got := a.words(selector); strings.Contains(got, words) {
		a.Errorf("%s says %q:\n%s", selector, words, got)
	}
	return a
}

// lacks checks that a selector finds nothing.
func (a *answer) lacks(selector string) *answer {
	a.Helper()
	if n := len(a.all(selector)); n > 0 {
		a.Errorf("%d elements are %s: %s", n, selector, a.words(selector))
	}
	return a
}

// value is what stands in a field of a form: a text, the chosen option, what is checked.
func (a *answer) value(field string) string {
	var out []string
	for _, n := range a.all("[name=" + field + "]") {
		switch {
		case n.Data == "textarea":
			var b strings.Builder
			write(&b, n)
			out = append(out, strings.TrimSpace(b.String()))
		case n.Data == "select":
			for o := range n.Descendants() {
				if o.Data == "option" && has(o, "selected") {
					out = append(out, attr(o, "value"))
				}
			}
		case attr(n, "type") == "checkbox" || attr(n, "type") == "radio":
			if has(n, "checked") {
				out = append(out, attr(n, "value"))
			}
		default:
			out = append(out, attr(n, "value"))
		}
	}
	return strings.Join(out, " ")
}

// letter is a small PDF with lines of text, as an office prints them: ASCII only.
func letter(lines ...string) []byte {
	var content bytes.Buffer
	content.WriteString("BT /F1 12 Tf 60 780 Td 16 TL\n")
	for _, l := range lines {
		content.WriteString("(" + strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`).Replace(l) + ") Tj T*\n")
	}
	content.WriteString("ET")
	objects := []string{
		"<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
		"<< /Length " + itoa(content.Len()) + " >>\nstream\n" + content.String() + "\nendstream",
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
	}
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	var at []int
	for i, o := range objects {
		at = append(at, b.Len())
		b.WriteString(itoa(i+1) + " 0 obj\n" + o + "\nendobj\n")
	}
	start := b.Len()
	b.WriteString("xref\n0 " + itoa(len(objects)+1) + "\n0000000000 65535 f \n")
	for _, n := range at {
		s := itoa(n)
		b.WriteString(strings.Repeat("0", 10-len(s)) + s + " 00000 n \n")
	}
	b.WriteString("trailer << /Size " + itoa(len(objects)+1) + " /Root 1 0 R >>\nstartxref\n" + itoa(start) + "\n%%EOF\n")
	return b.Bytes()
}

func itoa(n int) string { return idText(int64(n)) }

// blobCount is how many files lie in the store.
func (o *modelOffice) blobCount() int {
	n := 0
	if err := o.blobs.Each(context.Background(), func(blob.Key, int64) error { n++; return nil }); err != nil {
		o.Fatal(err)
	}
	return n
}

// index brings search up to date, as the program does in the background.
func (o *modelOffice) index() {
	o.Helper()
	if err := o.door.Finder.Index(context.Background()); err != nil {
		o.Fatal(err)
	}
}

// keep writes an answer's body to a file that programs of the test can read.
func (a *answer) keep(name string) string {
	a.Helper()
	path := a.TB.(interface{ TempDir() string }).TempDir() + "/" + name
	if err := os.WriteFile(path, a.Body, 0o600); err != nil {
		a.Fatal(err)
	}
	return path
}

// sayable lets works be spoken about, as the program does when it is wired together.
var sayable = sync.OnceFunc(func() {
	remark.On("task", remark.Matter{About: func(r store.Reader, agency, id int64) (remark.Topic, error) {
		w, err := task.Get(r, agency, id)
		return remark.Topic{Title: w.Title, Link: w.Link(), People: []int64{w.Giver}, MayRead: func(x org.Rights) bool { return task.MayRead(x, w) },
			MayConclude: func(x org.Rights) bool { return x.Person == w.Giver }}, err
	}})
})
