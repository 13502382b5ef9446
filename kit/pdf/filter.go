// SPDX-License-Identifier: Apache-2.0

package pdf

import (
	"bytes"
	"compress/zlib"
	"encoding/ascii85"
	"io"
)

// Decode is the data of the stream after decryption and all its filters, under the
// limits. Filters of pictures are not handled: ErrFilter.
func (s *Stream) Decode() ([]byte, error) {
	data, err := s.Raw()
	if err != nil {
		return nil, err
	}
	filters, parms, err := s.filters()
	if err != nil {
		return nil, err
	}
	for i, name := range filters {
		if data, err = s.unfilter(name, parms[i], data); err != nil {
			return nil, err
		}
	}
	return data, nil
}

// filters lists the names and the parameters. Both must be direct or resolve in the file
// as it is last: structure never writes them otherwise.
func (s *Stream) filters() ([]Name, []Dict, error) {
	look := func(o Object) Object {
		if r, ok := o.(Ref); ok && s.f != nil && len(s.f.revs) > 0 {
			o, _ = s.f.Last().Resolve(r)
		}
		return o
	}
	var names []Name
	switch x := look(s.Dict["Filter"]).(type) {
	case nil:
	case Name:
		names = []Name{x}
	case Array:
		for _, o := range x {
			n, ok := look(o).(Name)
			if !ok {
				return nil, nil, badf("/Filter")
			}
			names = append(names, n)
		}
	default:
		return nil, nil, badf("/Filter")
	}
	if len(names) > 8 {
		return nil, nil, ErrLimit
	}
	parms := make([]Dict, len(names))
	switch x := look(s.Dict["DecodeParms"]).(type) {
	case Dict:
		if len(parms) > 0 {
			parms[0] = x
		}
	case Array:
		for i := range min(len(x), len(parms)) {
			parms[i], _ = look(x[i]).(Dict)
		}
	}
	return names, parms, nil
}

func (s *Stream) unfilter(name Name, parms Dict, data []byte) ([]byte, error) {
	limit, spend := DefaultLimits.Inflate, func(int64) error { return nil }
	if s.f != nil {
		limit, spend = s.f.lim.Inflate, s.f.spend
	}
	var out []byte
	var err error
	switch name {
	case "FlateDecode", "Fl":
		out, err = inflate(data, limit)
	case "LZWDecode", "LZW":
		early := true
		if n, ok := parms["EarlyChange"].(int64); ok && n == 0 {
			early = false
		}
		out, err = unlzw(data, early, limit)
	case "ASCIIHexDecode", "AHx":
		l := bytesLexer(append(append([]byte{'<'}, data...), '>'))
		o, e := l.hex()
		str, _ := o.(String)
		out, err = []byte(str), e
	case "ASCII85Decode", "A85":
		if i := bytes.Index(data, []byte("~>")); i >= 0 {
			data = data[:i]
		}
		out, err = io.ReadAll(io.LimitReader(ascii85.NewDecoder(bytes.NewReader(data)), limit+1))
	case "RunLengthDecode", "RL":
		out, err = unrun(data, limit)
	case "Crypt":
		out = data
	default:
		return nil, ErrFilter
	}
	if err != nil {
		return nil, err
	}
	if int64(len(out)) > limit {
		return nil, ErrLimit
	}
	if err := spend(int64(len(out))); err != nil {
		return nil, err
	}
	return unpredict(out, parms)
}

// inflate unpacks zlib data. A stream that ends without its checksum gives what there is,
// as every reader does; one that breaks in the middle is an error.
func inflate(data []byte, limit int64) ([]byte, error) {
	z, err := zlib.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, badf("deflated data: %v", err)
	}
	var out bytes.Buffer
	_, err = io.Copy(&out, io.LimitReader(z, limit+1))
	if err != nil && err != io.ErrUnexpectedEOF && err != zlib.ErrChecksum {
		return nil, badf("deflated data: %v", err)
	}
	return out.Bytes(), nil
}

func unrun(data []byte, limit int64) ([]byte, error) {
	var out []byte
	for len(data) > 0 && data[0] != 128 && int64(len(out)) <= limit {
		n := int(data[0])
		if n < 128 {
			if len(data) < n+2 {
				return nil, badf("run-length data")
			}
			out, data = append(out, data[1:n+2]...), data[n+2:]
			continue
		}
		if len(data) < 2 {
			return nil, badf("run-length data")
		}
		out, data = append(out, bytes.Repeat(data[1:2], 257-n)...), data[2:]
	}
	return out, nil
}

// unlzw unpacks LZW as PDF has it: most significant bit first, 9 to 12 bits.
func unlzw(data []byte, early bool, limit int64) ([]byte, error) {
	type code struct {
		prev int32
		last byte
		size int32
	}
	table := make([]code, 258, 4097)
	for i := range 256 {
		table[i] = code{-1, byte(i), 1}
	}
	var out []byte
	width, prev, bits, have := 9, int32(-1), uint(0), 0
	for _, b := range data {
		bits, have = bits<<8|uint(b), have+8
		if have < width {
			continue
		}
		c := int32(bits>>(have-width)) & (1<<width - 1)
		have -= width
		switch {
		case c == 256:
			table, width, prev = table[:258], 9, -1
			continue
		case c == 257:
			return out, nil
		case int(c) > len(table) || prev < 0 && c > 255 || int(c) == len(table) && prev < 0:
			return nil, badf("LZW data")
		}
		word := c
		if int(c) == len(table) {
			word = prev
		}
		start, n := len(out), table[word].size
		if int64(start)+int64(n) > limit {
			return nil, ErrLimit
		}
		out = append(out, make([]byte, n)...)
		for i, w := n-1, word; i >= 0; i, w = i-1, table[w].prev {
			out[start+int(i)] = table[w].last
		}
		first := out[start]
		if int(c) == len(table) {
			out = append(out, first)
		}
		if prev >= 0 && len(table) < 4096 {
			table = append(table, code{prev, first, table[prev].size + 1})
		}
		prev = c
		next := len(table)
		if early {
			next++
		}
		switch {
		case next >= 2048:
			width = 12
		case next >= 1024:
			width = 11
		case next >= 512:
			width = 10
		default:
			width = 9
		}
	}
	return out, nil
}

// unpredict undoes the predictors of PNG and TIFF (8 bits).
func unpredict(data []byte, parms Dict) ([]byte, error) {
	get := func(key Name, or int) int {
		if n, ok := parms[key].(int64); ok {
			if n < 1 || n > 1<<20 {
				return -1
			}
			return int(n)
		}
		return or
	}
	predictor, colors, bits, columns := get("Predictor", 1), get("Colors", 1), get("BitsPerComponent", 8), get("Columns", 1)
	if predictor == 1 {
		return data, nil
	}
	if predictor < 0 || colors < 0 || colors > 64 || bits < 0 || bits > 32 || columns < 0 {
		return nil, badf("predictor")
	}
	pix, row := max(1, colors*bits/8), (columns*colors*bits+7)/8
	if predictor == 2 {
		if bits != 8 {
			return nil, ErrFilter
		}
		for at := 0; at < len(data); at += row {
			line := data[at:min(at+row, len(data))]
			for i := pix; i < len(line); i++ {
				line[i] += line[i-pix]
			}
		}
		return data, nil
	}
	if predictor < 10 {
		return nil, badf("predictor")
	}
	out := make([]byte, 0, len(data))
	up := make([]byte, row)
	for len(data) > 1 {
		kind := data[0]
		line := data[1:min(1+row, len(data))]
		data = data[1+len(line):]
		for i := range line {
			var a, c byte
			b := up[i]
			if i >= pix {
				a, c = line[i-pix], up[i-pix]
			}
			switch kind {
			case 0:
			case 1:
				line[i] += a
			case 2:
				line[i] += b
			case 3:
				line[i] += byte((int(a) + int(b)) / 2)
			case 4:
				line[i] += paeth(a, b, c)
			default:
				return nil, badf("predictor row %d", kind)
			}
		}
		out = append(out, line...)
		if len(line) == row {
			up = line
		}
	}
	return out, nil
}

func paeth(a, b, c byte) byte {
	p := int64(a) + int64(b) - int64(c)
	pa, pb, pc := abs(p-int64(a)), abs(p-int64(b)), abs(p-int64(c))
	switch {
	case pa <= pb && pa <= pc:
		return a
	case pb <= pc:
		return b
	}
	return c
}
