// SPDX-License-Identifier: Apache-2.0

package web

import (
	"strings"
	"testing"
	"time"

	"soviec/door/web/view"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/kit/store/storetest"
	"soviec/office/document"
	"soviec/office/org"
	"soviec/office/task"
)

// given registers a document and directs it to a unit, as the head of the agency.
func (o *modelOffice) given(number, subject, unit string, days int) task.Work {
	o.Helper()
	d := o.comes(number, subject)
	o.do("thang", func(a *journal.Act) (err error) {
		d, err = document.Direct(a, d.ID, document.Directive{Text: "làm", Lead: task.Assignee{Unit: o.unit(unit)}, Due: task.Due{On: o.clock.Today().AddDays(days)}})
		return err
	})
	w, err := task.Get(o.read(), o.agency, d.Work)
	if err != nil {
		o.Fatal(err)
	}
	return w
}

func (o *modelOffice) assigned(w task.Work, to string) {
	o.Helper()
	o.do("lam", func(a *journal.Act) error {
		_, err := task.AssignInside(a, w.Lead().ID, o.who[to].Person, nil, w.Lead().DueOn, "")
		return err
	})
}

func TestHomeOfAHeadBeginsWithWhatWaits(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	lam := o.as("lam")
	lam.get("/").says("h1", "Đơn vị không có việc quá hạn; 0 việc đang mở.").lacks(".works")
	late := o.given("1/UBND", "việc sẽ chậm", "CS", 1)
	o.given("2/UBND", "việc chưa ai làm", "CS", 5)
	o.assigned(late, "hai")
	o.clock.Add(72 * time.Hour)
	lam = o.as("lam")
	page := lam.get("/").says("h1", "Đơn vị có 1 việc chưa phân công, 1 việc quá hạn.").says(".section", "việc chưa ai làm").says("main", "Quá hạn trong đơn vị").says("main", "việc sẽ chậm")
	if got := attr(page.all(".c-next a")[0], "href"); !strings.HasSuffix(got, "#phan-cong") {
		t.Errorf("the head is led to %s", got)
	}
	// What is not handed on yet stands once, not again among his own.
	if n := strings.Count(string(page.Body), ">việc chưa ai làm</a>"); n != 1 {
		t.Errorf("the unassigned work stands %d times", n)
	}
	o.as("xuan").get("/").silent("main", "việc chưa ai làm").silent("main", "việc sẽ chậm")
	// The officer sees it as late, with the next thing to do.
	o.as("hai").get("/").says("h1", "1 việc quá hạn").says(".c-next", "Báo cáo").silent("main", "Chưa phân công")
	o.do("hai", func(a *journal.Act) error { return task.Report(a, late.Lead().ID, "đã làm", "") })
	o.as("hai").get("/").says("main", "Đã báo cáo, chờ xác nhận")
	o.do("thang", func(a *journal.Act) error {
		return task.SendBack(a, late.Lead().ID, "thiếu số liệu", o.clock.Today().AddDays(4))
	})
	o.as("hai").get("/").says("main", "Bị trả lại, cần làm lại").silent("main", "Đã báo cáo, chờ xác nhận")
}

func TestHomeOfTheClerkBeginsWithTheQueue(t *testing.T) { storetest.Each(t, homeOfTheClerk) }

func homeOfTheClerk(t *testing.T, db *store.DB) {
	o := openOfficeOn(t, db)
	lan := o.as("lan")
	lan.get("/").says("h1", "Sổ chờ trống").says(".empty", "Sổ chờ trống").says(".acts", "Vào sổ văn bản mới")
	back, void, broken := o.comes("1/UBND", "bị đòi lại"), o.comes("2/UBND", "vào nhầm sổ"), o.comes("3/UBND", "tệp hỏng", func(in *document.Arrival) {
		in.Files = []document.Attachment{{Name: "hong.pdf", MIME: "application/pdf", Size: 9, SHA: strings.Repeat("a", 64)}}
	})
	o.do("lan", func(a *journal.Act) error { return document.AskRecall(a, back.ID, "1300/UBND-VX", "gửi nhầm") })
	o.do("lan", func(a *journal.Act) error { return document.AskVoid(a, void.ID, "vào nhầm sổ đơn thư") })
	files, err := document.Files(o.read(), broken)
	if err != nil {
		t.Fatal(err)
	}
	err = o.book.DB.Write(t.Context(), func(w *store.Tx) error {
		return document.TextOf(w, o.agency, broken.ID, map[int64]document.FileText{files[0].ID: {Failed: true}})
	})
	if err != nil {
		t.Fatal(err)
	}
	page := lan.get("/").says("h1", "1 văn bản chờ trình; 2 văn bản chờ thu hồi, hủy số.").says(".decisions", "bị đòi lại").says(".decisions", "chờ Chánh Văn phòng duyệt").lacks(".decisions button").
		says("main", "Tệp không đọc được").says(".noted", "hong.pdf")
	if n := len(page.all(".queue tbody tr")); n != 1 {
		t.Errorf("%d lines in the queue, not 1: what is asked back stands above", n)
	}
	o.as("minh").get("/").says(".decisions", "vào nhầm sổ").says(".decisions button", "Đồng ý hủy").silent("main", "hong.pdf").silent(".decisions", "bị đòi lại")
	o.as("thang").get("/").says(".decisions", "bị đòi lại")
	o.as("hoa").get("/").silent("main", "bị đòi lại")
	o.clock.Add(15 * 24 * time.Hour) // an old fault stands no longer in the way
	lan = o.as("lan")
	lan.get("/").silent("main", "hong.pdf")
}

func TestHomeOfTheAdministratorIsTheSystem(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	son := o.as("son")
	son.get("/").says("h1", "Hệ thống chạy bình thường.").says(".acts", "Đơn vị và cán bộ")
	for range 5 {
		if _, _, err := org.SignIn(t.Context(), o.book, "hai", "sai mật khẩu", "", ""); err == nil {
			t.Fatal("signed in with a wrong password")
		}
	}
	son.get("/").says("h1", "1 điều cần chú ý").says(".healths", "Lý Thanh Hải").says(".healths", "tạm khóa đến")
	o.as("lam").get("/").silent("main", "tạm khóa")
}

func TestWhoDoesWhatNamesWhoReallyHasIt(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	w := o.given("1/UBND", "việc của phòng", "CS", 5)
	thang := o.as("thang")
	thang.get(workLink(w.ID)).says(".shares", "Phòng Chính sách Dân tộc").says(".shares", "Mông Văn Lâm chịu trách nhiệm").says(".shares", "Chưa phân công; Mông Văn Lâm giữ từ 08:0")
	o.clock.Add(24 * time.Hour)
	thang = o.as("thang")
	o.assigned(w, "hai")
	for _, path := range []string{workLink(w.ID), "/van-ban-den/2026/1"} {
		thang.get(path).says(".shares", "Mông Văn Lâm chịu trách nhiệm").says(".shares", "Lý Thanh Hải giữ từ 08:").silent(".shares", "Chưa phân công").
			says(".timeline", "phân công ông Lý Thanh Hải thực hiện")
	}
	o.do("hai", func(a *journal.Act) error { return task.Report(a, w.Lead().ID, "đã làm", "") })
	thang.get(workLink(w.ID)).says(".shares", "Lý Thanh Hải đã báo cáo lúc").says(".shares", "chờ ông Đàm Quốc Thắng xác nhận").
		says("main .aside", "Ông Lý Thanh Hải đã báo cáo kết quả").says("main .aside", "chờ ông Đàm Quốc Thắng xác nhận")
}

func TestOnlyWhoMayDecideARecallSeesTheButtons(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	d := o.comes("1/UBND", "bị đòi lại")
	o.do("lan", func(a *journal.Act) error { return document.AskRecall(a, d.ID, "1300/UBND-VX", "gửi nhầm") })
	o.as("lan").get(d.Address()).says(".ask", "Đồng ý thu hồi").silent(".ask summary", "Từ chối").silent(".ask button", "Từ chối")
	o.as("thang").get(d.Address()).says(".ask", "Từ chối thu hồi").silent(".ask button", "Đồng ý")
	o.as("hoa").get(d.Address()).lacks(".ask")
	s := o.comes("2/UBND", "lọt mật")
	o.do("hoa", func(a *journal.Act) error { return document.ReportSecret(a, s.ID) })
	o.as("lan").get(s.Address()).lacks(".ask")
	o.as("thang").get(s.Address()).says(".ask", "Đồng ý thu hồi").says(".ask", "Từ chối thu hồi")
}

func TestCopiedWordsStayApart(t *testing.T) {
	t.Parallel()
	views, err := parsedViews()
	if err != nil {
		t.Fatal(err)
	}
	body, err := views.Fragment(view.Home{Groups: []view.WorkGroup{{Title: "Hôm nay", Works: []view.Work{{Subject: "Việc", Giver: "Nông Thị Hoa", Urgency: view.Urgent, Role: "Phối hợp"}}}},
		Decisions: []view.Decision{{Kind: "Cho ý kiến", Urgency: view.Urgent, Subject: "x"}}})
	if err != nil {
		t.Fatal(err)
	}
	for _, run := range []string{"Cho ý kiến<span", "Khẩn</span><", "Khẩn</span>N", "</a><small"} {
		if strings.Contains(string(body), run) {
			t.Errorf("words run together when copied: %s", run)
		}
	}
}
