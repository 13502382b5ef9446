// SPDX-License-Identifier: Apache-2.0

package scenarios

import "strings"

const samples = "/mau-van-ban"

var sampleRules = []rule{
	{pattern: `{ai} soạn từ mẫu "{mẫu}"{thêm}`, name: "điền các chỗ trống rồi bắt đầu dự thảo", do: beginSample},
	{pattern: `{ai} lập bản mới của mẫu "{mẫu}": "{nội dung}", lý do "{lý do}"`, name: "thay nội dung mẫu bằng bản mới", do: renewSample},
	{pattern: `{ai} xem các bản của mẫu "{mẫu}"`, name: "đọc lịch sử của mẫu", do: seeSample},
	{pattern: `{ai} mở dự thảo "{trích yếu}"`, name: "đọc nội dung dự thảo đang soạn", do: seeDraftText},
}

// sample is the address of a sample by its name.
func (o *office) sample(p person, name string) string {
	for _, link := range o.visit(p, samples).all("main .samples a") {
		if text(link) == name {
			return attr(link, "href")
		}
	}
	o.failf("không thấy mẫu %q", name)
	return ""
}

func beginSample(o *office, a args) seen {
	at := o.sample(a.who[0], a.text[0])
	return o.do(a.who[0], gesture{page: at, action: at + "/soan", button: "Bắt đầu soạn"}, a.more)
}

func renewSample(o *office, a args) seen {
	at := o.sample(a.who[0], a.text[0])
	return o.do(a.who[0], gesture{page: at + "/sua", action: at + "/sua", button: "Lưu bản mới", fields: []clause{set("Nội dung", a.text[1]), set("Vì sao có bản mới", a.text[2])}}, nil)
}

func seeSample(o *office, a args) seen {
	return seen{page: o.visit(a.who[0], o.sample(a.who[0], a.text[0])), table: func(p *page) grid {
		var g grid
		for _, n := range p.all("main .editions li") {
			title := text(pick(n, "a"))
			if title == "" {
				title = text(pick(n, "b"))
			}
			_, why, _ := strings.Cut(text(pick(n, "small")), " · ")
			g.add("Bản", title, "Vì sao", why)
		}
		return g
	}}
}

// seeDraftText reads the text of a draft where it is written.
func seeDraftText(o *office, a args) seen {
	for _, link := range o.visit(a.who[0], "/du-thao").all("main a") {
		if strings.Contains(text(link), a.text[0]) {
			at := o.visit(a.who[0], attr(link, "href")+"/sua")
			for _, n := range at.all("textarea") {
				if attr(n, "name") == "body" && n.FirstChild != nil {
					return seen{says: strings.Split(strings.TrimSpace(n.FirstChild.Data), "\n")}
				}
			}
			o.failf("dự thảo %q không có ô nội dung", a.text[0])
		}
	}
	o.failf("không thấy dự thảo %q", a.text[0])
	return seen{}
}
