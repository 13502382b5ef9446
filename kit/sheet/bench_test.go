// SPDX-License-Identifier: Apache-2.0

package sheet

import (
	"bytes"
	"context"
	"fmt"
	"runtime"
	"testing"
	"time"
)

func register(rows int) Book {
	columns := make([]Column, 12)
	for i := range columns {
		columns[i].Title = fmt.Sprint("Cột ", i+1)
	}
	return Book{Sheets: []Sheet{{Columns: columns, Rows: func(yield func(Row) bool) {
		for i := range rows {
			if !yield(Row{Cells: []any{Day("2019-01-05"), i + 1, "Ủy ban nhân dân tỉnh Cao Bằng", fmt.Sprint(i, "/UBND-VX"), Day("2019-01-03"),
				fmt.Sprint("Công văn về việc rà soát, đánh giá kết quả thực hiện chính sách, lần ", i), "Phòng Chính sách Dân tộc", Day("2019-01-05"), "", "Nông Thị Lan", "x", 1.5}}) {
				return
			}
		}
	}}}}
}

func peakHeap(f func()) float64 {
	runtime.GC()
	stop, done := make(chan struct{}), make(chan uint64)
	go func() {
		var m runtime.MemStats
		var peak uint64
		for {
			select {
			case <-stop:
				done <- peak
				return
			case <-time.After(20 * time.Millisecond):
				runtime.ReadMemStats(&m)
				peak = max(peak, m.HeapInuse)
			}
		}
	}()
	f()
	close(stop)
	return float64(<-done) / 1e6
}

// The two benchmarks move 100,000 rows of 12 columns.
func BenchmarkWrite(b *testing.B) {
	for b.Loop() {
		b.ReportMetric(peakHeap(func() {
			var out bytes.Buffer
			if err := Write(&out, register(100_000)); err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(out.Len())/1e6, "fileMB")
		}), "peakMB")
	}
}

func BenchmarkRead(b *testing.B) {
	var written bytes.Buffer
	if err := Write(&written, register(100_000)); err != nil {
		b.Fatal(err)
	}
	readRegister(b, written.Bytes())
}

// BenchmarkReadShared reads the same as Excel writes it: texts in a table of their own.
func BenchmarkReadShared(b *testing.B) {
	var sheet, texts bytes.Buffer
	sheet.WriteString(`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`)
	texts.WriteString(`<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`)
	n := 0
	for i := range 100_001 {
		fmt.Fprintf(&sheet, `<row r="%d">`, i+1)
		for c := range 12 {
			if c%4 == 0 {
				fmt.Fprintf(&sheet, `<c r="%s"><v>%d</v></c>`, Address(i+1, c), 43470+i%365)
				continue
			}
			fmt.Fprintf(&sheet, `<c r="%s" t="s"><v>%d</v></c>`, Address(i+1, c), n)
			fmt.Fprintf(&texts, `<si><t>Về việc rà soát, đánh giá kết quả %d</t></si>`, n)
			n++
		}
		sheet.WriteString(`</row>`)
	}
	sheet.WriteString(`</sheetData></worksheet>`)
	texts.WriteString(`</sst>`)
	readRegister(b, replaced(b, map[string][]byte{"xl/worksheets/sheet1.xml": sheet.Bytes(), "xl/sharedStrings.xml": texts.Bytes()}))
}

func readRegister(b *testing.B, data []byte) {
	for b.Loop() {
		b.ReportMetric(peakHeap(func() {
			n := 0
			for _, err := range Read(context.Background(), bytes.NewReader(data), int64(len(data)), "x.xlsx", Limits{}) {
				if err != nil {
					b.Fatal(err)
				}
				n++
			}
			if n != 100_001 {
				b.Fatalf("%d rows", n)
			}
		}), "peakMB")
	}
}
