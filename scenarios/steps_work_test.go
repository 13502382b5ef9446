// SPDX-License-Identifier: Apache-2.0

package scenarios

import "net/url"

var workRules = []rule{
	{pattern: `{ai} phân công "{văn bản}" cho {người}{thêm}`, name: "trưởng phòng phân công trong phòng", do: assign},
	{pattern: `{ai} bắt đầu xử lý "{văn bản}"`, name: "bắt đầu", do: start},
	{pattern: `{ai} ghi tiến độ "{văn bản}": "{đã làm đến đâu}"`, name: "ghi đã làm đến đâu", do: progress},
	{pattern: `{ai} báo cáo kết quả "{văn bản}": "{kết quả}"{thêm}`, name: "báo cáo, chờ người giao xác nhận", do: report},
	{pattern: `{ai} xác nhận kết thúc "{văn bản}"`, name: "người giao xác nhận kết quả", do: confirm},
	{pattern: `{ai} yêu cầu làm lại "{văn bản}", lý do "{lý do}"{thêm}`, name: "trả kết quả để làm lại", do: sendBack},
	{pattern: `{ai} mở lại "{văn bản}", lý do "{lý do}"{thêm}`, name: "mở lại việc đã kết thúc", do: reopen},
}

func assign(o *office, a args) seen {
	return o.do(a.who[0], o.onWork(a.who[0], a.text[0], "phan-cong", "Phân công", set("Chủ trì", a.who[1].Full)), a.more)
}

func start(o *office, a args) seen {
	return o.do(a.who[0], o.onWork(a.who[0], a.text[0], "bat-dau", "Bắt đầu xử lý"), nil)
}

func progress(o *office, a args) seen {
	return o.do(a.who[0], o.onWork(a.who[0], a.text[0], "tien-do", "Ghi tiến độ", set("Đã làm đến đâu", a.text[1])), nil)
}

func report(o *office, a args) seen {
	g := o.onWork(a.who[0], a.text[0], "bao-cao", "", set("Kết quả", a.text[1]))
	return o.do(a.who[0], g, a.more)
}

func confirm(o *office, a args) seen {
	return o.do(a.who[0], o.onWork(a.who[0], a.text[0], "ket-thuc", "Xác nhận kết thúc"), nil)
}

func sendBack(o *office, a args) seen {
	g := o.onWork(a.who[0], a.text[0], "lam-lai", "Yêu cầu làm lại", set("Lý do", a.text[1]))
	if !named(a.more, "Hạn mới") { // the day stays
		g.fields = append(g.fields, set("Hạn mới", ""))
	}
	return o.do(a.who[0], g, a.more)
}

func reopen(o *office, a args) seen {
	return o.do(a.who[0], o.onWork(a.who[0], a.text[0], "mo-lai", "Mở lại", set("Lý do", a.text[1])), a.more)
}

var askRules = []rule{
	{pattern: `{ai} xin gia hạn "{văn bản}" đến {ngày}, lý do "{lý do}"`, name: "xin lùi hạn", do: askExtension},
	{pattern: `{ai} duyệt gia hạn "{văn bản}"`, name: "đồng ý lùi hạn", do: grantExtension},
	{pattern: `{ai} không duyệt gia hạn "{văn bản}", lý do "{lý do}"`, name: "không đồng ý lùi hạn", do: refuseExtension},
	{pattern: `{ai} trả lại "{văn bản}", lý do "{lý do}"`, name: "đề nghị chuyển nơi khác", do: askReturn},
	{pattern: `{ai} nhận lại "{văn bản}"`, name: "đồng ý nhận lại để giao nơi khác", do: grantReturn},
	{pattern: `{ai} không nhận lại "{văn bản}", lý do "{lý do}"`, name: "yêu cầu tiếp tục làm", do: refuseReturn},
}

func askExtension(o *office, a args) seen {
	return o.do(a.who[0], o.onWork(a.who[0], a.text[0], "gia-han", "Xin gia hạn", set("Hạn mới", a.day[0]), set("Lý do", a.text[1])), nil)
}

func grantExtension(o *office, a args) seen {
	return o.do(a.who[0], o.onWork(a.who[0], a.text[0], "gia-han/duyet", "Duyệt gia hạn"), nil)
}

func refuseExtension(o *office, a args) seen {
	return o.do(a.who[0], o.onWork(a.who[0], a.text[0], "gia-han/bac", "Không duyệt", set("Lý do", a.text[1])), nil)
}

func askReturn(o *office, a args) seen {
	return o.do(a.who[0], o.onWork(a.who[0], a.text[0], "tra-lai", "Trả lại, đề nghị chuyển nơi khác", set("Lý do", a.text[1])), nil)
}

func grantReturn(o *office, a args) seen {
	return o.do(a.who[0], o.onWork(a.who[0], a.text[0], "tra-lai/dong-y", "Nhận lại để giao nơi khác"), nil)
}

func refuseReturn(o *office, a args) seen {
	return o.do(a.who[0], o.onWork(a.who[0], a.text[0], "tra-lai/bac", "Yêu cầu tiếp tục làm", set("Lý do", a.text[1])), nil)
}

var urgeRules = []rule{
	{pattern: `{ai} đôn đốc "{văn bản}"{thêm}`, name: "đôn đốc một việc, ở trang của việc", do: urgeOne},
	{pattern: `{ai} đôn đốc các việc "{văn bản}" và "{văn bản}"`, name: "đôn đốc những việc đã chọn ở trang Quá hạn", do: urgePicked},
	{pattern: `{ai} đôn đốc mọi việc quá hạn`, name: "đôn đốc tất cả ở trang Quá hạn", do: urgeAll},
	{pattern: `{ai} đôn đốc việc quá hạn của {nơi}`, name: "đôn đốc một phòng hoặc một người ở trang Quá hạn", do: urgePlace},
}

func urgeOne(o *office, a args) seen {
	return o.do(a.who[0], o.onWork(a.who[0], a.text[0], "don-doc", "Đôn đốc"), a.more)
}

// urge sends the form of the one click with a scope chosen by a button.
func (o *office) urge(p person, press func(at *page, f *form) bool) seen {
	at := o.visit(p, "/viec-qua-han")
	f := at.formTo("/don-doc", "")
	if f == nil || !press(at, f) {
		if !o.at.refused {
			o.failf("trang Quá hạn không cho %s đôn đốc như vậy", p.Name)
		}
		return seen{page: o.browser(p).post("/don-doc", url.Values{"scope": {"all"}})}
	}
	return seen{page: o.browser(p).submit(f)}
}

func urgePicked(o *office, a args) seen {
	return o.urge(a.who[0], func(at *page, f *form) bool {
		for _, name := range a.text {
			link := o.work(a.who[0], name)
			found := false
			for _, tr := range at.all("main .late-table tbody tr") {
				if what := pick(tr, "td.c-what"); what != nil && attr(pick(what, "a"), "href") == link {
					if box := pick(tr, "input"); box != nil {
						f.values.Add("work", attr(box, "value"))
						found = true
					}
				}
			}
			if !found {
				return false
			}
		}
		return f.press("Đôn đốc việc đã chọn")
	})
}

func urgeAll(o *office, a args) seen {
	return o.urge(a.who[0], func(at *page, f *form) bool {
		for _, c := range f.controls {
			if c.Data == "button" && attr(c, "value") == "all" {
				return f.press(visible(c))
			}
		}
		return false
	})
}

func urgePlace(o *office, a args) seen {
	return o.urge(a.who[0], func(at *page, f *form) bool {
		for _, c := range f.controls {
			if away := pick(c, "span.away"); c.Data == "button" && away != nil && text(away) == a.place[0] {
				f.values.Set(attr(c, "name"), attr(c, "value"))
				return true
			}
		}
		return false
	})
}

var voidRules = []rule{
	{pattern: `{ai} đề nghị hủy số đến của "{văn bản}", lý do "{lý do}"`, name: "đề nghị Chánh Văn phòng duyệt hủy số", do: askVoid},
	{pattern: `{ai} đồng ý hủy số đến của "{văn bản}"`, name: "duyệt hủy số", do: grantVoid},
	{pattern: `{ai} không đồng ý hủy số đến của "{văn bản}", lý do "{lý do}"`, name: "không duyệt hủy số", do: refuseVoid},
	{pattern: `{ai} ghi yêu cầu thu hồi "{văn bản}" theo "{văn bản yêu cầu}", lý do "{lý do}"`, name: "ghi yêu cầu thu hồi của nơi ban hành", do: askRecall},
	{pattern: `{ai} đồng ý thu hồi "{văn bản}"`, name: "hủy tệp, giữ số và việc thu hồi", do: agreeRecall},
	{pattern: `{ai} từ chối thu hồi "{văn bản}", lý do "{lý do}"`, name: "giữ văn bản", do: refuseRecall},
}

func askVoid(o *office, a args) seen {
	return o.do(a.who[0], o.onDocument(a.who[0], a.text[0], "huy-so", "Đề nghị hủy số đến", set("Lý do", a.text[1])), nil)
}

func grantVoid(o *office, a args) seen {
	return o.do(a.who[0], o.onDocument(a.who[0], a.text[0], "huy-so/duyet", "Đồng ý hủy"), nil)
}

func refuseVoid(o *office, a args) seen {
	return o.do(a.who[0], o.onDocument(a.who[0], a.text[0], "huy-so/bac", "Không đồng ý", set("Lý do", a.text[1])), nil)
}

func askRecall(o *office, a args) seen {
	return o.do(a.who[0], o.onDocument(a.who[0], a.text[0], "thu-hoi", "Ghi yêu cầu thu hồi",
		set("Văn bản yêu cầu thu hồi", a.text[1]), set("Lý do", a.text[2])), nil)
}

func agreeRecall(o *office, a args) seen {
	return o.do(a.who[0], o.onDocument(a.who[0], a.text[0], "thu-hoi/dong-y", "Đồng ý thu hồi"), nil)
}

func refuseRecall(o *office, a args) seen {
	return o.do(a.who[0], o.onDocument(a.who[0], a.text[0], "thu-hoi/tu-choi", "Từ chối thu hồi", set("Lý do", a.text[1])), nil)
}
