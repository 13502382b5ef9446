// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"soviec/kit/pattern"
	"strings"
)

var (
	// bodyBegins are the words with which the name of a body begins.
	bodyBegins = pattern.Of(`^(?:BỘ|SỞ|TỔNG CỤC|CHI CỤC|CỤC|VỤ|PHÒNG|BAN|ỦY BAN|UỶ BAN|UBND|UBMTTQ|HĐND|HỘI ĐỒNG|HỘI|VĂN PHÒNG|THANH TRA|TRUNG TÂM|CÔNG AN|THUẾ|TRƯỜNG|VIỆN|ĐẢNG ỦY|ĐẢNG UỶ|TỈNH ỦY|TỈNH UỶ|THÀNH ỦY|HUYỆN ỦY|HUYỆN UỶ|THỊ ỦY|BẢO HIỂM|KHO BẠC|NGÂN HÀNG|TỔNG CÔNG TY|CÔNG TY|TẬP ĐOÀN|QUỸ|LIÊN MINH|LIÊN ĐOÀN|LIÊN HIỆP|MẶT TRẬN|ĐOÀN|TÒA ÁN|TOÀ ÁN|HẢI QUAN|KIỂM TOÁN|CHÍNH PHỦ|THỦ TƯỚNG|QUỐC HỘI|CHỦ TỊCH|HẠT|TRẠM|BỆNH VIỆN|ĐÀI|BÁO|SƯ ĐOÀN|TIỂU BAN|TỔ CÔNG TÁC|THỐNG KÊ|BAN CHẤP HÀNH)(?:[\s.]|$)`)
	openEnd    = pattern.Of(`(?:^|\s)(?:ỦY|UỶ|CHI|TỔNG|HỘI|LIÊN HIỆP|VĂN PHÒNG|VÀ|CỦA|THUỘC|BỘ CHỈ HUY|BAN CHỈ ĐẠO|CƠ QUAN|TRUNG|CÔNG|VĂN|BẢO|THANH|BỆNH)$|[,\-–&]$`)
	shortForms = strings.NewReplacer("UBND", "ỦY BAN NHÂN DÂN", "UBMTTQ", "ỦY BAN MẶT TRẬN TỔ QUỐC", "HĐND", "HỘI ĐỒNG NHÂN DÂN",
		"TX.", "THỊ XÃ ", "TP.", "THÀNH PHỐ ", "TT.", "THỊ TRẤN ", "GD&ĐT", "GIÁO DỤC VÀ ĐÀO TẠO", "GD-ĐT", "GIÁO DỤC VÀ ĐÀO TẠO", "UỶ", "ỦY", "HOÀ", "HÒA", "HOÁ", "HÓA")
	loneForms = pattern.Of(`(^|\s)(?:(TP)|(TX)|(H\.)|(P\.)|(X\.)|(Q\.))\s*`)
	tightDash = pattern.Of(`\s*[-–]\s*`)
)

// issuers joins the lines of the left column to names of bodies: the lowest one
// issued the document, the one above it is its parent.
func issuers(lines []string, c *casing) (parent, issuer string) {
	var names []string
	for _, l := range lines {
		l = strings.Join(strings.Fields(l), " ")
		if !capitals(l) && !strings.HasPrefix(l, "UBND") {
			continue
		}
		last := len(names) - 1
		// A body's name of one or two words ("ỦY" / "BAN NHÂN DÂN") goes on.
		if last >= 0 && (!bodyBegins.MatchString(l) || openEnd.MatchString(names[last])) {
			names[last] += " " + l
			continue
		}
		names = append(names, l)
	}
	for i, n := range names {
		names[i] = c.body(n)
	}
	switch n := len(names); n {
	case 0:
		return "", ""
	case 1:
		return "", names[0]
	default:
		return names[n-2], names[n-1]
	}
}

// body writes a body's name in capitals as it is written in a text.
func (c *casing) body(name string) string {
	name = shortForms.Replace(name)
	name = loneForms.ReplaceAllStringFunc(name, func(s string) string {
		long := map[string]string{"TP": "THÀNH PHỐ", "TX": "THỊ XÃ", "H.": "HUYỆN", "P.": "PHƯỜNG", "X.": "XÃ", "Q.": "QUẬN"}
		return " " + long[strings.TrimSpace(s)] + " "
	})
	name = tightDash.ReplaceAllString(name, " - ")
	words := strings.Fields(strings.Trim(name, " .,:;*-"))
	if len(words) == 0 {
		return ""
	}
	if found := c.longest(words); len(found) == len(words) && len(words) > 1 && titleWords(found[0]) {
		if last := found[len(found)-1]; titleWords(last) || len(words) > 2 {
			return strings.Join(punctuated(found, words), " ")
		}
	}
	return strings.Join(bodyCase(lowerWords(words)), " ")
}

// bodyHeads are the first words of a body's name, of which only the first has a
// capital; the longer ones first.
var bodyHeads = []string{
	"ủy ban nhân dân", "hội đồng nhân dân", "đoàn đại biểu quốc hội", "kho bạc nhà nước", "ngân hàng nhà nước", "viện kiểm sát nhân dân", "tòa án nhân dân", "bảo hiểm xã hội",
	"tổng công ty", "văn phòng", "tổng cục", "chi cục", "trung tâm", "thanh tra", "công an", "công ty", "tập đoàn", "liên minh", "liên đoàn", "bệnh viện", "hội đồng", "ủy ban",
	"tỉnh ủy", "thành ủy", "huyện ủy", "thị ủy", "đảng ủy", "hải quan", "bộ", "sở", "cục", "vụ", "phòng", "ban", "thuế", "trường", "viện", "hội", "quỹ", "đài", "hạt", "trạm", "tỉnh đoàn",
}

// levels are the kinds of territory; the name after one has capitals throughout.
var levels = map[string]int{"tỉnh": 1, "huyện": 1, "quận": 1, "xã": 1, "phường": 1, "thành phố": 2, "thị xã": 2, "thị trấn": 2, "đặc khu": 2}

func bodyCase(w []string) []string {
	if len(w) == 0 {
		return nil
	}
	out := append([]string(nil), w...)
	i := 0
	for _, h := range bodyHeads {
		n := len(strings.Fields(h))
		if n <= len(w) && key(strings.Join(w[:n], " ")) == h {
			i = n
			break
		}
	}
	out[0] = upperFirst(out[0])
	if i > 0 && i < len(w) {
		for _, h := range bodyHeads[:8] { // "Văn phòng Ủy ban nhân dân tỉnh …"
			if strings.HasPrefix(key(strings.Join(w[i:], " ")), h) {
				return append(out[:i:i], bodyCase(w[i:])...)
			}
		}
	}
	next := i > 0 // the next word begins a part of the name
	for i < len(w) {
		if n := levelAt(w[i:]); n > 0 && i+n < len(w) && i > 0 {
			i += n
			if w[i] == "hồ" && n == 2 { // the one city that is always written so
				out[i-2] = upperFirst(out[i-2])
			}
			for i < len(w) && w[i] != "và" {
				out[i] = upperFirst(w[i])
				i++
			}
			continue
		}
		if form, n := placeAt(w[i:]); n > 0 {
			copy(out[i:], punctuated(strings.Fields(form), w[i:i+n]))
			i += n
			next = false
			continue
		}
		if next && w[i] != "và" && w[i] != "-" {
			if n := levelAt(w[i:]); n == 0 { // "Ủy ban nhân dân tỉnh", without a name
				out[i] = upperFirst(w[i])
			}
			next = false
		}
		if w[i] == "và" || w[i] == "-" || strings.HasSuffix(w[i], ",") {
			next = true
		}
		i++
	}
	return out
}

func levelAt(w []string) int {
	if levels[w[0]] == 1 {
		return 1
	}
	if len(w) > 1 && levels[w[0]+" "+w[1]] == 2 {
		return 2
	}
	return 0
}
