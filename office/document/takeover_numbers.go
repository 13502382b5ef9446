// SPDX-License-Identifier: Apache-2.0

package document

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"soviec/kit/store"
)

// numbers finds doubles within the rows and with the register, and the gaps.
func (m *reading) numbers(r store.Reader, rows []pastRow) error {
	for from := 0; from < len(rows); {
		year := rows[from].d.Year
		to := from
		for to < len(rows) && rows[to].d.Year == year {
			to++
		}
		if year > 0 {
			there, err := numbersOf(r, m.in.Register, year)
			if err != nil {
				return err
			}
			m.numbersOfYear(year, rows[from:to], there)
		}
		from = to
	}
	return nil
}

func (m *reading) numbersOfYear(year int, rows []pastRow, there []int64) {
	used := map[int64]bool{}
	for _, n := range there {
		used[n] = true
	}
	var before pastRow
	for i := range rows {
		p := &rows[i]
		switch {
		case p.d.Number == 0:
		case p.d.Number == before.d.Number:
			m.double(p, fmt.Sprintf("Năm %d: số %s có hai dòng: %d, %d.", year, ShowNumber(p.d.Number), before.row, p.row))
		case used[p.d.Number]:
			m.double(p, fmt.Sprintf("Năm %d: số %s đã có trong sổ.", year, ShowNumber(p.d.Number)))
		case p.d.ArrivalOn.Before(before.d.ArrivalOn):
			m.remark(fmt.Sprintf("Dòng %d: số %s có ngày đến trước số liền trước.", p.row, ShowNumber(p.d.Number)))
		}
		before = *p
	}
	all := slices.Clone(there)
	for _, p := range rows {
		if p.d.Number > 0 {
			all = append(all, p.d.Number)
		}
	}
	for _, g := range gapsIn(all) {
		m.rep.Gaps = append(m.rep.Gaps, fmt.Sprintf("Năm %d: %s", year, g.words()))
	}
}

func (m *reading) double(p *pastRow, text string) {
	p.double = true
	if len(m.rep.Doubles) < maxFaults {
		m.rep.Doubles = append(m.rep.Doubles, text)
	}
	m.rep.fault(m.in, p.row, "arrival_no", text)
}

func (m *reading) remark(text string) {
	if len(m.rep.Remarks) < maxRemarks {
		m.rep.Remarks = append(m.rep.Remarks, text)
	}
}

func (m *reading) count(rows []pastRow) {
	m.rep.Lines = len(rows)
	for i := range rows {
		rows[i].place = i
		switch {
		case !rows[i].open:
			m.rep.Closed++
		case rows[i].holder != 0:
			m.rep.Working++
		default:
			m.rep.Loose++
		}
	}
	names := make([]string, 0, len(m.unknown))
	for name := range m.unknown {
		names = append(names, name)
	}
	slices.SortFunc(names, func(x, y string) int { return cmp.Or(cmp.Compare(m.unknown[y], m.unknown[x]), cmp.Compare(x, y)) })
	for _, name := range names {
		m.remark(fmt.Sprintf("“%s” không phải tên đơn vị hay người của cơ quan (%s dòng); tên vẫn được giữ trong sổ.", cutRunes(name, 100), ShowNumber(int64(m.unknown[name]))))
	}
	slices.SortStableFunc(m.rep.Faults, func(x, y CellFault) int { return cmp.Or(cmp.Compare(x.Row, y.Row), cmp.Compare(x.Column, y.Column)) })
}

// A gap is a run of numbers that nobody has.
type gap struct{ from, to int64 }

func (g gap) words() string {
	if g.from == g.to {
		return "số " + ShowNumber(g.from) + " không có"
	}
	return "số " + ShowNumber(g.from) + " đến " + ShowNumber(g.to) + " không có"
}

// gapsIn are the runs missing between 1 and the greatest of some numbers.
func gapsIn(numbers []int64) []gap {
	slices.Sort(numbers)
	var out []gap
	next := int64(1)
	for _, n := range numbers {
		if n > next {
			out = append(out, gap{next, n - 1})
		}
		next = max(next, n+1)
	}
	return out
}

// gapText keeps the numbers that the rows leave out, for verify: "2019:412-412,500-502".
func gapText(rows []pastRow) string {
	var years []string
	for from := 0; from < len(rows); {
		to := from
		var numbers []int64
		for ; to < len(rows) && rows[to].d.Year == rows[from].d.Year; to++ {
			numbers = append(numbers, rows[to].d.Number)
		}
		var runs []string
		for _, g := range gapsIn(numbers) {
			runs = append(runs, idText(g.from)+"-"+idText(g.to))
		}
		if len(runs) > 0 {
			years = append(years, strconv.Itoa(rows[from].d.Year)+":"+strings.Join(runs, ","))
		}
		from = to
	}
	return strings.Join(years, ";")
}

// readGaps reads what gapText wrote.
func readGaps(text string) map[int][]gap {
	out := map[int][]gap{}
	for _, year := range strings.Split(text, ";") {
		y, runs, ok := strings.Cut(year, ":")
		if !ok {
			continue
		}
		n, _ := strconv.Atoi(y)
		for _, run := range strings.Split(runs, ",") {
			from, to, _ := strings.Cut(run, "-")
			var g gap
			g.from, _ = strconv.ParseInt(from, 10, 64)
			g.to, _ = strconv.ParseInt(to, 10, 64)
			out[n] = append(out[n], g)
		}
	}
	return out
}
