// SPDX-License-Identifier: Apache-2.0

package letter

import "strings"

// A Need says whether an element belongs on a kind of document.
type Need int

// The degrees.
const (
	Never Need = iota
	Sometimes
	Always
)

// A Type is one of the 29 kinds of administrative documents (Decree 30/2020, Article 7
// and Appendix III). Codes are the abbreviations of Appendix III; công văn and thư công
// have none there, and their codes here are never printed.
type Type struct {
	Code      string
	Name      string
	Abbr      string
	Templates []string // sample numbers of Appendix III; none for what other law shapes
	Addressed Need     // Kính gửi
	Numbered  bool
	Dated     bool // place and date at the head
}

// The codes that the form itself asks after.
const (
	OfficialLetter = "CV"
	CourtesyLetter = "ThC"
	Decision       = "QĐ"
	Resolution     = "NQ"
	Minutes        = "BB"
	Telegram       = "CĐ"
	LeavePermit    = "GNP"
)

var types = func() []Type {
	t := func(code, name string, addressed Need, templates ...string) Type {
		return Type{Code: code, Name: name, Abbr: code, Templates: templates, Addressed: addressed, Numbered: true, Dated: true}
	}
	all := []Type{
		t("NQ", "Nghị quyết", Never, "1.1"), t("QĐ", "Quyết định", Never, "1.2", "1.3"), t("CT", "Chỉ thị", Never, "1.4"),
		t("QC", "Quy chế", Never, "1.4"), t("QyĐ", "Quy định", Never, "1.4"), t("TC", "Thông cáo", Never, "1.4"),
		t("TB", "Thông báo", Never, "1.4"), t("HD", "Hướng dẫn", Never, "1.4"), t("CTr", "Chương trình", Never, "1.4"),
		t("KH", "Kế hoạch", Never, "1.4"), t("PA", "Phương án", Never, "1.4"), t("ĐA", "Đề án", Never, "1.4"),
		t("DA", "Dự án", Never, "1.4"), t("BC", "Báo cáo", Sometimes, "1.4"), t("BB", "Biên bản", Never, "1.9"),
		t("TTr", "Tờ trình", Always, "1.4"), t("HĐ", "Hợp đồng", Never), t("CV", "Công văn", Always, "1.5"),
		t("CĐ", "Công điện", Always, "1.6"), t("BGN", "Bản ghi nhớ", Never), t("BTT", "Bản thỏa thuận", Never),
		t("GUQ", "Giấy ủy quyền", Never, "1.4"), t("GM", "Giấy mời", Sometimes, "1.7"), t("GGT", "Giấy giới thiệu", Never, "1.8"),
		t("GNP", "Giấy nghỉ phép", Never, "1.10"), t("PG", "Phiếu gửi", Sometimes, "1.4"), t("PC", "Phiếu chuyển", Sometimes, "1.4"),
		t("PB", "Phiếu báo", Sometimes, "1.4"), t("ThC", "Thư công", Sometimes),
	}
	for i := range all {
		switch t := &all[i]; t.Code {
		case OfficialLetter:
			t.Abbr = ""
		case CourtesyLetter:
			t.Abbr, t.Numbered = "", false
		case Minutes:
			t.Dated = false
		}
	}
	return all
}()

// Types lists the 29 kinds in the order of the decree.
func Types() []Type { return append([]Type(nil), types...) }

// TypeOf finds a kind by its code.
func TypeOf(code string) (Type, bool) {
	for _, t := range types {
		if t.Code == code {
			return t, true
		}
	}
	return Type{}, false
}

// Title is the name of the type as it is printed, in capitals; empty for a công văn and a
// thư công, which show none.
func (l Letter) Title() string {
	if l.Name != "" {
		return strings.ToUpper(l.Name)
	}
	if t, ok := TypeOf(l.Type); ok && t.Abbr != "" {
		return strings.ToUpper(t.Name)
	}
	return ""
}

// UrgencyWords are the stamps by Letter.Urgency (mức độ khẩn).
var UrgencyWords = [...]string{"", "KHẨN", "THƯỢNG KHẨN", "HỎA TỐC"}
