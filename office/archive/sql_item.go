// SPDX-License-Identifier: Apache-2.0

package archive

import (
	"soviec/kit/journal"
	"soviec/kit/store"
)

func insertItem(a *journal.Act, it Item) error {
	_, err := a.Exec(`INSERT INTO archive_item (id, agency, dossier, ref, ordinal, number, day, title, author, pages, note, auto, added_by, added_at, out_on, why)
		VALUES ($1, $2, $3, $4, 0, $5, $6, $7, $8, $9, $10, $11, $12, $13, '', '')`,
		it.ID, a.By.Agency, it.Dossier, it.Ref, it.Number, it.On.String(), it.Title, it.Author, it.Pages, it.Note, it.Auto, it.AddedBy, store.Instant(it.AddedAt.Time))
	return err
}

func itemsOf(r store.Reader, agency, dossier int64) ([]Item, error) {
	return store.All(r, func(s store.Scanner) (it Item, err error) {
		return it, s.Scan(&it.ID, &it.Dossier, &it.Ref, &it.Ordinal, &it.Number, &it.On, &it.Title, &it.Author, &it.Pages, &it.Note, &it.Auto,
			&it.AddedBy, &it.AddedAt, &it.OutOn, &it.Why)
	}, `SELECT id, dossier, ref, ordinal, number, day, title, author, pages, note, auto, added_by, added_at, out_on, why FROM archive_item
		WHERE dossier = $1 AND +agency = $2 AND out_on = '' ORDER BY ordinal, id`, dossier, agency)
}

func setOrdinal(a *journal.Act, item int64, ordinal int) error {
	_, err := a.Exec("UPDATE archive_item SET ordinal = $1 WHERE id = $2", ordinal, item)
	return err
}

func describeItem(a *journal.Act, it Item) error {
	_, err := a.Exec("UPDATE archive_item SET number = $1, day = $2, title = $3, author = $4, pages = $5, note = $6 WHERE id = $7",
		it.Number, it.On.String(), it.Title, it.Author, it.Pages, it.Note, it.ID)
	return err
}

func takeOut(a *journal.Act, item int64, why string) error {
	_, err := a.Exec("UPDATE archive_item SET out_on = $1, why = $2 WHERE id = $3", a.Day().String(), why, item)
	return err
}

// fedWith are the dossiers that take papers in and hold one of some references.
func fedWith(r store.Reader, agency int64, refs []string) ([]int64, error) {
	args := []any{agency}
	return store.All(r, store.Value[int64], `SELECT DISTINCT d.id FROM archive_item i JOIN archive_dossier d ON d.id = i.dossier
		WHERE i.agency = $1 AND i.out_on = '' AND i.ref IN `+in(&args, refs)+` AND d.state IN ('open', 'collecting') ORDER BY d.id`, args...)
}

func dossiersWith(r store.Reader, agency int64, ref string) ([]int64, error) {
	return store.All(r, store.Value[int64], "SELECT dossier FROM archive_item WHERE agency = $1 AND ref = $2 AND out_on = '' ORDER BY id", agency, ref)
}

// livingElsewhere are the references of a dossier that lie in another one not destroyed.
func livingElsewhere(r store.Reader, agency, dossier int64) (map[string]bool, error) {
	refs, err := store.All(r, store.Value[string], `SELECT DISTINCT o.ref FROM archive_item i JOIN archive_item o ON o.agency = $1 AND o.ref = i.ref AND o.out_on = ''
		JOIN archive_dossier d ON d.id = o.dossier WHERE i.dossier = $2 AND i.out_on = '' AND o.dossier <> $2 AND d.state <> 'destroyed'`, agency, dossier)
	out := map[string]bool{}
	for _, ref := range refs {
		out[ref] = true
	}
	return out, err
}

func insertSettled(a *journal.Act, dossier int64, finding, why string) error {
	_, err := a.Exec(`INSERT INTO archive_settled (id, agency, dossier, finding, why, set_by, set_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		a.NewID(), a.By.Agency, dossier, finding, why, a.By.Person, store.Instant(a.At))
	return err
}

func settledOf(r store.Reader, dossier int64) (map[string]bool, error) {
	keys, err := store.All(r, store.Value[string], "SELECT finding FROM archive_settled WHERE dossier = $1", dossier)
	out := map[string]bool{}
	for _, k := range keys {
		out[k] = true
	}
	return out, err
}

func insertPaper(a *journal.Act, p Paper) error {
	_, err := a.Exec(`INSERT INTO archive_paper (id, agency, type, number, day, author, subject, pages, name, mime, size, sha, purged, set_by, set_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, FALSE, $13, $14)`, p.ID, a.By.Agency, p.Type, p.Number, p.On.String(), p.Author, p.Subject, p.Pages,
		p.File.Name, p.File.MIME, p.File.Size, p.File.SHA, a.By.Person, store.Instant(a.At))
	return err
}

func papers(r store.Reader, agency int64, ids []int64) (map[int64]Paper, error) {
	out := map[int64]Paper{}
	if len(ids) == 0 {
		return out, nil
	}
	args := []any{agency}
	all, err := store.All(r, func(s store.Scanner) (p Paper, err error) {
		return p, s.Scan(&p.ID, &p.Type, &p.Number, &p.On, &p.Author, &p.Subject, &p.Pages, &p.File.Name, &p.File.MIME, &p.File.Size, &p.File.SHA, &p.Purged)
	}, "SELECT id, type, number, day, author, subject, pages, name, mime, size, sha, purged FROM archive_paper WHERE +agency = $1 AND id IN "+in(&args, ids), args...)
	for _, p := range all {
		out[p.ID] = p
	}
	return out, err
}

func purgePaper(a *journal.Act, id int64) error {
	_, err := a.Exec("UPDATE archive_paper SET purged = TRUE WHERE id = $1", id)
	return err
}

func keyHeld(r store.Reader, sha string) (bool, error) {
	n, err := store.One(r, store.Value[int64], "SELECT COUNT(*) FROM archive_paper WHERE sha = $1 AND purged = FALSE", sha)
	return n > 0, err
}

// EachFile walks the files of an agency's papers that still have their bytes.
func EachFile(r store.Reader, agency int64, f func(paper int64, file File) error) error {
	type kept struct {
		id int64
		File
	}
	all, err := store.All(r, func(s store.Scanner) (k kept, err error) {
		return k, s.Scan(&k.id, &k.Name, &k.MIME, &k.Size, &k.SHA)
	}, "SELECT id, name, mime, size, sha FROM archive_paper WHERE agency = $1 AND sha <> '' AND purged = FALSE ORDER BY id", agency)
	for _, k := range all {
		if err == nil {
			err = f(k.id, k.File)
		}
	}
	return err
}
