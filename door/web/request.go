// SPDX-License-Identifier: Apache-2.0

package web

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"runtime"
	"strconv"
	"strings"
	"time"

	"soviec/door/web/view"
	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/org"
)

// visit is one request of a person who is signed in.
type visit struct {
	*http.Request
	w       http.ResponseWriter
	d       *Door
	now     time.Time
	today   civil.Date
	session org.Session
	dir     *org.Directory
	rights  org.Rights // of the person, or of whom the person acts for
	holder  journal.Holder
	files   uploads // that came with the form under way
	noLook  bool    // the files of the form are no documents: they are not read for search

	saved       *view.SavedBar // the filters kept for the list that is looked at
	tables      bool           // the form takes tables: also CSV, which is no kind of record
	served      bool           // has a place at the counters
	needsFactor bool           // a second factor has to be set up before anything else
}

// page answers one address for a person who is signed in.
type page func(v *visit) error

// read is a reader over what is committed, bound to the request.
func (v *visit) read() store.Reader { return v.d.Book.DB.Read(v.Context()) }

// act runs one act of the visitor.
func (v *visit) act(f func(*journal.Act) error) error {
	return v.d.Book.Do(v.Context(), v.holder, f)
}

// agency is the agency of the visitor.
func (v *visit) agency() int64 { return v.holder.Agency }

// me is the person whose eyes the page is for: the absent one while standing in.
func (v *visit) me() int64 { return v.rights.Person }

// may reports whether the visitor may do something, to leave out what he may not.
func (v *visit) may(a org.Action, t org.Target) bool { return v.rights.May(a, t) }

// id reads a number from the address; an address without one does not exist.
func (v *visit) id(name string) (int64, error) {
	n, err := strconv.ParseInt(v.PathValue(name), 10, 64)
	if err != nil || n <= 0 {
		return 0, errNoPage
	}
	return n, nil
}

// field is what was typed, without space around it and in one line.
func (v *visit) field(name string) string {
	return strings.Join(strings.Fields(v.PostFormValue(name)), " ")
}

// text is what was typed in a field of several lines.
func (v *visit) text(name string) string {
	return strings.TrimSpace(strings.ReplaceAll(v.PostFormValue(name), "\r\n", "\n"))
}

// date reads a day as people type it; an empty field is the zero day.
func (v *visit) date(name string) (civil.Date, error) {
	typed := v.field(name)
	if typed == "" {
		return 0, nil
	}
	day, err := civil.ParseHuman(typed, v.today, v.dir.Calendar)
	if err != nil {
		return 0, fault.Invalid(name, "Không đọc được ngày “"+typed+"”. Có thể gõ 25/11, 25/11/2026, mai, thứ Sáu, +3.")
	}
	return day, nil
}

var errNoPage = fault.NotFound("Không có trang này, hoặc anh/chị không được xem.")

// open answers an address that needs no sign-in.
func (d *Door) open(f func(w http.ResponseWriter, r *http.Request) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := f(w, r); err != nil {
			d.refuse(w, r, view.Frame{Bare: true}, err)
		}
	}
}

// in answers an address for whoever is signed in; others are sent to sign in and
// come back.
func (d *Door) in(f page) http.HandlerFunc { return d.enter(f, false) }

// account answers the addresses that also whoever has still to set up a second factor
// may use: those by which it is set up.
func (d *Door) account(f page) http.HandlerFunc { return d.enter(f, true) }

func (d *Door) enter(f page, unready bool) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		v, err := d.visit(w, r)
		if err == nil && !unready && v.needsFactor {
			err = errFactor
		}
		if err == nil {
			err = f(v)
		}
		switch {
		case errors.Is(err, errFactor):
			next := ""
			if r.Method == http.MethodGet && r.URL.Path != "/" {
				next = "?next=" + url.QueryEscape(r.URL.RequestURI())
			}
			http.Redirect(w, r, factorAddress+next, http.StatusSeeOther)
		case err == nil:
		case wantsJSON(r) && (errors.Is(err, errSignedOut) || errors.Is(err, errStep) || errors.Is(err, errFactor)):
			sendJSON(w, http.StatusUnauthorized, refusals{[]refusal{{Kind: "signed_out", Text: "Chưa đăng nhập, hoặc chưa qua hết các bước đăng nhập."}}})
		case errors.Is(err, errSignedOut):
			next := ""
			if r.Method == http.MethodGet {
				next = "?next=" + url.QueryEscape(r.URL.RequestURI())
			}
			http.Redirect(w, r, "/dang-nhap"+next, http.StatusSeeOther)
		case errors.Is(err, errStep):
			http.Redirect(w, r, nextStep(v.session.Step), http.StatusSeeOther)
		default:
			frame := view.Frame{Bare: true}
			if v != nil && v.dir != nil {
				frame = v.frame(view.PlaceNone, "")
			}
			d.refuse(w, r, frame, err)
		}
	}
}

var (
	errSignedOut = errors.New("web: nobody is signed in")
	errStep      = errors.New("web: the sign-in is not finished")
	errFactor    = errors.New("web: the second factor has to be set up first")
)

func (d *Door) visit(w http.ResponseWriter, r *http.Request) (*visit, error) {
	cookie, err := r.Cookie(sessionCookie)
	if err != nil {
		return nil, errSignedOut
	}
	now := d.Clock()
	session, err := org.SessionOf(r.Context(), d.Book, cookie.Value)
	if err != nil {
		if fault.Is(err, fault.KindInternal) {
			return nil, err
		}
		return nil, errSignedOut
	}
	v := &visit{Request: r, w: w, d: d, now: now, today: civil.Of(now), session: session}
	if session.Step != org.StepOpen {
		return v, errStep
	}
	if v.dir, err = org.DirectoryOf(d.Book, v.read(), session.Agency); err != nil {
		return v, err
	}
	behalf := session.Behalf
	if behalf != 0 && !v.dir.StandsIn(session.Person, behalf, v.today) {
		behalf = 0 // the absence has ended: back to oneself
	}
	v.holder = v.dir.Holder(session.Person, behalf, v.today)
	v.rights = v.dir.RightsFor(session.Person, cmp.Or(behalf, session.Person), v.today)
	v.needsFactor = session.NeedsFactor(v.dir, func() org.Rights { return v.dir.Rights(session.Person, v.today) }, func() org.Rights { return v.rights })
	return v, nil
}

// statuses of the kinds of failure.
var statuses = map[fault.Kind]int{
	fault.KindInternal: http.StatusInternalServerError, fault.KindInvalid: http.StatusUnprocessableEntity,
	fault.KindNotFound: http.StatusNotFound, fault.KindForbidden: http.StatusForbidden,
	fault.KindConflict: http.StatusConflict, fault.KindGone: http.StatusGone,
}

// refuse answers with the sentence of the rule that refused. The detail of an
// internal fault goes to the log under a number, which is all that the person sees.
func (d *Door) refuse(w http.ResponseWriter, r *http.Request, frame view.Frame, err error) {
	kind := fault.KindOf(err)
	text := fault.Text(err)
	number := ""
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		kind, text = fault.KindInvalid, "Dữ liệu gửi lên lớn hơn mức cho phép."
	case errors.Is(err, context.Canceled):
		return
	case kind == fault.KindInternal:
		number = strconv.FormatInt(store.NewID(d.Clock()), 36)
		slog.Error("page failed", "number", number, "method", r.Method, "path", r.URL.Path, "err", err)
	}
	if wantsJSON(r) {
		sendJSON(w, statuses[kind], refusalsOf(kind, text, err))
		return
	}
	p := view.Error{Frame: frame, Status: statuses[kind], Text: text, Act: number}
	if err := d.show(w, p.Status, p); err != nil {
		slog.Error("error page failed", "err", err)
	}
}

// show sends a page in one write.
func (d *Door) show(w http.ResponseWriter, status int, p view.Page) error {
	return d.showMade(w, status, p, func() {})
}

// showMade calls made between making the page and sending it.
func (d *Door) showMade(w http.ResponseWriter, status int, p view.Page, made func()) error {
	buf := buffers.get()
	defer buffers.put(buf)
	if err := d.Views.Render(buf, p); err != nil {
		return fmt.Errorf("render %s: %w", p.Template(), err)
	}
	made()
	send(w, status, buf.Bytes())
	return nil
}

// show answers the visitor with a page.
func (v *visit) show(p view.Page) error {
	return v.d.showMade(v.w, http.StatusOK, p, v.leaveCounter) // whoever reads slowly keeps nobody waiting
}

// counters are where pages that cost much are made: as many as there are cores. More at once
// would be ready no sooner, and every short request between them would wait for all.
var counters = make(chan struct{}, max(2, runtime.GOMAXPROCS(0)))

// atCounter waits for a place in the order of coming. The page that is shown gives it back;
// the caller defers leaveCounter for every other way out.
func (v *visit) atCounter() error {
	select {
	case counters <- struct{}{}:
		v.served = true
		return nil
	case <-v.Context().Done():
		return v.Context().Err()
	}
}

func (v *visit) leaveCounter() {
	if v.served {
		v.served = false
		<-counters
	}
}

// again answers a form that was refused with what was typed and the sentences.
func (v *visit) again(p view.Page, err error) error {
	return v.d.show(v.w, statuses[fault.KindOf(err)], p)
}

// form is what was typed, with the faults found.
func (v *visit) form(err error) view.Form {
	return view.Form{Values: v.PostForm, Errors: fieldErrors(err)}
}

func fieldErrors(err error) []view.FieldError {
	var out []view.FieldError
	for _, e := range fault.All(err) {
		out = append(out, view.FieldError{Field: e.Field, Text: e.Text})
	}
	return out
}

// wrong reports whether a refusal belongs back into the form: the person can mend it.
func wrong(err error) bool {
	return fault.Is(err, fault.KindInvalid) || fault.Is(err, fault.KindConflict)
}

// done sends the visitor on after an act, with a sentence of what was done.
func (v *visit) done(to, said string) error {
	setFlash(v.w, view.Flash{Tone: view.ToneDone, Text: said}, v.d.Secure)
	http.Redirect(v.w, v.Request, to, http.StatusSeeOther)
	return nil
}

// see sends the visitor to an address.
func (v *visit) see(to string) error {
	http.Redirect(v.w, v.Request, to, http.StatusSeeOther)
	return nil
}

// back is where the form says to return to, if that is an address of this office.
func (v *visit) back(otherwise string) string { return local(v.PostFormValue("back"), otherwise) }

// local keeps an address only if it stays here.
func local(to, otherwise string) string {
	if !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.ContainsAny(to, "\\\r\n") {
		return otherwise
	}
	return to
}

func stack() string {
	b := make([]byte, 16<<10)
	return string(b[:runtime.Stack(b, false)])
}
