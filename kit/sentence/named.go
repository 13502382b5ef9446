// SPDX-License-Identifier: Apache-2.0

package sentence

import (
	"fmt"
	"strings"
)

// namedAt reads who begins a clause: "Hải, …", "Hà phối hợp", "phòng CS rà soát …".
func (p *parser) namedAt(i int, leads, coops, infos *[]hit, next *int) bool {
	if !p.starts(i) {
		return false
	}
	j := i
	if p.is(i, wordOf("và")) || p.is(i, wordOf("còn")) {
		j++
	}
	hits, e := p.list(j, false, false)
	if len(hits) == 0 {
		return false
	}
	m := hits[0]
	closed := p.starts(e)
	if closed && e < len(p.tokens) && p.free(e) && strings.HasPrefix(strings.TrimSpace(p.gap(e)), "(") && !m.sure {
		closed = false
	}
	if !p.hard(e) && p.free(e) {
		if _, t := p.at(e, infoTails); t > 0 && (p.starts(e+t) || t > 1) && !(len(*leads) == 0 && p.is(e, wordOf("theo"))) {
			p.take(hits, i, e+t, infos)
			*next = e + t
			return true
		}
		if _, t := p.at(e, coopTails); t > 0 && p.tailEnds(e+t) && !(len(*leads) == 0 && (p.is(e, wordOf("giúp")) || len(hits) > 1 && p.is(e, wordOf("cùng")))) {
			p.take(hits, i, p.chat(e+t), coops)
			*next = e + t
			return true
		}
	}
	if m.unknown && !closed && !m.titled {
		return false
	}
	if len(*leads) == 0 && len(hits) == 1 && !m.unknown && !closed && p.elsewhere(e) {
		p.note(AboutLead, fmt.Sprintf("“%s” được hiểu là đang bận việc khác, không phải người chủ trì.", p.raw(m.from, m.from+m.n)))
		*next = e
		return true
	}
	if len(*leads) == 0 && len(hits) == 1 && p.ratherLater(m, e) || m.unit && p.ofAll(i) {
		return false
	}
	if len(*leads) == 1 && len(hits) == 1 && p.hisUnit((*leads)[0], m) {
		p.dropped(i, e)
		*next = e
		return true
	}
	before := p.workBefore(i)
	tier := 4
	switch v, t := p.at(e, leadTails); {
	case t > 0 && v == "1" && !p.hard(e):
		tier = 1
	case !before:
		tier = 2
	case closed:
		tier = 3
	}
	if !p.believable(m, e, closed, tier) {
		return false
	}
	if tier == 4 && m.unit && p.kindOnly(m.from, m.mention) {
		return false
	}
	end := p.leadTail(e, false)
	// "Ông Slao khiếu nại đất đai: anh Tư xác minh": the stranger is what the work is about.
	if len(*leads) > 0 && (*leads)[0].unknown && (*leads)[0].tier >= 2 && !m.unknown && strings.Contains(p.gap(i), ":") {
		for k := (*leads)[0].start; k < (*leads)[0].end; k++ {
			p.tokens[k].drop = false
		}
		*leads = nil
	}
	if len(*leads) > 0 && !closed && !m.titled && len(hits) == 1 && p.verbRather(i, e) {
		return false
	}
	if len(*leads) > 0 && tier > 1 && !((*leads)[0].tier >= 3 && tier < (*leads)[0].tier) {
		// Somebody leads already: whoever is named after him helps, his piece stays in the subject.
		*coops = append(*coops, hits...)
		if closed || !before {
			p.take(hits, i, end, &[]hit{})
		}
		*next = e
		return true
	}
	if m.unknown && len(*leads) > 0 {
		return false
	}
	for k := range hits {
		hits[k].tier = tier
	}
	hits[0].start, hits[0].end = i, end
	*leads = append(*leads, hits[0])
	*coops = append(*coops, hits[1:]...)
	p.dropped(i, end)
	*next = end
	return true
}

// tailEnds tells whether nothing of the work follows "phối hợp".
func (p *parser) tailEnds(i int) bool {
	i = p.chat(i)
	return p.starts(i) || p.tokens[i].used != ""
}

func (p *parser) chat(i int) int {
	for hop := 0; hop < 3 && i < len(p.tokens) && !p.starts(i); hop++ {
		_, n := p.at(i, chatEnds)
		if n == 0 {
			break
		}
		i += n
	}
	return i
}

// workBefore tells whether words of the work stand before the token.
func (p *parser) workBefore(i int) bool {
	for k := 0; k < i; k++ {
		if p.free(k) {
			if _, n := p.at(k, openers); n > 0 && k+n <= i {
				k += n - 1
				continue
			}
			return true
		}
	}
	return false
}

// openers may stand before the first name without being of the work.
var openers = lexiconOf("gấp|khẩn|việc gấp|hỏa tốc|lưu ý|nhắc việc|giao việc|dạ|vâng|này|kính gửi|gửi|thân gửi|chào|alo|nhờ|xin|thống nhất|đồng ý|ok|việc mới|rất gấp|khẩn cấp|nhắc|chú ý|phân công|kết luận|đề nghị|yêu cầu|ưu tiên|quan trọng|nhiệm vụ|thưa|à")

// believable weighs a name that is a word as well, or is not written as names are.
func (p *parser) believable(m hit, e int, closed bool, tier int) bool {
	if m.titled || m.unit {
		return true
	}
	if m.unknown {
		return closed && tier <= 3 && p.looksLikeName(m.from, m.to)
	}
	_, verb := p.at(e, verbs)
	follows := closed || verb > 0 && !p.hard(e)
	if !m.sure {
		return closed || tier == 1 || tier == 2 && m.from == 0 && verb > 0
	}
	if m.n == 1 && rarely[p.tokens[m.from].fold] && (p.bare || rarelyMarked(p.tokens[m.from])) {
		return follows
	}
	if p.bare && m.n == 1 && p.tokens[m.from].fold == "lam" {
		return closed // "lam" is "làm"
	}
	if tier == 4 && m.n == 1 && !follows {
		return p.cased && p.tokens[m.from].title || strings.Contains(p.gap(m.from), ":")
	}
	return true
}

// rarelyMarked leaves out names that no word is written like.
func rarelyMarked(t token) bool {
	switch t.exact {
	case "thu", "co6ng", "tho6ng", "ho65i", "ho75p", "hop75", "tha2nh", "tai2", "thanh2", "chinh1", "hoi65", "cong6", "thong6", "in":
		return true
	}
	return false
}

var noNames = lexiconOf("gấp|khẩn|báo cáo|họp|lưu ý|chú ý|nhắc|việc|giao|kế hoạch|công văn|tổng hợp|chuẩn bị|rà soát|hoàn thành|xong|tết|ban|phòng|sở|trước|sau|hạn|mai|nay|hôm|kính|thông báo|đề nghị|yêu cầu|xây dựng|soạn|làm|nộp|gửi|trình|lập|tham mưu|thống kê|kiểm tra|thứ|ngày|tháng|quý|năm|sáng|chiều|nhờ|phối hợp|dự|mời|đôn đốc|cập nhật|in|mua|đặt|dự thảo|viết|góp ý|thẩm định|khảo sát|hỏa|dạ|vâng|ok|đồng ý|nội dung|nhiệm|ưu tiên|quan trọng|alo|chào|thưa|tuyên truyền|đăng|sửa|photo|scan|hoàn thiện|hoàn|bổ sung|trả lời|thanh toán|quyết toán|kiểm kê|kiểm|ubnd|hđnd|cuối|đầu|deadline|chốt|đối chiếu|đánh giá|đánh|nghiên cứu|triển khai|tổ chức|giải quyết|xử lý|liên hệ|bố trí|sắp xếp|phân công|báo|danh sách|tài liệu|hồ sơ|dự toán|số liệu|biểu mẫu")

// looksLikeName tells "Quang, …" from "Gấp, …".
func (p *parser) looksLikeName(i, e int) bool {
	_, n := p.at(i, noNames)
	return n == 0 && !p.compound(i)
}

// trailing takes a name that ends the line: "báo cáo quà Tết Hải thứ 6".
func (p *parser) trailing(leads *[]hit) {
	for i := len(p.tokens) - 1; i > 0; i-- {
		if !p.free(i) || p.mentions[i].n == 0 || p.covered(i) {
			continue
		}
		m := p.mentions[i]
		if m.unknown || !m.sure || !p.starts(i+m.n) || p.hard(i) || !p.bare && !m.titled && !p.tokens[i].upper {
			continue
		}
		if _, n := p.before(i, governing); n > 0 || m.titled && !m.unit && !p.cased {
			return
		}
		if m.titled && p.near(i, governing, 2) || m.unit {
			return
		}
		*leads = append(*leads, hit{mention: m, from: i, to: i + m.n, start: i, end: i + m.n, tier: 5})
		p.dropped(i, i+m.n)
		return
	}
}

// covered tells whether the token is a part of a longer mention.
func (p *parser) covered(i int) bool {
	for j := max(0, i-6); j < i; j++ {
		if p.mentions[j].n > i-j {
			return true
		}
	}
	return false
}

// inside takes the one name that stands within a clause before a verb: "tài liệu họp anh Tài hoàn thiện".
func (p *parser) inside(leads *[]hit) {
	at := -1
	for i := 1; i < len(p.tokens); i++ {
		if !p.free(i) || p.mentions[i].n == 0 || p.covered(i) {
			continue
		}
		m := p.mentions[i]
		if m.unit || !m.sure || m.unknown || !p.bare && !m.titled && !p.tokens[i].upper {
			continue
		}
		_, verb := p.at(i+m.n, verbs)
		if _, g := p.before(i, governing); g > 0 || p.hard(i) || verb == 0 || p.hard(i+m.n) || p.bare && !m.titled {
			continue
		}
		if _, v := p.before(i, verbs); v > 0 {
			continue
		}
		if at >= 0 {
			return
		}
		at = i
	}
	if at > 0 {
		m := p.mentions[at]
		*leads = append(*leads, hit{mention: m, from: at, to: at + m.n, start: at, end: at + m.n, tier: 5})
		p.dropped(at, at+m.n)
	}
}

// choose makes the hits the parties of the reading, or asks.
func (p *parser) choose(leads, coops, infos []hit) {
	if len(leads) == 0 {
		p.ask(Question{About: AboutLead, Text: "Câu chưa nói ai chủ trì."})
	} else {
		best := 0
		for k, h := range leads {
			if h.tier < leads[best].tier {
				best = k
			}
		}
		p.setLead(leads[best])
		for k, h := range leads {
			if k != best && !h.unknown {
				coops = append(coops, h)
			}
		}
	}
	taken := map[Party]bool{p.out.Lead: true}
	add := func(h hit, about About, what What, list *[]Party) {
		if h.unknown {
			return
		}
		p.mark(h, what)
		if len(h.parties) != 1 {
			p.ask(Question{About: about, Text: p.severalOf(h), Parties: h.parties})
			return
		}
		if q := h.parties[0]; !taken[q] {
			taken[q] = true
			*list = append(*list, q)
			if d, ok := p.ownDue(h); ok && about == AboutCoop {
				if p.out.Own == nil {
					p.out.Own = map[Party]Due{}
				}
				p.out.Own[q] = d
			}
			p.score++
		}
	}
	for _, h := range coops {
		add(h, AboutCoop, WhatCoop, &p.out.Coop)
	}
	for _, h := range infos {
		add(h, AboutInfo, WhatInfo, &p.out.Info)
	}
}

func (p *parser) mark(h hit, what What) {
	p.out.Spans = append(p.out.Spans, Span{p.tokens[h.from].from, p.tokens[h.to-1].to, what})
}

func (p *parser) severalOf(h hit) string {
	return fmt.Sprintf("“%s” có thể là %d người; hãy chọn.", p.raw(h.from, h.to), len(h.parties))
}

func (p *parser) setLead(h hit) {
	p.mark(h, WhatLead)
	said := p.raw(h.from, h.to)
	switch {
	case h.unknown:
		p.ask(Question{About: AboutLead, Text: fmt.Sprintf("Không tìm thấy “%s” trong danh sách; hãy chọn người chủ trì.", said)})
	case len(h.parties) > 1:
		p.ask(Question{About: AboutLead, Text: p.severalOf(h), Parties: h.parties})
		p.score++
	default:
		p.out.Lead = h.parties[0]
		p.score += 3
		if t := p.tokens[h.from]; t.exact == "mai" && h.n == 1 && p.cased && !t.upper {
			p.score -= 2
		}
		if h.tier == 5 {
			p.note(AboutLead, fmt.Sprintf("“%s” được hiểu là người chủ trì.", said))
			p.score--
		}
	}
}

// verbRather tells whether a word without marks is what is to be done, not who helps: "Sung,
// viet tin", but "Sung, Viet soan tin".
func (p *parser) verbRather(i, e int) bool {
	_, n := p.at(i, verbs)
	_, next := p.at(e, verbs)
	t := p.tokens[i]
	return n == e-i && n == 1 && next == 0 && !t.title && t.bare()
}
