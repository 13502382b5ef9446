// SPDX-License-Identifier: Apache-2.0

package print

import "testing"

func TestNumbersInWords(t *testing.T) {
	for n, want := range map[int]string{0: "không", 5: "năm", 10: "mười", 15: "mười lăm", 20: "hai mươi", 21: "hai mươi mốt", 25: "hai mươi lăm", 34: "ba mươi bốn",
		100: "một trăm", 101: "một trăm linh một", 110: "một trăm mười", 115: "một trăm mười lăm", 999: "chín trăm chín mươi chín", 1000: "một nghìn",
		1005: "một nghìn không trăm linh năm", 1050: "một nghìn không trăm năm mươi", 2874: "hai nghìn tám trăm bảy mươi bốn", 1_000_000: "một triệu",
		10_200_021: "mười triệu hai trăm nghìn không trăm hai mươi mốt", -3: "âm ba"} {
		if got := Words(n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}
