// SPDX-License-Identifier: Apache-2.0

package find

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// portions say how much makes a segment. Below the least, documents stay in the tail; what has
// piled up more is taken in larger portions.
type portions struct {
	least [2]int // documents, by facet
	most  int    // documents of the heads
	bytes int    // folded bytes of texts, unless a single one is longer
}

var usual = portions{least: [2]int{512, 64}, most: 4096, bytes: 600 << 10}

// Index brings the indexes of all agencies up to date, in short transactions. It may be called at
// any time and by several processes; where two meet, one gives way.
func (f *Finder) Index(ctx context.Context) error {
	agencies, err := readAgencies(f.db.Read(ctx))
	if err != nil {
		return err
	}
	var errs []error
	for _, agency := range agencies {
		errs = append(errs, f.IndexAgency(ctx, agency))
	}
	return errors.Join(errs...)
}

// IndexAgency is Index for one agency.
func (f *Finder) IndexAgency(ctx context.Context, agency int64) error {
	f.indexing.Lock()
	defer f.indexing.Unlock()
	for {
		did, err := f.step(ctx, agency)
		if errors.Is(err, errMoved) {
			return nil
		}
		if err != nil || !did {
			return err
		}
	}
}

// step does the most pressing piece of work, and says whether there was any.
func (f *Finder) step(ctx context.Context, agency int64) (bool, error) {
	r := f.db.Read(ctx)
	c, err := readCounter(r, agency)
	if err != nil {
		return false, err
	}
	version, rows, err := readSegments(r, agency)
	if err != nil {
		return false, err
	}
	var facets [2][]segmentRow
	var upto [2]int64
	for _, row := range rows {
		switch {
		case row.state == active:
			facets[row.facet] = append(facets[row.facet], row)
			upto[row.facet] = max(upto[row.facet], row.upto)
		case row.state == replaced || row.base < version:
			if err := f.remove(ctx, agency, row); err != nil {
				return false, err
			}
		}
	}
	if did, err := f.indexHeads(ctx, agency, version, c.seq, upto[heads]); did || err != nil {
		return did, err
	}
	if did, err := f.indexBodies(ctx, agency, version, c.body, upto[bodies]); did || err != nil {
		return did, err
	}
	for facet, segments := range facets {
		if set := toMerge(segments, int64(f.portions.least[facet])); set != nil {
			return true, f.merge(ctx, agency, int64(facet), version, set)
		}
	}
	return false, nil
}

func (f *Finder) indexHeads(ctx context.Context, agency, version, seq, upto int64) (bool, error) {
	if seq-upto < int64(f.portions.least[heads]) {
		return false, nil
	}
	rows, err := headsAfter(f.db.Read(ctx), agency, upto, f.portions.most)
	if err != nil || len(rows) < f.portions.least[heads] {
		return false, err
	}
	upto = rows[len(rows)-1].seq
	w, err := f.writeHeads(ctx, agency, version, upto, rows)
	if err == nil {
		err = f.exchange(ctx, agency, version, []*writing{w}, nil)
	}
	if err != nil && w != nil {
		w.drop()
	}
	return true, err
}

func (f *Finder) writeHeads(ctx context.Context, agency, version, upto int64, rows []headRow) (*writing, error) {
	slices.SortFunc(rows, func(a, b headRow) int { return cmp.Compare(a.docno, b.docno) })
	g, docs := newGather(), roaring.New()
	for _, row := range rows {
		docs.Add(uint32(row.docno))
		g.head(row.words, row.tags, uint32(row.docno))
	}
	w, err := f.begin(ctx, agency, heads, version, upto, docs)
	if err != nil {
		return nil, err
	}
	return w, w.write(g)
}

func (f *Finder) indexBodies(ctx context.Context, agency, version, seq, upto int64) (bool, error) {
	if seq <= upto {
		return false, nil
	}
	r := f.db.Read(ctx)
	n, size, err := bodiesWaiting(r, agency, upto, f.portions.least[bodies])
	if err != nil || n < int64(f.portions.least[bodies]) && size < int64(f.portions.bytes/3) { // packed to a third
		return false, err
	}
	rows, err := bodiesAfter(r, agency, upto, f.portions.least[bodies])
	if err != nil {
		return false, err
	}
	w, taken, err := f.writeBodies(ctx, agency, version, -1, rows)
	if taken == 0 {
		return false, err
	}
	if err == nil {
		err = f.exchange(ctx, agency, version, []*writing{w}, nil)
	}
	if err != nil && w != nil {
		w.drop()
	}
	return true, err
}

// writeBodies writes a segment of as many of the texts as make a portion, and says how many it
// took. With upto -1 the segment holds the changes up to the last of them.
func (f *Finder) writeBodies(ctx context.Context, agency, version, upto int64, rows []bodyRow) (*writing, int, error) {
	type text struct {
		docno uint32
		fold  string
	}
	var texts []text
	size := 0
	for _, row := range rows {
		fold, err := unpack(row.data)
		if err != nil {
			return nil, 0, err
		}
		if size += len(fold); size > f.portions.bytes && len(texts) > 0 {
			break
		}
		texts = append(texts, text{uint32(row.docno), fold})
	}
	taken := len(texts)
	if taken == 0 {
		return nil, 0, nil
	}
	if upto < 0 {
		upto = rows[taken-1].seq
	}
	slices.SortFunc(texts, func(a, b text) int { return cmp.Compare(a.docno, b.docno) })
	g, docs := newGather(), roaring.New()
	for _, t := range texts {
		docs.Add(t.docno)
		g.folded(t.docno, t.fold)
	}
	w, err := f.begin(ctx, agency, bodies, version, upto, docs)
	if err != nil {
		return nil, taken, err
	}
	return w, taken, w.write(g)
}

// Rebuild makes an agency's index anew from the texts kept, beside the old one, which serves until
// the new one is whole.
func (f *Finder) Rebuild(ctx context.Context, agency int64) error {
	f.indexing.Lock()
	defer f.indexing.Unlock()
	r := f.db.Read(ctx)
	c, err := readCounter(r, agency)
	if err != nil {
		return err
	}
	version, rows, err := readSegments(r, agency)
	if err != nil {
		return err
	}
	if c.seq == 0 {
		return nil
	}
	if version != c.version {
		return errMoved
	}
	var old []int64
	for _, row := range rows {
		if row.state == active {
			old = append(old, row.segment)
		}
	}
	made, err := f.writeAll(ctx, agency, version, c.seq)
	if err == nil {
		err = f.exchange(ctx, agency, version, made, old)
	}
	if err != nil {
		for _, w := range made {
			w.drop()
		}
	}
	return err
}

func (f *Finder) writeAll(ctx context.Context, agency, version, upto int64) (made []*writing, err error) {
	r := f.db.Read(ctx)
	for last := int64(0); ; {
		rows, err := headsFrom(r, agency, last, upto, f.portions.most)
		if err != nil {
			return made, err
		}
		if len(rows) == 0 {
			break
		}
		last = rows[len(rows)-1].docno
		w, err := f.writeHeads(ctx, agency, version, upto, rows)
		if w != nil {
			made = append(made, w)
		}
		if err != nil {
			return made, err
		}
	}
	for last := int64(0); ; {
		rows, err := bodiesFrom(r, agency, last, upto, f.portions.least[bodies])
		if err != nil {
			return made, err
		}
		if len(rows) == 0 {
			return made, nil
		}
		w, taken, err := f.writeBodies(ctx, agency, version, upto, rows)
		if w != nil {
			made = append(made, w)
		}
		if err != nil {
			return made, err
		}
		last = rows[taken-1].docno
	}
}
