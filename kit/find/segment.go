// SPDX-License-Identifier: Apache-2.0

package find

import (
	"context"
	"errors"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"soviec/kit/store"
)

// How many blocks are written or removed in one transaction, and how many bytes are written: few
// enough that the register's writer waits some milliseconds at most.
const (
	blocksTogether = 32
	bytesTogether  = 256 << 10
)

// writing is a segment being built, in steps that each are a transaction.
type writing struct {
	f       *Finder
	ctx     context.Context
	agency  int64
	id      int64
	docs    *roaring.Bitmap
	blocks  blocks
	waiting [][]byte
	bytes   int // waiting
	written int64
}

func (f *Finder) begin(ctx context.Context, agency, facet, version, upto int64, docs *roaring.Bitmap) (*writing, error) {
	w := &writing{f: f, ctx: ctx, agency: agency, docs: docs}
	if !docs.IsEmpty() {
		w.blocks.base = docs.Minimum()
	}
	w.blocks.emit = w.emit
	err := f.db.Write(ctx, func(tx *store.Tx) (err error) {
		w.id, err = beginSegment(tx, agency, facet, version, upto)
		return err
	})
	return w, err
}

func (w *writing) emit(data []byte) error {
	w.waiting = append(w.waiting, data)
	w.bytes += len(data)
	if len(w.waiting) < blocksTogether && w.bytes < bytesTogether {
		return nil
	}
	return w.flush()
}

func (w *writing) flush() error {
	if len(w.waiting) == 0 {
		return nil
	}
	if w.written+int64(len(w.waiting)) > blocksMost {
		return errors.New("find: a segment has grown too large")
	}
	err := w.f.db.Write(w.ctx, func(tx *store.Tx) error {
		return writeBlocks(tx, w.agency, w.id, w.written, w.waiting)
	})
	w.written += int64(len(w.waiting))
	w.waiting, w.bytes = w.waiting[:0], 0
	return err
}

// close writes what is left; the segment still waits to be activated.
func (w *writing) close() error {
	if err := w.blocks.flush(); err != nil {
		return err
	}
	return w.flush()
}

// drop gives up a segment that cannot be activated, so that the next round removes it.
func (w *writing) drop() {
	_ = w.f.db.Write(context.WithoutCancel(w.ctx), func(tx *store.Tx) error { return giveUp(tx, w.agency, w.id) })
}

// exchange puts new segments in the place of old ones, if the version is still the one on which
// they were built.
func (f *Finder) exchange(ctx context.Context, agency, version int64, in []*writing, out []int64) error {
	type contents struct{ docs, firsts []byte }
	made := make([]contents, len(in))
	for i, w := range in {
		docs, err := w.docs.ToBytes()
		if err != nil {
			return err
		}
		made[i] = contents{docs, append([]byte{}, w.blocks.firsts...)}
	}
	return f.db.Write(ctx, func(tx *store.Tx) error {
		if err := newVersion(tx, agency, version); err != nil {
			return err
		}
		for i, w := range in {
			if err := activate(tx, agency, w.id, int64(w.docs.GetCardinality()), made[i].docs, made[i].firsts); err != nil {
				return err
			}
		}
		for _, id := range out {
			if err := giveUp(tx, agency, id); err != nil {
				return err
			}
		}
		return nil
	})
}

// write puts all that was gathered into a segment.
func (w *writing) write(g *gather) error {
	var term []byte
	for class, posts := range g.classes {
		names := make([]string, 0, len(posts))
		for name := range posts {
			names = append(names, name)
		}
		slices.Sort(names)
		for _, name := range names {
			p := &g.posts[posts[name]]
			term = append(append(term[:0], classBytes[class]), name...)
			list := []uint32{p.first}
			if len(p.rest) > 0 {
				list = append(list, p.rest...)
			}
			if err := w.blocks.add(term, posting{list: list}); err != nil {
				return err
			}
		}
	}
	return w.close()
}

// remove takes away the blocks of a segment that nobody needs, and at last the segment.
func (f *Finder) remove(ctx context.Context, agency int64, s segmentRow) error {
	if s.state != replaced { // left behind by a process that ended; from now on it cannot be written
		if err := f.db.Write(ctx, func(tx *store.Tx) error { return giveUp(tx, agency, s.segment) }); err != nil {
			return err
		}
		s.blocks += blocksTogether // it may have written once more since it was read
	}
	for at := int64(0); at < s.blocks; at += blocksTogether {
		from := s.segment*blocksMost + at
		if err := f.db.Write(ctx, func(tx *store.Tx) error {
			return deleteBlocks(tx, agency, from, from+blocksTogether)
		}); err != nil {
			return err
		}
	}
	return f.db.Write(ctx, func(tx *store.Tx) error { return deleteSegment(tx, agency, s.segment) })
}
