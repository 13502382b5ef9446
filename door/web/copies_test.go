// SPDX-License-Identifier: Apache-2.0

package web

import (
	"strings"
	"testing"
)

func TestACertifiedCopyFromTheDocumentToItsBook(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	lan, thang, yen, son := o.as("lan"), o.as("thang"), o.as("yen"), o.as("son")
	id := o.signed("BC", "Kết quả thực hiện chính sách dân tộc")
	o.post(lan, "/van-ban-di/cap-so/"+idText(id), "day", "23/11/2026")
	at := "/van-ban-di/2026/01-bc-bdt"
	o.post(lan, at+"/dong-dau")
	lan.get(at).is(200).silent(".prints", "Sao văn bản")
	o.post(lan, at+"/phat-hanh")
	page := lan.get(at).is(200).says(".prints", "Sao văn bản")
	source := page.all(".files a")[0]
	before := string(lan.get(attr(source, "href")).is(200).Body)
	form := ""
	for _, a := range page.all(".prints a") {
		if strings.Contains(attr(a, "href"), "/ban-sao/lap") {
			form = attr(a, "href")
		}
	}
	lan.get(form).is(200).says("form.section", "TRƯỞNG BAN").says("h1", "01/BC-BDT")
	yen.get(form).is(404)
	son.get("/ban-sao").is(404)
	ref := strings.TrimPrefix(form, "/ban-sao/lap?nguon=")
	signer := idText(o.who["thang"].Person)
	lan.post("/ban-sao", "nguon", ref, "kind", "SL", "way", "pp", "signer", signer).is(422).says(".errors", "Sao lục chỉ thực hiện từ bản sao y")
	son.post("/ban-sao", "nguon", ref, "kind", "SY", "way", "pp", "signer", signer).is(403)
	lan.post("/ban-sao", "nguon", ref, "kind", "SY", "way", "ep", "signer", signer, "copies", "2", "recipients", "Phòng Tổng hợp")
	waiting := lan.get("/ban-sao").is(200).says("table", "Chờ ký").all("table a")
	copied := attr(waiting[0], "href")
	yen.get(copied).is(404)
	o.post(thang, copied+"/ky")
	lan.get("/van-ban-di/cho").is(200).says("table", "Bản sao chờ cấp số")
	o.post(lan, copied+"/cap-so")
	done := lan.get(copied).is(200).says("h1", "01/SY-BDT").says(".card", "Đã đóng dấu, phát hành")
	file := attr(done.all(".files a")[0], "href")
	wants(t, lan.get(file).is(200).pdfText(), "SAO Y", "Số: 01/SY-BDT", "Số: 01/BC-BDT", "Lưu: VT")
	yen.get(file).is(404)
	o.post(lan, copied+"/dong-dau")
	if after := string(lan.get(attr(source, "href")).is(200).Body); after != before {
		t.Error("the file that was copied has changed")
	}
	lan.get(at).is(200).says("main", "01/SY-BDT")
	lan.get("/ban-sao").is(200).says("table", "01/SY-BDT")
	lan.post("/ban-sao", "nguon", ref, "kind", "TrS", "way", "ee", "signer", signer, "part", "Ban Dân tộc báo cáo.")
	extract := attr(lan.get("/ban-sao").is(200).all("table a")[0], "href")
	o.post(thang, extract+"/ky")
	o.post(lan, extract+"/cap-so")
	o.post(lan, extract+"/lay-tep")
	file = attr(lan.get(extract).is(200).all(".files a")[0], "href")
	wants(t, lan.get(file).is(200).pdfText(), "TRÍCH SAO; BAN DÂN TỘC", "(Đã ký)", "Ban Dân tộc báo cáo.")
	wants(t, lan.get("/van-ban-di/so?book=copy&format=pdf").is(200).pdfText(), "SỔ ĐĂNG KÝ BẢN SAO", "01/SY-BDT", "02/TrS-BDT")
	lan.get("/van-ban-di/so?book=copy&format=xlsx").is(200)
	yen.get("/van-ban-di/so?book=copy&format=pdf").is(404)
}
