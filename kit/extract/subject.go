// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"soviec/kit/pattern"
	"strings"
	"sync"
	"unicode"
)

// title is the line that names the type, in capitals above the subject.
type title struct {
	name   string // "Quyết định"
	inline string // what follows the name on its own line
	rest   string // the lines below
}

// titleOf finds a type by its name in capitals.
var titleOf = sync.OnceValue(func() map[string]string {
	m := map[string]string{"LUẬT": "Luật", "NGHỊ QUYẾT LIÊN TỊCH": "Nghị quyết liên tịch", "THƯ CÔNG": "Thư công"}
	for _, name := range typeAbbrevs {
		if name != "Công văn" {
			m[strings.ToUpper(name)] = name
		}
	}
	return m
})

func typeTitle(line string) string {
	return titleOf()[strings.Join(strings.Fields(strings.Trim(line, " |:*")), " ")]
}

func abbrevOf(name string) string {
	best := ""
	for a, n := range typeAbbrevs {
		if n == name && (best == "" || a < best) {
			best = a
		}
	}
	switch best { // as printed, not as looked up
	case "QYĐ", "QYĐI":
		return "QyĐ"
	case "CTR":
		return "CTr"
	case "TTR":
		return "TTr"
	case "TRS":
		return "TrS"
	}
	return best
}

// titleLines is how far below the number the name of the type may stand.
const titleLines = 15

// findTitle looks for the name of the type: alone on its line, or followed by
// the subject when the notation says the same type.
func findTitle(rest string, n Number) title {
	at, seen := 0, 0
	for line := range strings.Lines(rest) {
		at += len(line)
		t := strings.Trim(strings.TrimSpace(line), "| ")
		if t == "" {
			continue
		}
		if seen++; seen > titleLines || bodyOf.MatchString(line) {
			break
		}
		if name := typeTitle(t); name != "" {
			return title{name: name, rest: rest[at:]}
		}
		name := n.TypeName()
		if inline, ok := strings.CutPrefix(t, strings.ToUpper(name)+" "); ok && name != "" && capitals(t) {
			return title{name: name, inline: inline, rest: rest[at:]}
		}
	}
	return title{}
}

var (
	// opening are words with which the text after a title begins, not a subject.
	opening  = pattern.Of(`^[\s|]*(?:Kính\s+gửi|Căn\s+cứ|Thực hiện\s|Triển khai\s|Theo\s|Xét\s|Ngày \d|Trên cơ sở|Để\s|Nhằm\s|Sau khi|Tiếp theo|Phúc đáp|Vừa qua|Trong\s|Hiện nay|Thừa\s|Được\s|Qua\s|Tại\s|Điều \d|Chương [IVX]|Phần [IVX\d]|[IVX]+\s*[.\-/]|[A-Z]\.\s|\d+\s*[.)]|[-–+•]\s|\(|Nơi\s+nhận)`)
	telegram = pattern.Of(`(?:^|\s)điện\s*:|^[^\n]{3,80}\sĐIỆN\s*:`)
	office   = pattern.Of(`^(?:CHỦ TỊCH|PHÓ CHỦ TỊCH|GIÁM ĐỐC|BỘ TRƯỞNG|THỦ TƯỚNG|CHÁNH|TRƯỞNG|TỔNG GIÁM ĐỐC|CỤC TRƯỞNG|TỔNG CỤC TRƯỞNG|HIỆU TRƯỞNG|VIỆN TRƯỞNG|CHI CỤC TRƯỞNG|TỔNG KIỂM TOÁN|THỐNG ĐỐC|BAN THƯỜNG VỤ|QUỐC HỘI|CHÍNH PHỦ|ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|HỘI ĐỒNG NHÂN DÂN)`)
	lead     = pattern.Of(`^(?:(?i:V\s*/\s*v|V\.v|Về\s+việc|Trích\s+yếu)|Về|VỀ)\s*[:.]?\s+`)
)

// maxSubject is the longest subject in bytes; the register takes 1,000 characters.
const maxSubject = 3000

// subject finds the subject: below the name of the type, or after "V/v".
func subject(h head, t title, whole string, c *casing) string {
	var s string
	switch {
	case t.name != "":
		s = t.inline + " " + subjectLines(t.rest, h)
	default:
		top, _ := split(h.rest)
		if m := regard.FindStringIndex(top); m != nil {
			s = subjectLines(h.rest[m[1]:], h)
		} else if all := regard.FindAllStringIndex(whole, -1); len(all) > 0 {
			// A text box may have carried it to the end of the page.
			s = subjectLines(whole[all[len(all)-1][1]:], h)
		}
	}
	s = strings.Join(strings.Fields(s), " ")
	s = strings.TrimSpace(lead.ReplaceAllString(s, ""))
	s = strings.TrimRight(s, " .;:,*-_/|")
	if capitals(s) {
		return c.sentence(s)
	}
	return lowerFirst(s)
}

// subjectLines collects the lines of a subject up to whatever ends it.
func subjectLines(rest string, h head) string {
	var got []string
	size := 0
	for line := range strings.Lines(rest) {
		t := strings.TrimSpace(line)
		cell := strings.Trim(cellEdge.Split(t, 2)[0], " |")
		if strings.HasPrefix(t, "|") || cell == "" {
			if len(got) > 0 {
				break
			}
			if cell == "" {
				continue
			}
		}
		if len(got) > 0 && (opening.MatchString(t) || telegram.MatchString(t) || dated.MatchString(t) ||
			capitals(cell) && (office.MatchString(cell) || isIssuer(cell, h))) {
			break
		}
		if len(got) == 0 && bodyOf.MatchString(t) {
			break
		}
		if size += len(cell); size > maxSubject {
			break
		}
		got = append(got, cell)
	}
	return strings.Join(got, " ")
}

// isIssuer tells the line with which the issuer begins to speak.
func isIssuer(line string, h head) bool {
	for _, l := range h.left {
		if key(l) == key(line) {
			return true
		}
	}
	return false
}

var (
	toWhom = pattern.Of(`(?i)(?:Đồng\s+)?Kính\s+gửi\s*[:.]?`)
	bullet = pattern.Of(`^[-–+•*]\s*`)
)

// addressee collects whom the document is for: after "Kính gửi" (every such
// block), or after "… điện:".
func addressee(rest string) string {
	var all []string
	if m := toWhom.FindAllStringIndex(rest, 3); m != nil {
		for _, at := range m {
			all = append(all, items(rest[at[1]:])...)
		}
	} else {
		at := 0
		for line := range strings.Lines(cutHead(rest)) {
			at += len(line)
			if telegram.MatchString(strings.TrimSpace(line)) {
				_, same, _ := strings.Cut(line, "điện:")
				all = items(same + rest[at:])
				break
			}
			if bodyOf.MatchString(line) {
				break
			}
		}
	}
	return strings.Join(all, "; ")
}

// items reads one addressee, or a list of them with marks in front.
func items(s string) []string {
	var got []string
	listed, ended := false, false
	for line := range strings.Lines(s) {
		t := strings.Trim(strings.Join(strings.Fields(line), " "), "| ")
		mark := bullet.MatchString(t)
		switch {
		case t == "" && len(got) == 0:
			continue
		case t == "":
			ended = true
			continue
		case toWhom.MatchString(t) || len(got) > 40:
			return clean(got)
		case mark:
			if len(got) > 0 && !listed {
				return clean(got)
			}
			listed = true
			got = append(got, bullet.ReplaceAllString(t, ""))
		case len(got) == 0:
			got = append(got, t)
		case ended || opening.MatchString(t) || strings.HasSuffix(got[len(got)-1], "."):
			return clean(got)
		default:
			got[len(got)-1] += " " + t
		}
		ended = false
	}
	return clean(got)
}

func clean(list []string) []string {
	for i, s := range list {
		list[i] = strings.TrimRight(s, " .;,:")
	}
	return list
}

// lowerFirst writes a subject as it stands after "V/v": "Tập trung" becomes "tập
// trung", while "UBND" and the names of provinces stay.
func lowerFirst(s string) string {
	words := strings.Fields(s)
	if len(words) == 0 || !titleWords(words[0]) {
		return s
	}
	if _, n := placeAt(lowerWords(words)); n > 0 {
		return s
	}
	r := []rune(s)
	r[0] = unicode.ToLower(r[0])
	return string(r)
}
