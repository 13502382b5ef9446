// SPDX-License-Identifier: Apache-2.0

package scenarios

import (
	"context"
	"net/url"
)

var lookRules = []rule{
	{pattern: `{ai} mở trang "{trang}"`, name: "mở một trang và đọc bảng của trang", do: openPage},
	{pattern: `{ai} xem việc từng người`, name: "đọc bức tranh ở trang Quá hạn: mỗi cán bộ một dòng", do: seePicture},
	{pattern: `{ai} tìm "{chữ}"`, name: "tìm kiếm", do: search},
	{pattern: `{ai} xem văn bản "{văn bản}"`, name: "đọc các mục ở trang văn bản; cột đầu chọn mục", do: seeDocument},
	{pattern: `{ai} xem việc "{văn bản}"`, name: "đọc các mục ở trang của việc; cột đầu chọn mục", do: seeWork},
	{pattern: `{ai} xem ai làm gì với "{văn bản}"`, name: "đọc ai chủ trì, phối hợp, để biết", do: seeShares},
	{pattern: `{ai} xem diễn biến của "{văn bản}"`, name: "đọc mọi việc đã xảy ra với văn bản, từ đầu", do: seeDocumentEvents},
	{pattern: `{ai} xem diễn biến việc "{văn bản}"`, name: "đọc mọi việc đã xảy ra với việc, từ đầu", do: seeWorkEvents},
	{pattern: `{ai} mở tệp của "{văn bản}"`, name: "mở tệp đầu tiên của văn bản", do: openFile},
}

// readers say how a page that has no plain table is read, and where it says its sentence.
var readers = map[string]seen{
	"/":              {say: "h1", table: groupsOf},
	"/thong-bao":     {say: ".aside", table: noticesOf},
	"/vang-mat":      {say: ".aside", table: absencesOf},
	"/van-ban-den":   {say: ".aside", table: rowsOf},
	"/quan-tri/lich": {say: ".aside", table: rowsOf},
	outboxPage:       {say: ".aside", table: troublesOf},
}

// addresses are pages that are not among the links of every page.
var addresses = map[string]string{
	"Việc quá hạn": "/viec-qua-han", "Vào sổ văn bản đến": "/van-ban-den/moi", "Văn bản mật": "/van-ban-den/mat",
	"Lịch làm việc": "/quan-tri/lich", "Đơn vị và cán bộ": "/quan-tri/don-vi", "Cài đặt của cơ quan": "/quan-tri/co-quan",
	"Thông báo": "/thong-bao", "Nơi đang đăng nhập": "/tai-khoan/phien", "In sổ": "/van-ban-den/in", "In và khóa sổ": "/van-ban-den/khoa-so",
	"Cách nhận thông báo": waysPage, "Gửi thông báo": outboxPage,
	"Sổ sử dụng bản lưu": "/so-sach/ban-luu", "Chưa đến nơi nhận": "/van-ban-di/chua-den", "Sổ gửi bưu điện": "/so-sach/buu-dien",
}

// openPage follows the link that bears the name, as the person sees it on the first page.
func openPage(o *office, a args) seen {
	p := a.who[0]
	to := addresses[a.text[0]]
	if to == "" {
		at := o.visit(p, "/")
		for _, link := range at.all("a") {
			label := text(pick(link, "span")) // beside it stands a count
			if label == a.text[0] || visible(link) == a.text[0] {
				to = attr(link, "href")
				break
			}
		}
	}
	if to == "" {
		for _, n := range places {
			if n.label == a.text[0] {
				to = n.href // not offered: the address is typed
			}
		}
	}
	if to == "" {
		o.failf("không có trang %q", a.text[0])
	}
	s, ok := readers[to]
	if !ok {
		s = seen{say: "h1", table: rowsOf}
	}
	s.page = o.visit(p, to)
	return s
}

// places are the addresses of pages that are offered to some only.
var places = []struct{ label, href string }{
	{"Việc của tôi", "/"}, {"Sổ chờ", "/van-ban-den/cho"}, {"Văn bản đến", "/van-ban-den"}, {"Quản trị", "/quan-tri"}, {"Quy tắc phân luồng", "/quan-tri/quy-tac"},
}

func seePicture(o *office, a args) seen {
	return seen{page: o.visit(a.who[0], "/viec-qua-han"), say: "h1", table: pictureOf}
}

func search(o *office, a args) seen {
	o.must(o.finder.Index(context.Background()))
	return seen{page: o.visit(a.who[0], "/tim?q="+url.QueryEscape(a.text[0])), say: "h1", table: hitsOf}
}

func seeDocument(o *office, a args) seen {
	return seen{page: o.visit(a.who[0], o.document(a.who[0], a.text[0])), say: ".aside", table: factsOf, keyed: true}
}

func seeWork(o *office, a args) seen {
	return seen{page: o.visit(a.who[0], o.work(a.who[0], a.text[0])), say: ".aside", table: factsOf, keyed: true}
}

func seeShares(o *office, a args) seen {
	return seen{page: o.visit(a.who[0], o.document(a.who[0], a.text[0])), say: ".aside", table: sharesOf}
}

func seeDocumentEvents(o *office, a args) seen {
	return seen{page: o.visit(a.who[0], o.document(a.who[0], a.text[0])), say: ".aside", table: eventsOf}
}

func seeWorkEvents(o *office, a args) seen {
	return seen{page: o.visit(a.who[0], o.work(a.who[0], a.text[0])), say: ".aside", table: eventsOf}
}

// openFile opens the first file, or tries where it was once.
func openFile(o *office, a args) seen {
	p, at := a.who[0], key(a.who[0], a.text[0])+" (tệp)"
	name := ""
	if links := o.visit(p, o.document(p, a.text[0])).all("main .files a"); len(links) > 0 {
		name, o.documents[at] = text(links[0]), attr(links[0], "href")
	}
	to := o.documents[at]
	if to == "" {
		to = o.documents[a.text[0]+" (tệp)"] // the other agency's: the address is typed
	}
	file := o.visit(p, to)
	if file.refused() {
		return seen{page: file}
	}
	return seen{says: []string{name}}
}
