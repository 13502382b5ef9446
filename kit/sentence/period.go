// SPDX-License-Identifier: Apache-2.0

package sentence

import (
	"fmt"
	"time"

	"soviec/kit/civil"
)

// edge reads the beginning, the middle and the end of a period: "cuối tháng 10", "đầu tuần sau",
// and a period by itself, "tuần sau", which ends with its last working day.
func (p *parser) edge(i int) (day, bool) {
	j := i
	edge, n := p.at(j, edgeWords)
	if n > 0 && p.hard(j+n) {
		return day{}, false
	}
	j += n
	inside := n > 0 && (p.tokens[i].fold == "trong" || p.tokens[i].fold == "noi")
	kind, w := p.at(j, periodWords)
	if w == 0 {
		return day{}, false
	}
	j += w
	from, to, k := p.period(kind, j)
	bare := n == 0
	if bare {
		// "tuần sau" is a time; "tháng 12" only behind "trước", "trong", "hạn".
		which, _ := p.at(j, whichPeriod)
		// "Tháng 12 Hà hoàn thành đề án", "Quý I/2027 Tùng trình quy hoạch"
		begins := i == 0 && (kind == "thang" || kind == "quy") && k > 0 && p.mentions[min(j+k, len(p.mentions)-1)].some() && !p.hard(j+k)
		if k == 0 || !(begins || which == "1" || which == "2" || which == "0" && kind == "tuan" || kind == "thang" && p.marked(i)) {
			return day{}, false
		}
		if _, past := p.at(j, lexPast); past > 0 {
			return day{}, false
		}
		edge = "cuoi"
	}
	if k == 0 {
		// "cuối tháng" is this one's, when it has passed the next one's.
		if edge != "" && p.endsHere(j) {
			from, to = p.periodOf(kind, 0)
		} else {
			return day{}, false
		}
	}
	j += k
	out := day{n: j - i, form: formEdge, exactly: k > 0}
	if bare || inside {
		out.form = formPeriod
		if bare {
			out.note = fmt.Sprintf("“%s”: hiểu là đến hết %s.", p.raw(i, j), to.VN())
		}
	}
	out.on = p.edgeDay(edge, kind, from, to)
	if k == 0 && (out.on < p.today || edge == "dau" && out.on == p.today) {
		from, to = p.periodOf(kind, 1)
		out.on = p.edgeDay(edge, kind, from, to)
	}
	if bare && kind == "thang" {
		if m, _ := p.before(i, lexBefore); m != "" {
			out.on = p.opt.Calendar.AddWorkingDays(from, -1)
			out.note = fmt.Sprintf("“trước %s”: hiểu là đến hết %s.", p.raw(i, j), out.on.VN())
		} else {
			out.on = p.edgeDay("cuoi", kind, from, to)
			out.note = fmt.Sprintf("“%s”: hiểu là đến hết %s.", p.raw(i, j), out.on.VN())
		}
	}
	return out, true
}

var (
	lexPast   = lexiconOf("trước|vừa rồi|vừa qua|qua|rồi")
	lexBefore = lexiconOf("x=trước|trước khi")
)

// endsHere keeps "cuối tháng trước" and "cuối năm học" from being dates.
func (p *parser) endsHere(j int) bool {
	if _, past := p.at(j, lexPast); past > 0 && !p.hard(j) {
		// "cuối tuần trước 16h" is this week's end before four o'clock.
		_, isClock := p.clockAt(j + 1)
		return isClock
	}
	return !p.is(j, wordOf("học")) && !(p.num(j) >= 0 && !p.hard(j))
}

// period reads which period is meant, at the token behind its kind. n is 0 when nothing says so.
func (p *parser) period(kind string, j int) (from, to civil.Date, n int) {
	if p.hard(j) {
		return 0, 0, 0
	}
	if v, w := p.at(j, whichPeriod); w > 0 {
		// In "cuối tháng sau khi họp" nothing is said of the next one.
		if p.is(j+1, wordOf("khi")) {
			return 0, 0, 0
		}
		from, to = p.periodOf(kind, int(v[0]-'0'))
		return from, to, w
	}
	if kind == "tuan" {
		return 0, 0, 0
	}
	number, w := p.num(j), 1
	if number < 0 && kind == "quy" {
		number = romans[p.tokens[j].fold]
	}
	if number <= 0 && kind == "thang" && p.cased {
		v, n := p.at(j, monthName)
		number, w = numerals[v], max(n, 1)
	}
	if number <= 0 {
		return 0, 0, 0
	}
	if kind == "nam" {
		if number < 1900 || number > 2200 {
			return 0, 0, 0
		}
		y := civil.YearOf(civil.New(number, 1, 1))
		return y.From, y.To, 1
	}
	if number > 12 || kind == "quy" && number > 4 {
		return 0, 0, 0
	}
	n = w
	year := 0
	switch k := j + n; {
	case p.num(k) > 1900 && (p.gap(k) == "/" || p.gap(k) == "-"):
		year = p.num(k)
		n++
	case p.is(k, wordOf("năm")) && p.num(k+1) > 1900:
		year = p.num(k + 1)
		n += 2
	case p.is(k, wordOf("năm")) && (p.is(k+1, wordOf("sau")) || p.is(k+1, wordOf("tới"))):
		year = p.today.Year() + 1
		n += 2
	case p.is(k, wordOf("năm")) && p.is(k+1, wordOf("nay")):
		year = p.today.Year()
		n += 2
	}
	of := func(year int) civil.Period {
		if kind == "quy" {
			return civil.QuarterOf(civil.New(year, time.Month(number*3), 1))
		}
		return civil.MonthOf(civil.New(year, time.Month(number), 1))
	}
	if year == 0 {
		year = p.today.Year()
		if of(year).To < p.today {
			year++
		}
	}
	if year > 2200 {
		return 0, 0, 0
	}
	return of(year).From, of(year).To, n
}

// periodOf is the present period of the kind, or the n-th after it.
func (p *parser) periodOf(kind string, n int) (from, to civil.Date) {
	if kind == "tuan" {
		monday := p.today.AddDays(-(int(p.today-1) % 7) + 7*n)
		return monday, monday.AddDays(6)
	}
	of := map[string]civil.PeriodKind{"thang": civil.Monthly, "quy": civil.Quarterly, "nam": civil.Yearly}[kind]
	period := civil.PeriodOf(of, p.today)
	for ; n > 0; n-- {
		period = period.Next()
	}
	return period.From, period.To
}

// edgeDay is the first, the middle or the last working day, as civil.ParseHuman has it.
func (p *parser) edgeDay(edge, kind string, from, to civil.Date) civil.Date {
	c := p.opt.Calendar
	switch edge {
	case "dau":
		if d := c.OnOrAfter(from); d <= to {
			return d
		}
		return from
	case "giua":
		if kind == "tuan" {
			return from.AddDays(2)
		}
		return from.AddDays(to.Sub(from) / 2)
	}
	if d := c.AddWorkingDays(to.AddDays(1), -1); d >= from {
		return d
	}
	return from.AddDays(4)
}

var (
	within = lexiconOf("trong=trong vòng|trong thời hạn|trong thời gian|trong khoảng|trong|thời hạn|hạn|thời gian|không quá|tối đa|nội trong|vòng|deadline", "sau=sau|qua")
	onward = lexiconOf("nữa|tới|sau|sắp tới|kế tiếp|tiếp theo|nữa thôi")
)

// counted reads "trong 3 ngày làm việc", "sau 2 tuần", "3 hôm nữa", "trong 48 giờ".
func (p *parser) counted(i int) (day, bool) {
	j := i
	lead, n := p.at(j, within)
	j += n
	if n > 0 && p.hard(j) && p.gap(j) != ": " {
		return day{}, false
	}
	half := p.is(j, wordOf("nửa"))
	v, w := p.count(j)
	if half {
		v, w = 1, 1
	}
	if w == 0 || v == 0 {
		return day{}, false
	}
	if g := p.gap(j); j > 0 && p.num(j-1) >= 0 && (g == "-" || g == "/" || g == ".") {
		return day{}, false
	}
	unit, k := p.at(j+w, units)
	if k == 0 || p.hard(j+w) {
		return day{}, false
	}
	if _, l := p.at(j+w, lunarWords); l > 1 {
		return day{}, false // "23 tháng Chạp"
	}
	j += w + k
	if p.is(j, wordOf("rưỡi")) {
		return day{}, false
	}
	// "hạn 16h" is an hour, "trong 16h" a length.
	if f := p.tokens[i].fold; (unit == "hour" || unit == "min") && (lead == "" || f == "han" || f == "thoi" || f == "deadline" || f == "toi") && !p.is(j, wordOf("nữa")) && !p.is(j, wordOf("tới")) {
		return day{}, false
	}
	after := false
	if _, m := p.at(j, onward); m > 0 && !p.hard(j) {
		// "3 ngày sau khi …" counts from something else.
		if p.is(j+m, wordOf("khi")) {
			return day{}, false
		}
		j += m
		after = true
	}
	if which, _ := p.at(j, whichPeriod); unit == "month" && which != "" && p.tokens[i].fold != "trong" && p.tokens[i].fold != "sau" {
		return day{}, false // "hạn 24 tháng này"
	}
	// "trong 3 tháng đầu năm", "trong 2 năm 2025 - 2026", "trong 5 năm qua" are no lengths of time to come.
	if _, past := p.at(j, lexPast); past > 0 && !p.hard(j) && !p.is(j, wordOf("trước")) {
		return day{}, false
	}
	if (p.is(j, wordOf("đầu")) || p.is(j, wordOf("cuối")) || p.is(j, wordOf("gần")) || p.num(j) >= 0) && !p.hard(j) {
		return day{}, false
	}
	base, d := p.today, day{form: formCount, exactly: true}
	if _, m := p.at(j, sinceWord); m > 0 && !p.hard(j) {
		if _, s := p.at(j+m, sinceNow); s > 0 {
			j += m + s
		} else if from, ok := p.dayAt(j + m); ok && from.on != 0 {
			base = from.on
			j += m + from.n
		}
	}
	if lead == "" && !after && !(unit == "wday" && (p.marked(i) || p.hard(i) && p.hard(j))) && !(p.marked(i) && n == 0) {
		return day{}, false
	}
	cal := p.opt.Calendar
	switch unit {
	case "wday":
		d.on = cal.AddWorkingDays(base, v)
	case "day":
		d.on = base.AddDays(v)
	case "week":
		d.on = base.AddDays(7 * v)
	case "month":
		d.on = base.AddMonths(v)
	case "year":
		d.on = base.AddMonths(12 * v)
	default:
		length := time.Duration(v) * time.Hour
		if unit == "min" {
			length /= 60
		}
		at := p.opt.Now.Add(length)
		if unit == "whour" {
			at = cal.AddWorkingTime(p.opt.Now, length)
		}
		if half {
			return day{}, false
		}
		d.on, d.at = civil.Of(at), at.In(civil.Zone).Format("15:04")
	}
	if half {
		switch unit {
		case "month":
			d.on = base.AddDays(15)
		case "year":
			d.on = base.AddMonths(6)
		case "day":
			d.on = base
		default:
			return day{}, false
		}
	}
	if y := d.on.Year(); y > 2200 {
		return day{}, false
	}
	d.n = j - i
	return d, true
}
