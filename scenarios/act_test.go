// SPDX-License-Identifier: Apache-2.0

package scenarios

import (
	"net/url"
	"strings"

	"soviec/office/org/orgtest"
)

// fieldNames are the fields behind the words of forms. They are needed only on the
// forbidden way: there the page offers no form, and what a browser would send is made up.
var fieldNames = map[string]string{
	"Nội dung công việc": "title", "Tên mẫu": "name", "Trích yếu": "subject", "Số, ký hiệu": "notation", "Cơ quan ban hành": "issuer", "Ngày văn bản": "issued_on", "Loại văn bản": "type",
	"Lãnh đạo": "leader", "Ý kiến đề xuất": "note", "Nội dung": "text", "Chủ trì": "lead", "Hạn": "due_on", "Phối hợp": "coop", "Để biết": "info",
	"Lý do": "reason", "Lý do thay đổi": "reason", "Hạn mới": "due_on", "Chủ trì mới": "lead", "Kết quả": "result", "Đã làm đến đâu": "text",
	"Văn bản yêu cầu thu hồi": "notice", "Số, ký hiệu hồ sơ": "dossier", "Người làm thay": "stand_in", "Ai vắng": "person", "Từ ngày": "from",
	"Đến hết ngày": "to", "Nơi gửi": "sender", "Ngày": "day", "Loại": "kind", "Tên": "name", "Địa chỉ nhận": "address", "Nguồn": "source", "Hình thức": "kind",
	"Bên nhận": "to", "Hạn đề xuất": "due_on", "Hạn khác": "due_on", "Nguyên nhân": "cause", "Đang chờ ai": "waiting_for", "Văn bản đã gửi": "proof",
	"Văn bản trả lời đã nhận": "proof", "Cần gì để gỡ": "text", "Sẽ xong ngày": "due_on", "Đang vướng gì, chờ ai": "text",
	"Cho phép chuyển thẳng đơn vị": "document.direct_distribution",
}

// gesture is a form to be filled: on which page it stands, where it is sent, by which button.
type gesture struct {
	page, action, button string
	fields               []clause
	extra                url.Values // what a browser sends beside the fields on the forbidden way
}

// do fills the form and sends it. Where the office must refuse, a form that is not
// offered is sent all the same.
func (o *office) do(p person, g gesture, more []clause) seen {
	at := o.visit(p, g.page)
	var f *form
	if !at.refused() {
		f = at.formTo(g.action, g.button)
	}
	if f == nil {
		if !o.at.refused {
			o.failf("%s không thấy nút %q ở %s: %s", p.Name, g.button, g.page, strings.Join(seen{page: at, say: ".aside"}.sentences(), " "))
		}
		return seen{page: o.force(p, g, more)}
	}
	for _, c := range append(g.fields, more...) {
		o.must(f.fill(c.label, c.value, o.contentOf(c)))
	}
	return seen{page: o.browser(p).submit(f)}
}

func (o *office) contentOf(c clause) []byte {
	if strings.Contains(lower(c.label), "tệp") {
		return o.paper(c.value)
	}
	return nil
}

// force sends what the page does not offer, as somebody would who knows the address.
func (o *office) force(p person, g gesture, more []clause) *page {
	v := url.Values{}
	for name, all := range g.extra {
		v[name] = all
	}
	for _, c := range append(g.fields, more...) {
		name := ""
		for label, is := range fieldNames {
			if lower(label) == lower(c.label) {
				name = is
			}
		}
		if name == "" {
			o.failf("không biết ô %q khi trang không có biểu mẫu", c.label)
		}
		v.Add(name, o.raw(p, name, c.value))
	}
	return o.browser(p).post(g.action, v)
}

// raw is the value of a choice that is not on the page.
func (o *office) raw(p person, field, value string) string {
	d := orgtest.Directory(o.TB, o.book, o.agencyOf(p))
	for _, x := range d.People {
		if x.Name == value || x.Name == value+".2" {
			if field == "leader" || field == "person" {
				return number(x.ID)
			}
			return "person/" + number(x.ID)
		}
	}
	for _, u := range d.Units {
		if u.Name == value {
			return "unit/" + number(u.ID)
		}
	}
	return value
}

// onDocument is a gesture on the page of a document.
func (o *office) onDocument(p person, name, act, button string, fields ...clause) gesture {
	at := o.document(p, name)
	return gesture{page: at, action: at + "/" + act, button: button, fields: fields}
}

// onWork is a gesture on the page of a piece of work.
func (o *office) onWork(p person, name, act, button string, fields ...clause) gesture {
	at := o.work(p, name)
	return gesture{page: at, action: at + "/" + act, button: button, fields: fields}
}
