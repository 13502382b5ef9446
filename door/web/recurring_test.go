// SPDX-License-Identifier: Apache-2.0

package web

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"soviec/kit/civil"
	"soviec/kit/store"
	"soviec/kit/store/storetest"
	"soviec/office/plan"
)

func TestWorkThatComesAgain(t *testing.T) { storetest.Each(t, workThatComesAgain) }

func workThatComesAgain(t *testing.T, db *store.DB) {
	o := openOfficeOn(t, db)
	thang := o.as("thang")
	thang.get("/cong-viec/dinh-ky").is(http.StatusOK).says("main", "Chưa có việc định kỳ nào")
	typed := []string{"title", "Báo cáo công tác dân tộc {kỳ}", "lead", "unit/" + idText(o.unit("CS")), "coop", "unit/" + idText(o.unit("KHTH")), "period", "month", "every", "1",
		"number", "day:25", "month", "last", "back", "0", "shift", "before", "ahead", "5", "at", "16:00", "from", "01/11/2026", "until", "", "priority", "0", "proof", ""}
	thang.get("/cong-viec/dinh-ky/moi").is(http.StatusOK).says("main", "Đặt việc định kỳ")
	// Looking saves nothing.
	thang.post("/cong-viec/dinh-ky/moi/xem", typed...).is(http.StatusOK).says("main", "chưa lưu").says("main", "thứ Tư, 25/11/2026").says("main", "thứ Sáu, 25/12/2026")
	thang.get("/cong-viec/dinh-ky").says("main", "Chưa có việc định kỳ nào")
	bad := append([]string{}, typed...)
	bad[1], bad[11] = "", "week:1"
	thang.post("/cong-viec/dinh-ky/moi", bad...).is(http.StatusUnprocessableEntity).says(".errors", "Hãy ghi nội dung").says(".errors", "Hãy chọn tuần thứ mấy")
	thang.post("/cong-viec/dinh-ky/moi", typed...).goes()
	list := thang.get("/cong-viec/dinh-ky").is(http.StatusOK).says(".planned", "mỗi tháng, ngày 25").says(".planned", "Phòng Chính sách Dân tộc chủ trì").says(".dates", "25/11/2026")
	at := attr(list.all(".planned h2 a")[0], "href")
	thang.get(at).is(http.StatusOK).says("main", "Tháng 11/2026").says("main", "giao ngày 23/11/2026")

	// One date is changed, one skipped, and taken back.
	thang.post(at+"/ky/2026-12/doi", "due", "22/12/2026", "title", "Báo cáo năm 2026").goes()
	thang.post(at+"/ky/2027-01/bo", "reason", "Gộp tháng 2").goes()
	thang.get(at).says("main", "Đã đổi").says("main", "22/12/2026").says("main", "Gộp tháng 2")
	thang.post(at + "/ky/2027-01/khoi-phuc").goes()
	thang.get(at).silent("main", "Gộp tháng 2")
	thang.post(at+"/ky/2026-12/doi", "due", "hôm nào đó").is(http.StatusUnprocessableEntity).says(".errors", "Không đọc được ngày")
	thang.post(at + "/ky/2019-01/bo").is(http.StatusUnprocessableEntity)

	if n, err := plan.Morning(context.Background(), o.book, o.agency, civil.MustParse("2026-11-23")); n != 1 || err != nil {
		t.Fatal(n, err)
	}
	work := ""
	for _, a := range thang.get(at).says("main", "Đã giao").all(".dates a") {
		if strings.HasPrefix(attr(a, "href"), "/viec/") {
			work = attr(a, "href")
		}
	}
	thang.get(work).is(http.StatusOK).says("main", "Báo cáo công tác dân tộc tháng 11/2026")

	thang.post(at+"/tam-dung", "reason", "Chờ hướng dẫn").goes()
	thang.get("/cong-viec/dinh-ky").says(".off", "Chờ hướng dẫn")
	thang.post(at + "/chay-lai").goes()

	// A head sees what is his unit's, and sets work inside it; an officer nothing.
	lam := o.as("lam")
	lam.get("/cong-viec/dinh-ky").is(http.StatusOK).silent("main", "Báo cáo công tác dân tộc")
	lam.get(at).is(http.StatusNotFound)
	lam.post(at + "/cham-dut").is(http.StatusNotFound)
	lam.post("/cong-viec/dinh-ky/moi", typed...).is(http.StatusUnprocessableEntity).says(".errors", "trong đơn vị mình")
	typed[3], typed[5] = "person/"+idText(o.who["hai"].Person), ""
	lam.post("/cong-viec/dinh-ky/moi", typed...).goes()
	o.as("hai").get("/cong-viec/dinh-ky").is(http.StatusForbidden)
	o.as("hai").get(at).is(http.StatusForbidden)
	o.as("hai").post(at + "/cham-dut").is(http.StatusForbidden)
	o.as("lan").get("/cong-viec/mau").is(http.StatusForbidden)

	thang.post(at + "/cham-dut").goes()
	thang.get(at).is(http.StatusNotFound)
}

func TestTemplatesOnThePage(t *testing.T) { storetest.Each(t, templatesOnThePage) }

func templatesOnThePage(t *testing.T, db *store.DB) {
	o := openOfficeOn(t, db)
	thang := o.as("thang")
	thang.get("/cong-viec/mau").is(http.StatusOK).says("main", "Chưa có mẫu nào")
	thang.get("/cong-viec/mau/moi/sua").is(http.StatusOK)
	typed := []string{"name", "Tổ chức hội nghị", "title-1", "Dự thảo kế hoạch {tên hội nghị}", "lead-1", "unit/" + idText(o.unit("KHTH")), "days-1", "3", "after-1", "0",
		"title-2", "Mời đại biểu", "lead-2", "person/" + idText(o.who["ha"].Person), "days-2", "2", "after-2", "1"}
	bad := append([]string{}, typed...)
	bad[1], bad[7] = "", "mấy"
	thang.post("/cong-viec/mau/moi/sua", bad...).is(http.StatusUnprocessableEntity).says(".errors", "số ngày làm việc")
	thang.post("/cong-viec/mau/moi/sua", typed...).goes()
	at := attr(thang.get("/cong-viec/mau").is(http.StatusOK).says(".planned", "2 việc, 1 việc giao ngay").all(".planned h2 a")[0], "href")
	thang.get(at).is(http.StatusOK).says("main", "giao khi việc 1 xong")
	thang.post(at+"/giao").is(http.StatusUnprocessableEntity).says(".errors", "Hãy điền “tên hội nghị”")
	thang.post(at+"/giao", "field-1", "người có uy tín").goes()
	page := thang.get(at).says("main", "người có uy tín").says("main", "Chờ việc trước")
	work := attr(page.all(".dates a")[0], "href")
	thang.get(work).is(http.StatusOK).says("main", "Dự thảo kế hoạch người có uy tín")
	thang.get(at + "/sua").is(http.StatusOK)
	o.as("hai").get(at).is(http.StatusForbidden)
	o.as("hai").post(at+"/giao", "field-1", "x").is(http.StatusForbidden)
	o.as("lam").get(at + "/sua").is(http.StatusNotFound) // the agency's template is not a head's to change
	thang.post(at + "/thoi-dung").goes()
	thang.get("/cong-viec/mau").says("main", "Chưa có mẫu nào")
	thang.post(at+"/giao", "field-1", "x").is(http.StatusGone)
}
