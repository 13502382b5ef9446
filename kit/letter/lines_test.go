// SPDX-License-Identifier: Apache-2.0

package letter_test

import (
	"strings"
	"testing"
	"time"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/letter"
)

func TestNumbersAndNotations(t *testing.T) { // T1, T2, T3, T13
	for want, got := range map[string]string{
		"01/QĐ-BDT":      letter.Designation(letter.NumberText(1, ""), letter.Notation("QĐ", "BDT", "VP")),
		"10/QĐ-BDT":      letter.Designation(letter.NumberText(10, ""), letter.Notation("QĐ", "BDT", "VP")),
		"100/QĐ-BDT":     letter.Designation(letter.NumberText(100, ""), letter.Notation("QĐ", "BDT", "")),
		"15a/QĐ-BDT":     letter.Designation(letter.NumberText(15, "a"), letter.Notation("QĐ", "BDT", "")),
		"07/BDT-VP":      letter.Designation(letter.NumberText(7, ""), letter.Notation("CV", "BDT", "VP")),
		"02/SL-BDT":      letter.Designation(letter.NumberText(2, ""), letter.CopyNotation(letter.CopyOfCopy, "BDT")),
		"03/TrS-BDT":     letter.Designation(letter.NumberText(3, ""), letter.CopyNotation(letter.CopyExcerpt, "BDT")),
		"Số: 05/QyĐ-BDT": letter.NumberLine("05", letter.Notation("QyĐ", "BDT", "CS")),
	} {
		if got != want {
			t.Errorf("%s, not %s", got, want)
		}
	}
}

func TestPlaceAndDate(t *testing.T) { // T4, T5, T6
	for on, want := range map[civil.Date]string{
		civil.New(2026, 1, 5):   "Cao Bằng, ngày 05 tháng 01 năm 2026",
		civil.New(2026, 3, 9):   "Cao Bằng, ngày 09 tháng 3 năm 2026",
		civil.New(2026, 10, 29): "Cao Bằng, ngày 29 tháng 10 năm 2026",
	} {
		if got := letter.PlaceAndDate("Cao Bằng", on); got != want {
			t.Errorf("%s, not %s", got, want)
		}
	}
}

func TestCapacities(t *testing.T) {
	for want, s := range map[string]letter.Signer{
		"TRƯỞNG BAN":                     {Capacity: letter.AsHead, Title: "Trưởng ban"},
		"TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH": {Capacity: letter.Collective, Body: "Ủy ban nhân dân", Title: "Chủ tịch", Head: "Chủ tịch"},
		"TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH": {Capacity: letter.Collective, Body: "Ủy ban nhân dân", Title: "Phó Chủ tịch", Head: "Chủ tịch"},
		"Q. GIÁM ĐỐC":                                                {Capacity: letter.Acting, Title: "Giám đốc"},
		"KT. TRƯỞNG BAN / PHÓ TRƯỞNG BAN":                            {Capacity: letter.ForHead, Head: "Trưởng ban", Title: "Phó Trưởng ban"},
		"TL. TRƯỞNG BAN / CHÁNH VĂN PHÒNG":                           {Capacity: letter.ByOrder, Head: "Trưởng ban", Title: "Chánh Văn phòng"},
		"TL. TRƯỞNG BAN / KT. CHÁNH VĂN PHÒNG / PHÓ CHÁNH VĂN PHÒNG": {Capacity: letter.ByOrder, Head: "Trưởng ban", UnitHead: "Chánh Văn phòng", Title: "Phó Chánh Văn phòng"},
		"TUQ. GIÁM ĐỐC / TRƯỞNG PHÒNG CHÍNH SÁCH":                    {Capacity: letter.ByProxy, Head: "Giám đốc", Title: "Trưởng phòng Chính sách"},
	} {
		if got := strings.Join(s.Lines(), " / "); got != want {
			t.Errorf("%s, not %s", got, want)
		}
	}
}

func TestCorners(t *testing.T) { // T29
	at := time.Date(2026, 1, 5, 7, 5, 9, 0, time.UTC)
	if got := letter.AppendixCorner("15/QĐ-BDT", at); got != "Số: 15/QĐ-BDT; 05/01/2026; 14:05:09" {
		t.Error(got)
	}
	if got := letter.CopyCorner(letter.CopyWhole, "Ban Dân tộc tỉnh Cao Bằng", at); got != "SAO Y; BAN DÂN TỘC TỈNH CAO BẰNG; 05/01/2026; 14:05:09" {
		t.Error(got)
	}
}

func TestTheKindsOfDocuments(t *testing.T) {
	abbreviations := 0
	templates := map[string]bool{}
	for _, k := range letter.Types() {
		if k.Abbr != "" {
			abbreviations++
		}
		for _, s := range k.Templates {
			templates[s] = true
		}
	}
	if n := len(letter.Types()); n != 29 || abbreviations != 27 {
		t.Errorf("%d kinds, %d with an abbreviation", n, abbreviations)
	}
	if len(templates) != 10 {
		t.Errorf("templates %v", templates)
	}
	if got := (letter.Letter{Type: "QyĐ"}).Title() + (letter.Letter{Type: "CV"}).Title(); got != "QUY ĐỊNH" {
		t.Error(got)
	}
}

func TestAppendixLines(t *testing.T) {
	l := letter.Letter{Type: "QĐ", Number: "15", Notation: "QĐ-BDT", Date: civil.New(2026, 1, 5), Appendices: []letter.Appendix{{Type: "QC"}, {}, {}}}
	for i, want := range []string{"QUY CHẾ", "Phụ lục I", "Phụ lục II"} {
		if got := l.Heading(i); got != want {
			t.Errorf("%s, not %s", got, want)
		}
	}
	if got := l.Enclosed(1, false); got != "(Kèm theo Quyết định số 15/QĐ-BDT ngày 05 tháng 01 năm 2026)" {
		t.Error(got)
	}
	l.Issuer = "Trưởng Ban Dân tộc tỉnh Cao Bằng"
	if got := l.Enclosed(0, false); got != "(Ban hành kèm theo Quyết định số 15/QĐ-BDT ngày 05 tháng 01 năm 2026 của Trưởng Ban Dân tộc tỉnh Cao Bằng)" {
		t.Error(got)
	}
	if got := l.Enclosed(0, true); strings.Contains(got, "15") || !strings.Contains(got, "/QĐ-BDT") {
		t.Errorf("an electronic document shows %s", got)
	}
	fill, err := l.Fill("15", "QĐ-BDT", civil.New(2026, 1, 5))
	if err != nil || fill["so"] != "15" || fill["ngay"] != "05 tháng 01 năm 2026" {
		t.Errorf("%v %v", fill, err)
	}
	if _, err := l.Fill("15", "QĐ-SDT", civil.New(2026, 1, 5)); !fault.Is(err, fault.KindConflict) {
		t.Errorf("another notation: %v", err)
	}
}

func TestWhatCannotBeSet(t *testing.T) {
	for field, l := range map[string]letter.Letter{
		"type":       {Type: "XX"},
		"number":     {Type: "CV", Number: "số 5"},
		"notation":   {Type: "CV", Notation: "BDT VP"},
		"subject":    {Type: "CV", Subject: strings.Repeat("ờ", 1001)},
		"urgency":    {Type: "CV", Urgency: 4},
		"agency":     {Type: "CV", Agency: "a\tb"},
		"body":       {Type: "CV", Body: []letter.Block{{Kind: letter.Article, Mark: "1."}}},
		"appendices": {Type: "CV", Appendices: []letter.Appendix{{Body: []letter.Block{{Kind: letter.Table}}}}},
	} {
		all := fault.All(l.Validate())
		if len(all) != 1 || all[0].Field != field {
			t.Errorf("%s: %v", field, l.Validate())
		}
	}
	if err := (letter.Letter{Type: "CV"}).Validate(); err != nil {
		t.Errorf("a draft without anything: %v", err)
	}
}
