// SPDX-License-Identifier: Apache-2.0

package find

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"soviec/kit/store"
)

// fanOut is how many neighbours of a size are made into one.
const fanOut = 6

// toMerge picks neighbours in age, given newest first, that together are worth one segment; nil
// when all is well. The smallest come first, so that the number of segments stays small at little work.
func toMerge(segments []segmentRow, least int64) []segmentRow {
	for level := range 12 {
		run := 0
		for i := range segments {
			if levelOf(segments[i], least) > level {
				run = 0
				continue
			}
			if run++; run == fanOut {
				// the run may go on towards older ones; take them all, so that none is left between
				end := i + 1
				for end < len(segments) && levelOf(segments[end], least) <= level && end-i < fanOut {
					end++
				}
				return segments[i+1-run : end]
			}
		}
	}
	return nil
}

func levelOf(s segmentRow, least int64) int {
	level := 0
	for n := s.size / least; n >= fanOut; n /= fanOut {
		level++
	}
	return level
}

// merge makes one segment of several, given newest first.
func (f *Finder) merge(ctx context.Context, agency, facet, version int64, set []segmentRow) error {
	r := f.db.Read(ctx)
	upto := set[0].upto
	var segments []live
	var out []int64
	for _, row := range set {
		s, err := openSegment(r, agency, row.segment)
		if err != nil {
			return movedIfGone(err)
		}
		segments = append(segments, live{segment: s})
		out = append(out, row.segment)
	}
	markDead(segments)
	slices.Reverse(segments)
	docs := roaring.New()
	for _, s := range segments {
		docs.Or(s.docs)
	}
	w, err := f.begin(ctx, agency, facet, version, upto, docs)
	if err != nil {
		return err
	}
	if err = w.merge(r, segments); err == nil {
		err = f.exchange(ctx, agency, version, []*writing{w}, out)
	}
	if err != nil {
		w.drop()
	}
	return err
}

// merge walks through the terms of all segments at once, the oldest segment first.
func (w *writing) merge(r store.Reader, segments []live) error {
	cursors := make([]*cursor, 0, len(segments))
	for _, s := range segments {
		c := &cursor{r: r, agency: w.agency, live: s}
		if err := c.next(); err != nil {
			return err
		}
		if !c.done {
			cursors = append(cursors, c)
		}
	}
	var parts []posting
	var term []byte
	for len(cursors) > 0 {
		if err := w.ctx.Err(); err != nil {
			return err
		}
		least := cursors[0].term
		for _, c := range cursors[1:] {
			if bytes.Compare(c.term, least) < 0 {
				least = c.term
			}
		}
		term = append(term[:0], least...)
		parts = parts[:0]
		for _, c := range cursors {
			if !bytes.Equal(c.term, term) {
				continue
			}
			p, err := decodePosting(c.head, c.body, c.base)
			if err != nil {
				return err
			}
			if p = p.without(c.dead); !p.empty() {
				parts = append(parts, p)
			}
			if err := c.next(); err != nil {
				return err
			}
		}
		cursors = slices.DeleteFunc(cursors, func(c *cursor) bool { return c.done })
		if len(parts) == 0 {
			continue
		}
		if err := w.blocks.add(term, unite(parts)); err != nil {
			return err
		}
	}
	return w.close()
}

// cursor reads the terms of one segment in order, some blocks at a time.
type cursor struct {
	r      store.Reader
	agency int64
	live
	entries
	at    int // the next block to read
	ahead []rawBlock
	done  bool
}

const blocksAhead = 16

func (c *cursor) next() error {
	for {
		ok, err := c.entries.next()
		if ok || err != nil {
			return err
		}
		if c.at == len(c.index.ends) {
			c.done = true
			return nil
		}
		if len(c.ahead) == 0 {
			first := c.id*blocksMost + int64(c.at)
			to := min(c.at+blocksAhead, len(c.index.ends))
			if c.ahead, err = blockRange(c.r, c.agency, first, c.id*blocksMost+int64(to)); err != nil {
				return err
			}
			if len(c.ahead) != to-c.at {
				return errMoved
			}
		}
		c.entries = entries{data: c.ahead[0].data, term: c.term[:0]}
		c.ahead = c.ahead[1:]
		c.at++
	}
}

// movedIfGone: a segment that is not there was replaced and removed by another process.
func movedIfGone(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return errMoved
	}
	return err
}
