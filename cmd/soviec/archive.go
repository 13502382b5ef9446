// SPDX-License-Identifier: Apache-2.0

package main

import (
	"archive/tar"
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"filippo.io/age"

	"soviec/kit/store"
)

// The members of a backup, in this order. A database is one file, or pieces of tables.
const (
	memberManifest = "manifest.json"
	memberKey      = "so.khoa"
	memberDatabase = "soviec.db"
	memberTable    = "bang/" // bang/<table>/<piece>.ndjson
	memberBlob     = "tep/"  // tep/<sha-256>
	memberEnd      = "het.json"
)

// archiveFormat grows when a program of today could not read what is written then.
const archiveFormat = 1

// A manifest says what a backup is; it comes first.
type manifest struct {
	Format     int               `json:"format"`
	Program    string            `json:"program"`
	At         time.Time         `json:"at"`
	Engine     string            `json:"engine"`
	Key        bool              `json:"key"` // the key that seals the book is within
	Bytes      int64             `json:"bytes,omitempty"`
	Migrations []store.Migration `json:"migrations"`
	Tables     []manifestTable   `json:"tables"`
	Books      []manifestBook    `json:"books"`
	Blobs      int64             `json:"blobs"`
	BlobBytes  int64             `json:"blob_bytes"`
}

type manifestTable struct {
	store.Table
	Rows int64 `json:"rows"`
}

// A manifestBook is how an agency's book stood.
type manifestBook struct {
	Agency     int64  `json:"agency"`
	Code       string `json:"code"`
	Name       string `json:"name"`
	Entries    int64  `json:"entries"`
	Checkpoint string `json:"checkpoint"`
}

// An ending is what was really written; a backup without it is cut off.
type ending struct {
	Rows      int64 `json:"rows,omitempty"`
	Blobs     int64 `json:"blobs"`
	BlobBytes int64 `json:"blob_bytes"`
}

func (m manifest) rows() (n int64) {
	for _, t := range m.Tables {
		n += t.Rows
	}
	return n
}

func (m manifest) checkpoints() []string {
	var out []string
	for _, b := range m.Books {
		if b.Checkpoint != "" {
			out = append(out, b.Checkpoint)
		}
	}
	return out
}

// An archiveWriter writes a backup: tar, gzip, and age where there are recipients.
type archiveWriter struct {
	tar    *tar.Writer
	layers []io.Closer // from the inside out
	at     time.Time
}

func writeArchive(w io.Writer, recipients []age.Recipient, at time.Time) (*archiveWriter, error) {
	a := &archiveWriter{at: at}
	if len(recipients) > 0 {
		sealed, err := age.Encrypt(w, recipients...)
		if err != nil {
			return nil, err
		}
		a.layers, w = append(a.layers, sealed), sealed
	}
	// Most of the bytes are PDF, packed already; the lightest level costs the least.
	zip, err := gzip.NewWriterLevel(w, gzip.BestSpeed)
	if err != nil {
		return nil, err
	}
	a.tar = tar.NewWriter(zip)
	a.layers = append([]io.Closer{a.tar, zip}, a.layers...)
	return a, nil
}

func (a *archiveWriter) close() error {
	var errs []error
	for _, l := range a.layers {
		errs = append(errs, l.Close())
	}
	return errors.Join(errs...)
}

// add writes a member of a known size from r.
func (a *archiveWriter) add(name string, size int64, r io.Reader) error {
	h := &tar.Header{Typeflag: tar.TypeReg, Name: name, Mode: 0o600, Size: size, ModTime: a.at, Format: tar.FormatPAX}
	if err := a.tar.WriteHeader(h); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	n, err := io.Copy(a.tar, r)
	if err == nil && n != size {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

func (a *archiveWriter) addJSON(name string, v any) error {
	raw, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err
	}
	return a.add(name, int64(len(raw)), bytes.NewReader(raw))
}

// An archiveReader reads a backup, member by member.
type archiveReader struct {
	file *os.File
	tar  *tar.Reader
	zip  *gzip.Reader
	next *tar.Header // read and put back
}

var errNoBackup = errors.New("tệp không phải bản sao lưu của chương trình, hoặc đã hỏng")

// openArchive opens a backup; identities open one that is encrypted.
func openArchive(path string, identities []age.Identity) (*archiveReader, manifest, error) {
	var m manifest
	f, err := os.Open(path)
	if err != nil {
		return nil, m, err
	}
	a := &archiveReader{file: f}
	if m, err = a.open(identities); err != nil {
		f.Close()
		return nil, m, err
	}
	return a, m, nil
}

func (a *archiveReader) open(identities []age.Identity) (manifest, error) {
	var m manifest
	r := bufio.NewReaderSize(a.file, 1<<20)
	head, _ := r.Peek(len("age-encryption.org"))
	in := io.Reader(r)
	if string(head) == "age-encryption.org" {
		if len(identities) == 0 {
			return m, errors.New("bản sao lưu được mã hóa; hãy chỉ tệp khóa bằng --identity")
		}
		opened, err := age.Decrypt(r, identities...)
		if err != nil {
			return m, fmt.Errorf("khóa giải mã không đúng hoặc bản sao lưu đã hỏng: %w", err)
		}
		in = opened
	}
	var err error
	if a.zip, err = gzip.NewReader(in); err != nil {
		return m, errNoBackup
	}
	a.tar = tar.NewReader(a.zip)
	h, err := a.member()
	if err != nil || h.Name != memberManifest {
		return m, errors.Join(errNoBackup, err)
	}
	if err := readJSON(a.tar, &m); err != nil {
		return m, errors.Join(errNoBackup, err)
	}
	if m.Format != archiveFormat {
		return m, fmt.Errorf("bản sao lưu dạng %d do phiên bản khác làm (%s); chương trình này đọc dạng %d", m.Format, m.Program, archiveFormat)
	}
	return m, nil
}

// member moves to the next member; io.EOF after the last.
func (a *archiveReader) member() (*tar.Header, error) {
	if h := a.next; h != nil {
		a.next = nil
		return h, nil
	}
	h, err := a.tar.Next()
	if err == nil && h.Typeflag != tar.TypeReg {
		return nil, fmt.Errorf("%w: %s", errNoBackup, h.Name)
	}
	return h, err
}

// back puts a member back whose bytes were not read.
func (a *archiveReader) back(h *tar.Header) { a.next = h }

// drain reads what is left after the last member, so that the sums of all layers are checked.
func (a *archiveReader) drain() error {
	_, err := io.Copy(io.Discard, a.zip)
	return err
}

func (a *archiveReader) close() error { return a.file.Close() }

// manifestOf reads only what a backup says of itself.
func manifestOf(path string) (manifest, error) {
	a, m, err := openArchive(path, nil)
	if err != nil {
		return m, err
	}
	return m, a.close()
}

func readJSON(r io.Reader, v any) error {
	return json.NewDecoder(io.LimitReader(r, 16<<20)).Decode(v)
}
