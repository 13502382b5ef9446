// SPDX-License-Identifier: Apache-2.0

package draft

import (
	"testing"

	"soviec/kit/fault"
	"soviec/kit/journal"
)

func TestADraftIsHandedToAnotherDrafter(t *testing.T) {
	t.Parallel()
	each(t, func(d *desk) {
		id := d.begin("hai", d.letterFacts()).ID
		hand := func(to, why string) func(*journal.Act) error {
			return func(a *journal.Act) error { return Hand(a, id, d.person(to), why) }
		}
		d.refused("nga", fault.KindForbidden, "", hand("ha", "Nghỉ phép"))
		d.refused("hai", fault.KindInvalid, "lý do", hand("ha", " "))
		d.refused("hai", fault.KindInvalid, "đơn vị soạn thảo", hand("xuan", "Nghỉ phép"))
		d.do("lam", hand("ha", "Nghỉ phép"))
		p := d.get(id)
		if p.Drafter != d.person("ha") {
			d.Fatalf("%+v", p)
		}
		d.refused("hai", fault.KindForbidden, "", func(a *journal.Act) error { return Submit(a, id, "") })
		d.do("ha", func(a *journal.Act) error { return Submit(a, id, "") })
		d.refused("ha", fault.KindConflict, "kiểm tra nội dung", hand("hai", "Nghỉ phép"))
		d.check()
	})
}
