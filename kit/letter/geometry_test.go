// SPDX-License-Identifier: Apache-2.0

package letter_test

import (
	"slices"
	"strings"
	"testing"

	"soviec/kit/letter"
)

// The geometry of documents.md 10.3 and Appendix I, measured on the paper read back.
func TestTheGeometryOfEveryTemplate(t *testing.T) {
	for _, name := range templates {
		t.Run(name, func(t *testing.T) {
			l := sample(name)
			r := set(t, l, letter.Options{})
			show(t, "t"+name, r.PDF)
			all, rules := lines(t, r.PDF), strokes(t, r.PDF)
			if info := tool(t, "pdfinfo", keep(t, r.PDF)); !strings.Contains(info, "(A4)") {
				t.Error(info)
			}
			// box 1: 94 mm on the right of 160, the state's name 12 points bold, 88.3 mm
			state, motto := find(t, all, letter.State), find(t, all, letter.Motto)
			near(t, "state, width", state.x1-state.x0, 88.3, 0.4)
			near(t, "state, middle", state.mid(), 30+66+47, 0.4)
			near(t, "motto, width", motto.x1-motto.x0, 56.1, 0.4)
			near(t, "motto, middle", motto.mid(), state.mid(), 0.3)
			if state.y0 < 19.5 || state.y0 > 22 {
				t.Errorf("the first line stands at %.1f mm", state.y0)
			}
			rule := under(t, rules, motto)
			near(t, "rule under the motto", rule.w, motto.x1-motto.x0, 0.3)
			near(t, "rule under the motto, left", rule.x0, motto.x0, 0.3)
			// box 2: 66 mm on the left, the rule a third to a half of the text
			words := strings.Split(l.Agency, "\n")
			longest, last := seen{}, seen{}
			for _, w := range words {
				last = find(t, all, w)
				near(t, "agency, middle", last.mid(), 30+33, 0.4)
				if last.x1-last.x0 > longest.x1-longest.x0 {
					longest = last
				}
			}
			rule = under(t, rules, last)
			if part := rule.w / (longest.x1 - longest.x0); part < 1.0/3 || part > 0.5 {
				t.Errorf("the rule under the agency is %.2f of its text", part)
			}
			near(t, "rule under the agency, middle", rule.x0+rule.w/2, 63, 0.4)
			// boxes 3 and 4: one line, each in the middle of its column
			number := find(t, all, letter.NumberLine(l.Number, l.Notation))
			near(t, "number, middle", number.mid(), 63, 0.4)
			if l.Date != 0 {
				date := find(t, all, letter.PlaceAndDate(l.Place, l.Date))
				near(t, "date, width", date.x1-date.x0, 72.1, 0.5)
				near(t, "date, middle", date.mid(), state.mid(), 0.4)
				near(t, "number and date, height", date.y1, number.y1, 0.3)
				if date.y0 < motto.y1 {
					t.Error("the date stands beside the motto")
				}
			}
			// box 5a, or 5b with 6 points of room
			if title := l.Title(); title != "" {
				near(t, "title, middle", find(t, all, title).mid(), 110, 0.4)
			} else {
				first := find(t, all, "V/v rà soát")
				if gap := first.y0 - number.y1; gap < 1.2 || gap > 3 {
					t.Errorf("%.2f mm between the number and the subject", gap)
				}
			}
			// box 6: within the margins, first lines indented by 12.7 mm
			body := boxOf(t, r, "6")
			indented := 0
			for _, x := range all {
				if x.x0 < 29.7 || x.x1 > 190.3 {
					t.Errorf("%q reaches over the margins: %.2f to %.2f", x.text, x.x0, x.x1)
				}
				if x.page == 1 && x.y0 > body.Y && x.x0 > 42.4 && x.x0 < 43.1 {
					indented++
				}
			}
			if indented < 2 {
				t.Errorf("%d first lines are indented by 12.7 mm", indented)
			}
			// boxes 7 and 9b at the same height; the name in the middle of the right half
			sign := l.Signatures[len(l.Signatures)-1]
			below := slices.Clone(all)
			slices.Reverse(below) // "TRƯỞNG BAN" also begins the authority above the bases
			capacity, who := find(t, below, sign.Lines[0]), find(t, all, sign.Name)
			near(t, "capacity, middle", capacity.mid(), 150, 0.4)
			near(t, "name, middle", who.mid(), 150, 0.4)
			place := boxOf(t, r, "7c")
			near(t, "room for the signature, middle", place.X+place.W/2, 150, 0.1)
			if place.Y < capacity.y0+3 || place.Y+place.H > who.y0+1 || place.H < 25 {
				t.Errorf("7c from %.1f to %.1f, between %.1f and %.1f", place.Y, place.Y+place.H, capacity.y1, who.y0)
			}
			seal := boxOf(t, r, "8")
			near(t, "seal over the left third", seal.X+seal.W, place.X+place.W/3, 0.1)
			to := find(t, all, "Nơi nhận:")
			near(t, "recipients, left", to.x0, 30, 0.3)
			if len(l.Signatures) == 1 {
				near(t, "recipients, height", to.y0, capacity.y0, 1.5)
			} else {
				near(t, "first signer, middle", find(t, all, l.Signatures[0].Name).mid(), 70, 0.4)
			}
			mark := find(t, all, l.DrafterMark())
			near(t, "drafter's mark, right", mark.x1, 106, 0.4)
			if l.Urgency != 0 {
				want := [...]float64{0, 20, 40, 30}[l.Urgency]
				for _, s := range rules {
					if s.red {
						near(t, "urgency, width", s.w, want, 0.05)
						near(t, "urgency, height", s.h, 8, 0.05)
						near(t, "urgency, left", s.x0, 30, 0.05)
						want = -1
					}
				}
				if want > 0 {
					t.Error("there is no red frame")
				}
			}
			if l.Address != "" {
				foot := boxOf(t, r, "13")
				found := false
				for _, s := range rules {
					found = found || !s.frame && s.y == s.y && s.w > 159.9 && s.w < 160.1 && s.y > foot.Y-0.1 && s.y < foot.Y+0.1
				}
				if !found || foot.Y < 270 {
					t.Errorf("box 13 %+v", foot)
				}
			}
		})
	}
}

// under is the rule right below a text.
func under(t testing.TB, all []stroke, s seen) stroke {
	t.Helper()
	for _, r := range all {
		if !r.frame && r.page == s.page && r.y > s.y0+2 && r.y < s.y1+2.5 && r.x0 < s.mid() && r.x0+r.w > s.mid() {
			return r
		}
	}
	t.Errorf("no rule under %q", s.text)
	return stroke{}
}

func TestTheStripAtTheTop(t *testing.T) {
	l := sample("1.2")
	l.Circulation, l.Corner = "Lưu hành nội bộ", "Số: 15/QĐ-BDT; 05/01/2026; 14:05:09"
	r := set(t, l, letter.Options{})
	show(t, "strip", r.PDF)
	all := lines(t, r.PDF)
	corner := find(t, all, l.Corner) // T29
	near(t, "corner, right", corner.x1, 190, 0.3)
	if corner.y1 > 11 {
		t.Errorf("the corner line ends at %.1f mm", corner.y1)
	}
	if words := find(t, all, "LƯU HÀNH NỘI BỘ"); words.x0 < 105 || words.y1 > 20 || words.y0 < corner.y1-1 {
		t.Errorf("box 11: %+v", words)
	}
}

func TestUrgencyStamps(t *testing.T) {
	for urgency, wide := range map[int]float64{1: 20, 2: 40, 3: 30} {
		l := sample("1.5")
		l.Urgency = urgency
		n := 0
		for _, s := range strokes(t, set(t, l, letter.Options{}).PDF) {
			if s.red && s.frame {
				n++
				near(t, letter.UrgencyWords[urgency], s.w, wide, 0.05)
				near(t, letter.UrgencyWords[urgency], s.h, 8, 0.05)
			}
		}
		if n != 1 {
			t.Errorf("%d frames for %s", n, letter.UrgencyWords[urgency])
		}
	}
}

func TestALargerProfileStillFits(t *testing.T) {
	p := letter.DefaultProfile
	p.State, p.Motto, p.Issuer, p.Date, p.Left = 13, 14, 13, 14, 35
	l := sample("1.2")
	l.Superior = "ỦY BAN NHÂN DÂN TỈNH CAO BẰNG"
	r := set(t, l, letter.Options{Profile: p})
	all := lines(t, r.PDF)
	state := find(t, all, letter.State)
	near(t, "state at 13 points", state.x1-state.x0, 95.7, 0.4)
	if state.x1 > 190.3 {
		t.Errorf("it reaches to %.1f mm", state.x1)
	}
	if agency := find(t, all, "BAN DÂN TỘC"); agency.x1 > state.x0 {
		t.Error("box 2 runs into box 1")
	}
	near(t, "motto at 14 points", find(t, all, letter.Motto).x1-find(t, all, letter.Motto).x0, 60.5, 0.4)
	p.Left = 20
	if _, err := letter.Set(l, letter.Options{Profile: p}); err == nil || !strings.Contains(err.Error(), "Lề trái") {
		t.Errorf("a left margin of 20 mm: %v", err)
	}
}
