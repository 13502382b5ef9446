// SPDX-License-Identifier: Apache-2.0

package signing

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image/png"
	"math"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"soviec/kit/extract"
	"soviec/kit/fault"
	"soviec/kit/letter"
	"soviec/office/draft"
)

// Room is where the picture of a person's signature belongs: between the lines of the
// position and the full name (Nghị định 30/2020/NĐ-CP, Phụ lục I, box 7c). Of a letter set
// here that is known; of another file the name is looked for from the end, and where it is
// not found, the picture goes to the right at the bottom of the last page.
func Room(c draft.Content, paper draft.Paper, lay extract.Layout) Place {
	name, box := paper.SignerName, "7c"
	if paper.SignsNow() != paper.Signer { // whoever signs beside the signer has his own room
		name, box = paper.Second.Name, box+letter.Beside
	}
	if p, ok := setHere(c, paper.BegunAt, box); ok {
		return p
	}
	want := plain(name)
	for i := len(lay.Lines) - 1; i >= 0 && want != ""; i-- {
		if l := lay.Lines[i]; strings.HasSuffix(plain(l.Text), want) && l.Page <= len(lay.Sizes) {
			return above(lay, l)
		}
	}
	page := len(lay.Sizes)
	if page == 0 || page < lay.Pages {
		return Place{Page: -1, X: 125, Y: 235, W: roomWide, H: roomHigh}
	}
	w, h := lay.Sizes[page-1][0], lay.Sizes[page-1][1]
	return Place{Page: page, X: max(0, w-20-roomWide-10), Y: max(0, h-25-roomHigh), W: min(roomWide, w), H: min(roomHigh, h)}
}

// A room as the decree's drawing has it, in millimetres.
const (
	roomWide = 50.0
	roomHigh = 25.0
)

// setHere finds the room in a letter that was set by the program, if it sets it the same today.
func setHere(c draft.Content, begun time.Time, box string) (Place, bool) {
	if c.Way != draft.WayComposed || c.Letter == "" {
		return Place{}, false
	}
	var l letter.Letter
	if json.Unmarshal([]byte(c.Letter), &l) != nil {
		return Place{}, false
	}
	made, err := letter.Set(l, letter.Options{Fields: true, At: begun})
	if err != nil || sumOf(made.PDF) != c.SHA {
		return Place{}, false
	}
	for _, b := range made.Boxes {
		if b.Name == box {
			return Place{Page: b.Page, X: b.X, Y: b.Y, W: b.W, H: b.H}, true
		}
	}
	return Place{}, false
}

// above is the room over the line of a name, up to what stands above it.
func above(lay extract.Layout, name extract.Line) Place {
	middle := name.X + name.W/2
	p := Place{Page: name.Page, W: roomWide, H: roomHigh, X: middle - roomWide/2}
	top := max(0, name.Y-roomHigh)
	for _, l := range lay.Lines {
		if l.Page == name.Page && l.Y+l.H <= name.Y+1 && l.X < middle+roomWide/4 && l.X+l.W > middle-roomWide/4 {
			top = max(top, l.Y+l.H)
		}
	}
	p.Y, p.H = top, name.Y-top
	if p.H < 8 { // no room was left: over the position, as on paper
		p.Y, p.H = max(0, name.Y-18), min(18, name.Y)
	}
	p.X = max(0, min(p.X, lay.Sizes[name.Page-1][0]-p.W))
	return p
}

func plain(s string) string {
	return strings.ToLower(strings.Join(strings.Fields(norm.NFC.String(s)), " "))
}

// Fit is the place of a picture in a room: as wide as its person wants it, whole and in the
// middle.
func Fit(room Place, picture []byte, wide float64) Place {
	head, err := png.DecodeConfig(bytes.NewReader(picture))
	if err != nil || head.Width == 0 || head.Height == 0 {
		return room
	}
	ratio := float64(head.Height) / float64(head.Width)
	w := min(wide, room.W)
	h := w * ratio
	if h > room.H {
		h = room.H
		w = h / ratio
	}
	return Place{Page: room.Page, X: tenth(room.X + (room.W-w)/2), Y: tenth(room.Y + (room.H-h)/2), W: tenth(w), H: tenth(h)}
}

func tenth(x float64) float64 { return math.Round(x*10) / 10 }

// CheckPlace refuses a place that the person has chosen off the page, over its text, or too
// small to be seen.
func CheckPlace(p Place, lay extract.Layout) error {
	wrong := func(text string) error { return fault.Invalid("place", text) }
	if p.Page < 1 || p.Page > lay.Pages {
		return wrong(fmt.Sprintf("Văn bản có %d trang: trang đặt hình chữ ký không đúng.", lay.Pages))
	}
	if !(p.W >= 10 && p.H >= 4 && p.W <= 80 && p.H <= 60) {
		return wrong("Hình chữ ký rộng từ 10 đến 80 mm, cao từ 4 đến 60 mm.")
	}
	if p.Page > len(lay.Sizes) {
		return nil // beyond what is laid out
	}
	if size := lay.Sizes[p.Page-1]; p.X < 0 || p.Y < 0 || p.X+p.W > size[0] || p.Y+p.H > size[1] {
		return wrong("Hình chữ ký ra ngoài mép giấy.")
	}
	if l, ok := Under(p, lay); ok {
		return wrong("Hình chữ ký đè lên chữ “" + short(l.Text) + "”. Hãy chuyển sang chỗ trống.")
	}
	return nil
}

// Under is a line of text that a place would cover.
func Under(p Place, lay extract.Layout) (extract.Line, bool) {
	for _, l := range lay.Lines {
		if l.Page != p.Page {
			continue
		}
		// a line is higher than its letters
		top, bottom := l.Y+0.2*l.H, l.Y+0.85*l.H
		if min(p.X+p.W, l.X+l.W)-max(p.X, l.X) > 0.7 && min(p.Y+p.H, bottom)-max(p.Y, top) > 0.7 {
			return l, true
		}
	}
	return extract.Line{}, false
}
