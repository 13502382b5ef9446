// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/klippa-app/go-pdfium"
	pdfiumerrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/responses"

	"soviec/kit/fault"
	"soviec/kit/pattern"
)

// Facts is what a PDF file tells about itself.
type Facts struct {
	Pages     int      // all pages, also those beyond the limit; 0 when Locked
	Text      []string // one per page read, cleaned; the first keeps columns apart by spaces. "" is a page without a text layer
	Version   string   // "1.7"; "" when the file does not say
	Encrypted bool     // the file is encrypted, perhaps with an empty password
	Locked    bool     // it cannot be opened without a password: nothing else is known
	Cut       bool     // there is more text than the limits let through
}

// FirstPage is the text of the first page; "" when there is none.
func (f Facts) FirstPage() string {
	if len(f.Text) == 0 {
		return ""
	}
	return f.Text[0]
}

// errUnreadable says that the engine is well and the file is not.
var errUnreadable = errors.New("the file cannot be read")

// maxLaidOut is up to how many characters a first page is set out in columns.
// A page of an official document has 2,000 to 4,000.
const maxLaidOut = 20_000

// checkHead looks at size and first bytes before any engine is started.
func checkHead(r io.ReadSeeker, limit int64) (size int64, err error) {
	size, err = r.Seek(0, io.SeekEnd)
	if err != nil {
		return 0, fault.Internal(fmt.Errorf("read PDF: %w", err))
	}
	if size > limit {
		return 0, fault.Invalid("file", fmt.Sprintf("Tệp PDF lớn hơn %d MB, không đọc được nội dung.", limit>>20))
	}
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return 0, fault.Internal(fmt.Errorf("read PDF: %w", err))
	}
	head := make([]byte, HeadLen)
	n, err := io.ReadFull(r, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return 0, fault.Internal(fmt.Errorf("read PDF: %w", err))
	}
	if n == 0 {
		return 0, fault.Invalid("file", "Tệp trống, không có nội dung.")
	}
	if !bytes.Contains(head[:n], []byte("%PDF-")) {
		return 0, fault.Invalid("file", "Tệp không phải là PDF.")
	}
	_, err = r.Seek(0, io.SeekStart)
	return size, fault.Internal(err)
}

func readDocument(ctx context.Context, in pdfium.Pdfium, r io.ReadSeeker, size int64, l Limits) (Facts, error) {
	var facts Facts
	opened, err := in.OpenDocument(&requests.OpenDocument{FileReader: r, FileReaderSize: size})
	switch {
	case errors.Is(err, pdfiumerrors.ErrPassword):
		return Facts{Encrypted: true, Locked: true}, nil
	case err != nil:
		return facts, unreadable(err)
	}
	doc := opened.Document
	count, err := in.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: doc})
	if err != nil {
		return facts, err
	}
	if facts.Pages = count.PageCount; facts.Pages <= 0 {
		return Facts{}, fmt.Errorf("%w: no pages", errUnreadable)
	}
	if v, err := in.FPDF_GetFileVersion(&requests.FPDF_GetFileVersion{Document: doc}); err == nil && v.FileVersion >= 10 && v.FileVersion < 100 {
		facts.Version = fmt.Sprintf("%d.%d", v.FileVersion/10, v.FileVersion%10)
	}
	if s, err := in.FPDF_GetSecurityHandlerRevision(&requests.FPDF_GetSecurityHandlerRevision{Document: doc}); err == nil {
		facts.Encrypted = s.SecurityHandlerRevision >= 0
	}
	err = readPages(ctx, in, doc, &facts, l)
	return facts, err
}

// errBroken says that the engine broke on a page. What was read before stands.
var errBroken = errors.New("the engine broke on a page")

// readPages fills in the text, as far as the limits allow. A page that cannot
// be read has no text; the others still have theirs.
func readPages(ctx context.Context, in pdfium.Pdfium, doc references.FPDF_DOCUMENT, facts *Facts, l Limits) error {
	left := l.Text
	n := min(facts.Pages, l.Pages)
	facts.Cut = n < facts.Pages
	for i := range n {
		if err := ctx.Err(); err != nil {
			return err
		}
		text, err := readPage(in, doc, i)
		if err != nil && ctx.Err() != nil {
			return err
		}
		if err != nil && !errors.Is(err, errUnreadable) {
			facts.Cut = true
			return fmt.Errorf("%w %d: %w", errBroken, i+1, err)
		}
		if len(text) > left {
			text, facts.Cut = cutText(text, left), true
		}
		left -= len(text)
		facts.Text = append(facts.Text, text)
		if left == 0 && i+1 < n {
			facts.Cut = true
			break
		}
	}
	return nil
}

func readPage(in pdfium.Pdfium, doc references.FPDF_DOCUMENT, i int) (string, error) {
	loaded, err := in.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: doc, Index: i})
	if err != nil {
		return "", unreadable(err)
	}
	// The engine caches nothing for a page that we let go, so a long file
	// needs no more memory than its longest page.
	defer in.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: loaded.Page})
	page := requests.Page{ByReference: &loaded.Page}
	text, err := pageText(in, page, i)
	if err != nil || i > 0 || !blankNumber.MatchString(text) {
		return text, err
	}
	// A clerk has filled number and date into fields after the signature: they are no part
	// of the page's own text.
	if made, err := in.FPDFPage_Flatten(&requests.FPDFPage_Flatten{Page: page}); err != nil || made.Result != responses.FPDFPage_FlattenResultSuccess {
		return text, err
	}
	return pageText(in, page, i)
}

// blankNumber is the place of a number, and none there.
var blankNumber = pattern.Of(`(?m)Số:[ \t]*(?:/|[ \t]{2}|\r?$)`)

func pageText(in pdfium.Pdfium, page requests.Page, i int) (string, error) {
	plain, err := in.GetPageText(&requests.GetPageText{Page: page})
	if err != nil {
		return "", err
	}
	if i == 0 && len(plain.Text) <= maxLaidOut {
		set, err := in.GetPageTextStructured(&requests.GetPageTextStructured{Page: page, Mode: requests.GetPageTextStructuredModeBoth})
		if err != nil {
			return "", err
		}
		if text := layOut(whole(set.Rects, set.Chars)); strings.TrimSpace(text) != "" {
			return Clean(text), nil
		}
	}
	return Clean(plain.Text), nil
}

// unreadable tells what PDFium itself says about a file from what went wrong
// with PDFium.
func unreadable(err error) error {
	for _, e := range []error{
		pdfiumerrors.ErrSuccess, pdfiumerrors.ErrUnknown, pdfiumerrors.ErrFile,
		pdfiumerrors.ErrFormat, pdfiumerrors.ErrSecurity, pdfiumerrors.ErrPage,
	} {
		if errors.Is(err, e) {
			return fmt.Errorf("%w: %w", errUnreadable, err)
		}
	}
	return err
}

// cutText cuts at most n bytes from the front of s, between characters.
func cutText(s string, n int) string {
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
