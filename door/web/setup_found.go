// SPDX-License-Identifier: Apache-2.0

package web

import (
	"fmt"
	"strings"

	"soviec/door/web/view"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/document"
	"soviec/office/org"
)

func setupDutiesPage(v *setupVisit) error { return v.show(v.dutiesPage(nil)) }

func (v *setupVisit) dutiesPage(err error) view.SetupDuties {
	p := view.SetupDuties{Frame: v.frame("Văn thư và quản trị"), SetupSteps: v.steps(5),
		Form: view.Form{Values: v.s.duties, Errors: fieldErrors(err)}, People: []view.Option{{Label: "Chọn…"}}}
	for _, r := range v.s.people {
		if r.Username != "" {
			p.People = append(p.People, view.Option{Value: org.FoldUsername(r.Username), Label: r.Name, Note: r.Title})
		}
	}
	return p
}

// setupDuties is the last step by hand: it founds the agency.
func setupDuties(v *setupVisit) error {
	clerk, deputy, admin := v.field("clerk"), v.field("deputy_clerk"), v.field("administrator")
	v.s.duties = map[string][]string{"clerk": {clerk}, "deputy_clerk": {deputy}, "administrator": {admin}}
	if err := agencyMissing(&v.s.agency); err != nil {
		return v.again(v.agencyPage(err))
	}
	roll, err := v.roll()
	if err != nil {
		return v.rollRefused(err)
	}
	if err := v.dutiesTyped(clerk, deputy, admin); err != nil {
		return v.again(v.dutiesPage(err))
	}
	f := v.s.agency
	f.Units, f.People = roll.Units, roll.People
	for i := range f.People {
		p := &f.People[i]
		add := func(username string, r org.Role) {
			if post := &p.Posts[0]; username != "" && p.Username == username && !(org.Post{Roles: post.Roles}).Has(r) {
				post.Roles = append(post.Roles, r)
			}
		}
		add(clerk, org.Clerk)
		add(deputy, org.DeputyClerk)
		add(admin, org.SysAdmin)
		if p.Username == admin {
			p.Password = v.PostFormValue("password")
		}
	}
	if err := v.found(f); err != nil {
		if !wrong(err) {
			return err
		}
		return v.again(v.dutiesPage(err))
	}
	return nil
}

func (v *setupVisit) dutiesTyped(clerk, deputy, admin string) error {
	var errs []error
	known := map[string]bool{}
	for _, r := range v.s.people {
		known[org.FoldUsername(r.Username)] = true
	}
	if clerk == "" || !known[clerk] {
		errs = append(errs, fault.Invalid("clerk", "Hãy chọn văn thư của cơ quan."))
	}
	if deputy != "" && (!known[deputy] || deputy == clerk) {
		errs = append(errs, fault.Invalid("deputy_clerk", "Văn thư dự phòng phải là một người khác trong danh sách."))
	}
	if admin == "" || !known[admin] {
		errs = append(errs, fault.Invalid("administrator", "Hãy chọn người quản trị đầu tiên."))
	}
	password := v.PostFormValue("password")
	if err := org.CheckPassword(password, admin); err != nil {
		errs = append(errs, err)
	} else if password != v.PostFormValue("again") {
		errs = append(errs, fault.Invalid("again", "Hai lần gõ mật khẩu không giống nhau."))
	}
	return fault.Join(errs...)
}

// found opens the office, shows the first passwords this once, and closes the wizard.
func (v *setupVisit) found(f org.Founding) error {
	f.Rooms = []func(*journal.Act) error{document.Found}
	done, err := org.Found(v.Context(), v.d.Book, f)
	if err != nil {
		return err
	}
	v.s.done = true
	v.s.agency, v.s.units, v.s.people, v.s.duties, v.s.sheets = org.Founding{}, nil, nil, nil, nil
	p := view.SetupDone{Frame: v.frame("Văn phòng đã mở"), SetupSteps: v.steps(6), Agency: f.Name, Sheet: "#phieu", Address: v.origin(),
		Sentence: fmt.Sprintf("Đã lập %s: %s.", f.Name, rollWords(org.Roll{Units: f.Units, People: f.People}))}
	titles := map[string]string{}
	for _, x := range f.People {
		titles[x.Username] = x.Posts[0].Title
	}
	for _, l := range done.Logins {
		p.Accounts = append(p.Accounts, view.SampleAccount{Username: l.Username, Password: l.Password, Name: l.Name, Title: titles[l.Username]})
	}
	return v.show(p)
}

// origin is the address by which the wizard was reached, for the slips.
func (v *setupVisit) origin() string {
	scheme := "http://"
	if v.d.Secure {
		scheme = "https://"
	}
	return scheme + v.Host
}

// rollWords is "6 đơn vị, 22 cán bộ, 20 tài khoản".
func rollWords(r org.Roll) string {
	logins := 0
	for _, p := range r.People {
		if p.Username != "" {
			logins++
		}
	}
	return strings.Join([]string{fmt.Sprintf("%d đơn vị", len(r.Units)), fmt.Sprintf("%d cán bộ", len(r.People)), fmt.Sprintf("%d tài khoản", logins)}, ", ")
}
