// SPDX-License-Identifier: Apache-2.0

package sentence

import "strings"

// outside are words behind "văn phòng", "thanh tra" and "phòng" that make them something else.
var outside = lexiconOf("phẩm|điện tử|ubnd|hđnd|tỉnh ủy|huyện ủy|chính phủ|quốc hội|đoàn|đại diện|luật sư|chủ tịch|tỉnh|bộ|huyện|thành phố|công chứng|đăng ký|họp|chống|dịch|ngừa|cháy|chờ|làm việc|khám|ban đơn vị|viên|việc|toàn|công tác|cơ sở|xây dựng|chuyên ngành|đột xuất|định kỳ|theo")

var wordAnd = wordOf("và")

// house is a word for the agency itself behind the name of its unit.
var house = lexiconOf("sở|ban|cơ quan|chi cục|cục")

// unitAt reads a unit: "phòng Chính sách", "P. KHTH", "VP", "Thanh tra".
func (p *parser) unitAt(i int) mention {
	best := mention{}
	for _, u := range p.roll.units {
		n := p.unitLength(i, u)
		switch {
		case n == 0 || n < best.n:
		case n > best.n:
			best = mention{n: n, parties: []Party{partyOfUnit(u.Unit)}, unit: true, titled: true, sure: true}
		default:
			best.parties = append(best.parties, partyOfUnit(u.Unit))
		}
	}
	if len(best.parties) > 1 {
		// "phòng CS" is both a short name and the beginning of another's initials: the short name wins.
		for _, u := range p.roll.units {
			last := p.tokens[i+best.n-1].fold
			if u.short == last || u.initials == last {
				best.parties = []Party{partyOfUnit(u.Unit)}
				break
			}
		}
	}
	return best
}

// unitLength is how many tokens from i on name the unit, 0 when they do not.
func (p *parser) unitLength(i int, u rolledUnit) int {
	if i >= len(p.tokens) {
		return 0
	}
	j, kind := i, false
	if len(u.kind) > 0 {
		if p.has(i, u.kind) {
			j, kind = i+len(u.kind), true
		} else if s := kindShort[joined(u.kind)]; s != "" && p.tokens[i].fold == s && (len(s) > 1 || p.gap(i+1) == ". " || p.gap(i+1) == "." || p.gap(i+1) == " ") {
			j, kind = i+1, true
		}
	}
	if kind && len(u.core) == 0 {
		if _, n := p.at(j, outside); n > 0 && !p.hard(j) {
			return 0
		}
		if _, n := p.at(j, house); n > 0 && !p.hard(j) {
			return j + n - i
		}
		return j - i
	}
	if kind && j < len(p.tokens) {
		if n := p.core(j, u, true); n > 0 {
			return j + n - i
		}
	}
	if kind && u.sole {
		if k := joined(u.kind); k == "trung tam" || k == "chi cuc" { // there are many outside: only as who begins and does something
			if p.starts(i) && p.ends(j) {
				return j - i
			}
		} else if _, n := p.at(j, outside); n == 0 || p.hard(j) {
			return j - i
		}
	}
	if t := p.tokens[i]; t.caps && len(t.fold) > 2 && t.fold == u.whole && !abbreviations[t.fold] {
		return 1
	}
	if !kind || len(u.kind) == 1 {
		if n := p.core(i, u, false); n > 0 {
			return n
		}
	}
	return 0
}

func joined(ph phrase) string {
	var s []string
	for _, w := range ph {
		s = append(s, w.fold)
	}
	return strings.Join(s, " ")
}

// core reads what follows the kind. Without the kind more is asked for.
func (p *parser) core(i int, u rolledUnit, kind bool) int {
	t := p.tokens[i]
	if kind && p.hard(i) && p.gap(i) != ". " {
		return 0
	}
	code := t.fold
	written := t.caps || !p.cased && len(code) > 1
	if n := p.parted(i, u); n > 0 && (kind || written) {
		return n
	}
	// "NV Dược": initials of the beginning, and the rest in words.
	for m := len(code); m > 1 && m < len(u.core) && (kind || t.caps) && strings.HasPrefix(u.initials, code); m = 0 {
		if rest := u.core[m:]; p.has(i+1, rest) && !p.hard(i+1) {
			return 1 + len(rest)
		}
	}
	switch {
	case code == "":
	case u.short != "" && code == u.short && (kind || t.caps || !p.cased && len(code) > 2 || t.exact != t.fold):
		return 1
	case len(u.initials) > 1 && code == u.initials && (kind || written && (t.caps || len(code) > 2)):
		return 1
	case kind && written && len(code) > 1 && len(u.initials) > len(code) && strings.HasPrefix(u.initials, code) && !p.isWord(i):
		return 1
	case !kind && t.caps && len(code) > 1 && strings.HasPrefix(u.initials, code) && !abbreviations[code]:
		return 1
	case !kind && t.caps && len(u.kind) > 0 && len(code) > 2 && (code == kindShort[joined(u.kind)]+u.initials || u.short != "" && code == kindShort[joined(u.kind)]+u.short):
		return 1
	}
	// By words: the whole name, or two syllables of it and more.
	for start := range u.core {
		n, words := 0, 0
		for start+words < len(u.core) && i+n < len(p.tokens) {
			if p.is(i+n, wordAnd) && n > 0 {
				n++
				continue
			}
			if !p.is(i+n, u.core[start+words]) || n > 0 && strings.ContainsAny(p.gap(i+n), ",;:()") {
				break
			}
			n++
			words++
		}
		if n > 0 && p.is(i+n-1, wordAnd) {
			n--
		}
		switch {
		case words == len(u.core) && (kind || words > 2 || u.kind == nil):
			return n
		case kind && words >= 2 && start == 0 && !p.goesOn(i+n):
			return n
		case kind && words == 1 && start == 0 && i+1 < len(p.tokens) && (t.title && !p.tokens[i+1].title || !p.cased && p.ends(i+1)) && p.onlyUnit(u):
			return n // "Phòng Giá"
		case kind && words >= 2 && start+words == len(u.core) && p.ends(i+n):
			return n
		}
	}
	return 0
}

// parted reads initials in parts, "KH-TC", "KH&TC": how many tokens they are, 0 when they are not.
func (p *parser) parted(i int, u rolledUnit) int {
	code := p.tokens[i].fold
	for n := 1; i+n < len(p.tokens) && len(code) < len(u.initials); n++ {
		if g := strings.TrimSpace(p.gap(i + n)); g != "-" && g != "&" && g != "–" && g != "/" {
			return 0
		}
		if code += p.tokens[i+n].fold; code == u.initials {
			return n + 1
		}
	}
	return 0
}

// abbreviations are in every line of an office; they name no unit.
var abbreviations = map[string]bool{"kh": true, "tt": true, "ct": true, "vb": true, "bc": true, "cv": true, "nq": true, "nd": true, "hd": true, "ub": true, "qd": true, "tb": true, "dt": true, "ds": true, "tc": true, "xd": true, "pc": true, "dv": true, "ttr": true, "bhxh": true}

// fields are words of the names of units: "Phòng Tài chính đầu tư" is not "Phòng Tài chính doanh nghiệp".
var fields = lexiconOf("đầu tư|doanh nghiệp|ngân sách|hành chính|sự nghiệp|công sản|đất đai|đô thị|nông nghiệp|dân tộc|tôn giáo|thiểu số|pháp chế|hợp tác|quốc tế|xã hội|cán bộ|đào tạo|kỹ thuật|môi trường|văn hóa|thông tin|y tế|giáo dục|quản trị|nhân sự|kinh tế|giao thông|lao động|công nghệ|thương mại|du lịch|tư pháp|biên giới|pháp luật|chuyên đề|tổng hợp|vận tải|an toàn|chất lượng|việc làm|người có công|dịch vụ")

// goesOn tells whether the name of another unit goes on where this one's ends.
func (p *parser) goesOn(i int) bool {
	_, n := p.at(i, fields)
	if n == 0 || p.hard(i) {
		return false
	}
	_, verb := p.at(i, verbs)
	return verb == 0
}

// onlyUnit tells whether no other unit's name begins with the same syllable.
func (p *parser) onlyUnit(u rolledUnit) bool {
	n := 0
	for _, v := range p.roll.units {
		if len(v.core) > 0 && v.core[0].exact == u.core[0].exact && joined(v.kind) == joined(u.kind) {
			n++
		}
	}
	return n == 1
}

// ends tells whether the name of a unit may end here: a verb or a mark follows.
func (p *parser) ends(i int) bool {
	_, verb := p.at(i, verbs)
	_, tail := p.at(i, coopTails)
	return p.hard(i) || verb+tail > 0
}

// isWord tells whether a short token is more likely a word than initials.
func (p *parser) isWord(i int) bool {
	t := p.tokens[i]
	return !t.caps && strings.ContainsAny(t.fold, "aeiouy")
}
