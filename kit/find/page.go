// SPDX-License-Identifier: Apache-2.0

package find

import "github.com/RoaringBitmap/roaring/v2"

// page cuts the asked page out of an answer. The place where the next begins is the last document
// shown: as it is among those that come last, and negative among the exact ones before them.
func (s *search) page(q Query, way question, a *answer) (Result, error) {
	limit := q.Limit
	if limit <= 0 {
		limit = limitDefault
	}
	limit = min(limit, limitMost)
	res := Result{Mode: way.mode, Total: int(a.found.GetCardinality())}
	rest := a.found
	if a.exact != nil {
		rest = roaring.AndNot(a.found, a.exact)
		if q.Before <= 0 {
			for _, d := range below(a.exact, -q.Before, limit+1) {
				res.Hits = append(res.Hits, Hit{DocNo: int64(d), Exact: true})
			}
		}
	}
	if len(res.Hits) <= limit {
		for _, d := range below(rest, max(q.Before, 0), limit+1-len(res.Hits)) {
			res.Hits = append(res.Hits, Hit{DocNo: int64(d)})
		}
	}
	if len(res.Hits) > limit {
		res.Hits, res.More = res.Hits[:limit], true
		last := res.Hits[limit-1]
		if res.Next = last.DocNo; last.Exact {
			res.Next = -last.DocNo
		}
	}
	return res, s.name(res.Hits)
}

// below are the n greatest members of a set under a bound; 0 is no bound.
func below(set *roaring.Bitmap, bound int64, n int) []uint32 {
	var out []uint32
	if set.IsEmpty() {
		return nil
	}
	at := int64(set.Maximum())
	if bound > 0 {
		if at = min(at, bound-1); at >= 0 {
			at = set.PreviousValue(uint32(at))
		}
	}
	for at >= 0 && len(out) < n {
		out = append(out, uint32(at))
		if at == 0 {
			break
		}
		at = set.PreviousValue(uint32(at - 1))
	}
	return out
}

// refsKept bounds the references remembered of an agency.
const refsKept = 20000

// name gives the hits their references; those not seen before are read in one query.
func (s *search) name(hits []Hit) error {
	var ids []int64
	s.v.refsMu.Lock()
	for i := range hits {
		ref, ok := s.v.refs[uint32(hits[i].DocNo)]
		if hits[i].Ref = ref; !ok {
			ids = append(ids, hits[i].DocNo)
		}
	}
	s.v.refsMu.Unlock()
	if len(ids) == 0 {
		return nil
	}
	refs, err := docRefs(s.r, s.v.agency, ids)
	if err != nil {
		return err
	}
	s.v.refsMu.Lock()
	defer s.v.refsMu.Unlock()
	if len(s.v.refs)+len(refs) > refsKept {
		clear(s.v.refs)
	}
	for i := range hits {
		if hits[i].Ref == "" {
			hits[i].Ref = refs[uint32(hits[i].DocNo)]
			s.v.refs[uint32(hits[i].DocNo)] = hits[i].Ref
		}
	}
	return nil
}
