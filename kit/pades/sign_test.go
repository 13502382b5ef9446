// SPDX-License-Identifier: Apache-2.0

package pades_test

import (
	"bytes"
	"context"
	"crypto"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"soviec/kit/cms"
	"soviec/kit/cms/cmstest"
	"soviec/kit/pades"
)

var (
	noon = time.Date(2026, 11, 23, 15, 4, 5, 0, time.FixedZone("+07", 7*3600))
	ctx  = context.Background()
)

func world(t testing.TB) *cmstest.World {
	t.Helper()
	w, err := cmstest.New(func() time.Time { return noon }, "")
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func issue(t testing.TB, w *cmstest.World, name string, kind cmstest.Kind) *cmstest.Identity {
	t.Helper()
	id, err := w.Issue(name, cmstest.Request{Kind: kind})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// stamper asks the world's authority without a network.
func stamper(w *cmstest.World) pades.Stamper {
	return func(_ context.Context, hash crypto.Hash, digest []byte) ([]byte, error) {
		q, err := cms.NewQuery(hash, digest)
		if err != nil {
			return nil, err
		}
		der, err := q.DER()
		if err != nil {
			return nil, err
		}
		answer, err := w.Authority().Answer(der)
		if err != nil {
			return nil, err
		}
		_, token, err := q.Check(answer)
		return token, err
	}
}

// paper writes a small PDF by hand: pages of A4 with a line of text, each with the given
// extra keys. stream chooses cross-reference streams.
func paper(stream bool, pages ...string) []byte {
	return paperWith(stream, make([]string, len(pages)), pages...)
}

// paperWith also draws something on each page.
func paperWith(stream bool, drawn []string, pages ...string) []byte {
	objs := []string{"<</Type/Catalog/Pages 2 0 R>>", ""}
	kids := ""
	for i, extra := range pages {
		n := len(objs) + 1
		kids += fmt.Sprintf("%d 0 R ", n)
		text := fmt.Sprintf("%sBT /F1 12 Tf 72 700 Td (Page %d) Tj ET", drawn[i], i+1)
		objs = append(objs, fmt.Sprintf("<</Type/Page/Parent 2 0 R/Contents %d 0 R/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>%s>>", n+1, extra),
			fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", len(text), text))
	}
	objs[1] = fmt.Sprintf("<</Type/Pages/Kids[%s]/Count %d/MediaBox[0 0 595.276 841.89]>>", kids, len(pages))
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	var at []int
	for i, o := range objs {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	xref := b.Len()
	if stream {
		rows := []byte{0, 0, 0, 0, 0}
		for _, x := range append(at, xref) {
			rows = append(rows, 1, byte(x>>16), byte(x>>8), byte(x), 0)
		}
		fmt.Fprintf(&b, "%d 0 obj\n<</Type/XRef/Size %d/W[1 3 1]/Root 1 0 R/ID[<00112233><00112233>]/Length %d>>stream\n%s\nendstream\nendobj\n", len(objs)+1, len(objs)+2, len(rows), rows)
	} else {
		fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objs)+1)
		for _, x := range at {
			fmt.Fprintf(&b, "%010d 00000 n \n", x)
		}
		fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R/ID[<00112233><00112233>]>>\n", len(objs)+1)
	}
	fmt.Fprintf(&b, "startxref\n%d\n%%%%EOF\n", xref)
	return b.Bytes()
}

// picture draws a blue stroke or a red ring on nothing.
func picture(t testing.TB, red bool) []byte {
	t.Helper()
	const w, h = 300, 300
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			d := math.Hypot(float64(x)-150, float64(y)-150)
			switch {
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

// sign signs in memory and asks that the input stands unchanged before what was appended.
func sign(t testing.TB, in []byte, r pades.Request, id *cmstest.Identity, stamp pades.Stamper) []byte {
	t.Helper()
	r.Cert, r.Chain = id.Cert, id.Chain
	if r.At.IsZero() {
		r.At = noon
	}
	tail, err := pades.Sign(ctx, bytes.NewReader(in), int64(len(in)), r, id.Key, stamp)
	if err != nil {
		t.Fatal(err)
	}
	return join(t, in, tail)
}

func join(t testing.TB, in, tail []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := pades.Join(&out, bytes.NewReader(in), int64(len(in)), tail); err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(out.Bytes(), in) || out.Len() != len(in)+len(tail) {
		t.Fatal("the input was changed")
	}
	return out.Bytes()
}

func write(t testing.TB, name string, b []byte) string {
	t.Helper()
	p := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(p, b, 0o600); err != nil {
		t.Fatal(err)
	}
	return p
}

// tool runs a program of poppler; a machine without it cannot run these tests.
func tool(t testing.TB, name string, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		t.Skipf("%s is not installed: nothing to compare with", name)
	}
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
	return string(out)
}

// pdfsig asks poppler, which must find so many valid signatures.
func pdfsig(t testing.TB, b []byte, valid int) string {
	t.Helper()
	out := tool(t, "pdfsig", "-nocert", write(t, "signed.pdf", b))
	if n := strings.Count(out, "Signature is Valid."); n != valid {
		t.Errorf("poppler finds %d valid signatures, expected %d:\n%s", n, valid, out)
	}
	return out
}

// judged asks our own judge, which must find so many intact signatures and, of what came
// after each, nothing that is not allowed.
func judged(t testing.TB, b []byte, signatures int, opt pades.Options) *pades.Report {
	t.Helper()
	if opt.At.IsZero() {
		opt.At = noon
	}
	r := pades.Verify(ctx, bytes.NewReader(b), int64(len(b)), opt)
	if r.Signatures != signatures || !r.Intact || r.Modification == pades.Illegal {
		t.Errorf("judged: %d signatures, intact %v, %s", r.Signatures, r.Intact, r.Modification)
		for _, v := range r.Verdicts {
			t.Errorf("  %s: %s %s %s %s %v", v.Field, v.Integrity, v.Coverage, v.Changes, v.Level, v.Reasons)
		}
	}
	return r
}

func TestEverythingWeSignIsValid(t *testing.T) {
	w := world(t)
	for _, stream := range []bool{false, true} {
		in := paper(stream, "", "/Rotate 90")
		for _, kind := range []cmstest.Kind{cmstest.RSA2048, cmstest.P256, cmstest.P384} {
			id := issue(t, w, "Đàm Quốc Thắng", kind)
			for _, sub := range []pades.SubFilter{pades.CAdES, pades.PKCS7} {
				out := sign(t, in, pades.Request{SubFilter: sub, Reason: "Phê duyệt", Name: "Đàm Quốc Thắng"}, id, stamper(w))
				report := pdfsig(t, out, 1)
				judged(t, out, 1, pades.Options{})
				if !strings.Contains(report, "Total document signed") || !strings.Contains(report, string(sub)) {
					t.Errorf("%s %s: %s", kind, sub, report)
				}
			}
		}
	}
}

func TestLeaderThenAgency(t *testing.T) {
	w := world(t)
	leader, agency := issue(t, w, "Đàm Quốc Thắng", cmstest.RSA2048), issue(t, w, "Ban Dân tộc tỉnh Cao Bằng", cmstest.P256)
	in := paper(true, "")
	tail, err := pades.AddFields(ctx, bytes.NewReader(in), int64(len(in)),
		pades.TextField{Name: "so", Label: "Số văn bản", Page: 1, Place: pades.Rect{X: 40, Y: 40, W: 30, H: 6}},
		pades.TextField{Name: "ngay", Label: "Ngày ban hành", Page: 1, Place: pades.Rect{X: 100, Y: 40, W: 80, H: 6}, Size: 14, Align: 1})
	if err != nil {
		t.Fatal(err)
	}
	draft := join(t, in, tail)
	place := pades.Rect{X: 120, Y: 200, W: 45, H: 20}
	once := sign(t, draft, pades.Request{Field: "LanhDao", Page: 1, Place: place, Look: &pades.Look{Picture: picture(t, false)}}, leader, stamper(w))
	pdfsig(t, once, 1)
	twice := sign(t, once, pades.Request{Field: "CoQuan", Page: 1, Place: pades.SealPlace(place, 36), Look: &pades.Look{Picture: picture(t, true)},
		Fill: map[string]string{"so": "15/QĐ-BDT", "ngay": "Cao Bằng, ngày 23 tháng 11 năm 2026"}}, agency, stamper(w))
	report := pdfsig(t, twice, 2)
	r := judged(t, twice, 2, pades.Options{})
	if r.Verdicts[0].Changes != pades.Allowed || r.Verdicts[1].Changes != pades.None {
		t.Errorf("after the leader: %s, after the agency: %s", r.Verdicts[0].Changes, r.Verdicts[1].Changes)
	}
	if strings.Count(report, "Not total document signed") != 1 {
		t.Error(report)
	}
	text := tool(t, "pdftotext", "-layout", write(t, "a.pdf", twice), "-")
	for _, want := range []string{"15/QĐ-BDT", "Cao Bằng, ngày 23 tháng 11 năm 2026"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in the text: %s", want, text)
		}
	}
	if dir := os.Getenv("SOVIEC_SHOW"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, "leader-agency.pdf"), twice, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	_, err = pades.Prepare(ctx, bytes.NewReader(twice), int64(len(twice)), pades.Request{Cert: leader.Cert, At: noon, Fill: map[string]string{"so": "16/QĐ-BDT"}})
	if err == nil || !strings.Contains(err.Error(), "đã có nội dung") {
		t.Errorf("a number was filled twice: %v", err)
	}
	_, err = pades.Prepare(ctx, bytes.NewReader(twice), int64(len(twice)), pades.Request{Cert: leader.Cert, At: noon, Field: "CoQuan"})
	if err == nil || !strings.Contains(err.Error(), "đã có chữ ký") {
		t.Errorf("a field was signed twice: %v", err)
	}
}
