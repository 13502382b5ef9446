// SPDX-License-Identifier: Apache-2.0

package web

import (
	"strings"
	"testing"
)

func TestFiltersAreKeptSharedPinnedAndDropped(t *testing.T) {
	o := openOffice(t)
	hai, ha, xuan := o.as("hai"), o.as("ha"), o.as("xuan")
	unit := idText(o.unit("CS"))
	leads := func(a *answer, to string) {
		t.Helper()
		if got := a.goes(); got != to {
			t.Fatalf("goes to %s, want %s", got, to)
		}
	}

	hai.get("/viec?state=late&unit=&from=50").says("summary", "Lưu bộ lọc này").says(".saved", "Dùng chung trong Phòng Chính sách Dân tộc")
	hai.get("/viec").lacks(".saved")
	leads(hai.post("/bo-loc/viec", "query", "unit=&state=late&from=50", "name", "Trễ hạn", "unit", unit), "/viec?state=late")
	hai.get("/viec?state=late").says("main", "Đã lưu bộ lọc “Trễ hạn”").lacks(".saved form").says(".saved [aria-current]", "Trễ hạn")
	leads(hai.post("/bo-loc/viec", "query", "state=soon", "name", "trễ hạn"), "/viec?state=soon")
	hai.get("/viec?state=soon").says("main", "Đã có bộ lọc tên")
	hai.post("/bo-loc/khac", "query", "state=soon", "name", "x").is(404)

	// Whoever works in the unit sees it, in this list and no other.
	ha.get("/viec").says(".saved", "Trễ hạn").says(".saved", "dùng chung trong Phòng Chính sách")
	ha.get("/cong-viec/bang").lacks(".saved")
	xuan.get("/viec").lacks(".saved")

	// A pinned one opens the bare list; the whole list is one click away.
	page := ha.get("/bo-loc/viec").says("main", "ông Lý Thanh Hải lưu").silent("main", "Đổi tên").silent("main", "Xóa")
	at := ""
	for _, f := range page.all("main form") {
		if strings.HasSuffix(attr(f, "action"), "/mo-dau") {
			at = strings.TrimSuffix(attr(f, "action"), "/mo-dau")
		}
	}
	leads(ha.post(at+"/mo-dau"), "/bo-loc/viec")
	leads(ha.get("/viec"), "/viec?state=late")
	ha.get("/viec?state=late").says(".saved", "mở đầu")
	ha.get("/viec?tat-ca=1").is(200).says(".saved [aria-current]", "Tất cả")
	xuan.post(at + "/mo-dau").is(404)
	xuan.post(at + "/xoa").is(403)

	hai.post(at+"/ten", "name", " ").is(422).says(".errors", "Hãy đặt tên cho bộ lọc")
	leads(hai.post(at+"/ten", "name", "Việc trễ"), "/bo-loc/viec")
	leads(hai.post(at+"/rieng"), "/bo-loc/viec")
	ha.get("/viec").is(200).lacks(".saved")
	leads(hai.post(at+"/xoa"), "/bo-loc/viec")
	hai.get("/bo-loc/viec").says("main", "Chưa lưu bộ lọc nào")

	// The week that is kept is whichever runs; every list with filters can keep one.
	leads(hai.post("/bo-loc/lich", "query", "week=2026-11-02&unit="+unit, "name", "Tuần của phòng"), "/cong-viec/lich?unit="+unit+"&week=nay")
	hai.get("/cong-viec/lich?week=nay").says("h1", "Tuần từ 23/11 đến 29/11/2026")
	lan := o.as("lan")
	for key, l := range savedLists {
		if got := attr(lan.get(l.path + "?unit=" + unit + "&state=late").all(".saved form")[0], "action"); got != "/bo-loc/"+key {
			t.Errorf("%s keeps its filter at %s", l.path, got)
		}
	}
}
