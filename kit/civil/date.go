// SPDX-License-Identifier: Apache-2.0

// Package civil counts time as officials count it: days, working days, holidays, deadlines and periods, in Vietnamese forms.
//
// May enter: pure functions on dates and on instants that are passed in.
// May not: the clock of the machine, SQL, files of the computer.
package civil

import (
	"database/sql/driver"
	"fmt"
	"time"

	"soviec/kit/fault"
)

// Zone is the one time zone of the country: UTC+7 without daylight saving.
// It is fixed so that the program needs no zone data of the machine.
var Zone = time.FixedZone("+07", 7*60*60)

// Date is a day of the calendar without a time. The zero value means "no date".
//
// It counts days, 0001-01-01 being 1, so dates compare with ==, < and >, serve as
// keys of maps, and a page may ask {{if .Due}}. No date lies outside the years 1 to 9999.
type Date int32

// The first and the last day a Date can be.
const (
	MinDate Date = 1       // 0001-01-01
	MaxDate Date = 3652059 // 9999-12-31
)

// New returns the day; a day that does not exist in the month counts on, as in time.Date.
func New(year int, month time.Month, day int) Date {
	// The month is brought into the year first: only the day may then overflow.
	m := int(month) - 1
	year += floorDiv(m, 12)
	m = m - floorDiv(m, 12)*12
	if year < -10000 || year > 20000 {
		return clamp(int64(year) * 366)
	}
	return clamp(ordinal(year, m+1) + int64(day))
}

// Exists tells whether year, month and day name a real day that a Date can hold.
func Exists(year, month, day int) bool {
	return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)
}

// Of returns the day that the instant has in Vietnam; the zero time has no day.
func Of(t time.Time) Date {
	if t.IsZero() {
		return 0
	}
	y, m, d := t.In(Zone).Date()
	return New(y, m, d)
}

// Parse reads "2006-01-02" and nothing else; the empty text is the zero date.
func Parse(s string) (Date, error) {
	if s == "" {
		return 0, nil
	}
	y, m, d, ok := fields(s)
	if !ok || !Exists(y, m, d) {
		return 0, fault.Invalid("", "Ngày phải có dạng năm-tháng-ngày, ví dụ 2026-01-05.")
	}
	return New(y, time.Month(m), d), nil
}

// MustParse is Parse for constants in the program; it panics on a wrong text.
func MustParse(s string) Date {
	d, err := Parse(s)
	if err != nil {
		panic("civil: " + s)
	}
	return d
}

func fields(s string) (y, m, d int, ok bool) {
	if len(s) != len("2006-01-02") || s[4] != '-' || s[7] != '-' {
		return 0, 0, 0, false
	}
	y, ok1 := digits(s[:4])
	m, ok2 := digits(s[5:7])
	d, ok3 := digits(s[8:])
	return y, m, d, ok1 && ok2 && ok3
}

func digits(s string) (int, bool) {
	n := 0
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, s != ""
}

// YMD takes the date apart; the zero date gives zeros.
func (d Date) YMD() (year int, month time.Month, day int) {
	if d == 0 {
		return 0, 0, 0
	}
	// Years are counted from March, so that the leap day is the last of its year.
	z := int64(d) + 305
	era := z / 146097
	doe := z - era*146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	day = int(doy-(153*mp+2)/5) + 1
	m := mp + 3
	y := yoe + era*400
	if m > 12 {
		m -= 12
		y++
	}
	return int(y), time.Month(m), day
}

// ordinal is the count of days before the first of the month, 0001-01-01 being 1.
func ordinal(year, month int) int64 {
	y, m := int64(year), int64(month)
	if m <= 2 {
		y--
		m += 12
	}
	era := y / 400
	if y < 0 {
		era = (y - 399) / 400
	}
	yoe := y - era*400
	doy := (153*(m-3) + 2) / 5
	doe := yoe*365 + yoe/4 - yoe/100 + doy
	return era*146097 + doe - 306
}

func daysIn(year, month int) int {
	switch month {
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

func clamp(n int64) Date {
	return Date(min(max(n, int64(MinDate)), int64(MaxDate)))
}

func floorDiv(a, b int) int {
	q := a / b
	if a%b != 0 && (a < 0) != (b < 0) {
		q--
	}
	return q
}

// IsZero tells whether there is no date.
func (d Date) IsZero() bool { return d == 0 }

// Year returns the year, 0 for the zero date.
func (d Date) Year() int { y, _, _ := d.YMD(); return y }

// Month returns the month of the year.
func (d Date) Month() time.Month { _, m, _ := d.YMD(); return m }

// Day returns the day of the month.
func (d Date) Day() int { _, _, n := d.YMD(); return n }

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday { return time.Weekday((int(d)%7 + 7) % 7) }

// Before tells whether d lies before e.
func (d Date) Before(e Date) bool { return d < e }

// After tells whether d lies after e.
func (d Date) After(e Date) bool { return d > e }

// Compare returns -1, 0 or +1.
func (d Date) Compare(e Date) int {
	switch {
	case d < e:
		return -1
	case d > e:
		return 1
	}
	return 0
}

// Sub returns the days from e to d, counted by the calendar.
func (d Date) Sub(e Date) int { return int(d) - int(e) }

// AddDays returns the day n days later by the calendar. No date stays no date,
// and the count stops at the first and the last day a Date can be.
func (d Date) AddDays(n int) Date {
	if d == 0 {
		return 0
	}
	if n > int(MaxDate) || n < -int(MaxDate) {
		n = max(min(n, int(MaxDate)), -int(MaxDate))
	}
	return clamp(int64(d) + int64(n))
}

// AddMonths returns the same day n months later, or the last day of that month
// where it is shorter (Civil Code 2015 art. 148.3).
func (d Date) AddMonths(n int) Date {
	if d == 0 {
		return 0
	}
	n = max(min(n, 12*10000), -12*10000)
	y, m, day := d.YMD()
	total := y*12 + int(m) - 1 + n
	y = floorDiv(total, 12)
	month := total - y*12 + 1
	if y < 1 {
		return MinDate
	}
	if y > 9999 {
		return MaxDate
	}
	return New(y, time.Month(month), min(day, daysIn(y, month)))
}

// String returns "2006-01-02", and nothing for the zero date.
func (d Date) String() string {
	if d == 0 {
		return ""
	}
	y, m, n := d.YMD()
	return fmt.Sprintf("%04d-%02d-%02d", y, int(m), n)
}

// MarshalText writes "2006-01-02", and nothing for the zero date.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (d *Date) UnmarshalText(b []byte) error {
	v, err := Parse(string(b))
	if err != nil {
		return err
	}
	*d = v
	return nil
}

// Value stores the date as text; no date is the empty text.
func (d Date) Value() (driver.Value, error) { return d.String(), nil }

// Scan reads what Value stores; NULL is no date.
func (d *Date) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*d = 0
		return nil
	case string:
		return d.UnmarshalText([]byte(v))
	case []byte:
		return d.UnmarshalText(v)
	case time.Time:
		// A driver that knows a DATE hands over its midnight without a zone.
		y, m, n := v.Date()
		*d = New(y, m, n)
		return nil
	}
	return fmt.Errorf("civil: a date cannot be read from %T", src)
}
