// SPDX-License-Identifier: Apache-2.0

package org

import (
	"time"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
)

// A NewAbsence is a time away to be declared: From and To are both days away.
type NewAbsence struct {
	Person, StandIn int64
	From, To        civil.Date
	Reason          string
}

type absenceData struct {
	Absence int64      `json:"absence"`
	StandIn int64      `json:"stand_in,omitempty"`
	From    civil.Date `json:"from"`
	To      civil.Date `json:"to"`
}

// DeclareAbsence declares that a person is away and who stands in meanwhile (vắng mặt,
// cử người làm thay). The stand-in has the person's rights on the days of the absence
// only, whenever it is declared.
func DeclareAbsence(a *journal.Act, n NewAbsence) (int64, error) {
	d, p, err := personIn(a, n.Person)
	if err != nil {
		return 0, err
	}
	if err := mayDeclare(a, d, n.Person); err != nil {
		return 0, err
	}
	n.Reason = line(n.Reason)
	if err := checkAbsence(d, p, n, a.By.Person); err != nil {
		return 0, err
	}
	x := Absence{ID: a.NewID(), Person: n.Person, StandIn: n.StandIn, From: n.From, To: n.To, Reason: n.Reason}
	a.Note(journal.Entry{Kind: AbsenceDeclared, Subject: journal.Ref("person", n.Person), Data: absenceData{x.ID, x.StandIn, x.From, x.To}})
	if err := insertAbsence(a, a.By.Agency, x, a.By.Person, a.At); err != nil {
		return 0, err
	}
	return x.ID, touch(a, a.By.Agency)
}

// mayDeclare asks for the units the person really works in, whatever the form said.
func mayDeclare(a *journal.Act, d *Directory, person int64) error {
	target := Target{Person: person}
	if post, ok := d.PostOn(person, a.Day()); ok {
		target.Unit = post.Unit
	}
	return May(a, ManageAbsence, target)
}

func checkAbsence(d *Directory, p Person, n NewAbsence, by int64) error {
	var errs []error
	switch {
	case n.From.IsZero():
		errs = append(errs, fault.Invalid("from", "Hãy nhập ngày đầu vắng mặt."))
	case n.To.IsZero():
		errs = append(errs, fault.Invalid("to", "Hãy nhập ngày cuối vắng mặt."))
	case n.To.Before(n.From):
		errs = append(errs, fault.Invalid("to", "Ngày cuối phải từ ngày đầu trở đi."))
	case n.To.Sub(n.From) > 366:
		errs = append(errs, fault.Invalid("to", "Một lần khai báo vắng mặt không quá một năm."))
	}
	errs = append(errs, tooLong("note", n.Reason))
	if err := fault.Join(errs...); err != nil {
		return err
	}
	for _, other := range d.Absences {
		if other.Person == n.Person && !n.To.Before(other.From) && !n.From.After(other.To) {
			return fault.Conflict("from", p.Polite()+" đã được khai báo vắng mặt từ "+other.From.VN()+" đến "+other.To.VN()+".")
		}
	}
	if n.StandIn == 0 {
		return nil
	}
	return checkStandIn(d, n, by)
}

func checkStandIn(d *Directory, n NewAbsence, by int64) error {
	s := d.Person(n.StandIn)
	switch {
	case s.ID == 0:
		return fault.Invalid("stand_in", "Không có người này.")
	case s.ID == n.Person:
		return fault.Invalid("stand_in", "Người làm thay phải là người khác.")
	case s.ID == by:
		// Else a chief of office could give himself the head's rights.
		return fault.Invalid("stand_in", "Anh/chị không thể tự cử mình làm thay. Hãy để người vắng mặt hoặc người khác có quyền khai báo.")
	case len(d.PostsOn(s.ID, n.From)) == 0 || len(d.PostsOn(s.ID, n.To)) == 0:
		return fault.Invalid("stand_in", s.Polite()+" không giữ vị trí nào trong cơ quan suốt thời gian này.")
	}
	for _, other := range d.Absences {
		if other.Person == s.ID && !n.To.Before(other.From) && !n.From.After(other.To) {
			return fault.Invalid("stand_in", s.Polite()+" cũng vắng mặt từ "+other.From.VN()+" đến "+other.To.VN()+".")
		}
	}
	return nil
}

// EndAbsence ends an absence from now on: the person is back, or it was a mistake.
// The stand-in's rights end with it at once.
func EndAbsence(a *journal.Act, id int64) error {
	d, err := DirectoryIn(a)
	if err != nil {
		return err
	}
	for _, x := range d.Absences {
		if x.ID != id {
			continue
		}
		if err := mayDeclare(a, d, x.Person); err != nil {
			return err
		}
		a.Note(journal.Entry{Kind: AbsenceEnded, Subject: journal.Ref("person", x.Person), Data: absenceData{x.ID, x.StandIn, x.From, x.To}})
		if err := endAbsence(a, a.By.Agency, id, a.At); err != nil {
			return err
		}
		return touch(a, a.By.Agency)
	}
	return fault.NotFound("Không có lần vắng mặt này, hoặc đã kết thúc.")
}

// A DeclaredAbsence is an absence with who declared it, and when it was ended early.
type DeclaredAbsence struct {
	Absence
	SetBy   int64
	SetAt   time.Time
	EndedAt time.Time
}

// AbsencesSince are the absences that last to a day or longer, those ended early among them.
func AbsencesSince(r store.Reader, agency int64, day civil.Date) ([]DeclaredAbsence, error) {
	return absencesSince(r, agency, day)
}
