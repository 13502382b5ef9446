// SPDX-License-Identifier: Apache-2.0

package pades

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// Where a signature stands is read back as it was placed, whatever the page's turn and unit.
func TestAPlaceIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := sheet{x0: rapid.Float64Range(-50, 50).Draw(t, "x0"), y0: rapid.Float64Range(-50, 50).Draw(t, "y0"),
			unit: rapid.SampledFrom([]float64{1, 2, 0.5}).Draw(t, "unit"), rotate: rapid.SampledFrom([]int{0, 90, 180, 270}).Draw(t, "rotate")}
		s.x1, s.y1 = s.x0+595, s.y0+842
		want := Rect{X: rapid.Float64Range(0, 60).Draw(t, "x"), Y: rapid.Float64Range(0, 60).Draw(t, "y"), W: rapid.Float64Range(1, 40).Draw(t, "w"), H: rapid.Float64Range(1, 40).Draw(t, "h")}
		own := s.own(want)
		got := s.seen([]float64{num(own[0]), num(own[1]), num(own[2]), num(own[3])})
		for _, x := range [][2]float64{{got.X, want.X}, {got.Y, want.Y}, {got.W, want.W}, {got.H, want.H}} {
			if math.Abs(x[0]-x[1]) > 0.01 {
				t.Fatalf("%+v came back as %+v", want, got)
			}
		}
	})
}
