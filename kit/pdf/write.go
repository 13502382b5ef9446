// SPDX-License-Identifier: Apache-2.0

package pdf

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// A Hole is written as Text stands, and Update.Bytes tells where. It holds the place of
// what is known only after everything else is written: the signature, its byte range.
// Whoever fills it writes exactly as many bytes.
type Hole struct{ Text string }

// Append writes an object in its shortest usual form: dictionaries with /Type first and
// the other keys in order, so that the same object always gives the same bytes. Streams
// and holes can only be written by an Update.
func Append(b []byte, o Object) ([]byte, error) {
	w := writer{b: b}
	w.object(o)
	return w.b, w.err
}

type writer struct {
	b     []byte
	holes map[*Hole]Span // relative to b
	err   error
}

func (w *writer) object(o Object) {
	switch x := o.(type) {
	case nil:
		w.b = append(w.b, "null"...)
	case bool:
		w.b = strconv.AppendBool(w.b, x)
	case int:
		w.b = strconv.AppendInt(w.b, int64(x), 10)
	case int64:
		w.b = strconv.AppendInt(w.b, x, 10)
	case float64:
		w.real(x)
	case Name:
		w.name(x)
	case String:
		w.text(x)
	case Ref:
		w.b = strconv.AppendInt(w.b, int64(x.Num), 10)
		w.b = append(w.b, ' ')
		w.b = strconv.AppendInt(w.b, int64(x.Gen), 10)
		w.b = append(w.b, " R"...)
	case Array:
		w.b = append(w.b, '[')
		for i, item := range x {
			if i > 0 {
				w.b = append(w.b, ' ')
			}
			w.object(item)
		}
		w.b = append(w.b, ']')
	case Dict:
		w.dict(x)
	case *Hole:
		if w.holes == nil {
			w.err = badf("a hole outside an update")
			return
		}
		w.holes[x] = Span{int64(len(w.b)), int64(len(w.b) + len(x.Text))}
		w.b = append(w.b, x.Text...)
	default:
		w.err = badf("cannot write %T", o)
	}
}

// real writes a number with up to five decimals and no exponent, as the standard wants.
func (w *writer) real(x float64) {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		w.err = badf("cannot write %v", x)
		return
	}
	s := strconv.FormatFloat(x, 'f', 5, 64)
	s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	if s == "" || s == "-" || s == "-0" {
		s = "0"
	}
	w.b = append(w.b, s...)
}

func (w *writer) name(n Name) {
	w.b = append(w.b, '/')
	for _, c := range []byte(n) {
		if c <= ' ' || c > '~' || c == '#' || isDelim(int(c)) {
			w.b = fmt.Appendf(w.b, "#%02X", c)
		} else {
			w.b = append(w.b, c)
		}
	}
}

func (w *writer) text(s String) {
	for _, c := range []byte(s) {
		if c < ' ' || c > '~' {
			w.b = fmt.Appendf(w.b, "<%X>", []byte(s))
			return
		}
	}
	w.b = append(w.b, '(')
	for _, c := range []byte(s) {
		if c == '(' || c == ')' || c == '\\' {
			w.b = append(w.b, '\\')
		}
		w.b = append(w.b, c)
	}
	w.b = append(w.b, ')')
}

func (w *writer) dict(d Dict) {
	keys := make([]Name, 0, len(d))
	for k := range d {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b Name) int {
		switch {
		case a == b:
			return 0
		case a == "Type":
			return -1
		case b == "Type":
			return 1
		}
		return strings.Compare(string(a), string(b))
	})
	w.b = append(w.b, "<<"...)
	for _, k := range keys {
		if d[k] == nil {
			continue
		}
		w.name(k)
		w.b = append(w.b, ' ')
		w.object(d[k])
	}
	w.b = append(w.b, ">>"...)
}
