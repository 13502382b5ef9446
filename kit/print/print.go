// SPDX-License-Identifier: Apache-2.0

// Package print lays tables, slips and letters out on paper: plain structs in, PDF bytes out.
//
// May enter: page layout, the embedded typeface, Vietnamese line breaking, the layout rules of Decree 30/2020.
// May not: SQL, HTTP, what a document or a task is, the clock of the machine.
package print

import (
	"fmt"
	"time"
)

// A Column is one column of a printed table.
type Column struct {
	Title   string
	WidthMM float64 // share of the table's width; the widths are scaled together to fill the page
	Align   Align
}

// An Align says where text stands in its column.
type Align int

// The ways a column can be aligned.
const (
	Left Align = iota
	Center
	Right
)

// A Signer is a place for a signature: the lines of capacity and title above
// it (thẩm quyền, chức vụ) and the name below.
type Signer struct {
	Titles []string // "KT. TRƯỞNG BAN", "PHÓ TRƯỞNG BAN"
	Hint   string   // "(Ký, ghi rõ họ tên)"; may be empty
	Name   string   // may be empty: the name is then written by hand
}

// A Fact is one line of a sheet: what it is, and its value.
type Fact struct{ Label, Value string }

// PlaceAndDate is the line of place and date (địa danh, ngày tháng năm). Days
// below ten and the months January and February carry a leading zero, other
// months do not (Decree 30/2020, Appendix I, II.4).
func PlaceAndDate(place string, on time.Time) string {
	if on.IsZero() {
		return place + ", ngày … tháng … năm …"
	}
	month := fmt.Sprintf("%d", int(on.Month()))
	if on.Month() <= time.February {
		month = "0" + month
	}
	return fmt.Sprintf("%s, ngày %02d tháng %s năm %d", place, on.Day(), month, on.Year())
}
