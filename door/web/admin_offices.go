// SPDX-License-Identifier: Apache-2.0

package web

import (
	"slices"
	"strconv"
	"strings"

	"soviec/door/web/view"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/document"
	"soviec/office/org"
)

// areas are the areas of work on this day, for whoever may change them.
func (v *visit) areas() *view.Areas {
	if !v.may(org.ManagePeople, org.Target{}) {
		return nil
	}
	p := &view.Areas{Leaders: []view.Option{{Label: "Chưa phân công"}}, Units: []view.Option{{Label: "Chưa có"}}}
	for _, l := range v.dir.With(v.today, org.Head, org.Deputy, org.OfficeChief) {
		p.Leaders = append(p.Leaders, view.Option{Value: idText(l.ID), Label: l.Name, Note: v.dir.Title(l.ID, v.today)})
	}
	for _, u := range v.dir.UnitsOn(v.today) {
		p.Units = append(p.Units, view.Option{Value: idText(u.ID), Label: u.Name})
	}
	for _, f := range v.dir.FieldsOn(v.today) {
		row := view.Area{ID: idText(f.ID), Name: f.Name, Leader: v.dir.Person(f.Leader).Name, Unit: v.dir.Unit(f.Unit).Name}
		row.Form.Values = map[string][]string{"name": {f.Name}, "code": {f.Code}, "leader": {zeroEmpty(f.Leader)}, "unit": {zeroEmpty(f.Unit)}}
		if !f.To.IsZero() {
			row.Form.Values["to"] = []string{f.To.VN()}
		}
		p.Rows = append(p.Rows, row)
	}
	return p
}

// books are the registers of arrivals with the number that each gives next.
func (v *visit) books() (view.Books, error) {
	p := view.Books{Year: strconv.Itoa(v.today.Year())}
	all, err := document.Books(v.read(), v.agency())
	if err != nil {
		return p, err
	}
	for _, b := range all {
		next, err := document.NextNumber(v.read(), b.ID, v.today.Year())
		if err != nil {
			return p, err
		}
		p.Rows = append(p.Rows, view.Book{ID: idText(b.ID), Name: b.Name, Code: b.Code, Next: number(int(next)), MayBegin: next == 1})
	}
	return p, nil
}

// settingsRefused answers a small form of the page of settings that was refused.
func (v *visit) settingsRefused(err error, put func(*view.AgencySettings, view.Form)) error {
	if !wrong(err) {
		return err
	}
	p, perr := v.settingsNow()
	if perr != nil {
		return perr
	}
	put(&p, v.form(err))
	return v.again(p, err)
}

// saveArea makes an area of work or changes who is in charge of it.
func saveArea(v *visit) error {
	if err := v.must(org.ManagePeople); err != nil {
		return err
	}
	f := org.Field{Name: v.field("name"), Code: v.field("code")}
	f.ID, _ = number64(v.field("id"))
	f.Leader, _ = number64(v.field("leader"))
	f.Unit, _ = number64(v.field("unit"))
	to, err := v.date("to")
	if f.To = to; err == nil {
		err = v.act(func(a *journal.Act) error {
			_, err := org.SetField(a, f)
			return err
		})
	}
	if err == nil {
		return v.done("/quan-tri/co-quan#linh-vuc", "Đã lưu lĩnh vực “"+f.Name+"”.")
	}
	return v.settingsRefused(err, func(p *view.AgencySettings, form view.Form) {
		if p.Areas == nil {
			return
		}
		if i := slices.IndexFunc(p.Areas.Rows, func(x view.Area) bool { return x.ID == idText(f.ID) }); i >= 0 {
			p.Areas.Rows[i].Form = form
			return
		}
		p.Areas.Form = form
	})
}

// openBook opens a further register of arrivals.
func openBook(v *visit) error {
	if err := v.must(org.ManageSettings); err != nil {
		return err
	}
	name := v.field("name")
	err := v.act(func(a *journal.Act) error {
		_, err := document.OpenRegister(a, v.field("code"), name)
		return err
	})
	if err == nil {
		return v.done("/quan-tri/co-quan#so", "Đã mở sổ “"+name+"”.")
	}
	return v.settingsRefused(err, func(p *view.AgencySettings, form view.Form) { p.Books.Form = form })
}

// beginBook lets a register begin this year at another number than 1.
func beginBook(v *visit) error {
	if err := v.must(org.ManageSettings); err != nil {
		return err
	}
	register, ok := number64(v.field("register"))
	if !ok {
		return errNoPage
	}
	first, err := strconv.ParseInt(strings.ReplaceAll(v.field("number"), ".", ""), 10, 64)
	if err != nil {
		err = fault.Invalid("number", "Hãy nhập số đến đầu tiên, ví dụ 2612.")
	} else {
		err = v.act(func(a *journal.Act) error { return document.BeginAt(a, register, v.today.Year(), first) })
	}
	if err == nil {
		return v.done("/quan-tri/co-quan#so", "Số đến tiếp theo của sổ là "+number(int(first))+".")
	}
	return v.settingsRefused(err, func(p *view.AgencySettings, form view.Form) {
		i := slices.IndexFunc(p.Books.Rows, func(b view.Book) bool { return b.ID == idText(register) && b.MayBegin })
		if i >= 0 {
			p.Books.Rows[i].Form = form
			return
		}
		for _, e := range form.Errors { // its form is gone: a number was given meanwhile
			p.Form.Errors = append(p.Form.Errors, view.FieldError{Text: e.Text})
		}
	})
}
