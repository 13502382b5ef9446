// SPDX-License-Identifier: Apache-2.0

package signature

import (
	"soviec/kit/cms"
	"soviec/kit/journal"
	"soviec/kit/store"
)

func insertAnchor(a *journal.Act, c Anchor) error {
	_, err := a.Exec(`INSERT INTO signature_anchor (id, agency, name, purpose, cert, fingerprint, source, from_on, until_on, issuer, added_by, added_at, ended_by, ended_at, ended_why)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 0, '', '')`,
		c.ID, a.By.Agency, c.Name, string(c.Purpose), c.Cert.Raw, c.Fingerprint, c.Source, c.From, c.Until, c.Issuer, c.AddedBy, store.Instant(c.AddedAt))
	return err
}

func endAnchor(a *journal.Act, id int64, why string) error {
	_, err := a.Exec("UPDATE signature_anchor SET ended_by = $1, ended_at = $2, ended_why = $3 WHERE id = $4 AND agency = $5", a.By.Person, store.Instant(a.At), why, id, a.By.Agency)
	return err
}

func scanAnchor(s store.Scanner) (Anchor, error) {
	var c Anchor
	var raw []byte
	var added, ended store.Time
	err := s.Scan(&c.ID, &c.Name, &c.Purpose, &raw, &c.Fingerprint, &c.Source, &c.From, &c.Until, &c.Issuer, &c.AddedBy, &added, &c.EndedBy, &ended, &c.EndedWhy)
	c.AddedAt, c.EndedAt = added.Time, ended.Time
	if err == nil {
		c.Cert, _ = cms.ParseCertificate(raw) // one that cannot be read is no anchor
	}
	return c, err
}

func anchors(r store.Reader, agency int64, inForce bool) ([]Anchor, error) {
	q := `SELECT id, name, purpose, cert, fingerprint, source, from_on, until_on, issuer, added_by, added_at, ended_by, ended_at, ended_why FROM signature_anchor WHERE agency = $1`
	if inForce {
		q += " AND ended_at = ''"
	}
	return store.All(r, scanAnchor, q+" ORDER BY id", agency)
}

func insertKey(a *journal.Act, k Key) error {
	_, err := a.Exec(`INSERT INTO signature_key (id, agency, person, device, device_no, cert, fingerprint, holder, from_on, until_on, added_by, added_at, ended_on, ended_why)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, '', '')`,
		k.ID, a.By.Agency, k.Person, k.Device, k.DeviceNo, k.Cert.Raw, k.Fingerprint, k.Holder, k.From, k.Until, k.AddedBy, store.Instant(k.AddedAt))
	return err
}

func setHolder(a *journal.Act, id, holder int64) error {
	_, err := a.Exec("UPDATE signature_key SET holder = $1 WHERE id = $2 AND agency = $3", holder, id, a.By.Agency)
	return err
}

func endKey(a *journal.Act, id int64, why string) error {
	_, err := a.Exec("UPDATE signature_key SET ended_on = $1, ended_why = $2 WHERE id = $3 AND agency = $4", a.Day(), why, id, a.By.Agency)
	return err
}

func insertHandover(a *journal.Act, h Handover) error {
	_, err := a.Exec("INSERT INTO signature_handover (id, agency, held, giver, taker, on_day, minutes, set_by, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
		a.NewID(), a.By.Agency, h.Key, h.Giver, h.Taker, h.On, h.Minutes, a.By.Person, store.Instant(a.At))
	return err
}

// keys reads the register in two queries.
func keys(r store.Reader, agency int64) ([]Key, error) {
	all, err := store.All(r, func(s store.Scanner) (Key, error) {
		var k Key
		var raw []byte
		var added store.Time
		err := s.Scan(&k.ID, &k.Person, &k.Device, &k.DeviceNo, &raw, &k.Fingerprint, &k.Holder, &k.From, &k.Until, &k.AddedBy, &added, &k.EndedOn, &k.EndedWhy)
		k.AddedAt = added.Time
		if err == nil {
			k.Cert, _ = cms.ParseCertificate(raw)
		}
		return k, err
	}, `SELECT id, person, device, device_no, cert, fingerprint, holder, from_on, until_on, added_by, added_at, ended_on, ended_why FROM signature_key WHERE agency = $1 ORDER BY id DESC`, agency)
	if err != nil {
		return nil, err
	}
	at := map[int64]*Key{}
	for i := range all {
		at[all[i].ID] = &all[i]
	}
	handed, err := store.All(r, func(s store.Scanner) (Handover, error) {
		var h Handover
		return h, s.Scan(&h.Key, &h.Giver, &h.Taker, &h.On, &h.Minutes, &h.SetBy)
	}, "SELECT held, giver, taker, on_day, minutes, set_by FROM signature_handover WHERE agency = $1 ORDER BY id", agency)
	for _, h := range handed {
		if k := at[h.Key]; k != nil {
			k.Handovers = append(k.Handovers, h)
		}
	}
	return all, err
}
