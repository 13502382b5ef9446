// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"slices"

	"soviec/kit/civil"
	"soviec/kit/journal"
	"soviec/kit/letter"
	"soviec/office/draft"
	"soviec/office/org"
	"soviec/seed"
)

// A drafted is what a document of the agency has become so far.
type drafted struct {
	seed.Departure
	answers  []draft.Answer
	paper    int64
	unit     int64
	rewrites int
	document int64     // once it has its number
	texts    [2]string // of the body: as it was first tried, as it went out

	digital            bool  // it is signed by keys, not by hand
	next, drawn        *leaf // the version that was begun last, and the one that stands
	signed, signedFrom *leaf // signed by the person; what that was made of
	sealed, sealedFrom *leaf // and by the agency
}

// departures adds the scenes of documents of the agency.
func (pl *player) departures(all []seed.Departure, answered func(seed.Departure) *played) {
	byKey, list := map[string]*drafted{}, make([]*drafted, len(all))
	for i, p := range all {
		list[i] = &drafted{Departure: p}
		byKey[p.Key] = list[i]
	}
	pl.digitally(list)
	for _, x := range list {
		p := x.Departure
		for _, st := range p.Steps {
			pl.scenes = append(pl.scenes, scene{at: st.At, what: "văn bản đi " + p.Key + " " + p.NumberRaw() + " " + string(st.Do),
				play:  func(ctx context.Context) error { return pl.onward(ctx, x, byKey, answered, st) },
				ahead: func(ctx context.Context) error { return pl.prepare(ctx, x, st) }})
		}
	}
}

// onward plays one step of a document's way.
func (pl *player) onward(ctx context.Context, x *drafted, all map[string]*drafted, answered func(seed.Departure) *played, st seed.Step) error {
	switch st.Do {
	case seed.Drafted:
		if p := answered(x.Departure); p != nil {
			x.answers = []draft.Answer{{Ref: journal.Ref("incoming", p.doc.ID), Closes: x.Closes}}
		}
		return pl.beginDraft(ctx, x, st)
	case seed.Rewritten:
		x.rewrites++
		return pl.saveDraft(ctx, x, st)
	case seed.OpinionAsked:
		return pl.as(ctx, st.By, func(a *journal.Act) error {
			var people []int64
			for _, p := range st.Info {
				people = append(people, pl.people[p])
			}
			due := st.Due
			if due.IsZero() {
				due = civil.Default().AddWorkingDays(a.Day(), 3)
			}
			_, err := draft.Ask(a, x.paper, people, due, st.Text)
			return err
		})
	case seed.OpinionGiven:
		return pl.as(ctx, st.By, func(a *journal.Act) error {
			choice := "agree"
			if len(st.Text) > 40 {
				choice = "other"
			}
			return draft.Give(a, x.paper, choice, st.Text)
		})
	case seed.OpinionClosed:
		return pl.as(ctx, st.By, func(a *journal.Act) error {
			return draft.CloseRound(a, x.paper, "Các ý kiến cơ bản thống nhất; đã tiếp thu, chỉnh lý vào dự thảo.")
		})
	case seed.Presented:
		return pl.as(ctx, st.By, func(a *journal.Act) error { return draft.Submit(a, x.paper, "") })
	case seed.Initialled:
		return pl.onDraft(ctx, st.By, x, func(a *journal.Act, p draft.Paper) error { return draft.PassContent(a, p.ID, p.SHA, 0, "") })
	case seed.FormPassed:
		return pl.onDraft(ctx, st.By, x, func(a *journal.Act, p draft.Paper) error {
			var checks []string
			for _, c := range draft.Checklist(p.Type) {
				checks = append(checks, c.Code)
			}
			return draft.PassForm(a, p.ID, p.SHA, checks, "")
		})
	case seed.DraftReturned, seed.FormReturned, seed.SignReturned:
		return pl.onDraft(ctx, st.By, x, func(a *journal.Act, p draft.Paper) error { return draft.Return(a, p.ID, p.SHA, st.Text, nil) })
	case seed.Signed:
		if d, err := pl.office(ctx); err != nil {
			return err
		} else if l, err := pl.letterOf(d, x); err != nil {
			return err
		} else if x.digital && (x.Number == 0 || l.Notation == x.Notation) {
			return pl.signDigitally(ctx, x, st)
		}
		x.digital = false // its unit was merged meanwhile: the notation that is printed will not be its own
		// by hand; the clerk enters it with the scan
		return pl.onDraft(ctx, "lan", x, func(a *journal.Act, p draft.Paper) error {
			c, err := draft.Current(a, p)
			if err != nil {
				return err
			}
			return draft.SignOnPaper(a, p.ID, p.SHA, a.Day(), draft.File{Name: "ban-ky.pdf", MIME: "application/pdf", Size: c.Size, SHA: c.SHA})
		})
	}
	return pl.dispatch(ctx, x, all, st)
}

func (pl *player) onDraft(ctx context.Context, who string, x *drafted, f func(*journal.Act, draft.Paper) error) error {
	p, err := draft.Get(pl.db.Read(ctx), pl.agency, x.paper)
	if err != nil {
		return err
	}
	return pl.as(ctx, who, func(a *journal.Act) error { return f(a, p) })
}

// factsOf are a document's facts in the office's terms.
func (pl *player) factsOf(x *drafted) draft.Facts {
	f := draft.Facts{Type: x.Type, Subject: x.Subject, Urgency: x.Urgency, Signer: pl.people[x.Signer], Capacity: org.CapacityCode(x.Capacity),
		Addressees: x.Addressees, Superior: x.Type == "BC" || x.Type == "GM" || x.Type == "PC", Field: pl.fields[x.Field], Body: x.text(), Answers: x.answers}
	if x.Capacity == "TUQ" {
		f.Delegation = pl.delegation
	}
	for _, r := range x.Recipients {
		to := draft.Recipient{Kind: r.Kind, Name: r.Name, Purpose: r.Purpose, Channel: r.Channel, Copies: 1}
		switch r.Kind {
		case "unit":
			to.Ref = pl.current(r.Key)
		case "person":
			to.Ref = pl.people[r.Key]
		}
		f.Recipients = append(f.Recipients, to)
	}
	return f
}

// bodyText is the text as it is typed.
func bodyText(all []seed.Block) string {
	var out []letter.Block
	for _, b := range all {
		x := letter.Block{Kind: letter.BlockKind(b.Kind), Mark: b.Mark, Text: b.Text, Rows: b.Rows}
		if len(b.Rows) > 0 {
			x.Head = 1
		}
		out = append(out, x)
	}
	return letter.Text(out)
}

// letterOf is what the draft composes at this time of the play.
func (pl *player) letterOf(d *org.Directory, x *drafted) (letter.Letter, error) {
	day := civil.Of(pl.now)
	p := draft.Paper{Unit: x.unit, Drafter: pl.people[x.Drafter], BegunAt: x.Steps[0].At}
	if p.Unit == 0 {
		post, _ := d.PostOn(p.Drafter, day)
		p.Unit = post.Unit
	}
	p, err := draft.Shape(d, p, pl.factsOf(x), day)
	return draft.Compose(d, p), err
}

// text is the body as it stands after so many returns.
func (x *drafted) text() string {
	if x.texts[1] == "" {
		x.texts[1] = bodyText(x.Body)
		x.texts[0] = x.texts[1]
		if slices.ContainsFunc(x.Steps, func(s seed.Step) bool { return s.Do == seed.Rewritten }) {
			x.texts[0] = firstTry(x.texts[1])
		}
	}
	return x.texts[min(x.rewrites, 1)]
}

// firstTry is the text before somebody sent it back: its last clause is not there yet.
func firstTry(body string) string {
	blocks := letter.Parse(body)
	for i := len(blocks) - 2; i > 0; i-- {
		if blocks[i].Kind == letter.Clause || blocks[i].Kind == letter.Para {
			return letter.Text(slices.Delete(blocks, i, i+1))
		}
	}
	return body
}

// prepare begins to set, and to sign, what a step will need.
func (pl *player) prepare(ctx context.Context, x *drafted, st seed.Step) error {
	switch st.Do {
	case seed.Drafted, seed.Rewritten:
	case seed.Signed:
		if x.digital {
			pl.beginSigned(ctx, x, x.next, st.At)
		}
		return nil
	case seed.Numbered, seed.Inserted:
		if x.digital {
			return nil
		}
	case seed.Sealed:
		if !x.digital {
			return nil
		}
	default:
		return nil
	}
	d, err := pl.office(ctx)
	if err != nil {
		return err
	}
	was := x.rewrites
	if st.Do != seed.Drafted {
		x.rewrites = max(1, x.rewrites)
	}
	l, err := pl.letterOf(d, x)
	x.rewrites = was
	if err != nil {
		return nil // the step itself will say it
	}
	switch st.Do {
	case seed.Numbered, seed.Inserted:
		pl.begin(ctx, numberOn(l, x.NumberRaw(), x.Date), numbered(st.At))
	case seed.Sealed:
		pl.beginSealed(ctx, x, l, st.At)
	default:
		x.next = pl.begin(ctx, l, unnumbered(st.At))
	}
	return nil
}

// beginDraft begins a draft and saves its first version, in one act.
func (pl *player) beginDraft(ctx context.Context, x *drafted, st seed.Step) error {
	c, err := pl.content(ctx, x, st)
	if err != nil {
		return err
	}
	return pl.as(ctx, st.By, func(a *journal.Act) error {
		p, err := draft.Begin(a, pl.factsOf(x))
		if err != nil {
			return err
		}
		x.paper, x.unit = p.ID, p.Unit
		_, err = draft.Save(a, p.ID, p.Version, pl.factsOf(x), c)
		return err
	})
}

func (pl *player) saveDraft(ctx context.Context, x *drafted, st seed.Step) error {
	c, err := pl.content(ctx, x, st)
	if err != nil {
		return err
	}
	return pl.onDraft(ctx, st.By, x, func(a *journal.Act, p draft.Paper) error {
		_, err := draft.Save(a, p.ID, p.Version, pl.factsOf(x), c)
		return err
	})
}

// content is the version that the draft's facts compose now.
func (pl *player) content(ctx context.Context, x *drafted, st seed.Step) (*draft.Content, error) {
	d, err := pl.office(ctx)
	if err != nil {
		return nil, err
	}
	l, err := pl.letterOf(d, x)
	if err != nil {
		return nil, err
	}
	pg, err := pl.leaf(ctx, l, unnumbered(st.At))
	if err != nil {
		return nil, err
	}
	if x.digital {
		x.drawn = pg
	} else {
		pg.data = nil
	}
	return &draft.Content{Way: draft.WayComposed, Name: "du-thao.pdf", SHA: pg.sha, Size: pg.size, Pages: pg.pages, Letter: keyOf(l)}, nil
}
