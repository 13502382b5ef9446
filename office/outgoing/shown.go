// SPDX-License-Identifier: Apache-2.0

package outgoing

import (
	"strings"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/letter"
)

// Shown is what a sealed file says about itself: what stands in its fields so and ngay, and
// what its first page reads.
type Shown struct {
	Fields   bool // it has the two fields
	So, Ngay string
	Text     bool       // there is text on the first page
	Number   string     // number and notation as printed; "" when none was found
	Day      civil.Date // as printed; zero when none was found
	Compared bool       // a picture without text: the clerk compared it with the register
}

// shows compares what a sealed file says with the number and day that were given. The book
// and the file can never say two things about one document (Điều 15; documents.md §6.3).
func (d Document) shows(s Shown) error {
	given := "Số được cấp trong sổ là " + d.Label + ", ngày " + d.Day.VN() + "."
	if s.Fields {
		so := tidy(s.So)
		switch {
		case so == "":
			return fault.Invalid("files", "Ô số trên tệp còn để trống. "+given)
		case so != NumberText(d) && so != d.Label:
			return fault.Invalid("files", "Ô số trên tệp ghi “"+so+"”. "+given)
		}
		if ngay := tidy(s.Ngay); d.dated() && ngay != strings.TrimPrefix(d.Day.Long(), "ngày ") && ngay != d.Day.Long() && ngay != d.Day.VN() {
			if ngay == "" {
				return fault.Invalid("files", "Ô ngày trên tệp còn để trống. "+given)
			}
			return fault.Invalid("files", "Ô ngày trên tệp ghi “"+ngay+"”. "+given)
		}
	}
	switch {
	case !s.Text && s.Fields:
		return nil // the page is a picture, the fields are not
	case !s.Text && !s.Compared:
		return fault.Invalid("compared", "Trang đầu của tệp chỉ có hình, không đọc được số và ngày. "+given+" Hãy đối chiếu bằng mắt rồi đánh dấu ô đã đối chiếu.")
	case !s.Text:
		return nil
	case s.Number == "" || d.dated() && s.Day.IsZero():
		return fault.Invalid("files", "Trang đầu của tệp "+said(s, d.dated())+". "+given)
	case !sameDesignation(s.Number, d.Label) || d.dated() && s.Day != d.Day:
		return fault.Invalid("files", "Trang đầu của tệp ghi "+said(s, d.dated())+". "+given)
	}
	return nil
}

// said is what a page says, in words.
func said(s Shown, dated bool) string {
	switch {
	case s.Number == "" && s.Day.IsZero():
		return "chưa ghi số, ngày"
	case s.Number == "":
		return "chưa ghi số, chỉ ghi ngày " + s.Day.VN()
	case dated && s.Day.IsZero():
		return "ghi số " + s.Number + " nhưng chưa ghi ngày"
	case !dated:
		return "số " + s.Number
	}
	return "số " + s.Number + ", ngày " + s.Day.VN()
}

// sameDesignation compares two numbers with notation as they are printed: blanks around the
// marks do not count, a dash of another kind does not either.
func sameDesignation(a, b string) bool {
	plain := strings.NewReplacer(" ", "", "–", "-", "—", "-", "‑", "-")
	return plain.Replace(tidy(a)) == plain.Replace(tidy(b))
}

// dated reports whether place and date stand at the head of its type.
func (d Document) dated() bool {
	t, ok := letter.TypeOf(d.Type)
	return !ok || t.Dated
}
