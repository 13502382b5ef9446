// SPDX-License-Identifier: Apache-2.0

package find

import (
	"encoding/binary"
	"errors"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// posting is the set of documents of one term in one segment: a sorted list while it is short, a
// bitmap when it is long. The zero value is the empty set.
type posting struct {
	list []uint32
	bits *roaring.Bitmap
}

// shortList is how many documents are kept as a list of differences, a byte or two each; a bitmap
// costs more than twenty bytes before the first.
const shortList = 48

var errDamaged = errors.New("find: a segment is damaged; rebuild the index")

func (p posting) empty() bool { return len(p.list) == 0 && p.bits == nil }

func (p posting) count() int {
	if p.bits != nil {
		return int(p.bits.GetCardinality())
	}
	return len(p.list)
}

func (p posting) bytes() int {
	n := 4 * cap(p.list)
	if p.bits != nil {
		n += int(p.bits.GetSizeInBytes()) + 200
	}
	return n
}

// addTo unites the posting with a bitmap that is the caller's own.
func (p posting) addTo(b *roaring.Bitmap) {
	if p.bits != nil {
		b.Or(p.bits)
	} else if len(p.list) > 0 {
		b.AddMany(p.list)
	}
}

func (p posting) and(o posting) posting {
	switch {
	case p.empty() || o.empty():
		return posting{}
	case p.bits != nil && p.bits == o.bits:
		return p
	case p.bits != nil && o.bits != nil:
		return posting{bits: roaring.And(p.bits, o.bits)}.tidy()
	case p.bits != nil:
		return o.keep(p.bits.Contains)
	case o.bits != nil:
		return p.keep(o.bits.Contains)
	}
	return p.keep(func(d uint32) bool { _, ok := slices.BinarySearch(o.list, d); return ok })
}

// without takes away a set; nil is the empty one.
func (p posting) without(dead *roaring.Bitmap) posting {
	switch {
	case dead == nil || p.empty():
		return p
	case p.bits != nil:
		return posting{bits: roaring.AndNot(p.bits, dead)}.tidy()
	}
	return p.keep(func(d uint32) bool { return !dead.Contains(d) })
}

// minus takes away another posting of the segment.
func (p posting) minus(o posting) posting {
	switch {
	case p.empty() || o.empty():
		return p
	case o.bits != nil:
		return p.without(o.bits)
	case p.bits != nil:
		return p.without(roaring.BitmapOf(o.list...))
	}
	return p.keep(func(d uint32) bool { _, ok := slices.BinarySearch(o.list, d); return !ok })
}

func (p posting) or(o posting) posting {
	switch {
	case p.empty():
		return o
	case o.empty():
		return p
	}
	return unite([]posting{p, o})
}

func (p posting) keep(in func(uint32) bool) posting {
	var out []uint32
	for _, d := range p.list {
		if in(d) {
			out = append(out, d)
		}
	}
	return posting{list: out}
}

func (p posting) tidy() posting {
	if p.bits != nil && p.bits.IsEmpty() {
		return posting{}
	}
	return p
}

// unite is the union of postings of segments, the oldest first.
func unite(ps []posting) posting {
	if len(ps) == 1 {
		return ps[0]
	}
	n := 0
	for _, p := range ps {
		n += p.count()
	}
	if n <= shortList {
		list := make([]uint32, 0, n)
		for _, p := range ps {
			if p.bits != nil {
				list = append(list, p.bits.ToArray()...)
			} else {
				list = append(list, p.list...)
			}
		}
		slices.Sort(list)
		return posting{list: slices.Compact(list)}
	}
	b := roaring.New()
	for _, p := range ps {
		p.addTo(b)
	}
	return posting{bits: b}
}

// appendPosting writes a posting; documents are counted from base.
func appendPosting(dst []byte, p posting, base uint32) ([]byte, error) {
	list := p.list
	if p.bits != nil {
		if p.bits.GetCardinality() > shortList {
			return appendBits(dst, p.bits)
		}
		list = p.bits.ToArray()
	} else if len(list) > shortList {
		return appendBits(dst, roaring.BitmapOf(list...))
	}
	dst = binary.AppendUvarint(dst, uint64(len(list))<<1)
	last := base
	for _, d := range list {
		dst = binary.AppendUvarint(dst, uint64(d-last))
		last = d
	}
	return dst, nil
}

// appendBits writes a bitmap as it is. Runs are never made: uniting run containers takes the library
// a step, and often a copy, for each document.
func appendBits(dst []byte, b *roaring.Bitmap) ([]byte, error) {
	raw, err := b.ToBytes()
	if err != nil {
		return dst, err
	}
	dst = binary.AppendUvarint(dst, uint64(len(raw))<<1|1)
	return append(dst, raw...), nil
}

// skipPosting returns what follows the posting that data begins with.
func skipPosting(data []byte) (head uint64, body, rest []byte, err error) {
	head, n := binary.Uvarint(data)
	if n <= 0 {
		return 0, nil, nil, errDamaged
	}
	data = data[n:]
	end := 0
	if head&1 == 1 {
		if head>>1 > uint64(len(data)) {
			return 0, nil, nil, errDamaged
		}
		end = int(head >> 1)
	} else {
		for left := head >> 1; left > 0; left-- {
			for end < len(data) && data[end] >= 0x80 {
				end++
			}
			if end++; end > len(data) {
				return 0, nil, nil, errDamaged
			}
		}
	}
	return head, data[:end], data[end:], nil
}

// decodePosting reads what skipPosting found. It keeps no hold of the bytes.
func decodePosting(head uint64, body []byte, base uint32) (posting, error) {
	if head&1 == 1 {
		b := roaring.New()
		if err := b.UnmarshalBinary(body); err != nil {
			return posting{}, errors.Join(errDamaged, err)
		}
		return posting{bits: b}, nil
	}
	list := make([]uint32, 0, head>>1)
	last := base
	for len(body) > 0 {
		d, n := binary.Uvarint(body)
		if n <= 0 {
			return posting{}, errDamaged
		}
		last += uint32(d)
		list = append(list, last)
		body = body[n:]
	}
	return posting{list: list}, nil
}
