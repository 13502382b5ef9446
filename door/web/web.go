// SPDX-License-Identifier: Apache-2.0

// Package web is the way in for people: addresses, forms and pages.
//
// May enter: addresses, reading forms, calling one verb, filling page structs, cookies, headers.
// May not: a rule of the office, SQL.
package web

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"golang.org/x/mod/sumdb/note"

	"soviec/door/signdesk"
	"soviec/door/web/view"
	"soviec/kit/blob"
	"soviec/kit/cms"
	"soviec/kit/convert"
	"soviec/kit/extract"
	"soviec/kit/find"
	"soviec/kit/job"
	"soviec/kit/journal"
	"soviec/office/notice"
	"soviec/office/task"
)

// A Door is the web's way into an installation. Its fields are set by whoever
// wires the program together; Handler may then be served.
type Door struct {
	Book   *journal.Book
	Blobs  blob.Store
	Text   *extract.Worker // reads dropped files; nil reads none
	Word   *convert.Office // turns Word documents into PDF; nil turns none
	Finder *find.Finder
	Board  *task.Board
	Jobs   *job.Runner
	Post   *notice.Post // how people are reached beyond the pages; nil reaches nobody
	Fetch  *cms.Fetcher // whom judging signatures may ask; nil asks nobody
	Views  *view.Views
	Clock  func() time.Time
	Seals  SealJudge      // looks at what came back from the agency's key; nil takes none
	Desk   *signdesk.Desk // signs with keys that answer elsewhere; nil signs nothing

	// Accounts are shown on the sign-in page of the sample office.
	Accounts []view.SampleAccount
	// Setup is the one-time path of the wizard while the installation is empty.
	Setup *Setup
	// Secure marks cookies for https only; Proxy believes X-Forwarded-For.
	Secure, Proxy bool
	// Keys open the checkpoints of the book.
	Keys note.Verifiers
	// Health adds what the program knows of itself to the administrator's page.
	Health func(ctx context.Context, agency int64) []view.Health

	shells shells
	checks checks // of the public page for signatures
	passes passes // of the one-time addresses of the signing desk
}

// Handler answers all addresses of the office.
func (d *Door) Handler() http.Handler {
	mux := http.NewServeMux()
	d.routes(mux)
	// A post from another site is refused by the browser's own word on where it
	// comes from; forms need no tokens.
	guard := http.NewCrossOriginProtection()
	return d.recovered(headers(guard.Handler(mux)))
}

// headers are on every answer: nothing but what the program itself serves may run.
func headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h["Content-Security-Policy"] = csp
		h["X-Content-Type-Options"] = nosniff
		h["Referrer-Policy"] = sameOrigin
		h["X-Frame-Options"] = sameFrame
		next.ServeHTTP(w, r)
	})
}

// The values are kept whole, because they go out with every answer.
var (
	csp = []string{"default-src 'self'; img-src 'self' data:; object-src 'self'; frame-src 'self'; " +
		"frame-ancestors 'self'; form-action 'self'; base-uri 'none'"}
	nosniff    = []string{"nosniff"}
	sameOrigin = []string{"same-origin"}
	sameFrame  = []string{"SAMEORIGIN"}
)

// recovered answers a panic with the page for faults of the program.
func (d *Door) recovered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if p := recover(); p != nil {
				if p == http.ErrAbortHandler {
					panic(p)
				}
				slog.Error("panic in a page", "path", r.URL.Path, "panic", p, "stack", stack())
				w.WriteHeader(http.StatusInternalServerError)
			}
		}()
		next.ServeHTTP(w, r)
	})
}
