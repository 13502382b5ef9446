// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"soviec/kit/civil"
	"soviec/kit/fault"
)

const dueUsage = `Tính hạn xử lý theo lịch làm việc.

Cách dùng: soviec due --at 2020-01-21T14:00 --days 2 [--exact] [--cutoff 15:00=start_next_working_day]

  --at THỜI ĐIỂM        lúc nhận đủ hồ sơ, giờ Việt Nam, dạng 2006-01-02T15:04
  --days N              N ngày làm việc (có thể lẻ: 0.5)
  --hours N             N giờ làm việc
  --calendar-days N     N ngày theo lịch
  --months N            N tháng (có thể lẻ nửa tháng)
  --exact               tính chính xác theo giờ làm việc, thay vì hết ngày
  --cutoff GIỜ=QUY_TẮC  nhận sau giờ này thì: none, start_next_working_day,
                        return_next_working_day, forward_next_morning
  --holidays TỆP.csv    lịch nghỉ khác: date,kind,name,source
`

// dueFlags are the words of the command as they were typed.
type dueFlags struct {
	at, days, hours, calendarDays, months, cutoff, holidays string
	exact                                                   bool
}

// runDue prints the instant until which work received at another is in time. It answers 0,
// 1 when the rule cannot be computed, 2 when the command is not understood.
func runDue(args []string, out, errOut io.Writer) int {
	var f dueFlags
	set := flag.NewFlagSet("due", flag.ContinueOnError)
	set.SetOutput(io.Discard)
	set.StringVar(&f.at, "at", "", "")
	set.StringVar(&f.days, "days", "", "")
	set.StringVar(&f.hours, "hours", "", "")
	set.StringVar(&f.calendarDays, "calendar-days", "", "")
	set.StringVar(&f.months, "months", "", "")
	set.StringVar(&f.cutoff, "cutoff", "", "")
	set.StringVar(&f.holidays, "holidays", "", "")
	set.BoolVar(&f.exact, "exact", false, "")
	if err := set.Parse(args); errors.Is(err, flag.ErrHelp) {
		fmt.Fprint(out, dueUsage)
		return 0
	} else if err != nil || set.NArg() > 0 {
		fmt.Fprint(errOut, dueUsage)
		return 2
	}
	at, err := f.instant()
	if err != nil {
		return dueFailed(errOut, 2, err)
	}
	rule, err := f.rule()
	if err != nil {
		return dueFailed(errOut, 2, err)
	}
	calendar, err := f.calendar()
	if err != nil {
		return dueFailed(errOut, 1, err)
	}
	due, err := calendar.Due(at, rule)
	if err != nil {
		return dueFailed(errOut, 1, err)
	}
	fmt.Fprintln(out, due.Format("2006-01-02T15:04"))
	if year := civil.Of(due).Year(); !calendar.Confirmed(year) {
		fmt.Fprintf(errOut, "Lưu ý: lịch nghỉ năm %d chưa được xác nhận.\n", year)
	}
	return 0
}

func dueFailed(errOut io.Writer, code int, err error) int {
	text := fault.Text(err)
	if text == "" {
		text = err.Error()
	}
	fmt.Fprintln(errOut, text)
	return code
}

func (f dueFlags) instant() (time.Time, error) {
	for _, form := range []string{"2006-01-02T15:04", "2006-01-02T15:04:05", "2006-01-02 15:04"} {
		if at, err := time.ParseInLocation(form, f.at, civil.Zone); err == nil && civil.Of(at) > civil.MinDate {
			return at, nil
		}
	}
	return time.Time{}, fault.Invalid("at", "Hãy ghi --at với thời điểm nhận, ví dụ 2020-01-21T14:00.")
}

func (f dueFlags) rule() (civil.Rule, error) {
	r := civil.Rule{Method: civil.EndOfDay}
	given := 0
	for _, length := range []struct {
		text string
		unit civil.Unit
	}{{f.days, civil.WorkingDays}, {f.hours, civil.WorkingHours}, {f.calendarDays, civil.CalendarDays}, {f.months, civil.Months}} {
		if length.text == "" {
			continue
		}
		given++
		n, err := civil.ParseQuantity(length.text)
		if err != nil {
			return r, err
		}
		r.Unit, r.N = length.unit, n
	}
	if given != 1 {
		return r, fault.Invalid("days", "Hãy ghi đúng một trong --days, --hours, --calendar-days, --months.")
	}
	if f.exact {
		r.Method = civil.Exact
	}
	if f.cutoff != "" {
		hour, effect, found := strings.Cut(f.cutoff, "=")
		if !found {
			return r, fault.Invalid("cutoff", "Hãy ghi --cutoff như 15:00=start_next_working_day.")
		}
		r.Cutoff, r.CutoffEffect = hour, civil.CutoffEffect(effect)
	}
	return r, r.Check()
}

func (f dueFlags) calendar() (*civil.Calendar, error) {
	if f.holidays == "" {
		return civil.Default(), nil
	}
	file, err := os.Open(f.holidays)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	rows, err := civil.ParseCSV(file)
	if err != nil {
		return nil, err
	}
	return civil.NewCalendar(rows, nil)
}
