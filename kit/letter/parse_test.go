// SPDX-License-Identifier: Apache-2.0

package letter_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"soviec/kit/letter"
)

func kinds(blocks []letter.Block) string {
	var out []string
	for _, b := range blocks {
		out = append(out, string(b.Kind)+"("+b.Mark+")")
	}
	return strings.Join(out, " ")
}

func TestABodyIsReadAsOfficialsWriteIt(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"decision": {"TRƯỞNG BAN DÂN TỘC TỈNH CAO BẰNG\n\nCăn cứ Quyết định số 24/2015/QĐ-UBND ngày 03 tháng 9 năm 2015;\nXét đề nghị của Chánh Văn phòng.\n\nQUYẾT ĐỊNH:\n\nĐiều 1. Thành lập Tổ công tác.\nĐiều 2. Tổ có nhiệm vụ:\n1. Rà soát:\na) Hộ nghèo;\nb) Hộ cận nghèo.\nđ) Khác\n- Xã;\n+ Xóm./.",
			"centred() base() base() centred() article(Điều 1.) article(Điều 2.) clause(1.) point(a)) point(b)) point(đ)) dash(-) dash(+)"},
		"one basis that ends with a point": {"Căn cứ Luật Thi đua.\nQUYẾT ĐỊNH:", "base() centred()"},
		"a letter that begins with căn cứ": {"Căn cứ Kế hoạch số 12, Ban Dân tộc đề nghị:\n1. Gửi báo cáo.", "text() clause(1.)"},
		"chapters":                         {"Chương I\nQUY ĐỊNH CHUNG\nMục 1. PHẠM VI\nĐiều 1. Phạm vi\nChương II của Quy chế này quy định trách nhiệm.\nPhần thứ nhất\nTình hình chung", "part(Chương I) section(Mục 1) article(Điều 1.) text() part(Phần thứ nhất)"},
		"plan":                             {"I. MỤC ĐÍCH, YÊU CẦU\n1. Mục đích\n1.1. Nâng cao nhận thức.\n15.000 hộ được hỗ trợ.\n2026 là năm cuối.", "roman(I.) clause(1.) clause(1.1.) text() text()"},
		"pasted table":                     {"Danh sách:\nSTT\tXã\tSố hộ\n1\tBảo Lạc\t15\n2\tHà Quảng\t\nHết.", "text() table() text()"},
		"pasted list":                      {"1.\tMục đích\n2.\tYêu cầu\n\tNâng cao chất lượng.\n-\tMột là", "clause(1.) clause(2.) text() dash(-)"},
		"strokes":                          {"| Xã | Số hộ |\n|---|---|\n| A | 1 |\n\n| B |", "table() table()"},
		"said":                             {"\\ - không phải gạch đầu dòng\n\\= Kính chào\n\\~ Căn cứ", "text() centred() base()"},
		"composed":                         {norm.NFD.String("Điều 1. Nguyễn"), "article(Điều 1.)"},
	} {
		got := letter.Parse(c.text)
		if kinds(got) != c.want {
			t.Errorf("%s:\n got %s\nwant %s", name, kinds(got), c.want)
		}
		if again := letter.Parse(letter.Text(got)); !reflect.DeepEqual(again, got) {
			t.Errorf("%s: read again as %s\n%s", name, kinds(again), letter.Text(got))
		}
	}
	table := letter.Parse("STT\tXã\tSố hộ\n1\tBảo Lạc\t15")[0]
	if table.Head != 1 || !reflect.DeepEqual(table.Rows, [][]string{{"STT", "Xã", "Số hộ"}, {"1", "Bảo Lạc", "15"}}) {
		t.Errorf("%+v", table)
	}
	titles := letter.Parse("Điều 1. Phạm vi điều chỉnh\nĐiều 2. Giao Văn phòng thực hiện.\n1. Mục đích\n2. Gửi báo cáo;")
	for i, want := range []bool{true, false, true, false} {
		if titles[i].Titled() != want {
			t.Errorf("%q has a title: %v", titles[i].Text, !want)
		}
	}
}

var words = rapid.SliceOfN(rapid.SampledFrom([]string{"Căn", "cứ", "Căn cứ", "Điều 1.", "1.", "a)", "-", "|", "||", "\\", "\\=", "\\n", "---", "QUYẾT ĐỊNH:", "Chương I", "Mục 2", "I.", "hộ", "nghèo;", "xã.", "UBND", "VÀ", "Theo", "ở", "đ)", "./.", "…", ":", "\u0301"}), 0, 5)

func drawText(t *rapid.T, label string) string {
	return strings.Join(words.Draw(t, label), " ")
}

func drawBlocks(t *rapid.T) []letter.Block {
	var out []letter.Block
	marks := map[letter.BlockKind][]string{letter.Part: {"Chương I", "Phần thứ hai", "Phần 3"}, letter.Section: {"Mục 1", "Tiểu mục 2"}, letter.Roman: {"I.", "IV.", "A."},
		letter.Article: {"Điều 1.", "Điều 12a.", "Điều 3:"}, letter.Clause: {"1.", "2.1.", "3)"}, letter.Point: {"a)", "đ)"}, letter.Dash: {"-", "+"}, letter.Para: {""}, letter.Basis: {""}, letter.Centred: {""}}
	order := []letter.BlockKind{letter.Para, letter.Basis, letter.Centred, letter.Part, letter.Section, letter.Roman, letter.Article, letter.Clause, letter.Point, letter.Dash, letter.Table}
	for range rapid.IntRange(0, 8).Draw(t, "blocks") {
		b := letter.Block{Kind: rapid.SampledFrom(order).Draw(t, "kind")}
		if b.Kind == letter.Table {
			for range rapid.IntRange(1, 3).Draw(t, "rows") {
				var cells []string
				for range rapid.IntRange(1, 3).Draw(t, "cells") {
					cells = append(cells, strings.ReplaceAll(drawText(t, "cell"), "… …", "\n"))
				}
				b.Rows = append(b.Rows, cells)
			}
			b.Head = rapid.IntRange(0, len(b.Rows)).Draw(t, "head")
		} else {
			b.Mark, b.Text = rapid.SampledFrom(marks[b.Kind]).Draw(t, "mark"), norm.NFC.String(strings.Join(strings.Fields(drawText(t, "text")), " "))
			if b.Text == "" && b.Mark == "" {
				continue
			}
		}
		out = append(out, b)
	}
	return out
}

func TestBlocksComeBackFromTheirText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		blocks := drawBlocks(t)
		if err := (letter.Letter{Type: "CV", Body: blocks}).Validate(); err != nil {
			t.Fatal(err)
		}
		text := letter.Text(blocks)
		// what is read is composed anew where a cell ended in a loose mark
		want := letter.Parse(text)
		if len(want) != len(blocks) {
			t.Fatalf("%d blocks became %d:\n%s\n%+v", len(blocks), len(want), text, want)
		}
		for i := range blocks {
			a, b := blocks[i], want[i]
			if a.Kind != b.Kind || a.Mark != b.Mark || norm.NFC.String(a.Text) != b.Text || len(a.Rows) != len(b.Rows) || a.Head != b.Head {
				t.Fatalf("%+v became %+v in\n%s", a, b, text)
			}
		}
		if again := letter.Text(want); again != text {
			t.Fatalf("written again:\n%s\nbefore:\n%s", again, text)
		}
	})
}

// signs are what must never be lost.
func signs(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, norm.NFC.String(s))
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"Điều 1. A\n1. b\na) c", "a\tb\nc\td", "| a | b |\n|---|---|\n| \\| | \\n |", "Chương I\nQUY ĐỊNH", "\\ - a", "Căn cứ A;\nCăn cứ B.\nQUYẾT ĐỊNH:", "a | b\nc | d", "\\\\| x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		blocks := letter.Parse(s)
		text := letter.Text(blocks)
		again := letter.Parse(text)
		if !reflect.DeepEqual(again, blocks) && len(blocks)+len(again) > 0 {
			t.Fatalf("%q\nread  %+v\nwrote %q\nread  %+v", s, blocks, text, again)
		}
		if a, b := signs(text), signs(letter.Text(again)); a != b {
			t.Fatalf("%q: lost letters: %q %q", s, a, b)
		}
	})
}

func TestNoLetterIsLost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := strings.ReplaceAll(rapid.StringMatching(`([aĐđ1|. \t\n;:)-]|Căn cứ |Chương |QUYẾT |Điều |I|/){0,40}`).Draw(t, "text"), "\\", "")
		if a, b := signs(s), signs(letter.Text(letter.Parse(s))); a != b {
			t.Fatalf("%q became %q", a, b)
		}
	})
}

func TestALetterIsStoredAsItWas(t *testing.T) {
	l := letter.Letter{Type: "QĐ", Agency: "BAN DÂN TỘC", Body: letter.Parse("Căn cứ Luật A;\nQUYẾT ĐỊNH:\nĐiều 1. A.\n| a | b |\n|---|---|\n| c | d |"),
		Signatures: []letter.Signature{{Lines: letter.Signer{Capacity: letter.ForHead, Head: "Trưởng ban", Title: "Phó Trưởng ban"}.Lines(), Name: "Nông Thị Hoa"}}}
	b, err := json.Marshal(l)
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"type":"QĐ","agency":"BAN DÂN TỘC","body":[{"kind":"base","text":"Căn cứ Luật A;"},{"kind":"centred","text":"QUYẾT ĐỊNH:"},{"kind":"article","mark":"Điều 1.","text":"A."},{"kind":"table","rows":[["a","b"],["c","d"]],"head":1}],"signatures":[{"lines":["KT. TRƯỞNG BAN","PHÓ TRƯỞNG BAN"],"name":"Nông Thị Hoa"}]}`
	if string(b) != want {
		t.Errorf("stored as %s", b)
	}
	var again letter.Letter
	if err := json.Unmarshal(b, &again); err != nil || !reflect.DeepEqual(again, l) {
		t.Errorf("%v %+v", err, again)
	}
}

func TestALongTextIsReadInTime(t *testing.T) {
	for _, unit := range []string{"AB\n", "Căn cứ a\nAB:\n", "Căn cứ a\n", "a\tb\n\n", "| a |\n", "Chương I\n", "a | b\n", "\\ a\n", "|", "- \n"} {
		s := "- x\n" + strings.Repeat(unit, (1<<16)/len(unit))
		begin := time.Now()
		text := letter.Text(letter.Parse(s))
		if took := time.Since(begin); took > 5*time.Second || text == "" {
			t.Errorf("%q: %s", unit, took)
		}
	}
}
