// SPDX-License-Identifier: Apache-2.0

package saved

import (
	"encoding/json"
	"fmt"
	"maps"
	"strings"

	"soviec/kit/journal"
	"soviec/kit/store"
)

// Check compares the views and what lists open with against the fold of the entries.
func Check(r store.Reader, agency int64, report func(string)) error {
	views, pins := map[int64]viewData{}, map[pinData]int64{}
	for e, err := range journal.Entries(r, agency) {
		if err != nil {
			return err
		}
		if !strings.HasPrefix(e.Kind, "saved.") {
			continue
		}
		_, id, _ := journal.ParseRef(e.Subject)
		if err := tell(views, pins, e, id); err != nil {
			report(fmt.Sprintf("Mục %d của sổ (%s) không đọc được.", e.Seq, Acts[e.Kind]))
		}
	}
	are, err := eachView(r, agency)
	if err != nil {
		return err
	}
	for id, is := range are {
		if told, ok := views[id]; !ok || told != is {
			report(fmt.Sprintf("Bộ lọc %d khác với sổ.", id))
		}
		delete(views, id)
	}
	for id := range views {
		report(fmt.Sprintf("Sổ có bộ lọc %d nhưng bảng không có.", id))
	}
	pinned, err := eachPin(r, agency)
	if err != nil {
		return err
	}
	if !maps.Equal(pins, pinned) {
		report("Bộ lọc mở đầu của các danh sách khác với sổ.")
	}
	return nil
}

// tell folds one entry.
func tell(views map[int64]viewData, pins map[pinData]int64, e journal.Entry, id int64) error {
	if e.Kind == Pinned || e.Kind == Unpinned {
		var p pinData
		if err := json.Unmarshal([]byte(e.Raw()), &p); err != nil {
			return err
		}
		if e.Kind == Pinned {
			pins[p] = id
		} else if pins[p] == id {
			delete(pins, p)
		}
		return nil
	}
	var d viewData
	if err := json.Unmarshal([]byte(e.Raw()), &d); err != nil {
		return err
	}
	views[id] = d
	if d.Gone {
		maps.DeleteFunc(pins, func(_ pinData, view int64) bool { return view == id })
	}
	return nil
}
