// SPDX-License-Identifier: Apache-2.0

package sentence

import (
	"strings"
	"testing"

	"soviec/kit/civil"
)

// TestACoordinatorsOwnDay reads a day said of those who coordinate apart from the day of the whole.
func TestACoordinatorsOwnDay(t *testing.T) {
	roll, _ := office(t)
	for _, c := range []struct{ line, lead, due, own, subject string }{
		{"Hải chủ trì, Hà phối hợp trước thứ Năm, báo cáo quà Tết trước 16h thứ Sáu", "Lý Thanh Hải", "2026-11-27T16:00", "Bế Ngọc Hà 2026-11-26", "Báo cáo quà Tết"},
		{"Báo cáo quà Tết: Hải chủ trì trước thứ Sáu; Hà và Tùng phối hợp trước thứ Năm", "Lý Thanh Hải", "2026-11-27", "Bế Ngọc Hà 2026-11-26; Nông Văn Tùng 2026-11-26", "Báo cáo quà Tết"},
		{"Hải báo cáo quà Tết, hạn thứ Sáu, phối hợp với Hà trước thứ Năm", "Lý Thanh Hải", "2026-11-27", "Bế Ngọc Hà 2026-11-26", "Báo cáo quà Tết"},
		{"Hải báo cáo quà Tết, Hà phối hợp, trước thứ Sáu", "Lý Thanh Hải", "2026-11-27", "Bế Ngọc Hà", "Báo cáo quà Tết"},
		{"Hải báo cáo quà Tết, Hà phối hợp trước thứ Sáu", "Lý Thanh Hải", "2026-11-27", "Bế Ngọc Hà", "Báo cáo quà Tết"},       // the one day is everybody's
		{"Hải chủ trì, Hà phối hợp trước thứ Sáu, báo cáo quà Tết trước thứ Năm", "Lý Thanh Hải", "", "Bế Ngọc Hà", ""},         // later than the whole: no day of one's own
		{"Anh Thắng họp ở tỉnh chiều thứ Tư, Xuân chuẩn bị tài liệu trước trưa thứ Tư", "Hoàng Thị Xuân", "2026-11-25", "", ""}, // who is away does not lead
		{"Chị Hoa đi công tác, Hải chuẩn bị báo cáo trước thứ Sáu", "Lý Thanh Hải", "2026-11-27", "", ""},
		{"Minh họp ở tỉnh chiều thứ Tư, Hà phối hợp", "Hoàng Văn Minh", "2026-11-25", "Bế Ngọc Hà", ""},
	} {
		got := Read(c.line, roll, Options{Now: monday, Calendar: civil.Default()})
		var own []string
		for _, p := range got.Coop {
			own = append(own, strings.TrimSpace(p.Name+" "+got.Own[p].String()))
		}
		if got.Lead.Name != c.lead || strings.Join(own, "; ") != c.own || c.due != "" && got.Due.String() != c.due || c.subject != "" && got.Subject != c.subject {
			t.Errorf("%s\n\tlead %s, due %s, own %q, subject %q", c.line, got.Lead.Name, got.Due, own, got.Subject)
		}
	}
}
