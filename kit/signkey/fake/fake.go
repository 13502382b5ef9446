// SPDX-License-Identifier: Apache-2.0

// Package fake plays the services that hold other people's keys, with keys of its own:
// the signing service of a clerk's PC (VGCA), remote keys by the CSC interface, SmartCA. It
// is for trials by hand and for tests.
//
// May enter: keys for trials, requests from this machine. May not: real keys, other machines.
package fake

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"net"
	"net/http"
	"net/url"
	"sync"

	"soviec/kit/cms"
)

// An Identity is a key with its certificate and the certificates above it.
type Identity struct {
	Key   crypto.Signer
	Cert  *x509.Certificate
	Chain []*x509.Certificate
}

// id is what a service calls a key.
func (i *Identity) id() string { return cms.Fingerprint(i.Cert)[:16] }

// serial is how SmartCA writes the number of a certificate.
func (i *Identity) serial() string { return i.Cert.SerialNumber.Text(16) }

// sign answers with the value of a digest.
func (i *Identity) sign(hash crypto.Hash, pss bool, digest []byte) ([]byte, error) {
	var how crypto.SignerOpts = hash
	if pss {
		how = &rsa.PSSOptions{SaltLength: hash.Size(), Hash: hash}
	}
	return i.Key.Sign(rand.Reader, digest, how)
}

// Trouble is what a fake is made to do, for trials of what must be refused.
type Trouble string

// The troubles. Not every fake knows every one.
const (
	Refuse  Trouble = "refuse"  // the person says no
	Silent  Trouble = "silent"  // the person does nothing
	Lie     Trouble = "lie"     // the answer is another's
	Rewrite Trouble = "rewrite" // the bytes that were handed out do not come back as they were
	Twice   Trouble = "twice"   // two signatures where one was asked for
	Down    Trouble = "down"    // no sensible answer at all
)

// mood is the trouble that a fake makes at the moment.
type mood struct {
	mu  sync.Mutex
	now Trouble
}

// Make changes the trouble; "" ends it.
func (m *mood) Make(t Trouble) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now = t
}

func (m *mood) is(t Trouble) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.now == t
}

// Loopback tells whether an address is one of this machine.
func Loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func loopbackURL(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && Loopback(u.Hostname())
}

func answer(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(v)
}
