// SPDX-License-Identifier: Apache-2.0

package outgoing

import (
	"context"
	"strings"
	"testing"

	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/kit/store/storetest"
	"soviec/office/document"
	"soviec/office/draft"
	"soviec/office/org"
	"soviec/office/org/orgtest"
	"soviec/office/series"
	"soviec/office/task"
)

func init() { task.OnChange(document.RefIncoming, document.Effects()) }

// A desk is the model office on one engine.
type desk struct {
	*testing.T
	book   *journal.Book
	clock  *orgtest.Clock
	agency int64
	who    map[string]journal.Holder
}

func each(t *testing.T, moment string, f func(d *desk)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := &desk{T: t}
		d.book, d.clock = orgtest.Book(t, db, moment)
		d.agency, d.who = orgtest.Found(t, d.book)
		d.do("son", document.Found)
		f(d)
		d.sound()
	})
}

func (d *desk) r() store.Reader { return d.book.DB.Read(context.Background()) }

func (d *desk) try(who string, f func(*journal.Act) error) error {
	return d.book.Do(context.Background(), d.who[who], f)
}

func (d *desk) do(who string, f func(*journal.Act) error) {
	d.Helper()
	if err := d.try(who, f); err != nil {
		d.Fatal(err)
	}
}

func (d *desk) unit(short string) int64 { return orgtest.Unit(d.T, d.book, d.agency, short).ID }

func (d *desk) refused(err error, words string) {
	d.Helper()
	if err == nil || !strings.Contains(err.Error(), words) {
		d.Errorf("error is %v, want one that says %q", err, words)
	}
}

func (d *desk) sound() {
	d.Helper()
	for _, check := range []func(store.Reader, int64, func(string)) error{Check, series.Check, document.Check, task.Check} {
		if err := check(d.r(), d.agency, func(s string) { d.Error(s) }); err != nil {
			d.Error(err)
		}
	}
}

// A paper is a signed draft, written straight into its tables: how it came to be signed is
// another room's matter.
type paper struct {
	kind, subject, unit, signed string
	urgency                     int
	to                          []draft.Recipient
	answers                     []draft.Answer
}

func (d *desk) signed(p paper) (id int64) {
	d.Helper()
	if p.kind == "" {
		p.kind = "BC"
	}
	if p.subject == "" {
		p.subject = "Kết quả thực hiện chính sách dân tộc"
	}
	if p.unit == "" {
		p.unit = "CS"
	}
	if p.signed == "" {
		p.signed = Paper
	}
	if p.to == nil {
		p.to = []draft.Recipient{{Kind: "org", Name: "Ủy ban nhân dân tỉnh", Purpose: "report", Channel: "post", Copies: 1},
			{Kind: "unit", Ref: d.unit("KHTH"), Name: "Phòng Kế hoạch – Tổng hợp", Purpose: "know", Channel: "internal"}}
	}
	to := append(p.to, draft.Recipient{Kind: "text", Name: "VT, " + p.unit, Purpose: "store", Channel: "hand", Copies: 1})
	d.do("hai", func(a *journal.Act) error {
		if err := org.May(a, org.OwnAccount, org.Target{Person: a.By.Person}); err != nil {
			return err
		}
		id = a.NewID()
		a.Note(journal.Entry{Kind: "draft.signed", Subject: journal.Ref("draft", id)})
		if _, err := a.Exec(`INSERT INTO draft_paper (id, agency, type, subject, urgency, circulation, unit, drafter, mark, signer, capacity, delegation, lines, signer_name, addressees, superior, portal,
				field, body, state, state_before, checker, current, sha, approved, round, begun_at, waits_since, signed, signed_on, signed_at, signed_sha, outgoing, version)
			VALUES ($1, $2, $3, $4, $5, '', $6, $7, '', $8, 'SELF', 0, 'TRƯỞNG BAN', 'Đàm Quốc Thắng', '', FALSE, FALSE, 0, '', 'signed', '', 0, 1, 'aa', 'aa', 1, $9, $9, $10, $11, $9, 'aa', 0, 1)`,
			id, d.agency, p.kind, p.subject, p.urgency, d.unit(p.unit), d.who["hai"].Person, d.who["thang"].Person, store.Instant(a.At), p.signed, a.Day().String()); err != nil {
			return err
		}
		if _, err := a.Exec(`INSERT INTO draft_version (id, agency, draft, ordinal, way, name, sha, size, pages, source, source_name, letter, text, note, added_by, added_at)
			VALUES ($1, $2, $3, 1, 'pdf', 'van-ban.pdf', 'aa', 10, 2, '', '', '', 'Nội dung báo cáo', '', 0, $4)`, a.NewID(), d.agency, id, store.Instant(a.At)); err != nil {
			return err
		}
		for i, r := range to {
			if _, err := a.Exec(`INSERT INTO draft_recipient (draft, ordinal, agency, kind, ref, code, name, purpose, channel, copies) VALUES ($1, $2, $3, $4, $5, '', $6, $7, $8, $9)`,
				id, i+1, d.agency, r.Kind, r.Ref, r.Name, r.Purpose, r.Channel, r.Copies); err != nil {
				return err
			}
		}
		for _, x := range p.answers {
			if _, err := a.Exec("INSERT INTO draft_answer (draft, ref, agency, closes) VALUES ($1, $2, $3, $4)", id, x.Ref, d.agency, x.Closes); err != nil {
				return err
			}
		}
		return nil
	})
	return id
}

func (d *desk) number(p paper) (out Document) {
	d.Helper()
	id := d.signed(p)
	d.do("lan", func(a *journal.Act) (err error) { out, err = Number(a, id, Numbering{}); return err })
	return out
}

func (d *desk) sealed(p paper) (out Document) {
	d.Helper()
	x := d.number(p)
	d.do("lan", func(a *journal.Act) (err error) { out, err = SealOnPaper(a, x.ID); return err })
	return out
}

func (d *desk) issued(p paper) (out Document) {
	d.Helper()
	x := d.sealed(p)
	d.do("lan", func(a *journal.Act) (err error) { out, err = Issue(a, x.ID); return err })
	return out
}

func (d *desk) get(id int64) Document {
	d.Helper()
	x, err := Get(d.r(), d.agency, Reach{All: true}, id)
	if err != nil {
		d.Fatal(err)
	}
	return x
}

func (d *desk) reach(who string) Reach {
	return ReachOf(orgtest.Directory(d.T, d.book, d.agency).Rights(d.who[who].Person, d.clock.Today()))
}
