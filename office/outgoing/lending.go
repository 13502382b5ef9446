// SPDX-License-Identifier: Apache-2.0

package outgoing

import (
	"time"
	"unicode/utf8"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/notice"
	"soviec/office/org"
)

// A Use is somebody using a kept copy (sổ sử dụng bản lưu 8.5).
type Use struct {
	ID         int64
	Document   int64
	On         civil.Date
	Borrower   int64  // somebody of the agency; 0 for others
	Person     string // the name as it stands in the book
	Purpose    string
	Dossier    string
	DueOn      civil.Date // when it is to be back
	AllowedBy  int64
	ReturnedOn civil.Date
	ReturnedAt time.Time
	Note       string
}

// Over reports whether a kept copy should have been back before a day.
func (u Use) Over(today civil.Date) bool {
	return u.ReturnedOn.IsZero() && !u.DueOn.IsZero() && u.DueOn.Before(today)
}

// lendMost is for how long a kept copy may be out.
const lendMost = 90

// LendKept notes that a kept copy is used, what for, until when, and who allowed it. There
// is one kept copy: while it is out nobody else gets it.
func LendKept(a *journal.Act, u Use) error {
	if err := org.May(a, org.SendOut, org.Target{}); err != nil {
		return err
	}
	d, err := get(a, a.By.Agency, u.Document)
	if err != nil {
		return err
	}
	if !d.State.Out() {
		return wrongState(d, "cho sử dụng bản lưu")
	}
	dir, err := org.DirectoryIn(a)
	if err != nil {
		return err
	}
	if u.Borrower != 0 {
		u.Person = dir.Person(u.Borrower).Name
	}
	u.ID, u.Person, u.Purpose, u.Dossier, u.Note = a.NewID(), tidy(u.Person), tidy(u.Purpose), tidy(u.Dossier), tidy(u.Note)
	if u.On.IsZero() {
		u.On = a.Day()
	}
	var errs []error
	wrong := func(field, text string) { errs = append(errs, fault.Invalid(field, text)) }
	switch {
	case u.Person == "":
		wrong("person", "Xin ghi họ tên người sử dụng.")
	case utf8.RuneCountInString(u.Person) > 100:
		wrong("person", "Họ tên không quá 100 ký tự.")
	}
	if n := utf8.RuneCountInString(u.Purpose); n < 5 || n > 200 {
		wrong("purpose", "Xin ghi mục đích sử dụng, từ 5 đến 200 ký tự.")
	}
	if u.On.After(a.Day()) {
		wrong("on", "Ngày không được sau hôm nay.")
	}
	switch {
	case u.DueOn.IsZero():
		wrong("due_on", "Xin ghi ngày hẹn trả.")
	case u.DueOn.Before(a.Day()):
		wrong("due_on", "Ngày hẹn trả không được trước hôm nay.")
	case u.DueOn.After(a.Day().AddDays(lendMost)):
		wrong("due_on", "Bản lưu cho sử dụng không quá 90 ngày; cần lâu hơn thì sao y.")
	}
	if x := dir.Rights(u.AllowedBy, a.Day()); !x.Leader() && !x.Is(org.OfficeChief) {
		wrong("allowed_by", "Người cho phép phải là lãnh đạo cơ quan hoặc Chánh Văn phòng.")
	}
	if u.Borrower != 0 && u.Borrower == u.AllowedBy {
		wrong("allowed_by", "Người sử dụng không tự cho phép mình.")
	}
	out, err := outUse(a, d.ID)
	switch {
	case err == nil:
		wrong("", "Bản lưu của "+d.Label+" đang do "+out.Person+" sử dụng từ "+out.On.VN()+", chưa trả.")
	case err != store.ErrNone:
		return err
	}
	if err := fault.Join(append(errs, notPrinted(a, BookUse, u.On))...); err != nil {
		return err
	}
	if err := insertUse(a, u); err != nil {
		return err
	}
	a.Note(journal.Entry{Kind: KeptUsed, Subject: d.Ref(), DueOn: u.DueOn, Data: map[string]int64{"use": u.ID, "allowed": u.AllowedBy}})
	return nil
}

// ReturnKept notes that a kept copy is back.
func ReturnKept(a *journal.Act, doc, use int64) error {
	if err := org.May(a, org.SendOut, org.Target{}); err != nil {
		return err
	}
	n, err := setReturned(a, doc, use)
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.Conflict("", "Bản lưu này đã trả hoặc không có trong sổ.")
	}
	a.Note(journal.Entry{Kind: KeptReturned, Subject: journal.Ref(RefOutgoing, doc), Data: map[string]int64{"use": use}})
	return nil
}

// remindLoans tells the clerks, and whoever has it, of kept copies that should be back.
func remindLoans(a *journal.Act, dir *org.Directory, late []Use) (told int, err error) {
	ids := make([]int64, len(late))
	for i, u := range late {
		ids[i] = u.Document
	}
	docs, err := ByIDs(a, a.By.Agency, ids)
	if err != nil {
		return 0, err
	}
	for _, u := range late {
		d := docs[u.Document]
		text := "Bản lưu " + d.Label + " quá hẹn trả từ " + u.DueOn.VN() + ": " + u.Person + " đang giữ."
		tell := func(person int64, text, link string) error {
			fresh, err := notice.Tell(a, notice.Item{Person: person, Matter: d.Ref(), Kind: KeptLate, Text: text, Link: link})
			if fresh {
				told++
			}
			return err
		}
		for _, p := range dir.With(a.Day(), org.Clerk, org.DeputyClerk) {
			if err := tell(p.ID, text, d.Address()); err != nil {
				return told, err
			}
		}
		if u.Borrower == 0 {
			continue
		}
		if err := tell(u.Borrower, "Đã quá hẹn trả bản lưu "+d.Label+" ("+u.DueOn.VN()+"); xin trả văn thư.", "/thong-bao"); err != nil {
			return told, err
		}
	}
	return told, nil
}
