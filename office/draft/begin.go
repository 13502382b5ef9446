// SPDX-License-Identifier: Apache-2.0

package draft

import (
	"encoding/json"
	"slices"

	"soviec/kit/fault"
	"soviec/kit/find"
	"soviec/kit/journal"
	"soviec/kit/letter"
	"soviec/office/document"
	"soviec/office/org"
	"soviec/office/task"
)

// Begin opens a draft (soạn thảo; O1): from nothing, or to answer an incoming document or
// a task, which whoever holds it has thereby started. It has no version of the main file yet.
func Begin(a *journal.Act, f Facts) (Paper, error) {
	if err := org.May(a, org.WriteDraft, org.Target{}); err != nil {
		return Paper{}, err
	}
	d, err := org.DirectoryIn(a)
	if err != nil {
		return Paper{}, err
	}
	x, err := org.RightsIn(a)
	if err != nil {
		return Paper{}, err
	}
	post, _ := d.PostOn(x.Person, a.Day())
	p, err := Shape(d, Paper{ID: a.NewID(), Unit: post.Unit, Drafter: x.Person, State: StateDrafting, BegunAt: a.At, WaitsSince: a.At, Version: 1}, f, a.Day())
	if err != nil {
		return p, err
	}
	if p.Answers, err = answering(a, x, f.Answers); err != nil {
		return p, err
	}
	if err := insertPaper(a, p); err != nil {
		return p, err
	}
	if err := putRecipients(a, p.ID, p.Recipients); err != nil {
		return p, err
	}
	if err := putAnswers(a, p.ID, p.Answers); err != nil {
		return p, err
	}
	if err := allow(a, p.ID, personTag(p.Drafter), unitTag(p.Unit)); err != nil {
		return p, err
	}
	a.Note(journal.Entry{Kind: Begun, Subject: p.Ref(), Data: stepData{State: StateDrafting}})
	if err := start(a, x, p.Answers); err != nil {
		return p, err
	}
	return p, put(a, p, "")
}

// answering keeps what the draft answers, once each, and only what the drafter may read.
func answering(a *journal.Act, x org.Rights, all []Answer) ([]Answer, error) {
	var out []Answer
	for _, n := range all {
		if slices.ContainsFunc(out, func(o Answer) bool { return o.Ref == n.Ref }) {
			continue
		}
		kind, id, ok := journal.ParseRef(n.Ref)
		var err error
		switch {
		case ok && kind == document.RefIncoming:
			_, err = document.Get(a, a.By.Agency, document.ReachOf(x), id)
		case ok && kind == "task":
			var w task.Work
			if w, err = task.Get(a, a.By.Agency, id); err == nil {
				var may bool
				if may, err = task.Reads(a, x, a.By.Agency, w); err == nil && !may {
					err = fault.NotFound("Không có việc này, hoặc anh/chị không được xem.")
				}
			}
		default:
			err = fault.Invalid("answers", "Không tìm thấy văn bản đến hoặc công việc mà văn bản này trả lời.")
		}
		if err != nil {
			return nil, err
		}
		out = append(out, n)
	}
	return out, nil
}

// start begins the shares that the drafter holds of what is answered: whoever drafts the
// answer works on it (documents.md §5.2 I14).
func start(a *journal.Act, x org.Rights, all []Answer) error {
	for _, n := range all {
		kind, id, _ := journal.ParseRef(n.Ref)
		var works []task.Work
		if kind == "task" {
			w, err := task.Get(a, a.By.Agency, id)
			if err != nil {
				return err
			}
			works = []task.Work{w}
		} else {
			var err error
			if works, err = task.OfSource(a, a.By.Agency, n.Ref); err != nil {
				return err
			}
		}
		for _, w := range works {
			for _, s := range w.Shares {
				if s.Holder != x.Person || s.State != task.StateGiven || w.State != task.WorkOpen {
					continue
				}
				if err := task.Start(a, s.ID); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// Save keeps what the drafter wrote: the facts, and a new version of the main file when
// c is given and differs from the one that stands. The head of the unit and whoever checks
// the form may correct it too while it lies with them; after the content was passed, it
// goes back to whoever passed it, because the initial is bound to the file. version is the
// one that the writer saw.
func Save(a *journal.Act, id, version int64, f Facts, c *Content) (Paper, error) {
	p, err := get(a, a.By.Agency, id)
	if err != nil {
		return p, err
	}
	d, err := org.DirectoryIn(a)
	if err != nil {
		return p, err
	}
	amends, err := mayWrite(a, d, p)
	if err != nil {
		return p, err
	}
	if p.Version != version {
		return p, errMoved
	}
	was := p
	if p, err = Shape(d, p, f, a.Day()); err != nil {
		return p, err
	}
	x, err := org.RightsIn(a)
	if err != nil {
		return p, err
	}
	if p.Answers, err = kept(a, x, was.Answers, f.Answers); err != nil {
		return p, err
	}
	body := ""
	if c != nil {
		if body, err = p.take(a, d, c); err != nil {
			return p, err
		}
	}
	if amends && p.Current == was.Current {
		return p, fault.Invalid("body", "Tệp chưa có gì thay đổi so với bản đang kiểm tra.")
	}
	if err := setFacts(a, p); err != nil {
		return p, err
	}
	p.Version++
	if err := putRecipients(a, id, p.Recipients); err != nil {
		return p, err
	}
	if err := putAnswers(a, id, p.Answers); err != nil {
		return p, err
	}
	kind := Saved
	if amends {
		kind = Amended
		if err := p.step(a, Step{Kind: "amend", Text: c.Note}); err != nil {
			return p, err
		}
		if p.State == StateFormCheck { // the content was passed for another file
			p.State, p.Approved = StateInReview, ""
			if err := setState(a, p); err != nil {
				return p, err
			}
			p.Version++
		}
		if err := p.tell(a, p.Drafter, Amended, "đã sửa trực tiếp dự thảo "+p.title()+"; xem so sánh hai bản."); err != nil {
			return p, err
		}
		if p.State == StateInReview {
			if err := p.tellContent(a, d, "đã được sửa sau khi kiểm tra, cần xem lại nội dung"); err != nil {
				return p, err
			}
		}
	}
	a.Note(journal.Entry{Kind: kind, Subject: p.Ref(), Data: stepData{State: p.State, Ordinal: p.Current, SHA: p.SHA}})
	return p, put(a, p, body)
}

// kept are the answers: those that were there stay without being asked for again.
func kept(a *journal.Act, x org.Rights, were, now []Answer) ([]Answer, error) {
	var fresh, out []Answer
	for _, n := range now {
		if slices.ContainsFunc(were, func(o Answer) bool { return o.Ref == n.Ref }) {
			out = append(out, n)
		} else {
			fresh = append(fresh, n)
		}
	}
	more, err := answering(a, x, fresh)
	return append(out, more...), err
}

// mayWrite asks whether the holder may change the draft now, and says whether it is a
// correction by whoever checks it.
func mayWrite(a *journal.Act, d *org.Directory, p Paper) (amends bool, err error) {
	switch p.State {
	case StateDrafting:
		return false, org.May(a, org.HandleDraft, org.Target{Person: p.Drafter})
	case StateInReview:
		return true, org.May(a, org.CheckContent, org.Target{Unit: d.Successor(p.Unit, a.Day())})
	case StateFormCheck:
		return true, p.mayCheckForm(a)
	}
	if err := org.May(a, org.WriteDraft, org.Target{}); err != nil {
		return false, err
	}
	return false, notNow(p)
}

func notNow(p Paper) error {
	return fault.Conflict("", "Không làm được ở bước này: dự thảo "+lower(p.State.Label())+".")
}

// take makes a content the version that stands. A composed one must be what these facts
// compose: no other page can be slipped under an initial.
func (p *Paper) take(a *journal.Act, d *org.Directory, c *Content) (string, error) {
	if len(c.SHA) != 64 || c.Size <= 0 {
		return "", fault.Invalid("file", "Chưa có tệp PDF của dự thảo.")
	}
	if c.Way == WayComposed {
		raw, err := LetterJSON(Compose(d, *p))
		if err != nil {
			return "", err
		}
		if raw != c.Letter {
			return "", fault.Conflict("", "Nội dung vừa thay đổi trong lúc trình bày. Hãy lưu lại một lần nữa.")
		}
		c.Text = plainText(Compose(d, *p))
	} else {
		c.Letter = ""
	}
	if p.Current > 0 {
		last, err := versionOf(a, p.ID, p.Current)
		if err != nil {
			return "", err
		}
		if last.SHA == c.SHA && last.Source == c.Source || c.Way == WayComposed && last.Letter == c.Letter {
			return "", nil
		}
	}
	c.ID, c.Ordinal, c.AddedBy, c.AddedAt, c.Note = a.NewID(), p.Current+1, a.By.Person, a.At, tidy(c.Note)
	if err := insertVersion(a, p.ID, *c); err != nil {
		return "", err
	}
	p.Current, p.SHA = c.Ordinal, c.SHA
	return c.Text, nil
}

// LetterJSON is a letter as it is kept.
func LetterJSON(l letter.Letter) (string, error) {
	raw, err := json.Marshal(l)
	return string(raw), err
}

// put tells search of the draft. The tags are who may find it.
func put(a *journal.Act, p Paper, text string) error {
	who, err := accessOf(a, p.ID)
	if err != nil {
		return err
	}
	doc := find.Doc{
		Ref: p.Ref(), Kind: RefDraft, Body: text,
		Fields: append([]string{p.Subject, p.SignerName}, p.Addressees...),
		Tags:   append([]string{TagAll, "year:" + p.BegunAt.Format("2006"), "type:" + p.Type}, who...),
	}
	return find.Put(a, a.By.Agency, doc)
}

// letIn lets more people read the draft and find it.
func (p Paper) letIn(a *journal.Act, who ...string) error {
	if err := allow(a, p.ID, who...); err != nil {
		return err
	}
	return find.Tag(a, a.By.Agency, p.Ref(), who...)
}
