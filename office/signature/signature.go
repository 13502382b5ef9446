// SPDX-License-Identifier: Apache-2.0

// Package signature is what the office knows of digital signatures: verdicts on files with
// their evidence, the certificates it trusts, the keys it has.
//
// May enter: judging a file, keeping the verdict, what is trusted, who has which key, whether a signed file is what was to be signed.
// May not: documents and drafts (they come through seams, as bytes and subjects), secret keys at rest, HTTP.
package signature

import (
	"time"

	"soviec/kit/journal"
	"soviec/kit/pades"
)

// The kinds of subjects of this room.
const (
	RefVerdict = "signature"
	RefAnchor  = "trust"
	RefKey     = "signing-key"
)

// An Outcome is a verdict in one word (documents.md §4.2, SignatureCheck).
type Outcome string

// The outcomes.
const (
	NotSigned Outcome = "not_signed"
	Valid     Outcome = "valid"
	Invalid   Outcome = "invalid"
	Altered   Outcome = "altered"
	UnknownCA Outcome = "unknown_ca"
	Expired   Outcome = "expired_at_signing"
	Undecided Outcome = "undecided"
)

var outcomeWords = map[Outcome]string{
	NotSigned: "Không ký số", Valid: "Chữ ký hợp lệ", Invalid: "Chữ ký không hợp lệ", Altered: "Bị sửa sau khi ký",
	UnknownCA: "Chưa rõ nơi cấp chứng thư", Expired: "Chứng thư hết hạn khi ký", Undecided: "Chưa đủ căn cứ kết luận",
}

// Words are the outcome as people read it.
func (o Outcome) Words() string { return outcomeWords[o] }

// Bad reports whether nobody may overlook the outcome.
func (o Outcome) Bad() bool { return o == Invalid || o == Altered }

// A Verdict is one judgement of one file at one time.
type Verdict struct {
	ID       int64
	SHA      string
	At       time.Time
	AskedBy  int64 // 0: the program, when the file came
	Outcome  Outcome
	Record   Record
	Signed   int // ordinary signatures
	Intact   bool
	Modified pades.Modification
	Online   bool
}

// Ref names the verdict in the book.
func (v Verdict) Ref() string { return journal.Ref(RefVerdict, v.ID) }

// me is in whose name an act is done, proxy who does it in his place.
func me(a *journal.Act) (person, proxy int64) {
	if a.By.For != 0 {
		return a.By.For, a.By.Person
	}
	return a.By.Person, 0
}
