// SPDX-License-Identifier: Apache-2.0

package outgoing

import (
	"fmt"
	"iter"
	"strconv"
	"strings"
	"time"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/document"
	"soviec/office/org"
	"soviec/office/series"
)

// The columns of the books, as the law has them (Nghị định 30/2020/NĐ-CP Phụ lục IV).
var (
	OutColumns = []string{"Số, ký hiệu văn bản", "Ngày tháng văn bản", "Tên loại và trích yếu nội dung văn bản", "Người ký", "Nơi nhận văn bản",
		"Đơn vị, người nhận bản lưu", "Số lượng bản", "Ngày chuyển", "Ký nhận", "Ghi chú"}
	PostColumns = []string{"Ngày chuyển", "Số, ký hiệu văn bản", "Nơi nhận văn bản", "Số lượng bì", "Ký nhận và dấu bưu điện", "Ghi chú"}
	UseColumns  = []string{"Ngày tháng", "Họ và tên người sử dụng", "Số, ký hiệu, ngày tháng văn bản", "Tên loại và trích yếu nội dung văn bản",
		"Số và ký hiệu hồ sơ", "Ký nhận", "Ngày trả", "Người cho phép sử dụng", "Ghi chú"}
)

// A Span is which part of a book is wanted. Zero ends are open.
type Span struct {
	From, To    civil.Date
	First, Last int64
}

// A Line is a document as its book shows it: what was printed stays as it was, and what
// came later stands beside it.
type Line struct {
	Document Document
	TypeName string
	Void     bool
	Note     string
	Later    []Dated
	Receipt  string
}

// Dated is a remark with its day.
type Dated struct {
	On   civil.Date
	Text string
}

const linesPage = 500

// A Place is where in a book a page of it begins.
type Place struct {
	Number int64
	Suffix string
	ID     int64
}

// Lines are the documents of a book (one series of a year) in order of number and suffix,
// those whose number was voided too. They are read page by page.
func Lines(r store.Reader, dir *org.Directory, book series.Series, s Span) iter.Seq2[Line, error] {
	return func(yield func(Line, error) bool) {
		for after := (Place{}); ; {
			page, err := LinesPage(r, dir, book, s, after, linesPage)
			if err != nil {
				yield(Line{}, err)
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
			d := page[len(page)-1].Document
			after = Place{d.Number, d.Suffix, d.ID}
		}
	}
}

// LinesPage are at most limit lines of a book after a place.
func LinesPage(r store.Reader, dir *org.Directory, book series.Series, s Span, after Place, limit int) ([]Line, error) {
	agency := dir.Agency.ID
	names, err := typeNames(r, agency)
	if err != nil {
		return nil, err
	}
	prints, err := printings(r, book.ID)
	if err != nil {
		return nil, err
	}
	docs, err := bookPage(r, agency, book.ID, s, after, limit)
	if err != nil {
		return nil, err
	}
	more, err := besideOf(r, agency, docs)
	if err != nil {
		return nil, err
	}
	lines := make([]Line, len(docs))
	for i, d := range docs {
		lines[i] = more.line(d, names, prints, dir)
	}
	return lines, nil
}

func typeNames(r store.Reader, agency int64) (map[string]string, error) {
	types, err := document.Types(r, agency)
	names := map[string]string{}
	for _, t := range types {
		names[t.Code] = t.Name
	}
	return names, err
}

type printing struct {
	number int64
	at     time.Time
}

// beside is what stands in other rows about a page of documents.
type beside struct {
	voidings map[int64]voided
	opened   map[int64][]Delivery
	links    map[string][]Link
	labels   map[int64]string
}

type voided struct {
	reason string
	by     int64
	at     time.Time
}

func (m beside) line(d Document, names map[string]string, prints []printing, dir *org.Directory) Line {
	l := Line{Document: d, TypeName: names[d.Type], Void: d.State == StateVoid}
	var printed time.Time
	for _, p := range prints {
		if p.number >= d.Number {
			printed = p.at
			break
		}
	}
	notes := []string{}
	if d.Note != "" {
		notes = append(notes, d.Note)
	}
	remark := func(at time.Time, text string) {
		if !printed.IsZero() && at.After(printed) {
			l.Later = append(l.Later, Dated{civil.Of(at), text})
		} else {
			notes = append(notes, text)
		}
	}
	if d.Suffix != "" {
		remark(d.NumberedAt, "Chèn số")
	}
	if v, ok := m.voidings[d.ID]; ok && l.Void {
		remark(v.at, fmt.Sprintf("Hủy số – %s – %s – %s", v.reason, dir.Person(v.by).Name, civil.Of(v.at).VN()))
	}
	for _, k := range m.links[d.Ref()] {
		word := map[string]string{Corrects: "Đính chính bằng", Replaces: "Thay thế bằng", Recalls: "Thu hồi theo"}[k.Kind]
		if word != "" {
			remark(k.At, word+" "+m.labels[k.Document])
		}
	}
	switch d.State {
	case StateRecalled:
		notes = append(notes, "Đã thu hồi")
	case StateRecalling:
		notes = append(notes, "Đang thu hồi")
	}
	l.Note = strings.Join(notes, "; ")
	var who []string
	for _, x := range m.opened[d.ID] {
		who = append(who, dir.Person(x.OpenedBy).Name+", "+civil.TimeVN(x.OpenedAt))
	}
	l.Receipt = strings.Join(who, "; ")
	if !printed.IsZero() && d.IssuedAt.After(printed) { // it left after its row was printed
		l.Later = append(l.Later, Dated{civil.Of(d.IssuedAt), "chuyển ngày " + civil.Of(d.IssuedAt).VN()})
	}
	return l
}

// Cells are the line's cells, by OutColumns.
func (l Line) Cells() []string {
	d := l.Document
	sent, amount := "", ""
	if !d.IssuedAt.IsZero() {
		sent = civil.Of(d.IssuedAt).VN()
	}
	if d.Amount > 0 {
		amount = strconv.Itoa(d.Amount)
	}
	return []string{d.Label, d.Day.VN(), l.TypeName + ": " + d.Subject, d.SignerName, d.Places, d.KeptBy, amount, sent, l.Receipt, l.Note}
}

// Bounds are what stands on the cover of a book's part and in its closing line.
type Bounds struct {
	Count       int64
	First, Last int64
	From, To    civil.Date
}

// BoundsOf counts a book's part.
func BoundsOf(r store.Reader, agency, book int64, s Span) (Bounds, error) {
	return boundsOf(r, agency, book, s)
}

// PrintedUpTo is up to which number a book is printed, signed and bound, and since when.
func PrintedUpTo(r store.Reader, book int64) (int64, time.Time, error) {
	all, err := printings(r, book)
	var n int64
	var at time.Time
	for _, p := range all {
		if p.number >= n {
			n, at = p.number, p.at
		}
	}
	return n, at, err
}

// MarkPrinted freezes a book up to a number, because that much of it was printed, signed
// and bound (Điều 16.2): what comes later stands as a dated line beside it.
func MarkPrinted(a *journal.Act, book, number int64) error {
	if err := org.May(a, org.NumberOut, org.Target{}); err != nil {
		return err
	}
	x, err := series.Of(a, a.By.Agency, book)
	if err != nil {
		return err
	}
	if number < x.Start || number > x.Last {
		return fault.Invalid("number", "Sổ chưa có số này.")
	}
	before, _, err := PrintedUpTo(a, book)
	if err != nil {
		return err
	}
	if number <= before {
		return fault.Conflict("number", "Sổ đã in và chốt đến số "+series.Text(before)+".")
	}
	if err := insertPrinting(a, book, number); err != nil {
		return err
	}
	a.Note(journal.Entry{Kind: BookPrinted, Subject: journal.Ref(series.RefSeries, book), Amount: number})
	return nil
}
