// SPDX-License-Identifier: Apache-2.0

package letter

// An item is what pages are filled with: a line, a row, a block that is never torn.
type item struct {
	high  float64
	gap   float64 // above it, but not at the top of a page
	keep  bool    // it does not stand last on a page
	draw  func(s *sheet, y float64)
	heads []item // stand above it when it is the first on its page: the head of its table
}

// flow lays items on pages from y on the sheet that is open; turn gives the next sheet with
// the y at which its room begins. bottom tells where the room of a sheet ends. The y below
// the last item is the answer, on the sheet that is then open.
func flow(items []item, s *sheet, y float64, bottom func(*sheet) float64, turn func() (*sheet, float64)) (*sheet, float64) {
	fresh := false // nothing of the flow stands on the sheet, and it is not the first
	for i := 0; i < len(items); {
		end := bottom(s)
		at, j := y, i
		if fresh {
			for _, h := range items[i].heads {
				at += h.high
			}
		}
		for j < len(items) {
			gap := items[j].gap
			if j == i && fresh {
				gap = 0
			}
			if at+gap+items[j].high > end+1e-6 {
				break
			}
			at += gap + items[j].high
			j++
		}
		if j < len(items) { // go back to where the page may end
			k := j
			for k > i && items[k-1].keep {
				k--
			}
			switch {
			case k > i || !fresh:
				j = k
			case j == i:
				j = i + 1 // taller than a page
			}
		}
		if fresh && j > i {
			for _, h := range items[i].heads {
				h.draw(s, y)
				y += h.high
			}
		}
		for k := i; k < j; k++ {
			if k > i || !fresh {
				y += items[k].gap
			}
			items[k].draw(s, y)
			y += items[k].high
		}
		if i = j; i < len(items) {
			s, y = turn()
			fresh = true
		}
	}
	return s, y
}

// height is what items take when nothing is torn.
func height(items []item) float64 {
	h := 0.0
	for _, it := range items {
		h += it.gap + it.high
	}
	return h
}
