// SPDX-License-Identifier: Apache-2.0

package web

import (
	"net/http"
	"strings"
	"testing"

	"soviec/kit/store"
	"soviec/kit/store/storetest"
)

func TestRulesAreTriedSavedMovedAndSwitched(t *testing.T) {
	storetest.Each(t, rulesAreTriedSavedMovedAndSwitched)
}

func rulesAreTriedSavedMovedAndSwitched(t *testing.T, db *store.DB) {
	o := openOfficeOn(t, db)
	o.arrive("1/GM-UBND", "Giấy mời họp giao ban")
	o.arrive("2/UBND-VX", "Về rà soát chính sách")
	minh := o.as("minh")
	minh.get("/quan-tri/quy-tac").is(http.StatusOK).says("main", "Chưa có quy tắc nào")
	invite := []string{"name", "Giấy mời", "priority", "1", "keywords", "giay moi; mời họp", "urgency", "0", "lead", "unit/" + idText(o.unit("VP")), "info", "person/" + idText(o.who["thang"].Person), "days", "2"}
	tried := minh.post("/quan-tri/quy-tac/moi/thu", invite...).is(http.StatusOK)
	tried.says("main", "1 trong 2 văn bản gần nhất").says("main", "Giấy mời họp giao ban").silent(".rows", "rà soát chính sách")
	minh.get("/quan-tri/quy-tac").says("main", "Chưa có quy tắc nào") // trying saves nothing
	minh.post("/quan-tri/quy-tac/moi", "name", "", "priority", "một", "urgency", "0").is(http.StatusUnprocessableEntity).says(".errors", "số nguyên")
	minh.post("/quan-tri/quy-tac/moi", invite...).goes()
	minh.post("/quan-tri/quy-tac/moi", "name", "UBND tỉnh", "priority", "2", "sender", "UBND tỉnh", "urgency", "0", "to", idText(o.who["hoa"].Person)).goes()
	page := minh.get("/quan-tri/quy-tac").says(".rulelist", "trích yếu có “giay moi” hoặc “mời họp”").says(".rulelist", "trình bà Nông Thị Hoa").says("main", "ông Hoàng Văn Minh")
	order := func(a *answer) string { return a.words(".rulelist h2") }
	if got := order(page); !strings.HasPrefix(got, "Giấy mời UBND tỉnh") {
		t.Errorf("order: %s", got)
	}
	up := ""
	for _, f := range page.all(".rulelist form") {
		if strings.HasSuffix(attr(f, "action"), "/len") {
			up = attr(f, "action") // the last one's
		}
	}
	minh.post(up).goes()
	page = minh.get("/quan-tri/quy-tac")
	if got := order(page); !strings.HasPrefix(got, "UBND tỉnh") {
		t.Errorf("order after moving: %s", got)
	}
	off := ""
	for _, f := range page.all(".rulelist form") {
		if strings.HasSuffix(attr(f, "action"), "/tat") && off == "" {
			off = attr(f, "action")
		}
	}
	minh.post(off).goes()
	minh.get("/quan-tri/quy-tac").says(".off", "UBND tỉnh")
	// The head sees them; only the chief of office changes them.
	o.as("thang").get("/quan-tri/quy-tac").is(http.StatusOK).lacks(".rulelist form")
	o.as("thang").post(off).is(http.StatusForbidden)
}
