// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"soviec/kit/civil"
	"soviec/kit/pattern"
)

const dayWords = `(\d{1,2})\s*(?:/|-|\.|\s+tháng\s+)\s*(\d{1,2})(?:\s*(?:/|-|\.|\s+năm\s+)\s*(\d{4}))?`

var (
	// until are the words in front of a day by which something is to be done.
	until     = pattern.Of(`(?i)(?:trước|chậm\s+nhất|muộn\s+nhất|hạn\s+cuối|thời\s+hạn|hạn\s+chót|hoàn\s+thành|đến\s+hết|xong|gửi\s+về[^.;\n]{0,80})[^.;\d\n]{0,40}?(?:\d{1,2}\s*(?:giờ|h|g)\s*(?:\d{2})?(?:\s*phút)?,?\s*)?(?:,?\s*ngày\s+)` + dayWords + `(\s*(?:hàng|hằng|mỗi)\s+năm)?`)
	inQuarter = pattern.Of(`(?i)(?:trong|trước|hết|vào)\s+quý\s+(IV|III|II|I|[1-4])\s*(?:/|năm|,)\s*(?:năm\s+)?(\d{4})`)
	inMonth   = pattern.Of(`(?i)(?:trong|trước|hết)\s+tháng\s+(\d{1,2})\s*(?:/|năm)\s*(?:năm\s+)?(\d{4})`)
	duty      = pattern.Of(`(?i)báo cáo|trình|gửi|hoàn thành|thực hiện xong|đề xuất|tham mưu|tổng hợp|ban hành`)
	window    = pattern.Of(`(?i)từ\s+(?:ngày\s+)?\d[^.;\n]{0,40}$`)
)

// maxDues is how many deadlines are proposed at most.
const maxDues = 20

// dueDates collects the days by which the document wants something done. A day
// before the document's own is quoted from an earlier one; the span of an event
// ("từ ngày … đến hết ngày …") is no deadline.
func dueDates(rest string, of civil.Date) []string {
	text := strings.Join(strings.Fields(rest), " ")
	type found struct {
		at  int
		due string
	}
	var all []found
	for _, m := range until.FindAllStringSubmatchIndex(text, -1) {
		if window.MatchString(text[max(0, m[0]-60):m[0]]) {
			continue
		}
		day, month := text[m[2]:m[3]], text[m[4]:m[5]]
		if m[8] >= 0 {
			if d, ok := dateOf(day, month, "2024"); ok {
				all = append(all, found{m[0], fmt.Sprintf("yearly %02d-%02d", d.Month(), d.Day())})
			}
			continue
		}
		var d civil.Date
		var ok bool
		switch {
		case m[6] >= 0:
			d, ok = dateOf(day, month, text[m[6]:m[7]])
		case !of.IsZero():
			if d, ok = dateOf(day, month, strconv.Itoa(of.Year())); !ok || d < of {
				d, ok = dateOf(day, month, strconv.Itoa(of.Year()+1))
			}
		}
		if ok && d >= of {
			all = append(all, found{m[0], d.String()})
		}
	}
	for _, m := range inQuarter.FindAllStringSubmatchIndex(text, -1) {
		q := map[string]int{"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}[strings.ToUpper(text[m[2]:m[3]])]
		year, _ := strconv.Atoi(text[m[4]:m[5]])
		if isDuty(text, m[0]) && notOver(year, 3*q, of) {
			all = append(all, found{m[0], fmt.Sprintf("Q%d/%d", q, year)})
		}
	}
	for _, m := range inMonth.FindAllStringSubmatchIndex(text, -1) {
		month, _ := strconv.Atoi(text[m[2]:m[3]])
		year, _ := strconv.Atoi(text[m[4]:m[5]])
		if month >= 1 && month <= 12 && isDuty(text, m[0]) && notOver(year, month, of) {
			all = append(all, found{m[0], fmt.Sprintf("M%02d/%d", month, year)})
		}
	}
	slices.SortStableFunc(all, func(a, b found) int { return a.at - b.at })
	var dues []string
	for _, f := range all {
		if !slices.Contains(dues, f.due) && len(dues) < maxDues {
			dues = append(dues, f.due)
		}
	}
	return dues
}

// isDuty tells whether the words before speak of something to be delivered.
func isDuty(text string, at int) bool {
	return duty.MatchString(strings.ToValidUTF8(text[max(0, at-160):at], ""))
}

// notOver tells whether the month's end is not before the document.
func notOver(year, month int, of civil.Date) bool {
	return year >= 1 && year < 9999 && civil.New(year, time.Month(month+1), 0) >= of
}

func dateOf(day, month, year string) (civil.Date, bool) {
	d, _ := strconv.Atoi(day)
	m, _ := strconv.Atoi(month)
	y, _ := strconv.Atoi(year)
	if y < 1945 || y > 2100 || !civil.Exists(y, m, d) {
		return 0, false
	}
	return civil.New(y, time.Month(m), d), true
}
