// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"soviec/kit/civil"
	"soviec/kit/journal"
	"soviec/office/archive"
	"soviec/seed"
)

// A shelved is a dossier of the sample office.
type shelved struct {
	seed.Dossier
	id int64
}

// dossiers adds the list of a year: made by the clerk, approved by the head; each keeper opens
// his dossiers.
func (pl *player) dossiers(year int) []*shelved {
	var all []*shelved
	for _, d := range seed.Dossiers(year) {
		all = append(all, &shelved{Dossier: d})
	}
	at := func(month time.Month, day, hour, minute int) time.Time {
		return civil.At(civil.Default().OnOrAfter(civil.New(year, month, day)), hour, minute)
	}
	pl.add(at(1, 8, 9, 0), "lập danh mục hồ sơ", func(ctx context.Context) error { return pl.list(ctx, year, all) })
	pl.add(at(1, 10, 15, 30), "duyệt danh mục hồ sơ", func(ctx context.Context) error {
		err := pl.as(ctx, "thang", func(a *journal.Act) error { return archive.Approve(a, year, "") })
		if err != nil {
			return err
		}
		return pl.planned(ctx, year, all)
	})
	pl.add(at(1, 14, 8, 30), "mở hồ sơ", func(ctx context.Context) error {
		for _, x := range all {
			err := pl.as(ctx, x.Keeper, func(a *journal.Act) error { _, err := archive.OpenPlanned(a, x.id); return err })
			if err != nil {
				return err
			}
		}
		return nil
	})
	return all
}

// list makes the list of a year with its sections and lines.
func (pl *player) list(ctx context.Context, year int, all []*shelved) error {
	return pl.as(ctx, "lan", func(a *journal.Act) error {
		if _, err := archive.MakeList(a, year, true, false); err != nil {
			return err
		}
		section := map[string]int64{}
		for k, s := range seed.Sections {
			h, err := archive.SetHeading(a, year, archive.Heading{Ordinal: k + 1, Title: s.Title, Abbr: s.Abbr, Unit: pl.units[s.Unit]})
			if err != nil {
				return err
			}
			section[s.Unit] = h.ID
		}
		for _, x := range all {
			term, err := archive.ParseTerm(x.Term)
			if err != nil {
				return err
			}
			if _, err := archive.Propose(a, year, archive.Line{Heading: section[x.Section], Title: x.Title, Term: term, Keeper: pl.people[x.Keeper]}); err != nil {
				return fmt.Errorf("%s: %w", x.Title, err)
			}
		}
		return nil
	})
}

// planned finds the dossiers that the approval made.
func (pl *player) planned(ctx context.Context, year int, all []*shelved) error {
	made, err := archive.Dossiers(pl.db.Read(ctx), pl.agency, archive.Reach{All: true}, archive.Filter{View: archive.ViewAll, Year: year}, 200)
	if err != nil {
		return err
	}
	for _, x := range all {
		for _, d := range made {
			if d.Title == x.Title {
				x.id = d.ID
			}
		}
		if x.id == 0 {
			return fmt.Errorf("no dossier %q", x.Title)
		}
	}
	return nil
}

// shelve adds what became of the dossiers of the remembered year: at the end of each quarter
// their keepers put in what was dealt with, in January they are closed, in November those that
// are kept long go to the archive, all but two.
func (pl *player) shelve(all []*shelved, arrivals []seed.Arrival) {
	last := func(month int) civil.Date { return civil.New(seed.Year, time.Month(month+1), 1).AddDays(-3) }
	for _, x := range all {
		for quarter := 1; quarter <= 4; quarter++ {
			until, from := last(quarter*3), last(quarter*3-3)
			pl.add(civil.At(civil.Default().OnOrAfter(until), 16, 0), "đưa vào hồ sơ", func(ctx context.Context) error {
				return pl.as(ctx, x.Keeper, func(a *journal.Act) error {
					n := 0
					for k := range arrivals {
						r := &arrivals[k]
						day := civil.Of(r.Outcome.Confirmed)
						if r.Directive.Person != x.Keeper || r.Field != x.Field || day > until || day <= from || n >= x.Most/4 {
							continue
						}
						if _, err := archive.PutIn(a, x.id, journal.Ref("incoming", pl.arrived[r.No].doc.ID)); err == nil {
							n++
						}
					}
					return nil
				})
			})
		}
		pl.add(civil.At(civil.New(seed.Year+1, 1, 15), 9, 0), "đóng hồ sơ", func(ctx context.Context) error { return pl.closeDossier(ctx, x, 0) })
	}
	pl.add(civil.At(civil.New(seed.Year+1, 11, 18), 9, 0), "nộp lưu", func(ctx context.Context) error { return pl.handOver(ctx, all) })
}

// closeDossier has the keeper settle what stands against it, and close it if he can.
func (pl *player) closeDossier(ctx context.Context, x *shelved, ended civil.Date) error {
	return pl.as(ctx, x.Keeper, func(a *journal.Act) error {
		d, err := archive.Get(a, pl.agency, archive.Reach{All: true}, x.id)
		if err != nil || d.State != archive.Collecting {
			return err
		}
		for range 200 {
			left, err := archive.Findings(a, pl.agency, d)
			if err != nil {
				return err
			}
			if len(left) == 0 {
				return archive.Close(a, x.id, ended)
			}
			if err := archive.Settle(a, x.id, left[0].Key, "Đã xem, xác nhận là đúng."); err != nil {
				return nil // it stays open until the matter is finished
			}
			if d, err = archive.Get(a, pl.agency, archive.Reach{All: true}, x.id); err != nil {
				return err
			}
		}
		return nil
	})
}

// handOver hands the closed dossiers of each unit to the archive; the archivist takes them in.
func (pl *player) handOver(ctx context.Context, all []*shelved) error {
	of := map[int64][]int64{} // a dossier is its keeper's unit's, under whatever heading of the list
	for _, x := range all {
		d, err := archive.Get(pl.db.Read(ctx), pl.agency, archive.Reach{All: true}, x.id)
		if err != nil {
			return err
		}
		if (d.State == archive.Closed || d.State == archive.DueOut) && (d.Term.Permanent || d.Term.Years >= 20) {
			of[d.Unit] = append(of[d.Unit], x.id)
		}
	}
	for _, unit := range slices.Sorted(maps.Keys(of)) {
		if err := pl.handOverOf(ctx, unit, of[unit]); err != nil {
			return err
		}
	}
	return nil
}

func (pl *player) handOverOf(ctx context.Context, unit int64, ids []int64) error {
	who, err := pl.headOf(ctx, unit)
	if err != nil {
		return err
	}
	var t archive.Transfer
	err = pl.as(ctx, who, func(a *journal.Act) (err error) {
		t, err = archive.Hand(a, archive.Offer{Dossiers: ids, Boxes: "1", Metres: "0,1", Condition: "Đầy đủ, sắp xếp theo thứ tự thời gian."})
		return err
	})
	if err != nil {
		return err
	}
	return pl.as(ctx, "diep", func(a *journal.Act) error {
		for _, id := range ids {
			if err := archive.Judge(a, t.ID, id, true, ""); err != nil {
				return err
			}
		}
		return archive.Conclude(a, t.ID)
	})
}

// dueSoon are three dossiers of last year that are to be handed to the archive within the month.
func (pl *player) dueSoon(today civil.Date) {
	cal := civil.Default()
	for k, x := range []struct{ keeper, notation, title string }{
		{"hai", "31.CS", "Hồ sơ kiểm tra việc thực hiện chính sách dân tộc tại các xã biên giới"},
		{"anh", "32.KHTH", "Hồ sơ thẩm định danh mục công trình hạ tầng vùng đồng bào dân tộc thiểu số"},
		{"van", "33.TTr", "Hồ sơ thanh tra việc quản lý kinh phí hỗ trợ phát triển sản xuất"},
	} {
		s := &shelved{Dossier: seed.Dossier{Keeper: x.keeper}}
		opened, closed := cal.OnOrAfter(today.AddDays(-420)), cal.OnOrAfter(today.AddDays(-352+k*4))
		pl.add(civil.At(opened, 9, 10+k), "mở hồ sơ ngoài danh mục", func(ctx context.Context) error {
			return pl.as(ctx, x.keeper, func(a *journal.Act) error {
				d, err := archive.OpenNew(a, archive.Fresh{Notation: x.notation, Title: x.title, Term: archive.Term{Years: 20}})
				if err != nil {
					return err
				}
				s.id = d.ID
				return archive.EnterPaper(a, d.ID, archive.Paper{Type: "Biên bản", Number: fmt.Sprintf("%02d/BB-BDT", k+4), On: a.Day(), Author: "Ban Dân tộc tỉnh Cao Bằng",
					Subject: "Biên bản làm việc tại cơ sở", Pages: 4})
			})
		})
		pl.add(civil.At(closed, 10, 20+k), "đóng hồ sơ ngoài danh mục", func(ctx context.Context) error { return pl.closeDossier(ctx, s, closed) })
	}
}
