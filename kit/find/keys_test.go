// SPDX-License-Identifier: Apache-2.0

package find

import (
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func TestKeys(t *testing.T) {
	for _, c := range []struct{ text, fold, exact string }{
		{"Người có uy tín", "nguoi co uy tin", "ngu7o7i2 co1 uy tin1"},
		{"Hòa", "hoa", "hoa2"},
		{"Hoà", "hoa", "hoa2"},
		{"THỦY lợi, thuỷ lợi", "thuy loi thuy loi", "thuy3 lo7i5 thuy3 lo7i5"},
		{"Đặng Ðăng đ ð", "dang dang d d", "d9a8ng5 d9a8ng d9 d9"},
		{"1234/UBND-VX", "1234 ubnd vx", "1234 ubnd vx"},
		{" 12/2020/QĐ–BDT. ", "12 2020 qd bdt", "12 2020 qd9 bdt"},
		{"ấ ầ ẩ ẫ ậ ắ ứ", "a a a a a a u", "a61 a62 a63 a64 a65 a81 u71"},
		{"", "", ""},
		{"—/…", "", ""},
		{"x²⁄₃ Ⅳ", "x2 3 iv", "x2 3 iv"},
		{"Иван 北京", "иван 北京", "иван 北京"},
		{"\xff\xfea\x00b", "a b", "a b"},
		{"e\u0302\u0301 u\u031b\u0309", "e u", "e61 u73"},
	} {
		if got := Fold(c.text); got != c.fold {
			t.Errorf("Fold(%q) = %q, want %q", c.text, got, c.fold)
		}
		if got := Exact(c.text); got != c.exact {
			t.Errorf("Exact(%q) = %q, want %q", c.text, got, c.exact)
		}
	}
	if Marked("cong tac dan toc 2019") || !Marked("công tac") {
		t.Error("Marked does not see marks")
	}
}

// TestTonePlacement compares the two ways of setting the tone on oa, oe, uy.
func TestTonePlacement(t *testing.T) {
	for _, pair := range []string{
		"hòa hoà", "hóa hoá", "hỏa hoả", "hõa hoã", "họa hoạ",
		"khỏe khoẻ", "lòe loè", "thủy thuỷ", "úy uý", "ủy uỷ", "tùy tuỳ", "lũy luỹ", "lụy luỵ", "THÚY THUÝ",
	} {
		old, young, _ := strings.Cut(pair, " ")
		if old == young || Exact(old) != Exact(young) || Fold(old) != Fold(young) {
			t.Errorf("%s: %q and %q", pair, Exact(old), Exact(young))
		}
		if Exact(norm.NFD.String(old)) != Exact(young) {
			t.Errorf("%s decomposed: %q", pair, Exact(norm.NFD.String(old)))
		}
	}
}

var vietnamese = []rune("aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵAÁĐÐÊƯ 0123456789/-.,–“”")

func TestKeysProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.StringOf(rapid.SampledFrom(vietnamese)), rapid.String()).Draw(t, "s")
		fold, exact := Fold(s), Exact(s)
		for name, other := range map[string]string{
			"NFC": norm.NFC.String(s), "NFD": norm.NFD.String(s), "blanks": "  " + s + " \n",
		} {
			if Fold(other) != fold || Exact(other) != exact {
				t.Fatalf("%s of %q: %q %q, want %q %q", name, s, Fold(other), Exact(other), fold, exact)
			}
		}
		if Fold(fold) != fold {
			t.Fatalf("folding twice: %q, then %q", fold, Fold(fold))
		}
		if len(strings.Fields(fold)) != len(strings.Fields(exact)) {
			t.Fatalf("keys of different length: %q and %q", fold, exact)
		}
		if strings.Join(strings.Fields(fold), " ") != fold || strings.Join(strings.Fields(exact), " ") != exact {
			t.Fatalf("blanks: %q, %q", fold, exact)
		}
	})
}

// TestExactCarriesFold: without its digits, the exact key of words is the folded one.
func TestExactCarriesFold(t *testing.T) {
	digits := strings.NewReplacer("1", "", "2", "", "3", "", "4", "", "5", "", "6", "", "7", "", "8", "", "9", "")
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOf(rapid.SampledFrom(vietnamese).Filter(func(r rune) bool { return r < '0' || r > '9' })).Draw(t, "s")
		if got := digits.Replace(Exact(s)); got != Fold(s) {
			t.Fatalf("%q: exact without digits %q, fold %q", s, got, Fold(s))
		}
		if up := strings.ToUpper(s); Exact(up) != Exact(s) {
			t.Fatalf("capitals: %q, %q", Exact(up), Exact(s))
		}
	})
}

func BenchmarkFold(b *testing.B) {
	const s = "Về việc tăng cường công tác quản lý nhà nước về dân tộc trên địa bàn tỉnh Cao Bằng năm 2019"
	for _, c := range []struct {
		name string
		f    func(string) string
	}{{"fold", Fold}, {"exact", Exact}} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(s)))
			for b.Loop() {
				c.f(s)
			}
		})
	}
}
