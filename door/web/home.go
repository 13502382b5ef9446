// SPDX-License-Identifier: Apache-2.0

package web

import (
	"fmt"
	"strings"

	"soviec/door/web/view"
	"soviec/kit/civil"
	"soviec/kit/job"
	"soviec/office/document"
	"soviec/office/org"
	"soviec/office/task"
)

const rowsOfHome = 12

// home is "Việc của tôi": what needs this person today, by role.
func home(v *visit) error {
	picture, err := v.d.Board.Of(v.Context(), v.agency())
	if err != nil {
		return err
	}
	mine := picture.View(v.dir, v.now, task.Scope{Person: v.me()}, task.Filter{})
	p := view.Home{Frame: v.frame(view.PlaceHome, "Việc của tôi"), Sentence: homeSentence(mine)}
	steps := []func(*view.Home) error{v.homeHealth, v.homeDecisions, v.homeQueue}
	for _, fill := range steps {
		if err := fill(&p); err != nil {
			return err
		}
	}
	v.homeUnit(&p, picture)
	p.Groups = v.groups(tiles(mine, task.StandsLate, task.StandsSoon, task.StandsOpen, task.StandsUndated))
	for _, t := range tiles(mine, task.StandsWaiting) {
		w := v.workRow(t)
		w.Note = "đã báo cáo, chờ người giao xác nhận"
		p.Waiting = append(p.Waiting, w)
	}
	if v.rights.Leader() {
		p.Sentence = leaderSentence(len(p.Decisions), v.overview(picture, task.Filter{}))
	}
	if n := len(p.Decisions) + len(p.Queue) + len(p.Unassigned) + len(p.Groups) + len(p.Waiting) + len(p.Health); n == 0 && p.Picture == nil {
		p.Empty = "Hôm nay không có việc nào chờ anh/chị. Việc mới được giao sẽ hiện ở đây."
	}
	if others := v.dir.StandsFor(v.session.Person, v.today); len(others) > 0 && v.holder.For == 0 {
		p.Aside = "Anh/chị được làm thay " + names(others) + " hôm nay; chọn ở trang Vắng mặt để bắt đầu."
	}
	return v.show(p)
}

func names(people []org.Person) string {
	var out []string
	for _, p := range people {
		out = append(out, p.Polite())
	}
	return strings.Join(out, ", ")
}

// leaderSentence says what waits for a leader's word before anything else.
func leaderSentence(waiting int, all task.View) view.Sentence {
	s := view.Sentence{Before: fmt.Sprintf("%d việc chờ ý kiến của anh/chị; cơ quan ", waiting)}
	if waiting == 0 {
		s.Before = "Không có gì chờ ý kiến của anh/chị; cơ quan "
	}
	if all.Counts.Late == 0 {
		s.Before += "không có việc quá hạn."
		return s
	}
	s.Before += "có "
	s.Late, s.After = number(all.Counts.Late)+" việc quá hạn", fmt.Sprintf(" của %d cán bộ.", all.LateHolders)
	return s
}

func homeSentence(mine task.View) view.Sentence {
	after := fmt.Sprintf("%d việc sắp đến hạn trong %d việc đang mở.", mine.Soon, mine.Open)
	switch {
	case mine.Open == 0:
		return view.Sentence{Before: "Anh/chị không giữ việc nào đang mở."}
	case mine.Counts.Late == 0:
		return view.Sentence{Before: "Anh/chị không có việc quá hạn; " + after}
	}
	return view.Sentence{Before: "Anh/chị có ", Late: number(mine.Counts.Late) + " việc quá hạn", After: "; " + after}
}

func (v *visit) homeHealth(p *view.Home) error {
	if !v.rights.Is(org.SysAdmin) || v.d.Health == nil {
		return nil
	}
	p.Health = v.d.Health(v.Context(), v.agency())
	failed, err := job.Failed(v.read(), v.agency(), 5)
	for _, it := range failed {
		p.Health = append(p.Health, view.Health{Label: it.Kind, Words: it.Fault, Tone: view.ToneError})
	}
	return err
}

// homeDecisions are what waits for a word: documents, extensions, returns, results, voidings.
func (v *visit) homeDecisions(p *view.Home) error {
	if v.rights.Leader() || v.rights.Is(org.OfficeChief) {
		docs, err := document.BeforeLeader(v.read(), v.agency(), v.me(), rowsOfHome)
		if err != nil {
			return err
		}
		for _, d := range docs {
			p.Decisions = append(p.Decisions, view.Decision{Kind: "Cho ý kiến", Href: d.Address(), Number: d.Title(), Subject: d.Subject,
				From: d.IssuerName, Since: "trình từ " + sinceWords(d.WaitsSince, v.today), Urgency: view.Urgency(d.Urgency),
				Over: v.now.After(document.LimitOf(v.dir.Calendar, d.WaitsSince, d.Urgency, v.dir.Int("document.wait_hours_urgent")))})
		}
	}
	if err := v.homeVoidings(p); err != nil {
		return err
	}
	asked, err := task.Askings(v.read(), v.agency(), v.me())
	if err != nil {
		return err
	}
	for _, q := range asked {
		d := view.Decision{Kind: "Xin gia hạn", Href: workLink(q.Work), Subject: q.Title, From: v.dir.Person(q.AskedBy).Polite(),
			Words: "xin lùi hạn từ " + q.OuterOn.VN() + " đến " + q.On.VN() + ": " + q.Reason, Since: "từ " + sinceWords(q.AskedAt, v.today)}
		path := "/gia-han"
		if q.Request.Kind == "return" {
			d.Kind, d.Words, path = "Trả lại", q.Reason, "/tra-lai"
		}
		yes := "/duyet"
		if q.Request.Kind == "return" {
			yes = "/dong-y"
		}
		d.Buttons = []view.Button{{Label: "Đồng ý", Action: workLink(q.Work) + path + yes, Name: "request", Value: idText(q.Request.ID), Primary: true}}
		p.Decisions = append(p.Decisions, d)
	}
	waiting, err := task.Waiting(v.read(), v.dir, v.me(), v.today)
	if err != nil {
		return err
	}
	for _, w := range waiting {
		p.Decisions = append(p.Decisions, view.Decision{Kind: "Xác nhận kết thúc", Href: workLink(w.Work), Subject: w.Title,
			From: v.dir.Person(w.Holder).Polite(), Since: "báo cáo lúc " + sinceWords(w.ReportedAt, v.today), Urgency: view.Urgency(w.Urgency),
			Buttons: []view.Button{{Label: "Xác nhận kết thúc", Action: workLink(w.Work) + "/ket-thuc", Name: "share", Value: idText(w.Share), Primary: true}}})
	}
	return nil
}

func (v *visit) homeVoidings(p *view.Home) error {
	if !v.rights.Is(org.OfficeChief) {
		return nil
	}
	open, err := document.OpenVoidings(v.read(), v.agency())
	if err != nil || len(open) == 0 {
		return err
	}
	ids := make([]int64, len(open))
	for i, o := range open {
		ids[i] = o.Document
	}
	docs, err := document.ByIDs(v.read(), v.agency(), ids)
	if err != nil {
		return err
	}
	for _, o := range open {
		d := docs[o.Document]
		p.Decisions = append(p.Decisions, view.Decision{Kind: "Hủy số đến", Href: d.Address(), Number: "số đến " + document.ShowNumber(d.Number), Subject: d.Subject,
			From: v.dir.Person(o.AskedBy).Polite(), Words: o.Reason, Since: "từ " + sinceWords(o.AskedAt.Time, v.today),
			Buttons: []view.Button{{Label: "Đồng ý hủy", Action: d.Address() + "/huy-so/duyet", Danger: true}}})
	}
	return nil
}

func (v *visit) homeQueue(p *view.Home) error {
	if !v.may(org.RegisterIncoming, org.Target{}) {
		return nil
	}
	p.CanRegister = true
	rows, err := v.queueRows(200)
	if err != nil {
		return err
	}
	if p.QueueMore = len(rows) - rowsOfHome; p.QueueMore > 0 {
		rows = rows[:rowsOfHome]
	} else {
		p.QueueMore = 0
	}
	p.Queue = rows
	return nil
}

// homeUnit is what a head sees of the unit, and a leader of the agency.
func (v *visit) homeUnit(p *view.Home, all *task.Picture) {
	switch {
	case v.rights.Leader():
		pic := v.picture(v.overview(all, task.Filter{}), task.Filter{})
		p.Picture, p.PictureOf = &pic, "Việc của toàn cơ quan"
	case len(v.rights.Heads) > 0:
		scope := task.Scope{Units: v.rights.Heads}
		whole := all.View(v.dir, v.now, scope, task.Filter{})
		for _, t := range tiles(whole, task.StandsLate, task.StandsSoon, task.StandsOpen, task.StandsUndated) {
			if t.Person == 0 && t.Holder == v.me() {
				p.Unassigned = append(p.Unassigned, v.workRow(t))
			}
		}
		pic := v.picture(whole, task.Filter{})
		p.Picture, p.PictureOf = &pic, v.dir.Unit(v.rights.Heads[0]).Name
	}
}

// groups part work by its day: late, today, this week, later, undated.
func (v *visit) groups(all []task.Tile) []view.WorkGroup {
	endOfWeek := v.today.AddDays((7 - int(v.today.Weekday())) % 7)
	groups := []view.WorkGroup{{Title: "Quá hạn", State: view.StateLate}, {Title: "Hôm nay", State: view.StateSoon},
		{Title: "Tuần này", State: view.StateOpen}, {Title: "Sau tuần này", State: view.StateOpen}, {Title: "Không định ngày", State: view.StateUndated}}
	for _, t := range all {
		g := &groups[groupOf(t, v.today, endOfWeek)]
		if len(g.Works) == rowsOfHome {
			g.More++
			g.MoreHref = "/viec?person=" + idText(v.me())
			continue
		}
		g.Works = append(g.Works, v.workRow(t))
	}
	out := groups[:0]
	for _, g := range groups {
		if len(g.Works) > 0 {
			out = append(out, g)
		}
	}
	return out
}

func groupOf(t task.Tile, today, endOfWeek civil.Date) int {
	switch {
	case t.Standing == task.StandsLate:
		return 0
	case t.DueOn.IsZero():
		return 4
	case t.DueOn == today:
		return 1
	case !t.DueOn.After(endOfWeek):
		return 2
	}
	return 3
}
