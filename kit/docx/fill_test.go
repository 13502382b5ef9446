// SPDX-License-Identifier: Apache-2.0

package docx

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"strings"
	"testing"

	"soviec/kit/fault"
)

const ns = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"`

// made builds a file of parts; body is what stands between <w:body> and its end.
func made(t testing.TB, body string, more ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	put := func(name, text string) {
		e, err := z.Create(name)
		if err == nil {
			_, err = io.WriteString(e, text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	put("[Content_Types].xml", `<Types/>`)
	put(mainPart, `<?xml version="1.0" encoding="UTF-8"?><w:document `+ns+`><w:body>`+body+`</w:body></w:document>`)
	for i := 0; i+1 < len(more); i += 2 {
		put(more[i], more[i+1])
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func texts(t *testing.T, file []byte) []string {
	t.Helper()
	d, err := Read(context.Background(), bytes.NewReader(file), int64(len(file)), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, p := range Paragraphs(d.Blocks) {
		out = append(out, p.Text)
	}
	return out
}

func fill(file []byte, values map[string]string) ([]byte, error) {
	var out bytes.Buffer
	err := Fill(&out, bytes.NewReader(file), int64(len(file)), values, Limits{})
	return out.Bytes(), err
}

func TestAFieldSplitOverRunsIsFilledAndTakesTheFirstRunsLook(t *testing.T) {
	file := made(t, `<w:p><w:r><w:t>V/v {</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:rPr><w:b/></w:rPr><w:t>{trich</w:t></w:r><w:r><w:t>_yeu}</w:t></w:r><w:r><w:t>} năm {{nam}}</w:t></w:r></w:p>`)
	out, err := fill(file, map[string]string{"trich_yeu": "rà soát <người> & việc", "nam": "2026"})
	if err != nil {
		t.Fatal(err)
	}
	if got := texts(t, out); len(got) != 1 || got[0] != "V/v rà soát <người> & việc năm 2026" {
		t.Fatalf("got %q", got)
	}
	again, _ := fill(file, map[string]string{"trich_yeu": "rà soát <người> & việc", "nam": "2026"})
	if !bytes.Equal(out, again) {
		t.Error("the same template and values gave other bytes")
	}
}

func TestContentControlsAreFilled(t *testing.T) {
	file := made(t, `<w:sdt><w:sdtPr><w:tag w:val="noi_dung"/><w:showingPlcHdr/><w:dataBinding w:xpath="/a"></w:dataBinding></w:sdtPr><w:sdtContent><w:p><w:r><w:t>Bấm vào</w:t></w:r><w:r><w:t> đây</w:t></w:r></w:p></w:sdtContent></w:sdt>`+
		`<w:p><w:r><w:t>Số: </w:t></w:r><w:sdt><w:sdtPr><w:tag w:val="so"/></w:sdtPr><w:sdtContent/></w:sdt></w:p>`+
		`<w:sdt><w:sdtPr><w:tag w:val="Khác của Word"/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>{{ten}}</w:t></w:r></w:p></w:sdtContent></w:sdt>`)
	names, err := Fields(bytes.NewReader(file), int64(len(file)), Limits{})
	if err != nil || strings.Join(names, " ") != "noi_dung so ten" {
		t.Fatalf("fields %q, %v", names, err)
	}
	out, err := fill(file, map[string]string{"noi_dung": "Nội dung mới", "so": "15", "ten": "Lan"})
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(texts(t, out), "|"); got != "Nội dung mới|Số: 15|Lan" {
		t.Errorf("got %q", got)
	}
	if bytes.Contains(out, []byte("showingPlcHdr")) {
		t.Error("the placeholder's mark stays")
	}
}

func TestALongValueMakesParagraphs(t *testing.T) {
	file := made(t, `<w:p><w:pPr><w:jc w:val="both"/></w:pPr><w:r><w:t>{{noi_dung}}</w:t></w:r></w:p><w:p><w:r><w:t>Kính gửi: {{noi_gui}}</w:t></w:r></w:p>`)
	out, err := fill(file, map[string]string{"noi_dung": "Một.\nHai.\nBa.", "noi_gui": "A\nB"})
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(texts(t, out), "|"); got != "Một.|Hai.|Ba.|Kính gửi: A\nB" {
		t.Errorf("got %q", got)
	}
}

func TestMissingAndUnknownFieldsAreNamed(t *testing.T) {
	file := made(t, `<w:p><w:r><w:t>{{so}} {{ngay}} {{so}}</w:t></w:r></w:p>`, "word/header1.xml", `<w:hdr `+ns+`><w:p><w:r><w:t>{{co_quan}}</w:t></w:r></w:p></w:hdr>`)
	_, err := fill(file, map[string]string{"so": "1", "thua": "x"})
	if !fault.Is(err, fault.KindInvalid) {
		t.Fatal(err)
	}
	for _, want := range []string{"ngay, co_quan", "thua"} {
		if !strings.Contains(fault.Text(err), want) {
			t.Errorf("%q does not name %q", fault.Text(err), want)
		}
	}
	odd := made(t, `<w:p><w:r><w:t>{{Trích yếu}} và {{so</w:t></w:r></w:p>`)
	if _, err := Fields(bytes.NewReader(odd), int64(len(odd)), Limits{}); !strings.Contains(fault.Text(err), "{{Trích yếu}}") {
		t.Errorf("a mark that cannot be a field: %v", err)
	}
}
