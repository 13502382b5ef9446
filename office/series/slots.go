// SPDX-License-Identifier: Apache-2.0

package series

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"time"
	"unicode/utf8"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/org"
)

// Reserve takes the next number for a document that will be finished today or tomorrow
// (giữ số): it is kept until the end of the next working day, then it is void.
func Reserve(a *journal.Act, q Ask, reason string) (Slot, error) {
	if err := org.May(a, org.NumberOut, org.Target{}); err != nil {
		return Slot{}, err
	}
	if utf8.RuneCountInString(tidy(reason)) < 5 {
		return Slot{}, fault.Invalid("reason", "Xin ghi lý do giữ số.")
	}
	dir, err := org.DirectoryIn(a)
	if err != nil {
		return Slot{}, err
	}
	q.Day, q.Subject = a.Day(), ""
	x, err := hold(a, q, q.Day)
	if err != nil {
		return Slot{}, err
	}
	if x.Closed {
		return Slot{}, fault.Conflict("", "Dãy số năm "+strconv.Itoa(x.Year)+" đã khóa.")
	}
	if x.LastDay.After(q.Day) {
		return Slot{}, backdated(x.LastDay)
	}
	return take(a, q, x, Slot{State: StateReserved, Day: q.Day, Until: keptUntil(dir, a.Day()), Reason: tidy(reason)})
}

// keptUntil is how long a number is kept: to the end of the next working day.
func keptUntil(dir *org.Directory, day civil.Date) time.Time {
	return dir.Calendar.EndOfDay(dir.Calendar.NextWorkingDay(day))
}

var suffixes = regexp.MustCompile(`^([a-z]|bis|ter)$`)

// Insert lets a number with a suffix be given between two others (chèn số "15a";
// documents.md 7.6): the decree knows no such thing, so it needs the word of the chief
// of office, a reason, and a date between its neighbours'. The clerk then gives it as
// one gives a number that was kept.
func Insert(a *journal.Act, base int64, suffix string, day civil.Date, reason string) (Slot, error) {
	if err := org.May(a, org.InsertNumber, org.Target{}); err != nil {
		return Slot{}, err
	}
	b, err := slotByID(a, a.By.Agency, base)
	if err != nil {
		return Slot{}, err
	}
	if _, err := lockByID(a, b.Series); err != nil {
		return Slot{}, err
	}
	if b.Suffix != "" {
		return Slot{}, fault.Invalid("base", "Số phụ chỉ đặt sau một số chính.")
	}
	if !suffixes.MatchString(suffix) {
		return Slot{}, fault.Invalid("suffix", "Số phụ là một chữ cái thường không dấu (a, b, c…), bis hoặc ter.")
	}
	if utf8.RuneCountInString(tidy(reason)) < 10 {
		return Slot{}, fault.Invalid("reason", "Xin ghi rõ lý do chèn số.")
	}
	s := Slot{ID: a.NewID(), Series: b.Series, Year: b.Year, Number: b.Number, Suffix: suffix, State: StateReserved, Day: day,
		Inserted: true, By: a.By.Person, Reason: tidy(reason), At: a.At}
	low, high, err := neighbours(a, s, a.Day())
	if err != nil {
		return s, err
	}
	if day.Before(low) || day.After(high) {
		return s, fault.Invalid("day", fmt.Sprintf("Ngày của số chèn phải từ %s đến %s.", low.VN(), high.VN()))
	}
	dir, err := org.DirectoryIn(a)
	if err != nil {
		return s, err
	}
	s.Until = keptUntil(dir, a.Day())
	if err := insertSlot(a, s, ""); err != nil {
		if store.IsUnique(err) {
			return s, fault.Conflict("suffix", "Số "+s.Text()+" đã có.")
		}
		return s, err
	}
	a.Note(journal.Entry{Kind: Inserted, Subject: s.Ref(), Amount: s.Number, Data: s.data()})
	return s, nil
}

// fill gives a number that was kept or allowed to be inserted.
func fill(a *journal.Act, q Ask, x Series, day civil.Date) (Slot, error) {
	s, err := slotByID(a, a.By.Agency, q.Slot)
	if err != nil {
		return s, err
	}
	locked, err := lockByID(a, s.Series) // it may be of last year, and another than the type's own
	if err != nil {
		return s, err
	}
	if locked.Direction != x.Direction || locked.Scope != x.Scope {
		return s, fault.Invalid("slot", "Số "+s.Text()+" thuộc dãy số khác, không dùng cho loại văn bản này.")
	}
	if s, err = slotByID(a, a.By.Agency, q.Slot); err != nil { // as it is under the lock
		return s, err
	}
	if s.State != StateReserved {
		return s, fault.Conflict("slot", "Số "+s.Text()+" không còn được giữ.")
	}
	if a.At.After(s.Until) {
		return s, fault.Conflict("slot", "Số "+s.Text()+" chỉ được giữ đến "+civil.TimeVN(s.Until)+".")
	}
	low, high, err := neighbours(a, s, a.Day())
	if err != nil {
		return s, err
	}
	if s.Inserted {
		low, high = s.Day, s.Day // the day that was allowed
	}
	if day.Before(low) || day.After(high) {
		return s, fault.Invalid("day", fmt.Sprintf("Ngày của số %s phải từ %s đến %s.", s.Text(), low.VN(), high.VN()))
	}
	s.State, s.Day, s.Subject, s.At = StateUsed, day, q.Subject, a.At
	if err := s.name(a, q); err != nil {
		return s, err
	}
	if err := useSlot(a, s, q.Key); err != nil {
		return s, err
	}
	if err := advance(a, s.Series, locked.Last, day); err != nil {
		return s, err
	}
	a.Note(journal.Entry{Kind: Taken, Subject: s.Ref(), Amount: s.Number, Data: s.data()})
	return s, nil
}

// again gives the highest number once more, if it was voided and never left the agency
// (documents.md 7.5). Both the voiding and this stay in the book.
func again(a *journal.Act, q Ask, x Series, day civil.Date) (Slot, error) {
	s, err := lastSlot(a, x.ID, x.Last)
	if err == store.ErrNone || err == nil && (s.State != StateVoid || s.WentOut) {
		return s, fault.Conflict("again", "Chỉ cấp lại được số lớn nhất, đã hủy khi chưa ra khỏi cơ quan.")
	}
	if err != nil {
		return s, err
	}
	if s.Day.After(day) {
		return s, backdated(s.Day)
	}
	s.State, s.Day, s.Subject, s.At, s.Until = StateUsed, day, q.Subject, a.At, time.Time{}
	if err := s.name(a, q); err != nil {
		return s, err
	}
	if err := useSlot(a, s, q.Key); err != nil {
		return s, err
	}
	if err := advance(a, x.ID, x.Last, day); err != nil {
		return s, err
	}
	a.Note(journal.Entry{Kind: TakenAgain, Subject: s.Ref(), Amount: s.Number, Data: s.data()})
	return s, nil
}

// Void ends a number for good: it keeps its place in the register, struck through.
// Whoever calls it has asked whether that may be.
func Void(a *journal.Act, slot int64, reason string) (Slot, error) {
	s, err := slotByID(a, a.By.Agency, slot)
	if err != nil {
		return s, err
	}
	if _, err := lockByID(a, s.Series); err != nil {
		return s, err
	}
	if s.State == StateVoid {
		return s, fault.Conflict("", "Số "+s.Text()+" đã hủy.")
	}
	if tidy(reason) == "" {
		return s, fault.Invalid("reason", "Xin ghi lý do hủy số.")
	}
	s.State, s.Reason = StateVoid, tidy(reason)
	if err := voidSlot(a, s); err != nil {
		return s, err
	}
	a.Note(journal.Entry{Kind: Voided, Subject: s.Ref(), Amount: s.Number, Data: s.data()})
	return s, nil
}

// Release voids a number that was kept and is not needed after all (thôi giữ số).
func Release(a *journal.Act, slot int64, reason string) error {
	if err := org.May(a, org.NumberOut, org.Target{}); err != nil {
		return err
	}
	s, err := slotByID(a, a.By.Agency, slot)
	if err != nil {
		return err
	}
	if s.State != StateReserved {
		return fault.Conflict("", "Số "+s.Text()+" không còn được giữ.")
	}
	_, err = Void(a, slot, reason)
	return err
}

// MarkOut says that a number was shown outside the agency: it is never given again.
func MarkOut(a *journal.Act, slot int64) error {
	s, err := slotByID(a, a.By.Agency, slot)
	if err != nil || s.WentOut {
		return err
	}
	a.Note(journal.Entry{Kind: WentOut, Subject: s.Ref(), Amount: s.Number})
	return markOut(a, s.ID)
}

// expiredReason is what stands beside a number that was kept and not used.
const expiredReason = "Hết hạn giữ số"

// Expire voids the kept numbers whose time is over. It may run late, or twice.
func Expire(ctx context.Context, b *journal.Book, agency int64) error {
	due, err := expiring(b.DB.Read(ctx), agency, b.Clock())
	if err != nil || len(due) == 0 {
		return err
	}
	return b.Do(ctx, journal.Holder{Agency: agency, System: true, Name: org.SystemName}, func(a *journal.Act) error {
		if err := org.May(a, org.RunSystem, org.Target{}); err != nil {
			return err
		}
		due, err := expiring(a, agency, a.At)
		if err != nil {
			return err
		}
		for _, s := range due {
			if _, err := lockByID(a, s.Series); err != nil {
				return err
			}
			if s, err = slotByID(a, agency, s.ID); err != nil || s.State != StateReserved {
				if err != nil {
					return err
				}
				continue
			}
			s.State, s.Reason = StateVoid, expiredReason+": "+s.Reason
			if err := voidSlot(a, s); err != nil {
				return err
			}
			a.Note(journal.Entry{Kind: Expired, Subject: s.Ref(), Amount: s.Number, Data: s.data()})
		}
		return nil
	})
}

// Kept are the numbers that are kept now, or wait to be inserted.
func Kept(r store.Reader, agency int64) ([]Slot, error) { return keptSlots(r, agency) }

// SlotOf finds a number.
func SlotOf(r store.Reader, agency, id int64) (Slot, error) { return slotByID(r, agency, id) }

// Of finds a series.
func Of(r store.Reader, agency, id int64) (Series, error) { return seriesByID(r, agency, id) }

// In are the series of a year.
func In(r store.Reader, agency int64, year int) ([]Series, error) { return seriesIn(r, agency, year) }
