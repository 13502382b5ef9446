// SPDX-License-Identifier: Apache-2.0

package outgoing

import (
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/org"
)

// An Evidence is what was found in a file that came back from the key of the agency.
type Evidence struct {
	Kept     bool   // the file before stands in it unchanged, and only what may follow a signature followed
	Personal bool   // it bears the valid signature of a person, made before
	Agency   bool   // it bears one new valid signature, that of the agency
	Shown    Shown  // what the file says about its number and day
	Key      string // fingerprint of the certificate that sealed
	Verdict  string // in words, for the page
}

// errUnsigned: the clerk seals only what the authorised person has signed (Điều 32.2d).
var errUnsigned = fault.Conflict("", "Chỉ ký số, đóng dấu văn bản đã có chữ ký của người có thẩm quyền.")

// maySeal asks whether the document can be sealed now, by whoever acts.
func maySeal(a *journal.Act, id int64) (Document, error) {
	d, err := get(a, a.By.Agency, id)
	if err != nil {
		return d, err
	}
	if err := org.May(a, org.SealOut, org.Target{Person: d.Signer}); err != nil {
		return d, err
	}
	switch {
	case d.State != StateNumbered:
		return d, wrongState(d, "ký số, đóng dấu")
	case d.SignedAt.IsZero():
		return d, errUnsigned
	case d.Signed == Paper && d.TextNumber == TextWaiting:
		return d, fault.Conflict("", "Chưa ghi số, ngày vào tệp văn bản.")
	}
	return d, nil
}

// A Sealing is a file on its way to the agency's key.
type Sealing struct {
	ID       int64
	Document int64
	Before   string // what was handed out
	State    string
	MadeBy   int64
}

// PrepareSeal hands the signed file out to be sealed with the agency's key, which is only
// in the clerk's hands (Điều 32). The clerk's revision fills in number and date with it.
func PrepareSeal(a *journal.Act, id int64) (Sealing, error) {
	d, err := maySeal(a, id)
	if err != nil {
		return Sealing{}, err
	}
	if d.Signed != Digital {
		return Sealing{}, errUnsigned
	}
	f, err := Main(a, d.ID)
	if err != nil {
		return Sealing{}, err
	}
	if err := voidSealings(a, d.ID); err != nil {
		return Sealing{}, err
	}
	s := Sealing{ID: a.NewID(), Document: d.ID, Before: f.SHA, State: "open", MadeBy: a.By.Person}
	if err := insertSealing(a, s); err != nil {
		return s, err
	}
	a.Note(journal.Entry{Kind: SealPrepared, Subject: d.Ref(), Data: map[string]string{"sha": f.SHA}})
	return s, nil
}

// CompleteSeal takes the sealed file in, as it was judged: the person's signature first and
// untouched, the agency's second, nothing else changed.
func CompleteSeal(a *journal.Act, sealing int64, f File, ev Evidence) (Document, error) {
	s, err := sealingByID(a, a.By.Agency, sealing)
	if err != nil {
		return Document{}, err
	}
	d, err := maySeal(a, s.Document)
	if err != nil {
		return d, err
	}
	now, err := Main(a, d.ID)
	switch {
	case err != nil:
		return d, err
	case s.State != "open" || now.SHA != s.Before:
		return d, fault.Conflict("", "Lần ký số này không còn hiệu lực; hãy lấy tệp và ký lại.")
	case !ev.Kept:
		return d, fault.Invalid("files", "Tệp đã ký không phải tệp đã giao để ký, hoặc có thay đổi sau chữ ký. "+ev.Verdict)
	case !ev.Personal:
		return d, errUnsigned
	case !ev.Agency:
		return d, fault.Invalid("files", "Tệp chưa có chữ ký số hợp lệ của cơ quan. "+ev.Verdict)
	}
	if err := d.shows(ev.Shown); err != nil {
		return d, err
	}
	f.Kind, f.Stage, f.Ordinal, f.MIME = "main", "sealed", now.Ordinal+1, "application/pdf"
	if f.Name == "" {
		f.Name = d.Slug + ".pdf"
	}
	if err := insertFile(a, d.ID, f); err != nil {
		return d, err
	}
	if err := doneSealing(a, s.ID, f.SHA, ev.Verdict); err != nil {
		return d, err
	}
	if err := insertSealed(a, d.Ref(), s.Before, f.SHA, ev); err != nil {
		return d, err
	}
	return seal(a, d, Digital, f.SHA, ev.Key)
}

// SealOnPaper notes that the paper was stamped (đóng dấu; Điều 33): the clerk does it with
// his own hand, on what has its signature, number and date.
func SealOnPaper(a *journal.Act, id int64) (Document, error) {
	d, err := maySeal(a, id)
	if err != nil {
		return d, err
	}
	return seal(a, d, Paper, "", "")
}

func seal(a *journal.Act, d Document, how, sha, key string) (Document, error) {
	text := d.TextNumber
	if how == Digital {
		text = TextSet // compared before
	}
	if err := change(a, d, "state = 'sealed', sealed = $1, sealed_by = $2, sealed_at = $3, text_number = $4", how, a.By.Person, store.Instant(a.At), text); err != nil {
		return d, err
	}
	a.Note(journal.Entry{Kind: Sealed, Subject: d.Ref(), Data: stateData{State: StateSealed, How: how, SHA: sha, Key: key}})
	return get(a, a.By.Agency, d.ID)
}

// stateData is what the book keeps of a step: where the document stands after it.
type stateData struct {
	State State  `json:"state"`
	How   string `json:"how,omitempty"`
	SHA   string `json:"sha,omitempty"`
	Key   string `json:"key,omitempty"`
	Other string `json:"other,omitempty"`
}
