// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"bytes"
	"context"
	"errors"
	"image/png"
	"io"

	"github.com/klippa-app/go-pdfium"
	pdfiumerrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/requests"

	"soviec/kit/fault"
)

// widest is up to how many points wide a page is drawn.
const widest = 2000

// Picture draws one page of a PDF, counted from 1, so many points wide, as PNG. A file that
// cannot be read, or costs more than the limits, is fault.Invalid on the field "file"; a page
// that is not there is fault.NotFound.
func (w *Worker) Picture(ctx context.Context, r io.ReadSeeker, page, wide int) ([]byte, error) {
	wide = min(max(wide, 50), widest)
	return inCage(ctx, w, r, func(_ context.Context, in pdfium.Pdfium, r io.ReadSeeker, size int64, _ Limits) ([]byte, error) {
		opened, err := in.OpenDocument(&requests.OpenDocument{FileReader: r, FileReaderSize: size})
		switch {
		case errors.Is(err, pdfiumerrors.ErrPassword):
			return nil, fault.Invalid("file", "Tệp PDF có mật khẩu, không xem được trang.")
		case err != nil:
			return nil, unreadable(err)
		}
		count, err := in.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: opened.Document})
		if err != nil {
			return nil, err
		}
		if page < 1 || page > count.PageCount {
			return nil, fault.NotFound("Văn bản không có trang này.")
		}
		at := requests.Page{ByIndex: &requests.PageByIndex{Document: opened.Document, Index: page - 1}}
		dims, err := in.GetPageSize(&requests.GetPageSize{Page: at})
		if err != nil {
			return nil, unreadable(err)
		}
		if dims.Width <= 0 || dims.Height <= 0 || dims.Height > 8*dims.Width {
			return nil, fault.Invalid("file", "Trang có khổ giấy không hợp lệ, không vẽ được.")
		}
		drawn, err := in.RenderPageInPixels(&requests.RenderPageInPixels{Page: at, Width: wide, Height: int(float64(wide) * dims.Height / dims.Width),
			RenderFlags: 1}) // with annotations: the fields and signatures that people see
		if err != nil {
			return nil, unreadable(err)
		}
		defer drawn.Cleanup()
		var out bytes.Buffer
		pack := png.Encoder{CompressionLevel: png.BestSpeed}
		err = pack.Encode(&out, drawn.Result.Image)
		return out.Bytes(), err
	})
}
