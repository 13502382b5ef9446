// SPDX-License-Identifier: Apache-2.0

package web

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"soviec/door/web/view"
	"soviec/kit/civil"
	"soviec/office/org"
	"soviec/office/task"
)

const (
	thisWeek    = "nay"
	worksOfDay  = 2  // named in one day of a month
	worksOfWeek = 20 // named in one day of a week
)

// calendarAsk is what the address asks of the calendar beside its lens.
type calendarAsk struct {
	lens
	week  bool
	first civil.Date // of the month, or the Monday of the week
}

func (v *visit) calendarAsk(q url.Values) calendarAsk {
	a := calendarAsk{lens: lensOf(q)}
	a.From, a.To, a.Column = 0, 0, ""
	if q.Get("week") == thisWeek {
		a.week, a.first = true, monday(v.today)
		return a
	}
	if day, err := civil.Parse(q.Get("week")); err == nil && sane(day.Year()) {
		a.week, a.first = true, monday(day)
		return a
	}
	a.first = firstOfMonth(v.today)
	if year, month, ok := strings.Cut(q.Get("month"), "-"); ok {
		y, _ := strconv.Atoi(year)
		if m, _ := strconv.Atoi(month); sane(y) && civil.Exists(y, m, 1) {
			a.first = civil.New(y, time.Month(m), 1)
		}
	}
	return a
}

// sane are the years that an address may ask for: far inside those that a day can have.
func sane(year int) bool { return year >= 1990 && year <= 2200 }

func monday(d civil.Date) civil.Date       { return d.AddDays(-(int(d.Weekday()) + 6) % 7) }
func firstOfMonth(d civil.Date) civil.Date { return d.AddDays(1 - d.Day()) }

// href is the calendar of another month or week with the same filter.
func (a calendarAsk) href(week bool, day civil.Date) string {
	q := a.query()
	if week {
		q.Set("week", monday(day).String())
	} else {
		q.Set("month", day.String()[:7])
	}
	return address("/cong-viec/lich", q)
}

// workCalendar is what falls due on each day (lịch công việc), with the days of rest and
// who is away.
func workCalendar(v *visit) error {
	ask := v.calendarAsk(v.Request.URL.Query())
	return v.showKept(v.frame(view.PlaceWorks, "Lịch công việc"), fmt.Sprint("calendar ", ask), func(p *task.Picture) view.Page { return v.workCalendarPage(p, ask) })
}

func (v *visit) workCalendarPage(pic *task.Picture, ask calendarAsk) view.WorkCalendar {
	p := view.WorkCalendar{Ways: v.ways("/cong-viec/lich", ask.lens), Week: ask.week, Today: ask.href(ask.week, v.today),
		MonthHref: ask.href(false, ask.first), WeekHref: ask.href(true, ask.first)}
	from, to := monday(ask.first), ask.first.AddDays(6)
	if ask.week {
		p.Heading = "Tuần từ " + ask.first.ShortVN() + " đến " + to.VN()
		p.Previous, p.Next, p.Kept = ask.href(true, ask.first.AddDays(-7)), ask.href(true, ask.first.AddDays(7)), view.Option{Label: "week", Value: ask.first.String()}
	} else {
		last := ask.first.AddMonths(1).AddDays(-1)
		to = endOfWeek(last)
		p.Heading = fmt.Sprintf("Tháng %d năm %d", ask.first.Month(), ask.first.Year())
		p.Previous, p.Next, p.Kept = ask.href(false, ask.first.AddMonths(-1)), ask.href(false, ask.first.AddMonths(1)), view.Option{Label: "month", Value: ask.first.String()[:7]}
		if monday(v.today) >= from && monday(v.today) <= to {
			p.WeekHref = ask.href(true, v.today)
		}
	}
	p.Filters = append([]view.Filter{{Before: "Việc", Name: "unit", Label: "Đơn vị", Select: v.unitChoice(ask.Unit)}}, v.workFilters(pic, ask.lens)[1:]...)
	at := ask.lens
	at.From, at.To = from, to
	path, q, _ := strings.Cut(ask.href(ask.week, ask.first), "?")
	p.ExcelHref, p.PrintHref = path+"/lich.xlsx?"+q, path+"/in.pdf?"+q
	all := v.throughOn(pic, at)
	byDay := map[civil.Date][]task.Tile{}
	for _, t := range all {
		byDay[t.DueOn] = append(byDay[t.DueOn], t)
	}
	away := v.awayBetween(from, to, ask.Filter)
	for day := from; day <= to; day = day.AddDays(1) {
		if day.Weekday() == time.Monday {
			p.Weeks = append(p.Weeks, nil)
		}
		w := &p.Weeks[len(p.Weeks)-1]
		*w = append(*w, v.calendarDay(day, byDay[day], away, ask))
	}
	in, late := 0, 0
	for _, t := range all {
		if ask.week || t.DueOn.Month() == ask.first.Month() {
			in++
			if t.Standing == task.StandsLate {
				late++
			}
		}
	}
	p.Sentence = view.Sentence{Before: fmt.Sprintf("%s việc đến hạn", number(in))}
	if late > 0 {
		p.Sentence.Before += ", trong đó "
		p.Sentence.Late = number(late) + " việc đã quá hạn"
	}
	p.Sentence.After = "."
	return p
}

func (v *visit) calendarDay(day civil.Date, due []task.Tile, away []org.Absence, ask calendarAsk) view.CalendarDay {
	d := view.CalendarDay{Number: strconv.Itoa(day.Day()), Date: day.VN(), Words: capital(dayWords(day)), Today: day == v.today,
		Outside: !ask.week && day.Month() != ask.first.Month(), Off: !v.dir.Calendar.WorkingDay(day)}
	if why := v.dir.Calendar.Why(day); why != "" && why != "thứ Bảy" && why != "Chủ nhật" {
		d.Why = why
	}
	most := worksOfDay
	if ask.week {
		most = worksOfWeek
		d.Number = day.ShortVN()
	}
	for i, t := range due {
		switch t.Standing {
		case task.StandsLate:
			d.Late++
		case task.StandsWaiting:
			d.Waiting++
		}
		if i < most {
			d.Works = append(d.Works, v.workRow(t))
		}
	}
	d.Count, d.More = len(due), max(0, len(due)-most)
	at := ask.lens
	at.From, at.To = day, day
	d.Href = address("/viec", at.query())
	for _, a := range away {
		if a.Covers(day) && !d.Off {
			d.Away = append(d.Away, v.dir.Person(a.Person).Name)
		}
	}
	return d
}

// awayBetween are the absences of the people whose work the visitor may see.
func (v *visit) awayBetween(from, to civil.Date, f task.Filter) []org.Absence {
	scope := task.ScopeOf(v.rights)
	var out []org.Absence
	for _, a := range v.dir.Absences {
		if a.To.Before(from) || a.From.After(to) || f.Person != 0 && f.Person != a.Person {
			continue
		}
		post, _ := v.dir.PostOn(a.Person, max(a.From, v.today))
		if f.Unit != 0 && f.Unit != post.Unit {
			continue
		}
		if scope.All || a.Person == v.me() || slices.Contains(scope.Units, post.Unit) {
			out = append(out, a)
		}
	}
	slices.SortFunc(out, func(a, b org.Absence) int { return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.ID, b.ID)) })
	return out
}
