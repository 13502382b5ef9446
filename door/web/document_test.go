// SPDX-License-Identifier: Apache-2.0

package web

import (
	"strings"
	"testing"
	"time"

	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/kit/store/storetest"
	"soviec/office/document"
	"soviec/office/task"
)

// comes enters a document as the clerk, beside the door.
func (o *modelOffice) comes(number, subject string, with ...func(*document.Arrival)) document.Incoming {
	o.Helper()
	in := document.Arrival{NumberRaw: number, Type: "CV", IssuerName: "Văn phòng UBND tỉnh", IssuedOn: o.clock.Today().AddDays(-3), Subject: subject, Channel: "post"}
	for _, f := range with {
		f(&in)
	}
	var d document.Incoming
	o.do("lan", func(a *journal.Act) (err error) { d, err = document.Register(a, in); return err })
	return d
}

func TestFromClerkToLeaderToOfficer(t *testing.T) { storetest.Each(t, fromClerkToOfficer) }

func fromClerkToOfficer(t *testing.T, db *store.DB) {
	o := openOfficeOn(t, db)
	d := o.comes("1234/UBND-VX", "V/v báo cáo kết quả thăm, tặng quà")
	lan, thang, hai := o.as("lan"), o.as("thang"), o.as("hai")
	lan.get(d.Address()).says("#trinh", "Trình lãnh đạo").lacks("#giao-viec")
	lan.post(d.Address()+"/trinh", "leader", "").is(422).says("#trinh .errors", "Chưa chọn lãnh đạo")
	lan.post(d.Address()+"/trinh", "leader", idText(o.who["thang"].Person), "note", "Kính trình").goes()
	o.clock.Add(2 * time.Hour)

	page := thang.get(d.Address()).is(200).says("main .aside", "Chờ ông Đàm Quốc Thắng cho ý kiến").lacks("#trinh").says(".timeline", "Kính trình").says(".timeline", "trình ông Đàm Quốc Thắng")
	if page.value("due_on") == "" {
		t.Error("no due day is proposed")
	}
	// A refused directive keeps what was typed.
	page = thang.post(d.Address()+"/giao-viec", "text", "Giao phòng tham mưu.", "due_on", "thứ Năm").is(422).says("#giao-viec .errors", "chủ trì")
	if got := page.value("text"); got != "Giao phòng tham mưu." {
		t.Errorf("the directive is %q", got)
	}
	thang.post(d.Address()+"/giao-viec", "text", "x", "lead", "unit/"+idText(o.unit("CS")), "due_on", "hôm kia mốt").is(422).says(".errors", "Không đọc được ngày")
	thang.post(d.Address()+"/giao-viec", "text", "Giao phòng tham mưu.", "lead", "unit/"+idText(o.unit("CS")), "coop", "unit/"+idText(o.unit("KHTH")),
		"info", "person/"+idText(o.who["hai"].Person), "due_on", "thứ Sáu").goes()
	page = thang.get(d.Address()).says("main", "Phòng Chính sách Dân tộc chủ trì, hạn 27/11/2026").says(".words", "Giao phòng tham mưu.").
		says(".shares", "Chủ trì").says(".shares", "Phòng Kế hoạch").says("main .aside", "Ông Mông Văn Lâm đang giữ").says(".strip", "Thắng")
	if n := len(page.all(".timeline li")); n < 3 {
		t.Errorf("%d entries in the timeline", n)
	}
	page.says(".timeline", "vào sổ, số đến 1").silent(".timeline", "giao việc").says(".timeline a", "dòng")
	hai.get(d.Address()).is(200).lacks("#giao-viec").lacks("#trinh").silent(".other", "Thêm tệp")

	// The directive is corrected with a reason, the old words stay.
	thang.post(d.Address()+"/doi-chi-dao", "text", "Xong trong tuần sau.", "lead", "unit/"+idText(o.unit("CS")), "due_on", "30/11").is(422).says(".errors", "lý do")
	thang.post(d.Address()+"/doi-chi-dao", "text", "Xong trong tuần sau.", "lead", "unit/"+idText(o.unit("CS")), "due_on", "30/11", "reason", "chờ số liệu").goes()
	thang.get(d.Address()).says(".words", "Xong trong tuần sau.").says(".words", "Giao phòng tham mưu.").says(".words", "Thay cho ý kiến ngày 23/11/2026").says(".timeline", "27/11/2026 → 30/11/2026")
}

func TestDocumentOfAnotherIsNotThere(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	sha, _, err := o.blobs.Put(t.Context(), strings.NewReader("%PDF-1.4 riêng"), 0)
	if err != nil {
		t.Fatal(err)
	}
	d := o.comes("1234/UBND-VX", "riêng của lãnh đạo", func(in *document.Arrival) {
		in.Files = []document.Attachment{{Name: "rieng.pdf", MIME: "application/pdf", Size: 16, SHA: string(sha)}}
	})
	files, err := document.Files(o.read(), d)
	if err != nil {
		t.Fatal(err)
	}
	file := d.Address() + "/tep/" + idText(files[0].ID)
	for _, who := range []string{"hai", "lam", "son"} {
		p := o.as(who)
		p.get(d.Address()).is(404).silent("main", "riêng")
		p.get(file).is(404)
		p.get(d.Address() + "/dau-den.pdf").is(404)
		p.get(d.Address() + "/phieu-giai-quyet.pdf").is(404)
		p.post(d.Address() + "/lot-mat").is(404)
		p.get(d.Address() + "/sua").is(404)
		p.get("/van-ban-den/so?format=pdf").is(404)
		if who != "son" {
			p.get("/van-ban-den").is(200).silent("main", "riêng của lãnh đạo")
		}
	}
	// Another agency in the same installation has other documents at the same address.
	o2 := *o
	o2.agency, o2.who = foundSecond(o)
	lan2 := o2.as("lan.2")
	lan2.get(d.Address()).is(404)
	lan2.get(file).is(404)

	got := o.as("lan").get(file).is(200)
	if string(got.Body) != "%PDF-1.4 riêng" || got.Get("ETag") != `"`+string(sha)+`"` || !strings.HasPrefix(got.Get("Content-Disposition"), "inline") {
		t.Errorf("the file came as %v %q", got.Header, got.Body)
	}
	if p := got.Get("Content-Security-Policy"); !strings.Contains(p, "default-src 'none'") {
		t.Errorf("the file may run things: %s", p)
	}
	for _, path := range []string{"/van-ban-den/2026/0", "/van-ban-den/2026/9", "/van-ban-den/x/1", "/van-ban-den/2026/ĐT-1", "/van-ban-den/2026/1/tep/7"} {
		o.as("lan").get(path).is(404)
	}
}

func TestUndirectedWaysAreRefused(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	d := o.comes("1/UBND", "việc thử")
	o.as("lan").post(d.Address()+"/giao-viec", "text", "x", "lead", "unit/"+idText(o.unit("CS"))).is(403)
	o.as("minh").post(d.Address()+"/giao-viec", "text", "x", "lead", "unit/"+idText(o.unit("CS"))).is(403)
	o.as("thang").post(d.Address()+"/huy-so", "reason", "vào sổ hai lần").is(403)
	o.as("minh").post(d.Address() + "/sua").is(403)
	o.as("lan").post(d.Address() + "/khong-co").is(404)
}

func TestVoidingNeedsTwo(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	d := o.comes("1/UBND", "vào hai lần")
	lan, minh := o.as("lan"), o.as("minh")
	lan.post(d.Address()+"/huy-so", "reason", "").is(422)
	lan.post(d.Address()+"/huy-so", "reason", "vào sổ hai lần").goes()
	lan.get(d.Address()).says(".banner", "chờ Chánh Văn phòng duyệt").lacks(".ask")
	lan.post(d.Address() + "/huy-so/duyet").is(403)
	minh.get(d.Address()).says(".ask", "đề nghị hủy số đến 1")
	minh.post(d.Address()+"/huy-so/bac", "reason", "").is(422).says(".ask .errors", "lý do")
	minh.post(d.Address() + "/huy-so/duyet").goes()
	lan.get(d.Address()).says("main .aside", "Đã hủy số đến").lacks("#trinh")
	lan.get("/van-ban-den").says(".register", "Đã hủy số đến")
}

func TestRecallTakesTheFilesAway(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	lan, thang := o.as("lan"), o.as("thang")
	to := lan.postFiles("/van-ban-den", []dropped{{"files", "a.pdf", letter("xin thu hoi")}}, arrivalForm()...).goes()
	lan.post(to+"/thu-hoi", "notice", "", "reason", "x").is(422)
	lan.post(to+"/thu-hoi", "notice", "1300/UBND-VX", "reason", "ban hành nhầm").goes()
	lan.get(to).says(".banner", "1300/UBND-VX").says(".ask", "thu hồi")
	thang.post(to+"/thu-hoi/tu-choi", "reason", "").is(422)
	thang.post(to+"/thu-hoi/tu-choi", "reason", "đang xử lý").goes()
	lan.get(to).says("main .aside", "chờ trình")
	lan.post(to+"/thu-hoi", "notice", "1301/UBND-VX", "reason", "ban hành nhầm").goes()
	file := attr(lan.get(to).all(".files a")[0], "href")
	lan.post(to + "/thu-hoi/dong-y").goes()
	lan.get(to).says(".viewer", "tệp không còn").lacks(".files")
	lan.get(file).is(410)
}

func TestReportingASecretShutsTheFiles(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	lan := o.as("lan")
	to := lan.postFiles("/van-ban-den", []dropped{{"files", "a.pdf", letter("x")}}, arrivalForm()...).goes()
	file := attr(lan.get(to).all(".files a")[0], "href")
	lan.get(file).is(200)
	o.as("thang").post(to + "/lot-mat").goes()
	lan.get(to).says(".viewer", "bị khóa").lacks(".files")
	lan.get(file).is(403)
}

func TestCorrectingKeepsTheNumber(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	d := o.comes("1/UBND", "trich yếu gõ sai", func(in *document.Arrival) { in.Signer = "Hà Văn Ký" })
	lan := o.as("lan")
	page := lan.get(d.Address()+"/sua").is(200).says("h1", "Sửa dữ liệu số đến 1")
	if page.value("subject") != "trich yếu gõ sai" || page.value("version") == "" {
		t.Errorf("the form holds %q, version %q", page.value("subject"), page.value("version"))
	}
	form := []string{"notation", "1/UBND", "type", "CV", "issuer", "Văn phòng UBND tỉnh", "issued_on", page.value("issued_on"), "urgency", "1", "channel", "post",
		"version", page.value("version")}
	lan.post(d.Address()+"/sua", append(form, "subject", "")...).is(422).says("h1", "Sửa dữ liệu").says(".errors", "Trích yếu")
	lan.post(d.Address()+"/sua", append(form, "subject", "trích yếu gõ đúng")...).goes()
	lan.get(d.Address()).says("h1", "trích yếu gõ đúng").says(".facts", "Khẩn").says(".facts", "Hà Văn Ký").says(".timeline", "sửa thông tin đăng ký")
	// Somebody else was faster.
	lan.post(d.Address()+"/sua", append(form, "subject", "lần nữa")...).is(409).says(".errors", "vừa được người khác thay đổi")
}

func TestFiledByWhoeverLedTheWork(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	d := o.comes("1/UBND", "xong rồi cất")
	o.do("lan", func(a *journal.Act) error { return document.Submit(a, d.ID, o.who["thang"].Person, "", "") })
	o.do("thang", func(a *journal.Act) (err error) {
		d, err = document.Direct(a, d.ID, document.Directive{Text: "làm", Lead: task.Assignee{Person: o.who["hai"].Person}, Due: task.Due{On: o.clock.Today().AddDays(2)}})
		return err
	})
	w, err := task.Get(o.read(), o.agency, d.Work)
	if err != nil {
		t.Fatal(err)
	}
	o.do("hai", func(a *journal.Act) error { return task.Report(a, w.Lead().ID, "đã làm", "5/BDT-CS") })
	o.do("thang", func(a *journal.Act) error { return task.Confirm(a, w.Lead().ID, "") })
	hai := o.as("hai")
	hai.get(d.Address()).says("main .aside", "đúng hạn").says("main", "Lập hồ sơ")
	o.as("thang").get(d.Address()).says(".timeline", "đã làm").silent("main details", "Số, ký hiệu hồ sơ")
	hai.post(d.Address()+"/lap-ho-so", "dossier", "").is(422)
	hai.post(d.Address()+"/lap-ho-so", "dossier", "03.CS.2026").goes()
	hai.get(d.Address()).says(".facts", "03.CS.2026")
}

func TestDirectDistribution(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	d := o.comes("1/GM-SNV", "giấy mời họp")
	lan := o.as("lan")
	lan.get(d.Address()).says("main", "Chuyển thẳng đơn vị")
	lan.post(d.Address()+"/phan-phoi", "lead", "unit/"+idText(o.unit("KHTH")), "due_on", "+2").goes()
	lan.get(d.Address()).says("main", "Phòng Kế hoạch").says(".shares", "Chủ trì").says(".timeline", "chuyển thẳng theo quy chế")
}
