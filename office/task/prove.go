// SPDX-License-Identifier: Apache-2.0

package task

import (
	"fmt"
	"time"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
)

// Prove finishes a work by the record that its order names as proof (hoàn thành theo minh
// chứng; evaluation.md 3.2): the document issued, the dossier returned, the report filed.
// It was finished when the record came to be, however late that is told. The room of the
// record has asked whether it may be; a work that is over stays as it is.
func Prove(a *journal.Act, work int64, ref string, happenedAt time.Time) error {
	d, err := open(a, work)
	if err != nil {
		return err
	}
	lead := d.w.Lead()
	if lead == nil || d.w.State != WorkOpen {
		return nil
	}
	if d.w.Proof == "" || d.w.Proof == ProofSubmission {
		return fault.Conflict("", "Việc này kết thúc khi người giao xác nhận kết quả, không theo minh chứng.")
	}
	return d.proved(a, lead, d.w.Proof, ref, happenedAt)
}

// Answered says that a document was issued which answers a work. Its number stands as the
// work's answer; the work is finished by it if its order names an issued document as proof,
// or if whoever signed the answer signed that it ends the matter (closes).
func Answered(a *journal.Act, work int64, ref, number string, at time.Time, closes bool) error {
	d, err := open(a, work)
	if err != nil {
		return err
	}
	lead := d.w.Lead()
	if lead == nil || d.w.State != WorkOpen {
		return nil
	}
	lead.Answer = number
	if closes || d.w.Proof == ProofDocument {
		return d.proved(a, lead, ProofDocument, ref, at)
	}
	return fault.Internal(updateShare(a, *lead))
}

// proved finishes the work of a share by a record.
func (d *deed) proved(a *journal.Act, lead *Share, kind, ref string, happenedAt time.Time) error {
	_, _, ok := journal.ParseRef(ref)
	switch {
	case !ok:
		return fault.Invalid("proof", "Không tìm thấy bản ghi làm minh chứng.")
	case happenedAt.IsZero() || happenedAt.After(a.At):
		return fault.Invalid("happened_at", "Thời điểm của minh chứng không được sau hiện tại.")
	case happenedAt.Before(d.w.GivenAt):
		return fault.Invalid("happened_at", "Minh chứng có từ trước khi giao việc ("+civil.Of(d.w.GivenAt).VN()+").")
	}
	if lead.State == StateReported { // the record overtakes the result that waits
		if err := d.outcome(lead, "void", false); err != nil {
			return err
		}
	} else if err := d.stillAt(lead, true, happenedAt); err != nil {
		return err
	}
	if lead.StartedAt.IsZero() {
		lead.StartedAt = happenedAt
	}
	lead.State, lead.ReportedAt, lead.ReportedBy = StateReported, happenedAt, lead.Holder
	if lead.Result == "" {
		lead.Result = "Hoàn thành theo minh chứng."
	}
	if err := d.settle(lead, "", "refused", "Việc đã hoàn thành theo minh chứng."); err != nil {
		return err
	}
	if err := d.handIn(lead, kind, ref, happenedAt); err != nil {
		return err
	}
	if err := d.note(Proved, lead, Data{Kind: kind, Ref: ref}, ""); err != nil {
		return err
	}
	if err := d.tell(d.w.Giver, Proved, fmt.Sprintf("“%s” hoàn thành theo minh chứng ngày %s.", d.w.Title, civil.Of(happenedAt).VN())); err != nil {
		return err
	}
	return d.finish(lead, "")
}
