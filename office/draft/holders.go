// SPDX-License-Identifier: Apache-2.0

package draft

import (
	"fmt"
	"slices"
	"strings"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/org"
)

// ContentHolders are who may pass the content of a unit's drafts on a day: its head and
// deputies; of the leaders' own drafts the leaders.
func ContentHolders(d *org.Directory, unit int64, day civil.Date) []int64 {
	unit = d.Successor(unit, day)
	var out []int64
	for _, p := range d.Members(unit, day) {
		if d.Rights(p.ID, day).May(org.CheckContent, org.Target{Unit: unit}) && !slices.Contains(out, p.ID) {
			out = append(out, p.ID)
		}
	}
	return out
}

func formHolders(d *org.Directory, day civil.Date) []int64 {
	var out []int64
	for _, p := range d.With(day, org.OfficeChief, org.OfficeDeputy, org.Clerk, org.DeputyClerk) {
		out = append(out, p.ID)
	}
	return out
}

// formCheckers are who is told that a form is to be checked: the one named, else the
// chief of office, else the clerks.
func (p Paper) formCheckers(d *org.Directory, day civil.Date) []int64 {
	if p.Checker != 0 {
		return []int64{p.Checker}
	}
	for _, roles := range [][]org.Role{{org.OfficeChief}, {org.OfficeDeputy}, {org.Clerk, org.DeputyClerk}} {
		var out []int64
		for _, x := range d.With(day, roles...) {
			if _, away := d.Away(x.ID, day); !away && x.ID != p.Drafter {
				out = append(out, x.ID)
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	return nil
}

// mayCheckForm asks whether the holder checks this draft's form: the one named for it, or
// the chief of office in any case.
func (p Paper) mayCheckForm(a *journal.Act) error {
	if err := org.May(a, org.CheckForm, org.Target{}); err != nil {
		return err
	}
	x, err := org.RightsIn(a)
	if err != nil {
		return err
	}
	if p.Checker != 0 && p.Checker != x.Person && !x.Is(org.OfficeChief) {
		return fault.Forbidden("Dự thảo này được giao người khác kiểm tra thể thức.")
	}
	return nil
}

// apart keeps the drafter and whoever passes the draft apart (documents.md §3.3): alone
// says that the drafter does it himself because nobody else holds the right today.
func apart(a *journal.Act, p Paper, holders []int64, d *org.Directory, sentence string) (alone bool, err error) {
	if a.By.Person != p.Drafter && a.By.For != p.Drafter {
		return false, nil
	}
	var others []string
	for _, h := range holders {
		if _, away := d.Away(h, a.Day()); h != p.Drafter && h != a.By.Person && !away {
			others = append(others, d.Person(h).Polite())
		}
	}
	if len(others) > 0 {
		return false, fault.Forbidden(fmt.Sprintf(sentence, strings.Join(others, ", ")))
	}
	return true, nil
}

// Word is what a person may do with a draft now.
type Word struct {
	Edit, Submit, Content, Form, Sign, Paper, Answer, CloseRound, AskRound, Drop, Hand bool
	Alone                                                                              bool // would initial his own draft because nobody else can
}

// Any reports whether the draft waits for this person.
func (w Word) Any() bool { return w.Content || w.Form || w.Sign || w.Answer }

// WordOf is what a person may do with a draft now; the acts judge again. asked says that
// the person's opinion is outstanding, asker who asks in the open round.
func WordOf(d *org.Directory, x org.Rights, p Paper, actor int64, asked bool, asker int64, day civil.Date) Word {
	var w Word
	mine := p.Drafter == x.Person
	content := x.May(org.CheckContent, org.Target{Unit: d.Successor(p.Unit, day)})
	form := x.May(org.CheckForm, org.Target{}) && (p.Checker == 0 || p.Checker == x.Person || x.Is(org.OfficeChief))
	own := mine || actor == p.Drafter
	free := func(holders []int64) bool {
		if !own {
			return true
		}
		for _, h := range holders {
			if _, away := d.Away(h, day); h != p.Drafter && h != actor && !away {
				return false
			}
		}
		return true
	}
	switch p.State {
	case StateDrafting:
		w.Edit, w.Submit, w.Drop, w.AskRound, w.Hand = mine, mine, mine, mine, mine || content
	case StateInReview:
		w.Content = content && free(ContentHolders(d, p.Unit, day))
		w.Alone = w.Content && own
		w.Edit, w.AskRound = content, content || mine
	case StateOpinion:
		w.Answer, w.CloseRound = asked, asker == x.Person
	case StateFormCheck:
		w.Form = form && free(formHolders(d, day))
		w.Alone, w.Edit = w.Form && own, form
	case StateToSign:
		w.Sign, w.Paper = p.SignsNow() == x.Person, x.May(org.RecordSignature, org.Target{})
	}
	return w
}
