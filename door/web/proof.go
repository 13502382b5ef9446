// SPDX-License-Identifier: Apache-2.0

package web

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"soviec/door/web/view"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/archive"
	"soviec/office/document"
	"soviec/office/org"
	"soviec/office/outgoing"
	"soviec/office/task"
)

// proof shows that one entry stands in the book, to whoever may read what it is about.
func proof(v *visit) error {
	seq, err := v.id("seq")
	if err != nil {
		return err
	}
	p, wrong, err := v.prove(seq)
	if err != nil {
		return err
	}
	subject, err := v.subject(p.Entry.Subject)
	if err != nil {
		return err
	}
	page := view.Proof{
		Frame: v.frame(view.PlaceNone, "Chứng minh dòng "+document.ShowNumber(seq)), Words: v.entryWords(p.Entry, subject.Label),
		At: momentWords(p.Entry.At), Seq: document.ShowNumber(seq), Kind: p.Entry.Kind, Entry: entryText(p.Entry), Record: recordText(v.agency(), p.Entry),
		Leaf: p.Leaf.String(), Root: p.Root.String(), Size: document.ShowNumber(p.Size), Checkpoint: p.Checkpoint,
		Valid: wrong == "", Reason: wrong, Signer: signer(p.Checkpoint), Path: pathOf(p, seq-1),
	}
	if subject.Href != "" {
		page.Back = &subject
	}
	if !page.Valid {
		return v.d.show(v.w, http.StatusOK, page)
	}
	return v.show(page)
}

// prove makes the proof under a head whose signed checkpoint it was made with: acts
// that commit meanwhile move both, one after the other.
func (v *visit) prove(seq int64) (p journal.Proof, wrong string, err error) {
	for range 4 {
		p, err = journal.Prove(v.read(), v.agency(), seq)
		switch {
		case errors.Is(err, store.ErrNone):
			return p, "", errNoPage
		case err != nil && p.Entry.Seq == 0:
			return p, "", err
		case err != nil:
			return p, "Mã băm của dòng này không ra mã gốc của sổ: dòng, hoặc một mã băm trên đường lên gốc, đã bị sửa. Hãy báo quản trị chạy soviec verify.", nil
		case v.d.Keys == nil || p.Checkpoint == "":
			return p, "Sổ chưa có mã gốc được ký.", nil
		}
		c, err := journal.ParseCheckpoint(p.Checkpoint, v.d.Keys)
		if err != nil || c.Agency != v.agency() {
			return p, "Chữ ký trên mã gốc không đúng khóa của chương trình này.", nil
		}
		if c.Size == p.Size && c.Root == p.Root {
			return p, "", nil
		}
	}
	return p, "Mã gốc đã ký không phải mã gốc của sổ hiện nay. Hãy báo quản trị chạy soviec verify.", nil
}

// subject finds what an entry is about, its words and its page. Whoever may not read
// it does not learn that it is there.
func (v *visit) subject(ref string) (view.Link, error) {
	kind, id, ok := journal.ParseRef(ref)
	switch {
	case ok && kind == document.RefIncoming:
		d, err := document.Get(v.read(), v.agency(), document.ReachOf(v.rights), id)
		if err != nil {
			return view.Link{}, hidden(err)
		}
		return view.Link{Label: "Văn bản " + d.Title(), Href: d.Address()}, nil
	case ok && kind == "task":
		w, err := task.Get(v.read(), v.agency(), id)
		if err != nil {
			return view.Link{}, hidden(err)
		}
		if !task.MayRead(v.rights, w) {
			return view.Link{}, errNoPage
		}
		return view.Link{Label: w.Title, Href: workLink(w.ID)}, nil
	case ok && kind == outgoing.RefOutgoing:
		d, err := outgoing.Get(v.read(), v.agency(), outgoing.ReachOf(v.rights), id)
		if err != nil {
			return view.Link{}, hidden(err)
		}
		return view.Link{Label: "Văn bản " + d.Label, Href: d.Address()}, nil
	case ok && kind == archive.Ref:
		d, err := archive.Get(v.read(), v.agency(), archive.ReachOf(v.rights), id)
		if err != nil {
			return view.Link{}, hidden(err)
		}
		return view.Link{Label: "Hồ sơ " + d.Notation + " · " + d.Title, Href: d.Link()}, nil
	case ok && kind == "person" && id == v.me():
		return v.orgSubject(kind, id), nil
	case !v.may(org.SeeSystem, org.Target{}):
		return view.Link{}, errNoPage
	}
	return v.orgSubject(kind, id), nil
}

func (v *visit) orgSubject(kind string, id int64) view.Link {
	managed := v.may(org.ManagePeople, org.Target{})
	switch kind {
	case "person":
		l := view.Link{Label: v.dir.Person(id).Polite()}
		if managed {
			l.Href = "/quan-tri/can-bo/" + idText(id)
		}
		return l
	case "unit":
		l := view.Link{Label: v.dir.Unit(id).Name}
		if managed {
			l.Href = "/quan-tri/don-vi/" + idText(id)
		}
		return l
	case "field":
		return view.Link{Label: v.dir.Field(id).Name}
	case "day":
		return view.Link{Label: "Lịch làm việc", Href: "/quan-tri/lich"}
	case "agency":
		return view.Link{Label: v.dir.Agency.Name}
	}
	return view.Link{}
}

func hidden(err error) error {
	if fault.Is(err, fault.KindInternal) && !errors.Is(err, store.ErrNone) {
		return err
	}
	return errNoPage
}

// entryWords is an entry as a sentence: "Ông Lý Thanh Hải bắt đầu xử lý: …".
func (v *visit) entryWords(e journal.Entry, subject string) string {
	who := "Chương trình"
	if e.Person != 0 {
		who = capital(v.dir.Person(e.Person).Polite())
	}
	if e.Behalf != 0 {
		who += " thay " + v.dir.Person(e.Behalf).Polite()
	}
	s := who + " " + actWords(e.Kind)
	if subject != "" {
		s += ": " + subject
	}
	return s
}

// entryText is an entry with its fields named, as they went into the hash.
func entryText(e journal.Entry) string {
	var b strings.Builder
	line := func(name, value string) { fmt.Fprintf(&b, "%s: %s\n", name, value) }
	line("dòng", strconv.FormatInt(e.Seq, 10))
	line("thời điểm (UTC)", store.Instant(e.At))
	line("ngày", e.Day.String())
	line("loại", e.Kind)
	line("về", e.Subject)
	line("đơn vị", idText(e.Unit))
	line("vị trí", idText(e.Post))
	line("người", idText(e.Person))
	line("làm thay", idText(e.Behalf))
	line("hạn", e.DueOn.String())
	line("số lượng", strconv.FormatInt(e.Amount, 10))
	data := e.Raw()
	if data != "" && json.Valid([]byte(data)) {
		line("dữ liệu", data)
	}
	return strings.TrimRight(b.String(), "\n")
}

// recordText is the record that the book hashes, byte for byte: whoever has it and a
// program for SHA-256 needs nothing else of us.
func recordText(agency int64, e journal.Entry) string {
	lines := []string{"soviec.entry/1", idText(agency), idText(e.Seq)}
	for _, s := range []string{store.Instant(e.At), e.Day.String(), e.Kind, e.Subject} {
		lines = append(lines, strconv.Quote(s))
	}
	for _, n := range []int64{e.Unit, e.Post, e.Person, e.Behalf} {
		lines = append(lines, idText(n))
	}
	lines = append(lines, strconv.Quote(e.DueOn.String()), idText(e.Amount), strconv.Quote(e.Raw()))
	return strings.Join(lines, "\n") + "\n"
}

// pathOf says at each step of the path on which side its hash is set.
func pathOf(p journal.Proof, n int64) []view.ProofStep {
	// The path runs from the leaf to the root; going down from the root, each step
	// takes the half of the tree that holds the leaf.
	var sides []string
	for lo, hi := int64(0), p.Size; hi-lo > 1; {
		half := int64(1)
		for half*2 < hi-lo {
			half *= 2
		}
		if n < lo+half {
			sides, hi = append(sides, "phải"), lo+half
		} else {
			sides, lo = append(sides, "trái"), lo+half
		}
	}
	var steps []view.ProofStep
	for i, h := range p.Path {
		s := view.ProofStep{Hash: hashText(h)}
		if at := len(sides) - 1 - i; at >= 0 {
			s.Side = sides[at]
		}
		steps = append(steps, s)
	}
	return steps
}

func hashText(h tlog.Hash) string { return h.String() }

// signer is the name and mark of the key on a signed note: its last line is "— name mark".
func signer(checkpoint string) string {
	lines := strings.Split(strings.TrimSpace(checkpoint), "\n")
	words := strings.Fields(lines[len(lines)-1])
	if len(words) != 3 {
		return ""
	}
	return words[1]
}
