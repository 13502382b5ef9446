// SPDX-License-Identifier: Apache-2.0

package task

import (
	"slices"
	"strconv"
	"strings"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/find"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/org"
)

// SearchKind is the kind under which works are found, TagDirect what those carry that come
// of no document: the others are found by the document too.
const (
	SearchKind = "task"
	TagDirect  = "direct"
)

// Who may find a work is said by tags, in the words that documents use too: whoever reads
// all of the agency, a person, a unit through whoever heads it.
const tagAll = "a"

func personTag(id int64) string { return "p:" + strconv.FormatInt(id, 10) }
func unitTag(id int64) string   { return "u:" + strconv.FormatInt(id, 10) }

// readers are the tags of those who may read a work by itself (see MayRead).
func (w *Work) readers() []string {
	tags := []string{tagAll}
	add := func(tag string, id int64) {
		if id != 0 && !slices.Contains(tags, tag) {
			tags = append(tags, tag)
		}
	}
	add(personTag(w.Giver), w.Giver)
	add(personTag(w.Proxy), w.Proxy)
	for _, s := range w.Shares {
		add(personTag(s.Holder), s.Holder)
		add(personTag(s.Person), s.Person)
		add(unitTag(s.Unit), s.Unit)
	}
	return tags
}

// searched is the work as search knows it.
func searched(d *org.Directory, w *Work, tags []string) find.Doc {
	fields := []string{w.Title, w.Text, w.Product.Name, "người giao " + d.Person(w.Giver).Name}
	for _, s := range w.Shares {
		if s.Piece != "" {
			fields = append(fields, s.Piece)
		}
	}
	tags = append(slices.Clone(tags), "year:"+strconv.Itoa(civil.Of(w.GivenAt).Year()))
	if w.Source == "" {
		tags = append(tags, TagDirect)
	}
	return find.Doc{Ref: w.Ref(), Kind: SearchKind, Fields: fields, Tags: tags}
}

// forgotten stands for a work that search does not know: what came of it was taken back
// (a recalled document), and nothing of it may be found.
const forgotten = "-"

// knownTo are the tags of the readers in one text, to see whether they have changed.
func (w *Work) knownTo() string {
	if w.State == WorkDropped && w.Source != "" {
		return forgotten
	}
	tags := w.readers()
	slices.Sort(tags)
	return strings.Join(tags, " ")
}

// index keeps search at what the work says and at who may read it. It costs nothing while
// neither changes.
func (d *deed) index() error {
	now := d.w.knownTo()
	if now == d.indexed {
		return nil
	}
	fresh := d.indexed == ""
	d.indexed = now
	if now == forgotten {
		return fault.Internal(find.Put(d.a, d.a.By.Agency, find.Doc{Ref: d.w.Ref()}))
	}
	if err := putInSearch(d.a, d.dir, &d.w); err != nil || fresh {
		return err
	}
	// Whoever may read a work may read the parts of it: their tags follow.
	below, err := childrenOf(d.a, d.a.By.Agency, []int64{d.w.ID})
	for depth := 0; err == nil && len(below) > 0 && depth < maxDepth; depth++ {
		ids := make([]int64, len(below))
		for i := range below {
			ids[i] = below[i].ID
			if err := putInSearch(d.a, d.dir, &below[i]); err != nil {
				return err
			}
		}
		below, err = childrenOf(d.a, d.a.By.Agency, ids)
	}
	return fault.Internal(err)
}

// putInSearch puts a work under its own readers and those of the works it is a part of.
func putInSearch(a *journal.Act, d *org.Directory, w *Work) error {
	tags, err := withAbove(a, a.By.Agency, w)
	if err != nil {
		return err
	}
	return fault.Internal(find.Put(a, a.By.Agency, searched(d, w, tags)))
}

func withAbove(r store.Reader, agency int64, w *Work) ([]string, error) {
	tags := w.readers()
	for up, depth := w.Parent, 0; up != 0 && depth < maxDepth; depth++ {
		above, err := GetShare(r, agency, up)
		if err != nil {
			return nil, err
		}
		for _, t := range above.readers() {
			if !slices.Contains(tags, t) {
				tags = append(tags, t)
			}
		}
		up = above.Parent
	}
	return tags, nil
}

// perPage is how many works IndexPage puts into search in one transaction.
const perPage = 500

// IndexPage puts a page of works that were given before search knew of works into it,
// from after a number on; the last number is returned, 0 when there is no more. A work that
// is in search already is put again as it is.
func IndexPage(tx *store.Tx, d *org.Directory, after int64) (int64, error) {
	works, err := worksAfter(tx, d.Agency.ID, after, perPage, tx.Lock())
	if err != nil || len(works) == 0 {
		return 0, fault.Internal(err)
	}
	for i := range works {
		if works[i].knownTo() == forgotten {
			continue
		}
		tags, err := withAbove(tx, d.Agency.ID, &works[i])
		if err != nil {
			return 0, err
		}
		if err := find.Put(tx, d.Agency.ID, searched(d, &works[i], tags)); err != nil {
			return 0, fault.Internal(err)
		}
	}
	return works[len(works)-1].ID, nil
}

// Heads are the leading shares of some works by work, as lists show them, in one query.
// What the reader may see is the caller's question: search has asked it by its tags.
func Heads(r store.Reader, agency int64, works []int64) (map[int64]Piece, error) {
	out := make(map[int64]Piece, len(works))
	for part := range slices.Chunk(works, mostInList) {
		all, err := leads(r, agency, part)
		if err != nil {
			return nil, fault.Internal(err)
		}
		for _, p := range all {
			if was, ok := out[p.Work]; !ok || was.State == StateReturned || was.State == StateDropped {
				out[p.Work] = p
			}
		}
	}
	return out, nil
}
