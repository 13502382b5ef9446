// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"filippo.io/age"

	"soviec/kit/blob"
	"soviec/kit/civil"
	"soviec/kit/store"
)

const restoreUsage = `Khôi phục bản sao lưu vào nơi trống rồi kiểm tra.

Cách dùng: soviec restore --from TỆP --data THƯ_MỤC_TRỐNG [--database …] [--files …] [--identity TỆP_KHÓA]

Bản sao lưu của SQLite hay PostgreSQL đều khôi phục được vào SQLite hay PostgreSQL.
Không khôi phục đè lên dữ liệu có sẵn. Nếu giữa chừng có lỗi, nơi khôi phục được làm trống lại.`

// restoring is one run.
type restoring struct {
	settings   Settings
	from       string
	identities []age.Identity
	clock      func() time.Time
	out        io.Writer

	manifest manifest
	db       *store.DB
	blobs    blob.Store
	stored   []blob.Key // put by this run
	end      ending
}

func runRestore(ctx context.Context, args []string, out, errOut io.Writer) int {
	s := defaults()
	r := restoring{clock: time.Now, out: out}
	var identity string
	left, err := s.parse("restore", restoreUsage, args, errOut, func(fs *flag.FlagSet) {
		fs.StringVar(&r.from, "from", "", "bản sao lưu")
		fs.StringVar(&identity, "identity", "", "tệp khóa giải mã (AGE-SECRET-KEY-…)")
	})
	if err != nil {
		return exit(err, errOut)
	}
	if len(left) > 0 || r.from == "" {
		fmt.Fprintln(errOut, restoreUsage)
		return 2
	}
	if identity != "" {
		f, err := os.Open(identity)
		if err == nil {
			r.identities, err = age.ParseIdentities(f)
			err = errors.Join(err, f.Close())
		}
		if err != nil {
			return exit(fmt.Errorf("khóa giải mã %s: %w", identity, err), errOut)
		}
	}
	r.settings = s
	whole, err := r.run(ctx)
	if err != nil {
		return exit(err, errOut)
	}
	if !whole {
		return 1
	}
	return 0
}

// run restores and reports whether what stands there now is whole.
func (r *restoring) run(ctx context.Context) (whole bool, err error) {
	a, m, err := openArchive(r.from, r.identities)
	if err != nil {
		return false, err
	}
	defer a.close()
	r.manifest = m
	fmt.Fprintf(r.out, "Bản sao lưu lúc %s (%s, %s).\n", civil.TimeVN(m.At), m.Program, m.Engine)
	if err := r.refuseFilled(ctx); err != nil {
		return false, err
	}
	if err := os.MkdirAll(r.settings.Data, 0o700); err != nil {
		return false, err
	}
	err = r.take(ctx, a)
	if r.db != nil {
		err = errors.Join(err, r.db.Close())
	}
	if err != nil {
		return false, errors.Join(err, r.clear())
	}
	fmt.Fprintf(r.out, "Đã khôi phục %s dòng của %d bảng, %s tệp (%s) vào %s và %s.\n", thousands(m.rows()), len(m.Tables),
		thousands(r.end.Blobs), megabytes(r.end.BlobBytes), hideSecret(r.settings.Database), hideSecret(r.settings.Files))
	return r.verify(ctx)
}

// refuseFilled refuses a place in which anything lies.
func (r *restoring) refuseFilled(ctx context.Context) error {
	if !emptyPlace(r.settings) {
		return fmt.Errorf("thư mục %s không trống; chỉ khôi phục vào nơi trống", r.settings.Data)
	}
	for _, path := range []string{r.settings.Key, strings.TrimPrefix(r.settings.Database, "sqlite:")} {
		if _, err := os.Lstat(path); err == nil {
			return fmt.Errorf("đã có %s; chỉ khôi phục vào nơi trống", path)
		}
	}
	if !strings.HasPrefix(r.settings.Database, "sqlite:") {
		db, err := store.Open(ctx, r.settings.Database, store.Options{Schema: r.settings.Schema})
		if err != nil {
			return err
		}
		empty, err := db.Empty(ctx)
		if err = errors.Join(err, db.Close()); err != nil {
			return err
		}
		if !empty {
			return errors.New("cơ sở dữ liệu PostgreSQL đã có bảng; chỉ khôi phục vào nơi trống (đổi --database hoặc --schema)")
		}
	}
	if dir, ok := strings.CutPrefix(r.settings.Files, "folder:"); ok {
		if _, err := os.Lstat(dir); errors.Is(err, fs.ErrNotExist) {
			return nil
		}
	}
	blobs, err := blob.Open(r.settings.Files)
	if err != nil {
		return err
	}
	filled := errors.New("kho tệp đã có tệp; chỉ khôi phục vào nơi trống")
	return blobs.Each(ctx, func(blob.Key, int64) error { return filled })
}

// clear takes away what a failed run has put into a place that was empty before it.
func (r *restoring) clear() error {
	ctx := context.Background()
	var errs []error
	if r.blobs != nil {
		for _, k := range r.stored {
			_ = r.blobs.Remove(ctx, k) // the same bytes may have been put twice
		}
	}
	entries, err := os.ReadDir(r.settings.Data)
	errs = append(errs, err)
	for _, e := range entries {
		errs = append(errs, os.RemoveAll(filepath.Join(r.settings.Data, e.Name())))
	}
	if path, isFile := strings.CutPrefix(r.settings.Database, "sqlite:"); isFile {
		for _, end := range []string{"", "-wal", "-shm"} {
			errs = append(errs, os.RemoveAll(path+end))
		}
	}
	return errors.Join(append(errs, os.RemoveAll(r.settings.Key))...)
}

// verify holds what was restored to the checkpoints of the backup.
func (r *restoring) verify(ctx context.Context) (bool, error) {
	fmt.Fprintln(r.out, "Kiểm tra:")
	p, err := attach(ctx, r.settings, r.clock)
	if err != nil {
		return false, err
	}
	defer p.close()
	v := verifying{program: p, out: r.out, checkpoints: r.manifest.checkpoints(), keyless: !r.manifest.Key}
	whole, err := v.verify(ctx)
	if err != nil || !whole {
		return false, err
	}
	if v.keyless {
		fmt.Fprintf(r.out, "Bản sao lưu không kèm khóa niêm phong sổ: trước khi chạy, hãy đặt tệp khóa cũ vào %s rồi chạy lại soviec verify.\n", r.settings.Key)
		return true, nil
	}
	return true, mark(r.settings, markVerify, v.words(), p.clock())
}
