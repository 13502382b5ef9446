// SPDX-License-Identifier: Apache-2.0

package outgoing

import (
	"context"
	"testing"

	"soviec/kit/civil"
	"soviec/kit/journal"
	"soviec/office/notice"
	"soviec/office/org/orgtest"
)

// The kept copy is lent once at a time, comes back late, and the printed line stays.
func TestLendingAndTheBookOfKeptCopies(t *testing.T) {
	t.Parallel()
	each(t, "2026-11-16 08:00", func(d *desk) {
		numbered, x := d.number(paper{}), d.issued(paper{kind: "CV"})
		minh, hai := d.who["minh"].Person, d.who["hai"].Person
		use := Use{Document: x.ID, Borrower: hai, Purpose: "Đối chiếu số liệu", DueOn: civil.MustParse("2026-11-18"), AllowedBy: minh, Dossier: "01.CSDT"}
		lend := func(u Use) error {
			return d.try("lan", func(a *journal.Act) error { return LendKept(a, u) })
		}
		d.refused(d.try("hai", func(a *journal.Act) error { return LendKept(a, use) }), "không có quyền")
		for words, change := range map[string]func(*Use){
			"họ tên":                   func(u *Use) { u.Borrower = 0 },
			"mục đích":                 func(u *Use) { u.Purpose = "" },
			"ngày hẹn trả":             func(u *Use) { u.DueOn = 0 },
			"không được trước hôm nay": func(u *Use) { u.DueOn = civil.MustParse("2026-11-15") },
			"không quá 90 ngày":        func(u *Use) { u.DueOn = civil.MustParse("2027-06-01") },
			"lãnh đạo cơ quan":         func(u *Use) { u.AllowedBy = hai },
			"không tự cho phép":        func(u *Use) { u.Borrower = minh },
			"không được sau hôm nay":   func(u *Use) { u.On = civil.MustParse("2026-11-17") },
			"đang ở trạng thái":        func(u *Use) { u.Document = numbered.ID },
		} {
			u := use
			change(&u)
			d.refused(lend(u), words)
		}
		if err := lend(use); err != nil {
			d.Fatal(err)
		}
		d.refused(lend(use), "đang do Lý Thanh Hải sử dụng")
		all, err := UsesOf(d.r(), d.agency, x.ID)
		if err != nil || len(all) != 1 || all[0].Over(civil.MustParse("2026-11-18")) || !all[0].Over(civil.MustParse("2026-11-19")) {
			d.Fatalf("loans %+v, %v", all, err)
		}
		d.refused(d.try("lan", func(a *journal.Act) error { return MarkDaysPrinted(a, BookUse, d.clock.Today()) }), "trước hôm nay")
		d.clock.Set(d.T, "2026-11-19 08:00")
		if err := Remind(context.Background(), d.book, d.agency); err != nil {
			d.Fatal(err)
		}
		for who, want := range map[string]int{"lan": 1, "hai": 1, "xuan": 0} {
			told, err := notice.List(d.r(), d.agency, d.who[who].Person, 0, 20)
			if err != nil {
				d.Fatal(err)
			}
			n := 0
			for _, x := range told {
				if x.Kind == KeptLate {
					n++
				}
			}
			if n != want {
				d.Errorf("%s was told %d times of the late copy", who, n)
			}
		}
		d.refused(d.try("lan", func(a *journal.Act) error { return MarkDaysPrinted(a, "none", civil.MustParse("2026-11-18")) }), "chọn sổ")
		d.refused(d.try("hai", func(a *journal.Act) error { return MarkDaysPrinted(a, BookUse, civil.MustParse("2026-11-18")) }), "không có quyền")
		d.do("lan", func(a *journal.Act) error { return MarkDaysPrinted(a, BookUse, civil.MustParse("2026-11-18")) })
		d.refused(d.try("lan", func(a *journal.Act) error { return MarkDaysPrinted(a, BookUse, civil.MustParse("2026-11-18")) }), "đến hết ngày 18/11/2026")
		d.clock.Set(d.T, "2026-11-19 09:00")
		d.refused(d.try("lan", func(a *journal.Act) error { return ReturnKept(a, numbered.ID, all[0].ID) }), "không có trong sổ")
		d.do("lan", func(a *journal.Act) error { return ReturnKept(a, x.ID, all[0].ID) })
		d.refused(d.try("lan", func(a *journal.Act) error { return ReturnKept(a, x.ID, all[0].ID) }), "đã trả")
		back := use
		back.On, back.DueOn = civil.MustParse("2026-11-17"), civil.MustParse("2026-11-20")
		d.refused(lend(back), "Sổ đã in và khóa đến hết ngày 18/11/2026")
		d.refused(d.try("lan", func(a *journal.Act) error { return CorrectLine(a, BookUse, 5, "Ghi nhầm người") }), "Không có dòng này")
		d.refused(d.try("hai", func(a *journal.Act) error { return CorrectLine(a, BookUse, all[0].ID, "Ghi nhầm người") }), "không có quyền")
		d.do("lan", func(a *journal.Act) error { return CorrectLine(a, BookUse, all[0].ID, "Hồ sơ số 02.CSDT") })
		var lines []DayLine
		for l, err := range DayLines(d.r(), orgtest.Directory(d.T, d.book, d.agency), BookUse, civil.MustParse("2026-01-01"), civil.MustParse("2026-12-31")) {
			if err != nil {
				d.Fatal(err)
			}
			lines = append(lines, l)
		}
		if len(lines) != 1 || !lines[0].Printed || lines[0].Cells[6] != "" || len(lines[0].Cells) != len(UseColumns) {
			d.Fatalf("the book is %+v", lines)
		}
		if l := lines[0]; len(l.Later) != 2 || l.Later[0].Text != "đã trả ngày 19/11/2026" || l.Later[1].Text != "Hồ sơ số 02.CSDT" || l.Cells[1] != "Lý Thanh Hải" || l.Cells[8] != "Đối chiếu số liệu; hẹn trả 18/11/2026" {
			d.Errorf("the line is %+v", l)
		}
	})
}

// The book of what was posted takes no line of days that are printed, and is read page by page.
func TestTheBookOfThePostIsLocked(t *testing.T) {
	t.Parallel()
	each(t, "2026-11-16 08:00", func(d *desk) {
		dir := orgtest.Directory(d.T, d.book, d.agency)
		for range 3 {
			x := d.issued(paper{})
			d.do("lan", func(a *journal.Act) error { return Post(a, x.ID, Posting{Envelopes: 1}, []int{1}) })
		}
		year := func(after DayLine, limit int) []DayLine {
			lines, err := DayLinesPage(d.r(), dir, BookPost, civil.MustParse("2026-01-01"), civil.MustParse("2026-12-31"), after, limit)
			if err != nil {
				d.Fatal(err)
			}
			return lines
		}
		first := year(DayLine{}, 2)
		if rest := year(first[1], 2); len(first) != 2 || len(rest) != 1 || rest[0].Document.Label != "03/BC-BDT" {
			d.Errorf("pages %+v, %+v", first, rest)
		}
		d.clock.Set(d.T, "2026-11-17 08:00")
		x := d.issued(paper{})
		d.do("lan", func(a *journal.Act) error { return MarkDaysPrinted(a, BookPost, civil.MustParse("2026-11-16")) })
		d.refused(d.try("lan", func(a *journal.Act) error {
			return Post(a, x.ID, Posting{On: civil.MustParse("2026-11-16"), Envelopes: 1}, []int{1})
		}), "Sổ đã in và khóa")
		d.do("lan", func(a *journal.Act) error { return Post(a, x.ID, Posting{Envelopes: 1}, []int{1}) })
		if lines := year(DayLine{}, 9); len(lines) != 4 || !lines[2].Printed || lines[3].Printed {
			d.Errorf("lines %+v", lines)
		}
	})
}
