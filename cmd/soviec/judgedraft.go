// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"io"

	"soviec/kit/blob"
	"soviec/kit/fault"
	"soviec/kit/pades"
	"soviec/office/draft"
)

// mostSigned bounds a signed file that is held against the one that was handed out.
const mostSigned = 64 << 20

// judgeDraft judges a file that comes back from a signer's key: it begins with the very
// bytes that were handed out and has one more signature, which is intact and last.
func (p *program) judgeDraft(ctx context.Context, before, after blob.Key, _ int64) (draft.Evidence, error) {
	refuse := func(text string) (draft.Evidence, error) { return draft.Evidence{}, fault.Invalid("file", text) }
	was, err := p.bytesOf(ctx, before)
	if err != nil {
		return draft.Evidence{}, err
	}
	is, err := p.bytesOf(ctx, after)
	if err != nil {
		return draft.Evidence{}, err
	}
	if len(is) <= len(was) || !bytes.HasPrefix(is, was) {
		return refuse("Tệp ký xong không bắt đầu bằng đúng tệp đã đưa đi ký; có thể đã bị ghi lại hoặc là tệp khác.")
	}
	opt := pades.Options{At: p.clock()}
	old := pades.Verify(ctx, bytes.NewReader(was), int64(len(was)), opt)
	r := pades.Verify(ctx, bytes.NewReader(is), int64(len(is)), opt)
	if r.Signatures != old.Signatures+1 || len(r.Verdicts) == 0 {
		return refuse("Tệp gửi lên phải có đúng một chữ ký số mới.")
	}
	v := r.Verdicts[len(r.Verdicts)-1]
	for i := len(r.Verdicts) - 1; i >= 0 && v.Stamp; i-- {
		v = r.Verdicts[i]
	}
	if !r.Intact || v.Integrity != pades.Intact || r.Summary == pades.Invalid {
		return refuse("Chữ ký số trong tệp không hợp lệ, hoặc tệp bị sửa sau khi ký.")
	}
	e := draft.Evidence{Level: v.Level, Verdict: string(r.Summary), At: v.ProvenTime}
	if c := v.Signer; c != nil {
		e.Subject, e.Serial, e.Issuer = c.Subject.CommonName, c.SerialNumber.Text(16), c.Issuer.CommonName
	}
	return e, nil
}

func (p *program) bytesOf(ctx context.Context, k blob.Key) ([]byte, error) {
	r, size, err := p.blobs.Get(ctx, k)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	if size > mostSigned {
		return nil, fault.Invalid("file", "Tệp lớn quá mức kiểm tra được.")
	}
	return io.ReadAll(r)
}
