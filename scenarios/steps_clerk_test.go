// SPDX-License-Identifier: Apache-2.0

package scenarios

import (
	"net/url"
	"strings"
)

var clerkRules = []rule{
	{pattern: `{ai} vào sổ văn bản đến "{số}" với trích yếu "{trích yếu}"{thêm}`, name: "vào sổ, cấp số đến", do: register},
	{pattern: `{ai} vào sổ và trình văn bản đến "{số}" với trích yếu "{trích yếu}"{thêm}`, name: "vào sổ rồi trình lãnh đạo phụ trách trong một lần bấm", do: registerAndSubmit},
	{pattern: `{ai} tiếp nhận bì từ "{nơi gửi}"{thêm}`, name: "ghi một bì chưa vào sổ", do: receive},
	{pattern: `{ai} vào sổ bì từ "{nơi gửi}" với trích yếu "{trích yếu}"{thêm}`, name: "bóc bì, vào sổ", do: registerEnvelope},
	{pattern: `{ai} trả lại bì từ "{nơi gửi}", lý do "{lý do}"`, name: "trả bì về nơi gửi", do: refuseEnvelope},
	{pattern: `{ai} chuyển lại bì từ "{nơi gửi}" để vào sổ`, name: "người có tên trên bì chuyển lại cho văn thư", do: bringBack},
	{pattern: `{ai} sửa dữ liệu văn bản "{văn bản}"{thêm}`, name: "sửa thông tin đăng ký", do: correct},
	{pattern: `{ai} thêm tệp "{tệp}" vào văn bản "{văn bản}"{thêm}`, name: "thêm tệp cho văn bản", do: addFile},
	{pattern: `{ai} trình "{văn bản}" cho {người}{thêm}`, name: "trình lãnh đạo", do: submit},
	{pattern: `{ai} chuyển thẳng "{văn bản}" cho {nơi}{thêm}`, name: "chuyển đơn vị, người xử lý, không qua lãnh đạo", do: distribute},
	{pattern: `{ai} lập hồ sơ "{hồ sơ}" cho văn bản "{văn bản}"`, name: "đưa văn bản đã xong vào hồ sơ", do: fileAway},
	{pattern: `{ai} báo lọt văn bản mật "{văn bản}"`, name: "khóa văn bản vì thấy có dấu mật", do: reportSecret},
}

func register(o *office, a args) seen {
	return o.register(a, "/van-ban-den/moi", "Lưu, cấp số đến")
}

func registerAndSubmit(o *office, a args) seen {
	return o.register(a, "/van-ban-den/moi", "Lưu và trình lãnh đạo")
}

func (o *office) register(a args, page, button string) seen {
	p, number, subject := a.who[0], a.text[0], a.text[1]
	g := gesture{page: page, action: "/van-ban-den", button: button, fields: []clause{
		set("Số, ký hiệu", number), set("Trích yếu", subject)}, extra: url.Values{"type": {"CV"}, "then": {"save"}}}
	for _, usual := range []clause{set("Cơ quan ban hành", "Ủy ban nhân dân tỉnh Cao Bằng"), set("Ngày văn bản", o.clock.Today().AddDays(-1).VN())} {
		if !named(a.more, usual.label) {
			g.fields = append(g.fields, usual)
		}
	}
	s := o.do(p, g, a.more)
	if !s.refused() && strings.HasPrefix(s.page.address, "/van-ban-den/2") {
		o.documents[key(p, number)], o.documents[key(p, subject)] = s.page.address, s.page.address
	}
	return s
}

func named(all []clause, label string) bool {
	for _, c := range all {
		if lower(c.label) == lower(label) {
			return true
		}
	}
	return false
}

func receive(o *office, a args) seen {
	p := a.who[0]
	s := o.do(p, gesture{page: "/van-ban-den/tiep-nhan", action: "/van-ban-den/tiep-nhan", button: "Tiếp nhận", fields: []clause{set("Nơi gửi", a.text[0])}}, a.more)
	if !s.refused() {
		for _, link := range s.page.all("main .queue .c-what a") {
			if text(link) == "Bì từ "+a.text[0] {
				o.envelopes[key(p, a.text[0])] = attr(link, "href")
			}
		}
	}
	return s
}

// envelope is the address of a bì: from the queue, or from the notice of whom it names.
func (o *office) envelope(p person, sender string) string {
	if at, ok := o.envelopes[key(p, sender)]; ok {
		return at
	}
	for _, link := range o.visit(p, "/thong-bao").all("main ul.notices a") {
		if strings.Contains(text(link), sender) && strings.HasPrefix(attr(link, "href"), "/van-ban-den/bi/") {
			o.envelopes[key(p, sender)] = attr(link, "href")
			return attr(link, "href")
		}
	}
	o.failf("%s không biết bì nào từ %q", p.Name, sender)
	return ""
}

func registerEnvelope(o *office, a args) seen {
	p := a.who[0]
	page := ""
	for _, link := range o.visit(p, o.envelope(p, a.text[0])).all("main a.main") {
		page = attr(link, "href")
	}
	if page == "" {
		o.failf("bì từ %q không chờ vào sổ", a.text[0])
	}
	b := o.browser(p)
	f := b.get(page).formTo("/van-ban-den", "Lưu, cấp số đến")
	number := f.values.Get("notation")
	for _, c := range append([]clause{set("Trích yếu", a.text[1]), set("Cơ quan ban hành", a.text[0]), set("Ngày văn bản", o.clock.Today().AddDays(-1).VN())}, a.more...) {
		o.must(f.fill(c.label, c.value, o.contentOf(c)))
	}
	at := b.submit(f)
	if !at.refused() {
		o.documents[key(p, number)], o.documents[key(p, a.text[1])] = at.address, at.address
	}
	return seen{page: at}
}

func refuseEnvelope(o *office, a args) seen {
	at := o.envelope(a.who[0], a.text[0])
	return o.do(a.who[0], gesture{page: at, action: at + "/tra-lai", button: "Trả lại nơi gửi", fields: []clause{set("Lý do", a.text[1])}}, nil)
}

func bringBack(o *office, a args) seen {
	at := o.envelope(a.who[0], a.text[0])
	return o.do(a.who[0], gesture{page: at, action: at + "/chuyen-lai", button: "Chuyển lại văn thư để vào sổ"}, nil)
}

func correct(o *office, a args) seen {
	at := o.document(a.who[0], a.text[0]) + "/sua"
	return o.do(a.who[0], gesture{page: at, action: at, button: "Lưu sửa đổi"}, a.more)
}

func addFile(o *office, a args) seen {
	return o.do(a.who[0], o.onDocument(a.who[0], a.text[1], "tep", "Thêm tệp", set("Tệp", a.text[0])), a.more)
}

func submit(o *office, a args) seen {
	return o.do(a.who[0], o.onDocument(a.who[0], a.text[0], "trinh", "Trình", set("Lãnh đạo", a.who[1].Full)), a.more)
}

func distribute(o *office, a args) seen {
	return o.give(a, "phan-phoi", "Chuyển thẳng")
}

// give sends a directive and remembers the work that it makes.
func (o *office) give(a args, act, button string) seen {
	p := a.who[0]
	s := o.do(p, o.onDocument(p, a.text[0], act, button, set("Chủ trì", a.place[0])), a.more)
	o.remember(p, a.text[0], s.page)
	return s
}

func fileAway(o *office, a args) seen {
	return o.do(a.who[0], o.onDocument(a.who[0], a.text[1], "lap-ho-so", "Lập hồ sơ", set("Số, ký hiệu hồ sơ", a.text[0])), nil)
}

func reportSecret(o *office, a args) seen {
	return o.do(a.who[0], o.onDocument(a.who[0], a.text[0], "lot-mat", "Khóa và báo ngay"), nil)
}

var leaderRules = []rule{
	{pattern: `{ai} chuyển "{văn bản}" cho {người} cho ý kiến{thêm}`, name: "chuyển lãnh đạo khác", do: passOn},
	{pattern: `{ai} giao "{văn bản}" cho {nơi}{thêm}`, name: "cho ý kiến chỉ đạo, giao chủ trì", do: direct},
	{pattern: `{ai} giao "{văn bản}" cho hai chủ trì {nơi} và {nơi}`, name: "thử giao hai chủ trì", do: directTwo},
	{pattern: `{ai} giao "{văn bản}" không có chủ trì`, name: "thử giao mà không chọn chủ trì", do: directNobody},
	{pattern: `{ai} sửa ý kiến chỉ đạo "{văn bản}"{thêm}`, name: "thay ý kiến, đổi chủ trì hoặc hạn; ý kiến cũ vẫn còn", do: redirect},
	{pattern: `{ai} đổi chủ trì "{văn bản}" sang {nơi}, lý do "{lý do}"`, name: "giao chủ trì cho nơi khác", do: changeLead},
	{pattern: `{ai} bỏ chủ trì của "{văn bản}", lý do "{lý do}"`, name: "thử để việc không còn chủ trì", do: removeLead},
	{pattern: `{ai} đổi hạn "{văn bản}" thành {ngày}, lý do "{lý do}"`, name: "đổi hạn đã giao", do: changeDue},
}

func passOn(o *office, a args) seen {
	return o.do(a.who[0], o.onDocument(a.who[0], a.text[0], "chuyen-lanh-dao", "Chuyển lãnh đạo khác", set("Lãnh đạo", a.who[1].Full)), a.more)
}

func direct(o *office, a args) seen { return o.give(a, "giao-viec", "Giao việc") }

// directTwo sends what no page lets one choose: two leads.
func directTwo(o *office, a args) seen {
	p := a.who[0]
	at := o.document(p, a.text[0])
	f := o.visit(p, at).formTo(at+"/giao-viec", "Giao việc")
	if f == nil {
		o.failf("%s không thấy biểu mẫu giao việc", p.Name)
	}
	f.values["lead"] = []string{o.raw(p, "lead", a.place[0]), o.raw(p, "lead", a.place[1])}
	return seen{page: o.browser(p).submit(f)}
}

func directNobody(o *office, a args) seen {
	return o.do(a.who[0], o.onDocument(a.who[0], a.text[0], "giao-viec", "Giao việc", set("Chủ trì", "Chọn…")), nil)
}

func redirect(o *office, a args) seen {
	p := a.who[0]
	s := o.do(p, o.onDocument(p, a.text[0], "doi-chi-dao", "Lưu ý kiến mới"), a.more)
	o.remember(p, a.text[0], s.page)
	return s
}

func changeLead(o *office, a args) seen {
	return o.do(a.who[0], o.onWork(a.who[0], a.text[0], "doi-chu-tri", "Đổi chủ trì", set("Chủ trì mới", a.place[0]), set("Lý do", a.text[1])), nil)
}

func removeLead(o *office, a args) seen {
	return o.do(a.who[0], o.onWork(a.who[0], a.text[0], "doi-chu-tri", "Đổi chủ trì", set("Chủ trì mới", "Chọn…"), set("Lý do", a.text[1])), nil)
}

func changeDue(o *office, a args) seen {
	return o.do(a.who[0], o.onWork(a.who[0], a.text[0], "doi-han", "Đổi hạn", set("Hạn mới", a.day[0]), set("Lý do", a.text[1])), nil)
}
