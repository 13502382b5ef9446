// SPDX-License-Identifier: Apache-2.0

package web

import (
	"fmt"

	"soviec/door/web/view"
	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/org"
)

// organisation is units, posts and people on a day.
func organisation(v *visit) error {
	if err := v.must(org.SeeSystem); err != nil {
		return err
	}
	day := v.today
	typed := v.FormValue("day")
	if typed != "" {
		asked, err := civil.ParseHuman(typed, v.today, v.dir.Calendar)
		if err != nil {
			return fault.Invalid("day", "Không đọc được ngày “"+typed+"”.")
		}
		day = asked
	}
	p := view.Organisation{Frame: v.frame(view.PlaceAdmin, "Đơn vị và cán bộ"), MayEdit: v.may(org.ManagePeople, org.Target{})}
	if day != v.today {
		p.Day = day.VN()
	}
	logins := map[int64]org.LoginState{}
	if p.MayEdit {
		var err error
		if logins, err = org.Logins(v.read(), v.agency()); err != nil {
			return err
		}
	}
	people := map[int64]bool{}
	for _, u := range v.dir.Units {
		if !u.On(day) {
			if !u.To.IsZero() && !day.Before(u.To) {
				p.Former = append(p.Former, v.formerUnit(u))
			}
			continue
		}
		p.Units = append(p.Units, v.orgUnit(u, day, p.MayEdit, logins, people))
	}
	p.Sentence = fmt.Sprintf("%d đơn vị, %d cán bộ.", len(p.Units), len(people))
	return v.show(p)
}

func (v *visit) formerUnit(u org.Unit) view.OrgUnit {
	row := view.OrgUnit{ID: idText(u.ID), Name: u.Name, Short: u.Short, From: u.From.VN(), To: u.To.AddDays(-1).VN()}
	if u.Became != 0 {
		row.Became = &view.Link{Label: v.dir.Unit(u.Became).Name, Href: unitLink(u.Became)}
	}
	return row
}

func (v *visit) orgUnit(u org.Unit, day civil.Date, edit bool, logins map[int64]org.LoginState, people map[int64]bool) view.OrgUnit {
	row := view.OrgUnit{ID: idText(u.ID), Name: u.Name, Short: u.Short, From: u.From.VN()}
	if edit {
		row.Href = unitLink(u.ID)
	}
	for _, post := range v.dir.Posts {
		if post.Unit != u.ID || !post.On(day) {
			continue
		}
		people[post.Person] = true
		one := view.OrgPerson{Name: v.dir.Person(post.Person).Name, Title: post.Title, Since: post.From.VN()}
		for _, r := range post.Roles {
			switch r {
			case org.Clerk, org.DeputyClerk, org.UnitClerk, org.Archivist, org.ScheduleOfficer, org.Auditor, org.SysAdmin:
				one.Duties = append(one.Duties, r.Name())
			}
		}
		if edit {
			one.Href = personLink(post.Person)
			one.Username, one.Status = v.loginWords(logins, post.Person)
		}
		row.People = append(row.People, one)
	}
	return row
}

func (v *visit) loginWords(logins map[int64]org.LoginState, person int64) (username, status string) {
	l, ok := logins[person]
	switch {
	case !ok:
		return "", "chưa có tài khoản"
	case l.Disabled:
		return l.Username, "đã khóa"
	case l.LockedUntil.After(v.now):
		return l.Username, "tạm khóa do sai mật khẩu"
	case l.LastSignIn.IsZero():
		return l.Username, "chưa đăng nhập lần nào"
	}
	return l.Username, ""
}

func unitLink(id int64) string   { return "/quan-tri/don-vi/" + idText(id) }
func personLink(id int64) string { return "/quan-tri/can-bo/" + idText(id) }

// newID is the last part of the address under which a new thing is made.
const newID = "moi"

var unitKinds = []view.Option{
	{Value: "division", Label: "Phòng chuyên môn"}, {Value: "office", Label: "Văn phòng"},
	{Value: "leaders", Label: "Lãnh đạo cơ quan"}, {Value: "other", Label: "Đơn vị khác"},
}

// unitPage makes or changes a unit.
func unitPage(v *visit) error {
	p, u, err := v.unitForm()
	if err != nil {
		return err
	}
	if u.ID == 0 {
		p.Form.Values = map[string][]string{"from": {v.today.VN()}}
	} else {
		p.Form.Values = map[string][]string{"name": {u.Name}, "short": {u.Short}}
	}
	return v.show(p)
}

func (v *visit) unitForm() (view.UnitEdit, org.Unit, error) {
	p := view.UnitEdit{Frame: v.frame(view.PlaceAdmin, "Đơn vị"), Address: "/quan-tri/don-vi/" + v.PathValue("id"), Kinds: unitKinds}
	if err := v.must(org.ManagePeople); err != nil {
		return p, org.Unit{}, err
	}
	var u org.Unit
	if v.PathValue("id") != newID {
		id, err := v.id("id")
		if err != nil {
			return p, u, err
		}
		if u = v.dir.Unit(id); u.ID == 0 {
			return p, u, errNoPage
		}
		p.Name, p.Since = u.Name, u.From.VN()
		if !u.To.IsZero() {
			p.Ended = "Đã kết thúc hoạt động từ ngày " + u.To.VN() + "."
			if u.Became != 0 {
				p.Ended += " Nay là " + v.dir.Unit(u.Became).Name + "."
			}
		}
		entries, err := journal.Of(v.read(), v.agency(), journal.Ref("unit", id))
		if err != nil {
			return p, u, err
		}
		p.Timeline = v.timeline(entries)
	}
	if u.ID != 0 {
		p.Merge = append(p.Merge, view.Option{Label: "không nhập"})
	}
	for _, other := range v.dir.UnitsOn(v.today) {
		if other.ID != u.ID {
			p.Merge = append(p.Merge, view.Option{Value: idText(other.ID), Label: other.Name})
		}
	}
	return p, u, nil
}

// saveUnit opens, renames, closes or merges, by what was filled in.
func saveUnit(v *visit) error {
	p, u, err := v.unitForm()
	if err != nil {
		return err
	}
	if err := v.ParseForm(); err != nil {
		return fault.Invalid("", "Không đọc được biểu mẫu.")
	}
	said := "Đã lưu " + v.field("name") + "."
	if u.ID == 0 {
		err = v.openUnit()
	} else {
		said, err = v.changeUnit(u)
	}
	if err == nil {
		return v.done("/quan-tri/don-vi", said)
	}
	if !wrong(err) {
		return err
	}
	p.Form = v.form(err)
	return v.again(p, err)
}

func (v *visit) openUnit() error {
	from, err := v.date("from")
	if err != nil {
		return err
	}
	n := org.NewUnit{Name: v.field("name"), Short: v.field("short"), Kind: v.field("kind"), From: from, Basis: v.field("basis")}
	var merged []int64
	for _, s := range v.PostForm["merged"] {
		if id, ok := number64(s); ok {
			merged = append(merged, id)
		}
	}
	return v.act(func(a *journal.Act) error {
		if len(merged) > 0 {
			_, err := org.Merge(a, org.Merging{From: merged, New: n, Day: from, Basis: n.Basis})
			return err
		}
		_, err := org.OpenUnit(a, n)
		return err
	})
}

func (v *visit) changeUnit(u org.Unit) (said string, err error) {
	to, err := v.date("to")
	if err != nil {
		return "", err
	}
	into, merge := number64(v.field("into"))
	name, short, basis := v.field("name"), v.field("short"), v.field("basis")
	said = "Đã lưu " + name + "."
	err = v.act(func(a *journal.Act) error {
		if name != u.Name || short != u.Short {
			if err := org.RenameUnit(a, u.ID, name, short, 0); err != nil {
				return err
			}
		}
		switch {
		case merge:
			said = "Đã nhập " + name + " vào " + v.dir.Unit(into).Name + "; cán bộ và việc đang mở đi theo."
			_, err := org.Merge(a, org.Merging{From: []int64{u.ID}, Into: into, Day: to, Basis: basis})
			return err
		case !to.IsZero():
			said = name + " thôi hoạt động từ ngày " + to.VN() + "."
			return org.CloseUnit(a, u.ID, to, basis)
		}
		return nil
	})
	return said, err
}
