// SPDX-License-Identifier: Apache-2.0

package web

import (
	"net/url"
	"strings"

	"soviec/door/web/view"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/org"
	"soviec/office/saved"
)

// A savedList is a list whose filters may be kept under names.
type savedList struct{ path, title string }

// savedLists are the lists with filters, by the word that stands for them.
var savedLists = map[string]savedList{
	"viec": {"/viec", "Công việc"}, "qua-han": {"/viec-qua-han", "Việc quá hạn"}, "bang": {"/cong-viec/bang", "Bảng công việc"},
	"lich": {"/cong-viec/lich", "Lịch công việc"}, "tien-do": {"/cong-viec/tien-do", "Tiến độ công việc"}, "tai": {"/cong-viec/tai", "Tải công việc"},
	"van-ban-den": {"/van-ban-den", "Văn bản đến"},
}

// plainly is what an address asks that wants the list as it is, though another is pinned.
const plainly = "tat-ca"

// passing are what an address says of the moment: where a page begins, which month.
var passing = map[string]bool{"from": true, "after": true, "month": true, plainly: true}

// filterOf is the filter in an address, in one way of writing; the week of the calendar is
// whichever runs.
func filterOf(q url.Values) string {
	kept := url.Values{}
	for name, all := range q {
		if passing[name] || len(all) == 0 || all[0] == "" {
			continue
		}
		kept.Set(name, all[0])
		if name == "week" {
			kept.Set(name, thisWeek)
		}
	}
	return kept.Encode()
}

// listed is a list with the filters kept for it. A bare address opens with the pinned one.
func listed(key string, f page) page {
	l := savedLists[key]
	return func(v *visit) error {
		all, err := saved.Views(v.read(), v.rights, key)
		if err != nil {
			return err
		}
		bar := &view.SavedBar{List: key, All: l.path, Query: filterOf(v.URL.Query()), Units: v.unitsOfMine()}
		bar.None, bar.Keep = bar.Query == "", bar.Query != "" && v.holder.For == 0
		for _, s := range all {
			link := view.SavedLink{Label: s.Name, Href: l.path + "?" + s.Query, Now: s.Query == bar.Query, First: s.First}
			if s.Owner != v.me() {
				link.Shared = "dùng chung trong " + v.dir.Unit(s.Unit).Name
			}
			if s.First {
				bar.All = l.path + "?" + plainly + "=1"
				if v.URL.RawQuery == "" {
					return v.see(link.Href)
				}
			}
			bar.Keep = bar.Keep && !link.Now
			bar.Views = append(bar.Views, link)
		}
		v.saved = bar
		return f(v)
	}
}

// unitsOfMine are the units that the visitor works in.
func (v *visit) unitsOfMine() []view.Option {
	var out []view.Option
	for _, id := range v.rights.Units {
		out = append(out, view.Option{Value: idText(id), Label: v.dir.Unit(id).Name})
	}
	return out
}

// savedOf is the list that the address names.
func (v *visit) savedOf() (string, savedList, error) {
	key := v.PathValue("list")
	l, ok := savedLists[key]
	if !ok {
		return "", l, errNoPage
	}
	return key, l, nil
}

// savedViews is the page on which the filters of a list are put in order.
func savedViews(v *visit) error {
	p, err := v.savedPage()
	if err != nil {
		return err
	}
	return v.show(p)
}

func (v *visit) savedPage() (view.SavedViews, error) {
	key, l, err := v.savedOf()
	if err != nil {
		return view.SavedViews{}, err
	}
	all, err := saved.Views(v.read(), v.rights, key)
	if err != nil {
		return view.SavedViews{}, err
	}
	p := view.SavedViews{Frame: v.frame(view.PlaceNone, "Bộ lọc đã lưu"), List: key, Title: l.title, Back: l.path, Units: v.unitsOfMine()}
	for _, s := range all {
		row := view.SavedRow{ID: idText(s.ID), Name: s.Name, Href: l.path + "?" + s.Query, First: s.First, MayChange: v.may(org.SaveView, org.Target{Person: s.Owner, Unit: s.Unit})}
		if s.Owner != v.me() {
			row.Owner = v.dir.Person(s.Owner).Polite()
		}
		if s.Unit != 0 {
			row.Shared = v.dir.Unit(s.Unit).Name
		}
		p.Rows = append(p.Rows, row)
	}
	return p, nil
}

// keepView keeps the filter of the page that it comes from.
func keepView(v *visit) error {
	key, l, err := v.savedOf()
	if err != nil {
		return err
	}
	if err := v.ParseForm(); err != nil {
		return fault.Invalid("", "Không đọc được biểu mẫu.")
	}
	q, err := url.ParseQuery(v.PostFormValue("query"))
	if err != nil {
		return errNoPage
	}
	s := saved.View{List: key, Query: filterOf(q), Name: v.field("name")}
	s.Unit, _ = number64(v.field("unit"))
	err = v.act(func(a *journal.Act) (err error) {
		if s, err = saved.Keep(a, s); err == nil && v.field("first") != "" {
			err = saved.Pin(a, s.ID)
		}
		return err
	})
	if wrong(err) { // the filter is in the address: nothing is lost but the name
		setFlash(v.w, view.Flash{Tone: view.ToneError, Text: fault.Text(err)}, v.d.Secure)
		return v.see(address(l.path, q))
	}
	if err != nil {
		return err
	}
	return v.done(l.path+"?"+s.Query, "Đã lưu bộ lọc “"+strings.Join(strings.Fields(s.Name), " ")+"”.")
}

// savedActs are the gestures on a kept filter by the last word of their address.
var savedActs = map[string]struct {
	said string
	do   func(v *visit, a *journal.Act, id int64) error
}{
	"ten":         {"Đã đổi tên bộ lọc.", func(v *visit, a *journal.Act, id int64) error { return saved.Rename(a, id, v.field("name")) }},
	"rieng":       {"Bộ lọc không còn dùng chung.", func(_ *visit, a *journal.Act, id int64) error { return saved.Share(a, id, 0) }},
	"mo-dau":      {"Danh sách sẽ mở đầu bằng bộ lọc này.", func(_ *visit, a *journal.Act, id int64) error { return saved.Pin(a, id) }},
	"thoi-mo-dau": {"Danh sách mở đầu không lọc.", func(_ *visit, a *journal.Act, id int64) error { return saved.Unpin(a, id) }},
	"xoa":         {"Đã xóa bộ lọc.", func(_ *visit, a *journal.Act, id int64) error { return saved.Drop(a, id) }},
	"chung": {"Mọi người trong đơn vị đã thấy bộ lọc này.", func(v *visit, a *journal.Act, id int64) error {
		unit, _ := number64(v.field("unit"))
		return saved.Share(a, id, unit)
	}},
}

func savedAct(v *visit) error {
	key, _, err := v.savedOf()
	if err != nil {
		return err
	}
	id, err := v.id("id")
	act, ok := savedActs[v.PathValue("act")]
	if err != nil || !ok {
		return errNoPage
	}
	if err := v.ParseForm(); err != nil {
		return fault.Invalid("", "Không đọc được biểu mẫu.")
	}
	err = v.act(func(a *journal.Act) error { return act.do(v, a, id) })
	if wrong(err) {
		p, perr := v.savedPage()
		if perr != nil {
			return perr
		}
		p.Form = v.form(err)
		for i := range p.Rows {
			p.Rows[i].Refused = p.Rows[i].ID == idText(id)
		}
		return v.again(p, err)
	}
	if err != nil {
		return err
	}
	return v.done("/bo-loc/"+key, act.said)
}
