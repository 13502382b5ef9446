// SPDX-License-Identifier: Apache-2.0

package seed

import (
	"fmt"
	"testing"
	"soviec/kit/civil"
)

func TestLook(t *testing.T) {
	all := Arrivals2019()
	sub := map[string]int{}
	due, ext, rep, urg := 0, 0, 0, [4]int{}
	types := map[string]int{}; fields := map[string]int{}; per := map[string]int{}
	mon := map[int]int{}
	for _, a := range all {
		sub[a.Subject]++
		if !a.Directive.Due.IsZero() { due++ }
		if a.Outcome.Extended() { ext++ }
		if a.Outcome.Reply != "" { rep++ }
		urg[a.Urgency]++
		types[a.Type]++; fields[a.Field]++; per[a.Directive.Person]++
		mon[int(civil.Of(a.Received).Month())]++
	}
	fmt.Println(len(all), "distinct", len(sub), "due", due, "ext", ext, "rep", rep, urg, types, fields, per, mon)
	d := &dice{state: 9}
	for i := 0; i < 70; i++ {
		a := all[d.below(len(all))]
		fmt.Println(a.Received.Format("02/01 15:04"), a.NumberRaw, a.Date.VN(), a.IssuerName, "|", a.Type, "|", a.Subject, "|", a.Directive.Text, "|", a.Outcome.Text, a.Channel)
	}
}
