// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"

	"soviec/kit/blob"
	"soviec/kit/fault"
	"soviec/kit/store"
	"soviec/office/archive"
	"soviec/office/document"
	"soviec/office/draft"
	"soviec/office/org"
	"soviec/office/outgoing"
	"soviec/office/remark"
	"soviec/office/task"
)

// keeping is a file that a row of one of the rooms names.
type keeping struct {
	of        string // what it belongs to
	Name, SHA string
	Size      int64
}

func (k keeping) where() string { return fmt.Sprintf("%s, tệp “%s”", k.of, k.Name) }

// eachKept walks the files of an agency's documents, tasks, dossiers, remarks and drafts.
func eachKept(r store.Reader, agency int64, f func(keeping) error) error {
	return errors.Join(
		document.EachFile(r, agency, func(k document.Keeping) error {
			return f(keeping{fmt.Sprintf("Số đến %s năm %d", document.ShowNumber(k.Number), k.Year), k.Name, k.SHA, k.Size})
		}),
		task.EachFile(r, agency, func(work int64, k task.File) error {
			return f(keeping{fmt.Sprintf("Việc %d", work), k.Name, k.SHA, k.Size})
		}),
		archive.EachFile(r, agency, func(paper int64, k archive.File) error {
			return f(keeping{fmt.Sprintf("Giấy tờ %d của hồ sơ công việc", paper), k.Name, k.SHA, k.Size})
		}),
		remark.EachFile(r, agency, func(k remark.File) error {
			return f(keeping{fmt.Sprintf("Ý kiến %d", k.Remark), k.Name, k.SHA, k.Size})
		}),
		outgoing.EachFile(r, agency, func(_ int64, k outgoing.File) error {
			return f(keeping{"Văn bản đi", k.Name, k.SHA, k.Size})
		}),
		draft.EachFile(r, agency, func(id int64, sha, name string, size int64) error {
			return f(keeping{fmt.Sprintf("Dự thảo %d", id), name, sha, size})
		}),
		draft.EachTemplateFile(r, agency, func(id int64, sha, name string, size int64) error {
			return f(keeping{fmt.Sprintf("Mẫu văn bản %d", id), name, sha, size})
		}))
}

// blobsKept looks for the bytes of every file that a row names.
func (v *verifying) blobsKept(ctx context.Context, agencies []org.Agency) error {
	named := map[blob.Key]bool{}
	bytes := int64(0)
	err := v.part("Tệp đính kèm", func(report func(string)) (string, error) {
		for _, a := range agencies {
			err := v.db.Snapshot(ctx, func(r store.Reader) error {
				return eachKept(r, a.ID, func(f keeping) error {
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
		fmt.Fprintf(v.out, "  %s tệp trong kho không thuộc văn bản, công việc nào (tải lên rồi bỏ dở); không phải lỗi.\n", thousands(int64(loose)))
	}
	return nil
}

// lookAt looks at one file's bytes without reading them.
func (v *verifying) lookAt(ctx context.Context, k blob.Key, f keeping, bytes *int64, report func(string)) error {
	where := f.where()
	r, size, err := v.blobs.Get(ctx, k)
	if fault.Is(err, fault.KindNotFound) {
		report(where + ": tệp không còn trong kho.")
		return nil
	}
	if err != nil {
		return err
	}
	*bytes += size
	if f.Size >= 0 && size != f.Size { // of some the rows keep the key alone
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
			if err := eachKept(v.db.Read(ctx), a.ID, func(f keeping) error {
				if damaged[blob.Key(f.SHA)] {
					report(f.where() + ": nội dung đã bị thay đổi so với khi vào sổ.")
				}
				return nil
			}); err != nil {
				return "", err
			}
		}
		return "đúng", nil
	})
}
