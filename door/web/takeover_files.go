// SPDX-License-Identifier: Apache-2.0

package web

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"soviec/kit/blob"
	"soviec/kit/fault"
	"soviec/office/document"
)

// What one take-over may carry.
const (
	takeOverSheet  = 64 << 20
	takeOverBytes  = 4 << 30
	takeOverFiles  = 20_000
	takeOverFields = 64 << 10
)

// receive streams what was sent into a folder of its own: the register, its
// attachments, and what lies in zips among them.
func (v *visit) receive() (got *takenOver, err error) {
	v.Body = http.MaxBytesReader(v.w, v.Body, takeOverBytes)
	parts, err := v.MultipartReader()
	if err != nil {
		return nil, fault.Invalid("file", "Hãy chọn tệp sổ đăng ký (.xlsx hoặc .csv).")
	}
	folder, err := os.MkdirTemp("", folderPattern)
	if err != nil {
		return nil, err
	}
	t := &takenOver{key: newTakeOverKey(), agency: v.agency(), person: v.session.Person, folder: folder, files: map[string]string{}}
	defer func() {
		if err != nil {
			t.discard()
		}
	}()
	v.Form, v.PostForm = map[string][]string{}, map[string][]string{}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, tooLarge(err)
		}
		if err := v.receivePart(t, part); err != nil {
			return nil, err
		}
	}
	return t, v.receivedFields(t)
}

func (v *visit) receivePart(t *takenOver, part *multipart.Part) error {
	if part.FormName() != "file" && part.FormName() != "files" {
		text, err := io.ReadAll(io.LimitReader(part, takeOverFields))
		if err != nil {
			return tooLarge(err)
		}
		v.Form.Set(part.FormName(), string(text))
		v.PostForm.Set(part.FormName(), string(text))
		return nil
	}
	name := fileName(part.FileName())
	if part.FileName() == "" {
		return nil // a field of files in which none was chosen
	}
	if part.FormName() == "file" {
		t.name, t.sheet = name, filepath.Join(t.folder, "so")
		n, err := spoolTo(t.sheet, part, takeOverSheet)
		if err == nil && n > takeOverSheet {
			err = fault.Invalid("file", fmt.Sprintf("Tệp sổ lớn hơn %d MB.", takeOverSheet>>20))
		}
		return err
	}
	kept := t.fresh()
	n, err := spoolTo(kept, part, takeOverBytes)
	if err != nil {
		return err
	}
	if strings.EqualFold(path.Ext(name), ".zip") {
		defer os.Remove(kept)
		return t.unpack(kept, n)
	}
	if n > fileMost {
		return fault.Invalid("files", fmt.Sprintf("Tệp “%s” lớn hơn %d MB.", name, fileMost>>20))
	}
	return t.keepAs(name, kept)
}

func (v *visit) receivedFields(t *takenOver) error {
	var errs []error
	if t.sheet == "" {
		errs = append(errs, fault.Invalid("file", "Hãy chọn tệp sổ đăng ký (.xlsx hoặc .csv)."))
	}
	if typed := v.field("year"); typed != "" {
		year, err := strconv.Atoi(typed)
		if err != nil || year < 1950 || year > v.today.Year() {
			errs = append(errs, fault.Invalid("year", "Năm của sổ không đúng."))
		}
		t.year = year
	}
	t.register, _ = number64(v.field("register"))
	return fault.Join(errs...)
}

// fresh is a path in the folder that nothing has taken yet.
func (t *takenOver) fresh() string {
	t.spooled++
	return filepath.Join(t.folder, "tep-"+strconv.Itoa(t.spooled))
}

// spoolTo writes at most one byte more than the limit, and tells how many it wrote.
func spoolTo(path string, r io.Reader, limit int64) (int64, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return 0, err
	}
	n, err := io.Copy(f, io.LimitReader(r, limit+1))
	if cerr := f.Close(); err == nil && cerr != nil {
		return n, cerr
	}
	if err != nil {
		return n, tooLarge(err)
	}
	return n, nil
}

// keepAs keeps a file under the name by which a sheet calls it.
func (t *takenOver) keepAs(name, kept string) error {
	if len(t.files) >= takeOverFiles {
		return fault.Invalid("files", fmt.Sprintf("Mỗi lần gửi nhiều nhất %s tệp đính kèm; hãy chia sổ theo năm.", number(takeOverFiles)))
	}
	key := fileKey(name)
	if _, twice := t.files[key]; twice {
		return fault.Invalid("files", "Có hai tệp cùng tên “"+name+"”.")
	}
	t.files[key] = kept
	return nil
}

// fileKey is how names of files are compared: as sheets write them, whatever the case
// and the slashes.
func fileKey(name string) string {
	return strings.ToLower(norm.NFC.String(strings.Trim(strings.ReplaceAll(name, `\`, "/"), "/ ")))
}

// unpack takes the files out of a zip; folders in it belong to the names.
func (t *takenOver) unpack(zipped string, size int64) error {
	f, err := os.Open(zipped)
	if err != nil {
		return err
	}
	defer f.Close()
	z, err := zip.NewReader(f, size)
	if err != nil {
		return fault.Invalid("files", "Không mở được tệp ZIP.")
	}
	left := int64(takeOverBytes)
	for _, entry := range z.File {
		if entry.FileInfo().IsDir() || strings.HasPrefix(path.Base(entry.Name), ".") || strings.HasPrefix(entry.Name, "__MACOSX/") {
			continue
		}
		if len(t.files) >= takeOverFiles {
			return t.keepAs(entry.Name, "")
		}
		r, err := entry.Open()
		if err != nil {
			return fault.Invalid("files", "Không mở được “"+fileName(entry.Name)+"” trong tệp ZIP.")
		}
		kept := t.fresh()
		n, err := spoolTo(kept, r, fileMost)
		r.Close()
		if left -= n; err != nil || n > fileMost || left < 0 {
			return fault.Invalid("files", fmt.Sprintf("“%s” trong tệp ZIP hỏng, hoặc lớn hơn %d MB.", fileName(entry.Name), fileMost>>20))
		}
		if err := t.keepAs(entry.Name, kept); err != nil {
			return err
		}
	}
	return nil
}

// sentFiles finds attachments by the names in the sheet, and looks at each as at any
// file that comes in.
type sentFiles struct {
	v *visit
	t *takenOver
}

func (v *visit) folder(t *takenOver) document.Folder {
	if len(t.files) == 0 {
		return nil
	}
	return sentFiles{v, t}
}

// path finds the file of a name: with its folders, else by its last part where only
// one file bears it.
func (s sentFiles) path(name string) string {
	key := fileKey(name)
	if p, ok := s.t.files[key]; ok {
		return p
	}
	found := ""
	for k, p := range s.t.files {
		if path.Base(k) == path.Base(key) {
			if found != "" {
				return ""
			}
			found = p
		}
	}
	return found
}

// Has implements document.Folder.
func (s sentFiles) Has(name string) bool { return s.path(name) != "" }

// Put implements document.Folder.
func (s sentFiles) Put(ctx context.Context, name string) (document.Attachment, error) {
	none := document.Attachment{}
	file, err := os.Open(s.path(name))
	if err != nil {
		return none, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return none, err
	}
	f := &upload{Attachment: document.Attachment{Name: fileName(name), Size: info.Size()}, spool: file}
	if err := s.v.look(f); err != nil {
		return none, err
	}
	if f.Secret != "" {
		return f.Attachment, nil // it is refused: nothing of it is stored
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return none, err
	}
	var key blob.Key
	if key, f.Size, err = s.v.d.Blobs.Put(ctx, file, fileMost); err != nil {
		return none, err
	}
	f.SHA = string(key)
	return f.Attachment, nil
}
