// SPDX-License-Identifier: Apache-2.0

package org

import (
	"fmt"
	"strings"

	"soviec/kit/store"
)

// takeSigning folds an entry about who may sign.
func (f *folded) takeSigning(kind, raw string) error {
	switch kind {
	case DelegationGiven:
		d, err := into[delegationData](raw)
		f.delegations[d.Delegation] = d
		return err
	case DelegationEnded:
		d, err := into[delegationData](raw)
		was := f.delegations[d.Delegation]
		was.Ended = d.Ended
		f.delegations[d.Delegation] = was
		return err
	}
	d, err := into[signingData](raw)
	f.signings[d.Line] = d
	return err
}

func (f *folded) checkSigning(r store.Reader, agency int64, report func(string)) error {
	given, err := readDelegations(r, agency)
	if err != nil {
		return err
	}
	seen := map[int64]bool{}
	for _, g := range given {
		seen[g.ID] = true
		if told, ok := f.delegations[g.ID]; !ok {
			report(fmt.Sprintf("Lần ủy quyền ký %d không có mục trong sổ.", g.ID))
		} else if told != (delegationData{g.ID, g.Giver, g.Person, strings.Join(g.Types, " "), g.From, g.To, g.EndedOn}) {
			report(fmt.Sprintf("Lần ủy quyền ký %d khác với sổ: người, loại văn bản hoặc thời hạn đã bị sửa.", g.ID))
		}
	}
	left(f.delegations, seen, report, "Sổ ghi lần ủy quyền ký %d nhưng không còn.")
	lines, err := readSignings(r, agency)
	if err != nil {
		return err
	}
	seen = map[int64]bool{}
	for _, s := range lines {
		seen[s.ID] = true
		if told, ok := f.signings[s.ID]; !ok || told != (signingData{s.ID, s.Kind, s.Unit, s.Type, s.From, s.To}) {
			report(fmt.Sprintf("Dòng quy chế %d về người ký khác với sổ.", s.ID))
		}
	}
	left(f.signings, seen, report, "Sổ ghi dòng quy chế %d về người ký nhưng không còn.")
	return nil
}
