// SPDX-License-Identifier: Apache-2.0

package archive

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"io"
	"path"
	"strings"
	"time"

	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/org"
)

// The scripts with which an export is verified without this program.
var (
	//go:embed verify.sh
	verifyShell []byte
	//go:embed verify.py
	verifyPython []byte
	//go:embed read-me.txt
	readMe []byte
)

// sums is the list of the SHA-256 of every other file of an export.
const sums = "SHA256SUMS"

// An Export is a dossier as one ZIP: the files in the order of time, their description in
// XML with the names of Phụ lục VI, a list of SHA-256 and scripts that verify it. Its
// length is known before its first byte leaves, so that whoever fetches it sees how far it is.
type Export struct {
	Name  string // of the folder in it: "HS-2026-01.TCCB"
	Cuts  int    // values cut to the law's length
	files []exported
	at    time.Time
}

// exported is one file of an export: its bytes, or the key under which they lie.
type exported struct {
	name string
	size int64
	sha  string
	data []byte
}

// NewExport describes everything that an export will hold.
func NewExport(r store.Reader, dir *org.Directory, d Dossier, at time.Time) (*Export, error) {
	if d.State == Destroyed {
		return nil, fault.Gone("Hồ sơ đã hủy theo quyết định; không còn tệp để xuất.")
	}
	agency := dir.Agency.ID
	items, err := Items(r, agency, d.ID)
	if err != nil {
		return nil, err
	}
	matters, files, err := Contents(r, agency, items)
	if err != nil {
		return nil, err
	}
	x := &Export{Name: "HS-" + fmt.Sprint(d.Year) + "-" + fileName(d.Notation), at: at}
	doc := xmlDossier{Version: "1", Exported: at.UTC().Format(time.RFC3339)}
	c := &cutter{}
	doc.describe(c, dir, d)
	for i, p := range Sheets(items) {
		m := matters[p.Ref]
		one := xmlOf(c, dir, d, i+1, p, m)
		if one.Trace, err = traceOf(r, dir, agency, p.Ref); err != nil {
			return nil, err
		}
		for n, f := range files[p.Ref] {
			e := exported{name: fmt.Sprintf("van-ban/%03d-%d-%s", i+1, n+1, fileName(f.Name)), size: f.Size, sha: f.SHA}
			x.files = append(x.files, e)
			one.Files = append(one.Files, xmlFile{Path: e.name, Name: f.Name, Type: f.MIME, Size: f.Size, SHA256: f.SHA, PDF: f.MIME == "application/pdf"})
		}
		doc.Documents = append(doc.Documents, one)
	}
	x.Cuts = c.n
	text, err := xml.MarshalIndent(doc, "", "  ")
	if err != nil {
		return nil, fault.Internal(err)
	}
	x.add("ho-so.xml", append([]byte(xml.Header), append(text, '\n')...))
	x.add("DOC-TRUOC.txt", readMe)
	x.add("kiem-tra.sh", verifyShell)
	x.add("kiem-tra.py", verifyPython)
	var list strings.Builder
	for _, f := range x.files {
		fmt.Fprintf(&list, "%s  %s\n", f.sha, f.name)
	}
	x.add(sums, []byte(list.String()))
	return x, nil
}

func (x *Export) add(name string, data []byte) {
	sum := sha256.Sum256(data)
	x.files = append(x.files, exported{name, int64(len(data)), hex.EncodeToString(sum[:]), data})
}

// An Opener opens the bytes under a key.
type Opener func(ctx context.Context, sha string) (io.ReadCloser, error)

// Write streams the export. Bytes that are missing or are not those that were put end it
// with an error: a dossier leaves whole or not at all.
func (x *Export) Write(ctx context.Context, w io.Writer, open Opener) error {
	return x.write(w, func(f exported, w io.Writer) error {
		if f.data != nil {
			_, err := w.Write(f.data)
			return err
		}
		r, err := open(ctx, f.sha)
		if err != nil {
			return err
		}
		defer r.Close()
		n, err := io.Copy(w, r)
		if err == nil && n != f.size {
			err = fmt.Errorf("archive: %s has %d bytes, not %d", f.name, n, f.size)
		}
		return err
	})
}

func (x *Export) write(w io.Writer, fill func(exported, io.Writer) error) error {
	z := zip.NewWriter(w)
	for _, f := range x.files {
		h := &zip.FileHeader{Name: path.Join(x.Name, f.name), Method: zip.Store, Modified: x.at.UTC()}
		h.SetMode(0o644)
		if path.Ext(f.name) == ".sh" || path.Ext(f.name) == ".py" {
			h.SetMode(0o755)
		}
		to, err := z.CreateHeader(h)
		if err != nil {
			return err
		}
		if err := fill(f, to); err != nil {
			return err
		}
	}
	return z.Close()
}

// Size is how many bytes Write will write.
func (x *Export) Size() (int64, error) {
	var n counter
	zeros := make([]byte, 64<<10)
	err := x.write(&n, func(f exported, w io.Writer) error {
		for left := f.size; left > 0; {
			k := min(left, int64(len(zeros)))
			if _, err := w.Write(zeros[:k]); err != nil {
				return err
			}
			left -= k
		}
		return nil
	})
	return int64(n), err
}

type counter int64

func (c *counter) Write(p []byte) (int, error) { *c += counter(len(p)); return len(p), nil }

// fileName is a name that every system can unpack: plain letters, figures, dots, hyphens.
func fileName(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '.', r == '-', r == '_':
			return r
		}
		return '-'
	}, marksOff(s))
	s = strings.Trim(s, "-.")
	if ext := path.Ext(s); len(s) > 100 && len(ext) < 10 {
		s = s[:100-len(ext)] + ext
	} else if len(s) > 100 {
		s = s[:100]
	}
	if s == "" {
		return "tep"
	}
	return s
}

// Note writes into the book that a dossier left the program.
func (x *Export) Note(a *journal.Act, d Dossier) error {
	rights, err := org.RightsIn(a)
	if err != nil {
		return err
	}
	if may, err := ReachOf(rights).allows(a, d); err != nil || !may {
		return errNone
	}
	a.Judged()
	a.Note(journal.Entry{Kind: Exported, Subject: d.Ref(), Amount: int64(len(x.files)), Data: moveData{To: d.State}})
	return nil
}
