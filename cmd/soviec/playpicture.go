// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"hash/fnv"
	"image"
	"image/color"
	"image/png"
	"math"
	"sync"
)

// The colours of signatures and seals (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.7, II.8).
var (
	ink = color.NRGBA{R: 24, G: 48, B: 160, A: 255}
	red = color.NRGBA{R: 214, G: 22, B: 38, A: 255}
)

// sealWide is the diameter of the sample seal, in millimetres.
const sealWide = 36

// handOf is the picture of somebody's made-up signature: strokes that follow from the name.
func (pl *player) handOf(who string) []byte {
	if pl.hands == nil {
		pl.hands = map[string][]byte{}
	}
	if b, ok := pl.hands[who]; ok {
		return b
	}
	b := drawHand(who)
	pl.hands[who] = b
	return b
}

func drawHand(who string) []byte {
	const w, h = 160, 80
	f := fnv.New64a()
	f.Write([]byte(who))
	n := f.Sum64()
	part := func(shift int, from, to float64) float64 { return from + (to-from)*float64(n>>shift&0xff)/255 }
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	dot := func(x, y, r float64) {
		for yy := int(y - r - 1); yy <= int(y+r+1); yy++ {
			for xx := int(x - r - 1); xx <= int(x+r+1); xx++ {
				if d := r + .5 - math.Hypot(float64(xx)-x, float64(yy)-y); d > 0 && image.Pt(xx, yy).In(img.Rect) {
					c := ink
					c.A = uint8(255 * min(1, d))
					if img.NRGBAAt(xx, yy).A < c.A {
						img.SetNRGBA(xx, yy, c)
					}
				}
			}
		}
	}
	waves, lean, tall, flat := part(0, 3, 6), part(8, .2, 1.1), part(16, 16, 25), part(24, .5, 1)
	for t := 0.0; t < 1; t += .0006 { // the name: loops that become flatter
		a := t * waves * 2 * math.Pi
		x := 16 + 100*t + 8*math.Sin(a*2+lean)
		y := 41 - (1-flat*t)*tall*math.Sin(a) - 7*t
		dot(x, y, .7+.6*math.Abs(math.Cos(a)))
	}
	bend, end := part(32, -9, 9), part(40, 53, 66)
	for t := 0.0; t < 1; t += .001 { // the stroke below
		dot(14+132*t, end+bend*math.Sin(t*math.Pi)-9*t, .7+.5*(1-t))
	}
	return encoded(img)
}

// sealPicture is the sample seal: two rings and a star, no coat of arms.
var sealPicture = sync.OnceValue(func() []byte {
	const w, mid = 160, 80.0
	img := image.NewNRGBA(image.Rect(0, 0, w, w))
	star := func(x, y float64) bool { // a star of five points
		r, a := math.Hypot(x, y), math.Mod(math.Atan2(x, -y)+4*math.Pi, 2*math.Pi/5)-math.Pi/5
		inner, outer := 10.0, 26.0
		a = math.Pi/5 - math.Abs(a)
		sin, cos := math.Sin(math.Pi/5), math.Cos(math.Pi/5) // the line from the tip to the notch
		px, py := r*math.Cos(a), r*math.Sin(a)
		return (px-outer)*inner*sin-py*(inner*cos-outer) < 0
	}
	for y := range w {
		for x := range w {
			dx, dy := float64(x)+.5-mid, float64(y)+.5-mid
			r := math.Hypot(dx, dy)
			edge := math.Max(2-math.Abs(r-77), 1.1-math.Abs(r-55))
			switch {
			case edge > 0:
				c := red
				c.A = uint8(235 * min(1, edge))
				img.SetNRGBA(x, y, c)
			case star(dx, dy):
				c := red
				c.A = 235
				img.SetNRGBA(x, y, c)
			}
		}
	}
	return encoded(img)
})

func encoded(img image.Image) []byte {
	var b bytes.Buffer
	if png.Encode(&b, img) != nil {
		return nil // a picture in memory is always written
	}
	return b.Bytes()
}
