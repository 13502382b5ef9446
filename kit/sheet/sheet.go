// SPDX-License-Identifier: Apache-2.0

// Package sheet writes spreadsheets and reads foreign ones, bounded in time and memory.
//
// May enter: XLSX and CSV, cells and their addresses, proposing which column is which.
// May not: SQL, HTTP, what a register or a task is, the clock of the machine, the evaluation of formulas.
package sheet

import (
	"strconv"
	"strings"
)

// Address is a cell's name as people read it: row 12, column 1 is "B12".
// Rows count from 1, columns from 0.
func Address(row, column int) string { return ColumnName(column) + strconv.Itoa(row) }

// ColumnName is a column's letters: 0 is "A", 27 is "AB".
func ColumnName(column int) string {
	var letters string
	for n := column + 1; n > 0; n = (n - 1) / 26 {
		letters = string(rune('A'+(n-1)%26)) + letters
	}
	return letters
}

// tidy is a cell's text as it is compared and kept: no space around it.
func tidy(s string) string { return strings.Trim(s, " \t\r\n\u00a0\u200b\ufeff") }
