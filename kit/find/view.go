// SPDX-License-Identifier: Apache-2.0

package find

import (
	"database/sql"
	"errors"
	"math"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/RoaringBitmap/roaring/v2"

	"soviec/kit/store"
)

// The two facets of a document are indexed apart, so that a new tag does not index its files again.
const (
	heads  = 0 // fields and tags
	bodies = 1 // texts of files
)

// view is what a process knows of an agency's index.
type view struct {
	agency int64
	now    atomic.Pointer[picture]

	mu       sync.Mutex         // held while a new picture is made
	segments map[int64]*segment // those of the last picture

	refsMu sync.Mutex
	refs   map[uint32]string // a document's reference never changes
}

// picture is the index at one moment; it is never changed.
type picture struct {
	counter // up to where the tails were read, and the segments' version
	facets  [2]facet
}

// facet is the index of one facet. Where a document is in several places, the tail wins over the
// segments and a newer segment over an older one.
type facet struct {
	segments []live // newest first
	upto     int64  // the last change that they hold
	tail     []*tailDoc
	inTail   *roaring.Bitmap
}

// segment is an active segment without its blocks.
type segment struct {
	id    int64
	base  uint32
	docs  *roaring.Bitmap
	index blockIndex
}

// live is a segment with those of its documents that were indexed again later; nil is none.
type live struct {
	*segment
	dead *roaring.Bitmap
}

// tailDoc is a document changed since the last segment, kept ready to be looked through: every
// field, and the tags, with a blank on either side.
type tailDoc struct {
	docno             uint32
	seq               int64
	fold, exact, tags string
}

// look brings the agency's picture up to what is committed.
func (f *Finder) look(r store.Reader, agency int64) (*view, *picture, error) {
	c, err := readCounter(r, agency)
	if err != nil {
		return nil, nil, err
	}
	v := f.view(agency)
	if p := v.now.Load(); p != nil && p.covers(c) {
		return v, p, nil
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	p := v.now.Load()
	if p == nil {
		p = &picture{counter: counter{version: -1}}
		p.facets[heads].inTail, p.facets[bodies].inTail = roaring.New(), roaring.New()
	}
	if !p.covers(c) {
		if p, err = v.bring(r, p, c); err != nil {
			return nil, nil, err
		}
		v.now.Store(p)
	}
	return v, p, nil
}

func (p *picture) covers(c counter) bool {
	return p.seq >= c.seq && p.body >= c.body && p.version >= c.version
}

func (v *view) bring(r store.Reader, old *picture, c counter) (*picture, error) {
	p := *old
	if p.version < c.version {
		if err := v.readSegments(r, &p); err != nil {
			return nil, err
		}
		for i := range p.facets {
			p.facets[i].forget()
		}
	}
	if c.seq > p.seq {
		rows, err := headsAfter(r, v.agency, max(p.seq, p.facets[heads].upto), math.MaxInt32)
		if err != nil {
			return nil, err
		}
		p.seq = c.seq
		docs := make([]*tailDoc, len(rows))
		for i, row := range rows {
			docs[i] = newTailDoc(row)
			p.seq = max(p.seq, row.seq)
		}
		p.facets[heads].append(docs)
	}
	if c.body > p.body {
		rows, err := bodiesAfter(r, v.agency, max(p.body, p.facets[bodies].upto), math.MaxInt32)
		if err != nil {
			return nil, err
		}
		p.body = c.body
		docs := make([]*tailDoc, len(rows))
		for i, row := range rows {
			text, err := unpack(row.data)
			if err != nil {
				return nil, err
			}
			docs[i] = &tailDoc{docno: uint32(row.docno), seq: row.seq, fold: " " + text + " "}
			p.body = max(p.body, row.seq)
		}
		p.facets[bodies].append(docs)
	}
	return &p, nil
}

func newTailDoc(row headRow) *tailDoc {
	var fold, exact []byte
	for field := range strings.SplitSeq(row.words, "\n") {
		fold = append(appendFold(append(fold, "\n "...), field), ' ')
		exact = append(appendExact(append(exact, "\n "...), field), ' ')
	}
	return &tailDoc{docno: uint32(row.docno), seq: row.seq,
		fold: string(fold), exact: string(exact), tags: " " + row.tags + " "}
}

// append takes changes that are newer than all in the tail. The old slice may be in use by others:
// it is only lengthened, or copied when a document in it was changed again.
func (f *facet) append(docs []*tailDoc) {
	if len(docs) == 0 {
		return
	}
	fresh := roaring.New()
	for _, d := range docs {
		fresh.Add(d.docno)
	}
	if fresh.Intersects(f.inTail) {
		f.tail = slices.DeleteFunc(slices.Clone(f.tail), func(d *tailDoc) bool { return fresh.Contains(d.docno) })
	}
	f.tail = append(f.tail, docs...)
	fresh.Or(f.inTail)
	f.inTail = fresh
}

// forget drops from the tail what the segments hold.
func (f *facet) forget() {
	kept := slices.DeleteFunc(slices.Clone(f.tail), func(d *tailDoc) bool { return d.seq <= f.upto })
	f.tail, f.inTail = kept, roaring.New()
	for _, d := range kept {
		f.inTail.Add(d.docno)
	}
}

func (v *view) readSegments(r store.Reader, p *picture) error {
	for range 10 {
		version, rows, err := readSegments(r, v.agency)
		if err != nil {
			return err
		}
		known := make(map[int64]*segment, len(rows))
		var facets [2][]live
		gone := false
		for _, row := range rows {
			if row.state != active {
				continue
			}
			s := v.segments[row.segment]
			if s == nil {
				s, err = openSegment(r, v.agency, row.segment)
				if errors.Is(err, sql.ErrNoRows) { // replaced and removed in between
					gone = true
					break
				}
				if err != nil {
					return err
				}
			}
			known[s.id] = s
			facets[row.facet] = append(facets[row.facet], live{segment: s})
			p.facets[row.facet].upto = max(p.facets[row.facet].upto, row.upto)
		}
		if gone {
			continue
		}
		for i := range facets {
			markDead(facets[i])
			p.facets[i].segments = facets[i]
		}
		v.segments, p.version = known, version
		return nil
	}
	return errMoved
}

func openSegment(r store.Reader, agency, id int64) (*segment, error) {
	docs, firsts, err := readContents(r, agency, id)
	if err != nil {
		return nil, err
	}
	s := &segment{id: id, docs: roaring.New()}
	if err := s.docs.UnmarshalBinary(docs); err != nil {
		return nil, errors.Join(errDamaged, err)
	}
	if !s.docs.IsEmpty() {
		s.base = s.docs.Minimum()
	}
	s.index, err = readIndex(firsts)
	return s, err
}

// markDead goes from the newest segment to the oldest.
func markDead(segments []live) {
	newer := roaring.New()
	for i := range segments {
		s := &segments[i]
		if s.docs.Intersects(newer) {
			s.dead = roaring.And(s.docs, newer)
		}
		newer.Or(s.docs)
	}
}
