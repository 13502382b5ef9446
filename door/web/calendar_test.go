// SPDX-License-Identifier: Apache-2.0

package web

import (
	"net/http"
	"testing"

	"soviec/kit/civil"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/kit/store/storetest"
	"soviec/office/org"
	"soviec/office/task"
)

// give has the head of the agency give work to a person, in working days from now.
func (o *modelOffice) give(title, to string, days int) (w task.Work) {
	o.Helper()
	o.do("thang", func(a *journal.Act) (err error) {
		due := task.Due{BasisAt: a.At, BasisDays: days}
		w, err = task.Give(a, task.Order{Title: title, Lead: task.Assignee{Person: o.who[to].Person}, Due: due})
		return err
	})
	return w
}

func (o *modelOffice) due(work int64) civil.Date {
	o.Helper()
	w, err := task.Get(o.read(), o.agency, work)
	if err != nil {
		o.Fatal(err)
	}
	return w.Lead().OuterOn
}

// theDay is a Thursday that is a working day until somebody says otherwise.
func theDay(with ...string) []string {
	return append([]string{"day", "03/12/2026", "kind", "holiday", "name", "Ngày thành lập tỉnh", "source", "Quyết định 9/QĐ-TTg"}, with...)
}

func TestAPromisedDayIsKeptUnlessItIsTicked(t *testing.T) {
	storetest.Each(t, aPromisedDayIsKeptUnlessItIsTicked)
}

func aPromisedDayIsKeptUnlessItIsTicked(t *testing.T, db *store.DB) {
	o := openOfficeOn(t, db)
	moved, kept := o.give("Báo cáo rà soát", "hai", 10), o.give("Báo cáo tổng hợp", "anh", 10)
	short := o.give("Gấp", "anh", 2)
	was := o.due(moved.ID)
	if was != o.due(kept.ID) || was != civil.MustParse("2026-12-08") {
		t.Fatalf("promised %s", was)
	}
	minh := o.as("minh")
	page := minh.post("/quan-tri/lich", theDay()...).is(http.StatusOK)
	page.says("h1", "03/12/2026").says("tbody", "Báo cáo rà soát").says("tbody", "Báo cáo tổng hợp").says("tbody", "09/12/2026").silent("tbody", "Gấp")
	if got := page.value("move"); got != "" {
		t.Errorf("ticked beforehand: %q", got)
	}
	if o.dir().Calendar.WorkingDay(civil.MustParse("2026-12-03")) == false {
		t.Fatal("showing what follows has changed the calendar")
	}
	minh.post("/quan-tri/lich/xac-nhan", theDay("move", idText(moved.Lead().ID))...).goes()
	if got := o.due(moved.ID); got != civil.MustParse("2026-12-09") {
		t.Errorf("the ticked one is due on %s", got)
	}
	if got := o.due(kept.ID); got != was {
		t.Errorf("the other one moved to %s", got)
	}
	if got := o.due(short.ID); got != civil.MustParse("2026-11-26") { // 24 November is a holiday
		t.Errorf("an earlier one moved to %s", got)
	}
	if o.dir().Calendar.WorkingDay(civil.MustParse("2026-12-03")) {
		t.Error("the day is not in the calendar")
	}
	minh.get("/quan-tri/lich?year=2026").says("tbody", "Ngày thành lập tỉnh").says(".timeline", "Ông Hoàng Văn Minh").says(".timeline", "thêm")

	// What was kept on purpose is not asked again by the next, distant change.
	next := []string{"day", "04/01/2027", "kind", "holiday", "name", "Nghỉ bù", "source", "Thông báo 1"}
	if to := minh.post("/quan-tri/lich", next...).goes(); to != "/quan-tri/lich?year=2027" {
		t.Errorf("sent to %s", to)
	}
	// Taking the day out again asks in the same way.
	var row string
	days, err := org.DaysOf(o.read(), o.agency, 2026)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range days {
		if d.Name == "Ngày thành lập tỉnh" {
			row = idText(d.ID)
		}
	}
	minh.post("/quan-tri/lich/bo", "row", row).is(http.StatusOK).says("h1", "Bỏ").says("tbody", "Báo cáo rà soát").silent("tbody", "Báo cáo tổng hợp")
	minh.post("/quan-tri/lich/xac-nhan", "row", row, "keep", "1").goes()
	if got := o.due(moved.ID); got != civil.MustParse("2026-12-09") {
		t.Errorf("keep moved it to %s", got)
	}
	minh.get("/quan-tri/lich?year=2026").says(".void", "Ngày thành lập tỉnh")
}

func TestAllThatWasShownMayMoveAtOnce(t *testing.T) {
	o := openOffice(t)
	one, other := o.give("Một", "hai", 10), o.give("Hai", "anh", 10)
	minh := o.as("minh")
	minh.post("/quan-tri/lich/xac-nhan", theDay("all", "1", "shown", idText(one.Lead().ID), "shown", idText(other.Lead().ID))...).goes()
	if o.due(one.ID) != civil.MustParse("2026-12-09") || o.due(other.ID) != civil.MustParse("2026-12-09") {
		t.Error(o.due(one.ID), o.due(other.ID))
	}
}

func TestARowOfTheCalendarNeedsItsSource(t *testing.T) {
	o := openOffice(t)
	son := o.as("son")
	son.post("/quan-tri/lich", "day", "31/02/2026", "kind", "holiday", "name", "x", "source", "y").is(http.StatusUnprocessableEntity).says(".errors", "Không đọc được ngày")
	son.post("/quan-tri/lich", "day", "03/12/2026", "kind", "holiday", "name", "", "source", "").is(http.StatusUnprocessableEntity)
	// The administrator sees whose work would move, not what it is about.
	o.give("Nội dung không dành cho quản trị", "hai", 10)
	son.post("/quan-tri/lich", theDay()...).is(http.StatusOK).says("tbody", "Lý Thanh Hải").silent("main", "Nội dung không dành")
}

func TestWorkingHoursAreSetFromADayOn(t *testing.T) {
	o := openOffice(t)
	o.as("hai").post("/quan-tri/lich/gio", "from", "01/12/2026", "shifts", "08:00-12:00").is(http.StatusForbidden)
	minh := o.as("minh")
	page := minh.get("/quan-tri/lich").is(http.StatusOK)
	if got := page.value("shifts"); got != "07:30-11:30, 13:30-17:30" {
		t.Errorf("the form begins with %q", got)
	}
	for _, wrong := range [][]string{{"from", "", "shifts", "08:00-12:00"}, {"from", "31/02/2026", "shifts", "08:00-12:00"}, {"from", "01/12/2026", "to", "30/11/2026", "shifts", "08:00-12:00"},
		{"from", "01/12/2026", "shifts", "sáng"}, {"from", "01/12/2026", "shifts", "08:00-12:00, 11:00-15:00"}} {
		if words := minh.post("/quan-tri/lich/gio", wrong...).is(http.StatusUnprocessableEntity).words("form .error"); words == "" {
			t.Errorf("no sentence at the field for %v", wrong)
		}
	}
	minh.post("/quan-tri/lich/gio", "from", "01/12/2026", "to", "", "shifts", "8h-12h, 13h-17h").goes()
	cal := o.dir().Calendar
	if was, is := civil.FormatShifts(cal.Shifts(civil.MustParse("2026-11-30"))), civil.FormatShifts(cal.Shifts(civil.MustParse("2026-12-01"))); was != "07:30-11:30, 13:30-17:30" || is != "08:00-12:00, 13:00-17:00" {
		t.Errorf("hours: %s, then %s", was, is)
	}
	minh.get("/quan-tri/lich").says("main", "Từ ngày 01/12/2026: 08:00–12:00 và 13:00–17:00.").says(".aside", "07:30–11:30 và 13:30–17:30")
}

func TestOtherHoursShowWhichPromisesTheyMove(t *testing.T) {
	o := openOffice(t)
	one, other := o.give("Một", "hai", 10), o.give("Hai", "anh", 10)
	minh := o.as("minh")
	at := func(w task.Work) string {
		w, err := task.Get(o.read(), o.agency, w.ID)
		if err != nil {
			t.Fatal(err)
		}
		return w.Lead().DueAt.In(civil.Zone).Format("15:04")
	}
	hours := []string{"from", "01/12/2026", "to", "", "shifts", "08:00-12:00, 13:00-17:00"}
	before := o.lastSeq()
	page := minh.post("/quan-tri/lich/gio", hours...).is(http.StatusOK).says("main", "2 hạn đã hứa có giờ cuối theo giờ làm việc cũ").says("tbody", "17:30").says("tbody", "17:00")
	if o.lastSeq() != before || page.value("confirm") == "" {
		t.Error("showing the consequence changed something")
	}
	minh.post("/quan-tri/lich/gio", append(hours, "confirm", "1", "move", idText(one.Lead().ID))...).goes()
	if at(one) != "17:00" || at(other) != "17:30" {
		t.Errorf("due at %s and %s", at(one), at(other))
	}
	o.as("hai").get(workLink(one.ID)).says(".timeline", "theo giờ làm việc mới")
	if err := task.Check(o.read(), o.agency, func(s string) { t.Error(s) }); err != nil {
		t.Error(err)
	}
	// Later days again by the old hours: what was kept is not asked about, what was moved is.
	minh.post("/quan-tri/lich/gio", "from", "01/12/2026", "to", "", "shifts", "07:30-11:30, 13:30-17:30").is(http.StatusOK).says("main", "1 hạn đã hứa")
	minh.post("/quan-tri/lich/gio", "from", "01/01/2030", "to", "", "shifts", "08:00-12:00").goes()
}

func TestTheSourceOfADayIsReadWithoutItsMarks(t *testing.T) {
	for _, c := range [][2]string{{"Thông báo 6150 [V]", "Thông báo 6150"}, {"Theo quy định [V-rule]; chưa đối chiếu [M]", "Theo quy định; chưa đối chiếu"}, {"[M]", "dự kiến, chưa có văn bản"}, {"", "dự kiến, chưa có văn bản"}} {
		if got := sourceWords(c[0]); got != c[1] {
			t.Errorf("%q is shown as %q", c[0], got)
		}
	}
}
