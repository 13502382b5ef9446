// SPDX-License-Identifier: Apache-2.0

package web

import (
	"fmt"
	"io"
	"iter"
	"net/url"
	"strconv"
	"strings"

	"soviec/door/web/view"
	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/print"
	"soviec/kit/sheet"
	"soviec/office/org"
	"soviec/office/outgoing"
	"soviec/office/series"
)

// The books that are no series.
const (
	bookPost = "post" // 8.4
	bookUse  = "use"  // 8.5
	// the copies have a series, but a book of their own columns
	bookCopies = "copy"
)

// outBooksPage asks which book, and shows the examination of the year's books.
func outBooksPage(v *visit) error { return v.outBooksAgain(v.URL.Query(), nil) }

func (v *visit) mayPrintOut() bool { return v.may(org.HandOut, org.Target{}) && v.outReach().All }

func (v *visit) outBooksAgain(q url.Values, refused error) error {
	if !v.mayPrintOut() {
		return errNoPage
	}
	year := v.bookYear(q)
	p := view.OutgoingBooks{Frame: v.frame(view.PlaceOutgoing, "In sổ, kiểm tra sổ"), Form: view.Form{Values: q}, Year: strconv.Itoa(year), MayLock: v.may(org.NumberOut, org.Target{})}
	var err error
	if p.Report, p.Books, err = v.seriesReport(year); err != nil {
		return err
	}
	var locked []string
	for _, b := range p.Books {
		id, _ := number64(b.Value)
		n, at, err := outgoing.PrintedUpTo(v.read(), id)
		if err != nil {
			return err
		}
		if n > 0 {
			locked = append(locked, b.Label+" đến số "+series.Text(n)+" ("+civil.Of(at).VN()+")")
		}
	}
	if len(locked) > 0 {
		p.Printed = "Đã in và khóa: " + strings.Join(locked, "; ") + "."
	}
	p.Lockable = p.Books
	p.Books = append(p.Books, view.Option{Value: bookPost, Label: "Sổ gửi văn bản đi bưu điện"}, view.Option{Value: bookUse, Label: "Sổ sử dụng bản lưu"}, view.Option{Value: bookCopies, Label: "Sổ đăng ký bản sao"})
	if refused != nil {
		p.Form.Errors = fieldErrors(refused)
		return v.again(p, refused)
	}
	return v.show(p)
}

func (v *visit) bookYear(q url.Values) int {
	year, err := strconv.Atoi(q.Get("year"))
	if err != nil || year < 1900 || year > 9999 {
		return v.today.Year()
	}
	return year
}

// seriesReport is R7 with the books of the year as choices.
func (v *visit) seriesReport(year int) (rows []view.SeriesRow, books []view.Option, err error) {
	all, err := series.Examine(v.read(), v.agency(), year)
	if err != nil {
		return nil, nil, err
	}
	councils, err := series.Bodies(v.read(), v.agency())
	if err != nil {
		return nil, nil, err
	}
	for _, x := range all {
		name := v.seriesName(x.Series, councils)
		r := view.SeriesRow{Name: name, From: series.Text(x.Series.Start), To: series.Text(x.Series.Last), Used: x.Used, Void: x.Void, Reserved: x.Reserved, Inserted: x.Inserted}
		for _, n := range x.Missing {
			r.Missing = strings.TrimPrefix(r.Missing+", "+series.Text(n), ", ")
		}
		if x.Series.Last < x.Series.Start {
			r.From, r.To = "chưa cấp", ""
		}
		rows = append(rows, r)
		if x.Series.Direction != series.Copy {
			books = append(books, view.Option{Value: idText(x.Series.ID), Label: "Sổ đăng ký văn bản đi – " + name})
		}
	}
	return rows, books, nil
}

func (v *visit) seriesName(x series.Series, councils []series.Council) string {
	name := x.Name()
	for _, c := range councils {
		if x.Direction == series.Body && idText(c.ID) == x.Scope {
			name = c.Name
		}
	}
	if x.Edition > 0 {
		name += fmt.Sprintf(" (đánh số lại lần %d)", x.Edition)
	}
	return name
}

// outBook sends a book as PDF for signing and binding, or as a workbook. Looking changes nothing.
func outBook(v *visit) error {
	if !v.mayPrintOut() {
		return errNoPage
	}
	q := v.URL.Query()
	x, err := v.bookOf(q)
	if err != nil {
		if wrong(err) {
			return v.outBooksAgain(q, err)
		}
		return err
	}
	if q.Get("format") == "xlsx" {
		return v.sendXLSX(x.file+".xlsx", x.xlsx)
	}
	return v.sendPDF(x.file+".pdf", x.pdf)
}

// outBookPrint is one part of one book being printed.
type outBookPrint struct {
	v       *visit
	file    string
	title   string
	unit    string
	columns []string
	widths  []float64
	bounds  outgoing.Bounds
	numbers bool // its cover names the numbers
	year    int
	lines   iter.Seq2[print.Row, error]
}

var (
	outWidths  = []float64{24, 24, 58, 28, 40, 24, 13, 24, 30, 34}
	postWidths = []float64{24, 36, 90, 22, 60, 40}
	copyWidths = []float64{28, 24, 24, 78, 36, 46, 18, 36}
	useWidths  = []float64{22, 36, 40, 66, 28, 24, 20, 34, 30}
)

func (v *visit) bookOf(q url.Values) (outBookPrint, error) {
	x := outBookPrint{v: v, year: v.bookYear(q)}
	day := func(name string, otherwise civil.Date) (civil.Date, error) {
		if strings.TrimSpace(q.Get(name)) == "" {
			return otherwise, nil
		}
		d, err := civil.ParseHuman(q.Get(name), v.today, v.dir.Calendar)
		return d, onField(name, err)
	}
	days := func(b outgoing.DayBook) iter.Seq2[print.Row, error] {
		return func(yield func(print.Row, error) bool) {
			for l, err := range outgoing.DayLines(v.read(), v.dir, b, x.bounds.From, x.bounds.To) {
				if !yield(print.Row{Cells: l.Cells, Corrections: corrections(l.Later)}, err) {
					return
				}
			}
		}
	}
	first, last := civil.MustParse(fmt.Sprintf("%04d-01-01", x.year)), civil.MustParse(fmt.Sprintf("%04d-12-31", x.year))
	book := q.Get("book")
	if book == bookPost || book == bookUse {
		from, err := day("from", first)
		if err != nil {
			return x, err
		}
		to, err := day("to", last)
		if err != nil {
			return x, err
		}
		x.bounds.From, x.bounds.To = from, to
		if book == bookPost {
			x.file, x.title, x.columns, x.widths = "so-gui-buu-dien", "SỔ GỬI VĂN BẢN ĐI BƯU ĐIỆN", outgoing.PostColumns, postWidths
			x.lines = days(outgoing.BookPost)
			return x, nil
		}
		x.file, x.title, x.columns, x.widths = "so-su-dung-ban-luu", "SỔ SỬ DỤNG BẢN LƯU", outgoing.UseColumns, useWidths
		x.lines = days(outgoing.BookUse)
		return x, nil
	}
	if book == bookCopies {
		x.bounds.From, x.bounds.To = first, last
		x.file, x.title, x.columns, x.widths = fmt.Sprintf("so-ban-sao-%d", x.year), "SỔ ĐĂNG KÝ BẢN SAO", outgoing.CopyColumns, copyWidths
		x.lines = v.copyLines(x.year)
		return x, nil
	}
	id, _ := number64(book)
	s, err := series.Of(v.read(), v.agency(), id)
	if err != nil {
		return x, fault.Invalid("book", "Hãy chọn sổ.")
	}
	var span outgoing.Span
	if span.From, err = day("from", 0); err != nil {
		return x, err
	}
	if span.To, err = day("to", 0); err != nil {
		return x, err
	}
	span.First, _ = number64(q.Get("first"))
	span.Last, _ = number64(q.Get("last"))
	if x.bounds, err = outgoing.BoundsOf(v.read(), v.agency(), s.ID, span); err != nil {
		return x, err
	}
	if x.bounds.Count == 0 {
		return x, fault.Invalid("", "Phần đã chọn không có văn bản nào trong sổ.")
	}
	councils, err := series.Bodies(v.read(), v.agency())
	if err != nil {
		return x, err
	}
	x.year, x.numbers, x.unit = s.Year, true, "Quyển: "+v.seriesName(s, councils)
	x.file, x.title, x.columns, x.widths = fmt.Sprintf("so-van-ban-di-%d-%d-%d", s.Year, x.bounds.First, x.bounds.Last), "SỔ ĐĂNG KÝ VĂN BẢN ĐI", outgoing.OutColumns, outWidths
	x.lines = func(yield func(print.Row, error) bool) {
		for l, err := range outgoing.Lines(v.read(), v.dir, s, span) {
			r := print.Row{Void: l.Void}
			if err == nil {
				r.Cells = l.Cells()
			}
			r.Corrections = corrections(l.Later)
			if !yield(r, err) {
				return
			}
		}
	}
	return x, nil
}

func (x *outBookPrint) rows(failed *error) iter.Seq[print.Row] {
	return func(yield func(print.Row) bool) {
		for r, err := range x.lines {
			if err != nil {
				*failed = err
				return
			}
			if !yield(r) {
				return
			}
		}
	}
}

func (x *outBookPrint) pdf(w io.Writer) error {
	v := x.v
	var failed error
	b := print.Book{Superior: v.dir.Agency.Superior, Agency: v.dir.Agency.Name, Unit: x.unit, Title: x.title, Year: strconv.Itoa(x.year),
		FromDay: x.bounds.From.VN(), ToDay: x.bounds.To.VN(), At: v.now, Mark: v.mark(), Rows: x.rows(&failed),
		Opener:  print.Signer{Titles: []string{"CHÁNH VĂN PHÒNG"}, Hint: "(Ký, ghi rõ họ tên)"},
		Signers: []print.Signer{{Titles: []string{"VĂN THƯ"}, Hint: "(Ký, ghi rõ họ tên)"}, {Titles: []string{"CHÁNH VĂN PHÒNG"}, Hint: "(Ký, ghi rõ họ tên)"}}}
	for i, t := range x.columns {
		c := print.Column{Title: t, WidthMM: x.widths[i]}
		if x.widths[i] < 21 {
			c.Align = print.Center
		}
		b.Columns = append(b.Columns, c)
	}
	if x.numbers {
		b.FromNumber, b.ToNumber = series.Text(x.bounds.First), series.Text(x.bounds.Last)
	}
	return whole(w, &failed, func(w io.Writer) error { return print.Register(w, b) })
}

func (x *outBookPrint) xlsx(w io.Writer) error {
	v := x.v
	var failed error
	s := sheet.Sheet{Name: "Sổ", Numbered: true, Titles: []string{x.title, v.dir.Agency.Name + ", năm " + strconv.Itoa(x.year), "Từ ngày " + x.bounds.From.VN() + " đến ngày " + x.bounds.To.VN()}}
	if x.numbers {
		s.Footer = []string{fmt.Sprintf("Sổ này có %d văn bản, từ số %s đến số %s.", x.bounds.Count, series.Text(x.bounds.First), series.Text(x.bounds.Last))}
	}
	for i, t := range x.columns {
		s.Columns = append(s.Columns, sheet.Column{Title: t, Width: x.widths[i] / 2})
	}
	s.Rows = func(yield func(sheet.Row) bool) {
		for l := range x.rows(&failed) {
			r := sheet.Row{Void: l.Void}
			for i, text := range l.Cells {
				if i == len(l.Cells)-1 {
					for _, c := range l.Corrections {
						text = strings.TrimPrefix(text+"\nĐính chính "+c.On+": "+c.Text, "\n")
					}
				}
				r.Cells = append(r.Cells, sheetCell(x.columns[i], text))
			}
			if !yield(r) {
				return
			}
		}
	}
	return whole(w, &failed, func(w io.Writer) error {
		return sheet.Write(w, sheet.Book{Author: v.dir.Agency.Name, Sheets: []sheet.Sheet{s}})
	})
}

// lockOutBook freezes a book up to a number and shows the part that was frozen.
func lockOutBook(v *visit) error {
	if !v.mayPrintOut() {
		return errNoPage
	}
	book, _ := number64(v.field("book"))
	n, _ := number64(v.field("number"))
	if err := v.act(func(a *journal.Act) error { return outgoing.MarkPrinted(a, book, n) }); err != nil {
		if wrong(err) {
			return v.outBooksAgain(v.PostForm, err)
		}
		return err
	}
	return v.done("/van-ban-di/so?book="+idText(book)+"&last="+idText(n)+"&format=pdf", "Đã in và khóa sổ đến số "+series.Text(n)+".")
}

// outEnvelopes are the envelopes of a document, one for each recipient who gets paper.
func outEnvelopes(v *visit) error {
	d, err := v.outDocument()
	if err != nil {
		return err
	}
	if !v.may(org.HandOut, org.Target{}) {
		return errNoPage
	}
	to, err := outgoing.RecipientsOf(v.read(), d.ID)
	if err != nil {
		return err
	}
	if to, err = outgoing.Expanded(v.read(), v.agency(), to); err != nil && !d.State.Out() {
		return err
	}
	e := print.Envelopes{Superior: v.dir.Agency.Superior, Agency: v.dir.Agency.Name, Number: d.Label, At: v.now, Mark: v.mark()}
	if d.Urgency > 0 {
		e.Urgency = strings.ToUpper(urgencyName(d.Urgency))
	}
	for _, x := range to {
		if x.Purpose != "store" && (x.Channel == "post" || x.Channel == "hand") {
			e.To = append(e.To, print.Addressee{Name: x.Name, Address: x.Address, Copies: x.Copies})
		}
	}
	if len(e.To) == 0 {
		return fault.Conflict("", "Văn bản này không có nơi nhận bản giấy qua bưu điện hoặc trực tiếp.")
	}
	return v.sendPDF("bi-"+d.Slug+".pdf", func(w io.Writer) error { return print.Envelope(w, e) })
}

// copyLines are the copies of a year for their book, read page by page.
func (v *visit) copyLines(year int) iter.Seq2[print.Row, error] {
	return func(yield func(print.Row, error) bool) {
		for after := int64(0); ; {
			all, err := outgoing.CopyLines(v.read(), v.dir, year, after, rowsOfQueue)
			if err != nil {
				yield(print.Row{}, err)
				return
			}
			for _, l := range all {
				if !yield(print.Row{Cells: l.Cells, Void: l.Void, Corrections: corrections(l.Later)}, nil) {
					return
				}
				after = l.Copy.Number
			}
			if len(all) < rowsOfQueue {
				return
			}
		}
	}
}

func corrections(all []outgoing.Dated) (out []print.Correction) {
	for _, c := range all {
		out = append(out, print.Correction{On: c.On.VN(), Text: c.Text})
	}
	return out
}
