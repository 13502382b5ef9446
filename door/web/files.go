// SPDX-License-Identifier: Apache-2.0

package web

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"soviec/door/web/view"
	"soviec/kit/blob"
	"soviec/kit/extract"
	"soviec/kit/fault"
	"soviec/office/document"
	"soviec/office/signature"
)

// What one form may carry.
const (
	fileMost   = 50 << 20
	filesMost  = 20
	formMost   = 4*fileMost + fieldsMost
	fieldsMost = 1 << 20
	fieldCount = 500
	readFor    = time.Minute // the text of one dropped file, with waiting for others
)

var filesWords = fmt.Sprintf("PDF, Word, Excel, ảnh hoặc ZIP; mỗi tệp tối đa %d MB.", fileMost>>20)

// upload is a file that came with a form: checked, not stored yet.
type upload struct {
	document.Attachment
	spool *os.File
	first string // text of the first page
	note  string
}

// uploads are the files of one form. Whoever took them removes them.
type uploads []*upload

func (u uploads) discard() {
	for _, f := range u {
		f.spool.Close()
		os.Remove(f.spool.Name())
	}
}

// secret is the first stamp of a state secret among the files.
func (u uploads) secret() bool {
	for _, f := range u {
		if f.Secret != "" {
			return true
		}
	}
	return false
}

// takeForm reads a form with or without files. Files are streamed to the disk, never
// into memory, and looked at: what they are, and whether they bear a secret stamp.
// The error is about files only; the fields can be shown again in any case.
func (v *visit) takeForm() (uploads, error) {
	if ct, _, _ := mime.ParseMediaType(v.Header.Get("Content-Type")); ct != "multipart/form-data" {
		v.Body = http.MaxBytesReader(v.w, v.Body, fieldsMost)
		return nil, v.ParseForm()
	}
	v.Body = http.MaxBytesReader(v.w, v.Body, formMost)
	parts, err := v.MultipartReader()
	if err != nil {
		return nil, fault.Invalid("", "Biểu mẫu gửi lên không đọc được.")
	}
	v.Form, v.PostForm = url.Values{}, url.Values{}
	files, err := v.takeParts(parts)
	if err != nil && !wrong(err) {
		files.discard()
		return nil, err
	}
	for _, f := range files {
		if err == nil && !v.noLook {
			err = v.look(f)
		}
	}
	return files, err
}

func (v *visit) takeParts(parts *multipart.Reader) (files uploads, err error) {
	var refused []error
	bytes, fields := 0, 0
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return files, fault.Join(refused...)
		}
		if err != nil {
			return files, tooLarge(err)
		}
		if part.FileName() == "" {
			text, err := io.ReadAll(io.LimitReader(part, fieldsMost+1))
			if err != nil {
				return files, tooLarge(err)
			}
			bytes += len(text)
			if fields++; bytes > fieldsMost || fields > fieldCount {
				return files, fault.Invalid("", "Biểu mẫu gửi lên dài quá.")
			}
			if name := part.FormName(); name != "" && part.Header.Get("Content-Type") == "" {
				v.Form.Add(name, string(text))
				v.PostForm.Add(name, string(text))
			}
			continue
		}
		if len(files) == filesMost {
			refused = append(refused, fault.Invalid("files", fmt.Sprintf("Một lần gửi nhiều nhất %d tệp.", filesMost)))
			return files, fault.Join(refused...)
		}
		f, err := spool(part)
		if err != nil {
			if !wrong(err) {
				return files, err
			}
			refused = append(refused, err)
			continue
		}
		files = append(files, f)
	}
}

func tooLarge(err error) error {
	var most *http.MaxBytesError
	if errors.As(err, &most) {
		return err
	}
	return fault.Invalid("", "Dữ liệu gửi lên bị ngắt giữa chừng; xin gửi lại.")
}

// spool streams a file to the disk. It is not in the store of the office yet.
func spool(part *multipart.Part) (*upload, error) {
	name := fileName(part.FileName())
	file, err := os.CreateTemp("", "soviec-nhan-*")
	if err != nil {
		return nil, err
	}
	f := &upload{Attachment: document.Attachment{Name: name}, spool: file}
	f.Size, err = io.Copy(file, io.LimitReader(part, fileMost+1))
	switch {
	case err != nil:
		err = tooLarge(err)
	case f.Size > fileMost:
		err = fault.Invalid("files", fmt.Sprintf("Tệp “%s” lớn hơn %d MB.", name, fileMost>>20))
	}
	if err != nil {
		uploads{f}.discard()
		return nil, err
	}
	return f, nil
}

// fileName is a name as people see it: no folders, one line, at most 150 letters, its
// ending kept.
func fileName(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r == utf8.RuneError {
			return -1
		}
		return r
	}, norm.NFC.String(strings.ToValidUTF8(path.Base(strings.ReplaceAll(s, `\`, "/")), "")))
	if r := []rune(strings.TrimSpace(s)); len(r) > 150 {
		ending := []rune(path.Ext(s))
		if len(ending) > 10 {
			ending = nil
		}
		return string(r[:150-len(ending)]) + string(ending)
	}
	return cmp.Or(strings.Trim(s, " ./"), "tep")
}

// look tells what a file is, and of a PDF reads what its first page says.
func (v *visit) look(f *upload) error {
	kind, err := extract.SniffFile(f.spool, f.Size, f.Name)
	if err != nil && v.tables && strings.EqualFold(filepath.Ext(f.Name), ".csv") {
		f.MIME, f.note = "text/csv", "CSV"
		return nil
	}
	if err != nil {
		return onField("files", err)
	}
	f.MIME, f.note = kind.MediaType(), strings.ToUpper(string(kind))
	if kind != extract.PDF || v.d.Text == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(v.Context(), readFor)
	defer cancel()
	facts, err := v.d.Text.Extract(ctx, f.spool)
	switch {
	case err == nil:
	case v.Context().Err() != nil:
		return v.Context().Err()
	case ctx.Err() != nil: // nobody has looked at it: it may bear a secret stamp
		return fault.Invalid("files", "Máy đang bận, chưa đọc được tệp “"+f.Name+"”; xin gửi lại sau ít phút.")
	case fault.Is(err, fault.KindInvalid): // unreadable is no reason to refuse what has arrived
		f.note = "không đọc được nội dung"
		return nil
	default:
		return err
	}
	f.Pages, f.first = facts.Pages, facts.FirstPage()
	f.note = fmt.Sprintf("%d trang", facts.Pages)
	switch {
	case facts.Locked:
		f.note = "có mật khẩu, không đọc được nội dung"
	case strings.TrimSpace(strings.Join(facts.Text, "")) == "":
		f.note += ", không có lớp chữ"
	default:
		f.note += ", có lớp chữ"
	}
	f.Secret, _ = extract.SecretStamp(f.first)
	rec, err := v.judgeFile(f.spool, f.Size, false)
	if err == nil && rec.Outcome() != signature.NotSigned {
		f.note += ", " + lowerFirst(rec.Outcome().Words())
	}
	return err
}

// onField moves faults to the field of a form.
func onField(field string, err error) error {
	var out []error
	for _, e := range fault.All(err) {
		moved := *e
		moved.Field = field
		out = append(out, &moved)
	}
	return fault.Join(out...)
}

// store puts the files into the store of the office and remembers them for this
// session. With a secret one among them nothing is stored at all.
func (v *visit) store(files uploads) error {
	if files.secret() {
		return nil
	}
	for _, f := range files {
		if _, err := f.spool.Seek(0, io.SeekStart); err != nil {
			return err
		}
		key, _, err := v.d.Blobs.Put(v.Context(), f.spool, fileMost)
		if err != nil {
			return onField("files", err)
		}
		f.SHA = string(key)
		v.desk().keep(v.session.ID, kept{Attachment: f.Attachment, note: f.note})
	}
	return nil
}

// attachments are what the form carries: files kept from the last try, then new ones.
func (v *visit) attachments(files uploads) (all []document.Attachment, shown []view.Upload) {
	seen := map[string]bool{}
	add := func(k kept) {
		if id := k.id(); !seen[id] {
			seen[id] = true
			if all = append(all, k.Attachment); k.SHA == "" {
				return
			}
			shown = append(shown, view.Upload{Key: id, Name: k.Name, Size: sizeWords(k.Size), Note: k.note, Kind: k.Kind})
		}
	}
	for _, id := range v.PostForm["file_key"] {
		if k, ok := v.desk().kept(v.session.ID, id); ok {
			add(k)
		}
	}
	for _, f := range files {
		add(kept{Attachment: f.Attachment, note: f.note})
	}
	return all, shown
}

// sendFile answers with a file of a document, in the page where browsers show it.
func (v *visit) sendFile(f document.File) error {
	r, _, err := v.d.Blobs.Get(v.Context(), blob.Key(f.SHA))
	if err != nil {
		return err
	}
	defer r.Close()
	how := "attachment"
	switch f.MIME {
	case extract.PDF.MediaType(), extract.PNG.MediaType(), extract.JPG.MediaType():
		how = "inline"
	}
	if v.URL.Query().Get("tai") != "" {
		how = "attachment"
	}
	h := v.w.Header()
	h.Set("Content-Type", f.MIME)
	h.Set("Content-Disposition", mime.FormatMediaType(how, map[string]string{"filename": f.Name}))
	// Nothing in a foreign file may run or ask for anything. The viewers of browsers
	// need styles of their own, and one for PDF does not start in a sandbox.
	policy := "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'"
	if f.MIME != extract.PDF.MediaType() {
		policy += "; sandbox"
	}
	h.Set("Content-Security-Policy", policy)
	h.Set("Cache-Control", "private, no-cache")
	h.Set("ETag", `"`+f.SHA+`"`)
	slog.Info("file opened", "person", v.session.Person, "file", f.ID, "path", v.URL.Path)
	http.ServeContent(v.w, v.Request, "", f.AddedAt, r)
	return nil
}

// sendPDF answers with a PDF that the program itself makes.
func (v *visit) sendPDF(name string, fill func(io.Writer) error) error {
	return v.sendMade("application/pdf", "inline", name, fill)
}

// sendXLSX answers with a workbook.
func (v *visit) sendXLSX(name string, fill func(io.Writer) error) error {
	return v.sendMade(extract.XLSX.MediaType(), "attachment", name, fill)
}

// sendMade streams what is being made. A failure after the first byte can no longer
// be told in words: the connection is cut, so that nobody takes a half for a whole.
func (v *visit) sendMade(kind, how, name string, fill func(io.Writer) error) error {
	out := &firstByte{w: v.w, before: func(h http.Header) {
		h.Set("Content-Type", kind)
		h.Set("Content-Disposition", mime.FormatMediaType(how, map[string]string{"filename": name}))
		h.Set("Cache-Control", "private, no-store")
	}}
	err := fill(out)
	if err != nil && out.begun {
		slog.Error("file cut off", "path", v.URL.Path, "err", err)
		panic(http.ErrAbortHandler)
	}
	return err
}

// firstByte sets headers when there is something to send, so that an error page can
// still be sent instead.
type firstByte struct {
	w      http.ResponseWriter
	before func(http.Header)
	begun  bool
}

func (f *firstByte) Write(b []byte) (int, error) {
	if !f.begun {
		f.begun = true
		f.before(f.w.Header())
	}
	return f.w.Write(b)
}
