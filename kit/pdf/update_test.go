// SPDX-License-Identifier: Apache-2.0

package pdf

import (
	"bytes"
	"strconv"
	"strings"
	"testing"
)

func TestAnUpdateAppendsAndBothStatesStay(t *testing.T) {
	for _, stream := range []bool{false, true} {
		in := build(stream, simple...)
		f, err := open(t, in)
		if err != nil {
			t.Fatal(err)
		}
		u, err := f.Update()
		if err != nil {
			t.Fatal(err)
		}
		hole := &Hole{Text: "<" + strings.Repeat("0", 20) + ">"}
		ref := u.Add(Dict{"Contents": hole, "Text": String("Nguyễn (Ấn)"), "Name": Name("a b#")})
		page, err := u.Get(Ref{3, 0})
		if err != nil {
			t.Fatal(err)
		}
		changed := Clone(page).(Dict)
		changed["Rotate"] = int64(90)
		u.Set(Ref{3, 0}, changed)
		s := u.Add(NewStream(Dict{}, []byte("BT ET")))
		tail, holes, err := u.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		again, _, err := u.Bytes()
		if err != nil || !bytes.Equal(tail, again) {
			t.Fatal("the same update gives other bytes the second time", err)
		}
		out := append(bytes.Clone(in), tail...)
		if at := holes[hole]; string(out[at.Start:at.End]) != hole.Text {
			t.Fatalf("the hole is not at %v", at)
		}
		g, err := open(t, out)
		if err != nil {
			t.Fatal(err)
		}
		revs := g.Revisions()
		if len(revs) != 2 || revs[0].End != int64(len(in)) || revs[1].End != int64(len(out)) || revs[1].Kind != revs[0].Kind {
			t.Fatalf("revisions %+v %+v", revs[0], revs[1])
		}
		if d := g.At(0).Dict(Ref{3, 0}); d["Rotate"] != nil || d["Note"] != String("a(b)) c") || d["Hex"] != String("A@") || d["Real"] != -0.5 {
			t.Fatalf("the old page is %v", d)
		}
		if d := g.At(1).Dict(Ref{3, 0}); d["Rotate"] != int64(90) {
			t.Fatalf("the new page is %v", d)
		}
		if o, err := g.At(0).Get(ref); o != nil || err != nil {
			t.Fatalf("the new object was there before: %v %v", o, err)
		}
		d := g.Last().Dict(ref)
		if d["Text"] != String("Nguyễn (Ấn)") || d["Name"] != Name("a b#") {
			t.Fatalf("written %v", d)
		}
		at, err := g.Last().SpanOf(ref, "Contents")
		if err != nil || at != holes[hole] {
			t.Fatalf("at %v, holes %v, %v", at, holes, err)
		}
		o, err := g.Last().Get(s)
		if err != nil {
			t.Fatal(err)
		}
		if b, err := o.(*Stream).Decode(); err != nil || string(b) != "BT ET" {
			t.Fatalf("stream %q %v", b, err)
		}
		if id := g.Last().Trailer["ID"].(Array); id[0] != String("a") || id[1] == String("b") {
			t.Fatalf("ID %v", id)
		}
	}
}

func TestAnUpdateRefusesARest(t *testing.T) {
	f, err := open(t, append(build(false, simple...), "5 0 obj null endobj"...))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Update(); err == nil {
		t.Fatal("a rest after the end was taken")
	}
}

// A startxref in the middle may say anything.
func TestAStartxrefThatLeadsNowhere(t *testing.T) {
	in := build(false, simple...)
	f, err := open(t, in)
	if err != nil {
		t.Fatal(err)
	}
	u, err := f.Update()
	if err != nil {
		t.Fatal(err)
	}
	tail, _, err := u.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	for _, lie := range []string{"999999999", "999999999999999999", "0", "7"} {
		middle := []byte("startxref\n" + lie + "\n%%EOF\n")
		u2 := bytes.Replace(tail, []byte("xref\n"), append(middle, "xref\n"...), 1)
		at := len(in) + bytes.Index(u2, []byte("\nxref\n")) + 1
		u2 = append(u2[:bytes.LastIndex(u2, []byte("startxref"))], []byte("startxref\n"+strconv.Itoa(at)+"\n%%EOF\n")...)
		g, err := open(t, append(bytes.Clone(in), u2...))
		if err != nil {
			t.Fatal(lie, err)
		}
		strays, err := g.Strays(1)
		if err != nil || len(strays) == 0 {
			t.Errorf("%s: %v, %v", lie, strays, err)
		}
	}
}
