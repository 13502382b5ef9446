// SPDX-License-Identifier: Apache-2.0

package civil

import (
	"math/big"
	"time"

	"soviec/kit/fault"
)

// Unit is what a deadline is counted in.
type Unit string

// The units of a deadline.
const (
	WorkingDays  Unit = "working_day"  // ngày làm việc
	WorkingHours Unit = "working_hour" // giờ làm việc
	CalendarDays Unit = "calendar_day" // ngày
	Months       Unit = "month"        // tháng
)

// Method is how working days are counted.
type Method string

// The methods. The others than working days have but one: hours run by the clock,
// calendar days and months end with the day (Civil Code 2015 art. 147 and 148).
const (
	EndOfDay Method = "end_of_day" // the legal promise: the day of receipt does not count
	Exact    Method = "exact"      // a step of an internal procedure: by the working clock
)

// CutoffEffect is what a receipt after the hour of cut-off changes ("nhận sau 15 giờ").
type CutoffEffect string

// The effects; three different rules are in force, so the effect is data of the procedure.
const (
	NoEffect             CutoffEffect = "none"
	StartNextWorkingDay  CutoffEffect = "start_next_working_day"  // the clock starts with the next working day
	ReturnNextWorkingDay CutoffEffect = "return_next_working_day" // a same-day result is given on the next working day
	ForwardNextMorning   CutoffEffect = "forward_next_morning"    // only the internal hand-over moves, see Forward
)

// Rule is a deadline rule as data: so much time, counted in this way.
type Rule struct {
	Unit         Unit         `json:"unit"`
	N            Quantity     `json:"n"`
	Method       Method       `json:"method,omitempty"` // empty is end_of_day
	Cutoff       string       `json:"cutoff,omitempty"` // "15:00", empty for none
	CutoffEffect CutoffEffect `json:"cutoff_effect,omitempty"`
}

// Check tells what is wrong with the rule, field by field.
func (r Rule) Check() error {
	var errs []error
	switch r.Unit {
	case WorkingDays, WorkingHours, CalendarDays:
	case Months:
		if r.N%Half != 0 {
			errs = append(errs, fault.Invalid("n", "Thời hạn theo tháng phải tròn tháng hoặc nửa tháng."))
		}
	default:
		errs = append(errs, fault.Invalid("unit", "Đơn vị thời hạn phải là ngày làm việc, giờ làm việc, ngày hoặc tháng."))
	}
	if r.N < 0 || r.N > maxQuantity {
		errs = append(errs, fault.Invalid("n", "Thời hạn phải từ 0 đến 100000."))
	}
	if r.Method != "" && r.Method != EndOfDay && r.Method != Exact {
		errs = append(errs, fault.Invalid("method", "Cách tính phải là “hết ngày” hoặc “chính xác đến phút”."))
	}
	switch r.CutoffEffect {
	case "", NoEffect:
	case StartNextWorkingDay, ReturnNextWorkingDay, ForwardNextMorning:
		if r.Cutoff == "" {
			errs = append(errs, fault.Invalid("cutoff", "Giờ chốt phải có dạng giờ:phút, ví dụ 15:00."))
		}
	default:
		errs = append(errs, fault.Invalid("cutoff_effect", "Quy tắc nhận sau giờ chốt không có trong danh mục."))
	}
	if _, ok := parseClock(r.Cutoff); !ok && r.Cutoff != "" {
		errs = append(errs, fault.Invalid("cutoff", "Giờ chốt phải có dạng giờ:phút, ví dụ 15:00."))
	}
	return fault.Join(errs...)
}

// Due returns the instant until which the work is in time when it was received at that instant.
//
// The start T0 is the receipt, moved into working time (calendar rules, section 3).
//   - end_of_day: the day of T0 does not count; the end of the n-th working day after it.
//     Parts of a day count as a day: the half-th day lies within the first. With n = 0 it
//     is the end of the day of T0.
//   - exact: T0 plus n working days by the working clock. A day is eight hours, or the
//     shifts of the day where they are shorter.
//   - hours always run by the working clock.
//   - calendar days and months: the day of T0 does not count; a last day of rest moves to
//     the next working day (Civil Code 2015 art. 148.5). Half a month is 15 days (art. 146).
func (c *Calendar) Due(at time.Time, r Rule) (time.Time, error) {
	if err := r.Check(); err != nil {
		return time.Time{}, err
	}
	if at.IsZero() {
		return time.Time{}, fault.Invalid("at", "Thiếu thời điểm nhận.")
	}
	due, day := time.Time{}, Of(c.NextWorkingInstant(at))
	if r.N == 0 {
		day = Of(c.Start(at, r))
	}
	switch {
	case r.Unit == WorkingHours:
		// A quantity is in millionths, so the product is exact in nanoseconds.
		due = c.AddWorkingTime(c.Start(at, r), time.Duration(r.N)*(time.Hour/time.Duration(one)))
	case r.Unit == WorkingDays && r.Method == Exact:
		due = c.addExactDays(c.Start(at, r), r.N)
	case r.Unit == WorkingDays:
		// A start with the next working day changes nothing here: that day is counted
		// whole, as is the day after a receipt in time. Only n = 0 moves, above.
		due = c.EndOfDay(c.AddWorkingDays(day, r.N.ceil()))
	case r.Unit == CalendarDays:
		due = c.EndOfDay(c.OnOrAfter(day.AddDays(r.N.ceil())))
	default:
		day = day.AddMonths(int(r.N / one))
		if r.N%one != 0 {
			day = day.AddDays(15)
		}
		due = c.EndOfDay(c.OnOrAfter(day))
	}
	if Of(due) >= MaxDate || Of(due) <= MinDate {
		return time.Time{}, fault.Invalid("n", "Hạn tính ra nằm ngoài lịch.")
	}
	return due, nil
}

// Start returns T0, from which the clock of the rule runs: the next working instant, or
// the start of the next working day when the receipt is late and the rule says so.
//
// Lateness is judged by the receipt itself, not by the instant it was moved to. For a
// cut-off inside a shift both readings agree: who comes on Friday at 18:00 or on Saturday
// at 16:00 starts on Monday morning and is not put off a second time. They differ for a
// cut-off between shifts: at 12:00, who comes at 11:45 in the lunch break is in time,
// although the clock starts at 13:30.
func (c *Calendar) Start(at time.Time, r Rule) time.Time {
	if c.late(at, r) && (r.CutoffEffect == StartNextWorkingDay || r.CutoffEffect == ReturnNextWorkingDay && r.N == 0) {
		return c.StartOfDay(c.NextWorkingDay(Of(at)))
	}
	return c.NextWorkingInstant(at)
}

// Forward returns when the reception has to hand the work over inside the house: at once,
// or at the start of the next working day after a late receipt. The deadline does not move.
func (c *Calendar) Forward(at time.Time, r Rule) time.Time {
	if c.late(at, r) && r.CutoffEffect == ForwardNextMorning {
		return c.StartOfDay(c.NextWorkingDay(Of(at)))
	}
	return c.NextWorkingInstant(at)
}

// late tells whether the receipt lies after the cut-off of its day; "sau 15 giờ" leaves
// out 15:00 itself.
func (c *Calendar) late(at time.Time, r Rule) bool {
	minute, ok := parseClock(r.Cutoff)
	return ok && at.After(atMinute(Of(at), minute))
}

// dayMinutes is the most that one working day counts by the clock.
const dayMinutes = 8 * 60

// addExactDays adds n working days by the clock. Where hours change on the way, what was
// used up of each run of days is taken off in days of that run.
func (c *Calendar) addExactDays(t time.Time, n Quantity) time.Time {
	if i := c.spanOf(Of(t)); i == len(c.spans)-1 {
		// The usual case: no change of hours lies ahead, and the product is whole.
		unit := time.Duration(min(c.spans[i].length, dayMinutes)) * time.Minute
		return c.AddWorkingTime(t, time.Duration(n)*(unit/time.Duration(one)))
	}
	left := big.NewRat(int64(n), int64(one))
	for i := c.spanOf(Of(t)); ; i++ {
		unit := big.NewRat(int64(min(c.spans[i].length, dayMinutes)), 1)
		need := new(big.Rat).Mul(left, unit)
		if i+1 < len(c.spans) {
			before, passed := c.position(t)
			there := big.NewRat(c.spans[i+1].minutes-before, 1)
			there.Sub(there, big.NewRat(int64(passed), int64(time.Minute)))
			if need.Cmp(there) > 0 {
				left.Sub(left, there.Quo(there, unit))
				t = c.NextWorkingInstant(At(c.spans[i+1].from, 0, 0))
				// A run without a working day is passed over with the next one.
				i = c.spanOf(Of(t)) - 1
				continue
			}
		}
		need.Mul(need, big.NewRat(int64(time.Minute), 1))
		work, rest := new(big.Int).QuoRem(need.Num(), need.Denom(), new(big.Int))
		if rest.Sign() > 0 {
			work.Add(work, big.NewInt(1))
		}
		return c.AddWorkingTime(t, time.Duration(work.Int64()))
	}
}
