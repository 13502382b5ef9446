// SPDX-License-Identifier: Apache-2.0

package web

import (
	"fmt"
	"io"
	"iter"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"soviec/door/web/view"
	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/print"
	"soviec/kit/sheet"
	"soviec/office/document"
	"soviec/office/org"
)

// documentFile sends one file of a document.
func documentFile(v *visit) error {
	d, err := v.document()
	if err != nil {
		return err
	}
	id, err := v.id("file")
	if err != nil {
		return err
	}
	f, err := document.FileOf(v.read(), d, id)
	if err != nil {
		return err
	}
	return v.sendFile(f)
}

// stampPage shows the arrival stamp to be printed over the paper or laid beside it.
func stampPage(v *visit) error {
	d, err := v.document()
	if err != nil {
		return err
	}
	return v.show(view.StampPrint{Frame: v.frame(view.PlaceIncoming, "Dấu ĐẾN"), Stamp: *stampView(document.StampOf(v.dir, d)),
		Back: d.Address(), Subject: d.Title() + ": " + d.Subject})
}

// stampPDF is the same stamp in its true size. With tran=1 the sheet bears nothing
// else, to be put through the printer with the paper.
func stampPDF(v *visit) error {
	d, err := v.document()
	if err != nil {
		return err
	}
	s := document.StampOf(v.dir, d)
	sheet := print.ArrivalStamp{Agency: s.Agency, Number: document.ShowNumber(s.Number), Day: s.Day.VN(), Forward: s.Forward, FileCode: s.FileCode,
		Facts: []print.Fact{{Label: "Số, ký hiệu", Value: d.NumberRaw}, {Label: "Ngày văn bản", Value: d.IssuedOn.VN()},
			{Label: "Cơ quan ban hành", Value: d.IssuerName}, {Label: "Trích yếu", Value: d.Subject}},
		Bare: v.FormValue("tran") == "1", At: v.now}
	if !sheet.Bare {
		sheet.Mark = v.mark()
	}
	return v.sendPDF(fmt.Sprintf("dau-den-%d-%d.pdf", d.Year, d.Number), func(w io.Writer) error { return print.Stamp(w, sheet) })
}

// slipPDF is the handling slip of a document (phiếu giải quyết văn bản đến).
func slipPDF(v *visit) error {
	d, err := v.document()
	if err != nil {
		return err
	}
	s, err := document.SlipOf(v.read(), v.dir, v.agency(), d)
	if err != nil {
		return err
	}
	urgency := ""
	if d.Urgency > 0 {
		urgency = urgencyName(d.Urgency)
	}
	slip := print.HandlingSlip{Superior: v.dir.Agency.Superior, Agency: v.dir.Agency.Name, Place: v.dir.Agency.Place,
		ArrivalNumber: document.ShowNumber(d.Number), ArrivalDay: d.ArrivalOn.VN(), Urgency: urgency, Kind: s.TypeName, Number: d.NumberRaw,
		Day: d.IssuedOn.VN(), Issuer: d.IssuerName, Subject: d.Subject,
		Leader: opinion(s.Leader), Unit: opinion(s.Unit), Handler: opinion(s.Handler), At: v.now, Mark: v.mark()}
	return v.sendPDF(fmt.Sprintf("phieu-giai-quyet-%d-%d.pdf", d.Year, d.Number), func(w io.Writer) error { return print.Slip(w, slip) })
}

func opinion(o document.Opinion) print.Opinion {
	out := print.Opinion{Text: o.Text, On: o.On.VN(), Signer: o.By}
	for _, g := range o.Given {
		out.Given = append(out.Given, print.Assignment{Role: g.Role, Who: g.Who, Due: g.Due.VN()})
	}
	return out
}

// The two books that can be printed.
const (
	bookIncoming = "incoming"
	bookFollow   = "follow"
)

// printPage asks which book and which time (in sổ).
func printPage(v *visit) error {
	if !v.may(org.HandOut, org.Target{}) || !v.readsDocuments() {
		return errNoPage
	}
	return v.printAgain(view.Form{Values: map[string][]string{"book": {bookIncoming}, "period": {"year"},
		"year": {strconv.Itoa(v.today.Year())}, "day": {v.today.VN()}, "month": {v.today.VN()[3:]}}}, nil)
}

func (v *visit) printAgain(form view.Form, refused error) error {
	p := view.PrintRegister{Frame: v.frame(view.PlaceIncoming, "In sổ"), Form: form, MayLock: v.may(org.RegisterIncoming, org.Target{}), Books: []view.Option{
		{Value: bookIncoming, Label: "Sổ đăng ký văn bản đến"}, {Value: bookFollow, Label: "Sổ theo dõi giải quyết văn bản đến"}}}
	books, err := document.Books(v.read(), v.agency())
	if err != nil {
		return err
	}
	for _, b := range books {
		if len(books) > 1 {
			p.Registers = append(p.Registers, view.Option{Value: idText(b.ID), Label: b.Name})
		}
		if b.First {
			n, at, err := document.PrintedUpTo(v.read(), b.ID, v.today.Year())
			if err != nil {
				return err
			}
			if n > 0 {
				p.Printed = "Năm nay đã in và khóa đến số " + document.ShowNumber(n) + " (" + civil.Of(at).VN() + ")."
			}
		}
	}
	years, err := document.Years(v.read(), v.agency())
	if err != nil {
		return err
	}
	for _, y := range years {
		p.Years = append(p.Years, view.Option{Value: strconv.Itoa(y), Label: strconv.Itoa(y)})
	}
	if len(years) == 0 {
		p.Years = []view.Option{{Value: strconv.Itoa(v.today.Year()), Label: strconv.Itoa(v.today.Year())}}
	}
	if refused != nil {
		return v.again(p, refused)
	}
	return v.show(p)
}

// printRegister sends a register as PDF for signing and binding, or as a workbook.
// Looking at it changes nothing; see lockRegister for what is printed for good.
func printRegister(v *visit) error {
	if !v.may(org.HandOut, org.Target{}) || !v.reach().All {
		return errNoPage
	}
	q := v.URL.Query()
	span, err := v.span(q)
	if err != nil {
		return v.printAgain(view.Form{Values: q, Errors: fieldErrors(err)}, err)
	}
	book, err := v.chosenBook(q.Get("register"))
	if err != nil {
		return err
	}
	bounds, err := document.BoundsOf(v.read(), v.agency(), book.ID, span)
	if err != nil {
		return err
	}
	x := registerPrint{v: v, book: book, span: span, bounds: bounds, follow: q.Get("book") == bookFollow}
	if bounds.Count == 0 {
		err := fault.Invalid("", "Thời gian đã chọn không có văn bản nào trong sổ.")
		return v.printAgain(view.Form{Values: q, Errors: fieldErrors(err)}, err)
	}
	if q.Get("format") == "xlsx" {
		return v.sendXLSX(x.name()+".xlsx", x.xlsx)
	}
	return v.sendPDF(x.name()+".pdf", x.pdf)
}

func (v *visit) chosenBook(id string) (document.Book, error) {
	books, err := document.Books(v.read(), v.agency())
	if err != nil {
		return document.Book{}, err
	}
	for _, b := range books {
		if idText(b.ID) == id || id == "" && b.First {
			return b, nil
		}
	}
	return document.Book{}, errNoPage
}

// span reads which part of the register is wanted.
func (v *visit) span(q url.Values) (document.Span, error) {
	year, err := strconv.Atoi(strings.TrimSpace(q.Get("year")))
	if err != nil || year < 1900 || year > 9999 {
		year = v.today.Year()
	}
	part := func(name, text string, most int) (n, year int, err error) {
		a, b, ok := strings.Cut(strings.NewReplacer(" ", "", "-", "/", ".", "/").Replace(q.Get(name)), "/")
		n, err1 := strconv.Atoi(a)
		year = v.today.Year()
		if ok {
			var err2 error
			if year, err2 = strconv.Atoi(b); err2 != nil || year < 1900 || year > 9999 {
				err1 = http.ErrNotSupported
			}
		}
		if err1 != nil || n < 1 || n > most {
			return 0, 0, fault.Invalid(name, text)
		}
		return n, year, nil
	}
	switch q.Get("period") {
	case "day":
		day, err := civil.ParseHuman(q.Get("day"), v.today, v.dir.Calendar)
		if err != nil {
			return document.Span{}, onField("day", err)
		}
		return document.SpanOfDay(day), nil
	case "month":
		n, y, err := part("month", "Tháng phải có dạng 11/2026.", 12)
		if err != nil {
			return document.Span{}, err
		}
		return document.SpanOfMonth(y, time.Month(n)), nil
	case "quarter":
		n, y, err := part("quarter", "Quý phải có dạng 4/2026.", 4)
		if err != nil {
			return document.Span{}, err
		}
		return document.SpanOfQuarter(y, n), nil
	case "range":
		num := func(name string) int64 {
			n, _ := strconv.ParseInt(strings.NewReplacer(".", "", " ", "").Replace(q.Get(name)), 10, 64)
			return n
		}
		first, last := num("from"), num("to")
		if first < 1 || last < first {
			return document.Span{}, fault.Invalid("from", "Hãy ghi từ số nào đến số nào, số sau không nhỏ hơn số trước.")
		}
		return document.SpanOfNumbers(year, first, last), nil
	}
	return document.SpanOfYear(year), nil
}

// registerPrint is one part of one book being printed.
type registerPrint struct {
	v      *visit
	book   document.Book
	span   document.Span
	bounds document.Bounds
	follow bool
}

func (x *registerPrint) name() string {
	kind := "so-van-ban-den"
	if x.follow {
		kind = "so-theo-doi-giai-quyet"
	}
	return fmt.Sprintf("%s-%d-%d-%d", kind, x.span.Year, x.bounds.First, x.bounds.Last)
}

func (x *registerPrint) title() string {
	if x.follow {
		return "SỔ THEO DÕI GIẢI QUYẾT VĂN BẢN ĐẾN"
	}
	return "SỔ ĐĂNG KÝ VĂN BẢN ĐẾN"
}

// Widths of the columns, millimetres.
var (
	arrivalWidths = []float64{19, 14, 36, 30, 20, 68, 34, 18, 24, 26}
	followWidths  = []float64{16, 92, 42, 24, 40, 32, 30}
)

func (x *registerPrint) columns() []print.Column {
	titles, widths := document.ArrivalColumns, arrivalWidths
	if x.follow {
		titles, widths = document.FollowColumns, followWidths
	}
	var out []print.Column
	for i, t := range titles {
		c := print.Column{Title: t, WidthMM: widths[i]}
		if widths[i] < 21 {
			c.Align = print.Center
		}
		out = append(out, c)
	}
	return out
}

func (x *registerPrint) cells(l document.Line) []string {
	if x.follow {
		return l.FollowCells(x.v.dir.Calendar, x.v.now)
	}
	return l.ArrivalCells()
}

// lines are the rows one at a time; what went wrong is kept for the end.
func (x *registerPrint) lines(failed *error) iter.Seq[document.Line] {
	return func(yield func(document.Line) bool) {
		for l, err := range document.Lines(x.v.read(), x.v.dir, x.v.agency(), x.book.ID, x.span) {
			if err != nil {
				*failed = err
				return
			}
			if !yield(l) {
				return
			}
		}
	}
}

func (x *registerPrint) pdf(w io.Writer) error {
	v := x.v
	var failed error
	b := print.Book{Superior: v.dir.Agency.Superior, Agency: v.dir.Agency.Name, Title: x.title(), Year: strconv.Itoa(x.span.Year),
		FromDay: x.bounds.From.VN(), ToDay: x.bounds.To.VN(), Columns: x.columns(), At: v.now, Mark: v.mark(),
		Opener:  print.Signer{Titles: []string{"CHÁNH VĂN PHÒNG"}, Hint: "(Ký, ghi rõ họ tên)"},
		Signers: []print.Signer{{Titles: []string{"VĂN THƯ"}, Hint: "(Ký, ghi rõ họ tên)"}, {Titles: []string{"CHÁNH VĂN PHÒNG"}, Hint: "(Ký, ghi rõ họ tên)"}},
	}
	if !x.book.First {
		b.Unit = x.book.Name
	}
	if !x.follow {
		b.FromNumber, b.ToNumber = document.ShowNumber(x.bounds.First), document.ShowNumber(x.bounds.Last)
	}
	b.Rows = func(yield func(print.Row) bool) {
		for l := range x.lines(&failed) {
			r := print.Row{Cells: x.cells(l), Void: l.Void}
			for _, c := range l.Later {
				r.Corrections = append(r.Corrections, print.Correction{On: c.On.VN(), Text: c.Text})
			}
			if !yield(r) {
				return
			}
		}
	}
	return whole(w, &failed, func(w io.Writer) error { return print.Register(w, b) })
}

func (x *registerPrint) xlsx(w io.Writer) error {
	v := x.v
	var failed error
	s := sheet.Sheet{Name: "Sổ", Numbered: true, Titles: []string{x.title(), v.dir.Agency.Name + ", năm " + strconv.Itoa(x.span.Year),
		"Từ ngày " + x.bounds.From.VN() + " đến ngày " + x.bounds.To.VN()},
		Footer: []string{fmt.Sprintf("Sổ này có %s văn bản, từ số %s đến số %s.", document.ShowNumber(x.bounds.Count),
			document.ShowNumber(x.bounds.First), document.ShowNumber(x.bounds.Last))}}
	for _, c := range x.columns() {
		s.Columns = append(s.Columns, sheet.Column{Title: c.Title, Width: c.WidthMM / 2})
	}
	s.Rows = func(yield func(sheet.Row) bool) {
		for l := range x.lines(&failed) {
			r := sheet.Row{Void: l.Void}
			for i, text := range x.cells(l) {
				if i == len(s.Columns)-1 {
					for _, c := range l.Later {
						text = strings.TrimPrefix(text+"\nĐính chính "+c.On.VN()+": "+c.Text, "\n")
					}
				}
				r.Cells = append(r.Cells, sheetCell(s.Columns[i].Title, text))
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

// sheetCell makes numbers and days of the texts that are ones.
func sheetCell(column, text string) any {
	if column == "Số đến" {
		if n, err := strconv.ParseInt(text, 10, 64); err == nil {
			return n
		}
	}
	if iso := isoDay(text); len(text) == 10 && iso != "" {
		return sheet.Day(iso)
	}
	return text
}

// whole runs a writer whose rows may fail; then nothing more leaves.
func whole(w io.Writer, failed *error, fill func(io.Writer) error) error {
	err := fill(rowsChecked{w, failed})
	if *failed != nil {
		return *failed
	}
	return err
}

type rowsChecked struct {
	w      io.Writer
	failed *error
}

func (r rowsChecked) Write(b []byte) (int, error) {
	if *r.failed != nil {
		return 0, *r.failed
	}
	return r.w.Write(b)
}
