// SPDX-License-Identifier: Apache-2.0

package outgoing

import (
	"unicode/utf8"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/org"
	"soviec/office/series"
)

func wrongCopy(c CertifiedCopy, what string) error {
	return fault.Conflict("", "Không "+what+" được: bản sao đang ở trạng thái “"+c.Standing()+"”.")
}

// SignCopy signs a copy, or lets an electronic one be made: on that only the agency's
// signature will stand (Phụ lục I phần II mục I.3).
func SignCopy(a *journal.Act, id int64) error {
	if err := org.May(a, org.SignCopy, org.Target{}); err != nil {
		return err
	}
	c, err := copyByID(a, a.By.Agency, id)
	if err != nil {
		return err
	}
	if a.By.Person != c.Signer || a.By.For != 0 {
		return fault.Forbidden("Bản sao này trình " + c.SignerName + " ký.")
	}
	return signCopy(a, c, a.Day())
}

// RecordCopySignature notes that a paper copy was signed on a day.
func RecordCopySignature(a *journal.Act, id int64, day civil.Date) error {
	if err := org.May(a, org.RecordSignature, org.Target{}); err != nil {
		return err
	}
	c, err := copyByID(a, a.By.Agency, id)
	if err != nil {
		return err
	}
	if c.Way.Electronic() {
		return fault.Conflict("", "Bản sao điện tử do "+c.SignerName+" đồng ý trên hệ thống rồi ký số của cơ quan; không ghi nhận chữ ký giấy.")
	}
	switch {
	case day.IsZero():
		day = a.Day()
	case day.After(a.Day()):
		return fault.Invalid("day", "Ngày ký không được sau hôm nay.")
	case day.Before(civil.Of(c.MadeAt)):
		return fault.Invalid("day", "Ngày ký không được trước ngày làm bản sao ("+civil.Of(c.MadeAt).VN()+").")
	}
	return signCopy(a, c, day)
}

func signCopy(a *journal.Act, c CertifiedCopy, day civil.Date) error {
	if c.State != StateMade {
		return wrongCopy(c, "ký")
	}
	dir, err := org.DirectoryIn(a)
	if err != nil {
		return err
	}
	as, err := CopySigner(dir, c.Signer, c.Kind, day)
	if err != nil {
		return err
	}
	if string(as.Code) != c.Capacity {
		return fault.Conflict("", "Tư cách ký của "+c.SignerName+" ngày "+day.VN()+" đã khác khi trình; hãy lập lại bản sao.")
	}
	if err := changeCopy(a, c, "state = 'signed', signed_on = $1", day.String()); err != nil {
		return err
	}
	a.Note(journal.Entry{Kind: CopySigned, Subject: c.Ref(), Data: copyData{State: StateSigned}})
	for _, p := range dir.With(a.Day(), org.Clerk, org.DeputyClerk) {
		if err := tellCopy(a, p.ID, c, CopySigned, "Bản sao đã ký, chờ cấp số: "+c.Title()+"."); err != nil {
			return err
		}
	}
	return nil
}

// DropCopy gives up a copy that has no number yet.
func DropCopy(a *journal.Act, id int64) error {
	c, err := copyByID(a, a.By.Agency, id)
	if err != nil {
		return err
	}
	act := org.NumberOut
	if a.By.Person == c.Signer {
		act = org.SignCopy
	}
	if err := org.May(a, act, org.Target{}); err != nil {
		return err
	}
	if c.State != StateMade && c.State != StateSigned {
		return wrongCopy(c, "thôi sao")
	}
	if err := changeCopy(a, c, "state = 'dropped'"); err != nil {
		return err
	}
	a.Note(journal.Entry{Kind: CopyDropped, Subject: c.Ref(), Data: copyData{State: StateDropped}})
	return nil
}

// NumberCopy gives a signed copy its number of the series that the three forms share, and
// its day. What is copied must still be in force.
func NumberCopy(a *journal.Act, id int64) (CertifiedCopy, error) {
	if err := org.May(a, org.NumberOut, org.Target{}); err != nil {
		return CertifiedCopy{}, err
	}
	c, err := copyByID(a, a.By.Agency, id)
	if err != nil || c.State == StateNumbered {
		return c, err
	}
	if c.State != StateSigned {
		return c, wrongCopy(c, "cấp số")
	}
	dir, err := org.DirectoryIn(a)
	if err != nil {
		return c, err
	}
	if _, _, err := sourceOf(a, a.By.Agency, dir.Rights(a.By.Person, a.Day()), c.Source); err != nil {
		return c, err
	}
	s, err := series.Take(a, series.Ask{Direction: series.Copy, Kind: series.Kind{Code: string(c.Kind), Abbr: string(c.Kind)}, Subject: c.Ref(), Key: c.Ref()})
	if err != nil {
		return c, err
	}
	if err := changeCopy(a, c, "state = 'numbered', slot = $1, year = $2, number = $3, label = $4, day = $5", s.ID, s.Year, s.Number, s.Label, s.Day.String()); err != nil {
		return c, err
	}
	a.Note(journal.Entry{Kind: CopyNumbered, Subject: c.Ref(), Amount: s.Number, Data: copyData{State: StateNumbered, Slot: s.ID, Number: s.Number}})
	return copyByID(a, a.By.Agency, id)
}

// WriteCopy adds the file that bears the copy's form, number and day, or its corner line.
func WriteCopy(a *journal.Act, id int64, f File) error {
	if err := org.May(a, org.NumberOut, org.Target{}); err != nil {
		return err
	}
	c, err := copyByID(a, a.By.Agency, id)
	if err != nil {
		return err
	}
	if c.State != StateNumbered {
		return wrongCopy(c, "lập tệp")
	}
	if err := changeCopy(a, c, "handed = ''"); err != nil {
		return err
	}
	if err := insertCopyFile(a, c.ID, "numbered", f); err != nil {
		return err
	}
	a.Note(journal.Entry{Kind: CopyWritten, Subject: c.Ref(), Data: copyData{SHA: f.SHA, State: StateNumbered}})
	return nil
}

func maySealCopy(a *journal.Act, id int64, electronic bool) (CertifiedCopy, error) {
	c, err := copyByID(a, a.By.Agency, id)
	if err != nil {
		return c, err
	}
	if err := org.May(a, org.SealOut, org.Target{Person: c.Signer}); err != nil {
		return c, err
	}
	switch {
	case c.State != StateNumbered:
		return c, wrongCopy(c, "đóng dấu, phát hành")
	case c.VoidAskedBy != 0:
		return c, fault.Conflict("", "Đang chờ duyệt đề nghị hủy số của bản sao này.")
	case electronic && !c.Way.Electronic():
		return c, fault.Conflict("", "Bản sao giấy thì đóng dấu, không ký số.")
	case !electronic && c.Way.Electronic():
		return c, fault.Conflict("", "Bản sao điện tử phải có chữ ký số của cơ quan.")
	}
	return c, nil
}

// IssueCopy notes that a paper copy was stamped and given out.
func IssueCopy(a *journal.Act, id int64) error {
	c, err := maySealCopy(a, id, false)
	if err != nil {
		return err
	}
	return issueCopy(a, c, "", Evidence{})
}

// PrepareCopySeal hands the file of an electronic copy to the agency's key.
func PrepareCopySeal(a *journal.Act, id int64) (File, error) {
	c, err := maySealCopy(a, id, true)
	if err != nil {
		return File{}, err
	}
	files, err := CopyFiles(a, c.ID)
	if err != nil {
		return File{}, err
	}
	if len(files) == 0 || files[0].Stage != "numbered" {
		return File{}, fault.Conflict("", "Chưa lập tệp bản sao.")
	}
	if err := changeCopy(a, c, "handed = $1", files[0].SHA); err != nil {
		return File{}, err
	}
	a.Note(journal.Entry{Kind: SealPrepared, Subject: c.Ref(), Data: copyData{State: c.State, SHA: files[0].SHA}})
	return files[0], nil
}

// CompleteCopySeal takes the sealed file in: on a copy the agency's signature alone stands.
func CompleteCopySeal(a *journal.Act, id int64, f File, ev Evidence) error {
	c, err := maySealCopy(a, id, true)
	if err != nil {
		return err
	}
	switch {
	case c.Handed == "":
		return fault.Conflict("", "Chưa lấy tệp để ký số.")
	case !ev.Kept:
		return fault.Invalid("files", "Tệp đã ký không phải tệp đã giao để ký, hoặc có thay đổi sau chữ ký. "+ev.Verdict)
	case ev.Personal:
		return fault.Invalid("files", "Trên bản sao điện tử chỉ có chữ ký số của cơ quan. "+ev.Verdict)
	case !ev.Agency:
		return fault.Invalid("files", "Tệp chưa có chữ ký số hợp lệ của cơ quan. "+ev.Verdict)
	}
	if err := insertCopyFile(a, c.ID, "sealed", f); err != nil {
		return err
	}
	if err := insertSealed(a, c.Ref(), c.Handed, f.SHA, ev); err != nil {
		return err
	}
	return issueCopy(a, c, f.SHA, ev)
}

func issueCopy(a *journal.Act, c CertifiedCopy, sha string, ev Evidence) error {
	if err := series.MarkOut(a, c.Slot); err != nil {
		return err
	}
	if err := changeCopy(a, c, "state = 'issued', issued_at = $1, verdict = $2", store.Instant(a.At), ev.Verdict); err != nil {
		return err
	}
	a.Note(journal.Entry{Kind: CopyIssued, Subject: c.Ref(), Data: copyData{State: StateIssued, SHA: sha, Key: ev.Key}})
	return nil
}

// AskCopyVoid asks the chief of office to void the number of a copy that was not given out.
func AskCopyVoid(a *journal.Act, id int64, reason string) error {
	if err := org.May(a, org.AskVoid, org.Target{}); err != nil {
		return err
	}
	c, err := copyByID(a, a.By.Agency, id)
	if err != nil {
		return err
	}
	switch {
	case c.State != StateNumbered:
		return wrongCopy(c, "hủy số")
	case c.VoidAskedBy != 0:
		return fault.Conflict("", "Đã có đề nghị hủy số này, đang chờ duyệt.")
	case utf8.RuneCountInString(tidy(reason)) < 5:
		return fault.Invalid("reason", "Xin ghi lý do hủy số.")
	}
	if err := changeCopy(a, c, "void_reason = $1, void_asked_by = $2", tidy(reason), a.By.Person); err != nil {
		return err
	}
	a.Note(journal.Entry{Kind: VoidAsked, Subject: c.Ref(), Data: copyData{State: c.State}})
	dir, err := org.DirectoryIn(a)
	if err != nil {
		return err
	}
	for _, p := range dir.With(a.Day(), org.OfficeChief) {
		if err := tellCopy(a, p.ID, c, VoidAsked, "Văn thư đề nghị hủy số bản sao "+c.Label+"."); err != nil {
			return err
		}
	}
	return nil
}

// DecideCopyVoid grants or refuses it. The row stays in the book, struck through.
func DecideCopyVoid(a *journal.Act, id int64, grant bool) error {
	c, err := copyByID(a, a.By.Agency, id)
	if err != nil {
		return err
	}
	if c.VoidAskedBy == 0 || c.State != StateNumbered {
		return fault.Conflict("", "Không còn đề nghị hủy số nào đang chờ.")
	}
	if err := org.May(a, org.DecideVoid, org.Target{Person: c.VoidAskedBy}); err != nil {
		return err
	}
	if !grant {
		if err := changeCopy(a, c, "void_reason = '', void_asked_by = 0"); err != nil {
			return err
		}
		a.Note(journal.Entry{Kind: VoidRefused, Subject: c.Ref(), Data: copyData{State: c.State}})
		return tellCopy(a, c.VoidAskedBy, c, VoidRefused, "Chánh Văn phòng không đồng ý hủy số bản sao "+c.Label+".")
	}
	if _, err := series.Void(a, c.Slot, c.VoidReason); err != nil {
		return err
	}
	if err := changeCopy(a, c, "state = 'number_void', void_by = $1, void_at = $2", a.By.Person, store.Instant(a.At)); err != nil {
		return err
	}
	a.Note(journal.Entry{Kind: NumberVoided, Subject: c.Ref(), Amount: c.Number, Data: copyData{State: StateVoid}})
	return tellCopy(a, c.VoidAskedBy, c, NumberVoided, "Chánh Văn phòng đồng ý hủy số bản sao "+c.Label+".")
}
