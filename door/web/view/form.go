// SPDX-License-Identifier: Apache-2.0

package view

// Form is what a person typed, what was wrong with it and what is proposed.
// The names of fields are those of fault.Invalid, so an error finds its field;
// each form's names stand in the doc comment of the struct that carries it.
type Form struct {
	Values    map[string][]string // as typed; r.PostForm fits
	Errors    []FieldError        // in the order of the form
	Proposals map[string]string   // field → why this value is proposed: "theo số, ký hiệu đã gõ"
	Key       string              // sent as form_key: the same key twice is the same act once
}

// FieldError is one sentence at one field; an empty Field is about the whole form.
type FieldError struct{ Field, Text string }

// Value returns the first value of a field.
func (f Form) Value(name string) string {
	if v := f.Values[name]; len(v) > 0 {
		return v[0]
	}
	return ""
}

// Has says whether the field carries the value.
func (f Form) Has(name, value string) bool {
	for _, v := range f.Values[name] {
		if v == value {
			return true
		}
	}
	return false
}

// Error returns the sentence at the field.
func (f Form) Error(name string) string {
	for _, e := range f.Errors {
		if e.Field == name {
			return e.Text
		}
	}
	return ""
}

// Failed says whether anything was wrong.
func (f Form) Failed() bool { return len(f.Errors) > 0 }

// Option is one choice. Note stands small behind the label.
type Option struct {
	Value, Label, Note string
	Disabled           bool
}

// Group is choices under a heading: a unit and its people.
type Group struct {
	Label   string
	Options []Option
}

// Select is a choice in a filter: GET, one value.
type Select struct {
	Value   string
	Options []Option
}

// Upload is a file that has already been stored under its hash, so that it need not be
// sent again when another field was wrong. Key is sent as file_key.
type Upload struct {
	Key  string
	Name string
	Size string // "412 KB"
	Note string // "2 trang, có lớp chữ"
	Kind string // main, appendix, enclosed …
}

// Pager moves through a list by key.
type Pager struct {
	Previous, Next string // addresses; empty = none
	Total          string // "214 văn bản", "hơn 1.000 văn bản"; empty = not shown
}
