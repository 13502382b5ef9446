// SPDX-License-Identifier: Apache-2.0

package archive_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/kit/store/storetest"
	"soviec/office/archive"
	"soviec/office/document"
)

// rounds is how many rows of acts are tried.
const rounds = 12

// Whatever people try in whatever order, a dossier only takes legal steps, its ordinals have
// no gap, what is closed stands still, and rows and book agree.
func TestRandomActsKeepDossiersWhole(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDesk(t, db)
		var docs []document.Incoming
		for i := range 4 {
			docs = append(docs, d.letter(fmt.Sprintf("2026-10-%02d", 30-i)))
			d.given(docs[i])
			if i < 3 {
				d.finished(docs[i])
			}
		}
		round := 0
		rapid.Check(t, func(rt *rapid.T) {
			if round++; round > rounds {
				return // each one reads the whole book: a few on every engine are enough for every day
			}
			ids := []int64{d.opened(fmt.Sprintf("%d.A", round)).ID, d.opened(fmt.Sprintf("%d.B", round)).ID}
			transfers := []int64{}
			for range rapid.IntRange(5, 25).Draw(rt, "acts") {
				id := rapid.SampledFrom(ids).Draw(rt, "dossier")
				who := rapid.SampledFrom([]string{"hai", "lam", "ha", "tru", "thang", "minh"}).Draw(rt, "who")
				before, refs := d.get(id), d.refs(id)
				act := randomAct(rt, d, id, docs, &transfers)
				if err := d.try(who, act); fault.Is(err, fault.KindInternal) && err != nil {
					rt.Fatal(err)
				}
				after := d.get(id)
				if before.State != after.State && !before.State.May(after.State) && !(before.State == archive.Open && after.State == archive.Collecting) {
					rt.Fatalf("%s became %s", before.State, after.State)
				}
				if !before.State.Fed() && !after.State.Fed() && fmt.Sprint(refs) != fmt.Sprint(d.refs(id)) {
					rt.Fatalf("%s changed what lies in it", after.State)
				}
				if d.refs(id); after.Docs != len(d.refs(id)) {
					rt.Fatalf("%d documents, %d said", len(d.refs(id)), after.Docs)
				}
			}
			if err := archive.Check(d.r(), d.agency, func(s string) { rt.Error(s) }); err != nil {
				rt.Fatal(err)
			}
		})
	})
}

func randomAct(rt *rapid.T, d *desk, id int64, docs []document.Incoming, transfers *[]int64) func(*journal.Act) error {
	doc := rapid.SampledFrom(docs).Draw(rt, "document")
	yes := rapid.Bool().Draw(rt, "yes")
	switch rapid.IntRange(0, 11).Draw(rt, "act") {
	case 0, 1, 2:
		return func(a *journal.Act) error { _, err := archive.PutIn(a, id, doc.Ref()); return err }
	case 3:
		items, _ := archive.Items(d.r(), d.agency, id)
		if len(items) == 0 {
			return func(a *journal.Act) error { return archive.Close(a, id, 0) }
		}
		it := rapid.SampledFrom(items).Draw(rt, "item")
		return func(a *journal.Act) error { return archive.TakeOut(a, id, it.ID, "thử") }
	case 4:
		return func(a *journal.Act) error { return archive.Close(a, id, 0) }
	case 5:
		return func(a *journal.Act) error { return archive.Reopen(a, id, "thử") }
	case 6:
		return func(a *journal.Act) error { return archive.Freeze(a, id, yes) }
	case 7:
		return func(a *journal.Act) error {
			t, err := archive.Hand(a, archive.Offer{Dossiers: []int64{id}})
			if err == nil {
				*transfers = append(*transfers, t.ID)
			}
			return err
		}
	case 8, 9:
		if len(*transfers) == 0 {
			return func(a *journal.Act) error { return archive.AskKeep(a, id, day("2027-12-31"), "thử") }
		}
		t := rapid.SampledFrom(*transfers).Draw(rt, "transfer")
		return func(a *journal.Act) error {
			if err := archive.Judge(a, t, id, yes, "thử"); err != nil {
				return archive.Conclude(a, t)
			}
			return nil
		}
	case 10:
		return func(a *journal.Act) error { return archive.Grant(a, id, fmt.Sprintf("p:%d", d.who["ha"].Person), yes) }
	}
	return func(a *journal.Act) error {
		return archive.GiveTo(a, id, d.who[map[bool]string{true: "hai", false: "ha"}[yes]].Person)
	}
}
