// SPDX-License-Identifier: Apache-2.0

package sheet

import (
	"archive/zip"
	"bytes"
	"maps"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"soviec/kit/fault"
)

// small keeps the fuzzers bounded.
var small = Limits{FileBytes: 1 << 20, UnpackedBytes: 4 << 20, Rows: 1000, Columns: 50, Cells: 20_000, CellBytes: 4096}

func checkRead(t *testing.T, data []byte, name string) {
	rows, err := readAll(data, name, small)
	if err != nil && !fault.Is(err, fault.KindInvalid) {
		t.Fatalf("not a sentence for the person: %v", err)
	}
	last := 0
	for _, r := range rows {
		if r.Number <= last || len(r.Cells) == 0 || len(r.Cells) > small.Columns {
			t.Fatalf("row %d after %d with %d cells", r.Number, last, len(r.Cells))
		}
		last = r.Number
		for _, c := range r.Cells {
			if !norm.NFC.IsNormalString(c) || strings.ContainsAny(c, "\x00\r\t") {
				t.Fatalf("cell %q is not clean", c)
			}
		}
	}
}

func FuzzReadCSV(f *testing.F) {
	for _, s := range []string{"", "a;b\n1;2\n", "\ufeffSố,Tên\r\n", "\xff\xfea\x00;\x00", "sep=|\na|b", "\"a\"\"\n;\"", "a\xec\xf2;\xd0\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) { checkRead(t, data, "x.csv") })
}

// FuzzReadXLSX puts foreign text into the parts that the parser reads; bytes of
// a whole archive would nearly never pass the checksum.
func FuzzReadXLSX(f *testing.F) {
	f.Add([]byte(`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" s="1"><v>43470</v></c></row></sheetData></worksheet>`),
		[]byte(`<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>x</t></si></sst>`),
		[]byte(`<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts><numFmt numFmtId="200" formatCode="d/m"/></numFmts><cellXfs><xf/><xf numFmtId="200"/></cellXfs></styleSheet>`))
	f.Add([]byte(`<worksheet><sheetData><row r="9999999"><c r="XFE1" t="b"/></row>`), []byte(`<sst><si>`), []byte(`<styleSheet><cellXfs/></styleSheet>`))
	f.Fuzz(func(t *testing.T, sheet, texts, looks []byte) {
		checkRead(t, replaced(t, map[string][]byte{"xl/worksheets/sheet1.xml": sheet, "xl/sharedStrings.xml": texts, "xl/styles.xml": looks}), "x.xlsx")
	})
}

// replaced is a small workbook with other contents in some of its parts.
func replaced(t testing.TB, parts map[string][]byte) []byte {
	t.Helper()
	whole := sampleWorkbook(t, 1)
	in, err := zip.NewReader(bytes.NewReader(whole), int64(len(whole)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range in.File {
		if _, own := parts[f.Name]; !own {
			if err := z.Copy(f); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(parts[name]); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
