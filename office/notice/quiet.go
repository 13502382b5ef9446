// SPDX-License-Identifier: Apache-2.0

package notice

import (
	"fmt"
	"strings"
	"time"

	"soviec/kit/civil"
	"soviec/kit/fault"
)

// Quiet is when a person is not to be disturbed (giờ yên tĩnh): QuietOutside, QuietNever,
// or every day from an hour to an hour: "21:00-06:30".
type Quiet string

// The ways to be quiet.
const (
	QuietOutside Quiet = "outside" // outside the agency's working time
	QuietNever   Quiet = "none"
)

// ParseQuiet reads quiet hours of a form.
func ParseQuiet(s string) (Quiet, error) {
	q := Quiet(strings.Join(strings.Fields(strings.NewReplacer("–", "-", "h", ":").Replace(s)), ""))
	if q == QuietOutside || q == QuietNever {
		return q, nil
	}
	from, to, ok := q.span()
	if !ok || from == to {
		return "", fault.Invalid("quiet", "Giờ yên tĩnh phải có dạng 21:00-06:30.")
	}
	return Quiet(fmt.Sprintf("%02d:%02d-%02d:%02d", from/60, from%60, to/60, to%60)), nil
}

// Words say the quiet hours.
func (q Quiet) Words() string {
	switch q {
	case QuietOutside:
		return "ngoài giờ làm việc"
	case QuietNever:
		return "không có"
	}
	return "từ " + strings.Replace(string(q), "-", " đến ", 1)
}

func (q Quiet) span() (from, to int, ok bool) {
	a, b, found := strings.Cut(string(q), "-")
	from, okA := minutes(a)
	to, okB := minutes(b)
	return from, to, found && okA && okB
}

func minutes(s string) (int, bool) {
	t, err := time.Parse("15:04", s)
	if err != nil {
		return 0, false
	}
	return t.Hour()*60 + t.Minute(), true
}

// next is the first moment from t on at which the person may be disturbed.
func (q Quiet) next(cal *civil.Calendar, t time.Time) time.Time {
	switch q {
	case QuietOutside:
		return cal.NextWorkingInstant(t)
	case QuietNever:
		return t
	}
	from, to, ok := q.span()
	if !ok {
		return t
	}
	day := civil.Of(t)
	now := t.Sub(civil.At(day, 0, 0))
	start, end := time.Duration(from)*time.Minute, time.Duration(to)*time.Minute
	switch {
	case from < to && now >= start && now < end, from > to && now < end:
		return civil.At(day, to/60, to%60)
	case from > to && now >= start:
		return civil.At(day.AddDays(1), to/60, to%60)
	}
	return t
}
