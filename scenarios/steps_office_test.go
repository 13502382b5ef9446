// SPDX-License-Identifier: Apache-2.0

package scenarios

import (
	"net/url"
	"strings"
)

func cut(s, sep string) (string, string, bool) { return strings.Cut(s, sep) }

var officeRules = []rule{
	{pattern: `{ai} khai báo vắng mặt từ {ngày} đến {đến ngày}{thêm}`, name: "khai báo mình vắng mặt", do: declareOwnAbsence},
	{pattern: `{ai} khai báo {người} vắng mặt từ {ngày} đến {đến ngày}{thêm}`, name: "khai báo người khác vắng mặt", do: declareAbsence},
	{pattern: `{ai} bấm "{nút}"{thêm}`, name: "bấm nút của trang vừa hiện, sau khi điền thêm các ô", do: press},
	{pattern: `{ai} làm thay {người}`, name: "bắt đầu làm thay người vắng mặt", do: takeBehalf},
	{pattern: `{ai} thôi làm thay {người}`, name: "trở lại với tư cách của mình", do: layDownBehalf},
	{pattern: `{ai} ghi {người} đã trở lại`, name: "kết thúc thời gian vắng mặt", do: endAbsence},
	{pattern: `{ai} thêm ngày nghỉ {ngày}, tên "{tên}", nguồn "{nguồn}"`, name: "thêm một ngày nghỉ vào lịch", do: addHoliday},
	{pattern: `{ai} đặt cài đặt "{tên}" là "{giá trị}"`, name: "đổi một cài đặt của cơ quan", do: setSetting},
}

func declareOwnAbsence(o *office, a args) seen {
	return o.declare(a.who[0], a.who[0], a)
}

func declareAbsence(o *office, a args) seen { return o.declare(a.who[0], a.who[1], a) }

func (o *office) declare(by, away person, a args) seen {
	g := gesture{page: "/vang-mat", action: "/vang-mat", button: "Khai báo vắng mặt",
		fields: []clause{set("Từ ngày", a.day[0]), set("Đến hết ngày", a.day[1])}}
	if at := o.visit(by, "/vang-mat"); at.refused() || offers(at.formTo("/vang-mat", ""), away.Full) {
		g.fields = append(g.fields, set("Ai vắng", away.Full))
	} else if by != away {
		return seen{page: o.force(by, gesture{action: "/vang-mat", fields: append(g.fields, set("Ai vắng", away.Full))}, a.more)}
	}
	return o.do(by, g, a.more)
}

// offers reports whether the form lets one choose a person.
func offers(f *form, name string) bool {
	if f == nil {
		return false
	}
	for _, c := range f.controls {
		if attr(c, "name") == "person" && c.Data == "select" {
			_, err := option(c, name)
			return err == nil
		}
	}
	return false
}

// press sends the form of the page that the person looks at, by one of its buttons.
func press(o *office, a args) seen {
	b := o.browser(a.who[0])
	if b.page == nil {
		o.failf("%s chưa mở trang nào", a.who[0].Name)
	}
	f := b.page.formWith(a.text[0])
	if f == nil {
		o.failf("trang %s không có nút %q", b.page.address, a.text[0])
	}
	for _, c := range a.more {
		o.must(f.fill(c.label, c.value, o.contentOf(c)))
	}
	at := b.submit(f)
	if strings.HasPrefix(at.address, "/van-ban-den/2") {
		for _, name := range []string{f.values.Get("notation"), f.values.Get("subject")} {
			if name != "" && f.values.Has("subject") {
				o.documents[key(a.who[0], name)] = at.address
			}
		}
	}
	return seen{page: at}
}

func takeBehalf(o *office, a args) seen {
	p := a.who[0]
	at := o.visit(p, "/vang-mat")
	for _, f := range at.all("form") {
		if x := at.form(f); x.action == "/lam-thay" && x.press(button(x)) && strings.HasSuffix(button(x), " "+a.who[1].Full) {
			return seen{page: o.browser(p).submit(x)}
		}
	}
	if !o.at.refused {
		o.failf("%s không được mời làm thay %s", p.Name, a.who[1].Name)
	}
	_, id, _ := cut(o.raw(p, "lead", a.who[1].Full), "/")
	return seen{page: o.browser(p).post("/lam-thay", url.Values{"for": {id}})}
}

// button is the words of a form's only button.
func button(f *form) string {
	for _, c := range f.controls {
		if c.Data == "button" {
			return visible(c)
		}
	}
	return ""
}

func layDownBehalf(o *office, a args) seen {
	p := a.who[0]
	at := o.visit(p, "/vang-mat")
	for _, f := range at.all("form") {
		if x := at.form(f); x.action == "/lam-thay" && x.press(button(x)) {
			return seen{page: o.browser(p).submit(x)}
		}
	}
	o.failf("%s không làm thay ai", p.Name)
	return seen{}
}

func endAbsence(o *office, a args) seen {
	p := a.who[0]
	for _, li := range o.visit(p, "/vang-mat").all("main .plain-list li") {
		if f := pick(li, "form"); f != nil && text(pick(li, "b")) == a.who[1].Full {
			return seen{page: o.browser(p).post(attr(f, "action"), url.Values{})}
		}
	}
	o.failf("%s không ghi được %s trở lại", p.Name, a.who[1].Name)
	return seen{}
}

func addHoliday(o *office, a args) seen {
	s := o.do(a.who[0], gesture{page: "/quan-tri/lich?year=" + a.day[0][6:], action: "/quan-tri/lich", button: "Xem trước thay đổi", fields: []clause{
		set("Ngày", a.day[0]), set("Loại", "Nghỉ lễ"), set("Tên", a.text[0]), set("Nguồn", a.text[1])},
		extra: url.Values{}}, nil)
	if len(s.page.all("main table.moved")) > 0 {
		s.say, s.table = ".aside", rowsOf
	}
	return s
}

func setSetting(o *office, a args) seen {
	return o.do(a.who[0], gesture{page: "/quan-tri/co-quan", action: "/quan-tri/co-quan", button: "Lưu cài đặt", fields: []clause{set(a.text[0], a.text[1])}}, nil)
}
