// SPDX-License-Identifier: Apache-2.0

package signdesk

import (
	"context"

	"soviec/kit/blob"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/signing"
)

// handOut opens the documents of an order for the signing service of the signer's own PC:
// the files go there by one-time addresses, and no key is asked here.
func (d *Desk) handOut(ctx context.Context, by journal.Holder, o Order) (int64, error) {
	b := signing.NewBatch(store.NewID(d.Clock()), o.Kind, signing.HandDriver, "", nil)
	if err := d.Book.Do(ctx, by, func(a *journal.Act) (err error) { b, err = signing.Begin(a, b, nil); return err }); err != nil {
		return 0, err
	}
	for i, x := range o.Papers {
		x.Ordinal = i + 1
		if _, err := d.open(ctx, by, b, x); err != nil {
			return b.ID, err
		}
	}
	return b.ID, nil
}

// Take takes in what the signing service of a PC has sent back for a session.
func (d *Desk) Take(ctx context.Context, by journal.Holder, session int64, file string) error {
	s, err := signing.SessionOf(d.Book.DB.Read(ctx), by.Agency, session)
	if err != nil {
		return err
	}
	if !s.State.Live() {
		return fault.Gone("Phiên ký này đã kết thúc.")
	}
	src, size, err := d.Blobs.Get(ctx, blob.Key(file))
	if err != nil {
		return err
	}
	if err := src.Close(); err != nil {
		return err
	}
	return d.complete(ctx, by, s, blob.Key(file), size)
}
