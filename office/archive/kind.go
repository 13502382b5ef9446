// SPDX-License-Identifier: Apache-2.0

package archive

import (
	"slices"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/org"
)

// A Matter is what a dossier has to know of something that lies in it.
type Matter struct {
	ID          int64
	Link        string // its page
	Type        string // tên loại: "Công văn"
	Number      string // as printed: "15/QĐ-BDT"
	No          string // "15"
	Notation    string // "QĐ-BDT"
	On          civil.Date
	Subject     string
	Author      string // tác giả
	Signer      string
	SignerTitle string
	Pages       int
	Note        string
	Urgency     int
	Due         civil.Date
	Places      string // nơi nhận, đơn vị hoặc người nhận
	Copies      int
	Arrival     int64 // số đến; 0 for what did not arrive
	ArrivalOn   civil.Date
	Draft       bool   // not issued
	Unfinished  string // why the matter cannot be closed: "việc chưa xong"
	Unanswered  string // an answer that is not known: "chưa có văn bản trả lời"
	Unsigned    bool   // should bear a signature and does not
	Shut        bool   // nobody may open its files
}

// Title is the type and subject as an index has them.
func (m Matter) Title() string {
	if m.Type == "" {
		return m.Subject
	}
	return m.Type + ": " + m.Subject
}

// A File is bytes that belong to a matter; they lie in the blob store under SHA.
type File struct {
	ID   int64
	Name string
	MIME string
	Size int64
	SHA  string
}

// A Kind is how this room asks about references of one kind. Whoever wires the program
// adds the kinds that stand beside this room.
type Kind struct {
	Word string // "Văn bản đến"
	// Of reads matters by their identifiers, in few queries; those not found are left out.
	Of func(r store.Reader, agency int64, ids []int64) (map[int64]Matter, error)
	// Files are those of matters that still have their bytes, the main one first.
	Files func(r store.Reader, agency int64, ids []int64) (map[int64][]File, error)
	// MayRead reports whether somebody may read it by its own rights.
	MayRead func(r store.Reader, x org.Rights, agency, id int64) (bool, error)
	// Related are references of the same matter: the work on a document, the answer.
	Related func(r store.Reader, agency, id int64) ([]string, error)
	// Filed tells the room that the thing lies in a dossier now; may be nil.
	Filed func(a *journal.Act, id int64, notation string) error
	// Destroy takes the files away for good and returns their keys; nil has none of its own.
	Destroy func(a *journal.Act, id int64) (keys []string, err error)
}

var kinds = map[string]Kind{}

// On ties a kind of reference to the room that keeps it. It is called before the program serves.
func On(kind string, k Kind) { kinds[kind] = k }

// KindWord is what things of a reference's kind are called.
func KindWord(ref string) string {
	kind, _, _ := journal.ParseRef(ref)
	return kinds[kind].Word
}

var errNoMatter = fault.NotFound("Không tìm thấy văn bản hoặc công việc này, hoặc anh/chị không được xem.")

// byKind sorts references into identifiers by kind; what nobody knows is left out.
func byKind(refs []string) map[string][]int64 {
	out := map[string][]int64{}
	for _, ref := range refs {
		if kind, id, ok := journal.ParseRef(ref); ok && kinds[kind].Of != nil {
			out[kind] = append(out[kind], id)
		}
	}
	return out
}

// mattersOf reads what references are about.
func mattersOf(r store.Reader, agency int64, refs []string) (map[string]Matter, error) {
	out := map[string]Matter{}
	for kind, ids := range byKind(refs) {
		found, err := kinds[kind].Of(r, agency, ids)
		if err != nil {
			return nil, fault.Internal(err)
		}
		for id, m := range found {
			m.ID = id
			out[journal.Ref(kind, id)] = m
		}
	}
	return out, nil
}

// filesOf reads the files of references.
func filesOf(r store.Reader, agency int64, refs []string) (map[string][]File, error) {
	out := map[string][]File{}
	for kind, ids := range byKind(refs) {
		if kinds[kind].Files == nil {
			continue
		}
		found, err := kinds[kind].Files(r, agency, ids)
		if err != nil {
			return nil, fault.Internal(err)
		}
		for id, files := range found {
			out[journal.Ref(kind, id)] = files
		}
	}
	return out, nil
}

// related are all references that belong to the same matter, the first one included: a
// few steps, and never more than a dossier holds.
func related(r store.Reader, agency int64, ref string) ([]string, error) {
	all := []string{ref}
	for i := 0; i < len(all) && len(all) < mostDocs; i++ {
		kind, id, ok := journal.ParseRef(all[i])
		if !ok || kinds[kind].Related == nil {
			continue
		}
		more, err := kinds[kind].Related(r, agency, id)
		if err != nil {
			return nil, fault.Internal(err)
		}
		for _, m := range more {
			if !slices.Contains(all, m) {
				all = append(all, m)
			}
		}
	}
	return all, nil
}
