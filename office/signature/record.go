// SPDX-License-Identifier: Apache-2.0

package signature

import (
	"context"
	"io"
	"time"

	"soviec/kit/cms"
	"soviec/kit/pades"
)

// A Record is a verdict with everything that it rests on, as it is kept.
type Record struct {
	Summary      pades.Summary      `json:"summary"`
	Signatures   int                `json:"signatures"`
	Stamps       int                `json:"stamps,omitempty"`
	Intact       bool               `json:"intact"`
	Modification pades.Modification `json:"modification"`
	Revisions    int                `json:"revisions"`
	Encrypted    bool               `json:"encrypted,omitempty"`
	Online       bool               `json:"online,omitempty"`
	Size         int64              `json:"size"`
	Reasons      []Reason           `json:"reasons,omitempty"`
	Signers      []Signer           `json:"signers,omitempty"`
}

// A Reason is a fixed code and one sentence that a clerk understands.
type Reason struct {
	Code cms.Code `json:"code"`
	Text string   `json:"text"`
}

// A Signer is what is known of one signature: six axes, the certificate, the times, what
// its trust rests on. Claimed and what follows are words of whoever signed.
type Signer struct {
	Field     string             `json:"field"`
	Stamp     bool               `json:"stamp,omitempty"`
	Removed   bool               `json:"removed,omitempty"`
	Revision  int                `json:"revision"`
	End       int64              `json:"end,omitempty"` // of the version that it covers
	Integrity pades.Integrity    `json:"integrity"`
	Coverage  pades.Coverage     `json:"coverage"`
	Changes   pades.Modification `json:"changes"`
	Trust     cms.Trust          `json:"trust"`
	Timing    pades.Timing       `json:"timing"`
	Level     string             `json:"level"`
	Summary   pades.Summary      `json:"summary"`
	Certified int                `json:"certified,omitempty"`
	Reasons   []Reason           `json:"reasons,omitempty"`

	Subject      string    `json:"subject,omitempty"`
	Organization string    `json:"organization,omitempty"`
	Issuer       string    `json:"issuer,omitempty"`
	Serial       string    `json:"serial,omitempty"`
	Fingerprint  string    `json:"fingerprint,omitempty"`
	From         time.Time `json:"from,omitzero"`
	Until        time.Time `json:"until,omitzero"`

	Proven   time.Time `json:"proven,omitzero"`
	Claimed  time.Time `json:"claimed,omitzero"`
	Name     string    `json:"name,omitempty"`
	Reason   string    `json:"reason,omitempty"`
	Location string    `json:"location,omitempty"`

	Anchor     string       `json:"anchor,omitempty"`
	Revocation []Revocation `json:"revocation,omitempty"`
}

// Revocation is the piece of evidence that decided about one certificate of the chain.
type Revocation struct {
	Subject string     `json:"subject"`
	Status  cms.Status `json:"status"`
	Source  string     `json:"source,omitempty"`
	Issued  time.Time  `json:"issued,omitzero"`
	Next    time.Time  `json:"next,omitzero"`
	Revoked time.Time  `json:"revoked,omitzero"`
}

// Look judges a file by what is trusted at an instant. With a fetcher, what is missing is
// asked of the hosts that it may reach.
func Look(ctx context.Context, src io.ReaderAt, size int64, store *cms.Store, at time.Time, f *cms.Fetcher) Record {
	opt := pades.Options{Store: store, At: at}
	var r *pades.Report
	if f != nil && len(f.Allow) > 0 {
		r = pades.VerifyOnline(ctx, src, size, opt, f)
	} else {
		r, f = pades.Verify(ctx, src, size, opt), nil
	}
	out := Record{Summary: r.Summary, Signatures: r.Signatures, Stamps: r.Stamps, Intact: r.Intact, Modification: r.Modification,
		Revisions: r.Revisions, Encrypted: r.Encrypted, Online: f != nil, Size: size, Reasons: reasons(r.Reasons)}
	for _, v := range r.Verdicts {
		out.Signers = append(out.Signers, signer(v))
	}
	return out
}

func reasons(all []*cms.Problem) []Reason {
	var out []Reason
	for _, p := range all {
		out = append(out, Reason{p.Code, p.Text})
	}
	return out
}

func signer(v *pades.Verdict) Signer {
	s := Signer{Field: v.Field, Stamp: v.Stamp, Removed: v.Removed, Revision: v.Revision, End: v.End, Integrity: v.Integrity, Coverage: v.Coverage,
		Changes: v.Changes, Trust: v.Trust, Timing: v.Timing, Level: v.Level, Summary: v.Summary, Certified: v.Certified, Reasons: reasons(v.Reasons),
		Proven: v.ProvenTime, Claimed: v.ClaimedTime, Name: v.Name, Reason: v.Reason, Location: v.Location, Anchor: v.Anchor}
	if c := v.Signer; c != nil {
		s.Subject, s.Issuer, s.Fingerprint, s.From, s.Until = c.Subject.CommonName, c.Issuer.CommonName, cms.Fingerprint(c), c.NotBefore, c.NotAfter
		if s.Subject == "" {
			s.Subject = c.Subject.String()
		}
		if len(c.Subject.Organization) > 0 {
			s.Organization = c.Subject.Organization[0]
		}
		if c.SerialNumber != nil {
			s.Serial = c.SerialNumber.Text(16)
		}
	}
	for _, f := range v.Facts {
		s.Revocation = append(s.Revocation, Revocation{f.Cert.Subject.CommonName, f.Status, f.Source, f.ThisUpdate, f.NextUpdate, f.RevokedAt})
	}
	return s
}

// Outcome is the record in one word: that of its worst signature.
func (r Record) Outcome() Outcome {
	switch r.Summary {
	case pades.NoSignature:
		return NotSigned
	case pades.Valid:
		return Valid
	case pades.Invalid:
		if r.Intact && r.Modification == pades.Illegal {
			return Altered
		}
		if r.Signatures == 0 && len(r.Signers) == 0 {
			return Undecided // no signature was found in a file that cannot be read
		}
		return Invalid
	}
	for _, s := range r.Signers {
		switch {
		case s.Stamp:
		case s.Trust == cms.Expired:
			return Expired
		case s.Integrity == pades.Intact && s.has(cms.CodeChainNotFound):
			return UnknownCA
		}
	}
	return Undecided
}

func (s Signer) has(code cms.Code) bool {
	for _, r := range s.Reasons {
		if r.Code == code {
			return true
		}
	}
	return false
}

// Signed is the instant of a signature as far as it is known.
func (s Signer) Signed() time.Time {
	if !s.Proven.IsZero() {
		return s.Proven
	}
	return s.Claimed
}
