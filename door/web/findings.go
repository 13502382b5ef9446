// SPDX-License-Identifier: Apache-2.0

package web

import (
	"fmt"
	"strings"

	"soviec/door/web/view"
	"soviec/kit/formcheck"
)

// findingsView shows what the check of form found; link gives the address of the field or
// block that a place is at, "" where the page has none.
func findingsView(all []formcheck.Finding, link func(formcheck.Place) string) view.Findings {
	out := view.Findings{Checked: true}
	for _, f := range all {
		row := view.Finding{Text: f.Text, Rule: f.Rule, Where: placeWords(f.Place), Href: link(f.Place)}
		if f.Place.Words != "" && !strings.Contains(f.Text, f.Place.Words) {
			row.Words = f.Place.Words
		}
		if f.Blocking {
			out.Blocking = append(out.Blocking, row)
		} else {
			out.Warnings = append(out.Warnings, row)
		}
	}
	return out
}

// placeWords says where on the paper a finding was seen.
func placeWords(p formcheck.Place) string {
	var parts []string
	if p.Page > 0 {
		parts = append(parts, fmt.Sprintf("trang %d", p.Page))
	}
	if p.Appendix > 0 {
		parts = append(parts, fmt.Sprintf("phụ lục %d", p.Appendix))
	}
	if p.Block > 0 {
		parts = append(parts, fmt.Sprintf("đoạn %d", p.Block))
	}
	return strings.Join(parts, ", ")
}
