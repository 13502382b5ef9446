// SPDX-License-Identifier: Apache-2.0

package view

// Morning is the leader's sheet: five lines that need him today. GET /phieu-sang with sau
// = what was put off. Each line is settled by posting its Send to its Action, with back.
type Morning struct {
	Frame
	Date     string
	Sentence Sentence
	Lines    []MorningLine
	More     int
	Passed   int
	Back     string
}

// MorningLine is one of them.
type MorningLine struct {
	Kind, Href, Title string
	Words, Late, Hint string
	Urgency           Urgency
	Urgent            bool
	Label, Action     string   // the one gesture; no action = it has to be opened
	Go                string   // where the gesture leads when it is no form
	Send              []Option // label is the name
	Later             string   // the sheet without this line
}

func (Morning) Template() string { return "morning" }
