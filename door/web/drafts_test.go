// SPDX-License-Identifier: Apache-2.0

package web

import (
	"context"
	"strings"
	"testing"

	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/kit/store/storetest"
	"soviec/office/draft"
	"soviec/office/org"
)

func TestADraftFromTheFormToTheSignature(t *testing.T) { storetest.Each(t, fromFormToSignature) }

func fromFormToSignature(t *testing.T, db *store.DB) {
	o := openOfficeOn(t, db)
	in := o.comes("1234/UBND-VX", "V/v rà soát chính sách")
	lan, hai, lam, minh, thang, son := o.as("lan"), o.as("hai"), o.as("lam"), o.as("minh"), o.as("thang"), o.as("son")
	son.get("/du-thao").is(404)
	son.get("/du-thao/moi").is(404)
	hai.get("/du-thao").is(200).says("main", "Không có dự thảo nào")
	hai.get("/du-thao/moi").is(200).says(".pick", "Công văn")
	lan.get("/du-thao/moi?tra-loi="+in.Ref()).says(".banner", "1234/UBND-VX").says("main", "mẫu văn bản")
	samples := lan.get("/mau-van-ban?tra-loi="+in.Ref()).says(".banner", "1234/UBND-VX")
	if !strings.Contains(string(samples.Body), `/mau-van-ban/giay-moi?tra-loi=`+in.Ref()) {
		t.Error("the samples do not pass on what will be answered")
	}
	form := lan.get("/du-thao/moi?loai=CV&tra-loi=" + in.Ref()).is(200)
	if got := form.value("addressees"); got != "Văn phòng UBND tỉnh" {
		t.Errorf("addressed to %q", got)
	}
	hai.get("/du-thao/moi?loai=CV").is(200).says("select[name=signer]", "KT. TRƯỞNG BAN")
	signer := idText(o.who["thang"].Person) + " SELF 0"
	typed := []string{"type", "CV", "addressees", "Ủy ban nhân dân các xã", "body", "Ban Dân tộc đề nghị các xã rà soát.\n\nTrân trọng./.", "urgency", "1", "know", "Văn phòng"}
	page := hai.post("/du-thao", append(typed, "subject", "", "signer", signer)...).is(422).says(".errors", "Trích yếu không được để trống")
	if !strings.HasPrefix(page.value("body"), "Ban Dân tộc đề nghị") {
		t.Error("what was typed is lost")
	}
	hai.post("/du-thao", append(typed, "subject", "Rà soát", "signer", idText(o.who["lam"].Person)+" KT 0")...).is(422).says(".errors", "không phải cấp phó")
	hai.post("/du-thao", append(typed, "subject", "Rà soát chính sách", "signer", signer)...).goes()
	all, err := draft.List(o.book.DB.Read(context.Background()), o.agency, draft.Reach{All: true}, draft.Filter{}, 10)
	if err != nil || len(all) != 1 || all[0].Current != 1 {
		t.Fatal(all, err)
	}
	at := all[0].Address()
	o.as("nga").get(at).is(404)
	o.as("nga").get(at + "/tep/v1").is(404)
	son.get(at).is(404)
	hai.get(at + "/tep/v1").is(200)
	hai.get(at).says("#trinh", "Trình").says(".facts", "TRƯỞNG BAN")
	sha := func() string {
		p, err := draft.Get(o.book.DB.Read(context.Background()), o.agency, all[0].ID)
		if err != nil {
			t.Fatal(err)
		}
		return p.SHA
	}
	o.index()
	hai.finds("rà soát chính sách").says(".beside h2", "Dự thảo (1)").says(".beside a", "Rà soát chính sách")
	hai.finds("trân trọng", "kind", "draft").says("h1", "1 kết quả").says(".hits", "Trong tệp")
	lam.finds("rà soát chính sách", "kind", "draft", "year", "2026").says(".hits", "Rà soát chính sách")
	hai.finds("rà soát chính sách", "kind", "draft", "year", "2019").says("h1", "Không thấy gì")
	for _, who := range []*visitor{o.as("nga"), son} { // neither the unit's nor asked
		who.finds("rà soát chính sách").lacks(".beside").says("h1", "Không thấy gì")
		who.finds("rà soát chính sách", "kind", "draft").says("h1", "Không thấy gì")
	}
	hai.post(at+"/trinh", "note", "Kính trình").goes()
	lam.get("/").says(".decisions", "Chờ duyệt nội dung").says(".decisions a", "Rà soát chính sách")
	hai.get("/").lacks(".decisions")
	o.as("nga").get("/").silent("main", "Rà soát chính sách")
	lam.get("/du-thao").says("main", "Ký nháy nội dung")
	lam.post(at+"/tra-lai", "sha", sha()).is(422).says(".errors", "cần sửa gì")
	lam.post(at+"/tra-lai", "sha", sha(), "mark_page", "1", "mark_quote", "rà soát", "mark_text", "Ghi rõ thời hạn").goes()
	hai.get(at).says(".marks", "Ghi rõ thời hạn").says("main .aside", "Đã trả lại")
	hai.get("/").says(".decisions", "Bị trả lại").says(".decisions a", "Rà soát chính sách")
	lam.get("/").lacks(".decisions")
	p, _ := draft.Get(o.book.DB.Read(context.Background()), o.agency, all[0].ID)
	typed[5] = "Ban Dân tộc đề nghị các xã rà soát trước ngày 30/11/2026.\n\nTrân trọng./."
	hai.post(at+"/sua", append(typed, "subject", "Rà soát chính sách", "signer", signer, "version", idText(p.Version))...).goes()
	hai.post(at+"/sua", append(typed, "subject", "Cũ", "signer", signer, "version", idText(p.Version))...).is(409)
	marks, _ := draft.Marks(o.book.DB.Read(context.Background()), all[0].ID)
	hai.post(at+"/da-sua", "mark", idText(marks[0].ID)).goes()
	hai.get(at+"/so-sanh?truoc=1&sau=2").says("ins", "trước ngày")
	hai.post(at + "/trinh").goes()
	lam.get(at).says(".banner", "Tệp đã thay đổi so với bản 1")
	lam.post(at+"/noi-dung", "sha", sha()).goes()
	minh.get(at).says("#the-thuc", "Quốc hiệu")
	checks := []string{"sha", sha()}
	for _, c := range draft.Checklist("CV") {
		checks = append(checks, "checks", c.Code)
	}
	minh.get("/").says(".decisions", "Chờ kiểm tra thể thức")
	hai.get("/").lacks(".decisions")
	thang.get("/").says("h1", "Không có gì chờ ý kiến")
	minh.post(at+"/the-thuc", checks...).goes()
	thang.get("/").says("h1", "1 văn bản chờ anh/chị ký").says(".decisions", "Chờ ký")
	o.as("hoa").get("/phieu-sang").silent("main", "Rà soát chính sách")
	sheet := thang.get("/phieu-sang").is(200).says(".morning", "Chờ ký").says(".morning .title", "Công văn: Rà soát chính sách")
	gesture := attr(sheet.all(".morning a.main")[0], "href")
	if !strings.HasPrefix(gesture, "/du-thao/ky?") {
		t.Errorf("the gesture leads to %s", gesture)
	}
	thang.get(gesture).is(200).says("#ky", "Ký số")
	thang.get(attr(sheet.all(".morning a.later")[0], "href")).silent("main", "Rà soát chính sách")
	thang.get("/du-thao/ky").is(200).says(".queue", "Văn bản 1 trong 1 chờ ký").says("#ky", "Ký số")
	thang.post(at+"/ky-so", "sha", sha()).goes()
	thang.get(at).says("#da-ky", "Tải tệp để ký")
	thang.post(at+"/chuyen-ky", "sha", sha(), "signer", idText(o.who["hoa"].Person)+" KT 0").goes()
	o.as("hoa").get(at).says(".facts", "KT. TRƯỞNG BAN / PHÓ TRƯỞNG BAN").says("#ky", "Ký số")
	thang.get(at).lacks("#ky")
	lan.get(at).says("details", "Ghi nhận chữ ký")
	o.do("minh", func(a *journal.Act) error {
		_, err := org.SetSigning(a, org.Signing{Kind: org.ByOrder, Unit: o.unit("VP"), Type: "GM", Basis: "Quy chế làm việc"})
		return err
	})
	minh.get("/quan-tri/ky").is(200).says("main", "Quy chế làm việc")
	minh.post("/quan-tri/ky/uy-quyen", "person", idText(o.who["lam"].Person), "to", "", "scope", "x", "basis", "y").is(422).says(".errors", "phải có thời hạn")
	minh.post("/quan-tri/ky/uy-quyen", "person", idText(o.who["lam"].Person), "to", "30/11/2026", "scope", "Giấy mời họp", "basis", "Giấy ủy quyền số 12/GUQ-BDT").goes()
	hai.get("/quan-tri/ky").is(404)
	hai.post("/quan-tri/ky/uy-quyen", "person", "1").is(403)
}
