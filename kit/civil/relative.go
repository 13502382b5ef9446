// SPDX-License-Identifier: Apache-2.0

package civil

import "fmt"

// Relative says how far off a due date is, in working days: "còn 2 ngày", "hôm nay",
// "quá 3 ngày". Where only days of rest lie between, it says so: such a due date is
// neither today nor a working day away. Without a due date it is "không hạn".
func Relative(due, today Date, c *Calendar) string {
	n := c.WorkingDaysBetween(today, due)
	switch {
	case due == 0:
		return "không hạn"
	case today == 0:
		return due.VN()
	case due == today:
		return "hôm nay"
	case n > 0:
		return fmt.Sprintf("còn %d ngày", n)
	case n < 0:
		return fmt.Sprintf("quá %d ngày", -n)
	case due > today:
		return "hạn vào ngày nghỉ"
	}
	return "vừa quá hạn"
}

// DaysLate counts the working days after the due date up to and with today, 0 when it has not passed.
func (c *Calendar) DaysLate(due, today Date) int { return max(c.WorkingDaysBetween(due, today), 0) }
