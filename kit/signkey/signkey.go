// SPDX-License-Identifier: Apache-2.0

// Package signkey asks keys that answer elsewhere: in a file opened for one use, in a
// token of the server room, on a person's phone. It carries digests there and values back.
//
// May enter: digests with a text each, certificates, secrets of one use, addresses that
// were set. May not: documents, PDF files, who may sign what, the machine's clock; and no
// secret is ever kept, printed or written.
package signkey

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/rsa"
	"crypto/x509"
	"time"
)

// A Driver is a place where keys are. What New… gives back has been made careful: it
// refuses a job that cannot end well before it asks, and an answer that does not verify
// with the certificate before anybody sees it. All methods may be called by many at once.
type Driver interface {
	// Keys are those that this person may ask for.
	Keys(ctx context.Context, who Who) ([]Key, error)
	// Begin asks. A driver that answers at once gives its answer with the ticket.
	Begin(ctx context.Context, job Job) (Ticket, error)
	// Poll looks whether the answer has come; one that has not is Waiting. A look that was
	// not over in time decides nothing (Final).
	Poll(ctx context.Context, t Ticket) (Answer, error)
}

// A Place is where keys are as the office has set it up, with what a person gives there.
type Place struct {
	Code    string // "file", "hsm", "csc", "smartca"
	Device  string // in the register of keys: "file", "hsm", "remote"
	Label   string // words for the person who chooses
	File    bool   // a file of keys is given with each use
	Account string // words for the account to be given; "" none
	Secret  string // words for the passphrase or PIN to be typed; "" none
	Driver  Driver
}

// Who asks, in the words of the driver. What a driver has no use for stays empty.
type Who struct {
	Account string // of the person with a remote service: mostly the citizen number (số căn cước)
	File    []byte // PKCS#12, encrypted as it came
	Secret  Secret // passphrase or PIN of this use
}

// A Key is one that can be asked.
type Key struct {
	ID    string // within the driver
	Label string // words for the person who chooses
	Cert  *x509.Certificate
	Chain []*x509.Certificate // its issuers, as far as they are known
}

// kind is that of a key that signs digests; "" for any other.
func (k Key) kind() string {
	if k.Cert == nil {
		return ""
	}
	switch k.Cert.PublicKey.(type) {
	case *rsa.PublicKey:
		return "RSA"
	case *ecdsa.PublicKey:
		return "ECDSA"
	}
	return ""
}

// An Ask is one digest with what it is the digest of, in words that the person sees where
// the key is: "Quyết định số 15/QĐ-BDT".
type Ask struct {
	Digest []byte
	Text   string
}

// A Job is what a key is asked in one go.
type Job struct {
	Who
	ID    string // of this use, made by the caller; a service shows it and knows a job again by it
	Title string // over all the texts
	Key   Key
	Asks  []Ask
	Hash  crypto.Hash // 0: SHA-256
	PSS   bool        // RSASSA-PSS, the salt as long as the digest
	At    time.Time   // now: the certificate must be in force
}

// A Ticket stands for a job whose answer may still be on its way. It may be kept as
// JSON: it holds no secret.
type Ticket struct {
	Ref   string    // the driver's own word for the job
	Note  string    // a sentence for the person: what to do where the key is
	Until time.Time // when the service gives up; zero: not known
	Asked Asked
	Done  *Answer `json:",omitempty"` // the answer, where it came at once
}

// Asked is what an answer is compared with.
type Asked struct {
	Cert    []byte
	Digests [][]byte
	Hash    crypto.Hash
	PSS     bool
}

// An Answer has one value for each digest, in the order of the asks: as RSA gives it, or
// an ECDSA signature as DER. pades.Finish takes them so.
type Answer struct {
	Values [][]byte
}

// Waiting tells that the answer has not come yet.
func (a Answer) Waiting() bool { return len(a.Values) == 0 }

// A Secret is typed for one use. However it is printed or written, it does not show.
type Secret string

// String shows nothing of the secret.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return "•••"
}

// GoString shows nothing of the secret.
func (s Secret) GoString() string { return s.String() }

// MarshalText shows nothing of the secret; JSON and slog use it too.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// MostAsks is how many digests one job may carry.
const MostAsks = 200

// Wait polls until the answer has come, ctx ends or the driver says no.
func Wait(ctx context.Context, d Driver, t Ticket, every time.Duration) (Answer, error) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		a, err := d.Poll(ctx, t)
		switch {
		case err != nil && ctx.Err() != nil:
			return Answer{}, ended(ctx.Err())
		case err != nil || !a.Waiting():
			return a, err
		}
		select {
		case <-ctx.Done():
			return Answer{}, ended(ctx.Err())
		case <-tick.C:
		}
	}
}
