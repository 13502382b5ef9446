// SPDX-License-Identifier: Apache-2.0

package web

import (
	"strconv"
	"strings"
	"time"
	"unicode"

	"soviec/door/web/view"
	"soviec/kit/civil"
	"soviec/office/document"
	"soviec/office/org"
	"soviec/office/task"
)

func upper(r rune) rune { return unicode.ToUpper(r) }

func number(n int) string { return document.ShowNumber(int64(n)) }

// days writes working time as days with at most one decimal: "1,5 ngày".
func days(d, day time.Duration) string {
	if day <= 0 {
		day = 8 * time.Hour
	}
	tenths := int64((d*10 + day/2) / day)
	if tenths == 0 {
		return "dưới 1 giờ"
	}
	if tenths < 10 {
		hours := int64((d + 30*time.Minute) / time.Hour)
		return strconv.FormatInt(max(hours, 1), 10) + " giờ"
	}
	s := strconv.FormatInt(tenths/10, 10)
	if tenths%10 != 0 {
		s += "," + strconv.FormatInt(tenths%10, 10)
	}
	return s + " ngày"
}

// dueWords say how a due day stands to today: "còn 2 ngày", "quá 3 ngày".
func dueWords(due civil.Date, today civil.Date, cal *civil.Calendar) string {
	if due.IsZero() {
		return "không hạn"
	}
	return civil.Relative(due, today, cal)
}

func standing(s task.Standing) view.State {
	switch s {
	case task.StandsLate:
		return view.StateLate
	case task.StandsSoon:
		return view.StateSoon
	case task.StandsUndated:
		return view.StateUndated
	case task.StandsWaiting, task.StandsPaused:
		return view.StatePaused
	}
	return view.StateOpen
}

// whoHolds names who carries a share: the person, or the unit through its head.
func whoHolds(d *org.Directory, person, unit int64) string {
	if person != 0 {
		return d.Person(person).Name
	}
	return d.Unit(unit).Name
}

// momentWords writes a moment as a timeline does: "thứ Năm 19/11/2026, 08:12".
func momentWords(t time.Time) string {
	d := civil.Of(t)
	return d.WeekdayVN() + " " + d.VN() + ", " + t.In(civil.Zone).Format("15:04")
}

// sinceWords writes a moment short: "08:10 hôm nay", "16:20 hôm qua", "16:20, 20/11/2026".
func sinceWords(t time.Time, today civil.Date) string {
	d, clock := civil.Of(t), t.In(civil.Zone).Format("15:04")
	switch today.Sub(d) {
	case 0:
		return clock + " hôm nay"
	case 1:
		return clock + " hôm qua"
	}
	return clock + ", " + d.VN()
}

func sizeWords(n int64) string {
	switch {
	case n < 1<<10:
		return strconv.FormatInt(n, 10) + " B"
	case n < 1<<20:
		return strconv.FormatInt((n+512)>>10, 10) + " KB"
	}
	return strings.Replace(strconv.FormatFloat(float64(n)/(1<<20), 'f', 1, 64), ".", ",", 1) + " MB"
}

func idText(id int64) string { return strconv.FormatInt(id, 10) }

// assignee reads "unit/3" or "person/7".
func assignee(s string) (task.Assignee, bool) {
	kind, id, ok := strings.Cut(s, "/")
	n, err := strconv.ParseInt(id, 10, 64)
	if !ok || err != nil || n <= 0 {
		return task.Assignee{}, false
	}
	switch kind {
	case "unit":
		return task.Assignee{Unit: n}, true
	case "person":
		return task.Assignee{Person: n}, true
	}
	return task.Assignee{}, false
}

// number64 reads an identifier.
func number64(s string) (int64, bool) {
	n, err := strconv.ParseInt(s, 10, 64)
	return n, err == nil && n > 0
}
