// SPDX-License-Identifier: Apache-2.0

package find

import (
	"context"
	"fmt"
	"hash/maphash"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"soviec/kit/store"
)

// wrongMost is how many documents Check names.
const wrongMost = 100

// Check compares the whole index of an agency with the texts kept and names, in words, what does
// not agree; nothing when all is well. What is wrong is put right by Rebuild.
//
// For each document the terms in the index are summed up as numbers, and so are those that its
// texts make. Changes that come in meanwhile are left out.
func (f *Finder) Check(ctx context.Context, agency int64) ([]string, error) {
	r := f.db.Read(ctx)
	_, p, err := f.look(r, agency)
	if err != nil {
		return nil, err
	}
	var wrong []string
	seed := maphash.MakeSeed()
	for i := range p.facets {
		sums, err := f.sumIndex(ctx, r, agency, &p.facets[i], seed)
		if err == nil {
			var w []string
			w, err = f.compare(r, agency, i, &p.facets[i], sums, seed)
			wrong = append(wrong, w...)
		}
		if err != nil {
			return wrong, err
		}
	}
	return wrong, nil
}

// sumIndex adds up the terms of each document that the segments hold.
func (f *Finder) sumIndex(ctx context.Context, r store.Reader, agency int64, fc *facet, seed maphash.Seed) (map[uint32]uint64, error) {
	sums := map[uint32]uint64{}
	for _, seg := range fc.segments {
		current := seg.docs
		if seg.dead != nil {
			current = roaring.AndNot(seg.docs, seg.dead)
		}
		for at := current.Iterator(); at.HasNext(); {
			sums[at.Next()] = 0
		}
		c := &cursor{r: r, agency: agency, live: seg}
		for {
			if err := c.next(); err != nil {
				return nil, err
			}
			if c.done {
				break
			}
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			p, err := decodePosting(c.head, c.body, c.base)
			if err != nil {
				return nil, err
			}
			h := maphash.Bytes(seed, c.term)
			p = p.without(seg.dead)
			if p.bits != nil {
				p.list = p.bits.ToArray()
			}
			for _, d := range p.list {
				sums[d] += h
			}
		}
	}
	return sums, nil
}

// compare goes through the texts, takes each document's sum away, and reports those left over.
func (f *Finder) compare(r store.Reader, agency int64, which int, fc *facet, sums map[uint32]uint64, seed maphash.Seed) (wrong []string, err error) {
	what := [2]string{"fields and tags", "text of files"}[which]
	say := func(docno int64, how string) {
		if len(wrong) < wrongMost {
			wrong = append(wrong, fmt.Sprintf("document %d: %s: %s", docno, what, how))
		}
	}
	one := func(docno, seq int64, g *gather) {
		d := uint32(docno)
		sum, ok := sums[d]
		delete(sums, d)
		switch {
		case seq > fc.upto:
		case !ok:
			say(docno, "not in the index")
		case sum != g.sum(seed):
			say(docno, "indexed otherwise than the text reads")
		}
	}
	for last := int64(0); ; {
		if which == heads {
			rows, err := headsFrom(r, agency, last, maxDoc, usual.most)
			if err != nil {
				return wrong, err
			}
			for _, row := range rows {
				g := newGather()
				g.head(row.words, row.tags, uint32(row.docno))
				one(row.docno, row.seq, g)
				last = row.docno
			}
			if len(rows) == 0 {
				break
			}
			continue
		}
		rows, err := bodiesFrom(r, agency, last, maxDoc, usual.least[bodies])
		if err != nil {
			return wrong, err
		}
		for _, row := range rows {
			text, err := unpack(row.data)
			if err != nil {
				return wrong, err
			}
			g := newGather()
			g.folded(uint32(row.docno), text)
			one(row.docno, row.seq, g)
			last = row.docno
		}
		if len(rows) == 0 {
			break
		}
	}
	var left []uint32
	for d := range sums {
		left = append(left, d)
	}
	slices.Sort(left)
	for _, d := range left {
		say(int64(d), "in the index without a text")
	}
	return wrong, nil
}

// sum adds up the terms of a gather that holds one document.
func (g *gather) sum(seed maphash.Seed) (sum uint64) {
	var term []byte
	for class, names := range g.classes {
		for name := range names {
			term = append(append(term[:0], classBytes[class]), name...)
			sum += maphash.Bytes(seed, term)
		}
	}
	return sum
}
