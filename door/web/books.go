// SPDX-License-Identifier: Apache-2.0

package web

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"soviec/door/web/view"
	"soviec/kit/civil"
	"soviec/kit/journal"
	"soviec/office/document"
	"soviec/office/org"
	"soviec/office/outgoing"
	"soviec/office/series"
)

// A shelved is a book that is read on the screen row by row.
type shelved struct {
	name, law string
	fill      func(v *visit, p *view.BookPage, s bookSpan) error
}

// shelf are the books by the last word of their address.
var shelf = map[string]shelved{
	"van-ban-di":       {"Sổ đăng ký văn bản đi", "Phụ lục IV.", (*visit).bookOut},
	"van-ban-den":      {"Sổ đăng ký văn bản đến", "Phụ lục IV.", (*visit).bookArrivals},
	"theo-doi":         {"Sổ theo dõi giải quyết văn bản đến", "Phụ lục IV.", (*visit).bookFollowUp},
	"buu-dien":         {"Sổ gửi văn bản đi bưu điện", "Phụ lục IV.", func(v *visit, p *view.BookPage, s bookSpan) error { return v.bookDays(p, s, outgoing.BookPost) }},
	"ban-luu":          {"Sổ sử dụng bản lưu", "Phụ lục IV.", func(v *visit, p *view.BookPage, s bookSpan) error { return v.bookDays(p, s, outgoing.BookUse) }},
	"phieu-giai-quyet": {"Phiếu giải quyết văn bản đến", "Phụ lục IV; mỗi văn bản đến một phiếu.", (*visit).bookSlips},
	"danh-muc-ho-so":   {"Danh mục hồ sơ", "Phụ lục V.", (*visit).bookList},
	"ban-sao":          {"Sổ đăng ký bản sao", "Một dãy số chung cho sao y, sao lục, trích sao trong năm (Phụ lục I).", (*visit).bookCopies},
}

// A bookSpan is which part of a book is shown.
type bookSpan struct {
	year     int
	period   string // "", "q1" … "q4", "1" … "12", "nay"
	from, to civil.Date
}

func (v *visit) bookSpan(q url.Values) bookSpan {
	s := bookSpan{year: v.bookYear(q), period: q.Get("period")}
	s.from, s.to = civil.New(s.year, 1, 1), civil.New(s.year, 12, 31)
	month := func(m, n int) {
		s.from = civil.New(s.year, time.Month(m), 1)
		s.to = s.from.AddMonths(n).AddDays(-1)
	}
	n, err := strconv.Atoi(strings.TrimPrefix(s.period, "q"))
	switch {
	case s.period == "nay" && s.year == v.today.Year():
		s.from, s.to = v.today, v.today
	case strings.HasPrefix(s.period, "q") && err == nil && n >= 1 && n <= 4:
		month(n*3-2, 3)
	case err == nil && n >= 1 && n <= 12:
		month(n, 1)
	default:
		s.period = ""
	}
	return s
}

func (v *visit) bookPeriods(s bookSpan, years []int) []view.Filter {
	period := view.Select{Value: s.period, Options: []view.Option{{Label: "cả năm"}}}
	if s.year == v.today.Year() {
		period.Options = append(period.Options, view.Option{Value: "nay", Label: "hôm nay"})
	}
	for n := 1; n <= 4; n++ {
		period.Options = append(period.Options, view.Option{Value: fmt.Sprintf("q%d", n), Label: fmt.Sprintf("quý %d", n)})
	}
	for n := 1; n <= 12; n++ {
		period.Options = append(period.Options, view.Option{Value: strconv.Itoa(n), Label: fmt.Sprintf("tháng %d", n)})
	}
	year := view.Select{Value: strconv.Itoa(s.year)}
	known := false
	for _, y := range years {
		known = known || y == s.year
		year.Options = append(year.Options, view.Option{Value: strconv.Itoa(y), Label: strconv.Itoa(y)})
	}
	if !known {
		year.Options = append([]view.Option{{Value: year.Value, Label: year.Value}}, year.Options...)
	}
	return []view.Filter{{Before: "năm", Name: "year", Label: "Năm", Select: year}, {Before: "", Name: "period", Label: "Thời gian", Select: period}}
}

// mayReadBooks asks for whoever reads all documents and may hand data out.
func (v *visit) mayReadBooks() bool { return v.mayPrintOut() && v.reach().All }

// bookShelf lists the books with what is locked and what is late in them.
func bookShelf(v *visit) error {
	if !v.mayReadBooks() {
		return errNoPage
	}
	p := view.BookShelf{Frame: v.frame(view.PlaceOutgoing, "Sổ sách văn thư"), Back: &view.Crumb{Label: "Văn bản đi", Href: "/van-ban-di"}}
	year := strconv.Itoa(v.today.Year())
	prints := func(path string) []view.Link {
		return []view.Link{{Label: "In (PDF)", Href: path + "&format=pdf"}, {Label: "Tải Excel", Href: path + "&format=xlsx"}}
	}
	more := map[string]func(c *view.BookCard) error{
		"van-ban-di": func(c *view.BookCard) error {
			c.Prints = []view.Link{{Label: "In theo ngày, số; kiểm tra sổ", Href: "/van-ban-di/in"}}
			return nil
		},
		"van-ban-den": func(c *view.BookCard) error {
			c.Prints = prints("/van-ban-den/so?book=incoming&period=year&year=" + year)
			return nil
		},
		"theo-doi": func(c *view.BookCard) error {
			c.Prints = prints("/van-ban-den/so?book=follow&period=year&year=" + year)
			return nil
		},
		"buu-dien": func(c *view.BookCard) error {
			c.Prints = prints("/van-ban-di/so?book=post&year=" + year)
			return v.daysLocked(c, outgoing.BookPost)
		},
		"ban-luu": func(c *view.BookCard) error {
			c.Prints = prints("/van-ban-di/so?book=use&year=" + year)
			late, err := outgoing.LateUses(v.read(), v.agency(), v.today, 100)
			if err != nil {
				return err
			}
			if len(late) > 0 {
				c.Late = fmt.Sprintf("%d bản lưu quá hẹn trả", len(late))
			}
			return v.daysLocked(c, outgoing.BookUse)
		},
		"danh-muc-ho-so": func(c *view.BookCard) error {
			c.Prints = []view.Link{{Label: "Lập, phê duyệt danh mục", Href: "/danh-muc-ho-so"}}
			return nil
		},
		"ban-sao": func(c *view.BookCard) error {
			c.Prints = prints("/van-ban-di/so?book=copy&year=" + year)
			return nil
		},
	}
	for _, key := range []string{"van-ban-di", "van-ban-den", "theo-doi", "buu-dien", "ban-luu", "phieu-giai-quyet", "danh-muc-ho-so"} {
		c := v.bookCard(key)
		if f := more[key]; f != nil {
			if err := f(&c); err != nil {
				return err
			}
		}
		p.Cards = append(p.Cards, c)
	}
	transfers := view.BookCard{Name: "Mục lục hồ sơ, tài liệu nộp lưu", Law: "Phụ lục V; mỗi lần nộp lưu một mục lục, in cùng biên bản giao nhận."}
	if v.may(org.ReadArchive, org.Target{}) {
		transfers.Href = "/luu-tru"
	}
	index := view.BookCard{Name: "Mục lục văn bản, tài liệu trong hồ sơ", Law: "Phụ lục V; mở một hồ sơ để xem, in mục lục.", Href: "/ho-so-cong-viec"}
	c := v.bookCard("ban-sao")
	if err := more["ban-sao"](&c); err != nil {
		return err
	}
	p.Cards = append(p.Cards, transfers, index, c)
	return v.show(p)
}

func (v *visit) bookCard(key string) view.BookCard {
	b := shelf[key]
	return view.BookCard{Name: b.name, Law: b.law, Href: "/so-sach/" + key}
}

func (v *visit) daysLocked(c *view.BookCard, b outgoing.DayBook) error {
	last, err := outgoing.DaysPrinted(v.read(), v.agency(), b)
	if err == nil && !last.IsZero() {
		c.Note = "Đã in và khóa đến hết ngày " + last.VN() + "."
	}
	return err
}

// bookPage is one book on the screen.
func bookPage(v *visit) error {
	p, err := v.bookOnScreen(v.URL.Query())
	if err != nil {
		return err
	}
	return v.show(p)
}

func (v *visit) bookOnScreen(q url.Values) (view.BookPage, error) {
	b, ok := shelf[v.PathValue("book")]
	if !ok || !v.mayReadBooks() {
		return view.BookPage{}, errNoPage
	}
	p := view.BookPage{Frame: v.frame(view.PlaceOutgoing, b.name), Back: &view.Crumb{Label: "Sổ sách văn thư", Href: "/so-sach"}, Path: "/so-sach/" + v.PathValue("book"), Title: b.name,
		Law: b.law, Empty: "Thời gian đã chọn không có dòng nào trong sổ."}
	err := b.fill(v, &p, v.bookSpan(q))
	if q.Get("sau") != "" {
		p.Pager.Previous = address(p.Path, without(q, "sau"))
	}
	return p, err
}

// rowsOfBook is how many lines of a book stand on one page.
const rowsOfBook = 50

// nextPage cuts the line too many and says where the next page begins.
func (v *visit) nextPage(p *view.BookPage, after string) {
	p.Rows = p.Rows[:rowsOfBook]
	q := without(v.URL.Query(), "")
	q.Set("sau", after)
	p.Pager.Next = address(p.Path, q)
}

// bookActs lock a book, or correct a line of it.
func bookAct(v *visit) error {
	key, act := v.PathValue("book"), v.PathValue("act")
	if _, ok := shelf[key]; !ok || !v.mayReadBooks() {
		return errNoPage
	}
	if err := v.ParseForm(); err != nil {
		return err
	}
	book := map[string]outgoing.DayBook{"buu-dien": outgoing.BookPost, "ban-luu": outgoing.BookUse}[key]
	back := "/so-sach/" + key + "?" + strings.TrimPrefix(v.field("q"), "?")
	var err error
	switch {
	case act == "khoa" && book != "":
		var through civil.Date
		if through, err = v.date("through"); err == nil {
			err = v.act(func(a *journal.Act) error { return outgoing.MarkDaysPrinted(a, book, through) })
		}
		if err == nil {
			return v.done(back, "Đã in và khóa sổ đến hết ngày "+through.VN()+".")
		}
	case act == "khoa" && (key == "ban-sao" || key == "van-ban-di"):
		id, _ := number64(v.field("series"))
		n, _ := number64(v.field("number"))
		if err = v.act(func(a *journal.Act) error { return outgoing.MarkPrinted(a, id, n) }); err == nil {
			return v.done(back, "Đã in và khóa sổ đến số "+series.Text(n)+".")
		}
	case act == "dinh-chinh" && book != "":
		line, _ := number64(v.field("line"))
		if err = v.act(func(a *journal.Act) error { return outgoing.CorrectLine(a, book, line, v.text("text")) }); err == nil {
			return v.done(back, "Đã ghi dòng đính chính.")
		}
	default:
		return errNoPage
	}
	if !wrong(err) {
		return err
	}
	q, _ := url.ParseQuery(v.field("q"))
	p, perr := v.bookOnScreen(q)
	if perr != nil {
		return perr
	}
	switch {
	case act == "dinh-chinh" && p.Correct != nil:
		p.Correct.Form = v.form(err)
	case p.Lock != nil:
		p.Lock.Form = v.form(err)
	}
	return v.again(p, err)
}

func later(all []outgoing.Dated) (out []view.BookLater) {
	for _, x := range all {
		out = append(out, view.BookLater{On: x.On.VN(), Text: x.Text})
	}
	return out
}

func laterIn(all []document.Dated) (out []view.BookLater) {
	for _, x := range all {
		out = append(out, view.BookLater{On: x.On.VN(), Text: x.Text})
	}
	return out
}
