// SPDX-License-Identifier: Apache-2.0

package civil

import (
	"strconv"
	"strings"

	"soviec/kit/fault"
)

// Quantity is a length of a deadline as people write it, "0.5" or "15", kept exactly in
// millionths: half a day must never become 0.4999.
type Quantity int64

const one Quantity = 1_000_000

// maxQuantity bounds a deadline: 100,000 of any unit.
const maxQuantity = 100_000 * one

// Whole returns n units.
func Whole(n int) Quantity { return Quantity(n) * one }

// Half is half a unit, the usual step of an internal procedure.
const Half = one / 2

// ParseQuantity reads "15", "0.5" or "0,5": up to 100,000 with at most six decimals.
func ParseQuantity(s string) (Quantity, error) {
	wrong := fault.Invalid("n", "Số phải từ 0 đến 100000, có thể lẻ như 0,5.")
	s = strings.TrimSpace(s)
	whole, part, found := strings.Cut(strings.Replace(s, ",", ".", 1), ".")
	if len(whole) > 6 || len(part) > 6 || found && part == "" {
		return 0, wrong
	}
	n, ok := digits(whole)
	if !ok {
		return 0, wrong
	}
	q := Whole(n)
	if part != "" {
		millionths, ok := digits(part + "000000"[len(part):])
		if !ok {
			return 0, wrong
		}
		q += Quantity(millionths)
	}
	if q > maxQuantity {
		return 0, wrong
	}
	return q, nil
}

// ceil returns the whole units that hold the quantity.
func (q Quantity) ceil() int { return int((q + one - 1) / one) }

// String writes "0.5" and "15".
func (q Quantity) String() string {
	sign := ""
	if q < 0 {
		sign, q = "-", -q
	}
	s := sign + strconv.FormatInt(int64(q/one), 10)
	if part := q % one; part != 0 {
		s += "." + strings.TrimRight(strconv.FormatInt(int64(one+part), 10)[1:], "0")
	}
	return s
}

// VN writes "0,5" as a page shows it.
func (q Quantity) VN() string { return strings.Replace(q.String(), ".", ",", 1) }

// MarshalText writes "0.5".
func (q Quantity) MarshalText() ([]byte, error) { return []byte(q.String()), nil }

// UnmarshalText reads what ParseQuantity reads.
func (q *Quantity) UnmarshalText(b []byte) error {
	v, err := ParseQuantity(string(b))
	if err == nil {
		*q = v
	}
	return err
}

// MarshalJSON writes a number.
func (q Quantity) MarshalJSON() ([]byte, error) { return []byte(q.String()), nil }

// UnmarshalJSON reads a number or a text.
func (q *Quantity) UnmarshalJSON(b []byte) error {
	return q.UnmarshalText([]byte(strings.Trim(string(b), `"`)))
}
