// SPDX-License-Identifier: Apache-2.0

package archive_test

import (
	"strings"
	"testing"

	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/archive"
	"soviec/office/handover"
	"soviec/office/notice"
	"soviec/office/task"
)

// Everything that somebody keeps passes to two persons, and the open work with it, in one act.
func TestALeaverHandsEverythingOver(t *testing.T) {
	each(t, func(d *desk) {
		open, closed, frozen, there := d.opened("01.CS"), d.closed("02.CS"), d.opened("03.CS"), d.archived("04.CS")
		d.do("minh", func(a *journal.Act) error { return archive.Freeze(a, frozen.ID, true) })
		offered := d.closed("05.CS")
		d.do("hai", func(a *journal.Act) error {
			_, err := archive.Hand(a, archive.Offer{Dossiers: []int64{offered.ID}})
			return err
		})
		waits := d.letter("2026-10-30")
		d.given(waits)
		hai, ha, anh := d.who["hai"].Person, d.who["ha"].Person, d.who["anh"].Person
		held, err := archive.KeptBy(d.r(), d.agency, hai)
		if err != nil || len(held) != 4 {
			t.Fatalf("keeps %d dossiers (%v); what lies in the archive is not his any more", len(held), err)
		}
		h := archive.Handing{From: hai, Dossiers: map[int64]int64{open.ID: ha, closed.ID: anh, offered.ID: ha, frozen.ID: ha}, Works: ha, Reason: "Đồng chí Hải chuyển công tác."}
		hand := func(a *journal.Act) error { _, err := archive.HandAll(a, h); return err }

		d.refused("anh", fault.KindForbidden, "quyền", hand)
		d.refused("xuan", fault.KindForbidden, "quyền", hand)
		d.refused("lam", fault.KindConflict, "03.CS đang bị khóa", hand)
		d.do("minh", func(a *journal.Act) error { return archive.Freeze(a, frozen.ID, false) })
		d.refused("hai", fault.KindForbidden, "", hand) // his dossiers he may pass on, not the work he was given
		if x := d.get(open.ID); x.Keeper != hai {
			t.Fatal("half of it went over")
		}
		for _, bad := range []struct {
			change func(h *archive.Handing)
			kind   fault.Kind
			words  string
		}{
			{func(h *archive.Handing) { h.Reason = " " }, fault.KindInvalid, "lý do"},
			{func(h *archive.Handing) { h.Dossiers = nil }, fault.KindInvalid, "Chưa chọn người nhận"},
			{func(h *archive.Handing) { h.From = 0 }, fault.KindInvalid, "người bàn giao"},
			{func(h *archive.Handing) { h.Dossiers = map[int64]int64{open.ID: hai} }, fault.KindInvalid, "người khác"},
			{func(h *archive.Handing) { h.Dossiers = map[int64]int64{open.ID: 999} }, fault.KindInvalid, "đang làm việc"},
			{func(h *archive.Handing) { h.Dossiers = map[int64]int64{there.ID: ha} }, fault.KindConflict, "không còn do"},
			{func(h *archive.Handing) { h.From = ha }, fault.KindConflict, "không còn do"},
		} {
			d.refused("lam", bad.kind, bad.words, func(a *journal.Act) error {
				x := h
				bad.change(&x)
				_, err := archive.HandAll(a, x)
				return err
			})
		}
		var r archive.Handover
		d.do("lam", func(a *journal.Act) (err error) { r, err = archive.HandAll(a, h); return err })
		if r.Title() != "Biên bản bàn giao hồ sơ số 01/2026" || r.Count != 4 || len(r.Takers) != 2 || r.Works == 0 {
			t.Errorf("%+v", r)
		}
		if x := d.get(closed.ID); x.Keeper != anh || x.Unit != d.unit("KHTH") {
			t.Errorf("%+v", x)
		}
		if x := d.get(offered.ID); x.Keeper != ha || x.Unit != d.unit("CS") || x.State != archive.Offered {
			t.Errorf("%+v", x)
		}
		if left, err := task.Mine(d.r(), d.agency, hai); err != nil || len(left) != 0 {
			t.Errorf("open work stayed behind: %v %v", left, err)
		}
		if w, err := handover.Get(d.r(), d.dir(), d.dir().Rights(ha, d.clock.Today()), r.Works); err != nil || w.Count != 1 {
			t.Errorf("%+v %v", w, err)
		}
		d.do("son", func(a *journal.Act) error {
			a.Judged()
			a.Note(journal.Entry{Kind: "org.nothing"})
			return archive.Leaving(a, hai)
		})

		// Each signs for his part; others do not learn of it.
		d.refused("hai", fault.KindForbidden, "Chỉ người nhận", func(a *journal.Act) error { return archive.SignHandover(a, r.ID, "") })
		d.refused("lam", fault.KindForbidden, "Chỉ người nhận", func(a *journal.Act) error { return archive.SignHandover(a, r.ID, "") })
		d.refused("xuan", fault.KindNotFound, "", func(a *journal.Act) error { return archive.SignHandover(a, r.ID, "") })
		if w, err := archive.WaitingHandovers(d.r(), d.agency, anh); err != nil || len(w) != 1 || !w[0].Waits(anh) {
			t.Errorf("%+v %v", w, err)
		}
		d.do("anh", func(a *journal.Act) error { return archive.SignHandover(a, r.ID, "Thiếu một bản giấy.") })
		d.refused("anh", fault.KindConflict, "đã ký nhận", func(a *journal.Act) error { return archive.SignHandover(a, r.ID, "") })
		got, err := archive.HandoverOf(d.r(), d.dir().Rights(anh, d.clock.Today()), r.ID)
		if err != nil || len(got.Lines) != 4 || !got.Open() || got.Waits(anh) || !got.Waits(ha) {
			t.Errorf("%+v %v", got, err)
		}
		for who, n := range map[string]int{"hai": 1, "lam": 1, "ha": 1, "anh": 1, "thang": 1, "tru": 1, "yen": 0, "son": 0} {
			x := d.dir().Rights(d.who[who].Person, d.clock.Today())
			if all, err := archive.Handovers(d.r(), x, 0, 10); err != nil || len(all) != n {
				t.Errorf("%s sees %d receipts, want %d (%v)", who, len(all), n, err)
			}
			if _, err := archive.HandoverOf(d.r(), x, r.ID); (err == nil) != (n == 1) {
				t.Errorf("%s: %v", who, err)
			}
		}
		if told, err := notice.List(d.r(), d.agency, d.who["lam"].Person, 0, 20); err != nil || len(told) == 0 || !strings.Contains(told[0].Text, "Thiếu một bản giấy") {
			t.Errorf("%+v %v", told, err)
		}
		d.sound()
	})
}
