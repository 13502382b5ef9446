// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"soviec/kit/pattern"
	"strings"
)

// signature is what stands above and below the hand of who signed.
type signature struct{ name, title, mode string }

var (
	copies    = pattern.Of(`Nơi\s+nhận\s*:?`)
	modeBegin = pattern.Of(`^(TM|KT|TL|TUQ|T/M|K/T|Q|TUN)(?:\s*[.,]\s*|\s+|$)`)
	innerMode = pattern.Of(`\s+(KT|TL|TUQ)\.\s*`)
	postBegin = pattern.Of(`^(?:PHÓ|CHỦ TỊCH|CHỦ NHIỆM|GIÁM ĐỐC|TỔNG GIÁM ĐỐC|BỘ TRƯỞNG|THỨ TRƯỞNG|CHÁNH|TRƯỞNG|CỤC TRƯỞNG|CHI CỤC TRƯỞNG|TỔNG CỤC TRƯỞNG|VỤ TRƯỞNG|HIỆU TRƯỞNG|VIỆN TRƯỞNG|ĐỘI TRƯỞNG|TRẠM TRƯỞNG|THỦ TƯỚNG|BÍ THƯ|THỐNG ĐỐC|QUYỀN|ỦY VIÊN|UỶ VIÊN|TỔNG BIÊN TẬP|TỔNG KIỂM TOÁN|KIỂM TOÁN TRƯỞNG|CHỈ HUY|CHÍNH ỦY|THƯỜNG TRỰC|HẠT TRƯỞNG)(?:[\s,.]|$)`)
	degree    = pattern.Of(`^(?:(?:PGS|GS|TS|ThS|BS|KS|CN|CKI|CKII|TTND|NGƯT)\.?\s*)+`)
	drafted   = pattern.Of(`^\p{Lu}{1,8}\.?\s*\(?\d{1,6}\)?\.?$`) // "PL.(300)": drafter and number of copies
	afterItem = pattern.Of(`^(\s*[~]?[-–+•]\s.*?[;.])\s+(\S.*)$`)
	families  = pattern.Of(`^(?:NGUYỄN|TRẦN|LÊ|PHẠM|HOÀNG|HUỲNH|PHAN|VŨ|VÕ|ĐẶNG|BÙI|ĐỖ|HỒ|NGÔ|DƯƠNG|LÝ|NÔNG|HÀ|TRIỆU|LƯƠNG|ĐINH|ĐOÀN|ĐÀM|MÔNG|HỨA|LỤC|SẦM|BẾ|LA|VI|TÔ|TRƯƠNG|MAI|LÂM|CAO|CHU|TRỊNH|ĐÀO)\s`)
)

// tailLines is how far above "Nơi nhận" the signature may begin.
const tailLines = 12

// readSignature finds the capacity, the post and the name of who signed. They
// stand right of "Nơi nhận", or after it, or above it.
func readSignature(text, issuer string) signature {
	var block []string // lines of capacity and post, in capitals
	var name string
	for _, cell := range tail(text) {
		switch {
		case name != "" && titleWords(cell) && len(strings.Fields(cell)) == 1 && len(strings.Fields(name)) < 4:
			name += " " + cell // a name broken over two lines
		case name != "":
			return sign(block, name, issuer)
		case capitals(strings.TrimPrefix(cell, "KT ")) && (modeBegin.MatchString(cell) || postBegin.MatchString(cell) || len(block) > 0):
			if len(block) > 0 && families.MatchString(cell) && !postBegin.MatchString(cell) && len(strings.Fields(cell)) >= 2 {
				name = strings.Join(titled(strings.Fields(cell)), " ")
				continue
			}
			block = append(block, strings.Split(innerMode.ReplaceAllString(cell, "\n$1. "), "\n")...)
		case len(block) > 0:
			if n := personName(cell); n != "" {
				name = n
			}
		}
	}
	return sign(block, name, issuer)
}

// tail is the end of the text in cells, the items of "Nơi nhận" cut off from
// what stands beside them.
func tail(text string) []string {
	from := 0
	if all := copies.FindAllStringIndex(text, -1); len(all) > 0 {
		from = all[len(all)-1][0]
	} else {
		from = len(text)
	}
	for range tailLines {
		if from = strings.LastIndexByte(text[:from], '\n'); from < 0 {
			from = 0
			break
		}
	}
	var cells []string
	for line := range strings.Lines(text[from:]) {
		line = strings.TrimSpace(copies.ReplaceAllString(line, ""))
		if m := afterItem.FindStringSubmatch(line); m != nil {
			line = m[1] + "    " + m[2]
		}
		for _, cell := range cellEdge.Split(line, -1) {
			if cell = strings.TrimSpace(cell); cell != "" && !bullet.MatchString(cell) && !drafted.MatchString(cell) {
				cells = append(cells, cell)
			}
		}
	}
	return cells
}

// personName is the name of a person of two to five words, degrees off.
func personName(s string) string {
	s = strings.TrimSpace(degree.ReplaceAllString(s, ""))
	if n := len(strings.Fields(s)); n < 2 || n > 5 || !titleWords(s) {
		return ""
	}
	return s
}

func sign(block []string, name, issuer string) signature {
	var parts []string
	for _, line := range block {
		n := len(parts) - 1
		goesOn := n >= 0 && (strings.HasSuffix(parts[n], ",") || bareMode(parts[n]))
		if n < 0 || !goesOn && (modeBegin.MatchString(line) || postBegin.MatchString(line)) {
			parts = append(parts, line)
			continue
		}
		parts[n] += " " + line
	}
	s := signature{name: name}
	var modes []string
	for _, p := range parts {
		p = strings.TrimRight(strings.Join(strings.Fields(p), " "), ".,: ")
		m := modeBegin.FindStringSubmatch(p)
		if m == nil || m[1] == "Q" {
			s.title = postCase(strings.TrimSpace(strings.TrimPrefix(p, "Q.")))
			continue
		}
		if len(p) == len(m[0]) {
			continue // whom he signs for was cut off
		}
		what := postCase(p[len(m[0]):])
		if m[1] == "TM" || m[1] == "T/M" {
			what = strings.Join(bodyCase(lowerWords(strings.Fields(shortForms.Replace(p[len(m[0]):])))), " ")
		}
		modes = append(modes, strings.ReplaceAll(m[1], "/", "")+". "+what)
	}
	s.mode = strings.Join(modes, "; ")
	if s.title == "Trưởng" { // the word after it was cut off
		first, _, _ := strings.Cut(issuer, " ")
		if first == "Phòng" || first == "Ban" {
			s.title = "Trưởng " + strings.ToLower(first)
		}
	}
	return s
}

func bareMode(s string) bool {
	return modeBegin.FindString(s) == s
}

// postCase writes a post in capitals as it is written in a text: "Phó Chủ tịch",
// "Chánh Văn phòng", "Phó Trưởng ban", "Bộ trưởng, Chủ nhiệm".
func postCase(s string) string {
	w := lowerWords(strings.Fields(s))
	if len(w) == 0 {
		return ""
	}
	next := true
	for i := range w {
		bare := strings.TrimRight(w[i], ",")
		head := next
		if next {
			w[i] = upperFirst(w[i])
		}
		next = strings.HasSuffix(w[i], ",") || bare == "phó" || bare == "chánh" || bare == "quyền" || bare == "kiêm"
		if bare == "trưởng" && head && i+1 < len(w) {
			switch strings.TrimRight(w[i+1], ",") {
			case "ban", "phòng", "đoàn", "khoa", "tiểu":
			default:
				next = true // "Trưởng Thuế tỉnh"
			}
		}
	}
	return strings.Join(w, " ")
}

func titled(words []string) []string {
	out := lowerWords(words)
	for i := range out {
		out[i] = upperFirst(out[i])
	}
	return out
}
