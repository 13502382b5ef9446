// SPDX-License-Identifier: Apache-2.0

package web

import (
	"bytes"
	"strings"
	"testing"

	"soviec/kit/sheet"
	"soviec/office/task"
)

func TestTheCatalogueIsPublishedShownAndChosenFrom(t *testing.T) {
	o := openOffice(t)
	minh, thang, hai := o.as("minh"), o.as("thang"), o.as("hai")
	const at = "/cong-viec/danh-muc/ban-moi"

	hai.get("/cong-viec/danh-muc").is(200).says("main", "Chưa có danh mục nào").silent("main", "Lập danh mục ở đây")
	hai.get(at).is(403)
	hai.post(at, "name", "x", "basis", "y", "from", "1/11/2026", "code", "A", "name", "A").is(403)
	hai.get("/cong-viec/giao").lacks("select[name=product]")

	// Each wrong cell is named at its cell, and nothing is published.
	minh.get(at).is(200)
	bad := minh.post(at, "name", "Danh mục 2026", "basis", "Quyết định 15/QĐ-BDT", "from", "1/11/2026",
		"code", "BC01", "name", "Báo cáo định kỳ", "norm", "tám", "measure", "báo cáo",
		"code", "BC01", "name", "", "norm", "8")
	bad.is(422).says(".errors", "ô chưa đúng").says("#dm-0-norm", "số giờ từ 0").says("#dm-1-code", "đã có ở dòng 1")
	file := func(rows ...[]any) []byte {
		var buf bytes.Buffer
		s := sheet.Sheet{Name: "Danh mục", Titles: []string{"Ban Dân tộc"}, Columns: []sheet.Column{{Title: "Mã"}, {Title: "Định mức (giờ)"}, {Title: "Tên sản phẩm, công việc"}, {Title: "Đơn vị tính"}, {Title: "Cách hoàn thành"}},
			Rows: func(yield func(sheet.Row) bool) {
				for _, r := range rows {
					if !yield(sheet.Row{Cells: r}) {
						return
					}
				}
			}}
		if err := sheet.Write(&buf, sheet.Book{Sheets: []sheet.Sheet{s}}); err != nil {
			t.Fatal(err)
		}
		return buf.Bytes()
	}
	send := func(from string, content []byte) *answer {
		return minh.postFiles(at, []dropped{{"files", "danh-muc.xlsx", content}}, "excel", "1", "name", "Danh mục 2026", "basis", "Quyết định 15/QĐ-BDT", "from", from)
	}
	send("1/11/2026", file([]any{"BC01", "4,5", "Báo cáo định kỳ", "báo cáo", ""}, []any{"TT01", "-8", "Tờ trình", "văn bản", "lúc nào xong"})).is(422).
		says("table", "B4 -8 Phải là số giờ").says("table", "E4 lúc nào xong")
	send("1/11/2026", file([]any{"BC01", "4,5", "Báo cáo định kỳ", "báo cáo", "Báo cáo được nộp"}, []any{"TT01", "16", "Tờ trình", "văn bản", ""})).goes()
	send("1/11/2026", file([]any{"BC01", "6", "Báo cáo định kỳ", "báo cáo", ""})).is(422).says(".errors", "có hiệu lực sau danh mục hiện hành")
	next := send("1/12/2026", file([]any{"BC01", "6", "Báo cáo định kỳ", "báo cáo", ""})).goes()

	csv := []byte("Mã,Tên sản phẩm,Định mức (giờ)\nBC01,Báo cáo,bảy\n")
	minh.postFiles(at, []dropped{{"files", "danh-muc.csv", csv}}, "excel", "1", "name", "Danh mục 2027", "basis", "Quyết định 2", "from", "1/1/2027").is(422).says("table", "C2 bảy")
	minh.postFiles("/van-ban-den", []dropped{{"files", "so-lieu.csv", csv}}, "subject", "x").is(403)
	thang.postFiles("/cong-viec/giao", []dropped{{"files", "so-lieu.csv", csv}}, "title", "x").is(422).says("main", "không thuộc loại được nhận")

	// What holds today is shown; the next version says what it changes.
	hai.get("/cong-viec/danh-muc").says("h1", "Danh mục 2026").says("table", "4,5 giờ").says(".versions", "chưa đến ngày hiệu lực")
	hai.get(next).says("table", "6 giờ trước là 4,5 giờ")
	out := hai.get("/cong-viec/danh-muc/danh-muc.xlsx").is(200)
	var lines []string
	for r, err := range sheet.Read(t.Context(), bytes.NewReader(out.Body), int64(len(out.Body)), "x.xlsx", sheet.Limits{}) {
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, strings.Join(r.Cells, "|"))
	}
	if all := strings.Join(lines, "\n"); !strings.Contains(all, "BC01|Báo cáo định kỳ||báo cáo|4,5|1||Báo cáo được nộp") {
		t.Errorf("the sheet:\n%s", all)
	}

	// Work is given by the catalogue of its day: name, norm, factor and what ends it are kept with it.
	thang.get("/cong-viec/giao?full=1").says("select[name=product]", "BC01 · Báo cáo định kỳ, 4,5 giờ một báo cáo")
	give := func(product string) *answer {
		return thang.post("/cong-viec/giao", "title", "Báo cáo quý", "lead", "person/"+idText(o.who["hai"].Person), "due_on", "11/12/2026", "product", product, "quantity", "2")
	}
	give("XX").is(422).says(".errors", "không có sản phẩm mã “XX”")
	to := give("BC01").goes()
	id, _ := number64(strings.TrimPrefix(to, "/viec/"))
	w, err := task.Get(o.read(), o.agency, id)
	if err != nil || w.Product.Name != "Báo cáo định kỳ" || w.Product.Minutes() != 540 || w.Proof != task.ProofReport {
		t.Errorf("%+v %v", w.Product, err)
	}
	rows := thang.post("/cong-viec/giao-nhieu", "table", "Nội dung công việc\tChủ trì\tHạn\tMã sản phẩm\nTờ trình kế hoạch\tHải\t11/12/2026\ttt01\nSoạn báo cáo\tHà\t11/12/2026\tKhông có")
	if got := rows.value("row_product"); got != "TT01 Không có" {
		t.Errorf("the table reads products as %q", got)
	}
	refused := thang.post("/cong-viec/giao-nhieu", "step", "2", "title", "Soạn báo cáo", "lead", "person/"+idText(o.who["ha"].Person), "coop", "", "due_on", "11/12/2026", "hour", "", "row_product", "Không có", "row_quantity", "", "text", "")
	refused.is(422).says("#r1-product-e", "không có sản phẩm")
	thang.post("/cong-viec/giao-nhieu", "step", "2", "title", "Tờ trình kế hoạch", "lead", "person/"+idText(o.who["ha"].Person), "coop", "", "due_on", "11/12/2026", "hour", "", "row_product", "TT01", "row_quantity", "3", "text", "").goes()
	thang.get("/cong-viec/tai").says("table", "48 giờ")
}
