// SPDX-License-Identifier: Apache-2.0

package seed

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"

	"soviec/kit/civil"
)

// An Issuer writes to the agency (cơ quan ban hành). Signers are invented.
type Issuer struct {
	Key        string
	Group      string // cp, ub, bo, tu, hd, ut, vp, so, dt, hu, xa, dn, cd, bc, ng
	Name       string
	Symbol     string   // its abbreviation in notations
	Suffixes   []string // what may follow the symbol in an official letter's notation
	Yearly     int      // letters it writes in a year to everybody; its numbers run accordingly
	Weight     int      // among its group, how often it writes to us
	Electronic int      // percent that come electronically
	From, To   civil.Date
	Signers    []Signer
}

// A Signer is a name and a title under a letter.
type Signer struct{ Name, Title string }

// On tells whether the issuer exists on the day.
func (i Issuer) On(d civil.Date) bool { return i.From <= d && (i.To.IsZero() || d <= i.To) }

// Place is the district or commune that a local authority governs, else empty.
func (i Issuer) Place() string {
	if i.Group != "hu" && i.Group != "xa" {
		return ""
	}
	return strings.TrimPrefix(i.Name, "Ủy ban nhân dân ")
}

//go:embed issuers.txt
var issuersText string

// Issuers is the directory, in its own order.
func Issuers() []Issuer { return append([]Issuer(nil), directory()...) }

var directory = sync.OnceValue(func() []Issuer {
	var all []Issuer
	for _, c := range table(issuersText, 10) {
		i := Issuer{
			Key: c[0], Group: c[1], Name: c[2], Symbol: dash(c[3]),
			Yearly: number(c[5]), Weight: number(c[6]), Electronic: number(c[7]),
		}
		if s := dash(c[4]); s != "" {
			i.Suffixes = strings.Split(s, ",")
		}
		from, to, _ := strings.Cut(dash(c[8]), "-")
		if from != "" {
			i.From = civil.New(number(from), 1, 1)
		}
		if to != "" {
			i.To = civil.New(number(to), 12, 31)
		}
		for s := range strings.SplitSeq(dash(c[9]), ";") {
			if name, title, ok := strings.Cut(s, " = "); ok {
				i.Signers = append(i.Signers, Signer{name, title})
			}
		}
		all = append(all, i)
	}
	return all
})

func issuerNamed(key string) *Issuer {
	all := directory()
	for i := range all {
		if all[i].Key == key {
			return &all[i]
		}
	}
	panic("seed: no such issuer " + key)
}

// table cuts a text of "a | b | c" lines with exactly n cells; # begins a comment line.
// The texts are part of the program, so a bad line is a fault of the program.
func table(text string, n int) [][]string {
	var rows [][]string
	for line := range strings.SplitSeq(text, "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		cells := strings.Split(line, " | ")
		if len(cells) != n {
			panic("seed: bad line: " + line)
		}
		rows = append(rows, cells)
	}
	return rows
}

func dash(s string) string {
	if s == "-" {
		return ""
	}
	return s
}

func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		panic("seed: not a number: " + s)
	}
	return n
}
