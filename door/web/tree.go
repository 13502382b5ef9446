// SPDX-License-Identifier: Apache-2.0

package web

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"soviec/door/web/view"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/document"
	"soviec/office/org"
	"soviec/office/task"
)

// taskTree shows the work among its parts and those of which it is a part (cây công việc),
// and what it is tied to.
func (v *visit) taskTree(p *view.Task, w task.Work) error {
	branches, err := task.Tree(v.read(), v.rights, v.agency(), w.ID)
	if err != nil {
		return err
	}
	if len(branches) > 1 {
		for _, b := range branches {
			row := view.TreeRow{Depth: b.Depth, Href: workLink(b.ID), Work: v.pieceRow(b.Lead)}
			if b.ID == w.ID {
				row.Href = ""
			}
			if b.Parts > 0 {
				row.Parts = fmt.Sprintf("%d trong %d việc con đã xong", b.Parts-b.Open, b.Parts)
			}
			p.Tree = append(p.Tree, row)
		}
	}
	if s := v.mine(&w); s != nil && s.State.Open() && s.Role != task.Info && v.may(org.AssignInside, org.Target{Unit: s.Unit}) {
		p.GiveSub = "/cong-viec/giao?parent=" + idText(s.ID)
	}
	return v.taskTied(p, w)
}

// taskParts says at each gesture what it means for the parts of the work: what they brought
// is offered for the report, what is open of them is told of.
func (v *visit) taskParts(p *view.Task, w *task.Work) error {
	if len(p.Tree) == 0 {
		return nil
	}
	open := func(s *task.Share) ([]string, error) { return task.OpenParts(v.read(), v.agency(), s.ID) }
	if p.Redate != nil {
		left, err := open(w.Lead())
		if err != nil {
			return err
		}
		p.Redate.Parts = len(left) > 0
	}
	if s := v.mine(w); p.Report != nil && s != nil {
		all, text, err := task.Offered(v.read(), v.agency(), s.ID)
		if err != nil {
			return err
		}
		if text != "" {
			p.Report.Form.Values = map[string][]string{"result": {text}}
		}
		var left []string
		for _, b := range all {
			if b.State == task.WorkOpen {
				left = append(left, b.Title)
			}
		}
		if p.Report.OpenParts = len(left); len(left) > 0 {
			p.Report.OpenWords = partsWords(left)
		}
	}
	if s := v.answered(w); p.CloseRequest != nil && s != nil {
		left, err := open(s)
		if err != nil {
			return err
		}
		if len(left) > 0 {
			p.Notices = append(p.Notices, view.Banner{Tone: view.ToneWarn, Text: partsWords(left)})
		}
	}
	return nil
}

// pieceRow is a piece of work that comes from the database as a line.
func (v *visit) pieceRow(x task.Piece) view.Work {
	w := v.workRow(task.TileOf(v.dir, v.now, &x, false))
	if !x.State.Open() {
		w.State, w.DueWords = view.StateDone, strings.ToLower(x.State.Words())
		if x.State == task.StateDropped || x.State == task.StateReturned {
			w.State = view.StateVoid
		}
	}
	return w
}

// taskTied lists what the work has to do with; what the visitor may not read is left out.
func (v *visit) taskTied(p *view.Task, w task.Work) error {
	links, err := task.Links(v.read(), v.agency(), w.ID)
	if err != nil {
		return err
	}
	mine := v.mine(&w) != nil || w.Giver == v.me()
	var docs, works []int64
	for _, l := range links {
		switch kind, id, _ := journal.ParseRef(l.Ref); kind {
		case document.RefIncoming:
			docs = append(docs, id)
		case "task":
			works = append(works, id)
		}
	}
	found, err := document.Readable(v.read(), v.agency(), document.ReachOf(v.rights), docs)
	if err != nil {
		return err
	}
	titles, err := v.titlesOf(works)
	if err != nil {
		return err
	}
	for _, l := range links {
		t := view.Tied{}
		switch kind, id, _ := journal.ParseRef(l.Ref); kind {
		case document.RefIncoming:
			d := found[id]
			t.Link = view.Link{Label: d.Title() + ": " + d.Subject, Href: d.Address()}
			if d.ID == 0 {
				continue
			}
		case "task":
			t.Link = view.Link{Label: titles[id], Href: workLink(id)}
		}
		if t.Label == "" {
			continue
		}
		if mine {
			t.Ref = l.Ref
		}
		p.Tied = append(p.Tied, t)
	}
	back, err := task.LinkedTo(v.read(), v.rights, v.agency(), w.Ref())
	if err != nil {
		return err
	}
	for _, x := range back {
		p.Tied = append(p.Tied, view.Tied{Link: view.Link{Label: x.Title, Href: x.Link()}, Virtual: true})
	}
	if mine && w.State == task.WorkOpen {
		p.Terms.Tie = &view.Form{}
	}
	return nil
}

// titlesOf are the titles of those among some works that the visitor may read.
func (v *visit) titlesOf(works []int64) (map[int64]string, error) {
	all, err := task.Tree(v.read(), v.rights, v.agency(), works...)
	out := map[int64]string{}
	for _, b := range all {
		out[b.ID] = b.Lead.Title
	}
	return out, err
}

// refOf reads what somebody pasted to be tied to a work: the address of a document or of
// a work in this office.
func (v *visit) refOf(typed string) (string, error) {
	u, err := url.Parse(strings.TrimSpace(typed))
	bad := fault.Invalid("ref", "Hãy dán địa chỉ trang của văn bản hoặc công việc cần liên kết, ví dụ /van-ban-den/2026/12 hoặc /viec/123.")
	if err != nil || u.Path == "" {
		return "", bad
	}
	parts := strings.Split(strings.Trim(u.Path, "/"), "/")
	switch {
	case len(parts) == 2 && parts[0] == "viec":
		if id, ok := number64(parts[1]); ok {
			return journal.Ref("task", id), nil
		}
	case len(parts) >= 3 && parts[0] == "van-ban-den":
		year, _ := strconv.Atoi(parts[1])
		shelf, digits := "", parts[2]
		if i := strings.LastIndexByte(digits, '-'); i >= 0 {
			shelf, digits = digits[:i], digits[i+1:]
		}
		number, ok := number64(digits)
		if !ok {
			return "", bad
		}
		d, err := document.ByNumber(v.read(), v.agency(), document.ReachOf(v.rights), year, shelf, number)
		if err != nil {
			return "", fault.Invalid("ref", "Không tìm thấy văn bản này, hoặc anh/chị không được xem.")
		}
		return d.Ref(), nil
	}
	return "", bad
}

func tieTask(v *visit, w *task.Work) (string, error) {
	ref, err := v.refOf(v.field("ref"))
	if err != nil {
		return "", err
	}
	return "Đã liên kết.", v.act(func(a *journal.Act) error { return task.AddLink(a, w.ID, ref) })
}

func untieTask(v *visit, w *task.Work) (string, error) {
	return "Đã bỏ liên kết.", v.act(func(a *journal.Act) error { return task.RemoveLink(a, w.ID, v.field("ref")) })
}
