// SPDX-License-Identifier: Apache-2.0

package typeface

import (
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/unicode/norm"
)

// A Face answers for single letters of one cut: which outline, how wide.
type Face struct {
	cut     Cut
	version []byte
	tables  map[string][]byte
	runes   map[rune]int
	perEm   int
}

// A Cut is one of the four cuts of the typeface.
type Cut int

// The cuts.
const (
	Upright Cut = iota
	Strong      // bold
	Slanted     // italic
	StrongSlanted
)

var cutNames = [...]string{"Tinos", "Tinos-Bold", "Tinos-Italic", "Tinos-BoldItalic"}

// Name is the cut's name as fonts are named in a file.
func (c Cut) Name() string { return cutNames[c] }

// CutNamed finds the cut by the name of a font, with or without the mark of a subset.
func CutNamed(font string) Cut {
	strong, slanted := strings.Contains(font, "Bold"), strings.Contains(font, "Italic")
	switch {
	case strong && slanted:
		return StrongSlanted
	case strong:
		return Strong
	case slanted:
		return Slanted
	}
	return Upright
}

var faces = func() (out [4]func() *Face) {
	for i, raw := range [4][]byte{Regular, Bold, Italic, BoldItalic} {
		out[i] = sync.OnceValue(func() *Face {
			f, err := read(raw)
			if err != nil {
				panic("typeface: embedded typeface: " + err.Error()) // part of the program, not of its input
			}
			f.cut = Cut(i)
			return f
		})
	}
	return
}()

// FaceOf is a cut, read once.
func FaceOf(c Cut) *Face { return faces[c]() }

// RegularFace is the upright cut, read once.
func RegularFace() *Face { return FaceOf(Upright) }

func u16(b []byte, at int) int { return int(binary.BigEndian.Uint16(b[at:])) }

func read(raw []byte) (*Face, error) {
	tables, err := Tables(raw)
	if err != nil {
		return nil, err
	}
	// the outlines without instructions, which serve screens alone
	if tables, err = Tables(Plain(raw[:4], tables)); err != nil {
		return nil, err
	}
	f := &Face{version: raw[:4], tables: tables, runes: map[rune]int{}, perEm: u16(tables["head"], 18)}
	cmap := tables["cmap"]
	var sub []byte
	for i := range u16(cmap, 2) {
		if e := 4 + 8*i; u16(cmap, e) == 3 && u16(cmap, e+2) == 1 {
			sub = cmap[binary.BigEndian.Uint32(cmap[e+4:]):]
		}
	}
	if sub == nil || u16(sub, 0) != 4 {
		return nil, fmt.Errorf("no table of letters in format 4")
	}
	segments := u16(sub, 6) / 2
	for i := range segments {
		end, start := u16(sub, 14+2*i), u16(sub, 16+2*segments+2*i)
		delta, offset := u16(sub, 16+4*segments+2*i), u16(sub, 16+6*segments+2*i)
		for r := start; r <= end && r < 0xffff; r++ {
			glyph := r + delta
			if offset != 0 {
				if glyph = u16(sub, 16+6*segments+2*i+offset+2*(r-start)); glyph != 0 {
					glyph += delta
				}
			}
			if glyph &= 0xffff; glyph != 0 {
				f.runes[rune(r)] = glyph
			}
		}
	}
	return f, nil
}

func (f *Face) advance(glyph int) int {
	hmtx, metrics := f.tables["hmtx"], u16(f.tables["hhea"], 34)
	return (u16(hmtx, 4*min(glyph, metrics-1))*1000 + f.perEm/2) / f.perEm
}

func (f *Face) outline(glyph int) []byte {
	loca := f.tables["loca"] // long, as Plain writes it
	a, b := binary.BigEndian.Uint32(loca[4*glyph:]), binary.BigEndian.Uint32(loca[4*glyph+4:])
	return f.tables["glyf"][a:b]
}

// Advance is the width of one letter in thousandths of the size; 0: the face has none.
func (f *Face) Advance(r rune) int {
	if g := f.runes[r]; g != 0 {
		return f.advance(g)
	}
	return 0
}

// Width is the width of a text in thousandths of the size.
func (f *Face) Width(text string) int {
	w := 0
	for _, r := range norm.NFC.String(text) {
		w += f.advance(f.runes[r])
	}
	return w
}

// A Subset is a part of a face with outlines numbered anew from 1, for one PDF.
type Subset struct {
	Runes  []rune // by number; 0 stands for the empty box
	Widths []int  // thousandths of the size
	Box    [4]int // bounding box, thousandths
	Ascent int
	Desc   int
	cut    Cut
	number map[rune]int
	file   []byte
}

// Subset takes the letters of some texts out of the face. A letter that the face does
// not have is an error: a document must never show a box in place of a letter.
func (f *Face) Subset(texts ...string) (*Subset, error) {
	need := map[rune]bool{}
	for _, t := range texts {
		for _, r := range norm.NFC.String(t) {
			if f.runes[r] == 0 {
				return nil, fmt.Errorf("the typeface has no letter %q (U+%04X)", r, r)
			}
			need[r] = true
		}
	}
	s := &Subset{cut: f.cut, Runes: append([]rune{0}, slices.Sorted(maps.Keys(need))...), number: map[rune]int{}}
	glyphs := []int{0}
	for i, r := range s.Runes[1:] {
		s.number[r] = i + 1
		glyphs = append(glyphs, f.runes[r])
	}
	for _, g := range glyphs {
		s.Widths = append(s.Widths, f.advance(g))
	}
	head, hhea := f.tables["head"], f.tables["hhea"]
	scale := func(t []byte, at int) int {
		return int(int16(binary.BigEndian.Uint16(t[at:]))) * 1000 / f.perEm
	}
	s.Box = [4]int{scale(head, 36), scale(head, 38), scale(head, 40), scale(head, 42)}
	s.Ascent, s.Desc = scale(hhea, 4), scale(hhea, 6)
	s.file = f.build(glyphs)
	return s, nil
}

// File is the subset as a TrueType file for embedding with Identity-H.
func (s *Subset) File() []byte { return s.file }

// Encode writes a text as two bytes for each letter.
func (s *Subset) Encode(text string) []byte {
	var out []byte
	for _, r := range norm.NFC.String(text) {
		out = binary.BigEndian.AppendUint16(out, uint16(s.number[r]))
	}
	return out
}

// build writes a font of the given outlines, and of those that they are composed of.
func (f *Face) build(glyphs []int) []byte {
	number := map[int]int{}
	for i, g := range glyphs {
		if _, ok := number[g]; !ok {
			number[g] = i
		}
	}
	var outlines, places, metrics []byte
	for i := 0; i < len(glyphs); i++ {
		places = binary.BigEndian.AppendUint32(places, uint32(len(outlines)))
		out := slices.Clone(f.outline(glyphs[i]))
		components(out, func(at int) {
			part := u16(out, at)
			n, ok := number[part]
			if !ok {
				n = len(glyphs)
				number[part], glyphs = n, append(glyphs, part)
			}
			binary.BigEndian.PutUint16(out[at:], uint16(n))
		})
		outlines = append(outlines, out...)
		for len(outlines)%4 != 0 {
			outlines = append(outlines, 0)
		}
		hmtx, full := f.tables["hmtx"], u16(f.tables["hhea"], 34)
		at := 4 * min(glyphs[i], full-1)
		metrics = append(metrics, hmtx[at:at+2]...)
		if glyphs[i] < full {
			metrics = append(metrics, hmtx[at+2:at+4]...)
		} else {
			at = 4*full + 2*(glyphs[i]-full)
			metrics = append(metrics, hmtx[at:at+2]...)
		}
	}
	places = binary.BigEndian.AppendUint32(places, uint32(len(outlines)))
	hhea, maxp := slices.Clone(f.tables["hhea"]), slices.Clone(f.tables["maxp"])
	binary.BigEndian.PutUint16(hhea[34:], uint16(len(glyphs)))
	binary.BigEndian.PutUint16(maxp[4:], uint16(len(glyphs)))
	return assemble(f.version, map[string][]byte{"head": f.tables["head"], "hhea": hhea, "maxp": maxp, "hmtx": metrics, "glyf": outlines, "loca": places},
		[]string{"glyf", "head", "hhea", "hmtx", "loca", "maxp"})
}

// components calls do with the place of each outline that a composed one names.
func components(g []byte, do func(at int)) {
	if len(g) < 12 || int16(binary.BigEndian.Uint16(g)) >= 0 {
		return
	}
	const words, scale, more, xyScale, twoByTwo = 1, 1 << 3, 1 << 5, 1 << 6, 1 << 7
	for at := 10; ; {
		flags := u16(g, at)
		do(at + 2)
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
			return
		}
	}
}
