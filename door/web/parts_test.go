// SPDX-License-Identifier: Apache-2.0

package web

import (
	"testing"

	"soviec/kit/civil"
	"soviec/kit/journal"
	"soviec/office/task"
)

// What a gesture means for the parts of a work is said where it is made.
func TestPartsAreToldOfAtEachGesture(t *testing.T) {
	o := openOffice(t)
	give := func(by string, x task.Order) (w task.Work) {
		o.do(by, func(a *journal.Act) (err error) { w, err = task.Give(a, x); return err })
		return w
	}
	due := func(s string) task.Due { return task.Due{On: civil.MustParse(s)} }
	top := give("thang", task.Order{Title: "Báo cáo năm", Lead: task.Assignee{Unit: o.unit("CS")}, Due: due("2026-12-18")})
	done := give("lam", task.Order{Title: "Lập đề cương", Lead: task.Assignee{Person: o.who["hai"].Person}, Parent: top.Lead().ID, Due: due("2026-11-27")})
	give("lam", task.Order{Title: "Thu thập số liệu", Lead: task.Assignee{Person: o.who["ha"].Person}, Parent: top.Lead().ID, Due: due("2026-12-16")})
	o.do("hai", func(a *journal.Act) error {
		return task.Report(a, done.Lead().ID, "Đề cương 5 phần.", "12/BDT-CS")
	})
	o.do("lam", func(a *journal.Act) error { return task.Confirm(a, done.Lead().ID, "") })

	lam, thang, at := o.as("lam"), o.as("thang"), workLink(top.ID)
	page := lam.get(at)
	if got := page.value("result"); got != "– Lập đề cương: Đề cương 5 phần. (12/BDT-CS)" {
		t.Errorf("the parts offer %q", got)
	}
	page.says("#bao-cao", "Còn 1 việc con chưa xong: “Thu thập số liệu”.")
	lam.post(at+"/bao-cao", "result", "Xong.").is(422).says(".errors", "Vẫn báo cáo")
	lam.post(at+"/bao-cao", "result", "Xong.", "parts_open", "1").goes()
	thang.get(at).says("main", "Còn 1 việc con chưa xong")
	thang.post(at+"/lam-lai", "reason", "Thiếu số liệu.", "due_on", "").goes()
	thang.post(at+"/doi-han", "due_on", "10/12/2026", "reason", "Họp sớm.").is(422).says(".errors", "1 việc con có hạn sau ngày 10/12/2026").says("main", "cùng lùi về ngày này")
	thang.post(at+"/doi-han", "due_on", "10/12/2026", "reason", "Họp sớm.", "parts", "on").goes()

	// The same work is asked about before it is given again; it is still given when that is meant.
	again := []string{"title", "báo cáo NĂM", "lead", "unit/" + idText(o.unit("CS")), "due_on", "11/12/2026"}
	thang.post("/cong-viec/giao", again...).is(200).says(".banner", "Có phải giao hai lần không?")
}

// Several waits run at once; each ends by itself, and the clock runs when the last has ended.
func TestSeveralWaitsAreEndedOneByOne(t *testing.T) {
	o := openOffice(t)
	var w task.Work
	o.do("thang", func(a *journal.Act) (err error) {
		w, err = task.Give(a, task.Order{Title: "Tổng hợp số liệu", Lead: task.Assignee{Person: o.who["hai"].Person}, Due: task.Due{On: civil.MustParse("2026-12-18")}})
		return err
	})
	hai, at := o.as("hai"), workLink(w.ID)
	hai.post(at+"/tam-dung", "cause", "agency", "waiting_for", "Sở Tài chính", "proof", "56/BDT-CS ngày 12/11/2026").goes()
	hai.get(at).says("main", "Chờ thêm nơi khác").lacks("[name=wait]")
	hai.post(at+"/tam-dung", "cause", "agency", "waiting_for", "Sở Nội vụ", "proof", "57/BDT-CS ngày 12/11/2026").goes()
	page := hai.get(at).says("fieldset", "chờ Sở Nội vụ")
	first := attr(page.all("[name=wait]")[1], "value")
	hai.post(at+"/tiep-tuc", "wait", first, "proof", "412/STC-QLNS").goes()
	hai.get(at).lacks("[name=wait]").says("main", "Tiếp tục tính thời gian")
	hai.post(at+"/tiep-tuc", "proof", "9/SNV").goes()
	hai.get(at).says("main", "Tạm dừng tính thời gian")
}
