// SPDX-License-Identifier: Apache-2.0

package remark

import (
	"encoding/json"
	"fmt"

	"soviec/kit/journal"
	"soviec/kit/store"
)

// Check compares the remarks with the entries of the book: who said it when about what,
// whom and how many files it named, and what became of it.
func Check(r store.Reader, agency int64, report func(string)) error {
	type said struct {
		row
		data saidData
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
		case Said:
			if err := json.Unmarshal([]byte(e.Raw()), &x.data); err != nil {
				report(fmt.Sprintf("Mục %d của sổ (%s) không đọc được.", e.Seq, Acts[e.Kind]))
			}
			x.person, x.mentions, x.at = e.Person, e.Amount, e.At
			if e.Behalf != 0 {
				x.person, x.proxy = e.Behalf, e.Person
			}
		case Concluded:
			x.conclude = true
		case Withdrawn:
			x.withdrawn = true
		}
		book[id] = x
	}
	if err := eachRemark(r, agency, func(is row) {
		was, ok := book[is.id]
		switch {
		case !ok:
			report(fmt.Sprintf("Ý kiến %d không có mục nào trong sổ.", is.id))
		case was.person != is.person || was.proxy != is.proxy || !was.at.Equal(is.at):
			report(fmt.Sprintf("Ý kiến %d: người viết hoặc thời điểm khác với sổ.", is.id))
		case was.data.Matter != is.matter || was.data.Kind != is.kind:
			report(fmt.Sprintf("Ý kiến %d nói về %q (%s), sổ ghi %q (%s).", is.id, is.matter, is.kind, was.data.Matter, was.data.Kind))
		case was.data.Sum != sum(is.id, is.text):
			report(fmt.Sprintf("Ý kiến %d: nội dung không còn như khi gửi.", is.id))
		case was.mentions != is.mentions || int64(was.data.Files) != is.files:
			report(fmt.Sprintf("Ý kiến %d: số người được nhắc hoặc số tệp khác với sổ.", is.id))
		case was.withdrawn != is.withdrawn || was.conclude != is.conclude:
			report(fmt.Sprintf("Ý kiến %d: việc rút lại hoặc kết luận khác với sổ.", is.id))
		}
		delete(book, is.id)
	}); err != nil {
		return err
	}
	for id := range book {
		report(fmt.Sprintf("Sổ có ý kiến %d nhưng bảng không có.", id))
	}
	return nil
}
