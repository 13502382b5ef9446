// SPDX-License-Identifier: Apache-2.0

package org

import (
	"slices"
	"strings"

	"soviec/kit/civil"
	"soviec/kit/fault"
)

// A CapacityCode says in whose name somebody signs (quyền hạn ký; Nghị định
// 30/2020/NĐ-CP Điều 13, Phụ lục I Phần II mục 7).
type CapacityCode string

// The capacities.
const (
	CapSelf CapacityCode = "SELF" // người đứng đầu ký
	CapTM   CapacityCode = "TM"   // thay mặt tập thể
	CapQ    CapacityCode = "Q"    // quyền cấp trưởng
	CapKT   CapacityCode = "KT"   // ký thay
	CapTL   CapacityCode = "TL"   // thừa lệnh
	CapTUQ  CapacityCode = "TUQ"  // thừa ủy quyền
)

var capacityWords = map[CapacityCode]string{
	CapSelf: "Người đứng đầu ký", CapTM: "Thay mặt tập thể (TM.)", CapQ: "Quyền cấp trưởng (Q.)",
	CapKT: "Ký thay (KT.)", CapTL: "Thừa lệnh (TL.)", CapTUQ: "Thừa ủy quyền (TUQ.)",
}

// Label is the capacity in the words of the screen.
func (c CapacityCode) Label() string { return capacityWords[c] }

// A Capacity is one way in which a person may sign a type of document on a day.
type Capacity struct {
	Code       CapacityCode
	Delegation int64    // TUQ: by which delegation
	Line       int64    // TL, TM: by which line of the working regulations
	Lines      []string // what is printed above the name, in capitals: "KT. TRƯỞNG BAN", "PHÓ TRƯỞNG BAN"
	Why        string   // what supports it, as a sentence
}

// HeadTitle is the title of the agency's head on a day, as documents print it ("Trưởng
// ban"). While nobody heads the agency it is the title of whoever did last.
func (d *Directory) HeadTitle(day civil.Date) string {
	title, since := "", civil.Date(0)
	for _, p := range d.Posts {
		if !p.Has(Head) {
			continue
		}
		if p.On(day) {
			return plainTitle(p.Title)
		}
		if title == "" || p.From.After(since) {
			title, since = plainTitle(p.Title), p.From
		}
	}
	return title
}

// plainTitle drops "Quyền" from the title of who has the powers of a head.
func plainTitle(title string) string {
	if rest, ok := acting(title); ok {
		return rest
	}
	return title
}

func acting(title string) (string, bool) {
	for _, prefix := range []string{"Quyền ", "Q. ", "Q."} {
		if rest, ok := strings.CutPrefix(title, prefix); ok {
			return strings.TrimSpace(rest), true
		}
	}
	return "", false
}

// fullTitle is a post's title as a signature prints it: a division's head is named with
// his division ("Trưởng phòng Chính sách Dân tộc").
func (d *Directory) fullTitle(p Post) string {
	unit := d.Unit(p.Unit)
	lower := strings.ToLower(p.Title)
	for _, kind := range []string{"phòng", "ban", "trung tâm"} {
		rest, ok := cutFold(unit.Name, kind+" ")
		if ok && unit.Kind == "division" && strings.HasSuffix(lower, " "+kind) || ok && unit.Kind == "other" && strings.HasSuffix(lower, " "+kind) {
			return p.Title + " " + rest
		}
	}
	return p.Title
}

func cutFold(s, prefix string) (string, bool) {
	if len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix) {
		return s[len(prefix):], true
	}
	return "", false
}

func upperLine(s string) string { return strings.ToUpper(s) }

// Capacities are all ways in which a person may sign a type of document on a day, the
// proper one first. None means that the person may not sign it.
func (d *Directory) Capacities(person int64, typ string, day civil.Date) []Capacity {
	var out []Capacity
	head := upperLine(d.HeadTitle(day))
	for _, p := range d.PostsOn(person, day) {
		switch {
		case p.Has(Head):
			out = append(out, d.asHead(p, typ, day)...)
		case p.Has(Deputy) && head != "":
			out = append(out, d.asDeputy(p, head, day)...)
		}
	}
	for _, p := range d.PostsOn(person, day) {
		out = append(out, d.byOrder(p, head, typ, day)...)
	}
	for _, g := range d.Delegations {
		if g.Person != person || !g.On(day) || !g.Covers(typ) || head == "" || !d.Rights(g.Giver, day).Is(Head) {
			continue
		}
		for _, p := range d.PostsOn(person, day) {
			if p.Has(UnitHead) || p.Has(OfficeChief) {
				out = append(out, Capacity{Code: CapTUQ, Delegation: g.ID, Lines: []string{"TUQ. " + head, upperLine(d.fullTitle(p))},
					Why: "Được ủy quyền từ " + g.From.VN() + " đến " + g.To.VN() + " theo " + g.Basis + "."})
				break
			}
		}
	}
	return out
}

func (d *Directory) asHead(p Post, typ string, day civil.Date) []Capacity {
	var out []Capacity
	title := upperLine(plainTitle(p.Title))
	if _, is := acting(p.Title); is {
		out = append(out, Capacity{Code: CapQ, Lines: []string{"Q. " + title}, Why: "Được giao quyền cấp trưởng."})
	} else {
		out = append(out, Capacity{Code: CapSelf, Lines: []string{title}, Why: "Người đứng đầu cơ quan."})
	}
	for _, s := range d.Signings {
		if s.Kind == Collective && s.On(day) {
			out = append(out, Capacity{Code: CapTM, Line: s.ID, Lines: []string{"TM. " + upperLine(s.Name), out[0].Lines[0]}, Why: "Thay mặt tập thể theo " + s.Basis + "."})
		}
	}
	return out
}

func (d *Directory) asDeputy(p Post, head string, day civil.Date) []Capacity {
	out := []Capacity{{Code: CapKT, Lines: []string{"KT. " + head, upperLine(p.Title)}, Why: "Cấp phó ký thay người đứng đầu."}}
	for _, s := range d.Signings {
		if s.Kind == Collective && s.On(day) {
			out = append(out, Capacity{Code: CapTM, Line: s.ID, Lines: []string{"TM. " + upperLine(s.Name), "KT. " + head, upperLine(p.Title)},
				Why: "Thay mặt tập thể, ký thay người đứng đầu theo " + s.Basis + "."})
		}
	}
	return out
}

// byOrder: the head of a unit named in the regulations, or that unit's deputy for its head.
func (d *Directory) byOrder(p Post, head, typ string, day civil.Date) []Capacity {
	leads, stands := p.Has(UnitHead) || p.Has(OfficeChief), p.Has(UnitDeputy) || p.Has(OfficeDeputy)
	if head == "" || !leads && !stands {
		return nil
	}
	i := slices.IndexFunc(d.Signings, func(s Signing) bool {
		return s.Kind == ByOrder && d.Successor(s.Unit, day) == p.Unit && (s.Type == "" || s.Type == typ) && s.On(day)
	})
	if i < 0 {
		return nil
	}
	s := d.Signings[i]
	if leads {
		return []Capacity{{Code: CapTL, Line: s.ID, Lines: []string{"TL. " + head, upperLine(d.fullTitle(p))}, Why: "Ký thừa lệnh theo " + s.Basis + "."}}
	}
	chief := ""
	for _, o := range d.Posts { // the deputy signs for whoever heads the unit; its title is needed even while the place is empty
		if o.Unit == p.Unit && (o.Has(UnitHead) || o.Has(OfficeChief)) && (o.On(day) || chief == "") {
			chief = upperLine(d.fullTitle(o))
		}
	}
	if chief == "" {
		return nil
	}
	return []Capacity{{Code: CapTL, Line: s.ID, Lines: []string{"TL. " + head, "KT. " + chief, upperLine(d.fullTitle(p))},
		Why: "Cấp phó của đơn vị ký thay, thừa lệnh theo " + s.Basis + "."}}
}

// CapacityFor is the way in which a person signs under a code, or the reason why his
// posts, the regulations and the delegations of that day do not support it. An empty code
// takes the proper one; delegation picks among several (0 for any).
func (d *Directory) CapacityFor(person int64, code CapacityCode, delegation int64, typ string, day civil.Date) (Capacity, error) {
	p := d.Person(person)
	if p.ID == 0 {
		return Capacity{}, fault.Invalid("signer", "Chưa chọn người ký.")
	}
	all := d.Capacities(person, typ, day)
	for _, c := range all {
		if (code == "" || c.Code == code) && (delegation == 0 || c.Delegation == delegation) {
			return c, nil
		}
	}
	return Capacity{}, fault.Invalid("capacity", d.whyNot(p, code, typ, day))
}

// whyNot says what is missing for a capacity.
func (d *Directory) whyNot(p Person, code CapacityCode, typ string, day civil.Date) string {
	who := capitalWord(p.Polite())
	title := d.Title(p.ID, day)
	if title == "" {
		return who + " không giữ vị trí nào trong cơ quan ngày " + day.VN() + "."
	}
	switch code {
	case CapSelf:
		return who + " không phải người đứng đầu cơ quan ngày " + day.VN() + " nên không ký với tư cách người đứng đầu."
	case CapTM:
		return "Quy chế đang có hiệu lực ngày " + day.VN() + " không ghi tập thể nào mà " + p.Polite() + " thay mặt ký."
	case CapQ:
		return who + " không được giao quyền cấp trưởng ngày " + day.VN() + "."
	case CapKT:
		return who + " (" + title + ") không phải cấp phó của người đứng đầu ngày " + day.VN() + " nên không ký thay (KT.) được."
	case CapTL:
		return "Quy chế không giao " + p.Polite() + " ký thừa lệnh (TL.) loại văn bản này ngày " + day.VN() + "."
	case CapTUQ:
		for i := len(d.Delegations) - 1; i >= 0; i-- {
			g := d.Delegations[i]
			switch {
			case g.Person != p.ID:
			case !g.EndedOn.IsZero() && !day.Before(g.EndedOn):
				return "Ủy quyền của " + p.Polite() + " theo " + g.Basis + " đã kết thúc từ ngày " + g.EndedOn.VN() + "."
			case day.After(g.To):
				return "Ủy quyền của " + p.Polite() + " theo " + g.Basis + " đã hết hạn ngày " + g.To.VN() + "."
			case day.Before(g.From):
				return "Ủy quyền của " + p.Polite() + " theo " + g.Basis + " đến ngày " + g.From.VN() + " mới có hiệu lực."
			case !g.Covers(typ):
				return "Ủy quyền của " + p.Polite() + " theo " + g.Basis + " không gồm loại văn bản này."
			}
		}
		return who + " không có ủy quyền ký nào có hiệu lực ngày " + day.VN() + "."
	case "":
		return who + " (" + title + ") không có thẩm quyền ký loại văn bản này ngày " + day.VN() + "."
	}
	return "Quyền hạn ký không đúng."
}

func capitalWord(s string) string {
	r := []rune(s)
	if len(r) == 0 {
		return s
	}
	return strings.ToUpper(string(r[0])) + string(r[1:])
}
