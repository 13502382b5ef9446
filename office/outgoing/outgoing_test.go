// SPDX-License-Identifier: Apache-2.0

package outgoing

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store/storetest"
	"soviec/office/document"
	"soviec/office/draft"
	"soviec/office/notice"
	"soviec/office/org/orgtest"
	"soviec/office/series"
	"soviec/office/task"
)

// From the signature to the recipient's first opening.
func TestADocumentGoesOut(t *testing.T) {
	t.Parallel()
	each(t, "2026-11-23 08:00", func(d *desk) {
		x := d.number(paper{kind: "CV"})
		if x.Label != "01/BDT-CS" || x.Slug != "01-bdt-cs" || x.Address() != "/van-ban-di/2026/01-bdt-cs" || x.Day != d.clock.Today() || x.Amount != 2 {
			d.Errorf("numbered as %+v", x)
		}
		d.refused(d.try("lan", func(a *journal.Act) error { _, err := Issue(a, x.ID); return err }), "Không phát hành được")
		d.refused(d.try("hai", func(a *journal.Act) error { _, err := SealOnPaper(a, x.ID); return err }), "không có quyền")
		d.do("lan", func(a *journal.Act) error { _, err := SealOnPaper(a, x.ID); return err })
		if _, err := Get(d.r(), d.agency, d.reach("xuan"), x.ID); !fault.Is(err, fault.KindNotFound) {
			d.Errorf("a recipient reads it before it is issued: %v", err)
		}
		d.do("lan", func(a *journal.Act) error { _, err := Issue(a, x.ID); return err })
		if _, err := Get(d.r(), d.agency, d.reach("xuan"), x.ID); err != nil {
			d.Errorf("the head of the unit it went to does not read it: %v", err)
		}
		if _, err := Get(d.r(), d.agency, d.reach("yen"), x.ID); !fault.Is(err, fault.KindNotFound) {
			d.Errorf("somebody it did not go to reads it: %v", err)
		}
		if n, err := notice.Unread(d.r(), d.agency, d.who["xuan"].Person); err != nil || n != 1 {
			d.Errorf("%d notices, %v", n, err)
		}
		d.clock.Set(d.T, "2026-11-23 09:30")
		for range 2 {
			d.do("xuan", func(a *journal.Act) error { return Open(a, x.ID) })
		}
		to, err := RecipientsOf(d.r(), x.ID)
		if err != nil {
			d.Fatal(err)
		}
		if to[1].State != Arrived || to[1].OpenedBy != d.who["xuan"].Person || to[0].State != Queued || to[2].State != Done {
			d.Errorf("deliveries %+v", to)
		}
		d.refused(d.try("lan", func(a *journal.Act) error { return Post(a, x.ID, Posting{Envelopes: 1}, []int{2}) }), "không chờ gửi bưu điện")
		d.do("lan", func(a *journal.Act) error {
			return Post(a, x.ID, Posting{Envelopes: 1, Receipt: "RB 001 VN"}, []int{1})
		})
		d.refused(d.try("lan", func(a *journal.Act) error { return Note(a, x.ID, 1, Refused, "") }), "lý do")
		d.do("lan", func(a *journal.Act) error { return Note(a, x.ID, 1, Failed, "Sai địa chỉ") })
		d.do("lan", func(a *journal.Act) error { return Again(a, x.ID, 1, "") })
		var rows [][]string
		for l, err := range DayLines(d.r(), orgtest.Directory(d.T, d.book, d.agency), BookPost, d.clock.Today(), d.clock.Today()) {
			if err != nil {
				d.Fatal(err)
			}
			rows = append(rows, l.Cells)
		}
		if len(rows) != 1 || rows[0][1] != "01/BDT-CS" || rows[0][4] != "RB 001 VN" {
			d.Errorf("book 8.4 is %v", rows)
		}
	})
}

// A program that stopped between the number and the issue goes on with the same number.
func TestAStopBetweenNumberAndIssue(t *testing.T) {
	t.Parallel()
	each(t, "2026-11-23 08:00", func(d *desk) {
		id := d.signed(paper{})
		stop := errors.New("the program stops")
		_ = d.try("lan", func(a *journal.Act) error {
			if _, err := Number(a, id, Numbering{}); err != nil {
				d.Error(err)
			}
			return stop
		})
		var first, again Document
		d.do("lan", func(a *journal.Act) (err error) { first, err = Number(a, id, Numbering{}); return err })
		d.do("thu", func(a *journal.Act) (err error) { again, err = Number(a, id, Numbering{}); return err })
		if first.Label != "01/BC-BDT" || again.ID != first.ID {
			d.Errorf("numbered %s, then %s", first.Label, again.Label)
		}
		if w, err := Queue(d.r(), orgtest.Directory(d.T, d.book, d.agency), d.clock.Now(), 10); err != nil || len(w) != 1 || w[0].Document.ID != first.ID || w[0].Step() != "seal" {
			d.Errorf("what waits is %+v, %v", w, err)
		}
		if x := d.number(paper{}); x.Label != "02/BC-BDT" {
			d.Errorf("the next is %s", x.Label)
		}
	})
}

// T7: two clerks number at the same instant while a leader directs.
func TestTwoClerksAndALeader(t *testing.T) {
	t.Parallel()
	each(t, "2026-11-23 08:00", func(d *desk) {
		const papers = 12
		var ids []int64
		for range papers {
			ids = append(ids, d.signed(paper{}))
		}
		var in document.Incoming
		d.do("lan", func(a *journal.Act) (err error) {
			in, err = document.Register(a, document.Arrival{Type: "CV", NumberRaw: "12/SNV-VP", IssuedOn: d.clock.Today(), IssuerName: "Sở Nội vụ", Subject: "Báo cáo nhanh", Channel: "post"})
			return err
		})
		var wg sync.WaitGroup
		for _, who := range []string{"lan", "thu"} {
			for _, id := range ids { // both press for every paper
				wg.Add(1)
				go func() {
					defer wg.Done()
					if err := d.try(who, func(a *journal.Act) error { _, err := Number(a, id, Numbering{}); return err }); err != nil && !fault.Is(err, fault.KindConflict) {
						d.Error(err)
					}
				}()
			}
		}
		wg.Add(1)
		go func() {
			defer wg.Done()
			if err := d.try("thang", func(a *journal.Act) error {
				_, err := document.Direct(a, in.ID, document.Directive{Text: "Giao Phòng Chính sách tham mưu", Lead: task.Assignee{Unit: d.unit("CS")}, Due: task.Due{On: d.clock.Today().AddDays(7)}})
				return err
			}); err != nil {
				d.Error(err)
			}
		}()
		wg.Wait()
		rows, err := series.Examine(d.r(), d.agency, 2026)
		if err != nil || len(rows) != 1 || rows[0].Used != papers || rows[0].Series.Last != papers || len(rows[0].Missing) > 0 {
			d.Errorf("R7: %+v, %v", rows, err)
		}
	})
}

// Issuing an answer closes what it answers.
func TestAnAnswerClosesTheIncoming(t *testing.T) {
	t.Parallel()
	each(t, "2026-11-23 08:00", func(d *desk) {
		var in, other document.Incoming
		arrive := func(number string) (in document.Incoming) {
			d.do("lan", func(a *journal.Act) (err error) {
				in, err = document.Register(a, document.Arrival{Type: "CV", NumberRaw: number, IssuedOn: d.clock.Today(), IssuerName: "Sở Nội vụ", Subject: "Đề nghị báo cáo", Channel: "post"})
				return err
			})
			d.do("thang", func(a *journal.Act) error {
				_, err := document.Direct(a, in.ID, document.Directive{Text: "Giao trả lời", Lead: task.Assignee{Unit: d.unit("CS")}, Due: task.Due{On: d.clock.Today().AddDays(7)}})
				return err
			})
			return in
		}
		in, other = arrive("12/SNV-VP"), arrive("13/SNV-VP")
		d.clock.Set(d.T, "2026-11-25 08:00")
		x := d.issued(paper{kind: "CV", answers: []draft.Answer{{Ref: in.Ref(), Closes: true}, {Ref: other.Ref()}}})
		if in, err := document.Get(d.r(), d.agency, document.Reach{All: true}, in.ID); err != nil || in.State != document.StateCompleted || in.Answer != x.Label {
			d.Errorf("what was answered stands at %s with answer %q, %v", in.State, in.Answer, err)
		}
		if in, err := document.Get(d.r(), d.agency, document.Reach{All: true}, other.ID); err != nil || in.State.Closed() || in.Answer != x.Label {
			d.Errorf("what was answered in part stands at %s with answer %q, %v", in.State, in.Answer, err)
		}
		links, err := LinksTo(d.r(), d.agency, in.Ref())
		if err != nil || len(links) != 1 || links[0].Document != x.ID {
			d.Errorf("links %+v, %v", links, err)
		}
	})
}

func TestDeadlines(t *testing.T) { // T18, T19
	t.Parallel()
	d := &desk{T: t}
	d.book, d.clock = orgtest.Book(t, storetest.Open(t), "2026-11-20 16:00")
	d.agency, d.who = orgtest.Found(t, d.book)
	cal := orgtest.Directory(t, d.book, d.agency).Calendar
	for _, c := range []struct {
		signed     string
		urgency    int
		electronic bool
		want       string
	}{
		{"2026-11-20 16:00", 0, false, "2026-11-23 17:30"}, // Friday
		{"2026-11-20 16:00", 0, true, "2026-11-23 11:30"},
		{"2026-11-23 09:00", 0, false, "2026-11-25 17:30"}, // 24/11 is a holiday
		{"2026-11-23 09:00", 0, true, "2026-11-25 11:30"},
		{"2026-11-23 09:00", 2, true, "2026-11-23 10:00"},
		{"2026-11-20 17:00", 1, false, "2026-11-23 08:00"},
	} {
		at := func(s string) time.Time {
			x, err := time.ParseInLocation("2006-01-02 15:04", s, civil.Zone)
			if err != nil {
				t.Fatal(err)
			}
			return x
		}
		if got := SendDeadline(cal, at(c.signed), c.urgency, c.electronic, 1); !got.Equal(at(c.want)) {
			t.Errorf("signed %s, urgency %d, electronic %v: due %s, want %s", c.signed, c.urgency, c.electronic, civil.TimeVN(got), c.want)
		}
	}
}

func TestTheSeal(t *testing.T) { // T24
	t.Parallel()
	each(t, "2026-11-23 08:00", func(d *desk) {
		x := d.number(paper{signed: Digital})
		var s Sealing
		d.refused(d.try("thang", func(a *journal.Act) error { _, err := PrepareSeal(a, x.ID); return err }), "không có quyền")
		d.do("lan", func(a *journal.Act) (err error) { s, err = PrepareSeal(a, x.ID); return err })
		back := func(ev Evidence) error {
			return d.try("lan", func(a *journal.Act) error {
				_, err := CompleteSeal(a, s.ID, File{SHA: "bb", Size: 12, Pages: 2}, ev)
				return err
			})
		}
		d.refused(back(Evidence{Kept: true, Agency: true}), "chữ ký của người có thẩm quyền")
		d.refused(back(Evidence{Personal: true, Agency: true}), "không phải tệp đã giao")
		d.refused(back(Evidence{Kept: true, Personal: true}), "chữ ký số hợp lệ của cơ quan")
		good := Evidence{Kept: true, Personal: true, Agency: true, Verdict: "Hai chữ ký hợp lệ.", Shown: Shown{Text: true, Number: x.Label, Day: x.Day}}
		for _, c := range []struct {
			shown Shown
			words string
		}{
			{Shown{}, "chỉ có hình"},
			{Shown{Text: true}, "chưa ghi số, ngày. Số được cấp trong sổ là 01/BC-BDT, ngày 23/11/2026"},
			{Shown{Text: true, Number: "02/BC-BDT", Day: x.Day}, "ghi số 02/BC-BDT, ngày 23/11/2026. Số được cấp trong sổ là 01/BC-BDT"},
			{Shown{Text: true, Number: x.Label, Day: x.Day.AddDays(1)}, "ghi số 01/BC-BDT, ngày 24/11/2026. Số được cấp trong sổ là 01/BC-BDT, ngày 23/11/2026"},
			{Shown{Text: true, Number: x.Label}, "chưa ghi ngày"},
			{Shown{Text: true, Day: x.Day}, "chưa ghi số, chỉ ghi ngày 23/11/2026"},
			{Shown{Text: true, Number: "01/BC-BDTTG", Day: x.Day}, "ghi số 01/BC-BDTTG"},
			{Shown{Fields: true}, "Ô số trên tệp còn để trống"},
			{Shown{Fields: true, So: "1", Ngay: "23 tháng 11 năm 2026"}, "Ô số trên tệp ghi “1”. Số được cấp trong sổ là 01/BC-BDT"},
			{Shown{Fields: true, So: "01"}, "Ô ngày trên tệp còn để trống"},
			{Shown{Fields: true, So: "01", Ngay: "24 tháng 11 năm 2026"}, "Ô ngày trên tệp ghi “24 tháng 11 năm 2026”. Số được cấp trong sổ là 01/BC-BDT, ngày 23/11/2026"},
			{Shown{Fields: true, So: "01", Ngay: "23 tháng 11 năm 2026", Text: true, Number: "02/BC-BDT", Day: x.Day}, "Trang đầu của tệp ghi số 02/BC-BDT"}, // the field says one thing, what is drawn another
		} {
			ev := good
			ev.Shown = c.shown
			d.refused(back(ev), c.words)
		}
		if err := back(good); err != nil {
			d.Fatal(err)
		}
		d.refused(back(good), "Không ký số, đóng dấu được")
		if f, err := Main(d.r(), x.ID); err != nil || f.SHA != "bb" || f.Stage != "sealed" || d.get(x.ID).Sealed != Digital {
			d.Errorf("the file is %+v, %v", f, err)
		}
		unsigned := d.number(paper{})
		d.do("son", func(a *journal.Act) error {
			_, err := a.Tx.Exec("UPDATE outgoing_document SET signed_at = '' WHERE id = $1", unsigned.ID)
			return err
		})
		d.refused(d.try("lan", func(a *journal.Act) error { _, err := SealOnPaper(a, unsigned.ID); return err }), "chữ ký của người có thẩm quyền")
	})
}

func TestRecall(t *testing.T) {
	t.Parallel()
	each(t, "2026-11-23 08:00", func(d *desk) {
		x := d.issued(paper{})
		recall := func(who, why string) error {
			return d.try(who, func(a *journal.Act) error { return Recall(a, x.ID, why, d.clock.Today().AddDays(3), 0) })
		}
		d.refused(recall("lan", "Sai số liệu"), "không có quyền")
		d.refused(recall("thang", ""), "lý do")
		if err := recall("thang", "Sai số liệu phụ lục"); err != nil {
			d.Fatal(err)
		}
		f, err := Main(d.r(), x.ID)
		if err != nil {
			d.Fatal(err)
		}
		if _, err := FileOf(d.r(), d.get(x.ID), d.reach("xuan"), f.ID); !errors.Is(err, errFrozen) {
			d.Errorf("a recipient opens a file that is recalled: %v", err)
		}
		if _, err := FileOf(d.r(), d.get(x.ID), d.reach("lan"), f.ID); err != nil {
			d.Error(err)
		}
		answer := func(who string, n int, agreed bool, why string) error {
			return d.try(who, func(a *journal.Act) error { return AnswerRecall(a, x.ID, n, agreed, why) })
		}
		d.refused(d.try("lan", func(a *journal.Act) error { return FinishRecall(a, x.ID) }), "Còn nơi nhận chưa trả lời")
		d.refused(answer("yen", 2, true, ""), "không có quyền")
		d.refused(answer("lan", 1, false, ""), "lý do")
		if err := answer("xuan", 2, true, ""); err != nil {
			d.Fatal(err)
		}
		if err := answer("lan", 1, false, "Đã triển khai"); err != nil {
			d.Fatal(err)
		}
		if got := d.get(x.ID); got.State != StateRecalled {
			d.Errorf("all have answered and it stands at %s", got.State)
		}
		late := d.issued(paper{})
		x = late
		if err := recall("thang", "Ban hành nhầm thẩm quyền"); err != nil {
			d.Fatal(err)
		}
		d.clock.Set(d.T, "2026-11-30 08:00")
		d.do("lan", func(a *journal.Act) error { return FinishRecall(a, late.ID) })
	})
}

func TestCorrectionAndReplacement(t *testing.T) {
	t.Parallel()
	each(t, "2026-11-23 08:00", func(d *desk) {
		x := d.issued(paper{kind: "QĐ"})
		d.clock.Set(d.T, "2026-11-25 08:00")
		letter, decision := d.issued(paper{kind: "CV"}), d.issued(paper{kind: "QĐ"})
		with := func(f func(*journal.Act, int64, int64) error, by int64) error {
			return d.try("lan", func(a *journal.Act) error { return f(a, x.ID, by) })
		}
		d.refused(with(Correct, decision.ID), "bằng công văn")
		d.refused(with(Replace, letter.ID), "hình thức tương đương")
		d.refused(with(Replace, x.ID), "chính nó")
		if err := with(Correct, letter.ID); err != nil {
			d.Fatal(err)
		}
		if got := d.get(x.ID); got.State != StateIssued {
			d.Errorf("corrected, it stands at %s", got.State)
		}
		if err := with(Replace, decision.ID); err != nil {
			d.Fatal(err)
		}
		if got := d.get(x.ID); got.State != StateSuperseded {
			d.Errorf("replaced, it stands at %s", got.State)
		}
		d.refused(with(Replace, decision.ID), "Không thay thế được")
	})
}

func TestVoidedNumbersStayInTheBook(t *testing.T) {
	t.Parallel()
	each(t, "2026-11-23 08:00", func(d *desk) {
		first, second := d.number(paper{}), d.issued(paper{})
		d.refused(d.try("lan", func(a *journal.Act) error { return AskVoid(a, second.ID, "Trùng nội dung") }), "Không hủy số được")
		d.do("lan", func(a *journal.Act) error { return AskVoid(a, first.ID, "Trùng nội dung") })
		d.refused(d.try("lan", func(a *journal.Act) error { return DecideVoid(a, first.ID, true, "") }), "không có quyền")
		d.do("minh", func(a *journal.Act) error { return DecideVoid(a, first.ID, true, "") })
		if x := d.number(paper{}); x.Label != "03/BC-BDT" {
			d.Errorf("the next is %s", x.Label)
		}
		book, err := series.Of(d.r(), d.agency, first.Series)
		if err != nil {
			d.Fatal(err)
		}
		d.do("lan", func(a *journal.Act) error { return MarkPrinted(a, book.ID, 2) })
		d.refused(d.try("lan", func(a *journal.Act) error { return MarkPrinted(a, book.ID, 2) }), "chốt đến số 02")
		d.clock.Set(d.T, "2026-11-25 08:00")
		letter := d.issued(paper{kind: "CV"})
		d.do("lan", func(a *journal.Act) error { return Correct(a, second.ID, letter.ID) })
		var lines []Line
		for l, err := range Lines(d.r(), orgtest.Directory(d.T, d.book, d.agency), book, Span{}) {
			if err != nil {
				d.Fatal(err)
			}
			lines = append(lines, l)
		}
		if len(lines) != 4 || !lines[0].Void || !strings.HasPrefix(lines[0].Note, "Hủy số – Trùng nội dung – Hoàng Văn Minh") {
			d.Errorf("the book is %+v", lines)
		}
		if l := lines[1]; l.Note != "" || len(l.Later) != 1 || l.Later[0].Text != "Đính chính bằng "+letter.Label {
			d.Errorf("what came after printing: %+v", l)
		}
		if got := lines[1].Cells(); len(got) != len(OutColumns) || got[0] != "02/BC-BDT" || got[4] != "Ủy ban nhân dân tỉnh; Phòng Kế hoạch – Tổng hợp" || got[5] != "VT, CS" {
			d.Errorf("cells %q", got)
		}
	})
}

func TestYearsEnd(t *testing.T) { // T12
	t.Parallel()
	each(t, "2026-12-31 16:00", func(d *desk) {
		d.number(paper{})
		id := d.signed(paper{})
		d.clock.Set(d.T, "2027-01-04 08:00")
		var x Document
		d.do("lan", func(a *journal.Act) (err error) { x, err = Number(a, id, Numbering{}); return err })
		if x.Label != "01/BC-BDT" || x.Day != d.clock.Today() || x.Year != 2027 {
			d.Errorf("numbered %s of %s", x.Label, x.Day)
		}
	})
}

func TestVerifyFindsDamage(t *testing.T) {
	t.Parallel()
	each(t, "2026-11-23 08:00", func(d *desk) {
		x := d.issued(paper{})
		said := func() string {
			var all []string
			if err := errors.Join(Check(d.r(), d.agency, func(s string) { all = append(all, s) }), series.Check(d.r(), d.agency, func(s string) { all = append(all, s) })); err != nil {
				d.Fatal(err)
			}
			return strings.Join(all, "\n")
		}
		raw := func(q string) {
			d.do("son", func(a *journal.Act) error { _, err := a.Tx.Exec(fmt.Sprintf(q, x.ID)); return err })
		}
		for _, c := range []struct{ do, undo, words string }{
			{"UPDATE outgoing_document SET state = 'sealed' WHERE id = %d", "UPDATE outgoing_document SET state = 'issued' WHERE id = %d", "trạng thái là “Đã đóng dấu, chờ phát hành”"},
			{"UPDATE outgoing_document SET day = '2026-11-22' WHERE id = %d", "UPDATE outgoing_document SET day = '2026-11-23' WHERE id = %d", "số, ngày hoặc dự thảo khác"},
			{"UPDATE outgoing_recipient SET state = 'failed' WHERE document = %d AND ordinal = 1", "UPDATE outgoing_recipient SET state = 'queued' WHERE document = %d AND ordinal = 1", "nơi nhận thứ 1"},
			{"UPDATE series_slot SET number = 9 WHERE subject = 'outgoing/%d'", "UPDATE series_slot SET number = 1 WHERE subject = 'outgoing/%d'", "thiếu số 01"},
		} {
			raw(c.do)
			if s := said(); !strings.Contains(s, c.words) {
				d.Errorf("%s:\nverify says %q", c.do, s)
			}
			raw(c.undo)
		}
	})
}

func TestTheClerkIsReminded(t *testing.T) { // T18
	t.Parallel()
	each(t, "2026-11-20 16:00", func(d *desk) { // a Friday
		d.signed(paper{})
		d.number(paper{signed: Digital})
		d.clock.Set(d.T, "2026-11-23 07:00")
		for range 2 {
			if err := Remind(context.Background(), d.book, d.agency); err != nil {
				d.Fatal(err)
			}
		}
		all, err := notice.List(d.r(), d.agency, d.who["lan"].Person, 0, 10)
		if err != nil || len(all) != 2 {
			d.Fatalf("%d notices, %v", len(all), err)
		}
		text := all[0].Text + all[1].Text
		for _, want := range []string{"Hạn phát hành 17:30 23/11/2026: “Kết quả", "Hạn phát hành 11:30 23/11/2026: 01/BC-BDT"} {
			if !strings.Contains(text, want) {
				d.Errorf("%q is missing in %q", want, text)
			}
		}
	})
}
