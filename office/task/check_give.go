// SPDX-License-Identifier: Apache-2.0

package task

import (
	"encoding/json"
	"fmt"

	"soviec/kit/journal"
	"soviec/kit/store"
)

// givenFold is what the entries say of links and proposals.
type givenFold struct {
	links     map[string]bool // "123 incoming/7": is tied now
	proposals map[int64]proposalData
}

func newGivenFold() *givenFold {
	return &givenFold{links: map[string]bool{}, proposals: map[int64]proposalData{}}
}

func linkKey(work int64, ref string) string { return fmt.Sprintf("%d %s", work, ref) }

func (g *givenFold) work(kind string, id int64, data Data) {
	for _, ref := range data.Links {
		if kind == LinkRemoved {
			delete(g.links, linkKey(id, ref))
		} else {
			g.links[linkKey(id, ref)] = true
		}
	}
}

func (g *givenFold) proposal(e journal.Entry, id int64) error {
	var data proposalData
	err := json.Unmarshal([]byte(e.Raw()), &data)
	g.proposals[id] = data
	return err
}

// compare holds the rows of links and proposals against the book.
func (g *givenFold) compare(r store.Reader, agency int64, report func(string)) error {
	if err := eachLink(r, agency, func(work int64, ref string) {
		if !g.links[linkKey(work, ref)] {
			report(fmt.Sprintf("Liên kết của việc %d với %s không có trong sổ.", work, ref))
		}
		delete(g.links, linkKey(work, ref))
	}); err != nil {
		return err
	}
	for key := range g.links {
		report(fmt.Sprintf("Sổ có liên kết %s nhưng bảng không có.", key))
	}
	if err := eachProposal(r, agency, func(id int64, is proposalData) {
		switch was, ok := g.proposals[id]; {
		case !ok:
			report(fmt.Sprintf("Đề xuất %d không có mục nào trong sổ.", id))
		case was != is:
			report(fmt.Sprintf("Đề xuất %d ở trạng thái %q, sổ ghi %q.", id, is.State, was.State))
		}
		delete(g.proposals, id)
	}); err != nil {
		return err
	}
	for id := range g.proposals {
		report(fmt.Sprintf("Sổ có đề xuất %d nhưng bảng không có.", id))
	}
	return nil
}
