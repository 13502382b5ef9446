// SPDX-License-Identifier: Apache-2.0

package sentence

import (
	"fmt"
	"strings"

	"soviec/kit/civil"
)

// when is a time that the line names: perhaps the due date, perhaps a word of the subject.
type when struct {
	from, to int // tokens
	day      day
	hasDay   bool
	clock    clock
	hasClock bool
	part     string
	marker   int // 2 for "trước", "hạn", "chậm nhất"; 1 for "trong", "vào"
	before   bool
	soft     bool // it is rather of the subject: the day of a meeting
	own      bool // it is the day of those who coordinate, named in its clause
}

// deadline are the words before a date that make it the due date.
var deadline = lexiconOf("2=trước|trước khi hết|chậm nhất|chậm nhất là|chậm nhất vào|chậm nhất đến|chậm nhất trong|chậm nhất trước|muộn nhất|muộn nhất là|muộn nhất vào|hạn|hạn chót|hạn chót là|hạn cuối|hạn cuối là|hạn là|hạn đến|hạn trước|hạn trong|hạn vào|hạn chậm nhất|thời hạn|thời hạn là|thời hạn hoàn thành|hạn hoàn thành|hạn nộp|hạn gửi|hạn xử lý|hạn báo cáo|hạn trình|thời gian|thời gian hoàn thành|thời gian hoàn thành trước|thời gian thực hiện|deadline|dl|đến hết|cho đến hết|xong|xong trước|làm xong|phải xong|cần xong|hoàn thành|hoàn thành trước|hoàn tất|hoàn tất trước|kết thúc|không quá|không muộn hơn|kịp|cho kịp|để kịp|đến|cho đến|đến trước|cho tới|từ nay đến|từ nay tới|từ giờ đến|từ bây giờ đến|từ nay cho đến|là hạn|ra hạn|ấn định|đúng hạn|xong cho|yêu cầu xong|yêu cầu hoàn thành|cần trước|cần có trước|phải có trước|có trước|tới hạn",
	"1=vào|trong|lúc|vào lúc|hết|đúng|cần|tới|ngay|ngay trong|nội|khoảng|vào khoảng|cho|của|thời điểm|luôn|gấp")

var arriving = lexiconOf("công văn|văn bản|sổ công văn|cv|vb|đơn thư")

var joins = lexiconOf("vào|lúc|vào lúc|của|trong|là|vào ngày|của ngày|khoảng")

// momentAt reads a time that begins at the token, with the words that lead to it.
func (p *parser) momentAt(i int) (when, bool) {
	w := when{from: i}
	j := i
	for hop := 0; hop < 4; hop++ {
		v, n := p.at(j, deadline)
		if _, k := p.before(j, arriving); n == 1 && k > 0 && p.is(j, wordOf("đến")) {
			return w, false // "công văn đến"
		}
		if d, ok := p.dayAt(j); ok && d.n > n {
			if d.form == formCount {
				w.marker = 2
			}
			break
		}
		if n == 0 || hop > 0 && p.hard(j) && !mild(p.gap(j)) {
			break
		}
		if j+n < len(p.tokens) && p.hard(j+n) && !mild(p.gap(j+n)) {
			return w, false
		}
		w.marker = max(w.marker, int(v[0]-'0'))
		w.before = p.is(j+n-1, wordOf("trước"))
		j += n
	}
	k := j
	for hop := 0; hop < 5 && k < len(p.tokens); hop++ {
		m := k
		if w.hasDay || w.hasClock {
			if _, n := p.at(m, joins); n > 0 {
				m += n
			} else if !w.hasClock && p.is(m, wordOf("trước")) {
				m++
			}
			if p.hard(k) && !strings.ContainsAny(p.gap(k), ",(") && strings.TrimSpace(p.gap(k)) != "-" || m > k && p.hard(m) {
				break
			}
			if strings.ContainsAny(p.gap(k), ";:") {
				break
			}
		}
		if c, ok := p.clockAt(m); ok && !w.hasClock {
			if w.hasDay && p.hard(k) {
				// "tuần sau, trước 17h thứ Sáu" are two times.
				if _, other := p.dayAt(m + c.n); w.day.form == formPeriod || w.day.form == formCount || other && !p.hard(m+c.n) {
					break
				}
			}
			if m > k && p.is(k, wordOf("trước")) {
				w.marker, w.before = 2, true
			}
			w.clock, w.hasClock = c, true
			k = m + c.n
			continue
		}
		if w.hasDay {
			break
		}
		if part, n := p.at(m, partWords); n > 0 && (m > i || !p.hard(m+n)) {
			switch d, ok := p.dayAt(m + n); {
			case p.is(m+n, wordOf("nay")) && !p.hard(m+n):
				w.part, w.hasDay = part, true
				w.day = day{on: p.today, form: formNamed, exactly: true}
				k = m + n + 1
				continue
			case ok && !p.hard(m+n) && d.form != formCount && d.form != formEdge:
				w.part, w.day, w.hasDay = part, d, true
				k = m + n + d.n
				continue
			case p.bare && part == "tối":
			default:
			}
		}
		if p.is(m, wordOf("nay")) && w.hasClock && !p.hard(m) {
			w.day, w.hasDay = day{on: p.today, form: formNamed, exactly: true}, true
			k = m + 1
			continue
		}
		d, ok := p.dayAt(m)
		if !ok {
			break
		}
		w.day, w.hasDay = d, true
		k = m + d.n
	}
	w.to = k
	return w, w.hasDay || w.hasClock
}

// mild is what may stand between "hạn" and its date.
func mild(gap string) bool {
	g := strings.TrimSpace(gap)
	return g == ":" || g == "-" || g == "" || g == "("
}

func (p *parser) findWhen() {
	recFrom, recTo := p.recurrence()
	for i := 0; i < len(p.tokens); {
		if i >= recFrom && i < recTo {
			i = recTo
			continue
		}
		w, ok := p.momentAt(i)
		if !ok || recTo > 0 && w.from < recTo && w.to > recFrom {
			i++
			continue
		}
		if w.day.form == formFeast && i > 0 && (p.is(i-1, wordOf("sau")) || p.is(i-1, wordOf("ra"))) {
			w.from--
		}
		p.whens = append(p.whens, w)
		i = w.to
	}
	for k := range p.whens {
		p.whens[k].own = p.ofCoordinator(p.whens[k])
	}
	best := p.latest(recTo)
	for k := range p.whens {
		// Without another day, or with an earlier one, it is the day of the whole.
		if w := &p.whens[k]; w.own && (best < 0 || p.whens[best].day.question != "" || !p.whens[best].hasDay || w.day.on > p.whens[best].day.on) {
			for j := range p.whens {
				p.whens[j].own = false
			}
			best = p.latest(recTo)
			break
		}
	}
	if best < 0 {
		p.openDue(recTo > 0)
		return
	}
	p.settle(p.whens[best])
	for k, w := range p.whens {
		if w.own {
			p.span(w.from, w.to, WhatDue)
		}
		if k != best && !w.own && w.marker == 2 && !p.blocked(&w, k) && w.hasDay && w.day.on != 0 && p.out.Due.On != 0 && w.day.on != p.out.Due.On {
			p.note(AboutDue, fmt.Sprintf("Trong câu còn mốc “%s”; hạn lấy theo “%s”.", p.raw(w.from, w.to), p.raw(p.whens[best].from, p.whens[best].to)))
			break
		}
	}
}

// latest is the time that looks most like the due date, the last of equals; -1 for none.
func (p *parser) latest(recTo int) int {
	best, bestScore := -1, -1
	for k := range p.whens {
		w := &p.whens[k]
		if w.own || p.blocked(w, k) {
			continue
		}
		if recTo > 0 && !(w.hasDay && w.day.exactly && w.marker > 0 && w.day.form != formEdge) {
			continue
		}
		s := p.weight(w)
		if s >= bestScore {
			best, bestScore = k, s
		}
	}
	return best
}

// weight says how much a time looks like the due date.
func (p *parser) weight(w *when) int {
	s := 4 * w.marker
	start := p.hard(w.from) || w.from > 0 && p.tokens[w.from-1].used != ""
	end := p.hard(w.to)
	switch {
	case start && end:
		s += 3
	case w.to == len(p.tokens):
		s += 2
	case w.from == 0 || end:
		s++
	}
	if w.soft {
		s -= 6
	}
	if !w.hasDay {
		s--
	}
	if w.day.form == formPeriod {
		s -= 2
	}
	return max(s, 0)
}

var (
	papers   = lexiconOf("công văn|cv|thông báo|tb|quyết định|qđ|nghị quyết|nq|nghị định|nđ|chỉ thị|ct|kết luận|kl|văn bản|vb|giấy mời|gm|biên bản|tờ trình|ttr|thông tư|tt|kế hoạch số|hợp đồng|luật|công điện|số|hướng dẫn|phiên bản|hóa đơn|ra|ban hành|ký")
	feasts   = lexiconOf("kỷ niệm|kỉ niệm|chào mừng|mừng|lễ|dịp|nhân dịp|nhân|ngày lễ|nghỉ lễ|quà|ngày hội|văn nghệ|mít tinh|tọa đàm|quốc khánh|phong trào|chiến dịch|giải|hoa|hưởng ứng|nghỉ|lễ hội|trực|trực lễ|thi đua|đợt thi đua|đợt|thăm hỏi|tặng quà|hội thao|giải phóng|quốc tế phụ nữ|phụ nữ|nhà giáo|nhà giáo việt nam|thương binh liệt sĩ|pháp luật|quân đội")
	events   = lexiconOf("họp|cuộc họp|buổi họp|phiên họp|hội nghị|giao ban|họp giao ban|tọa đàm|buổi làm việc|làm việc|đoàn|chuyến|sự kiện|hội thảo|kỳ họp|tập huấn|buổi|lớp|lớp tập huấn|tổ chức|diễn ra|khai mạc|lễ|tiếp|tiếp dân|đi|dự|gặp mặt|đại hội|ngày hội|hội|công tác|trực|sinh hoạt|cuộc|lịch|lịch họp|nghỉ|chào cờ")
	planned  = lexiconOf("kế hoạch|lịch|lịch công tác|công tác|chương trình|chương trình công tác|kế hoạch công tác|nhiệm vụ|trọng tâm|nhiệm vụ trọng tâm|lịch trực|lịch họp|phương hướng|dự kiến|số liệu|tình hình|kết quả|của|lịch làm việc|dự toán|việc|ngân sách|lương|chi|thu|phí|đề cương|tiến độ|hoạt động|giao ban")
	yearly   = lexiconOf("báo cáo|tổng kết|kế hoạch|đánh giá|sơ kết|hội nghị|họp|kiểm kê|bình xét|xếp loại|quyết toán|thi đua|đánh giá xếp loại|thưởng|kiểm điểm|báo cáo tổng kết|công tác|số liệu|tất niên|gặp mặt|liên hoan|học kỳ|kết quả|đối chiếu|chốt|tình hình|quà|lấy phiếu")
	asOf     = lexiconOf("tính|lũy kế|lũy kế tính|cộng dồn|số liệu tính|số dư|tồn")
	pastSide = lexiconOf("từ|kể từ|tính từ|bắt đầu từ|sau|từ sau|bắt đầu|giữa|hôm|của|như|quá|qua")
)

// blocked tells whether a time belongs to the subject: the date of a document, a feast, a range.
func (p *parser) blocked(w *when, k int) bool {
	i := w.from
	if _, n := p.before(i, pastSide); n > 0 && w.marker < 2 && w.day.form != formCount && w.day.form != formFeast {
		return true
	}
	// "số liệu tính đến 31/10": what the figures are as of.
	if p.is(i, wordOf("đến")) || p.is(i, wordOf("tới")) {
		if _, n := p.before(i, asOf); n > 0 {
			return true
		}
	}
	// "từ 1/12 đến 5/12": the end of a range is no due date.
	if k > 0 && p.whens[k-1].to >= i-1 {
		prev := p.whens[k-1]
		if _, n := p.before(prev.from, lexiconFrom); n > 0 && p.is(i, wordOf("đến")) || p.gap(i) == "-" || strings.TrimSpace(p.gap(i)) == "–" && p.whens[k-1].to == i && w.marker == 0 {
			return true
		}
	}
	if _, n := p.before(i, lexiconFrom); n > 0 {
		return true
	}
	if w.marker == 2 {
		return false
	}
	if w.hasDay && w.day.form == formNumeric {
		short := ""
		if s := strings.TrimPrefix(strings.ToLower(p.raw(i, w.to)), "ngày "); len(s) < 6 {
			short = strings.ReplaceAll(strings.ReplaceAll(s, "-", "/"), ".", "/")
		}
		if _, n := p.before(i, feasts); n > 0 && w.marker == 0 && (feastDays[short] || !p.is(i, wordOf("ngày"))) {
			return true
		}
		if feastDays[short] && w.marker == 0 && !w.hasClock && !p.hard(i) && w.part == "" && (p.near(i, feasts, 4) || !p.hard(w.to)) {
			return true
		}
		if feastDays[short] && p.near(i, feasts, 3) && w.marker < 2 {
			return true
		}
		if _, n := p.before(i, papers); n > 0 && w.marker == 0 {
			return true
		}
		if p.ofPaper(i) {
			return true
		}
		// A day that has just passed, said without "trước", is the day of something that was.
		if w.day.note != "" && w.marker == 0 && w.day.on.Sub(p.today) > 270 && !p.hard(i) {
			return true
		}
	}
	if w.marker == 1 && (p.is(i, wordOf("của")) || p.is(i, wordOf("cho"))) && w.day.form != formNamed && !(w.hasClock && w.hasDay) {
		if p.is(i, wordOf("của")) || w.day.form == formEdge || w.day.form == formPeriod {
			return true
		}
	}
	if w.day.form == formPeriod && w.marker < 2 && w.hasDay && !w.hasClock {
		if _, n := p.before(i, planned); n > 0 {
			return true
		}
		if _, n := p.before(i, yearly); n > 0 && !p.is(i+1, wordOf("tuần")) && !p.is(i, wordOf("tuần")) {
			return true
		}
	}
	if w.day.form == formEdge && w.marker == 0 && (p.is(w.to-1, wordOf("năm")) || p.is(w.to-1, wordOf("quý")) || p.is(i, wordOf("đầu")) || p.is(i, wordOf("giữa"))) {
		if _, n := p.before(i, yearly); n > 0 {
			return true
		}
	}
	if _, n := p.before(i, events); n > 0 && w.marker < 2 && !p.is(i-n-1, wordOf("phòng")) {
		w.soft = true
	} else if p.is(i, wordOf("vào")) || p.is(i, wordOf("lúc")) || p.is(i, wordOf("cho")) {
		w.soft = p.near(i, events, 4)
	}
	return false
}

var lexiconFrom = lexiconOf("từ|từ ngày|kể từ|bắt đầu từ")

// ofPaper finds the number of a document before a date: "công văn 123/UBND ngày 5/11".
func (p *parser) ofPaper(i int) bool {
	for j := i - 1; j >= 0 && j >= i-7 && !p.hard(j+1); j-- {
		if p.num(j) >= 0 && j+1 < i && (p.gap(j+1) == "/" || p.gap(j+1) == "-") {
			return true
		}
		if v, n := p.at(j, papers); n > 0 && v == "" && p.num(j+n) >= 0 && j+n < i {
			return true
		}
	}
	return false
}

func (p *parser) near(i int, lex lexicon, far int) bool {
	for j := i - 1; j >= 0 && j >= i-far && !p.hard(j+1); j-- {
		if _, n := p.at(j, lex); n > 0 {
			return true
		}
	}
	return false
}

// settle makes a time the due date.
func (p *parser) settle(w when) {
	cal, now := p.opt.Calendar, p.opt.Now.In(civil.Zone)
	d := Due{On: w.day.on, At: w.day.at, Part: w.part}
	if w.hasClock {
		d.At, d.Part = w.clock.String(), ""
	}
	later := w.hasClock && w.clock.hour*60+w.clock.minute > now.Hour()*60+now.Minute()
	switch {
	case !w.hasDay && later:
		d.On = p.today
	case !w.hasDay:
		d.On = p.today.AddDays(1)
		p.note(AboutDue, fmt.Sprintf("%s hôm nay đã qua; hiểu là ngày mai, %s.", w.clock, d.On.VN()))
	case w.day.today && later:
		d.On = p.today
	case w.day.today:
		p.note(AboutDue, fmt.Sprintf("Hôm nay là %s; hiểu là %s tuần sau, %s.", p.today.WeekdayVN(), p.today.WeekdayVN(), d.On.VN()))
	}
	what := p.raw(w.from, w.to)
	if w.day.question != "" {
		q := Question{About: AboutDue, Text: w.day.question}
		if w.day.proposed != 0 {
			q.Days = []civil.Date{w.day.proposed}
			q.Text = fmt.Sprintf("Chưa rõ “%s” là ngày nào; theo lịch nghỉ (chưa xác nhận) có thể là %s.", what, w.day.proposed.VN())
		}
		p.ask(q)
		p.span(w.from, w.to, WhatDue)
		return
	}
	if w.day.note != "" {
		p.note(AboutDue, w.day.note)
	}
	if w.hasClock && w.clock.guessed {
		p.note(AboutDue, fmt.Sprintf("Giờ hiểu là %s (buổi chiều).", w.clock))
	}
	if w.before && !w.hasClock && p.opt.Before == Exclusive && w.day.form != formNamed && w.day.form != formPeriod && w.day.form != formCount {
		d.On = d.On.AddDays(-1)
		p.note(AboutDue, fmt.Sprintf("“%s”: theo quy ước của cơ quan là đến hết ngày %s.", what, d.On.VN()))
	}
	if d.On < p.today || d.On == p.today && d.At != "" && d.At < now.Format("15:04") {
		p.note(AboutDue, fmt.Sprintf("Hạn %s đã qua.", vn(d)))
	}
	if !cal.WorkingDay(d.On) {
		p.note(AboutDue, fmt.Sprintf("Hạn rơi vào ngày nghỉ: %s (%s).", d.On.VN(), cal.Why(d.On)))
	} else if !cal.Confirmed(d.On.Year()) {
		p.note(AboutDue, fmt.Sprintf("Lịch nghỉ năm %d chưa được xác nhận.", d.On.Year()))
	}
	if w.soft {
		p.note(AboutDue, fmt.Sprintf("Hạn lấy theo “%s” trong nội dung.", what))
	}
	p.out.Due = d
	p.score += 2
	if w.soft {
		p.out.Spans = append(p.out.Spans, Span{p.tokens[w.from].from, p.tokens[w.to-1].to, WhatDue})
		return
	}
	p.span(w.from, w.to, WhatDue)
}

func vn(d Due) string {
	if d.At == "" {
		return d.On.VN()
	}
	return d.At + " ngày " + d.On.VN()
}

func (p *parser) openDue(recurring bool) {
	if recurring {
		p.ask(Question{About: AboutDue, Text: "Việc lặp lại (" + p.out.Recurrence + "): hãy đặt việc định kỳ, hoặc ghi hạn của lần này."})
		return
	}
	p.ask(Question{About: AboutDue, Text: "Câu chưa nói hạn."})
}

var (
	recurring = lexiconOf("hằng ngày|hàng ngày|hằng tuần|hàng tuần|hằng tháng|hàng tháng|hằng quý|hàng quý|hằng năm|hàng năm|mỗi ngày|mỗi tuần|mỗi tháng|mỗi quý|mỗi năm|mỗi sáng|mỗi chiều|mỗi buổi sáng|mỗi thứ hai|mỗi thứ ba|mỗi thứ tư|mỗi thứ năm|mỗi thứ sáu|mỗi thứ 2|mỗi thứ 3|mỗi thứ 4|mỗi thứ 5|mỗi thứ 6|mỗi chủ nhật|mỗi sáng thứ hai|mỗi chiều thứ sáu|các thứ hai|các thứ sáu|các ngày thứ hai|định kỳ|định kì|theo định kỳ|tuần nào cũng|tháng nào cũng|ngày nào cũng|hàng sáng|hằng sáng|một tuần một lần|một tháng một lần|tuần một lần|tháng một lần|quý một lần|năm một lần|1 lần tuần|1 tuần 1 lần|1 tháng 1 lần|cứ đến|cứ vào|hằng tuần vào|hàng tuần vào|lặp lại|đầu mỗi tháng|cuối mỗi tháng|cuối mỗi tuần|đầu mỗi tuần|cuối mỗi quý|đầu mỗi quý")
	routine   = lexiconOf("báo cáo|họp|giao ban|công tác|kế hoạch|chế độ|lịch|kiểm kê|thống kê|chương trình|số liệu|bản tin|công việc|báo cáo tình hình|tiền|lương|phí|thu|tổng kết")
	every     = lexiconOf("cứ|mỗi")
)

// recurrence finds words of repeating, with the date beside them.
func (p *parser) recurrence() (from, to int) {
	for i := range p.tokens {
		_, n := p.at(i, recurring)
		if n == 0 && !p.every(i, &n) {
			continue
		}
		from, to = i, i+n
		if w, ok := p.momentAt(to); ok && !w.day.exactly && (!p.hard(to) || strings.Contains(p.gap(to), ",")) && w.day.form != formCount {
			to = w.to
		} else if w, ok := p.momentAt(to); ok && !p.hard(to) && w.day.form != formCount && !w.before {
			to = w.to
		}
		// The date may stand before: "ngày 25 hằng tháng", "trước thứ Sáu hằng tuần".
		for k := max(0, i-8); k < i; k++ {
			if w, ok := p.momentAt(k); ok && w.to == i && !p.hard(i) {
				from = k
				break
			}
		}
		p.out.Recurrence = p.raw(from, to)
		_, adjective := p.before(i, routine)
		if adjective > 0 && from == i && to == i+n {
			p.out.Spans = append(p.out.Spans, Span{p.tokens[from].from, p.tokens[to-1].to, WhatRecurrence})
			return from, to
		}
		p.span(from, to, WhatRecurrence)
		return from, to
	}
	return 0, 0
}

// every reads "cứ 2 tuần", "mỗi 3 tháng", "2 tuần một lần".
func (p *parser) every(i int, n *int) bool {
	j := i
	_, w := p.at(j, every)
	j += w
	_, c := p.count(j)
	if c == 0 {
		return false
	}
	unit, u := p.at(j+c, units)
	if u == 0 || unit == "hour" || unit == "min" {
		return false
	}
	j += c + u
	once := p.is(j, wordOf("một")) && p.is(j+1, wordOf("lần")) || p.num(j) == 1 && p.is(j+1, wordOf("lần"))
	if once {
		j += 2
	}
	*n = j - i
	return w > 0 || once
}
