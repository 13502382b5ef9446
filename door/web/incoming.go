// SPDX-License-Identifier: Apache-2.0

package web

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"soviec/door/web/view"
	"soviec/kit/civil"
	"soviec/kit/find"
	"soviec/kit/journal"
	"soviec/office/document"
	"soviec/office/org"
	"soviec/office/task"
)

const rowsOfRegister = 50

// reach is what the visitor may read.
func (v *visit) reach() document.Reach { return document.ReachOf(v.rights) }

// incomingList is the register on the screen, newest first (sổ đăng ký văn bản đến).
func incomingList(v *visit) error {
	if !v.readsDocuments() {
		return errNoPage
	}
	q := v.URL.Query()
	f := incomingFilter(q)
	words := strings.TrimSpace(q.Get("q"))
	found := -1
	if words != "" {
		res, err := v.d.Finder.Search(v.read(), v.agency(), find.Query{Text: words, Any: v.reach().Who, All: []string{"kind:" + document.RefIncoming}, Limit: 200})
		if err != nil {
			return err
		}
		f.IDs, found = idsOf(res.Hits, document.RefIncoming), res.Total
	}
	docs, err := document.List(v.read(), v.agency(), v.reach(), f, parseKey(q.Get("after")), rowsOfRegister+1)
	if err != nil {
		return err
	}
	p := view.IncomingList{Frame: v.frame(view.PlaceIncoming, "Văn bản đến"), Query: words, CanRegister: v.may(org.RegisterIncoming, org.Target{}),
		CanPrint: v.may(org.HandOut, org.Target{}), CanTakeOver: v.may(org.TakeOver, org.Target{})}
	p.Frame.Query = ""
	p.Pager = listPager(q, &docs, found)
	if p.Rows, err = v.incomingRows(docs); err != nil {
		return err
	}
	if p.Filters, err = v.incomingFilters(f); err != nil {
		return err
	}
	if p.Sentence, err = v.incomingSentence(f); err != nil {
		return err
	}
	if len(docs) == 0 && len(q) == 0 {
		p.Empty = "Chưa có văn bản đến nào trong sổ."
	}
	return v.show(p)
}

func listPager(q url.Values, docs *[]document.Incoming, found int) view.Pager {
	var p view.Pager
	if q.Get("after") != "" {
		first := url.Values{}
		for k, all := range q {
			if k != "after" {
				first[k] = all
			}
		}
		p.Previous = address("/van-ban-den", first)
	}
	if len(*docs) > rowsOfRegister {
		*docs = (*docs)[:rowsOfRegister]
		last := (*docs)[rowsOfRegister-1]
		next := url.Values{}
		for k, all := range q {
			next[k] = all
		}
		next.Set("after", fmt.Sprintf("%s.%d.%d", last.ArrivalOn, last.Number, last.ID))
		p.Next = address("/van-ban-den", next)
	}
	switch {
	case found > 200:
		p.Total = "200 văn bản gần nhất trong " + number(found) + " văn bản có chữ này"
	case found >= 0:
		p.Total = number(found) + " văn bản có chữ này"
	}
	return p
}

func parseKey(s string) document.Key {
	parts := strings.Split(s, ".")
	if len(parts) != 3 {
		return document.Key{}
	}
	day, err := civil.Parse(parts[0])
	n, err1 := strconv.ParseInt(parts[1], 10, 64)
	id, err2 := strconv.ParseInt(parts[2], 10, 64)
	if err != nil || err1 != nil || err2 != nil {
		return document.Key{}
	}
	return document.Key{ArrivalOn: day, Number: n, ID: id}
}

func incomingFilter(q url.Values) document.Filter {
	num := func(name string) int64 {
		n, _ := strconv.ParseInt(q.Get(name), 10, 64)
		return n
	}
	return document.Filter{Year: int(num("year")), Register: num("register"), Type: q.Get("type"), State: q.Get("state"), Urgency: int(num("urgency"))}
}

func (v *visit) incomingFilters(f document.Filter) ([]view.Filter, error) {
	years, err := document.Years(v.read(), v.agency())
	if err != nil {
		return nil, err
	}
	types, err := document.Types(v.read(), v.agency())
	if err != nil {
		return nil, err
	}
	books, err := document.Books(v.read(), v.agency())
	if err != nil {
		return nil, err
	}
	state := view.Select{Value: f.State, Options: []view.Option{{Label: "ở mọi tình trạng"}, {Value: "open", Label: "chưa xong"}}}
	for _, s := range []document.State{document.StateRegistered, document.StateSubmitted, document.StateDistributed, document.StateInProgress, document.StateAwaiting,
		document.StateCompleted, document.StateFiled, document.StateRecallAsked, document.StateRecalled, document.StateVoided} {
		state.Options = append(state.Options, view.Option{Value: string(s), Label: strings.ToLower(s.Label())})
	}
	kind := view.Select{Value: f.Type, Options: append([]view.Option{{Label: "mọi loại"}}, typeOptions(types)...)}
	filters := []view.Filter{
		{Before: "Văn bản", Name: "state", Label: "Tình trạng", Select: state},
		{Before: "thuộc", Name: "type", Label: "Loại văn bản", Select: kind},
		{Before: ", năm", Name: "year", Label: "Năm", Select: yearChoice(years, f.Year)},
	}
	if len(books) > 1 {
		book := view.Select{Value: zeroEmpty(f.Register), Options: []view.Option{{Label: "mọi sổ"}}}
		for _, b := range books {
			book.Options = append(book.Options, view.Option{Value: idText(b.ID), Label: b.Name})
		}
		filters = append(filters, view.Filter{Before: ", sổ", Name: "register", Label: "Sổ", Select: book})
	}
	return filters, nil
}

func yearChoice(years []int, chosen int) view.Select {
	s := view.Select{Value: zeroEmpty(int64(chosen)), Options: []view.Option{{Label: "bất kỳ"}}}
	for _, y := range years {
		s.Options = append(s.Options, view.Option{Value: strconv.Itoa(y), Label: strconv.Itoa(y)})
	}
	return s
}

func (v *visit) incomingSentence(f document.Filter) (string, error) {
	if !v.reach().All {
		return "Những văn bản liên quan đến anh/chị, mới nhất trước.", nil
	}
	year := f.Year
	if year == 0 {
		year = v.today.Year()
	}
	all, waiting, err := document.CountOf(v.read(), v.agency(), year)
	if err != nil {
		return "", err
	}
	s := fmt.Sprintf("%s văn bản đến năm %d", document.ShowNumber(all), year)
	if waiting > 0 {
		s += "; " + document.ShowNumber(waiting) + " văn bản chưa có người xử lý"
	}
	return s + ".", nil
}

// idsOf are the identifiers of hits of one kind, in their order.
func idsOf(hits []find.Hit, kind string) []int64 {
	ids := []int64{}
	for _, h := range hits {
		if k, id, ok := journal.ParseRef(h.Ref); ok && k == kind {
			ids = append(ids, id)
		}
	}
	return ids
}

// leads are the open leading pieces of works, from the picture in memory.
func (v *visit) leads(docs []document.Incoming) (map[int64]task.Tile, error) {
	wanted := map[int64]bool{}
	for _, d := range docs {
		if d.Work != 0 && !d.State.Closed() {
			wanted[d.Work] = true
		}
	}
	out := map[int64]task.Tile{}
	if len(wanted) == 0 {
		return out, nil
	}
	p, err := v.d.Board.Of(v.Context(), v.agency())
	if err != nil {
		return nil, err
	}
	for _, t := range p.View(v.dir, v.now, task.Scope{All: true}, task.Filter{}).Tiles() {
		if wanted[t.Work] && t.Role == task.Lead && t.Parent == 0 {
			out[t.Work] = t
		}
	}
	return out, nil
}

// incomingRows are lines of the register, with who has each now. The kinds are one
// query, the holders none.
func (v *visit) incomingRows(docs []document.Incoming) ([]view.IncomingRow, error) {
	if len(docs) == 0 {
		return nil, nil
	}
	leads, err := v.leads(docs)
	if err != nil {
		return nil, err
	}
	types, err := document.Types(v.read(), v.agency())
	if err != nil {
		return nil, err
	}
	names := typeNames(types)
	rows := make([]view.IncomingRow, len(docs))
	for i, d := range docs {
		r := view.IncomingRow{Href: d.Address(), Number: document.ShowNumber(d.Number), Arrived: d.ArrivalOn.VN(), Notation: either(d.NumberRaw, "không số"),
			Issued: d.IssuedOn.VN(), Issuer: d.IssuerName, Type: names[d.Type], Subject: d.Subject, Urgency: view.Urgency(d.Urgency),
			State: documentState(d.State), Status: d.State.Label(), Legacy: d.Batch != 0}
		due := d.DueOn
		switch t, open := leads[d.Work]; {
		case open:
			r.Holder, r.State, due = whoHolds(v.dir, t.Holder, t.Unit), standing(t.Standing), t.DueOn
		case d.State == document.StateSubmitted:
			r.Holder = v.dir.Person(d.Leader).Name
		case d.State == document.StateRegistered:
			r.Holder = "Văn thư"
		default:
			r.Holder = d.ToPlaces
		}
		if !due.IsZero() {
			r.Due = due.VN()
			if !d.State.Closed() {
				r.DueWords = dueWords(due, v.today, v.dir.Calendar)
			}
		}
		rows[i] = r
	}
	return rows, v.markRows(docs, rows)
}

func typeNames(types []document.Type) map[string]string {
	names := make(map[string]string, len(types))
	for _, t := range types {
		names[t.Code] = t.Name
	}
	return names
}

// documentState is how a document without open work stands.
func documentState(s document.State) view.State {
	switch {
	case s.Final():
		return view.StateVoid
	case s.Closed():
		return view.StateDone
	case s == document.StateRecallAsked:
		return view.StatePaused
	}
	return view.StateOpen
}

// secretPage tells what to do with a secret document. Looking at it leaves no trace,
// not even a count (documents.md §17).
func secretPage(v *visit) error {
	p := view.Secret{Frame: v.frame(view.PlaceQueue, "Văn bản mật")}
	if clerks := v.dir.With(v.today, org.Clerk); len(clerks) > 0 {
		p.Clerk = clerks[0].Polite()
	}
	return v.show(p)
}
