// SPDX-License-Identifier: Apache-2.0

package archive

import "soviec/kit/store"

// row is a dossier as verifying compares it.
type row struct {
	id, keeper  int64
	year        int
	notation    string
	state       State
	term        Term
	frozen      bool
	docs, pages int

	items         []string
	access        []string
	ordinals, sum int
	most          int
}

func eachRow(r store.Reader, agency int64, f func(row)) error {
	all, err := store.All(r, func(s store.Scanner) (x row, err error) {
		return x, s.Scan(&x.id, &x.keeper, &x.year, &x.notation, &x.state, &x.term.Years, &x.term.Permanent, &x.frozen, &x.docs, &x.pages, &x.most)
	}, `SELECT d.id, d.keeper, d.year, d.notation, d.state, d.years, d.permanent, d.frozen, d.docs, d.pages,
		COALESCE((SELECT MAX(i.ordinal) FROM archive_item i WHERE i.dossier = d.id AND i.out_on = ''), 0)
		FROM archive_dossier d WHERE d.agency = $1 ORDER BY d.id`, agency)
	for _, x := range all {
		f(x)
	}
	return err
}

func eachItem(r store.Reader, agency int64, f func(dossier int64, ref string, ordinal, pages int)) error {
	rows, err := r.Query("SELECT dossier, ref, ordinal, pages FROM archive_item WHERE agency = $1 AND out_on = ''", agency)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var dossier int64
		var ref string
		var ordinal, pages int
		if err := rows.Scan(&dossier, &ref, &ordinal, &pages); err != nil {
			return err
		}
		f(dossier, ref, ordinal, pages)
	}
	return rows.Err()
}

func eachAccess(r store.Reader, agency int64, f func(dossier int64, who string)) error {
	rows, err := r.Query("SELECT dossier, who FROM archive_access WHERE agency = $1", agency)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var dossier int64
		var who string
		if err := rows.Scan(&dossier, &who); err != nil {
			return err
		}
		f(dossier, who)
	}
	return rows.Err()
}
