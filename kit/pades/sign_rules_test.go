// SPDX-License-Identifier: Apache-2.0

package pades_test

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"testing"

	"soviec/kit/cms/cmstest"
	"soviec/kit/pades"
)

// revise appends a revision with a classic table: objects by number.
func revise(t testing.TB, in []byte, size int, trailer string, objs map[int]string) []byte {
	t.Helper()
	out := bytes.Clone(in)
	prev := bytes.LastIndex(in, []byte("startxref\n"))
	var old int
	fmt.Sscan(string(in[prev+10:]), &old)
	var nums []int
	for n := range objs {
		nums = append(nums, n)
	}
	slices.Sort(nums)
	table := "xref\n"
	for _, n := range nums {
		table += fmt.Sprintf("%d 1\n%010d 00000 n \n", n, len(out))
		out = fmt.Appendf(out, "%d 0 obj\n%s\nendobj\n", n, objs[n])
	}
	at := len(out)
	return fmt.Appendf(out, "%strailer\n<</Size %d/Root 1 0 R/Prev %d%s>>\nstartxref\n%d\n%%%%EOF\n", table, size, old, trailer, at)
}

// formPaper has an empty visible signature field with a lock, a text field, and a second
// signature field in a widget of its own.
func formPaper(t testing.TB) []byte {
	return revise(t, paper(false, ""), 11, "", map[int]string{
		1: "<</Type/Catalog/Pages 2 0 R/AcroForm 5 0 R>>",
		3: "<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>/Annots 9 0 R>>",
		5: "<</Fields 10 0 R/DR<</Font<</Helv<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>/DA(/Helv 11 Tf 0 g)>>",
		6: "<</Type/Annot/Subtype/Widget/FT/Sig/T(Giam doc)/Rect[300 100 400 150]/P 3 0 R/F 4/Lock<</Type/SigFieldLock/Action/Include/Fields[(so)]>>>>",
		7: "<</Type/Annot/Subtype/Widget/FT/Tx/T(so)/Rect[100 700 200 716]/P 3 0 R/F 4>>",
		8: "<</FT/Sig/T(Van thu)/Kids[<</Type/Annot/Subtype/Widget>>]>>",
		9: "[6 0 R 7 0 R]", 10: "[6 0 R 7 0 R 8 0 R]",
	})
}

func TestExistingFieldsAreUsedAndLocksKept(t *testing.T) {
	w := world(t)
	id := issue(t, w, "Đàm Quốc Thắng", cmstest.P256)
	in := formPaper(t)
	look := &pades.Look{Picture: picture(t, false)}
	filled := sign(t, in, pades.Request{Field: "Van thu", Fill: map[string]string{"so": "15/QĐ-BDT"}}, id, nil)
	once := sign(t, filled, pades.Request{Field: "Giam doc", Look: look}, id, nil)
	pdfsig(t, once, 2)
	if r := judged(t, once, 2, pades.Options{}); r.Verdicts[0].Changes != pades.Allowed {
		t.Errorf("%s", r.Verdicts[0].Changes)
	}
	tail := string(once[len(filled):])
	if strings.Contains(tail, "/Fields 10 0 R") || !strings.Contains(tail, "/FieldMDP") {
		t.Errorf("the form was rewritten, or the lock forgotten:\n%s", tail)
	}
	if !strings.Contains(string(filled[len(in):]), "/DA (/Helv 11 Tf 0 g)") || !strings.Contains(string(filled[len(in):]), "/DR") {
		t.Error("the form lost its resources")
	}
	alone := sign(t, in, pades.Request{Field: "Giam doc"}, id, nil)
	for name, r := range map[string]pades.Request{
		"an old cert":      {At: noon.AddDate(5, 0, 0)},
		"a cert too new":   {At: noon.AddDate(-5, 0, 0)},
		"a CA":             {Cert: w.Issuing.Cert},
		"a locked field":   {Fill: map[string]string{"so": "1"}},
		"a signed field":   {Field: "Giam doc"},
		"a text field":     {Field: "so"},
		"a page too many":  {Page: 2, Place: pades.Rect{X: 10, Y: 10, W: 10, H: 10}},
		"off the page":     {Page: 1, Place: pades.Rect{X: 200, Y: 10, W: 20, H: 10}},
		"a dot":            {Field: "a.b"},
		"late certifying":  {Certify: true},
		"no such field":    {Fill: map[string]string{"ngay": "1"}},
		"not a picture":    {Page: 1, Place: pades.Rect{X: 10, Y: 10, W: 10, H: 10}, Look: &pades.Look{Picture: []byte("GIF89a")}},
		"longer than room": {Fill: map[string]string{"so": strings.Repeat("dài ", 50)}},
	} {
		if r.Cert == nil {
			r.Cert, r.Chain = id.Cert, id.Chain
		}
		if r.At.IsZero() {
			r.At = noon
		}
		if _, err := pades.Prepare(ctx, bytes.NewReader(alone), int64(len(alone)), r); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
}

func TestCertifying(t *testing.T) {
	w := world(t)
	id := issue(t, w, "Đàm Quốc Thắng", cmstest.P256)
	first := sign(t, formPaper(t), pades.Request{Certify: true}, id, nil)
	if r := judged(t, first, 1, pades.Options{}); r.Verdicts[0].Certified != 2 {
		t.Errorf("certified with %d", r.Verdicts[0].Certified)
	}
	second := sign(t, first, pades.Request{Field: "Giam doc", Look: &pades.Look{Picture: picture(t, false)}}, id, nil)
	judged(t, second, 2, pades.Options{})
	judged(t, sign(t, first, pades.Request{}, id, nil), 2, pades.Options{})
	r := pades.Request{Cert: id.Cert, At: noon, Page: 1, Place: pades.Rect{X: 10, Y: 10, W: 10, H: 10}}
	if _, err := pades.Prepare(ctx, bytes.NewReader(first), int64(len(first)), r); err == nil || !strings.Contains(err.Error(), "chứng nhận") {
		t.Errorf("a new visible signature on a certified document: %v", err)
	}
}

func TestInspect(t *testing.T) {
	codes := func(in []byte, own ...string) string {
		t.Helper()
		list, err := pades.Inspect(ctx, bytes.NewReader(in), int64(len(in)), own...)
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, w := range list {
			out = append(out, string(w.Code))
		}
		return strings.Join(out, " ")
	}
	plain := paper(false, "", "")
	for name, c := range map[string]struct {
		in   []byte
		want string
		own  []string
	}{
		"plain":                 {plain, "", nil},
		"with streams":          {paper(true, ""), "", nil},
		"own fields":            {formPaper(t), "", []string{"so"}},
		"a field over the text": {formPaper(t), "OVERLAY", nil},
		"a hidden page":         {revise(t, plain, 8, "", map[int]string{7: "<</Type/Page/Parent 2 0 R>>"}), "HIDDEN_PAGES UNREACHABLE", nil},
		"hidden content":        {revise(t, plain, 8, "", map[int]string{7: "<</Length 3>>stream\nq Q\nendstream"}), "UNREACHABLE", nil},
		"a page behind a key":   {revise(t, plain, 8, "", map[int]string{1: "<</Type/Catalog/Pages 2 0 R/Extra 7 0 R>>", 7: "<</Type/Page/Parent 2 0 R>>"}), "HIDDEN_PAGES", nil},
		"an annotation":         {revise(t, plain, 7, "", map[int]string{3: "<</Type/Page/Parent 2 0 R/Contents 4 0 R/Annots[<</Type/Annot/Subtype/FreeText>>]>>"}), "OVERLAY", nil},
		"a script":              {revise(t, plain, 7, "", map[int]string{1: "<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>"}), "ACTIVE", nil},
	} {
		if got := codes(c.in, c.own...); got != c.want {
			t.Errorf("%s: %q, expected %q", name, got, c.want)
		}
	}
}

func TestEncryptedFilesAreRefused(t *testing.T) {
	w := world(t)
	id := issue(t, w, "Đàm Quốc Thắng", cmstest.P256)
	in := revise(t, paper(false, ""), 7, "/ID[(0123456789abcdef)(0123456789abcdef)]/Encrypt<</Filter/Standard/V 1/R 2/O("+strings.Repeat("o", 32)+")/U("+strings.Repeat("u", 32)+")/P -4>>", nil)
	_, err := pades.Prepare(ctx, bytes.NewReader(in), int64(len(in)), pades.Request{Cert: id.Cert, At: noon})
	if err == nil || !strings.Contains(err.Error(), "mật khẩu") {
		t.Errorf("%v", err)
	}
}

// TestMemoryDoesNotGrowWithTheFile signs half a gigabyte.
func TestMemoryDoesNotGrowWithTheFile(t *testing.T) {
	w := world(t)
	id := issue(t, w, "Đàm Quốc Thắng", cmstest.P256)
	name := filepath.Join(t.TempDir(), "large.pdf")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	const data = 500 << 20
	head := "%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R/Big 4 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>\nendobj\n"
	stream := fmt.Sprintf("4 0 obj\n<</Length %d>>stream\n", data)
	end := int64(len(head)+len(stream)) + data
	tail := "\nendstream\nendobj\n"
	xref := end + int64(len(tail))
	tail += "xref\n0 5\n0000000000 65535 f \n"
	for _, n := range []int{1, 2, 3} {
		tail += fmt.Sprintf("%010d 00000 n \n", strings.Index(head, fmt.Sprintf("%d 0 obj", n)))
	}
	tail += fmt.Sprintf("%010d 00000 n \ntrailer\n<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(head), xref)
	for _, part := range []struct {
		text string
		at   int64
	}{{head + stream, 0}, {tail, end}} {
		if _, err := f.WriteAt([]byte(part.text), part.at); err != nil {
			t.Fatal(err)
		}
	}
	size := end + int64(len(tail))
	debug.FreeOSMemory()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	out, err := pades.Sign(ctx, f, size, pades.Request{Cert: id.Cert, Chain: id.Chain, At: noon}, id.Key, stamper(w))
	if err != nil {
		t.Fatal(err)
	}
	if err := pades.Join(io.Discard, f, size, out); err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	if used := after.TotalAlloc - before.TotalAlloc; used > 4<<20 { // all that was ever asked for, freed or not
		t.Errorf("signing %d MB took %d KB", size>>20, used>>10)
	} else {
		t.Logf("signing %d MB took %d KB", size>>20, used>>10)
	}
}
