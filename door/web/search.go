// SPDX-License-Identifier: Apache-2.0

package web

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"

	"soviec/door/web/view"
	"soviec/kit/civil"
	"soviec/kit/find"
	"soviec/office/archive"
	"soviec/office/document"
	"soviec/office/draft"
	"soviec/office/outgoing"
	"soviec/office/task"
)

const (
	hitsOfPage   = 20
	manyHits     = 1000 // more are not counted out to people
	peopleOfPage = 5
	worksOfPage  = 5 // beside documents; a search for work shows them all
)

// search finds documents, drafts, dossiers, work, people and units by whatever somebody
// types (tìm kiếm).
//
// It asks the index once for each kind of record, reads the rows found of each in
// one query, and of an arrival number one more; everything else comes from memory.
func search(v *visit) error {
	if err := v.atCounter(); err != nil {
		return err
	}
	defer v.leaveCounter()
	q := v.URL.Query()
	typed := strings.Join(strings.Fields(q.Get("q")), " ")
	kind, year := q.Get("kind"), q.Get("year")
	p := view.Search{Query: typed, Kind: kindChoice(kind)}
	p.Frame = v.frame(view.PlaceSearch, strings.TrimSuffix("Tìm “"+typed+"”", " “”"))
	years, err := v.years()
	if err != nil {
		return err
	}
	chosen, _ := strconv.Atoi(year)
	p.Year = yearChoice(years, chosen)
	if typed == "" {
		return v.show(p)
	}
	before, _ := strconv.ParseInt(q.Get("after"), 10, 64)
	if kind == kindTask {
		return v.searchWorks(p, typed, chosen, before)
	}
	for _, k := range v.beside() {
		if k.kind == kind {
			return v.searchBeside(p, k, typed, chosen, before)
		}
	}
	query := find.Query{Text: typed, Any: v.reach().Who, All: documentTags(chosen), Limit: hitsOfPage, Before: before}
	found := find.Result{}
	if kind != kindPeople {
		if found, err = v.d.Finder.Search(v.read(), v.agency(), query); err != nil {
			return err
		}
	}
	docs, err := v.hitDocuments(found.Hits)
	if err != nil {
		return err
	}
	m, total := newMarker(typed), found.Total
	if query.Before == 0 {
		if kind != kindPeople {
			if p.Exact, docs, err = v.exactly(typed, chosen, docs, m); err != nil {
				return err
			}
		}
		if kind != document.RefIncoming && chosen == 0 {
			p.Hits = v.peopleHits(typed, m)
			total += len(p.Hits)
		}
		if kind == "" {
			n, err := v.findBeside(&p, typed, chosen, m)
			if err != nil {
				return err
			}
			total += n
			works, hits, err := v.workHits(typed, chosen, 0, worksOfPage, task.TagDirect)
			if err != nil {
				return err
			}
			p.Works, p.WorksCount = hits, number(works.Total)
			if total += works.Total; works.More {
				p.WorksMore = &view.Link{Href: searchAddress(typed, kindTask, year, 0), Label: "Xem cả " + number(works.Total) + " công việc"}
			}
		}
	}
	for _, d := range docs {
		p.Hits = append(p.Hits, v.documentHit(d, m))
	}
	p.Count, p.Changed = countWords(max(total, len(p.Exact)), typed), changedWords(found, typed)
	if found.More {
		p.Pager.Next = searchAddress(typed, kind, year, found.Next)
	}
	if query.Before != 0 {
		p.Pager.Previous = searchAddress(typed, kind, year, 0)
	}
	if len(p.Hits) == 0 && len(p.Exact) == 0 && len(p.Works) == 0 && len(p.Beside) == 0 {
		p.Advice = advice(typed, kind, chosen)
	}
	return v.show(p)
}

const (
	kindTask   = "task"
	kindPeople = "people"
)

func kindChoice(chosen string) view.Select {
	return view.Select{Value: chosen, Options: []view.Option{{Label: "mọi thứ"}, {Value: document.RefIncoming, Label: "văn bản đến"},
		{Value: outgoing.RefOutgoing, Label: "văn bản đi"},
		{Value: draft.RefDraft, Label: "dự thảo"}, {Value: kindTask, Label: "công việc"}, {Value: archive.Ref, Label: "hồ sơ"}, {Value: kindPeople, Label: "người, đơn vị"}}}
}

// yearsKept are the years of an agency's documents; a new one begins once a year.
var yearsKept sync.Map // the door and agency → yearsAsOf

type yearsKey struct {
	d      *Door
	agency int64
}

type yearsAsOf struct {
	year  int
	years []int
}

func (v *visit) years() ([]int, error) {
	key := yearsKey{v.d, v.agency()}
	if kept, ok := yearsKept.Load(key); ok && kept.(yearsAsOf).year == v.today.Year() {
		return kept.(yearsAsOf).years, nil
	}
	years, err := document.Years(v.read(), v.agency())
	if err == nil && len(years) > 0 && years[0] == v.today.Year() { // else the year is yet to begin
		yearsKept.Store(key, yearsAsOf{v.today.Year(), years})
	}
	return years, err
}

func searchAddress(q, kind, year string, after int64) string {
	values := url.Values{"q": {q}}
	for name, value := range map[string]string{"kind": kind, "year": year} {
		if value != "" {
			values.Set(name, value)
		}
	}
	if after != 0 {
		values.Set("after", strconv.FormatInt(after, 10))
	}
	return address("/tim", values)
}

func countWords(n int, typed string) string {
	switch {
	case n == 0:
		return "Không thấy gì cho “" + typed + "”"
	case n > manyHits:
		return "hơn " + number(manyHits) + " kết quả cho “" + typed + "”"
	}
	return number(n) + " kết quả cho “" + typed + "”"
}

func changedWords(found find.Result, typed string) string {
	if found.Mode == find.Words && found.Total > 0 && strings.Contains(typed, " ") {
		return "Không có cụm “" + typed + "” liền nhau; đây là những kết quả có đủ các chữ."
	}
	return ""
}

func advice(typed, kind string, year int) []string {
	var out []string
	words := strings.Fields(typed)
	if len(words) > 1 {
		out = append(out, "Bớt chữ: “"+strings.Join(words[:(len(words)+1)/2], " ")+"”.")
	}
	out = append(out, "Gõ số, ký hiệu theo kiểu nào cũng được: “1234/UBND-VX” hay “cv 1234 vx”; số đến thì gõ “số đến 2611”.")
	if kind != "" {
		out = append(out, "Tìm trong mọi thứ, không chỉ một loại.")
	}
	if year != 0 {
		out = append(out, "Bỏ lọc theo năm.")
	}
	return append(out, "Kết quả chỉ gồm những gì anh/chị được xem.")
}

// exactly takes out of what was found the documents that bear the number typed, and
// finds the one whose arrival number it is ("2611", "số đến 2.611"). They stand above
// the other results, on the first page.
func (v *visit) exactly(typed string, year int, docs []document.Brief, m marker) (hits []view.Hit, rest []document.Brief, err error) {
	var exact []document.Brief
	if n, ok := arrivalNumber(typed); ok {
		found, err := v.d.Finder.Search(v.read(), v.agency(), find.Query{Text: `"số đến ` + strconv.FormatInt(n, 10) + `"`, Any: v.reach().Who,
			All: documentTags(year), Limit: 10})
		if err != nil {
			return nil, nil, err
		}
		arrived, err := v.hitDocuments(found.Hits)
		if err != nil {
			return nil, nil, err
		}
		for _, d := range arrived {
			if d.Number == n {
				exact = append(exact, d)
			}
		}
		slices.SortStableFunc(exact, func(a, b document.Brief) int { return cmp.Compare(b.Year, a.Year) })
	}
	for _, d := range docs {
		switch is := func(o document.Brief) bool { return o.ID == d.ID }; {
		case slices.ContainsFunc(exact, is):
		case m.numbers(d.NumberRaw):
			exact = append(exact, d)
		default:
			rest = append(rest, d)
		}
	}
	for _, d := range exact {
		hits = append(hits, v.documentHit(d, m))
	}
	return hits, rest, nil
}

// documentTags narrow a search to documents, perhaps of a year.
func documentTags(year int) []string {
	tags := []string{"kind:" + document.RefIncoming}
	if year != 0 {
		tags = append(tags, "year:"+strconv.Itoa(year))
	}
	return tags
}

// arrivalNumber reads "2611", "2.611", "số đến 2611", "đến 2611", "so den: 2611".
func arrivalNumber(typed string) (int64, bool) {
	words := strings.Fields(find.Fold(strings.NewReplacer(".", "", ",", "").Replace(typed)))
	for len(words) > 1 && (words[0] == "so" || words[0] == "den") {
		words = words[1:]
	}
	if len(words) != 1 || len(words[0]) > 7 {
		return 0, false
	}
	return number64(words[0])
}

// hitDocuments reads the documents among hits in one query, in the order of the hits.
func (v *visit) hitDocuments(hits []find.Hit) ([]document.Brief, error) {
	ids := idsOf(hits, document.RefIncoming)
	byID, err := document.Briefs(v.read(), v.agency(), ids)
	if err != nil {
		return nil, err
	}
	docs := make([]document.Brief, 0, len(ids))
	for _, id := range ids {
		if d, ok := byID[id]; ok {
			docs = append(docs, d)
		}
	}
	return docs, nil
}

func (v *visit) documentHit(d document.Brief, m marker) view.Hit {
	h := view.Hit{Href: d.Address(), Kind: "Văn bản đến", Number: d.NumberRaw, Title: m.pieces(d.Subject), State: documentState(d.State), Status: d.State.Label(),
		Meta: d.IssuerName + " · " + d.IssuedOn.VN() + " · số đến " + document.ShowNumber(d.Number) + "/" + strconv.Itoa(d.Year), Legacy: d.Batch != 0}
	if !m.whole(d.Subject, d.NumberRaw, d.IssuerName, d.SenderName, d.Signer, d.Note, "số đến "+strconv.FormatInt(d.Number, 10)) {
		h.FromFile, h.Snippet = true, inFile
	}
	return h
}

// searchWorks finds work that the visitor may see, open or done.
func (v *visit) searchWorks(p view.Search, typed string, year int, before int64) error {
	found, hits, err := v.workHits(typed, year, before, hitsOfPage)
	if err != nil {
		return err
	}
	p.Hits, p.Count, p.Changed = hits, countWords(found.Total, typed), changedWords(found, typed)
	chosen := ""
	if year != 0 {
		chosen = strconv.Itoa(year)
	}
	if found.More {
		p.Pager.Next = searchAddress(typed, kindTask, chosen, found.Next)
	}
	if before != 0 {
		p.Pager.Previous = searchAddress(typed, kindTask, chosen, 0)
	}
	if len(hits) == 0 {
		p.Advice = advice(typed, kindTask, year)
	}
	return v.show(p)
}

// workHits asks the index for work and reads the rows found in one query. Beside documents
// only what was given directly is shown: the rest is found by its document.
func (v *visit) workHits(typed string, year int, before int64, limit int, more ...string) (find.Result, []view.Hit, error) {
	tags := append([]string{"kind:" + task.SearchKind}, more...)
	if year != 0 {
		tags = append(tags, "year:"+strconv.Itoa(year))
	}
	found, err := v.d.Finder.Search(v.read(), v.agency(), find.Query{Text: typed, Any: v.reach().Who, All: tags, Limit: limit, Before: before})
	if err != nil {
		return found, nil, err
	}
	ids := idsOf(found.Hits, task.SearchKind)
	if len(ids) == 0 {
		return found, nil, nil
	}
	heads, err := task.Heads(v.read(), v.agency(), ids)
	if err != nil {
		return found, nil, err
	}
	m := newMarker(typed)
	var hits []view.Hit
	for _, id := range ids {
		if w, ok := heads[id]; ok {
			hits = append(hits, v.workHit(w, m))
		}
	}
	return found, hits, nil
}

func (v *visit) workHit(w task.Piece, m marker) view.Hit {
	h := view.Hit{Href: workLink(w.Work), Kind: "Công việc", Title: m.pieces(w.Title), Meta: whoHolds(v.dir, w.Holder, w.Unit) + " · " + v.dir.Person(w.Giver).Name + " giao"}
	if w.State.Open() {
		st, _ := task.StandingOf(v.dir, v.now, &w)
		h.State, h.Status = standing(st), dueWords(w.DueOn, v.today, v.dir.Calendar)
		return h
	}
	h.State, h.Status = view.StateDone, w.State.Words()
	if !w.DoneAt.IsZero() {
		h.Status += " " + civil.Of(w.DoneAt).VN()
	}
	return h
}

// peopleHits are people and units whose names hold what was typed, from memory.
func (v *visit) peopleHits(typed string, m marker) []view.Hit {
	want := " " + find.Fold(typed) + " "
	if len(want) < 4 {
		return nil
	}
	var out []view.Hit
	holds := func(name string) bool { return strings.Contains(" "+find.Fold(name)+" ", want) }
	for _, u := range v.dir.UnitsOn(v.today) {
		if holds(u.Name) {
			out = append(out, view.Hit{Href: "/viec?unit=" + idText(u.ID), Kind: "Đơn vị", Title: m.pieces(u.Name), Meta: v.unitMeta(u.ID)})
		}
	}
	for _, p := range v.dir.People {
		post, on := v.dir.PostOn(p.ID, v.today)
		if on && holds(p.Name) {
			h := view.Hit{Href: "/viec?person=" + idText(p.ID), Kind: "Cán bộ", Title: m.pieces(p.Name), Meta: post.Title + " · " + v.dir.Unit(post.Unit).Name}
			if away, ok := v.dir.Away(p.ID, v.today); ok {
				h.Status = "vắng đến " + away.To.ShortVN()
			}
			out = append(out, h)
		}
		if len(out) >= peopleOfPage {
			break
		}
	}
	return out
}

func (v *visit) unitMeta(unit int64) string {
	if head := v.dir.HeadOf(unit, v.today); head != 0 {
		return fmt.Sprintf("%s phụ trách · %d người", v.dir.Person(head).Name, len(v.dir.Members(unit, v.today)))
	}
	return ""
}
