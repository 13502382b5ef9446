// SPDX-License-Identifier: Apache-2.0

package letter_test

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/png"
	"math"
	"strings"
	"testing"
	"time"

	"soviec/kit/civil"
	"soviec/kit/cms/cmstest"
	"soviec/kit/letter"
	"soviec/kit/pades"
)

// drawn is a blue stroke or a red ring on nothing.
func drawn(t testing.TB, red bool) []byte {
	t.Helper()
	img := image.NewNRGBA(image.Rect(0, 0, 300, 300))
	for y := range 300 {
		for x := range 300 {
			switch d := math.Hypot(float64(x)-150, float64(y)-150); {
			case red && d > 130 && d < 148:
				img.Set(x, y, color.NRGBA{220, 20, 20, 230})
			case !red && math.Abs(float64(y)-150-60*math.Sin(float64(x)/25)) < 6:
				img.Set(x, y, color.NRGBA{20, 40, 200, 255})
			}
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func rect(b letter.Box) pades.Rect { return pades.Rect{X: b.X, Y: b.Y, W: b.W, H: b.H} }

// The leader signs a page without number and date; the clerk fills both and applies the
// agency's seal in one revision (documents.md 6.3).
func TestSignedThenNumbered(t *testing.T) {
	now := time.Date(2026, 1, 5, 14, 5, 9, 0, civil.Zone)
	w, err := cmstest.New(func() time.Time { return now }, "")
	if err != nil {
		t.Fatal(err)
	}
	sign := func(in []byte, who string, r pades.Request) []byte {
		t.Helper()
		id, err := w.Issue(who, cmstest.Request{Kind: cmstest.P256})
		if err != nil {
			t.Fatal(err)
		}
		r.Cert, r.Chain, r.At = id.Cert, id.Chain, now
		tail, err := pades.Sign(context.Background(), bytes.NewReader(in), int64(len(in)), r, id.Key, nil)
		if err != nil {
			t.Fatal(err)
		}
		return append(append([]byte(nil), in...), tail...)
	}
	for name, notation := range map[string]string{"notation printed": "QĐ-BDT", "notation filled": ""} {
		l := sample("1.2")
		l.Number, l.Date, l.Notation = "", 0, notation
		r := set(t, l, letter.Options{Fields: true})
		if got := text(t, r.PDF); strings.Contains(got, "05") || !strings.Contains(got, "Cao Bằng, ngày") {
			t.Errorf("%s: before: %s", name, got[:600])
		}
		place := boxOf(t, r, "7c")
		once := sign(r.PDF, "Đàm Quốc Thắng", pades.Request{Field: "LanhDao", Page: place.Page, Place: rect(place), Look: &pades.Look{Picture: drawn(t, false)}})
		fill, err := l.Fill("15", "QĐ-BDT", civil.New(2026, 1, 5))
		if err != nil {
			t.Fatal(err)
		}
		twice := sign(once, "Ban Dân tộc tỉnh Cao Bằng", pades.Request{Field: "CoQuan", Page: place.Page, Place: pades.SealPlace(rect(place), 36), Look: &pades.Look{Picture: drawn(t, true)}, Fill: fill})
		show(t, "signed-"+strings.ReplaceAll(name, " ", "-"), twice)
		report := pades.Verify(context.Background(), bytes.NewReader(twice), int64(len(twice)), pades.Options{})
		if len(report.Verdicts) != 2 || !report.Intact {
			t.Fatalf("%s: %+v", name, report)
		}
		if a, b := report.Verdicts[0], report.Verdicts[1]; a.Integrity != pades.Intact || a.Changes != pades.Allowed || b.Integrity != pades.Intact || b.Changes != pades.None {
			t.Errorf("%s: the leader's is %v, changed %v; the agency's %v, %v", name, a.Integrity, a.Changes, b.Integrity, b.Changes)
		}
		if got := text(t, twice); !strings.Contains(got, "Số:") || !strings.Contains(got, "15/QĐ-BDT") || !strings.Contains(got, "Cao Bằng, ngày 05 tháng 01 năm 2026") {
			t.Errorf("%s: the text reads %s", name, got[:700])
		}
		// the values stand where a letter set with them has them, in the same cut and size
		all := lines(t, twice)
		known := sample("1.2")
		known.Number = "15"
		want := lines(t, set(t, known, letter.Options{}).PDF)
		date, as := find(t, all, "Cao Bằng, ngày 05 tháng 01 năm 2026"), find(t, want, "Cao Bằng, ngày 05 tháng 01 năm 2026")
		near(t, name+": date, left", date.x0, as.x0, 1)
		near(t, name+": date, width", date.x1-date.x0, as.x1-as.x0, 0.4)
		near(t, name+": date, foot", date.y1, as.y1, 0.3)
		number, as := seen{}, find(t, want, "15/QĐ-BDT")
		if notation == "" {
			number = find(t, all, "15/QĐ-BDT")
		} else { // two pieces that touch
			number = find(t, all, "15")
			tail := find(t, all, "/QĐ-BDT")
			near(t, name+": between number and notation", tail.x0, number.x1, 0.05)
			number.x1 = tail.x1
		}
		near(t, name+": number, foot", number.y1, as.y1, 0.3)
		near(t, name+": number, width", number.x1-number.x0, as.x1-as.x0, 0.4)
	}
}

func TestALongNumberFitsItsField(t *testing.T) {
	l := sample("1.5")
	l.Number, l.Date = "", 0
	r := set(t, l, letter.Options{Fields: true})
	at := boxOf(t, r, letter.FieldNumber)
	fill, err := l.Fill("1234a", "", civil.New(2026, 10, 29))
	if err != nil {
		t.Fatal(err)
	}
	if w := 4*13*0.5*mm + 13*0.5*mm; at.W < w-0.1 {
		t.Errorf("the field is %.1f mm wide, %q needs %.1f", at.W, fill["so"], w)
	}
}
