// SPDX-License-Identifier: Apache-2.0

package web

import (
	"slices"
	"sync"
	"time"

	"soviec/door/web/view"
	"soviec/kit/civil"
	"soviec/office/document"
	"soviec/office/notice"
	"soviec/office/org"
	"soviec/office/outgoing"
	"soviec/office/task"
)

// frame is what stands around a page. A count that cannot be had is left out: the
// page itself is worth more than a number beside it.
func (v *visit) frame(place view.Place, title string) view.Frame {
	f := view.Frame{
		Title: title, Place: place, Agency: v.dir.Agency.Name, Sample: v.dir.Agency.Sample, Today: todayWords(v.today),
		Person: v.dir.Person(v.session.Person).Name, PersonTitle: v.dir.Title(v.session.Person, v.today),
		Flash: takeFlash(v.w, v.Request, v.d.Secure), Query: v.FormValue("q"), Nav: v.nav(), Unread: v.counts().unread, Saved: v.saved,
	}
	if v.holder.For != 0 {
		f.OnBehalf = "Đang làm thay " + v.dir.Person(v.holder.For).Polite()
		if away, ok := v.dir.Away(v.holder.For, v.today); ok {
			f.OnBehalf += " đến hết ngày " + away.To.VN()
		}
	}
	return f
}

func todayWords(d civil.Date) string { return capital(d.WeekdayVN()) + ", " + d.VN() }

// nav are the places that the visitor may use, with their counts as of the last act.
func (v *visit) nav() []view.NavItem {
	c := v.counts()
	items := []view.NavItem{{Place: view.PlaceHome, Count: c.mine}, {Place: view.PlaceOverdue, Count: c.late, Alarm: c.late > 0}}
	if v.rights.Leader() {
		items = slices.Insert(items, 1, view.NavItem{Place: view.PlaceMorning})
	}
	if v.readsDocuments() {
		items = append(items, view.NavItem{Place: view.PlaceIncoming, Count: c.waiting})
	}
	if v.readsDocuments() {
		items = append(items, view.NavItem{Place: view.PlaceDrafts, Count: c.drafts}, view.NavItem{Place: view.PlaceOutgoing, Count: c.outgoing})
	}
	if v.may(org.RegisterIncoming, org.Target{}) {
		items = append(items, view.NavItem{Place: view.PlaceQueue, Count: c.queue})
	}
	items = append(items, view.NavItem{Place: view.PlaceWorks})
	if v.readsDocuments() {
		items = append(items, view.NavItem{Place: view.PlaceDossiers})
	}
	items = append(items, view.NavItem{Place: view.PlaceSearch}, view.NavItem{Place: view.PlaceAbsence})
	if v.may(org.ManageRules, org.Target{}) && !v.may(org.ManagePeople, org.Target{}) {
		items = append(items, view.NavItem{Place: view.PlaceRules})
	}
	if v.may(org.ManageSigning, org.Target{}) {
		items = append(items, view.NavItem{Place: view.PlaceSigning})
	}
	if v.may(org.SeeSystem, org.Target{}) {
		items = append(items, view.NavItem{Place: view.PlaceAdmin})
	}
	return append(items, view.NavItem{Place: view.PlaceHelp})
}

// readsDocuments reports whether the visitor has a register to look into. The
// administrator of the system has none (documents.md §3.1).
func (v *visit) readsDocuments() bool {
	for _, p := range v.rights.Posts {
		for _, r := range p.Roles {
			if r != org.SysAdmin {
				return true
			}
		}
	}
	return false
}

// counts are the numbers beside the places.
type counts struct{ mine, late, waiting, queue, outgoing, drafts, unread int }

// countsKey is whose counts they are, and as of when.
type countsKey struct{ agency, person int64 }

type keptCounts struct {
	seq   int64
	dir   *org.Directory
	until time.Time
	heard int64 // calls of the hub: a notice that was read elsewhere makes the counts stale
	counts
}

// shells keeps the counts of each visitor until the agency's book grows.
type shells struct{ m sync.Map }

func (v *visit) counts() counts {
	seq, err := v.d.Book.Last(v.read(), v.agency())
	if err != nil {
		return counts{}
	}
	key, heard := countsKey{v.agency(), v.me()}, notice.Live.Calls(v.agency(), v.me())
	if kept, ok := v.d.shells.m.Load(key); ok {
		if k := kept.(*keptCounts); k.seq == seq && k.dir == v.dir && k.heard == heard && v.now.Before(k.until) {
			return k.counts
		}
	}
	k := &keptCounts{seq: seq, dir: v.dir, until: v.now.Add(time.Minute), heard: heard}
	k.unread, _ = notice.Unread(v.read(), v.agency(), v.me())
	if p, err := v.d.Board.Of(v.Context(), v.agency()); err == nil {
		k.mine = p.View(v.dir, v.now, task.Scope{Person: v.me()}, task.Filter{}).Open
		k.late = v.overview(p, task.Filter{}).Counts.Late
	}
	if v.rights.Leader() {
		n, _ := document.WaitingFor(v.read(), v.agency(), v.me())
		k.waiting = int(n)
	}
	if v.may(org.RegisterIncoming, org.Target{}) {
		n, _ := document.QueueLength(v.read(), v.agency())
		k.queue = int(n)
	}
	if v.may(org.NumberOut, org.Target{}) {
		n, _ := outgoing.Waits(v.read(), v.agency())
		k.outgoing = int(n)
	}
	if v.readsDocuments() {
		waits, _ := v.waitingDrafts()
		k.drafts = len(waits)
	}
	v.d.shells.m.Store(key, k)
	return k.counts
}

// overview is the picture of what the visitor may see.
func (v *visit) overview(p *task.Picture, f task.Filter) task.View {
	return p.View(v.dir, v.now, task.ScopeOf(v.rights), f)
}

func capital(s string) string {
	r := []rune(s)
	if len(r) == 0 {
		return s
	}
	return string(upper(r[0])) + string(r[1:])
}
