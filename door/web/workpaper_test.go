// SPDX-License-Identifier: Apache-2.0

package web

import (
	"bytes"
	"strings"
	"testing"

	"soviec/kit/civil"
	"soviec/kit/journal"
	"soviec/kit/sheet"
	"soviec/office/task"
)

// What a page of work shows goes out whole, as PDF and as a sheet, under its own filter.
func TestBoardCalendarAndTimelineGoOut(t *testing.T) {
	o := openOffice(t)
	long := "Báo cáo kết quả rà soát " + strings.Repeat("các chính sách đối với đồng bào dân tộc thiểu số, ", 6) + "hết."
	for _, x := range []task.Order{
		{Title: long, Lead: task.Assignee{Person: o.who["hai"].Person}, Due: task.Due{On: civil.MustParse("2026-11-27")}},
		{Title: "Tổng hợp số liệu", Lead: task.Assignee{Unit: o.unit("KHTH")}, Due: task.Due{On: civil.MustParse("2026-12-18")}},
		{Title: "Không định ngày", Lead: task.Assignee{Person: o.who["anh"].Person}},
	} {
		o.do("thang", func(a *journal.Act) error { _, err := task.Give(a, x); return err })
	}
	thang, hai := o.as("thang"), o.as("hai")
	cells := func(p *visitor, at string) string {
		t.Helper()
		a := p.get(at).is(200)
		var out []string
		for r, err := range sheet.Read(t.Context(), bytes.NewReader(a.Body), int64(len(a.Body)), "x.xlsx", sheet.Limits{}) {
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, strings.Join(r.Cells, "|"))
		}
		return strings.Join(out, "\n")
	}
	for page, file := range map[string]string{"/viec": "viec.xlsx", "/cong-viec/bang": "bang.xlsx", "/cong-viec/lich": "lich.xlsx", "/cong-viec/tien-do": "tien-do.xlsx"} {
		pdf := thang.get(page + "/in.pdf").is(200)
		if !bytes.HasPrefix(pdf.Body, []byte("%PDF-")) || pdf.Get("Content-Type") != "application/pdf" {
			t.Errorf("%s/in.pdf is no PDF", page)
		}
		all := cells(thang, page+"/"+file)
		if !strings.Contains(all, long) || strings.Contains(all, "Tổng hợp số liệu") == strings.Contains(page, "lich") {
			t.Errorf("%s/%s:\n%s", page, file, all)
		}
		if got := cells(thang, page+"/"+file+"?unit="+idText(o.unit("KHTH"))); strings.Contains(got, long) {
			t.Errorf("%s/%s keeps no filter", page, file)
		}
		if got := cells(hai, page+"/"+file); !strings.Contains(got, long) || strings.Contains(got, "Tổng hợp số liệu") {
			t.Errorf("%s/%s of an officer:\n%s", page, file, got)
		}
		for _, a := range thang.get(page).all("main a") {
			if href := attr(a, "href"); strings.HasPrefix(href, page+"/") && (strings.Contains(href, ".pdf") || strings.Contains(href, ".xlsx")) {
				thang.get(href).is(200)
			}
		}
	}
	if got := cells(thang, "/cong-viec/lich/lich.xlsx?month=2026-12"); !strings.Contains(got, "Tổng hợp số liệu") {
		t.Errorf("December:\n%s", got)
	}
	if got := cells(thang, "/cong-viec/bang/bang.xlsx?lanes=person&by=state"); !strings.Contains(got, "Lý Thanh Hải, Phòng Chính sách Dân tộc|Chưa bắt đầu") {
		t.Errorf("by officers:\n%s", got)
	}
	thang.get("/cong-viec/bang/in.pdf?unit=" + idText(o.unit("TTr"))).is(200)
}
