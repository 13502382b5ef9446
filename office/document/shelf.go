// SPDX-License-Identifier: Apache-2.0

package document

import (
	"soviec/kit/find"
	"soviec/kit/job"
	"soviec/kit/journal"
)

// Shelved is told that a document lies in a work dossier now: a finished one is filed with
// it (Điều 29). The room of dossiers has asked whether this may be.
func Shelved(a *journal.Act, doc int64, dossier string) error {
	d, err := get(a, a.By.Agency, doc)
	if err != nil || d.State != StateCompleted {
		return err
	}
	if err := setFiled(a, d, dossier); err != nil {
		return err
	}
	a.Note(journal.Entry{Kind: Filed, Subject: d.Ref()})
	return nil
}

// Destroy takes the files of a document away for good, because the last dossier in which it
// lay was destroyed by the head's decision; what is known of it stays. It returns the keys.
func Destroy(a *journal.Act, doc int64) ([]string, error) {
	d, err := get(a, a.By.Agency, doc)
	if err != nil {
		return nil, err
	}
	keys, err := purgeFiles(a, d.ID)
	if err != nil || len(keys) == 0 {
		return nil, err
	}
	if err := find.PutBody(a, a.By.Agency, d.Ref(), ""); err != nil {
		return nil, err
	}
	a.Note(journal.Entry{Kind: Destroyed, Subject: d.Ref(), Data: map[string]any{"files": keys}})
	return keys, job.Enqueue(a, a.By.Agency, JobPurge, d.Ref()+"/destroyed", keys, a.At)
}
