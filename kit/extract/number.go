// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"soviec/kit/pattern"
	"strings"
	"unicode/utf8"
)

// A Number is the number and notation of a document (số, ký hiệu văn bản) taken
// apart. It only proposes: what is stored is Raw, exactly as printed.
type Number struct {
	Raw          string // as given, outer spaces off
	Number       string // "30/2020", "123", "15a": before the notation
	Notation     string // "NĐ-CP", "UBND-VX"
	TypeAbbrev   string // "QĐ", "NĐ", "CV"; "" for a công văn, which has none, and when it cannot be told
	IssuerAbbrev string // "CP", "UBND"; "" when it cannot be told
	Letter       bool   // the notation names no type: it is a công văn
	Party        bool   // of a body of the Party: number and type are joined by a hyphen
	None         bool   // "không số", or nothing that is a number
}

// typeAbbrevs are the abbreviations of document types: the administrative types
// of Nghị định 30/2020/NĐ-CP (Phụ lục III), the copies, the normative types, and
// "CV", which is written for a công văn by Party bodies and by habit.
var typeAbbrevs = map[string]string{
	"NQ": "Nghị quyết", "QĐ": "Quyết định", "CT": "Chỉ thị", "QC": "Quy chế", "QYĐ": "Quy định", "TC": "Thông cáo",
	"TB": "Thông báo", "HD": "Hướng dẫn", "CTR": "Chương trình", "KH": "Kế hoạch", "PA": "Phương án", "ĐA": "Đề án",
	"DA": "Dự án", "BC": "Báo cáo", "BB": "Biên bản", "TTR": "Tờ trình", "HĐ": "Hợp đồng", "CĐ": "Công điện",
	"BGN": "Bản ghi nhớ", "BTT": "Bản thỏa thuận", "GUQ": "Giấy ủy quyền", "GM": "Giấy mời", "GGT": "Giấy giới thiệu",
	"GNP": "Giấy nghỉ phép", "PG": "Phiếu gửi", "PC": "Phiếu chuyển", "PB": "Phiếu báo",
	"SY": "Bản sao y", "SL": "Bản sao lục", "TRS": "Bản trích sao",
	"NĐ": "Nghị định", "TT": "Thông tư", "TTLT": "Thông tư liên tịch", "NQLT": "Nghị quyết liên tịch", "L": "Lệnh",
	"PL": "Pháp lệnh", "VBHN": "Văn bản hợp nhất", "KL": "Kết luận", "QYĐI": "Quy định", "CV": "Công văn",
}

var (
	// numberShape: number, perhaps with a suffix (15a, 15bis); perhaps the year
	// of a normative text; the separator; the notation.
	numberShape = pattern.Of(`^(\d{1,7}(?:bis|[a-z]{1,2})?)(?:/((?:19|20)\d\d))?(?:([/-])(.+))?$`)
	noNumber    = pattern.Of(`(?i)^(?:s\.?/?n\.?|không\s+(?:có\s+)?số|[-–—.…/\s]*)$`)
	prefix      = pattern.Of(`(?i)^(?:số|so)\s*(?:[:.]\s*|\s+)`)
	aroundMark  = pattern.Of(`\s*([-/])\s*`)
	congress    = pattern.Of(`^QH\d{1,2}$`)
)

// maxNumber is the longest text that is looked at; no number is that long.
const maxNumber = 200

// ParseNumber takes a number as people type and print it: "30/2020/NĐ-CP",
// "1234 / UBND-VX", "Số: 123-CV/TU", "không số". It never fails; what it cannot
// tell stays empty.
func ParseNumber(raw string) Number {
	n := Number{Raw: strings.TrimSpace(raw)}
	if len(n.Raw) > maxNumber || !utf8.ValidString(n.Raw) {
		n.None = true
		return n
	}
	s := strings.TrimSpace(prefix.ReplaceAllString(plainNumber(n.Raw), ""))
	if noNumber.MatchString(s) {
		n.None = true
		return n
	}
	m := numberShape.FindStringSubmatch(s)
	if m == nil {
		// "/QĐ-UBND" is a draft whose number is still to come.
		n.None = true
		if strings.HasPrefix(s, "/") {
			n.Notation = notation(s[1:])
			n.readNotation()
		}
		return n
	}
	n.Number, n.Notation = m[1], notation(m[4])
	if m[2] != "" {
		n.Number += "/" + m[2]
	}
	if m[3] == "-" && strings.Contains(n.Notation, "/") {
		n.Party = true
		n.TypeAbbrev, n.IssuerAbbrev, _ = strings.Cut(n.Notation, "/")
		return n
	}
	n.readNotation()
	return n
}

// readNotation tells type and issuer from the notation of a state body.
func (n *Number) readNotation() {
	first, rest, two := strings.Cut(n.Notation, "-")
	switch {
	case n.Notation == "":
	case congress.MatchString(first) && !two:
		n.IssuerAbbrev = first // "38/2019/QH14": a law, by the National Assembly
	case typeAbbrevs[strings.ToUpper(first)] != "" && (two || strings.Contains(n.Number, "/")):
		n.TypeAbbrev, n.IssuerAbbrev = first, rest
	case strings.EqualFold(first, "QCPH") || strings.EqualFold(first, "CTPH"):
		n.TypeAbbrev, n.IssuerAbbrev = first, rest
	default:
		n.IssuerAbbrev, n.Letter = first, true
	}
}

// TypeName is the type in words; "" when the abbreviation is none we know.
func (n Number) TypeName() string {
	if n.Letter {
		return "Công văn"
	}
	return typeAbbrevs[strings.ToUpper(n.TypeAbbrev)]
}

// plainNumber puts one hyphen for all dashes, takes the spaces around marks
// away, and mends Đ as text recognition tears it.
func plainNumber(s string) string {
	s = strings.NewReplacer("–", "-", "—", "-", "−", "-", "‑", "-", "ĐÐ", "Đ", "ÐĐ", "Đ", "Ð", "Đ", "∕", "/", "\u00a0", " ").Replace(Clean(s))
	return aroundMark.ReplaceAllString(strings.TrimSpace(s), "$1")
}

// notation cleans what follows the number; trailing marks are of the sentence.
func notation(s string) string { return strings.TrimRight(strings.TrimSpace(s), ".,;:-/ ") }
