// SPDX-License-Identifier: Apache-2.0

package task

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/org"
)

// The states of a pause.
const (
	PauseWaits   = "asked"   // chờ xác nhận
	PauseRuns    = "running" // đang tạm dừng
	PauseEnded   = "ended"   // đã tiếp tục
	PauseRefuted = "refused" // không được chấp nhận
)

// A Wait is what somebody says when the share cannot go on for a cause outside the
// agency's hands (tạm dừng: chờ cơ quan khác, chờ người dân, bất khả kháng).
type Wait struct {
	Cause      string    // code of a cause that pauses
	WaitingFor string    // for whom
	Since      time.Time // zero = now
	Proof      string    // the outgoing request, as a record of the office: "outgoing/12"
	ProofText  string    // … or as a document that lies elsewhere: "Công văn số 12/BDT-CS ngày 10/11/2026"
}

// A PauseRow is one time in which a share stood still, or would have.
type PauseRow struct {
	ID         int64
	Share      int64
	Cause      string
	WaitingFor string
	From       time.Time
	To         time.Time // zero = still
	Proof      string
	ProofText  string
	State      string
	Counted    bool // its working time has moved the day
	AskedBy    int64
	Proxy      int64
	AskedAt    time.Time
	Decider    int64
	DecidedBy  int64
	DecidedAt  time.Time
	Answer     string
	EndedBy    int64
	EndedAt    time.Time
	EndProof   string
}

// Takes reports whether the pause takes time off.
func (p PauseRow) Takes() bool { return p.State == PauseRuns || p.State == PauseEnded }

// spans are the times that pauses take off.
func spans(pauses []PauseRow, only func(PauseRow) bool) []Span {
	var out []Span
	for _, p := range pauses {
		if p.Takes() && (only == nil || only(p)) {
			out = append(out, Span{p.From, p.To})
		}
	}
	return out
}

// Pause stops the clock of a share (tạm dừng tính thời gian). With the outgoing request as
// proof it stops at once, and whoever gave the work may refuse it afterwards; without one,
// or when the day has passed already, it waits for the giver or the head to confirm it.
func Pause(a *journal.Act, share int64, w Wait) (id int64, err error) {
	d, s, err := openShare(a, share)
	if err != nil {
		return 0, err
	}
	decides, err := d.pausing(s)
	if err != nil {
		return 0, err
	}
	if s.State != StateGiven && s.State != StateStarted {
		return 0, notNow(s)
	}
	since := w.Since
	if since.IsZero() {
		since = a.At
	}
	since = since.Truncate(time.Minute)
	if since.Before(s.GivenAt) && w.Since.IsZero() {
		since = s.GivenAt
	}
	errs := []error{
		d.causeOf(w.Cause, true),
		words("waiting_for", "Đang chờ ai", w.WaitingFor, 300, w.Cause != "force"),
		words("proof", "Văn bản đã gửi", w.ProofText, 300, false),
	}
	switch {
	case since.After(a.At):
		errs = append(errs, fault.Invalid("since", "Thời điểm tạm dừng không được sau hiện tại."))
	case since.Before(s.GivenAt.Truncate(time.Minute)):
		errs = append(errs, fault.Invalid("since", "Thời điểm tạm dừng không được trước khi giao việc."))
	}
	if _, _, ok := journal.ParseRef(w.Proof); w.Proof != "" && !ok {
		errs = append(errs, fault.Invalid("proof", "Không tìm thấy văn bản làm minh chứng."))
	}
	if err := fault.Join(errs...); err != nil {
		return 0, err
	}
	all, err := pausesOf(a, s.ID)
	if err != nil {
		return 0, fault.Internal(err)
	}
	p := PauseRow{ID: a.NewID(), Share: s.ID, Cause: w.Cause, WaitingFor: strings.TrimSpace(w.WaitingFor), From: since, Proof: w.Proof,
		ProofText: strings.TrimSpace(w.ProofText), State: PauseWaits, AskedBy: me(a), Proxy: proxy(a), AskedAt: a.At, Decider: d.asker(s)}
	if slices.ContainsFunc(all, func(x PauseRow) bool {
		return (x.State == PauseWaits || x.State == PauseRuns) && x.Cause == p.Cause && x.WaitingFor == p.WaitingFor
	}) {
		return 0, fault.Conflict("", "Phần việc đang tạm dừng vì nguyên nhân này rồi.")
	}
	switch {
	case decides:
		p.State, p.DecidedBy, p.DecidedAt = PauseRuns, me(a), a.At
	case (p.Proof != "" || p.ProofText != "") && !s.lateFor(s.DueAt, a.At):
		p.State = PauseRuns
	}
	if err := insertPause(a, p); err != nil {
		return 0, fault.Internal(err)
	}
	d.rows = append(d.rows, RowTrace{p.ID, p.State})
	s.PausedAt = spell(append(all, p), a.At)
	if err := d.save(s); err != nil {
		return 0, err
	}
	kind, text := Paused, fmt.Sprintf("“%s” tạm dừng tính thời gian từ %s: %s.", d.w.Title, civil.Of(since).VN(), d.waits(p))
	if p.State == PauseWaits {
		kind, text = PauseAsked, fmt.Sprintf("%s đề nghị tạm dừng tính thời gian “%s” từ %s: %s; chờ anh/chị xác nhận.",
			upper(d.dir.Person(s.Holder).Polite()), d.w.Title, civil.Of(since).VN(), d.waits(p))
	}
	if err := d.note(kind, s, Data{Kind: p.Cause, Ref: p.Proof}, ""); err != nil {
		return 0, err
	}
	for _, person := range distinctIDs(p.Decider, d.w.Giver, s.Holder) {
		if err := d.tell(person, kind, text); err != nil {
			return 0, err
		}
	}
	return p.ID, nil
}

func distinctIDs(ids ...int64) []int64 {
	var out []int64
	for _, id := range ids {
		if id != 0 && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

// waits are the words for what a pause waits for.
func (d *deed) waits(p PauseRow) string {
	all, err := Causes(d.a, d.a.By.Agency)
	if err != nil {
		return p.WaitingFor
	}
	text := lower(CauseNamed(all, p.Cause).Name)
	if p.WaitingFor != "" {
		text += " (" + p.WaitingFor + ")"
	}
	return text
}

// pausing asks whether the act's holder may stop the clock: the one who does the work,
// or whoever decides about it, whose word is the confirmation.
func (d *deed) pausing(s *Share) (decides bool, err error) {
	if !isMine(d.a, s.Holder) {
		x, err := org.RightsIn(d.a)
		if err != nil {
			return false, err
		}
		if x.May(org.DecideOuter, org.Target{Unit: s.Unit, Holder: s.Holder, Giver: d.w.Giver}) ||
			x.May(org.DecideInner, org.Target{Unit: d.unitOf(s), Holder: s.Holder}) {
			d.a.Judged()
			return true, nil
		}
	}
	return false, d.mayDo(s, org.DoWork)
}

// openPause begins a deed on the share that a pause stops.
func openPause(a *journal.Act, pause int64) (*deed, *Share, []PauseRow, *PauseRow, error) {
	share, err := shareOfPause(a, a.By.Agency, pause)
	if err != nil {
		return nil, nil, nil, nil, found(err)
	}
	d, s, err := openShare(a, share)
	if err != nil {
		return nil, nil, nil, nil, err
	}
	all, err := pausesOf(a, s.ID)
	if err != nil {
		return nil, nil, nil, nil, fault.Internal(err)
	}
	i := slices.IndexFunc(all, func(p PauseRow) bool { return p.ID == pause })
	return d, s, all, &all[i], nil
}

// DecidePause confirms a pause, or refuses one: one that was asked for, and one that runs
// on the word of whoever does the work, until it has ended.
func DecidePause(a *journal.Act, pause int64, grant bool, answer string) error {
	d, s, all, p, err := openPause(a, pause)
	if err != nil {
		return err
	}
	decides, err := d.pausing(s)
	if err != nil {
		return err
	}
	switch {
	case !decides || isMine(a, p.AskedBy):
		return fault.Forbidden("Không ai được tự xác nhận việc tạm dừng của chính mình.")
	case p.State != PauseWaits && p.State != PauseRuns, p.State == PauseRuns && grant && p.DecidedBy != 0:
		return fault.Conflict("", "Đề nghị tạm dừng này đã được trả lời.")
	}
	if err := words("answer", "Lý do không chấp nhận", answer, 1000, !grant); err != nil {
		return err
	}
	p.State = PauseRefuted
	kind, text := PauseRefused, fmt.Sprintf("Việc tạm dừng “%s” không được chấp nhận. Lý do: %s", d.w.Title, answer)
	if grant {
		p.State, kind, text = PauseRuns, PauseGranted, fmt.Sprintf("Việc tạm dừng “%s” từ %s được xác nhận.", d.w.Title, civil.Of(p.From).VN())
	}
	p.DecidedBy, p.DecidedAt, p.Answer = me(a), a.At, strings.TrimSpace(answer)
	if err := updatePause(a, *p); err != nil {
		return fault.Internal(err)
	}
	d.rows = append(d.rows, RowTrace{p.ID, p.State})
	if err := d.resume(s, all); err != nil {
		return err
	}
	if err := d.save(s); err != nil {
		return err
	}
	if err := d.note(kind, s, Data{Kind: p.Cause}, answer); err != nil {
		return err
	}
	if err := d.tell(p.AskedBy, kind, text); err != nil || p.AskedBy == s.Holder {
		return err
	}
	return d.tell(s.Holder, kind, text)
}

// Resume lets the clock of a share run again (tiếp tục tính thời gian): all its pauses end
// at an instant, zero = now, with the reply as proof.
func Resume(a *journal.Act, share int64, at time.Time, proof string) error {
	d, s, err := openShare(a, share)
	if err != nil {
		return err
	}
	all, err := pausesOf(a, s.ID)
	if err != nil {
		return fault.Internal(err)
	}
	return d.endPauses(s, all, 0, at, proof)
}

// EndPause ends one of several pauses of a share; the clock runs again when the last has ended.
func EndPause(a *journal.Act, pause int64, at time.Time, proof string) error {
	d, s, all, p, err := openPause(a, pause)
	if err != nil {
		return err
	}
	if p.State != PauseRuns {
		return fault.Conflict("", "Phần việc này không đang tạm dừng.")
	}
	return d.endPauses(s, all, pause, at, proof)
}

func (d *deed) endPauses(s *Share, all []PauseRow, only int64, at time.Time, proof string) error {
	if _, err := d.pausing(s); err != nil {
		return err
	}
	if at.IsZero() {
		at = d.a.At
	}
	if at.After(d.a.At) {
		return fault.Invalid("at", "Thời điểm tiếp tục không được sau hiện tại.")
	}
	if err := words("proof", "Văn bản trả lời", proof, 300, false); err != nil {
		return err
	}
	ended := 0
	for i := range all {
		p := &all[i]
		if p.State != PauseRuns || only != 0 && p.ID != only {
			continue
		}
		if at.Before(p.From) {
			return fault.Invalid("at", "Thời điểm tiếp tục không được trước khi tạm dừng ("+civil.Of(p.From).VN()+").")
		}
		if err := d.endPause(p, at, proof); err != nil {
			return err
		}
		ended++
	}
	if ended == 0 {
		return fault.Conflict("", "Phần việc này không đang tạm dừng.")
	}
	was := s.DueOn
	if err := d.resume(s, all); err != nil {
		return err
	}
	if err := d.save(s); err != nil {
		return err
	}
	if err := d.note(Resumed, s, Data{Was: was}, ""); err != nil {
		return err
	}
	if !s.PausedAt.IsZero() {
		return nil
	}
	text := fmt.Sprintf("“%s” được tính thời gian trở lại", d.w.Title)
	if s.DueOn != was {
		text += fmt.Sprintf("; hạn từ %s dời sang %s theo thời gian đã tạm dừng", was.VN(), s.DueOn.VN())
	}
	for _, person := range distinctIDs(s.Holder, d.asker(s), d.w.Giver) {
		if err := d.tell(person, Resumed, text+"."); err != nil {
			return err
		}
	}
	return nil
}

func (d *deed) endPause(p *PauseRow, at time.Time, proof string) error {
	if t := at.Truncate(time.Minute); !t.Before(p.From) {
		at = t
	}
	p.State, p.To, p.EndedBy, p.EndedAt, p.EndProof = PauseEnded, at, me(d.a), d.a.At, strings.TrimSpace(proof)
	d.rows = append(d.rows, RowTrace{p.ID, p.State})
	return fault.Internal(updatePause(d.a, *p))
}

// still ends what stands still of a share that is handed in or ends. counts = its day moves.
func (d *deed) still(s *Share, counts bool) error { return d.stillAt(s, counts, d.a.At) }

func (d *deed) stillAt(s *Share, counts bool, at time.Time) error {
	all, err := pausesOf(d.a, s.ID)
	if err != nil {
		return fault.Internal(err)
	}
	for i := range all {
		p := &all[i]
		switch p.State {
		case PauseRuns:
			end := at
			if end.Before(p.From) {
				end = p.From
			}
			err = d.endPause(p, end, "")
		case PauseWaits:
			p.State, p.DecidedBy, p.DecidedAt, p.Answer = PauseRefuted, me(d.a), d.a.At, "Phần việc đã kết thúc trước khi xác nhận."
			d.rows = append(d.rows, RowTrace{p.ID, p.State})
			err = fault.Internal(updatePause(d.a, *p))
		}
		if err != nil {
			return err
		}
	}
	if !counts {
		s.PausedAt = time.Time{}
		return nil
	}
	return d.resume(s, all)
}
