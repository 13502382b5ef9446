// SPDX-License-Identifier: Apache-2.0

package web

import (
	"errors"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"soviec/door/web/view"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/org"
)

// nextStep is where an unfinished sign-in goes on.
func nextStep(step string) string {
	switch step {
	case org.StepTOTP:
		return "/dang-nhap/ma-xac-thuc"
	case org.StepPassword:
		return "/doi-mat-khau"
	}
	return "/"
}

func (d *Door) signInPage(w http.ResponseWriter, r *http.Request) error {
	if d.Setup != nil && d.Setup.waiting() {
		return d.show(w, http.StatusOK, view.Error{Frame: view.Frame{Bare: true, Title: "Chưa có cơ quan"}, Status: http.StatusNotFound,
			Text: "Chưa có cơ quan nào. Hãy mở địa chỉ dùng một lần mà chương trình đã in ra khi khởi động."})
	}
	return d.show(w, http.StatusOK, d.signInForm(r, nil))
}

func (d *Door) signInForm(r *http.Request, err error) view.SignIn {
	p := view.SignIn{Frame: view.Frame{Bare: true, Title: "Đăng nhập", Sample: len(d.Accounts) > 0},
		Accounts: d.Accounts, Next: local(r.FormValue("next"), "")}
	if err != nil {
		p.Form = view.Form{Values: url.Values{"username": {r.PostFormValue("username")}}, Errors: fieldErrors(err)}
		if fault.Is(err, fault.KindForbidden) {
			p.Form.Errors, p.Slow = nil, fault.Text(err)
		}
	}
	return p
}

func (d *Door) signIn(w http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(w, r.Body, 16<<10)
	s, token, err := org.SignIn(r.Context(), d.Book, r.PostFormValue("username"), r.PostFormValue("password"), r.UserAgent(), d.remote(r))
	if err != nil {
		if fault.Is(err, fault.KindInternal) {
			return err
		}
		return d.show(w, statuses[fault.KindOf(err)], d.signInForm(r, err))
	}
	setCookie(w, sessionCookie, token, 30*24*time.Hour, d.Secure)
	to := nextStep(s.Step)
	if next := local(r.PostFormValue("next"), ""); next != "" {
		if to == "/" {
			to = next
		} else {
			to += "?next=" + url.QueryEscape(next)
		}
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// remote is where a request comes from; behind a proxy, what the proxy says last.
func (d *Door) remote(r *http.Request) string {
	if d.Proxy {
		if said := r.Header.Values("X-Forwarded-For"); len(said) > 0 {
			hops := strings.Split(said[len(said)-1], ",")
			return strings.TrimSpace(hops[len(hops)-1])
		}
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

// step finds the session of an unfinished sign-in.
func (d *Door) step(r *http.Request) (org.Session, string, error) {
	c, err := r.Cookie(sessionCookie)
	if err != nil {
		return org.Session{}, "", errSignedOut
	}
	s, err := org.SessionOf(r.Context(), d.Book, c.Value)
	if err != nil && !fault.Is(err, fault.KindInternal) {
		err = errSignedOut
	}
	return s, c.Value, err
}

func toSignIn(w http.ResponseWriter, r *http.Request, err error) error {
	if errors.Is(err, errSignedOut) {
		http.Redirect(w, r, "/dang-nhap", http.StatusSeeOther)
		return nil
	}
	return err
}

func (d *Door) secondStepPage(w http.ResponseWriter, r *http.Request) error {
	if _, _, err := d.step(r); err != nil {
		return toSignIn(w, r, err)
	}
	return d.show(w, http.StatusOK, view.SecondFactor{Frame: view.Frame{Bare: true, Title: "Mã xác thực"}, Next: local(r.FormValue("next"), "")})
}

func (d *Door) secondStep(w http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(w, r.Body, 16<<10)
	_, token, err := d.step(r)
	if err != nil {
		return toSignIn(w, r, err)
	}
	s, err := org.SecondStep(r.Context(), d.Book, token, r.PostFormValue("code"))
	if err != nil {
		if fault.Is(err, fault.KindInternal) {
			return err
		}
		return d.show(w, statuses[fault.KindOf(err)], view.SecondFactor{Frame: view.Frame{Bare: true, Title: "Mã xác thực"}, Next: local(r.FormValue("next"), ""),
			Form: view.Form{Errors: fieldErrors(err)}})
	}
	http.Redirect(w, r, local(r.FormValue("next"), nextStep(s.Step)), http.StatusSeeOther)
	return nil
}

func (d *Door) passwordPage(w http.ResponseWriter, r *http.Request) error {
	s, _, err := d.step(r)
	if err != nil {
		return toSignIn(w, r, err)
	}
	return d.show(w, http.StatusOK, passwordForm(s, nil))
}

func passwordForm(s org.Session, err error) view.ChangePassword {
	return view.ChangePassword{Frame: view.Frame{Bare: true, Title: "Đổi mật khẩu"}, First: s.Step == org.StepPassword,
		Rules: org.PasswordRules(), Form: view.Form{Errors: fieldErrors(err)}}
}

func (d *Door) changePassword(w http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(w, r.Body, 16<<10)
	s, _, err := d.step(r)
	if err != nil {
		return toSignIn(w, r, err)
	}
	err = fault.Invalid("again", "Hai lần gõ mật khẩu mới không giống nhau.")
	if r.PostFormValue("password") == r.PostFormValue("again") {
		err = org.ChangePassword(r.Context(), d.Book, s, r.PostFormValue("current"), r.PostFormValue("password"))
	}
	if err != nil {
		if fault.Is(err, fault.KindInternal) {
			return err
		}
		return d.show(w, statuses[fault.KindOf(err)], passwordForm(s, err))
	}
	setFlash(w, view.Flash{Tone: view.ToneDone, Text: "Đã đổi mật khẩu."}, d.Secure)
	http.Redirect(w, r, local(r.FormValue("next"), "/"), http.StatusSeeOther)
	return nil
}

// signOut ends the session wherever the sign-in stands.
func (d *Door) signOut(w http.ResponseWriter, r *http.Request) error {
	s, _, err := d.step(r)
	if err == nil {
		by := journal.Holder{Agency: s.Agency, Person: s.Person}
		err = d.Book.Do(r.Context(), by, func(a *journal.Act) error { return org.EndSession(a, s.ID) })
	}
	if err != nil && !errors.Is(err, errSignedOut) && fault.Is(err, fault.KindInternal) {
		return err
	}
	setCookie(w, sessionCookie, "", 0, d.Secure)
	http.Redirect(w, r, "/dang-nhap", http.StatusSeeOther)
	return nil
}

func sessions(v *visit) error {
	rows, err := org.Sessions(v.d.Book, v.read(), v.agency(), v.session.Person)
	if err != nil {
		return err
	}
	logins, err := org.Logins(v.read(), v.agency())
	if err != nil {
		return err
	}
	p := view.Sessions{Frame: v.frame(view.PlaceNone, "Nơi đang đăng nhập"), SecondFactorOn: logins[v.session.Person].SecondFactor}
	for _, s := range rows {
		p.Rows = append(p.Rows, view.Session{ID: idText(s.ID), Device: device(s.Agent), Address: s.Address,
			Since: momentWords(s.Created), Seen: sinceWords(s.Seen, v.today), Current: s.ID == v.session.ID})
	}
	return v.show(p)
}

// device tells a browser from what it says of itself; only enough to know it again.
func device(agent string) string {
	name := "Trình duyệt khác"
	for _, b := range []struct{ mark, name string }{{"Edg/", "Edge"}, {"CocCoc", "Cốc Cốc"}, {"coc_coc", "Cốc Cốc"}, {"Firefox/", "Firefox"}, {"Chrome/", "Chrome"}, {"Safari/", "Safari"}} {
		if strings.Contains(agent, b.mark) {
			name = b.name
			break
		}
	}
	for _, s := range []struct{ mark, name string }{{"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Windows", "Windows"}, {"Mac OS", "macOS"}, {"Linux", "Linux"}} {
		if strings.Contains(agent, s.mark) {
			return name + " trên " + s.name
		}
	}
	return name
}

func endSession(v *visit) error {
	id, ok := number64(v.field("session"))
	if !ok {
		return errNoPage
	}
	if err := v.own(func(a *journal.Act) error { return org.EndSession(a, id) }); err != nil {
		return err
	}
	return v.done("/tai-khoan/phien", "Đã kết thúc phiên đăng nhập.")
}

func endOtherSessions(v *visit) error {
	if err := v.own(func(a *journal.Act) error { return org.EndOthers(a, v.session.ID) }); err != nil {
		return err
	}
	return v.done("/tai-khoan/phien", "Đã kết thúc mọi phiên đăng nhập khác.")
}

// own runs an act on one's own account, as oneself even while standing in.
func (v *visit) own(f func(*journal.Act) error) error {
	return v.d.Book.Do(v.Context(), v.dir.Holder(v.session.Person, 0, v.today), f)
}

// takeBehalf begins or ends acting for an absent person (field for; empty ends it).
func takeBehalf(v *visit) error {
	other, ok := number64(v.field("for"))
	if !ok {
		if err := v.own(func(a *journal.Act) error { return org.LayDownBehalf(a, v.session.ID) }); err != nil {
			return err
		}
		return v.done("/", "Đã trở lại làm việc với tư cách của mình.")
	}
	if err := v.own(func(a *journal.Act) error { return org.TakeBehalf(a, v.session.ID, other) }); err != nil {
		return err
	}
	return v.done("/", "Từ bây giờ anh/chị làm việc thay "+v.dir.Person(other).Polite()+".")
}
