// SPDX-License-Identifier: Apache-2.0

package draft

import (
	"soviec/kit/journal"
	"soviec/office/org"
)

// PutBack takes back the file that was handed out to be signed, when nothing came of it: the
// draft waits for its signer as before. It is part of the act that ended the signing, which
// has its own entry.
func PutBack(a *journal.Act, id int64) error {
	p, err := get(a, a.By.Agency, id)
	if err != nil {
		return err
	}
	if !a.By.System {
		if err := org.May(a, org.SignDraft, org.Target{Person: p.SignsNow()}); err != nil {
			return err
		}
	}
	if p.State != StateToSign {
		return nil
	}
	return voidSignings(a, p.ID)
}
