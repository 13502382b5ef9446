// SPDX-License-Identifier: Apache-2.0

package cms

import (
	"bytes"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"time"

	"github.com/BurntSushi/toml"
)

// A Set says what an entry of the store is trusted for. The sets stay apart: an
// authority for time is not trusted for signatures, nor the other way round.
type Set string

// The sets.
const (
	SetPublicService Set = "public-service" // chữ ký số chuyên dùng công vụ
	SetLicensed      Set = "licensed-ca"    // CA công cộng được cấp phép
	SetTSA           Set = "tsa"            // dấu thời gian
	SetTest          Set = "test"           // for trials; trusted for both
)

// An Entry is one certificate that an administrator has put into the store after
// comparing its fingerprint out of band.
type Entry struct {
	Name        string // words for people
	Set         Set
	Cert        *x509.Certificate
	Fingerprint string // SHA-256 in hex, as pinned
	Source      string // where the certificate came from, and where its fingerprint was compared
	From, Until time.Time
	Issuer      bool // an issuing CA for finding paths, not an anchor where they may end
	Unchecked   bool // revocation under this anchor is not asked for; for trials only
}

// Covers tells whether the office trusts the entry at an instant.
func (e *Entry) Covers(at time.Time) bool {
	return (e.From.IsZero() || !at.Before(e.From)) && (e.Until.IsZero() || !at.After(e.Until))
}

// A Store is the trust of the office as data. It does not change after it is made, and
// may be used by many at once.
type Store struct {
	entries   []*Entry
	bySubject map[string][]*Entry
}

// NewStore makes a store and refuses entries whose certificate is not the one pinned.
func NewStore(entries ...Entry) (*Store, error) {
	s := &Store{bySubject: map[string][]*Entry{}}
	for i := range entries {
		e := entries[i]
		if e.Cert == nil {
			return nil, fmt.Errorf("trust store: %q has no certificate", e.Name)
		}
		switch e.Set {
		case SetPublicService, SetLicensed, SetTSA, SetTest:
		default:
			return nil, fmt.Errorf("trust store: %q: unknown set %q", e.Name, e.Set)
		}
		if got := Fingerprint(e.Cert); plainHex(e.Fingerprint) != got {
			return nil, fmt.Errorf("trust store: %q: the certificate has the fingerprint %s, pinned is %q", e.Name, got, e.Fingerprint)
		}
		if e.Unchecked && e.Set != SetTest {
			return nil, fmt.Errorf("trust store: %q: revocation can be left out for the set %q only", e.Name, SetTest)
		}
		e.Fingerprint = plainHex(e.Fingerprint)
		if e.Name == "" {
			e.Name = e.Cert.Subject.CommonName
		}
		s.entries = append(s.entries, &e)
		s.bySubject[string(e.Cert.RawSubject)] = append(s.bySubject[string(e.Cert.RawSubject)], &e)
	}
	return s, nil
}

// Entries lists what the store holds, in the order in which it was given.
func (s *Store) Entries() []*Entry { return s.entries }

// Fingerprint is the SHA-256 of a certificate in hex.
func Fingerprint(c *x509.Certificate) string {
	f := sha256.Sum256(c.Raw)
	return hex.EncodeToString(f[:])
}

func plainHex(s string) string {
	return strings.ToLower(strings.NewReplacer(":", "", " ", "").Replace(s))
}

// list is trust.toml: what stands beside the certificates in the folder.
type list struct {
	Entries []struct {
		File      string    `toml:"file"`
		Name      string    `toml:"name"`
		Set       Set       `toml:"set"`
		SHA256    string    `toml:"sha256"`
		Source    string    `toml:"source"`
		From      time.Time `toml:"from"`
		Until     time.Time `toml:"until"`
		Issuer    bool      `toml:"issuer"`
		Unchecked bool      `toml:"unchecked"`
	} `toml:"entry"`
}

// StoreList is the name of the list in the folder of a store.
const StoreList = "trust.toml"

// LoadStore reads a folder of certificates (PEM or DER) with the list trust.toml. A
// certificate that no line names is not trusted, and a line without its file is an error.
func LoadStore(dir fs.FS) (*Store, error) {
	raw, err := fs.ReadFile(dir, StoreList)
	if err != nil {
		return nil, fmt.Errorf("trust store: %w", err)
	}
	var l list
	meta, err := toml.Decode(string(raw), &l)
	if err != nil {
		return nil, fmt.Errorf("trust store: %s: %w", StoreList, err)
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		return nil, fmt.Errorf("trust store: %s: unknown key %s", StoreList, unknown[0])
	}
	var entries []Entry
	for _, e := range l.Entries {
		raw, err := fs.ReadFile(dir, path.Clean(e.File))
		if err != nil {
			return nil, fmt.Errorf("trust store: %w", err)
		}
		certs, err := ReadCertificates(raw)
		if err != nil || len(certs) != 1 {
			return nil, fmt.Errorf("trust store: %s does not hold exactly one certificate", e.File)
		}
		entries = append(entries, Entry{Name: e.Name, Set: e.Set, Cert: certs[0], Fingerprint: e.SHA256, Source: e.Source, From: e.From, Until: e.Until, Issuer: e.Issuer, Unchecked: e.Unchecked})
	}
	return NewStore(entries...)
}

// ReadCertificates reads the certificates of a file: PEM with any number of them, one
// in DER, or a message of certificates only (.p7c), as authorities hand them out.
func ReadCertificates(raw []byte) ([]*x509.Certificate, error) {
	if len(raw) > limitBytes {
		return nil, errLarge
	}
	if !bytes.Contains(raw, []byte("-----BEGIN ")) {
		if s, err := Parse(raw); err == nil {
			return s.Certs, nil
		}
		c, err := ParseCertificate(raw)
		if err != nil {
			return nil, err
		}
		return []*x509.Certificate{c}, nil
	}
	var out []*x509.Certificate
	for len(out) < limitCertificates {
		var block *pem.Block
		if block, raw = pem.Decode(raw); block == nil {
			break
		}
		if block.Type != "CERTIFICATE" {
			continue
		}
		c, err := ParseCertificate(block.Bytes)
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	if len(out) == 0 {
		return nil, malformed("no certificate in the file")
	}
	return out, nil
}
