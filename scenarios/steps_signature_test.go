// SPDX-License-Identifier: Apache-2.0

package scenarios

import (
	"strings"
	"sync"
	"time"

	"soviec/kit/cms/cmstest"
	"soviec/kit/journal"
	"soviec/kit/pades/padestest"
	"soviec/office/document"
	"soviec/office/signature"
)

var signatureRules = []rule{
	{pattern: `Có tệp "{tệp}" đã ký số`, name: "chuẩn bị một tệp PDF mang chữ ký số", do: haveSigned(nil)},
	{pattern: `Có tệp "{tệp}" đã ký số rồi bị sửa`, name: "chuẩn bị một tệp đã ký, sau đó nội dung trang bị thay", do: haveSigned(func(b []byte) ([]byte, error) { return padestest.Alter(b, "Noi dung khac") })},
	{pattern: `Có tệp "{tệp}" đã ký số nhưng hỏng`, name: "chuẩn bị một tệp đã ký mà phần được ký không còn đúng", do: haveSigned(padestest.Break)},
	{pattern: `{ai} xem chữ ký của "{văn bản}"`, name: "đọc chữ ký số của các tệp ở trang văn bản", do: seeSignature},
	{pattern: `{ai} xác nhận đã biết chữ ký của "{văn bản}", lý do "{lý do}"`, name: "ghi lý do vẫn xử lý văn bản có chữ ký không hợp lệ", do: waive},
	{pattern: `{ai} kiểm tra lại chữ ký của "{văn bản}"`, name: "yêu cầu kiểm tra chữ ký một lần nữa; kết quả cũ vẫn còn", do: judgeAgain},
	{pattern: `Người dân kiểm tra chữ ký của tệp "{tệp}"`, name: "gửi tệp lên trang kiểm tra công khai, không đăng nhập", do: checkInPublic},
}

var tieSignatures = sync.OnceFunc(func() {
	document.Guard = func(a *journal.Act, d document.Incoming, files []document.File) error {
		var shas []string
		for _, f := range files {
			shas = append(shas, f.SHA)
		}
		return signature.Demand(a, d.Ref(), shas...)
	}
})

// signerOfOthers signs what arrives.
var signerOfOthers = sync.OnceValues(func() (*cmstest.Identity, error) {
	w, err := cmstest.New(func() time.Time { return time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC) }, "")
	if err != nil {
		return nil, err
	}
	return w.Issue("Lý Văn Cường", cmstest.Request{})
})

func haveSigned(spoil func([]byte) ([]byte, error)) func(o *office, a args) seen {
	return func(o *office, a args) seen {
		id, err := signerOfOthers()
		o.must(err)
		b, err := padestest.Sign(padestest.Paper("Cong van"), id, o.clock.Now())
		o.must(err)
		if spoil != nil {
			b, err = spoil(b)
			o.must(err)
		}
		o.files[a.text[0]] = b
		return seen{}
	}
}

func seeSignature(o *office, a args) seen {
	at := o.visit(a.who[0], o.document(a.who[0], a.text[0]))
	s := seen{page: at}
	for _, m := range at.all("main .files .sig") {
		s.says = append(s.says, text(m))
	}
	for _, b := range at.all("main .card .banner") {
		s.says = append(s.says, strings.TrimSuffix(text(b), " Xem kết quả kiểm tra"))
	}
	return s
}

func waive(o *office, a args) seen {
	p := a.who[0]
	g := o.onDocument(p, a.text[0], "xac-nhan-chu-ky", "Đã biết, vẫn xử lý", set("Lý do vẫn xử lý", a.text[1]))
	return o.do(p, g, nil)
}

func judgeAgain(o *office, a args) seen {
	p := a.who[0]
	links := o.visit(p, o.document(p, a.text[0])).all("main .files .sig a")
	if len(links) == 0 {
		o.failf("%s không thấy chữ ký nào của %q", p.Name, a.text[0])
	}
	at := attr(links[0], "href")
	return o.do(p, gesture{page: at, action: at, button: "Kiểm tra lại"}, nil)
}

func checkInPublic(o *office, a args) seen {
	nobody := &browser{handler: o.handler, cookies: map[string]string{}}
	p := nobody.postFiles("/kiem-tra-chu-ky", nil, []dropped{{"file", a.text[0], o.paper(a.text[0])}})
	s := seen{page: p}
	for _, b := range p.all("#ket-qua .verdict, #ket-qua .causes li") {
		s.says = append(s.says, text(b))
	}
	return s
}
