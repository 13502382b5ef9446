// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"context"
	"errors"
	"io"
	"strings"

	"github.com/klippa-app/go-pdfium"
	pdfiumerrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/responses"

	"soviec/kit/fault"
)

// A Layout is where the words of a PDF stand and how they look.
type Layout struct {
	Pages int          // all pages, also those beyond the limit
	Sizes [][2]float64 // width and height of each page read, millimetres
	Lines []Line       // in the order in which the eye reads: page, height, from the left
	Cut   bool         // there is more than the limits let through
}

// A Line is words that stand together at one height; a wide gap begins another. Measures
// are millimetres from the upper left corner of the page, its look is that of most letters.
type Line struct {
	Page         int // from 1
	Text         string
	X, Y, W, H   float64
	Font         string
	Size         float64 // points
	Bold, Italic bool
}

// What a layout covers: an official document's look is judged on its first pages.
const (
	laidOutPages = 40
	laidOutChars = 20_000 // of one page
)

// Lines reads where the words of a PDF stand. A file that cannot be read, or costs more
// than the limits, is fault.Invalid on the field "file".
func (w *Worker) Lines(ctx context.Context, r io.ReadSeeker) (Layout, error) {
	return inCage(ctx, w, r, readLines)
}

func readLines(ctx context.Context, in pdfium.Pdfium, r io.ReadSeeker, size int64, l Limits) (Layout, error) {
	var out Layout
	opened, err := in.OpenDocument(&requests.OpenDocument{FileReader: r, FileReaderSize: size})
	switch {
	case errors.Is(err, pdfiumerrors.ErrPassword):
		return out, fault.Invalid("file", "Tệp PDF có mật khẩu, không kiểm tra được thể thức.")
	case err != nil:
		return out, unreadable(err)
	}
	count, err := in.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: opened.Document})
	if err != nil {
		return out, err
	}
	out.Pages = count.PageCount
	left := l.Text
	for i := range min(out.Pages, l.Pages, laidOutPages) {
		if err := ctx.Err(); err != nil {
			return out, err
		}
		lines, dims, err := pageLines(in, opened.Document, i)
		if err != nil && !errors.Is(err, errUnreadable) {
			return out, err
		}
		out.Sizes = append(out.Sizes, dims)
		for _, line := range lines {
			if left -= len(line.Text); left < 0 {
				out.Cut = true
				return out, nil
			}
			out.Lines = append(out.Lines, line)
		}
	}
	out.Cut = out.Cut || len(out.Sizes) < out.Pages
	return out, nil
}

const pointsToMM = 25.4 / 72

func pageLines(in pdfium.Pdfium, doc references.FPDF_DOCUMENT, i int) ([]Line, [2]float64, error) {
	var dims [2]float64
	loaded, err := in.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: doc, Index: i})
	if err != nil {
		return nil, dims, unreadable(err)
	}
	defer in.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: loaded.Page})
	page := requests.Page{ByReference: &loaded.Page}
	size, err := in.GetPageSize(&requests.GetPageSize{Page: page})
	if err != nil {
		return nil, dims, unreadable(err)
	}
	dims = [2]float64{size.Width * pointsToMM, size.Height * pointsToMM}
	plain, err := in.GetPageText(&requests.GetPageText{Page: page})
	if err != nil {
		return nil, dims, err
	}
	if len(plain.Text) > laidOutChars {
		return nil, dims, nil
	}
	set, err := in.GetPageTextStructured(&requests.GetPageTextStructured{Page: page, Mode: requests.GetPageTextStructuredModeChars, CollectFontInformation: true})
	if err != nil {
		return nil, dims, err
	}
	pieces, err := letters(in, loaded.Page, set.Chars)
	if err != nil {
		return nil, dims, err
	}
	var out []Line
	for _, all := range lines(pieces) {
		from := 0
		for k := 1; k <= len(all); k++ {
			if k < len(all) && all[k].left-all[k-1].right <= 1.2*max(all[k].bottom-all[k].top, all[k-1].bottom-all[k-1].top, 1) {
				continue
			}
			if line := oneLine(all[from:k], i+1, size.Height); line.Text != "" {
				out = append(out, line)
			}
			from = k
		}
	}
	return out, dims, nil
}

// letters are the characters of a page, each as wide as it moves the pen and as high as its
// font: they stand beside one another whatever order and fonts the file has them in.
func letters(in pdfium.Pdfium, page references.FPDF_PAGE, chars []*responses.GetPageTextStructuredChar) ([]piece, error) {
	opened, err := in.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: requests.Page{ByReference: &page}})
	if err != nil {
		return nil, err
	}
	defer in.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: opened.TextPage})
	out := make([]piece, 0, len(chars))
	for i, c := range chars {
		if strings.TrimSpace(c.Text) == "" {
			continue
		}
		box, err := in.FPDFText_GetLooseCharBox(&requests.FPDFText_GetLooseCharBox{TextPage: opened.TextPage, Index: i})
		if err != nil {
			continue // a character without a place is not seen
		}
		r := box.Rect
		if left, right, top, bottom := float64(r.Left), float64(r.Right), float64(r.Top), float64(r.Bottom); finite(left, right, top, bottom) {
			out = append(out, piece{text: c.Text, left: left, right: right, top: -max(top, bottom), bottom: -min(top, bottom), font: c.FontInformation})
		}
	}
	return out, nil
}

// oneLine makes a line of pieces that stand side by side.
func oneLine(pieces []piece, page int, height float64) Line {
	var b strings.Builder
	writeLine(&b, pieces)
	first, last := pieces[0], pieces[len(pieces)-1]
	out := Line{Page: page, Text: strings.TrimSpace(Clean(b.String())), X: first.left * pointsToMM, W: (last.right - first.left) * pointsToMM}
	top, bottom := first.top, first.bottom
	counts := map[responses.FontInformation]int{}
	var best responses.FontInformation
	for _, p := range pieces {
		top, bottom = min(top, p.top), max(bottom, p.bottom)
		if p.font == nil {
			continue
		}
		f := *p.font
		f.SizeInPixels = nil
		if counts[f]++; counts[f] > counts[best] {
			best = f
		}
	}
	out.Y, out.H = (height+top)*pointsToMM, (bottom-top)*pointsToMM
	_, name, subset := strings.Cut(best.Name, "+")
	if !subset {
		name = best.Name
	}
	lower := strings.ToLower(name)
	out.Font = Clean(name)
	if out.Size = best.RenderedSize; out.Size == 0 {
		out.Size = best.Size
	}
	const slanted = 1 << 6
	out.Bold = strings.Contains(lower, "bold") || best.Weight >= 600
	out.Italic = strings.Contains(lower, "italic") || strings.Contains(lower, "oblique") || best.Flags&slanted != 0
	return out
}
