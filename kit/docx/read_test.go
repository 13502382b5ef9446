// SPDX-License-Identifier: Apache-2.0

package docx

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"soviec/kit/fault"
)

const stylesPart = `<w:styles ` + ns + `><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:asciiTheme="minorHAnsi"/><w:sz w:val="22"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:pPr><w:jc w:val="both"/></w:pPr><w:rPr><w:rFonts w:ascii="Times New Roman"/><w:sz w:val="28"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Dieu"><w:basedOn w:val="Normal"/><w:pPr><w:keepNext/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Vong"><w:basedOn w:val="Vong"/></w:style></w:styles>`

func TestLooksAreResolvedThroughStyles(t *testing.T) {
	file := made(t, `<w:p><w:pPr><w:pStyle w:val="Dieu"/><w:ind w:firstLine="720"/><w:spacing w:before="120"/></w:pPr><w:r><w:t xml:space="preserve">Điều 1. </w:t></w:r><w:r><w:rPr><w:b w:val="0"/><w:i/><w:sz w:val="26"/></w:rPr><w:t>Tên</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r><w:del><w:r><w:delText>xóa</w:delText></w:r></w:del></w:p>
<w:p><w:pPr><w:pStyle w:val="Vong"/></w:pPr><w:r><w:rPr><w:rFonts w:asciiTheme="minorHAnsi"/><w:caps/></w:rPr><w:t>hoa</w:t></w:r></w:p>
<w:tbl><w:tblPr><w:tblBorders><w:top w:val="single"/></w:tblBorders></w:tblPr><w:tr><w:tc><w:tcPr><w:tcW w:w="1440" w:type="dxa"/></w:tcPr><w:p><w:r><w:t>ô</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:bottom="1134" w:left="1701" w:right="1134"/><w:titlePg/></w:sectPr>`,
		"word/styles.xml", stylesPart, "word/theme/theme1.xml", `<a:theme xmlns:a="x"><a:minorFont><a:latin typeface="Calibri"/></a:minorFont></a:theme>`)
	d, err := Read(context.Background(), bytes.NewReader(file), int64(len(file)), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	p := d.Blocks[0].Paragraph
	if p.Text != "Điều 1. Tên" || len(p.Runs) != 2 || !p.Runs[0].Bold || p.Runs[0].Size != 14 || p.Runs[0].Font != "Times New Roman" ||
		p.Runs[1].Bold || !p.Runs[1].Italic || p.Runs[1].Size != 13 || !p.KeepNext || p.Align != "both" || p.Before != 6 || int(p.First*10) != 127 {
		t.Errorf("%+v", p)
	}
	if q := d.Blocks[1].Paragraph; q.Text != "HOA" || q.Runs[0].Font != "Calibri" {
		t.Errorf("%+v", q)
	}
	tb := d.Blocks[2].Table
	if tb == nil || !tb.Borders || len(tb.Rows) != 1 || tb.Rows[0][0].Width != 25.4 {
		t.Errorf("%+v", tb)
	}
	if s := d.Sections[0]; int(s.Width) != 210 || int(s.Left+.5) != 30 || !s.TitlePage || s.Blocks != 3 {
		t.Errorf("%+v", s)
	}
}

func TestAttacksAreRefused(t *testing.T) {
	deep := strings.Repeat("<w:p>", 300)
	bomb := made(t, "<w:p><w:r><w:t>"+strings.Repeat("a", 25<<20)+"</w:t></w:r></w:p>")
	if len(bomb) > 1<<20 {
		t.Fatal("not a bomb")
	}
	for name, file := range map[string][]byte{
		"bomb":       bomb,
		"deep":       made(t, deep),
		"open end":   made(t, "<w:p>"),
		"no part":    []byte("PK\x05\x06" + strings.Repeat("\x00", 18)),
		"old word":   []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
		"empty":      {},
		"macro":      made(t, "", "word/vbaProject.bin", "x"),
		"two":        made(t, "", mainPart, "<a/>"),
		"text":       made(t, "<w:p><w:r><w:t>"+strings.Repeat("a", 5<<20)+"</w:t></w:r></w:p>"),
		"declared":   made(t, "", "word/styles.xml", `<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>`),
		"entity":     made(t, "<w:p><w:r><w:t>&b;</w:t></w:r></w:p>"),
		"not a zip":  []byte("PK\x03\x04 nothing of the kind"),
		"other code": made(t, "", "word/styles.xml", `<?xml version="1.0" encoding="UTF-7"?><a/>`),
	} {
		if _, err := Read(context.Background(), bytes.NewReader(file), int64(len(file)), Limits{}); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Many small runs and tags are read in time that grows with their number only.
func TestManyRunsAreReadInTime(t *testing.T) {
	file := made(t, "<w:p>"+strings.Repeat(`<w:r><w:rPr><w:b/></w:rPr><w:t>a</w:t></w:r><w:r><w:t>b</w:t></w:r>`, 20_000)+"</w:p>")
	begun := time.Now()
	d, err := Read(context.Background(), bytes.NewReader(file), int64(len(file)), Limits{})
	if err != nil || len(d.Blocks[0].Paragraph.Runs) != 40_000 {
		t.Fatalf("%d runs, %v", len(d.Blocks[0].Paragraph.Runs), err)
	}
	if took := time.Since(begun); took > 10*time.Second {
		t.Errorf("took %v", took)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(`<w:p><w:r><w:t>{{so}}</w:t></w:r></w:p>`))
	f.Add([]byte(`<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl><w:sectPr/>`))
	f.Add([]byte(`<w:sdt><w:sdtPr><w:tag w:val="a"/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>x</w:t></w:r></w:p></w:sdtContent></w:sdt>`))
	f.Add([]byte(`</w:p></w:tc></w:tbl><w:tc><w:tr><w:sectPr><w:p>`))
	f.Add([]byte(`<w:p><w:p><w:r><w:t>{{a}}<w:p/></w:t></w:r></w:p>{{a}}</w:p>`))
	limits := Limits{FileBytes: 1 << 20, PartBytes: 1 << 18, AllBytes: 1 << 19, Tags: 10_000, TextBytes: 1 << 16}
	f.Fuzz(func(t *testing.T, body []byte) {
		if len(body) > 1<<16 {
			return
		}
		file := made(t, string(body), "word/styles.xml", stylesPart)
		_, err := Read(context.Background(), bytes.NewReader(file), int64(len(file)), limits)
		if err != nil && !fault.Is(err, fault.KindInvalid) {
			t.Fatal(err)
		}
		names, ferr := Fields(bytes.NewReader(file), int64(len(file)), limits)
		if err == nil && ferr == nil {
			values := map[string]string{}
			for _, n := range names {
				values[n] = "giá trị"
			}
			out, err := fill(file, values)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := Read(context.Background(), bytes.NewReader(out), int64(len(out)), Limits{}); err != nil {
				t.Fatalf("what was filled cannot be read: %v", err)
			}
		}
		if _, err := Read(context.Background(), bytes.NewReader(body), int64(len(body)), limits); err != nil && !fault.Is(err, fault.KindInvalid) {
			t.Fatal(err)
		}
	})
}
