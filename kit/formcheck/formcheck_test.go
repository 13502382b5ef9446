// SPDX-License-Identifier: Apache-2.0

package formcheck_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"soviec/kit/civil"
	"soviec/kit/docx"
	"soviec/kit/formcheck"
	"soviec/kit/letter"
)

func codes(all []formcheck.Finding) string {
	var out []string
	for _, f := range all {
		mark := "w:"
		if f.Blocking {
			mark = "B:"
		}
		out = append(out, mark+f.Code)
	}
	return strings.Join(out, " ")
}

func told(all []formcheck.Finding) string {
	var b strings.Builder
	for _, f := range all {
		b.WriteString("\n  " + f.Code + " " + f.Place.Field + " “" + f.Place.Words + "”: " + f.Text)
	}
	return b.String()
}

func written(t *testing.T, l letter.Letter) docx.Document {
	t.Helper()
	var out bytes.Buffer
	if err := docx.Write(&out, l, docx.Options{}); err != nil {
		t.Fatal(err)
	}
	d, err := docx.Read(context.Background(), bytes.NewReader(out.Bytes()), int64(out.Len()), docx.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestGoodDocumentsPass(t *testing.T) {
	for name, l := range good() {
		if all := formcheck.Letter(l, formcheck.Options{Notation: l.Notation, Numbered: true}); len(all) > 0 {
			t.Errorf("%s composed:%s", name, told(all))
		}
		if all := formcheck.Document(written(t, l), formcheck.Options{Numbered: true}); len(all) > 0 && name != "ThC" { // nothing on it says what it is
			t.Errorf("%s in Word:%s", name, told(all))
		}
		if all := formcheck.Document(written(t, l), formcheck.Options{Type: l.Type}); len(all) > 0 {
			t.Errorf("%s in Word, its type known:%s", name, told(all))
		}
		open := l
		open.Number, open.Date = "", civil.Date(0)
		if all := formcheck.Letter(open, formcheck.Options{}); len(all) > 0 {
			t.Errorf("%s without number and date:%s", name, told(all))
		}
	}
}

func TestWhatIsWrongIsSaid(t *testing.T) {
	for name, c := range map[string]struct {
		of     string
		change func(*letter.Letter)
		want   string // all codes, in order
		words  string
	}{
		"no addressee":        {"CV", func(l *letter.Letter) { l.Addressees = nil }, "B:KINH-GUI", ""},
		"no addressee upward": {"TTr", func(l *letter.Letter) { l.Addressees = nil }, "w:KINH-GUI", ""},
		"a decision to":       {"QĐ", func(l *letter.Letter) { l.Addressees = []string{"Sở Tài chính"} }, "w:KINH-GUI-THUA", ""},
		"no subject":          {"BC", func(l *letter.Letter) { l.Subject = "" }, "B:TRICH-YEU", ""},
		"V/v written":         {"CV", func(l *letter.Letter) { l.Subject = "V/v góp ý" }, "w:TRICH-YEU-VV", ""},
		"a capital after V/v": {"CV", func(l *letter.Letter) { l.Subject = "Đề nghị góp ý" }, "w:TRICH-YEU-HOA", ""},
		"no signer":           {"BC", func(l *letter.Letter) { l.Signatures = nil }, "B:NGUOI-KY", ""},
		"no name":             {"BC", func(l *letter.Letter) { l.Signatures[0].Name = "" }, "B:HO-TEN", ""},
		"doctor":              {"BC", func(l *letter.Letter) { l.Signatures[0].Name = "TS. Nông Thị Hoa" }, "w:HOC-VI", "TS. Nông Thị Hoa"},
		"master":              {"BC", func(l *letter.Letter) { l.Signatures[0].Name = "Thạc sĩ Nông Thị Hoa" }, "w:HOC-VI", ""},
		"capitals":            {"BC", func(l *letter.Letter) { l.Signatures[0].Name = "NÔNG THỊ HOA" }, "w:HO-TEN-HOA", ""},
		"capacity":            {"BC", func(l *letter.Letter) { l.Signatures[0].Lines = []string{"K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN"} }, "w:QUYEN-HAN", ""},
		"capacity alone":      {"BC", func(l *letter.Letter) { l.Signatures[0].Lines = []string{"KT. TRƯỞNG BAN"} }, "w:CHUC-VU-THIEU", ""},
		"not kept":            {"BC", func(l *letter.Letter) { l.Recipients = []string{"Như trên"} }, "B:LUU-VT", ""},
		"kept elsewhere":      {"BC", func(l *letter.Letter) { l.Recipients = []string{"Như trên", "Lưu: VP"} }, "B:LUU-VT", ""},
		"kept not last":       {"BC", func(l *letter.Letter) { l.Recipients = []string{"Lưu: VT, VP", "Các phòng"} }, "w:LUU-CUOI", ""},
		"kept without unit":   {"BC", func(l *letter.Letter) { l.Recipients = []string{"Các phòng", "Lưu: VT"} }, "w:LUU-DON-VI", ""},
		"not as above":        {"CV", func(l *letter.Letter) { l.Recipients = []string{"Sở Tài chính", "Lưu: VT, VP"} }, "w:NHU-TREN", ""},
		"marks in the list":   {"BC", func(l *letter.Letter) { l.Recipients = []string{"- Các phòng;", "Lưu: VT, VP"} }, "w:NOI-NHAN-DONG", ""},
		"number":              {"BC", func(l *letter.Letter) { l.Number = "5" }, "w:SO-KHONG", ""},
		"other type":          {"BC", func(l *letter.Letter) { l.Notation = "TB-BDT" }, "w:KY-HIEU-LOAI", ""},
		"a letter with CV":    {"CV", func(l *letter.Letter) { l.Notation = "CV-BDT" }, "w:KY-HIEU-LOAI", ""},
		"a letter like QĐ":    {"CV", func(l *letter.Letter) { l.Notation = "QĐ-BDT" }, "w:KY-HIEU-LOAI", ""},
		"a letter of no unit": {"CV", func(l *letter.Letter) { l.Notation = "BDT" }, "w:KY-HIEU-DON-VI", ""},
		"no notation":         {"BC", func(l *letter.Letter) { l.Notation = "" }, "B:KY-HIEU", ""},
		"no place":            {"BC", func(l *letter.Letter) { l.Place = "" }, "B:NGAY", ""},
		"no end":              {"BC", func(l *letter.Letter) { l.Body = letter.Parse("Ban Dân tộc báo cáo như trên.") }, "w:KET-THUC", ""},
		"an early end":        {"BC", func(l *letter.Letter) { l.Body = letter.Parse("Ban Dân tộc báo cáo như trên./.\nHết./.") }, "w:KET-THUC-SOM", ""},
		"month with zero":     {"BC", func(l *letter.Letter) { l.Body = letter.Parse("Hạn gửi là ngày 05 tháng 03 năm 2026./.") }, "w:THANG-KHONG", "ngày 05 tháng 03 năm 2026"},
		"month without":       {"BC", func(l *letter.Letter) { l.Body = letter.Parse("Hạn gửi là ngày 5 tháng 2 năm 2026./.") }, "w:NGAY-KHONG w:THANG-KHONG", ""},
		"no such day":         {"BC", func(l *letter.Letter) { l.Body = letter.Parse("Hạn gửi là ngày 31 tháng 02 năm 2026./.") }, "w:NGAY-KHONG-CO", ""},
		"blank left":          {"BC", func(l *letter.Letter) { l.Body = letter.Parse("Kính gửi {{ten}} được biết./.") }, "B:CHUA-DIEN", "{{ten}}"},
		"dots left":           {"BC", func(l *letter.Letter) { l.Body = letter.Parse("Tổng số hộ là ........ hộ./.") }, "w:CHO-TRONG", ""},
		"blank before comma":  {"BC", func(l *letter.Letter) { l.Body = letter.Parse("Các xã , phường gửi báo cáo./.") }, "w:DAU-CACH", ""},
		"bases": {"QĐ", func(l *letter.Letter) {
			l.Body = append([]letter.Block{{Kind: letter.Basis, Text: "Căn cứ Luật Lưu trữ."}}, l.Body[2:]...)
		}, "w:CAN-CU-DAU", "Căn cứ Luật Lưu trữ."},
		"last basis":    {"QĐ", func(l *letter.Letter) { l.Body[3].Text = "Theo đề nghị của Chánh Văn phòng;" }, "w:CAN-CU-DAU", ""},
		"no formula":    {"QĐ", func(l *letter.Letter) { l.Body = append(l.Body[:4:4], l.Body[5:]...) }, "w:CONG-THUC", ""},
		"article again": {"QĐ", func(l *letter.Letter) { l.Body[8].Mark = "Điều 1." }, "w:THU-TU w:THU-TU", ""},
		"clause gap":    {"QĐ", func(l *letter.Letter) { l.Body[7].Mark = "3." }, "w:THU-TU", ""},
		"point f":       {"BC", func(l *letter.Letter) { l.Body = letter.Parse("1. Kết quả:\na) Một;\nb) Hai;\nd) Ba./.") }, "w:THU-TU", "d) Ba./."},
		"point đ": {"BC", func(l *letter.Letter) {
			l.Body = letter.Parse("1. Kết quả:\na) Một;\nb) Hai;\nc) Ba;\nd) Bốn;\nđ) Năm;\ne) Sáu;\ng) Bảy./.")
		}, "", ""},
		"citation": {"BC", func(l *letter.Letter) {
			l.Body = letter.Parse("Thực hiện Quyết định số 12/2018/QĐ-TTg, Ban Dân tộc báo cáo./.")
		}, "w:VIEN-DAN", "Quyết định số 12/2018/QĐ-TTg"},
		"citation without subject": {"BC", func(l *letter.Letter) {
			l.Body = letter.Parse("Thực hiện Công văn số 12/STC-NS ngày 05 tháng 3 năm 2026 của Sở Tài chính, Ban Dân tộc gửi số liệu./.")
		}, "w:VIEN-DAN", ""},
		"citation of a law": {"BC", func(l *letter.Letter) {
			l.Body = letter.Parse("Theo Luật số 33/2024/QH15, hồ sơ được lưu mười năm./.")
		}, "w:VIEN-DAN-LUAT", ""},
		"capitals of words": {"BC", func(l *letter.Letter) {
			l.Body = letter.Parse("Ban dân tộc phối hợp với Ủy Ban Nhân Dân các xã theo khoản 2 điều 5 của Quy chế./.")
		}, "w:VIET-HOA w:VIET-HOA w:VIET-HOA", ""},
		"appendix not named": {"TB", func(l *letter.Letter) {
			l.Body = letter.Parse("Ban Dân tộc thông báo lịch trực./.")
			l.Appendices = []letter.Appendix{{Title: "Lịch trực", Body: letter.Parse("| A |\n|---|\n| 1 |")}}
		}, "w:PHU-LUC", ""},
		"empty": {"TB", func(l *letter.Letter) { l.Body = nil }, "B:NOI-DUNG", ""},
	} {
		l := good()[c.of]
		c.change(&l)
		got := formcheck.Letter(l, formcheck.Options{})
		if codes(got) != c.want {
			t.Errorf("%s: %s, not %s%s", name, codes(got), c.want, told(got))
		}
		if c.words != "" && len(got) > 0 && got[0].Place.Words != c.words {
			t.Errorf("%s: shown at %q", name, got[0].Place.Words)
		}
		for _, f := range got {
			if f.Place.Field == "" {
				t.Errorf("%s: %s has no field", name, f.Code)
			}
		}
	}
}

func TestElectronicDocumentsLeaveTheReferenceBlank(t *testing.T) {
	l := good()["KH with appendices"]
	l.Appendices[0].Enclosed = "Kèm theo Kế hoạch số 15/KH-BDT ngày 09 tháng 3 năm 2026"
	if got := codes(formcheck.Letter(l, formcheck.Options{Electronic: true})); got != "w:KEM-THEO" {
		t.Error(got)
	}
	if got := codes(formcheck.Letter(l, formcheck.Options{})); got != "" {
		t.Error(got)
	}
}

// A Word document may be wrong in more ways: in its looks.
func TestLooksAreJudgedInWord(t *testing.T) {
	l := good()["CV"]
	for name, c := range map[string]struct {
		change func(*docx.Document)
		want   string
	}{
		"margin":      {func(d *docx.Document) { d.Sections[0].Left = 25 }, "w:LE"},
		"paper":       {func(d *docx.Document) { d.Sections[0].Width, d.Sections[0].Height = 216, 279 }, "w:KHO-GIAY"},
		"page number": {func(d *docx.Document) { d.Sections[0].NumberOnFirst = true }, "w:SO-TRANG"},
		"font":        {func(d *docx.Document) { every(d, "Nhất trí", func(r *docx.Run) { r.Font = "Calibri" }) }, "w:PHONG-CHU"},
		"old font":    {func(d *docx.Document) { every(d, "Nhất trí", func(r *docx.Run) { r.Font = ".VnTime" }) }, "w:PHONG-CHU"},
		"size":        {func(d *docx.Document) { every(d, "Nhất trí", func(r *docx.Run) { r.Size = 12 }) }, "w:CO-CHU"},
		"date":        {func(d *docx.Document) { every(d, "Cao Bằng, ngày", func(r *docx.Run) { r.Italic = false }) }, "w:KIEU-CHU"},
		"name":        {func(d *docx.Document) { every(d, "Nông Thị Hoa", func(r *docx.Run) { r.Bold = false }) }, "w:KIEU-CHU"},
		"motto": {func(d *docx.Document) {
			replace(d, letter.Motto, "Độc lập – Tự do – Hạnh phúc")
		}, "B:TIEU-NGU"},
		"state":       {func(d *docx.Document) { replace(d, letter.State, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT  NAM.") }, "B:QUOC-HIEU"},
		"month":       {func(d *docx.Document) { replace(d, "tháng 3 năm 2026", "tháng 03 năm 2026") }, "w:THANG-KHONG"},
		"no Kính gửi": {func(d *docx.Document) { replace(d, "Kính gửi: Sở Tài chính", "") }, "B:KINH-GUI"},
		"kept":        {func(d *docx.Document) { replace(d, "- Lưu: VT, VP.", "- Lưu: VT, VP") }, "w:NOI-NHAN-DONG"},
		"number":      {func(d *docx.Document) { replace(d, "Số: 15/BDT-VP", "") }, "B:SO"},
	} {
		d := written(t, l)
		c.change(&d)
		if got := formcheck.Document(d, formcheck.Options{Type: "CV"}); codes(got) != c.want {
			t.Errorf("%s: %s, not %s%s", name, codes(got), c.want, told(got))
		}
	}
}

func every(d *docx.Document, words string, f func(*docx.Run)) {
	for _, p := range docx.Paragraphs(d.Blocks) {
		if strings.Contains(p.Text, words) {
			for i := range p.Runs {
				f(&p.Runs[i])
			}
		}
	}
}

func replace(d *docx.Document, old, with string) {
	for _, p := range docx.Paragraphs(d.Blocks) {
		if strings.Contains(p.Text, old) {
			p.Text = strings.ReplaceAll(p.Text, old, with)
		}
	}
}
