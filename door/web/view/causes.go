// SPDX-License-Identifier: Apache-2.0

package view

// Causes is the agency's list of why work waits or is stuck (nguyên nhân chờ, vướng mắc). GET,
// POST /quan-tri/nguyen-nhan with code, name, pauses (on), gone (on).
type Causes struct {
	Frame
	MayEdit bool
	Form    Form // of a new one
	Rows    []CauseRow
}

// CauseRow is one cause.
type CauseRow struct {
	Code, Name   string
	Pauses, Gone bool
	Fixed        bool // the program needs it: it can be renamed but not taken away
	Form         Form
}

func (Causes) Template() string { return "causes" }
