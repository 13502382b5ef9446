// SPDX-License-Identifier: Apache-2.0

package draft

import (
	"strconv"

	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
)

func address(id int64) string { return "/du-thao/" + strconv.FormatInt(id, 10) }

// Get reads a draft whole, for the rooms above; who may read is asked by Read.
func Get(r store.Reader, agency, id int64) (Paper, error) { return get(r, agency, id) }

// Current is the version of the main file that stands; its SHA is what was approved and
// signed. It is the zero Content while there is none.
func Current(r store.Reader, p Paper) (Content, error) {
	if p.Current == 0 {
		return Content{}, nil
	}
	return versionOf(r, p.ID, p.Current)
}

// Leave hands a signed draft on: it has a number now and lives in the register of what
// goes out. Whoever numbers it has asked whether it may be numbered, in the same act.
func Leave(a *journal.Act, id, outgoing int64) error {
	p, err := get(a, a.By.Agency, id)
	if err != nil {
		return err
	}
	switch {
	case p.State == StateLeft:
		return fault.Conflict("", "Dự thảo này đã được cấp số.")
	case p.State != StateSigned:
		return fault.Conflict("", "Chỉ văn bản đã ký mới được cấp số; dự thảo này: "+p.State.Label()+".")
	}
	if err := setLeft(a, p, outgoing); err != nil {
		return err
	}
	a.Note(journal.Entry{Kind: Left, Subject: p.Ref(), Data: stepData{State: StateLeft, Ordinal: p.Current, SHA: p.SHA, Outgoing: outgoing}})
	return nil
}

// stepData is what the book keeps of a step: where the draft stands after it, and the file
// that it was done to.
type stepData struct {
	State    State  `json:"state"`
	Ordinal  int    `json:"version,omitempty"`
	SHA      string `json:"sha,omitempty"`
	Signer   int64  `json:"signer,omitempty"`
	Round    int    `json:"round,omitempty"`
	To       int64  `json:"to,omitempty"`
	Alone    bool   `json:"alone,omitempty"`
	Medium   string `json:"medium,omitempty"`
	Capacity string `json:"capacity,omitempty"`
	Outgoing int64  `json:"outgoing,omitempty"`
	Asked    int    `json:"asked,omitempty"`
	Choice   string `json:"choice,omitempty"`
	Marks    int    `json:"marks,omitempty"`
}
