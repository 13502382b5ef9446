// SPDX-License-Identifier: Apache-2.0

package outgoing

import (
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/org"
)

// A Packet holds a document's files so that only a passphrase opens them. The passphrase is
// told by telephone and kept nowhere.
type Packet struct {
	SHA  string
	Size int64
}

// KeepPacket notes that a packet was made for those recipients who get one by e-mail. The
// latest is sent, also when a letter is sent again.
func KeepPacket(a *journal.Act, id int64, p Packet) error {
	if err := org.May(a, org.SendOut, org.Target{}); err != nil {
		return err
	}
	d, err := get(a, a.By.Agency, id)
	if err != nil {
		return err
	}
	if d.State == StateNumbered || d.State == StateVoid || d.Frozen {
		return wrongState(d, "lập gói có mật khẩu")
	}
	to, err := RecipientsOf(a, d.ID)
	if err != nil {
		return err
	}
	if !Packed(to) {
		return fault.Conflict("", "Không nơi nhận nào của văn bản này nhận gói có mật khẩu.")
	}
	if err := insertPacket(a, d.ID, p); err != nil {
		return err
	}
	a.Note(journal.Entry{Kind: PacketMade, Subject: d.Ref()})
	return nil
}

// Packed reports whether any of the recipients gets a packet with a passphrase.
func Packed(to []Delivery) bool {
	for _, x := range to {
		if x.Packed {
			return true
		}
	}
	return false
}
