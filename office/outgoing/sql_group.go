// SPDX-License-Identifier: Apache-2.0

package outgoing

import (
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
)

func insertGroup(a *journal.Act, g Group) error {
	_, err := a.Exec("INSERT INTO outgoing_group (id, agency, name, key, closed, set_by, set_at, version) VALUES ($1, $2, $3, $4, FALSE, $5, $6, 1)",
		g.ID, a.By.Agency, g.Name, contactKey(g.Name), a.By.Person, store.Instant(a.At))
	return err
}

func changeGroup(a *journal.Act, g Group, name string, closed bool) error {
	n, err := a.Exec("UPDATE outgoing_group SET name = $1, key = $2, closed = $3, set_by = $4, set_at = $5, version = version + 1 WHERE id = $6 AND agency = $7 AND version = $8 AND NOT closed",
		name, contactKey(name), closed, a.By.Person, store.Instant(a.At), g.ID, a.By.Agency, g.Version)
	if err == nil && n == 0 {
		return fault.Conflict("", "Nhóm vừa được người khác sửa hoặc đã thôi dùng; hãy xem lại rồi sửa tiếp.")
	}
	return err
}

func setMembers(a *journal.Act, g Group) error {
	if _, err := a.Exec("DELETE FROM outgoing_member WHERE party = $1", g.ID); err != nil {
		return err
	}
	for i, m := range g.Members {
		if _, err := a.Exec("INSERT INTO outgoing_member (party, ordinal, agency, kind, ref, name, address, channel, copies) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
			g.ID, i+1, a.By.Agency, m.Kind, m.Ref, m.Name, m.Address, m.Channel, m.Copies); err != nil {
			return err
		}
	}
	return nil
}

// GroupOf is one group with its members.
func GroupOf(r store.Reader, agency, id int64) (Group, error) {
	g, err := store.One(r, func(s store.Scanner) (Group, error) {
		var g Group
		return g, s.Scan(&g.ID, &g.Name, &g.Closed, &g.Version)
	}, "SELECT id, name, closed, version FROM outgoing_group WHERE id = $1 AND agency = $2", id, agency)
	if err == store.ErrNone {
		return g, fault.NotFound("Không có nhóm nơi nhận này.")
	}
	if err != nil {
		return g, err
	}
	g.Members, err = store.All(r, func(s store.Scanner) (Member, error) {
		var m Member
		return m, s.Scan(&m.Kind, &m.Ref, &m.Name, &m.Address, &m.Channel, &m.Copies)
	}, "SELECT kind, ref, name, address, channel, copies FROM outgoing_member WHERE party = $1 ORDER BY ordinal", id)
	return g, err
}

// A GroupLine is a group as a list shows it.
type GroupLine struct {
	ID      int64
	Name    string
	Members int
}

// Groups are the groups that are in use, by name.
func Groups(r store.Reader, agency int64) ([]GroupLine, error) {
	return store.All(r, func(s store.Scanner) (GroupLine, error) {
		var g GroupLine
		return g, s.Scan(&g.ID, &g.Name, &g.Members)
	}, `SELECT id, name, (SELECT COUNT(*) FROM outgoing_member m WHERE m.party = outgoing_group.id) FROM outgoing_group
		WHERE agency = $1 AND NOT closed ORDER BY key LIMIT 500`, agency)
}

func groupsByKey(r store.Reader, agency int64) (map[string]int64, error) {
	all, err := Groups(r, agency)
	out := make(map[string]int64, len(all))
	for _, g := range all {
		out[contactKey(g.Name)] = g.ID
	}
	return out, err
}

func insertPacket(a *journal.Act, doc int64, p Packet) error {
	_, err := a.Exec("INSERT INTO outgoing_packet (id, agency, document, size, sha, made_by, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
		a.NewID(), a.By.Agency, doc, p.Size, p.SHA, a.By.Person, store.Instant(a.At))
	return err
}

// PacketOf is the packet of a document that is sent.
func PacketOf(r store.Reader, doc int64) (Packet, error) {
	return store.One(r, func(s store.Scanner) (Packet, error) {
		var p Packet
		return p, s.Scan(&p.SHA, &p.Size)
	}, "SELECT sha, size FROM outgoing_packet WHERE document = $1 ORDER BY id DESC LIMIT 1", doc)
}

// A Trouble is a delivery that did not arrive, or that was not sent yet.
type Trouble struct {
	Delivery Delivery
	Document Document
}

// Troubles are the deliveries of a year that failed or were refused, and those that still
// wait to be sent; the urgent first, then by age.
func Troubles(r store.Reader, agency int64, year, limit int) ([]Trouble, error) {
	all, err := store.All(r, scanRecipient, "SELECT "+recipientColumns+` FROM outgoing_recipient WHERE agency = $1 AND state IN ('queued', 'refused', 'failed') AND purpose <> 'store'
		AND document IN (SELECT id FROM outgoing_document WHERE agency = $1 AND year = $2 AND issued_at <> '' AND NOT frozen) ORDER BY document, ordinal LIMIT $3`, agency, year, limit)
	if err != nil {
		return nil, err
	}
	ids := make([]int64, len(all))
	for i, x := range all {
		ids[i] = x.Document
	}
	docs, err := ByIDs(r, agency, ids)
	out := make([]Trouble, len(all))
	for i, x := range all {
		out[i] = Trouble{x, docs[x.Document]}
	}
	return out, err
}
