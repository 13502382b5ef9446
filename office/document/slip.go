// SPDX-License-Identifier: Apache-2.0

package document

import (
	"soviec/kit/civil"
	"soviec/kit/store"
	"soviec/office/org"
	"soviec/office/task"
)

// A Slip is what stands on the handling slip of a document (phiếu giải quyết văn bản
// đến; Nghị định 30/2020/NĐ-CP Phụ lục IV).
type Slip struct {
	Document Incoming
	TypeName string
	Leader   Opinion // what the leader of the agency said
	Unit     Opinion // what the head of the unit said
	Handler  Opinion // what the officer proposed
}

// An Opinion is what one person wrote, to whom it gives the work, and when.
type Opinion struct {
	Text  string
	By    string
	On    civil.Date
	Given []Given
}

// Given is one line of who is to do it.
type Given struct {
	Role string
	Who  string
	Due  civil.Date
}

// SlipOf gathers the handling slip of a document.
func SlipOf(r store.Reader, dir *org.Directory, agency int64, d Incoming) (Slip, error) {
	s := Slip{Document: d}
	types, err := Types(r, agency)
	if err != nil {
		return s, err
	}
	for _, t := range types {
		if t.Code == d.Type {
			s.TypeName = t.Name
		}
	}
	words, err := Words(r, d.ID)
	if err != nil {
		return s, err
	}
	for _, w := range words {
		if w.Level == "agency" { // the latest stands
			s.Leader.Text, s.Leader.By, s.Leader.On = w.Text, dir.Person(orOther(w.Behalf, w.Person)).Name, civil.Of(w.At)
		}
	}
	if d.Work == 0 {
		return s, nil
	}
	w, err := task.Get(r, agency, d.Work)
	if err != nil {
		return s, err
	}
	dues, err := task.Dues(r, agency, d.Work)
	if err != nil {
		return s, err
	}
	lead := w.Lead()
	for _, h := range w.Shares {
		if h.State == task.StateReturned || h.State == task.StateDropped {
			continue
		}
		switch {
		case h.Parent == 0:
			s.Leader.Given = append(s.Leader.Given, given1(dir, h, h.Person, h.OuterOn))
		case lead != nil && h.Parent == lead.ID:
			s.Unit.Given = append(s.Unit.Given, given1(dir, h, h.Holder, h.DueOn))
		}
	}
	if lead == nil {
		return s, nil
	}
	for _, due := range dues {
		if due.Share == lead.ID && due.Level == task.Inner && due.Kind == "given" {
			s.Unit.Text, s.Unit.By, s.Unit.On = due.Reason, dir.Person(due.SetBy).Name, civil.Of(due.SetAt)
		}
	}
	if s.Unit.By != "" {
		s.Unit.Given = append([]Given{given1(dir, *lead, lead.Holder, lead.DueOn)}, s.Unit.Given...)
	}
	if lead.Result != "" {
		s.Handler = Opinion{Text: lead.Result, By: dir.Person(lead.ReportedBy).Name, On: civil.Of(lead.ReportedAt)}
	}
	return s, nil
}

func given1(dir *org.Directory, h task.Share, person int64, due civil.Date) Given {
	who := dir.Unit(h.Unit).Name
	if person != 0 {
		who = dir.Person(person).Name
	}
	return Given{Role: h.Role.Words(), Who: who, Due: due}
}

func orOther(a, b int64) int64 {
	if a != 0 {
		return a
	}
	return b
}

// A Stamp is what stands in the stamp ĐẾN (dấu đến; Phụ lục IV).
type Stamp struct {
	Agency   string
	Number   int64
	Day      civil.Date
	Forward  string // chuyển
	FileCode string // số và ký hiệu hồ sơ
}

// StampOf is a document's arrival stamp. It is printed on paper of its own; the file
// that came is never altered.
func StampOf(dir *org.Directory, d Incoming) Stamp {
	return Stamp{Agency: dir.Agency.Name, Number: d.Number, Day: d.ArrivalOn, Forward: d.ToPlaces, FileCode: d.Dossier}
}
