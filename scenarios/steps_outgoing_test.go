// SPDX-License-Identifier: Apache-2.0

package scenarios

import (
	"context"
	"net/url"
	"strings"

	"soviec/kit/journal"
	"soviec/office/document"
	"soviec/office/draft"
	"soviec/office/org/orgtest"
)

var outgoingRules = []rule{
	{pattern: `{ai} ký bản giấy "{trích yếu}", loại "{loại}"`, name: "dự thảo của Hải qua Trưởng phòng Lâm, Chánh Văn phòng Minh rồi được ký trên giấy; thẳng vào phòng dự thảo, không qua trang", do: signPaper},
	{pattern: `{ai} ký bản giấy "{trích yếu}", loại "{loại}", trả lời "{văn bản}"`, name: "như trên; phát hành là kết thúc văn bản đến ấy", do: signAnswer},
	{pattern: `{ai} cấp số cho "{trích yếu}"`, name: "cấp số và ngày hôm nay, từ sổ chờ phát hành", do: giveNumber},
	{pattern: `{ai} cấp số cho "{trích yếu}", ngày {ngày}`, name: "như trên, gõ một ngày khác", do: giveNumberOn},
	{pattern: `{ai} giữ số loại "{loại}", lý do "{lý do}"`, name: "giữ số cho văn bản sắp xong", do: keepNumber},
	{pattern: `{ai} đóng dấu "{văn bản}"`, name: "ghi nhận đã đóng dấu bản giấy", do: stampOut},
	{pattern: `{ai} phát hành "{văn bản}"`, name: "gửi cho mọi nơi nhận", do: issueOut},
	{pattern: `{ai} đề nghị hủy số đi "{văn bản}", lý do "{lý do}"`, name: "khi văn bản chưa phát hành", do: voidOut},
	{pattern: `{ai} duyệt hủy số đi "{văn bản}"`, name: "Chánh Văn phòng duyệt", do: grantVoidOut},
	{pattern: `{ai} ra lệnh thu hồi "{văn bản}", các nơi trả lời trước {ngày}, lý do "{lý do}"`, name: "thu hồi văn bản đi", do: recallOut},
	{pattern: `{ai} ghi nơi nhận thứ "{số}" của "{văn bản}" đồng ý thu hồi`, name: "trả lời của một nơi nhận", do: answerRecallOut},
	{pattern: `{ai} đính chính "{văn bản}" bằng "{công văn}"`, name: "ghi công văn đính chính", do: correctOut},
	{pattern: `{ai} thay thế "{văn bản}" bằng "{văn bản mới}"`, name: "ghi văn bản thay thế", do: replaceOut},
}

func signPaper(o *office, a args) seen { return o.signOut(a, nil) }

func signAnswer(o *office, a args) seen {
	clerk, _ := personCalled("Lan")
	address := strings.Split(o.document(clerk, a.text[2]), "/")
	in, err := document.ByNumber(o.db.Read(context.Background()), o.agencyOf(clerk), document.Reach{All: true}, 2026, "", numberOf(address[len(address)-1]))
	o.must(err)
	return o.signOut(a, []draft.Answer{{Ref: in.Ref(), Closes: true}})
}

func numberOf(s string) (n int64) {
	for _, r := range s {
		if r < '0' || r > '9' {
			break
		}
		n = n*10 + int64(r-'0')
	}
	return n
}

// signOut carries a draft from its first word to the signature.
func (o *office) signOut(a args, answers []draft.Answer) seen {
	who := func(name string) person { p, _ := personCalled(name); return p }
	hai, lam, minh, lan := who("Hải"), who("Lâm"), who("Minh"), who("Lan")
	dir := orgtest.Directory(o.TB, o.book, o.agencyOf(hai))
	unit := orgtest.Unit(o.TB, o.book, o.agencyOf(hai), "KHTH")
	f := draft.Facts{Type: a.text[1], Subject: a.text[0], Signer: o.holder(a.who[0]).Person, Body: "Ban Dân tộc báo cáo kết quả như sau.\n\nTrân trọng./.", Answers: answers,
		Recipients: []draft.Recipient{{Kind: "org", Name: "Ủy ban nhân dân tỉnh", Purpose: "report", Channel: "post", Copies: 1},
			{Kind: "unit", Ref: unit.ID, Name: unit.Name, Purpose: "know", Channel: "internal"}}}
	if a.text[1] == "QĐ" {
		f.Body = "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ;\n\nQUYẾT ĐỊNH:\n\nĐiều 1. Giao nhiệm vụ.\n\nĐiều 2. Quyết định này có hiệu lực kể từ ngày ký./."
	}
	if a.text[1] == "CV" {
		f.Addressees = []string{"Ủy ban nhân dân các xã"}
	}
	var p draft.Paper
	step := func(by person, act func(*journal.Act) error) {
		o.must(o.book.Do(context.Background(), o.holder(by), act))
		if p.ID != 0 {
			var err error
			p, err = draft.Get(o.db.Read(context.Background()), o.agencyOf(hai), p.ID)
			o.must(err)
		}
	}
	step(hai, func(x *journal.Act) (err error) { p, err = draft.Begin(x, f); return err })
	shaped, err := draft.Shape(dir, p, f, o.clock.Today())
	o.must(err)
	raw, err := draft.LetterJSON(draft.Compose(dir, shaped))
	o.must(err)
	key, size, err := o.blobs.Put(context.Background(), strings.NewReader("%PDF-1.7\n"+raw), 1<<20)
	o.must(err)
	c := draft.Content{Way: draft.WayComposed, Name: "du-thao.pdf", SHA: string(key), Size: size, Pages: 1, Letter: raw}
	step(hai, func(x *journal.Act) error { _, err := draft.Save(x, p.ID, p.Version, f, &c); return err })
	step(hai, func(x *journal.Act) error { return draft.Submit(x, p.ID, "Kính trình") })
	step(lam, func(x *journal.Act) error { return draft.PassContent(x, p.ID, p.SHA, 0, "") })
	var points []string
	for _, point := range draft.Checklist(p.Type) {
		points = append(points, point.Code)
	}
	step(minh, func(x *journal.Act) error { return draft.PassForm(x, p.ID, p.SHA, points, "") })
	scan, size, err := o.blobs.Put(context.Background(), strings.NewReader("%PDF-1.7\nbản quét "+p.Subject), 1<<20)
	o.must(err)
	step(lan, func(x *journal.Act) error {
		return draft.SignOnPaper(x, p.ID, p.SHA, o.clock.Today(), draft.File{Name: "ban-ky.pdf", MIME: "application/pdf", Size: size, SHA: string(scan)})
	})
	o.works["dự thảo "+p.Subject] = number(p.ID)
	return seen{}
}

// postOut sends what the pages of what goes out send, by whoever is signed in.
func (o *office) postOut(p person, to string, v url.Values) *page {
	o.visit(p, "/van-ban-di")
	return o.browser(p).post(to, v)
}

func giveNumber(o *office, a args) seen {
	return o.numberOut(a.who[0], a.text[0], o.clock.Today().VN())
}

func giveNumberOn(o *office, a args) seen { return o.numberOut(a.who[0], a.text[0], a.day[0]) }

func (o *office) numberOut(p person, subject, day string) seen {
	id, ok := o.works["dự thảo "+subject]
	if !ok {
		o.failf("không có văn bản đã ký %q", subject)
	}
	at := o.postOut(p, "/van-ban-di/cap-so/"+id, url.Values{"day": {day}})
	s := seen{page: at}
	if at.refused() {
		return s
	}
	for _, link := range o.visit(p, "/van-ban-di").all("main .c-what a") {
		if strings.HasSuffix(text(link), subject) {
			o.documents[key(p, subject)], o.documents[subject] = attr(link, "href"), attr(link, "href")
		}
	}
	return s
}

func keepNumber(o *office, a args) seen {
	unit := orgtest.Unit(o.TB, o.book, o.agencyOf(a.who[0]), "CS")
	return seen{page: o.postOut(a.who[0], "/van-ban-di/giu-so", url.Values{"type": {a.text[0]}, "unit": {number(unit.ID)}, "reason": {a.text[1]}})}
}

func (o *office) outDo(a args, name, act, button string, fields ...clause) seen {
	return o.do(a.who[0], o.onDocument(a.who[0], name, act, button, fields...), nil)
}

func stampOut(o *office, a args) seen { return o.outDo(a, a.text[0], "dong-dau", "Đã đóng dấu") }
func issueOut(o *office, a args) seen { return o.outDo(a, a.text[0], "phat-hanh", "Phát hành") }
func voidOut(o *office, a args) seen {
	return o.outDo(a, a.text[0], "huy-so", "Đề nghị hủy số", set("Lý do", a.text[1]))
}
func grantVoidOut(o *office, a args) seen {
	return o.outDo(a, a.text[0], "huy-so/duyet", "Đồng ý hủy")
}

func recallOut(o *office, a args) seen {
	return seen{page: o.postOut(a.who[0], o.document(a.who[0], a.text[0])+"/thu-hoi", url.Values{"reason": {a.text[1]}, "due_on": {a.day[0]}})}
}

func answerRecallOut(o *office, a args) seen {
	return seen{page: o.postOut(a.who[0], o.document(a.who[0], a.text[1])+"/tra-loi/"+a.text[0], url.Values{"agreed": {"on"}})}
}

func correctOut(o *office, a args) seen {
	return seen{page: o.postOut(a.who[0], o.document(a.who[0], a.text[0])+"/dinh-chinh", url.Values{"by": {a.text[1]}})}
}

func replaceOut(o *office, a args) seen {
	return seen{page: o.postOut(a.who[0], o.document(a.who[0], a.text[0])+"/thay-the", url.Values{"by": {a.text[1]}})}
}
