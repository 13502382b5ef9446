// SPDX-License-Identifier: Apache-2.0

package sentence

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	leadingWords  = lexiconOf("làm giúp|giúp tôi|giúp mình|giúp anh|giúp em|giúp|hãy|cần|phải|là|thì|để|nhé|nha|ạ|ơi|và|về việc|v v|việc|nhiệm vụ|sẽ|rồi|được giao|nhớ|tranh thủ|có trách nhiệm|chủ trì|đồng thời|nhiệm vụ là|việc là|giao việc|xin|gấp|khẩn|lo|giao|nội dung|còn|kính gửi|gấp gấp|tôi|nhờ|yêu cầu|đề nghị|phân công|giao nhiệm vụ")
	trailingWords = lexiconOf("nhé|nha|nhá|ạ|đi|giúp|giúp tôi|giúp mình|giúp anh|giúp em|cho|và|với|để|thì|là|xong|phải|cần|luôn|hộ|vào|trong|của|trước|do|phải xong|cần xong|rồi|nữa|hạn|xong nhé|giao|giao cho|đến|vào lúc|lúc|phải hoàn thành|và nộp|và gửi|và hoàn thành|và xong|cần hoàn thành|yêu cầu|làm sao|ngay|nộp|phối hợp với|phối hợp|cùng|được không|hoàn thành|làm xong|có|thời gian|xong xuôi|từ nay|chậm nhất|kịp|bằng|nộp lại|mà|thôi|ok|giúp với|với nhé|giúp nhé")
	loneWords     = lexiconOf("nộp|gửi|trình|xong|hoàn thành|báo cáo kết quả|phải xong|cần xong|gửi lại|nộp lại|báo lại|có kết quả|làm|thực hiện|nhé|ạ|nhờ|gấp|hạn|cảm ơn|cám ơn|thanks|ok|giúp|giúp tôi|giúp anh|giúp em|xong nhé|nộp cho tôi|gửi tôi|gửi anh|gửi cho tôi|báo cáo tôi|báo cáo anh|trình tôi|trình anh|trình ký|trân trọng|khẩn|kịp|phải hoàn thành|yêu cầu|yêu cầu hoàn thành|nhanh|lưu ý|làm nhé|giao|đề nghị|đừng để trễ|không để chậm|phối hợp|chủ trì|thời gian|đúng hạn|và|cần|phải|việc|giao việc|nhận|phụ trách|nộp tôi|nộp anh|em nhé|nhé em|anh nhé|em|giúp mình|báo anh|báo tôi|gửi mình|gửi em|gửi chị|giúp chị|nộp chị|báo chị|nộp em|nộp mình|cc|trình lãnh đạo")
)

// finish makes the subject of what is left.
func (p *parser) finish() {
	p.dropLone()
	var b strings.Builder
	last := -1
	for i, t := range p.tokens {
		if t.used != "" || t.drop {
			continue
		}
		switch {
		case last < 0:
		case last == i-1:
			b.WriteString(t.gap)
		default:
			gaps := ""
			for k := last + 1; k <= i; k++ {
				gaps += p.tokens[k].gap
			}
			b.WriteString(joint(gaps))
		}
		b.WriteString(p.text[t.from:t.to])
		last = i
	}
	if last >= 0 && last == len(p.tokens)-1 {
		b.WriteString(strings.TrimRight(p.text[p.tokens[last].to:], " .,;:-–!"))
	}
	p.out.Subject = p.trimmed(b.String())
	if p.out.Subject == "" {
		p.score -= 3
		p.ask(Question{About: AboutSubject, Text: "Câu chưa nói việc gì."})
	}
	sort.SliceStable(p.out.Spans, func(i, j int) bool { return p.out.Spans[i].From < p.out.Spans[j].From })
}

// joint is what stands where a part was taken out.
func joint(gaps string) string {
	switch {
	case strings.Contains(gaps, ";"):
		return "; "
	case strings.ContainsAny(gaps, ",:(–") || strings.Contains(gaps, " -") || strings.Contains(gaps, ". "):
		return ", "
	}
	return " "
}

// dropLone takes out clauses that are only a word of the date or the name beside them: "nộp", "nhé".
func (p *parser) dropLone() {
	for i := 0; i < len(p.tokens); {
		if !p.free(i) || !p.starts(i) {
			i++
			continue
		}
		j := i + 1
		for j < len(p.tokens) && !p.starts(j) && p.free(j) {
			j++
		}
		_, n := p.at(i, loneWords)
		if n == 0 || n < j-i {
			i = j
			continue
		}
		left := false
		for k := range p.tokens {
			left = left || (k < i || k >= j) && p.free(k)
		}
		if left {
			p.dropped(i, j)
		}
		i = j
	}
}

// trimmed takes off what is left of the words around the parts, and begins with a great letter.
func (p *parser) trimmed(s string) string {
	for hop := 0; hop < 6; hop++ {
		was := s
		s = strings.Trim(s, " ,;:.-–—!?/>|+=→•")
		if strings.Count(s, "(") != strings.Count(s, ")") {
			s = strings.Trim(strings.NewReplacer("(", "", ")", "").Replace(s), " ,;:.-–—!?")
		}
		s = strings.TrimSuffix(strings.TrimPrefix(s, "()"), "()")
		q := &parser{text: s, tokens: tokensOf(s), bare: p.bare}
		if len(q.tokens) == 0 {
			return ""
		}
		if _, n := q.at(0, leadingWords); n > 0 && n < len(q.tokens) && !q.keeps(n) {
			s = s[q.tokens[n].from:]
			continue
		}
		for n := 4; n > 0; n-- {
			k := len(q.tokens) - n
			if k <= 0 {
				continue
			}
			if _, m := q.at(k, trailingWords); m == n && !q.part(k) {
				s = s[:q.tokens[k-1].to]
				break
			}
		}
		if s == was {
			break
		}
	}
	// A quotation whose end went out with a part gets it back.
	if strings.Count(s, `"`)%2 == 1 {
		s += `"`
	}
	if strings.Count(s, "“") > strings.Count(s, "”") {
		s += "”"
	}
	r, n := utf8.DecodeRuneInString(s)
	if s == "" {
		return ""
	}
	return string(unicode.ToUpper(r)) + s[n:]
}

// keeps saves words that only look like leftovers: "giao ban", "yêu cầu các xã …", "việc làm".
func (p *parser) keeps(n int) bool {
	switch p.tokens[0].fold {
	case "giao", "yeu", "de", "phan", "nho", "noi", "gap", "khan", "toi", "xin", "chu":
		return !p.hard(n)
	case "viec":
		return p.is(1, wordOf("làm")) || n == 1 && p.is(1, wordOf("tốt"))
	case "can":
		return p.is(1, wordOf("bộ")) || p.is(1, wordOf("đối"))
	case "la":
		return false
	}
	return false
}

// part saves words that end a word of the language: "nội bộ", "xuất nhập", "làm việc với".
func (p *parser) part(k int) bool {
	f := p.tokens[k].fold
	if k == 0 {
		return true
	}
	b := p.tokens[k-1].fold
	switch f {
	case "den":
		return b == "van" || b == "cv" || b == "vb" || b == "thu"
	case "can":
		return b == "cung" || b == "tiep" || b == "chuyen"
	case "di":
		return b == "chuyen" || b == "xe" || b == "lich" || b == "tro"
	case "trong":
		return b == "ben" || p.tokens[k].exact != "trong"
	case "nop", "co", "giao", "nhan":
		return b == "phai" || b == "ban" || b == "ho" || b == "chua" || b == "da" || b == "hien" || b == "tien" || b == "thuoc" || b == "doi" || b == "san" || b == "dong" || b == "khong"
	case "phoi":
		return b == "cong" || b == "quy" || b == "thu" || b == "che"
	case "thi":
		return b == "cuoc" || b == "hoi" || b == "ky" || b == "thuc" || b == "dien" || b == "vu"
	case "ngay":
		return p.tokens[k].exact != "ngay"
	case "hoan", "thoi":
		return b == "da" || b == "chua" || b == "viec" || b == "ty" || b == "khong"
	case "ho":
		return p.tokens[k].exact != "ho65" || b == "ung" || b == "bao"
	case "yeu":
		return true
	case "ok":
		return false
	}
	return false
}
