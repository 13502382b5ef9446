// SPDX-License-Identifier: Apache-2.0

package web

import (
	"context"

	"soviec/kit/journal"
	"soviec/kit/signkey"
	"soviec/office/signing"
)

// A SignDesk makes signatures with keys that answer elsewhere. Whoever wires the program
// together gives one; the pages only ask.
type SignDesk interface {
	// Places are where keys are, as this installation is set up.
	Places() []signkey.Place
	// Keys opens a place for one use: what this person may ask for there.
	Keys(ctx context.Context, place string, who signkey.Who) ([]signkey.Key, error)
	// Sign asks a key for all papers of an order. Each of them ends by itself; the error is
	// of what stopped the whole: the key, the passphrase.
	Sign(ctx context.Context, by journal.Holder, o SignOrder) (batch int64, err error)
	// Advance looks whether an answer has come and completes what it can.
	Advance(ctx context.Context, agency, batch int64) error
	// Take takes in what the signing service of a PC has sent back for a session.
	Take(ctx context.Context, by journal.Holder, session int64, file string) error
}

// A SignOrder is what a person wants signed, by which key.
type SignOrder struct {
	Kind   signing.Kind
	Place  string // where the key is
	Key    string // which one there; "" the one that is his
	Who    signkey.Who
	Papers []signing.Asking
}
