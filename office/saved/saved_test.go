// SPDX-License-Identifier: Apache-2.0

package saved_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/kit/store/storetest"
	"soviec/office/org"
	"soviec/office/org/orgtest"
	"soviec/office/saved"
)

func TestViewsAreOnesOwnOrTheUnits(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		book, clock := orgtest.Book(t, db, "2026-11-23 08:00")
		agency, who := orgtest.Found(t, book)
		_, others := orgtest.FoundAs(t, book, ".2")
		ctx := context.Background()
		unit := orgtest.Unit(t, book, agency, "CS").ID
		do := func(h journal.Holder, words string, f func(*journal.Act) error) {
			t.Helper()
			err := book.Do(ctx, h, f)
			if (words == "") != (err == nil) || err != nil && !strings.Contains(fault.Text(err), words) {
				t.Fatalf("want %q, have %v", words, err)
			}
		}
		keep := func(h journal.Holder, words string, v saved.View) int64 {
			t.Helper()
			do(h, words, func(a *journal.Act) (err error) { v, err = saved.Keep(a, v); return err })
			return v.ID
		}
		sees := func(name, want string) {
			t.Helper()
			d := orgtest.Directory(t, book, agency)
			all, err := saved.Views(db.Read(ctx), d.Rights(who[name].Person, clock.Today()), "viec")
			if err != nil {
				t.Fatal(err)
			}
			var have []string
			for _, v := range all {
				if v.First {
					v.Name += "*"
				}
				have = append(have, v.Name)
			}
			if got := strings.Join(have, ", "); got != want {
				t.Fatalf("%s sees %q, want %q", name, got, want)
			}
		}
		late := keep(who["hai"], "", saved.View{List: "viec", Query: "state=late", Name: " Việc  trễ "})
		keep(who["hai"], "Đã có bộ lọc", saved.View{List: "viec", Query: "state=soon", Name: "việc Trễ"})
		keep(who["hai"], "Hãy đặt tên", saved.View{List: "viec", Query: "state=soon"})
		keep(who["hai"], "Chưa có điều kiện", saved.View{List: "viec", Name: "Trống"})
		keep(who["hai"], "trong đơn vị của mình", saved.View{List: "viec", Query: "x=1", Name: "Lạ", Unit: orgtest.Unit(t, book, agency, "KHTH").ID})
		keep(who["hai"], "", saved.View{List: "bang", Query: "lanes=unit", Name: "Việc trễ"})
		room := keep(who["lam"], "", saved.View{List: "viec", Query: fmt.Sprint("unit=", unit), Name: "Của phòng", Unit: unit})
		sees("hai", "Việc trễ, Của phòng")
		sees("ha", "Của phòng")
		sees("xuan", "")

		// Each opens the list with what he chose; whoever does not see it cannot choose it.
		do(who["ha"], "", func(a *journal.Act) error { return saved.Pin(a, room) })
		do(who["hai"], "", func(a *journal.Act) error { return saved.Pin(a, room) })
		do(who["hai"], "", func(a *journal.Act) error { return saved.Pin(a, late) })
		do(who["xuan"], "Không có bộ lọc", func(a *journal.Act) error { return saved.Pin(a, room) })
		do(who["ha"], "Không có bộ lọc", func(a *journal.Act) error { return saved.Pin(a, late) })
		do(others["hai"], "Không có bộ lọc", func(a *journal.Act) error { return saved.Pin(a, room) })
		sees("hai", "Việc trễ*, Của phòng")
		sees("ha", "Của phòng*")

		// Only the owner changes a view, and the head what is shared with his unit.
		do(who["ha"], "không có quyền", func(a *journal.Act) error { return saved.Rename(a, room, "Khác") })
		do(who["ha"], "không có quyền", func(a *journal.Act) error { return saved.Drop(a, late) })
		do(who["lam"], "không có quyền", func(a *journal.Act) error { return saved.Drop(a, late) })
		do(who["hai"], "", func(a *journal.Act) error { return saved.Share(a, late, unit) })
		sees("ha", "Của phòng*, Việc trễ")
		do(who["lam"], "", func(a *journal.Act) error { return saved.Rename(a, late, "Trễ hạn của phòng") })
		do(who["lam"], "", func(a *journal.Act) error { return saved.Share(a, late, 0) })
		sees("ha", "Của phòng*")
		sees("hai", "Trễ hạn của phòng*, Của phòng")

		// Who stands in for another leaves the other's lists as they are.
		orgtest.Do(t, book, who["lam"], func(a *journal.Act) error {
			_, err := org.DeclareAbsence(a, org.NewAbsence{Person: who["lam"].Person, StandIn: who["hai"].Person, From: clock.Today(), To: clock.Today()})
			return err
		})
		do(orgtest.For(who["hai"], who["lam"]), "không có quyền", func(a *journal.Act) error { return saved.Drop(a, room) })
		do(who["hai"], "", func(a *journal.Act) error { return saved.Unpin(a, late) })
		do(who["lam"], "", func(a *journal.Act) error { return saved.Drop(a, room) })
		do(who["lam"], "đã xóa", func(a *journal.Act) error { return saved.Rename(a, room, "Khác") })
		sees("ha", "")
		sees("hai", "Trễ hạn của phòng")
		if err := saved.Check(db.Read(ctx), agency, func(s string) { t.Error(s) }); err != nil {
			t.Fatal(err)
		}
	})
}
