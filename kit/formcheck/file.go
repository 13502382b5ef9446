// SPDX-License-Identifier: Apache-2.0

package formcheck

import (
	"context"
	"io"

	"soviec/kit/docx"
	"soviec/kit/extract"
	"soviec/kit/fault"
)

// An Opened file can be read from any place and from the beginning.
type Opened interface {
	io.ReadSeeker
	io.ReaderAt
}

// File judges an open file by what it is, a Word document or a PDF; w reads the PDF. A file
// that cannot be read is fault.Invalid on the field "file".
func File(ctx context.Context, w *extract.Worker, f Opened, size int64, name string, o Options) ([]Finding, error) {
	kind, err := extract.SniffFile(f, size, name)
	if err != nil {
		return nil, err
	}
	switch kind {
	case extract.DOCX:
		d, err := docx.Read(ctx, f, size, docx.Limits{})
		if err != nil {
			return nil, err
		}
		return Document(d, o), nil
	case extract.PDF:
		layout, err := w.Lines(ctx, f)
		if err != nil {
			return nil, err
		}
		return PDF(layout.Lines, layout.Sizes, o), nil
	}
	return nil, fault.Invalid("file", "Chỉ kiểm tra được thể thức của tệp Word (.docx) và PDF.")
}
