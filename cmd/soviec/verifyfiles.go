// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"

	"soviec/kit/blob"
	"soviec/kit/fault"
	"soviec/kit/store"
	"soviec/office/document"
	"soviec/office/org"
)

// blobsKept looks for the bytes of every file that a row names.
func (v *verifying) blobsKept(ctx context.Context, agencies []org.Agency) error {
	named := map[blob.Key]bool{}
	bytes := int64(0)
	err := v.part("Tệp đính kèm", func(report func(string)) (string, error) {
		for _, a := range agencies {
			err := v.db.Snapshot(ctx, func(r store.Reader) error {
				return document.EachFile(r, a.ID, func(f document.Keeping) error {
					v.kept++
					k := blob.Key(f.SHA)
					if named[k] {
						return nil
					}
					named[k] = true
					return v.lookAt(ctx, k, f, &bytes, report)
				})
			})
			if err != nil {
				return "", err
			}
		}
		return fmt.Sprintf("%s tệp, %s, đủ", thousands(v.kept), megabytes(bytes)), nil
	})
	if err != nil {
		return err
	}
	if v.files {
		if err := v.reread(ctx, named); err != nil {
			return err
		}
	}
	loose := 0
	if err := v.blobs.Each(ctx, func(k blob.Key, _ int64) error {
		if !named[k] {
			loose++
		}
		return nil
	}); err != nil {
		return err
	}
	if loose > 0 {
		fmt.Fprintf(v.out, "  %s tệp trong kho không thuộc văn bản nào (tải lên rồi bỏ dở); không phải lỗi.\n", thousands(int64(loose)))
	}
	return nil
}

// lookAt looks at one file's bytes without reading them.
func (v *verifying) lookAt(ctx context.Context, k blob.Key, f document.Keeping, bytes *int64, report func(string)) error {
	where := fmt.Sprintf("Số đến %s năm %d, tệp “%s”", document.ShowNumber(f.Number), f.Year, f.Name)
	r, size, err := v.blobs.Get(ctx, k)
	if fault.Is(err, fault.KindNotFound) {
		report(where + ": tệp không còn trong kho.")
		return nil
	}
	if err != nil {
		return err
	}
	*bytes += size
	if size != f.Size {
		report(fmt.Sprintf("%s: dài %s byte, khi vào sổ là %s byte.", where, thousands(size), thousands(f.Size)))
	}
	return r.Close()
}

// reread hashes the bytes of every file again.
func (v *verifying) reread(ctx context.Context, named map[blob.Key]bool) error {
	damaged := map[blob.Key]bool{}
	bar := newProgress(v.out, "  Đọc lại tệp", len(named))
	for k := range named {
		err := blob.Check(ctx, v.blobs, k)
		if errors.Is(err, blob.ErrDamaged) {
			damaged[k] = true
		} else if err != nil && !fault.Is(err, fault.KindNotFound) { // told already
			return err
		}
		bar.Add(1)
	}
	bar.Done()
	if len(damaged) == 0 {
		return nil
	}
	agencies, err := org.Agencies(v.db.Read(ctx))
	if err != nil {
		return err
	}
	return v.part("Nội dung tệp", func(report func(string)) (string, error) {
		for _, a := range agencies {
			if err := document.EachFile(v.db.Read(ctx), a.ID, func(f document.Keeping) error {
				if damaged[blob.Key(f.SHA)] {
					report(fmt.Sprintf("Số đến %s năm %d, tệp “%s”: nội dung đã bị thay đổi so với khi vào sổ.", document.ShowNumber(f.Number), f.Year, f.Name))
				}
				return nil
			}); err != nil {
				return "", err
			}
		}
		return "đúng", nil
	})
}
