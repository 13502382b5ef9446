// SPDX-License-Identifier: Apache-2.0

package print

import (
	_ "embed"
	"encoding/binary"
	"fmt"
	"maps"
	"math"
	"sync"

	"codeberg.org/go-pdf/fpdf"
)

// Tinos has the measures of Times New Roman, which Decree 30/2020 asks for, and
// all Vietnamese letters. Its licence lies beside the files.
var (
	//go:embed fonts/Tinos-Regular.ttf
	tinosRegular []byte
	//go:embed fonts/Tinos-Bold.ttf
	tinosBold []byte
	//go:embed fonts/Tinos-Italic.ttf
	tinosItalic []byte
	//go:embed fonts/Tinos-BoldItalic.ttf
	tinosBoldItalic []byte
)

// family is the name under which the typeface is known inside a PDF.
const family = "tinos"

// A style is one cut of the typeface.
type style int

const (
	regular style = iota
	bold
	italic
	boldItalic
	styles // how many there are
)

var styleNames = [styles]string{"", "B", "I", "BI"}

// A face is one cut of the typeface made ready for paper.
type face struct {
	ttf    []byte
	widths []uint16 // by rune, thousandths of the size; 0: no glyph
}

// faces prepares the typeface once: hinting is for screens and makes a quarter
// of the size of every printed sheet, glyphs beyond the alphabets below are
// never printed, and measuring text by an own table needs no PDF at hand.
var faces = sync.OnceValue(func() *[styles]face {
	var out [styles]face
	for i, raw := range [styles][]byte{tinosRegular, tinosBold, tinosItalic, tinosBoldItalic} {
		tables, err := fontTables(raw)
		if err != nil {
			panic("print: embedded typeface: " + err.Error()) // part of the program, not of its input
		}
		out[i] = face{ttf: fpdf.UTF8CutFont(unhint(raw[:4], tables), alphabets()), widths: runeWidths(tables)}
	}
	return &out
})

// alphabets lists what can be printed: Latin with all Vietnamese letters,
// Greek, Cyrillic, punctuation, currency, arrows, signs and boxes.
func alphabets() string {
	var all []rune
	for _, r := range [][2]rune{{0x20, 0x52f}, {0x1e00, 0x2300}, {0x2500, 0x266f}} {
		for c := r[0]; c <= r[1]; c++ {
			all = append(all, c)
		}
	}
	return string(all)
}

// runeWidths reads the advance of every rune in the alphabets from the tables
// cmap (format 4) and hmtx, rounded as the PDF library rounds them.
func runeWidths(t map[string][]byte) []uint16 {
	u16 := func(b []byte, at int) int { return int(binary.BigEndian.Uint16(b[at:])) }
	perEm := float64(u16(t["head"], 18))
	metrics := u16(t["hhea"], 34)
	cmap := t["cmap"]
	var sub []byte
	for i := range u16(cmap, 2) {
		if e := 4 + 8*i; u16(cmap, e) == 3 && u16(cmap, e+2) == 1 {
			sub = cmap[binary.BigEndian.Uint32(cmap[e+4:]):]
		}
	}
	segments := u16(sub, 6) / 2
	widths := make([]uint16, 0x2700)
	for i := range segments {
		end, start := u16(sub, 14+2*i), u16(sub, 16+2*segments+2*i)
		delta, offset := u16(sub, 16+4*segments+2*i), u16(sub, 16+6*segments+2*i)
		for r := start; r <= end && r < len(widths); r++ {
			glyph := r + delta
			if offset != 0 {
				if glyph = u16(sub, 16+6*segments+2*i+offset+2*(r-start)); glyph != 0 {
					glyph += delta
				}
			}
			if glyph &= 0xffff; glyph != 0 {
				advance := u16(t["hmtx"], 4*min(glyph, metrics-1))
				widths[r] = uint16(math.Round(float64(advance) * 1000 / perEm))
			}
		}
	}
	return widths
}

// width is the width of a text of one cut in thousandths of the font size.
func (f *face) width(s string) int {
	w := 0
	for _, r := range s {
		if int(r) < len(f.widths) {
			w += int(f.widths[r])
		}
	}
	return w
}

// fontTables takes a TrueType file apart.
func fontTables(raw []byte) (map[string][]byte, error) {
	if len(raw) < 12 {
		return nil, fmt.Errorf("no table directory")
	}
	tables := map[string][]byte{}
	for i := range int(binary.BigEndian.Uint16(raw[4:])) {
		d := raw[12+16*i:]
		at, size := binary.BigEndian.Uint32(d[8:]), binary.BigEndian.Uint32(d[12:])
		tables[string(d[:4])] = raw[at : at+size]
	}
	for _, need := range []string{"glyf", "loca", "head", "hhea", "hmtx", "maxp", "cmap", "OS/2", "post"} {
		if tables[need] == nil {
			return nil, fmt.Errorf("table %s is missing", need)
		}
	}
	return tables, nil
}

// unhint returns a TrueType font without its instructions and without the
// tables that only serve screens and layout engines.
func unhint(version []byte, tables map[string][]byte) []byte {
	glyf, loca := tables["glyf"], tables["loca"]
	head := append([]byte(nil), tables["head"]...)
	long := binary.BigEndian.Uint16(head[50:]) == 1
	offset := func(i int) int {
		if long {
			return int(binary.BigEndian.Uint32(loca[4*i:]))
		}
		return 2 * int(binary.BigEndian.Uint16(loca[2*i:]))
	}
	glyphs := int(binary.BigEndian.Uint16(tables["maxp"][4:]))
	var outlines, places []byte
	for i := range glyphs {
		places = binary.BigEndian.AppendUint32(places, uint32(len(outlines)))
		outlines = append(outlines, unhintGlyph(glyf[offset(i):offset(i+1)])...)
		for len(outlines)%4 != 0 {
			outlines = append(outlines, 0)
		}
	}
	places = binary.BigEndian.AppendUint32(places, uint32(len(outlines)))
	binary.BigEndian.PutUint16(head[50:], 1)
	changed := maps.Clone(tables)
	changed["head"], changed["glyf"], changed["loca"] = head, outlines, places
	changed["name"] = []byte{0, 0, 0, 0, 0, 6} // the licence stands beside the file; a subset in a PDF carries no name
	return assemble(version, changed, []string{"OS/2", "cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "name", "post"})
}

// unhintGlyph returns an outline without its instructions.
func unhintGlyph(g []byte) []byte {
	if len(g) < 12 {
		return g
	}
	out := append([]byte(nil), g...)
	if contours := int16(binary.BigEndian.Uint16(g)); contours >= 0 {
		at := 10 + 2*int(contours)
		size := int(binary.BigEndian.Uint16(g[at:]))
		binary.BigEndian.PutUint16(out[at:], 0)
		return append(out[:at+2], g[at+2+size:]...)
	}
	const words, scale, more, xyScale, twoByTwo, instructed = 1, 1 << 3, 1 << 5, 1 << 6, 1 << 7, 1 << 8
	for at := 10; ; {
		flags := binary.BigEndian.Uint16(out[at:])
		binary.BigEndian.PutUint16(out[at:], flags&^instructed)
		at += 6
		if flags&words != 0 {
			at += 2
		}
		switch {
		case flags&scale != 0:
			at += 2
		case flags&xyScale != 0:
			at += 4
		case flags&twoByTwo != 0:
			at += 8
		}
		if flags&more == 0 {
			return out[:at]
		}
	}
}

// assemble writes a font file of the named tables.
func assemble(version []byte, tables map[string][]byte, names []string) []byte {
	out := append([]byte(nil), version...)
	out = binary.BigEndian.AppendUint16(out, uint16(len(names)))
	out = append(out, make([]byte, 6)...) // the binary search hints, which no reader of ours uses
	at := 12 + 16*len(names)
	for _, n := range names {
		out = append(out, n...)
		out = binary.BigEndian.AppendUint32(out, 0)
		out = binary.BigEndian.AppendUint32(out, uint32(at))
		out = binary.BigEndian.AppendUint32(out, uint32(len(tables[n])))
		at += (len(tables[n]) + 3) &^ 3
	}
	for _, n := range names {
		out = append(out, tables[n]...)
		for len(out)%4 != 0 {
			out = append(out, 0)
		}
	}
	return out
}
