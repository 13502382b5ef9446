// SPDX-License-Identifier: Apache-2.0

package print

import (
	"encoding/binary"
	"math"
	"sync"

	"codeberg.org/go-pdf/fpdf"

	"soviec/kit/typeface"
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
	for i, raw := range [styles][]byte{typeface.Regular, typeface.Bold, typeface.Italic, typeface.BoldItalic} {
		tables, err := typeface.Tables(raw)
		if err != nil {
			panic("print: embedded typeface: " + err.Error()) // part of the program, not of its input
		}
		out[i] = face{ttf: fpdf.UTF8CutFont(typeface.Plain(raw[:4], tables), alphabets()), widths: runeWidths(tables)}
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
