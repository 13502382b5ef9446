// SPDX-License-Identifier: Apache-2.0

package scenarios

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"soviec/door/web"
	"soviec/door/web/view"
	"soviec/kit/blob"
	"soviec/kit/extract"
	"soviec/kit/find"
	"soviec/kit/job"
	"soviec/kit/journal"
	"soviec/kit/print"
	"soviec/kit/store"
	"soviec/office/archive"
	"soviec/office/document"
	"soviec/office/draft"
	"soviec/office/handover"
	"soviec/office/notice"
	"soviec/office/org"
	"soviec/office/org/orgtest"
	"soviec/office/plan"
	"soviec/office/remark"
	"soviec/office/task"
)

// An office is the model office behind its real door, with a clock that scenarios turn
// and a browser for each person.
type office struct {
	testing.TB
	db       *store.DB
	book     *journal.Book
	clock    *orgtest.Clock
	turned   bool // the step itself set the clock
	finder   *find.Finder
	blobs    *blob.Folder
	jobs     *job.Runner
	door     *web.Door
	handler  http.Handler
	ways     *ways   // out of the office
	agencies []int64 // the first, the second
	browsers map[string]*browser
	password map[string]string // by login, where it is not everybody's

	at        step              // the step under way
	documents map[string]string // the address of a document by its number, or its subject
	works     map[string]string // the address of the work about a document
	envelopes map[string]string // the address of an envelope by its sender
	files     map[string][]byte // what a file holds, where it matters
	phones    map[string]phone  // by login
}

var tie = sync.OnceFunc(func() {
	task.OnChange(document.RefIncoming, archive.Both(document.Effects(), archive.Effects()))
	org.OnLeave("archive", archive.Leaving)
	document.Papers = draft.Morning
	task.OnChange(plan.RefRun, plan.Effects())
})

var views = sync.OnceValues(view.New)

// pdfReader is one engine for all scenarios: its start is what costs.
var pdfReader = sync.OnceValue(func() *extract.Worker {
	return &extract.Worker{Cache: filepath.Join(os.TempDir(), "soviec-test-pdf")}
})

func newOffice(t testing.TB, db *store.DB) *office {
	tie()
	tieSignatures()
	return &office{TB: t, db: db, browsers: map[string]*browser{}, password: map[string]string{}, documents: map[string]string{},
		works: map[string]string{}, envelopes: map[string]string{}, files: map[string][]byte{}, phones: map[string]phone{}}
}

// open founds the office and opens its door, on the morning of the scenario's first day.
func (o *office) open(day string) {
	o.book, o.clock = orgtest.Book(o.TB, o.db, isoDay(day)+" 07:00")
	o.found("")
	o.clock.Set(o.TB, isoDay(day)+" 08:00")
	blobs, err := blob.OpenFolder(o.TempDir())
	o.must(err)
	v, err := views()
	o.must(err)
	o.blobs, o.finder = blobs, find.New(o.db)
	o.jobs = &job.Runner{DB: o.db, Clock: o.clock.Now, Handlers: map[string]job.Handler{
		document.JobText: o.readNothing, document.JobPurge: o.purge}}
	for kind, f := range o.planJobs() {
		o.jobs.Handlers[kind] = f
	}
	o.door = &web.Door{Book: o.book, Blobs: blobs, Finder: o.finder, Board: task.NewBoard(o.book), Jobs: o.jobs, Views: v, Clock: o.clock.Now}
	o.handler = o.door.Handler()
}

// found makes an agency; the second one's usernames bear a suffix.
func (o *office) found(suffix string) {
	agency, _ := orgtest.FoundAs(o.TB, o.book, suffix)
	o.agencies = append(o.agencies, agency)
	o.start()
}

// start does what the program does when it starts.
func (o *office) start() {
	for _, agency := range o.agencies {
		o.must(document.Complete(context.Background(), o.book, agency))
	}
}

func system(agency int64) journal.Holder {
	return journal.Holder{Agency: agency, System: true, Name: org.SystemName}
}

// readNothing stands for the reading of files, which has tests of its own.
func (o *office) readNothing(context.Context, job.Item) error { return nil }

// purge removes the bytes of a recalled document, as the program does.
func (o *office) purge(ctx context.Context, it job.Item) error {
	var keys []string
	if err := json.Unmarshal(it.Payload, &keys); err != nil {
		return err
	}
	_, err := document.Purge(o.db.Read(ctx), keys, func(key string) error { return o.blobs.Remove(ctx, blob.Key(key)) })
	return err
}

// background does the work that the program does by itself between two steps. Search
// is brought up to date where somebody searches.
func (o *office) background() {
	_, err := o.jobs.Drain(context.Background())
	o.must(err)
}

// verify holds the rows against the book, as `soviec verify` does.
func (o *office) verify() {
	ctx := context.Background()
	for _, agency := range o.agencies {
		for _, check := range []func(store.Reader, int64, func(string)) error{org.Check, notice.Check, task.Check, handover.Check, remark.Check, document.Check, plan.Check, archive.Check} {
			o.must(check(o.db.Read(ctx), agency, func(s string) { o.Errorf("sổ không khớp: %s", s) }))
		}
		_, err := journal.Verify(o.db.Read(ctx), agency, nil, nil, func(s string) { o.Errorf("sổ không nguyên vẹn: %s", s) })
		o.must(err)
	}
}

func (o *office) must(err error) {
	if err != nil {
		o.failf("%v", err)
	}
}

// failf ends the scenario at the step under way.
func (o *office) failf(format string, args ...any) {
	o.Fatalf("%s: %s", o.at.text, fmt.Sprintf(format, args...))
}

func (o *office) agencyOf(p person) int64 {
	if p.second {
		return o.agencies[1]
	}
	return o.agencies[0]
}

// key tells the papers of the two agencies apart.
func key(p person, name string) string {
	if p.second {
		return "2:" + name
	}
	return name
}

// browser is the person's own; it signs in when it is first used.
func (o *office) browser(p person) *browser {
	b := o.browsers[p.login()]
	if b == nil {
		b = &browser{handler: o.handler, cookies: map[string]string{}}
		o.browsers[p.login()] = b
	}
	return b
}

func (o *office) passwordOf(p person) string { return cmpOr(o.password[p.login()], orgtest.Password) }

// signIn goes through the real form.
func (o *office) signIn(p person, password string) *page {
	b := o.browser(p)
	at := b.get("/dang-nhap")
	f := at.formTo("/dang-nhap", "Đăng nhập")
	if f == nil {
		o.failf("trang đăng nhập không có biểu mẫu")
	}
	o.must(f.fill("Tên đăng nhập", p.login(), nil))
	o.must(f.fill("Mật khẩu", password, nil))
	return b.submit(f)
}

// open a page as a person; whose session has ended signs in and comes back.
func (o *office) visit(p person, address string) *page {
	at := o.browser(p).get(address)
	if !strings.HasPrefix(at.address, "/dang-nhap") {
		return at
	}
	if in := o.signIn(p, o.passwordOf(p)); in.refused() || strings.HasPrefix(in.address, "/dang-nhap") {
		return in
	}
	return o.browser(p).get(address)
}

// document is the address of a document that somebody names.
func (o *office) document(p person, name string) string {
	return o.known(o.documents, p, name, "văn bản")
}

// work is the address of the work about a document.
func (o *office) work(p person, name string) string {
	return o.known(o.works, p, name, "việc từ văn bản")
}

func (o *office) known(in map[string]string, p person, name, what string) string {
	if at, ok := in[key(p, name)]; ok {
		return at
	}
	if at, ok := in[name]; ok { // the other agency's: whoever knows the address may type it
		return at
	}
	o.failf("chưa có %s %q trong kịch bản này", what, name)
	return ""
}

// remember keeps where a document's work is, as the page of the document tells.
func (o *office) remember(p person, name string, at *page) {
	for _, a := range at.all(".shares a") {
		if href := attr(a, "href"); strings.HasPrefix(href, "/viec/") {
			o.works[key(p, name)] = href
			return
		}
	}
}

// paper is the content of a file by its name: a small PDF that nobody else has.
func (o *office) paper(name string) []byte {
	if body, ok := o.files[name]; ok {
		return body
	}
	return sheetOf(o, "Tệp "+name)
}

// sheetOf is a PDF whose first page bears a heading.
func sheetOf(o *office, heading string) []byte {
	var b bytes.Buffer
	o.must(print.Table(&b, print.Report{Agency: "VĂN BẢN MẪU", Title: heading, Columns: []print.Column{{Title: "Nội dung", WidthMM: 50}},
		Lines: func(func(print.Line) bool) {}, At: time.Unix(0, 0)}))
	return b.Bytes()
}

// isoDay turns 27/11/2026 into 2026-11-27.
func isoDay(day string) string {
	t, err := time.Parse("02/01/2006", day)
	if err != nil {
		return day
	}
	return t.Format("2006-01-02")
}
