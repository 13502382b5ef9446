// SPDX-License-Identifier: Apache-2.0

package web

import (
	"strings"
	"testing"

	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/kit/store/storetest"
	"soviec/office/archive"
	"soviec/office/task"
)

func TestALeaversDossiersAreHandedOverOnOnePage(t *testing.T) { storetest.Each(t, leaverOnThePage) }

func leaverOnThePage(t *testing.T, db *store.DB) {
	o := openOfficeOn(t, db)
	var ids []string
	for _, notation := range []string{"01.CS", "02.CS", "03.CS"} {
		o.do("hai", func(a *journal.Act) error {
			d, err := archive.OpenNew(a, archive.Fresh{Notation: notation, Title: "Hồ sơ rà soát người có uy tín năm 2026", Term: archive.Term{Years: 20}})
			ids = append(ids, idText(d.ID))
			return err
		})
	}
	o.do("thang", func(a *journal.Act) error {
		_, err := task.Give(a, task.Order{Title: "Báo cáo quý", Lead: task.Assignee{Person: o.who["hai"].Person}})
		return err
	})
	lam, hai, ha, mai := o.as("lam"), o.as("hai"), o.as("ha"), o.as("mai")
	from, person := idText(o.who["hai"].Person), func(who string) string { return "person/" + idText(o.who[who].Person) }
	o.as("son").get("/ban-giao-ho-so").is(404)
	o.as("xuan").get("/ban-giao-ho-so?from=" + from).is(200).lacks(".handed")
	hai.get("/ban-giao-ho-so?from="+from).is(200).says(".handed", "03.CS").lacks("input[name=works]")
	lam.get("/ho-so-cong-viec").says(".acts", "Bàn giao")
	lam.get("/ban-giao-ho-so").is(200).says("main", "Lý Thanh Hải").lacks(".handed")
	lam.get("/ban-giao-ho-so?from="+from).is(200).says(".handed", "01.CS").says("main", "1 việc đang mở")
	lam.post("/ban-giao-ho-so", "from", from, "reason", "Chuyển công tác").is(422).says(".errors", "Chưa chọn người nhận")
	lam.post("/ban-giao-ho-so", "from", from, "to", "", "to-"+ids[0], person("ha"), "works", "on", "reason", "Chuyển công tác").is(422).says(".errors", "người nhận chung")
	lam.post("/ban-giao-ho-so", "from", from, "to", person("ha"), "to-"+ids[1], person("mai"), "reason", "").is(422).says(".errors", "lý do")
	o.as("xuan").post("/ban-giao-ho-so", "from", from, "to", person("ha"), "reason", "x").is(403)
	at := lam.post("/ban-giao-ho-so", "from", from, "to", person("ha"), "to-"+ids[1], person("mai"), "to-"+ids[2], "0", "works", "on", "reason", "Chuyển công tác").goes()
	page := ha.get(at).is(200).says(".aside", "bàn giao 2 hồ sơ cho 2 người").says("main", "Biên bản bàn giao công việc").says("main", "Ký nhận phần của tôi")
	page.says("main", "01.CS").says("main", "02.CS").silent("main", "03.CS")
	ha.get("/ho-so-cong-viec").says(".acts", "1 chờ ký nhận")
	ha.get("/ban-giao-ho-so").says("main", "Chờ anh/chị ký nhận").says("main", "đã ký 0/2 người nhận")
	lam.post(at+"/ky-nhan", "text", "").is(403)
	ha.post(at+"/ky-nhan", "text", "Thiếu một bản giấy").goes()
	ha.get(at).says("main", "Thiếu một bản giấy").lacks(".ask")
	mai.post(at+"/ky-nhan", "text", "").goes()
	lam.get("/ban-giao-ho-so").says("main", "đã ký nhận đủ")
	if pdf := lam.get(at + "/in.pdf").is(200); !strings.HasPrefix(string(pdf.Body), "%PDF") {
		t.Error("no paper")
	}
	o.as("yen").get(at).is(404)
	if err := archive.Check(o.read(), o.agency, func(s string) { t.Error(s) }); err != nil {
		t.Fatal(err)
	}
}
