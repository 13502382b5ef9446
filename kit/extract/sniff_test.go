// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"soviec/kit/fault"
)

// zipOf makes a zip of name, content pairs; the first entry is stored plainly.
func zipOf(t testing.TB, parts ...string) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		var f io.Writer
		var err error
		if content := []byte(parts[i+1]); i == 0 {
			f, err = w.CreateRaw(&zip.FileHeader{
				Name: parts[i], CRC32: crc32.ChecksumIEEE(content),
				CompressedSize64: uint64(len(content)), UncompressedSize64: uint64(len(content)),
			})
		} else {
			f, err = w.Create(parts[i])
		}
		if err != nil {
			t.Fatal(err)
		}
		f.Write([]byte(parts[i+1]))
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestSniffFile(t *testing.T) {
	types := "[Content_Types].xml"
	for name, c := range map[string]struct {
		b    []byte
		want Type
	}{
		"a.exe":    {makePDF(false, ""), PDF},
		"b.png":    {[]byte("\x89PNG\r\n\x1a\n\x00"), PNG},
		"c.jpg":    {[]byte("\xff\xd8\xff\xe0"), JPG},
		"d.pdf":    {zipOf(t, types, "", "word/document.xml", ""), DOCX},
		"e.xlsx":   {zipOf(t, types, "", "xl/workbook.xml", ""), XLSX},
		"f.pptx":   {zipOf(t, types, "", "ppt/presentation.xml", ""), PPTX},
		"g.odt":    {zipOf(t, "mimetype", ODT.MediaType(), "content.xml", ""), ODT},
		"h.ods":    {zipOf(t, "mimetype", ODS.MediaType(), "content.xml", ""), ODS},
		"i.zip":    {zipOf(t, "danh sách.txt", "x"), ZIP},
		"k.docx":   {zipOf(t, "word/document.xml", "x"), ZIP},
		"l.docm":   {zipOf(t, types, "", "word/document.xml", "", "word/vbaProject.bin", ""), ""},
		"m.xlsb":   {zipOf(t, types, "", "xl/workbook.bin", ""), ""},
		"n.odp":    {zipOf(t, "mimetype", "application/vnd.oasis.opendocument.presentation"), ""},
		"o.doc":    {[]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00"), ""},
		"p.pdf":    {[]byte("<html>%PDF-1.7"), ""},
		"q.pdf":    {[]byte("MZ\x90\x00"), ""},
		"r.svg":    {[]byte("<svg xmlns='http://www.w3.org/2000/svg'/>"), ""},
		"s.zip":    {[]byte("PK\x05\x06" + strings.Repeat("\x00", 18)), ""},
		"t.zip":    {[]byte("PK\x03\x04 broken"), ""},
		"empty.md": {nil, ""},
	} {
		got, err := SniffFile(bytes.NewReader(c.b), int64(len(c.b)), name)
		if got != c.want || (err == nil) != (c.want != "") {
			t.Errorf("%s: got %q, %v", name, got, err)
		}
		if all := fault.All(err); err != nil && (all[0].Kind != fault.KindInvalid || all[0].Field != "file" || !strings.Contains(all[0].Text, "“"+name+"”")) {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

func TestNameInARefusalIsTame(t *testing.T) {
	_, err := Sniff([]byte("x"), `C:\tạm\`+"a\nb"+strings.Repeat("x", 500)+".exe")
	text := fault.Text(err)
	if strings.Contains(text, "tạm") || strings.Contains(text, "\n") || len(text) > 400 || !strings.Contains(text, ".exe”") {
		t.Fatalf("%q", text)
	}
}

func TestListAndItsLimits(t *testing.T) {
	b := zipOf(t, "công văn.pdf", "12345", "../../etc/passwd", "x")
	list, err := List(bytes.NewReader(b), int64(len(b)), "a.zip")
	if err != nil || fmt.Sprint(list) != "[{công văn.pdf 5} {../../etc/passwd 1}]" {
		t.Fatalf("%v, %v", list, err)
	}
	// The record at the end says how long the list is; it is believed first.
	end := bytes.LastIndex(b, []byte("PK\x05\x06"))
	for _, tooMuch := range []func([]byte){
		func(b []byte) { binary.LittleEndian.PutUint16(b[10:], 60000) },
		func(b []byte) { binary.LittleEndian.PutUint32(b[12:], 1<<30) },
	} {
		bad := bytes.Clone(b)
		tooMuch(bad[end:])
		if _, err := List(bytes.NewReader(bad), int64(len(bad)), "a.zip"); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("error %v", err)
		}
	}
}

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"Ho\u0300a  bi\u0300nh\r\nmới\rhai": "Hòa  bình\nmới\nhai",
		"u \u0301 te \u0302\u0301":          "ú tế",
		"a\u00a0b\u00ad\u200bc\x00\x07":     "a bc",
		"\xffx":                             "x",
	} {
		if got := Clean(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func FuzzSniff(f *testing.F) {
	f.Add(zipOf(f, "mimetype", ODT.MediaType()))
	f.Add(zipOf(f, "[Content_Types].xml", "", "word/document.xml", ""))
	f.Add(makePDF(false, ""))
	f.Add([]byte("PK\x03\x04PK\x05\x06"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) > 1<<20 {
			return
		}
		t1, err := SniffFile(bytes.NewReader(b), int64(len(b)), "x")
		if (t1 == "") == (err == nil) {
			t.Errorf("%q with %v", t1, err)
		}
		if err != nil && !fault.Is(err, fault.KindInvalid) {
			t.Errorf("error %v", err)
		}
		List(bytes.NewReader(b), int64(len(b)), "x")
	})
}

func FuzzPDF(f *testing.F) {
	f.Add(makePDF(false, line(70, 780, "x")))
	f.Add(makePDF(true, line(70, 780, "x"), "q Q"))
	for _, b := range hostile() {
		if len(b) < 10_000 {
			f.Add(b)
		}
	}
	if found, _ := filepath.Glob("../../../shared/testdata/pdfsig/files/own-*.pdf"); len(found) > 0 {
		for _, path := range found[:min(5, len(found))] {
			if b, err := os.ReadFile(path); err == nil && len(b) < 100_000 {
				f.Add(b)
			}
		}
	}
	w := &Worker{Limits: Limits{Time: 3 * time.Second, Pages: 5, Memory: 128 << 20}, Idle: time.Hour, Cache: cache}
	f.Cleanup(func() { w.Close() })
	// Started here: a single input may take ten seconds at most, and under the
	// watch of the fuzzer the translation of the engine takes longer.
	if _, err := w.Extract(context.Background(), bytes.NewReader(makePDF(false, ""))); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) > 200_000 {
			return
		}
		facts, err := w.Extract(context.Background(), bytes.NewReader(b))
		if err != nil && !fault.Is(err, fault.KindInvalid) {
			t.Errorf("error %v", err)
		}
		if err == nil && !facts.Locked && facts.Pages <= 0 {
			t.Errorf("no pages and no error: %+v", facts)
		}
	})
}
