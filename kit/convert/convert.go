// SPDX-License-Identifier: Apache-2.0

// Package convert turns a Word document into PDF with LibreOffice, where it is installed.
//
// One file at a time, each in a folder and with a profile of its own that are gone
// afterwards; bounded in time, memory and output; without macros, without links to
// elsewhere and, where the system lets us, without any network.
//
// May enter: finding the program, running it in bounds, the sentence when it is missing.
// May not: what stands in the document, forms and rules, storing.
package convert

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	"soviec/kit/fault"
)

// An Office converts with one installed LibreOffice. It may be used by many at once; they
// wait for one another. The zero Office looks for the program at the usual places.
type Office struct {
	Program string        // path of soffice; "" looks for it, "-" never converts
	Dir     string        // where work folders are made; "" the system's
	Time    time.Duration // for one file, waiting not counted; 60 s
	Memory  int64         // of the program; 2 GB
	Output  int64         // of the PDF; 64 MB
	Input   int64         // of the document; 32 MB

	once sync.Once
	turn chan struct{}
}

// ErrMissing says that there is no LibreOffice on this machine.
var ErrMissing = fault.Invalid("file", "Máy chủ chưa cài LibreOffice nên không chuyển được tệp Word sang PDF. Hãy lưu tệp thành PDF trên máy của mình rồi tải lên, hoặc đề nghị quản trị cài gói libreoffice-writer.")

func (o *Office) init() {
	o.once.Do(func() {
		o.turn = make(chan struct{}, 1)
		o.turn <- struct{}{}
		def := func(v *int64, d int64) {
			if *v <= 0 {
				*v = d
			}
		}
		def(&o.Memory, 2<<30)
		def(&o.Output, 64<<20)
		def(&o.Input, 32<<20)
		if o.Time <= 0 {
			o.Time = time.Minute
		}
	})
}

// Find is the path of the program, "" when there is none.
func (o *Office) Find() string {
	if o.Program != "" {
		if o.Program == "-" {
			return ""
		}
		if p, err := exec.LookPath(o.Program); err == nil {
			return p
		}
		return ""
	}
	for _, name := range []string{"soffice", "libreoffice", "/usr/lib/libreoffice/program/soffice", "/opt/libreoffice/program/soffice",
		"/Applications/LibreOffice.app/Contents/MacOS/soffice", `C:\Program Files\LibreOffice\program\soffice.exe`} {
		if p, err := exec.LookPath(name); err == nil {
			return p
		}
	}
	return ""
}

// profile is the whole profile that the program starts with: no macros, no links that are
// followed, nothing recent, nothing that is updated.
const profile = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Save/Document"><prop oor:name="WarnAlienFormat" oor:op="fuse"><value>false</value></prop></item>
</oor:items>
`

// PDF writes the document, read from r, as PDF to w. What cannot be converted, or costs
// more than the limits, is fault.Invalid on the field "file"; without the program it is
// ErrMissing.
func (o *Office) PDF(ctx context.Context, w io.Writer, r io.ReaderAt, size int64) error {
	o.init()
	program := o.Find()
	if program == "" {
		return ErrMissing
	}
	if size > o.Input {
		return fault.Invalid("file", fmt.Sprintf("Tệp Word lớn hơn %d MB, không chuyển được sang PDF.", o.Input>>20))
	}
	select {
	case <-o.turn:
		defer func() { o.turn <- struct{}{} }()
	case <-ctx.Done():
		return ctx.Err()
	}
	dir, err := os.MkdirTemp(o.Dir, "soviec-convert-")
	if err != nil {
		return fault.Internal(err)
	}
	defer os.RemoveAll(dir)
	in := filepath.Join(dir, "van-ban.docx")
	if err := prepare(dir, in, r, size); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, o.Time)
	defer cancel()
	said, err := o.run(ctx, program, dir, in)
	if ctx.Err() != nil {
		if errors.Is(ctx.Err(), context.DeadlineExceeded) {
			return &fault.Error{Kind: fault.KindInvalid, Field: "file", Text: "Chuyển tệp Word sang PDF quá lâu nên đã dừng. Hãy lưu tệp thành PDF trên máy của mình rồi tải lên.", Err: err}
		}
		return ctx.Err()
	}
	return o.deliver(w, filepath.Join(dir, "out", "van-ban.pdf"), said, err)
}

// prepare makes the folder's inside: the tamed document and the profile.
func prepare(dir, in string, r io.ReaderAt, size int64) error {
	for _, sub := range []string{"out", "tmp", "profile/user"} {
		if err := os.MkdirAll(filepath.Join(dir, sub), 0o700); err != nil {
			return fault.Internal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "profile/user/registrymodifications.xcu"), []byte(profile), 0o600); err != nil {
		return fault.Internal(err)
	}
	f, err := os.OpenFile(in, os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o600)
	if err != nil {
		return fault.Internal(err)
	}
	return errors.Join(tame(f, r, size), f.Close())
}

// run starts the program and waits for it; what it said is for the log.
func (o *Office) run(ctx context.Context, program, dir, in string) (string, error) {
	args := []string{
		"-env:UserInstallation=file://" + filepath.ToSlash(filepath.Join(dir, "profile")),
		"--headless", "--invisible", "--nologo", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard",
		"--convert-to", "pdf:writer_pdf_Export", "--outdir", filepath.Join(dir, "out"), in,
	}
	cmd, err := o.start(ctx, program, args, func(c *exec.Cmd) {
		tmp := filepath.Join(dir, "tmp")
		c.Dir = dir
		c.Env = append(systemEnv(), "HOME="+dir, "TMPDIR="+tmp, "TMP="+tmp, "TEMP="+tmp, "LANG=C.UTF-8", "SAL_USE_VCLPLUGIN=svp",
			"http_proxy=http://127.0.0.1:9", "https_proxy=http://127.0.0.1:9", "no_proxy=")
	})
	if err != nil {
		return "", err
	}
	err = cmd.Wait()
	said, _ := cmd.Stdout.(*tail)
	return said.String(), err
}

// systemEnv is what a program needs of the surroundings; nothing else is handed on.
func systemEnv() []string {
	var out []string
	for _, name := range []string{"PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "FONTCONFIG_FILE"} {
		if v := os.Getenv(name); v != "" {
			out = append(out, name+"="+v)
		}
	}
	return out
}

// deliver copies the PDF, if there is one and it is one.
func (o *Office) deliver(w io.Writer, name, said string, runErr error) error {
	f, err := os.Open(name)
	if err != nil {
		return &fault.Error{Kind: fault.KindInvalid, Field: "file", Text: "Không chuyển được tệp Word sang PDF. Hãy mở tệp bằng Word, lưu lại, hoặc lưu thành PDF rồi tải lên.",
			Err: errors.Join(runErr, err, errors.New(said))}
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		return fault.Internal(err)
	}
	if st.Size() > o.Output {
		return fault.Invalid("file", fmt.Sprintf("PDF chuyển từ tệp Word lớn hơn %d MB.", o.Output>>20))
	}
	head := make([]byte, 5)
	if _, err := io.ReadFull(f, head); err != nil || !bytes.Equal(head, []byte("%PDF-")) {
		return fault.Internal(fmt.Errorf("convert: not a PDF came out: %s", said))
	}
	if _, err := w.Write(head); err != nil {
		return fault.Internal(err)
	}
	_, err = io.Copy(w, f)
	return fault.Internal(err)
}

// tail keeps the last words of a talkative program.
type tail struct{ b []byte }

func (t *tail) Write(p []byte) (int, error) {
	t.b = append(t.b, p...)
	if len(t.b) > 4096 {
		t.b = append(t.b[:0], t.b[len(t.b)-4096:]...)
	}
	return len(p), nil
}

func (t *tail) String() string { return string(t.b) }

func kilobytes(n int64) string { return strconv.FormatInt(n>>10, 10) }
