// SPDX-License-Identifier: Apache-2.0

package series

import (
	"regexp"
	"strconv"
	"unicode/utf8"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/org"
)

// notation is what stands behind the number (ký hiệu; Phụ lục I mục II.3): "QĐ-BDT" of
// a named type, "BDT-VP" of a công văn, "QĐ-HĐTĐKT" of a council, "SY-BDT" of a copy,
// with the abbreviations valid on the day.
func notation(r store.Reader, dir *org.Directory, q Ask, day civil.Date) (string, error) {
	short, err := ShortOn(r, dir, 0, day)
	if err != nil {
		return "", err
	}
	if q.Direction == Body {
		b, err := BodyOf(r, dir.Agency.ID, q.Body)
		if err != nil {
			return "", err
		}
		short = b.Abbr
	}
	if q.Kind.Abbr != "" {
		return q.Kind.Abbr + "-" + short, nil
	}
	if q.Unit == 0 {
		if q.Direction == Body {
			return short, nil
		}
		return "", fault.Invalid("unit", "Công văn phải có đơn vị soạn thảo để ghi ký hiệu.")
	}
	unit, err := ShortOn(r, dir, dir.Successor(q.Unit, day), day)
	return short + "-" + unit, err
}

// ShortOn is the abbreviation of a unit, or of the agency (unit 0), on a day.
func ShortOn(r store.Reader, dir *org.Directory, unit int64, day civil.Date) (string, error) {
	abbr, err := abbrOn(r, dir.Agency.ID, unit, day)
	if err == store.ErrNone {
		if unit == 0 {
			return dir.Agency.Short, nil
		}
		return dir.Unit(unit).Short, nil
	}
	return abbr, err
}

var abbreviation = regexp.MustCompile(`^[\p{L}\p{N}]{1,15}(-[\p{L}\p{N}]{1,10})?$`)

// SetAbbr changes how a unit, or the agency (unit 0), is written in notations from a
// day on. What was numbered before keeps what it bears. afresh is for an agency that
// became a new legal person: its numbers begin at 01 on that day; otherwise they go on
// (documents.md 7.7).
func SetAbbr(a *journal.Act, unit int64, abbr string, from civil.Date, afresh bool, basis string) error {
	if err := org.May(a, org.ManageSettings, org.Target{}); err != nil {
		return err
	}
	dir, err := org.DirectoryIn(a)
	if err != nil {
		return err
	}
	abbr, basis = tidy(abbr), tidy(basis)
	var errs []error
	if !abbreviation.MatchString(abbr) {
		errs = append(errs, fault.Invalid("abbr", "Chữ viết tắt gồm chữ cái và chữ số, không có khoảng trắng."))
	}
	if from.IsZero() || from.Before(a.Day()) {
		errs = append(errs, fault.Invalid("from", "Ngày đổi phải từ hôm nay trở đi: ký hiệu đã cấp không sửa."))
	}
	if utf8.RuneCountInString(basis) < 5 {
		errs = append(errs, fault.Invalid("basis", "Xin ghi văn bản quyết định việc đổi."))
	}
	if unit != 0 && dir.Unit(unit).ID == 0 {
		errs = append(errs, fault.Invalid("unit", "Không có đơn vị này."))
	}
	if unit != 0 && afresh {
		errs = append(errs, fault.Invalid("afresh", "Dãy số thuộc cơ quan: đổi đơn vị không làm số bắt đầu lại."))
	}
	if err := fault.Join(errs...); err != nil {
		return err
	}
	before, err := ShortOn(a, dir, unit, from)
	if err != nil {
		return err
	}
	if err := insertAbbr(a, unit, before, abbr, from, afresh, basis); err != nil {
		if store.IsUnique(err) {
			return fault.Conflict("from", "Đã có thay đổi chữ viết tắt từ ngày "+from.VN()+".")
		}
		return err
	}
	a.Note(journal.Entry{Kind: AbbrSet, Subject: journal.Ref("unit", unit), DueOn: from, Data: map[string]any{"abbr": abbr, "afresh": afresh}})
	return nil
}

// An Abbr is an abbreviation with the day from which it is written.
type Abbr struct {
	Unit   int64
	From   civil.Date
	Text   string
	Afresh bool
	Basis  string
}

// Abbrs are all changes of abbreviations, in order of their days.
func Abbrs(r store.Reader, agency int64) ([]Abbr, error) { return abbrsOf(r, agency) }

// A Council is a council or team that issues under its own name and seal of the agency.
type Council struct {
	ID       int64
	Name     string
	Abbr     string
	From, To civil.Date
	Basis    string
}

// OpenBody gives a council a series of its own (Điều 15.3b).
func OpenBody(a *journal.Act, b Council) (int64, error) {
	if err := org.May(a, org.ManageSettings, org.Target{}); err != nil {
		return 0, err
	}
	b.ID, b.Name, b.Abbr, b.Basis = a.NewID(), tidy(b.Name), tidy(b.Abbr), tidy(b.Basis)
	if b.From.IsZero() {
		b.From = a.Day()
	}
	var errs []error
	if n := utf8.RuneCountInString(b.Name); n < 3 || n > 200 {
		errs = append(errs, fault.Invalid("name", "Hãy nhập tên hội đồng, ban, từ 3 đến 200 ký tự."))
	}
	if !abbreviation.MatchString(b.Abbr) {
		errs = append(errs, fault.Invalid("abbr", "Chữ viết tắt gồm chữ cái và chữ số, không có khoảng trắng."))
	}
	there, err := Bodies(a, a.By.Agency)
	if err != nil {
		return 0, err
	}
	for _, o := range there {
		if o.To.IsZero() && o.Abbr == b.Abbr {
			errs = append(errs, fault.Conflict("abbr", "“"+o.Name+"” đã dùng chữ viết tắt này."))
		}
	}
	if err := fault.Join(errs...); err != nil {
		return 0, err
	}
	if err := insertBody(a, b); err != nil {
		return 0, err
	}
	a.Note(journal.Entry{Kind: BodySet, Subject: journal.Ref("council", b.ID), Data: map[string]string{"abbr": b.Abbr}})
	return b.ID, nil
}

// EndBody ends a council; its numbers stay.
func EndBody(a *journal.Act, id int64, day civil.Date) error {
	if err := org.May(a, org.ManageSettings, org.Target{}); err != nil {
		return err
	}
	b, err := BodyOf(a, a.By.Agency, id)
	if err != nil {
		return err
	}
	if !b.To.IsZero() || !day.After(b.From) {
		return fault.Invalid("to", "Ngày kết thúc phải sau ngày thành lập ("+b.From.VN()+").")
	}
	a.Note(journal.Entry{Kind: BodySet, Subject: journal.Ref("council", id), DueOn: day})
	return setBodyEnd(a, id, day)
}

// RuleOf is how a year is numbered: what was decided for it or for the latest year before.
func RuleOf(r store.Reader, agency int64, year int) (Rule, error) {
	x, err := ruleOf(r, agency, year)
	if err == store.ErrNone {
		return Rule{Year: year, Mode: Mixed, Apart: ApartByDefault}, nil
	}
	return x, err
}

// SetMode decides how a year is numbered. A year in which a number was taken stays as
// it is: the way changes on 1 January only.
func SetMode(a *journal.Act, year int, mode Mode, apart []string) error {
	if err := org.May(a, org.ManageSettings, org.Target{}); err != nil {
		return err
	}
	known := false
	for _, m := range Modes {
		known = known || m.Mode == mode
	}
	if !known {
		return fault.Invalid("mode", "Hãy chọn cách đánh số.")
	}
	if mode != Mixed {
		apart = nil
	} else if len(apart) == 0 {
		return fault.Invalid("apart", "Hãy chọn ít nhất một loại văn bản đánh số riêng.")
	}
	if year < a.Day().Year() || year > a.Day().Year()+1 {
		return fault.Invalid("year", "Chỉ chọn cách đánh số cho năm nay (khi chưa cấp số nào) hoặc năm sau.")
	}
	begun, err := begunIn(a, a.By.Agency, year)
	if err != nil {
		return err
	}
	if begun {
		return fault.Conflict("year", "Năm "+strconv.Itoa(year)+" đã cấp số: cách đánh số chỉ đổi từ ngày 01/01/"+strconv.Itoa(year+1)+".")
	}
	a.Note(journal.Entry{Kind: ModeSet, Subject: journal.Ref("year", int64(year)), Data: map[string]any{"mode": mode, "apart": apart}})
	return putRule(a, year, mode, apart)
}

// Begin opens a series of this year at another number than 1, because the numbers
// before it stand in a paper register (bắt đầu giữa năm); once, and before the first.
func Begin(a *journal.Act, q Ask, start int64, lastDay civil.Date, note, scan string) error {
	if err := org.May(a, org.ManageSettings, org.Target{}); err != nil {
		return err
	}
	var errs []error
	if start < 2 || start > 99999 {
		errs = append(errs, fault.Invalid("start", "Số bắt đầu từ 2 đến 99.999; dãy mới thì không cần đặt."))
	}
	if utf8.RuneCountInString(tidy(note)) < 10 {
		errs = append(errs, fault.Invalid("note", "Xin ghi sổ giấy nào, trang cuối, người xác nhận."))
	}
	if lastDay.After(a.Day()) || !lastDay.IsZero() && lastDay.Year() != a.Day().Year() {
		errs = append(errs, fault.Invalid("day", "Ngày của số cuối trong sổ giấy phải trong năm nay."))
	}
	if err := fault.Join(errs...); err != nil {
		return err
	}
	x, err := hold(a, q, a.Day())
	if err != nil {
		return err
	}
	if x.Last != 0 || x.Start != 1 {
		return fault.Conflict("start", "Dãy số này đã bắt đầu.")
	}
	a.Note(journal.Entry{Kind: Opened, Subject: journal.Ref(RefSeries, x.ID), Amount: start})
	return setStart(a, x.ID, start, lastDay, tidy(note), scan)
}

// Close shuts a series whose year is over: nothing is numbered in it but what is inserted.
func Close(a *journal.Act, id int64) error {
	if err := org.May(a, org.NumberOut, org.Target{}); err != nil {
		return err
	}
	x, err := lockByID(a, id)
	if err != nil {
		return err
	}
	if x.Closed {
		return nil
	}
	if x.Year >= a.Day().Year() {
		return fault.Conflict("", "Dãy số chỉ khóa được khi năm "+strconv.Itoa(x.Year)+" đã hết.")
	}
	a.Note(journal.Entry{Kind: Closed, Subject: journal.Ref(RefSeries, id), Amount: x.Last})
	return setClosed(a, id)
}
