// SPDX-License-Identifier: Apache-2.0

package outgoing

import (
	"iter"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/org"
)

// A DayBook is one of the books that have no numbers: its lines follow each other by day.
type DayBook string

// The books by day (Nghị định 30/2020/NĐ-CP Phụ lục IV).
const (
	BookPost DayBook = "post" // sổ gửi văn bản đi bưu điện (8.4)
	BookUse  DayBook = "use"  // sổ sử dụng bản lưu (8.5)
)

// RefBook is the kind of subject of such a book as a whole: "book/4", "book/5".
const RefBook = "book"

func (b DayBook) ref() string {
	if b == BookPost {
		return journal.Ref(RefBook, 4)
	}
	return journal.Ref(RefBook, 5)
}

func (b DayBook) known() bool { return b == BookPost || b == BookUse }

// Columns are the book's columns as the law has them.
func (b DayBook) Columns() []string {
	if b == BookPost {
		return PostColumns
	}
	return UseColumns
}

// A DayLine is a line of such a book: what was printed stays as it was, and what came
// later stands beside it.
type DayLine struct {
	ID       int64
	On       civil.Date
	Document Document
	Cells    []string
	Printed  bool
	Later    []Dated
}

// DayLinesPage are at most limit lines of a book in a time, after the line given.
func DayLinesPage(r store.Reader, dir *org.Directory, b DayBook, from, to civil.Date, after DayLine, limit int) ([]DayLine, error) {
	agency := dir.Agency.ID
	var lines []DayLine
	var docs []int64
	returned := map[int64]time.Time{}
	fill := func(id, doc int64, on civil.Date, cells []string) {
		lines, docs = append(lines, DayLine{ID: id, On: on, Document: Document{ID: doc}, Cells: cells}), append(docs, doc)
	}
	if b == BookPost {
		all, err := postingsOf(r, agency, from.String(), to.String(), limit, after)
		if err != nil {
			return nil, err
		}
		for _, p := range all {
			fill(p.ID, p.Document, p.On, []string{p.On.VN(), "", p.Place, strconv.Itoa(p.Envelopes), p.Receipt, p.Note})
		}
	} else {
		all, err := usesOf(r, agency, from.String(), to.String(), limit, after)
		if err != nil {
			return nil, err
		}
		for _, u := range all {
			returned[u.ID] = u.ReturnedAt
			fill(u.ID, u.Document, u.On, []string{u.On.VN(), u.Person, "", "", u.Dossier, "", u.ReturnedOn.VN(), dir.Person(u.AllowedBy).Name, u.remark()})
		}
	}
	if len(lines) == 0 {
		return nil, nil
	}
	names, err := typeNames(r, agency)
	if err != nil {
		return nil, err
	}
	papers, err := ByIDs(r, agency, docs)
	if err != nil {
		return nil, err
	}
	prints, err := dayPrintings(r, agency, b)
	if err != nil {
		return nil, err
	}
	ids := make([]int64, len(lines))
	for i, l := range lines {
		ids[i] = l.ID
	}
	notes, err := lineNotes(r, ids)
	if err != nil {
		return nil, err
	}
	for i := range lines {
		l := &lines[i]
		l.Document = papers[l.Document.ID]
		if b == BookPost {
			l.Cells[1] = l.Document.Label
		} else {
			l.Cells[2], l.Cells[3] = l.Document.Label+", "+l.Document.Day.VN(), names[l.Document.Type]+": "+l.Document.Subject
		}
		printed := printedAt(prints, l.On)
		l.Printed = !printed.IsZero()
		if back := returned[l.ID]; l.Printed && back.After(printed) { // it came back after its line was printed
			l.Cells[6] = ""
			l.Later = append(l.Later, Dated{civil.Of(back), "đã trả ngày " + civil.Of(back).VN()})
		}
		l.Later = append(l.Later, notes[l.ID]...)
	}
	return lines, nil
}

// DayLines are all lines of a book in a time, read page by page.
func DayLines(r store.Reader, dir *org.Directory, b DayBook, from, to civil.Date) iter.Seq2[DayLine, error] {
	return func(yield func(DayLine, error) bool) {
		for after := (DayLine{}); ; {
			page, err := DayLinesPage(r, dir, b, from, to, after, linesPage)
			if err != nil {
				yield(DayLine{}, err)
				return
			}
			for _, l := range page {
				if !yield(l, nil) {
					return
				}
			}
			if len(page) < linesPage {
				return
			}
			after = page[len(page)-1]
		}
	}
}

// A dayPrinting says up to which day a book was printed at a moment.
type dayPrinting struct {
	through civil.Date
	at      time.Time
}

// printedAt is when the line of a day was printed first.
func printedAt(all []dayPrinting, on civil.Date) time.Time {
	for _, p := range all {
		if !on.After(p.through) {
			return p.at
		}
	}
	return time.Time{}
}

// DaysPrinted is up to which day a book is printed, signed and bound.
func DaysPrinted(r store.Reader, agency int64, b DayBook) (civil.Date, error) {
	all, err := dayPrintings(r, agency, b)
	var last civil.Date
	for _, p := range all {
		if p.through.After(last) {
			last = p.through
		}
	}
	return last, err
}

// MarkDaysPrinted freezes a book of days up to and with a day that is over, because that
// much was printed, signed and bound. No line of those days is entered any more, and what
// changes later stands as a dated line.
func MarkDaysPrinted(a *journal.Act, b DayBook, through civil.Date) error {
	if err := org.May(a, org.SendOut, org.Target{}); err != nil {
		return err
	}
	if !b.known() {
		return fault.Invalid("book", "Hãy chọn sổ.")
	}
	if through.IsZero() || !through.Before(a.Day()) {
		return fault.Invalid("through", "Chỉ khóa sổ đến hết một ngày trước hôm nay: trong ngày còn có thể ghi thêm.")
	}
	before, err := DaysPrinted(a, a.By.Agency, b)
	if err != nil {
		return err
	}
	if !through.After(before) {
		return fault.Conflict("through", "Sổ đã in và khóa đến hết ngày "+before.VN()+".")
	}
	n, err := countOfDays(a, a.By.Agency, b, before, through)
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.Invalid("through", "Đến ngày này chưa có dòng nào mới để in.")
	}
	if err := insertDayPrinting(a, b, through); err != nil {
		return err
	}
	a.Note(journal.Entry{Kind: BookPrinted, Subject: b.ref(), Amount: n, DueOn: through})
	return nil
}

// notPrinted refuses a line of a day that is printed already.
func notPrinted(a *journal.Act, b DayBook, on civil.Date) error {
	last, err := DaysPrinted(a, a.By.Agency, b)
	if err == nil && !on.After(last) {
		err = fault.Invalid("on", "Sổ đã in và khóa đến hết ngày "+last.VN()+"; hãy ghi vào ngày hôm nay và nói rõ ở ghi chú.")
	}
	return err
}

// CorrectLine adds what is said later about a line of a book of days (dòng đính chính): the
// line itself stays as it was.
func CorrectLine(a *journal.Act, b DayBook, line int64, text string) error {
	if err := org.May(a, org.SendOut, org.Target{}); err != nil {
		return err
	}
	doc, err := documentOfLine(a, a.By.Agency, b, line)
	if err != nil {
		return err
	}
	if text = tidy(text); utf8.RuneCountInString(text) < 5 || utf8.RuneCountInString(text) > 300 {
		return fault.Invalid("text", "Nội dung đính chính từ 5 đến 300 ký tự.")
	}
	if err := insertLineNote(a, b, line, text); err != nil {
		return err
	}
	a.Note(journal.Entry{Kind: LineCorrected, Subject: journal.Ref(RefOutgoing, doc)})
	return nil
}

// remark is the column "Ghi chú" of book 8.5: what for, until when, and what was added.
func (u Use) remark() string {
	var parts []string
	for _, s := range []string{u.Purpose, u.Note} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	if !u.DueOn.IsZero() {
		parts = append(parts, "hẹn trả "+u.DueOn.VN())
	}
	return strings.Join(parts, "; ")
}
