// SPDX-License-Identifier: Apache-2.0

package letter_test

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/letter"
)

func copyOf(kind letter.CopyKind) *letter.Copy {
	return &letter.Copy{Kind: kind, Superior: "UBND TỈNH CAO BẰNG", Agency: "BAN DÂN TỘC", Number: "07", Notation: letter.CopyNotation(kind, "BDT"), Place: "Cao Bằng", Date: civil.New(2026, 1, 6),
		Signature: letter.Signature{Lines: letter.Signer{Capacity: letter.ByOrder, Head: "Trưởng ban", Title: "Chánh Văn phòng"}.Lines(), Name: "Hoàng Văn Minh"}, Recipients: []string{"Các phòng thuộc Ban", "Lưu: VT"}}
}

func over(t testing.TB, b []byte, o letter.Overlay) letter.Result {
	t.Helper()
	r, err := letter.Over(context.Background(), bytes.NewReader(b), int64(len(b)), o, letter.Options{At: made})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// formOfCopy asks for the order and the places of documents.md 12.
func formOfCopy(t *testing.T, b []byte, kind letter.CopyKind, page int) {
	t.Helper()
	all := lines(t, b)
	words := find(t, all, kind.Words())
	number := find(t, all, "Số: 07/"+string(kind)+"-BDT")
	date := find(t, all, "Cao Bằng, ngày 06 tháng 01 năm 2026")
	name := find(t, all, "Hoàng Văn Minh")
	archive := find(t, all, "- Lưu: VT.")
	if words.page != page || name.page != page || archive.page != page {
		t.Errorf("the form stands on pages %d and %d, not %d", words.page, name.page, page)
	}
	if !(words.y0 < number.y0 && number.y0 < name.y0 && name.y1 < 297) {
		t.Errorf("order: %.1f %.1f %.1f", words.y0, number.y0, name.y0)
	}
	near(t, "number and date", number.y1, date.y1, 0.3)
	near(t, "form of copy, middle", words.mid(), 143, 0.4)
	near(t, "name, middle", name.mid(), 150, 0.4)
	wide := 0
	for _, s := range strokes(t, b) {
		if s.page == page && s.w > 159.9 && s.w < 160.1 && !s.frame && s.y < words.y0+1 && s.y > words.y0-6 {
			wide++
		}
	}
	if wide != 1 {
		t.Errorf("%d rules over the whole width above the form", wide)
	}
}

func TestAnExcerptOnPaper(t *testing.T) {
	l, err := sample("1.2").Extract(0, 1, 2, 3, 4)
	if err != nil {
		t.Fatal(err)
	}
	r := set(t, l, letter.Options{Copy: copyOf(letter.CopyExcerpt)})
	show(t, "excerpt", r.PDF)
	formOfCopy(t, r.PDF, letter.CopyExcerpt, 1)
	got := text(t, r.PDF)
	if !strings.Contains(got, "(Đã ký)") || strings.Contains(got, "Điều 3. Chánh") || !strings.Contains(got, "Điều 1.") {
		t.Error(got)
	}
	if r.Pages != 1 {
		t.Errorf("%d pages", r.Pages)
	}
	if _, err := sample("1.2").Extract(99); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("a block that is not there: %v", err)
	}
	// where the text fills its page, the form and the end of the text go on together
	for n := 8; n < 12; n++ {
		l.Body = letter.Parse(long(n))
		r := set(t, l, letter.Options{Copy: copyOf(letter.CopyWhole)})
		all := lines(t, r.PDF)
		if a, b := find(t, all, "SAO Y").page, find(t, all, "Đàm Quốc Thắng").page; a != b || a != r.Pages {
			t.Errorf("%d paragraphs: the text ends on page %d, the form stands on page %d of %d", n, b, a, r.Pages)
		}
	}
}

func TestACopyOfASignedFileIsPrinted(t *testing.T) {
	l := sample("1.9")
	r := set(t, l, letter.Options{})
	for _, kind := range []letter.CopyKind{letter.CopyWhole, letter.CopyOfCopy} {
		out := over(t, r.PDF, letter.Overlay{Copy: copyOf(kind), From: 200})
		show(t, "over-"+string(kind), out.PDF)
		if !strings.Contains(text(t, out.PDF), "BIÊN BẢN") || out.Pages != 1 {
			t.Errorf("the copied text is gone: %d pages", out.Pages)
		}
		all := lines(t, out.PDF)
		near(t, "begins below the text", find(t, all, kind.Words()).y0, 205, 2)
	}
	// no room: a page of its own, the back of the sheet
	out := over(t, r.PDF, letter.Overlay{Copy: copyOf(letter.CopyWhole), From: 260})
	if out.Pages != 2 {
		t.Fatalf("%d pages", out.Pages)
	}
	if find(t, lines(t, out.PDF), "SAO Y").page != 2 {
		t.Error("the form is not on the back")
	}
}

func TestTheCornerLineOnAnyPage(t *testing.T) {
	at := time.Date(2026, 1, 5, 14, 5, 9, 0, civil.Zone)
	for line, c := range map[string]string{
		"Số: 15/QĐ-BDT; 05/01/2026; 14:05:09":                    letter.AppendixCorner("15/QĐ-BDT", at),
		"SAO Y; BAN DÂN TỘC TỈNH CAO BẰNG; 05/01/2026; 14:05:09": letter.CopyCorner(letter.CopyWhole, "Ban Dân tộc tỉnh Cao Bằng", at),
	} {
		for _, extra := range []string{"/MediaBox[0 0 595.276 841.89]", "/Rotate 90/MediaBox[0 0 841.89 595.276]", "/Rotate 180/MediaBox[10 20 605.276 861.89]", "/Rotate 270/MediaBox[0 0 841.89 595.276]", "/UserUnit 2/MediaBox[0 0 297.638 420.945]"} {
			src := foreign(extra)
			out := over(t, src, letter.Overlay{Corner: c})
			all := lines(t, out.PDF)
			unit := 1.0
			if strings.Contains(extra, "UserUnit") {
				unit = 2 // poppler counts in units
			}
			got := find(t, all, line)
			near(t, extra+": right", got.x1*unit, 190, 0.5)
			near(t, extra+": top", got.y0*unit, 5.5, 0.8)
			near(t, extra+": size", (got.y1-got.y0)*unit, 10*1.107*mm, 0.2)
			if got := text(t, out.PDF); !strings.Contains(got, "Trang khac") || !strings.Contains(got, "Dau") {
				t.Errorf("%s: the page's own text is gone: %s", extra, got)
			}
		}
	}
	b := []byte("%PDF-1.7 nothing")
	if _, err := letter.Over(context.Background(), bytes.NewReader(b), int64(len(b)), letter.Overlay{Corner: "x"}, letter.Options{}); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("a broken file: %v", err)
	}
}

// foreign is a page of another maker, with fields that are inherited and a note that shows.
func foreign(extra string) []byte {
	objs := []string{"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1/Resources<</Font<</Tinos 5 0 R>>>>>>",
		"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Annots[6 0 R]" + extra + ">>", "<</Length 49>>stream\n2 0 0 2 0 0 cm BT /Tinos 9 Tf 50 90 Td (Trang khac) Tj ET\nendstream",
		"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", "<</Type/Annot/Subtype/Stamp/F 4/Rect[60 60 120 90]/AP<</N 7 0 R>>>>",
		"<</Type/XObject/Subtype/Form/BBox[0 0 60 30]/Resources<</Font<</H 5 0 R>>>>/Length 31>>stream\nBT /H 9 Tf 2 9 Td (Dau) Tj ET   \nendstream"}
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	var at []int
	for i, o := range objs {
		at = append(at, b.Len())
		n := strings.Index(o, "stream\n")
		if n > 0 { // the length as it is
			body := o[n+7 : strings.Index(o, "\nendstream")]
			o = o[:strings.Index(o, "/Length")] + fmt.Sprintf("/Length %d>>stream\n%s\nendstream", len(body), body)
		}
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	x := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objs)+1)
	for _, a := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", a)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(objs)+1, x)
	return b.Bytes()
}

// Damaged files are refused in a sentence, or give a file that can be read.
func TestDamagedFilesUnderAnOverlay(t *testing.T) {
	whole := [][]byte{foreign("/MediaBox[0 0 595 842]"), foreign("/Rotate 90/UserUnit 2/MediaBox[0 0 595 842]/CropBox[10 10 9 9]"), set(t, sample("1.9"), letter.Options{Fields: true}).PDF}
	dice := rand.New(rand.NewPCG(30, 2020))
	for range 150 {
		b := bytes.Clone(whole[dice.IntN(len(whole))])
		for range 1 + dice.IntN(6) {
			b[dice.IntN(len(b))] = "0123456789 /<>[]()R\xff"[dice.IntN(20)]
		}
		out, err := letter.Over(context.Background(), bytes.NewReader(b), int64(len(b)), letter.Overlay{Corner: "Số: 15/QĐ-BDT", Copy: copyOf(letter.CopyWhole), From: 100}, letter.Options{})
		switch {
		case err == nil:
			open(t, out.PDF)
		case !fault.Is(err, fault.KindInvalid):
			t.Errorf("not a fault of the file: %v", err)
		}
	}
}
