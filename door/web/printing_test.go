// SPDX-License-Identifier: Apache-2.0

package web

import (
	"bytes"
	"os/exec"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"soviec/kit/journal"
	"soviec/office/document"
)

// pdfText is what a PDF says, as poppler reads it.
func (a *answer) pdfText() string {
	a.Helper()
	if got := a.Get("Content-Type"); got != "application/pdf" {
		a.Fatalf("the answer is %s", got)
	}
	if _, err := exec.LookPath("pdftotext"); err != nil {
		a.Skip("pdftotext (poppler-utils) is not installed")
	}
	out, err := exec.Command("pdftotext", "-layout", a.keep("a.pdf"), "-").CombinedOutput()
	if err != nil {
		a.Fatalf("pdftotext: %v: %s", err, out)
	}
	return strings.Join(strings.Fields(string(out)), " ")
}

func wants(t *testing.T, text string, all ...string) {
	t.Helper()
	for _, want := range all {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in: %s", want, text)
		}
	}
}

func TestRegisterOnPaperAndAsWorkbook(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	lan := o.as("lan")
	lan.get("/van-ban-den/so?book=incoming&period=year&format=pdf").is(422).says(".errors", "không có văn bản nào")
	one := o.comes("11/UBND", "văn bản một")
	two := o.comes("12/UBND", "văn bản hai")
	o.do("lan", func(a *journal.Act) error { return document.AskVoid(a, two.ID, "vào sổ hai lần") })
	o.do("minh", func(a *journal.Act) error { return document.DecideVoid(a, two.ID, true, "") })
	o.comes("13/UBND", "văn bản ba")

	lan.get("/van-ban-den/in").is(200).says("form", "Sổ theo dõi giải quyết văn bản đến").says("form", "2026")
	before := o.lastSeq()
	text := lan.get("/van-ban-den/so?book=incoming&period=range&from=1&to=2&year=2026&format=pdf").is(200).pdfText()
	wants(t, text, "SỔ ĐĂNG KÝ VĂN BẢN ĐẾN", "Ban Dân tộc tỉnh Cao Bằng", "Từ số 1 đến số 2", "văn bản một", "11/UBND", "Sổ này có 2 văn bản", "đã hủy", "Dữ liệu mẫu")
	if strings.Contains(text, "văn bản ba") {
		t.Error("a number outside the range is printed")
	}
	if o.lastSeq() != before {
		t.Error("printing a part froze the register")
	}
	// Looking at the whole year changes nothing; printing it for good is a post that says what it means.
	lan.get("/van-ban-den/so?book=incoming&period=year&year=2026&format=pdf").is(200)
	page := lan.get("/van-ban-den/khoa-so?year=2026").is(200).says("main", "Khóa từ số 1 đến số 3").says("main", "dòng đính chính")
	if o.lastSeq() != before {
		t.Error("looking at the register froze it")
	}
	lock := []string{"register", page.value("register"), "year", "2026", "number", page.value("number")}
	o.as("minh").get("/van-ban-den/in").silent("form", "khóa sổ")
	o.as("minh").get("/van-ban-den/khoa-so?year=2026").is(403)
	o.as("minh").post("/van-ban-den/khoa-so", lock...).is(403)
	o.as("hai").post("/van-ban-den/khoa-so", lock...).is(403)
	o.comes("14/UBND", "văn bản vào sau khi xem")
	before = o.lastSeq()
	lan.post("/van-ban-den/khoa-so", lock...).goes()
	if o.lastSeq() != before+1 {
		t.Error("printing for good left no entry")
	}
	lan.get("/van-ban-den/in").says("main", "đã in và khóa đến số 3").says(".flash a", "Mở PDF để in")
	lan.post("/van-ban-den/khoa-so", lock...).is(409).says(".errors", "Sổ đã in và chốt đến số 3")
	lan.get("/van-ban-den/khoa-so?year=2026").says("main", "Khóa từ số 4 đến số 4")
	if o.lastSeq() != before+1 {
		t.Error("printing it again left another")
	}
	o.clock.Add(1e9)
	form := lan.get(one.Address() + "/sua")
	lan.post(one.Address()+"/sua", "notation", "11/UBND", "type", "CV", "issuer", "Văn phòng UBND tỉnh", "issued_on", form.value("issued_on"), "channel", "post",
		"subject", "văn bản một đã sửa", "version", form.value("version")).goes()
	text = lan.get("/van-ban-den/so?book=incoming&period=range&from=1&to=1&format=pdf").is(200).pdfText()
	wants(t, text, "Đính chính", "sửa trích yếu thành “văn bản một đã sửa”")

	wants(t, o.as("minh").get("/van-ban-den/so?book=follow&period=month&month=11/2026&format=pdf").is(200).pdfText(), "SỔ THEO DÕI GIẢI QUYẾT VĂN BẢN ĐẾN", "13/UBND", "Đã vào sổ")
	lan.get("/van-ban-den/so?period=month&month=13/2026").is(422).says(".errors", "Tháng phải có dạng")
	lan.get("/van-ban-den/so?period=range&from=3&to=1").is(422).says(".errors", "từ số nào")

	book := lan.get("/van-ban-den/so?book=incoming&period=day&day=23/11/2026&format=xlsx").is(200)
	f, err := excelize.OpenReader(bytes.NewReader(book.Body))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows(f.GetSheetList()[0])
	if err != nil {
		t.Fatal(err)
	}
	all := ""
	for _, r := range rows {
		all += strings.Join(r, "|") + "\n"
	}
	wants(t, all, "Ngày đến|Số đến|Tác giả", "(1)|(2)", "|12/UBND|", "Hủy số – vào sổ hai lần", "Sổ này có 4 văn bản, từ số 1 đến số 4.")
}

func TestStampAndSlip(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	d := o.comes("77/SNV-CCVC", "rà soát biên chế")
	lan := o.as("lan")
	lan.get(d.Address()+"/dau-den").is(200).says(".stamp", "ĐẾN").says(".stamp", "23/11/2026")
	wants(t, lan.get(d.Address()+"/dau-den.pdf").is(200).pdfText(), "ĐẾN", "Số: 1", "Ngày: 23/11/2026", "tệp gốc được giữ nguyên")
	if text := lan.get(d.Address() + "/dau-den.pdf?tran=1").is(200).pdfText(); strings.Contains(text, "BẢN XEM") {
		t.Errorf("the bare stamp says %q", text)
	}
	wants(t, lan.get(d.Address()+"/phieu-giai-quyet.pdf").is(200).pdfText(), "PHIẾU GIẢI QUYẾT VĂN BẢN ĐẾN", "77/SNV-CCVC", "rà soát biên chế", "Ý kiến của lãnh đạo")
}
