// SPDX-License-Identifier: Apache-2.0

package task

import (
	"soviec/kit/journal"
	"soviec/kit/store"
)

func insertFile(a *journal.Act, work int64, f File) error {
	_, err := a.Exec(`INSERT INTO task_file (id, agency, work, share, name, mime, size, sha, added_by, added_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		f.ID, a.By.Agency, work, f.Share, f.Name, f.MIME, f.Size, f.SHA, f.AddedBy, store.Instant(f.AddedAt))
	return err
}

// Files are what was handed in with a work's results, oldest first.
func Files(r store.Reader, agency, work int64) ([]File, error) {
	return store.All(r, func(s store.Scanner) (File, error) {
		var f File
		var at store.Time
		err := s.Scan(&f.ID, &f.Share, &f.Name, &f.MIME, &f.Size, &f.SHA, &f.AddedBy, &at)
		f.AddedAt = at.Time
		return f, err
	}, "SELECT id, share, name, mime, size, sha, added_by, added_at FROM task_file WHERE agency = $1 AND work = $2 ORDER BY added_at, id", agency, work)
}

// Held reports whether a result still holds the bytes under a key.
func Held(r store.Reader, sha string) (bool, error) {
	n, err := store.One(r, store.Value[int64], "SELECT COUNT(*) FROM task_file WHERE sha = $1", sha)
	return n > 0, err
}
