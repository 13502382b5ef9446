// SPDX-License-Identifier: Apache-2.0

package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"os"
	"sync"
	"time"

	"soviec/door/web/view"
	"soviec/kit/cms"
	"soviec/kit/extract"
	"soviec/kit/fault"
	"soviec/office/org"
	"soviec/office/signature"
)

// What the public page takes: so large a file, so many of one visitor in a minute, so many
// at once.
const (
	checkMost      = 20 << 20
	checksInMinute = 6
	checksAtOnce   = 2
	checkVisitors  = 10_000
)

// checks counts whom the public page has served lately.
type checks struct {
	mu     sync.Mutex
	minute int64
	served map[string]int
	busy   int
}

var errBusy = fault.Conflict("file", "Trang đang kiểm tra nhiều tệp; xin gửi lại sau một phút.")

// enter lets a visitor in, or says that it is too much.
func (c *checks) enter(who string, now time.Time) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if m := now.Unix() / 60; m != c.minute || c.served == nil {
		c.minute, c.served = m, map[string]int{}
	}
	if c.busy >= checksAtOnce || len(c.served) >= checkVisitors {
		return errBusy
	}
	if c.served[who] >= checksInMinute {
		return fault.Conflict("file", fmt.Sprintf("Mỗi phút kiểm tra được nhiều nhất %d tệp; xin đợi một phút.", checksInMinute))
	}
	c.served[who]++
	c.busy++
	return nil
}

func (c *checks) leave() {
	c.mu.Lock()
	c.busy--
	c.mu.Unlock()
}

func (d *Door) checkView() view.SignatureCheck {
	return view.SignatureCheck{Frame: view.Frame{Bare: true, Title: "Kiểm tra chữ ký số"}, Limits: fmt.Sprintf("Tệp PDF, tối đa %d MB. Tệp chỉ được đọc để kiểm tra, không lưu lại.", checkMost>>20)}
}

// checkPage is where anybody has a signed PDF checked (kiểm tra chữ ký số).
func (d *Door) checkPage(w http.ResponseWriter, r *http.Request) error {
	return d.show(w, http.StatusOK, d.checkView())
}

func (d *Door) checkFile(w http.ResponseWriter, r *http.Request) error {
	p := d.checkView()
	again := func(err error) error {
		if !wrong(err) {
			return err
		}
		p.Form = view.Form{Errors: fieldErrors(err)}
		return d.show(w, statuses[fault.KindOf(err)], p)
	}
	if err := d.checks.enter(d.remote(r), d.Clock()); err != nil {
		return again(err)
	}
	defer d.checks.leave()
	name, file, size, err := d.checkedFile(w, r)
	if file != nil {
		defer func() {
			file.Close()
			os.Remove(file.Name())
		}()
	}
	if err != nil {
		return again(err)
	}
	trust, err := d.publicTrust(r.Context())
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(r.Context(), lookFor)
	defer cancel()
	answer := recordView(signature.Look(ctx, file, size, trust, d.Clock(), nil), nil)
	answer.File = name
	p.Answer = &answer
	return d.show(w, http.StatusOK, p)
}

// checkedFile streams the one file of the form to the disk.
func (d *Door) checkedFile(w http.ResponseWriter, r *http.Request) (name string, file *os.File, size int64, err error) {
	missing := fault.Invalid("file", "Chưa chọn tệp PDF.")
	if ct, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); ct != "multipart/form-data" {
		return "", nil, 0, missing
	}
	r.Body = http.MaxBytesReader(w, r.Body, checkMost+fieldsMost)
	parts, err := r.MultipartReader()
	if err != nil {
		return "", nil, 0, missing
	}
	for range 8 {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return "", nil, 0, tooLarge(err)
		}
		if part.FileName() == "" {
			continue
		}
		f, err := spool(part)
		if err != nil {
			return "", nil, 0, onField("file", err)
		}
		if f.Size > checkMost {
			return f.Name, f.spool, 0, fault.Invalid("file", fmt.Sprintf("Tệp lớn hơn %d MB.", checkMost>>20))
		}
		kind, err := extract.SniffFile(f.spool, f.Size, f.Name)
		if err != nil || kind != extract.PDF {
			return f.Name, f.spool, 0, fault.Invalid("file", "Tệp không phải là PDF.")
		}
		return f.Name, f.spool, f.Size, nil
	}
	return "", nil, 0, missing
}

// publicTrust is what the agencies of this installation trust, together.
func (d *Door) publicTrust(ctx context.Context) (*cms.Store, error) {
	r := d.Book.DB.Read(ctx)
	agencies, err := org.Agencies(r)
	if err != nil {
		return nil, err
	}
	var entries []cms.Entry
	for _, a := range agencies {
		s, err := signature.StoreOf(r, a.ID)
		if err != nil {
			return nil, err
		}
		for _, e := range s.Entries() {
			entries = append(entries, *e)
		}
	}
	return cms.NewStore(entries...)
}
