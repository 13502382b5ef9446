// SPDX-License-Identifier: Apache-2.0

package draft

import (
	"fmt"

	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/org"
)

const mostFiles = 60

// AddFiles puts files beside the main one while the draft lies with its drafter (phụ lục
// kèm theo, tài liệu trình kèm).
func AddFiles(a *journal.Act, id int64, kind string, files ...File) error {
	p, _, err := open(a, id)
	if err != nil {
		return err
	}
	if err := org.May(a, org.HandleDraft, org.Target{Person: p.Drafter}); err != nil {
		return err
	}
	if p.State != StateDrafting {
		return notNow(p)
	}
	if kind != "enclosed" && kind != "submission" {
		return fault.Invalid("kind", "Chưa chọn loại tệp.")
	}
	there, err := Files(a, id)
	if err != nil {
		return err
	}
	switch {
	case len(files) == 0:
		return fault.Invalid("files", "Chưa chọn tệp.")
	case len(there)+len(files) > mostFiles:
		return fault.Invalid("files", fmt.Sprintf("Một dự thảo nhiều nhất %d tệp kèm.", mostFiles))
	}
	for _, f := range files {
		f.ID, f.Kind, f.AddedBy, f.AddedAt = a.NewID(), kind, a.By.Person, a.At
		if err := insertFile(a, id, f); err != nil {
			return err
		}
	}
	p.note(a, FileAdded, stepData{Marks: len(files)})
	return nil
}

// RemoveFile takes a file out; its bytes and the fact stay.
func RemoveFile(a *journal.Act, id, file int64) error {
	p, _, err := open(a, id)
	if err != nil {
		return err
	}
	if err := org.May(a, org.HandleDraft, org.Target{Person: p.Drafter}); err != nil {
		return err
	}
	if p.State != StateDrafting {
		return notNow(p)
	}
	n, err := takeOut(a, id, file)
	if err == nil && n == 0 {
		return fault.NotFound("Không có tệp này, hoặc đã bỏ.")
	}
	if err != nil {
		return err
	}
	p.note(a, FileRemoved, stepData{})
	return nil
}

// A Finding is what the layout checker found in a version (documents.md §10.4).
type Finding struct {
	Code   string
	Blocks bool // must be mended before the draft is submitted
	Page   int
	Place  string
	Text   string
	Rule   string // the article that says so
}

// SetFindings keeps what was found in the version that stands, within the act that saved it.
func SetFindings(a *journal.Act, p Paper, all []Finding) error {
	if p.Current == 0 {
		return nil
	}
	return putFindings(a, p.ID, p.Current, all)
}
