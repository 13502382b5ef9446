// SPDX-License-Identifier: Apache-2.0

package web

import (
	"slices"

	"soviec/door/web/view"
	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/org"
)

const entriesOfPerson = 40

// personPage makes or changes a person.
func personPage(v *visit) error {
	p, x, err := v.personForm()
	if err != nil {
		return err
	}
	if x.ID == 0 {
		p.Form.Values = map[string][]string{"from": {v.today.VN()}, "gender": {"male"}, "duty": {string(org.Officer)}}
	}
	return v.show(p)
}

// personForm is the page with what is known; what was typed goes over it.
func (v *visit) personForm() (view.PersonEdit, org.Person, error) {
	p := view.PersonEdit{Frame: v.frame(view.PlaceAdmin, "Cán bộ"), Address: "/quan-tri/can-bo/" + v.PathValue("id"), Duties: roleOptions()}
	if err := v.must(org.ManagePeople); err != nil {
		return p, org.Person{}, err
	}
	p.Units = append(p.Units, view.Option{Label: "Chọn…"})
	for _, u := range v.dir.UnitsOn(v.today) {
		p.Units = append(p.Units, view.Option{Value: idText(u.ID), Label: u.Name})
	}
	if v.PathValue("id") == newID {
		return p, org.Person{}, nil
	}
	id, err := v.id("id")
	if err != nil {
		return p, org.Person{}, err
	}
	x := v.dir.Person(id)
	if x.ID == 0 {
		return p, x, errNoPage
	}
	return p, x, v.fillPerson(&p, x)
}

func (v *visit) fillPerson(p *view.PersonEdit, x org.Person) error {
	p.Name, p.Address = x.Name, personLink(x.ID)
	gender := "male"
	if x.Address == "bà" {
		gender = "female"
	}
	p.Form.Values = map[string][]string{"name": {x.Name}, "gender": {gender}, "phone": {x.Phone}, "email": {x.Email}}
	p.Post.Values = map[string][]string{"from": {v.today.VN()}, "duty": {string(org.Officer)}}
	main := true
	for _, post := range v.dir.Posts {
		if post.Person != x.ID {
			continue
		}
		row := view.PersonPost{ID: idText(post.ID), Title: post.Title, Unit: v.dir.Unit(post.Unit).Name, From: post.From.VN(), Now: post.On(v.today)}
		if !post.To.IsZero() {
			row.To = post.To.AddDays(-1).VN()
		}
		var roles []string
		for _, r := range post.Roles {
			row.Duties = append(row.Duties, r.Name())
			roles = append(roles, string(r))
		}
		row.MayEnd = post.To.IsZero() || post.To.After(v.today)
		if row.Now && main {
			main = false
			p.Post.Values["title"], p.Post.Values["unit"], p.Post.Values["duty"] = []string{post.Title}, []string{idText(post.Unit)}, roles
			p.Post.Values["replace"] = []string{idText(post.ID)}
			p.Replaces, p.ReplacesWords = idText(post.ID), post.Title+", "+row.Unit
		}
		p.Posts = append(p.Posts, row)
	}
	logins, err := org.Logins(v.read(), v.agency())
	if err != nil {
		return err
	}
	l, has := logins[x.ID]
	p.HasLogin, p.Username, p.Factor, p.Own = has, l.Username, l.SecondFactor, x.ID == v.session.Person
	switch {
	case l.Disabled:
		p.Locked = "Tài khoản đang khóa, không đăng nhập được."
	case l.LockedUntil.After(v.now):
		p.Locked = "Tạm khóa đến " + civil.TimeVN(l.LockedUntil) + " vì sai mật khẩu nhiều lần."
	}
	switch {
	case !has:
		p.SignedIn = "Chưa có tài khoản."
	case l.LastSignIn.IsZero():
		p.SignedIn = "Chưa đăng nhập lần nào."
	default:
		p.SignedIn = "Đăng nhập lần cuối " + sinceWords(l.LastSignIn, v.today) + "."
	}
	entries, err := journal.Of(v.read(), v.agency(), journal.Ref("person", x.ID))
	if err != nil {
		return err
	}
	// Daily coming and going is not what happened to the person.
	entries = slices.DeleteFunc(entries, func(e journal.Entry) bool {
		return e.Kind == org.SignedIn || e.Kind == org.SignedOut || e.Kind == org.SecondStepPassed
	})
	if n := len(entries); n > entriesOfPerson {
		entries = entries[n-entriesOfPerson:]
	}
	p.Timeline = v.timeline(entries)
	return nil
}

func (v *visit) personTyped() org.NewPerson {
	n := org.NewPerson{Name: v.field("name"), Phone: v.field("phone"), Email: v.field("email")}
	switch v.field("gender") {
	case "male":
		n.Address = "ông"
	case "female":
		n.Address = "bà"
	}
	return n
}

// postTyped is the post that the form asks for.
func (v *visit) postTyped() (org.NewPost, error) {
	n := org.NewPost{Title: v.field("title"), Basis: v.field("basis")}
	var errs []error
	var err error
	unit, ok := number64(v.field("unit"))
	if !ok {
		errs = append(errs, fault.Invalid("unit", "Hãy chọn đơn vị."))
	}
	n.Unit = unit
	if n.From, err = v.date("from"); err != nil {
		errs = append(errs, err)
	}
	for _, r := range v.PostForm["duty"] {
		n.Roles = append(n.Roles, org.Role(r))
	}
	return n, fault.Join(errs...)
}

// savePerson enters a person with a first post and, if a username is given, a login;
// or mends what is known of one.
func savePerson(v *visit) error {
	p, x, err := v.personForm()
	if err != nil {
		return err
	}
	if err := v.ParseForm(); err != nil {
		return fault.Invalid("", "Không đọc được biểu mẫu.")
	}
	if x.ID != 0 {
		err = v.act(func(a *journal.Act) error { return org.ChangePerson(a, x.ID, v.personTyped()) })
		if err == nil {
			return v.done(personLink(x.ID), "Đã lưu hồ sơ của "+v.field("name")+".")
		}
	} else {
		post, perr := v.postTyped()
		password := ""
		if err = perr; err == nil {
			err = v.act(func(a *journal.Act) error {
				id, err := org.EnterPerson(a, v.personTyped())
				if err != nil {
					return err
				}
				x.ID, post.Person = id, id
				if _, err := org.GivePost(a, post); err != nil {
					return err
				}
				if username := v.field("username"); username != "" {
					password, err = org.GiveLogin(a, id, username)
				}
				return err
			})
		}
		if err == nil {
			return v.personShown(x.ID, password)
		}
	}
	if !wrong(err) {
		return err
	}
	p.Form = v.form(err)
	return v.again(p, err)
}

// personShown is the page after a change that gave a password: it is shown this once.
func (v *visit) personShown(id int64, password string) error {
	if err := v.reread(); err != nil {
		return err
	}
	v.SetPathValue("id", idText(id))
	p, _, err := v.personForm()
	if err != nil {
		return err
	}
	p.Password = password
	return v.show(p)
}

// reread reads the directory again after an act of this request.
func (v *visit) reread() (err error) {
	v.dir, err = org.DirectoryOf(v.d.Book, v.read(), v.agency())
	return err
}

// personAct is a gesture on a person's page.
func personAct(v *visit) error {
	_, x, err := v.personForm()
	if err != nil {
		return err
	}
	if err := v.ParseForm(); err != nil {
		return fault.Invalid("", "Không đọc được biểu mẫu.")
	}
	if x.ID == 0 {
		return errNoPage
	}
	who, password, said := x.Polite(), "", ""
	err = v.act(func(a *journal.Act) (err error) {
		switch v.PathValue("act") {
		case "mat-khau":
			password, err = org.ResetPassword(a, x.ID)
		case "tai-khoan":
			password, err = org.GiveLogin(a, x.ID, v.field("username"))
		case "khoa":
			said, err = "Đã khóa tài khoản của "+who+" và kết thúc mọi phiên đăng nhập.", org.DisableLogin(a, x.ID)
		case "mo-khoa":
			said, err = "Đã mở khóa tài khoản của "+who+".", org.EnableLogin(a, x.ID)
		case "phien":
			said, err = "Đã kết thúc mọi phiên đăng nhập của "+who+".", org.EndAll(a, x.ID)
		case "xac-thuc":
			said, err = "Đã bỏ xác thực hai bước của "+who+".", org.DisableTOTP(a, x.ID)
		case "chuc-vu":
			said, err = "Đã ghi chức vụ mới của "+who+".", v.givePost(a, x)
		case "thoi-chuc-vu":
			said, err = "Đã ghi thôi giữ chức vụ của "+who+".", v.endPost(a, x)
		default:
			return errNoPage
		}
		return err
	})
	switch {
	case err == nil && password != "":
		return v.personShown(x.ID, password)
	case err == nil:
		return v.done(personLink(x.ID), said)
	case !wrong(err):
		return err
	}
	p, _, perr := v.personForm()
	if perr != nil {
		return perr
	}
	switch v.PathValue("act") {
	case "chuc-vu":
		p.Post = v.form(err)
	default:
		p.Form.Errors = fieldErrors(err)
	}
	return v.again(p, err)
}

// givePost gives a post and, if the form says so, ends the one it replaces.
func (v *visit) givePost(a *journal.Act, x org.Person) error {
	n, err := v.postTyped()
	if err != nil {
		return err
	}
	n.Person = x.ID
	if n.From.IsZero() {
		n.From = v.today
	}
	i := slices.IndexFunc(v.dir.Posts, func(p org.Post) bool {
		return p.Person == x.ID && idText(p.ID) == v.field("replace")
	})
	if i < 0 {
		_, err := org.GivePost(a, n)
		return err
	}
	was := v.dir.Posts[i]
	if was.Unit == n.Unit && was.Title == n.Title { // only the duties change: the post is held once
		if err := org.EndPost(a, was.ID, n.From); err != nil {
			return err
		}
		_, err := org.GivePost(a, n)
		return err
	}
	// The new post first: whoever is the only administrator stays one throughout.
	if _, err := org.GivePost(a, n); err != nil {
		return err
	}
	return org.EndPost(a, was.ID, n.From)
}

func (v *visit) endPost(a *journal.Act, x org.Person) error {
	id, ok := number64(v.field("post"))
	if !ok || !slices.ContainsFunc(v.dir.Posts, func(p org.Post) bool { return p.ID == id && p.Person == x.ID }) {
		return errNoPage
	}
	day, err := v.date("to")
	if err != nil {
		return err
	}
	if day.IsZero() {
		day = v.today
	}
	return org.EndPost(a, id, day)
}
