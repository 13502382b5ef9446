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
