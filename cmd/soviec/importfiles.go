// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"soviec/kit/blob"
	"soviec/kit/extract"
	"soviec/kit/fault"
	"soviec/office/document"
)

// An importFolder is a folder in which the files lie that an earlier register names.
// Nothing outside it can be named.
type importFolder struct {
	root  *os.Root
	paths map[string]string // name as it is compared → path; "" where two files bear it
	blobs blob.Store
	text  *extract.Worker
}

// The bounds of a file that is taken over: as large as one that a form may carry.
const (
	importMost    = 50 << 20
	importReadFor = time.Minute
)

func openImportFolder(dir string, blobs blob.Store) (*importFolder, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	f := &importFolder{root: root, paths: map[string]string{}, blobs: blobs, text: &extract.Worker{Limits: extract.Limits{Pages: 1, Bytes: importMost, Time: 2 * importReadFor}}}
	err = fs.WalkDir(root.FS(), ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		f.paths[sameName(p)] = p
		if base := sameName(path.Base(p)); base != sameName(p) {
			if _, taken := f.paths[base]; taken {
				p = ""
			}
			f.paths[base] = p
		}
		return nil
	})
	if err != nil {
		return nil, errors.Join(err, f.close())
	}
	return f, nil
}

// sameName is a name as it is compared: in one Unicode form, whatever its capitals and
// whichever way its strokes lean.
func sameName(s string) string {
	return strings.ToLower(norm.NFC.String(path.Clean(strings.ReplaceAll(strings.TrimSpace(s), `\`, "/"))))
}

func (f *importFolder) close() error { return errors.Join(f.text.Close(), f.root.Close()) }

// Has reports whether exactly one file bears the name.
func (f *importFolder) Has(name string) bool { return f.paths[sameName(name)] != "" }

// Put stores a file of the folder, unless it bears the stamp of a state secret.
func (f *importFolder) Put(ctx context.Context, name string) (document.Attachment, error) {
	a := document.Attachment{Name: path.Base(strings.ReplaceAll(strings.TrimSpace(name), `\`, "/"))}
	file, err := f.root.Open(f.paths[sameName(name)])
	if err != nil {
		return a, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return a, err
	}
	a.Size = info.Size()
	if a.Size > importMost {
		return a, fault.Invalid("files", fmt.Sprintf("Tệp “%s” lớn hơn %d MB.", name, importMost>>20))
	}
	kind, err := extract.SniffFile(file, a.Size, a.Name)
	if err != nil {
		return a, fault.Invalid("files", fmt.Sprintf("Tệp “%s”: %s", name, fault.Text(err)))
	}
	a.MIME = kind.MediaType()
	if kind == extract.PDF {
		if err := f.look(ctx, file, &a); err != nil || a.Secret != "" {
			return a, err
		}
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return a, err
	}
	key, n, err := f.blobs.Put(ctx, file, importMost)
	a.SHA, a.Size = string(key), n
	return a, err
}

// look reads the first page of a PDF.
func (f *importFolder) look(ctx context.Context, file io.ReadSeeker, a *document.Attachment) error {
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	bounded, cancel := context.WithTimeout(ctx, importReadFor)
	defer cancel()
	facts, err := f.text.Extract(bounded, file)
	switch {
	case err == nil:
	case ctx.Err() != nil:
		return ctx.Err()
	case bounded.Err() != nil: // nobody has looked at it: it may bear a secret stamp
		return fault.Invalid("files", "Máy đang bận, chưa đọc được tệp “"+a.Name+"”; xin nhập lại sau ít phút.")
	default: // unreadable is no reason to refuse what has arrived
		return nil
	}
	a.Pages = facts.Pages
	a.Secret, _ = extract.SecretStamp(facts.FirstPage())
	return nil
}
