// SPDX-License-Identifier: Apache-2.0

package web

import (
	"strings"
	"testing"

	"soviec/kit/civil"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/kit/store/storetest"
	"soviec/office/task"
)

// order gives work in a leader's name, to a unit or a person, due on a day as it is typed.
func (o *modelOffice) order(by, title string, to task.Assignee, due string) (w task.Work) {
	o.Helper()
	x := task.Order{Title: title, Lead: to}
	if due != "" {
		day, err := civil.ParseHuman(due, o.clock.Today(), o.dir().Calendar)
		if err != nil {
			o.Fatal(err)
		}
		x.Due.On = day
	}
	o.do(by, func(a *journal.Act) (err error) { w, err = task.Give(a, x); return err })
	return w
}

func (o *modelOffice) person(username string) task.Assignee {
	return task.Assignee{Person: o.who[username].Person}
}

// busyOffice has one piece of work in each column of the board, and later ones.
func busyOffice(t testing.TB, db *store.DB) *modelOffice {
	o := openOfficeOn(t, db)
	o.clock.Set(t, "2026-11-16 08:00")
	o.order("thang", "Báo cáo quý", o.person("hai"), "18/11")
	o.order("thang", "Kế hoạch kiểm tra", o.person("anh"), "23/11")
	w := o.order("thang", "Rà soát hồ sơ", o.person("ha"), "26/11")
	o.order("hoa", "Đề án giai đoạn 2", task.Assignee{Unit: o.unit("KHTH")}, "10/12")
	o.order("thang", "Nắm dư luận", o.person("hai"), "")
	o.do("ha", func(a *journal.Act) error { return task.Report(a, w.Shares[0].ID, "Đã xong.", "") })
	o.clock.Set(t, "2026-11-23 08:30")
	return o
}

func TestBoardPartsWorkByItsDay(t *testing.T) { storetest.Each(t, boardPartsWorkByItsDay) }

func boardPartsWorkByItsDay(t *testing.T, db *store.DB) {
	o := busyOffice(t, db)
	thang := o.as("thang")
	page := thang.get("/cong-viec/bang").is(200).says("h1", "5 việc đang mở: 1 việc quá hạn, 1 việc đến hạn hôm nay.")
	for _, c := range []struct{ label, title string }{{"Quá hạn", "Báo cáo quý"}, {"Hôm nay", "Kế hoạch kiểm tra"}, {"Sau tuần này", "Đề án giai đoạn 2"}, {"Không định ngày", "Nắm dư luận"}, {"Chờ xác nhận", "Rà soát hồ sơ"}} {
		found := ""
		for _, list := range page.all(".cell ul") {
			if attr(list, "aria-label") == c.label {
				var b strings.Builder
				write(&b, list)
				found = b.String()
			}
		}
		if !strings.Contains(found, c.title) {
			t.Errorf("column %q holds %q, not %q", c.label, found, c.title)
		}
	}
	// Each figure opens a list of as many rows.
	for _, a := range page.all(".heads h2 a") {
		list := thang.get(attr(a, "href")).is(200)
		var b strings.Builder
		write(&b, a)
		digits := strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' {
				return r
			}
			return -1
		}, b.String())
		if got := itoa(len(list.all(".works tbody tr"))); got != digits {
			t.Errorf("%s says %s and lists %s", attr(a, "href"), digits, got)
		}
	}
	// By how far it has come, one row for each officer, one column in front on the phone.
	page = thang.get("/cong-viec/bang?by=state&lanes=person&column=reported").is(200)
	page.says(".lane h3", "Lý Thanh Hải Phòng Chính sách Dân tộc").says(".column-pick a[aria-current]", "Đã báo cáo").says(".cell.now", "Rà soát hồ sơ").silent(".cell.now", "Báo cáo quý")
	// A filter stays in the address; the officer sees his own, the head his unit's.
	thang.get("/cong-viec/bang?unit="+itoa(int(o.unit("KHTH")))).says("h1", "2 việc đang mở của Phòng Kế hoạch").silent(".board", "Báo cáo quý")
	o.as("hai").get("/cong-viec/bang").says("h1", "2 việc đang mở của anh/chị").silent(".board", "Kế hoạch kiểm tra").says(".together", "Xin gia hạn").silent(".together", "Đôn đốc")
	o.as("xuan").get("/cong-viec/bang").says(".board", "Kế hoạch kiểm tra").silent(".board", "Báo cáo quý")
}

func TestCalendarCountsTheDays(t *testing.T) { storetest.Each(t, calendarCountsTheDays) }

func calendarCountsTheDays(t *testing.T, db *store.DB) {
	o := busyOffice(t, db)
	thang := o.as("thang")
	page := thang.get("/cong-viec/lich").is(200).says("h1", "Tháng 11 năm 2026").says(".aside", "3 việc đến hạn, trong đó 1 việc đã quá hạn.").
		says(".month .today", "23 hôm nay").says(".month .off", "Ngày Văn hóa Việt Nam")
	links := page.all(".month .count a")
	if len(links) != 3 {
		t.Fatalf("%d days have work", len(links))
	}
	thang.get(attr(links[0], "href")).is(200).says("h1", "1 việc đang mở, hạn 18/11/2026").says(".works", "Báo cáo quý").silent(".works", "Kế hoạch")
	thang.get("/cong-viec/lich?month=2026-12").says("h1", "Tháng 12 năm 2026").says(".month", "Đề án giai đoạn 2")
	thang.get("/cong-viec/lich?week=2026-11-25").says("h1", "Tuần từ 23/11 đến 29/11/2026").says(".week .today", "Kế hoạch kiểm tra").silent(".week", "Báo cáo quý")
	for _, odd := range []string{"?month=2026-13", "?month=x-y", "?week=x", "?week=0001-01-01", "?month=9999-12"} {
		thang.get("/cong-viec/lich" + odd).is(200)
	}
	// Who is away is told to those who see their work.
	o.post(o.as("minh"), "/vang-mat", "person", idText(o.who["ha"].Person), "from", "25/11", "to", "27/11", "reason", "nghỉ phép")
	thang.get("/cong-viec/lich").says(".month .away-people", "Vắng: Bế Ngọc Hà")
	o.as("anh").get("/cong-viec/lich").silent(".month", "Bế Ngọc Hà").silent(".month", "Báo cáo quý")
}

// post sends a form that must be taken.
func (o *modelOffice) post(p *visitor, path string, pairs ...string) {
	o.Helper()
	p.post(path, pairs...).goes()
}

func TestTimelineDrawsWhatWasPromised(t *testing.T) {
	o := busyOffice(t, storetest.Open(t))
	thang := o.as("thang")
	page := thang.get("/cong-viec/tien-do").is(200).says("h1", "Tiến độ 5 việc đang mở")
	if n := len(page.all(".gantt tbody tr")); n != 5 {
		t.Errorf("%d rows", n)
	}
	first := page.all(".gantt tbody tr")[0]
	svg := ""
	for n := range first.Descendants() {
		if n.Data == "svg" {
			svg = attr(n, "aria-label")
		}
	}
	if want := "Báo cáo quý: giao 16/11, hạn đầu 18/11, Hải giữ từ 16/11, quá 3 ngày"; svg != want {
		t.Errorf("the first bar says %q, not %q", svg, want)
	}
	thang.get("/cong-viec/tien-do?state=waiting").says(".gantt", "Rà soát hồ sơ").silent(".gantt", "Báo cáo quý")
	o.as("hai").get("/cong-viec/tien-do").silent(".gantt", "Kế hoạch kiểm tra")
	if got := thang.get("/viec/viec.xlsx?column=late").is(200); len(got.Body) == 0 {
		t.Error("the list leaves empty")
	}
}

func TestManyAtOnceIsAllOrNothing(t *testing.T) { storetest.Each(t, manyAtOnceIsAllOrNothing) }

func manyAtOnceIsAllOrNothing(t *testing.T, db *store.DB) {
	o := busyOffice(t, db)
	thang := o.as("thang")
	share := func(title string) string {
		for _, row := range thang.get("/viec").all(".works tbody tr") {
			var b strings.Builder
			write(&b, row)
			if !strings.Contains(b.String(), title) {
				continue
			}
			for n := range row.Descendants() {
				if n.Data == "input" {
					return attr(n, "value")
				}
			}
		}
		t.Fatalf("%s is not listed", title)
		return ""
	}
	report, check, plan := share("Báo cáo quý"), share("Kế hoạch kiểm tra"), share("Đề án giai đoạn 2")

	// Nothing marked: said, and nothing done.
	thang.post("/cong-viec/nhieu", "act", "don-doc", "back", "/cong-viec/bang").goes()
	thang.get("/cong-viec/bang").says(".flash", "Chưa chọn việc nào")
	thang.post("/cong-viec/nhieu", "act", "xoa", "work", report).is(404)

	// Urged together; what somebody may not see is not touched.
	if to := thang.post("/cong-viec/nhieu", "act", "don-doc", "work", report, "work", check, "back", "/cong-viec/bang?unit=1").goes(); to != "/cong-viec/bang?unit=1" {
		t.Errorf("back to %s", to)
	}
	thang.get("/cong-viec/bang").says(".flash", "Đã đôn đốc 2 việc.").says(".board", "đôn đốc 1 lần")
	o.as("hai").post("/cong-viec/nhieu", "act", "xin-gia-han", "work", check, "step", "2", "due_on", "30/11", "reason", "x").goes()
	o.as("anh").get("/viec").silent(".works", "xin")

	// A new day asks for words first, and is refused whole when one is refused.
	page := thang.post("/cong-viec/nhieu", "act", "doi-han", "work", report, "work", plan, "back", "/viec").is(200).says("h1", "Đổi hạn 2 việc").says("main", "Đề án giai đoạn 2")
	if n := len(page.all("input[name=work]")); n != 2 {
		t.Errorf("%d boxes", n)
	}
	thang.post("/cong-viec/nhieu", "act", "doi-han", "work", report, "work", plan, "back", "/viec", "step", "2", "due_on", "", "reason", "x").is(422).says(".errors", "Chưa ghi hạn mới")
	thang.post("/cong-viec/nhieu", "act", "doi-han", "work", report, "work", plan, "back", "/viec", "step", "2", "due_on", "15/12", "reason", "").is(409).says(".errors", "Báo cáo quý").says(".errors", "Chưa việc nào được thay đổi")
	thang.get("/cong-viec/lich?month=2026-12").silent(".month", "Báo cáo quý")
	thang.post("/cong-viec/nhieu", "act", "doi-han", "work", report, "work", plan, "back", "/viec", "step", "2", "due_on", "15/12", "reason", "Lùi theo kế hoạch chung.").goes()
	thang.get("/cong-viec/lich?month=2026-12").says(".month", "Báo cáo quý").says(".month", "Đề án giai đoạn 2")

	// Confirming: one that has not been reported stops all.
	done := share("Rà soát hồ sơ")
	thang.post("/cong-viec/nhieu", "act", "xac-nhan", "work", done, "work", check, "back", "/viec").is(409).says(".errors", "Kế hoạch kiểm tra")
	thang.get("/viec").says("h1", "5 việc")
	thang.post("/cong-viec/nhieu", "act", "xac-nhan", "work", done, "back", "/viec").goes()
	thang.get("/viec").says("h1", "4 việc")

	// More time: asked by the officer for many, granted by the giver for many.
	hai := o.as("hai")
	hai.post("/cong-viec/nhieu", "act", "xin-gia-han", "work", report, "back", "/viec", "step", "2", "due_on", "20/12", "reason", "Chờ số liệu.").goes()
	thang.post("/cong-viec/nhieu", "act", "duyet", "work", report, "work", check, "back", "/viec").is(409).says(".errors", "không có đề nghị gia hạn")
	thang.post("/cong-viec/nhieu", "act", "duyet", "work", report, "back", "/viec").goes()
	hai.get("/cong-viec/lich?month=2026-12").says(".month", "Báo cáo quý")
}
