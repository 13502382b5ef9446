// SPDX-License-Identifier: Apache-2.0

package signature

import (
	"bytes"
	"context"
	"io"
	"time"

	"soviec/kit/cms"
	"soviec/kit/fault"
	"soviec/kit/pades"
)

// A Paper is a file by its bytes.
type Paper struct {
	Src  io.ReaderAt
	Size int64
}

// Wanted is who was to sign.
type Wanted struct {
	Certs []string // fingerprints of the certificates in the register of keys
	Who   string   // in the sentence when another signed: "ông Đàm Quốc Thắng", "cơ quan"
}

// Of are the certificates of a person, or of the agency (0), that are in use.
func Of(keys []Key, person int64) []string {
	var out []string
	for _, k := range keys {
		if k.Person == person && k.EndedOn.IsZero() {
			out = append(out, k.Fingerprint)
		}
	}
	return out
}

// Compare judges a file that comes back signed: it begins with the bytes handed out, has
// exactly one new signature, that one and those before it are intact, nothing but what
// signing brings was changed, and the certificate is the expected one and may be used now.
func Compare(ctx context.Context, before, after Paper, want Wanted, store *cms.Store, at time.Time, f *cms.Fetcher) (Record, Signer, error) {
	refuse := func(text string) (Record, Signer, error) { return Record{}, Signer{}, fault.Invalid("file", text) }
	same, err := begins(ctx, before, after)
	switch {
	case err != nil:
		return Record{}, Signer{}, fault.Internal(err)
	case !same:
		return refuse("Tệp ký xong không bắt đầu bằng đúng tệp đã đưa đi ký; có thể đã bị ghi lại hoặc là tệp khác.")
	}
	was := Look(ctx, before.Src, before.Size, store, at, nil)
	is := Look(ctx, after.Src, after.Size, store, at, f)
	fresh := is.Signers
	for i, s := range was.Signers {
		if i >= len(is.Signers) || s.Field != is.Signers[i].Field {
			return refuse("Chữ ký đã có trong tệp không còn như trước.")
		}
		fresh = is.Signers[i+1:]
	}
	var mine []Signer
	for _, s := range fresh {
		if !s.Stamp {
			mine = append(mine, s)
		}
	}
	switch {
	case len(mine) == 0:
		return refuse("Tệp chưa có chữ ký số mới.")
	case len(mine) > 1:
		return refuse("Tệp có nhiều hơn một chữ ký số mới.")
	}
	s := mine[0]
	switch {
	case s.Integrity != pades.Intact:
		return refuse("Chữ ký số mới không nguyên vẹn." + first(s.Reasons))
	case !is.Intact, is.Modification == pades.Illegal:
		return refuse("Sau khi ký, tệp có thay đổi ngoài phạm vi cho phép." + first(is.Reasons))
	case s.Coverage != pades.WholeFile && s.Coverage != pades.WholeRevision:
		return refuse("Chữ ký số mới không bao trọn tệp.")
	}
	known := false
	for _, c := range want.Certs {
		known = known || c == s.Fingerprint
	}
	switch {
	case len(want.Certs) == 0:
		return refuse("Sổ quản lý khóa chưa có chứng thư số của " + want.Who + ".")
	case !known:
		return refuse("Chứng thư số đã ký (" + s.Subject + ") không phải của " + want.Who + ".")
	case at.Before(s.From):
		return refuse("Chứng thư số của " + want.Who + " chưa có hiệu lực.")
	case at.After(s.Until):
		return refuse("Chứng thư số của " + want.Who + " đã hết hạn.")
	case s.Trust == cms.Revoked:
		return refuse("Chứng thư số của " + want.Who + " đã bị thu hồi.")
	}
	return is, s, nil
}

func first(all []Reason) string {
	if len(all) == 0 {
		return ""
	}
	return " " + all[0].Text
}

// begins tells whether one file is the other with something appended.
func begins(ctx context.Context, before, after Paper) (bool, error) {
	if after.Size <= before.Size {
		return false, nil
	}
	a, b := make([]byte, 64<<10), make([]byte, 64<<10)
	for at := int64(0); at < before.Size; {
		if err := ctx.Err(); err != nil {
			return false, err
		}
		n := min(int64(len(a)), before.Size-at)
		if _, err := before.Src.ReadAt(a[:n], at); err != nil && err != io.EOF {
			return false, err
		}
		if _, err := after.Src.ReadAt(b[:n], at); err != nil && err != io.EOF {
			return false, err
		}
		if !bytes.Equal(a[:n], b[:n]) {
			return false, nil
		}
		at += n
	}
	return true, nil
}
