// SPDX-License-Identifier: Apache-2.0

package find

import (
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"soviec/kit/fault"
	"soviec/kit/store"
)

// Search answers a query of one agency. It is not for use within an act: what is not committed yet
// must not come into the memory that all searches share.
func (f *Finder) Search(r store.Reader, agency int64, q Query) (Result, error) {
	if _, ok := r.(store.Writer); ok {
		return Result{}, fault.Internal(errors.New("find: a search within an act"))
	}
	if err := checkTags(slices.Concat(q.Any, q.All)); err != nil {
		return Result{}, err
	}
	for range 10 {
		res, err := f.search(r, agency, q)
		if errors.Is(err, errMoved) {
			continue
		}
		return res, err
	}
	return Result{}, fault.Internal(errMoved)
}

func (f *Finder) search(r store.Reader, agency int64, q Query) (Result, error) {
	v, p, err := f.look(r, agency)
	if err != nil {
		return Result{}, err
	}
	s := &search{f: f, r: r, v: v, p: p}
	if len(q.Any) == 0 {
		return Result{Mode: Phrase}, nil
	}
	allowed, err := s.tagged(q.Any, q.All)
	if err != nil {
		return Result{}, err
	}
	ways := readings(q.Text)
	if len(ways) == 0 {
		if strings.TrimSpace(q.Text) != "" { // nothing but signs
			return Result{Mode: Phrase}, nil
		}
		return s.page(q, question{mode: Phrase}, &answer{found: allowed.everything()})
	}
	for _, way := range ways {
		a, err := s.answer(way, allowed)
		if err != nil {
			return Result{}, err
		}
		if !a.found.IsEmpty() {
			return s.page(q, way, a)
		}
	}
	return Result{Mode: ways[len(ways)-1].mode}, nil
}

// search is one search under way.
type search struct {
	f *Finder
	r store.Reader
	v *view
	p *picture
}

// allowance is what the tags of a query allow. What the segments hold is shared with other searches
// and must not be changed.
type allowance struct {
	segments, inTail, tail *roaring.Bitmap
}

// narrow returns what is allowed of a set.
func (a *allowance) narrow(set *roaring.Bitmap) *roaring.Bitmap {
	out := roaring.And(set, a.segments)
	out.AndNot(a.inTail)
	if !a.tail.IsEmpty() {
		out.Or(roaring.And(set, a.tail))
	}
	return out
}

// everything is all that is allowed.
func (a *allowance) everything() *roaring.Bitmap {
	out := roaring.AndNot(a.segments, a.inTail)
	out.Or(a.tail)
	return out
}

// tagged finds the documents that carry one of any and every one of all.
func (s *search) tagged(any, all []string) (*allowance, error) {
	fc := &s.p.facets[heads]
	a := &allowance{inTail: fc.inTail, tail: roaring.New()}
	for _, d := range fc.tail {
		has := func(t string) bool { return strings.Contains(d.tags, " "+t+" ") }
		if slices.ContainsFunc(any, has) && !slices.ContainsFunc(all, func(t string) bool { return !has(t) }) {
			a.tail.Add(d.docno)
		}
	}
	// The set changes only with the segments; it is kept like a posting, under their version.
	key := cacheKey{s.v.agency, -1 - s.p.version, strings.Join(any, " ") + "\n" + strings.Join(all, " ")}
	if p, ok := s.f.cache.get(key); ok {
		a.segments = p.bits
		return a, nil
	}
	terms := make([]string, 0, len(any)+len(all))
	for _, t := range slices.Concat(any, all) {
		terms = append(terms, string(classTag)+t)
	}
	posts, err := s.postings(fc.segments, terms, nil)
	if err != nil {
		return nil, err
	}
	a.segments = roaring.New()
	for i, seg := range fc.segments {
		one := roaring.New()
		for j := range any {
			posts[i][j].addTo(one)
		}
		p := posting{bits: one}.tidy()
		for j := range all {
			p = p.and(posts[i][len(any)+j])
		}
		p.without(seg.dead).addTo(a.segments)
	}
	s.f.cache.put(key, posting{bits: a.segments})
	return a, nil
}

// answer is what a reading found: which documents, and which of them with their marks.
type answer struct{ found, exact *roaring.Bitmap }

func (s *search) answer(q question, allowed *allowance) (*answer, error) {
	a := &answer{}
	for _, ph := range q.phrases {
		set, err := s.holding(ph.fold)
		if err != nil {
			return nil, err
		}
		if a.found == nil {
			a.found = allowed.narrow(set)
		} else {
			a.found.And(set)
		}
		if a.found.IsEmpty() {
			return a, nil
		}
	}
	if !q.marked || a.found.IsEmpty() {
		return a, nil
	}
	a.exact = a.found.Clone()
	for _, ph := range q.phrases {
		e, err := s.exactly(ph.exact)
		if err != nil {
			return nil, err
		}
		a.exact.And(e)
	}
	return a, nil
}

// holding finds the documents that hold the syllables as neighbours, in a field or in a file.
func (s *search) holding(syllables []string) (*roaring.Bitmap, error) {
	set := roaring.New()
	text := " " + strings.Join(syllables, " ") + " "
	for i := range s.p.facets {
		fc := &s.p.facets[i]
		in, err := s.together(fc, gramsOf(classFold, syllables, 3))
		if err == nil && len(syllables) > 3 {
			err = s.hold(fc, syllables, in)
		}
		if err != nil {
			return nil, err
		}
		here := roaring.New()
		for i := range fc.segments {
			in[i].addTo(here)
		}
		here.AndNot(fc.inTail)
		for _, d := range fc.tail {
			if strings.Contains(d.fold, text) {
				here.Add(d.docno)
			}
		}
		set.Or(here)
	}
	return set, nil
}

// exactly finds the documents with a field that holds every two neighbours with their marks.
func (s *search) exactly(syllables []string) (*roaring.Bitmap, error) {
	fc := &s.p.facets[heads]
	in, err := s.together(fc, gramsOf(classExact, syllables, 2))
	if err != nil {
		return nil, err
	}
	set := roaring.New()
	for i := range fc.segments {
		in[i].addTo(set)
	}
	set.AndNot(fc.inTail)
	grams := gramsOf(' ', syllables, 2)
	for _, d := range fc.tail {
		if !slices.ContainsFunc(grams, func(g string) bool { return !strings.Contains(d.exact, g+" ") }) {
			set.Add(d.docno)
		}
	}
	return set, nil
}

// together is, for each segment, what holds all of the terms there.
func (s *search) together(fc *facet, terms []string) ([]posting, error) {
	posts, err := s.postings(fc.segments, terms, nil)
	if err != nil {
		return nil, err
	}
	in := make([]posting, len(fc.segments))
	for i, seg := range fc.segments {
		slices.SortFunc(posts[i], func(a, b posting) int { return a.count() - b.count() })
		p := posts[i][0]
		for _, o := range posts[i][1:] {
			p = p.and(o)
		}
		in[i] = p.without(seg.dead)
	}
	return in, nil
}

func gramOf(class byte, syllables []string) string {
	return string(class) + strings.Join(syllables, " ")
}

// gramsOf are the terms of all n neighbours, or the one of all syllables where there are fewer.
func gramsOf(class byte, syllables []string, n int) []string {
	n = min(n, len(syllables))
	var terms []string
	for i := 0; i+n <= len(syllables); i++ {
		terms = append(terms, gramOf(class, syllables[i:i+n]))
	}
	slices.Sort(terms)
	return slices.Compact(terms)
}

// postings reads terms of segments: from memory, and all that is missing there in one query. With
// want, only the segments that it names are asked.
func (s *search) postings(segments []live, terms []string, want func(int) bool) ([][]posting, error) {
	type gap struct{ segment, term int }
	gaps := map[int64][]gap{} // by the block in which the term would lie
	all := make([][]posting, len(segments))
	flat := make([]posting, len(segments)*len(terms))
	for i, seg := range segments {
		all[i] = flat[i*len(terms) : (i+1)*len(terms) : (i+1)*len(terms)]
		if want != nil && !want(i) {
			continue
		}
		for j, term := range terms {
			if p, ok := s.f.cache.get(cacheKey{s.v.agency, seg.id, term}); ok {
				all[i][j] = p
			} else if at := seg.index.find(term); at >= 0 {
				id := seg.id*blocksMost + int64(at)
				gaps[id] = append(gaps[id], gap{i, j})
			}
		}
	}
	if len(gaps) == 0 {
		return all, nil
	}
	err := readBlocks(s.r, s.v.agency, s.p.version, slices.Sorted(maps.Keys(gaps)), func(block int64, data []byte) error {
		for _, g := range gaps[block] {
			seg, term := segments[g.segment], terms[g.term]
			p, err := lookIn(data, term, seg.base)
			if err != nil {
				return fault.Internal(err)
			}
			s.f.cache.put(cacheKey{s.v.agency, seg.id, term}, p)
			all[g.segment][g.term] = p
		}
		delete(gaps, block)
		return nil
	})
	if err == nil && len(gaps) > 0 {
		err = fault.Internal(errDamaged)
	}
	return all, err
}
