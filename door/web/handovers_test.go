// SPDX-License-Identifier: Apache-2.0

package web

import (
	"strings"
	"testing"

	"soviec/kit/store"
	"soviec/kit/store/storetest"
)

func TestOpenWorkIsHandedOverWithAReceipt(t *testing.T) { storetest.Each(t, handedOverWithAReceipt) }

func handedOverWithAReceipt(t *testing.T, db *store.DB) {
	o := busyOffice(t, db)
	minh, hai, ha := o.as("minh"), o.as("hai"), o.as("ha")
	from, to := "person/"+idText(o.who["hai"].Person), "person/"+idText(o.who["ha"].Person)
	hai.get("/ban-giao").is(200).says("main", "Chưa có biên bản").lacks("main form")
	hai.post("/ban-giao", "from", from, "to", to, "reason", "x").is(403)
	minh.get("/ban-giao?from="+from).is(200).says("main", "Việc của ông Lý Thanh Hải").says(".ticks", "Báo cáo quý").says(".ticks", "Nắm dư luận")
	minh.post("/ban-giao", "from", from, "to", "", "reason", "Nghỉ phép").is(422).says(".errors", "Chưa chọn bên nhận")
	minh.post("/ban-giao", "from", from, "to", to, "reason", "").is(422).says(".errors", "do bàn giao")
	minh.post("/ban-giao", "from", from, "to", to, "reason", "x", "part", "on").is(422).says(".errors", "Chưa đánh dấu")
	at := minh.post("/ban-giao", "from", from, "to", to, "reason", "Nghỉ thai sản.").goes()
	page := ha.get(at).is(200).says(".aside", "bàn giao 2 mục").says(".receipt", "Báo cáo quý").says(".receipt", "quá hạn").says("main", "Ký nhận bàn giao")
	page.says(".facts", "thời gian trễ thuộc bên giao")
	ha.get("/ban-giao").says("main", "Chờ anh/chị ký nhận")
	minh.post(at+"/ky-nhan", "text", "").is(403)
	ha.post(at+"/ky-nhan", "text", "Đã nhận đủ hồ sơ.").goes()
	ha.get(at).says(".facts", "Đã nhận đủ hồ sơ.").lacks(".ask")
	hai.get("/viec").says("h1", "0 việc")
	ha.get("/viec").says(".works", "Báo cáo quý")
	if pdf := ha.get(at + "/in.pdf").is(200); !strings.HasPrefix(string(pdf.Body), "%PDF") {
		t.Error("no paper")
	}
	o.as("anh").get(at).is(404)
	minh.get("/cong-viec/tai").is(200).says(".loads", "Bế Ngọc Hà").says(".loads", "Lý Thanh Hải")
	if x := minh.get("/cong-viec/tai/tai.xlsx").is(200); !strings.HasPrefix(string(x.Body), "PK") {
		t.Error("no sheet")
	}
	o.as("lam").get("/cong-viec/tai").silent(".loads", "Lương Đức Anh")
}

func TestWhoseTimeItWasIsDrawnAndTabled(t *testing.T) {
	o := busyOffice(t, storetest.Open(t))
	page := o.as("thang").get("/viec").is(200)
	href := ""
	for _, a := range page.all(".works .c-what a") {
		var b strings.Builder
		write(&b, a)
		if b.String() == "Báo cáo quý" {
			href = attr(a, "href")
		}
	}
	page = o.as("thang").get(href).is(200)
	page.says(".holders", "Lý Thanh Hải thực hiện").says(".holders .late", "ngày").says(".strip .duelabel", "Hải đang giữ").says(".strip .duelabel", "hạn 18/11")
	if len(page.all(".strip svg rect.late")) != 1 {
		t.Error("the late part is not marked")
	}
}
