// SPDX-License-Identifier: Apache-2.0

// Package plan is work that will be given: the catalogue of products with their norms,
// templates, chains (when this is done, that begins) and work that comes again by rule.
//
// May enter: products and norms, templates, chains, recurrence, what the morning gives.
// May not: how a work goes on once it is given, HTTP.
package plan

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/org"
	"soviec/office/task"
)

// The kinds of subjects of this room, and of the sources of the works it gives.
const (
	RefRule      = "plan"
	RefTemplate  = "template"
	RefRun       = "run"
	RefCatalogue = "catalogue"
)

// A Piece is what a work will be: the same in a template's step and in a rule. Its words may
// hold fields in braces: "Báo cáo công tác {kỳ}".
type Piece struct {
	Title    string
	Text     string
	Lead     task.Assignee
	Coop     []task.Assignee
	Info     []task.Assignee
	Product  string // code in the catalogue; "" for none
	Proof    string
	Priority int
}

const (
	maxTitle = 500
	maxText  = 2000
)

func (p *Piece) tidy() {
	p.Title, p.Text, p.Product = strings.TrimSpace(p.Title), strings.TrimSpace(p.Text), strings.TrimSpace(p.Product)
}

// check tells what is wrong with the words and the choices of a piece.
func (p Piece) check() error {
	var errs []error
	if p.Title == "" {
		errs = append(errs, fault.Invalid("title", "Hãy ghi nội dung công việc."))
	}
	if utf8.RuneCountInString(p.Title) > maxTitle {
		errs = append(errs, fault.Invalid("title", "Nội dung công việc dài quá 500 ký tự."))
	}
	if utf8.RuneCountInString(p.Text) > maxText {
		errs = append(errs, fault.Invalid("text", "Ý kiến chỉ đạo dài quá 2.000 ký tự."))
	}
	if p.Lead == (task.Assignee{}) {
		errs = append(errs, fault.Invalid("lead", "Phải có một và chỉ một đơn vị hoặc cá nhân chủ trì."))
	}
	if p.Proof != "" && task.ProofWords(p.Proof) == "" {
		errs = append(errs, fault.Invalid("proof", "Cách hoàn thành không có trong danh mục."))
	}
	if p.Priority < 0 || p.Priority >= len(task.Priorities) {
		errs = append(errs, fault.Invalid("priority", "Mức ưu tiên không có trong danh mục."))
	}
	return fault.Join(errs...)
}

// order makes the piece an order; put fills its fields.
func (p Piece) order(put map[string]string, product task.Product) task.Order {
	return task.Order{Title: fill(p.Title, put), Text: fill(p.Text, put), Lead: p.Lead, Coop: p.Coop, Info: p.Info,
		Product: product, Proof: p.Proof, Priority: p.Priority}
}

// fill puts values into the fields of a text; a field without a value stays.
func fill(s string, put map[string]string) string {
	for name, value := range put {
		s = strings.ReplaceAll(s, "{"+name+"}", value)
	}
	return s
}

// FieldsOf are the fields in braces of some texts, each once, in their order.
func FieldsOf(texts ...string) []string {
	var out []string
	seen := map[string]bool{}
	for _, s := range texts {
		for {
			_, rest, found := strings.Cut(s, "{")
			name, after, closed := strings.Cut(rest, "}")
			if !found || !closed {
				break
			}
			if name = strings.TrimSpace(name); name != "" && !seen[name] {
				seen[name] = true
				out = append(out, name)
			}
			s = after
		}
	}
	return out
}

// encode writes assignees as "u3 p12.u3": a unit, a person in a unit.
func encode(all ...task.Assignee) string {
	var out []string
	for _, x := range all {
		switch {
		case x.Person != 0:
			out = append(out, fmt.Sprintf("p%d.u%d", x.Person, x.Unit))
		case x.Unit != 0:
			out = append(out, fmt.Sprintf("u%d", x.Unit))
		}
	}
	return strings.Join(out, " ")
}

func decode(s string) []task.Assignee {
	var out []task.Assignee
	for _, w := range strings.Fields(s) {
		var x task.Assignee
		for _, part := range strings.Split(w, ".") {
			n, err := strconv.ParseInt(part[1:], 10, 64)
			if err != nil {
				continue
			}
			if part[0] == 'p' {
				x.Person = n
			} else {
				x.Unit = n
			}
		}
		out = append(out, x)
	}
	return out
}

func decodeOne(s string) task.Assignee {
	if all := decode(s); len(all) > 0 {
		return all[0]
	}
	return task.Assignee{}
}

// me is in whose name the act is done.
func me(a *journal.Act) int64 {
	if a.By.For != 0 {
		return a.By.For
	}
	return a.By.Person
}

// home is the unit to which what the holder sets belongs: 0, the agency, for its leaders,
// else the unit that he heads.
func home(a *journal.Act) (int64, error) {
	x, err := org.RightsIn(a)
	if err != nil {
		return 0, err
	}
	if x.Leader() || len(x.Heads) == 0 {
		return 0, nil
	}
	return x.Heads[0], nil
}

// may asks whether the holder may plan for a unit: leaders everything, heads inside theirs.
func may(a *journal.Act, unit int64) error {
	x, err := org.RightsIn(a)
	if err != nil {
		return err
	}
	if unit == 0 || x.Leader() {
		return org.May(a, org.Direct, org.Target{})
	}
	return org.May(a, org.AssignInside, org.Target{Unit: unit})
}

// May reports whether somebody may plan, and sees what is planned: a leader all of it, a
// head what is his unit's.
func May(x org.Rights) bool { return x.Leader() || len(x.Heads) > 0 }

// Sees reports whether somebody may see and change what belongs to a unit.
func Sees(x org.Rights, unit int64) bool { return x.Leader() || x.HeadsUnit(unit) }

// SourceOf is the rule or the template that a work came from, by the work's source; its
// address only for whoever may see it. A work of another source has no name here.
func SourceOf(r store.Reader, x org.Rights, agency int64, source string) (kind, name, address string, err error) {
	ref, id, _ := journal.ParseRef(source)
	switch ref {
	case RefRule:
		rule, err := RuleOf(r, agency, id)
		if err != nil {
			return "", "", "", err
		}
		if Sees(x, rule.Unit) || rule.Unit == 0 && x.Leader() {
			address = rule.Address()
		}
		return "Việc định kỳ", rule.Rhythm.Words(), address, nil
	case RefRun:
		run, err := readRun(r, agency, id, "")
		if err != nil {
			return "", "", "", fault.Internal(err)
		}
		t, err := TemplateOf(r, agency, run.Template)
		if err != nil {
			return "", "", "", err
		}
		if May(x) && (t.Unit == 0 || Sees(x, t.Unit)) {
			address = t.Address()
		}
		return "Giao theo mẫu", t.Name, address, nil
	}
	return "", "", "", nil
}

// inside refuses a piece that its giver may not give: a head gives within his unit.
func inside(d *org.Directory, x org.Rights, day civil.Date, o task.Order) error {
	if task.MayGive(d, x, day, o) {
		return nil
	}
	return fault.Invalid("lead", "Trưởng đơn vị chỉ đặt việc cho người trong đơn vị mình.")
}
