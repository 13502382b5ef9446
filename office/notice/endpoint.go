// SPDX-License-Identifier: Apache-2.0

package notice

import (
	"crypto/rand"
	"encoding/base64"
	"strings"
	"time"
	"unicode/utf8"

	"soviec/kit/deliver"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/org"
)

// An Endpoint is a chat system that the agency sends counts to.
type Endpoint struct {
	ID      int64
	Name    string
	Address string
	Added   time.Time
	Closed  time.Time
	secret  []byte
}

type endpointData struct {
	Closed bool `json:"closed,omitempty"`
}

// OpenEndpoint opens a chat system to the agency's people and returns the secret that
// signs what is sent to it, this once. The guard says which hosts may be reached.
func OpenEndpoint(a *journal.Act, g deliver.Guard, name, address string) (Endpoint, string, error) {
	if err := org.May(a, org.ManageSettings, org.Target{}); err != nil {
		return Endpoint{}, "", err
	}
	name, address = strings.Join(strings.Fields(name), " "), strings.TrimSpace(address)
	var errs []error
	if n := utf8.RuneCountInString(name); n == 0 || n > 60 {
		errs = append(errs, fault.Invalid("name", "Hãy đặt tên, nhiều nhất 60 ký tự."))
	}
	if err := fault.Join(append(errs, g.Check(address))...); err != nil {
		return Endpoint{}, "", err
	}
	var raw [32]byte
	_, _ = rand.Read(raw[:])
	secret := base64.RawURLEncoding.EncodeToString(raw[:])
	e := Endpoint{ID: a.NewID(), Name: name, Address: address, Added: a.At, secret: []byte(secret)}
	a.Note(journal.Entry{Kind: EndpointAdded, Subject: journal.Ref("endpoint", e.ID), Data: endpointData{}})
	return e, secret, fault.Internal(insertEndpoint(a, a.By.Agency, e))
}

// CloseEndpoint ends a chat system; the channels through it end with it.
func CloseEndpoint(a *journal.Act, id int64) error {
	if err := org.May(a, org.ManageSettings, org.Target{}); err != nil {
		return err
	}
	e, err := endpointByID(a, a.By.Agency, id)
	if err == store.ErrNone || err == nil && !e.Closed.IsZero() {
		return fault.NotFound("Không có hệ thống này, hoặc đã đóng.")
	}
	if err != nil {
		return fault.Internal(err)
	}
	through, err := channelsThrough(a, a.By.Agency, id)
	if err != nil {
		return fault.Internal(err)
	}
	for _, c := range through {
		if err := revoke(a, c, "cơ quan đã đóng hệ thống này"); err != nil {
			return err
		}
	}
	a.Note(journal.Entry{Kind: EndpointClosed, Subject: journal.Ref("endpoint", id), Data: endpointData{Closed: true}})
	return fault.Internal(closeEndpoint(a, a.By.Agency, id, a.At))
}

// Endpoints are the chat systems that are open, oldest first.
func Endpoints(r store.Reader, agency int64) ([]Endpoint, error) {
	all, err := endpointsOf(r, agency)
	return all, fault.Internal(err)
}
