// SPDX-License-Identifier: Apache-2.0

package sentence

import "fmt"

// clock is an hour of the day as it was said.
type clock struct {
	hour, minute int
	n            int
	guessed      bool // "4h" is four in the afternoon
}

func (c clock) String() string { return fmt.Sprintf("%02d:%02d", c.hour, c.minute) }

var (
	hourWords = lexiconOf("h|g|giờ|tiếng đồng hồ")
	partWords = lexiconOf("sáng=sáng|buổi sáng|sáng sớm", "trưa=trưa|buổi trưa|giữa trưa", "chiều=chiều|buổi chiều|xế chiều", "tối=tối|buổi tối|đêm|khuya")
	halfWord  = lexiconOf("rưỡi|rưởi")
	minutes   = lexiconOf("phút|p|ph")
	countWord = lexiconOf("1=một", "2=hai", "3=ba", "4=bốn|tư", "5=năm", "6=sáu", "7=bảy|bẩy", "8=tám", "9=chín", "10=mười", "11=mười một", "12=mười hai", "15=mười lăm", "20=hai mươi", "30=ba mươi")
	numerals  = map[string]int{"1": 1, "2": 2, "3": 3, "4": 4, "5": 5, "6": 6, "7": 7, "8": 8, "9": 9, "10": 10, "11": 11, "12": 12, "15": 15, "20": 20, "30": 30}
)

// count reads a number in digits or in words.
func (p *parser) count(i int) (value, n int) {
	if v := p.num(i); v >= 0 {
		if g := p.gap(i + 1); p.num(i+1) >= 0 && (g == "/" || g == "-" || g == ".") || v > 3660 {
			return 0, 0
		}
		return v, 1
	}
	if v, n := p.at(i, countWord); n > 0 {
		return numerals[v], n
	}
	return 0, 0
}

// clockAt reads "16h30", "16:30", "16 giờ 30", "4h chiều", "9am".
func (p *parser) clockAt(i int) (clock, bool) {
	h, n := p.count(i)
	if n == 0 || h > 24 {
		return clock{}, false
	}
	c := clock{hour: h}
	j := i + n
	switch _, w := p.at(j, hourWords); {
	case p.num(j) >= 0 && p.num(j) < 60 && p.gap(j) == ":" && p.num(i) >= 0 && p.tokens[j].to-p.tokens[j].from == 2:
		c.minute = p.num(j)
		j++
		if _, w := p.at(j, hourWords); w > 0 && p.gap(j) == "" {
			j += w
		}
	case w > 0 && !p.hard(j):
		if p.num(i) < 0 && !p.is(j, wordOf("giờ")) {
			return clock{}, false
		}
		j += w
		if m := p.num(j); m >= 0 && m < 60 && (p.gap(j) == "" || p.gap(j) == " " && p.minutesFollow(j)) && !p.slash(j+1) {
			c.minute = m
			j++
			if _, w := p.at(j, minutes); w > 0 && !p.hard(j) {
				j += w
			}
		} else if _, w := p.at(j, halfWord); w > 0 && !p.hard(j) {
			c.minute = 30
			j += w
		}
		// "trong 2 giờ làm việc", "2 giờ nữa" are lengths.
		if p.has(j, phraseOf("làm việc")) || p.has(j, phraseOf("nữa")) || p.has(j, phraseOf("đồng hồ")) || p.has(j, phraseOf("hành chính")) {
			return clock{}, false
		}
	case p.num(i) >= 0 && p.num(i) <= 12 && (p.is(j, wordOf("pm")) || p.is(j, wordOf("am"))) && p.gap(j) != ", ":
		if p.is(j, wordOf("pm")) && c.hour < 12 {
			c.hour += 12
		}
		j++
	case p.num(i) >= 0:
		// "4 rưỡi chiều"
		_, w := p.at(j, halfWord)
		if w == 0 {
			return clock{}, false
		}
		if _, part := p.at(j+w, partWords); part == 0 {
			return clock{}, false
		}
		c.minute = 30
		j += w
	default:
		return clock{}, false
	}
	part, w := p.at(j, partWords)
	if w > 0 && p.hard(j) {
		part, w = "", 0
	}
	// In a line without marks "toi" is "tôi" as well.
	if part == "tối" && p.bare && !p.partOfDay(j+w) {
		part, w = "", 0
	}
	switch {
	case part == "chiều" && c.hour >= 1 && c.hour < 12, part == "tối" && c.hour >= 5 && c.hour < 12, part == "trưa" && c.hour < 4:
		c.hour += 12
	case part == "" && c.hour >= 1 && c.hour <= 5 && !p.isNumWithZero(i):
		c.hour += 12
		c.guessed = true
	}
	j += w
	if c.hour == 24 && c.minute == 0 {
		c.hour, c.minute = 23, 59
	}
	if c.hour > 23 {
		return clock{}, false
	}
	c.n = j - i
	return c, true
}

// partOfDay tells whether a day follows, so that the word before is a part of it.
func (p *parser) partOfDay(i int) bool {
	if i >= len(p.tokens) || p.hard(i) {
		return true
	}
	if p.is(i, wordOf("nay")) {
		return true
	}
	_, ok := p.dayAt(i)
	return ok
}

// minutesFollow tells "16 giờ 30" from "16 giờ 30/11".
func (p *parser) minutesFollow(j int) bool {
	if p.num(j+1) >= 0 && p.gap(j+1) != " " {
		return false
	}
	return p.tokens[j].to-p.tokens[j].from == 2
}

func (p *parser) slash(i int) bool {
	g := p.gap(i)
	return p.num(i) >= 0 && (g == "/" || g == "-" || g == ".")
}

// isNumWithZero keeps "04h30" what it says.
func (p *parser) isNumWithZero(i int) bool {
	return p.num(i) >= 0 && p.text[p.tokens[i].from] == '0'
}
