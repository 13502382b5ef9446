// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"soviec/kit/blob"
	"soviec/kit/extract"
	"soviec/kit/find"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/schema"
)

// attach opens an installation that is there, for the commands beside the one that
// serves. It makes nothing: no folder, no key, no table.
func attach(ctx context.Context, s Settings, clock func() time.Time) (*program, error) {
	path, isFile := strings.CutPrefix(s.Database, "sqlite:")
	if isFile {
		if _, err := os.Stat(path); err != nil {
			return nil, fmt.Errorf("không thấy cơ sở dữ liệu %s; chọn đúng thư mục bằng --data", path)
		}
	}
	p := &program{settings: s, clock: clock, text: &extract.Worker{}, book: &journal.Book{Clock: clock}}
	if _, err := os.Stat(s.Key); err == nil {
		if p.book.Signer, p.keys, err = bookKey(s.Key); err != nil {
			return nil, err
		}
	}
	var err error
	if p.db, err = store.Open(ctx, s.Database, store.Options{Schema: s.Schema}); err != nil {
		return nil, err
	}
	steps, err := p.db.Applied(p.db.Read(ctx))
	if err == nil && len(steps) == 0 {
		err = errors.New("cơ sở dữ liệu chưa có gì; chọn đúng nơi bằng --data hoặc --database, --schema")
	}
	if err == nil {
		p.blobs, err = blob.Open(s.Files)
	}
	if err != nil {
		return nil, errors.Join(err, p.db.Close())
	}
	p.book.DB = p.db
	p.finder = find.New(p.db)
	return p, nil
}

// current refuses a database that an older or newer program wrote.
func (p *program) current(ctx context.Context) error {
	pending, err := p.db.Pending(p.db.Read(ctx), schema.Files)
	if err == nil && len(pending) > 0 {
		err = fmt.Errorf("cơ sở dữ liệu thiếu %d bước nâng cấp của chương trình này; hãy chạy: soviec migrate", len(pending))
	}
	return err
}
