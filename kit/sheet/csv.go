// SPDX-License-Identifier: Apache-2.0

package sheet

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"soviec/kit/fault"
)

// sampleBytes is how much of a file is looked at to guess its letters and separator.
const sampleBytes = 256 << 10

// readCSV reads text with separators.
func readCSV(r io.ReaderAt, size int64, l Limits, g *gate) error {
	enc, skip, err := guessEncoding(r, size)
	if err != nil {
		return err
	}
	open := func() io.Reader {
		var in io.Reader = io.NewSectionReader(r, skip, size-skip)
		if enc != nil {
			in = enc.NewDecoder().Reader(in)
		}
		return in
	}
	sample, err := io.ReadAll(io.LimitReader(open(), sampleBytes))
	if err != nil {
		return fault.Internal(err)
	}
	if bytes.IndexByte(sample, 0) >= 0 {
		return fault.Invalid("file", "Tệp không phải bảng tính .xlsx hay .csv.")
	}
	in := bufio.NewReaderSize(open(), 64<<10)
	sep, first := guessSeparator(sample), 0
	if line, declared := declaredSeparator(sample); line != "" {
		sep, first = declared, 1 // "sep=;" on a line of its own, which Excel understands
		if _, err := in.ReadString('\n'); err != nil && err != io.EOF {
			return fault.Internal(err)
		}
	}
	c := csv.NewReader(&bounded{r: in, most: l.FileBytes * 4})
	c.Comma, c.LazyQuotes, c.FieldsPerRecord, c.ReuseRecord = sep, true, -1, true
	for number, last := first, 0; ; {
		cells, err := c.Read()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			if own := (*fault.Error)(nil); errors.As(err, &own) {
				return own
			}
			if parse := (*csv.ParseError)(nil); errors.As(err, &parse) {
				return fault.Invalid("file", "Dòng "+itoa(parse.StartLine+first)+" của tệp CSV không đúng định dạng.")
			}
			return fault.Internal(err)
		}
		// A spreadsheet program shows one row per record, and empty lines as rows of their own.
		line, _ := c.FieldPos(0)
		number += max(1, line-last)
		last = line + strings.Count(strings.Join(cells, ""), "\n")
		more, err := g.pass(number, cells)
		if err != nil || !more {
			return err
		}
	}
}

// A bounded reader ends what grows beyond reason when decoded.
type bounded struct {
	r    io.Reader
	most int64
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.most <= 0 {
		return 0, fault.Invalid("file", "Tệp quá lớn.")
	}
	n, err := b.r.Read(p)
	b.most -= int64(n)
	return n, err
}

// guessEncoding tells how the letters are written: by the mark at the start, by
// zero bytes (UTF-16), by being valid UTF-8, or else as Windows wrote
// Vietnamese (1258) or Western text (1252). nil means UTF-8.
func guessEncoding(r io.ReaderAt, size int64) (encoding.Encoding, int64, error) {
	head := make([]byte, min(size, sampleBytes))
	if _, err := r.ReadAt(head, 0); err != nil && err != io.EOF {
		return nil, 0, fault.Internal(err)
	}
	little := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	big := unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		return nil, 3, nil
	case bytes.HasPrefix(head, []byte("\xff\xfe")):
		return little, 2, nil
	case bytes.HasPrefix(head, []byte("\xfe\xff")):
		return big, 2, nil
	}
	var zeros [2]int
	for i, b := range head {
		if b == 0 {
			zeros[i%2]++
		}
	}
	if many := len(head) / 10; zeros[1] > many && zeros[1] > 4*zeros[0] {
		return little, 0, nil
	} else if zeros[0] > many && zeros[0] > 4*zeros[1] {
		return big, 0, nil
	}
	ok, err := validUTF8(r, size)
	if err != nil || ok {
		return nil, 0, err
	}
	if western(head) {
		return charmap.Windows1252, 0, nil
	}
	return charmap.Windows1258, 0, nil
}

func validUTF8(r io.ReaderAt, size int64) (bool, error) {
	in := bufio.NewReaderSize(io.NewSectionReader(r, 0, size), 64<<10)
	for {
		b, err := in.Peek(64 << 10)
		if len(b) == 0 {
			if err == io.EOF {
				return true, nil
			}
			return false, fault.Internal(err)
		}
		n := len(b)
		if err == nil { // a letter may be cut at the end of the piece
			for cut := 0; cut < utf8.UTFMax && n > 0 && !utf8.RuneStart(b[n-1]); cut++ {
				n--
			}
			if n > 0 && b[n-1] >= 0x80 {
				n--
			}
		}
		if n == 0 || !utf8.Valid(b[:n]) {
			return false, nil
		}
		if _, err := in.Discard(n); err != nil {
			return false, fault.Internal(err)
		}
	}
}

// western reports text that cannot be Vietnamese in Windows-1258: a tone mark
// of that table stands where no vowel stands before it.
func western(b []byte) bool {
	marks, stray := 0, 0
	for i, c := range b {
		switch c {
		case 0xcc, 0xd2, 0xde, 0xec, 0xf2: // grave, hook, tilde, acute, dot below
			marks++
			if i == 0 || !strings.ContainsRune("aeiouyAEIOUY\u00e2\u00ea\u00f4\u0103\u01a1\u01b0\u00c2\u00ca\u00d4\u0102\u01a0\u01af", charmap.Windows1258.DecodeByte(b[i-1])) {
				stray++
			}
		}
	}
	return marks > 0 && stray*4 > marks
}

// declaredSeparator reads a first line "sep=;".
func declaredSeparator(sample []byte) (string, rune) {
	line, _, _ := strings.Cut(string(sample[:min(len(sample), 16)]), "\n")
	line = strings.TrimRight(line, "\r")
	if len(line) == 5 && strings.EqualFold(line[:4], "sep=") && strings.ContainsRune(";,\t|", rune(line[4])) {
		return line, rune(line[4])
	}
	return "", 0
}

// guessSeparator takes the sign that divides the first lines most evenly.
func guessSeparator(sample []byte) rune {
	best, most := ',', 0
	for _, sep := range []rune{';', '\t', ',', '|'} {
		counts := map[int]int{} // how many lines have so many separators
		n, lines, quoted := 0, 0, false
		for _, r := range string(sample) {
			switch {
			case r == '"':
				quoted = !quoted
			case quoted:
			case r == sep:
				n++
			case r == '\n':
				if n > 0 {
					counts[n]++
				}
				n = 0
				lines++
			}
			if lines == 100 {
				break
			}
		}
		if n > 0 {
			counts[n]++
		}
		for n, lines := range counts {
			// Lines that agree count for more than many separators: a comma in every subject is no table.
			if score := lines * (n + 1); score > most {
				best, most = sep, score
			}
		}
	}
	return best
}

func itoa(n int) string { return strconv.Itoa(n) }
