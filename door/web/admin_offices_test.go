// SPDX-License-Identifier: Apache-2.0

package web

import (
	"net/http"
	"testing"

	"soviec/office/document"
	"soviec/office/org"
)

func TestAreasOfWorkAreMadeAndGivenToOthers(t *testing.T) {
	o := openOffice(t)
	const path = "/quan-tri/co-quan/linh-vuc"
	field := func(name string) (found org.Field) {
		for _, f := range o.dir().FieldsOn(o.clock.Today()) {
			if f.Name == name {
				found = f
			}
		}
		return found
	}
	o.as("hai").post(path, "name", "Số hóa").is(http.StatusForbidden)
	o.as("minh").post(path, "name", "Số hóa").is(http.StatusForbidden)
	o.as("minh").get("/quan-tri/co-quan").is(http.StatusOK).silent("main", "Thêm lĩnh vực")
	son := o.as("son")
	son.post(path, "name", "", "leader", "", "unit", "").is(http.StatusUnprocessableEntity).says("#linh-vuc .error", "tên lĩnh vực")
	son.post(path, "name", "Số hóa", "leader", idText(o.who["hoa"].Person), "unit", idText(o.unit("VP"))).goes()
	f := field("Số hóa")
	if f.Leader != o.who["hoa"].Person || f.Unit != o.unit("VP") {
		t.Fatalf("made: %+v", f)
	}
	son.get("/quan-tri/co-quan").says("#linh-vuc", "Nông Thị Hoa").says("#linh-vuc", "Số hóa")
	// What was wrong with one area stands in its own form, and nothing is changed.
	son.post(path, "id", idText(f.ID), "name", "Số hóa", "leader", idText(o.who["quy"].Person), "to", "22/11/2026").is(http.StatusUnprocessableEntity).says("#linh-vuc details[open] .error", "Ngày kết thúc")
	if field("Số hóa").Leader != o.who["hoa"].Person {
		t.Error("changed in spite of the refusal")
	}
	son.post(path, "id", idText(f.ID), "name", "Chuyển đổi số", "leader", idText(o.who["quy"].Person), "unit", idText(o.unit("VP"))).goes()
	if now := field("Chuyển đổi số"); now.ID != f.ID || now.Leader != o.who["quy"].Person {
		t.Errorf("changed: %+v", now)
	}
}

func TestARegisterIsOpenedAndBeginsWhereThePaperEnded(t *testing.T) {
	o := openOffice(t)
	o.as("hai").post("/quan-tri/co-quan/so", "code", "giay-moi", "name", "Giấy mời").is(http.StatusForbidden)
	o.as("hai").post("/quan-tri/co-quan/so-bat-dau", "register", "1", "number", "5").is(http.StatusForbidden)
	minh := o.as("minh")
	minh.post("/quan-tri/co-quan/so", "code", "Giấy mời", "name", "Giấy mời").is(http.StatusUnprocessableEntity).says("#so .error", "Mã sổ gồm")
	minh.post("/quan-tri/co-quan/so", "code", "giay-moi", "name", "Giấy mời").goes()
	minh.post("/quan-tri/co-quan/so", "code", "giay-moi-2", "name", "Giấy mời").is(http.StatusConflict).says("#so .error", "Đã có sổ")
	books, err := document.Books(o.read(), o.agency)
	if err != nil {
		t.Fatal(err)
	}
	book := books[len(books)-1]
	if book.Name != "Giấy mời" || book.Code != "giay-moi" {
		t.Fatalf("opened: %+v", books)
	}
	begin := func(number string) []string { return []string{"register", idText(book.ID), "number", number} }
	minh.post("/quan-tri/co-quan/so-bat-dau", begin("mười")...).is(http.StatusUnprocessableEntity).says("#so details[open] .error", "số đến đầu tiên")
	minh.post("/quan-tri/co-quan/so-bat-dau", begin("0")...).is(http.StatusUnprocessableEntity).says("#so details[open] .error", "từ 1 trở lên")
	minh.post("/quan-tri/co-quan/so-bat-dau", begin("2.612")...).goes()
	if next, err := document.NextNumber(o.read(), book.ID, 2026); err != nil || next != 2612 {
		t.Errorf("next number %d, %v", next, err)
	}
	minh.get("/quan-tri/co-quan").says("#so", "số đến tiếp theo năm 2026: 2.612")
	// Once there are numbers, the beginning stays.
	minh.post("/quan-tri/co-quan/so-bat-dau", begin("7")...).is(http.StatusConflict).says(".errors", "đã cấp số")
}
