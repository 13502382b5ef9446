// SPDX-License-Identifier: Apache-2.0

package pades

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"

	"soviec/kit/pdf"
)

// A raw revision is written byte by byte, with all its faults.
type raw struct {
	objs    []rawObj
	before  string // bytes before the objects
	between string // bytes between the objects and the cross-references
	after   string // bytes after %%EOF
	prev    int64  // 0: the last section
	size    int    // 0: enough
	trailer string // more of the trailer
	table   string // more lines of the table
	noXRef  bool
	start   int64 // number of startxref; 0: right
}

type rawObj struct {
	num    int
	text   string
	hidden bool  // not in the table
	at     int64 // place in the table; 0: right
}

func (r raw) append(t testing.TB, in []byte) []byte {
	t.Helper()
	f := openPDF(t, in)
	last := f.Revisions()[len(f.Revisions())-1]
	b := bytes.NewBuffer(bytes.Clone(in))
	b.WriteString(r.before)
	var table strings.Builder
	size := 60
	for _, o := range r.objs {
		at := int64(b.Len())
		if o.at != 0 {
			at = o.at
		} else {
			fmt.Fprintf(b, "%d 0 obj\n%s\nendobj\n", o.num, o.text)
		}
		if !o.hidden {
			fmt.Fprintf(&table, "%d 1\n%010d 00000 n \n", o.num, at)
		}
		size = max(size, o.num+1)
	}
	b.WriteString(r.between)
	if r.noXRef {
		return b.Bytes()
	}
	if r.size != 0 {
		size = r.size
	}
	if r.prev == 0 {
		r.prev = last.XRef
	}
	x := int64(b.Len())
	if r.start != 0 {
		x = r.start
	}
	fmt.Fprintf(b, "xref\n%s%strailer\n<</Size %d/Root 1 0 R/Info 19 0 R/ID[<aa><bb>]/Prev %d%s>>\nstartxref\n%d\n%%%%EOF\n%s", table.String(), r.table, size, r.prev, r.trailer, x, r.after)
	return b.Bytes()
}

const badContent = "<</Length 21>>\nstream\n(So tien: 999999) Tj \nendstream"

func TestBytesOfALaterRevision(t *testing.T) {
	base := build(false, sample())
	in := signed(t, base, signing{field: oSig1})
	first := openPDF(t, in)
	baseXRef := first.Revisions()[0].XRef
	look := first.Last().Entry(oPicture).At
	content2 := first.Last().Entry(oContent2).At
	for _, c := range []struct {
		name string
		r    raw
		want Modification
	}{
		{"nothing", raw{}, Allowed},
		{"a new object", raw{objs: []rawObj{{num: 70, text: "<<>>"}}}, Allowed},
		{"a new object that is not listed", raw{objs: []rawObj{{num: 70, text: "<<>>", hidden: true}}}, Allowed},
		{"a comment", raw{before: "% written by a tool\n"}, Allowed},
		{"the header again", raw{before: "%PDF-1.7\n%\xe2\xe3\n"}, Allowed},
		{"blank lines at the end", raw{after: "\n\n  \n"}, Allowed},

		{"hide: an object freed", raw{table: fmt.Sprintf("%d 1\n0000000000 00001 f \n", oContent1)}, Illegal},
		{"hide: freed without a new generation", raw{table: fmt.Sprintf("%d 1\n0000000000 00000 f \n", oContent1)}, Illegal},
		{"replace: the table points to another object's bytes", raw{objs: []rawObj{{num: oContent1, at: content2}}}, Illegal},
		{"replace: a content", raw{objs: []rawObj{{num: oContent1, text: badContent}}}, Illegal},
		{"replace: a look with bytes from before", raw{objs: []rawObj{{num: oYes, at: look}}}, Illegal},
		{"an object of another generation", raw{table: fmt.Sprintf("%d 1\n%010d 00001 n \n", oContent1, content2)}, Illegal},
		{"a hidden copy of a content", raw{objs: []rawObj{{num: oContent1, text: badContent, hidden: true}}}, Illegal},
		{"a hidden copy in a comment", raw{before: "%5 0 obj <</Length 0>>stream endstream endobj\n"}, Illegal},
		{"a long comment", raw{before: "%" + strings.Repeat("x", 300) + "\n"}, Illegal},
		{"strange bytes before", raw{before: "BT (999) Tj ET\n"}, Illegal},
		{"strange bytes between", raw{objs: []rawObj{{num: 70, text: "<<>>"}}, between: "garbage\n"}, Illegal},
		{"a trailer of its own", raw{before: "trailer\n<</Root 2 0 R>>\n"}, Illegal},
		{"another startxref", raw{before: "startxref\n12\n%%EOF\n"}, Illegal},
		{"strange bytes after", raw{after: "5 0 obj\n" + badContent + "\nendobj\n"}, Illegal},
		{"strange text after", raw{after: "%hello\n"}, Illegal},
		{"no cross-references", raw{objs: []rawObj{{num: oContent1, text: badContent}}, noXRef: true}, Illegal},
		{"no cross-references, but an end", raw{objs: []rawObj{{num: oContent1, text: badContent}}, between: "%%EOF\n", noXRef: true}, Illegal},
		{"no trailer", raw{objs: []rawObj{{num: oContent1, text: badContent}}, between: "xref\n5 1\n0000009999 00000 n \nstartxref\n9999\n%%EOF\n", noXRef: true}, Illegal},
		{"a smaller size", raw{size: 5}, Illegal},
		{"/Prev jumps over the signed revision", raw{prev: baseXRef}, Illegal},
		{"/Prev in a circle", raw{prev: int64(len(in))}, Illegal},
		{"/Prev into nothing", raw{prev: 7}, Illegal},
		{"a key twice", raw{objs: []rawObj{{num: oInfo, text: "<</Title(a)/Title(b)>>"}}}, Illegal},
		{"two places for one object", raw{objs: []rawObj{{num: oInfo, text: "<</Title(a)>>"}, {num: oInfo, text: "<</Title(b)>>"}}}, Illegal},
		{"a broken object", raw{objs: []rawObj{{num: oInfo, text: "<</Title(a"}}}, Illegal},
		{"another root", raw{objs: []rawObj{{num: 70, text: "<</Type/Catalog/Pages 2 0 R>>"}}, trailer: "/Root 70 0 R"}, Illegal},
	} {
		t.Run(c.name, func(t *testing.T) {
			out := c.r.append(t, in)
			r := judged(out)
			accepted := r.Signatures > 0 && r.Intact && r.Modification != Illegal
			if accepted != (c.want == Allowed) || accepted && r.Modification != Allowed && c.name != "blank lines at the end" {
				t.Errorf("want %s; got %s", c.want, line(r))
			}
			// where the update leads past the signature, the file as it is has none
			if c.want == Illegal && (r.Summary == Valid || r.Summary == NoSignature && c.r.prev != baseXRef) {
				t.Errorf("the summary is %s: %s", r.Summary, line(r))
			}
		})
	}
}

// Objects hidden from old readers, or from new ones.
func TestHybridRevisions(t *testing.T) {
	in := signed(t, build(false, sample()), signing{field: oSig1})
	hybrid := func(num int, text string, table string) []byte {
		b := bytes.NewBuffer(bytes.Clone(in))
		at := b.Len()
		fmt.Fprintf(b, "%d 0 obj\n%s\nendobj\n", num, text)
		x := b.Len()
		rows := []byte{1, byte(at >> 16), byte(at >> 8), byte(at), 0, 1, byte(x >> 16), byte(x >> 8), byte(x), 0}
		fmt.Fprintf(b, "80 0 obj\n%s\nendobj\n", stream(fmt.Sprintf("/Type/XRef/Size 81/W[1 3 1]/Index[%d 1 80 1]", num), string(rows)))
		main := b.Len()
		prev := openPDF(t, in).Revisions()[1].XRef
		fmt.Fprintf(b, "xref\n%strailer\n<</Size 81/Root 1 0 R/Info 19 0 R/ID[<aa><bb>]/Prev %d/XRefStm %d>>\nstartxref\n%d\n%%%%EOF\n", table, prev, x, main)
		return b.Bytes()
	}
	picture := openPDF(t, in).Last().Entry(oPicture).At
	for _, c := range []struct {
		name string
		b    []byte
		ok   bool
	}{
		{"a new object", hybrid(70, "<<>>", ""), true},
		{"a new object, free for old readers", hybrid(70, "<<>>", "70 1\n0000000000 00000 f \n"), true},
		{"a content, only for new readers", hybrid(oContent1, badContent, ""), false},
		{"a content, free for old readers", hybrid(oContent1, badContent, "5 1\n0000000000 00001 f \n"), false},
		{"two truths", hybrid(oInfo, "<</Title(x)>>", fmt.Sprintf("%d 1\n%010d 00000 n \n", oInfo, picture)), false},
	} {
		r := judged(c.b)
		if accepted := r.Signatures == 1 && r.Intact && r.Modification == Allowed; accepted != c.ok {
			t.Errorf("%s: %s", c.name, line(r))
		}
	}
}

// A new object stream in the place of an old one changes everything that lay in there.
func TestAnObjectStreamReplaced(t *testing.T) {
	base := build(true, sample())
	in := signed(t, base, signing{field: oSig1})
	host := oLast + 1
	for _, c := range []struct {
		name     string
		from, to string
		ok       bool
	}{
		{"as it was", "", "", true},
		{"a font", "/Helvetica", "/Symbol___", false},
		{"a box", "595 842", "195 842", false},
	} {
		out := updated(t, in, func(u *pdf.Update) {
			o, err := u.Get(ref(host))
			if err != nil {
				t.Fatal(err)
			}
			s := o.(*pdf.Stream)
			data, err := s.Decode()
			if err != nil {
				t.Fatal(err)
			}
			u.Set(ref(host), pdf.NewStream(s.Dict, bytes.ReplaceAll(data, []byte(c.from), []byte(c.to))))
		})
		if c.from == "" {
			out = updated(t, in, func(u *pdf.Update) { o, _ := u.Get(ref(host)); u.Set(ref(host), o) })
		}
		r := judged(out)
		if accepted := r.Intact && r.Modification == Allowed; accepted != c.ok {
			t.Errorf("%s: %s", c.name, line(r))
		}
	}
}

// What stands in the signature itself: byte range, gap, message.
func TestTheSignatureItself(t *testing.T) {
	base := build(false, sample())
	good := signed(t, base, signing{field: oSig1})
	at := bytes.Index(good, []byte("/ByteRange ["))
	end := at + bytes.IndexByte(good[at:], ']') + 1
	rng := string(good[at:end])
	var a, b, n int64
	if _, err := fmt.Sscanf(rng, "/ByteRange [0 %d %d %d]", &a, &b, &n); err != nil {
		t.Fatal(err)
	}
	set := func(text string) []byte {
		return append(append(bytes.Clone(good[:at]), []byte(fmt.Sprintf("%-*s", end-at, "/ByteRange "+text))...), good[end:]...)
	}
	for _, text := range []string{
		"null", "[]", "[0 0 0 0]", "[0 10 20 30]", "[0 1 2]", "(x)", "[0 -5 10 20]", "[1 2 3 4]",
		fmt.Sprintf("[0 %d %d %d]", a, b, n+9000), fmt.Sprintf("[0 %d %d %d]", a, b, n-40),
		fmt.Sprintf("[0 %d %d %d]", a-1, b, n), fmt.Sprintf("[0 %d %d %d]", a, b+1, n-1), fmt.Sprintf("[0 %d %d %d]", b, a, n),
		"[0 99999999999999999999 1 1]", fmt.Sprintf("[0 %d %d 9223372036854775807]", a, b), fmt.Sprintf("[0 %d.0 %d %d]", a, b, n),
	} {
		if len("/ByteRange "+text) > end-at {
			continue
		}
		r := judged(set(text))
		if r.Intact || r.Summary != Invalid || r.Verdicts[0].Integrity != Broken {
			t.Errorf("%s: %s", text, line(r))
		}
	}
	// wrapping: the gap takes in more than /Contents, and the signature fits
	wrapped := signedWith(t, base, func(c pdf.Span) pdf.Span { return pdf.Span{Start: c.Start - 10, End: c.End} })
	if r := judged(wrapped); r.Intact || r.Verdicts[0].Coverage != Unclear {
		t.Errorf("wrapped: %s", line(r))
	}
	// the signed bytes
	for _, i := range []int64{100, a - 30, b + 5, int64(len(good)) - 3} {
		out := bytes.Clone(good)
		out[i] ^= 1
		if r := judged(out); r.Intact {
			t.Errorf("byte %d changed: %s", i, line(r))
		}
	}
	// a covered file that was cut
	for _, n := range []int{len(good) - 1, len(good) - 30, int(b) + 10, int(a) + 10} {
		r := judged(good[:n])
		if r.Intact && r.Signatures > 0 && n < len(good)-1 {
			t.Errorf("cut at %d of %d: %s", n, len(good), line(r))
		}
	}
	// the message
	for name, hex := range map[string]string{"empty": "", "one zero": "00", "text": "48656c6c6f"} {
		out := bytes.Clone(good)
		copy(out[a:b], "<"+hex+strings.Repeat("0", int(b-a)-2-len(hex))+">")
		if r := judged(out); r.Intact || r.Summary != Invalid {
			t.Errorf("contents %s: %s", name, line(r))
		}
	}
	// a second message behind the first, and other filling
	out := bytes.Clone(good)
	der := out[a+1 : a+2001]
	copy(out[a+2001:], der[:1000])
	if r := judged(out); r.Intact {
		t.Errorf("two messages: %s", line(r))
	}
	// a key twice
	if r := judged(signedRaw(t, base, "/Reason(a)/Reason(b)")); r.Intact {
		t.Errorf("/Reason twice: %s", line(r))
	}
	if r := judged(signedRaw(t, base, "/Reason(a)")); !r.Intact {
		t.Errorf("/Reason once: %s", line(r))
	}
}

// signedWith signs with another gap than the right one.
func signedWith(t *testing.T, in []byte, gap func(pdf.Span) pdf.Span) []byte {
	u, err := openPDF(t, in).Update()
	if err != nil {
		t.Fatal(err)
	}
	contents := &pdf.Hole{Text: "<" + strings.Repeat("0", 4000) + ">"}
	rng := &pdf.Hole{Text: "[0 0000000000 0000000000 0000000000]"}
	v := u.Add(pdf.Dict{"Type": pdf.Name("Sig"), "SubFilter": pdf.Name("ETSI.CAdES.detached"), "Contents": contents, "ByteRange": rng})
	edit(u, oSig1, pdf.Dict{"V": v})
	tail, holes, err := u.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	out := append(bytes.Clone(in), tail...)
	c, r := holes[contents], holes[rng]
	g := gap(c)
	copy(out[r.Start:r.End], fmt.Sprintf("[0 %010d %010d %010d]", g.Start, g.End, int64(len(out))-g.End))
	h := sha256.New()
	h.Write(out[:g.Start])
	h.Write(out[g.End:])
	copy(out[c.Start+1:], message(t, h.Sum(nil)))
	return out
}

// signedRaw signs a dictionary written by hand.
func signedRaw(t *testing.T, in []byte, more string) []byte {
	body := fmt.Sprintf("<</Type/Sig/SubFilter/ETSI.CAdES.detached%s/ByteRange[0 0000000000 0000000000 0000000000]/Contents<%s>>>", more, strings.Repeat("0", 4000))
	r := raw{objs: []rawObj{{num: 70, text: body}, {num: oSig1, text: "<</Type/Annot/Subtype/Widget/FT/Sig/T(Sig1)/Rect[0 0 0 0]/P 3 0 R/F 132/V 70 0 R>>"}}}
	out := r.append(t, in)
	c := pdf.Span{Start: int64(bytes.LastIndex(out, []byte("/Contents<"))) + 9}
	c.End = c.Start + 4002
	at := bytes.LastIndex(out, []byte("/ByteRange["))
	copy(out[at:], fmt.Sprintf("/ByteRange[0 %010d %010d %010d]", c.Start, c.End, int64(len(out))-c.End))
	seal(t, out, c)
	return out
}
