// SPDX-License-Identifier: Apache-2.0

package letter_test

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"soviec/kit/letter"
)

func long(paragraphs int) string {
	var b strings.Builder
	for i := range paragraphs {
		fmt.Fprintf(&b, "%d. Đoạn thứ %d: các cơ quan, đơn vị, địa phương rà soát danh sách hộ thụ hưởng, niêm yết công khai tại trụ sở và nhà văn hóa xóm, tổng hợp kết quả gửi về Ban Dân tộc đúng thời hạn để báo cáo Ủy ban nhân dân tỉnh theo quy định.\n", i+1, i+1)
	}
	return b.String()
}

func TestPagesAreNumberedInTheTopMargin(t *testing.T) {
	l := sample("1.2")
	l.Body = append(l.Body, letter.Parse(long(40))...)
	l.Appendices = []letter.Appendix{{Title: "Danh sách hộ", Body: letter.Parse(long(25)), Landscape: true}, {Title: "Biểu mẫu", Body: letter.Parse("Mẫu.")}}
	r := set(t, l, letter.Options{})
	show(t, "pages", r.PDF)
	digits := regexp.MustCompile(`^\d+$`)
	got := make([]string, r.Pages+1)
	for _, s := range lines(t, r.PDF) {
		if s.y1 < 19 && digits.MatchString(s.text) {
			got[s.page] += s.text
			width := 210.0
			if s.page > 4 && s.page < r.Pages { // the appendix lies across
				width = 297
			}
			near(t, fmt.Sprintf("number of page %d, middle", s.page), s.mid(), width/2, 0.4)
		}
	}
	// the document, the appendix across, the appendix of one page: each from 1, the first without
	if want := " 2 3 4  2 3 "; strings.Join(got[1:], " ") != want {
		t.Errorf("pages are numbered %q, not %q", strings.Join(got[1:], " "), want)
	}
}

// No line stands alone at the foot or at the head of a page, a heading is followed by text
// on its page, and the signature has two lines of text above it.
func TestNothingStandsAlone(t *testing.T) {
	rounds := 12
	if testing.Short() {
		rounds = 3
	}
	for seed := range rounds {
		dice := rand.New(rand.NewPCG(uint64(seed), 30))
		n := 3 + dice.IntN(12)
		var b strings.Builder
		for i := range n {
			if dice.IntN(4) == 0 {
				fmt.Fprintf(&b, "%s. TIÊU ĐỀ\n", letter.CapitalRoman(i+1))
			}
			fmt.Fprintf(&b, "B%d %sK%d\n", i, strings.Repeat("chữ thường ", 1+dice.IntN(90)), i)
		}
		l := sample("1.5")
		l.Body = letter.Parse(b.String())
		r, err := letter.Set(l, letter.Options{})
		if err != nil {
			t.Fatal(err)
		}
		all := lines(t, r.PDF)
		body := regexp.MustCompile(`B\d|chữ|thường|K\d|TIÊU`)
		byPage := make([][]seen, r.Pages+1)
		for _, s := range all {
			if body.MatchString(s.text) && s.y0 > 20 && !strings.Contains(s.text, "Lưu") {
				byPage[s.page] = append(byPage[s.page], s)
			}
		}
		for page := 1; page <= r.Pages; page++ {
			on := byPage[page]
			if len(on) == 0 {
				t.Fatalf("no text on page %d", page)
			}
			first, last := on[0].text, on[len(on)-1].text
			if page > 1 && len(on) > 1 && !strings.Contains(first, "B") && !strings.Contains(first, "TIÊU") && strings.Contains(first, "K") {
				t.Fatalf("page %d begins with the end of a paragraph: %q", page, first)
			}
			if page < r.Pages && (strings.Contains(last, "TIÊU") || strings.Contains(last, "B") && !strings.Contains(last, "K")) {
				t.Fatalf("page %d ends with %q", page, last)
			}
		}
		sign := find(t, all, "Nông Thị Hoa")
		above := 0
		for _, s := range byPage[sign.page] {
			if s.y1 < sign.y0 {
				above++
			}
		}
		if above < 2 {
			t.Fatalf("%d lines of text above the signature on page %d", above, sign.page)
		}
	}
}

func TestATableOfThreeHundredRows(t *testing.T) {
	var b strings.Builder
	b.WriteString("| STT | Họ và tên chủ hộ | Xã | Số tiền (đồng) |\n|---|---|---|---|\n")
	for i := range 300 {
		fmt.Fprintf(&b, "| %d | Hộ số %d | Bảo Lạc | %d.000.000 |\n", i+1, i+1, 40+i)
	}
	l := sample("1.2")
	l.Appendices = []letter.Appendix{{Title: "Danh sách hộ", Body: letter.Parse(b.String())}}
	r := set(t, l, letter.Options{})
	show(t, "table", r.PDF)
	heads, rows := map[int]int{}, 0
	for _, s := range lines(t, r.PDF) {
		for i, w := range s.words {
			if w.text == "STT" {
				heads[s.page]++
			}
			if w.text == "số" && i > 0 && s.words[i-1].text == "Hộ" {
				rows++
			}
		}
		if s.y1 > 277.5 && s.page > 1 {
			t.Errorf("page %d: %q reaches to %.1f mm", s.page, s.text, s.y1)
		}
	}
	if rows != 300 || len(heads) != r.Pages-1 {
		t.Errorf("%d rows, heads on %d of %d pages", rows, len(heads), r.Pages)
	}
	for page, n := range heads {
		if n != 1 {
			t.Errorf("page %d has %d heads", page, n)
		}
	}
	money := find(t, lines(t, r.PDF), "40.000.000")
	near(t, "figures stand right", money.x1, 190-1.2, 0.3)
}

func TestExtremes(t *testing.T) {
	for name, c := range map[string]func(*letter.Letter){
		"empty":      func(l *letter.Letter) { *l = letter.Letter{Type: "CV"} },
		"empty body": func(l *letter.Letter) { l.Body = nil },
		"a subject without end": func(l *letter.Letter) {
			l.Subject = strings.TrimSpace(strings.Repeat("rà soát danh sách hộ thụ hưởng ", 32))
		},
		"a name of forty letters": func(l *letter.Letter) { l.Signatures[0].Name = "Nguyễn Phúc Bảo Khánh Hoàng Thị Thanh An" },
		"a word without end":      func(l *letter.Letter) { l.Body = letter.Parse(strings.Repeat("https://vidu.example.vn/", 40)) },
		"a cell taller than a page": func(l *letter.Letter) {
			l.Body = []letter.Block{{Kind: letter.Table, Head: 1, Rows: [][]string{{"A", "B"}, {strings.Repeat("chữ ", 3000), "x"}}}}
		},
		"a head taller than a page": func(l *letter.Letter) {
			l.Body = []letter.Block{{Kind: letter.Table, Head: 1, Rows: [][]string{{strings.Repeat("đầu ", 3000), "B"}, {"a", "x"}}}}
		},
		"forty columns": func(l *letter.Letter) {
			row := make([]string, 40)
			for i := range row {
				row[i] = "12.345"
			}
			l.Body = []letter.Block{{Kind: letter.Table, Rows: [][]string{row, row}}}
		},
		"recipients without end": func(l *letter.Letter) {
			l.Recipients = strings.Split(strings.Repeat("Ủy ban nhân dân xã Bảo Lạc,", 200)+"Lưu: VT", ",")
		},
		"addressees without end": func(l *letter.Letter) {
			l.Addressees = strings.Split(strings.Repeat("Ủy ban nhân dân xã Bảo Lạc,", 90)+"Sở Nội vụ", ",")
		},
		"a long superior": func(l *letter.Letter) {
			l.Superior = "ỦY BAN NHÂN DÂN HUYỆN VÀ CÁC CƠ QUAN TRỰC THUỘC TỈNH CAO BẰNG"
		},
		"a long place":   func(l *letter.Letter) { l.Place = "Thành phố Hồ Chí Minh và các tỉnh lân cận" },
		"three signers":  func(l *letter.Letter) { l.Signatures = append(l.Signatures, l.Signatures[0], l.Signatures[0]) },
		"headings alone": func(l *letter.Letter) { l.Body = letter.Parse(strings.Repeat("I. TIÊU ĐỀ\n", 200)) },
		"across":         func(l *letter.Letter) { l.Landscape = true },
	} {
		t.Run(name, func(t *testing.T) {
			l := sample("1.5")
			c(&l)
			r := set(t, l, letter.Options{Fields: true})
			show(t, "x-"+strings.ReplaceAll(name, " ", "-"), r.PDF)
			right := 190.4
			if l.Landscape {
				right = 277.4
			}
			found := 0
			for _, s := range lines(t, r.PDF) {
				found++
				if s.x0 < 29.6 || s.x1 > right || s.y1 > 297 {
					t.Errorf("page %d: %.60q from %.1f to %.1f, down to %.1f", s.page, s.text, s.x0, s.x1, s.y1)
				}
			}
			if found < 2 {
				t.Errorf("%d lines", found)
			}
			if got := text(t, r.PDF); name == "a cell taller than a page" && strings.Count(got, "chữ") != 3000 {
				t.Errorf("%d of 3000 words are left", strings.Count(got, "chữ"))
			}
		})
	}
}

func BenchmarkThreePages(b *testing.B) {
	l := sample("1.2")
	l.Body = append(l.Body, letter.Parse(long(24))...)
	r, err := letter.Set(l, letter.Options{})
	if err != nil || r.Pages != 3 {
		b.Fatal(r.Pages, err)
	}
	for b.Loop() {
		if _, err := letter.Set(l, letter.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
