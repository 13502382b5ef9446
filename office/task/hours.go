// SPDX-License-Identifier: Apache-2.0

package task

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/org"
)

// A Shifted is a promised instant that other working hours would put elsewhere on its
// day. Nothing moves by itself: what was promised changes only when somebody confirms it.
type Shifted struct {
	Piece
	Was, Next time.Time
}

// ShiftedBy lists the open shares that are due when the day of one calendar ends, and
// would be due at another time by the next. An hour that was given by hand stays.
func ShiftedBy(r store.Reader, agency int64, now, next *civil.Calendar) ([]Shifted, error) {
	open, err := openPieces(r, agency)
	if err != nil {
		return nil, fault.Internal(err)
	}
	var out []Shifted
	for _, p := range open {
		if p.State == StateReported || p.DueAt.IsZero() || !p.DueAt.Equal(now.EndOfDay(p.DueOn)) {
			continue
		}
		if at := next.EndOfDay(p.DueOn); !at.Equal(p.DueAt) {
			out = append(out, Shifted{Piece: p, Was: p.DueAt, Next: at})
		}
	}
	slices.SortFunc(out, func(a, b Shifted) int { return cmp.Or(a.Was.Compare(b.Was), cmp.Compare(a.Share, b.Share)) })
	return out, nil
}

// ApplyHours puts the due instants of the shares that somebody has confirmed to the end
// of their days by the agency's calendar, and returns how many it moved. Those who hold
// them are told.
func ApplyHours(a *journal.Act, shares ...int64) (int, error) {
	if err := org.May(a, org.ManageCalendar, org.Target{}); err != nil {
		return 0, err
	}
	shares = slices.Clone(shares)
	slices.Sort(shares)
	moved := 0
	for _, id := range slices.Compact(shares) {
		d, s, err := openShare(a, id)
		if err != nil {
			return moved, err
		}
		at := d.endOf(s.DueOn)
		if s.DueOn.IsZero() || at.Equal(s.DueAt) || s.State != StateGiven && s.State != StateStarted {
			continue
		}
		if err := d.atHour(s, at); err != nil {
			return moved, err
		}
		moved++
	}
	return moved, nil
}

// atHour moves a share's due instant within its day, with what was promised for that day.
func (d *deed) atHour(s *Share, at time.Time) error {
	was, level := s.DueAt, Inner
	if s.OuterOn == s.DueOn {
		s.OuterAt = at
	}
	if s.Parent == 0 && s.OuterOn == s.DueOn {
		level = Outer
	}
	s.DueAt = at
	why := fmt.Sprintf("Giờ hạn ngày %s đổi từ %s sang %s theo giờ làm việc mới.", s.DueOn.VN(), clock(was), clock(at))
	basis, err := d.basisOf(s, level)
	if err != nil {
		return err
	}
	if err := d.dateAfter(s, level, s.DueOn, "calendar", why, basis, was); err != nil {
		return err
	}
	if err := d.save(s); err != nil {
		return err
	}
	if err := d.note(DueMoved, s, Data{Was: s.DueOn}, why); err != nil {
		return err
	}
	return d.tell(s.Holder, DueMoved, "“"+d.w.Title+"”: "+lower(why))
}

// basisOf is what the last date of a level was counted from, so that it is not forgotten.
func (d *deed) basisOf(s *Share, level Level) (Due, error) {
	all, err := duesOfWork(d.a, d.a.By.Agency, d.w.ID)
	if err != nil {
		return Due{}, fault.Internal(err)
	}
	var last Due
	for _, row := range all {
		if row.Share == s.ID && row.Level == level {
			last = Due{BasisAt: row.BasisAt, BasisDays: row.BasisDays}
		}
	}
	return last, nil
}

func clock(t time.Time) string { return t.In(civil.Zone).Format("15:04") }
