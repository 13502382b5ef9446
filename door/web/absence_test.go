// SPDX-License-Identifier: Apache-2.0

package web

import (
	"net/http"
	"testing"

	"soviec/kit/store"
	"soviec/kit/store/storetest"
)

func TestAbsenceIsDeclaredWithAWarningAndTheStandInActs(t *testing.T) {
	storetest.Each(t, absenceIsDeclaredWithAWarningAndTheStandInActs)
}

func absenceIsDeclaredWithAWarningAndTheStandInActs(t *testing.T, db *store.DB) {
	o := openOfficeOn(t, db)
	o.give("Rà soát chính sách", "hai", 2) // due 26/11: the 24th is a holiday
	hai := o.as("hai")
	page := hai.get("/vang-mat").is(http.StatusOK)
	page.lacks("select[name=person]") // only for himself
	form := []string{"person", idText(o.who["hai"].Person), "from", "24/11", "to", "27/11", "stand_in", "person/" + idText(o.who["ha"].Person), "note", "Nghỉ phép"}
	hai.post("/vang-mat", form...).is(http.StatusOK).says(".banner", "Rà soát chính sách").says("button.main", "Vẫn khai báo")
	if n := len(o.dir().Absences); n != 0 {
		t.Fatal("declared without the second word")
	}
	hai.post("/vang-mat", append(form, "confirm", "1")...).goes()
	hai.get("/vang-mat").says(".plain-list", "24/11/2026 – 27/11/2026 · bà Bế Ngọc Hà làm thay").says(".plain-list", "Nghỉ phép")
	// Why somebody is away is not for everybody.
	o.as("anh").get("/vang-mat").says(".plain-list", "Lý Thanh Hải").silent(".plain-list", "Nghỉ phép").lacks(".plain-list button")
	hai.post("/vang-mat", append(form, "confirm", "1")...).is(http.StatusConflict).says(".errors", "đã được khai báo")

	ha := o.as("ha")
	ha.get("/vang-mat").lacks("[name=for]") // not yet
	o.clock.Set(t, "2026-11-24 08:00")
	ha = o.as("ha")
	ha.get("/vang-mat").says(".gesture", "Làm thay ông Lý Thanh Hải")
	ha.post("/lam-thay", "for", idText(o.who["hai"].Person)).goes()
	ha.get("/vang-mat").says("body", "Đang làm thay ông Lý Thanh Hải").says(".gesture", "Thôi làm thay ông Lý Thanh Hải")
	o.as("anh").post("/lam-thay", "for", idText(o.who["hai"].Person)).is(http.StatusForbidden)
	ha.post("/lam-thay", "for", "").goes()
	ha.get("/vang-mat").silent("body", "Đang làm thay")

	// The head of the division ends it.
	id := idText(o.dir().Absences[0].ID)
	o.as("anh").post("/vang-mat/" + id + "/ket-thuc").is(http.StatusForbidden)
	o.as("lam").post("/vang-mat/" + id + "/ket-thuc").goes()
	ha.get("/vang-mat").says("main", "Không ai vắng mặt").lacks("[name=for]")
}

func TestOnlyWhoMayDeclaresForOthers(t *testing.T) {
	o := openOffice(t)
	form := func(person, standIn string) []string {
		return []string{"person", idText(o.who[person].Person), "from", "24/11", "to", "27/11", "stand_in", "person/" + idText(o.who[standIn].Person)}
	}
	o.as("hai").post("/vang-mat", form("ha", "anh")...).is(http.StatusForbidden)
	o.as("lam").post("/vang-mat", form("ha", "hai")...).goes()
	o.as("minh").post("/vang-mat", form("thang", "minh")...).is(http.StatusUnprocessableEntity).says(".errors", "tự cử mình")
	o.as("minh").post("/vang-mat", "person", "", "from", "thứ mười", "to", "").is(http.StatusUnprocessableEntity).says(".errors", "Không đọc được ngày").says(".errors", "chọn người")
}
