// SPDX-License-Identifier: Apache-2.0

package draft

import (
	"encoding/json"
	"fmt"

	"soviec/kit/journal"
	"soviec/kit/store"
)

// CheckTemplates compares the samples of an agency with its book: every edition has its
// entry, and whether a sample is in use is what the last entry says.
func CheckTemplates(r store.Reader, agency int64, report func(string)) error {
	all, err := templateTallies(r, agency)
	if err != nil {
		return err
	}
	for from := 0; from < len(all); from += checkPage {
		part := all[from:min(from+checkPage, len(all))]
		subjects := make([]string, len(part))
		for i, t := range part {
			subjects[i] = journal.Ref(RefTemplate, t.id)
		}
		entries, err := entriesOf(r, agency, subjects)
		if err != nil {
			return err
		}
		for i, t := range part {
			last, said := templateData{}, false
			for _, e := range entries[subjects[i]] {
				if e.kind != TemplateSet && e.kind != TemplateTurned {
					continue
				}
				if err := json.Unmarshal([]byte(e.raw), &last); err != nil {
					report(fmt.Sprintf("Mẫu văn bản %d: bút toán không đọc được.", t.id))
				}
				said = true
			}
			switch {
			case !said:
				report(fmt.Sprintf("Mẫu văn bản %d: không có bút toán lập mẫu.", t.id))
			case last.Ordinal != t.current || last.On != t.on || t.editions != t.current:
				report(fmt.Sprintf("Mẫu văn bản %d: sổ ghi bản %d, dữ liệu là bản %d trong %d bản.", t.id, last.Ordinal, t.current, t.editions))
			}
		}
	}
	return nil
}
