// SPDX-License-Identifier: Apache-2.0

package scenarios

import (
	"net/url"
	"strings"
)

var postRules = []rule{
	{pattern: `{ai} cho "{người ngoài}" sử dụng bản lưu "{văn bản}" để "{mục đích}", hẹn trả {ngày}`, name: "Chánh Văn phòng Minh cho phép", do: lendOut},
	{pattern: `{ai} nhận lại bản lưu "{văn bản}"`, name: "người đang giữ trả bản lưu", do: takeBack},
	{pattern: `{ai} khóa sổ "{buu-dien, ban-luu}" đến hết ngày {ngày}`, name: "in, ký, đóng quyển rồi khóa", do: lockDays},
	{pattern: `{ai} đính chính dòng đầu của sổ "{buu-dien, ban-luu}": "{nội dung}"`, name: "thêm dòng đính chính có ngày", do: correctLine},
	{pattern: `{ai} lập nhóm nơi nhận "{tên nhóm}" gồm "{các nơi}"`, name: "mỗi nơi cách nhau bằng dấu chấm phẩy, gửi bưu điện", do: makeGroup},
	{pattern: `{ai} thêm nhóm nơi nhận "{tên nhóm}" vào "{văn bản}"`, name: "trước khi phát hành", do: addGroup},
	{pattern: `{ai} sửa nhóm nơi nhận "{tên nhóm}" chỉ còn "{các nơi}"`, name: "văn bản đã phát hành không đổi", do: mendGroup},
	{pattern: `{ai} gửi bưu điện "{văn bản}", phiếu "{số phiếu}"`, name: "ghi vào sổ gửi văn bản đi bưu điện", do: postByMail},
}

func lendOut(o *office, a args) seen {
	minh, _ := personCalled("Minh")
	return seen{page: o.postOut(a.who[0], o.document(a.who[0], a.text[1])+"/ban-luu", url.Values{"person": {a.text[0]}, "purpose": {a.text[2]}, "due_on": {a.day[0]}, "allowed_by": {number(o.holder(minh).Person)}})}
}

func takeBack(o *office, a args) seen {
	at := o.document(a.who[0], a.text[0])
	for _, f := range o.visit(a.who[0], at).all("form") {
		if to := attr(f, "action"); strings.HasPrefix(to, at+"/ban-luu/") {
			return seen{page: o.postOut(a.who[0], to, url.Values{})}
		}
	}
	o.failf("không có bản lưu nào của %q đang cho sử dụng", a.text[0])
	return seen{}
}

func lockDays(o *office, a args) seen {
	return seen{page: o.postOut(a.who[0], "/so-sach/"+a.text[0]+"/khoa", url.Values{"through": {a.day[0]}})}
}

func correctLine(o *office, a args) seen {
	at := "/so-sach/" + a.text[0]
	for _, s := range o.visit(a.who[0], at).all("select") {
		if attr(s, "name") == "line" {
			return seen{page: o.postOut(a.who[0], at+"/dinh-chinh", url.Values{"line": {attr(pick(s, "option"), "value")}, "text": {a.text[1]}})}
		}
	}
	o.failf("sổ không có dòng nào")
	return seen{}
}

func postByMail(o *office, a args) seen {
	return seen{page: o.postOut(a.who[0], o.document(a.who[0], a.text[0])+"/gui-buu-dien", url.Values{"to": {"1"}, "envelopes": {"1"}, "receipt": {a.text[1]}})}
}

func makeGroup(o *office, a args) seen { return o.saveGroup(a, "/nhom-noi-nhan/moi", "") }

func mendGroup(o *office, a args) seen {
	return o.saveGroup(a, o.groupAt(a.who[0], a.text[0]), "1")
}

func (o *office) saveGroup(a args, at, version string) seen {
	return seen{page: o.postOut(a.who[0], at, url.Values{"name": {a.text[0]}, "members": {strings.ReplaceAll(a.text[1], "; ", "\n")}, "version": {version}})}
}

func (o *office) groupAt(p person, name string) string {
	for _, link := range o.visit(p, "/nhom-noi-nhan").all("main table a") {
		if text(link) == name {
			return attr(link, "href")
		}
	}
	o.failf("không có nhóm nơi nhận %q", name)
	return ""
}

func addGroup(o *office, a args) seen {
	id := strings.TrimPrefix(o.groupAt(a.who[0], a.text[0]), "/nhom-noi-nhan/")
	return seen{page: o.postOut(a.who[0], o.document(a.who[0], a.text[1])+"/noi-nhan", url.Values{"name-1": {"Ủy ban nhân dân tỉnh"}, "kind-1": {"org"}, "channel-1": {"hand"}, "purpose-1": {"report"}, "group": {id}})}
}
