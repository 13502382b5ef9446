// SPDX-License-Identifier: Apache-2.0

package print

import (
	"bytes"
	"fmt"
	"io"
	"iter"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

var printed = time.Date(2026, 1, 5, 2, 0, 0, 0, time.UTC)

// incomingColumns are the columns of the register of incoming documents.
var incomingColumns = []Column{
	{"Ngày đến", 23, Center}, {"Số đến", 14, Center}, {"Tác giả", 33, Left}, {"Số, ký hiệu", 30, Left},
	{"Ngày tháng văn bản", 23, Center}, {"Tên loại và trích yếu", 66, Left}, {"Đơn vị hoặc người nhận", 28, Left},
	{"Ngày chuyển", 23, Center}, {"Ký nhận", 26, Left}, {"Ghi chú", 30, Left},
}

func incomingRows(n int) iter.Seq[Row] {
	return func(yield func(Row) bool) {
		for i := 1; i <= n; i++ {
			r := Row{Cells: []string{
				"05/01/2026", fmt.Sprint(i), "Ủy ban nhân dân tỉnh Cao Bằng", fmt.Sprintf("%d/UBND-VX", 1000+i), "03/01/2026",
				"Công văn về việc rà soát, đánh giá kết quả thực hiện chính sách đối với người có uy tín trong đồng bào dân tộc thiểu số năm 2025",
				"Phòng Chính sách Dân tộc", "05/01/2026", "Mông Văn Lâm 05/01/2026 14:05", "",
			}}
			switch {
			case i%17 == 3:
				r.Void, r.Cells[9] = true, "Đã hủy: đăng ký trùng"
			case i%23 == 5:
				r.Corrections = []Correction{{"06/02/2026", "người nhận sửa thành Phòng Kế hoạch – Tổng hợp"}}
			}
			if !yield(r) {
				return
			}
		}
	}
}

func sampleBook(n int) Book {
	return Book{
		Superior: "ỦY BAN NHÂN DÂN TỈNH CAO BẰNG", Agency: "BAN DÂN TỘC", Title: "SỔ ĐĂNG KÝ VĂN BẢN ĐẾN",
		Year: "2026", FromDay: "05/01/2026", ToDay: "31/03/2026", FromNumber: "1", ToNumber: fmt.Sprint(n), Volume: "01",
		Columns: incomingColumns, Rows: incomingRows(n), At: printed, Mark: "Dữ liệu mẫu",
		Opener:  Signer{Titles: []string{"TRƯỞNG BAN"}, Name: "Đàm Quốc Thắng"},
		Signers: []Signer{{Titles: []string{"NGƯỜI LẬP SỔ"}, Hint: "(Ký, ghi rõ họ tên)", Name: "Nông Thị Lan"}, {Titles: []string{"TL. TRƯỞNG BAN", "CHÁNH VĂN PHÒNG"}, Name: "Hoàng Văn Minh"}},
	}
}

func sampleSlip() HandlingSlip {
	return HandlingSlip{
		Superior: "UBND TỈNH CAO BẰNG", Agency: "BAN DÂN TỘC", Place: "Cao Bằng", On: printed, ArrivalNumber: "125", ArrivalDay: "05/01/2026",
		Urgency: "KHẨN", Kind: "Công văn", Number: "1234/UBND-VX", Day: "03/01/2026", Issuer: "Ủy ban nhân dân tỉnh Cao Bằng",
		Subject: "Về việc rà soát, đánh giá kết quả thực hiện chính sách đối với người có uy tín trong đồng bào dân tộc thiểu số năm 2025",
		Leader: Opinion{Text: "Khẩn trương tham mưu, báo cáo lãnh đạo Ban trước khi trình.", On: "05/01/2026", Signer: "Nông Thị Hoa",
			Given: []Assignment{{"Chủ trì", "Phòng Chính sách Dân tộc", "12/01/2026"}, {"Phối hợp", "Phòng Kế hoạch – Tổng hợp", "09/01/2026"}}},
	}
}

func sampleStamp() ArrivalStamp {
	return ArrivalStamp{Agency: "BAN DÂN TỘC TỈNH CAO BẰNG", Number: "125", Day: "05/01/2026", Forward: "Phòng Chính sách Dân tộc", At: printed,
		Facts: []Fact{{"Tên loại", "Công văn"}, {"Số, ký hiệu", "1234/UBND-VX"}, {"Ngày văn bản", "03/01/2026"}, {"Cơ quan ban hành", "Ủy ban nhân dân tỉnh Cao Bằng"},
			{"Trích yếu", "Về việc rà soát, đánh giá kết quả thực hiện chính sách đối với người có uy tín"}}}
}

func sampleReport(units int) Report {
	return Report{Superior: "UBND TỈNH CAO BẰNG", Agency: "BAN DÂN TỘC", Place: "Cao Bằng", On: printed, Title: "DANH SÁCH VIỆC QUÁ HẠN",
		Subtitle: "Tính đến 9 giờ 00 ngày 05/01/2026", Filters: "Toàn cơ quan; người giao: mọi lãnh đạo; lĩnh vực: tất cả.", At: printed, Landscape: true,
		Columns: []Column{{"STT", 10, Center}, {"Số đến", 16, Center}, {"Trích yếu", 110, Left}, {"Hạn xử lý", 24, Center}, {"Quá hạn (ngày làm việc)", 24, Right}, {"Đã đôn đốc", 20, Right}},
		Lines: func(yield func(Line) bool) {
			for u := range units {
				yield(Line{Kind: Group, Cells: []string{fmt.Sprintf("Phòng số %d — 8 việc quá hạn", u+1)}})
				yield(Line{Kind: Group, Level: 1, Cells: []string{"Lý Thanh Hải, Chuyên viên chính — 8 việc"}})
				for i := range 8 {
					yield(Line{Cells: []string{fmt.Sprint(i + 1), fmt.Sprint(100 + i), "Báo cáo kết quả thực hiện chương trình mục tiêu quốc gia phát triển kinh tế – xã hội vùng đồng bào dân tộc thiểu số và miền núi", "02/01/2026", "1", "0"}, Late: i < 3})
				}
				yield(Line{Kind: Total, Cells: []string{"", "", "Cộng", "", "8", "0"}})
			}
		},
		Notes: []string{"Ngày quá hạn đếm theo ngày làm việc."}, Signers: []Signer{{}, {Titles: []string{"NGƯỜI LẬP"}, Name: "Hoàng Văn Minh"}}}
}

func sampleLetter() OfficialLetter {
	return OfficialLetter{
		Superior: "ỦY BAN NHÂN DÂN TỈNH CAO BẰNG", Agency: "VĂN PHÒNG", Number: "1234/VP-VX", Place: "Cao Bằng", On: time.Date(2026, 2, 5, 0, 0, 0, 0, time.UTC),
		Subject: "rà soát, đánh giá kết quả thực hiện chính sách đối với người có uy tín năm 2025", Urgency: "THƯỢNG KHẨN",
		To: []string{"Ban Dân tộc", "Sở Tài chính", "Ủy ban nhân dân các huyện, thành phố"},
		Body: []Paragraph{
			{Text: "Thực hiện Quyết định số 28/2023/QĐ-TTg ngày 23 tháng 11 năm 2023 của Thủ tướng Chính phủ về tiêu chí lựa chọn, công nhận người có uy tín và chính sách đối với người có uy tín trong đồng bào dân tộc thiểu số, Văn phòng đề nghị các cơ quan, đơn vị triển khai một số nội dung sau:"},
			{Text: "1. Rà soát danh sách người có uy tín trên địa bàn; kịp thời đề nghị bổ sung, thay thế theo quy định tại khoản 2 Điều 6, gửi kèm biểu số 02/NCUT-2025."},
			{Text: "2. Báo cáo kết quả trước ngày 20 tháng 02 năm 2026./."},
		},
		Signer: Signer{Titles: []string{"KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"}, Name: "Nông Đức Bình"}, Recipients: []string{"Như trên", "Lãnh đạo Văn phòng", "Lưu: VT, VX"},
		Drafter: "PL.(15)", Address: "Địa chỉ: số 1, phố Vườn Cam, thành phố Cao Bằng", At: printed,
	}
}

func sampleDecision(paragraphs int) OfficialLetter {
	l := OfficialLetter{Superior: "UBND TỈNH CAO BẰNG", Agency: "BAN DÂN TỘC", Number: "05/QĐ-BDT", Place: "Cao Bằng", On: printed, Kind: "QUYẾT ĐỊNH",
		Subject: "Về việc thành lập Tổ công tác rà soát người có uy tín", Authority: "TRƯỞNG BAN DÂN TỘC TỈNH CAO BẰNG",
		Bases:   []string{"Căn cứ Luật Tổ chức chính quyền địa phương", "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư", "Theo đề nghị của Trưởng phòng Chính sách Dân tộc"},
		Formula: "QUYẾT ĐỊNH:", At: printed, Signer: Signer{Titles: []string{"TRƯỞNG BAN"}, Name: "Đàm Quốc Thắng"}, Recipients: []string{"Như Điều 3", "Lưu: VT, CS"}}
	for i := range paragraphs {
		l.Body = append(l.Body, Paragraph{Lead: fmt.Sprintf("Điều %d.", i+1), Text: "Thành lập Tổ công tác gồm các ông, bà có tên trong danh sách kèm theo, có nhiệm vụ kiểm tra, rà soát, tổng hợp và báo cáo Trưởng Ban trước ngày 15 hằng tháng theo đúng quy định hiện hành của Nhà nước."})
	}
	return l
}

// samples are one of each sheet; SOVIEC_PRINT_DIR keeps them to be looked at.
func samples() map[string]func(io.Writer) error {
	return map[string]func(io.Writer) error{
		"register": func(w io.Writer) error { return Register(w, sampleBook(60)) },
		"slip":     func(w io.Writer) error { return Slip(w, sampleSlip()) },
		"blank":    func(w io.Writer) error { s := sampleSlip(); s.Leader = Opinion{}; return Slip(w, s) },
		"stamp":    func(w io.Writer) error { return Stamp(w, sampleStamp()) },
		"table":    func(w io.Writer) error { return Table(w, sampleReport(5)) },
		"letter":   func(w io.Writer) error { return Letter(w, sampleLetter()) },
		"decision": func(w io.Writer) error { return Letter(w, sampleDecision(12)) },
	}
}

func TestSheetsAreWholeAndEqualForEqualInput(t *testing.T) {
	var wait sync.WaitGroup
	for name, write := range samples() {
		var first bytes.Buffer
		if err := write(&first); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if !bytes.HasPrefix(first.Bytes(), []byte("%PDF-")) || !bytes.HasSuffix(bytes.TrimSpace(first.Bytes()), []byte("%%EOF")) {
			t.Errorf("%s: not a whole PDF file", name)
		}
		if dir := os.Getenv("SOVIEC_PRINT_DIR"); dir != "" {
			if err := os.WriteFile(filepath.Join(dir, name+".pdf"), first.Bytes(), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		for range 3 {
			wait.Go(func() { // at the same time: the typeface is shared
				var again bytes.Buffer
				if err := write(&again); err != nil {
					t.Errorf("%s: %v", name, err)
				}
				if !bytes.Equal(first.Bytes(), again.Bytes()) {
					t.Errorf("%s: equal input gave other bytes", name)
				}
			})
		}
		wait.Wait()
	}
}

func TestLettersAreSmall(t *testing.T) {
	for name, l := range map[string]OfficialLetter{"letter": sampleLetter(), "decision": sampleDecision(3)} {
		var b bytes.Buffer
		if err := Letter(&b, l); err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %d bytes", name, b.Len())
		if b.Len() > 40_000 {
			t.Errorf("%s: %d bytes, want at most 40,000", name, b.Len())
		}
	}
}

// pdfText is the text of a PDF as poppler reads it.
func pdfText(t *testing.T, pdf []byte, args ...string) string {
	t.Helper()
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("pdftotext (poppler-utils) is missing: the text layer is not compared")
	}
	file := filepath.Join(t.TempDir(), "in.pdf")
	if err := os.WriteFile(file, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(tool, append(args, "-enc", "UTF-8", file, "-")...).Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func text(t *testing.T, write func(io.Writer) error) string {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	return strings.Join(strings.Fields(pdfText(t, b.Bytes())), " ")
}

// vietnamese is every letter of the alphabet with every mark it can carry.
const vietnamese = "aàảãáạ ăằẳẵắặ âầẩẫấậ bcd đ eèẻẽéẹ êềểễếệ gh iìỉĩíị klmn oòỏõóọ ôồổỗốộ ơờởỡớợ pqrst uùủũúụ ưừửữứự vx yỳỷỹýỵ fjwz"

func TestEveryVietnameseLetterComesBack(t *testing.T) {
	letters := vietnamese + " " + strings.ToUpper(vietnamese) + " 0123456789 \"“”‘’–—…%/()[]§°²±×≥≤→₫€"
	for _, st := range []Paragraph{{Text: letters}, {Text: letters, Bold: true}} {
		got := text(t, func(w io.Writer) error {
			return Letter(w, OfficialLetter{Agency: "A", Subject: "x", Body: []Paragraph{st}, At: printed})
		})
		for word := range strings.FieldsSeq(letters) {
			if !strings.Contains(got, word) {
				t.Errorf("%+v: %q does not come back in %q", st, word, got)
			}
		}
	}
	italics := text(t, func(w io.Writer) error {
		return Letter(w, OfficialLetter{Agency: "A", Subject: "x", Bases: []string{letters}, At: printed})
	})
	for word := range strings.FieldsSeq(letters) {
		if !strings.Contains(italics, word) {
			t.Errorf("italic: %q does not come back in %q", word, italics)
		}
	}
}

func TestForeignLettersDoNotBreakTheSheet(t *testing.T) {
	got := text(t, func(w io.Writer) error {
		return Letter(w, OfficialLetter{Agency: "A", Subject: "hoà\u0300 \u0001中文 😀 e\u0302\u0301 \u200bхорошо \xff", Kind: "BÁO CÁO", At: printed})
	})
	for _, want := range []string{"ế", "хорошо", "□□"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in %q", want, got)
		}
	}
}

func TestRegisterHasCoverHeadsAndClosing(t *testing.T) {
	var b bytes.Buffer
	if err := Register(&b, sampleBook(60)); err != nil {
		t.Fatal(err)
	}
	pages := strings.Split(strings.TrimSuffix(pdfText(t, b.Bytes()), "\f"), "\f")
	if len(pages) < 5 {
		t.Fatalf("%d pages, want at least 5", len(pages))
	}
	flat := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	for i, p := range pages[:2] {
		for _, want := range []string{"SỔ ĐĂNG KÝ VĂN BẢN ĐẾN", "Năm: 2026", "Từ ngày 05/01/2026 đến ngày 31/03/2026", "Từ số 1 đến số 60", "Quyển số: 01", "Dữ liệu mẫu"} {
			if !strings.Contains(flat(p), want) {
				t.Errorf("page %d: %q is missing", i+1, want)
			}
		}
	}
	for i, p := range pages[2:] {
		for _, want := range []string{"Tên loại và trích yếu", "(1)", "(10)", fmt.Sprintf("Trang %d/%d", i+1, len(pages)-2)} {
			if !strings.Contains(flat(p), want) {
				t.Errorf("page %d: %q is missing in %.200q", i+3, want, flat(p))
			}
		}
	}
	all := flat(strings.Join(pages, " "))
	for _, want := range []string{"Sổ này có 60 văn bản, từ số 1 đến số 60, trong đó 4 số đã hủy", "Đính chính 06/02/2026"} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is missing", want)
		}
	}
}

func TestRowLongerThanAPageIsCutNotLost(t *testing.T) {
	var words []string
	for i := range 3000 {
		words = append(words, fmt.Sprintf("từ%d", i))
	}
	b := sampleBook(0)
	b.Rows = func(yield func(Row) bool) {
		yield(Row{Cells: []string{"05/01/2026", "1", "", "", "", strings.Join(words, " ")}})
	}
	got := " " + text(t, func(w io.Writer) error { return Register(w, b) }) + " "
	for _, w := range words {
		if !strings.Contains(got, " "+w+" ") {
			t.Fatalf("%q is missing", w)
		}
	}
}

func TestSlipIsOneSheetHoweverLong(t *testing.T) {
	s := sampleSlip()
	s.Subject = strings.Repeat("trích yếu rất dài ", 60)
	s.Leader.Text = strings.Repeat("ý kiến chỉ đạo cụ thể ", 60)
	s.Handler.Text = strings.Repeat("đề xuất phương án giải quyết ", 40)
	var b bytes.Buffer
	if err := Slip(&b, s); err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(b.Bytes(), []byte("/Type /Page\n")); n != 1 {
		t.Errorf("%d pages, want 1", n)
	}
}

func TestWrapKeepsEveryLetterWithinTheWidth(t *testing.T) {
	f := &faces()[regular]
	for _, s := range []string{"", " ", "Ủy ban nhân dân tỉnh", "1234567890/QĐ-UBND-NC-KTTH-VX-TCTTHC", strings.Repeat("đ", 200), "một\n\nhai", "a\u00a0b c"} {
		for _, width := range []int{1, 600, 3000, 20000} {
			lines := f.wrap(s, width)
			if len(lines) == 0 {
				t.Fatalf("%q: no line", s)
			}
			for _, l := range lines {
				if f.width(l) > width && len([]rune(l)) > 1 {
					t.Errorf("%q at %d: line %q is too wide", s, width, l)
				}
			}
			if got, want := squeeze(strings.Join(lines, "")), squeeze(s); got != want {
				t.Errorf("%q at %d: letters became %q", s, width, got)
			}
		}
	}
}

func squeeze(s string) string { return strings.NewReplacer(" ", "", "\n", "").Replace(s) }

func TestPlaceAndDateHasTheLawsZeros(t *testing.T) {
	for on, want := range map[time.Time]string{
		time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC):   "Cao Bằng, ngày 05 tháng 01 năm 2026",
		time.Date(2026, 3, 15, 0, 0, 0, 0, time.UTC):  "Cao Bằng, ngày 15 tháng 3 năm 2026",
		time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC): "Cao Bằng, ngày 31 tháng 12 năm 2026",
	} {
		if got := PlaceAndDate("Cao Bằng", on); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// The statutory header fits: the measured widths of the motto (documents of the
// state carry it on every sheet) tell whether the typeface has the right measures.
func TestTypefaceHasTheMeasuresOfTimes(t *testing.T) {
	for _, c := range []struct {
		text string
		st   style
		size float64
		want float64
	}{
		{"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold, 12, 88.3},
		{"Độc lập - Tự do - Hạnh phúc", bold, 13, 56.1},
	} {
		if got := width(c.text, c.st, c.size); got < c.want-0.6 || got > c.want+0.6 {
			t.Errorf("%q: %.1f mm, want %.1f", c.text, got, c.want)
		}
	}
}

func BenchmarkLetter(b *testing.B) {
	l := sampleLetter()
	b.ReportAllocs()
	for b.Loop() {
		if err := Letter(io.Discard, l); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkRegister prints a year of a large agency: 10,000 rows.
func BenchmarkRegister(b *testing.B) {
	var peak uint64
	stop := make(chan struct{})
	done := make(chan struct{})
	go func() {
		defer close(done)
		var m runtime.MemStats
		for {
			select {
			case <-stop:
				return
			case <-time.After(20 * time.Millisecond):
				runtime.ReadMemStats(&m)
				peak = max(peak, m.HeapInuse)
			}
		}
	}()
	for b.Loop() {
		if err := Register(io.Discard, sampleBook(10_000)); err != nil {
			b.Fatal(err)
		}
	}
	close(stop)
	<-done
	b.ReportMetric(float64(peak)/1e6, "peakMB")
}
