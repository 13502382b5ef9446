// SPDX-License-Identifier: Apache-2.0

// Package typeface holds the one typeface of the house and takes it apart for paper.
//
// May enter: the four cuts of Tinos, the tables of TrueType, the objects by which a font
// stands in a PDF. May not: layout, words.
package typeface

import (
	_ "embed"
	"encoding/binary"
	"fmt"
	"maps"
)

// Tinos has the measures of Times New Roman, which Decree 30/2020 asks for, and
// all Vietnamese letters. Its licence lies beside the files.
var (
	//go:embed fonts/Tinos-Regular.ttf
	Regular []byte
	//go:embed fonts/Tinos-Bold.ttf
	Bold []byte
	//go:embed fonts/Tinos-Italic.ttf
	Italic []byte
	//go:embed fonts/Tinos-BoldItalic.ttf
	BoldItalic []byte
)

// Tables takes a TrueType file apart.
func Tables(raw []byte) (map[string][]byte, error) {
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

// Plain returns a TrueType font without its instructions and without the
// tables that only serve screens and layout engines.
func Plain(version []byte, tables map[string][]byte) []byte {
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
