// SPDX-License-Identifier: Apache-2.0

package view

import (
	"errors"
	"html/template"
	"strconv"
	"strings"
)

// helpers are the few functions that templates call.
var helpers = template.FuncMap{
	"field":    newField,
	"choose":   Field.choose,
	"group":    Field.group,
	"count":    Count,
	"pct":      percent,
	"tint":     func(i int) int { return i % 5 },
	"anchor":   anchor,
	"add":      func(a, b int) int { return a + b },
	"inc":      func(i int) int { return i + 1 },
	"timeline": func(events []Event) Timeline { return Timeline{Events: events} },
	"options":  options,
	"dict":     dict,
	"uncomma":  uncomma,
	"marked":   marked,
	"isdata":   func(s string) template.URL { return dataImage(s) },
}

// marked writes a text with what was found in it: one call of the template for each title
// of a page of results, where a call for each piece would be half of the page's cost.
func marked(pieces []Piece) template.HTML {
	var b strings.Builder
	for _, p := range pieces {
		if p.Mark {
			b.WriteString("<mark>")
		}
		template.HTMLEscape(&b, []byte(p.Text))
		if p.Mark {
			b.WriteString("</mark>")
		}
	}
	return template.HTML(b.String())
}

// Count writes a number as officials do: 2874 is "2.874".
func Count(n int) string {
	s := strconv.Itoa(n)
	neg := strings.HasPrefix(s, "-")
	s = strings.TrimPrefix(s, "-")
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "." + s[i:]
	}
	if neg {
		return "−" + s
	}
	return s
}

// uncomma drops a comma that would begin a line when a sentence of filters wraps.
func uncomma(s string) string { return strings.TrimLeft(s, ", ") }

// percent writes a position for an SVG attribute, kept between 0 and 100.
func percent(f float64) string {
	switch {
	case f < 0 || f != f:
		f = 0
	case f > 100:
		f = 100
	}
	return strconv.FormatFloat(f, 'f', 2, 64) + "%"
}

// anchor says on which side of a needle its words stand, so that they stay in the picture.
func anchor(f float64) string {
	switch {
	case f < 12:
		return "start"
	case f > 88:
		return "end"
	}
	return "middle"
}

// dataImage lets a PNG that the program itself made stand in a page as an address;
// anything else is refused.
func dataImage(s string) template.URL {
	if strings.HasPrefix(s, "data:image/png;base64,") {
		return template.URL(s)
	}
	return ""
}

// Field is one field of a form as its template needs it.
type Field struct {
	ID, Name, Label, Value, Error, Proposal string
	Help, Type, Placeholder, List, Complete string
	Mode, Rows, Max                         string
	Required, Focus, Short, Checked, Quiet  bool
	Options                                 []Option
	Groups                                  []Group
	Values                                  []string
}

// newField makes a field: the form's prefix keeps ids unique on a page with many forms.
// Options are words or pairs: "required", "focus", "short", "help=…", "type=date".
func newField(prefix string, f Form, name, label string, options ...string) (Field, error) {
	out := Field{
		ID: prefix + "-" + name, Name: name, Label: label, Type: "text",
		Value: f.Value(name), Values: f.Values[name], Error: f.Error(name), Proposal: f.Proposals[name],
	}
	for _, o := range options {
		key, val, _ := strings.Cut(o, "=")
		switch key {
		case "required":
			out.Required = true
		case "focus":
			out.Focus = true
		case "short":
			out.Short = true
		case "quiet":
			out.Quiet = true
		case "checked":
			out.Checked = true
		case "help":
			out.Help = val
		case "type":
			out.Type = val
		case "placeholder":
			out.Placeholder = val
		case "list":
			out.List = val
		case "complete":
			out.Complete = val
		case "mode":
			out.Mode = val
		case "rows":
			out.Rows = val
		case "max":
			out.Max = val
		case "value":
			if out.Value == "" {
				out.Value = val
			}
		default:
			return out, errors.New("view: unknown option of a field: " + o)
		}
	}
	return out, nil
}

func (f Field) choose(options []Option) Field { f.Options = options; return f }
func (f Field) group(groups []Group) Field    { f.Groups = groups; return f }

// Has says whether the field carries the value.
func (f Field) Has(value string) bool {
	if len(f.Values) == 0 {
		return value == f.Value
	}
	for _, v := range f.Values {
		if v == value {
			return true
		}
	}
	return false
}

// Described returns the ids of help, proposal and error for aria-describedby.
func (f Field) Described() string {
	var ids []string
	if f.Help != "" {
		ids = append(ids, f.ID+"-help")
	}
	if f.Proposal != "" {
		ids = append(ids, f.ID+"-why")
	}
	if f.Error != "" {
		ids = append(ids, f.ID+"-error")
	}
	return strings.Join(ids, " ")
}

// options makes choices out of pairs of value and label, for the few that never change.
func options(pairs ...string) []Option {
	var out []Option
	for i := 0; i+1 < len(pairs); i += 2 {
		out = append(out, Option{Value: pairs[i], Label: pairs[i+1]})
	}
	return out
}

// dict hands several named things to a part.
func dict(pairs ...any) (map[string]any, error) {
	if len(pairs)%2 != 0 {
		return nil, errors.New("view: dict wants pairs")
	}
	m := make(map[string]any, len(pairs)/2)
	for i := 0; i < len(pairs); i += 2 {
		k, ok := pairs[i].(string)
		if !ok {
			return nil, errors.New("view: dict wants names")
		}
		m[k] = pairs[i+1]
	}
	return m, nil
}
