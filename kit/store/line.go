// SPDX-License-Identifier: Apache-2.0

package store

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"unicode/utf8"
)

// AppendRow writes a row as a line of JSON: an array of numbers, strings, booleans and
// nulls, bytes in base 64. Integers stand in full.
func (t Table) AppendRow(b []byte, row []any) ([]byte, error) {
	b = append(b, '[')
	for i, v := range row {
		if i > 0 {
			b = append(b, ',')
		}
		switch v := v.(type) {
		case nil:
			b = append(b, "null"...)
		case int64:
			b = strconv.AppendInt(b, v, 10)
		case bool:
			b = strconv.AppendBool(b, v)
		case []byte:
			b = append(b, '"')
			b = base64.StdEncoding.AppendEncode(b, v)
			b = append(b, '"')
		case string:
			if !utf8.ValidString(v) {
				return b, fmt.Errorf("store: table %s: column %s holds bytes that are no text", t.Name, t.Columns[i].Name)
			}
			b = appendText(b, v)
		default:
			return b, fmt.Errorf("store: table %s: column %s holds a %T", t.Name, t.Columns[i].Name, v)
		}
	}
	return append(b, ']', '\n'), nil
}

const hexDigits = "0123456789abcdef"

// appendText writes a string of JSON.
func appendText(b []byte, s string) []byte {
	b = append(b, '"')
	from := 0
	for i := range len(s) {
		c := s[i]
		if c >= 0x20 && c != '"' && c != '\\' {
			continue
		}
		b = append(b, s[from:i]...)
		from = i + 1
		switch c {
		case '"', '\\':
			b = append(b, '\\', c)
		case '\n':
			b = append(b, '\\', 'n')
		default:
			b = append(b, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
		}
	}
	return append(append(b, s[from:]...), '"')
}

var errRow = errors.New("store: the line is no row of its table")

// ParseRow reads what AppendRow wrote into row, which has a place for each column.
func (t Table) ParseRow(line []byte, row []any) error {
	var raw []json.RawMessage
	if err := json.Unmarshal(line, &raw); err != nil {
		return fmt.Errorf("%w: %s: %w", errRow, t.Name, err)
	}
	if len(raw) != len(t.Columns) || len(row) != len(raw) {
		return fmt.Errorf("%w: %s has %d columns, not %d", errRow, t.Name, len(t.Columns), len(raw))
	}
	for i, v := range raw {
		var err error
		if row[i], err = t.Columns[i].parse(v); err != nil {
			return fmt.Errorf("%w: %s: column %s: %w", errRow, t.Name, t.Columns[i].Name, err)
		}
	}
	return nil
}

func (c Column) parse(raw json.RawMessage) (any, error) {
	if string(raw) == "null" {
		return nil, nil
	}
	switch c.Type {
	case Int:
		return strconv.ParseInt(string(raw), 10, 64)
	case Bool:
		return parsed[bool](raw)
	case Bytes:
		if len(raw) < 2 || raw[0] != '"' {
			return nil, fmt.Errorf("%.20q are no bytes", raw)
		}
		b, err := base64.StdEncoding.AppendDecode(nil, raw[1:len(raw)-1])
		if b == nil {
			b = []byte{}
		}
		return b, err
	case Text:
		return parsed[string](raw)
	}
	return nil, fmt.Errorf("the type %q is not known", c.Type)
}

func parsed[T any](raw json.RawMessage) (any, error) {
	var v T
	err := json.Unmarshal(raw, &v)
	return v, err
}
