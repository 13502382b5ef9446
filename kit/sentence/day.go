// SPDX-License-Identifier: Apache-2.0

package sentence

import (
	"fmt"
	"strings"
	"time"

	"soviec/kit/civil"
)

// day is a day as it was said, before an hour is known.
type day struct {
	on       civil.Date
	n        int
	form     form
	exactly  bool   // names one day for ever: "27/11", "mai", "thứ Sáu tuần sau"
	today    bool   // a weekday that is today's as well: with a later hour it is today
	at       string // an hour that the words name: "trong 48 giờ"
	note     string
	question string // understood, but no day: "trước Tết"
	proposed civil.Date
}

type form int

const (
	formNamed   form = iota // mai, hôm nay
	formWeekday             // thứ Sáu
	formNumeric             // 10/9
	formMonth               // ngày 30
	formEdge                // cuối tháng
	formPeriod              // tuần sau, trong tháng
	formCount               // trong 3 ngày
	formFeast               // Tết
)

var (
	namedDays = lexiconOf("0=hôm nay|nay|ngày hôm nay|trong ngày|trong hôm nay|cuối ngày|hết ngày|bữa nay|trong ngày hôm nay|cuối ngày hôm nay|cuối buổi|hết giờ làm việc|hết giờ hành chính|hết giờ|cuối giờ làm việc|cuối giờ|trong giờ hành chính|cuối giờ chiều|cuối buổi chiều|cuối chiều|chiều tối",
		"1=mai|ngày mai|hôm sau|ngày hôm sau|bữa mai", "2=mốt|ngày mốt|ngày kia|hôm kia tới|kia|mai mốt|bữa mốt")
	weekdayWord = lexiconOf("1=thứ hai|thứ 2|t 2|thứ nhì", "2=thứ ba|thứ 3|t 3", "3=thứ tư|thứ 4|t 4|thứ bốn", "4=thứ năm|thứ 5|t 5", "5=thứ sáu|thứ 6|t 6", "6=thứ bảy|thứ 7|t 7|thứ bẩy", "0=chủ nhật|cn|chúa nhật")
	whichWeek   = lexiconOf("0=tuần này|trong tuần này|trong tuần", "1=tuần sau|tuần tới|tuần tiếp theo|tuần kế tiếp|sang tuần", "2=tuần sau nữa|tuần tới nữa", "9=này|tới|tới đây|sắp tới|gần nhất|kế tiếp")
	ordinals    = lexiconOf("lần|kỳ|kì|đợt|phiên|khóa|hội nghị|bước|quý|nhiệm kỳ|giai đoạn|mục|điểm|loại|hạng|nhóm|phương án|bên|người")
	edgeWords   = lexiconOf("dau=đầu|những ngày đầu|ngày đầu", "giua=giữa", "cuoi=cuối|hết|ngày cuối|ngày cuối cùng của|ngày làm việc cuối cùng của|cuối cùng của|ngày cuối của|những ngày cuối|trong|trong nội|nội trong")
	periodWords = lexiconOf("tuan=tuần", "thang=tháng", "quy=quý|quí", "nam=năm")
	whichPeriod = lexiconOf("0=này|nay", "1=sau|tới|tiếp theo|kế tiếp|sang", "2=sau nữa")
	romans      = map[string]int{"i": 1, "ii": 2, "iii": 3, "iv": 4}
	monthName   = lexiconOf("1=một", "2=hai", "3=ba", "4=tư|bốn", "5=năm", "6=sáu", "7=bảy", "8=tám", "9=chín", "10=mười", "11=mười một", "12=mười hai")
	lunarWords  = lexiconOf("âm lịch|âm|al|tháng giêng|tháng chạp|tết|giêng|chạp")
	feastWord   = lexiconOf("tết nguyên đán|tết âm lịch|tết âm|tết ta|tết cổ truyền|tết đinh mùi|tết mậu thân|tết|nghỉ tết")
	newYear     = lexiconOf("tết dương lịch|tết dương|tết tây|năm mới dương lịch")
	units       = lexiconOf("wday=ngày làm việc|ngày lv|nlv|ngày công|buổi làm việc", "day=ngày|hôm|bữa", "week=tuần|tuần lễ", "month=tháng", "whour=giờ làm việc", "hour=giờ|tiếng|h|tiếng đồng hồ|giờ đồng hồ", "min=phút", "year=năm")
	sinceWord   = lexiconOf("kể từ|tính từ|từ")
	sinceNow    = lexiconOf("ngày nhận được văn bản này|ngày nhận được văn bản|ngày nhận văn bản|ngày nhận được|ngày nhận|ngày ban hành|ngày ký|ngày giao|khi nhận được|khi nhận|lúc nhận|hôm nay|ngày hôm nay|nay|bây giờ|ngày nhận được công văn|ngày nhận công văn|khi nhận được văn bản")
	feastDays   = map[string]bool{"8/3": true, "20/10": true, "20/11": true, "30/4": true, "1/5": true, "2/9": true, "27/7": true, "22/12": true, "26/3": true, "27/2": true, "3/2": true, "19/5": true, "1/6": true, "19/8": true, "21/6": true, "18/11": true, "9/11": true, "28/6": true, "10/10": true}
)

// dayAt reads a day that begins at the token.
func (p *parser) dayAt(i int) (day, bool) {
	for _, read := range []func(int) (day, bool){p.counted, p.edge, p.namedDay, p.weekday, p.numeric, p.monthDay, p.feast} {
		if d, ok := read(i); ok {
			return d, true
		}
	}
	return day{}, false
}

func (p *parser) namedDay(i int) (day, bool) {
	v, n := p.at(i, namedDays)
	if n == 0 || n == 1 && p.tokens[i].exact == "mai" && (p.maiIsName(i) || p.tokens[i].upper && p.mentions[i].n > 1 && p.mentions[i].some()) {
		return day{}, false
	}
	// "nay", "kia", "mốt" mean nothing alone; "mai" may be a name.
	if w := p.tokens[i]; n == 1 && (w.fold == "nay" || w.fold == "kia" || w.fold == "mot") {
		begins := w.exact == wordOf("mốt").exact && p.starts(i) && p.mentions[min(i+1, len(p.mentions)-1)].some()
		if _, part := p.before(i, partWords); part == 0 && !begins {
			return day{}, false
		}
	}
	if p.is(i+n-1, wordOf("ngày")) && p.isNum(i+n) && !p.hard(i+n) { // "trong ngày 26"
		for _, read := range []func(int) (day, bool){p.numeric, p.monthDay} {
			if d, ok := read(i + n - 1); ok {
				d.n += n - 1
				return d, true
			}
		}
		return day{}, false
	}
	d := day{on: p.today.AddDays(int(v[0] - '0')), n: n, form: formNamed, exactly: true}
	// "cuối ngày mai", "hết giờ làm việc thứ Sáu", "cuối buổi sáng mai"
	if f := p.tokens[i].fold; (f == "cuoi" || f == "het" || f == "trong") && !p.is(i+n-1, wordOf("nay")) {
		j := i + n
		if part, w := p.at(j, partWords); w > 0 && !p.hard(j) && part != "" {
			j += w
			d.n = j - i
		}
		for p.is(j, wordOf("của")) || p.is(j, wordOf("ngày")) && !p.isNum(j+1) {
			j++
		}
		if p.is(j, wordOf("nay")) && !p.hard(j) {
			d.n = j + 1 - i
		} else if j < len(p.tokens) && !p.hard(j) {
			for _, read := range []func(int) (day, bool){p.namedDay, p.weekday, p.numeric, p.monthDay} {
				if more, ok := read(j); ok {
					more.n += j - i
					return more, true
				}
			}
		}
	}
	return d, true
}

func (p *parser) isNum(i int) bool { return p.num(i) >= 0 }

func (p *parser) weekday(i int) (day, bool) {
	j := i
	if p.is(j, wordOf("ngày")) || p.is(j, wordOf("hôm")) {
		j++
	}
	v, n := p.at(j, weekdayWord)
	if n == 0 {
		return day{}, false
	}
	if n == 1 && p.tokens[j].fold != "cn" {
		return day{}, false
	}
	if p.tokens[j].fold == "t" && p.gap(j+1) != "" {
		return day{}, false
	}
	if p.tokens[j].fold == "cn" && !p.tokens[j].caps && p.cased {
		return day{}, false
	}
	if _, k := p.before(j, ordinals); k > 0 && p.tokens[j].fold == "thu" {
		return day{}, false
	}
	j += n
	number := (int(v[0]-'0') + 6) % 7 // days after Monday
	monday := p.today.AddDays(-(int(p.today-1) % 7))
	d := day{form: formWeekday}
	which, w := p.at(j, whichWeek)
	if w > 0 && (p.hard(j) && !strings.Contains(p.gap(j), "(")) {
		which, w = "", 0
	}
	j += w
	switch which {
	case "0", "1", "2":
		d.on = monday.AddDays(number + 7*int(which[0]-'0'))
		d.exactly = true
	default:
		d.on = monday.AddDays(number)
		if d.on == p.today {
			d.today = true
		}
		if d.on <= p.today {
			d.on = d.on.AddDays(7)
		}
		d.exactly = which == "9"
	}
	d.n = j - i
	// "thứ Sáu (27/11)", "thứ Sáu ngày 27/11": the number decides.
	k := j
	if p.is(k, wordOf("ngày")) {
		k++
	}
	if m, ok := p.numeric(k); ok && p.gap(k) != "\n" && len(p.gap(j)) <= 2 {
		said := int(m.on-1) % 7
		m.note = ""
		if said != number {
			m.note = fmt.Sprintf("Ngày %s là %s, không phải %s; lấy theo ngày.", m.on.VN(), m.on.WeekdayVN(), monday.AddDays(number).WeekdayVN())
		}
		m.n += k - i
		return m, true
	}
	return d, true
}

var notCounted = lexiconOf("triệu|tỷ|tỉ|đồng|nghìn|km|kg|ha|m|số|hộ|xã|người|dân số|lần|cái|bộ|bản|suất|phần")

// numeric reads "10/9", "10/9/2027", "10-9", "10.9", "ngày 10 tháng 9 năm 2027".
func (p *parser) numeric(i int) (day, bool) {
	j, called := i, false
	if p.is(j, wordOf("ngày")) || p.is(j, wordOf("hôm")) {
		j, called = j+1, true
	}
	if p.is(j, wordOf("mùng")) || p.is(j, wordOf("mồng")) {
		j, called = j+1, true
	}
	d, m := p.num(j), -1
	year := 0
	if d > 1900 && p.gap(j+1) == "-" && p.gap(j+2) == "-" && p.num(j+1) > 0 && p.num(j+2) > 0 && civil.Exists(d, p.num(j+1), p.num(j+2)) {
		return day{on: civil.New(d, time.Month(p.num(j+1)), p.num(j+2)), n: j + 3 - i, form: formNumeric, exactly: true}, true
	}
	if d < 1 || d > 31 || j > i && p.hard(j) {
		return day{}, false
	}
	k := j + 1
	sep := p.gap(k)
	if _, n := p.at(k, lunarWords); n > 1 && !p.hard(k) && p.is(k, wordOf("tháng")) {
		return day{n: k + n - i, form: formFeast, question: "Ngày âm lịch phải ghi thành ngày dương lịch."}, true
	}
	switch {
	case p.num(k) >= 0 && (sep == "/" || sep == "-" || sep == "." || sep == " / "):
		m = p.num(k)
		if p.tokens[k].to-p.tokens[k].from > 2 {
			return day{}, false
		}
		k++
		if y := p.num(k); y >= 0 && p.gap(k) == sep {
			year = y
			k++
		}
		if sep != "/" && sep != " / " && !called && year == 0 && !p.marked(i) && !(sep == "." && i > 0 && p.hard(i) && k == len(p.tokens)) {
			return day{}, false // "; 27.11" at the end stands for itself
		}
		if g := p.gap(k); k < len(p.tokens) && (g == "/" || g == "-" || g == "." && p.num(k) >= 0) {
			return day{}, false // the number of a document
		}
		if _, w := p.at(k, notCounted); w > 0 && !p.hard(k) && !called && year == 0 {
			return day{}, false
		}
	case p.is(k, wordOf("tháng")) && !p.hard(k):
		k++
		if m = p.num(k); m >= 0 {
			k++
		} else if v, n := p.at(k, monthName); n > 0 {
			m = numerals[v]
			k += n
		} else if v, n := p.at(k, whichPeriod); n > 0 {
			first := civil.MonthOf(p.today).From.AddMonths(int(v[0] - '0'))
			m, year = int(first.Month()), first.Year()
			k += n
		} else {
			return day{}, false
		}
		if p.num(k) >= 0 && p.gap(k) == "/" && year == 0 {
			year = p.num(k)
			k++
		}
	default:
		return day{}, false
	}
	if p.is(k, wordOf("năm")) && p.num(k+1) > 1900 && !p.hard(k) {
		year = p.num(k + 1)
		k += 2
	} else if year == 0 && p.is(k, wordOf("năm")) && !p.hard(k) {
		switch v, n := p.at(k+1, whichPeriod); {
		case n > 0:
			year = p.today.Year() + int(v[0]-'0')
			k += 1 + n
		}
	}
	if _, n := p.at(k, lunarWords); n > 0 && !p.hard(k) {
		return day{n: k + n - i, form: formFeast, question: "Ngày âm lịch phải ghi thành ngày dương lịch."}, true
	}
	if year > 0 && year < 100 {
		year += p.today.Year() / 100 * 100
	}
	out := day{n: k - i, form: formNumeric, exactly: true}
	if year != 0 {
		if !civil.Exists(year, m, d) || year < 1900 || year > 2200 {
			return day{}, false
		}
		out.on = civil.New(year, time.Month(m), d)
	} else {
		for y := p.today.Year(); y <= p.today.Year()+8 && out.on == 0; y++ {
			if civil.Exists(y, m, d) && civil.New(y, time.Month(m), d) >= p.today {
				out.on = civil.New(y, time.Month(m), d)
			}
		}
		if out.on == 0 {
			return day{}, false
		}
		if out.on.Year() > p.today.Year() && civil.Exists(p.today.Year(), m, d) {
			if ago := p.today.Sub(civil.New(p.today.Year(), time.Month(m), d)); ago < 300 {
				out.note = fmt.Sprintf("Ngày %d/%d năm nay đã qua; hiểu là %s.", d, m, out.on.VN())
			}
		}
	}
	// "27/11 (thứ Sáu)"
	w := p.tokens
	if v, n := p.at(k, weekdayWord); n > 1 && k < len(w) && len(p.gap(k)) <= 2 {
		k += n
		if number := (int(v[0]-'0') + 6) % 7; int(out.on-1)%7 != number {
			out.note = fmt.Sprintf("Ngày %s là %s; lấy theo ngày.", out.on.VN(), out.on.WeekdayVN())
		}
		out.n = k - i
	}
	return out, true
}

// marked tells whether the words before say that a date follows.
func (p *parser) marked(i int) bool {
	_, n := p.before(i, deadline)
	return n > 0
}

// monthDay reads "ngày 30", "mùng 5", and a bare number behind "hạn" or "trước".
func (p *parser) monthDay(i int) (day, bool) {
	j, called := i, false
	if p.is(j, wordOf("ngày")) || p.is(j, wordOf("hôm")) {
		j, called = j+1, true
	}
	if p.is(j, wordOf("mùng")) || p.is(j, wordOf("mồng")) {
		j, called = j+1, true
	}
	d := p.num(j)
	v, n := 0, 1
	if d < 0 && called {
		if v, n = p.count(j); n > 0 && v <= 10 {
			d = v
		}
	}
	if d < 1 || d > 31 || j > i && p.hard(j) {
		return day{}, false
	}
	k := j + max(n, 1)
	if _, part := p.before(i, partWords); part > 0 && p.starts(i-part) && p.hard(k) {
		called = true // "…, sáng 26"
	}
	if !called {
		if _, hour := p.at(k, hourWords); hour > 0 || !p.marked(i) || k < len(p.tokens) && !p.hard(k) && !p.startsWhen(k) && !p.rollsOn(k) {
			return day{}, false
		}
	}
	if g := p.gap(k); p.num(k) >= 0 && g != " " && g != ", " {
		return day{}, false
	}
	if _, w := p.at(k, lunarWords); w > 0 && !p.hard(k) {
		return day{n: k + w - i, form: formFeast, question: "Ngày âm lịch phải ghi thành ngày dương lịch."}, true
	}
	if _, w := p.at(k, units); w > 0 && !p.hard(k) && !p.is(k, wordOf("tháng")) {
		return day{}, false
	}
	if _, w := p.at(k+1, whichPeriod); w > 0 && p.is(k, wordOf("tháng")) && !p.hard(k) {
		return day{}, false // a day that this month has was read as a whole date: "ngày 31 tháng này"
	}
	if called && p.is(k, wordOf("tới")) && !p.hard(k) && (p.hard(k+1) || p.mentions[min(k+1, len(p.mentions)-1)].some()) {
		k++ // "ngày 10 tới"
	}
	out := day{n: k - i, form: formMonth}
	for first := civil.MonthOf(p.today).From; out.on == 0; first = first.AddMonths(1) {
		if y, m, _ := first.YMD(); civil.Exists(y, int(m), d) && civil.New(y, m, d) >= p.today {
			out.on = civil.New(y, m, d)
		}
	}
	if here := p.today; !civil.Exists(here.Year(), int(here.Month()), d) {
		out.question = fmt.Sprintf("Tháng này không có ngày %d; hãy ghi ngày, tháng.", d)
	} else if out.on.Month() != here.Month() {
		out.note = fmt.Sprintf("Ngày %d tháng này đã qua; hiểu là %s.", d, out.on.VN())
	}
	return out, true
}

// startsWhen tells whether a part of a date or a conjunction follows a bare number.
func (p *parser) startsWhen(i int) bool {
	return p.is(i, wordOf("lúc")) || p.is(i, wordOf("vào")) || p.is(i, wordOf("nhé")) || p.is(i, wordOf("ạ"))
}

func (p *parser) rollsOn(i int) bool { return p.is(i, wordOf("phải")) || p.is(i, wordOf("là")) }

// feast reads "Tết", whose day the calendar may know.
func (p *parser) feast(i int) (day, bool) {
	if _, n := p.at(i, newYear); n > 0 {
		return day{on: civil.New(p.today.Year()+1, 1, 1), n: n, form: formNumeric, exactly: true}, true
	}
	if _, n := p.at(i, lexTet); n > 0 {
		_, m := p.at(i, feastWord)
		return p.tet(i, max(n, m))
	}
	return day{}, false
}

var lexAround = lexiconOf("truoc=trước|trước khi", "sau=sau|ra", "trong=trong|dịp|vào")

var lexTet = lexiconOf("tết|nghỉ tết|rằm|nghỉ lễ")

func (p *parser) tet(i, n int) (day, bool) {
	word, k := p.before(i, lexAround)
	if k == 0 || word == "trong" {
		return day{}, false
	}
	out := day{n: n, form: formFeast, question: "Chưa rõ “" + p.raw(i-k, i+n) + "” là ngày nào; hãy ghi ngày."}
	if !strings.Contains(p.tokens[i+n-1].fold+p.tokens[i].fold, "tet") && p.tokens[i].fold != "nghi" {
		return out, true
	}
	var first, last civil.Date
	for _, r := range p.opt.Calendar.Rows() {
		if r.Kind == civil.Tet && r.Date >= p.today && (last == 0 || r.Date.Sub(last) < 15) {
			if first == 0 {
				first = r.Date
			}
			last = r.Date
		}
	}
	if first == 0 {
		return out, true
	}
	out.proposed = p.opt.Calendar.AddWorkingDays(first, -1)
	if word == "sau" {
		out.proposed = p.opt.Calendar.NextWorkingDay(last)
	}
	if p.opt.Calendar.Confirmed(first.Year()) {
		out.on, out.question, out.exactly = out.proposed, "", true
		out.note = "Theo lịch nghỉ, “" + p.raw(i-k, i+n) + "” là " + out.on.VN() + "."
	}
	return out, true
}
