// SPDX-License-Identifier: Apache-2.0

package cms

import "errors"

var (
	errCut    = errors.New("the structure ends too early")
	errDeep   = errors.New("nested too deep")
	errMany   = errors.New("too many elements")
	errLarge  = errors.New("too large")
	errLength = errors.New("a length that cannot be read")
)

// header is the beginning of one element: where its content starts, how long it is
// (-1: until the end-of-contents mark), and whether DER would write it so.
type header struct {
	tag     byte
	long    int // bytes of a tag number above 30, after the first
	content int
	length  int
	der     bool
}

func readHeader(b []byte) (header, error) {
	if len(b) < 2 {
		return header{}, errCut
	}
	h := header{tag: b[0], der: true}
	at := 1
	if b[0]&0x1f == 0x1f {
		for {
			if at >= len(b) || h.long == 4 {
				return header{}, errCut
			}
			h.long++
			at++
			if b[at-1]&0x80 == 0 {
				break
			}
		}
		if at >= len(b) {
			return header{}, errCut
		}
	}
	first := b[at]
	at++
	switch {
	case first < 0x80:
		h.length = int(first)
	case first == 0x80:
		if b[0]&0x20 == 0 {
			return header{}, errLength
		}
		h.length, h.der = -1, false
	case first == 0xff:
		return header{}, errLength
	default:
		n := int(first & 0x7f)
		if len(b) < at+n {
			return header{}, errCut
		}
		for i := range n {
			if h.length > 1<<31 {
				return header{}, errLarge
			}
			h.length = h.length<<8 | int(b[at+i])
		}
		h.der = b[at] != 0 && h.length >= 0x80
		at += n
	}
	h.content = at
	if h.length > len(b)-at {
		return header{}, errCut
	}
	return h, nil
}

// strings of these universal types may be cut into pieces in BER
func pieces(tag byte) bool {
	switch tag {
	case 0x24, 0x2c, 0x32, 0x33, 0x34, 0x36, 0x37, 0x38, 0x39, 0x3a, 0x3b, 0x3c, 0x3e:
		return true
	}
	return false
}

// berReader walks the elements and counts them.
type berReader struct{ elements int }

// measure tells how many bytes the first element takes, and whether it is DER as
// far as lengths and strings in pieces go.
func (r *berReader) measure(b []byte, depth int) (size int, der bool, err error) {
	if r.elements++; r.elements > limitElements {
		return 0, false, errMany
	}
	if depth > limitDepth {
		return 0, false, errDeep
	}
	h, err := readHeader(b)
	if err != nil {
		return 0, false, err
	}
	der = h.der && !pieces(h.tag)
	if h.tag&0x20 == 0 {
		return h.content + h.length, der, nil
	}
	if h.length >= 0 {
		end := h.content + h.length
		for at := h.content; at < end; {
			n, d, err := r.measure(b[at:end], depth+1)
			if err != nil {
				return 0, false, err
			}
			at += n
			der = der && d
		}
		return end, der, nil
	}
	for at := h.content; ; {
		if len(b)-at < 2 {
			return 0, false, errCut
		}
		if b[at] == 0 && b[at+1] == 0 {
			return at + 2, false, nil
		}
		n, _, err := r.measure(b[at:], depth+1)
		if err != nil {
			return 0, false, err
		}
		at += n
	}
}

// definite rewrites one element, which measure has walked before, with definite
// shortest lengths and strings in one piece, and returns what follows it.
func definite(out, b []byte) ([]byte, []byte) {
	h, _ := readHeader(b)
	if h.tag&0x20 == 0 {
		out = appendHeader(out, b[:1+h.long], h.length)
		return append(out, b[h.content:h.content+h.length]...), b[h.content+h.length:]
	}
	var inner []byte
	rest := b[h.content:]
	if h.length >= 0 {
		for body := rest[:h.length]; len(body) > 0; {
			inner, body = definite(inner, body)
		}
		rest = rest[h.length:]
	} else {
		for rest[0] != 0 || rest[1] != 0 {
			inner, rest = definite(inner, rest)
		}
		rest = rest[2:]
	}
	tag := b[:1+h.long]
	if pieces(h.tag) {
		tag = []byte{h.tag &^ 0x20}
		inner = joinPieces(inner)
	}
	out = appendHeader(out, tag, len(inner))
	return append(out, inner...), rest
}

// joinPieces takes the primitive strings inside a rewritten one together.
func joinPieces(b []byte) []byte {
	var out []byte
	for len(b) > 0 {
		h, err := readHeader(b)
		if err != nil {
			return out
		}
		out = append(out, b[h.content:h.content+h.length]...)
		b = b[h.content+h.length:]
	}
	return out
}

func appendHeader(out, tag []byte, length int) []byte {
	out = append(out, tag...)
	switch {
	case length < 0x80:
		return append(out, byte(length))
	case length < 0x100:
		return append(out, 0x81, byte(length))
	case length < 0x10000:
		return append(out, 0x82, byte(length>>8), byte(length))
	case length < 0x1000000:
		return append(out, 0x83, byte(length>>16), byte(length>>8), byte(length))
	}
	return append(out, 0x84, byte(length>>24), byte(length>>16), byte(length>>8), byte(length))
}

// normal returns the first element of b with the lengths of DER, and what follows
// it in b. An element that is DER already is not copied.
func normal(b []byte) (element, rest []byte, err error) {
	if len(b) > limitBytes {
		return nil, nil, errLarge
	}
	var r berReader
	size, der, err := r.measure(b, 0)
	if err != nil {
		return nil, nil, err
	}
	if der {
		return b[:size], b[size:], nil
	}
	if size > limitIndefinite {
		return nil, nil, errLarge
	}
	element, _ = definite(nil, b[:size])
	return element, b[size:], nil
}
