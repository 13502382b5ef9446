// SPDX-License-Identifier: Apache-2.0

package letter_test

import (
	"bytes"
	"context"
	"encoding/xml"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"soviec/kit/letter"
	"soviec/kit/pdf"
)

func tool(t testing.TB, name string, args ...string) string {
	t.Helper()
	cmd := exec.Command(name, args...)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v %s", name, err, errs.String())
	}
	return string(out)
}

func keep(t testing.TB, b []byte) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(name, b, 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func text(t testing.TB, b []byte) string { return tool(t, "pdftotext", "-layout", keep(t, b), "-") }

// seen is a line of words as poppler finds it, in millimetres from the upper left corner.
type seen struct {
	page           int
	text           string
	x0, y0, x1, y1 float64
	words          []seen
}

func (s seen) mid() float64 { return (s.x0 + s.x1) / 2 }

const mm = 25.4 / 72

// lines reads a file back with pdftotext -bbox-layout.
func lines(t testing.TB, b []byte) []seen {
	t.Helper()
	out := tool(t, "pdftotext", "-bbox-layout", keep(t, b), "-")
	d := xml.NewDecoder(strings.NewReader(out))
	d.Strict = false
	var all []seen
	page := 0
	box := func(e xml.StartElement) seen {
		s := seen{page: page}
		for _, a := range e.Attr {
			v, _ := strconv.ParseFloat(a.Value, 64)
			switch a.Name.Local {
			case "xMin":
				s.x0 = v * mm
			case "xMax":
				s.x1 = v * mm
			case "yMin":
				s.y0 = v * mm
			case "yMax":
				s.y1 = v * mm
			}
		}
		return s
	}
	for {
		tok, err := d.Token()
		if err == io.EOF {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		e, ok := tok.(xml.StartElement)
		if !ok {
			continue
		}
		switch e.Name.Local {
		case "page":
			page++
		case "line":
			all = append(all, box(e))
		case "word":
			w := box(e)
			if err := d.DecodeElement(&w.text, &e); err != nil {
				t.Fatal(err)
			}
			l := &all[len(all)-1]
			l.words = append(l.words, w)
			l.text = strings.TrimSpace(l.text + " " + w.text)
		}
	}
}

// find is the first run of words on one line that read so.
func find(t testing.TB, all []seen, want string) seen {
	t.Helper()
	words := strings.Fields(want)
	for _, l := range all {
		for i := 0; i+len(words) <= len(l.words); i++ {
			j := 0
			for j < len(words) && l.words[i+j].text == words[j] {
				j++
			}
			if j == len(words) {
				a, b := l.words[i], l.words[i+j-1]
				return seen{page: l.page, text: want, x0: a.x0, y0: a.y0, x1: b.x1, y1: b.y1}
			}
		}
	}
	t.Errorf("%q is not on the paper", want)
	return seen{}
}

func near(t testing.TB, what string, got, want, within float64) {
	t.Helper()
	if math.Abs(got-want) > within {
		t.Errorf("%s: %.2f mm, not %.2f", what, got, want)
	}
}

// stroke is a rule or a frame as it is drawn.
type stroke struct {
	page        int
	frame, red  bool
	x0, y, w, h float64
}

// strokes reads rules and frames out of the pages' contents.
func strokes(t testing.TB, b []byte) []stroke {
	t.Helper()
	var out []stroke
	for page, content := range contents(t, b) {
		high := content.high
		red := false
		var at []float64
		for _, l := range strings.Split(content.text, "\n") {
			f := strings.Fields(l)
			at = at[:0]
			for _, s := range f {
				if v, err := strconv.ParseFloat(s, 64); err == nil {
					at = append(at, v*mm)
				}
			}
			switch {
			case strings.HasPrefix(l, "1 0 0 rg"):
				red = true
			case strings.HasPrefix(l, "0 g"):
				red = false
			case strings.HasSuffix(l, " re S"):
				out = append(out, stroke{page: page + 1, frame: true, red: red, x0: at[1], y: high - at[2] - at[4], w: at[3], h: at[4]})
			case strings.HasSuffix(l, " l S"):
				out = append(out, stroke{page: page + 1, red: red, x0: at[1], y: high - at[2], w: at[3] - at[1], h: at[2] - at[4]})
			}
		}
	}
	return out
}

type pageText struct {
	text string
	high float64
}

func open(t testing.TB, b []byte) *pdf.View {
	t.Helper()
	f, err := pdf.Open(context.Background(), bytes.NewReader(b), int64(len(b)), pdf.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	return f.Last()
}

func contents(t testing.TB, b []byte) []pageText {
	t.Helper()
	v := open(t, b)
	var out []pageText
	if err := v.Pages(func(_ int, _ pdf.Ref, p pdf.Dict) bool {
		o, err := v.Resolve(p["Contents"])
		if err != nil {
			t.Fatal(err)
		}
		box := v.Array(p["MediaBox"])
		high, _ := box[3].(float64)
		out = append(out, pageText{string(data(t, o)), high * mm})
		return true
	}); err != nil {
		t.Fatal(err)
	}
	return out
}

func data(t testing.TB, o pdf.Object) []byte {
	t.Helper()
	s, ok := o.(*pdf.Stream)
	if !ok {
		t.Fatalf("%T is no stream", o)
	}
	raw, err := s.Decode()
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func boxOf(t testing.TB, r letter.Result, name string) letter.Box {
	t.Helper()
	for _, b := range r.Boxes {
		if b.Name == name {
			return b
		}
	}
	t.Errorf("there is no box %s", name)
	return letter.Box{}
}
