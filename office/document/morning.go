// SPDX-License-Identifier: Apache-2.0

package document

import (
	"cmp"
	"slices"
	"time"

	"soviec/kit/civil"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/org"
	"soviec/office/task"
)

// MorningLines is how many lines a morning sheet has.
const MorningLines = 5

// What a line of the morning sheet asks for.
const (
	MorningDirect  = "direct"  // cho ý kiến chỉ đạo văn bản
	MorningAsked   = "asked"   // xin gia hạn, đề xuất hạn, xin trả lại
	MorningPause   = "pause"   // xin tạm dừng
	MorningSign    = "sign"    // ký văn bản
	MorningConfirm = "confirm" // xác nhận kết quả
	MorningLate    = "late"    // đôn đốc việc quá hạn
)

// A MorningLine is one thing that needs a leader's word today (phiếu sáng). One of the
// records is filled, by its kind.
type MorningLine struct {
	Kind   string
	Key    string // names it in an address: "incoming/12"
	Urgent bool   // why it stands where it stands: past a limit, or its day is today
	Doc    Incoming
	Asked  task.Asking
	Pause  task.PauseRow
	Piece  task.Piece
	Tile   task.Tile
	Paper  MorningPaper

	rank int
	at   time.Time
}

// A MorningPaper is a text that another room lays before the leader for the signature
// (văn bản trình ký).
type MorningPaper struct {
	Ref     string // names it in the book
	Address string
	Type    string // code of its type
	Subject string
	Drafter int64
	Unit    int64
	Urgency int
	Since   time.Time
}

// Papers finds what waits for a leader's signature. Drafts stand above documents, so the
// sheet is told of them through this seam; while nil there are none.
var Papers func(r store.Reader, d *org.Directory, x org.Rights, actor int64, now time.Time) ([]MorningPaper, error)

// Morning chooses what needs a leader today and how much more there is: first what is
// past its limit or falls due today, then urgent documents, requests about days, results
// to confirm and papers to sign, documents, and the latest late work of each officer whom the leader has not
// urged about it today. Within a rank the oldest comes first. When there is late work, one of the
// lines is about it. actor is who sits there, perhaps in another's place; passed are the
// keys that were put off.
func Morning(r store.Reader, d *org.Directory, x org.Rights, actor int64, pic *task.Picture, now time.Time, passed map[string]bool) (lines []MorningLine, more int, err error) {
	agency, me, today := x.Agency, x.Person, civil.Of(now)
	docs, err := BeforeLeader(r, agency, me, 40)
	if err != nil {
		return nil, 0, err
	}
	var all []MorningLine
	add := func(l MorningLine) {
		if !passed[l.Key] {
			all = append(all, l)
		}
	}
	for _, doc := range docs {
		l := MorningLine{Kind: MorningDirect, Key: doc.Ref(), Doc: doc, rank: 4, at: doc.WaitsSince}
		if now.After(LimitOf(d.Calendar, doc.WaitsSince, doc.Urgency, d.Int("document.wait_hours_urgent"))) {
			l.Urgent, l.rank = true, 0
		} else if doc.Urgency > 0 {
			l.rank = 1
		}
		add(l)
	}
	asked, err := task.Askings(r, agency, me)
	if err != nil {
		return nil, 0, err
	}
	for _, q := range asked {
		l := MorningLine{Kind: MorningAsked, Key: journal.Ref("request", q.Request.ID), Asked: q, rank: 2, at: q.AskedAt}
		if q.Piece.DueOn <= today && !q.Piece.DueOn.IsZero() {
			l.Urgent, l.rank = true, 0
		}
		add(l)
	}
	pauses, err := task.PausesToDecide(r, agency, me)
	if err != nil {
		return nil, 0, err
	}
	for _, p := range pauses {
		add(MorningLine{Kind: MorningPause, Key: journal.Ref("pause", p.ID), Pause: p, rank: 2, at: p.AskedAt})
	}
	if Papers != nil {
		papers, err := Papers(r, d, x, actor, now)
		if err != nil {
			return nil, 0, err
		}
		for _, p := range papers {
			l := MorningLine{Kind: MorningSign, Key: p.Ref, Paper: p, rank: 3, at: p.Since}
			if p.Urgency > 0 {
				l.rank = 1
			}
			add(l)
		}
	}
	waiting, err := task.Waiting(r, d, me, today)
	if err != nil {
		return nil, 0, err
	}
	for _, p := range waiting {
		add(MorningLine{Kind: MorningConfirm, Key: journal.Ref("share", p.Share), Piece: p, rank: 3, at: p.ReportedAt})
	}
	late, err := latestOfEach(r, d, x, pic, now)
	if err != nil {
		return nil, 0, err
	}
	for _, t := range late {
		add(MorningLine{Kind: MorningLate, Key: journal.Ref("late", t.Share), Tile: t, rank: 5, at: t.Due()})
	}
	slices.SortStableFunc(all, func(a, b MorningLine) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(b.urgency(), a.urgency()), a.at.Compare(b.at))
	})
	if len(all) <= MorningLines {
		return all, 0, nil
	}
	lines, more = all[:MorningLines:MorningLines], len(all)-MorningLines
	if i := slices.IndexFunc(all, func(l MorningLine) bool { return l.Kind == MorningLate }); i >= MorningLines {
		lines = append(slices.Clone(lines[:MorningLines-1]), all[i])
	}
	return lines, more, nil
}

// urgency is that of the text which the line is about, once it counts for its place.
func (l MorningLine) urgency() int { return max(l.Doc.Urgency, l.Paper.Urgency) }

// latestOfEach is the latest late work of each officer that the leader may urge and has
// not urged today, the latest first.
func latestOfEach(r store.Reader, d *org.Directory, x org.Rights, pic *task.Picture, now time.Time) ([]task.Tile, error) {
	seen := map[int64]bool{}
	var out []task.Tile
	var shares []int64
	for _, t := range pic.View(d, now, task.ScopeOf(x), task.Filter{Standing: task.StandsLate}).LateTiles() {
		if t.State == task.StateReported || t.Holder == x.Person || !x.May(org.Urge, org.Target{Unit: t.Unit, Giver: t.Giver}) {
			continue
		}
		out, shares = append(out, t), append(shares, t.Share)
		if len(out) == 200 {
			break
		}
	}
	urged, err := task.UrgedOn(r, x.Agency, x.Person, civil.Of(now), shares)
	return slices.DeleteFunc(out, func(t task.Tile) bool {
		gone := urged[t.Share] || seen[t.Holder]
		seen[t.Holder] = true
		return gone
	}), err
}
