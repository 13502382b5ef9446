// SPDX-License-Identifier: Apache-2.0

package pades_test

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"soviec/kit/cms/cmstest"
	"soviec/kit/pades"
)

// letters are all Vietnamese letters with marks, in both cases.
func letters() string {
	var b strings.Builder
	for _, base := range "aăâeêioôơuưy" {
		for _, tone := range []string{"", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"} {
			b.WriteString(norm.NFC.String(string(base) + tone))
		}
	}
	b.WriteString("đ")
	return b.String() + strings.ToUpper(b.String())
}

func show(t testing.TB, name string, b []byte) {
	if dir := os.Getenv("SOVIEC_SHOW"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func TestEveryVietnameseLetterComesBack(t *testing.T) {
	w := world(t)
	id := issue(t, w, "Nông Thị Lan", cmstest.P256)
	all := letters()
	if n := len([]rune(all)); n != 146 {
		t.Fatalf("%d letters", n)
	}
	runes := []rune(all)
	for _, form := range []norm.Form{norm.NFC, norm.NFD} {
		var lines []string
		for i := 0; i < len(runes); i += 30 {
			lines = append(lines, form.String(string(runes[i:min(i+30, len(runes))])))
		}
		out := sign(t, paper(true, ""), pades.Request{Page: 1, Place: pades.Rect{X: 20, Y: 100, W: 120, H: 40}, Look: &pades.Look{Lines: lines, Size: 14, Align: -1}}, id, nil)
		text := tool(t, "pdftotext", "-raw", write(t, "a.pdf", out), "-")
		if got := strings.Join(strings.Fields(text), ""); !strings.Contains(got, all) {
			t.Errorf("came back as %q", got)
		}
		show(t, "letters.pdf", out)
	}
	_, err := pades.Prepare(ctx, bytes.NewReader(paper(true, "")), int64(len(paper(true, ""))), pades.Request{Cert: id.Cert, At: noon, Page: 1, Place: pades.Rect{X: 20, Y: 100, W: 120, H: 40}, Look: &pades.Look{Lines: []string{"漢"}}})
	if err == nil {
		t.Error("a letter that the typeface does not have was drawn")
	}
}

func TestCornerOfAnAppendixAndACopy(t *testing.T) {
	w := world(t)
	id := issue(t, w, "Ban Dân tộc tỉnh Cao Bằng", cmstest.P256)
	for name, c := range map[string]struct {
		look *pades.Look
		text string
	}{
		"appendix": {pades.AppendixLook("15/QĐ-BDT", noon, pades.TimeISO), "Số: 15/QĐ-BDT; 2026-11-23T15:04:05+07:00"},
		"local":    {pades.AppendixLook("15/QĐ-BDT", noon.UTC(), pades.TimeLocal), "Số: 15/QĐ-BDT; 23/11/2026; 15:04:05 +07:00"},
		"copy":     {pades.CopyLook("SAO Y", "BAN DÂN TỘC TỈNH CAO BẰNG", noon, pades.TimeISO), "SAO Y; BAN DÂN TỘC TỈNH CAO BẰNG; 2026-11-23T15:04:05+07:00"},
	} {
		place, err := pades.CornerPlace(210, c.look)
		if err != nil {
			t.Fatal(err)
		}
		out := sign(t, paper(false, ""), pades.Request{Page: 1, Place: place, Look: c.look}, id, nil)
		file := write(t, "a.pdf", out)
		if text := tool(t, "pdftotext", "-raw", file, "-"); !strings.Contains(text, c.text) {
			t.Errorf("%s: %q", name, text)
		}
		if fonts := tool(t, "pdffonts", file); !strings.Contains(fonts, "+Tinos") || !strings.Contains(fonts, "Identity-H       yes yes yes") {
			t.Errorf("%s: %s", name, fonts)
		}
		show(t, name+".pdf", out)
	}
}

// rendered renders the first page at 50 points an inch.
func rendered(t testing.TB, b []byte) image.Image {
	t.Helper()
	file := write(t, "a.pdf", b)
	tool(t, "pdftoppm", "-r", "50", "-cropbox", "-png", "-f", "1", "-l", "1", "-singlefile", file, strings.TrimSuffix(file, ".pdf"))
	raw, err := os.Open(strings.TrimSuffix(file, ".pdf") + ".png")
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	img, err := png.Decode(raw)
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// red gives the box of the red points in millimetres of the page as shown.
func red(img image.Image, mmPerPoint float64) (x0, y0, x1, y1 float64) {
	x0, y0 = 1e9, 1e9
	for y := img.Bounds().Min.Y; y < img.Bounds().Max.Y; y++ {
		for x := img.Bounds().Min.X; x < img.Bounds().Max.X; x++ {
			if r, g, b, _ := img.At(x, y).RGBA(); r > 0xa000 && g < 0x8000 && b < 0x8000 {
				x0, y0 = min(x0, float64(x)*mmPerPoint), min(y0, float64(y)*mmPerPoint)
				x1, y1 = max(x1, float64(x+1)*mmPerPoint), max(y1, float64(y+1)*mmPerPoint)
			}
		}
	}
	return
}

func TestPicturesStandInRealMillimetres(t *testing.T) {
	w := world(t)
	id := issue(t, w, "Ban Dân tộc tỉnh Cao Bằng", cmstest.P256)
	seal := picture(t, true) // the ring fills 296 of 300 points
	for _, unit := range []float64{1, 2, 0.5} {
		for _, rotate := range []int{0, 90, 180, 270, -90, 450} {
			extra := fmt.Sprintf("/Rotate %d/UserUnit %g/MediaBox[10 20 %g %g]/CropBox[30 30 %g %g]", rotate, unit, 10+420/unit, 20+595/unit, 10+420/unit, 20+595/unit)
			in := paper(rotate == 90, extra)
			place := pades.Rect{X: 30, Y: 50, W: 36, H: 36}
			out := sign(t, in, pades.Request{Page: -1, Place: place, Look: &pades.Look{Picture: seal}}, id, nil)
			img := rendered(t, out)
			mm := 25.4 / 50 * unit // poppler shows a unit as if it were a point
			x0, y0, x1, y1 := red(img, mm)
			for i, d := range []float64{x0 - 30.4, y0 - 50.4, x1 - 65.6, y1 - 85.6} {
				if d < -1.2*unit-0.2 || d > 1.2*unit+0.2 {
					t.Errorf("unit %g, rotated by %d: edge %d is off by %.1f mm (%.1f %.1f %.1f %.1f)", unit, rotate, i, d, x0, y0, x1, y1)
				}
			}
		}
	}
}

func TestThePictureKeepsItsTransparency(t *testing.T) {
	w := world(t)
	id := issue(t, w, "Đàm Quốc Thắng", cmstest.P256)
	look := &pades.Look{Picture: picture(t, true)}
	// over the line of text at 72 700 points
	place := pades.Rect{X: 20, Y: 40, W: 20, H: 20}
	out := sign(t, paper(false, ""), pades.Request{Page: 1, Place: place, Look: look}, id, nil)
	before, after := rendered(t, paper(false, "")), rendered(t, out)
	kept := 0
	for y := before.Bounds().Min.Y; y < before.Bounds().Max.Y; y++ {
		for x := before.Bounds().Min.X; x < before.Bounds().Max.X; x++ {
			r, _, _, _ := before.At(x, y).RGBA()
			q, _, _, _ := after.At(x, y).RGBA()
			if r < 0x8000 && q < 0x9000 {
				kept++
			}
		}
	}
	if kept < 5 {
		t.Errorf("the text under the picture is hidden: %d dark points are left", kept)
	}
	in, err := look.PicturePlace(pades.Rect{X: 100, Y: 200, W: 45, H: 20})
	if err != nil || in.W != 20 || in.X != 112.5 {
		t.Errorf("%+v %v", in, err)
	}
	if p := pades.SealPlace(pades.Rect{X: 100, Y: 200, W: 30, H: 15}, 36); p.X+p.W != 110 || p.Y+p.H/2 != 207.5 {
		t.Errorf("the seal does not cover the left third: %+v", p)
	}
}
