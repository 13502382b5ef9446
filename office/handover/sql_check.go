// SPDX-License-Identifier: Apache-2.0

package handover

import "soviec/kit/store"

// row is a receipt as verifying compares it.
type row struct {
	id, items, listed int64
	acked             bool
	from, to          Party
}

func eachReceipt(r store.Reader, agency int64, f func(row)) error {
	rows, err := r.Query(`SELECT r.id, r.items, r.acked_at <> '', r.from_person, r.from_unit, r.to_person, r.to_unit, COUNT(i.id)
		FROM handover_receipt r LEFT JOIN handover_item i ON i.receipt = r.id WHERE r.agency = $1
		GROUP BY r.id, r.items, r.acked_at, r.from_person, r.from_unit, r.to_person, r.to_unit`, agency)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var x row
		if err := rows.Scan(&x.id, &x.items, &x.acked, &x.from.Person, &x.from.Unit, &x.to.Person, &x.to.Unit, &x.listed); err != nil {
			return err
		}
		f(x)
	}
	return rows.Err()
}
