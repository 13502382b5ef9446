// SPDX-License-Identifier: Apache-2.0

package scenarios

import (
	"net/url"

	dom "golang.org/x/net/html"
)

const lineAddress = "/cong-viec/giao"

var boardRules = []rule{
	{pattern: `{ai} gõ một dòng giao việc "{câu}"`, name: "đọc những gì hiểu được từ một dòng; chưa giao gì cả", do: typeLine},
	{pattern: `{ai} giao việc bằng một dòng "{câu}"{thêm}`, name: "gõ một dòng, xem lại rồi giao; các ô còn lại ghi sau dấu phẩy", do: giveByLine},
	{pattern: `{ai} mở bảng công việc`, name: "đọc các cột của bảng", do: seeBoard},
	{pattern: `{ai} mở phiếu sáng`, name: "đọc năm dòng của phiếu sáng", do: seeMorning},
	{pattern: `{ai} bấm "{nút}" ở dòng "{việc}" của phiếu sáng`, name: "giải quyết một dòng bằng một lần bấm", do: settleLine},
}

func typeLine(o *office, a args) seen {
	return seen{page: o.visit(a.who[0], lineAddress+"?line="+url.QueryEscape(a.text[0])), table: factsOf, keyed: true}
}

func giveByLine(o *office, a args) seen {
	at := o.visit(a.who[0], lineAddress+"?line="+url.QueryEscape(a.text[0]))
	if at.refused() {
		return seen{page: at}
	}
	f := at.formWith("Giao việc")
	if f == nil {
		f = at.formWith("Vẫn giao việc")
	}
	if f == nil {
		o.failf("%s không thấy nút giao việc", a.who[0].Name)
	}
	for _, c := range a.more {
		o.must(f.fill(c.label, c.value, o.contentOf(c)))
	}
	return seen{page: o.browser(a.who[0]).submit(f)}
}

func seeBoard(o *office, a args) seen {
	return seen{page: o.visit(a.who[0], "/cong-viec/bang"), say: "h1", table: func(p *page) grid {
		var g grid
		for _, ul := range p.all("main .cell ul") {
			for _, li := range findAll(ul, "li") {
				g.add("Cột", attr(ul, "aria-label"), "Việc", text(pick(li, "a")))
			}
		}
		return g
	}}
}

func seeMorning(o *office, a args) seen {
	return seen{page: o.visit(a.who[0], "/phieu-sang"), say: "h1", table: morningOf}
}

func morningOf(p *page) grid {
	var g grid
	for _, li := range p.all("main .morning li") {
		button := ""
		if b := pick(li, "button"); b != nil {
			button = visible(b)
		}
		g.add("Việc", text(pick(li, "p.title a")), "Bấm", button)
	}
	return g
}

func settleLine(o *office, a args) seen {
	p := o.visit(a.who[0], "/phieu-sang")
	for _, li := range p.all("main .morning li") {
		if text(pick(li, "p.title a")) != a.text[1] {
			continue
		}
		var n *dom.Node
		if n = pick(li, "form"); n == nil {
			break
		}
		if f := p.form(n); f.press(a.text[0]) {
			return seen{page: o.browser(a.who[0]).submit(f)}
		}
	}
	o.failf("%s không thấy nút %q ở dòng %q", a.who[0].Name, a.text[0], a.text[1])
	return seen{}
}
