// SPDX-License-Identifier: Apache-2.0

package web

import (
	"strings"
	"testing"

	"soviec/kit/civil"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/kit/store/storetest"
	"soviec/office/document"
	"soviec/office/task"
)

func TestTheMorningSheetIsSettledLineByLine(t *testing.T) { storetest.Each(t, theMorningSheet) }

func theMorningSheet(t *testing.T, db *store.DB) {
	o := openOfficeOn(t, db)
	o.clock.Set(t, "2026-11-09 08:00")
	late := o.order("thang", "Báo cáo quý", o.person("hai"), "12/11")
	o.order("thang", "Báo cáo năm", o.person("hai"), "13/11") // the same officer's second stays back
	asks := o.order("thang", "Kế hoạch kiểm tra", o.person("anh"), "27/11")
	done := o.order("thang", "Rà soát hồ sơ", o.person("ha"), "26/11")
	offers := o.order("thang", "Đề án", o.person("tung"), "30/11")
	o.clock.Set(t, "2026-11-20 09:00")
	var doc document.Incoming
	doc = o.comes("1234/UBND-VX", "V/v báo cáo gấp")
	o.do("lan", func(a *journal.Act) error { return document.Submit(a, doc.ID, o.who["thang"].Person, "", "") })
	o.do("anh", func(a *journal.Act) error {
		_, err := task.AskExtension(a, asks.Shares[0].ID, civil.MustParse("2026-12-04"), "Chờ số liệu.")
		return err
	})
	o.do("tung", func(a *journal.Act) error {
		_, err := task.ProposeDue(a, offers.Shares[0].ID, task.Due{On: civil.MustParse("2026-12-08")}, "Nhiều xã.")
		return err
	})
	o.do("ha", func(a *journal.Act) error { return task.Report(a, done.Shares[0].ID, "Đã xong.", "") })
	o.clock.Set(t, "2026-11-20 10:00")

	thang := o.as("thang")
	page := thang.get("/phieu-sang").is(200).says("h1", "5 việc cần anh/chị hôm nay; cơ quan có 2 việc quá hạn của 1 cán bộ.")
	for i, want := range []string{"Xin gia hạn Kế hoạch kiểm tra", "Đề xuất hạn Đề án", "Xác nhận kết quả Rà soát hồ sơ", "Cho ý kiến", "Quá hạn quá 6 ngày làm việc Báo cáo quý"} {
		var b strings.Builder
		write(&b, page.all(".morning li")[i])
		if got := strings.Join(strings.Fields(b.String()), " "); !strings.Contains(got, want) {
			t.Errorf("line %d: %q is not in %q", i+1, want, got)
		}
	}
	// Each is settled by what its button sends, and goes.
	settle := func(title string) {
		t.Helper()
		page := thang.get("/phieu-sang").is(200)
		for _, li := range page.all(".morning li") {
			var b strings.Builder
			write(&b, li)
			if !strings.Contains(b.String(), title) {
				continue
			}
			action, send := "", []string{}
			for n := range li.Descendants() {
				if n.Data == "form" {
					action = attr(n, "action")
				}
				if n.Data == "input" {
					send = append(send, attr(n, "name"), attr(n, "value"))
				}
			}
			if to := thang.post(action, send...).goes(); to != "/phieu-sang" {
				t.Errorf("%s: on to %s", title, to)
			}
			thang.get("/phieu-sang").silent(".morning", title)
			return
		}
		t.Fatalf("%s is not on the sheet", title)
	}
	settle("Kế hoạch kiểm tra")
	settle("Đề án")
	settle("Rà soát hồ sơ")
	settle("Báo cáo quý")
	if w, _ := task.Get(o.read(), o.agency, late.ID); w.Lead().Urged != 1 {
		t.Error("the late work was not urged")
	}
	// Put off: it goes, and can be had back; the paper has the same lines.
	page = thang.get("/phieu-sang").says("h1", "1 việc cần")
	later := attr(page.all(".morning a.later")[0], "href")
	thang.get(later).says("main", "để sau").says("main a", "Hiện lại 1 việc")
	if pdf := thang.get("/phieu-sang/in.pdf").is(200); !strings.HasPrefix(string(pdf.Body), "%PDF") {
		t.Error("no paper")
	}
	o.as("lam").get("/phieu-sang").is(404)
	o.as("hai").get("/phieu-sang").is(404)
}
