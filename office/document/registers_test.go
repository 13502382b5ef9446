// SPDX-License-Identifier: Apache-2.0

package document

import (
	"strings"
	"testing"
	"time"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/org/orgtest"
	"soviec/office/task"
)

func (d *desk) lines(register int64, s Span) []Line {
	d.Helper()
	var out []Line
	for l, err := range Lines(d.r(), orgtest.Directory(d, d.book, d.agency), d.agency, register, s) {
		if err != nil {
			d.Fatal(err)
		}
		out = append(out, l)
	}
	return out
}

// A printed register keeps what was printed; what came later stands beside it.
func TestPrintedRegisterIsFrozen(t *testing.T) {
	t.Parallel()
	each(t, func(d *desk) {
		in := d.letter()
		in.Subject, in.Note = "Trích yếu lúc in", "Kèm 01 phụ lục"
		one, two, three := d.register(in), d.register(d.letter()), d.register(d.letter())
		d.refused("lan", fault.KindInvalid, "chưa có số", func(a *journal.Act) error { return MarkPrinted(a, one.Register, 2026, 4) })
		d.do("lan", func(a *journal.Act) error { return MarkPrinted(a, one.Register, 2026, 2) })
		d.refused("lan", fault.KindConflict, "đến số 2", func(a *journal.Act) error { return MarkPrinted(a, one.Register, 2026, 2) })
		d.clock.Add(24 * time.Hour)
		fix := func(doc Incoming, in Arrival) {
			d.Helper()
			d.do("lan", func(a *journal.Act) error { _, err := Correct(a, doc.ID, d.get(doc.ID).Version, in); return err })
		}
		in.Subject = "Trích yếu sửa lần một"
		fix(one, in)
		in.Subject, in.Urgency, in.DueOn = "Trích yếu sửa lần hai", 1, d.clock.Today().AddDays(5)
		fix(one, in)
		after := d.letter()
		after.Subject = "Sửa trước khi in"
		fix(three, after)
		d.do("lan", func(a *journal.Act) error { return AskVoid(a, two.ID, "Vào sổ hai lần") })
		d.do("minh", func(a *journal.Act) error { return DecideVoid(a, two.ID, true, "") })

		lines := d.lines(one.Register, SpanOfYear(2026))
		if len(lines) != 3 {
			d.Fatal(lines)
		}
		if got := lines[0].ArrivalCells(); got[5] != "Công văn: Trích yếu lúc in" || got[9] != "Kèm 01 phụ lục" || got[0] != "02/11/2026" || got[1] != "1" {
			d.Errorf("the printed row shows %q", got)
		}
		var later []string
		for _, x := range lines[0].Later {
			later = append(later, x.On.ShortVN()+" "+x.Text)
		}
		want := "03/11 sửa trích yếu thành “Trích yếu sửa lần một”|03/11 sửa trích yếu thành “Trích yếu sửa lần hai”|03/11 sửa độ khẩn thành “Khẩn”|03/11 sửa hạn ghi trên văn bản thành “08/11/2026”"
		if got := strings.Join(later, "|"); got != want {
			d.Errorf("later: %s\nwant: %s", got, want)
		}
		if l := lines[1]; !l.Void || l.Note != "" || len(l.Later) != 1 || !strings.Contains(l.Later[0].Text, "Hủy số – Vào sổ hai lần – Hoàng Văn Minh – 03/11/2026") {
			d.Errorf("the voided row: %+v", l)
		}
		if l := lines[2]; l.Document.Subject != "Sửa trước khi in" || len(l.Later) != 0 {
			d.Errorf("what is not printed is simply corrected: %+v", l)
		}
		if n, at, err := PrintedUpTo(d.r(), one.Register, 2026); err != nil || n != 2 || civil.Of(at) != civil.MustParse("2026-11-02") {
			d.Error(n, at, err)
		}
		d.check()
	})
}

func TestFollowUpBook(t *testing.T) {
	t.Parallel()
	each(t, func(d *desk) {
		today := d.clock.Today()
		late := d.directed(d.letter(), "CS", today.AddDays(2))
		done := d.directed(d.letter(), "KHTH", today.AddDays(2))
		none := d.letter()
		none.NumberRaw, none.Type, none.IssuerName = "", "ĐƠN", "Công dân xã Cô Ba"
		d.register(none)
		d.do("xuan", func(a *journal.Act) error { return task.See(a, d.lead(done).ID) })
		d.do("xuan", func(a *journal.Act) error {
			return task.Report(a, d.lead(done).ID, "Đã trả lời.", "600/BDT-KHTH")
		})
		d.do("thang", func(a *journal.Act) error { return task.Confirm(a, d.lead(done).ID, "") })
		d.clock.Add(7 * 24 * time.Hour) // Monday 9 November
		cal := orgtest.Directory(d, d.book, d.agency).Calendar
		lines := d.lines(late.Register, SpanOfMonth(2026, time.November))
		want := [][]string{
			{"1", "Công văn số 1001/UBND-VX, ngày 30/10/2026, Ủy ban nhân dân tỉnh Cao Bằng", "Phòng Chính sách Dân tộc", "04/11/2026", "Đã phân phối, quá hạn 3 ngày làm việc", "", ""},
			{"2", "Công văn số 1002/UBND-VX, ngày 30/10/2026, Ủy ban nhân dân tỉnh Cao Bằng", "Phòng Kế hoạch – Tổng hợp", "04/11/2026", "Hoàn thành ngày 02/11/2026", "600/BDT-KHTH", ""},
			{"3", "Đơn không số, ngày 30/10/2026, Công dân xã Cô Ba", "", "", "Đã vào sổ", "", ""},
		}
		for i, l := range lines {
			if got := l.FollowCells(cal, d.clock.Now()); strings.Join(got, "|") != strings.Join(want[i], "|") {
				d.Errorf("row %d\n got %q\nwant %q", i, got, want[i])
			}
		}
		if got := lines[1].Receipt(); !strings.HasPrefix(got, "Hoàng Thị Xuân, 08:00 02/11/2026") {
			d.Errorf("ký nhận %q", got)
		}
		if len(lines[0].ArrivalCells()) != len(ArrivalColumns) || len(want[0]) != len(FollowColumns) {
			d.Error("cells and columns differ")
		}
	})
}

func TestSpans(t *testing.T) {
	t.Parallel()
	each(t, func(d *desk) {
		in := d.letter()
		var register int64
		for _, day := range []string{"2026-01-05", "2026-03-31", "2026-04-01", "2026-06-30", "2026-07-01", "2026-11-02"} {
			d.clock.Set(d, day+" 09:00")
			in = d.letter()
			register = d.register(in).Register
		}
		for _, c := range []struct {
			span Span
			want int
			from int64
		}{
			{SpanOfYear(2026), 6, 1}, {SpanOfQuarter(2026, 1), 2, 1}, {SpanOfQuarter(2026, 2), 2, 3}, {SpanOfMonth(2026, 7), 1, 5},
			{SpanOfDay(civil.MustParse("2026-06-30")), 1, 4}, {SpanOfNumbers(2026, 2, 4), 3, 2}, {SpanOfYear(2025), 0, 0},
		} {
			got := d.lines(register, c.span)
			b, err := BoundsOf(d.r(), d.agency, register, c.span)
			if err != nil || len(got) != c.want || b.Count != int64(c.want) || b.First != c.from {
				d.Errorf("%+v: %d lines, bounds %+v, %v", c.span, len(got), b, err)
			}
		}
	})
}

// A register of more than a page is read whole and in order.
func TestLinesGoOverPages(t *testing.T) {
	t.Parallel()
	each(t, func(d *desk) {
		rep := d.takeOver(pastRows(2*linesPage+3, 2024))
		if rep.Lines != 2*linesPage+3 {
			d.Fatal(rep)
		}
		var register int64
		books, _ := Books(d.r(), d.agency)
		register = books[0].ID
		for i, l := range d.lines(register, SpanOfYear(2024)) {
			if l.Document.Number != int64(i+1) {
				d.Fatalf("line %d has number %d", i, l.Document.Number)
			}
		}
	})
}

func TestBeginInMidYear(t *testing.T) {
	t.Parallel()
	each(t, func(d *desk) {
		books, _ := Books(d.r(), d.agency)
		d.do("minh", func(a *journal.Act) error { return BeginAt(a, books[0].ID, 2026, 413) })
		if doc := d.register(d.letter()); doc.Number != 413 {
			d.Errorf("the first number is %d", doc.Number)
		}
		d.refused("minh", fault.KindConflict, "đã cấp số", func(a *journal.Act) error { return BeginAt(a, books[0].ID, 2026, 500) })
		d.check()
	})
}
