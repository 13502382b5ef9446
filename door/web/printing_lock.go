// SPDX-License-Identifier: Apache-2.0

package web

import (
	"net/http"
	"net/url"
	"strconv"

	"soviec/door/web/view"
	"soviec/kit/civil"
	"soviec/kit/journal"
	"soviec/office/document"
	"soviec/office/org"
)

// lockPage says what printing a register for good means (in và khóa sổ), and up to which
// number it would be. Nothing is locked yet.
func lockPage(v *visit) error { return v.lockAgain(v.FormValue("register"), v.FormValue("year"), nil) }

func (v *visit) lockAgain(register, year string, refused error) error {
	if err := v.must(org.RegisterIncoming); err != nil {
		return err
	}
	book, err := v.chosenBook(register)
	if err != nil {
		return err
	}
	n, err := strconv.Atoi(year)
	if err != nil || n < 1900 || n > 9999 {
		n = v.today.Year()
	}
	bounds, err := document.BoundsOf(v.read(), v.agency(), book.ID, document.SpanOfYear(n))
	if err != nil {
		return err
	}
	locked, at, err := document.PrintedUpTo(v.read(), book.ID, n)
	if err != nil {
		return err
	}
	p := view.LockRegister{Frame: v.frame(view.PlaceIncoming, "In và khóa sổ"), Back: &view.Crumb{Label: "In sổ", Href: "/van-ban-den/in"},
		Form: view.Form{Errors: fieldErrors(refused)}, Register: idText(book.ID), Year: strconv.Itoa(n), Book: "Sổ “" + book.Name + "”, năm " + strconv.Itoa(n)}
	if locked > 0 {
		p.Locked = "Đã in và khóa đến số " + document.ShowNumber(locked) + ", ngày " + civil.Of(at).VN() + "."
	}
	if bounds.Count > 0 && bounds.Last > locked {
		p.From, p.To, p.Number = document.ShowNumber(max(locked+1, bounds.First)), document.ShowNumber(bounds.Last), idText(bounds.Last)
		p.PreviewHref = lockedSheet(book.ID, n, max(locked+1, bounds.First), bounds.Last)
	}
	if refused != nil {
		return v.again(p, refused)
	}
	return v.show(p)
}

// lockRegister prints a register's year up to a number for good: what is corrected later
// stands as a dated line beside what was printed.
func lockRegister(v *visit) error {
	book, err := v.chosenBook(v.field("register"))
	if err != nil {
		return err
	}
	year, err := strconv.Atoi(v.field("year"))
	number, ok := number64(v.field("number"))
	if err != nil || !ok {
		return errNoPage
	}
	before, _, err := document.PrintedUpTo(v.read(), book.ID, year)
	if err != nil {
		return err
	}
	err = v.act(func(a *journal.Act) error { return document.MarkPrinted(a, book.ID, year, number) })
	if err != nil {
		if !wrong(err) {
			return err
		}
		return v.lockAgain(v.field("register"), v.field("year"), err)
	}
	setFlash(v.w, view.Flash{Tone: view.ToneDone, Text: "Đã khóa sổ “" + book.Name + "” năm " + strconv.Itoa(year) + " đến số " + document.ShowNumber(number) + ".",
		Href: lockedSheet(book.ID, year, before+1, number), Link: "Mở PDF để in, ký và đóng quyển"}, v.d.Secure)
	http.Redirect(v.w, v.Request, "/van-ban-den/in", http.StatusSeeOther)
	return nil
}

// lockedSheet is the address of the sheets that are printed for good.
func lockedSheet(register int64, year int, first, last int64) string {
	return address("/van-ban-den/so", url.Values{"book": {bookIncoming}, "register": {idText(register)}, "period": {"range"}, "year": {strconv.Itoa(year)},
		"from": {idText(first)}, "to": {idText(last)}, "format": {"pdf"}})
}
