// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"

	"soviec/kit/civil"
	"soviec/kit/extract"
	"soviec/kit/journal"
	"soviec/kit/print"
	"soviec/office/document"
	"soviec/office/task"
	"soviec/seed"
)

// played is what a story has become so far.
type played struct {
	doc     document.Incoming
	work    int64
	askings []int64
}

// register enters a document as the clerk does, with its letter if it has one.
func (pl *player) register(ctx context.Context, clerk string, doc *seed.Document, file bool, how spoil) (document.Incoming, error) {
	in := document.Arrival{ReceivedAt: doc.Received, Type: doc.Type, NumberRaw: doc.NumberRaw, IssuedOn: doc.Date, IssuerName: doc.IssuerName,
		Subject: doc.Subject, Urgency: doc.Urgency, Channel: channel(doc.Channel), Field: pl.fields[doc.Field], Signer: doc.Signer, Pages: doc.Pages, Twin: "other",
		TwinReason: "Hai văn bản khác nhau của nơi gửi trùng số."}
	if file {
		f, err := pl.letter(ctx, *doc, how)
		if err != nil {
			return document.Incoming{}, err
		}
		in.Files = []document.Attachment{f}
	}
	var d document.Incoming
	err := pl.as(ctx, clerk, func(a *journal.Act) (err error) {
		d, err = document.Register(a, in)
		return err
	})
	return d, err
}

func channel(code string) string {
	for _, c := range document.Channels {
		if c.Code == code {
			return code
		}
	}
	return "hand"
}

// letter prints the document as the real file that it would have come as, signed by who sent it.
func (pl *player) letter(ctx context.Context, doc seed.Document, how spoil) (document.Attachment, error) {
	l := seed.LetterOf(doc)
	place, _, _ := strings.Cut(l.Place, ",")
	o := print.OfficialLetter{Superior: l.Superior, Agency: l.Issuer, Number: strings.TrimPrefix(l.Number, "Số: "), Place: place, On: civil.At(doc.Date, 9, 0),
		Urgency: l.Urgency, Kind: l.Type, Subject: strings.TrimPrefix(l.Subject, "V/v "), To: l.Addressees, Recipients: l.Recipients, At: civil.At(doc.Date, 9, 0),
		Signer: print.Signer{Titles: l.Capacity, Name: l.Signer}}
	for _, text := range l.Body {
		o.Body = append(o.Body, print.Paragraph{Text: text})
	}
	var buf bytes.Buffer
	if err := print.Letter(&buf, o); err != nil {
		return document.Attachment{}, err
	}
	data, err := pl.signIncoming(ctx, &doc, buf.Bytes(), how)
	if err != nil {
		return document.Attachment{}, err
	}
	key, size, err := pl.blobs.Put(ctx, bytes.NewReader(data), 0)
	name := strings.NewReplacer("/", "-", " ", "").Replace(doc.NumberRaw) + ".pdf"
	return document.Attachment{Kind: "main", Name: name, MIME: extract.PDF.MediaType(), Size: size, SHA: string(key)}, err
}

// order is a directive in the office's terms. Whoever already carries a part as the
// head of a unit is not told of it a second time.
func (pl *player) order(unit string, coop, info []string, due civil.Date, text string) document.Directive {
	dir := document.Directive{Text: text, Lead: task.Assignee{Unit: pl.current(unit)}, Due: task.Due{On: due}}
	for _, u := range coop {
		if id := pl.current(u); id != dir.Lead.Unit && !slices.ContainsFunc(dir.Coop, func(a task.Assignee) bool { return a.Unit == id }) {
			dir.Coop = append(dir.Coop, task.Assignee{Unit: id})
		}
	}
	d, err := pl.office(context.Background())
	if err != nil {
		return dir
	}
	day := civil.Of(pl.now)
	carries := map[int64]bool{d.HeadOf(dir.Lead.Unit, day): true}
	for _, c := range dir.Coop {
		carries[d.HeadOf(c.Unit, day)] = true
	}
	for _, p := range info {
		if id := pl.people[p]; !carries[id] {
			dir.Info = append(dir.Info, task.Assignee{Person: id})
		}
	}
	return dir
}

// year adds the scenes of the sample year.
func (pl *player) year(arrivals []seed.Arrival) {
	for i := range arrivals {
		pl.arrival(&arrivals[i])
	}
}

func (pl *player) arrival(a *seed.Arrival) {
	p := &played{}
	pl.arrived[a.No] = p
	what := "số đến " + fmt.Sprint(a.No)
	pl.add(a.Registered, what+" vào sổ", func(ctx context.Context) (err error) {
		p.doc, err = pl.register(ctx, "lan", &a.Document, false, whole)
		if err == nil && p.doc.Number != int64(a.No) {
			err = fmt.Errorf("the register gave number %d", p.doc.Number)
		}
		return err
	})
	pl.add(a.Submitted, what+" trình", func(ctx context.Context) error {
		return pl.as(ctx, "lan", func(act *journal.Act) error {
			return document.Submit(act, p.doc.ID, pl.people[a.Directive.By], "", "")
		})
	})
	d := a.Directive
	pl.add(d.At, what+" chỉ đạo", func(ctx context.Context) error {
		return pl.direct(ctx, p, d.By, pl.order(d.Unit, d.Coop, d.Info, d.Due, d.Text))
	})
	pl.add(d.Given, what+" phân công", func(ctx context.Context) error { return pl.assign(ctx, p, "", d.Person, d.Due, "") })
	o := a.Outcome
	pl.add(o.AskedAt, what+" xin gia hạn", func(ctx context.Context) error { return pl.askMore(ctx, p, o.NewDue, o.AskReason) })
	pl.add(o.AllowedAt, what+" gia hạn", func(ctx context.Context) error { return pl.allow(ctx, p, "", o.NewDue) })
	pl.add(o.At, what+" kết quả", func(ctx context.Context) error { return pl.report(ctx, p, "", o.Text, o.Reply) })
	pl.add(o.Confirmed, what+" kết thúc", func(ctx context.Context) error { return pl.confirm(ctx, p, "") })
}

func (pl *player) direct(ctx context.Context, p *played, by string, dir document.Directive) error {
	return pl.as(ctx, by, func(a *journal.Act) error {
		d, err := document.Direct(a, p.doc.ID, dir)
		p.work = d.Work
		return err
	})
}
