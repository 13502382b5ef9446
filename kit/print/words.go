// SPDX-License-Identifier: Apache-2.0

package print

import "strings"

var digits = [...]string{"không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"}

// Words is a number in Vietnamese words, as minutes and indexes have it beside the figures:
// 21 "hai mươi mốt", 105 "một trăm linh năm", 1.005 "một nghìn không trăm linh năm".
func Words(n int) string {
	if n < 0 {
		return "âm " + Words(-n)
	}
	if n == 0 {
		return digits[0]
	}
	var out []string
	begun := false
	for _, g := range []struct {
		size int
		name string
	}{{1_000_000_000, "tỷ"}, {1_000_000, "triệu"}, {1000, "nghìn"}, {1, ""}} {
		part := n / g.size
		n %= g.size
		if part == 0 {
			continue
		}
		if part >= 1000 { // beyond a thousand thousand millions nobody counts papers
			out = append(out, Words(part))
		} else {
			out = append(out, hundreds(part, begun))
		}
		begun = true
		if g.name != "" {
			out = append(out, g.name)
		}
	}
	return strings.Join(out, " ")
}

// hundreds are up to 999; after greater parts the hundreds are said even when they are none.
func hundreds(n int, after bool) string {
	var out []string
	h, t, u := n/100, n/10%10, n%10
	if h > 0 || after {
		out = append(out, digits[h], "trăm")
	}
	switch {
	case t == 0 && u > 0 && len(out) > 0:
		out = append(out, "linh")
	case t == 1:
		out = append(out, "mười")
	case t > 1:
		out = append(out, digits[t], "mươi")
	}
	switch {
	case u == 0:
	case u == 1 && t > 1:
		out = append(out, "mốt")
	case u == 5 && t > 0:
		out = append(out, "lăm")
	default:
		out = append(out, digits[u])
	}
	return strings.Join(out, " ")
}
