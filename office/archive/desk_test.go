// SPDX-License-Identifier: Apache-2.0

package archive_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/kit/store/storetest"
	"soviec/office/archive"
	"soviec/office/document"
	"soviec/office/org"
	"soviec/office/org/orgtest"
	"soviec/office/task"
)

func init() { task.OnChange(document.RefIncoming, archive.Both(document.Effects(), archive.Effects())) }

// desk is the model office with an archivist (bà Nông Thị Trữ, "tru"), on Monday 2 November 2026.
type desk struct {
	testing.TB
	book   *journal.Book
	clock  *orgtest.Clock
	agency int64
	who    map[string]journal.Holder
	serial int
}

func each(t *testing.T, f func(d *desk)) {
	t.Helper()
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) { f(newDesk(t, db)) })
}

func newDesk(t testing.TB, db *store.DB) *desk {
	d := &desk{TB: t}
	d.book, d.clock = orgtest.Book(t, db, "2026-11-02 08:00")
	d.agency, d.who = orgtest.Found(t, d.book)
	orgtest.Do(t, d.book, journal.Holder{Agency: d.agency, System: true}, document.Found)
	var person int64
	d.do("son", func(a *journal.Act) (err error) {
		if person, err = org.EnterPerson(a, org.NewPerson{Name: "Nông Thị Trữ", Address: "bà"}); err != nil {
			return err
		}
		_, err = org.GivePost(a, org.NewPost{Person: person, Unit: d.who["lan"].Unit, Title: "Lưu trữ viên", Roles: []org.Role{org.Archivist}})
		return err
	})
	d.who["tru"] = d.dir().Holder(person, 0, d.clock.Today())
	return d
}

func (d *desk) r() store.Reader         { return d.book.DB.Read(context.Background()) }
func (d *desk) dir() *org.Directory     { return orgtest.Directory(d, d.book, d.agency) }
func (d *desk) unit(short string) int64 { return orgtest.Unit(d, d.book, d.agency, short).ID }
func day(s string) civil.Date           { return civil.MustParse(s) }

func (d *desk) reach(who string) archive.Reach {
	return archive.ReachOf(d.dir().Rights(d.who[who].Person, d.clock.Today()))
}

func (d *desk) try(who string, f func(*journal.Act) error) error {
	by, ok := d.who[who]
	if who == "" {
		by = journal.Holder{Agency: d.agency, System: true}
	} else if !ok {
		d.Fatalf("nobody is called %s", who)
	}
	return d.book.Do(context.Background(), by, f)
}

func (d *desk) do(who string, f func(*journal.Act) error) {
	d.Helper()
	if err := d.try(who, f); err != nil {
		d.Fatalf("%s: %v", who, err)
	}
}

func (d *desk) refused(who string, kind fault.Kind, words string, f func(*journal.Act) error) {
	d.Helper()
	err := d.try(who, f)
	if err == nil || !fault.Is(err, kind) || !strings.Contains(err.Error(), words) {
		d.Fatalf("%s: got %v, want kind %v “%s”", who, err, kind, words)
	}
}

// letter registers a document with one file.
func (d *desk) letter(issued string, files ...document.Attachment) document.Incoming {
	d.Helper()
	d.serial++
	var doc document.Incoming
	if files == nil {
		files = []document.Attachment{{Kind: "main", Name: "công văn.pdf", MIME: "application/pdf", Size: 9, SHA: fmt.Sprintf("%064d", d.serial), Pages: 2}}
	}
	d.do("lan", func(a *journal.Act) (err error) {
		doc, err = document.Register(a, document.Arrival{Type: "CV", NumberRaw: fmt.Sprintf("%d/UBND-VX", 1000+d.serial), IssuedOn: day(issued),
			IssuerName: "Ủy ban nhân dân tỉnh Cao Bằng", Subject: fmt.Sprintf("V/v rà soát danh sách người có uy tín lần %d", d.serial), Channel: "axis", Pages: 2, Files: files})
		return err
	})
	return doc
}

// handled is a letter whose work by Lý Thanh Hải is done.
func (d *desk) handled(issued string) document.Incoming {
	d.Helper()
	doc := d.letter(issued)
	d.given(doc)
	return d.finished(doc)
}

func (d *desk) given(doc document.Incoming) {
	d.Helper()
	d.do("lan", func(a *journal.Act) error { return document.Submit(a, doc.ID, d.who["hoa"].Person, "", "") })
	d.do("hoa", func(a *journal.Act) error {
		_, err := document.Direct(a, doc.ID, document.Directive{Text: "Phòng CS tham mưu", Lead: task.Assignee{Person: d.who["hai"].Person}})
		return err
	})
}

func (d *desk) finished(doc document.Incoming) document.Incoming {
	d.Helper()
	works, err := task.OfSource(d.r(), d.agency, doc.Ref())
	if err != nil || len(works) != 1 {
		d.Fatal(works, err)
	}
	lead := works[0].Lead()
	d.do("hai", func(a *journal.Act) error { return task.Report(a, lead.ID, "Đã trả lời", "15/BDT-CS") })
	d.do("hoa", func(a *journal.Act) error { return task.Confirm(a, lead.ID, "") })
	return doc
}

// opened is a dossier of Lý Thanh Hải outside the list, kept for ten years.
func (d *desk) opened(notation string) archive.Dossier {
	d.Helper()
	var x archive.Dossier
	d.do("hai", func(a *journal.Act) (err error) {
		x, err = archive.OpenNew(a, archive.Fresh{Notation: notation, Title: "Hồ sơ rà soát người có uy tín năm 2026", Term: archive.Term{Years: 10}})
		return err
	})
	return x
}

func (d *desk) get(id int64) archive.Dossier {
	d.Helper()
	x, err := archive.Get(d.r(), d.agency, archive.Reach{All: true}, id)
	if err != nil {
		d.Fatal(err)
	}
	return x
}

func (d *desk) refs(id int64) []string {
	d.Helper()
	items, err := archive.Items(d.r(), d.agency, id)
	if err != nil {
		d.Fatal(err)
	}
	var out []string
	for i, it := range items {
		if it.Ordinal != i+1 {
			d.Errorf("ordinal %d at place %d", it.Ordinal, i+1)
		}
		out = append(out, it.Ref)
	}
	return out
}

func (d *desk) file(id int64, ref string) {
	d.Helper()
	d.do("hai", func(a *journal.Act) error { _, err := archive.PutIn(a, id, ref); return err })
}

// closed is a dossier with one finished matter, closed.
func (d *desk) closed(notation string) archive.Dossier {
	d.Helper()
	x := d.opened(notation)
	d.file(x.ID, d.handled("2026-10-30").Ref())
	d.do("hai", func(a *journal.Act) error { return archive.Close(a, x.ID, day("2026-11-02")) })
	return d.get(x.ID)
}

func (d *desk) archived(notation string) archive.Dossier {
	d.Helper()
	x := d.closed(notation)
	var t archive.Transfer
	d.do("hai", func(a *journal.Act) (err error) {
		t, err = archive.Hand(a, archive.Offer{Dossiers: []int64{x.ID}})
		return err
	})
	d.do("tru", func(a *journal.Act) error { return archive.Judge(a, t.ID, x.ID, true, "") })
	d.do("tru", func(a *journal.Act) error { return archive.Conclude(a, t.ID) })
	return d.get(x.ID)
}

// sound asks whether rows and book agree.
func (d *desk) sound() {
	d.Helper()
	for name, check := range map[string]func(store.Reader, int64, func(string)) error{"archive": archive.Check, "document": document.Check} {
		if err := check(d.r(), d.agency, func(s string) { d.Errorf("%s: %s", name, s) }); err != nil {
			d.Fatal(err)
		}
	}
}
