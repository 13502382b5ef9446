// SPDX-License-Identifier: Apache-2.0

package sheet

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"

	"soviec/kit/fault"
)

func readAll(data []byte, name string, l Limits) ([]Record, error) {
	var out []Record
	for r, err := range Read(context.Background(), bytes.NewReader(data), int64(len(data)), name, l) {
		if err != nil {
			return out, err
		}
		out = append(out, r)
	}
	return out, nil
}

func mustRead(t *testing.T, data []byte, name string) []Record {
	t.Helper()
	out, err := readAll(data, name, Limits{})
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return out
}

func wantCells(t *testing.T, got Record, number int, want ...string) {
	t.Helper()
	if got.Number != number || !slices.Equal(got.Cells, want) {
		t.Errorf("row %d %q, want row %d %q", got.Number, got.Cells, number, want)
	}
}

var office = time.FixedZone("", 7*3600)

func sampleWorkbook(t testing.TB, rows int) []byte {
	t.Helper()
	var b bytes.Buffer
	err := Write(&b, Book{Author: "Ban Dân tộc tỉnh Cao Bằng", Sheets: []Sheet{{
		Name: "Sổ đến 2019", Titles: []string{"SỔ ĐĂNG KÝ VĂN BẢN ĐẾN", "Năm 2019"}, Numbered: true,
		Columns: []Column{{Title: "Ngày đến"}, {Title: "Số đến", Width: 8}, {Title: "Tác giả", Width: 30}, {Title: "Trích yếu", Width: 60}, {Title: "Lúc chuyển"}},
		Rows: func(yield func(Row) bool) {
			for i := range rows {
				if !yield(Row{Void: i%3 == 1, Cells: []any{Day("2019-01-05"), i + 1, "Ủy ban nhân dân tỉnh", "=HYPERLINK(\"x\")", time.Date(2019, 1, 5, 14, 5, 0, 0, office)}}) {
					return
				}
			}
		},
		Footer: []string{"Sổ này có " + fmt.Sprint(rows) + " văn bản."},
	}}})
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestWhatIsWrittenComesBack(t *testing.T) {
	data := sampleWorkbook(t, 4)
	got := mustRead(t, data, "so.xlsx")
	if len(got) != 9 {
		t.Fatalf("%d rows, want 9: %v", len(got), got)
	}
	wantCells(t, got[0], 1, "SỔ ĐĂNG KÝ VĂN BẢN ĐẾN")
	wantCells(t, got[2], 3, "Ngày đến", "Số đến", "Tác giả", "Trích yếu", "Lúc chuyển")
	wantCells(t, got[3], 4, "(1)", "(2)", "(3)", "(4)", "(5)")
	wantCells(t, got[5], 6, "05/01/2019", "2", "Ủy ban nhân dân tỉnh", "=HYPERLINK(\"x\")", "05/01/2019 14:05")
	wantCells(t, got[8], 9, "Sổ này có 4 văn bản.")
	if a := got[5].Address(3); a != "D6" {
		t.Errorf("address %s, want D6", a)
	}

	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for cell, want := range map[string]excelize.CellType{"A6": excelize.CellTypeUnset, "B6": excelize.CellTypeUnset, "D6": excelize.CellTypeInlineString} {
		if got, err := f.GetCellType("Sổ đến 2019", cell); err != nil || got != want {
			t.Errorf("%s has type %v (%v), want %v", cell, got, err, want)
		}
	}
	if formula, _ := f.GetCellFormula("Sổ đến 2019", "D6"); formula != "" {
		t.Errorf("D6 holds the formula %q", formula)
	}
	for cell, want := range map[string]bool{"C5": false, "C6": true} {
		id, _ := f.GetCellStyle("Sổ đến 2019", cell)
		st, err := f.GetStyle(id)
		if err != nil || st.Font.Strike != want {
			t.Errorf("%s struck through: %v (%v), want %v", cell, !want, err, want)
		}
	}
	if panes, err := f.GetPanes("Sổ đến 2019"); err != nil || !panes.Freeze || panes.YSplit != 4 {
		t.Errorf("head is not frozen: %+v %v", panes, err)
	}
}

// Every way to format a date gives the same text; numbers lose their ornaments.
func TestForeignFormats(t *testing.T) {
	f := excelize.NewFile()
	day := 43470.0 // 05/01/2019
	cases := []struct {
		code  string
		id    int
		value any
		want  string
	}{
		{"", 14, day, "05/01/2019"}, {"", 15, day, "05/01/2019"}, {"", 22, day + 0.5, "05/01/2019 12:00"},
		{"d/m/yy", 0, day, "05/01/2019"}, {"[$-42A]dd mmmm yyyy;@", 0, day, "05/01/2019"}, {`"ngày" dd "tháng" mm`, 0, day, "05/01/2019"},
		{"yyyy-mm-dd hh:mm:ss", 0, day + 0.25, "05/01/2019 06:00"}, {"mmm-yy", 0, day, "05/01/2019"},
		{"0000", 0, 12, "0012"}, {"#,##0", 0, 1234, "1234"}, {"", 4, 1234.5, "1234.5"}, {`#,##0 "đồng"`, 0, 2000, "2000"}, {"", 0, 1089012345678, "1089012345678"},
		{"", 0, "  chữ\u00a0", "chữ"}, {"@", 0, "00123", "00123"}, {"", 0, "e\u0302\u0301", "ế"}, {"", 0, true, "TRUE"}, {"", 0, 1.1 + 2.2, "3.3"}, {"", 2, 1.1 + 2.2, "3.3"}, {"", 14, "không rõ", "không rõ"}, {"hh:mm", 0, 0.5, "12:00"}, {"", 14, 1.0, "01/01/1900"}, {"[Red]0.0;[Blue]-0.0", 0, -2.5, "-2.5"},
	}
	for i, c := range cases {
		s := &excelize.Style{NumFmt: c.id}
		if c.code != "" {
			s.CustomNumFmt = &c.code
		}
		id, err := f.NewStyle(s)
		if err != nil {
			t.Fatal(err)
		}
		cell := Address(i+1, 0)
		if err := errors.Join(f.SetCellValue("Sheet1", cell, c.value), f.SetCellStyle("Sheet1", cell, cell, id)); err != nil {
			t.Fatal(err)
		}
	}
	n := len(cases)
	if err := errors.Join(f.SetCellFormula("Sheet1", Address(n+1, 0), "1+1"), f.SetCellValue("Sheet1", Address(n+1, 1), "x")); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	got := mustRead(t, b.Bytes(), "x.xlsx")
	for i, c := range cases {
		if got[i].Cell(0) != c.want {
			t.Errorf("%v as %q/%d: %q, want %q", c.value, c.code, c.id, got[i].Cell(0), c.want)
		}
	}
	wantCells(t, got[n], n+1, "", "x") // a formula without a stored value has none
}

func TestCSVInAllItsLetters(t *testing.T) {
	const table = "Số đến;Tác giả;Trích yếu\r\n1;Ủy ban nhân dân tỉnh;\"Về việc \"\"rà soát\"\"; đánh giá\"\r\n\r\n2;Sở Nội vụ;Đường Nguyễn Huệ, phường Hợp Giang\r\n"
	utf16of := func(little bool, mark bool) []byte {
		var out []byte
		units := utf16.Encode([]rune(table))
		if mark {
			units = append([]uint16{0xfeff}, units...)
		}
		for _, u := range units {
			if little {
				out = append(out, byte(u), byte(u>>8))
			} else {
				out = append(out, byte(u>>8), byte(u))
			}
		}
		return out
	}
	// Windows-1258 writes tone marks as letters of their own.
	var windows []byte
	for _, r := range table {
		if b, ok := charmap.Windows1258.EncodeRune(r); ok {
			windows = append(windows, b)
			continue
		}
		base, marks := []rune{}, []rune{}
		for _, d := range norm.NFD.String(string(r)) {
			switch d {
			case 0x300, 0x301, 0x303, 0x309, 0x323:
				marks = append(marks, d)
			default:
				base = append(base, d)
			}
		}
		for _, r := range append([]rune(norm.NFC.String(string(base))), marks...) {
			b, ok := charmap.Windows1258.EncodeRune(r)
			if !ok {
				t.Fatalf("no letter %q in Windows-1258", r)
			}
			windows = append(windows, b)
		}
	}
	for name, data := range map[string][]byte{
		"utf-8": []byte(table), "utf-8 with mark": []byte("\ufeff" + table), "decomposed": []byte(norm.NFD.String(table)),
		"utf-16le": utf16of(true, true), "utf-16be": utf16of(false, true), "utf-16le unmarked": utf16of(true, false), "windows-1258": windows,
		"tab": []byte(strings.ReplaceAll(strings.ReplaceAll(table, ";", "\t"), "\t đánh", "; đánh")), "sep=": []byte("sep=;\r\n" + table),
	} {
		t.Run(name, func(t *testing.T) {
			got := mustRead(t, data, "so.csv")
			if len(got) != 3 {
				t.Fatalf("%d rows, want 3: %v", len(got), got)
			}
			shift := 0
			if name == "sep=" {
				shift = 1
			}
			wantCells(t, got[0], 1+shift, "Số đến", "Tác giả", "Trích yếu")
			wantCells(t, got[1], 2+shift, "1", "Ủy ban nhân dân tỉnh", "Về việc \"rà soát\"; đánh giá")
			wantCells(t, got[2], 4+shift, "2", "Sở Nội vụ", "Đường Nguyễn Huệ, phường Hợp Giang")
		})
	}
	wantCells(t, mustRead(t, []byte("a,caf\xe9\nb,\xdcber 5\xb0\n"), "x.csv")[1], 2, "b", "Über 5°")
}

func TestLimitsAreKept(t *testing.T) {
	book := sampleWorkbook(t, 50)
	for name, c := range map[string]struct {
		data  []byte
		limit Limits
		want  string
	}{
		"file":     {book, Limits{FileBytes: 100}, "quá lớn"},
		"unpacked": {book, Limits{UnpackedBytes: 1000}, "giải nén"},
		"rows":     {book, Limits{Rows: 10}, "dòng"},
		"columns":  {book, Limits{Columns: 3}, "cột"},
		"cells":    {book, Limits{Cells: 60}, "quá nhiều ô"},
		"cell":     {[]byte("a;b\n" + strings.Repeat("x", 200) + ";c\n"), Limits{CellBytes: 100}, "Ô A2"},
		"sheet":    {book, Limits{Sheet: "không có"}, "trang tính"},
		"empty":    {nil, Limits{}, "rỗng"},
		"old":      {[]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), Limits{}, ".xls"},
		"pdf":      {[]byte("%PDF-1.7\n1 0 obj"), Limits{}, "PDF"},
		"broken":   {book[:len(book)/2], Limits{}, "hỏng"},
		"binary":   {[]byte("abc\x00\x01\x02;;\x00"), Limits{}, "không phải"},
	} {
		_, err := readAll(c.data, "x", c.limit)
		if !fault.Is(err, fault.KindInvalid) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want a sentence with %q", name, err, c.want)
		}
	}
}

// A few kilobytes that unpack to hundreds of megabytes, or that make a parser
// build millions of things, are refused before they cost anything.
func TestBombs(t *testing.T) {
	bomb := func(part, content string, times int) []byte {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		in, err := zip.NewReader(bytes.NewReader(sampleWorkbook(t, 1)), int64(len(sampleWorkbook(t, 1))))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range in.File {
			if f.Name != part {
				if err := z.Copy(f); err != nil {
					t.Fatal(err)
				}
			}
		}
		w, err := z.Create(part)
		if err != nil {
			t.Fatal(err)
		}
		piece := []byte(strings.Repeat(content, 1000))
		for range times / 1000 {
			if _, err := w.Write(piece); err != nil {
				t.Fatal(err)
			}
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	for name, data := range map[string][]byte{
		"many strings": bomb("xl/sharedStrings.xml", "<si/>", 40_000_000),
		"deep tags":    bomb("xl/worksheets/sheet1.xml", "<a>", 20_000_000),
		"one text":     bomb("xl/worksheets/sheet1.xml", "xxxxxxxxxx", 10_000_000),
		"zeros":        bomb("xl/worksheets/sheet2.xml", strings.Repeat("0", 1000), 400_000),
		"styles":       bomb("xl/styles.xml", "<xf/>", 5_000_000),
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		start := time.Now()
		_, err := readAll(data, "x.xlsx", Limits{})
		runtime.ReadMemStats(&after)
		if !fault.Is(err, fault.KindInvalid) {
			t.Errorf("%s (%d bytes): %v, want it refused", name, len(data), err)
		}
		if cost := after.TotalAlloc - before.TotalAlloc; cost > 64<<20 {
			t.Errorf("%s: %d MB to refuse it", name, cost>>20)
		}
		if d := time.Since(start); d > 10*time.Second {
			t.Errorf("%s: %v to refuse it", name, d)
		}
	}
}

func TestReadingCanBeStopped(t *testing.T) {
	data := sampleWorkbook(t, 2000)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var last error
	for _, err := range Read(ctx, bytes.NewReader(data), int64(len(data)), "x.xlsx", Limits{}) {
		cancel()
		last = err
	}
	if !errors.Is(last, context.Canceled) {
		t.Errorf("ended with %v, want %v", last, context.Canceled)
	}
	n := 0
	for range Read(context.Background(), bytes.NewReader(data), int64(len(data)), "x.xlsx", Limits{}) {
		if n++; n == 3 {
			break
		}
	}
	if n != 3 {
		t.Errorf("%d rows after a break", n)
	}
}

var registerColumns = []Column{
	{Key: "arrived_on", Title: "Ngày đến", Titles: []string{"Ngày tháng đến", "Ngày nhận"}},
	{Key: "number", Title: "Số đến", Titles: []string{"Số thứ tự đến", "STT đến"}},
	{Key: "issuer", Title: "Tác giả", Titles: []string{"Cơ quan ban hành", "Nơi gửi", "Nơi ban hành"}},
	{Key: "notation", Title: "Số, ký hiệu", Titles: []string{"Số ký hiệu văn bản", "Số hiệu", "Số văn bản"}},
	{Key: "dated", Title: "Ngày tháng văn bản", Titles: []string{"Ngày văn bản", "Ngày ban hành", "Ngày ký"}},
	{Key: "subject", Title: "Tên loại và trích yếu", Titles: []string{"Trích yếu nội dung", "Trích yếu", "Nội dung"}},
	{Key: "lead", Title: "Đơn vị hoặc người nhận", Titles: []string{"Đơn vị xử lý", "Chủ trì"}},
	{Key: "due_on", Title: "Hạn xử lý", Titles: []string{"Thời hạn giải quyết", "Hạn giải quyết"}},
}

func TestProposeMapping(t *testing.T) {
	for _, c := range []struct {
		head []string
		want map[string]int
	}{
		{[]string{"Ngày đến", "Số đến", "Tác giả", "Số, ký hiệu", "Ngày tháng văn bản", "Tên loại và trích yếu", "Đơn vị hoặc người nhận"},
			map[string]int{"arrived_on": 0, "number": 1, "issuer": 2, "notation": 3, "dated": 4, "subject": 5, "lead": 6}},
		{[]string{"STT", "SO DEN", "NGAY DEN", "SO KY HIEU", "NGAY VAN BAN", "CO QUAN BAN HANH", "TRICH YEU ND", "HAN XU LY"},
			map[string]int{"number": 1, "arrived_on": 2, "notation": 3, "dated": 4, "issuer": 5, "subject": 6, "due_on": 7}},
		{[]string{"Số đến (2)", "Số/ Ký hiệu", "Nơi gửi", "Ngày nhận"}, map[string]int{"number": 0, "notation": 1, "issuer": 2, "arrived_on": 3}},
		{[]string{"", "x", "Họ và tên"}, map[string]int{}},
	} {
		if got := ProposeMapping(c.head, registerColumns); !maps.Equal(got, c.want) {
			t.Errorf("%q: %v, want %v", c.head, got, c.want)
		}
	}
	rows := [][]string{{"SỔ ĐĂNG KÝ VĂN BẢN ĐẾN"}, {"Từ ngày 01/01/2019"}, {"Ngày đến", "Số đến", "Tác giả"}, {"02/01/2019", "1", "UBND tỉnh"}}
	if i := FindHead(rows, registerColumns); i != 2 {
		t.Errorf("head in row %d, want 2", i)
	}
}

func TestColumnNames(t *testing.T) {
	for n, want := range map[int]string{0: "A", 25: "Z", 26: "AA", 701: "ZZ", 702: "AAA", 16383: "XFD"} {
		if got := ColumnName(n); got != want {
			t.Errorf("column %d is %s, want %s", n, got, want)
		}
	}
}
