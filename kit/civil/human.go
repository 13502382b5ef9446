// SPDX-License-Identifier: Apache-2.0

package civil

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"soviec/kit/fault"
	"soviec/kit/pattern"
)

// ParseHuman reads a day as people type it, with or without marks, in any case:
// "05/01/2026", "5/1", "5-1-26", "15", "mai", "thứ 6 tuần sau", "cuối tháng", "+3" and
// "3 ngày làm việc". A day without a year is one near today. A weekday alone is
// the next such day, never today, for today is called "hôm nay". "Cuối tuần", "cuối tháng"
// are the last working day, once it has passed that of the next week or month. A signed
// number counts working days; "3 ngày" without more counts days (calendar rules 3).
func ParseHuman(s string, today Date, c *Calendar) (Date, error) {
	text := fold(s)
	if text == "" {
		return 0, fault.Invalid("", "Hãy nhập ngày, ví dụ 05/01/2026.")
	}
	if y := today.Year(); y < firstHumanYear || y > lastHumanYear || len(text) > maxHuman {
		return 0, notUnderstood()
	}
	h := human{today: today, cal: c}
	for _, read := range []func(string) (Date, error){h.named, h.counted, h.weekday, h.edge, h.written} {
		d, err := read(text)
		if err != nil {
			return 0, err
		}
		if d == 0 {
			continue
		}
		if y := d.Year(); y < firstHumanYear || y > lastHumanYear {
			return 0, fault.Invalid("", fmt.Sprintf("Năm phải từ %d đến %d.", firstHumanYear, lastHumanYear))
		}
		return d, nil
	}
	return 0, notUnderstood()
}

const (
	maxHuman       = 60
	firstHumanYear = 1900
	lastHumanYear  = 2200
)

func notUnderstood() error {
	return fault.Invalid("", "Không hiểu ngày này. Hãy gõ như 05/01/2026, 5/1, mai, thứ Sáu, cuối tháng hoặc +3 (ngày làm việc).")
}

// human reads texts that are folded already. Each reader returns no date when the text is not of its form.
type human struct {
	today Date
	cal   *Calendar
}

// fold takes the marks off and brings spaces to one: "Thứ  Sáu" is "thu sau".
func fold(s string) string {
	if len(s) > 10*maxHuman {
		s = s[:10*maxHuman]
	}
	var b strings.Builder
	for _, r := range norm.NFKD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case r == 'đ' || r == 'Đ':
			b.WriteByte('d')
		case r == '–' || r == '−':
			b.WriteByte('-')
		default:
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return strings.Trim(strings.Join(strings.Fields(b.String()), " "), " .,;")
}

var namedDays = map[string]int{
	"hom nay": 0, "nay": 0, "trong ngay": 0,
	"mai": 1, "ngay mai": 1, "hom sau": 1,
	"kia": 2, "ngay kia": 2, "mot": 2, "ngay mot": 2,
	"hom qua": -1, "qua": -1, "hom kia": -2, "hom truoc": -1,
}

func (h human) named(text string) (Date, error) {
	if n, ok := namedDays[text]; ok {
		return h.today.AddDays(n), nil
	}
	return 0, nil
}

var countedForm = pattern.Of(`^(?:sau |trong |trong vong )?([+-]?) ?(\d{1,4}) ?(ngay lam viec|ngay lv|nlv|ngay|tuan|thang|nam)?( nua| toi| sau| truoc)?$`)

func (h human) counted(text string) (Date, error) {
	m := countedForm.FindStringSubmatch(text)
	if m == nil || m[1] == "" && m[3] == "" {
		return 0, nil
	}
	n, _ := strconv.Atoi(m[2])
	if n > 3660 {
		return 0, fault.Invalid("", "Số ngày quá lớn.")
	}
	if (m[1] == "-") != (m[4] == " truoc") {
		n = -n
	}
	switch m[3] {
	case "ngay":
		return h.today.AddDays(n), nil
	case "tuan":
		return h.today.AddDays(7 * n), nil
	case "thang":
		return h.today.AddMonths(n), nil
	case "nam":
		return h.today.AddMonths(12 * n), nil
	}
	return h.cal.AddWorkingDays(h.today, n), nil
}

const weekdayWords = `(?:thu (hai|ba|tu|bon|nam|sau|bay|[2-7])|t([2-7])|(chu nhat|cn))`

var (
	weekdayForm = pattern.Of(`^` + weekdayWords + `(?: (nay|toi|tuan nay|tuan sau|tuan toi|tuan sau nua|tuan truoc))?$`)
	weekdayHead = pattern.Of(`^` + weekdayWords + `(?:, ?| )(?:ngay )?(\d.*)$`)
	weekdayNo   = map[string]int{
		"hai": 2, "ba": 3, "tu": 4, "bon": 4, "nam": 5, "sau": 6, "bay": 7,
		"2": 2, "3": 3, "4": 4, "5": 5, "6": 6, "7": 7, "chu nhat": 8, "cn": 8,
	}
)

func (h human) weekday(text string) (Date, error) {
	m := weekdayForm.FindStringSubmatch(text)
	if m == nil {
		return 0, nil
	}
	monday := h.today.AddDays(-(int(h.today-1) % 7))
	day := monday.AddDays(weekdayNo[m[1]+m[2]+m[3]] - 2)
	switch m[4] {
	case "tuan nay":
	case "tuan sau", "tuan toi":
		day = day.AddDays(7)
	case "tuan sau nua":
		day = day.AddDays(14)
	case "tuan truoc":
		day = day.AddDays(-7)
	default:
		if day <= h.today {
			day = day.AddDays(7)
		}
	}
	return day, nil
}

var (
	edgeForm = pattern.Of(`^(dau|cuoi|het) (tuan|thang|quy|nam)(?: (nay|sau|toi|truoc))?$`)
	edgeOf   = pattern.Of(`^(dau|cuoi|het) (thang|quy|nam) (\d{1,4}|i|ii|iii|iv)(?:(?: nam |/| )(\d{4}))?$`)
	romanNo  = map[string]int{"i": 1, "ii": 2, "iii": 3, "iv": 4}
	edgeKind = map[string]PeriodKind{"thang": Monthly, "quy": Quarterly, "nam": Yearly}
)

// edge reads the beginning and the end of a week, month, quarter or year.
func (h human) edge(text string) (Date, error) {
	if m := edgeOf.FindStringSubmatch(text); m != nil {
		return h.edgeOfNamed(m[1], edgeKind[m[2]], m[3], m[4])
	}
	m := edgeForm.FindStringSubmatch(text)
	if m == nil {
		return 0, nil
	}
	p := PeriodOf(edgeKind[m[2]], h.today)
	next, prev := p.Next(), p.Prev()
	if m[2] == "tuan" {
		monday := h.today.AddDays(-(int(h.today-1) % 7))
		p = Period{From: monday, To: monday.AddDays(6)}
		next = Period{From: monday.AddDays(7), To: monday.AddDays(13)}
		prev = Period{From: monday.AddDays(-7), To: monday.AddDays(-1)}
	}
	switch m[3] {
	case "nay":
		return h.edgeDay(m[1], p), nil
	case "sau", "toi":
		return h.edgeDay(m[1], next), nil
	case "truoc":
		return h.edgeDay(m[1], prev), nil
	}
	if d := h.edgeDay(m[1], p); d >= h.today {
		return d, nil
	}
	return h.edgeDay(m[1], next), nil
}

// edgeOfNamed reads "cuối tháng 12", "cuối quý IV/2026", "cuối năm 2026".
func (h human) edgeOfNamed(edge string, kind PeriodKind, which, year string) (Date, error) {
	n, isRoman := romanNo[which]
	if !isRoman {
		n, _ = strconv.Atoi(which)
	}
	if kind == Yearly {
		if len(which) != 4 || year != "" {
			return 0, notUnderstood()
		}
		return h.edgeDay(edge, YearOf(New(n, 1, 1))), nil
	}
	if n < 1 || n > 12/kind.months() || isRoman && kind != Quarterly {
		return 0, notUnderstood()
	}
	in := func(y int) Date {
		return h.edgeDay(edge, PeriodOf(kind, New(y, time.Month(n*kind.months()), 1)))
	}
	if year != "" {
		y, _ := strconv.Atoi(year)
		return in(y), nil
	}
	return h.nearest(in), nil
}

// edgeDay returns the first or the last working day of the period. A week in which nobody
// works, at Tết, has its Monday and Friday.
func (h human) edgeDay(edge string, p Period) Date {
	if edge == "dau" {
		if d := h.cal.OnOrAfter(p.From); d <= p.To {
			return d
		}
		return p.From
	}
	if d := h.cal.AddWorkingDays(p.To.AddDays(1), -1); d >= p.From {
		return d
	}
	return p.From.AddDays(4)
}

// nearest returns the day in this year, or, when it would lie more than 200 days off, the
// one nearest to today: in November 5/1 is the coming January, in January 20/12 is last
// month, but in June 1/12 is the December of this year. A day that a year does not have is
// no date there.
func (h human) nearest(in func(year int) Date) Date {
	best := Date(0)
	away := func(d Date) int { return max(d.Sub(h.today), h.today.Sub(d)) }
	if d := in(h.today.Year()); d != 0 && away(d) <= 200 {
		return d
	}
	for y := h.today.Year() - 8; y <= h.today.Year()+8; y++ {
		if d := in(y); d != 0 && (best == 0 || away(d) <= away(best)) {
			best = d
		}
	}
	return best
}

var (
	numericForm = pattern.Of(`^(?:ngay )?(\d{1,2})(?: ?[/.-] ?| )(\d{1,2})(?:(?: ?[/.-] ?| )(\d{4}|\d{2}))?$`)
	wordForm    = pattern.Of(`^(?:ngay )?(\d{1,2}) ?thang ?(\d{1,2})(?:,? nam (\d{4}|\d{2})|[/ ](\d{4}))?$`)
	isoForm     = pattern.Of(`^(\d{4})-(\d{1,2})-(\d{1,2})$`)
	compactForm = pattern.Of(`^(\d\d)(\d\d)(\d{4}|\d\d)$`)
	thisForm    = pattern.Of(`^(?:ngay )?(\d{1,2}) thang (nay|sau|toi|truoc)$`)
	dayForm     = pattern.Of(`^(?:ngay )?(\d{1,2})$`)
)

// written reads a day given by its numbers, if need be after its weekday.
func (h human) written(text string) (Date, error) {
	if m := weekdayHead.FindStringSubmatch(text); m != nil {
		d, err := h.numbers(m[4])
		if want := (weekdayNo[m[1]+m[2]+m[3]] - 1) % 7; err == nil && d != 0 && int(d.Weekday()) != want {
			return 0, fault.Invalid("", fmt.Sprintf("Ngày %s là %s, không phải %s.", d.VN(), d.WeekdayVN(), weekdayNames[want]))
		}
		return d, err
	}
	return h.numbers(text)
}

func (h human) numbers(text string) (Date, error) {
	for _, form := range []pattern.Pattern{numericForm, compactForm} {
		if m := form.FindStringSubmatch(text); m != nil {
			return h.day(m[1], m[2], m[3])
		}
	}
	if m := wordForm.FindStringSubmatch(text); m != nil {
		return h.day(m[1], m[2], m[3]+m[4])
	}
	if m := isoForm.FindStringSubmatch(text); m != nil {
		return h.day(m[3], m[2], m[1])
	}
	if m := thisForm.FindStringSubmatch(text); m != nil {
		first := MonthOf(h.today).From.AddMonths(map[string]int{"sau": 1, "toi": 1, "truoc": -1}[m[2]])
		return h.day(m[1], strconv.Itoa(int(first.Month())), strconv.Itoa(first.Year()))
	}
	if m := dayForm.FindStringSubmatch(text); m != nil {
		return h.comingDay(m[1])
	}
	return 0, nil
}

// day takes the numbers together. A year of two digits lies at most 20 years ahead.
func (h human) day(day, month, year string) (Date, error) {
	d, _ := strconv.Atoi(day)
	m, _ := strconv.Atoi(month)
	y, _ := strconv.Atoi(year)
	if m < 1 || m > 12 {
		return 0, fault.Invalid("", "Tháng phải từ 1 đến 12; hãy gõ ngày trước, tháng sau.")
	}
	if year == "" {
		if !Exists(2000, m, d) { // a leap year has every day that any year has
			return 0, fault.Invalid("", fmt.Sprintf("Tháng %d không có ngày %d.", m, d))
		}
		return h.nearest(func(y int) Date {
			if !Exists(y, m, d) {
				return 0
			}
			return New(y, time.Month(m), d)
		}), nil
	}
	if len(year) == 2 {
		y += h.today.Year() / 100 * 100
		for y > h.today.Year()+20 {
			y -= 100
		}
	}
	if !Exists(y, m, d) {
		return 0, fault.Invalid("", fmt.Sprintf("Tháng %d năm %d không có ngày %d.", m, y, d))
	}
	return New(y, time.Month(m), d), nil
}

// comingDay reads "15" and "ngày 15": the next such day, today included.
func (h human) comingDay(day string) (Date, error) {
	n, _ := strconv.Atoi(day)
	if n < 1 || n > 31 {
		return 0, fault.Invalid("", "Ngày trong tháng phải từ 1 đến 31.")
	}
	for first := MonthOf(h.today).From; ; first = first.AddMonths(1) {
		if y, m, _ := first.YMD(); Exists(y, int(m), n) && New(y, m, n) >= h.today {
			return New(y, m, n), nil
		}
	}
}
