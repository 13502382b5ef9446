// SPDX-License-Identifier: Apache-2.0

package draft

import (
	"slices"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/org"
)

// Hand gives a draft that is being written to somebody else of the unit, who goes on with it
// (giao người khác soạn tiếp): by the drafter, or by whoever heads the unit. What the drafter
// might do the other may do from now on; the one before still reads it.
func Hand(a *journal.Act, id, to int64, reason string) error {
	p, d, err := open(a, id)
	if err != nil {
		return err
	}
	unit := d.Successor(p.Unit, a.Day())
	if err := org.May(a, org.HandleDraft, org.Target{Person: p.Drafter}); err != nil {
		if err := org.May(a, org.CheckContent, org.Target{Unit: unit}); err != nil {
			return err
		}
	}
	if p.State != StateDrafting {
		return notNow(p)
	}
	if reason, err = said("reason", reason, "Hãy ghi lý do giao người khác soạn tiếp."); err != nil {
		return err
	}
	if !slices.Contains(HandTo(d, p, a.Day()), to) {
		return fault.Invalid("person", "Hãy chọn một người khác của đơn vị soạn thảo, đang giữ vị trí và được soạn văn bản.")
	}
	from := p.Drafter
	p.Drafter = to
	if err := setDrafter(a, p); err != nil {
		return err
	}
	if err := insertHanded(a, p.ID, from, to, reason); err != nil {
		return err
	}
	if err := p.letIn(a, personTag(to)); err != nil {
		return err
	}
	p.note(a, Handed, stepData{To: to})
	if err := p.tell(a, to, Handed, a.By.Name+" giao anh/chị soạn tiếp dự thảo "+p.title()+"."); err != nil {
		return err
	}
	return p.tell(a, from, Handed, "Dự thảo "+p.title()+" đã giao "+d.Person(to).Polite()+" soạn tiếp.")
}

// HandTo are those who may go on with a draft on a day.
func HandTo(d *org.Directory, p Paper, day civil.Date) []int64 {
	var out []int64
	for _, x := range d.Members(d.Successor(p.Unit, day), day) {
		if x.ID != p.Drafter && d.Rights(x.ID, day).May(org.WriteDraft, org.Target{}) {
			out = append(out, x.ID)
		}
	}
	return out
}
