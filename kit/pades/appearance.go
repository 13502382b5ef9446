// SPDX-License-Identifier: Apache-2.0

package pades

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"time"

	"soviec/kit/fault"
	"soviec/kit/pdf"
)

// A Look is how a signature is shown (Decree 30/2020, Appendix I): a picture for a person
// or an agency, lines of text for an appendix or a copy. An empty Look draws nothing.
type Look struct {
	Picture []byte // PNG; its transparency is kept
	Lines   []string
	Size    float64 // of the letters, in points; 0: 10, as the decree has it
	Align   int     // -1 left, 0 right (upper right corner), 1 centred
}

func (l *Look) letters() float64 {
	if l.Size > 0 {
		return l.Size
	}
	return 10
}

// A TimeForm is how the time of signing is written beside an appendix or a copy.
type TimeForm int

// The forms: by ISO 8601 with the offset, as 2026-11-23T15:04:05+07:00, or as people
// write, 23/11/2026; 15:04:05 +07:00.
const (
	TimeISO TimeForm = iota
	TimeLocal
)

var vietnam = time.FixedZone("+07", 7*3600)

// TimeText writes the time of signing in Vietnam's time with the offset spelled out.
func TimeText(t time.Time, form TimeForm) string {
	if form == TimeLocal {
		return t.In(vietnam).Format("02/01/2006; 15:04:05 -07:00")
	}
	return t.In(vietnam).Format("2006-01-02T15:04:05-07:00")
}

// AppendixLook is the agency's signature on an appendix in a separate file (Decree
// 30/2020, Appendix I, Part I, III.1d): number and notation of the document, and the time.
func AppendixLook(number string, t time.Time, form TimeForm) *Look {
	return &Look{Lines: []string{"Số: " + number + "; " + TimeText(t, form)}}
}

// CopyLook is the agency's signature on an electronic copy (Part II, I.3): kind of copy
// (SAO Y, SAO LỤC, TRÍCH SAO), name of the agency, and the time.
func CopyLook(kind, agency string, t time.Time, form TimeForm) *Look {
	return &Look{Lines: []string{kind + "; " + agency + "; " + TimeText(t, form)}}
}

// draw makes the appearance of a widget so many points wide and high, upright on its page.
func (d *draft) draw(l *Look, w, h float64, s sheet) (pdf.Ref, error) {
	var content bytes.Buffer
	resources := pdf.Dict{}
	if l != nil && len(l.Picture) > 0 {
		image, pw, ph, err := d.picture(l.Picture)
		if err != nil {
			return pdf.Ref{}, err
		}
		resources["XObject"] = pdf.Dict{"Im0": image}
		in := inside(w, h, pw, ph)
		fmt.Fprintf(&content, "q %s 0 0 %s %s %s cm /Im0 Do Q\n", decimal(in.W), decimal(in.H), decimal(in.X), decimal(in.Y))
	}
	if l != nil && len(l.Lines) > 0 {
		font, subset, err := d.font(l.Lines...)
		if err != nil {
			return pdf.Ref{}, err
		}
		resources["Font"] = pdf.Dict{"F0": font}
		size := l.letters()
		lead := size * 1.2
		top := h - size*float64(subset.Ascent)/1000
		if l.Align == 1 {
			top -= (h - lead*float64(len(l.Lines))) / 2
		}
		fmt.Fprintf(&content, "q BT /F0 %s Tf 0 g\n", decimal(size))
		for i, line := range l.Lines {
			x := 0.0
			if width := lineWidth(line, size); l.Align == 0 {
				x = w - width
			} else if l.Align == 1 {
				x = (w - width) / 2
			}
			fmt.Fprintf(&content, "1 0 0 1 %s %s Tm <%X> Tj\n", decimal(x), decimal(top-lead*float64(i)), subset.Encode(line))
		}
		content.WriteString("ET Q\n")
	}
	return d.form(content.Bytes(), resources, w, h, s), nil
}

// form makes the form XObject of an appearance.
func (d *draft) form(content []byte, resources pdf.Dict, w, h float64, s sheet) pdf.Ref {
	dict := pdf.Dict{"Type": pdf.Name("XObject"), "Subtype": pdf.Name("Form"), "BBox": pdf.Array{int64(0), int64(0), round(w), round(h)}, "Resources": resources}
	if m := s.upright(); m != nil {
		dict["Matrix"] = m
	}
	return d.Add(pdf.NewStream(dict, content))
}

func decimal(x float64) string {
	b, _ := pdf.Append(nil, round(x))
	return string(b)
}

// textSize is the room that the lines need, in points.
func (l *Look) textSize() (w, h float64, err error) {
	if len(l.Lines) == 0 {
		return 0, 0, fault.Invalid("", "Chữ ký ở góc trên bên phải phải có dòng chữ.")
	}
	for _, line := range l.Lines {
		w = max(w, lineWidth(line, l.letters()))
	}
	return w + 0.5, l.letters() * 1.2 * float64(len(l.Lines)), nil
}

func deflate(b []byte) []byte {
	var out bytes.Buffer
	z, _ := zlib.NewWriterLevel(&out, zlib.BestCompression)
	z.Write(b)
	z.Close()
	return out.Bytes()
}
