// SPDX-License-Identifier: Apache-2.0

package docx

import (
	"bytes"
	"context"
	"os"
	"strings"
	"testing"

	"soviec/kit/civil"
	"soviec/kit/letter"
)

// sample is a letter with everything on it.
func sample() letter.Letter {
	return letter.Letter{
		Type: "CV", Superior: "UBND tỉnh Cao Bằng", Agency: "Ban Dân tộc", Number: "07", Notation: "BDT-VP", Place: "Cao Bằng", Date: civil.New(2026, 1, 5),
		Subject: "rà soát danh sách người có uy tín năm 2026", Urgency: 1, Circulation: "Lưu hành nội bộ",
		Addressees: []string{"Sở Tài chính", "Ủy ban nhân dân các xã, phường"},
		Body:       letter.Parse("Thực hiện Kế hoạch số 12/KH-UBND ngày 03 tháng 3 năm 2026 của Ủy ban nhân dân tỉnh về rà soát, Ban Dân tộc đề nghị:\n1. Rà soát danh sách theo biểu kèm theo.\na) Số hộ;\nb) Số người.\n| STT | Xã | Số hộ |\n|---|---|---|\n| 1 | Bảo Lạc | 15 |\n\nĐề nghị các cơ quan quan tâm phối hợp thực hiện./."),
		Signatures: []letter.Signature{{Lines: []string{"KT. TRƯỞNG BAN", "PHÓ TRƯỞNG BAN"}, Name: "Nông Thị Hoa"}},
		Recipients: []string{"Như trên", "Trưởng ban (để báo cáo)", "Lưu: VT, VP"}, Drafter: "BNH", Copies: 30,
		Address:    "Số 30, đường Xuân Trường, Cao Bằng",
		Appendices: []letter.Appendix{{Title: "Biểu tổng hợp", Body: letter.Parse("| A | B |\n|---|---|\n| 1 | 2 |"), Landscape: true}},
	}
}

func TestALetterIsWrittenAndReadBack(t *testing.T) {
	var out, again bytes.Buffer
	if err := Write(&out, sample(), Options{}); err != nil {
		t.Fatal(err)
	}
	if err := Write(&again, sample(), Options{}); err != nil || !bytes.Equal(out.Bytes(), again.Bytes()) {
		t.Fatalf("other bytes the second time, %v", err)
	}
	if name := os.Getenv("DOCX_OUT"); name != "" {
		_ = os.WriteFile(name, out.Bytes(), 0o600)
	}
	d, err := Read(context.Background(), bytes.NewReader(out.Bytes()), int64(out.Len()), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	looks := map[string]string{}
	for _, p := range Paragraphs(d.Blocks) {
		if p.Text == "" {
			continue
		}
		if p.Font() != "Times New Roman" {
			t.Errorf("%q is set in %q", p.Text, p.Font())
		}
		look := strings.TrimSuffix(strings.TrimRight(strings.TrimRight(formatSize(p.Size()), "0"), "."), ".") + " " + p.Align
		if p.Bold() {
			look += " bold"
		}
		if p.Italic() {
			look += " italic"
		}
		looks[strings.TrimSpace(p.Text)] = look
	}
	for text, want := range map[string]string{
		"UBND TỈNH CAO BẰNG": "12 center", "BAN DÂN TỘC": "12 center bold", letter.State: "12 center bold", letter.Motto: "13 center bold",
		"Số: 07/BDT-VP": "13 center", "Cao Bằng, ngày 05 tháng 01 năm 2026": "13 center italic",
		"V/v rà soát danh sách người có uy tín năm 2026": "12 center", "KHẨN": "13 left bold", "Kính gửi:": "14 left",
		"- Sở Tài chính;": "14 left", "- Ủy ban nhân dân các xã, phường.": "14 left", "1. Rà soát danh sách theo biểu kèm theo.": "14 both",
		"a) Số hộ;": "14 both", "Bảo Lạc": "12 left", "STT": "12 center bold", "KT. TRƯỞNG BAN": "14 center bold", "Nông Thị Hoa": "14 center bold",
		"Nơi nhận:": "12 left bold italic", "- Như trên;": "11 left", "- Lưu: VT, VP.\tBNH.(30)": "11 left", "Phụ lục": "14 center bold", "BIỂU TỔNG HỢP": "14 center bold",
	} {
		if looks[text] != want {
			t.Errorf("%q looks %q, not %q", text, looks[text], want)
		}
	}
	if len(d.Sections) != 2 {
		t.Fatalf("%d sections", len(d.Sections))
	}
	for i, s := range d.Sections {
		if !s.PageNumber || !s.NumberAbove || s.NumberOnFirst {
			t.Errorf("section %d: %+v", i, s)
		}
	}
	if s := d.Sections[0]; int(s.Left+.5) != 30 || int(s.Right+.5) != 20 || int(s.Width+.5) != 210 {
		t.Errorf("%+v", s)
	}
	if s := d.Sections[1]; s.Width < s.Height {
		t.Errorf("the appendix does not lie: %+v", s)
	}
}

func formatSize(v float64) string {
	b := []byte{}
	n := int(v * 10)
	b = append(b, byte('0'+n/100%10), byte('0'+n/10%10), '.', byte('0'+n%10))
	return string(b)
}
