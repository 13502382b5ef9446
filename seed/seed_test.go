// SPDX-License-Identifier: Apache-2.0

package seed

import (
	"fmt"
	"soviec/kit/civil"
	"testing"
	"time"
)

func TestLook(t *testing.T) {
	t0 := time.Now()
	n := map[State]int{}
	all := Current(civil.New(2026, 11, 24))
	fmt.Println(time.Since(t0), len(all))
	for _, s := range all {
		n[s.State]++
		num := ""
		if s.Doc != nil {
			num = s.Doc.NumberRaw + " " + s.Doc.IssuerName + " " + s.Doc.Channel
		}
		fmt.Println(s.Key, s.State, s.Title, "|", num, s.Unit, s.Holder, s.Due.VN(), s.Urged, s.File)
		if s.State == Late || n[s.State] < 3 {
			for _, st := range s.Steps {
				fmt.Println("      ", st.At.Format("02/01 15:04:05"), st.By, st.Do, st.Unit, st.Person, st.Due.VN(), st.Text)
			}
		}
	}
	fmt.Println(n, len(all))
}
