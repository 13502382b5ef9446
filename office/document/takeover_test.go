// SPDX-License-Identifier: Apache-2.0

package document

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/find"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/kit/store/storetest"
	"soviec/office/org/orgtest"
	"soviec/office/task"
)

var pastColumns = map[string]int{"arrival_no": 0, "arrival_on": 1, "issuer": 2, "number": 3, "issued_on": 4, "type": 5, "subject": 6, "unit": 7, "due_on": 8, "done_on": 9, "note": 10}

// pastRows is a register of a year as another system wrote it.
func pastRows(n, year int) Batch {
	in := Batch{Name: fmt.Sprintf("so-den-%d.xlsx", year), Columns: pastColumns}
	units := []string{"Phòng Chính sách Dân tộc", "KHTH", "Lý Thanh Hải", "Phòng Địa bàn cũ"}
	first := civil.New(year, 1, 2)
	for i := range n {
		day := first.AddDays(i * 360 / n)
		in.Rows = append(in.Rows, []string{strconv.Itoa(i + 1), day.VN(), "Sở số " + strconv.Itoa(i%40), fmt.Sprintf("%d/S%d-VP", i+1, i%40),
			day.AddDays(-2).VN(), "", fmt.Sprintf("Trích yếu số %d năm %d", i+1, year), units[i%4], day.AddDays(10).VN(), day.AddDays(i % 14).VN(), ""})
	}
	return in
}

func (d *desk) takeOver(in Batch) Report {
	d.Helper()
	rep, err := TakeOver(context.Background(), d.book, d.who["lan"], in, nil)
	if err != nil {
		d.Fatal(err, rep.Faults)
	}
	return rep
}

func TestTakeOver(t *testing.T) {
	t.Parallel()
	each(t, func(d *desk) {
		ctx := context.Background()
		in := pastRows(5000, 2025)
		in.Rows[4998][9] = "" // still open, with Lý Thanh Hải
		in.Rows[4999][9] = "" // still open, with a unit that nobody knows
		in.Rows = append(in.Rows[:411], in.Rows[412:]...)
		rep, err := Preview(ctx, d.book, d.agency, in)
		if err != nil || rep.FaultAll != 0 || rep.Lines != 4999 || rep.Working != 1 || rep.Loose != 1 || len(rep.Gaps) != 1 || rep.Gaps[0] != "Năm 2025: số 412 không có" {
			d.Fatalf("preview %+v %v", rep, err)
		}
		if len(rep.Remarks) != 1 || !strings.Contains(rep.Remarks[0], "Phòng Địa bàn cũ") {
			d.Errorf("remarks %q", rep.Remarks)
		}
		if n, _ := numbersOf(d.r(), d.first(), 2025); len(n) != 0 {
			d.Fatal("the preview kept something")
		}
		steps, last := 0, 0
		rep, err = TakeOver(ctx, d.book, d.who["lan"], in, func(done, total int) {
			if done < last || total != 4999 {
				d.Errorf("progress %d of %d after %d", done, total, last)
			}
			steps, last = steps+1, done
		})
		if err != nil || last != 4999 || steps < 5 {
			d.Fatalf("%v; progress ended at %d in %d steps", err, last, steps)
		}
		d.check()
		doc, err := ByNumber(d.r(), d.agency, d.reach("lan"), 2025, "", 1)
		if err != nil || doc.Batch != rep.Batch || doc.State != StateCompleted || doc.ToPlaces != "Phòng Chính sách Dân tộc" || doc.DoneOn.IsZero() || doc.Type != "CV" {
			d.Errorf("the first row is %+v, %v", doc, err)
		}
		if _, err := Get(d.r(), d.agency, d.reach("lam"), doc.ID); err != nil {
			d.Errorf("the head of its unit may not read it: %v", err)
		}
		if _, err := Get(d.r(), d.agency, d.reach("xuan"), doc.ID); !fault.Is(err, fault.KindNotFound) {
			d.Errorf("the head of another unit: %v", err)
		}
		if n := d.search("lan", "trich yeu so 4711 nam 2025"); n != 1 {
			d.Errorf("search finds %d", n)
		}
		open, err := ByNumber(d.r(), d.agency, d.reach("lan"), 2025, "", 4999)
		if err != nil || open.State != StateDistributed || open.Work == 0 {
			d.Fatalf("an open row is %+v, %v", open, err)
		}
		if w, err := task.Get(d.r(), d.agency, open.Work); err != nil || w.Lead().Holder != d.who["hai"].Person || w.Lead().OuterOn != open.DueOn {
			d.Errorf("its work is %+v, %v", w, err)
		}
		d.do("hai", func(a *journal.Act) error { return task.Start(a, d.lead(open).ID) })
		loose, _ := ByNumber(d.r(), d.agency, d.reach("lan"), 2025, "", 5000)
		d.do("thang", func(a *journal.Act) error {
			_, err := Direct(a, loose.ID, Directive{Lead: task.Assignee{Unit: d.unit("CS")}, Due: task.Due{On: d.clock.Today().AddDays(5)}})
			return err
		})
		fix := d.letter()
		fix.Subject, fix.IssuedOn = "Trích yếu sửa sau khi nhập", loose.IssuedOn
		d.do("lan", func(a *journal.Act) error { _, err := Correct(a, loose.ID, d.get(loose.ID).Version, fix); return err })
		d.check() // what was corrected lawfully does not break the batch's sum
		all, err := Batches(d.r(), d.agency)
		if err != nil || len(all) != 1 || all[0].Lines != 4999 || len(all[0].Gaps) != 1 {
			d.Errorf("%+v %v", all, err)
		}
		// The same again is doubles only, and nothing of it enters.
		rep, err = TakeOver(ctx, d.book, d.who["lan"], in, nil)
		if !errors.Is(err, ErrBatch) || len(rep.Doubles) != maxFaults || rep.FaultAll != 4999 || !strings.Contains(rep.Doubles[0], "đã có trong sổ") {
			d.Errorf("taken over twice: %v, %d doubles", err, len(rep.Doubles))
		}
		var entries int
		if err := d.r().QueryRow("SELECT COUNT(*) FROM journal_entry WHERE kind = $1", TakenOverRows).Scan(&entries); err != nil || entries != 12 {
			d.Errorf("%d entries for twelve months, %v", entries, err)
		}
	})
}

func (d *desk) first() int64 {
	id, err := firstRegister(d.r(), d.agency)
	if err != nil {
		d.Fatal(err)
	}
	return id
}

// The counter of the year goes on after the highest number taken over.
func TestTakeOverTheCurrentYear(t *testing.T) {
	t.Parallel()
	each(t, func(d *desk) {
		d.takeOver(pastRows(300, 2026).before(d.clock.Today()))
		n, _ := numbersOf(d.r(), d.first(), 2026)
		if doc := d.register(d.letter()); doc.Number != n[len(n)-1]+1 {
			d.Errorf("after %d comes %d", n[len(n)-1], doc.Number)
		}
		d.check()
	})
}

func (in Batch) before(day civil.Date) Batch {
	for i, row := range in.Rows {
		if d, _ := pastDay(row[1], 0); !d.Before(day.AddDays(-15)) {
			in.Rows = in.Rows[:i]
			break
		}
	}
	return in
}

// Every fault is named by its cell, and one fault keeps all rows out.
func TestTakeOverFaults(t *testing.T) {
	t.Parallel()
	each(t, func(d *desk) {
		ctx := context.Background()
		in := pastRows(1000, 2025)
		bad := func(row int, key, value string) {
			in.Rows[row] = append([]string(nil), in.Rows[row]...)
			in.Rows[row][pastColumns[key]] = value
		}
		bad(0, "arrival_no", "1a")
		bad(1, "arrival_on", "30/02/2025")
		bad(2, "subject", "")
		bad(3, "type", "Sắc lệnh")
		bad(4, "due_on", "01/01/2020")
		bad(5, "arrival_no", "7")
		bad(7, "issued_on", "01/01/2026")
		bad(8, "arrival_on", "02/12/2026")
		bad(8, "due_on", "")
		bad(8, "done_on", "")
		rep, err := TakeOver(ctx, d.book, d.who["lan"], in, nil)
		if !errors.Is(err, ErrBatch) || rep.FaultAll != 8 {
			d.Fatalf("%v %+v", err, rep.Faults)
		}
		for i, want := range []struct {
			row, col int
			words    string
		}{
			{2, 0, "số phụ"}, {3, 1, "không phải là ngày"}, {4, 6, "trích yếu"}, {5, 5, "Sắc lệnh"}, {6, 8, "trước ngày đến"}, {8, 0, "số 7 có hai dòng: 7, 8"},
			{9, 4, "sau ngày đến"}, {10, 1, "sau hôm nay"},
		} {
			if f := rep.Faults[i]; f.Row != want.row || f.Column != want.col || !strings.Contains(f.Text, want.words) {
				d.Errorf("fault %d: %+v, want %+v", i, f, want)
			}
		}
		if n, _ := numbersOf(d.r(), d.first(), 2025); len(n) != 0 {
			d.Errorf("%d rows entered", len(n))
		}
		if _, err := TakeOver(ctx, d.book, d.who["hai"], pastRows(3, 2025), nil); !fault.Is(err, fault.KindForbidden) {
			d.Errorf("an officer took over a register: %v", err)
		}
		short := pastRows(3, 2025)
		short.Columns = map[string]int{"subject": 6}
		if _, err := Preview(ctx, d.book, d.agency, short); len(fault.All(err)) != 3 {
			d.Errorf("missing columns: %v", err)
		}
	})
}

// A fault in the midst of writing leaves nothing behind.
func TestTakeOverIsAllOrNothing(t *testing.T) {
	t.Parallel()
	each(t, func(d *desk) {
		in := pastRows(1200, 2025)
		ctx, stop := context.WithCancel(context.Background())
		_, err := TakeOver(ctx, d.book, d.who["lan"], in, func(done, total int) {
			if done > total/2 {
				stop()
				panic("the program stops in the midst of it")
			}
		})
		if err == nil {
			d.Fatal("no error")
		}
		for _, table := range []string{"document_incoming", "document_issuer", "document_batch", "document_counter", "find_doc", "document_access"} {
			var n int
			if err := d.r().QueryRow("SELECT COUNT(*) FROM " + table).Scan(&n); err != nil || n != 0 {
				d.Errorf("%s holds %d rows, %v", table, n, err)
			}
		}
		stop()
		d.takeOver(in)
		d.check()
	})
}

// Identifiers made in one moment may begin again from below in the midst of a month.
func TestTakeOverWhileIdentifiersTurn(t *testing.T) {
	t.Parallel()
	each(t, func(d *desk) {
		const turn = 1 << 20
		for store.NewID(d.clock.Now())%turn < turn-500 {
		}
		in := pastRows(1000, 2025)
		d.takeOver(in)
		d.check()
	})
}

type folder map[string]Attachment

func (f folder) Has(name string) bool { _, ok := f[name]; return ok }
func (f folder) Put(_ context.Context, name string) (Attachment, error) {
	return f[name], nil
}

func TestTakeOverFiles(t *testing.T) {
	t.Parallel()
	each(t, func(d *desk) {
		in := pastRows(4, 2025)
		in.Columns = map[string]int{"files": 11, "result": 12}
		for k, v := range pastColumns {
			in.Columns[k] = v
		}
		names := []string{"1.pdf; 1-phu-luc.docx", "", "mat.pdf", "thieu.pdf"}
		for i := range in.Rows {
			in.Rows[i] = append(in.Rows[i], names[i], "Đã trả lời")
		}
		in.Folder = folder{"1.pdf": {Name: "1.pdf", MIME: "application/pdf", SHA: strings.Repeat("1", 64)},
			"1-phu-luc.docx": {Name: "1-phu-luc.docx", MIME: "x", SHA: strings.Repeat("2", 64)},
			"mat.pdf":        {Name: "mat.pdf", MIME: "application/pdf", SHA: strings.Repeat("3", 64), Secret: "MẬT"}}
		rep, err := TakeOver(context.Background(), d.book, d.who["lan"], in, nil)
		if !errors.Is(err, ErrBatch) || rep.FaultAll != 1 || !strings.Contains(rep.Faults[0].Text, "thieu.pdf") || rep.Faults[0].Column != 11 {
			d.Fatalf("%v %+v", err, rep.Faults)
		}
		in.Rows[3][11] = ""
		rep, err = TakeOver(context.Background(), d.book, d.who["lan"], in, nil)
		if !errors.Is(err, ErrBatch) || rep.FaultAll != 1 || !strings.Contains(rep.Faults[0].Text, "dấu chỉ độ mật") {
			d.Fatalf("%v %+v", err, rep.Faults)
		}
		in.Rows[2][11] = ""
		rep = d.takeOver(in)
		doc, _ := ByNumber(d.r(), d.agency, d.reach("lan"), 2025, "", 1)
		files, err := Files(d.r(), doc)
		if err != nil || len(files) != 2 || files[0].Kind != "main" || files[1].Kind != "enclosed" || rep.Files != 2 || doc.Note != "Kết quả: Đã trả lời" {
			d.Errorf("%+v %v %q", files, err, doc.Note)
		}
		d.check()
	})
}

func TestPastCells(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{"05/01/2019": "2019-01-05", "5.1.19": "2019-01-05", "2019-01-05": "2019-01-05", "5-1": "2019-01-05", "31/02/2019": "", "x": "", "32/01/2019": ""} {
		if got, _ := pastDay(s, 2019); got.String() != want {
			t.Errorf("%q: %s", s, got)
		}
	}
	for s, want := range map[string]int64{"12": 12, "0012": 12, "2.611": 2611, "12a": 0, "15 bis": 0, "": 0, "1,5": 0, "-3": 0, "99999999999": 0} {
		if got, why := pastNumber(s); got != want || (why == "") != (want > 0) {
			t.Errorf("%q: %d %q", s, got, why)
		}
	}
	for text, want := range map[string]string{"": "map[]", "2019:412-412,500-502;2020:1-3": "map[2019:[{412 412} {500 502}] 2020:[{1 3}]]"} {
		if got := fmt.Sprint(readGaps(text)); got != want {
			t.Errorf("%q: %s", text, got)
		}
	}
}

// BenchmarkTakeOver takes over 100,000 rows with search (SOVIEC_TAKEOVER=n for another number).
func BenchmarkTakeOver(b *testing.B) {
	n := 100_000
	if s := os.Getenv("SOVIEC_TAKEOVER"); s != "" {
		n, _ = strconv.Atoi(s)
	}
	run := func(b *testing.B, open func() *store.DB) {
		for b.Loop() {
			takeOverOnce(b, open(), n)
		}
	}
	b.Run("sqlite", func(b *testing.B) { run(b, func() *store.DB { return storetest.Open(b) }) })
}

func takeOverOnce(b *testing.B, db *store.DB, n int) {
	book, _ := orgtest.Book(b, db, "2026-11-02 08:00")
	agency, who := orgtest.Found(b, book)
	orgtest.Do(b, book, journal.Holder{Agency: agency, System: true}, Found)
	in := pastRows(n, 2025)
	finder := find.New(db)
	from := time.Now()
	if rep, err := TakeOver(context.Background(), book, who["lan"], in, nil); err != nil {
		b.Fatal(err, rep.Faults)
	}
	written := time.Since(from)
	if err := finder.Index(context.Background()); err != nil {
		b.Fatal(err)
	}
	indexed := time.Since(from)
	if err := Check(db.Read(context.Background()), agency, func(s string) { b.Error(s) }); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(written.Seconds(), "s/written")
	b.ReportMetric(indexed.Seconds(), "s/indexed")
	b.ReportMetric((time.Since(from) - indexed).Seconds(), "s/check")
}
