// SPDX-License-Identifier: Apache-2.0

package sentence

// ofCoordinator tells whether a time that closes a clause is said of those who coordinate:
// "Hà phối hợp trước thứ Năm", "phối hợp với Hà trước thứ Năm".
func (p *parser) ofCoordinator(w when) bool {
	if w.marker < 2 || !w.hasDay || w.day.question != "" || w.day.on == 0 || !p.hard(w.to) || p.hard(w.from) {
		return false
	}
	start := p.clauseOf(w.from)
	for i := start; i < w.from; i++ {
		m := p.mentions[i]
		if m.n == 0 || m.unknown || !m.sure || p.covered(i) {
			continue
		}
		e := i + m.n
		if _, n := p.at(e, coopTails); n > 0 && e+n == w.from && !p.hard(e) {
			return true
		}
		if _, n := p.before(i, coopVerbs); n > 0 && e == w.from {
			return true
		}
	}
	return false
}

func (p *parser) clauseOf(i int) int {
	for i > 0 && !p.hard(i) {
		i--
	}
	return i
}

// ownDue is the day of their own of whoever coordinates in the clause of the hit.
func (p *parser) ownDue(h hit) (Due, bool) {
	for _, w := range p.whens {
		if !w.own || h.from >= w.from || h.from < p.clauseOf(w.from) {
			continue
		}
		d := Due{On: w.day.on, At: w.day.at, Part: w.part}
		if w.hasClock {
			d.At, d.Part = w.clock.String(), ""
		}
		if w.before && !w.hasClock && p.opt.Before == Exclusive && w.day.form == formNumeric {
			d.On = d.On.AddDays(-1)
		}
		return d, true
	}
	return Due{}, false
}

// absent are words that say where somebody is while another works.
var absent = lexiconOf("họp ở|họp tại|đi họp|đang họp|bận họp|đi công tác|công tác tại|đi vắng|vắng|nghỉ phép|nghỉ ốm|bận")

// elsewhere tells that whoever is named is away and somebody else, named in a later clause,
// does the work: "Anh Thắng họp ở tỉnh chiều thứ Tư, Xuân chuẩn bị tài liệu".
func (p *parser) elsewhere(e int) bool {
	if _, n := p.at(e, absent); n == 0 || p.hard(e) {
		return false
	}
	for k := e + 1; k < len(p.tokens); k++ {
		m := p.mentions[k]
		if !p.hard(k) || !p.free(k) || m.n == 0 || m.unknown || !m.sure || p.hard(k+m.n) {
			continue
		}
		_, coop := p.at(k+m.n, coopTails)
		_, info := p.at(k+m.n, infoTails)
		if _, verb := p.at(k+m.n, verbs); verb > 0 && coop == 0 && info == 0 {
			return true
		}
	}
	return false
}

// givenTo are words behind which whoever is named has the work.
var givenTo = lexiconOf("giao|giao cho|do|nhờ|phân công|phân công cho|cử")

// ratherLater tells that a name which is a word as well, and does nothing, is no name where
// somebody is named plainly later: "Phát thuốc cho trạm xá, giao Mỷ".
func (p *parser) ratherLater(m hit, e int) bool {
	if m.titled || m.unit || m.unknown || m.n > 1 || m.from > 0 || e >= len(p.tokens) || p.starts(e) {
		return false
	}
	for _, lex := range []lexicon{verbs, leadTails, coopTails, infoTails, stopTails, leadVerbs} {
		if _, n := p.at(e, lex); n > 0 {
			return false
		}
	}
	for k := e; k < len(p.tokens); k++ {
		x := p.mentions[k]
		if x.n == 0 || x.unknown || !x.sure || !p.free(k) || p.covered(k) {
			continue
		}
		if _, n := p.before(k, givenTo); n > 0 && p.starts(k-n) {
			return true
		}
		if !p.starts(k) || !x.titled || x.unit || p.hard(k+x.n) {
			continue
		}
		_, coop := p.at(k+x.n, coopTails)
		_, info := p.at(k+x.n, infoTails)
		if _, verb := p.at(k+x.n, verbs); verb > 0 && coop == 0 && info == 0 {
			return true
		}
	}
	return false
}

// allOf are many of whom none leads.
var allOf = lexiconOf("các phòng|các đơn vị|các ban|các bộ phận|tất cả các phòng|tất cả các đơn vị")

// ofAll tells that a unit is one of many who are all to do the work: "Các phòng, Thanh tra …".
func (p *parser) ofAll(i int) bool {
	_, n := p.at(0, allOf)
	for k := n; k < i; k++ {
		if _, verb := p.at(k, verbs); verb > 0 && !p.is(k, wordOf("và")) {
			return false
		}
	}
	return n > 0 && i >= n
}

// hisUnit tells that a unit is said only to tell who is meant: "Đ/c Thu Hà, Phòng Ngân sách".
func (p *parser) hisUnit(lead, m hit) bool {
	return m.unit && len(m.parties) == 1 && len(lead.parties) == 1 && lead.parties[0].Person != 0 && lead.parties[0].Unit == m.parties[0].Unit && lead.end == m.from && lead.end == lead.to
}
