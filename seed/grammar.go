// SPDX-License-Identifier: Apache-2.0

package seed

import (
	_ "embed"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"soviec/kit/civil"
)

// A pattern is one line of the grammar of subjects.
type pattern struct {
	senders []string
	kind    string
	field   string
	months  [13]bool
	answer  int // working days in which an answer is wanted; 0: none
	weight  int
	era     string
	subject string
}

//go:embed subjects.txt
var subjectsText string

//go:embed slots.txt
var slotsText string

var patterns = sync.OnceValue(func() []pattern {
	var all []pattern
	for _, c := range table(subjectsText, 8) {
		p := pattern{
			senders: strings.Split(c[0], ","), kind: c[1], field: c[2],
			answer: number(c[4]), weight: number(c[5]), era: c[6], subject: c[7],
		}
		p.months = monthsOf(c[3])
		all = append(all, p)
	}
	return all
})

// monthsOf reads "*", "3" or "11-2,5".
func monthsOf(text string) (months [13]bool) {
	for span := range strings.SplitSeq(text, ",") {
		from, to := 1, 12
		if span != "*" {
			a, b, ok := strings.Cut(span, "-")
			from, to = number(a), number(a)
			if ok {
				to = number(b)
			}
		}
		for m := from; ; m = m%12 + 1 {
			months[m] = true
			if m == to {
				break
			}
		}
	}
	return months
}

// fits tells whether the issuer may write such a thing in that month.
func (p *pattern) fits(i *Issuer, day civil.Date) bool {
	if !p.months[day.Month()] || p.era != "*" && p.era != eraOf(day) {
		return false
	}
	return slices.Contains(p.senders, i.Group) || slices.Contains(p.senders, i.Key)
}

func eraOf(day civil.Date) string {
	if day.Year() <= 2020 {
		return "cu"
	}
	return "moi"
}

// The values of a slot by era.
var slots = sync.OnceValue(func() map[string]map[string][]string { return lists(slotsText) })

// lists reads "= name" and the lines under it, by era.
func lists(text string) map[string]map[string][]string {
	all := map[string]map[string][]string{}
	name := ""
	for line := range strings.SplitSeq(text, "\n") {
		switch {
		case line == "" || line[0] == '#':
		case strings.HasPrefix(line, "= "):
			name = line[2:]
			all[name] = map[string][]string{}
		case strings.HasPrefix(line, "cu:"):
			all[name]["cu"] = append(all[name]["cu"], line[3:])
		case strings.HasPrefix(line, "moi:"):
			all[name]["moi"] = append(all[name]["moi"], line[4:])
		default:
			for _, era := range []string{"cu", "moi"} {
				all[name][era] = append(all[name][era], line)
			}
		}
	}
	return all
}

// A sentence is one subject in the making. A slot named twice has the same value twice.
type sentence struct {
	*dice
	day    civil.Date
	issuer *Issuer
	said   map[string]string
}

// subjectOf makes the subject (trích yếu) that the issuer would write on the day.
func subjectOf(d *dice, p *pattern, i *Issuer, day civil.Date) string {
	s := sentence{dice: d, day: day, issuer: i, said: map[string]string{}}
	text := s.fill(p.subject)
	switch p.kind {
	case "CV":
		return "V/v " + text
	case "QĐ", "TTr":
		if !strings.HasPrefix(text, "Về ") {
			return "Về việc " + lowerFirst(text)
		}
	}
	return text
}

func lowerFirst(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToLower(r)) + s[n:]
}

// yearTwice is a year named twice, by a slot and by the words around it.
var yearTwice = regexp.MustCompile(`(năm \d{4}) năm \d{4}`)

func (s *sentence) fill(text string) string {
	var b strings.Builder
	for {
		open := strings.IndexByte(text, '{')
		if open < 0 {
			b.WriteString(text)
			return yearTwice.ReplaceAllString(b.String(), "$1")
		}
		end := open + strings.IndexByte(text[open:], '}')
		b.WriteString(text[:open])
		b.WriteString(s.slot(text[open+1 : end]))
		text = text[end+1:]
	}
}

func (s *sentence) slot(name string) string {
	if v, ok := s.said[name]; ok {
		return v
	}
	v := s.counted(name)
	if v == "" {
		values := slots()[name][eraOf(s.day)]
		if len(values) == 0 {
			panic("seed: no such slot " + name)
		}
		v = s.fill(pick(s.dice, values))
		if name == "điểmkhác" {
			for strings.HasSuffix(s.slot("điểm"), v) {
				delete(s.said, "tênđiểm")
				v = s.slot("tênđiểm")
			}
		}
		if name == "điểm" {
			delete(s.said, "tênđiểm") // the next place named is another one
		}
	}
	s.said[name] = v
	return v
}

// counted gives the slots that follow from the day and the issuer.
func (s *sentence) counted(name string) string {
	y, month, _ := s.day.YMD()
	m := int(month)
	switch name {
	case "kỳ", "kỳsau":
		s.period(y, m)
		return s.said[name]
	case "kỳnăm":
		if m >= 10 && s.chance(60) {
			return fmt.Sprintf("năm %d", y+1)
		}
		return fmt.Sprintf("năm %d", y)
	case "năm":
		return fmt.Sprint(y)
	case "tháng":
		return fmt.Sprintf("tháng %d năm %d", m, y)
	case "thángsau":
		return monthName(y, m+1)
	case "tuần":
		return fmt.Sprintf("tuần %d năm %d", (s.day.Sub(civil.New(y, 1, 1))+7)/7, y)
	case "ngày":
		return writtenDay(s.day.AddDays(s.between(4, 12)))
	case "ngàytrước":
		return writtenDay(s.day.AddDays(-s.between(1, 12)))
	case "lễ":
		return nextFeast(y, m)
	case "đợt":
		return fmt.Sprintf("đợt %d", 1+(m-1)/4+s.below(2))
	case "n":
		return fmt.Sprint(s.between(2, 29))
	case "n4":
		return fmt.Sprint(s.between(2, 4))
	case "sốbão":
		return fmt.Sprint(s.between(2, 9))
	case "phiênbản":
		return fmt.Sprintf("%d.%d", s.between(2, 5), s.between(0, 9))
	case "giaiđoạn":
		from := (y-1)/5*5 + 1
		if s.chance(40) {
			from += 5
		}
		return fmt.Sprintf("giai đoạn %d - %d", from, from+4)
	case "nămhọc":
		from := y
		if m < 6 {
			from--
		}
		return fmt.Sprintf("năm học %d - %d", from, from+1)
	case "tết":
		if m > 6 {
			y++
		}
		return fmt.Sprintf("%s năm %d", lunarYear(y), y)
	case "địa":
		if p := s.issuer.Place(); p != "" {
			return p
		}
		return s.place()
	case "tênxã":
		return pick(s.dice, communes)
	}
	return ""
}

// writtenDay is a day as letters write it: a zero before days below 10 and months below 3.
func writtenDay(d civil.Date) string {
	y, m, n := d.YMD()
	if m < 3 {
		return fmt.Sprintf("%02d/%02d/%d", n, m, y)
	}
	return fmt.Sprintf("%02d/%d/%d", n, m, y)
}

// nextFeast is the feast that lies ahead, about which one writes in the month.
func nextFeast(y, m int) string {
	switch {
	case m >= 11:
		return fmt.Sprintf("dịp Tết Nguyên đán năm %d", y+1)
	case m <= 2:
		return fmt.Sprintf("dịp Tết Nguyên đán năm %d", y)
	case m <= 4:
		return fmt.Sprintf("dịp lễ 30/4 và 01/5 năm %d", y)
	case m <= 9:
		return fmt.Sprintf("dịp Quốc khánh 02/9 năm %d", y)
	}
	return fmt.Sprintf("dịp Tết Dương lịch năm %d", y+1)
}

// period settles of which months the text speaks, and which come after.
func (s *sentence) period(y, m int) {
	q := (m + 2) / 3
	type of struct{ now, next string }
	year := func(y int) of { return of{fmt.Sprintf("năm %d", y), fmt.Sprintf("năm %d", y+1)} }
	choices := []of{{monthName(y, m), monthName(y, m+1)}, {quarterName(y, q), quarterName(y, q+1)}}
	switch {
	case m <= 2:
		choices = append(choices, year(y-1))
	case m >= 5 && m <= 7:
		half := of{fmt.Sprintf("6 tháng đầu năm %d", y), fmt.Sprintf("6 tháng cuối năm %d", y)}
		choices = append(choices, half, half)
	case m >= 9 && m <= 10:
		choices = append(choices, of{fmt.Sprintf("9 tháng đầu năm %d", y), fmt.Sprintf("quý IV năm %d", y)})
	case m >= 11:
		choices = append(choices, year(y), year(y), year(y))
	}
	p := pick(s.dice, choices)
	s.said["kỳ"], s.said["kỳsau"] = p.now, p.next
}

func monthName(y, m int) string { return fmt.Sprintf("tháng %d năm %d", (m-1)%12+1, y+(m-1)/12) }

func quarterName(y, q int) string {
	return fmt.Sprintf("quý %s năm %d", [...]string{"I", "II", "III", "IV"}[(q-1)%4], y+(q-1)/4)
}

// lunarYear names the lunar year that begins in the given year (can chi).
func lunarYear(y int) string {
	stems := [...]string{"Giáp", "Ất", "Bính", "Đinh", "Mậu", "Kỷ", "Canh", "Tân", "Nhâm", "Quý"}
	branches := [...]string{"Tý", "Sửu", "Dần", "Mão", "Thìn", "Tỵ", "Ngọ", "Mùi", "Thân", "Dậu", "Tuất", "Hợi"}
	return stems[(y+6)%10] + " " + branches[(y+8)%12]
}

var districts = []string{
	"Bảo Lạc", "Bảo Lâm", "Hà Quảng", "Thông Nông", "Trà Lĩnh", "Trùng Khánh", "Hạ Lang",
	"Quảng Uyên", "Phục Hòa", "Thạch An", "Nguyên Bình", "Hòa An",
}

// communes that exist before and after the two-level reform of 2025.
var communes = []string{
	"Cô Ba", "Khánh Xuân", "Xuân Trường", "Hưng Đạo", "Huy Giáp", "Sơn Lộ", "Lý Bôn", "Nam Quang", "Quảng Lâm",
	"Yên Thổ", "Trường Hà", "Lũng Nặm", "Tổng Cọt", "Cần Yên", "Quang Hán", "Đình Phong", "Đàm Thủy", "Lý Quốc",
	"Vinh Quý", "Quang Long", "Hạnh Phúc", "Độc Lập", "Canh Tân", "Minh Khai", "Đức Long", "Ca Thành",
	"Phan Thanh", "Thành Công", "Tam Kim", "Bạch Đằng", "Nguyễn Huệ", "Nam Tuấn",
}

// place is some part of the province: a district while there were any, else a commune.
func (s *sentence) place() string {
	if s.day >= civil.New(2025, 7, 1) {
		return "xã " + pick(s.dice, communes)
	}
	if s.chance(30) {
		return "xã " + pick(s.dice, communes)
	}
	return "huyện " + pick(s.dice, districts)
}
