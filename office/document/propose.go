// SPDX-License-Identifier: Apache-2.0

package document

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"soviec/kit/civil"
	"soviec/kit/extract"
	"soviec/kit/fault"
	"soviec/kit/find"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/org"
	"soviec/office/task"
)

// A Rule says who should read a document first (quy tắc chuyển văn bản;
// documents.md §5.4). The first rule whose conditions all hold proposes; whoever is
// shown the proposal may always choose otherwise. A condition left empty holds.
type Rule struct {
	ID   int64
	Prio int
	Name string

	Sender   string // parts of the issuer's or sender's name, divided by ";"; any of them
	Type     string // code of the type
	Urgency  int    // at least
	Within   int    // the document's own due day is at most so many working days away; 0 for any
	Keywords string // parts of the subject, divided by ";"; any of them
	Field    int64

	Leader     int64 // 0: the leader in charge of the field
	Lead       task.Assignee
	Coop, Info []task.Assignee
	Days       int // working days from receipt; 0 proposes no day
	Parallel   bool
	Off        bool

	From, To time.Time // this version's time in force; To is zero while it is
	SetBy    int64
}

// RefRule is the kind of subject of a rule.
const RefRule = "rule"

var errNoRule = fault.NotFound("Không có quy tắc này, hoặc quy tắc vừa được sửa.")

type ruleData struct {
	Rule int64 `json:"rule"`
	Was  int64 `json:"was,omitempty"`
	Prio int   `json:"prio"`
	Off  bool  `json:"off,omitempty"`
}

// SetRule sets a rule: a new one, or with an ID the next version of that one.
// Versions are kept; what was proposed by one stays explainable.
func SetRule(a *journal.Act, x Rule) (int64, error) {
	if err := org.May(a, org.ManageRules, org.Target{}); err != nil {
		return 0, err
	}
	x.Name, x.Sender, x.Keywords = Tidy(x.Name), Tidy(x.Sender), Tidy(x.Keywords)
	if err := x.faults(a); err != nil {
		return 0, err
	}
	was := x.ID
	if was != 0 {
		if _, err := ruleByID(a, a.By.Agency, was); err != nil {
			return 0, err
		}
		if err := endRule(a, was); err != nil {
			return 0, err
		}
	}
	x.ID = a.NewID()
	a.Note(journal.Entry{Kind: RuleSet, Subject: journal.Ref(RefRule, x.ID), Data: ruleData{Rule: x.ID, Was: was, Prio: x.Prio, Off: x.Off}})
	return x.ID, insertRule(a, x)
}

// EndRule takes a rule out of force; it stays in the history.
func EndRule(a *journal.Act, id int64) error {
	if err := org.May(a, org.ManageRules, org.Target{}); err != nil {
		return err
	}
	x, err := ruleByID(a, a.By.Agency, id)
	if err != nil {
		return err
	}
	a.Note(journal.Entry{Kind: RuleEnded, Subject: journal.Ref(RefRule, id), Data: ruleData{Rule: id, Prio: x.Prio}})
	return endRule(a, id)
}

// MoveRule lets a rule change places with the one before (up) or after it.
func MoveRule(a *journal.Act, id int64, up bool) error {
	if err := org.May(a, org.ManageRules, org.Target{}); err != nil {
		return err
	}
	all, err := rulesOf(a, a.By.Agency)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(x Rule) bool { return x.ID == id })
	if i < 0 {
		return errNoRule
	}
	j := i + 1
	if up {
		j = i - 1
	}
	if j < 0 || j >= len(all) {
		return nil
	}
	one, other := all[i], all[j]
	one.Prio, other.Prio = other.Prio, one.Prio
	if one.Prio == other.Prio { // set to the same place: the order of age decided so far
		if up {
			other.Prio++
		} else {
			one.Prio++
		}
	}
	for _, x := range []Rule{one, other} {
		if _, err := SetRule(a, x); err != nil {
			return err
		}
	}
	return nil
}

func (x Rule) faults(a *journal.Act) error {
	dir, err := org.DirectoryIn(a)
	if err != nil {
		return err
	}
	var errs []error
	wrong := func(field, text string) { errs = append(errs, fault.Invalid(field, text)) }
	if x.Name == "" || utf8.RuneCountInString(x.Name) > 200 {
		wrong("name", "Hãy đặt tên cho quy tắc, nhiều nhất 200 ký tự.")
	}
	if len(x.Sender) > 2000 || len(x.Keywords) > 2000 {
		wrong("keywords", "Điều kiện dài quá.")
	}
	if x.Prio < 0 || x.Prio > 100_000 {
		wrong("priority", "Thứ tự từ 0 đến 100.000.")
	}
	if x.Urgency < 0 || x.Urgency > 3 {
		wrong("urgency", "Độ khẩn không đúng.")
	}
	if x.Days < 0 || x.Days > 366 || x.Within < 0 || x.Within > 366 {
		wrong("days", "Số ngày làm việc từ 0 đến 366.")
	}
	if x.Type != "" {
		known, err := typeKnown(a, a.By.Agency, x.Type)
		if err != nil {
			return err
		}
		if !known {
			wrong("type", "Loại văn bản không có trong danh mục.")
		}
	}
	if x.Field != 0 && dir.Field(x.Field).ID == 0 {
		wrong("field", "Không có lĩnh vực này.")
	}
	if x.Leader != 0 {
		who := dir.Rights(x.Leader, a.Day())
		if !who.Leader() && !who.Is(org.OfficeChief) {
			wrong("to", "Người được chọn hôm nay không phải lãnh đạo cơ quan.")
		}
	}
	for _, w := range slices.Concat([]task.Assignee{x.Lead}, x.Coop, x.Info) {
		if w.Unit != 0 && dir.Unit(w.Unit).ID == 0 || w.Person != 0 && dir.Person(w.Person).ID == 0 {
			wrong("lead", "Đơn vị hoặc người được chọn không có trong cơ quan.")
			break
		}
	}
	return fault.Join(errs...)
}

// Rules are the rules in force, in their order, those switched off among them.
func Rules(r store.Reader, agency int64) ([]Rule, error) { return rulesOf(r, agency) }

// RuleOf is one rule in force.
func RuleOf(r store.Reader, agency, id int64) (Rule, error) { return ruleByID(r, agency, id) }

// RuleHistory are all versions of all rules, latest first.
func RuleHistory(r store.Reader, agency int64) ([]Rule, error) { return ruleHistory(r, agency) }

// RulesUsed counts how often each rule's proposal was taken since a moment, by name.
func RulesUsed(r store.Reader, agency int64, since time.Time) (map[string]int, error) {
	return rulesUsed(r, agency, store.Time{Time: since})
}

// Matches reports whether all conditions of the rule hold for a document that lies
// before the office on a day. It is a pure function of its arguments.
func (x Rule) Matches(d Incoming, cal *civil.Calendar, today civil.Date) bool {
	switch {
	case x.Off, x.Type != "" && x.Type != d.Type, d.Urgency < x.Urgency, x.Field != 0 && x.Field != d.Field:
		return false
	case x.Within > 0 && (d.DueOn.IsZero() || cal.WorkingDaysBetween(today, d.DueOn) > x.Within):
		return false
	}
	return anyPart(x.Sender, d.IssuerName, d.SenderName) && anyPart(x.Keywords, d.Subject)
}

// anyPart reports whether one of the parts stands, as whole words, in one of the
// texts, however it is written. No part at all holds.
func anyPart(parts string, texts ...string) bool {
	wanted := false
	for _, part := range strings.Split(parts, ";") {
		key := find.Fold(part)
		if key == "" {
			continue
		}
		wanted = true
		for _, t := range texts {
			if strings.Contains(" "+find.Fold(t)+" ", " "+key+" ") {
				return true
			}
		}
	}
	return !wanted
}

// A Proposal is who a rule proposes, with the rule's name.
type Proposal struct {
	Rule       string
	RuleID     int64
	Leader     int64
	Lead       task.Assignee
	Coop, Info []task.Assignee
	Days       int
	Parallel   bool // put before the leader and passed to the unit at once
}

// Due is the day that the proposal gives to a document.
func (p Proposal) Due(cal *civil.Calendar, d Incoming) task.Due {
	switch {
	case !d.DueOn.IsZero():
		return task.Due{On: d.DueOn}
	case p.Days > 0:
		return task.Due{On: cal.AddWorkingDays(d.ArrivalOn, p.Days), BasisAt: d.ReceivedAt, BasisDays: p.Days}
	}
	return task.Due{}
}

// FirstMatch is the first rule that holds for a document. The rules are in order.
func FirstMatch(rules []Rule, d Incoming, cal *civil.Calendar, today civil.Date) (Rule, bool) {
	for _, x := range rules {
		if x.Matches(d, cal, today) {
			return x, true
		}
	}
	return Rule{}, false
}

// Propose proposes who should read a document first. Without a rule that holds it
// proposes the leader in charge, and says so by false.
func Propose(r store.Reader, agency int64, dir *org.Directory, d Incoming, today civil.Date) (Proposal, bool, error) {
	rules, err := rulesOf(r, agency)
	if err != nil {
		return Proposal{}, false, err
	}
	p, ok := ProposeBy(rules, dir, d, today)
	return p, ok, nil
}

// ProposeBy is Propose with the rules at hand, for many documents.
func ProposeBy(rules []Rule, dir *org.Directory, d Incoming, today civil.Date) (Proposal, bool) {
	x, ok := FirstMatch(rules, d, dir.Calendar, today)
	if !ok {
		return Proposal{Leader: inChargeOf(dir, d.Field, today)}, false
	}
	p := Proposal{Rule: x.Name, RuleID: x.ID, Leader: x.Leader, Lead: x.Lead, Coop: x.Coop, Info: x.Info, Days: x.Days, Parallel: x.Parallel}
	if who := dir.Rights(p.Leader, today); p.Leader == 0 || !who.Leader() && !who.Is(org.OfficeChief) {
		p.Leader = inChargeOf(dir, d.Field, today) // not named, or no longer in office
	}
	if !stillThere(dir, today)(p.Lead) {
		p.Lead = task.Assignee{}
	}
	gone := func(w task.Assignee) bool { return !stillThere(dir, today)(w) }
	p.Coop, p.Info = slices.DeleteFunc(slices.Clone(p.Coop), gone), slices.DeleteFunc(slices.Clone(p.Info), gone)
	return p, true
}

// stillThere reports whether somebody named by a rule can be given work on a day.
func stillThere(dir *org.Directory, day civil.Date) func(task.Assignee) bool {
	return func(w task.Assignee) bool {
		if w.Person != 0 {
			return len(dir.PostsOn(w.Person, day)) > 0
		}
		return w.Unit != 0 && dir.Unit(w.Unit).On(day)
	}
}

// TryRule shows which of the latest documents a rule would catch, alone, before it is
// set, and how many were looked at.
func TryRule(r store.Reader, agency int64, cal *civil.Calendar, x Rule, among int) (caught []Incoming, looked int, err error) {
	all, err := latest(r, agency, among)
	if err != nil {
		return nil, 0, err
	}
	x.Off = false
	for _, d := range all {
		if x.Matches(d, cal, d.ArrivalOn) {
			caught = append(caught, d)
		}
	}
	return caught, len(all), nil
}

// ProposeFromNumber proposes the type and the issuer of a document from the number
// that was typed. What cannot be told stays empty.
func ProposeFromNumber(r store.Reader, agency int64, raw string) (Type, string, error) {
	n := extract.ParseNumber(raw)
	if n.None {
		return Type{}, "", nil
	}
	types, err := Types(r, agency)
	if err != nil {
		return Type{}, "", err
	}
	t := typeOfNumber(types, n)
	issuer := ""
	if n.Notation != "" {
		issuer, err = issuerByNotation(r, agency, n.Notation, 2000)
		if err == store.ErrNone {
			issuer, err = "", nil
			if n.IssuerAbbrev != "" {
				var known Issuer
				known, err = issuerByAbbr(r, agency, n.IssuerAbbrev)
				if issuer = known.Name; err == store.ErrNone {
					err = nil
				}
			}
		}
	}
	return t, issuer, err
}

// typeOfNumber finds the type that a notation names: of the Party where number and
// type are joined by a hyphen, normative where the number carries the year.
func typeOfNumber(types []Type, n extract.Number) Type {
	class := []string{"admin29", "normative", "specialised", "other"}
	switch {
	case n.Party:
		class = []string{"party"}
	case strings.Contains(n.Number, "/"):
		class = []string{"normative", "admin29"}
	}
	if n.TypeAbbrev != "" {
		for _, c := range class {
			for _, t := range types {
				if t.Class == c && t.Abbr != "" && strings.EqualFold(t.Abbr, n.TypeAbbrev) {
					return t
				}
			}
		}
	}
	code := ""
	switch {
	case n.Party:
		code = "VB-Đ"
	case strings.HasPrefix(n.IssuerAbbrev, "QH") && strings.Contains(n.Number, "/"):
		code = "LUẬT"
	case n.Letter || strings.EqualFold(n.TypeAbbrev, "CV"):
		code = "CV"
	}
	for _, t := range types {
		if t.Code == code {
			return t
		}
	}
	return Type{}
}

// assigneeText writes who is named by a rule: "u3", "p7", "u3p7", divided by spaces.
func assigneeText(all ...task.Assignee) string {
	var out []string
	for _, w := range all {
		s := ""
		if w.Unit != 0 {
			s += "u" + idText(w.Unit)
		}
		if w.Person != 0 {
			s += "p" + idText(w.Person)
		}
		if s != "" {
			out = append(out, s)
		}
	}
	return strings.Join(out, " ")
}

// assignees reads what assigneeText wrote.
func assignees(text string) []task.Assignee {
	var out []task.Assignee
	for _, s := range strings.Fields(text) {
		var w task.Assignee
		unit, person, _ := strings.Cut(s, "p")
		w.Unit, _ = strconv.ParseInt(strings.TrimPrefix(unit, "u"), 10, 64)
		w.Person, _ = strconv.ParseInt(person, 10, 64)
		out = append(out, w)
	}
	return out
}

// Conditions are the rule's conditions as sentences of the screen.
func (x Rule) Conditions(types []Type, dir *org.Directory) []string {
	var out []string
	if x.Sender != "" {
		out = append(out, "nơi gửi có chữ “"+x.Sender+"”")
	}
	for _, t := range types {
		if x.Type != "" && t.Code == x.Type {
			out = append(out, "loại là "+t.Name)
		}
	}
	if x.Urgency > 0 && x.Urgency < len(Urgencies) {
		out = append(out, "độ khẩn từ "+Urgencies[x.Urgency])
	}
	if x.Within > 0 {
		out = append(out, fmt.Sprintf("hạn ghi trên văn bản còn không quá %d ngày làm việc", x.Within))
	}
	if x.Keywords != "" {
		out = append(out, "trích yếu có chữ “"+x.Keywords+"”")
	}
	if x.Field != 0 {
		out = append(out, "lĩnh vực "+dir.Field(x.Field).Name)
	}
	return out
}
