// SPDX-License-Identifier: Apache-2.0

package org

import (
	"slices"
	"strings"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
)

// A Delegation lets somebody sign by authorisation for a time (ủy quyền ký; Nghị định
// 30/2020/NĐ-CP Điều 13 khoản 4): in writing, limited in time and scope, and never passed on.
type Delegation struct {
	ID      int64
	Giver   int64    // the head of the agency
	Person  int64    // who signs, the head of a unit
	Types   []string // codes of document types; empty for all that Scope says
	Scope   string
	From    civil.Date
	To      civil.Date // the last day
	Basis   string     // the document: "Giấy ủy quyền số 12/GUQ-BDT ngày 02/11/2026"
	EndedOn civil.Date // ended early: from this day on it no longer holds
}

// On reports whether the delegation holds on a day.
func (g Delegation) On(d civil.Date) bool {
	return !d.Before(g.From) && !d.After(g.To) && (g.EndedOn.IsZero() || d.Before(g.EndedOn))
}

// Covers reports whether a document of the type may be signed by it.
func (g Delegation) Covers(typ string) bool {
	return len(g.Types) == 0 || slices.Contains(g.Types, typ)
}

// A Signing is a line of the working regulations about who signs (quy chế làm việc): by
// order, the head of a unit a type of document (ký thừa lệnh, Điều 13 khoản 3); or a
// collective body in whose name the head signs (Điều 13 khoản 2).
type Signing struct {
	ID    int64
	Kind  string // order, collective
	Unit  int64
	Type  string // code of a document type; "" for every type
	Name  string // of the collective body: "ỦY BAN NHÂN DÂN"
	From  civil.Date
	To    civil.Date // the first day on which it no longer holds; zero while it does
	Basis string
}

// The kinds of lines.
const (
	ByOrder    = "order"
	Collective = "collective"
)

// On reports whether the line holds on a day.
func (s Signing) On(d civil.Date) bool { return on(s.From, s.To, d) }

type delegationData struct {
	Delegation int64      `json:"delegation"`
	Giver      int64      `json:"giver,omitempty"`
	Person     int64      `json:"person,omitempty"`
	Types      string     `json:"types,omitempty"`
	From       civil.Date `json:"from"`
	To         civil.Date `json:"to"`
	Ended      civil.Date `json:"ended"`
}

type signingData struct {
	Line int64      `json:"line"`
	Kind string     `json:"kind"`
	Unit int64      `json:"unit,omitempty"`
	Type string     `json:"type,omitempty"`
	From civil.Date `json:"from"`
	To   civil.Date `json:"to"`
}

// GiveDelegation records a written delegation to sign. Only the head of the agency gives
// one, only to the head of a unit, and always for a time.
func GiveDelegation(a *journal.Act, g Delegation) (int64, error) {
	if err := May(a, ManageSigning, Target{}); err != nil {
		return 0, err
	}
	d, err := DirectoryIn(a)
	if err != nil {
		return 0, err
	}
	g.Scope, g.Basis, g.EndedOn = line(g.Scope), line(g.Basis), 0
	if g.From.IsZero() {
		g.From = a.Day()
	}
	if g.Giver == 0 {
		if heads := d.With(g.From, Head); len(heads) == 1 {
			g.Giver = heads[0].ID
		}
	}
	var errs []error
	wrong := func(field, text string) { errs = append(errs, fault.Invalid(field, text)) }
	p := d.Person(g.Person)
	switch {
	case p.ID == 0:
		wrong("person", "Chưa chọn người được ủy quyền.")
	case g.Giver == g.Person:
		wrong("person", "Không ủy quyền cho chính mình.")
	case !slices.ContainsFunc(d.PostsOn(g.Person, g.From), func(p Post) bool { return p.Has(UnitHead) || p.Has(OfficeChief) }):
		wrong("person", "Chỉ ủy quyền ký cho người đứng đầu đơn vị thuộc cơ quan (Nghị định 30/2020/NĐ-CP Điều 13 khoản 4); "+p.Polite()+" không đứng đầu đơn vị nào ngày "+g.From.VN()+".")
	}
	if !d.Rights(g.Giver, g.From).Is(Head) {
		wrong("giver", "Chỉ người đứng đầu cơ quan ủy quyền; người được ủy quyền không ủy quyền lại.")
	}
	switch {
	case g.To.IsZero():
		wrong("to", "Ủy quyền phải có thời hạn: hãy nhập ngày cuối.")
	case g.To.Before(g.From):
		wrong("to", "Ngày cuối phải từ ngày đầu trở đi.")
	case g.To.Sub(g.From) > 366:
		wrong("to", "Một lần ủy quyền không quá một năm.")
	}
	if g.Scope == "" {
		wrong("scope", "Ủy quyền phải giới hạn nội dung: hãy ghi phạm vi.")
	}
	if g.Basis == "" {
		wrong("basis", "Ủy quyền phải bằng văn bản: hãy ghi số, ký hiệu, ngày của giấy ủy quyền.")
	}
	errs = append(errs, tooLong("scope", g.Scope), tooLong("basis", g.Basis))
	for _, t := range g.Types {
		if t == "" || strings.ContainsAny(t, " \t\n") {
			wrong("types", "Loại văn bản không đúng.")
		}
	}
	if err := fault.Join(errs...); err != nil {
		return 0, err
	}
	g.ID = a.NewID()
	if err := insertDelegation(a, g); err != nil {
		return 0, err
	}
	a.Note(journal.Entry{Kind: DelegationGiven, Subject: journal.Ref("person", g.Person),
		Data: delegationData{g.ID, g.Giver, g.Person, strings.Join(g.Types, " "), g.From, g.To, 0}})
	return g.ID, touch(a, a.By.Agency)
}

// EndDelegation ends a delegation early: from the day on nothing more is signed by it.
func EndDelegation(a *journal.Act, id int64, day civil.Date) error {
	if err := May(a, ManageSigning, Target{}); err != nil {
		return err
	}
	d, err := DirectoryIn(a)
	if err != nil {
		return err
	}
	if day.IsZero() {
		day = a.Day()
	}
	i := slices.IndexFunc(d.Delegations, func(g Delegation) bool { return g.ID == id })
	switch {
	case i < 0:
		return fault.NotFound("Không có lần ủy quyền này.")
	case !d.Delegations[i].EndedOn.IsZero():
		return fault.Conflict("", "Lần ủy quyền này đã kết thúc.")
	case day.Before(a.Day()):
		return fault.Invalid("day", "Không kết thúc lùi ngày: văn bản đã ký khi ủy quyền còn hiệu lực vẫn đúng thẩm quyền.")
	}
	g := d.Delegations[i]
	if err := endDelegation(a, id, day); err != nil {
		return err
	}
	a.Note(journal.Entry{Kind: DelegationEnded, Subject: journal.Ref("person", g.Person), Data: delegationData{Delegation: id, From: g.From, To: g.To, Ended: day}})
	return touch(a, a.By.Agency)
}

// SetSigning adds a line of the working regulations about who signs.
func SetSigning(a *journal.Act, s Signing) (int64, error) {
	if err := May(a, ManageSigning, Target{}); err != nil {
		return 0, err
	}
	d, err := DirectoryIn(a)
	if err != nil {
		return 0, err
	}
	s.Name, s.Basis, s.To = line(s.Name), line(s.Basis), 0
	if s.From.IsZero() {
		s.From = a.Day()
	}
	var errs []error
	switch s.Kind {
	case ByOrder:
		s.Name = ""
		if u := d.Unit(s.Unit); u.ID == 0 || !u.On(s.From) {
			errs = append(errs, fault.Invalid("unit", "Hãy chọn đơn vị đang hoạt động."))
		}
	case Collective:
		s.Unit, s.Type = 0, ""
		if s.Name == "" {
			errs = append(errs, fault.Invalid("name", "Hãy nhập tên tập thể lãnh đạo, ví dụ ỦY BAN NHÂN DÂN."))
		}
	default:
		errs = append(errs, fault.Invalid("kind", "Dòng quy chế không đúng loại."))
	}
	if s.Basis == "" {
		errs = append(errs, fault.Invalid("basis", "Hãy ghi quy chế quy định việc ký này (Nghị định 30/2020/NĐ-CP Điều 13)."))
	}
	errs = append(errs, tooLong("basis", s.Basis), tooLong("name", s.Name))
	if err := fault.Join(errs...); err != nil {
		return 0, err
	}
	for _, o := range d.Signings {
		if o.Kind == s.Kind && o.Unit == s.Unit && o.Type == s.Type && o.Name == s.Name && o.On(s.From) {
			return 0, fault.Conflict("type", "Đã có dòng này trong quy chế từ ngày "+o.From.VN()+".")
		}
	}
	s.ID = a.NewID()
	if err := insertSigning(a, s); err != nil {
		return 0, err
	}
	a.Note(journal.Entry{Kind: SigningSet, Subject: journal.Ref("signing", s.ID), Data: signingData{s.ID, s.Kind, s.Unit, s.Type, s.From, 0}})
	return s.ID, touch(a, a.By.Agency)
}

// EndSigning ends a line of the working regulations: day is the first without it.
func EndSigning(a *journal.Act, id int64, day civil.Date) error {
	if err := May(a, ManageSigning, Target{}); err != nil {
		return err
	}
	d, err := DirectoryIn(a)
	if err != nil {
		return err
	}
	if day.IsZero() {
		day = a.Day()
	}
	i := slices.IndexFunc(d.Signings, func(s Signing) bool { return s.ID == id })
	switch {
	case i < 0:
		return fault.NotFound("Không có dòng này.")
	case !d.Signings[i].To.IsZero():
		return fault.Conflict("", "Dòng này đã kết thúc.")
	case day.Before(d.Signings[i].From):
		return fault.Invalid("day", "Ngày kết thúc không được trước ngày bắt đầu ("+d.Signings[i].From.VN()+").")
	}
	s := d.Signings[i]
	if err := endSigning(a, id, day); err != nil {
		return err
	}
	a.Note(journal.Entry{Kind: SigningEnded, Subject: journal.Ref("signing", id), Data: signingData{id, s.Kind, s.Unit, s.Type, s.From, day}})
	return touch(a, a.By.Agency)
}
