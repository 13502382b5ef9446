// SPDX-License-Identifier: Apache-2.0

package convert_test

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"soviec/kit/convert"
	"soviec/kit/docx"
	"soviec/kit/fault"
	"soviec/kit/letter"
)

func written(t *testing.T, l letter.Letter) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := docx.Write(&out, l, docx.Options{}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func notice() letter.Letter {
	return letter.Letter{Type: "TB", Agency: "Ban Dân tộc", Number: "05", Notation: "TB-BDT", Place: "Cao Bằng", Subject: "Về việc nghỉ lễ",
		Body: letter.Parse("Ban Dân tộc thông báo lịch nghỉ lễ như sau./."), Signatures: []letter.Signature{{Lines: []string{"TRƯỞNG BAN"}, Name: "Đàm Quốc Thắng"}}, Recipients: []string{"Lưu: VT, VP"}}
}

// program is a script in the place of LibreOffice.
func program(t *testing.T, text string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "soffice")
	if err := os.WriteFile(name, []byte("#!/bin/sh\n"+text), 0o700); err != nil {
		t.Fatal(err)
	}
	return name
}

func convertWith(o *convert.Office, file []byte) ([]byte, error) {
	var out bytes.Buffer
	err := o.PDF(context.Background(), &out, bytes.NewReader(file), int64(len(file)))
	return out.Bytes(), err
}

func TestWithoutTheProgramASentenceSaysSo(t *testing.T) {
	_, err := convertWith(&convert.Office{Program: "-"}, written(t, notice()))
	if !fault.Is(err, fault.KindInvalid) || !strings.Contains(fault.Text(err), "LibreOffice") {
		t.Error(err)
	}
}

func TestTheProgramIsBoundAndItsFolderGoes(t *testing.T) {
	dir := t.TempDir()
	file := written(t, notice())
	slow := &convert.Office{Program: program(t, "sleep 60 & wait\n"), Time: 300 * time.Millisecond, Dir: dir}
	begun := time.Now()
	if _, err := convertWith(slow, file); !fault.Is(err, fault.KindInvalid) || !strings.Contains(fault.Text(err), "quá lâu") {
		t.Error("slow:", err)
	}
	if took := time.Since(begun); took > 20*time.Second {
		t.Errorf("stopped after %v", took)
	}
	silent := &convert.Office{Program: program(t, "echo gone wrong; exit 1\n"), Dir: dir}
	if _, err := convertWith(silent, file); !fault.Is(err, fault.KindInvalid) || !strings.Contains(err.Error(), "gone wrong") {
		t.Error("silent:", err)
	}
	big := &convert.Office{Program: program(t, "head -c 3000000 /dev/zero > out/van-ban.pdf\n"), Output: 1 << 20, Dir: dir}
	if _, err := convertWith(big, file); err == nil {
		t.Error("a large file was taken")
	}
	seen := &convert.Office{Program: program(t, `printf '%%PDF-1.7 %s|%s' "$HOME" "$SOVIEC_SECRET" > out/van-ban.pdf`), Dir: dir}
	t.Setenv("SOVIEC_SECRET", "bí mật")
	got, err := convertWith(seen, file)
	if err != nil || bytes.Contains(got, []byte("bí mật")) || !bytes.Contains(got, []byte(dir)) {
		t.Errorf("%q, %v", got, err)
	}
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Errorf("%d folders stay behind", len(left))
	}
}

// What the program is given reaches nowhere.
func TestTheDocumentIsTamed(t *testing.T) {
	var in bytes.Buffer
	z := zip.NewWriter(&in)
	for name, text := range map[string]string{
		"word/document.xml": "<w/>", "word/embeddings/a.bin": "x", "word/vbaProject.bin": "x",
		"word/_rels/document.xml.rels": `<Relationships><Relationship Id="a" Type="x/image" Target="http://noi-khac/a.png" TargetMode="External"/><Relationship Id="b" Type="x/hyperlink" Target="http://noi-khac/" TargetMode="External"/><Relationship Id="c" Type="x/styles" Target="styles.xml"/><Relationship Id="d" Type="x/attachedTemplate" Target="file://may/a.dotm"/></Relationships>`,
	} {
		e, _ := z.Create(name)
		_, _ = io.WriteString(e, text)
	}
	z.Close()
	copied := filepath.Join(t.TempDir(), "copied.docx")
	o := &convert.Office{Program: program(t, `for f in "$@"; do last="$f"; done; cp "$last" "`+copied+`"; printf '%%PDF-1.7' > out/van-ban.pdf`)}
	if _, err := convertWith(o, in.Bytes()); err != nil {
		t.Fatal(err)
	}
	r, err := zip.OpenReader(copied)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var names []string
	for _, f := range r.File {
		names = append(names, f.Name)
		if strings.HasSuffix(f.Name, ".rels") {
			rc, _ := f.Open()
			b, _ := io.ReadAll(rc)
			rc.Close()
			if s := string(b); strings.Contains(s, "a.png") || strings.Contains(s, "dotm") || !strings.Contains(s, "hyperlink") || !strings.Contains(s, "styles.xml") {
				t.Error(s)
			}
		}
	}
	if len(names) != 2 {
		t.Errorf("parts %q", names)
	}
}

// With the real program, where it is installed: the document opens and its words stand
// where they belong.
func TestLibreOfficeOpensWhatWeWrite(t *testing.T) {
	o := &convert.Office{}
	if testing.Short() || o.Find() == "" {
		return // another machine's
	}
	pdf, err := convertWith(o, written(t, notice()))
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(name, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	text, err := exec.Command("pdftotext", "-layout", name, "-").Output()
	if err != nil {
		return // no poppler here; that a PDF came is what is known
	}
	for _, want := range []string{"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 05/TB-BDT", "THÔNG BÁO", "Đàm Quốc Thắng"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
}
