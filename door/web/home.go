// SPDX-License-Identifier: Apache-2.0

package web

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"soviec/door/web/view"
	"soviec/kit/civil"
	"soviec/office/document"
	"soviec/office/org"
	"soviec/office/task"
)

const rowsOfHome = 12

// home is "Việc của tôi": what needs this person today, by role. Its first sentence is
// about what the person's duty is to keep moving; what is one's own comes after.
func home(v *visit) error {
	picture, err := v.d.Board.Of(v.Context(), v.agency())
	if err != nil {
		return err
	}
	mine := picture.View(v.dir, v.now, task.Scope{Person: v.me()}, task.Filter{})
	p := view.Home{Frame: v.frame(view.PlaceHome, "Việc của tôi")}
	for _, fill := range []func(*view.Home) error{v.homeHealth, v.homeDecisions, v.homePapers, v.homeQueue} {
		if err := fill(&p); err != nil {
			return err
		}
	}
	v.homeUnit(&p, picture)
	if err := v.homeOwn(&p, mine); err != nil {
		return err
	}
	own := homeSentence(mine)
	switch {
	case v.rights.Leader():
		p.Sentence = leaderSentence(len(p.Decisions), p.ToSign, v.overview(picture, task.Filter{}))
	case p.Sentence == (view.Sentence{}):
		p.Sentence = own
	case mine.Open > 0:
		p.Aside = "Việc của riêng anh/chị: " + ownWords(mine)
	}
	if n := len(p.Decisions) + len(p.Papers) + len(p.Queue) + len(p.Unassigned) + len(p.Groups) + len(p.Waiting) + len(p.Health) + len(p.Returned) + len(p.ForInfo); n == 0 && p.Picture == nil {
		p.Empty = "Hôm nay không có việc nào chờ anh/chị. Việc mới được giao sẽ hiện ở đây."
	}
	if others := v.dir.StandsFor(v.session.Person, v.today); len(others) > 0 && v.holder.For == 0 {
		p.StandsFor = "Anh/chị được làm thay " + names(others) + " hôm nay."
	}
	if v.holder.For == 0 { // a device that may keep its person's list knows by this whose it is
		v.w.Header().Set("Soviec-Person", v.copyKey())
	}
	return v.show(p)
}

// homeOwn is what the person holds: what came back, then by day, then what waits for another.
func (v *visit) homeOwn(p *view.Home, mine task.View) error {
	var rest []task.Tile
	for _, t := range tiles(mine, task.StandsLate, task.StandsSoon, task.StandsOpen, task.StandsUndated, task.StandsPaused, task.StandsWaiting) {
		switch w := v.workRow(t); {
		case v.unassigned(t): // stands above, with the button to hand it on
		case t.State == task.StateReported:
			w.Note = "đã báo cáo " + sinceWords(t.ReportedAt, v.today)
			p.Waiting = append(p.Waiting, w)
		case t.Reworked > 0:
			w.Next, w.NextHref = "Báo cáo", w.Href+"#bao-cao"
			p.Returned = append(p.Returned, w)
		default:
			rest = append(rest, t)
		}
	}
	p.Groups = v.groups(rest)
	told, err := task.ForInfo(v.read(), v.agency(), v.me(), v.now.Add(-unreadFor), rowsOfHome)
	for i := range told {
		p.ForInfo = append(p.ForInfo, view.Noted{Label: told[i].Title, Href: workLink(told[i].Work), Note: v.dir.Person(told[i].Giver).Polite() + " gửi, " + sinceWords(told[i].GivenAt, v.today)})
	}
	return err
}

func names(people []org.Person) string {
	var out []string
	for _, p := range people {
		out = append(out, p.Polite())
	}
	return strings.Join(out, ", ")
}

// leaderSentence says what waits for a leader's word before anything else.
func leaderSentence(waiting, toSign int, all task.View) view.Sentence {
	s := view.Sentence{Before: fmt.Sprintf("%d việc chờ ý kiến của anh/chị; cơ quan ", waiting)}
	switch {
	case waiting == 0 && toSign > 0:
		s.Before = fmt.Sprintf("%d văn bản chờ anh/chị ký; cơ quan ", toSign)
	case waiting == 0:
		s.Before = "Không có gì chờ ý kiến của anh/chị; cơ quan "
	case toSign > 0:
		s.Before = fmt.Sprintf("%d việc chờ ý kiến, %d văn bản chờ ký của anh/chị; cơ quan ", waiting, toSign)
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

// ownWords are the same for whoever has first to see to others.
func ownWords(mine task.View) string {
	return fmt.Sprintf("%d đang mở, %d quá hạn, %d sắp đến hạn.", mine.Open, mine.Counts.Late, mine.Soon)
}

// homeHealth is the administrator's: what is wrong with the system, before anything else.
func (v *visit) homeHealth(p *view.Home) error {
	if !v.rights.Is(org.SysAdmin) {
		return nil
	}
	state, err := v.systemState()
	if err != nil {
		return err
	}
	p.Health, p.Sentence = state.health, state.sentence
	for _, j := range state.jobs {
		p.Health = append(p.Health, view.Health{Label: j.What, Words: j.Error, Tone: view.ToneError, Href: "/quan-tri", Action: "Xử lý"})
	}
	p.Actions = []view.Link{{Label: "Đơn vị và cán bộ", Href: "/quan-tri/don-vi"}, {Label: "Cài đặt của cơ quan", Href: "/quan-tri/co-quan"}}
	return nil
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
	if err := v.homeRecalls(p); err != nil {
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
		if q.Request.Kind == "agree" {
			d.Kind, d.Words, path = "Đề xuất hạn", "đề xuất hạn "+q.On.VN()+" thay cho "+q.OuterOn.VN()+": "+q.Reason, "/de-xuat-han"
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

// homeVoidings are the numbers to be voided: the chief of office decides, the clerk sees
// that it is not decided yet.
func (v *visit) homeVoidings(p *view.Home) error {
	decides, asks := v.rights.Is(org.OfficeChief), v.may(org.AskVoid, org.Target{})
	if !decides && !asks {
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
		row := view.Decision{Kind: "Hủy số đến", Href: d.Address(), Number: "số đến " + document.ShowNumber(d.Number), Subject: d.Subject,
			From: v.dir.Person(o.AskedBy).Polite(), Words: o.Reason, Since: "từ " + sinceWords(o.AskedAt.Time, v.today)}
		if v.decidesVoid(o) {
			row.Buttons = []view.Button{{Label: "Đồng ý hủy", Action: d.Address() + "/huy-so/duyet", Danger: true}}
		} else {
			row.Since += ", chờ Chánh Văn phòng duyệt"
		}
		p.Decisions = append(p.Decisions, row)
	}
	return nil
}

// homeRecalls are the documents that are asked back: the clerk gives them back, the head
// of the agency may refuse and decides about what was reported as secret.
func (v *visit) homeRecalls(p *view.Home) error {
	clerk, head := v.may(org.RegisterIncoming, org.Target{}), v.may(org.DecideRecall, org.Target{})
	if !clerk && !head {
		return nil
	}
	docs, err := document.RecallsAsked(v.read(), v.agency(), rowsOfHome)
	if err != nil {
		return err
	}
	for _, d := range docs {
		row := view.Decision{Kind: "Thu hồi", Href: d.Address(), Number: d.Title(), Subject: d.Subject, From: d.IssuerName, Words: d.Recall}
		if d.Frozen {
			row.Kind, row.Over = "Báo lọt mật", true
			if !head {
				row.Since = "chờ người đứng đầu cơ quan quyết định"
			}
		}
		p.Decisions = append(p.Decisions, row)
	}
	return nil
}

// homeQueue is the clerk's: sổ chờ by urgency, and the files that could not be read.
func (v *visit) homeQueue(p *view.Home) error {
	if !v.may(org.RegisterIncoming, org.Target{}) {
		return nil
	}
	p.CanRegister = true
	all, err := v.queueRows(rowsOfQueue)
	if err != nil {
		return err
	}
	p.Sentence = queueSentence(all)
	p.Queue = slices.DeleteFunc(all, func(r view.QueueRow) bool { return r.Next == nextRecall || r.Next == nextVoid }) // they stand among the requests
	if p.QueueMore = max(0, len(p.Queue)-rowsOfHome); p.QueueMore > 0 {
		p.Queue = p.Queue[:rowsOfHome]
	}
	p.QueueEmpty = "Sổ chờ trống: mọi văn bản đến đã được vào sổ và trình."
	unread, err := document.Unreadable(v.read(), v.agency(), v.now.Add(-unreadFor), rowsOfHome)
	for _, u := range unread {
		p.Unread = append(p.Unread, view.Noted{Label: u.File, Href: u.Address(), Note: "số đến " + document.ShowNumber(u.Number) + ": " + u.Subject})
	}
	return err
}

// unreadFor is how long a file that could not be read stands before the clerk, and what
// was sent to be known before whoever has not opened it.
const unreadFor = 14 * 24 * time.Hour

// homeUnit is what a head sees of the unit, and a leader of the agency.
func (v *visit) homeUnit(p *view.Home, all *task.Picture) {
	switch {
	case v.rights.Leader():
		pic := v.picture(v.overview(all, task.Filter{}), task.Filter{})
		p.Picture, p.PictureOf = &pic, "Việc của toàn cơ quan"
	case len(v.rights.Heads) > 0:
		whole := all.View(v.dir, v.now, task.Scope{Units: v.rights.Heads}, task.Filter{})
		for _, t := range tiles(whole, task.StandsLate, task.StandsSoon, task.StandsOpen, task.StandsUndated, task.StandsPaused) {
			switch {
			case v.unassigned(t):
				w := v.workRow(t)
				w.Next, w.NextHref = "Phân công", w.Href+"#phan-cong"
				p.Unassigned = append(p.Unassigned, w)
			case t.Standing == task.StandsLate && t.Holder != v.me():
				w := v.workRow(t)
				if len(v.rights.Heads) == 1 {
					w.Unit = "" // it is his
				}
				p.UnitLate = append(p.UnitLate, w)
			}
		}
		if n := len(p.UnitLate); n > rowsOfHome {
			p.UnitLate, p.UnitLateMore = p.UnitLate[:rowsOfHome], n-rowsOfHome
		}
		pic := v.picture(whole, task.Filter{})
		p.Picture, p.PictureOf = &pic, v.dir.Unit(v.rights.Heads[0]).Name
		if !p.CanRegister {
			p.Sentence = unitSentence(len(p.Unassigned), len(p.Decisions), whole)
		}
	}
}

// unassigned reports whether work of a unit still lies with its head: given to the unit,
// and neither handed on nor begun.
func (v *visit) unassigned(t task.Tile) bool {
	return t.Person == 0 && t.Role != task.Info && t.State == task.StateGiven && t.Holder == v.me() && v.rights.HeadsUnit(t.Unit)
}

// unitSentence says what a head has to keep moving.
func unitSentence(unassigned, waiting int, whole task.View) view.Sentence {
	var parts []string
	if unassigned > 0 {
		parts = append(parts, fmt.Sprintf("%d việc chưa phân công", unassigned))
	}
	if waiting > 0 {
		parts = append(parts, fmt.Sprintf("%d việc chờ ý kiến của anh/chị", waiting))
	}
	s := view.Sentence{Before: "Đơn vị có " + strings.Join(parts, ", ")}
	switch {
	case len(parts) == 0 && whole.Counts.Late == 0:
		return view.Sentence{Before: fmt.Sprintf("Đơn vị không có việc quá hạn; %d việc đang mở.", whole.Open)}
	case whole.Counts.Late == 0:
		s.Before += "; không có việc quá hạn."
		return s
	case len(parts) > 0:
		s.Before += ", "
	}
	s.Late, s.After = fmt.Sprintf("%d việc quá hạn", whole.Counts.Late), "."
	return s
}

// groups part work by its day: late, today, this week, later, undated.
func (v *visit) groups(all []task.Tile) []view.WorkGroup {
	endOfWeek := v.today.AddDays((7 - int(v.today.Weekday())) % 7)
	groups := []view.WorkGroup{{Title: "Quá hạn", State: view.StateLate}, {Title: "Hôm nay", State: view.StateSoon},
		{Title: "Tuần này", State: view.StateOpen}, {Title: "Sau tuần này", State: view.StateOpen}, {Title: "Không định ngày", State: view.StateUndated},
		{Title: "Đang tạm dừng", State: view.StatePaused}}
	for _, t := range all {
		g := &groups[groupOf(t, v.today, endOfWeek)]
		if len(g.Works) == rowsOfHome {
			g.More++
			g.MoreHref = "/viec?person=" + idText(v.me())
			continue
		}
		w := v.workRow(t)
		if t.Standing == task.StandsLate || t.DueOn == v.today {
			w.Next, w.NextHref = "Báo cáo", w.Href+"#bao-cao"
		}
		g.Works = append(g.Works, w)
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
	case t.Standing == task.StandsPaused:
		return 5
	case t.DueOn.IsZero():
		return 4
	case t.DueOn == today:
		return 1
	case !t.DueOn.After(endOfWeek):
		return 2
	}
	return 3
}
