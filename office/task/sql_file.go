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

// FilesByWork are what was handed in with the results of works, in one query.
func FilesByWork(r store.Reader, agency int64, works []int64) (map[int64][]File, error) {
	out := map[int64][]File{}
	if len(works) == 0 {
		return out, nil
	}
	list, args := inList(2, works)
	_, err := store.All(r, func(s store.Scanner) (struct{}, error) {
		var f File
		var work int64
		var at store.Time
		err := s.Scan(&work, &f.ID, &f.Share, &f.Name, &f.MIME, &f.Size, &f.SHA, &f.AddedBy, &at)
		f.AddedAt = at.Time
		out[work] = append(out[work], f)
		return struct{}{}, err
	}, "SELECT work, id, share, name, mime, size, sha, added_by, added_at FROM task_file WHERE agency = $1 AND work "+list+" ORDER BY work, added_at, id",
		append([]any{agency}, args...)...)
	return out, err
}

// EachFile walks the files of an agency's works.
func EachFile(r store.Reader, agency int64, f func(work int64, file File) error) error {
	type kept struct {
		work int64
		File
	}
	all, err := store.All(r, func(s store.Scanner) (kept, error) {
		var k kept
		return k, s.Scan(&k.work, &k.ID, &k.Share, &k.Name, &k.MIME, &k.Size, &k.SHA)
	}, "SELECT work, id, share, name, mime, size, sha FROM task_file WHERE agency = $1 ORDER BY work, id", agency)
	for _, k := range all {
		if err == nil {
			err = f(k.work, k.File)
		}
	}
	return err
}

// Held reports whether a work still holds the bytes under a key.
func Held(r store.Reader, sha string) (bool, error) {
	n, err := store.One(r, store.Value[int64], "SELECT COUNT(*) FROM task_file WHERE sha = $1", sha)
	return n > 0, err
}
