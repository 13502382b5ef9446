// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

func TestSecretStamp(t *testing.T) {
	head := "ỦY BAN NHÂN DÂN    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTỈNH CAO BẰNG    Độc lập - Tự do - Hạnh phúc\nSố: 12/UBND-NC    Cao Bằng, ngày 02 tháng 3 năm 2026\n"
	for text, want := range map[string]string{
		head + "MẬT\nKính gửi: Ban Dân tộc": "MẬT",
		head + "   TỐI MẬT   \n":            "TỐI MẬT",
		head + "TUYỆT  MẬT":                 "TUYỆT MẬT",
		head + "[M Ậ T]":                    "MẬT",
		"MẬT\n" + head:                      "MẬT",
		"SỞ Y TẾ    MẬT    CỘNG HÒA XÃ HỘI": "MẬT",
		"| TUYỆT MẬT |\n" + head:            "TUYỆT MẬT",
		norm.NFD.String(head + "TỐI MẬT"):   "TỐI MẬT",

		head + "V/v tăng cường bảo mật thông tin":           "",
		head + "V/V BẢO\nMẬT THÔNG TIN":                     "",
		head + "QUY CHẾ BẢO VỆ BÍ\nMẬT\n":                   "",
		head + "V/v mật độ dân cư":                          "",
		head + "Mật\n":                                      "",
		"BAN CƠ YẾU CHÍNH PHỦ\nCỤC QUẢN LÝ MẬT MÃ\n" + head: "",
		head + "BẢO VỆ BÍ MẬT NHÀ NƯỚC":                     "",
		head + "Kính gửi: Ban Dân tộc\nMẬT":                 "",
		head + strings.Repeat("dòng\n", 30) + "MẬT":         "",
		"": "",
	} {
		got, ok := SecretStamp(text)
		if got != want || ok != (want != "") {
			t.Errorf("%q: got %q, %v", text, got, ok)
		}
	}
}
