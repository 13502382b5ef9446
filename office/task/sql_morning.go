// SPDX-License-Identifier: Apache-2.0

package task

import (
	"soviec/kit/civil"
	"soviec/kit/store"
)

// UrgedOn are those among some shares that a person has urged by hand on a day.
func UrgedOn(r store.Reader, agency, urger int64, day civil.Date, shares []int64) (map[int64]bool, error) {
	out := map[int64]bool{}
	if len(shares) == 0 {
		return out, nil
	}
	list, args := inList(4, shares)
	ids, err := store.All(r, store.Value[int64], "SELECT DISTINCT share FROM task_urging WHERE +agency = $1 AND urger = $2 AND day = $3 AND share "+list, append([]any{agency, urger, day}, args...)...)
	for _, id := range ids {
		out[id] = true
	}
	return out, err
}
