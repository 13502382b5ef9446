// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"strings"

	"soviec/kit/fault"
)

// What the list of contents of a zip may have. An office file has some dozens
// of parts; a list of 4 MB is an attack on memory.
const (
	maxZipEntries   = 10_000
	maxZipDirectory = 4 << 20
)

// An Entry is a line in the list of contents of a zip.
type Entry struct {
	Name string // as the zip says; valid UTF-8, but not a path to be trusted
	Size int64  // unpacked, as the zip says
}

// List tells what a zip holds. Nothing in it is unpacked.
func List(r io.ReaderAt, size int64, name string) ([]Entry, error) {
	z, err := openZip(r, size, name)
	if err != nil {
		return nil, err
	}
	list := make([]Entry, 0, len(z.File))
	for _, f := range z.File {
		list = append(list, Entry{
			Name: strings.ToValidUTF8(f.Name, "�"),
			Size: int64(min(f.UncompressedSize64, 1<<62)),
		})
	}
	return list, nil
}

// openZip reads the list of contents after a look at how long it says it is.
func openZip(r io.ReaderAt, size int64, name string) (*zip.Reader, error) {
	if err := checkDirectory(r, size); err != nil {
		return nil, fault.Invalid("file", "Tệp nén"+quoted(name)+" bị hỏng hoặc chứa quá nhiều tệp, không đọc được.")
	}
	z, err := zip.NewReader(io.NewSectionReader(r, 0, size), size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, fault.Invalid("file", "Tệp nén"+quoted(name)+" bị hỏng, không đọc được.")
	}
	return z, nil
}

// checkDirectory reads the record at the end of a zip, which tells the number
// of entries and the length of the list. The form for more than 4 GB or 65,535
// entries is refused with the rest.
func checkDirectory(r io.ReaderAt, size int64) error {
	const fixed = 22
	tail := make([]byte, min(size, fixed+0xffff))
	if _, err := r.ReadAt(tail, size-int64(len(tail))); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	for at := len(tail); ; {
		at = bytes.LastIndex(tail[:at], []byte("PK\x05\x06"))
		if at < 0 {
			return zip.ErrFormat
		}
		if end := tail[at:]; len(end) >= fixed && len(end) >= fixed+int(binary.LittleEndian.Uint16(end[20:])) {
			entries := binary.LittleEndian.Uint16(end[10:])
			length := binary.LittleEndian.Uint32(end[12:])
			if entries > maxZipEntries || length > maxZipDirectory {
				return errors.New("the list of contents is too long")
			}
			return nil
		}
	}
}
