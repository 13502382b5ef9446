// SPDX-License-Identifier: Apache-2.0

package task

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/org"
)

// maxAssignees bounds one order: no agency has more units and people to name in one directive.
const maxAssignees = 60

// plan is an order made ready: every assignee with unit, holder and date.
type plan struct {
	due      Due
	at       time.Time
	lead     Share
	others   []Share
	warnings []string
}

// Preview checks an order as Give will, without giving it: the refusals, and the
// warnings that hinder nothing (absence, day off, a year whose calendar is not confirmed).
// by is who will give it.
func Preview(d *org.Directory, now time.Time, by int64, o Order) (warnings []string, err error) {
	giver := by
	if o.Giver != 0 {
		giver = o.Giver
	}
	p, err := ready(d, now, giver, o)
	return p.warnings, err
}

// ready applies the rules of giving: one lead, no one twice, dates that can be kept.
func ready(d *org.Directory, now time.Time, giver int64, o Order) (plan, error) {
	var p plan
	errs := []error{
		words("title", "Nội dung công việc", o.Title, 2000, true),
		words("text", "Ý kiến chỉ đạo", o.Text, 2000, false),
	}
	if o.Urgency < 0 || o.Urgency > maxUrgency {
		errs = append(errs, fault.Invalid("urgency", "Độ khẩn không có trong danh mục."))
	}
	if o.Priority < 0 || o.Priority > maxPriority {
		errs = append(errs, fault.Invalid("priority", "Mức ưu tiên không có trong danh mục."))
	}
	if _, ok := proofs[o.Proof]; !ok {
		errs = append(errs, fault.Invalid("proof", "Không có loại minh chứng này."))
	}
	errs = append(errs, o.Product.faults()...)
	if len(o.Coop)+len(o.Info) >= maxAssignees {
		errs = append(errs, fault.Invalid("coop", fmt.Sprintf("Một việc giao cho nhiều nhất %d đơn vị, người.", maxAssignees)))
		return p, fault.Join(errs...)
	}
	due, err := o.Due.fix(d.Calendar)
	errs = append(errs, err)
	p.due = due
	p.at, err = due.instant(d.Calendar)
	errs = append(errs, err)
	if err == nil {
		errs = append(errs, notPast(due.On, p.at, now))
	}
	p.warnings = dayWarnings(d, due.On, p.at, now, o.Urgency > 0)

	add := func(role Role, field string, to Assignee) Share {
		s, err := assignee(d, civil.Of(now), role, field, to)
		if err == nil && role != Info && s.Holder == giver {
			err = fault.Invalid(field, "Không thể tự giao việc cho chính mình: không ai được tự xác nhận việc của mình.")
		}
		errs = append(errs, err, words(field+"_text", "Phần việc", to.Text, 1000, false))
		if err != nil {
			return s
		}
		s.Part = to.Part
		for _, other := range append(p.others, p.lead) {
			if other.Holder == s.Holder && other.Unit == s.Unit && s.Holder != 0 {
				errs = append(errs, fault.Invalid(field, name(d, s)+" được giao hai vai trò trong cùng một việc."))
			}
		}
		switch {
		case role == Info && !to.Due.IsZero():
			errs = append(errs, fault.Invalid(field, "Người nhận để biết không có hạn xử lý."))
		case role == Info:
		case role == Coop && !to.Due.IsZero():
			errs = append(errs, coopDue(due.On, to.Due))
			s.setOuter(to.Due, d.Calendar.EndOfDay(to.Due))
			errs = append(errs, notPast(s.OuterOn, s.OuterAt, now))
			p.warnings = append(p.warnings, dayWarnings(d, to.Due, s.OuterAt, now, o.Urgency > 0)...)
		default:
			s.setOuter(due.On, p.at)
		}
		p.warnings = append(p.warnings, awayWarning(d, s.Holder, s.DueOn)...)
		return s
	}
	if o.Lead.Unit == 0 && o.Lead.Person == 0 {
		errs = append(errs, fault.Invalid("lead", "Phải có một và chỉ một đơn vị hoặc cá nhân chủ trì."))
	} else {
		p.lead = add(Lead, "lead", o.Lead)
	}
	for _, to := range o.Coop {
		p.others = append(p.others, add(Coop, "coop", to))
	}
	for _, to := range o.Info {
		p.others = append(p.others, add(Info, "info", to))
	}
	errs = append(errs, shareOut(&p.lead, p.others))
	p.notices(d, now, o.Product)
	p.warnings = distinct(p.warnings)
	return p, fault.Join(errs...)
}

// setOuter gives the share its first dates.
func (s *Share) setOuter(on civil.Date, at time.Time) {
	s.OuterFirst, s.OuterOn, s.OuterAt, s.DueOn, s.DueAt = on, on, at, on, at
}

func coopDue(lead, coop civil.Date) error {
	if !lead.IsZero() && coop.After(lead) {
		return fault.Invalid("coop", "Hạn phối hợp không được sau hạn của đơn vị chủ trì ("+lead.VN()+").")
	}
	return nil
}

// assignee finds unit and holder: the person named, else whoever heads the unit.
func assignee(d *org.Directory, day civil.Date, role Role, field string, to Assignee) (Share, error) {
	s := Share{Role: role, Unit: to.Unit, Person: to.Person, Holder: to.Person, State: StateGiven, Piece: strings.TrimSpace(to.Text)}
	if role == Info {
		s.State = StateInfo
	}
	if to.Person != 0 {
		posts := d.PostsOn(to.Person, day)
		if len(posts) == 0 {
			return s, fault.Invalid(field, "Người được giao không giữ vị trí nào trong cơ quan vào ngày giao.")
		}
		if to.Unit == 0 {
			s.Unit = posts[0].Unit
		} else if !slices.ContainsFunc(posts, func(p org.Post) bool { return p.Unit == to.Unit }) {
			return s, fault.Invalid(field, d.Person(to.Person).Name+" không công tác tại "+d.Unit(to.Unit).Name+".")
		}
		return s, nil
	}
	unit := d.Unit(to.Unit)
	if unit.ID == 0 || !unit.On(day) {
		return s, fault.Invalid(field, "Đơn vị được giao không còn hoạt động vào ngày giao.")
	}
	if s.Holder = d.HeadOf(unit.ID, day); s.Holder == 0 {
		return s, fault.Invalid(field, unit.Name+" chưa có người phụ trách; hãy giao đích danh một người.")
	}
	return s, nil
}

func name(d *org.Directory, s Share) string {
	if s.Person == 0 {
		return d.Unit(s.Unit).Name
	}
	return d.Person(s.Person).Name
}

func distinct(texts []string) []string {
	var out []string
	for _, t := range texts {
		if !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	return out
}

// Give gives work (giao việc; Nghị định 30/2020/NĐ-CP Điều 23.2, 24): one lead, who
// cooperates, who is to know, and until when. A leader gives to the whole agency, the
// head of a unit inside his unit, the clerk or the chief of office in the name of a
// leader where the regulations let them pass on directly (Order.Giver).
func Give(a *journal.Act, o Order) (Work, error) {
	dir, err := org.DirectoryIn(a)
	if err != nil {
		return Work{}, fault.Internal(err)
	}
	g, err := prepare(a, dir, o)
	if err != nil {
		return Work{}, err
	}
	return g.give(a, dir)
}

// giving is an order that may be given as it stands.
type giving struct {
	Order
	plan
	giver, by int64
	root      int64
}

// prepare asks whether the order may be given and makes it ready, without a change.
func prepare(a *journal.Act, dir *org.Directory, o Order) (giving, error) {
	giver, by, err := mayGive(a, dir, o)
	if err != nil {
		return giving{}, err
	}
	root, err := o.below(a, dir, giver)
	if err != nil {
		return giving{}, err
	}
	p, err := ready(dir, a.At, giver, o)
	if err := fault.Join(err, linkable(a, 0, o.Links)); err != nil {
		return giving{}, err
	}
	return giving{o, p, giver, by, root}, nil
}

func (g giving) give(a *journal.Act, dir *org.Directory) (Work, error) {
	d := &deed{a: a, dir: dir, w: Work{
		ID: a.NewID(), Title: strings.TrimSpace(g.Title), Source: g.Source, Field: g.Field, Urgency: g.Urgency, Giver: g.giver, Proxy: g.by,
		Text: strings.TrimSpace(g.Text), GivenAt: a.At, State: WorkOpen, Warnings: g.warnings,
		Parent: g.Parent, Root: g.root, Priority: g.Priority, Product: g.Product, Proof: g.Proof, Proposed: g.proposed,
		Shares: make([]Share, 0, 1+len(g.others)),
	}}
	if err := insertWork(a, d.w); err != nil {
		return Work{}, fault.Internal(err)
	}
	for _, s := range append([]Share{g.lead}, g.others...) {
		s.ID, s.Work, s.GivenAt = a.NewID(), d.w.ID, a.At
		basis := g.due
		if s.OuterOn != g.due.On {
			basis = Due{}
		}
		if err := d.found(s, basis, ""); err != nil {
			return Work{}, err
		}
		if err := d.tell(s.Holder, Given, givenWords(dir, d.w, s)); err != nil {
			return Work{}, err
		}
	}
	for _, f := range g.Files {
		f.ID, f.Share, f.AddedBy, f.AddedAt = a.NewID(), 0, a.By.Person, a.At
		if err := insertFile(a, d.w.ID, f); err != nil {
			return Work{}, fault.Internal(err)
		}
	}
	for _, ref := range distinct(g.Links) {
		if err := insertLink(a, d.w.ID, ref); err != nil {
			return Work{}, fault.Internal(err)
		}
	}
	if err := d.note(Given, nil, Data{Up: g.Parent, Links: distinct(g.Links)}, ""); err != nil {
		return Work{}, err
	}
	return d.w, effect(a, d.w, func(e Effects) func(*journal.Act, Work) error { return e.Given })
}

// mayGive finds in whose name the work is given, and asks whether it may be.
func mayGive(a *journal.Act, d *org.Directory, o Order) (giver, by int64, err error) {
	if a.By.System { // a rule gives in the name of whoever set it, while he may
		if o.Giver == 0 || !MayGive(d, d.Rights(o.Giver, a.Day()), a.Day(), o) {
			return 0, 0, fault.Invalid("giver", "Người đặt việc này nay không còn quyền giao.")
		}
		return o.Giver, 0, org.May(a, org.RunSystem, org.Target{})
	}
	x, err := org.RightsIn(a)
	if err != nil {
		return 0, 0, err
	}
	if o.Giver != 0 && o.Giver != me(a) {
		if err := org.May(a, org.Distribute, org.Target{}); err != nil {
			return 0, 0, err
		}
		if o.Source == "" && !x.Is(org.OfficeChief) { // a clerk passes on documents, and nothing else
			return 0, 0, fault.Forbidden("Chỉ Chánh Văn phòng được giao việc thay lãnh đạo khi việc không đi từ văn bản.")
		}
		if !d.Rights(o.Giver, a.Day()).Leader() {
			return 0, 0, fault.Invalid("giver", "Việc chuyển thẳng phải đứng tên một lãnh đạo cơ quan đương nhiệm.")
		}
		return o.Giver, a.By.Person, nil
	}
	if !x.Leader() && insideOnly(d, x, a.Day(), o) {
		return me(a), proxy(a), org.May(a, org.AssignInside, org.Target{Unit: leadUnit(d, a.Day(), o)})
	}
	return me(a), proxy(a), org.May(a, org.Direct, org.Target{})
}

// MayGive reports whether somebody with these rights may give an order in his own name: a
// leader any, the head of a unit one that stays inside.
func MayGive(d *org.Directory, x org.Rights, day civil.Date, o Order) bool {
	return x.Leader() || insideOnly(d, x, day, o)
}

func leadUnit(d *org.Directory, day civil.Date, o Order) int64 {
	s, _ := assignee(d, day, Lead, "lead", o.Lead)
	return s.Unit
}

// insideOnly reports whether everybody named works in a unit that the giver heads.
func insideOnly(d *org.Directory, x org.Rights, day civil.Date, o Order) bool {
	for _, to := range slices.Concat([]Assignee{o.Lead}, o.Coop, o.Info) {
		if s, err := assignee(d, day, Lead, "lead", to); err != nil || !x.HeadsUnit(s.Unit) {
			return false
		}
	}
	return true
}

func givenWords(d *org.Directory, w Work, s Share) string {
	head := map[Role]string{Lead: "Anh/chị được giao chủ trì", Coop: "Anh/chị được giao phối hợp", Info: "Anh/chị nhận để biết"}[s.Role]
	text := fmt.Sprintf("%s: “%s”", head, w.Title)
	if !s.DueOn.IsZero() {
		text += ", hạn " + s.DueOn.VN()
	}
	if s.Piece != "" {
		text += "; phần việc: " + s.Piece
	}
	return text + "; người giao: " + d.Person(w.Giver).Polite() + "."
}
