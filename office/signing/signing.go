// SPDX-License-Identifier: Apache-2.0

// Package signing is the desk on which documents are signed digitally: what waits for which key, and how it ended.
//
// May enter: sessions, whose certificate may sign what and when, one-time addresses, pictures of signatures, where they stand.
// May not: talking to keys, reading or writing PDF files (whoever wires the program does), passphrases, HTTP.
package signing

import (
	"time"

	"soviec/kit/journal"
)

// A Kind is why something is signed (documents.md §4.8, Purpose).
type Kind string

// The kinds.
const (
	Initial  Kind = "initial"  // ký nháy
	Approve  Kind = "approve"  // người có thẩm quyền ký
	Seal     Kind = "seal"     // cơ quan ký khi cấp số
	Copy     Kind = "copy"     // ký bản sao điện tử
	Appendix Kind = "appendix" // ký phụ lục là tệp riêng
	Arrival  Kind = "arrival"  // ký văn bản đến
)

// Agency reports whether the agency signs, not a person.
func (k Kind) Agency() bool { return k == Seal || k == Copy || k == Appendix || k == Arrival }

// A State is how far a session is.
type State string

// The states.
const (
	Open     State = "open"     // the file is being made ready
	Waiting  State = "waiting"  // the key was asked
	Ready    State = "answered" // the key has answered; the file is not made yet
	Done     State = "done"
	Rejected State = "refused"
	Over     State = "expired"
)

// Live reports whether something may still come of it.
func (s State) Live() bool { return s == Open || s == Waiting || s == Ready }

var stateWords = map[State]string{Open: "Đang chuẩn bị tệp", Waiting: "Chờ nơi giữ khóa", Ready: "Đang hoàn thiện tệp đã ký", Done: "Đã ký", Rejected: "Không ký được", Over: "Hết hạn"}

// Words are the state as people read it.
func (s State) Words() string { return stateWords[s] }

// Lasts is how long a session may wait for its key (signatures.md §5).
const Lasts = 15 * time.Minute

// Most is how many documents one asking of a key covers.
const Most = 100

// The kinds of subjects of this room.
const (
	RefSession = "signing"
	RefBatch   = "signing-batch"
	RefProfile = "signing-profile"
)

// A Batch is one asking of one key: the documents that a person signs together.
type Batch struct {
	ID          int64
	Person      int64
	Kind        Kind
	Driver      string // how the key is reached
	Key         string // which of the driver's keys
	Fingerprint string // of its certificate
	Ticket      []byte // how the driver finds the asking again; empty before, and when it answered at once
	OpenedAt    time.Time
	Until       time.Time
	Sessions    []Session
}

// Ref names the batch in the book.
func (b Batch) Ref() string { return journal.Ref(RefBatch, b.ID) }

// Live are the sessions of which something may still come.
func (b Batch) Live() []Session {
	var out []Session
	for _, s := range b.Sessions {
		if s.State.Live() {
			out = append(out, s)
		}
	}
	return out
}

// A Session is one signature under way, bound to person, version of the document, file and key.
type Session struct {
	ID          int64
	Batch       int64
	Ordinal     int
	Person      int64
	Kind        Kind
	Subject     string // "draft/12", "outgoing/7", "copy/3"
	Title       string // of the document, for the list of results
	Version     int    // of the document
	Before      string // the file that was handed out
	Fingerprint string // of the certificate
	Place       Place
	State       State
	Code        Code   // why nothing came of it
	Why         string // in words
	Prepared    []byte // the revision that waits for the value (pades.State as JSON)
	Digest      []byte // what the key was asked to sign
	Value       []byte // what it answered
	After       string // the signed file
	OpenedAt    time.Time
	Until       time.Time
	EndedAt     time.Time
}

// Ref names the session in the book.
func (s Session) Ref() string { return journal.Ref(RefSession, s.ID) }

// A Place is where a signature is seen on its page, in millimetres from the upper left
// corner; Page 0: nowhere, -1: on the last.
type Place struct {
	Page int     `json:"page"`
	X    float64 `json:"x"`
	Y    float64 `json:"y"`
	W    float64 `json:"w"`
	H    float64 `json:"h"`
}

// A Code says in one word why a session came to nothing.
type Code string

// The codes.
const (
	CodeKey       Code = "key"       // the certificate may not sign this
	CodeDocument  Code = "document"  // the document may not be signed now: changed, capacity, turn
	CodePlace     Code = "place"     // the picture has no place there
	CodeSecret    Code = "secret"    // wrong passphrase or PIN
	CodeHolder    Code = "holder"    // the person said no on the phone
	CodeDriver    Code = "driver"    // the key could not be reached
	CodeResult    Code = "result"    // what came back is not what was to be signed
	CodeReplaced  Code = "replaced"  // opened again
	CodeCancelled Code = "cancelled" // given up by the person
	CodeTime      Code = "time"      // nobody answered
)
