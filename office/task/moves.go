// SPDX-License-Identifier: Apache-2.0

package task

import (
	"cmp"
	"fmt"
	"slices"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/org"
)

// A Move is a promised day that a changed calendar would compute otherwise. Nothing
// moves by itself: a promise changes only when somebody confirms it.
type Move struct {
	Piece
	Was  civil.Date // the day promised now
	Next civil.Date
	Why  string // a sentence

	basis Due
}

// Moves lists the open shares whose promised day another calendar would put elsewhere:
// those that were counted in working days from a receipt, and those that fall due on
// what is now a day of rest. Earliest first.
func Moves(r store.Reader, agency int64, next *civil.Calendar) ([]Move, error) {
	open, err := openPieces(r, agency)
	if err != nil {
		return nil, fault.Internal(err)
	}
	dues, err := openDues(r, agency)
	if err != nil {
		return nil, fault.Internal(err)
	}
	latest := map[int64]DueRow{} // of the promised day; they come oldest first
	for _, d := range dues {
		if d.Level == Outer {
			latest[d.Share] = d
		}
	}
	var out []Move
	for _, p := range open {
		d, ok := latest[p.Share]
		if !ok || p.Parent != 0 || p.State == StateReported || d.On != p.OuterOn {
			continue
		}
		basis := Due{BasisAt: d.BasisAt, BasisDays: d.BasisDays}
		on, err := basis.computed(next)
		if err != nil {
			return nil, err
		}
		why := fmt.Sprintf("%d ngày làm việc kể từ %s tính theo lịch mới là %s.", d.BasisDays, civil.Of(d.BasisAt).VN(), on.VN())
		if d.BasisAt.IsZero() {
			on = next.OnOrAfter(p.OuterOn)
			why = fmt.Sprintf("Hạn %s rơi vào ngày nghỉ (%s).", p.OuterOn.VN(), next.Why(p.OuterOn))
		}
		if on != p.OuterOn {
			out = append(out, Move{Piece: p, Was: p.OuterOn, Next: on, Why: why, basis: basis})
		}
	}
	slices.SortFunc(out, func(a, b Move) int {
		return cmp.Or(a.Was.Compare(b.Was), cmp.Compare(a.Share, b.Share))
	})
	return out, nil
}

// ApplyMoves moves the promised days of the shares that somebody has confirmed to what
// the agency's calendar computes now, and returns how many it moved. Shares whose day the
// calendar does not move are passed over.
func ApplyMoves(a *journal.Act, shares ...int64) (int, error) {
	if err := org.May(a, org.ManageCalendar, org.Target{}); err != nil {
		return 0, err
	}
	dir, err := org.DirectoryIn(a)
	if err != nil {
		return 0, fault.Internal(err)
	}
	moves, err := Moves(a, a.By.Agency, dir.Calendar)
	if err != nil {
		return 0, err
	}
	slices.SortFunc(moves, func(x, y Move) int { return cmp.Compare(x.Share, y.Share) })
	moved := 0
	for _, m := range moves {
		if !slices.Contains(shares, m.Share) {
			continue
		}
		d, s, err := openShare(a, m.Share)
		if err != nil {
			return moved, err
		}
		if s.OuterOn != m.Was || s.State != StateGiven && s.State != StateStarted {
			continue
		}
		if err := d.setDue(s, Outer, m.Next, "calendar", m.Why, m.basis); err != nil {
			return moved, err
		}
		if err := d.save(s); err != nil {
			return moved, err
		}
		if err := d.note(DueMoved, s, Data{Was: m.Was}, m.Why); err != nil {
			return moved, err
		}
		text := fmt.Sprintf("Hạn của “%s” dời từ %s sang %s theo lịch làm việc mới.", d.w.Title, m.Was.VN(), m.Next.VN())
		if err := d.tell(s.Holder, DueMoved, text); err != nil {
			return moved, err
		}
		moved++
	}
	return moved, nil
}
