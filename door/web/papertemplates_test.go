// SPDX-License-Identifier: Apache-2.0

package web

import (
	"bytes"
	"context"
	"net/http"
	"strings"
	"testing"

	"soviec/kit/convert"
	"soviec/kit/docx"
	form30 "soviec/kit/letter"
	"soviec/kit/store"
	"soviec/kit/store/storetest"
	"soviec/office/draft"
)

// sampleFile is a Word sample with two fields.
func sampleFile(t testing.TB) []byte {
	t.Helper()
	var out bytes.Buffer
	l := form30.Letter{Type: "TB", Agency: "BAN DÂN TỘC", Notation: "TB-BDT", Place: "Cao Bằng", Subject: "{{trich_yeu}}", Body: form30.Parse("Ban Dân tộc thông báo {{noi_dung}}./."),
		Signatures: []form30.Signature{{Lines: []string{"TRƯỞNG BAN"}, Name: "Đàm Quốc Thắng"}}, Recipients: []string{"Các phòng", "Lưu: VT, VP"}}
	if err := docx.Write(&out, l, docx.Options{}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestTemplatesOfDocuments(t *testing.T) { storetest.Each(t, templatesOfDocuments) }

func templatesOfDocuments(t *testing.T, db *store.DB) {
	o := openOfficeOn(t, db)
	hai, lam, minh := o.as("hai"), o.as("lam"), o.as("minh")
	hai.get("/mau-van-ban").is(http.StatusOK).says("main", "Giấy mời họp")
	hai.get("/mau-van-ban/moi/sua").is(http.StatusForbidden)
	o.as("son").get("/mau-van-ban").is(http.StatusForbidden)

	// A shipped one is begun with; what was typed is in the draft.
	hai.get("/mau-van-ban/giay-moi").is(http.StatusOK).says("main", "Bắt đầu soạn")
	to := hai.post("/mau-van-ban/giay-moi/soan", "f-ten_hop", "họp rà soát người có uy tín", "f-dia_diem", "Phòng họp tầng 2").goes()
	if !strings.HasPrefix(to, "/du-thao/") {
		t.Fatal(to)
	}
	hai.get(strings.TrimSuffix(to, "/sua")).is(http.StatusOK).says(".facts", "Giấy mời").says(".facts", "bản 1")
	hai.post("/mau-van-ban/giay-moi/sua", "name", "Giấy mời", "body", "x", "why", "y").is(http.StatusForbidden)

	// A unit's own, from a Word file: its fields are read, it is filled and sent back.
	refused := lam.postFiles("/mau-van-ban/moi/sua", []dropped{{"files", "mau.docx", []byte("PK\x03\x04 hỏng")}}, "name", "Thông báo của phòng", "type", "TB", "unit", idText(o.unit("CS")))
	if refused.Code != http.StatusUnprocessableEntity {
		t.Errorf("a broken file: %d", refused.Code)
	}
	address := lam.postFiles("/mau-van-ban/moi/sua", []dropped{{"files", "mau.docx", sampleFile(t)}}, "name", "Thông báo của phòng", "type", "TB", "unit", idText(o.unit("CS"))).goes()
	lam.get(address).is(http.StatusOK).says("main", "Không thấy lỗi thể thức").says("main", "Nội dung")
	o.as("anh").get(address).is(http.StatusNotFound)
	hai.post(address+"/soan", "f-trich_yeu", "Về việc nghỉ lễ", "tai", "1").is(http.StatusUnprocessableEntity).says(".errors", "Nội dung")
	got := hai.post(address+"/soan", "f-trich_yeu", "Về việc nghỉ lễ", "f-noi_dung", "lịch nghỉ", "tai", "1").is(http.StatusOK)
	d, err := docx.Read(context.Background(), bytes.NewReader(got.Body), int64(len(got.Body)), docx.Limits{})
	if err != nil || len(d.Marks) > 0 {
		t.Fatalf("marks %q, %v", d.Marks, err)
	}
	// Without LibreOffice the sentence says what to do.
	o.door.Word = &convert.Office{Program: "-"}
	hai.post(address+"/soan", "f-trich_yeu", "Về việc nghỉ lễ", "f-noi_dung", "lịch nghỉ").is(http.StatusUnprocessableEntity).says(".errors", "LibreOffice")

	// Out of use, nobody begins with it; the agency's are the office's to keep.
	lam.post(address + "/tat").goes()
	hai.get(address).is(http.StatusNotFound)
	lam.post("/mau-van-ban/giay-moi/tat").is(http.StatusForbidden)
	minh.post("/mau-van-ban/giay-moi/sua", "name", "Giấy mời họp", "subject", "Về việc {{viec: Việc gì}}", "body", "Kính mời {{ai: Ai}}./.", "why", "Gọn hơn").goes()
	all, err := draft.AllTemplates(o.read(), o.agency)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range all {
		if x.Code == "giay-moi" && (x.Ordinal != 2 || x.Shipped()) {
			t.Errorf("%+v", x)
		}
	}
}
