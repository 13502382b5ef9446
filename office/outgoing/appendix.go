// SPDX-License-Identifier: Apache-2.0

package outgoing

import (
	"strconv"

	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/org"
)

// RefEnclosure is the kind of subject of an enclosed file that the agency signs by itself:
// an appendix or an enclosed text in a file of its own (Nghị định 30/2020/NĐ-CP, Phụ lục I,
// phần I, mục III.1d).
const RefEnclosure = "enclosure"

// sealedAbove parts the ordinals of signed enclosures from those of the files as they came.
const sealedAbove = 1000

// current leaves out of the enclosed files those that stand signed beside it.
func current(all []File) []File {
	signed := map[int]bool{}
	for _, f := range all {
		if f.Kind == "enclosed" && f.Ordinal > sealedAbove {
			signed[f.Ordinal-sealedAbove] = true
		}
	}
	if len(signed) == 0 {
		return all
	}
	var out []File
	for _, f := range all {
		if f.Kind != "enclosed" || !signed[f.Ordinal] {
			out = append(out, f)
		}
	}
	return out
}

// Unsigned are the enclosed PDF files of a document that lack the agency's signature.
func Unsigned(files []File) []File {
	var out []File
	for _, f := range current(files) {
		if f.Kind == "enclosed" && f.Stage != "sealed" && f.MIME == "application/pdf" {
			out = append(out, f)
		}
	}
	return out
}

// OfEnclosure is the document that an enclosed file goes out with.
func OfEnclosure(r store.Reader, agency, file int64) (Document, error) {
	_, doc, err := fileByID(r, agency, file)
	if err == store.ErrNone {
		return Document{}, errNoDocument
	}
	if err != nil {
		return Document{}, err
	}
	return get(r, agency, doc)
}

func maySealEnclosure(a *journal.Act, id int64) (File, Document, error) {
	f, doc, err := fileByID(a, a.By.Agency, id)
	if err == store.ErrNone {
		return f, Document{}, errNoDocument
	}
	if err != nil {
		return f, Document{}, err
	}
	d, err := get(a, a.By.Agency, doc)
	if err != nil {
		return f, d, err
	}
	if err := org.May(a, org.SealOut, org.Target{Person: d.Signer}); err != nil {
		return f, d, err
	}
	files, err := filesOf(a, d.ID)
	if err != nil {
		return f, d, err
	}
	open := false
	for _, x := range Unsigned(files) {
		open = open || x.ID == f.ID
	}
	switch {
	case d.State != StateNumbered && d.State != StateSealed:
		return f, d, wrongState(d, "ký số phụ lục")
	case d.Signed != Digital || d.SignedAt.IsZero():
		return f, d, errUnsigned
	case !open:
		return f, d, fault.Conflict("", "Tệp “"+f.Name+"” đã có chữ ký số của cơ quan hoặc không phải phụ lục dạng PDF.")
	}
	return f, d, nil
}

// PrepareAppendixSeal hands an enclosed file to the agency's key.
func PrepareAppendixSeal(a *journal.Act, file int64) (File, error) {
	f, d, err := maySealEnclosure(a, file)
	if err != nil {
		return f, err
	}
	a.Note(journal.Entry{Kind: SealPrepared, Subject: d.Ref(), Data: map[string]string{"sha": f.SHA}})
	return f, nil
}

// CompleteAppendixSeal puts the signed file in the place of the enclosed one, which stays.
func CompleteAppendixSeal(a *journal.Act, file int64, before string, after File, ev Evidence) error {
	f, d, err := maySealEnclosure(a, file)
	if err != nil {
		return err
	}
	switch {
	case before != f.SHA:
		return fault.Conflict("", "Lần ký số này không còn hiệu lực; hãy ký lại.")
	case !ev.Kept:
		return fault.Invalid("files", "Tệp đã ký không phải tệp đã giao để ký, hoặc có thay đổi sau chữ ký. "+ev.Verdict)
	case !ev.Agency:
		return fault.Invalid("files", "Tệp chưa có chữ ký số hợp lệ của cơ quan. "+ev.Verdict)
	}
	after.Kind, after.Stage, after.Ordinal, after.MIME, after.Name = "enclosed", "sealed", f.Ordinal+sealedAbove, f.MIME, f.Name
	if after.Pages == 0 {
		after.Pages = f.Pages
	}
	if err := insertFile(a, d.ID, after); err != nil {
		return err
	}
	if err := insertSealed(a, journal.Ref(RefEnclosure, f.ID), f.SHA, after.SHA, ev); err != nil {
		return err
	}
	a.Note(journal.Entry{Kind: AppendixSealed, Subject: d.Ref(), Amount: int64(f.Ordinal), Data: map[string]string{"sha": after.SHA, "key": ev.Key}})
	return nil
}

// errAppendices refuses to issue while a file of its own lacks the agency's signature.
func errAppendices(open []File) error {
	text := "Phụ lục “" + open[0].Name + "” là tệp riêng"
	if len(open) > 1 {
		text = strconv.Itoa(len(open)) + " phụ lục, văn bản kèm theo là tệp riêng"
	}
	return fault.Conflict("", text+", chưa có chữ ký số của cơ quan (Nghị định 30/2020/NĐ-CP, Phụ lục I). Hãy ký trước khi phát hành.")
}
