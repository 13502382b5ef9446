// SPDX-License-Identifier: Apache-2.0

package draft

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"soviec/kit/blob"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/kit/store/storetest"
)

// moves are the transitions of documents.md §6.1 and 6.2 that there are before a number.
var moves = map[State][]State{
	StateDrafting:  {StateDrafting, StateInReview, StateOpinion, StateDropped},
	StateInReview:  {StateInReview, StateDrafting, StateFormCheck, StateOpinion},
	StateOpinion:   {StateOpinion, StateDrafting, StateInReview},
	StateFormCheck: {StateFormCheck, StateInReview, StateDrafting, StateToSign},
	StateToSign:    {StateToSign, StateDrafting, StateDropped, StateSigned},
	StateSigned:    {StateSigned, StateLeft},
	StateLeft:      {StateLeft},
	StateDropped:   {StateDropped},
}

// Whatever people try in whatever order, a draft only moves as the path allows, what is
// signed was initialled twice in this submission as the very file that is signed, and the
// rows stay what the book tells.
func TestRandomActsKeepThePath(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDesk(t, db)
		dir := d.dir()
		names := []string{"hai", "lam", "minh", "lan", "thang", "hoa", "xuan", "son"}
		round := 0
		rapid.Check(t, func(rt *rapid.T) {
			round++
			f := d.letterFacts()
			f.Subject = fmt.Sprintf("Dự thảo ngẫu nhiên %d", round)
			id := d.begin("hai", f).ID
			for i := range rapid.IntRange(5, 25).Draw(rt, "acts") {
				before := d.get(id)
				name := rapid.SampledFrom(names).Draw(rt, "who")
				sha := before.SHA
				if rapid.IntRange(0, 9).Draw(rt, "old") == 0 {
					sha = sum("an older page")
				}
				deed := rapid.IntRange(0, 12).Draw(rt, "deed")
				if rapid.Bool().Draw(rt, "onward") { // else most drafts would never get far
					name, deed = onward(before.State)
				}
				err := d.try(name, func(a *journal.Act) error {
					switch deed {
					case 0:
						return Submit(a, id, "Kính trình")
					case 1:
						return PassContent(a, id, sha, 0, "")
					case 2:
						return PassForm(a, id, sha, all("CV"), "")
					case 3:
						return Return(a, id, sha, "Sửa lại", nil)
					case 4:
						f.Body = fmt.Sprintf("Nội dung %d.", i)
						_, err := Save(a, id, before.Version, f, d.composedIn(dir, before, f))
						return err
					case 5:
						_, err := Ask(a, id, []int64{d.person("xuan")}, d.clock.Today().AddDays(2), "Xin ý kiến")
						return err
					case 6:
						return Give(a, id, "agree", "Thống nhất")
					case 7:
						return CloseRound(a, id, "")
					case 8:
						_, err := Prepare(a, id, sha)
						return err
					case 9:
						return Complete(a, id, blob.Key(sum(fmt.Sprint("signed", i))), Evidence{})
					case 10:
						return SignOnPaper(a, id, sha, d.clock.Today(), scan())
					case 11:
						if rapid.IntRange(0, 5).Draw(rt, "really") > 0 {
							return nil
						}
						return Refuse(a, id, "Không ký")
					}
					return nil
				})
				after := d.get(id)
				if err != nil && (after.State != before.State || after.Version != before.Version) {
					rt.Fatalf("a refused act changed the draft: %v", err)
				}
				if !slices.Contains(moves[before.State], after.State) {
					rt.Fatalf("%s → %s by %s", before.State, after.State, name)
				}
				if after.State == StateSigned && before.State != StateSigned {
					if after.Approved != after.SHA {
						rt.Fatal("signed is not what was approved")
					}
					for _, kind := range []string{"content", "form"} {
						if ok, err := initialled(d.r(), after, kind); err != nil || !ok {
							rt.Fatalf("signed without the %s initial of this file: %v", kind, err)
						}
					}
				}
			}
		})
		d.check()
	})
}

// onward is who would take the draft a step further, and how.
func onward(s State) (name string, deed int) {
	switch s {
	case StateDrafting:
		return "hai", 0
	case StateInReview:
		return "lam", 1
	case StateOpinion:
		return "hai", 7
	case StateFormCheck:
		return "minh", 2
	}
	return "thang", 8
}
