// SPDX-License-Identifier: Apache-2.0

package task_test

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"soviec/kit/civil"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/kit/store/storetest"
	"soviec/office/org"
	"soviec/office/org/orgtest"
	"soviec/office/task"
)

// Random acts by random people at random times. Whatever is refused, the rest holds:
// one lead, rows = fold of the entries, each share's life divided among its holders
// without gap or overlap, and the board the same as a query over all rows.
func TestRandomActs(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		round := 0
		rapid.Check(t, func(rt *rapid.T) {
			round++
			book, clock := orgtest.Book(t, db, "2026-11-02 08:00")
			agency, who := orgtest.FoundAs(t, book, fmt.Sprintf(".%d", round))
			d := &desk{TB: t, book: book, clock: clock, agency: agency, who: who}
			board := task.NewBoard(book)
			p := player{rt: rt, d: d}
			for range rapid.IntRange(5, 40).Draw(rt, "acts") {
				p.act()
				if rapid.IntRange(0, 4).Draw(rt, "look") == 0 {
					p.compare(board)
				}
			}
			p.compare(board)
			p.lives()
			if err := task.Check(d.read(), agency, func(s string) { rt.Errorf("verify: %s", s) }); err != nil {
				rt.Fatal(err)
			}
			if p.done == 0 && len(p.works) > 3 {
				rt.Log("nothing was done")
			}
		})
	})
}

type player struct {
	rt    *rapid.T
	d     *desk
	works []int64
	done  int
}

var players = []string{"thang", "hoa", "lam", "hai", "ha", "khoi", "yen", "minh", "xuan"}

func (p *player) name(label string) string { return rapid.SampledFrom(players).Draw(p.rt, label) }

func (p *player) act() {
	rt, d := p.rt, p.d
	d.clock.Add(time.Duration(rapid.IntRange(0, 30*60).Draw(rt, "minutes")) * time.Minute)
	today := d.clock.Today()
	on := today.AddDays(rapid.IntRange(-2, 15).Draw(rt, "on"))
	if rapid.IntRange(0, 5).Draw(rt, "undated") == 0 {
		on = 0
	}
	units := []string{"CS", "NV", "KHTH"}
	unit := d.unit(rapid.SampledFrom(units).Draw(rt, "unit"))
	by := p.name("by")
	verb := rapid.SampledFrom([]string{"give", "give", "inside", "inside", "start", "report", "report", "confirm", "confirm", "back", "reopen",
		"extend", "return", "decide", "decide", "decide", "due", "lead", "add", "remove", "cancel", "urge", "see",
		"accept", "propose", "propose", "pause", "pause", "pause", "resume", "resume", "end pause", "confirm pause", "refuse pause",
		"obstacle", "clear", "answer", "unmet", "prove"}).Draw(rt, "verb")
	if verb == "give" || len(p.works) == 0 {
		o := task.Order{Title: "Việc", Lead: task.Assignee{Unit: unit}, Due: task.Due{On: on},
			Coop: []task.Assignee{{Unit: d.unit(rapid.SampledFrom(units).Draw(rt, "coop"))}}}
		if rapid.IntRange(0, 4).Draw(rt, "proof") == 0 {
			o.Proof = task.ProofDocument
		}
		by = rapid.SampledFrom([]string{"thang", "hoa"}).Draw(rt, "giver")
		if err := d.try(by, func(a *journal.Act) error {
			w, err := task.Give(a, o)
			if err == nil {
				a.After(func() { p.works = append(p.works, w.ID) })
			}
			return err
		}); err == nil {
			p.done++
		}
		return
	}
	work := rapid.SampledFrom(p.works).Draw(rt, "work")
	w, err := task.Get(d.read(), d.agency, work)
	if err != nil {
		rt.Fatal(err)
	}
	share := rapid.SampledFrom(w.Shares).Draw(rt, "share")
	// Often the one who may: else nearly everything would be refused.
	switch rapid.IntRange(0, 3).Draw(rt, "who") {
	case 0:
		by = p.of(share.Holder, by)
	case 1:
		by = p.of(w.Giver, by)
	case 2:
		by = p.of(d.dir().HeadOf(share.Unit, today), by)
	}
	// Mostly people of the unit, and sometimes somebody from elsewhere.
	members := append(d.dir().Members(share.Unit, today), d.dir().Person(d.person(p.name("stranger"))))
	inner := rapid.SampledFrom(members).Draw(rt, "inner").ID
	var coop []task.Assignee
	if other := rapid.SampledFrom(members).Draw(rt, "inner coop").ID; other != inner {
		coop = append(coop, task.Assignee{Person: other})
	}
	cause := rapid.SampledFrom([]string{"agency", "citizen", "force"}).Draw(rt, "cause")
	waiting := rapid.SampledFrom([]string{"Sở Tài chính", "UBND xã"}).Draw(rt, "waiting for")
	proof := rapid.SampledFrom([]string{"", "Công văn số 7/BDT-CS"}).Draw(rt, "proof of pause")
	since := time.Duration(rapid.IntRange(0, 3000).Draw(rt, "since")) * time.Minute
	do := map[string]func(a *journal.Act) error{
		"inside": func(a *journal.Act) error {
			_, err := task.AssignInside(a, share.ID, inner, coop, on, "")
			return err
		},
		"start":   func(a *journal.Act) error { return task.Start(a, share.ID) },
		"see":     func(a *journal.Act) error { return task.See(a, share.ID) },
		"report":  func(a *journal.Act) error { return task.Report(a, share.ID, "Kết quả.", "") },
		"confirm": func(a *journal.Act) error { return task.Confirm(a, share.ID, "") },
		"back":    func(a *journal.Act) error { return task.SendBack(a, share.ID, "Thiếu.", on) },
		"reopen":  func(a *journal.Act) error { return task.Reopen(a, w.ID, "Thêm.", on) },
		"extend":  func(a *journal.Act) error { _, err := task.AskExtension(a, share.ID, on, "Chờ."); return err },
		"return":  func(a *journal.Act) error { _, err := task.AskReturn(a, share.ID, "Không thuộc."); return err },
		"due":     func(a *journal.Act) error { _, err := task.ChangeDue(a, share.ID, on, "Gấp."); return err },
		"lead": func(a *journal.Act) error {
			_, err := task.ChangeLead(a, w.ID, task.Assignee{Unit: unit, Due: on}, "Đúng nhiệm vụ.")
			return err
		},
		"add": func(a *journal.Act) error {
			_, err := task.AddShare(a, w.ID, task.Coop, task.Assignee{Unit: unit}, "")
			return err
		},
		"remove": func(a *journal.Act) error { return task.RemoveShare(a, share.ID, "Thừa.") },
		"cancel": func(a *journal.Act) error { return task.Cancel(a, w.ID, "Nhầm.") },
		"urge": func(a *journal.Act) error {
			_, err := task.Urge(a, []int64{share.ID}, task.Remind, "")
			return err
		},
		"accept": func(a *journal.Act) error { return task.Accept(a, share.ID) },
		"propose": func(a *journal.Act) error {
			_, err := task.ProposeDue(a, share.ID, task.Due{On: on, At: "15:00"}, "Nhiều việc.")
			return err
		},
		"pause": func(a *journal.Act) error {
			_, err := task.Pause(a, share.ID, task.Wait{Cause: cause, WaitingFor: waiting, Since: a.At.Add(-since), ProofText: proof})
			return err
		},
		"resume":        func(a *journal.Act) error { return task.Resume(a, share.ID, a.At.Add(-since/3), "") },
		"end pause":     p.pause(share.ID, func(a *journal.Act, id int64) error { return task.EndPause(a, id, time.Time{}, "") }),
		"confirm pause": p.pause(share.ID, func(a *journal.Act, id int64) error { return task.DecidePause(a, id, true, "") }),
		"refuse pause":  p.pause(share.ID, func(a *journal.Act, id int64) error { return task.DecidePause(a, id, false, "Không.") }),
		"obstacle": func(a *journal.Act) error {
			_, err := task.Obstacle(a, share.ID, "load", "", "Thiếu người.")
			return err
		},
		"clear": func(a *journal.Act) error { return task.Clear(a, share.ID) },
		"answer": func(a *journal.Act) error {
			return task.AnswerUrging(a, share.ID, []string{"promise", "blocked"}[share.ID%2], on, "Chờ Sở.")
		},
		"unmet": func(a *journal.Act) error { return task.SendBackUnmet(a, share.ID, "Sai.", on) },
		"prove": func(a *journal.Act) error {
			if err := org.May(a, org.DoWork, org.Target{Holder: share.Holder, Unit: share.Unit}); err != nil {
				return err
			}
			return task.Prove(a, w.ID, "outgoing/5", a.At.Add(-since))
		},
		"decide": func(a *journal.Act) error {
			qs, err := task.Requests(a, d.agency, w.ID)
			if err != nil || len(qs) == 0 {
				return err
			}
			q := qs[len(qs)-1]
			switch grant := share.ID%2 == 0; q.Kind {
			case "extend":
				return task.DecideExtensionFor(a, q.ID, task.Decision{Grant: grant, Objective: w.ID%2 == 0, Answer: "Vì vậy."})
			case "agree":
				return task.DecideProposedDue(a, q.ID, grant, task.Due{On: on}, "Vì vậy.")
			default:
				return task.DecideReturn(a, q.ID, grant, "Vì vậy.")
			}
		},
	}[verb]
	if err := d.try(by, do); err == nil {
		p.done++
	} else if text := err.Error(); len(text) > 9 && text[:9] == "internal:" || text == "" {
		rt.Fatalf("%s: %v", verb, err)
	}
}

// pause does something with the last pause of a share.
func (p *player) pause(share int64, do func(*journal.Act, int64) error) func(*journal.Act) error {
	return func(a *journal.Act) error {
		w, err := task.GetShare(a, p.d.agency, share)
		if err != nil {
			return err
		}
		all, err := task.Pauses(a, p.d.agency, w.ID)
		if err != nil {
			return err
		}
		for i := range all {
			if x := all[len(all)-1-i]; x.Share == share {
				return do(a, x.ID)
			}
		}
		return nil
	}
}

func (p *player) of(person int64, otherwise string) string {
	for _, name := range players {
		if p.d.person(name) == person {
			return name
		}
	}
	return otherwise
}

// compare holds the followed board to a fresh one, and both to all rows.
func (p *player) compare(board *task.Board) {
	d, rt := p.d, p.rt
	now := d.clock.Now()
	followed := d.picture(board).View(d.dir(), now, task.Scope{All: true}, task.Filter{})
	fresh := d.picture(task.NewBoard(d.book)).View(d.dir(), now, task.Scope{All: true}, task.Filter{})
	if !reflect.DeepEqual(followed, fresh) {
		rt.Fatalf("the board has drifted:\n%+v\n%+v", followed, fresh)
	}
	var want task.Counts
	soon := d.dir().Calendar.AddWorkingDays(civil.Of(now), 2)
	for _, id := range p.works {
		w, err := task.Get(d.read(), d.agency, id)
		if err != nil {
			rt.Fatal(err)
		}
		for _, s := range w.Shares {
			if !s.State.Open() {
				continue
			}
			want.Open++
			switch {
			case s.LateOutside(now):
				want.Late++
			case s.State == task.StateReported:
				want.Waiting++
			case !s.PausedAt.IsZero():
				want.Paused++
			case s.OuterOn.IsZero():
				want.Undated++
			case s.OuterOn <= soon:
				want.Soon++
			}
		}
	}
	if followed.Counts != want {
		rt.Fatalf("board %+v, rows %+v", followed.Counts, want)
	}
}

// lives says that holding times divide the life of each share.
func (p *player) lives() {
	for _, id := range p.works {
		w, err := task.Get(p.d.read(), p.d.agency, id)
		if err != nil {
			p.rt.Fatal(err)
		}
		leads := 0
		dues, err := task.Dues(p.d.read(), p.d.agency, id)
		if err != nil {
			p.rt.Fatal(err)
		}
		pauses, err := task.Pauses(p.d.read(), p.d.agency, id)
		if err != nil {
			p.rt.Fatal(err)
		}
		for _, s := range w.Shares {
			p.days(s, dues)
			if s.Role == task.Lead && s.Parent == 0 && s.State != task.StateReturned && s.State != task.StateDropped {
				leads++
			}
			if s.Role == task.Info {
				continue
			}
			all, err := task.Holdings(p.d.read(), p.d.agency, []int64{s.ID})
			if err != nil {
				p.rt.Fatal(err)
			}
			held := all[s.ID]
			p.shared(s, held, slices.DeleteFunc(slices.Clone(pauses), func(x task.PauseRow) bool { return x.Share != s.ID }))
			if len(held) == 0 || !held[0].From.Equal(s.GivenAt) {
				p.rt.Fatalf("share %d begins at %s, its holders at %+v", s.ID, s.GivenAt, held)
			}
			for i, h := range held {
				last := i == len(held)-1
				switch {
				case last && h.To.IsZero() != s.State.Open():
					p.rt.Fatalf("share is %s, last holder until %s", s.State, h.To)
				case !last && h.To.IsZero():
					p.rt.Fatalf("two hold it at once: %+v", held)
				case !last && !h.To.Equal(held[i+1].From) && w.Reopened == 0:
					p.rt.Fatalf("a gap: %+v", held)
				case !last && h.To.After(held[i+1].From):
					p.rt.Fatalf("an overlap: %+v", held)
				}
			}
		}
		if want := map[string]int{task.WorkOpen: 1, task.WorkDone: 1}[w.State]; leads != want {
			p.rt.Fatalf("%d leads in a work that is %s", leads, w.State)
		}
	}
}

// days says that the first day ever promised stays for good, that later rows follow in time,
// and that time that stood still and an extension never make a day earlier.
func (p *player) days(s task.Share, all []task.DueRow) {
	var first civil.Date
	var last task.DueRow
	for _, r := range all {
		if r.Share != s.ID {
			continue
		}
		if last.SetAt.After(r.SetAt) {
			p.rt.Fatalf("dates out of order: %+v", all)
		}
		if own := r.Level == task.Outer || s.Parent != 0; own && first.IsZero() {
			first = r.On
		}
		if (r.Kind == "paused" || r.Kind == "extended" && r.Level == task.Outer) && !r.At.After(r.WasAt) {
			p.rt.Fatalf("%s makes the day earlier: %+v", r.Kind, r)
		}
		last = r
	}
	if first != s.OuterFirst {
		p.rt.Fatalf("first promised %s, kept %s: %+v", first, s.OuterFirst, all)
	}
}

// shared says that paused, held and waiting together are the whole working time of a
// share, and that what is late of each is the lateness.
func (p *player) shared(s task.Share, held []task.Holding, pauses []task.PauseRow) {
	cal, now := p.d.dir().Calendar, p.d.clock.Now()
	end := now
	if s.State == task.StateDone {
		end = s.DoneAt
	}
	var life, paused, sum, late time.Duration
	for _, h := range held {
		to := h.To
		if to.IsZero() || to.After(end) {
			to = end
		}
		if h.From.Before(to) {
			life += cal.WorkingTime(h.From, to)
			paused += naive(cal, pauses, h.From, to)
		}
	}
	for _, x := range task.WhoseTime(held, pauses, s.OuterAt, end, cal) {
		if x.Held < 0 || x.Late < 0 || x.Late > x.Held {
			p.rt.Fatalf("%+v", x)
		}
		sum += x.Held
		late += x.Late
	}
	if sum+paused != life {
		p.rt.Fatalf("held %s and paused %s of %s: %+v %+v", sum, paused, life, held, pauses)
	}
	if running := slices.ContainsFunc(pauses, func(x task.PauseRow) bool { return x.State == task.PauseRuns }); s.State == task.StateDone && unbroken(held) && !running {
		want := max(cal.WorkingTime(s.OuterAt, end), 0)
		if s.OuterAt.IsZero() {
			want = 0
		}
		if late != min(want, sum) {
			p.rt.Fatalf("late %s of %s, due %s, done %s: %+v %+v", late, want, s.OuterAt, end, held, pauses)
		}
	}
}

// unbroken reports holdings without a gap.
func unbroken(held []task.Holding) bool {
	for i := 1; i < len(held); i++ {
		if !held[i].From.Equal(held[i-1].To) {
			return false
		}
	}
	return true
}

// naive is the working time in which something stood still, from edge to edge.
func naive(cal *civil.Calendar, pauses []task.PauseRow, from, to time.Time) time.Duration {
	edges := []time.Time{from, to}
	for _, x := range pauses {
		if x.Takes() {
			edges = append(edges, x.From)
			if !x.To.IsZero() {
				edges = append(edges, x.To)
			}
		}
	}
	slices.SortFunc(edges, time.Time.Compare)
	var sum time.Duration
	for i := 1; i < len(edges); i++ {
		a, b := edges[i-1], edges[i]
		if a.Before(from) || b.After(to) {
			continue
		}
		if slices.ContainsFunc(pauses, func(x task.PauseRow) bool {
			return x.Takes() && !x.From.After(a) && (x.To.IsZero() || !x.To.Before(b))
		}) {
			sum += cal.WorkingTime(a, b)
		}
	}
	return sum
}
