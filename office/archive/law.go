// SPDX-License-Identifier: Apache-2.0

package archive

import (
	"fmt"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/org"
)

// An Edition is a day from which lines of the retention table are in force.
type Edition struct {
	From  civil.Date
	Lines int
}

// Editions are the days on which the table changed, latest first.
func Editions(r store.Reader, agency int64) ([]Edition, error) {
	all, err := editions(r, agency)
	return all, fault.Internal(err)
}

// A Retermed is a dossier whose term was taken from a line of the table that says something
// else since: a proposal, never done by itself (văn bản mới thay đổi thời hạn bảo quản).
type Retermed struct {
	Dossier Dossier
	Rule    Rule
}

// ChangedByLaw are the dossiers opened before their line of the table changed and that nobody
// has looked at since.
func ChangedByLaw(r store.Reader, agency int64, day civil.Date, limit int) ([]Retermed, error) {
	all, err := changedByLaw(r, agency, day, limit)
	if err != nil || len(all) == 0 {
		return nil, fault.Internal(err)
	}
	rules, err := rulesOn(r, agency, day)
	now := map[string]Rule{}
	for _, t := range rules {
		now[t.Code] = t
	}
	out := make([]Retermed, len(all))
	for i, d := range all {
		out[i] = Retermed{d, now[d.Rule]}
	}
	return out, fault.Internal(err)
}

// AnswerLaw gives a dossier the term that its line of the table has now, or leaves it as it is
// for a reason.
func AnswerLaw(a *journal.Act, dossier int64, adopt bool, why string) error {
	if err := org.May(a, org.ManageRetention, org.Target{}); err != nil {
		return err
	}
	d, err := lock(a, dossier)
	if err != nil {
		return err
	}
	rule, err := ruleFor(a, a.By.Agency, d)
	switch why = Tidy(why); {
	case err != nil:
		return err
	case d.Frozen:
		return errFrozen
	case rule.Code == "" || rule.Term == d.Term || rule.ValidFrom.After(a.Day()) || d.State == Proposed || d.State == Destroyed:
		return fault.Conflict("", "Thời hạn bảo quản của hồ sơ này không còn phải xét lại.")
	case !adopt && why == "":
		return fault.Invalid("why", "Xin ghi vì sao giữ nguyên thời hạn bảo quản.")
	}
	if err := most("why", "Lý do", why, 500); err != nil {
		return err
	}
	if !adopt {
		key := fmt.Sprintf("law:%d", rule.ID)
		if err := insertSettled(a, d.ID, key, why); err != nil {
			return fault.Internal(err)
		}
		a.Note(journal.Entry{Kind: FindingSettled, Subject: d.Ref(), Data: moveData{To: d.State, Finding: key}})
		return nil
	}
	if d.Term = rule.Term; d.State == Closed || d.State == DueOut || d.State == SentBack {
		d.DueOn = d.transferDue()
	}
	if err := save(a, &d); err != nil {
		return err
	}
	a.Note(journal.Entry{Kind: Described, Subject: d.Ref(), DueOn: d.DueOn, Data: moveData{To: d.State, Years: d.Term.Years, Permanent: d.Term.Permanent}})
	return tell(a, d, d.Keeper, Described, "Hồ sơ "+d.Notation+": thời hạn bảo quản đổi thành "+d.Term.Words()+" theo bảng thời hạn có hiệu lực từ "+rule.ValidFrom.VN()+".")
}
