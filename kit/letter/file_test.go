// SPDX-License-Identifier: Apache-2.0

package letter_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/unicode/norm"

	"soviec/kit/fault"
	"soviec/kit/letter"
	"soviec/kit/pdf"
)

// everything is a letter that uses all that can be drawn.
func everything() letter.Letter {
	l := sample("1.5")
	l.Number, l.Date = "", 0
	l.Circulation, l.Corner = "Xem xong trả lại", "Số: 15/QĐ-BDT; 05/01/2026; 14:05:09"
	l.Body = append(l.Body, sample("1.4").Body...)
	l.Appendices = append(sample("1.3").Appendices, letter.Appendix{Title: "Danh sách", Body: letter.Parse("| STT | Xã |\n|---|---|\n| 1 | Bảo Lạc |"), Landscape: true})
	return l
}

// The clauses of ISO 19005-2 (PDF/A-2b) that the files are asked about; docs/layout.md lists them.
func TestPDFA(t *testing.T) {
	r := set(t, everything(), letter.Options{Fields: true})
	show(t, "everything", r.PDF)
	b := r.PDF
	v := open(t, b)
	root, _, err := v.Root()
	if err != nil {
		t.Fatal(err)
	}
	// 6.1.2 header: version 1.7, then four bytes above 127; 6.1.3 trailer: /ID, no /Encrypt
	if !bytes.HasPrefix(b, []byte("%PDF-1.7\n%")) || b[10] < 128 || b[11] < 128 || b[12] < 128 || b[13] < 128 {
		t.Errorf("6.1.2: %q", b[:16])
	}
	if id := v.Array(v.Trailer["ID"]); len(id) != 2 || v.Trailer["Encrypt"] != nil {
		t.Errorf("6.1.3: %v", v.Trailer)
	}
	if !bytes.HasSuffix(b, []byte("%%EOF\n")) {
		t.Error("6.1.3: bytes after the end")
	}
	var fonts, streams, images int
	for n := 1; n < int(v.Trailer["Size"].(int64)); n++ {
		o, err := v.Get(pdf.Ref{Num: n})
		if err != nil {
			t.Fatal(err)
		}
		d, _ := o.(pdf.Dict)
		if s, ok := o.(*pdf.Stream); ok {
			streams++
			d = s.Dict
			// 6.1.7.1 /Length is what stands between the keywords, 6.1.7.2 no external data, 6.1.7.2 no LZW
			if s.Guessed || d["F"] != nil || d["FFilter"] != nil || v.Name(d["Filter"]) == "LZWDecode" {
				t.Errorf("6.1.7: object %d", n)
			}
			if v.Name(d["Subtype"]) == "Image" {
				images++
			}
		}
		// 6.2.4 only what needs no more than the output intent; 6.2.8, 6.2.10 no transparency, 6.5.1 no actions, 6.8 no files
		for _, k := range []pdf.Name{"SMask", "Group", "ca", "CA", "BM", "TR", "HTP", "A", "AA", "OpenAction", "EF", "JS", "OPI", "PS", "Alternates"} {
			if d[k] != nil && !(k == "A" && v.Name(d["S"]) != "") {
				t.Errorf("object %d has /%s", n, k)
			}
		}
		switch v.Name(d["Type"]) {
		case "Font":
			fonts++
			fontClauses(t, v, d)
		case "Annot":
			// 6.3.2 printed, not hidden; 6.3.3 an appearance, of one state
			if flags, _ := v.Int(d["F"]); flags&4 == 0 || flags&(1|2|32|256) != 0 {
				t.Errorf("6.3.2: flags %d", flags)
			}
			ap := v.Dict(d["AP"])
			if look, _ := v.Resolve(ap["N"]); len(ap) != 1 || look == nil {
				t.Errorf("6.3.3: %v", ap)
			} else if _, ok := look.(*pdf.Stream); !ok {
				t.Errorf("6.3.3: %T", look)
			}
		}
	}
	if fonts < 8 || streams < 10 || images > 0 {
		t.Errorf("%d fonts, %d streams, %d images", fonts, streams, images)
	}
	// 6.2.3 output intent with a profile of three colours; only gray and RGB are used
	intent := v.Dict(v.Array(root["OutputIntents"])[0])
	profile, _ := v.Resolve(intent["DestOutputProfile"])
	icc := data(t, profile)
	if v.Name(intent["S"]) != "GTS_PDFA1" || string(icc[36:40]) != "acsp" || string(icc[16:20]) != "RGB " || int(binary.BigEndian.Uint32(icc)) != len(icc) || icc[8] != 2 {
		t.Errorf("6.2.3: %v", intent)
	}
	if len(icc) > 4096 {
		t.Errorf("the profile has %d bytes", len(icc))
	}
	operators := regexp.MustCompile(`(?m)(^|\s)(k|K|cs|CS|sc|SC|scn|SCN|sh|gs|Do|ri|BX|BI)(\s|$)`)
	for i, p := range contents(t, b) {
		plain := regexp.MustCompile(`<[0-9A-F]*>`).ReplaceAllString(p.text, "")
		if op := operators.FindString(plain); op != "" {
			t.Errorf("6.2.2, 6.2.4: page %d uses %q", i+1, op)
		}
		if a, z := strings.Count(plain, "BMC")+strings.Count(plain, "BDC"), strings.Count(plain, "EMC"); a != z || a == 0 {
			t.Errorf("page %d: marked content opened %d times, closed %d times", i+1, a, z)
		}
	}
	// 6.4.1 forms: nothing for the reader to make up
	form := v.Dict(root["AcroForm"])
	if form["NeedAppearances"] != nil || form["XFA"] != nil || len(v.Array(form["Fields"])) != 2 {
		t.Errorf("6.4.1: %v", form)
	}
	for _, k := range []pdf.Name{"AA", "OpenAction", "OCProperties", "Perms", "Requirements", "NeedsRendering"} {
		if root[k] != nil {
			t.Errorf("the catalog has /%s", k)
		}
	}
	metadataClauses(t, v, root)
}

// fontClauses: 6.2.11.
func fontClauses(t *testing.T, v *pdf.View, d pdf.Dict) {
	t.Helper()
	switch v.Name(d["Subtype"]) {
	case "Type0":
		if v.Name(d["Encoding"]) != "Identity-H" || d["ToUnicode"] == nil { // 6.2.11.3.3, 6.2.11.7
			t.Errorf("6.2.11.3: %v", d)
		}
	case "CIDFontType2":
		f := v.Dict(d["FontDescriptor"])
		file, _ := v.Resolve(f["FontFile2"])
		if v.Name(d["CIDToGIDMap"]) != "Identity" || file == nil { // 6.2.11.3.2, 6.2.11.4.1
			t.Fatalf("6.2.11: %v", d)
		}
		raw := data(t, file)
		if n, _ := v.Int(file.(*pdf.Stream).Dict["Length1"]); int(n) != len(raw) {
			t.Errorf("/Length1 %d of %d bytes", n, len(raw))
		}
		widths := v.Array(v.Array(d["W"])[1])
		for i, adv := range advances(raw) { // 6.2.11.5 widths agree with the font
			if i < len(widths) {
				if w, _ := v.Int(widths[i]); w-adv > 1 || adv-w > 1 {
					t.Errorf("6.2.11.5: outline %d is %d wide, the file says %d", i, adv, w)
				}
			}
		}
		if f["CIDSet"] != nil { // 6.2.11.4.2 would have to be whole
			t.Error("6.2.11.4.2: a CIDSet")
		}
	default:
		t.Errorf("a font of kind %s", v.Name(d["Subtype"]))
	}
}

// advances reads the widths of a TrueType file in thousandths.
func advances(raw []byte) []int64 {
	tables := map[string][]byte{}
	for i := range int(binary.BigEndian.Uint16(raw[4:])) {
		e := raw[12+16*i:]
		tables[string(e[:4])] = raw[binary.BigEndian.Uint32(e[8:]):][:binary.BigEndian.Uint32(e[12:])]
	}
	em := int64(binary.BigEndian.Uint16(tables["head"][18:]))
	n := int(binary.BigEndian.Uint16(tables["hhea"][34:]))
	var out []int64
	for i := range n {
		out = append(out, int64(binary.BigEndian.Uint16(tables["hmtx"][4*i:]))*1000/em)
	}
	return out
}

// metadataClauses: 6.6.
func metadataClauses(t *testing.T, v *pdf.View, root pdf.Dict) {
	t.Helper()
	o, _ := v.Resolve(root["Metadata"])
	s := o.(*pdf.Stream)
	xmp := string(data(t, s))
	if s.Dict["Filter"] != nil || v.Name(s.Dict["Subtype"]) != "XML" {
		t.Errorf("6.6.2: %v", s.Dict)
	}
	for _, want := range []string{"<pdfaid:part>2</pdfaid:part>", "<pdfaid:conformance>B</pdfaid:conformance>", "<?xpacket begin=\"\ufeff\""} { // 6.6.4, 6.6.2.1
		if !strings.Contains(xmp, want) {
			t.Errorf("6.6: no %s", want)
		}
	}
	info := v.Dict(v.Trailer["Info"]) // 6.6.3 what stands in both places is the same
	for key, tag := range map[pdf.Name]string{"Title": `x-default">`, "Producer": "<pdf:Producer>", "Creator": "<xmp:CreatorTool>"} {
		said, _ := v.Resolve(info[key])
		_, rest, _ := strings.Cut(xmp, tag)
		got, _, _ := strings.Cut(rest, "<")
		if want := unicode16(string(said.(pdf.String))); got != want || want == "" {
			t.Errorf("6.6.3: %s is %q and %q", key, want, got)
		}
	}
	if info["CreationDate"] != pdf.String("D:20260105093000+07'00'") || !strings.Contains(xmp, "<xmp:CreateDate>2026-01-05T09:30:00+07:00<") || info["ModDate"] != info["CreationDate"] {
		t.Errorf("6.6.3: %v", info)
	}
}

func unicode16(s string) string {
	if !strings.HasPrefix(s, "\xfe\xff") {
		return s
	}
	var out []rune
	for i := 2; i+1 < len(s); i += 2 {
		out = append(out, rune(s[i])<<8|rune(s[i+1]))
	}
	return string(out)
}

func TestTheLogicalStructureLeadsBothWays(t *testing.T) {
	v := open(t, set(t, everything(), letter.Options{Fields: true}).PDF)
	root, _, _ := v.Root()
	tree := v.Dict(root["StructTreeRoot"])
	nums := v.Array(v.Dict(tree["ParentTree"])["Nums"])
	marked := map[string]bool{}
	var walk func(o pdf.Object, deep int)
	walk = func(o pdf.Object, deep int) {
		ref, _ := o.(pdf.Ref)
		e := v.Dict(o)
		for _, k := range v.Array(e["K"]) {
			kid := v.Dict(k)
			if v.Name(kid["Type"]) == "MCR" {
				id, _ := v.Int(kid["MCID"])
				marked[fmt.Sprintf("%v %d %v", kid["Pg"], id, ref)] = true
			} else if deep < 20 {
				walk(k, deep+1)
			}
		}
	}
	for _, k := range v.Array(tree["K"]) {
		walk(k, 0)
	}
	n := 0
	v.Pages(func(i int, ref pdf.Ref, p pdf.Dict) bool {
		key, _ := v.Int(p["StructParents"])
		for id, owner := range v.Array(nums[2*key+1]) {
			n++
			if !marked[fmt.Sprintf("%v %d %v", ref, id, owner)] {
				t.Errorf("page %d: stretch %d belongs to %v, which does not know it", i+1, id, owner)
			}
		}
		return true
	})
	if n < 40 || n != len(marked) {
		t.Errorf("%d stretches, %d in the tree", n, len(marked))
	}
	if v.Array(root["Lang"]) != nil || root["Lang"] != pdf.String("vi-VN") {
		t.Error("no language")
	}
}

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

func TestEveryVietnameseLetterComesBack(t *testing.T) {
	all := []rune(letters())
	if len(all) != 146 {
		t.Fatalf("%d letters", len(all))
	}
	var words []string
	for i := 0; i < len(all); i += 7 {
		words = append(words, string(all[i:min(i+7, len(all))]))
	}
	line := strings.Join(words, " ")
	for _, form := range []norm.Form{norm.NFC, norm.NFD} {
		l := sample("1.5")
		l.Body = []letter.Block{{Kind: letter.Para, Text: form.String(line)}, {Kind: letter.Basis, Text: form.String(line)}, {Kind: letter.Centred, Text: form.String(line)}}
		l.Recipients = []string{form.String(line)}
		b := set(t, l, letter.Options{}).PDF
		flat := strings.Join(strings.Fields(tool(t, "pdftotext", "-raw", keep(t, b), "-")), "")
		if n := strings.Count(flat, string(all)); n != 4 {
			t.Errorf("found %d times in %s", n, flat)
		}
		for _, l := range strings.Split(tool(t, "pdffonts", keep(t, b)), "\n")[2:] {
			if l != "" && (!strings.Contains(l, "+Tinos") || !strings.Contains(l, "Identity-H       yes yes yes")) {
				t.Errorf("font %s", l)
			}
		}
	}
}

func TestALetterThatTheTypefaceLacksIsNamed(t *testing.T) {
	l := sample("1.5")
	l.Body = letter.Parse("Kính gửi 漢字.")
	_, err := letter.Set(l, letter.Options{})
	if !fault.Is(err, fault.KindInvalid) || !strings.Contains(err.Error(), "“漢” (U+6F22)") {
		t.Errorf("%v", err)
	}
}

func TestTheSameLetterGivesTheSameBytes(t *testing.T) {
	a, b := set(t, everything(), letter.Options{Fields: true}), set(t, everything(), letter.Options{Fields: true})
	if !bytes.Equal(a.PDF, b.PDF) {
		t.Error("two files of one letter differ")
	}
	c, err := letter.Set(everything(), letter.Options{Fields: true, At: made.Add(time.Second)})
	if err != nil || bytes.Equal(a.PDF, c.PDF) {
		t.Errorf("the moment is not in the file: %v", err)
	}
}
