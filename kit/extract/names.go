// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"strings"
	"sync"
	"unicode"
)

// casing gives words in capitals their ordinary form back. It looks first how
// the rest of the same document writes them.
type casing struct {
	words []string         // of the text, as written, marks off
	lower []string         // the same, as keys
	at    map[string][]int // key -> places
}

// maxCasing is how many words of the text are looked at.
const maxCasing = 6000

func newCasing(text string) *casing {
	c := &casing{at: map[string][]int{}}
	for line := range strings.Lines(text) {
		if capitals(line) {
			continue
		}
		for _, w := range strings.Fields(line) {
			w = strings.Trim(w, `.,;:()“”"'[]/|`)
			if w == "" {
				continue
			}
			if len(c.words) == maxCasing {
				return c
			}
			k := key(w)
			if len(c.at[k]) < 200 {
				c.at[k] = append(c.at[k], len(c.words))
			}
			c.words, c.lower = append(c.words, w), append(c.lower, k)
		}
	}
	return c
}

// longest is the longest run of the words that the text has too, as it writes
// it; text in capitals does not count.
func (c *casing) longest(words []string) []string {
	var best []string
	for _, i := range c.at[key(words[0])] {
		n := 1
		for n < len(words) && i+n < len(c.lower) && c.lower[i+n] == key(words[n]) {
			n++
		}
		if n > len(best) && (n == 1 || !capitals(strings.Join(c.words[i:i+n], " "))) {
			best = c.words[i : i+n]
		}
	}
	return best
}

// sentence writes a subject in capitals as it would stand in a sentence.
func (c *casing) sentence(s string) string {
	words := strings.Fields(s)
	lower := lowerWords(words)
	out := make([]string, 0, len(words))
	for i := 0; i < len(words); {
		if form, n := placeAt(lower[i:]); n > 0 {
			out = append(out, punctuated(strings.Fields(form), words[i:i+n])...)
			i += n
			continue
		}
		bare := make([]string, 0, len(words)-i)
		for _, w := range words[i:] {
			bare = append(bare, strings.Trim(w, ".,;:()“”\"'"))
		}
		found := c.longest(bare)
		switch n := len(found); {
		case n >= 3, n == 2 && titleWords(found[0]) && titleWords(found[1]):
			found = append([]string(nil), found...)
			if i == 0 || n < 4 && titleWords(found[0]) && !titleWords(found[1]) {
				// Its capital may be that of a sentence there.
				found[0] = strings.ToLower(found[0])
			}
			out = append(out, punctuated(found, words[i:i+n])...)
			i += n
		case n >= 1 && mixed(found[0]):
			out = append(out, punctuated(found[:1], words[i:i+1])...)
			i++
		default:
			w := lower[i]
			if strings.ContainsAny(w, "0123456789") || acronyms[words[i]] {
				w = words[i]
			}
			if i >= 2 && lower[i-2] == "ban" && lower[i-1] == "hành" && typeBegins(lower[i:]) {
				w = upperFirst(w)
			}
			out = append(out, w)
			i++
		}
	}
	return strings.Join(out, " ")
}

// typeBegins tells words that name a type of document.
func typeBegins(lower []string) bool {
	return len(lower) >= 2 && titleOf()[strings.ToUpper(lower[0]+" "+lower[1])] != ""
}

// punctuated puts the marks of the original words around their new forms.
func punctuated(forms, words []string) []string {
	out := make([]string, len(forms))
	for i, f := range forms {
		w := words[i]
		bare := strings.Trim(w, ".,;:()“”\"'")
		out[i] = strings.Replace(w, bare, f, 1)
	}
	return out
}

// mixed tells words like "IoT", whose capitals nobody could guess.
func mixed(w string) bool {
	r := []rune(w)
	for _, c := range r[min(1, len(r)):] {
		if unicode.IsUpper(c) {
			return true
		}
	}
	return false
}

var acronyms = map[string]bool{"UBND": true, "HĐND": true, "UBMTTQ": true, "TTHC": true, "ATTP": true, "CNTT": true, "CĐS": true, "DTTS": true, "BHXH": true, "BHYT": true, "PCCC": true, "KT-XH": true, "TW": true, "QĐ-TTG": true}

// key is the form in which words are compared: lower case, and the tone of
// "hoà" and "uỷ" where the new spelling has it ("hòa", "ủy").
func key(s string) string {
	return newTone.Replace(strings.ToLower(s))
}

var newTone = strings.NewReplacer("oà", "òa", "oá", "óa", "oả", "ỏa", "oã", "õa", "oạ", "ọa", "oè", "òe", "oé", "óe", "oẻ", "ỏe", "oẽ", "õe", "oẹ", "ọe", "uỷ", "ủy", "uỳ", "ùy", "uý", "úy", "uỹ", "ũy", "uỵ", "ụy")

func lowerWords(words []string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = strings.ToLower(w)
	}
	return out
}

func upperFirst(s string) string {
	r := []rune(s)
	if len(r) > 0 {
		r[0] = unicode.ToUpper(r[0])
	}
	return string(r)
}

// capitals tells text all of whose letters, but for a stray one, are capitals.
func capitals(s string) bool {
	upper, lower := 0, 0
	for _, r := range s {
		if unicode.IsUpper(r) {
			upper++
		} else if unicode.IsLower(r) {
			lower++
		}
	}
	return upper >= 2 && lower*10 <= upper
}

// provinces are the names of provinces before and after the mergers of 2025,
// the country and its regions, by key.
var provinces = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for _, p := range strings.Split("An Giang,Bà Rịa - Vũng Tàu,Bạc Liêu,Bắc Giang,Bắc Kạn,Bắc Ninh,Bến Tre,Bình Dương,Bình Định,Bình Phước,Bình Thuận,Cà Mau,Cao Bằng,Cần Thơ,Đà Nẵng,Đắk Lắk,Đắk Nông,Điện Biên,Đồng Nai,Đồng Tháp,Gia Lai,Hà Giang,Hà Nam,Hà Nội,Hà Tĩnh,Hải Dương,Hải Phòng,Hậu Giang,Hòa Bình,Hồ Chí Minh,Hưng Yên,Khánh Hòa,Kiên Giang,Kon Tum,Lai Châu,Lạng Sơn,Lào Cai,Lâm Đồng,Long An,Nam Định,Nghệ An,Ninh Bình,Ninh Thuận,Phú Thọ,Phú Yên,Quảng Bình,Quảng Nam,Quảng Ngãi,Quảng Ninh,Quảng Trị,Sóc Trăng,Sơn La,Tây Ninh,Thái Bình,Thái Nguyên,Thanh Hóa,Thừa Thiên Huế,Tiền Giang,Trà Vinh,Tuyên Quang,Vĩnh Long,Vĩnh Phúc,Yên Bái,Việt Nam,Trung Quốc,Trung Bộ,Nam Bộ,Bắc Bộ,Tây Nguyên,Tây Bắc,Đông Bắc,Trung ương,Nguyên đán,Hùng Vương,Chính phủ,Quốc hội,Thủ tướng Chính phủ,Bộ Chính trị,Ban Bí thư,Ủy ban nhân dân,Hội đồng nhân dân,Mặt trận Tổ quốc,Đảng", ",") {
		m[key(p)] = p
	}
	return m
})

// placeAt tells a known name at the front of the words and how many they are.
func placeAt(lower []string) (string, int) {
	for n := min(5, len(lower)); n > 0; n-- {
		name := strings.TrimRight(strings.Join(lower[:n], " "), ".,;:)")
		if form := provinces()[key(name)]; form != "" && len(strings.Fields(form)) == n {
			return form, n
		}
	}
	return "", 0
}
