// SPDX-License-Identifier: Apache-2.0

package civil

import (
	"fmt"
	"time"
)

var weekdayNames = [7]string{"Chủ nhật", "thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy"}

// WeekdayVN returns "thứ Hai" to "thứ Bảy", "Chủ nhật"; nothing for the zero date.
func (d Date) WeekdayVN() string {
	if d == 0 {
		return ""
	}
	return weekdayNames[d.Weekday()]
}

// VN returns "02/01/2006", the form of every screen; nothing for the zero date.
func (d Date) VN() string {
	if d == 0 {
		return ""
	}
	y, m, n := d.YMD()
	return fmt.Sprintf("%02d/%02d/%04d", n, int(m), y)
}

// ShortVN returns "02/01", for lists in which the year is plain.
func (d Date) ShortVN() string {
	if d == 0 {
		return ""
	}
	_, m, n := d.YMD()
	return fmt.Sprintf("%02d/%02d", n, int(m))
}

// Long returns "ngày 05 tháng 01 năm 2026", the form of a document: a zero leads the
// days below 10 and the months 1 and 2 alone (Decree 30/2020, App. I).
func (d Date) Long() string {
	if d == 0 {
		return ""
	}
	y, m, n := d.YMD()
	month := fmt.Sprintf("%d", int(m))
	if m <= time.February {
		month = "0" + month
	}
	return fmt.Sprintf("ngày %02d tháng %s năm %d", n, month, y)
}

// TimeVN returns "14:05 24/11/2026", the instant as a clock in Vietnam shows it.
func TimeVN(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(Zone).Format("15:04 02/01/2006")
}

// At returns the instant at which a clock in Vietnam shows the hour and minute on that day;
// no date has no instant.
func At(d Date, hour, minute int) time.Time {
	if d == 0 {
		return time.Time{}
	}
	y, m, n := d.YMD()
	return time.Date(y, m, n, hour, minute, 0, 0, Zone)
}
