// SPDX-License-Identifier: Apache-2.0

package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"soviec/door/web/view"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/org"
	"soviec/office/task"
)

const pageOfWorks = 50

// works is the list behind a number of the picture, the board or the calendar.
func works(v *visit) error {
	l := lensOf(v.Request.URL.Query())
	pic, err := v.d.Board.Of(v.Context(), v.agency())
	if err != nil {
		return err
	}
	all := v.throughOn(pic, l)
	from, _ := strconv.Atoi(v.FormValue("from"))
	from = max(0, min(from, len(all)))
	p := view.Works{Frame: v.frame(view.PlaceWorks, "Công việc"), Ways: v.ways("/viec", l), Heading: number(len(all)) + " việc " + v.lensWords(l),
		Acts: v.togetherActs(), Back: address("/viec", l.query()), ExcelHref: address("/viec/viec.xlsx", l.query()), PrintHref: address("/viec/in.pdf", l.query()),
		Filters: append([]view.Filter{{Before: "Việc", Name: "state", Label: "Tình trạng", Select: stateChoice(l.Standing)}}, v.workFilters(pic, l)...),
		Empty:   "Không có việc nào như vậy. Bỏ bớt điều kiện lọc để thấy nhiều hơn.",
	}
	for _, name := range []string{"column", "due"} {
		if value := l.query().Get(name); value != "" {
			p.Kept = append(p.Kept, view.Option{Label: name, Value: value})
		}
	}
	for _, t := range all[from:min(from+pageOfWorks, len(all))] {
		p.Works = append(p.Works, v.workRow(t))
	}
	at := func(n int) string {
		q := l.query()
		q.Set("from", strconv.Itoa(n))
		return address("/viec", q)
	}
	if from > 0 {
		p.Pager.Previous = at(max(0, from-pageOfWorks))
	}
	if from+pageOfWorks < len(all) {
		p.Pager.Next = at(from + pageOfWorks)
	}
	p.Pager.Total = number(len(all)) + " việc"
	return v.show(p)
}

// openWorks are the open pieces that the visitor may see and the filter keeps, latest first.
func (v *visit) openWorks(f task.Filter) ([]task.Tile, error) {
	p, err := v.d.Board.Of(v.Context(), v.agency())
	if err != nil {
		return nil, err
	}
	return tiles(v.overview(p, f), task.StandsLate, task.StandsSoon, task.StandsOpen, task.StandsUndated, task.StandsPaused, task.StandsWaiting), nil
}

var standingWords = map[task.Standing]string{
	"": "đang mở", task.StandsLate: "quá hạn", task.StandsSoon: "sắp đến hạn", task.StandsOpen: "còn hạn",
	task.StandsUndated: "không định ngày", task.StandsWaiting: "chờ xác nhận", task.StandsPaused: "đang tạm dừng",
}

func stateChoice(s task.Standing) view.Select {
	c := view.Select{Value: string(s)}
	for _, k := range []task.Standing{"", task.StandsLate, task.StandsSoon, task.StandsOpen, task.StandsUndated, task.StandsPaused, task.StandsWaiting} {
		c.Options = append(c.Options, view.Option{Value: string(k), Label: standingWords[k]})
	}
	return c
}

var workColumns = []struct {
	title string
	mm    float64
	value func(view.Work) string
}{
	{"Việc", 78, func(w view.Work) string { return w.Subject }},
	{"Cán bộ", 34, func(w view.Work) string { return w.Holder }},
	{"Đơn vị", 36, func(w view.Work) string { return w.Unit }},
	{"Người giao", 30, func(w view.Work) string { return w.Giver }},
	{"Hạn đầu", 20, func(w view.Work) string { return either(w.FirstDue, w.Due) }},
	{"Hạn", 20, func(w view.Work) string { return w.Due }},
	{"Tình trạng", 24, func(w view.Work) string { return w.DueWords }},
	{"Thời gian giữ", 40, func(w view.Work) string { return strings.Join(w.Held, "; ") }},
	{"Đôn đốc", 14, func(w view.Work) string { return strconv.Itoa(w.Urged) }},
}

func either(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func (v *visit) workRows(l lens) ([]view.Work, error) {
	all, err := v.through(l)
	if err != nil {
		return nil, err
	}
	rows := make([]view.Work, len(all))
	for i, t := range all {
		rows[i] = v.workRow(t)
	}
	return rows, nil
}

// overduePDF is the list of late work on paper.
func overduePDF(v *visit) error {
	f := boardFilter(v.Request.URL.Query())
	if f.Standing == "" {
		f.Standing = task.StandsLate
	}
	rows, err := v.workRows(lens{Filter: f})
	if err != nil {
		return err
	}
	return v.paper(v.workReport("Danh sách việc "+standingWords[f.Standing], rows), "viec-qua-han")
}

func overdueXLSX(v *visit) error {
	f := boardFilter(v.Request.URL.Query())
	if f.Standing == "" {
		f.Standing = task.StandsLate
	}
	return v.worksSheet(lens{Filter: f}, "viec-qua-han")
}

func worksXLSX(v *visit) error {
	return v.worksSheet(lensOf(v.Request.URL.Query()), "viec")
}

func (v *visit) worksSheet(l lens, name string) error {
	rows, err := v.workRows(l)
	if err != nil {
		return err
	}
	lines := make([]sheetLine, len(rows))
	for i, w := range rows {
		lines[i].work = w
	}
	return v.workSheet("Danh sách việc "+v.lensWords(l), name, nil, lines)
}

// mark stands at the foot of every printed page: who printed it and when, and that
// sample data is sample data.
func (v *visit) mark() string {
	m := v.dir.Person(v.session.Person).Name + ", " + momentWords(v.now)
	if v.dir.Agency.Sample {
		m = "Dữ liệu mẫu – " + m
	}
	return m
}

// isoDay turns 25/11/2026 into 2026-11-25.
func isoDay(s string) string {
	p := strings.Split(s, "/")
	if len(p) != 3 {
		return ""
	}
	return p[2] + "-" + p[1] + "-" + p[0]
}

// file answers with a file of the program's own making.
func (v *visit) file(kind, name string, inline bool, content []byte) error {
	how := "attachment"
	if inline {
		how = "inline"
	}
	h := v.w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", fmt.Sprintf("%s; filename=%q", how, name))
	h.Set("Content-Length", strconv.Itoa(len(content)))
	h["Cache-Control"] = noStore
	_, err := v.w.Write(content)
	if err != nil {
		return nil // the reader has gone
	}
	return nil
}

// urge reminds of one piece of work, of some, or of all that the picture shows
// (đôn đốc): late ones of the scope, or those that were picked.
func urge(v *visit) error {
	if err := v.ParseForm(); err != nil {
		return fault.Invalid("", "Không đọc được biểu mẫu.")
	}
	shares, err := v.urged()
	if err != nil {
		return err
	}
	if len(shares) == 0 {
		setFlash(v.w, view.Flash{Tone: view.ToneWarn, Text: "Chưa chọn việc nào để đôn đốc."}, v.d.Secure)
		http.Redirect(v.w, v.Request, v.back("/viec-qua-han"), http.StatusSeeOther)
		return nil
	}
	kind := either(v.field("kind"), task.Remind)
	n := 0
	err = v.act(func(a *journal.Act) (err error) {
		n, err = task.Urge(a, shares, kind, v.text("text"))
		return err
	})
	if err != nil {
		return err
	}
	said := urgedWords(n, len(shares))
	return v.done(v.back("/viec-qua-han"), said)
}

// urged are the shares that an urging names by its scope.
func (v *visit) urged() ([]int64, error) {
	scope := v.PostFormValue("scope")
	if scope == "picked" || scope == "" {
		var out []int64
		for _, s := range v.PostForm["work"] {
			if id, ok := number64(s); ok {
				out = append(out, id)
			}
		}
		return out, nil
	}
	f := boardFilter(url.Values(v.PostForm))
	f.Standing = task.StandsLate
	if kind, id, ok := journal.ParseRef(scope); ok {
		switch kind {
		case "unit":
			f.Unit = id
		case "person":
			f.Person = id
		}
	} else if scope != "all" {
		return nil, errNoPage
	}
	all, err := v.openWorks(f)
	var out []int64
	for _, t := range all {
		if v.may(org.Urge, org.Target{Unit: t.Unit, Giver: t.Giver}) {
			out = append(out, t.Share)
		}
	}
	return out, err
}
