// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"soviec/kit/civil"
	"soviec/kit/extract"
	"soviec/kit/journal"
	"soviec/kit/print"
	"soviec/office/document"
	"soviec/office/org"
	"soviec/office/task"
	"soviec/seed"
)

// samplePassword opens every account of the sample office. It is printed at the
// start and stands on the sign-in page; it is used for nothing else.
const samplePassword = "so-viec-mau"

// A player plays the sample office's acts through the office itself, each at its own
// time and by its own person: sample data are made as real ones are.
type player struct {
	*program
	now    time.Time
	setup  seed.Setup
	agency int64
	units  map[string]int64
	people map[string]int64
	fields map[string]int64
	open   map[string]*played // by key of a story
	scenes []scene

	known      *org.Directory  // of the agency, until something in it changes
	arrived    map[int]*played // by arrival number of the remembered year
	typist     *typist
	bookOf     map[string]int64 // the series of the year that a kind is numbered in
	delegation int64
}

// played is what a story has become so far.
type played struct {
	doc     document.Incoming
	work    int64
	askings []int64
}

// scene is one act at its time.
type scene struct {
	at   time.Time
	what string
	play func(context.Context) error
	// ahead, if any, begins what play will need, some scenes before.
	ahead func(context.Context) error
}

func (pl *player) add(at time.Time, what string, play func(context.Context) error) {
	if !at.IsZero() {
		pl.scenes = append(pl.scenes, scene{at: at, what: what, play: play})
	}
}

// play runs all scenes in the order of their times.
func (pl *player) play(ctx context.Context, step func(done int)) error {
	slices.SortStableFunc(pl.scenes, func(a, b scene) int { return a.at.Compare(b.at) })
	soon := 0
	for i, s := range pl.scenes {
		if err := ctx.Err(); err != nil {
			return err
		}
		pl.now = s.at
		for ; soon < len(pl.scenes) && soon < i+aheadBy; soon++ {
			if ahead := pl.scenes[soon].ahead; ahead != nil {
				if err := ahead(ctx); err != nil {
					return err
				}
			}
		}
		if err := s.play(ctx); err != nil {
			return fmt.Errorf("%s, %s: %w", s.at.In(civil.Zone).Format("2006-01-02 15:04"), s.what, err)
		}
		step(i + 1)
	}
	return nil
}

// office is the agency as it stands; it is asked for tens of thousands of times.
func (pl *player) office(ctx context.Context) (d *org.Directory, err error) {
	if pl.known == nil {
		pl.known, err = pl.program.directory(ctx, pl.agency)
	}
	return pl.known, err
}

// as runs one act of a person.
func (pl *player) as(ctx context.Context, who string, f func(*journal.Act) error) error {
	d, err := pl.office(ctx)
	if err != nil {
		return err
	}
	id, ok := pl.people[who]
	if !ok {
		return fmt.Errorf("no person %q in the sample office", who)
	}
	return pl.book.Do(ctx, d.Holder(id, 0, civil.Of(pl.now)), f)
}

// found makes the office as it was on the first day, then its changes are scenes.
func (pl *player) found(ctx context.Context) error {
	pl.setup = seed.Office()
	first := civil.New(seed.Year, 1, 2)
	pl.now = civil.At(first, 7, 0)
	f := org.Founding{Code: pl.setup.Agency.Code, Name: pl.setup.Agency.Name, Short: pl.setup.Agency.Short,
		Superior: pl.setup.Agency.Superior, Place: pl.setup.Agency.Place, Sample: true, Day: civil.New(seed.Year, 1, 1)}
	for i, u := range pl.setup.Units {
		f.Units = append(f.Units, org.FoundingUnit{Key: u.Key, NewUnit: org.NewUnit{Name: u.Name, Short: u.Short, Kind: u.Kind, Sort: int64(i+1) * 10}})
	}
	for _, p := range pl.setup.People {
		address := "ông"
		if p.Woman {
			address = "bà"
		}
		person := org.FoundingPerson{NewPerson: org.NewPerson{Name: p.Name, Address: address, Phone: p.Phone, Email: p.Email}, Username: p.Key, Password: samplePassword}
		for _, post := range pl.setup.Posts {
			if post.Person == p.Key && !post.From.After(first) {
				person.Posts = append(person.Posts, org.FoundingPost{Unit: post.Unit, Title: post.Title, Roles: roles(post.Roles)})
			}
		}
		f.People = append(f.People, person)
	}
	for _, x := range pl.setup.Fields {
		f.Fields = append(f.Fields, org.FoundingField{Code: x.Key, Name: x.Name, Leader: x.Leader, Unit: x.Before})
	}
	f.Rooms = []func(*journal.Act) error{document.Found}
	done, err := org.Found(ctx, pl.book, f)
	if err != nil {
		return err
	}
	pl.agency, pl.units, pl.people, pl.open = done.Agency, done.Units, done.People, map[string]*played{}
	pl.arrived, pl.bookOf = map[int]*played{}, map[string]int64{}
	d, err := pl.office(ctx)
	if err != nil {
		return err
	}
	pl.fields = map[string]int64{}
	for _, x := range d.Fields {
		pl.fields[x.Code] = x.ID
	}
	if err := pl.rules(ctx); err != nil {
		return err
	}
	for _, m := range pl.setup.Merges {
		pl.add(civil.At(m.Day, 0, 1), "merging", func(ctx context.Context) error { return pl.merge(ctx, m) })
	}
	return nil
}

func roles(words []string) []org.Role {
	var out []org.Role
	for _, w := range words {
		out = append(out, org.Role(w))
	}
	return out
}

// merge lets units go into a successor, with the posts that their people have there.
func (pl *player) merge(ctx context.Context, m seed.Merge) error {
	d, err := pl.office(ctx)
	if err != nil {
		return err
	}
	defer func() { pl.known = nil }()
	g := org.Merging{Into: pl.units[m.Into], Day: m.Day, Basis: m.Basis}
	for _, key := range m.From {
		g.From = append(g.From, pl.units[key])
	}
	for _, p := range d.Posts {
		if !slices.Contains(g.From, p.Unit) {
			continue
		}
		for _, next := range pl.setup.Posts {
			if pl.people[next.Person] == p.Person && next.From == m.Day {
				g.Posts = append(g.Posts, org.PostMove{Post: p.ID, Unit: pl.units[next.Unit], Title: next.Title, Roles: roles(next.Roles)})
			}
		}
	}
	err = pl.as(ctx, "son", func(a *journal.Act) error {
		_, err := org.Merge(a, g)
		return err
	})
	if err != nil {
		return err
	}
	pl.known = nil
	return pl.as(ctx, "son", func(a *journal.Act) error {
		for _, x := range pl.setup.Fields {
			if slices.Contains(m.From, x.Before) {
				f := d.Field(pl.fields[x.Key])
				f.Unit = pl.units[x.Unit]
				id, err := org.SetField(a, f)
				if err != nil {
					return err
				}
				pl.fields[x.Key] = id
			}
		}
		return nil
	})
}

func (pl *player) rules(ctx context.Context) error {
	names := map[string][]string{}
	for _, i := range pl.setup.Issuers {
		names[i.Key] = append(names[i.Key], i.Name)
		names[i.Group] = append(names[i.Group], i.Name)
	}
	return pl.as(ctx, "minh", func(a *journal.Act) error {
		for _, r := range pl.setup.Rules {
			x := document.Rule{Prio: r.Order * 10, Name: r.Name, Urgency: r.Urgency, Keywords: strings.Join(r.Keywords, "; "),
				Field: pl.fields[r.Field], Leader: pl.people[r.To], Days: r.Days, Parallel: r.Parallel}
			if r.Lead != "" {
				x.Lead = task.Assignee{Unit: pl.units[r.Lead]}
			}
			if len(r.Types) > 0 {
				x.Type = r.Types[0]
			}
			var senders []string
			for _, key := range r.Issuers {
				senders = append(senders, names[key]...)
			}
			x.Sender = strings.Join(senders, "; ")
			for _, u := range r.Coop {
				x.Coop = append(x.Coop, task.Assignee{Unit: pl.units[u]})
			}
			for _, p := range r.Info {
				x.Info = append(x.Info, task.Assignee{Person: pl.people[p]})
			}
			if len(x.Sender) > 2000 {
				x.Sender = ""
			}
			if _, err := document.SetRule(a, x); err != nil {
				return fmt.Errorf("rule %q: %w", r.Name, err)
			}
		}
		return nil
	})
}

// register enters a document as the clerk does, with its letter if it has one.
func (pl *player) register(ctx context.Context, clerk string, doc *seed.Document, file bool) (document.Incoming, error) {
	in := document.Arrival{ReceivedAt: doc.Received, Type: doc.Type, NumberRaw: doc.NumberRaw, IssuedOn: doc.Date, IssuerName: doc.IssuerName,
		Subject: doc.Subject, Urgency: doc.Urgency, Channel: channel(doc.Channel), Field: pl.fields[doc.Field], Signer: doc.Signer, Pages: doc.Pages, Twin: "other",
		TwinReason: "Hai văn bản khác nhau của nơi gửi trùng số."}
	if file {
		f, err := pl.letter(ctx, *doc)
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

// letter prints the document as the real file that it would have come as.
func (pl *player) letter(ctx context.Context, doc seed.Document) (document.Attachment, error) {
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
	size := int64(buf.Len())
	key, _, err := pl.blobs.Put(ctx, &buf, 0)
	name := strings.NewReplacer("/", "-", " ", "").Replace(doc.NumberRaw) + ".pdf"
	return document.Attachment{Kind: "main", Name: name, MIME: extract.PDF.MediaType(), Size: size, SHA: string(key)}, err
}

// headOf is who heads a unit on the player's day, by username.
func (pl *player) headOf(ctx context.Context, unit int64) (string, error) {
	d, err := pl.office(ctx)
	if err != nil {
		return "", err
	}
	id := d.HeadOf(unit, civil.Of(pl.now))
	for key, person := range pl.people {
		if person == id {
			return key, nil
		}
	}
	return "", fmt.Errorf("nobody heads %s", d.Unit(unit).Name)
}

// share is the lead share of a work as it stands now.
func (pl *player) share(ctx context.Context, work int64) (task.Work, *task.Share, error) {
	w, err := task.Get(pl.db.Read(ctx), pl.agency, work)
	if err != nil {
		return w, nil, err
	}
	s := w.Lead()
	if s == nil {
		return w, nil, errors.New("the work has no lead")
	}
	return w, s, nil
}

// onShare runs an act on the lead share of a work.
func (pl *player) onShare(ctx context.Context, who string, work int64, f func(a *journal.Act, s task.Share) error) error {
	_, s, err := pl.share(ctx, work)
	if err != nil {
		return err
	}
	return pl.as(ctx, who, func(a *journal.Act) error { return f(a, *s) })
}

// current is the unit that has taken over what a key named.
func (pl *player) current(key string) int64 {
	for _, m := range pl.setup.Merges {
		if slices.Contains(m.From, key) && !civil.Of(pl.now).Before(m.Day) {
			return pl.units[m.Into]
		}
	}
	return pl.units[key]
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
		p.doc, err = pl.register(ctx, "lan", &a.Document, false)
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

// assign has the head of the unit give the work to a person of it; to himself needs nothing.
func (pl *player) assign(ctx context.Context, p *played, by, person string, due civil.Date, text string) error {
	_, s, err := pl.share(ctx, p.work)
	if err != nil {
		return err
	}
	if by == "" {
		if by, err = pl.headOf(ctx, s.Unit); err != nil {
			return err
		}
	}
	if pl.people[person] == s.Holder {
		return nil
	}
	return pl.as(ctx, by, func(a *journal.Act) error {
		_, err := task.AssignInside(a, s.ID, pl.people[person], nil, due, text)
		return err
	})
}

// by is the person who does a step: the one named, or whoever holds the share.
func (pl *player) by(named string, s task.Share) string {
	if named != "" {
		return named
	}
	for key, id := range pl.people {
		if id == s.Holder {
			return key
		}
	}
	return ""
}

func (pl *player) askMore(ctx context.Context, p *played, due civil.Date, reason string) error {
	_, s, err := pl.share(ctx, p.work)
	if err != nil {
		return err
	}
	return pl.as(ctx, pl.by("", *s), func(a *journal.Act) error {
		id, err := task.AskExtension(a, s.ID, due, reason)
		p.askings = append(p.askings, id)
		return err
	})
}

// allow grants all that was asked: a head's word first where the day inside the unit is asked.
func (pl *player) allow(ctx context.Context, p *played, by string, due civil.Date) error {
	all, err := task.Requests(pl.db.Read(ctx), pl.agency, p.work)
	if err != nil {
		return err
	}
	for _, q := range all {
		if q.State != "open" || q.Kind != "extend" {
			continue
		}
		who := by
		for key, id := range pl.people {
			if by == "" && id == q.Decider {
				who = key
			}
		}
		err := pl.as(ctx, who, func(a *journal.Act) error { return task.DecideExtension(a, q.ID, true, due, "Đồng ý.") })
		if err != nil {
			return err
		}
	}
	return nil
}

func (pl *player) report(ctx context.Context, p *played, by, text, reply string) error {
	_, s, err := pl.share(ctx, p.work)
	if err != nil {
		return err
	}
	who := pl.by(by, *s)
	if !s.State.Open() || s.State == task.StateReported { // the answer that was issued ended it
		return nil
	}
	if s.State == task.StateGiven {
		if err := pl.as(ctx, who, func(a *journal.Act) error { return task.Start(a, s.ID) }); err != nil {
			return err
		}
	}
	return pl.as(ctx, who, func(a *journal.Act) error {
		return task.Report(a, s.ID, cmp.Or(text, "Đã xử lý xong."), reply)
	})
}

func (pl *player) confirm(ctx context.Context, p *played, by string) error {
	w, s, err := pl.share(ctx, p.work)
	if err != nil {
		return err
	}
	if s.State != task.StateReported {
		return nil
	}
	if by == "" {
		for key, id := range pl.people {
			if id == w.Giver {
				by = key
			}
		}
	}
	return pl.as(ctx, by, func(a *journal.Act) error { return task.Confirm(a, s.ID, "") })
}
