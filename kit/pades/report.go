// SPDX-License-Identifier: Apache-2.0

// Package pades judges signatures of PDF files, and makes them.
//
// A verdict has six axes that never hide one another, and one summary of three values for
// people. Integrity and coverage follow byte ranges and cross-references; later changes are
// found by comparing every revision with the one before it against a list of what may
// change (compare.go). What the list does not explain is illegal.
//
// May enter: bytes of a PDF file, trust anchors as data, the time, keys behind an interface.
// May not: documents, numbers, rights of the office, the machine's clock. The network is
// reached only through what the caller hands over.
package pades

import (
	"crypto/x509"
	"time"

	"soviec/kit/cms"
	"soviec/kit/pdf"
)

// Integrity tells whether what was signed is as it was signed.
type Integrity string

// The values.
const (
	Intact        Integrity = "intact"
	Broken        Integrity = "broken"
	NotVerifiable Integrity = "not-verifiable"
)

// Coverage tells what the signature's byte range spans.
type Coverage string

// The values. What is below a whole revision is never accepted.
const (
	WholeFile     Coverage = "whole-file"
	WholeRevision Coverage = "whole-revision"
	Partial       Coverage = "partial"
	Unclear       Coverage = "unclear"
)

// Modification tells what happened to the file after the signature.
type Modification string

// The values, from good to bad.
const (
	None    Modification = "none"
	Allowed Modification = "allowed"
	Illegal Modification = "illegal"
)

func worse(a, b Modification) Modification {
	rank := map[Modification]int{None: 0, Allowed: 1, Illegal: 2}
	if rank[b] > rank[a] {
		return b
	}
	return a
}

// Timing tells how the time of signing is known.
type Timing string

// The values.
const (
	Proven   Timing = "proven"
	Claimed  Timing = "claimed"
	NoTiming Timing = "none"
)

// Summary is the verdict for people.
type Summary string

// The summaries. NoSignature is the answer for a file without a signature.
const (
	Valid       Summary = "valid"
	Invalid     Summary = "invalid"
	Undecided   Summary = "undecided"
	NoSignature Summary = "no-signature"
)

// Words are the summary in Vietnamese.
func (s Summary) Words() string {
	switch s {
	case Valid:
		return "Hợp lệ"
	case Invalid:
		return "Không hợp lệ"
	case NoSignature:
		return "Không có chữ ký số"
	}
	return "Chưa đủ căn cứ kết luận"
}

// Options are what a judgement depends on beside the file.
type Options struct {
	Store    *cms.Store          // trust anchors; nil: no chain can be built
	At       time.Time           // the time of the judgement
	Evidence cms.Evidence        // revocation answers from elsewhere (asked online, or kept)
	Certs    []*x509.Certificate // issuers from elsewhere
	Limits   pdf.Limits          // zero: DefaultLimits
	// AllowComments lets text-markup comments be added under DocMDP P=3.
	AllowComments bool
	// AllowVisibleAfterCertify lets new visible signature fields come after a certification.
	AllowVisibleAfterCertify bool
}

// A Report is the judgement of one file.
type Report struct {
	Signatures   int // ordinary signatures that the file shows now, time stamps not counted
	Stamps       int // document time stamps
	Intact       bool
	Modification Modification
	Summary      Summary
	Reasons      []*cms.Problem // of the whole file, before those of each signature
	Verdicts     []*Verdict     // in the order of their revisions
	Revisions    int
	Encrypted    bool
	Gathered     cms.Gathered // what VerifyOnline was told
}

// A Verdict is the judgement of one signature.
type Verdict struct {
	Field     string
	Stamp     bool // a document time stamp
	Removed   bool // an older revision has it, the file as it is now does not
	Revision  int  // the revision it signs, from 0; -1 when that cannot be told
	End       int64
	Integrity Integrity
	Coverage  Coverage
	Changes   Modification
	Trust     cms.Trust
	Timing    Timing
	Level     string // B-B, B-T, B-LT, B-LTA, legacy, not-PAdES
	Summary   Summary
	Reasons   []*cms.Problem

	SubFilter   string
	Certified   int // DocMDP permission (1 to 3) when it certifies the document, else 0
	Signer      *x509.Certificate
	Name        string // as the signature dictionary has them: claims, not facts
	Reason      string
	Location    string
	ClaimedTime time.Time
	ProvenTime  time.Time
	Anchor      string // name and fingerprint of the trust store's entry that was used

	Facts []cms.RevocationFact // what is known of each certificate of the chain

	raw     signature
	limit   limits
	decoded bool // /Contents holds a signed message
	stamped bool // the signature carries a time stamp that fits it
	signed  *cms.Signed
	token   *cms.Token
}

func (v *Verdict) note(p *cms.Problem) { v.Reasons = append(v.Reasons, p) }

func problem(code cms.Code, text string, err error) *cms.Problem {
	return &cms.Problem{Code: code, Text: text, Err: err}
}
