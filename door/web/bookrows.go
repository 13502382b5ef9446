// SPDX-License-Identifier: Apache-2.0

package web

import (
	"fmt"
	"strconv"
	"strings"

	"soviec/door/web/view"
	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/print"
	"soviec/office/archive"
	"soviec/office/document"
	"soviec/office/org"
	"soviec/office/outgoing"
	"soviec/office/series"
)

// bookOut is the register of what goes out (8.1): one book for each series of the year.
func (v *visit) bookOut(p *view.BookPage, s bookSpan) error {
	p.Columns = outgoing.OutColumns
	q := v.URL.Query()
	years, err := outgoing.Years(v.read(), v.agency())
	if err != nil {
		return err
	}
	all, err := series.In(v.read(), v.agency(), s.year)
	if err != nil {
		return err
	}
	councils, err := series.Bodies(v.read(), v.agency())
	if err != nil {
		return err
	}
	var book series.Series
	which := view.Select{}
	for _, x := range all {
		if x.Direction == series.Copy || x.Last < x.Start {
			continue
		}
		if asked := q.Get("series"); idText(x.ID) == asked || idText(book.ID) != asked && (book.ID == 0 || x.Last-x.Start > book.Last-book.Start) {
			book = x // without a choice the fullest
		}
		which.Options = append(which.Options, view.Option{Value: idText(x.ID), Label: v.seriesName(x, councils)})
	}
	p.Filters = append([]view.Filter{{Before: "Dãy số", Name: "series", Label: "Dãy số", Select: which}}, v.bookPeriods(s, years)...)
	if book.ID == 0 {
		p.Filters, p.Empty = v.bookPeriods(s, years), fmt.Sprintf("Năm %d chưa cấp số văn bản đi nào.", s.year)
		return nil
	}
	p.Filters[0].Select.Value = idText(book.ID)
	lines, err := outgoing.LinesPage(v.read(), v.dir, book, outgoing.Span{From: s.from, To: s.to}, parsePlace(q.Get("sau")), rowsOfBook+1)
	if err != nil {
		return err
	}
	for _, l := range lines {
		p.Rows = append(p.Rows, view.BookRow{Cells: l.Cells(), Href: l.Document.Address(), Void: l.Void, Later: later(l.Later)})
	}
	if len(lines) > rowsOfBook {
		d := lines[rowsOfBook-1].Document
		v.nextPage(p, fmt.Sprintf("%d.%d.%s", d.Number, d.ID, d.Suffix))
	}
	if n, at, err := outgoing.PrintedUpTo(v.read(), book.ID); err != nil {
		return err
	} else if n > 0 {
		p.Locked = "Đã in và khóa đến số " + series.Text(n) + " (" + civil.Of(at).VN() + ")."
	}
	at := "/van-ban-di/so?book=" + idText(book.ID) + "&from=" + s.from.VN() + "&to=" + s.to.VN() + "&format="
	if len(p.Rows) > 0 {
		p.Prints = []view.Link{{Label: "In sổ (PDF)", Href: at + "pdf"}, {Label: "Tải Excel", Href: at + "xlsx"}, {Label: "In theo số, kiểm tra sổ", Href: "/van-ban-di/in?year=" + strconv.Itoa(s.year)}}
	}
	if v.may(org.NumberOut, org.Target{}) {
		p.Lock = numberLock(book.ID, s, q.Encode())
	}
	return nil
}

func numberLock(book int64, s bookSpan, q string) *view.BookLock {
	return &view.BookLock{Name: "number", Label: "Khóa đến số", Help: "Dòng đã in giữ nguyên; thay đổi về sau hiện thành dòng có ngày bên dưới.",
		Keep: []view.Option{{Value: "series", Label: idText(book)}, {Value: "year", Label: strconv.Itoa(s.year)}, {Value: "q", Label: q}}}
}

func parsePlace(s string) (at outgoing.Place) {
	parts := strings.SplitN(s, ".", 3)
	if len(parts) == 3 {
		at.Number, _ = strconv.ParseInt(parts[0], 10, 64)
		at.ID, _ = strconv.ParseInt(parts[1], 10, 64)
		at.Suffix = parts[2]
	}
	return at
}

// bookArrivals is the register of arrivals (8.2).
func (v *visit) bookArrivals(p *view.BookPage, s bookSpan) error {
	p.Columns = document.ArrivalColumns
	return v.bookIncoming(p, s, bookIncoming, 3, document.Line.ArrivalCells)
}

// bookFollowUp is the book in which the handling is followed (8.3).
func (v *visit) bookFollowUp(p *view.BookPage, s bookSpan) error {
	p.Columns = document.FollowColumns
	return v.bookIncoming(p, s, bookFollow, 1, func(l document.Line) []string { return l.FollowCells(v.dir.Calendar, v.now) })
}

// bookSlips leads to the slip of each document (8.6).
func (v *visit) bookSlips(p *view.BookPage, s bookSpan) error {
	p.Columns = []string{"Số đến", "Văn bản đến", "Đơn vị hoặc người nhận", "Thời hạn giải quyết", "Phiếu"}
	err := v.bookIncoming(p, s, "", 4, func(l document.Line) []string {
		c := l.FollowCells(v.dir.Calendar, v.now)
		return []string{c[0], c[1], c[2], c[3], "Xem phiếu số " + c[0]}
	})
	for i := range p.Rows {
		p.Rows[i].Href += "/phieu-giai-quyet.pdf"
	}
	p.Prints, p.Locked = nil, ""
	return err
}

func (v *visit) bookIncoming(p *view.BookPage, s bookSpan, kind string, at int, cells func(document.Line) []string) error {
	q := v.URL.Query()
	years, err := document.Years(v.read(), v.agency())
	if err != nil {
		return err
	}
	books, err := document.Books(v.read(), v.agency())
	if err != nil {
		return err
	}
	var book document.Book
	which := view.Select{}
	for _, b := range books {
		if book.ID == 0 && b.First || idText(b.ID) == q.Get("register") {
			book = b
		}
		which.Options = append(which.Options, view.Option{Value: idText(b.ID), Label: b.Name})
	}
	which.Value = idText(book.ID)
	p.Filters = v.bookPeriods(s, years)
	if len(books) > 1 {
		p.Filters = append([]view.Filter{{Before: "Quyển", Name: "register", Label: "Quyển", Select: which}}, p.Filters...)
	}
	after, _ := number64(q.Get("sau"))
	lines, err := document.LinesPage(v.read(), v.dir, v.agency(), book.ID, document.Span{Year: s.year, From: s.from, To: s.to}, after, rowsOfBook+1)
	if err != nil {
		return err
	}
	for _, l := range lines {
		p.Rows = append(p.Rows, view.BookRow{Cells: cells(l), Href: l.Document.Address(), At: at, Void: l.Void, Later: laterIn(l.Later)})
	}
	if len(lines) > rowsOfBook {
		v.nextPage(p, strconv.FormatInt(lines[rowsOfBook-1].Document.Number, 10))
	}
	if n, printed, err := document.PrintedUpTo(v.read(), book.ID, s.year); err != nil {
		return err
	} else if n > 0 {
		p.Locked = "Đã in và khóa đến số " + document.ShowNumber(n) + " (" + civil.Of(printed).VN() + ")."
	}
	print := fmt.Sprintf("/van-ban-den/so?book=%s&register=%d&year=%d&period=year", kind, book.ID, s.year)
	switch n := strings.TrimPrefix(s.period, "q"); {
	case s.period == "nay":
		print = fmt.Sprintf("/van-ban-den/so?book=%s&register=%d&period=day&day=%s", kind, book.ID, s.from.VN())
	case n != s.period:
		print = fmt.Sprintf("/van-ban-den/so?book=%s&register=%d&period=quarter&quarter=%s/%d", kind, book.ID, n, s.year)
	case n != "":
		print = fmt.Sprintf("/van-ban-den/so?book=%s&register=%d&period=month&month=%s/%d", kind, book.ID, n, s.year)
	}
	if len(p.Rows) > 0 {
		p.Prints = []view.Link{{Label: "In sổ (PDF)", Href: print + "&format=pdf"}, {Label: "Tải Excel", Href: print + "&format=xlsx"}, {Label: "In theo số, khóa sổ", Href: "/van-ban-den/in"}}
	}
	return nil
}

// bookDays is a book whose lines follow each other by day (8.4, 8.5).
func (v *visit) bookDays(p *view.BookPage, s bookSpan, b outgoing.DayBook) error {
	p.Columns = b.Columns()
	q := v.URL.Query()
	years, err := outgoing.Years(v.read(), v.agency())
	if err != nil {
		return err
	}
	p.Filters = v.bookPeriods(s, years)
	p.Filters[0].Before = "Năm"
	var after outgoing.DayLine
	if a, id, ok := strings.Cut(q.Get("sau"), "."); ok {
		after.On, _ = civil.Parse(a)
		after.ID, _ = number64(id)
	}
	lines, err := outgoing.DayLinesPage(v.read(), v.dir, b, s.from, s.to, after, rowsOfBook+1)
	if err != nil {
		return err
	}
	late := map[int64]bool{}
	link := 1
	if b == outgoing.BookUse {
		link = 2
		p.Empty = "Thời gian đã chọn không có ai sử dụng bản lưu. Mở một văn bản đi rồi chọn “Cho sử dụng bản lưu”."
		over, err := outgoing.LateUses(v.read(), v.agency(), v.today, 1000)
		if err != nil {
			return err
		}
		for _, u := range over {
			late[u.ID] = true
		}
	}
	var choice []view.Option
	for i, l := range lines {
		p.Rows = append(p.Rows, view.BookRow{Line: idText(l.ID), Cells: l.Cells, Href: l.Document.Address(), At: link, Late: late[l.ID], Later: later(l.Later)})
		if i < rowsOfBook {
			choice = append(choice, view.Option{Value: idText(l.ID), Label: l.On.VN() + ": " + l.Document.Label + ", " + strings.TrimSpace(l.Cells[2-link%2])})
		}
	}
	if len(lines) > rowsOfBook {
		last := lines[rowsOfBook-1]
		v.nextPage(p, fmt.Sprintf("%s.%d", last.On, last.ID))
	}
	last, err := outgoing.DaysPrinted(v.read(), v.agency(), b)
	if err != nil {
		return err
	}
	if !last.IsZero() {
		p.Locked = "Đã in và khóa đến hết ngày " + last.VN() + "."
	}
	if len(p.Rows) > 0 {
		at := fmt.Sprintf("/van-ban-di/so?book=%s&year=%d&from=%s&to=%s&format=", b, s.year, s.from.VN(), s.to.VN())
		p.Prints = []view.Link{{Label: "In sổ (PDF)", Href: at + "pdf"}, {Label: "Tải Excel", Href: at + "xlsx"}}
	}
	if v.may(org.SendOut, org.Target{}) {
		keep := []view.Option{{Value: "q", Label: q.Encode()}}
		p.Lock = &view.BookLock{Name: "through", Label: "Khóa đến hết ngày", Keep: keep, Help: "In phần này, ký, đóng quyển. Sau khi khóa không ghi thêm dòng nào vào những ngày ấy; thay đổi về sau hiện thành dòng có ngày bên dưới."}
		if len(choice) > 0 {
			p.Correct = &view.BookCorrection{Form: view.Form{Key: newFormKey()}, Lines: choice, Keep: keep}
		}
	}
	return nil
}

// bookCopies is the book of certified copies.
func (v *visit) bookCopies(p *view.BookPage, s bookSpan) error {
	p.Columns = outgoing.CopyColumns
	q := v.URL.Query()
	years, err := outgoing.Years(v.read(), v.agency())
	if err != nil {
		return err
	}
	p.Filters = v.bookPeriods(s, years)[:1]
	p.Filters[0].Before = "Năm"
	after, _ := number64(q.Get("sau"))
	lines, err := outgoing.CopyLines(v.read(), v.dir, s.year, after, rowsOfBook+1)
	if err != nil {
		return err
	}
	for _, l := range lines {
		p.Rows = append(p.Rows, view.BookRow{Cells: l.Cells, Href: l.Copy.Address(), Void: l.Void, Later: later(l.Later)})
	}
	if len(lines) > rowsOfBook {
		v.nextPage(p, strconv.FormatInt(lines[rowsOfBook-1].Copy.Number, 10))
	}
	books, err := outgoing.CopyBooks(v.read(), v.agency(), s.year)
	if err != nil || len(books) == 0 {
		p.Empty = fmt.Sprintf("Năm %d chưa có bản sao nào được cấp số.", s.year)
		return err
	}
	book := books[len(books)-1]
	n, at, err := outgoing.PrintedUpTo(v.read(), book.ID)
	if err != nil {
		return err
	}
	if n > 0 {
		p.Locked = "Đã in và khóa đến số " + series.Text(n) + " (" + civil.Of(at).VN() + ")."
	}
	if len(p.Rows) > 0 {
		at := fmt.Sprintf("/van-ban-di/so?book=%s&year=%d&format=", bookCopies, s.year)
		p.Prints = []view.Link{{Label: "In sổ (PDF)", Href: at + "pdf"}, {Label: "Tải Excel", Href: at + "xlsx"}, {Label: "Bản sao đang chờ", Href: "/ban-sao"}}
	}
	if v.may(org.NumberOut, org.Target{}) {
		p.Lock = numberLock(book.ID, s, q.Encode())
	}
	return nil
}

// bookList is the yearly list of dossiers (8.7).
func (v *visit) bookList(p *view.BookPage, s bookSpan) error {
	years := []int{v.today.Year() + 1, v.today.Year(), v.today.Year() - 1, v.today.Year() - 2}
	p.Filters = v.bookPeriods(s, years)[:1]
	p.Filters[0].Before = "Năm"
	t, err := v.dossierListPrinted(s.year)
	if fault.Is(err, fault.KindNotFound) {
		p.Columns, p.Empty = []string{"Số và ký hiệu hồ sơ"}, fault.Text(err)+" Lập ở trang Danh mục hồ sơ."
		return nil
	}
	if err != nil {
		return err
	}
	for _, c := range t.columns {
		p.Columns = append(p.Columns, c.Title)
	}
	for _, l := range t.lines {
		p.Rows = append(p.Rows, view.BookRow{Cells: l.Cells, Head: l.Kind == print.Group})
	}
	p.Locked = strings.Join(t.notes, " ")
	at := fmt.Sprintf("/danh-muc-ho-so/%d/", s.year)
	p.Prints = []view.Link{{Label: "In danh mục (PDF)", Href: at + "in.pdf"}, {Label: "Tải Excel", Href: at + "danh-muc.xlsx"}, {Label: "Lập, phê duyệt danh mục", Href: "/danh-muc-ho-so?year=" + strconv.Itoa(s.year)}}
	return nil
}

// dossierListPrinted is the list of a year as it is printed.
func (v *visit) dossierListPrinted(year int) (printed, error) {
	l, err := archive.ListOf(v.read(), v.agency(), year)
	if err != nil {
		return printed{}, err
	}
	return v.listPrinted(l), nil
}
