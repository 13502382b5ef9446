// SPDX-License-Identifier: Apache-2.0

package civil

import (
	"fmt"
	"strings"
	"time"

	"soviec/kit/fault"
)

// PeriodKind is a length for which the office reports.
type PeriodKind string

// The kinds of periods.
const (
	Monthly    PeriodKind = "month"   // tháng
	Quarterly  PeriodKind = "quarter" // quý
	HalfYearly PeriodKind = "half"    // sáu tháng
	Yearly     PeriodKind = "year"    // năm
)

// Period is a month, quarter, half-year or year with its first and last day.
type Period struct {
	Kind     PeriodKind
	From, To Date
}

// months is the length of the period.
func (k PeriodKind) months() int {
	switch k {
	case Monthly:
		return 1
	case Quarterly:
		return 3
	case HalfYearly:
		return 6
	case Yearly:
		return 12
	}
	return 0
}

// PeriodOf returns the period of the kind that holds the day; no date or no kind has none.
func PeriodOf(kind PeriodKind, d Date) Period {
	n := kind.months()
	if d == 0 || n == 0 {
		return Period{}
	}
	y, m, _ := d.YMD()
	first := (int(m)-1)/n*n + 1
	last := first + n - 1
	return Period{kind, New(y, time.Month(first), 1), New(y, time.Month(last), daysIn(y, last))}
}

// MonthOf returns the month of the day.
func MonthOf(d Date) Period { return PeriodOf(Monthly, d) }

// QuarterOf returns the quarter of the day.
func QuarterOf(d Date) Period { return PeriodOf(Quarterly, d) }

// HalfOf returns the half-year of the day.
func HalfOf(d Date) Period { return PeriodOf(HalfYearly, d) }

// YearOf returns the year of the day.
func YearOf(d Date) Period { return PeriodOf(Yearly, d) }

// Contains tells whether the day lies in the period.
func (p Period) Contains(d Date) bool { return d != 0 && p.From <= d && d <= p.To }

// Next returns the period of the kind that follows.
func (p Period) Next() Period { return PeriodOf(p.Kind, p.To.AddDays(1)) }

// Prev returns the period of the kind before.
func (p Period) Prev() Period { return PeriodOf(p.Kind, p.From.AddDays(-1)) }

// LastYear returns the same period of the year before ("so với cùng kỳ").
func (p Period) LastYear() Period { return PeriodOf(p.Kind, p.From.AddMonths(-12)) }

// Start returns the first instant of the period.
func (p Period) Start() time.Time { return At(p.From, 0, 0) }

// End returns the first instant after the period.
func (p Period) End() time.Time { return At(p.To, 24, 0) }

// number is the place of the period in its year, from 1.
func (p Period) number() int {
	n := p.Kind.months()
	if n == 0 {
		return 0
	}
	return (int(p.From.Month())-1)/n + 1
}

var roman = [5]string{"", "I", "II", "III", "IV"}

// Name returns "Tháng 11/2026", "Quý IV/2026", "6 tháng cuối năm 2026", "Năm 2026".
func (p Period) Name() string {
	y := p.From.Year()
	switch p.Kind {
	case Monthly:
		return fmt.Sprintf("Tháng %d/%d", p.number(), y)
	case Quarterly:
		return fmt.Sprintf("Quý %s/%d", roman[p.number()], y)
	case HalfYearly:
		return fmt.Sprintf("6 tháng %s năm %d", [3]string{"", "đầu", "cuối"}[p.number()], y)
	case Yearly:
		return fmt.Sprintf("Năm %d", y)
	}
	return ""
}

// Key returns "2026-11", "2026-Q4", "2026-H2", "2026": for addresses and stored figures.
func (p Period) Key() string {
	y := p.From.Year()
	switch p.Kind {
	case Monthly:
		return fmt.Sprintf("%04d-%02d", y, p.number())
	case Quarterly:
		return fmt.Sprintf("%04d-Q%d", y, p.number())
	case HalfYearly:
		return fmt.Sprintf("%04d-H%d", y, p.number())
	case Yearly:
		return fmt.Sprintf("%04d", y)
	}
	return ""
}

// ParsePeriod reads what Key writes.
func ParsePeriod(key string) (Period, error) {
	year, part, found := strings.Cut(key, "-")
	kind, size := Yearly, 1
	switch {
	case !found:
		part = "1"
	case strings.HasPrefix(part, "Q"):
		kind, size, part = Quarterly, 1, part[1:]
	case strings.HasPrefix(part, "H"):
		kind, size, part = HalfYearly, 1, part[1:]
	default:
		kind, size = Monthly, 2
	}
	y, ok1 := digits(year)
	n, ok2 := digits(part)
	if !ok1 || !ok2 || len(year) != 4 || len(part) != size || y < 1 || n < 1 || n > 12/kind.months() {
		return Period{}, fault.Invalid("", "Kỳ phải có dạng 2026-11, 2026-Q4, 2026-H2 hoặc 2026.")
	}
	return PeriodOf(kind, New(y, time.Month((n-1)*kind.months()+1), 1)), nil
}
