// SPDX-License-Identifier: Apache-2.0

package series

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"soviec/kit/civil"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/kit/store/storetest"
	"soviec/office/org"
	"soviec/office/org/orgtest"
)

// A desk is the model office on one engine.
type desk struct {
	*testing.T
	book   *journal.Book
	clock  *orgtest.Clock
	agency int64
	who    map[string]journal.Holder
	seq    int
}

func each(t *testing.T, moment string, f func(d *desk)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := &desk{T: t}
		d.book, d.clock = orgtest.Book(t, db, moment)
		d.agency, d.who = orgtest.Found(t, d.book)
		f(d)
	})
}

func (d *desk) r() store.Reader { return d.book.DB.Read(context.Background()) }

func (d *desk) try(who string, f func(*journal.Act) error) error {
	return d.book.Do(context.Background(), d.who[who], f)
}

func (d *desk) do(who string, f func(*journal.Act) error) {
	d.Helper()
	if err := d.try(who, f); err != nil {
		d.Fatal(err)
	}
}

func (d *desk) unit(short string) int64 { return orgtest.Unit(d.T, d.book, d.agency, short).ID }

var (
	decision = Kind{"QĐ", "QĐ"}
	report   = Kind{"BC", "BC"}
	letter   = Kind{"CV", ""}
)

// ask asks for a number of a kind, for a paper of its own.
func (d *desk) ask(k Kind) Ask {
	d.seq++
	return Ask{Direction: Out, Kind: k, Unit: d.unit("VP"), Subject: fmt.Sprintf("paper/%d", d.seq)}
}

func (d *desk) take(q Ask) (s Slot, err error) {
	err = d.try("lan", func(a *journal.Act) error { s, err = Take(a, q); return err })
	return s, err
}

func (d *desk) taken(q Ask) Slot {
	d.Helper()
	s, err := d.take(q)
	if err != nil {
		d.Fatal(err)
	}
	return s
}

func (d *desk) label(want string, q Ask) Slot {
	d.Helper()
	s := d.taken(q)
	if s.Label != want {
		d.Errorf("number is %s, want %s", s.Label, want)
	}
	return s
}

func (d *desk) refused(err error, words string) {
	d.Helper()
	if err == nil || !strings.Contains(err.Error(), words) {
		d.Errorf("error is %v, want one that says %q", err, words)
	}
}

func (d *desk) sound() {
	d.Helper()
	if err := Check(d.r(), d.agency, func(s string) { d.Error(s) }); err != nil {
		d.Error(err)
	}
}

func TestNotation(t *testing.T) { // T1, T2, T3, T13
	t.Parallel()
	each(t, "2026-01-05 08:00", func(d *desk) {
		d.label("01/QĐ-BDT", d.ask(decision))
		for range 8 {
			d.taken(d.ask(decision))
		}
		d.label("10/QĐ-BDT", d.ask(decision))
		for range 6 {
			d.taken(d.ask(report))
		}
		d.label("07/BDT-VP", d.ask(letter)) // in mixed mode công văn runs with the reports
		d.label("08/BC-BDT", d.ask(report))
		for i, k := range []string{"SY", "SL", "TrS"} {
			d.label(fmt.Sprintf("%02d/%s-BDT", i+1, k), Ask{Direction: Copy, Kind: Kind{k, k}, Subject: "copy/" + k})
		}
		var body int64
		d.do("minh", func(a *journal.Act) (err error) {
			body, err = OpenBody(a, Council{Name: "Hội đồng Thi đua – Khen thưởng", Abbr: "HĐTĐKT"})
			return err
		})
		q := d.ask(decision)
		q.Direction, q.Body = Body, body
		d.label("01/QĐ-HĐTĐKT", q)
		_, err := d.take(Ask{Direction: Out, Kind: letter, Subject: "paper/x"})
		d.refused(err, "đơn vị soạn thảo")
		d.refused(d.try("hai", func(a *journal.Act) error { _, err := Take(a, d.ask(report)); return err }), "không có quyền")
		d.sound()
	})
}

func TestHundred(t *testing.T) {
	if Text(9) != "09" || Text(10) != "10" || Text(100) != "100" {
		t.Error("numbers below ten have a leading zero, others none")
	}
}

func TestOrderAndGaps(t *testing.T) { // T8, T9, T11
	t.Parallel()
	each(t, "2026-02-05 08:00", func(d *desk) {
		first := d.taken(d.ask(report))
		q := d.ask(report)
		q.Day = civil.MustParse("2026-02-03")
		_, err := d.take(q)
		var back *Backdate
		if !errors.As(err, &back) || back.Last != d.clock.Today() {
			d.Errorf("a date before the last is refused with %v", err)
		}
		fail := errors.New("the act fails")
		if err := d.try("lan", func(a *journal.Act) error { _, err := Take(a, d.ask(report)); return errors.Join(err, fail) }); !errors.Is(err, fail) {
			d.Fatal(err)
		}
		second := d.label("02/BC-BDT", d.ask(report)) // T8: what failed gave its number back
		third := d.taken(d.ask(report))
		d.do("minh", func(a *journal.Act) error {
			if err := org.May(a, org.DecideVoid, org.Target{}); err != nil {
				return err
			}
			_, err := Void(a, second.ID, "Phát hành nhầm loại")
			return err
		})
		q = d.ask(report)
		q.Again = true
		_, err = d.take(q)
		d.refused(err, "số lớn nhất") // T11
		d.label("04/BC-BDT", d.ask(report))
		_, _ = first, third
		d.sound()
	})
}

func TestReuseOfTheLast(t *testing.T) {
	t.Parallel()
	each(t, "2026-02-05 08:00", func(d *desk) {
		void := func(s Slot) {
			d.do("minh", func(a *journal.Act) error {
				if err := org.May(a, org.DecideVoid, org.Target{}); err != nil {
					return err
				}
				_, err := Void(a, s.ID, "Văn bản không phát hành")
				return err
			})
		}
		s := d.taken(d.ask(report))
		void(s)
		q := d.ask(report)
		q.Again = true
		if again := d.label("01/BC-BDT", q); again.ID != s.ID {
			d.Error("another slot")
		}
		s = d.taken(d.ask(report))
		d.do("lan", func(a *journal.Act) error {
			if err := org.May(a, org.SendOut, org.Target{}); err != nil {
				return err
			}
			return MarkOut(a, s.ID)
		})
		void(s)
		q = d.ask(report)
		q.Again = true
		_, err := d.take(q)
		d.refused(err, "chưa ra khỏi cơ quan")
		d.sound()
	})
}

func TestInsert(t *testing.T) { // T10
	t.Parallel()
	each(t, "2026-03-02 08:00", func(d *desk) {
		var base Slot
		for range 15 {
			base = d.taken(d.ask(decision))
		}
		d.clock.Set(d.T, "2026-03-06 08:00")
		d.label("16/QĐ-BDT", d.ask(decision))
		insert := func(who, suffix, day, why string) (s Slot, err error) {
			err = d.try(who, func(a *journal.Act) error {
				s, err = Insert(a, base.ID, suffix, civil.MustParse(day), why)
				return err
			})
			return s, err
		}
		const why = "Quyết định ký ngày 04/3 chuyển văn thư muộn"
		_, err := insert("lan", "a", "2026-03-04", why)
		d.refused(err, "không có quyền")
		_, err = insert("minh", "a", "2026-03-04", "")
		d.refused(err, "lý do")
		_, err = insert("minh", "a", "2026-03-01", why)
		d.refused(err, "từ 02/03/2026 đến 06/03/2026")
		_, err = insert("minh", "a", "2026-03-07", why)
		d.refused(err, "từ 02/03/2026 đến 06/03/2026")
		_, err = insert("minh", "A1", "2026-03-04", why)
		d.refused(err, "Số phụ là")
		s, err := insert("minh", "a", "2026-03-04", why)
		if err != nil {
			d.Fatal(err)
		}
		_, err = insert("minh", "a", "2026-03-04", why)
		d.refused(err, "đã có")
		_, err = insert("minh", "b", "2026-03-03", why)
		d.refused(err, "từ 04/03/2026")
		q := d.ask(report)
		q.Slot = s.ID
		_, err = d.take(q)
		d.refused(err, "dãy số khác")
		q = d.ask(decision)
		q.Slot = s.ID
		if got := d.label("15a/QĐ-BDT", q); got.Day != civil.MustParse("2026-03-04") {
			d.Errorf("its day is %s", got.Day)
		}
		d.label("17/QĐ-BDT", d.ask(decision))
		rows, err := Examine(d.r(), d.agency, 2026)
		if err != nil || len(rows) != 1 || rows[0].Inserted != 1 || rows[0].Months[3] != 1 || len(rows[0].Missing) > 0 || len(rows[0].Backwards) > 0 {
			d.Errorf("R7 says %+v, %v", rows, err)
		}
		var order []string
		if err := eachSlot(d.r(), d.agency, 2026, func(s Slot) { order = append(order, s.Text()) }); err != nil {
			d.Fatal(err)
		}
		if got := strings.Join(order[14:17], " "); got != "15 15a 16" {
			d.Errorf("the register's order is %s", got)
		}
		d.sound()
	})
}

func TestReserve(t *testing.T) {
	t.Parallel()
	each(t, "2026-11-20 15:00", func(d *desk) { // a Friday
		keep := func() (s Slot) {
			d.do("lan", func(a *journal.Act) (err error) {
				s, err = Reserve(a, d.ask(report), "Báo cáo trình chiều nay")
				return err
			})
			return s
		}
		s, lost := keep(), keep()
		if got := civil.TimeVN(s.Until); got != civil.TimeVN(civil.At(civil.MustParse("2026-11-23"), 17, 30)) {
			d.Errorf("it is kept until %s", got)
		}
		d.label("03/BC-BDT", d.ask(report))
		d.clock.Set(d.T, "2026-11-23 16:00")
		q := d.ask(report)
		q.Slot, q.Day = s.ID, civil.MustParse("2026-11-23")
		_, err := d.take(q)
		d.refused(err, "từ 01/01/2026 đến 20/11/2026") // number 03 is of the 20th
		q.Day = 0
		if got := d.label("01/BC-BDT", q); got.Day != civil.MustParse("2026-11-20") {
			d.Errorf("its day is %s", got.Day)
		}
		q = d.ask(report)
		q.Slot = s.ID
		_, err = d.take(q)
		d.refused(err, "không còn được giữ")
		d.clock.Set(d.T, "2026-11-25 09:00")
		q.Slot = lost.ID
		_, err = d.take(q)
		d.refused(err, "chỉ được giữ đến")
		for range 2 { // late, and twice
			if err := Expire(context.Background(), d.book, d.agency); err != nil {
				d.Fatal(err)
			}
		}
		if s, err := SlotOf(d.r(), d.agency, lost.ID); err != nil || s.State != StateVoid || !strings.HasPrefix(s.Reason, "Hết hạn giữ số") {
			d.Errorf("the number not used is %+v, %v", s, err)
		}
		d.label("04/BC-BDT", d.ask(report))
		d.sound()
	})
}

func TestYearAndModes(t *testing.T) { // T12
	t.Parallel()
	each(t, "2026-12-31 16:00", func(d *desk) {
		d.label("01/BC-BDT", d.ask(report))
		mode := func(year int, m Mode, apart ...string) error {
			return d.try("minh", func(a *journal.Act) error { return SetMode(a, year, m, apart) })
		}
		d.refused(mode(2026, Common), "chỉ đổi từ ngày 01/01/2027")
		d.refused(mode(2027, Mixed), "ít nhất một loại")
		if err := mode(2027, Separate); err != nil {
			d.Fatal(err)
		}
		d.label("02/BDT-VP", d.ask(letter)) // 2026 stays mixed
		d.clock.Set(d.T, "2027-01-04 08:00")
		q := d.ask(report)
		q.Day = civil.MustParse("2026-12-31")
		_, err := d.take(q)
		d.refused(err, "Năm 2026 đã hết")
		s := d.label("01/BC-BDT", d.ask(report))
		if s.Day != d.clock.Today() || s.Year != 2027 {
			d.Errorf("dated %s", s.Day)
		}
		d.label("01/BDT-VP", d.ask(letter))
		rows, err := Examine(d.r(), d.agency, 2026)
		if err != nil {
			d.Fatal(err)
		}
		d.do("lan", func(a *journal.Act) error { return Close(a, rows[0].Series.ID) })
		rows, err = Examine(d.r(), d.agency, 2027)
		if err != nil {
			d.Fatal(err)
		}
		d.refused(d.try("lan", func(a *journal.Act) error { return Close(a, rows[0].Series.ID) }), "chỉ khóa được khi năm")
		d.sound()
	})
}

func TestBeginMidYear(t *testing.T) {
	t.Parallel()
	each(t, "2026-07-01 08:00", func(d *desk) {
		begin := func(start int64) error {
			return d.try("minh", func(a *journal.Act) error {
				return Begin(a, d.ask(report), start, civil.MustParse("2026-06-30"), "Sổ giấy quyển 2, trang 41, đã đối chiếu", "")
			})
		}
		if err := begin(413); err != nil {
			d.Fatal(err)
		}
		d.label("413/BC-BDT", d.ask(report))
		d.refused(begin(500), "đã bắt đầu")
		d.sound()
	})
}

func TestKeyGivesTheSame(t *testing.T) {
	t.Parallel()
	each(t, "2026-07-01 08:00", func(d *desk) {
		q := d.ask(report)
		q.Key = "draft/7"
		var wg sync.WaitGroup
		got := make([]Slot, 6)
		for i := range got {
			wg.Add(1)
			go func() {
				defer wg.Done()
				if err := d.try([]string{"lan", "thu"}[i%2], func(a *journal.Act) (err error) { got[i], err = Take(a, q); return err }); err != nil {
					d.Error(err)
				}
			}()
		}
		wg.Wait()
		for _, s := range got {
			if s.ID != got[0].ID || s.Number != 1 {
				d.Errorf("the same asking got %s and %s", got[0].Label, s.Label)
			}
		}
		d.label("02/BC-BDT", d.ask(report))
		d.sound()
	})
}

func TestMergedUnitAndRenamedAgency(t *testing.T) { // T31
	t.Parallel()
	each(t, "2026-05-31 08:00", func(d *desk) {
		cs, khth := d.unit("CS"), d.unit("KHTH")
		q := d.ask(letter)
		q.Unit = cs
		d.label("01/BDT-CS", q)
		d.do("son", func(a *journal.Act) error {
			_, err := org.Merge(a, org.Merging{From: []int64{cs, khth}, New: org.NewUnit{Name: "Phòng Chính sách – Kế hoạch", Short: "CSKH", Kind: "division"},
				Day: civil.MustParse("2026-06-01"), Basis: "Quyết định 20/QĐ-UBND"})
			return err
		})
		q = d.ask(letter)
		q.Unit = cs
		d.label("02/BDT-CS", q) // still the day before
		d.clock.Set(d.T, "2026-06-01 08:00")
		q = d.ask(letter)
		q.Unit = cs
		d.label("03/BDT-CSKH", q)
		abbr := func(from string, afresh bool, text string) error {
			return d.try("minh", func(a *journal.Act) error {
				return SetAbbr(a, 0, text, civil.MustParse(from), afresh, "Quyết định 30/QĐ-UBND đổi tên")
			})
		}
		d.refused(abbr("2026-05-01", false, "SDT"), "từ hôm nay trở đi")
		if err := abbr("2026-06-15", false, "SDT"); err != nil {
			d.Fatal(err)
		}
		d.label("04/BC-BDT", d.ask(report))
		d.clock.Set(d.T, "2026-06-15 08:00")
		d.label("05/BC-SDT", d.ask(report)) // renamed: the numbers go on
		if err := abbr("2026-07-01", true, "SDTTG"); err != nil {
			d.Fatal(err)
		}
		d.clock.Set(d.T, "2026-07-01 08:00")
		d.label("01/BC-SDTTG", d.ask(report)) // a new legal person
		d.sound()
	})
}
