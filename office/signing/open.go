// SPDX-License-Identifier: Apache-2.0

package signing

import (
	"crypto/x509"
	"strings"

	"soviec/kit/cms"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/draft"
	"soviec/office/org"
	"soviec/office/outgoing"
	"soviec/office/signature"
)

type sessionData struct {
	State   State  `json:"state"`
	Batch   int64  `json:"batch"`
	Kind    Kind   `json:"kind"`
	Subject string `json:"about"`
	Version int    `json:"version,omitempty"`
	Before  string `json:"sha,omitempty"`
	After   string `json:"after,omitempty"`
	Key     string `json:"key"`
	Code    Code   `json:"code,omitempty"`
}

func (s Session) note(a *journal.Act, kind string) {
	a.Note(journal.Entry{Kind: kind, Subject: s.Ref(), Data: sessionData{s.State, s.Batch, s.Kind, s.Subject, s.Version, s.Before, s.After, s.Fingerprint, s.Code}})
}

var errOwnHand = fault.Forbidden("Chữ ký số là của chính người ký: không ký khi đang làm thay.")

// mayKind asks whether whoever acts may sign in this way at all; the document says the rest.
func mayKind(a *journal.Act, kind Kind) error {
	if a.By.For != 0 {
		a.Judged()
		return errOwnHand
	}
	switch kind {
	case Approve:
		return org.May(a, org.SignDraft, org.Target{Person: a.By.Person})
	case Initial:
		return org.May(a, org.WriteDraft, org.Target{})
	}
	return org.May(a, org.SealOut, org.Target{})
}

// NewBatch is an asking that is about to begin. Its id is drawn outside, so that every
// document of it can be opened, or fail, in an act of its own.
func NewBatch(id int64, kind Kind, driver, key string, cert *x509.Certificate) Batch {
	b := Batch{ID: id, Kind: kind, Driver: driver, Key: key}
	if cert != nil {
		b.Fingerprint = cms.Fingerprint(cert)
	}
	return b
}

// Begin begins the asking of a key after the certificate was looked at (mở lần ký).
func Begin(a *journal.Act, b Batch, cert *x509.Certificate) (Batch, error) {
	if err := mayKind(a, b.Kind); err != nil {
		return b, err
	}
	dir, err := org.DirectoryIn(a)
	if err != nil {
		return b, err
	}
	keys, err := signature.Keys(a, a.By.Agency)
	if err != nil {
		return b, err
	}
	if cert != nil || b.Driver != HandDriver {
		if err := Usable(keys, dir, cert, b.Kind, a.By.Person, a.At); err != nil {
			return b, err
		}
	} else if len(Mine(keys, dir, b.Kind, a.By.Person, a.At)) == 0 {
		return b, fault.Conflict("key", "Sổ quản lý khóa chưa có chứng thư số nào còn dùng được của anh/chị.")
	}
	b.Person, b.OpenedAt, b.Until = a.By.Person, a.At, a.At.Add(Lasts)
	if err := insertBatch(a, b); err != nil {
		return b, fault.Internal(err)
	}
	a.Note(journal.Entry{Kind: Opened, Subject: b.Ref(), Data: batchData{b.Kind, b.Driver, b.Fingerprint}})
	return b, nil
}

// HandDriver is the signing service of the signer's own PC: the whole file goes there and
// comes back (signatures.md §7.1), so that no key is asked by the program.
const HandDriver = "vgca"

type batchData struct {
	Kind   Kind   `json:"kind"`
	Driver string `json:"driver"`
	Key    string `json:"key,omitempty"`
}

// An Asking is one document to be signed.
type Asking struct {
	Subject string
	SHA     string // the file that the person has seen
	Title   string
	Ordinal int
	Place   Place
}

// Take opens the session of one document: the office's own rules decide whether it may be
// signed now (unchanged since it was approved, capacity, whose turn it is), and hand its file
// out. What waited for the same signature before is over.
func Take(a *journal.Act, b Batch, x Asking) (Session, error) {
	s := Session{Batch: b.ID, Ordinal: x.Ordinal, Person: a.By.Person, Kind: b.Kind, Subject: x.Subject, Title: x.Title, Fingerprint: b.Fingerprint,
		Place: x.Place, State: Open, OpenedAt: a.At, Until: b.Until}
	if err := mayKind(a, b.Kind); err != nil {
		return s, err
	}
	if b.Person != a.By.Person || a.At.After(b.Until) {
		return s, errOver
	}
	if err := s.handOut(a, x.SHA); err != nil {
		return s, err
	}
	was, err := liveOf(a, a.By.Agency, s.Subject, s.Kind)
	if err != nil {
		return s, fault.Internal(err)
	}
	for _, o := range was {
		if err := o.end(a, Expired, Over, CodeReplaced, "Đã mở phiên ký khác cho văn bản này."); err != nil {
			return s, err
		}
	}
	s.ID = a.NewID()
	if err := insertSession(a, s); err != nil {
		return s, fault.Internal(err)
	}
	s.note(a, Opened)
	return s, nil
}

// handOut asks the room of the document for the file to be signed.
func (s *Session) handOut(a *journal.Act, sha string) error {
	kind, id, ok := journal.ParseRef(s.Subject)
	switch {
	case ok && s.Kind == Approve && kind == draft.RefDraft:
		x, err := draft.Prepare(a, id, sha)
		s.Before, s.Version = x.Before, x.Ordinal
		return err
	case ok && s.Kind == Seal && kind == outgoing.RefOutgoing:
		x, err := outgoing.PrepareSeal(a, id)
		s.Before = x.Before
		return err
	case ok && s.Kind == Copy && kind == outgoing.RefCopy:
		f, err := outgoing.PrepareCopySeal(a, id)
		s.Before = f.SHA
		return err
	case ok && s.Kind == Appendix && kind == outgoing.RefEnclosure:
		f, err := outgoing.PrepareAppendixSeal(a, id)
		s.Before = f.SHA
		return err
	}
	return fault.NotFound("Không có văn bản này để ký.")
}

// Fail writes down that a document could not be opened for its signature, for the list of
// results: it stops none of the others.
func Fail(a *journal.Act, b Batch, x Asking, code Code, why string) (Session, error) {
	s := Session{ID: a.NewID(), Batch: b.ID, Ordinal: x.Ordinal, Person: a.By.Person, Kind: b.Kind, Subject: x.Subject, Title: x.Title, Fingerprint: b.Fingerprint,
		Place: x.Place, State: Rejected, Code: code, Why: cut(why), OpenedAt: a.At, Until: b.Until, EndedAt: a.At}
	if err := mayKind(a, b.Kind); err != nil {
		return s, err
	}
	if err := insertSession(a, s); err != nil {
		return s, fault.Internal(err)
	}
	s.note(a, Failed)
	return s, nil
}

const mostWhy = 500

func cut(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > mostWhy {
		return string(r[:mostWhy-1]) + "…"
	}
	return s
}

var errOver = fault.Conflict("", "Phiên ký đã hết hạn hoặc không còn hiệu lực. Hãy mở lại trang và ký lại.")
