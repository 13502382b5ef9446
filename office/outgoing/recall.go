// SPDX-License-Identifier: Apache-2.0

package outgoing

import (
	"unicode/utf8"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/find"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/notice"
	"soviec/office/org"
	"soviec/office/series"
)

var errFrozen = fault.Conflict("", "Văn bản đang thu hồi: tệp và nơi nhận bị khóa.")

// Recall asks a document back from everybody who has it, by order of the head of the agency
// or of whoever signed it (thu hồi; Điều 18.4). It is frozen from now on; by is the document
// that says so, if one was issued.
func Recall(a *journal.Act, id int64, reason string, answerBy civil.Date, by int64) error {
	d, err := get(a, a.By.Agency, id)
	if err != nil {
		return err
	}
	if err := org.May(a, org.OrderRecall, org.Target{Person: d.Signer}); err != nil {
		return err
	}
	if d.State != StateIssued && d.State != StateFiled {
		return wrongState(d, "thu hồi")
	}
	var errs []error
	if utf8.RuneCountInString(tidy(reason)) < 5 {
		errs = append(errs, fault.Invalid("reason", "Xin ghi lý do thu hồi."))
	}
	if answerBy.Before(a.Day()) {
		errs = append(errs, fault.Invalid("due_on", "Hạn trả lời không được trước hôm nay."))
	}
	if err := fault.Join(errs...); err != nil {
		return err
	}
	if by != 0 {
		if err := linkBy(a, by, Recalls, d); err != nil {
			return err
		}
	}
	if err := change(a, d, "state = 'recalling', frozen = TRUE, recall_reason = $1, recall_due = $2, ordered_by = $3", tidy(reason), answerBy.String(), a.By.Person); err != nil {
		return err
	}
	a.Note(journal.Entry{Kind: RecallBegun, Subject: d.Ref(), DueOn: answerBy, Data: stateData{State: StateRecalling}})
	to, err := RecipientsOf(a, d.ID)
	if err != nil {
		return err
	}
	dir, err := org.DirectoryIn(a)
	if err != nil {
		return err
	}
	for _, x := range to {
		person := x.Ref
		switch {
		case x.Channel != "internal":
			continue
		case x.Kind == "unit":
			person = dir.HeadOf(x.Ref, a.Day())
		}
		if err := tell(a, person, d, RecallBegun, "Văn bản "+d.Label+" bị thu hồi; đề nghị không sử dụng và trả lời."); err != nil {
			return err
		}
	}
	return tellClerks(a, d, RecallBegun, "Lãnh đạo yêu cầu thu hồi văn bản "+d.Label+"; thông báo cho các nơi nhận.")
}

// AnswerRecall notes what a recipient said: the clerk for those outside, a recipient inside
// for himself. When all have answered the recall is complete.
func AnswerRecall(a *journal.Act, id int64, ordinal int, agreed bool, reason string) error {
	d, x, err := delivery(a, id, ordinal)
	if err != nil {
		return err
	}
	if err := mayAnswer(a, x); err != nil {
		return err
	}
	switch {
	case d.State != StateRecalling:
		return wrongState(d, "ghi nhận trả lời thu hồi")
	case x.Purpose == "store" || x.Answer != "":
		return fault.Conflict("", "“"+x.Name+"” đã trả lời hoặc không phải trả lời.")
	case !agreed && tidy(reason) == "":
		return fault.Invalid("reason", "Xin ghi lý do không đồng ý thu hồi.")
	}
	word := "refused"
	if agreed {
		word = "agreed"
	}
	if err := setAnswer(a, d.ID, ordinal, word, tidy(reason)); err != nil {
		return err
	}
	a.Note(journal.Entry{Kind: RecallAnswer, Subject: d.Ref(), Amount: int64(ordinal), Data: map[string]string{"answer": word}})
	left, err := unanswered(a, d.ID)
	if err != nil || left > 0 {
		return err
	}
	return recalled(a, d)
}

func mayAnswer(a *journal.Act, x Delivery) error {
	dir, err := org.DirectoryIn(a)
	if err != nil {
		return err
	}
	me := a.By.Person
	if a.By.For != 0 {
		me = a.By.For
	}
	if x.Channel == "internal" && (x.Kind == "person" && x.Ref == me || x.Kind == "unit" && dir.HeadOf(x.Ref, a.Day()) == me) {
		return org.May(a, org.OwnAccount, org.Target{Person: a.By.Person})
	}
	return org.May(a, org.SendOut, org.Target{})
}

// FinishRecall ends a recall whose time for answers is over.
func FinishRecall(a *journal.Act, id int64) error {
	if err := org.May(a, org.SendOut, org.Target{}); err != nil {
		return err
	}
	d, err := get(a, a.By.Agency, id)
	if err != nil {
		return err
	}
	if d.State != StateRecalling {
		return wrongState(d, "hoàn tất thu hồi")
	}
	if left, err := unanswered(a, d.ID); err != nil {
		return err
	} else if left > 0 && !a.Day().After(d.RecallDue) {
		return fault.Conflict("", "Còn nơi nhận chưa trả lời; hạn trả lời đến hết ngày "+d.RecallDue.VN()+".")
	}
	return recalled(a, d)
}

func recalled(a *journal.Act, d Document) error {
	d, err := get(a, a.By.Agency, d.ID)
	if err != nil {
		return err
	}
	if err := change(a, d, "state = 'recalled'"); err != nil {
		return err
	}
	a.Note(journal.Entry{Kind: Recalled, Subject: d.Ref(), Data: stateData{State: StateRecalled}})
	return tell(a, d.OrderedBy, d, Recalled, "Việc thu hồi văn bản "+d.Label+" đã hoàn tất.")
}

// Correct says that another document corrects errors of form or procedure in this one
// (đính chính; Điều 18.3: by a công văn). This one stays valid and carries the banner.
func Correct(a *journal.Act, id, by int64) error { return follow(a, id, by, Corrects) }

// Replace says that another document takes the place of this one, because its content was
// wrong (Điều 18.3: by a document of equal form).
func Replace(a *journal.Act, id, by int64) error { return follow(a, id, by, Replaces) }

func follow(a *journal.Act, id, by int64, kind string) error {
	if err := org.May(a, org.SendOut, org.Target{}); err != nil {
		return err
	}
	d, err := get(a, a.By.Agency, id)
	if err != nil {
		return err
	}
	if d.State != StateIssued && d.State != StateFiled {
		return wrongState(d, map[string]string{Corrects: "đính chính", Replaces: "thay thế"}[kind])
	}
	if err := linkBy(a, by, kind, d); err != nil {
		return err
	}
	to, entry := d.State, Corrected
	if kind == Replaces {
		to, entry = StateSuperseded, Superseded
		if err := change(a, d, "state = 'superseded'"); err != nil {
			return err
		}
	}
	a.Note(journal.Entry{Kind: entry, Subject: d.Ref(), Data: stateData{State: to, Other: journal.Ref(RefOutgoing, by)}})
	return nil
}

// linkBy ties a later document to the one it recalls, corrects or replaces.
func linkBy(a *journal.Act, by int64, kind string, d Document) error {
	n, err := get(a, a.By.Agency, by)
	if err != nil {
		return fault.Invalid("by", "Không có văn bản này.")
	}
	switch {
	case n.ID == d.ID:
		return fault.Invalid("by", "Văn bản không tự đính chính, thay thế hoặc thu hồi chính nó.")
	case !n.State.Out():
		return fault.Invalid("by", "Văn bản "+n.Label+" chưa phát hành.")
	case n.IssuedAt.Before(d.IssuedAt):
		return fault.Invalid("by", "Văn bản "+n.Label+" phát hành trước văn bản "+d.Label+".")
	case kind == Corrects && n.Type != "CV":
		return fault.Invalid("by", "Sai sót về thể thức, kỹ thuật trình bày, thủ tục được đính chính bằng công văn (Điều 18.3).")
	case kind == Replaces && n.Type != d.Type:
		return fault.Invalid("by", "Sai sót về nội dung phải sửa đổi, thay thế bằng văn bản có hình thức tương đương (Điều 18.3).")
	}
	if err := insertLink(a, Link{Document: n.ID, Kind: kind, Other: d.Ref()}); err != nil {
		if store.IsUnique(err) {
			return fault.Conflict("by", "Đã ghi văn bản này.")
		}
		return err
	}
	return nil
}

// AskVoid asks the chief of office to void a number before anything left (đề nghị hủy số).
func AskVoid(a *journal.Act, id int64, reason string) error {
	if err := org.May(a, org.AskVoid, org.Target{}); err != nil {
		return err
	}
	d, err := get(a, a.By.Agency, id)
	if err != nil {
		return err
	}
	if d.State != StateNumbered && d.State != StateSealed {
		return wrongState(d, "hủy số")
	}
	if utf8.RuneCountInString(tidy(reason)) < 5 {
		return fault.Invalid("reason", "Xin ghi lý do hủy số.")
	}
	if err := insertVoiding(a, d.ID, tidy(reason)); err != nil {
		if store.IsUnique(err) {
			return fault.Conflict("", "Đã có đề nghị hủy số này, đang chờ duyệt.")
		}
		return err
	}
	a.Note(journal.Entry{Kind: VoidAsked, Subject: d.Ref()})
	dir, err := org.DirectoryIn(a)
	if err != nil {
		return err
	}
	for _, p := range dir.With(a.Day(), org.OfficeChief) {
		if err := tell(a, p.ID, d, VoidAsked, "Văn thư đề nghị hủy số "+d.Label+"."); err != nil {
			return err
		}
	}
	return nil
}

// DecideVoid grants or refuses the voiding. The row stays in the register, struck through;
// whoever asked cannot decide.
func DecideVoid(a *journal.Act, id int64, grant bool, answer string) error {
	d, err := get(a, a.By.Agency, id)
	if err != nil {
		return err
	}
	asked, err := OpenVoiding(a, d.ID)
	if err == store.ErrNone {
		return fault.Conflict("", "Không còn đề nghị hủy số nào đang chờ.")
	}
	if err != nil {
		return err
	}
	if err := org.May(a, org.DecideVoid, org.Target{Person: asked.AskedBy}); err != nil {
		return err
	}
	if a.By.Person == asked.AskedBy {
		return fault.Forbidden("Người đề nghị hủy số không tự duyệt đề nghị của mình.")
	}
	if !grant && tidy(answer) == "" {
		return fault.Invalid("reason", "Xin ghi lý do không đồng ý.")
	}
	word, kind, said := "refused", VoidRefused, "không đồng ý hủy"
	if grant {
		word, kind, said = "granted", NumberVoided, "đồng ý hủy"
		if d.State != StateNumbered && d.State != StateSealed {
			return wrongState(d, "hủy số")
		}
		if _, err := series.Void(a, d.Slot, asked.Reason); err != nil {
			return err
		}
		if err := change(a, d, "state = 'number_void'"); err != nil {
			return err
		}
		if err := find.PutBody(a, a.By.Agency, d.Ref(), ""); err != nil {
			return err
		}
	}
	if err := decideVoiding(a, asked.ID, word, tidy(answer)); err != nil {
		return err
	}
	state := d.State
	if grant {
		state = StateVoid
	}
	a.Note(journal.Entry{Kind: kind, Subject: d.Ref(), Amount: d.Number, Data: stateData{State: state}})
	return tell(a, asked.AskedBy, d, kind, "Chánh Văn phòng "+said+" số "+d.Label+".")
}

// FileAway puts an issued document into a work dossier (lập hồ sơ; Điều 29).
func FileAway(a *journal.Act, id int64, dossier string) error {
	d, err := get(a, a.By.Agency, id)
	if err != nil {
		return err
	}
	if err := org.May(a, org.DoWork, org.Target{Holder: d.Drafter, Unit: d.Unit}); err != nil {
		return err
	}
	if d.State != StateIssued && d.State != StateFiled {
		return wrongState(d, "lập hồ sơ")
	}
	if tidy(dossier) == "" {
		return fault.Invalid("dossier", "Xin ghi số, ký hiệu hồ sơ.")
	}
	if err := change(a, d, "state = 'filed', dossier = $1", tidy(dossier)); err != nil {
		return err
	}
	a.Note(journal.Entry{Kind: Filed, Subject: d.Ref(), Data: stateData{State: StateFiled}})
	return nil
}

// Shelved is told that a document lies in a work dossier now: an issued one is filed with
// it. The room of dossiers has asked whether this may be.
func Shelved(a *journal.Act, id int64, dossier string) error {
	d, err := get(a, a.By.Agency, id)
	if err != nil || d.State != StateIssued {
		return err
	}
	if err := change(a, d, "state = 'filed', dossier = $1", tidy(dossier)); err != nil {
		return err
	}
	a.Note(journal.Entry{Kind: Filed, Subject: d.Ref(), Data: stateData{State: StateFiled}})
	return nil
}

func tell(a *journal.Act, person int64, d Document, kind, text string) error {
	_, err := notice.Tell(a, notice.Item{Person: person, Matter: d.Ref(), Kind: kind, Text: text, Link: d.Address(), Urgent: d.Urgency > 0})
	return err
}
