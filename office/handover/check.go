// SPDX-License-Identifier: Apache-2.0

package handover

import (
	"encoding/json"
	"fmt"

	"soviec/kit/journal"
	"soviec/kit/store"
)

// Check compares the receipts with the entries of the book, and with their lists.
func Check(r store.Reader, agency int64, report func(string)) error {
	type said struct {
		items    int64
		acked    bool
		from, to Party
	}
	book := map[int64]said{}
	for e, err := range journal.Entries(r, agency) {
		if err != nil {
			return err
		}
		kind, id, ok := journal.ParseRef(e.Subject)
		if !ok || kind != Ref {
			continue
		}
		x := book[id]
		switch e.Kind {
		case Made:
			var data madeData
			if err := json.Unmarshal([]byte(e.Raw()), &data); err != nil {
				report(fmt.Sprintf("Mục %d của sổ (%s) không đọc được.", e.Seq, Acts[e.Kind]))
			}
			x.items, x.from, x.to = e.Amount, Party{data.FromPerson, data.FromUnit}, Party{data.ToPerson, data.ToUnit}
		case Acknowledged:
			x.acked = true
		}
		book[id] = x
	}
	if err := eachReceipt(r, agency, func(is row) {
		was, ok := book[is.id]
		switch {
		case !ok:
			report(fmt.Sprintf("Biên bản bàn giao %d không có mục nào trong sổ.", is.id))
		case was.items != is.items || is.items != is.listed:
			report(fmt.Sprintf("Biên bản bàn giao %d có %d dòng, ghi là %d, sổ ghi %d.", is.id, is.listed, is.items, was.items))
		case was.acked != is.acked:
			report(fmt.Sprintf("Biên bản bàn giao %d: việc ký nhận khác với sổ.", is.id))
		case was.from != is.from || was.to != is.to:
			report(fmt.Sprintf("Biên bản bàn giao %d: bên giao, bên nhận khác với sổ.", is.id))
		}
		delete(book, is.id)
	}); err != nil {
		return err
	}
	for id := range book {
		report(fmt.Sprintf("Sổ có biên bản bàn giao %d nhưng bảng không có.", id))
	}
	return nil
}
