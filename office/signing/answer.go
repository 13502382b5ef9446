// SPDX-License-Identifier: Apache-2.0

package signing

import (
	"soviec/kit/blob"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/draft"
	"soviec/office/notice"
	"soviec/office/org"
	"soviec/office/outgoing"
)

// A Prepared is what waits for the key's value on one document.
type Prepared struct {
	Session int64
	State   []byte // the revision to append (pades.State as JSON)
	Digest  []byte // what the key is asked to sign
}

// underWay finds a batch of whoever acts whose time is not over.
func underWay(a *journal.Act, id int64) (Batch, error) {
	b, err := batchByID(a, a.By.Agency, id)
	if err != nil {
		return b, err
	}
	if err := mayKind(a, b.Kind); err != nil {
		return b, err
	}
	if b.Person != a.By.Person || a.At.After(b.Until) {
		return b, errOver
	}
	return b, nil
}

// Ask writes down that the key was asked, before its answer is waited for: whoever takes it
// up after the program was killed finds everything here.
func Ask(a *journal.Act, batch int64, ticket []byte, all []Prepared) error {
	b, err := underWay(a, batch)
	if err != nil {
		return err
	}
	for _, x := range all {
		s, ok := b.session(x.Session)
		if !ok || s.State != Open {
			return errOver
		}
		if err := setPrepared(a, x); err != nil {
			return fault.Internal(err)
		}
	}
	if err := setTicket(a, b.ID, ticket); err != nil {
		return fault.Internal(err)
	}
	a.Note(journal.Entry{Kind: Asked, Subject: b.Ref(), Amount: int64(len(all)), Data: batchData{b.Kind, b.Driver, b.Fingerprint}})
	return nil
}

// Answer keeps what the key gave for each session, by its id. A value is no secret: it is
// what will stand in the file.
func Answer(a *journal.Act, batch int64, values map[int64][]byte) error {
	b, err := underWay(a, batch)
	if err != nil {
		return err
	}
	n := 0
	for _, s := range b.Sessions {
		v := values[s.ID]
		if s.State != Waiting || len(v) == 0 {
			continue
		}
		if err := setValue(a, s.ID, v); err != nil {
			return fault.Internal(err)
		}
		n++
	}
	if n == 0 {
		return errOver
	}
	a.Note(journal.Entry{Kind: Answered, Subject: b.Ref(), Amount: int64(n), Data: batchData{b.Kind, b.Driver, b.Fingerprint}})
	return nil
}

func (b Batch) session(id int64) (Session, bool) {
	for _, s := range b.Sessions {
		if s.ID == id {
			return s, true
		}
	}
	return Session{}, false
}

// A Result is a signed file as it was judged against the one that was handed out.
type Result struct {
	After string
	Size  int64
	Draft draft.Evidence    // of a person's signature
	Seal  outgoing.Evidence // of the agency's
}

// Finish completes the session and the document's own step in one act: either both stand,
// or neither (ký xong).
func Finish(a *journal.Act, id int64, r Result) (Session, error) {
	s, err := sessionByID(a, a.By.Agency, id)
	if err != nil {
		return s, err
	}
	if err := mayKind(a, s.Kind); err != nil {
		return s, err
	}
	if !s.State.Live() || s.Person != a.By.Person || a.At.After(s.Until) {
		return s, errOver
	}
	kind, about, _ := journal.ParseRef(s.Subject)
	file := outgoing.File{Size: r.Size, SHA: r.After}
	switch {
	case s.Kind == Approve && kind == draft.RefDraft:
		was, oerr := draft.OpenSigning(a, a.By.Agency, about)
		if oerr != nil {
			return s, oerr
		}
		if was.Before != s.Before {
			return s, fault.Conflict("", "Tệp đã thay đổi sau khi mở để ký. Hãy xem lại bản mới rồi ký lại.")
		}
		err = draft.Complete(a, about, blob.Key(r.After), r.Draft)
	case s.Kind == Seal:
		var x outgoing.Sealing
		if x, err = outgoing.OpenSealing(a, about); err == nil {
			if x.Before != s.Before {
				return s, errOver
			}
			var now outgoing.File
			if now, err = outgoing.Main(a, about); err == nil {
				file.Pages = now.Pages // a signature adds none
				_, err = outgoing.CompleteSeal(a, x.ID, file, r.Seal)
			}
		}
	case s.Kind == Copy:
		var files []outgoing.File
		if files, err = outgoing.CopyFiles(a, about); err == nil {
			if len(files) > 0 {
				file.Name, file.Pages = files[0].Name, files[0].Pages
			}
			err = outgoing.CompleteCopySeal(a, about, file, r.Seal)
		}
	case s.Kind == Appendix:
		err = outgoing.CompleteAppendixSeal(a, about, s.Before, file, r.Seal)
	default:
		err = errOver
	}
	if err != nil {
		return s, err
	}
	s.After = r.After
	return s, s.end(a, Finished, Done, "", "")
}

// Refuse ends a session of whoever acts to which nothing came, with the reason.
func Refuse(a *journal.Act, id int64, code Code, why string) error {
	s, err := sessionByID(a, a.By.Agency, id)
	if err != nil {
		return err
	}
	if err := mayKind(a, s.Kind); err != nil {
		return err
	}
	if !s.State.Live() || s.Person != a.By.Person {
		return errOver
	}
	if err := s.end(a, Refused, Rejected, code, why); err != nil {
		return err
	}
	return s.putBack(a)
}

// Cancel gives up what still waits of a batch (thôi ký).
func Cancel(a *journal.Act, batch int64) error {
	b, err := batchByID(a, a.By.Agency, batch)
	if err != nil {
		return err
	}
	if err := mayKind(a, b.Kind); err != nil {
		return err
	}
	live := b.Live()
	if b.Person != a.By.Person || len(live) == 0 {
		return errOver
	}
	for _, s := range live {
		if err := s.end(a, Refused, Rejected, CodeCancelled, "Anh/chị đã thôi ký."); err != nil {
			return err
		}
		if err := s.putBack(a); err != nil {
			return err
		}
	}
	return nil
}

// Sweep ends what has waited too long and tells whoever waited for it.
func Sweep(a *journal.Act) error {
	if err := org.May(a, org.RunSystem, org.Target{}); err != nil {
		return err
	}
	old, err := overdue(a, a.By.Agency, a.At)
	if err != nil {
		return fault.Internal(err)
	}
	for _, s := range old {
		if err := s.end(a, Expired, Over, CodeTime, "Quá 15 phút chưa có kết quả từ nơi giữ khóa."); err != nil {
			return err
		}
		if err := s.putBack(a); err != nil {
			return err
		}
		if _, err := notice.Tell(a, notice.Item{Person: s.Person, Matter: s.Subject, Kind: Expired, Text: "Phiên ký “" + short(s.Title) + "” đã hết hạn, văn bản chưa được ký. Hãy ký lại.", Link: "/ky-so"}); err != nil {
			return err
		}
	}
	return nil
}

func short(s string) string {
	if r := []rune(s); len(r) > 160 {
		return string(r[:159]) + "…"
	}
	return s
}

// end is the end of a session; nothing that could still become a signature is kept.
func (s Session) end(a *journal.Act, entry string, state State, code Code, why string) error {
	s.State, s.Code, s.Why, s.EndedAt = state, code, cut(why), a.At
	if err := setEnd(a, s); err != nil {
		return fault.Internal(err)
	}
	if err := dropPasses(a, s.ID, a.At); err != nil {
		return fault.Internal(err)
	}
	s.note(a, entry)
	return nil
}

// putBack lets the document wait for its signature as before.
func (s Session) putBack(a *journal.Act) error {
	if kind, id, _ := journal.ParseRef(s.Subject); s.Kind == Approve && kind == draft.RefDraft {
		return draft.PutBack(a, id)
	}
	return nil
}
