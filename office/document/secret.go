// SPDX-License-Identifier: Apache-2.0

package document

import (
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/org"
)

// ErrSecret refuses a document that says of itself that it is secret (Secrecy other than 0).
var ErrSecret = fault.Invalid("secrecy", "Hệ thống này không nhận văn bản mật. Văn bản mật đăng ký ở sổ riêng theo quy định về bảo vệ bí mật nhà nước.")

// NoteSecret writes into the book that somebody tried to enter a secret document and was
// refused: who and when, and nothing of what it is.
func NoteSecret(a *journal.Act) error {
	if err := org.May(a, org.RegisterIncoming, org.Target{}); err != nil {
		return err
	}
	a.Note(journal.Entry{Kind: SecretRefused, Subject: journal.Ref("agency", a.By.Agency), Amount: 1})
	return nil
}
