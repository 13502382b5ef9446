// SPDX-License-Identifier: Apache-2.0

package find

import (
	"bytes"
	"encoding/binary"
	"sort"
)

// blockBytes is where a block ends: with its row it fills one page of SQLite. A longer posting has
// a block of its own.
const blockBytes = 3900

// blocks cuts a sorted run of terms into blocks. Within one, a term is written as the number of
// bytes it shares with the term before, the bytes that follow, and its posting.
type blocks struct {
	base   uint32
	emit   func(data []byte) error
	count  int64
	firsts []byte // of each block: the length and the shortest text that parts it from the block before

	data    []byte
	last    []byte
	scratch []byte
}

func (b *blocks) add(term []byte, p posting) error {
	var err error
	if b.scratch, err = appendPosting(b.scratch[:0], p, b.base); err != nil {
		return err
	}
	if len(b.data) > 0 && len(b.data)+len(term)+len(b.scratch)+4 > blockBytes {
		if err := b.flush(); err != nil {
			return err
		}
	}
	shared := sharedPrefix(b.last, term)
	if len(b.data) == 0 {
		first := term[:min(shared+1, len(term))]
		b.firsts = binary.AppendUvarint(b.firsts, uint64(len(first)))
		b.firsts = append(b.firsts, first...)
		shared = 0
	}
	b.data = binary.AppendUvarint(b.data, uint64(shared))
	b.data = binary.AppendUvarint(b.data, uint64(len(term)-shared))
	b.data = append(b.data, term[shared:]...)
	b.data = append(b.data, b.scratch...)
	b.last = append(b.last[:0], term...)
	return nil
}

func (b *blocks) flush() error {
	if len(b.data) == 0 {
		return nil
	}
	err := b.emit(bytes.Clone(b.data))
	b.count++
	b.data = b.data[:0]
	return err
}

func sharedPrefix(a, b []byte) int {
	n := min(len(a), len(b))
	for i := range n {
		if a[i] != b[i] {
			return i
		}
	}
	return n
}

// entries walks through the terms of one block.
type entries struct {
	data []byte
	term []byte // valid until the next call of next
	head uint64
	body []byte
}

func (e *entries) next() (bool, error) {
	if len(e.data) == 0 {
		return false, nil
	}
	shared, n := binary.Uvarint(e.data)
	if n <= 0 {
		return false, errDamaged
	}
	own, m := binary.Uvarint(e.data[n:])
	if m <= 0 || shared > uint64(len(e.term)) || own > uint64(len(e.data)-n-m) {
		return false, errDamaged
	}
	at := n + m
	e.term = append(e.term[:shared], e.data[at:at+int(own)]...)
	var err error
	e.head, e.body, e.data, err = skipPosting(e.data[at+int(own):])
	return err == nil, err
}

// lookIn finds the posting of a term in its block; the empty posting when it is not there.
func lookIn(data []byte, term string, base uint32) (posting, error) {
	e := entries{data: data}
	for {
		ok, err := e.next()
		if !ok || err != nil {
			return posting{}, err
		}
		switch c := bytes.Compare(e.term, []byte(term)); {
		case c == 0:
			return decodePosting(e.head, e.body, base)
		case c > 0:
			return posting{}, nil
		}
	}
}

// blockIndex tells in which block of a segment a term would lie.
type blockIndex struct {
	text []byte
	ends []uint32
}

func readIndex(firsts []byte) (blockIndex, error) {
	var x blockIndex
	for len(firsts) > 0 {
		n, m := binary.Uvarint(firsts)
		if m <= 0 || n > uint64(len(firsts)-m) {
			return x, errDamaged
		}
		x.text = append(x.text, firsts[m:m+int(n)]...)
		x.ends = append(x.ends, uint32(len(x.text)))
		firsts = firsts[m+int(n):]
	}
	return x, nil
}

func (x *blockIndex) first(i int) []byte {
	from := uint32(0)
	if i > 0 {
		from = x.ends[i-1]
	}
	return x.text[from:x.ends[i]]
}

// find is -1 when the term stands before the first block.
func (x *blockIndex) find(term string) int {
	return sort.Search(len(x.ends), func(i int) bool { return string(x.first(i)) > term }) - 1
}
