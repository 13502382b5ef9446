// SPDX-License-Identifier: Apache-2.0

package web

import (
	"net/url"
	"strings"
	"testing"

	"soviec/kit/civil"
	"soviec/kit/store"
	"soviec/kit/store/storetest"
	"soviec/office/task"
)

func TestOneLineIsReadShownAndGiven(t *testing.T) { storetest.Each(t, oneLineIsReadShownAndGiven) }

func oneLineIsReadShownAndGiven(t *testing.T, db *store.DB) {
	o := openOfficeOn(t, db)
	thang := o.as("thang")
	thang.get("/cong-viec/giao").is(200).says(".examples", "Hải, báo cáo quà Tết").lacks("#giao")
	page := thang.get("/cong-viec/giao?line=" + url.QueryEscape("Hải, báo cáo quà Tết, trước 16h thứ Sáu")).is(200)
	page.says(".reading mark.lead", "Hải").says(".reading mark.due", "16h thứ Sáu").says(".reading .facts", "Lý Thanh Hải").says(".reading .facts", "16:00 thứ Sáu, 27/11/2026")
	for field, want := range map[string]string{"title": "Báo cáo quà Tết", "lead": "person/" + idText(o.who["hai"].Person), "due_on": "27/11/2026", "hour": "16:00"} {
		if got := page.value(field); got != want {
			t.Errorf("%s is %q, not %q", field, got, want)
		}
	}
	page.says(".load-side", "Lý Thanh Hải").says(".load-side", "0 đang mở")

	// What the line leaves open stays open, and is asked for.
	own := thang.get("/cong-viec/giao?line="+url.QueryEscape("Hải chủ trì, Hà phối hợp trước thứ Năm, báo cáo quà Tết trước 16h thứ Sáu")).is(200).says(".reading .facts", "Bế Ngọc Hà (hạn riêng 26/11/2026)")
	if got := strings.TrimSpace(own.value("coop_due")); got != "26/11/2026" {
		t.Errorf("the coordinator's own day on the form is %q", got)
	}
	if got := own.value("due_on"); got != "27/11/2026" {
		t.Errorf("the lead's day on the form is %q", got)
	}
	open := thang.get("/cong-viec/giao?line="+url.QueryEscape("báo cáo quà Tết")).is(200).says(".reading .facts", "chưa rõ")
	if open.value("lead") != "" || open.value("due_on") != "" {
		t.Errorf("guessed: %q %q", open.value("lead"), open.value("due_on"))
	}
	thang.post("/cong-viec/giao", "title", "Báo cáo quà Tết", "lead", "", "due_on", "thứ Sáu").is(422).says(".errors", "chủ trì")
	thang.post("/cong-viec/giao", "title", "Báo cáo quà Tết", "lead", "unit/"+idText(o.unit("CS")), "due_on", "", "hour", "25h").is(422).says(".errors", "Không đọc được giờ")

	// Given: with a coordinator's own piece and day, product and hour.
	to := thang.post("/cong-viec/giao", "title", "Báo cáo quà Tết", "lead", "person/"+idText(o.who["hai"].Person), "due_on", "thứ Sáu", "hour", "16h", "text", "Đủ 12 xã.",
		"coop_who", "person/"+idText(o.who["anh"].Person), "coop_text", "Tổng hợp kinh phí", "coop_due", "thứ Năm", "coop_who", "", "coop_text", "", "coop_due", "",
		"priority", "2", "product", "Báo cáo", "quantity", "1,5", "norm", "4").goes()
	thang.get(to).is(200).says("h1", "Báo cáo quà Tết").says(".shares", "Lương Đức Anh").says(".dues", "27/11/2026").says(".words", "Đủ 12 xã.")
	id, _ := number64(strings.TrimPrefix(to, "/viec/"))
	w, err := task.Get(o.read(), o.agency, id)
	if err != nil || w.Product.Quantity != 1500 || w.Product.Norm != 240 || w.Priority != 2 || w.Shares[1].Piece != "Tổng hợp kinh phí" || w.Shares[1].DueOn.VN() != "26/11/2026" || !w.Lead().DueAt.Equal(civil.At(w.Lead().DueOn, 16, 0)) {
		t.Errorf("%+v %v", w, err)
	}

	// A warning is shown once before it is given.
	o.post(o.as("minh"), "/vang-mat", "person", idText(o.who["ha"].Person), "from", "24/11", "to", "27/11", "reason", "phép")
	form := []string{"title", "Rà soát", "lead", "person/" + idText(o.who["ha"].Person), "due_on", "thứ Năm"}
	warned := thang.post("/cong-viec/giao", form...).is(200).says(".banner.warn", "vắng").says("button.main", "Vẫn giao việc")
	thang.post("/cong-viec/giao", append(form, "warned", warned.value("warned"))...).goes()
}

func TestWhoMayGiveToWhom(t *testing.T) {
	o := openOffice(t)
	lam, hai, minh := o.as("lam"), o.as("hai"), o.as("minh")
	// A head gives inside his unit.
	lam.get("/cong-viec/giao?full=1").is(200).says("[name=lead]", "Bế Ngọc Hà").silent("[name=lead]", "Lương Đức Anh")
	lam.post("/cong-viec/giao", "title", "Việc của phòng khác", "lead", "person/"+idText(o.who["anh"].Person)).is(403)
	lam.post("/cong-viec/giao", "title", "Việc của phòng", "lead", "person/"+idText(o.who["hai"].Person), "due_on", "thứ Sáu").goes()
	// The chief of office gives in the name of a leader.
	minh.post("/cong-viec/giao", "title", "Chuẩn bị họp", "lead", "unit/"+idText(o.unit("CS")), "due_on", "thứ Sáu").is(422).says(".errors", "lãnh đạo giao việc")
	minh.post("/cong-viec/giao", "title", "Chuẩn bị họp", "lead", "unit/"+idText(o.unit("CS")), "due_on", "thứ Sáu", "giver", idText(o.who["thang"].Person)).goes()
	// An officer proposes his own; the head confirms it.
	hai.get("/cong-viec/giao").is(200).says("h1", "Đề xuất việc").lacks("[name=lead]")
	hai.get("/cong-viec/giao-nhieu").is(404)
	hai.post("/cong-viec/giao", "title", "Soạn sổ tay", "due_on", "11/12", "text", "Cơ sở hỏi nhiều.").goes()
	hai.get("/cong-viec/de-xuat").says("main", "Soạn sổ tay").says("main", "chờ ông Mông Văn Lâm")
	page := lam.get(task.ProposalLink).says(".decisions", "Lý Thanh Hải").says(".decisions", "Soạn sổ tay")
	action := attr(page.all(".decisions form.gesture")[0], "action")
	hai.post(action).is(403)
	lam.post(action).goes()
	hai.get("/viec").says(".works", "Soạn sổ tay")
}

func TestManyAreGivenFromATable(t *testing.T) { storetest.Each(t, manyAreGivenFromATable) }

func manyAreGivenFromATable(t *testing.T, db *store.DB) {
	o := openOfficeOn(t, db)
	thang := o.as("thang")
	thang.post("/cong-viec/giao-nhieu", "table", "  \n").is(422).says(".errors", "Chưa có dòng nào")
	page := thang.post("/cong-viec/giao-nhieu", "table", "1. Hải, báo cáo quà Tết, trước 16h thứ Sáu\n2. Phòng Kế hoạch, tổng hợp số liệu, 10/12\n3. ông Không Ai Biết, làm gì đó").is(200)
	page.says("main", "3 dòng đã đọc, 1 dòng cần sửa")
	if got := page.value("lead"); !strings.Contains(got, "person/"+idText(o.who["hai"].Person)) || !strings.Contains(got, "unit/"+idText(o.unit("KHTH"))) {
		t.Errorf("leads: %s", got)
	}
	two := func(second string) []string {
		return []string{"step", "2", "title", "Báo cáo quà Tết", "lead", "person/" + idText(o.who["hai"].Person), "coop", "", "due_on", "27/11", "hour", "16h", "text", "",
			"title", "Tổng hợp số liệu", "lead", second, "coop", "Hà", "due_on", "10/12", "hour", "", "text", ""}
	}
	// One bad cell: nothing is given, the cell says why.
	thang.post("/cong-viec/giao-nhieu", two("")...).is(422).says(".give-rows .wrong", "chủ trì").says(".errors", "chưa việc nào được giao")
	thang.get("/viec").says("h1", "0 việc")
	thang.post("/cong-viec/giao-nhieu", two("unit/"+idText(o.unit("KHTH")))...).goes()
	thang.get("/viec").says("h1", "3 việc").says(".works", "Bế Ngọc Hà")
	// Columns with a heading, as they come from a sheet.
	page = thang.post("/cong-viec/giao-nhieu", "table", "STT\tNội dung công việc\tChủ trì\tHạn\n1\tRà soát hồ sơ\tNông Văn Tùng\t15/12/2026\n").is(200)
	if page.value("title") != "Rà soát hồ sơ" || page.value("lead") != "person/"+idText(o.who["tung"].Person) || page.value("due_on") != "15/12/2026" {
		t.Errorf("%q %q %q", page.value("title"), page.value("lead"), page.value("due_on"))
	}
}

func TestADayIsNegotiatedOnThePage(t *testing.T) { storetest.Each(t, aDayIsNegotiatedOnThePage) }

func aDayIsNegotiatedOnThePage(t *testing.T, db *store.DB) {
	o := openOfficeOn(t, db)
	w := o.order("thang", "Đề án", o.person("hai"), "27/11")
	at := w.Link()
	hai, thang := o.as("hai"), o.as("thang")
	hai.get(at).is(200).says(".ask", "Nhận hạn này")
	hai.post(at+"/de-xuat-han", "due_on", "hôm kia mốt", "reason", "x").is(422).says(".errors", "Không đọc được ngày")
	hai.post(at+"/de-xuat-han", "due_on", "04/12", "reason", "Chờ số liệu các xã.").goes()
	hai.get(at).says(".banner", "Đề xuất hạn 04/12/2026 thay cho 27/11/2026")
	page := thang.get(at).says(".ask", "đề xuất hạn 04/12/2026").says(".ask", "Chờ số liệu các xã.").lacks("#xyz")
	request := page.value("request")
	thang.post(at+"/de-xuat-han/duyet", "request", strings.Fields(request)[0], "due_on", "02/12", "reason", "Sớm hơn hai ngày.").goes()
	hai.get(at).says(".dues", "02/12/2026").says(".terms", "27/11/2026").says(".terms", "thống nhất lại")

	// Standing still: with the outgoing request at once, and on again.
	hai.post(at+"/tam-dung", "cause", "", "waiting_for", "Sở Tài chính").is(422).says("main .errors", "nguyên nhân")
	cause := ""
	for _, n := range hai.get(at).all("[name=cause] option") {
		if v := attr(n, "value"); v != "" && cause == "" {
			cause = v
		}
	}
	hai.post(at+"/tam-dung", "cause", cause, "waiting_for", "Sở Tài chính", "proof", "56/BDT-CS ngày 23/11/2026").goes()
	hai.get(at).says(".terms", "Tạm dừng").says(".terms", "chờ Sở Tài chính").says("main", "Tiếp tục tính thời gian")
	hai.post(at + "/tiep-tuc").goes()
	hai.get(at).says(".terms", "đã tiếp tục")
	hai.post(at+"/vuong-mac", "cause", cause, "waiting_for", "Sở Nội vụ", "text", "Thiếu người").goes()
	thang.get(at).says(".terms", "Vướng mắc").says(".terms", "đang vướng")
	hai.post(at + "/het-vuong-mac").goes()

	// Urged and answered with one gesture.
	thang.post(at+"/don-doc", "kind", "remind", "text", "Khẩn trương.").goes()
	hai.get(at).says(".ask", "Trả lời đôn đốc").says(".ask", "Khẩn trương.")
	hai.post(at+"/tra-loi-don-doc", "kind", "promise", "due_on", "01/12").goes()
	hai.get(at).silent(".ask", "Trả lời đôn đốc")

	// Parts of it, and what it has to do with.
	lamWork := o.order("thang", "Kế hoạch năm", task.Assignee{Unit: o.unit("CS")}, "11/12")
	lam := o.as("lam")
	part := lam.get(lamWork.Link()).says(".tree", "Giao một phần việc này")
	form := attr(part.all(".tree a.btn")[0], "href")
	lam.get(form).is(200).says(".banner", "hạn 11/12/2026")
	share, _ := url.ParseQuery(strings.TrimPrefix(form, "/cong-viec/giao?"))
	child := lam.post("/cong-viec/giao", "title", "Phần số liệu", "lead", "person/"+idText(o.who["ha"].Person), "due_on", "04/12", "parent", share.Get("parent")).goes()
	lam.get(lamWork.Link()).says(".tree", "Phần số liệu").says(".tree", "0 trong 1 việc con đã xong")
	o.as("ha").get(child).is(200).silent(".tree", "Kế hoạch năm")
	hai.post(at+"/lien-ket", "ref", "không phải địa chỉ").is(422)
	hai.post(at+"/lien-ket", "ref", lamWork.Link()).is(422)
	thang.post(at+"/lien-ket", "ref", lamWork.Link()).goes()
	thang.get(at).says(".tied", "Kế hoạch năm")
	hai.get(at).silent(".tied", "Kế hoạch năm")
	thang.post(at+"/huy", "reason", "Không còn cần.").goes()
	thang.get(at).says(".dues", "Đã hủy")
}

func TestAWorkIsDiscussedOnItsPage(t *testing.T) {
	o := openOffice(t)
	sayable()
	w := o.order("thang", "Đề án", o.person("hai"), "27/11")
	hai, thang := o.as("hai"), o.as("thang")
	hai.get(w.Link()).is(200).says(".remarks", "Viết ý kiến")
	hai.post(w.Link()+"/trao-doi", "text", "").is(422).says(".remarks .errors", "nội dung trao đổi")
	hai.post(w.Link()+"/trao-doi", "text", "Xin ý kiến @Đàm Quốc Thắng về mẫu biểu.").goes()
	thang.get(w.Link()).says(".remarks", "Xin ý kiến").says(".remarks", "Nhắc đến: Đàm Quốc Thắng")
	thang.post(w.Link()+"/trao-doi", "text", "Dùng mẫu số 2.", "decide", "on").goes()
	page := hai.get(w.Link()).says(".remarks .decided", "Dùng mẫu số 2.").says(".remarks .mark", "Kết luận")
	hai.post(w.Link()+"/rut-y-kien", "remark", page.value("remark")).goes()
	thang.get(w.Link()).says(".remarks", "Đã rút lại").silent(".remarks", "Xin ý kiến")
	o.as("anh").post(w.Link()+"/trao-doi", "text", "x").is(404)
}
