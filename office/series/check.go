// SPDX-License-Identifier: Apache-2.0

package series

import (
	"encoding/json"
	"fmt"
	"strconv"

	"soviec/kit/civil"
	"soviec/kit/store"
)

// A Row is one line of the examination of the books (R7, kiểm tra sổ): what became of
// every number of a series. Missing must be empty.
type Row struct {
	Series                         Series
	Used, Void, Reserved, Inserted int
	Months                         [13]int // inserted in each month: what an inspector looks at
	Missing                        []int64
	Backwards                      []string // numbers whose date is before that of the number before
}

// Examine goes through all numbers of a year (documents.md 16, R7).
func Examine(r store.Reader, agency int64, year int) ([]Row, error) {
	all, err := seriesIn(r, agency, year)
	if err != nil {
		return nil, err
	}
	rows := make([]Row, len(all))
	at, next, day := map[int64]*Row{}, map[int64]int64{}, map[int64]civil.Date{}
	for i, x := range all {
		rows[i].Series = x
		at[x.ID], next[x.ID] = &rows[i], x.Start
	}
	err = eachSlot(r, agency, year, func(s Slot) {
		x := at[s.Series]
		if x == nil {
			return
		}
		switch s.State {
		case StateUsed:
			x.Used++
		case StateVoid:
			x.Void++
		case StateReserved:
			x.Reserved++
		}
		if s.Inserted {
			x.Inserted++
			x.Months[s.Day.Month()]++
		}
		for ; next[s.Series] < s.Number; next[s.Series]++ {
			x.Missing = append(x.Missing, next[s.Series])
		}
		if s.Suffix == "" {
			next[s.Series] = s.Number + 1
		}
		if s.Day.Before(day[s.Series]) {
			x.Backwards = append(x.Backwards, s.Text())
		}
		day[s.Series] = max(day[s.Series], s.Day)
	})
	for i := range rows {
		for x := rows[i].Series; next[x.ID] <= x.Last; next[x.ID]++ {
			rows[i].Missing = append(rows[i].Missing, next[x.ID])
		}
	}
	return rows, err
}

// Check compares the numbers with the book and says in sentences what does not agree.
func Check(r store.Reader, agency int64, report func(string)) error {
	type fold struct {
		slotData
		state State
	}
	entries := map[string]*fold{}
	err := slotEntries(r, agency, func(kind, subject, raw string) {
		f := entries[subject]
		if f == nil {
			f = &fold{}
			entries[subject] = f
		}
		_ = json.Unmarshal([]byte(raw), &f.slotData)
		switch kind {
		case Reserved, Inserted:
			f.state = StateReserved
		case Taken, TakenAgain:
			f.state = StateUsed
		case Voided, Expired:
			f.state = StateVoid
		}
	})
	if err != nil {
		return err
	}
	years, err := Years(r, agency)
	if err != nil {
		return err
	}
	seen := 0
	for _, year := range years {
		err := eachSlot(r, agency, year, func(s Slot) {
			name := fmt.Sprintf("Số %s năm %d", s.Text(), year)
			if s.Label != "" {
				name = fmt.Sprintf("Số %s năm %d", s.Label, year)
			}
			f := entries[s.Ref()]
			if f == nil {
				report(name + ": không có mục lấy số trong sổ nhật ký.")
				return
			}
			seen++
			if f.state != s.State || f.Series != s.Series || f.Number != s.Number || f.Suffix != s.Suffix || f.Day != s.Day {
				report(name + ": trạng thái, số hoặc ngày khác với sổ nhật ký.")
			}
		})
		if err != nil {
			return err
		}
		rows, err := Examine(r, agency, year)
		if err != nil {
			return err
		}
		for _, x := range rows {
			name := "Dãy số " + x.Series.Name() + " năm " + strconv.Itoa(year)
			for _, n := range x.Missing {
				report(name + ": thiếu số " + Text(n) + ".")
			}
			for _, n := range x.Backwards {
				report(name + ": số " + n + " có ngày trước số liền trước.")
			}
			if top := int64(x.Used + x.Void + x.Reserved - x.Inserted); top != x.Series.Last-x.Series.Start+1 && len(x.Missing) == 0 {
				report(fmt.Sprintf("%s: bộ đếm đến %s nhưng có %d số.", name, Text(x.Series.Last), top))
			}
		}
	}
	if seen != len(entries) {
		report(fmt.Sprintf("Sổ nhật ký ghi %d số đã lấy nhưng chỉ còn %d số.", len(entries), seen))
	}
	return nil
}

// Name is a series in words; a council's is named by who shows it.
func (x Series) Name() string {
	switch {
	case x.Direction == Copy:
		return "bản sao"
	case x.Direction == Body:
		return "hội đồng, ban"
	case x.Scope == "all":
		return "chung"
	}
	return x.Scope
}
