// SPDX-License-Identifier: Apache-2.0

package outgoing

import (
	"testing"

	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/draft"
)

// A line under "Nơi nhận" that names a group goes to each of its members; what was issued
// does not follow the group.
func TestGroupsAreExpandedAtIssue(t *testing.T) {
	t.Parallel()
	each(t, "2026-11-23 08:00", func(d *desk) {
		g := Group{Name: "Ủy ban nhân dân các xã", Members: []Member{{Name: "Ủy ban nhân dân xã Bảo Lạc", Channel: "email", Address: "vanthu@baolac.example"},
			{Name: "Ủy ban nhân dân xã Quang Trung", Channel: "post", Copies: 2}, {Kind: "unit", Ref: d.unit("KHTH"), Channel: "internal"}}}
		set := func(who string, g *Group) error {
			return d.try(who, func(a *journal.Act) (err error) { *g, err = SetGroup(a, *g); return err })
		}
		bad := g
		d.refused(set("hai", &bad), "không có quyền")
		for words, change := range map[string]func(*Group){
			"Tên nhóm":             func(g *Group) { g.Name = "" },
			"ít nhất một nơi nhận": func(g *Group) { g.Members = nil },
			"có hai lần":           func(g *Group) { g.Members = append(g.Members, g.Members[0]) },
			"thư điện tử của":      func(g *Group) { g.Members = []Member{{Name: "Xã A", Channel: "email", Address: "không"}} },
			"chỉ dành cho đơn vị":  func(g *Group) { g.Members = []Member{{Name: "Xã A", Channel: "internal"}} },
		} {
			x := Group{Name: g.Name, Members: append([]Member{}, g.Members...)}
			change(&x)
			d.refused(set("lan", &x), words)
		}
		if err := set("lan", &g); err != nil {
			d.Fatal(err)
		}
		twin := Group{Name: "ủy ban nhân dân  các xã", Members: g.Members}
		d.refused(set("minh", &twin), "Đã có nhóm")

		x := d.number(paper{kind: "CV", urgency: 1, to: []draft.Recipient{{Kind: "org", Name: "Ủy ban nhân dân các xã", Purpose: "act", Channel: "axis", Copies: 1}, {Kind: "org", Name: "Ủy ban nhân dân xã Quang Trung", Purpose: "know", Channel: "hand", Copies: 1}}})
		to, err := RecipientsOf(d.r(), x.ID)
		if err != nil || len(to) != 3 || to[0].Party != g.ID {
			d.Fatalf("before issue %+v, %v", to, err)
		}
		d.do("lan", func(a *journal.Act) error { _, err := SealOnPaper(a, x.ID); return err })
		d.do("lan", func(a *journal.Act) error { _, err := Issue(a, x.ID); return err })
		if to, err = RecipientsOf(d.r(), x.ID); err != nil || len(to) != 4 {
			d.Fatalf("after issue %+v, %v", to, err)
		}
		// Quang Trung is named besides and gets it once; the agency's own copy stays last.
		if to[0].Name != "Ủy ban nhân dân xã Bảo Lạc" || to[0].Party != g.ID || to[0].State != Queued || to[1].Kind != "unit" || to[1].State != Sent || to[2].Name != "Ủy ban nhân dân xã Quang Trung" || to[2].Party != 0 || to[3].Purpose != "store" {
			d.Errorf("after issue %+v", to)
		}
		d.do("xuan", func(a *journal.Act) error { return Open(a, x.ID) })
		y, err := get(d.r(), d.agency, x.ID)
		if err != nil || y.Places != "Ủy ban nhân dân các xã; Ủy ban nhân dân xã Quang Trung" || y.Amount != 2 {
			d.Errorf("the register says %q, %d, %v", y.Places, y.Amount, err)
		}
		troubles, err := Troubles(d.r(), d.agency, 2026, 10)
		if err != nil || len(troubles) != 2 || troubles[0].Document.Label != x.Label {
			d.Errorf("waiting deliveries %+v, %v", troubles, err)
		}
		if n, err := Troubles(d.r(), d.agency, 2025, 10); err != nil || len(n) != 0 {
			d.Errorf("of another year %+v, %v", n, err)
		}

		old := g
		g.Members = g.Members[:1]
		if err := set("minh", &g); err != nil {
			d.Fatal(err)
		}
		d.refused(set("lan", &old), "được người khác sửa")
		if after, err := RecipientsOf(d.r(), x.ID); err != nil || len(after) != 4 {
			d.Errorf("the issued document follows the group: %+v, %v", after, err)
		}

		// A group chosen by the clerk; a packet is asked for and must be there.
		z := d.number(paper{})
		d.refused(d.try("lan", func(a *journal.Act) error {
			return SetRecipients(a, z.ID, []Delivery{{Name: "x", Kind: "org", Channel: "hand", Purpose: "act", Party: 99}})
		}), "Không có nhóm")
		d.do("lan", func(a *journal.Act) error {
			return SetRecipients(a, z.ID, []Delivery{{Kind: "org", Channel: "hand", Purpose: "act", Party: g.ID, Packed: true}})
		})
		d.refused(d.try("lan", func(a *journal.Act) error { return KeepPacket(a, z.ID, Packet{SHA: "aa", Size: 2}) }), "đang ở trạng thái")
		d.do("lan", func(a *journal.Act) error { _, err := SealOnPaper(a, z.ID); return err })
		d.refused(d.try("lan", func(a *journal.Act) error { _, err := Issue(a, z.ID); return err }), "hãy lập gói")
		d.refused(d.try("hai", func(a *journal.Act) error { return KeepPacket(a, z.ID, Packet{SHA: "aa", Size: 2}) }), "không có quyền")
		if _, err := PacketOf(d.r(), z.ID); err != store.ErrNone {
			d.Errorf("a packet before it is made: %v", err)
		}
		d.do("lan", func(a *journal.Act) error { return KeepPacket(a, z.ID, Packet{SHA: "aa", Size: 2}) })
		d.refused(d.try("lan", func(a *journal.Act) error { return KeepPacket(a, x.ID, Packet{SHA: "aa", Size: 2}) }), "Không nơi nhận nào")
		d.do("lan", func(a *journal.Act) error { _, err := Issue(a, z.ID); return err })

		d.refused(d.try("hai", func(a *journal.Act) error { return CloseGroup(a, g.ID, 2) }), "không có quyền")
		d.do("lan", func(a *journal.Act) error { return CloseGroup(a, g.ID, 2) })
		d.refused(d.try("lan", func(a *journal.Act) error { return CloseGroup(a, g.ID, 3) }), "đã thôi dùng")
		if all, err := Groups(d.r(), d.agency); err != nil || len(all) != 0 {
			d.Errorf("groups %+v, %v", all, err)
		}
		if err := set("lan", &Group{Name: g.Name, Members: g.Members}); err != nil { // its name is free again
			d.Error(err)
		}
	})
}
