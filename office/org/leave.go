// SPDX-License-Identifier: Apache-2.0

package org

import "soviec/kit/journal"

// leaving are what other rooms have against somebody's leaving: things that person still
// holds and has to hand over first (Nghị định 30/2020/NĐ-CP Điều 31 khoản 3 điểm đ).
var leaving = map[string]func(a *journal.Act, person int64) error{}

// OnLeave ties a room's objection to the shutting of a login and the end of the last post.
// It is called before the program serves.
func OnLeave(room string, f func(a *journal.Act, person int64) error) { leaving[room] = f }

func leave(a *journal.Act, person int64) error {
	for _, f := range leaving {
		if err := f(a, person); err != nil {
			return err
		}
	}
	return nil
}
