// SPDX-License-Identifier: Apache-2.0

package draft

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"

	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/kit/store/storetest"
	"soviec/office/document"
	"soviec/office/org"
	"soviec/office/org/orgtest"
	"soviec/office/task"
)

var ctx = context.Background()

// desk is a model office in which a draft goes its way.
type desk struct {
	testing.TB
	b      *journal.Book
	clock  *orgtest.Clock
	agency int64
	who    map[string]journal.Holder
}

func each(t *testing.T, f func(d *desk)) {
	storetest.Each(t, func(t *testing.T, db *store.DB) { f(newDesk(t, db)) })
}

func newDesk(t testing.TB, db *store.DB) *desk {
	b, clock := orgtest.Book(t, db, "2026-11-23 08:00")
	agency, who := orgtest.Found(t, b)
	d := &desk{TB: t, b: b, clock: clock, agency: agency, who: who}
	system := journal.Holder{Agency: agency, System: true, Name: org.SystemName}
	orgtest.Do(t, b, system, document.Found)
	task.OnChange(document.RefIncoming, document.Effects())
	return d
}

func (d *desk) r() store.Reader          { return d.b.DB.Read(ctx) }
func (d *desk) dir() *org.Directory      { return orgtest.Directory(d, d.b, d.agency) }
func (d *desk) person(name string) int64 { return d.who[name].Person }

func (d *desk) try(name string, f func(*journal.Act) error) error {
	return d.b.Do(ctx, d.who[name], f)
}

func (d *desk) do(name string, f func(*journal.Act) error) {
	d.Helper()
	if err := d.try(name, f); err != nil {
		d.Fatalf("%s: %v", name, err)
	}
}

func (d *desk) refused(name string, kind fault.Kind, says string, f func(*journal.Act) error) {
	d.Helper()
	err := d.try(name, f)
	if !fault.Is(err, kind) || !strings.Contains(err.Error(), says) {
		d.Fatalf("%s: got %v, want %v with %q", name, err, kind, says)
	}
}

func (d *desk) get(id int64) Paper {
	d.Helper()
	p, err := Get(d.r(), d.agency, id)
	if err != nil {
		d.Fatal(err)
	}
	return p
}

// check holds the rows against the book.
func (d *desk) check() {
	d.Helper()
	for name, f := range map[string]func(store.Reader, int64, func(string)) error{"draft": Check, "org": org.Check, "task": task.Check, "document": document.Check} {
		if err := f(d.r(), d.agency, func(s string) { d.Errorf("%s: %s", name, s) }); err != nil {
			d.Fatal(err)
		}
	}
}

// letterFacts are of a công văn that Hải writes for the head.
func (d *desk) letterFacts() Facts {
	return Facts{Type: "CV", Subject: "Rà soát chính sách hỗ trợ sinh kế", Signer: d.person("thang"), Addressees: []string{"Ủy ban nhân dân các xã"},
		Recipients: []Recipient{{Name: "Văn phòng", Purpose: "know"}}, Body: "Ban Dân tộc đề nghị các xã rà soát.\n\nTrân trọng./."}
}

func sum(s string) string {
	h := sha256.Sum256([]byte(s))
	return hex.EncodeToString(h[:])
}

// composed is what typesetting would make of a draft with these facts.
func (d *desk) composed(p Paper, f Facts) *Content {
	d.Helper()
	return d.composedIn(d.dir(), p, f)
}

func (d *desk) composedIn(dir *org.Directory, p Paper, f Facts) *Content {
	d.Helper()
	p, err := Shape(dir, p, f, d.clock.Today())
	if err != nil {
		d.Fatal(err)
	}
	return page(d, dir, p)
}

func page(t testing.TB, dir *org.Directory, p Paper) *Content {
	raw, err := LetterJSON(Compose(dir, p))
	if err != nil {
		t.Fatal(err)
	}
	return &Content{Way: WayComposed, Name: "du-thao.pdf", SHA: sum(raw), Size: int64(len(raw)), Pages: 1, Letter: raw}
}

// begin has a person begin a draft and save its first version.
func (d *desk) begin(name string, f Facts) Paper {
	d.Helper()
	var p Paper
	d.do(name, func(a *journal.Act) (err error) { p, err = Begin(a, f); return err })
	return d.save(name, p.ID, f)
}

func (d *desk) save(name string, id int64, f Facts) Paper {
	d.Helper()
	p := d.get(id)
	c := d.composed(p, f)
	d.do(name, func(a *journal.Act) error { _, err := Save(a, id, p.Version, f, c); return err })
	return d.get(id)
}

func all(typ string) []string {
	var out []string
	for _, p := range Checklist(typ) {
		out = append(out, p.Code)
	}
	return out
}

// toSign carries a draft of Hải's before its signer.
func (d *desk) toSign(id int64) Paper {
	d.Helper()
	d.do("hai", func(a *journal.Act) error { return Submit(a, id, "Kính trình") })
	d.do("lam", func(a *journal.Act) error { return PassContent(a, id, d.get(id).SHA, 0, "") })
	d.do("minh", func(a *journal.Act) error { return PassForm(a, id, d.get(id).SHA, all(d.get(id).Type), "") })
	return d.get(id)
}

func scan() File {
	return File{Name: "ban-ky.pdf", MIME: "application/pdf", Size: 9, SHA: sum("scan")}
}
