// SPDX-License-Identifier: Apache-2.0

package letter

import (
	"fmt"
	"strings"
	"time"

	"soviec/kit/civil"
)

// The lines that never change (ô số 1).
const (
	State = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
	Motto = "Độc lập - Tự do - Hạnh phúc"
)

// NumberText writes a number: below 10 with a leading zero, no other padding (Appendix I,
// II.3). A suffix makes "15a".
func NumberText(n int, suffix string) string { return fmt.Sprintf("%02d%s", n, suffix) }

// Notation is the ký hiệu: type and agency for a named type ("QĐ-BDT"), agency and the
// unit that drafted it for a công văn ("BDT-VP"). Abbreviations come as the head set them.
func Notation(typeCode, agency, unit string) string {
	if t, ok := TypeOf(typeCode); ok && t.Abbr != "" {
		return t.Abbr + "-" + agency
	}
	if unit == "" {
		return agency
	}
	return agency + "-" + unit
}

// CopyNotation is the ký hiệu of a copy: "SY-BDT".
func CopyNotation(k CopyKind, agency string) string { return string(k) + "-" + agency }

// Designation joins number and notation: "05/QĐ-BDT". Either may be missing.
func Designation(number, notation string) string {
	if number == "" && notation == "" {
		return ""
	}
	return number + "/" + notation
}

// Designation is the document's own.
func (l Letter) Designation() string { return Designation(l.Number, l.Notation) }

// NumberLine is box 3: "Số: 05/QĐ-BDT".
func NumberLine(number, notation string) string { return "Số: " + Designation(number, notation) }

// PlaceAndDate is box 4: "Cao Bằng, ngày 05 tháng 01 năm 2026". A day below 10 and the
// months 1 and 2 have a leading zero, the other months none.
func PlaceAndDate(place string, d civil.Date) string {
	if d.IsZero() {
		return place + ", ngày      tháng      năm"
	}
	return place + ", " + d.Long()
}

// A Capacity is the right by which someone signs (quyền hạn ký; Article 13).
type Capacity string

// The capacities of domain law, by their abbreviations on paper.
const (
	AsHead     Capacity = "SELF" // the head himself
	Collective Capacity = "TM"   // thay mặt tập thể
	Acting     Capacity = "Q"    // quyền
	ForHead    Capacity = "KT"   // ký thay
	ByOrder    Capacity = "TL"   // thừa lệnh
	ByProxy    Capacity = "TUQ"  // thừa ủy quyền
)

// A Signer is what the lines above a signature are made of. Titles come in any case.
type Signer struct {
	Capacity Capacity
	Title    string // his own: "Phó Trưởng ban"
	Head     string // of the head for whom he signs: "Trưởng ban"
	Body     string // the collective: "Ủy ban nhân dân"
	UnitHead string // TL by a deputy of the unit: the title of its head
}

// Lines are the lines above the signature, in capitals (Appendix I, II.7a). A deputy who
// signs on behalf of a collective signs for its head; a deputy of a unit who signs by
// order signs for the head of the unit.
func (s Signer) Lines() []string {
	up := strings.ToUpper
	switch s.Capacity {
	case Collective:
		lines := []string{"TM. " + up(s.Body)}
		if s.Head != "" && s.Head != s.Title {
			lines = append(lines, "KT. "+up(s.Head))
		}
		return append(lines, up(s.Title))
	case Acting:
		return []string{"Q. " + up(s.Title)}
	case ForHead:
		return []string{"KT. " + up(s.Head), up(s.Title)}
	case ByOrder:
		if s.UnitHead != "" {
			return []string{"TL. " + up(s.Head), "KT. " + up(s.UnitHead), up(s.Title)}
		}
		return []string{"TL. " + up(s.Head), up(s.Title)}
	case ByProxy:
		return []string{"TUQ. " + up(s.Head), up(s.Title)}
	}
	return []string{up(s.Title)}
}

// AppendixCorner is the agency's line on an appendix in a separate file (Appendix I, Part
// I, III.1d): "Số: 15/QĐ-BDT; 05/01/2026; 14:05:09", the time as clocks in Vietnam show it.
func AppendixCorner(designation string, at time.Time) string {
	return "Số: " + designation + "; " + cornerTime(at)
}

// CopyCorner is the agency's line on an electronic copy (Part II, I.3):
// "SAO Y; BAN DÂN TỘC TỈNH CAO BẰNG; 05/01/2026; 14:05:09".
func CopyCorner(k CopyKind, agency string, at time.Time) string {
	return k.Words() + "; " + strings.ToUpper(agency) + "; " + cornerTime(at)
}

func cornerTime(at time.Time) string { return at.In(civil.Zone).Format("02/01/2006; 15:04:05") }

// Fill gives the values of the two fields that Set leaves when number and date are not
// known yet (Options.Fields): "so" and "ngay". The notation is printed beside the field
// where the letter has one; another notation than that cannot be filled in any more.
func (l Letter) Fill(number, notation string, on civil.Date) (map[string]string, error) {
	so := number
	switch {
	case l.Notation == "":
		so = Designation(number, notation)
	case notation != "" && notation != l.Notation:
		return nil, errNotation(l.Notation, notation)
	}
	fill := map[string]string{FieldNumber: so}
	if l.dated() {
		fill[FieldDate] = strings.TrimPrefix(on.Long(), "ngày ")
	}
	return fill, nil
}

// The names of the fields that a clerk's revision fills.
const (
	FieldNumber = "so"
	FieldDate   = "ngay"
)

func (l Letter) dated() bool {
	t, ok := TypeOf(l.Type)
	return !ok || t.Dated
}

// DrafterMark is box 12: "PL.(300)".
func (l Letter) DrafterMark() string {
	switch {
	case l.Drafter == "":
		return ""
	case l.Copies > 0:
		return fmt.Sprintf("%s.(%d)", strings.ToUpper(l.Drafter), l.Copies)
	}
	return strings.ToUpper(l.Drafter) + "."
}

// CapitalRoman writes 1 as I, for appendices and chapters.
func CapitalRoman(n int) string {
	var b strings.Builder
	for _, r := range []struct {
		n int
		s string
	}{{100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= r.n; n -= r.n {
			b.WriteString(r.s)
		}
	}
	return b.String()
}

// Heading is the first line of the appendix at this place: "Phụ lục" for an only one,
// "Phụ lục II" among several, the name of the type for a promulgated text.
func (l Letter) Heading(i int) string {
	a := l.Appendices[i]
	if a.Type != "" {
		t, _ := TypeOf(a.Type)
		return strings.ToUpper(t.Name)
	}
	n, all := 0, 0
	for j, x := range l.Appendices {
		if x.Type == "" {
			all++
			if j <= i {
				n++
			}
		}
	}
	if all == 1 {
		return "Phụ lục"
	}
	return "Phụ lục " + CapitalRoman(n)
}

// Enclosed is the line under the heading of an appendix: "(Kèm theo Quyết định số
// 15/QĐ-BDT ngày 05 tháng 01 năm 2026 của Trưởng Ban Dân tộc)". While number and date are not
// known, and always in an electronic document, their places stay blank (III.1đ).
func (l Letter) Enclosed(i int, electronic bool) string {
	a := l.Appendices[i]
	if a.Enclosed != "" {
		return "(" + strings.TrimSuffix(strings.TrimPrefix(a.Enclosed, "("), ")") + ")"
	}
	name := "Công văn"
	if t, ok := TypeOf(l.Type); ok {
		name = t.Name
	}
	verb := "Kèm theo"
	if a.Type != "" {
		verb = "Ban hành kèm theo"
	}
	number, on := "        /"+l.Notation, "ngày      tháng      năm       "
	if !electronic && l.Number != "" {
		number = l.Designation()
	}
	if !electronic && !l.Date.IsZero() {
		on = l.Date.Long()
	}
	by := ""
	if l.Issuer != "" {
		by = " của " + l.Issuer
	}
	return fmt.Sprintf("(%s %s số %s %s%s)", verb, name, number, on, by)
}
