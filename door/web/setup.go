// SPDX-License-Identifier: Apache-2.0

package web

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/hex"
	"net/http"
	"strings"
	"sync"
	"time"

	"soviec/door/web/view"
	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/office/org"
)

// setupLasts is how long the one-time address is good.
const setupLasts = 24 * time.Hour

// A Setup is the wizard of an installation that has no agency yet. It lives behind a
// one-time address, keeps what was typed between the steps, and is gone once it has
// founded the agency.
type Setup struct {
	token   string
	expires time.Time

	mu     sync.Mutex
	done   bool
	agency org.Founding // what it is called; no more
	units  []view.SetupUnitRow
	people []view.SetupPersonRow
	duties map[string][]string // clerk, deputy_clerk, administrator
	sheets map[string]sheetRead
}

// NewSetup makes a wizard under a new address.
func NewSetup(now time.Time) *Setup {
	var raw [16]byte
	_, _ = rand.Read(raw[:])
	return &Setup{token: hex.EncodeToString(raw[:]), expires: now.Add(setupLasts), sheets: map[string]sheetRead{}}
}

// Path is the one-time address on this installation.
func (s *Setup) Path() string { return "/cai-dat/" + s.token }

// waiting reports whether the agency is still to be founded.
func (s *Setup) waiting() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return !s.done
}

// setupVisit is one request of whoever holds the one-time address.
type setupVisit struct {
	*http.Request
	w   http.ResponseWriter
	d   *Door
	s   *Setup
	now time.Time
}

const (
	setupFormBytes  = 1 << 20
	setupSheetBytes = 10 << 20
)

// setup answers the addresses of the wizard. Whoever has not the token learns nothing,
// not even that there is a wizard.
func (d *Door) setup(f func(v *setupVisit) error) http.HandlerFunc {
	return d.open(func(w http.ResponseWriter, r *http.Request) error {
		s := d.Setup
		if s == nil || subtle.ConstantTimeCompare([]byte(r.PathValue("token")), []byte(s.token)) != 1 {
			return errNoPage
		}
		// One request at a time: the wizard is for one person.
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.done {
			return errNoPage
		}
		now := d.Clock()
		if !now.Before(s.expires) {
			return fault.Gone("Địa chỉ cài đặt đã hết hiệu lực. Hãy khởi động lại chương trình để nhận địa chỉ mới.")
		}
		there, err := org.Agencies(d.Book.DB.Read(r.Context()))
		if err != nil {
			return err
		}
		if len(there) > 0 {
			s.done = true // another program on the same database has founded it
			return errNoPage
		}
		r.Body = http.MaxBytesReader(w, r.Body, setupSheetBytes+setupFormBytes)
		return f(&setupVisit{Request: r, w: w, d: d, s: s, now: now})
	})
}

func (v *setupVisit) field(name string) string {
	return strings.Join(strings.Fields(v.PostFormValue(name)), " ")
}

func (v *setupVisit) frame(title string) view.Frame {
	return view.Frame{Bare: true, Title: title, Today: todayWords(civil.Of(v.now))}
}

func (v *setupVisit) steps(current int) view.SetupSteps {
	return view.SetupSteps{Address: v.s.Path(), Current: current}
}

func (v *setupVisit) show(p view.Page) error { return v.d.show(v.w, http.StatusOK, p) }

func (v *setupVisit) again(p view.Page) error {
	return v.d.show(v.w, http.StatusUnprocessableEntity, p)
}

func (v *setupVisit) next(step string) error {
	http.Redirect(v.w, v.Request, v.s.Path()+step, http.StatusSeeOther)
	return nil
}

func setupWelcome(v *setupVisit) error {
	return v.show(view.SetupWelcome{Frame: v.frame("Mở văn phòng"), SetupSteps: v.steps(1),
		Expires: "Địa chỉ này dùng một lần, hết hiệu lực lúc " + sinceWords(v.s.expires, civil.Of(v.now)) + "."})
}

// agencyFields are what an agency is called, in the order of the form and of the sheet.
var agencyFields = []struct {
	key, label, hint string
	need             string // the sentence when it is missing
	of               func(*org.Founding) *string
}{
	{"name", "Tên cơ quan", "Ghi như trên văn bản do cơ quan ban hành.", "Hãy nhập tên cơ quan.", func(f *org.Founding) *string { return &f.Name }},
	{"short", "Viết tắt", "Dùng trong ký hiệu văn bản, ví dụ BDT.", "Hãy nhập chữ viết tắt của cơ quan.", func(f *org.Founding) *string { return &f.Short }},
	{"code", "Mã định danh", "Theo Quyết định 28/2018/QĐ-TTg, ví dụ H14.18; có thể để trống.", "", func(f *org.Founding) *string { return &f.Code }},
	{"superior", "Cơ quan chủ quản", "Ví dụ UBND tỉnh Cao Bằng; có thể để trống.", "", func(f *org.Founding) *string { return &f.Superior }},
	{"place", "Địa danh", "Ghi trước ngày tháng trên văn bản, ví dụ Cao Bằng.", "Hãy nhập địa danh.", func(f *org.Founding) *string { return &f.Place }},
}

func setupAgencyPage(v *setupVisit) error { return v.show(v.agencyPage(nil)) }

func (v *setupVisit) agencyPage(err error) view.SetupAgency {
	p := view.SetupAgency{Frame: v.frame("Cơ quan"), SetupSteps: v.steps(2), Form: view.Form{Values: map[string][]string{}, Errors: fieldErrors(err)}}
	for _, f := range agencyFields {
		p.Form.Values[f.key] = []string{*f.of(&v.s.agency)}
	}
	return p
}

func setupAgency(v *setupVisit) error {
	for _, f := range agencyFields {
		*f.of(&v.s.agency) = v.field(f.key)
	}
	if err := agencyMissing(&v.s.agency); err != nil {
		return v.again(v.agencyPage(err))
	}
	return v.next("/don-vi")
}

// agencyMissing names the fields that were left empty.
func agencyMissing(f *org.Founding) error {
	var errs []error
	for _, a := range agencyFields {
		if a.need != "" && *a.of(f) == "" {
			errs = append(errs, fault.Invalid(a.key, a.need))
		}
	}
	return fault.Join(errs...)
}
