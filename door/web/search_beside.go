// SPDX-License-Identifier: Apache-2.0

package web

import (
	"strconv"

	"soviec/door/web/view"
	"soviec/kit/civil"
	"soviec/kit/find"
	"soviec/office/archive"
	"soviec/office/draft"
	"soviec/office/outgoing"
)

// besideOfPage is how many of each kind stand beside incoming documents; a search for the
// kind shows them all.
const besideOfPage = 5

// A besideKind is a kind of record that is found beside incoming documents and work. who
// are the tags of what the visitor may read; rows reads what was found in one query.
type besideKind struct {
	kind, name, all string
	who             []string
	rows            func(ids []int64, m marker) (map[int64]view.Hit, error)
}

// beside are the kinds, in the order of the page. Each has the reach of its own lists.
func (v *visit) beside() []besideKind {
	return []besideKind{
		{outgoing.RefOutgoing, "Văn bản đi", "văn bản đi", v.outReach().Who, v.outgoingHits},
		{draft.RefDraft, "Dự thảo", "dự thảo", v.draftReach().Who, v.draftHits},
		{archive.Ref, "Hồ sơ công việc", "hồ sơ", v.dossierReach().Tags(), v.dossierHits},
	}
}

// besideHits asks the index for one kind and reads the rows found.
func (v *visit) besideHits(k besideKind, typed string, year int, before int64, limit int, m marker) (find.Result, []view.Hit, error) {
	tags := []string{"kind:" + k.kind}
	if year != 0 {
		tags = append(tags, "year:"+strconv.Itoa(year))
	}
	found, err := v.d.Finder.Search(v.read(), v.agency(), find.Query{Text: typed, Any: k.who, All: tags, Limit: limit, Before: before})
	ids := idsOf(found.Hits, k.kind)
	if err != nil || len(ids) == 0 {
		return found, nil, err
	}
	byID, err := k.rows(ids, m)
	var hits []view.Hit
	for _, id := range ids {
		if h, ok := byID[id]; ok {
			hits = append(hits, h)
		}
	}
	return found, hits, err
}

// findBeside adds the newest of each kind to the page of everything. An outgoing document
// whose number was typed stands above, with the incoming ones of that number.
func (v *visit) findBeside(p *view.Search, typed string, year int, m marker) (total int, err error) {
	for _, k := range v.beside() {
		found, hits, err := v.besideHits(k, typed, year, 0, besideOfPage, m)
		if err != nil {
			return 0, err
		}
		total += found.Total
		some := view.FoundBeside{Heading: k.name, Count: number(found.Total)}
		for _, h := range hits {
			if k.kind == outgoing.RefOutgoing && m.numbers(h.Number) {
				p.Exact = append(p.Exact, h)
			} else {
				some.Hits = append(some.Hits, h)
			}
		}
		if found.More {
			chosen := ""
			if year != 0 {
				chosen = strconv.Itoa(year)
			}
			some.More = &view.Link{Href: searchAddress(typed, k.kind, chosen, 0), Label: "Xem cả " + number(found.Total) + " " + k.all}
		}
		if len(some.Hits) > 0 || some.More != nil {
			p.Beside = append(p.Beside, some)
		}
	}
	return total, nil
}

// searchBeside is the page of one kind.
func (v *visit) searchBeside(p view.Search, k besideKind, typed string, year int, before int64) error {
	found, hits, err := v.besideHits(k, typed, year, before, hitsOfPage, newMarker(typed))
	if err != nil {
		return err
	}
	chosen := ""
	if year != 0 {
		chosen = strconv.Itoa(year)
	}
	p.Hits, p.Count, p.Changed = hits, countWords(found.Total, typed), changedWords(found, typed)
	if found.More {
		p.Pager.Next = searchAddress(typed, k.kind, chosen, found.Next)
	}
	if before != 0 {
		p.Pager.Previous = searchAddress(typed, k.kind, chosen, 0)
	}
	if len(hits) == 0 {
		p.Advice = advice(typed, k.kind, year)
	}
	return v.show(p)
}

func (v *visit) outgoingHits(ids []int64, m marker) (map[int64]view.Hit, error) {
	byID, err := outgoing.Readable(v.read(), v.agency(), v.outReach(), ids)
	out := make(map[int64]view.Hit, len(byID))
	for id, d := range byID {
		h := view.Hit{Href: d.Address(), Kind: "Văn bản đi", Number: d.Label, Title: m.pieces(d.Subject), State: outState(d), Status: d.State.Label(),
			Meta: v.dir.Unit(d.Unit).Name + " · " + d.Day.VN() + " · " + d.SignerName + " ký"}
		if !m.whole(d.Subject, d.Label, d.SignerName, d.Places, d.Note) {
			h.FromFile, h.Snippet = true, inFile
		}
		out[id] = h
	}
	return out, err
}

func (v *visit) draftHits(ids []int64, m marker) (map[int64]view.Hit, error) {
	all, err := draft.List(v.read(), v.agency(), v.draftReach(), draft.Filter{IDs: ids}, len(ids))
	out := make(map[int64]view.Hit, len(all))
	for _, d := range all {
		h := view.Hit{Href: d.Address(), Kind: "Dự thảo " + draftTypeName(d.Type), Title: m.pieces(d.Subject), State: draftState(d.State), Status: d.State.Label(),
			Meta: v.dir.Unit(d.Unit).Name + " · " + v.dir.Person(d.Drafter).Name + " soạn · bắt đầu " + civil.Of(d.BegunAt).VN()}
		if !m.whole(append([]string{d.Subject, d.SignerName}, d.Addressees...)...) {
			h.FromFile, h.Snippet = true, inFile
		}
		out[d.ID] = h
	}
	return out, err
}

func (v *visit) dossierHits(ids []int64, m marker) (map[int64]view.Hit, error) {
	byID, err := archive.ByIDs(v.read(), v.agency(), ids)
	out := make(map[int64]view.Hit, len(byID))
	for id, d := range byID {
		out[id] = view.Hit{Href: d.Link(), Kind: "Hồ sơ", Number: d.Notation, Title: m.pieces(d.Title), Status: d.State.Label(),
			Meta: v.dir.Person(d.Keeper).Name + " · năm " + strconv.Itoa(d.Year) + " · " + docsWords(d)}
	}
	return out, err
}

// inFile is said of what was found by its text.
var inFile = []view.Piece{{Text: "nội dung có những chữ đã gõ."}}
