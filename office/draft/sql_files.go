// SPDX-License-Identifier: Apache-2.0

package draft

import (
	"soviec/kit/journal"
	"soviec/kit/store"
)

func insertFile(a *journal.Act, draft int64, f File) error {
	_, err := a.Exec(`INSERT INTO draft_file (id, agency, draft, kind, place, name, mime, size, sha, added_by, added_at, out_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, '')`,
		f.ID, a.By.Agency, draft, f.Kind, f.Place, f.Name, f.MIME, f.Size, f.SHA, f.AddedBy, store.Instant(f.AddedAt))
	return err
}

func takeOut(a *journal.Act, draft, file int64) (int64, error) {
	return a.Exec("UPDATE draft_file SET out_at = $1 WHERE id = $2 AND draft = $3 AND out_at = '' AND kind IN ('enclosed', 'submission')", store.Instant(a.At), file, draft)
}

// Files are what stands beside the main file now, oldest first.
func Files(r store.Reader, draft int64) ([]File, error) {
	return store.All(r, func(s store.Scanner) (File, error) {
		var f File
		var at store.Time
		err := s.Scan(&f.ID, &f.Kind, &f.Place, &f.Name, &f.MIME, &f.Size, &f.SHA, &f.AddedBy, &at)
		f.AddedAt = at.Time
		return f, err
	}, "SELECT id, kind, place, name, mime, size, sha, added_by, added_at FROM draft_file WHERE draft = $1 AND out_at = '' ORDER BY id", draft)
}

func putFindings(a *journal.Act, draft int64, version int, all []Finding) error {
	if _, err := a.Exec("DELETE FROM draft_finding WHERE draft = $1 AND version = $2", draft, version); err != nil {
		return err
	}
	for i, f := range all {
		if _, err := a.Exec(`INSERT INTO draft_finding (draft, version, ordinal, agency, code, blocks, page, place, text, rule)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`, draft, version, i+1, a.By.Agency, f.Code, f.Blocks, f.Page, f.Place, f.Text, f.Rule); err != nil {
			return err
		}
	}
	return nil
}

// FindingsOf are what the layout checker found in a version.
func FindingsOf(r store.Reader, draft int64, version int) ([]Finding, error) {
	return store.All(r, func(s store.Scanner) (Finding, error) {
		var f Finding
		return f, s.Scan(&f.Code, &f.Blocks, &f.Page, &f.Place, &f.Text, &f.Rule)
	}, "SELECT code, blocks, page, place, text, rule FROM draft_finding WHERE draft = $1 AND version = $2 ORDER BY ordinal", draft, version)
}

// Held reports whether a draft still holds the bytes under a key.
func Held(r store.Reader, sha string) (bool, error) {
	n, err := store.One(r, store.Value[int64], `SELECT (SELECT COUNT(*) FROM draft_version WHERE sha = $1 OR source = $1)
		+ (SELECT COUNT(*) FROM draft_file WHERE sha = $1) + (SELECT COUNT(*) FROM draft_signing WHERE before = $1 OR after = $1)
		+ (SELECT COUNT(*) FROM draft_template_edition WHERE sha = $1)`, sha)
	return n > 0, err
}

// EachFile walks all bytes that an agency's drafts hold: versions, their sources, files
// beside them, signed files. A size of -1 is one that the row does not keep.
func EachFile(r store.Reader, agency int64, f func(draft int64, sha, name string, size int64) error) error {
	type kept struct {
		draft     int64
		sha, name string
		size      int64
	}
	all, err := store.All(r, func(s store.Scanner) (kept, error) {
		var k kept
		return k, s.Scan(&k.draft, &k.sha, &k.name, &k.size)
	}, `SELECT draft, sha, name, size FROM draft_version WHERE agency = $1
		UNION ALL SELECT draft, source, source_name, -1 FROM draft_version WHERE agency = $1 AND source <> ''
		UNION ALL SELECT draft, sha, name, size FROM draft_file WHERE agency = $1
		UNION ALL SELECT draft, after, 'tệp đã ký số', -1 FROM draft_signing WHERE agency = $1 AND after <> ''`, agency)
	for _, k := range all {
		if err == nil {
			err = f(k.draft, k.sha, k.name, k.size)
		}
	}
	return err
}
