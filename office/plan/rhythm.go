// SPDX-License-Identifier: Apache-2.0

package plan

import (
	"fmt"
	"time"

	"soviec/kit/civil"
	"soviec/kit/fault"
)

// Weekly is the period that civil does not have.
const Weekly civil.PeriodKind = "week"

// An Anchor is how a day of the period is named.
type Anchor string

// The anchors.
const (
	OnDay     Anchor = "day"     // ngày 10
	OnWorking Anchor = "working" // ngày làm việc thứ 3, ngày làm việc cuối cùng
	OnWeekday Anchor = "weekday" // thứ Hai đầu tiên, thứ Sáu hằng tuần
)

// A Shift is what happens to a day off.
type Shift string

// The shifts.
const (
	Keep      Shift = "keep"   // giữ nguyên
	GoBack    Shift = "before" // ngày làm việc trước
	GoForward Shift = "after"  // ngày làm việc sau
)

// A Rhythm is which days a rule names: every so many periods, a day of a month of each.
type Rhythm struct {
	Every  int
	Period civil.PeriodKind
	Month  int // month of a quarter, half or year from 1; one more than it has is the month after it
	On     Anchor
	Number int // day of the month (31 = the last); n-th working day, below 0 from the end; weekday 1 to 7
	Nth    int // which such weekday of the month, below 0 from the end
	Shift  Shift
	Back   int // "the Monday before": the last such weekday before the day; 0 for none
	From   civil.Date
	Until  civil.Date // zero for ever
}

var periods = map[civil.PeriodKind]int{Weekly: 0, civil.Monthly: 1, civil.Quarterly: 3, civil.HalfYearly: 6, civil.Yearly: 12}

// Check tells what is wrong, field by field.
func (r Rhythm) Check() error {
	var errs []error
	say := func(wrong bool, field, text string) {
		if wrong {
			errs = append(errs, fault.Invalid(field, text))
		}
	}
	months, known := periods[r.Period]
	say(!known, "period", "Hãy chọn tuần, tháng, quý, nửa năm hoặc năm.")
	say(r.Every < 1 || r.Every > 52, "every", "Số kỳ giữa hai lần phải từ 1 đến 52.")
	say(r.From.IsZero() || r.From.Year() < 2000 || r.From.Year() > 2200, "from", "Hãy nhập ngày bắt đầu.")
	say(!r.Until.IsZero() && r.Until < r.From, "until", "Ngày kết thúc không được trước ngày bắt đầu.")
	say(r.Back < 0 || r.Back > 7, "back", "Thứ trong tuần không đúng.")
	say(r.Shift != Keep && r.Shift != GoBack && r.Shift != GoForward, "shift", "Hãy chọn cách xử lý khi gặp ngày nghỉ.")
	if r.Period == Weekly {
		say(r.On != OnWeekday || r.Number < 1 || r.Number > 7, "number", "Việc hằng tuần cần một thứ trong tuần.")
		return fault.Join(errs...)
	}
	say(months > 1 && (r.Month < 1 || r.Month > months+1), "month", "Tháng trong kỳ không đúng.")
	switch r.On {
	case OnDay:
		say(r.Number < 1 || r.Number > 31, "number", "Ngày trong tháng phải từ 1 đến 31.")
	case OnWorking:
		say(r.Number == 0 || r.Number < -23 || r.Number > 23, "number", "Thứ tự ngày làm việc phải từ 1 đến 23, tính từ đầu hoặc từ cuối tháng.")
	case OnWeekday:
		say(r.Number < 1 || r.Number > 7, "number", "Hãy chọn một thứ trong tuần.")
		say(r.Nth == 0 || r.Nth < -5 || r.Nth > 5, "nth", "Hãy chọn tuần thứ mấy của tháng.")
	default:
		say(true, "on", "Hãy chọn cách tính ngày.")
	}
	return fault.Join(errs...)
}

// A Date is one date of a rule.
type Date struct {
	Key  string // names the period, for good: "2026-Q4", "2026-11-23" for a week
	Name string // "Quý IV/2026", "tuần 23/11–29/11/2026"
	Due  civil.Date
}

// first is the period with which the counting begins.
func (r Rhythm) start(n int) civil.Date {
	if r.Period == Weekly {
		return r.From.AddDays(-(int(r.From-1) % 7) + 7*r.Every*n)
	}
	return civil.PeriodOf(r.Period, r.From).From.AddMonths(periods[r.Period] * r.Every * n)
}

// date is the date in the period that begins on a day.
func (r Rhythm) date(c *civil.Calendar, start civil.Date) Date {
	if r.Period == Weekly {
		due := r.shifted(c, start.AddDays(r.Number-1))
		return Date{start.String(), "tuần " + start.ShortVN() + "–" + start.AddDays(6).VN(), due}
	}
	p := civil.PeriodOf(r.Period, start)
	first := p.From.AddMonths(max(r.Month, 1) - 1)
	last := civil.MonthOf(first).To
	d := first
	switch r.On {
	case OnDay:
		d = first.AddDays(min(r.Number, last.Day()) - 1)
	case OnWorking:
		if r.Number > 0 {
			if d = c.AddWorkingDays(first.AddDays(-1), r.Number); d > last {
				d = c.AddWorkingDays(last.AddDays(1), -1)
			}
		} else if d = c.AddWorkingDays(last.AddDays(1), r.Number); d < first {
			d = c.OnOrAfter(first)
		}
	case OnWeekday:
		if r.Nth > 0 {
			d = first.AddDays((r.Number-1-int(first-1)%7+7)%7 + 7*(r.Nth-1))
			for d > last {
				d = d.AddDays(-7)
			}
		} else {
			d = last.AddDays(-((int(last-1)%7 - (r.Number - 1) + 7) % 7) + 7*(r.Nth+1))
			for d < first {
				d = d.AddDays(7)
			}
		}
	}
	return Date{p.Key(), p.Name(), r.shifted(c, d)}
}

// shifted goes to the weekday before, and off a day of rest as the rule says.
func (r Rhythm) shifted(c *civil.Calendar, d civil.Date) civil.Date {
	if r.Back != 0 {
		back := (int(d-1)%7 - (r.Back - 1) + 7) % 7
		if back == 0 {
			back = 7
		}
		d = d.AddDays(-back)
	}
	if r.Shift == Keep || c.WorkingDay(d) {
		return d
	}
	if r.Shift == GoBack {
		return c.AddWorkingDays(d, -1)
	}
	return c.OnOrAfter(d)
}

// maxDates bounds how far ahead dates are counted out.
const maxDates = 400

// Next are the next n dates from a day on, in their order.
func (r Rhythm) Next(c *civil.Calendar, from civil.Date, n int) []Date {
	if r.Check() != nil {
		return nil
	}
	from = max(from, r.From)
	// Jump near the day: a due date lies at most some periods off its own.
	step := 7 * r.Every
	if m := periods[r.Period]; m > 0 {
		step = 31 * m * r.Every
	}
	k := max(0, from.Sub(r.start(0))/step-2)
	var out []Date
	for hop := 0; len(out) < min(n, maxDates) && hop < maxDates+60; hop++ {
		d := r.date(c, r.start(k+hop))
		if !r.Until.IsZero() && d.Due > r.Until || d.Due.Year() > 2300 {
			break
		}
		if d.Due >= from {
			out = append(out, d)
		}
	}
	return out
}

// GiveOn is the morning on which work due on a day is given, so many working days ahead.
func GiveOn(c *civil.Calendar, due civil.Date, ahead int) civil.Date {
	if ahead > 0 {
		return c.AddWorkingDays(due, -ahead)
	}
	if c.WorkingDay(due) {
		return due
	}
	return c.AddWorkingDays(due, -1)
}

var weekdays = [8]string{"", "thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"}

// Words is the rhythm as the screen says it: "mỗi quý, ngày 10 của tháng cuối quý; gặp ngày
// nghỉ thì làm vào ngày làm việc trước".
func (r Rhythm) Words() string {
	if r.Check() != nil {
		return ""
	}
	name := map[civil.PeriodKind]string{Weekly: "tuần", civil.Monthly: "tháng", civil.Quarterly: "quý", civil.HalfYearly: "nửa năm", civil.Yearly: "năm"}[r.Period]
	head := "mỗi " + name
	if r.Every > 1 {
		head = fmt.Sprintf("%d %s một lần", r.Every, name)
		if r.Period == civil.HalfYearly {
			head = fmt.Sprintf("%d lần nửa năm một lần", r.Every)
		}
	}
	day := ""
	switch r.On {
	case OnDay:
		day = fmt.Sprintf("ngày %d", r.Number)
		if r.Number == 31 {
			day = "ngày cuối"
		}
	case OnWorking:
		switch {
		case r.Number == 1:
			day = "ngày làm việc đầu tiên"
		case r.Number == -1:
			day = "ngày làm việc cuối cùng"
		case r.Number > 0:
			day = fmt.Sprintf("ngày làm việc thứ %d", r.Number)
		default:
			day = fmt.Sprintf("ngày làm việc thứ %d tính từ cuối", -r.Number)
		}
	case OnWeekday:
		day = weekdays[r.Number]
		switch {
		case r.Period == Weekly:
		case r.Nth == 1:
			day += " đầu tiên"
		case r.Nth == -1:
			day += " cuối cùng"
		case r.Nth > 0:
			day += fmt.Sprintf(" của tuần thứ %d", r.Nth)
		default:
			day += fmt.Sprintf(" thứ %d tính từ cuối", -r.Nth)
		}
	}
	if m := periods[r.Period]; m > 1 {
		switch r.Month {
		case m:
			day += " của tháng cuối " + name
		case m + 1:
			day += " của tháng sau " + name
		case 1:
			day += " của tháng đầu " + name
		default:
			day += fmt.Sprintf(" của tháng thứ %d trong %s", r.Month, name)
		}
		if r.Period == civil.Yearly && r.Month <= 12 {
			day = fmt.Sprintf("%s tháng %d", dayOnly(r, day, name), r.Month)
		}
	}
	if r.Back != 0 {
		day = weekdays[r.Back] + " trước " + day
	}
	switch r.Shift {
	case GoBack:
		day += "; gặp ngày nghỉ thì lùi về ngày làm việc trước"
	case GoForward:
		day += "; gặp ngày nghỉ thì chuyển sang ngày làm việc sau"
	}
	return head + ", " + day
}

// dayOnly takes the month off the words again: a year's month has a number of its own.
func dayOnly(r Rhythm, day, name string) string {
	for _, tail := range []string{" của tháng cuối " + name, " của tháng đầu " + name, fmt.Sprintf(" của tháng thứ %d trong %s", r.Month, name)} {
		if n := len(day) - len(tail); n > 0 && day[n:] == tail {
			return day[:n]
		}
	}
	return day
}

// clock reads "16:00"; "" is no hour.
func clock(s string) bool {
	if s == "" {
		return true
	}
	_, err := time.Parse("15:04", s)
	return err == nil
}
