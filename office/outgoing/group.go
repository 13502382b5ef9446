// SPDX-License-Identifier: Apache-2.0

package outgoing

import (
	"strconv"
	"unicode/utf8"

	netmail "net/mail"

	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/org"
)

// RefGroup is the kind of subject of a group of recipients.
const RefGroup = "recipient-group"

// A Group is a line under "Nơi nhận" that stands for many: "các xã", "các phòng". Who
// belongs to it when a document is issued gets it; later changes do not touch that.
type Group struct {
	ID      int64
	Name    string
	Closed  bool
	Members []Member
	Version int64
}

// A Member is one of a group and the way it gets what is sent.
type Member struct {
	Kind    string // org, unit, person
	Ref     int64
	Name    string
	Channel string
	Address string
	Copies  int
}

const membersMost = 400

// SetGroup makes a group (ID 0), or changes its name and members.
func SetGroup(a *journal.Act, g Group) (Group, error) {
	if err := org.May(a, org.KeepGroups, org.Target{}); err != nil {
		return g, err
	}
	dir, err := org.DirectoryIn(a)
	if err != nil {
		return g, err
	}
	if g.Name = tidy(g.Name); utf8.RuneCountInString(g.Name) < 3 || utf8.RuneCountInString(g.Name) > 200 {
		return g, fault.Invalid("name", "Tên nhóm từ 3 đến 200 ký tự, như ghi ở “Nơi nhận”.")
	}
	if err := checkMembers(dir, g.Members); err != nil {
		return g, err
	}
	known, err := groupsByKey(a, a.By.Agency)
	if err != nil {
		return g, err
	}
	if id := known[contactKey(g.Name)]; id != 0 && id != g.ID {
		return g, fault.Invalid("name", "Đã có nhóm “"+g.Name+"”.")
	}
	if g.ID == 0 {
		g.ID, g.Version = a.NewID(), 1
		err = insertGroup(a, g)
	} else {
		err = changeGroup(a, g, g.Name, false)
	}
	if err != nil {
		return g, err
	}
	if err := setMembers(a, g); err != nil {
		return g, err
	}
	a.Note(journal.Entry{Kind: GroupSet, Subject: journal.Ref(RefGroup, g.ID), Amount: int64(len(g.Members))})
	return g, nil
}

// CloseGroup has a group offered no more. What waits with it keeps its members.
func CloseGroup(a *journal.Act, id, version int64) error {
	if err := org.May(a, org.KeepGroups, org.Target{}); err != nil {
		return err
	}
	g, err := GroupOf(a, a.By.Agency, id)
	if err != nil {
		return err
	}
	if g.Closed {
		return fault.Conflict("", "Nhóm này đã thôi dùng.")
	}
	g.Version = version
	if err := changeGroup(a, g, g.Name, true); err != nil {
		return err
	}
	a.Note(journal.Entry{Kind: GroupClosed, Subject: journal.Ref(RefGroup, id)})
	return nil
}

func checkMembers(dir *org.Directory, all []Member) error {
	var errs []error
	wrong := func(i int, text string) {
		errs = append(errs, fault.Invalid("member-"+strconv.Itoa(i+1), text))
	}
	if len(all) == 0 {
		errs = append(errs, fault.Invalid("members", "Nhóm phải có ít nhất một nơi nhận."))
	}
	if len(all) > membersMost {
		errs = append(errs, fault.Invalid("members", "Nhóm không quá 400 nơi nhận."))
	}
	seen := map[string]bool{}
	for i := range all {
		m := &all[i]
		switch {
		case m.Kind == "unit" && m.Ref != 0:
			m.Name = dir.Unit(m.Ref).Name
		case m.Kind == "person" && m.Ref != 0:
			m.Name = dir.Person(m.Ref).Name
		default:
			m.Kind, m.Ref = "org", 0
		}
		m.Name, m.Address = tidy(m.Name), tidy(m.Address)
		switch {
		case m.Name == "" || utf8.RuneCountInString(m.Name) > 200:
			wrong(i, "Tên nơi nhận từ 1 đến 200 ký tự.")
		case seen[contactKey(m.Name)]:
			wrong(i, "“"+m.Name+"” có hai lần trong nhóm.")
		case (m.Channel == "internal") != (m.Ref != 0):
			wrong(i, "Gửi nội bộ chỉ dành cho đơn vị, người trong cơ quan: "+m.Name+".")
		case m.Copies < 0 || m.Copies > 999:
			wrong(i, "Số bản từ 0 đến 999.")
		}
		if m.Channel == "email" {
			if _, err := netmail.ParseAddress(m.Address); err != nil {
				wrong(i, "Địa chỉ thư điện tử của “"+m.Name+"” không đúng dạng.")
			}
		}
		seen[contactKey(m.Name)] = true
	}
	return fault.Join(errs...)
}

// Expanded are recipients with each group's members instead of it. Who is named besides is
// not sent to twice; the agency's own copy stays last.
func Expanded(r store.Reader, agency int64, to []Delivery) ([]Delivery, error) {
	named := map[string]bool{}
	for _, x := range to {
		if x.Party == 0 {
			named[contactKey(x.Name)] = true
		}
	}
	var out []Delivery
	for _, x := range to {
		if x.Party == 0 {
			out = append(out, x)
			continue
		}
		g, err := GroupOf(r, agency, x.Party)
		if err != nil {
			return nil, err
		}
		for _, m := range g.Members {
			if key := contactKey(m.Name); !named[key] {
				named[key] = true
				out = append(out, Delivery{Document: x.Document, Kind: m.Kind, Ref: m.Ref, Name: m.Name, Address: m.Address, Purpose: x.Purpose, Channel: m.Channel, Copies: m.Copies,
					State: Queued, Party: x.Party, Packed: x.Packed && m.Channel == "email"})
			}
		}
	}
	return out, nil
}

// expand writes the members of groups as recipients of their own, in the act of issuing.
func expand(a *journal.Act, d *Document, to, all []Delivery) ([]Delivery, error) {
	groups := false
	for _, x := range to {
		groups = groups || x.Party != 0
	}
	if !groups {
		return to, nil
	}
	if err := clearRecipients(a, d.ID); err != nil {
		return nil, err
	}
	amount := 0
	for i := range all {
		x := &all[i]
		x.Ordinal, x.At = i+1, a.At
		if err := insertRecipient(a, *x); err != nil {
			return nil, err
		}
		if x.Channel == "post" || x.Channel == "hand" || x.Purpose == "store" && d.Signed == Paper {
			amount += max(x.Copies, 1)
		}
	}
	if err := change(a, *d, "amount = $1", amount); err != nil {
		return nil, err
	}
	d.Amount, d.Version = amount, d.Version+1
	return all, nil
}
