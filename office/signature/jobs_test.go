// SPDX-License-Identifier: Apache-2.0

package signature_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"soviec/kit/civil"
	"soviec/kit/cms/cmstest"
	"soviec/kit/journal"
	"soviec/kit/pades/padestest"
	"soviec/kit/store"
	"soviec/office/notice"
	"soviec/office/signature"
)

func (d *desk) unread(who string) int {
	d.Helper()
	n, err := notice.Unread(d.read(), d.agency, d.who[who].Person)
	if err != nil {
		d.Fatal(err)
	}
	return n
}

// The end of a certificate is told to whoever has the key, the clerk and the chief of office,
// once at each mark and once when it came, however often and from how many programs it is asked.
func TestTheEndOfACertificateIsToldOnceAtEachMark(t *testing.T) {
	each(t, func(d *desk) {
		until := civil.At(civil.New(2026, 12, 18), 12, 0)
		id, err := d.world.Issue("Đàm Quốc Thắng", cmstest.Request{Until: until})
		if err != nil {
			t.Fatal(err)
		}
		d.do("minh", func(a *journal.Act) error {
			_, err := signature.EnterKey(a, signature.Entering{Person: d.who["thang"].Person, Device: "file", File: pemOf(id)})
			return err
		})
		before := map[string]int{"thang": d.unread("thang"), "lan": d.unread("lan"), "minh": d.unread("minh"), "hoa": d.unread("hoa")}
		warn := func(want int) {
			t.Helper()
			var group sync.WaitGroup
			for range 2 { // two programs on one morning
				group.Go(func() {
					if err := signature.Warn(context.Background(), d.book, d.agency); err != nil {
						t.Error(err)
					}
				})
			}
			group.Wait()
			for _, who := range []string{"thang", "lan", "minh"} {
				if got := d.unread(who) - before[who]; got != want {
					t.Errorf("on %s %s was told %d times, want %d", d.clock.Now(), who, got, want)
				}
			}
			if d.unread("hoa") != before["hoa"] {
				t.Error("somebody without a part was told")
			}
		}
		warn(1) // 24 days
		d.clock.Set(t, "2026-12-10 08:00")
		warn(1) // between two marks
		d.clock.Set(t, "2026-12-12 08:00")
		warn(2) // 6 days
		d.clock.Set(t, "2026-12-18 08:00")
		warn(2) // the day itself lies within the last mark
		d.clock.Set(t, "2026-12-19 08:00")
		warn(3) // it has ended
		d.clock.Set(t, "2027-02-01 08:00")
		warn(3)
		if err := signature.Check(d.read(), d.agency, func(s string) { t.Error(s) }); err != nil {
			t.Fatal(err)
		}
	})
}

// A key that is no longer used is not spoken of.
func TestAnEndedKeyIsNotSpokenOf(t *testing.T) {
	day := civil.New(2026, 11, 24)
	k := signature.Key{Until: day.AddDays(5)}
	for left, want := range map[int]string{-1: "đã hết hạn ngày 23/11/2026", 0: "hết hạn hôm nay", 7: "còn 7 ngày, hết hạn ngày 01/12/2026", 60: "còn 60 ngày, hết hạn ngày 23/01/2027", 61: ""} {
		k.Until = day.AddDays(left)
		if got := k.Ends(day, []int{60, 30, 7}); got != want {
			t.Errorf("%d days: %q, want %q", left, got, want)
		}
	}
	k.Until, k.EndedOn = day, day
	if got := k.Ends(day, []int{60, 30, 7}); got != "" {
		t.Errorf("of a key out of use: %q", got)
	}
}

// What came to no conclusion is judged again after growing waits, at last no more; a
// conclusion takes it out.
func TestWhatIsUndecidedWaitsLongerEachTime(t *testing.T) {
	each(t, func(d *desk) {
		signed := func(text, who string) []byte {
			b, err := padestest.Sign(padestest.Paper(text), d.id(who), d.clock.Now())
			return must(t, b, err)
		}
		file := signed("undecided", "Sở Nội vụ")
		judge := func() signature.Outcome {
			rec := d.look(file)
			d.system(func(a *journal.Act) error { _, err := signature.Keep(a, sha(file), rec); return err })
			return rec.Outcome()
		}
		if o := judge(); o != signature.UnknownCA && o != signature.Undecided {
			t.Fatalf("the file is %s", o)
		}
		due := func(at time.Time) []signature.Retry {
			t.Helper()
			all, err := signature.DueAgain(d.read(), d.agency, at)
			if err != nil {
				t.Fatal(err)
			}
			return all
		}
		now, last := d.clock.Now(), time.Duration(0)
		for tries := 0; ; tries++ {
			all := due(now)
			if len(all) == 0 {
				if tries < 5 {
					t.Errorf("given up after %d tries", tries)
				}
				break
			}
			if len(all) != 1 || all[0].Tries != tries {
				t.Fatalf("due are %+v", all)
			}
			if err := d.book.DB.Write(context.Background(), func(tx *store.Tx) error { return signature.Later(tx, d.agency, all[0], now) }); err != nil {
				t.Fatal(err)
			}
			if len(due(now)) != 0 {
				t.Fatal("it is due again at once")
			}
			wait := time.Duration(0)
			for wait < 40*24*time.Hour && len(due(now.Add(wait))) == 0 {
				wait += 24 * time.Hour
			}
			if wait < last {
				t.Errorf("the wait after %d tries is %s, the one before was %s", tries, wait, last)
			}
			last, now = wait, now.Add(wait)
		}
		if all, err := signature.Waiting(d.read(), d.agency, 10); err != nil || len(all) != 0 {
			t.Errorf("still waiting: %+v (%v)", all, err)
		}
		file = signed("decided later", "Sở Tài chính")
		judge()
		if all, _ := signature.Waiting(d.read(), d.agency, 10); len(all) != 1 {
			t.Errorf("waiting: %+v", all)
		}
		d.do("son", func(a *journal.Act) error { _, err := signature.Trust(a, d.trusts("test")); return err })
		if o := judge(); o != signature.Valid {
			t.Errorf("with trust the file is %s", o)
		}
		if all := due(now.AddDate(1, 0, 0)); len(all) != 0 {
			t.Errorf("a conclusion is judged again: %+v", all)
		}
	})
}
