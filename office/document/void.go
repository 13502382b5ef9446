// SPDX-License-Identifier: Apache-2.0

package document

import (
	"slices"
	"unicode/utf8"

	"soviec/kit/fault"
	"soviec/kit/find"
	"soviec/kit/job"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/notice"
	"soviec/office/org"
	"soviec/office/task"
)

// AskVoid asks the chief of office to void a number given by mistake (đề nghị hủy
// số đến). The number stays in the book whatever is decided.
func AskVoid(a *journal.Act, doc int64, reason string) error {
	if err := org.May(a, org.AskVoid, org.Target{}); err != nil {
		return err
	}
	d, err := get(a, a.By.Agency, doc)
	if err != nil {
		return err
	}
	if d.State != StateRegistered && d.State != StateSubmitted {
		return wrongState(d, "hủy số đến")
	}
	if utf8.RuneCountInString(Tidy(reason)) < 5 {
		return fault.Invalid("reason", "Xin ghi lý do hủy số.")
	}
	if err := insertVoiding(a, d.ID, Tidy(reason)); err != nil {
		if store.IsUnique(err) {
			return fault.Conflict("", "Đã có đề nghị hủy số đến này, đang chờ duyệt.")
		}
		return err
	}
	a.Note(journal.Entry{Kind: VoidAsked, Subject: d.Ref()})
	dir, err := org.DirectoryIn(a)
	if err != nil {
		return err
	}
	for _, p := range dir.With(a.Day(), org.OfficeChief) {
		if err := tell(a, notice.Item{Person: p.ID, Matter: d.Ref(), Kind: VoidAsked,
			Text: "Văn thư đề nghị hủy số đến " + ShowNumber(d.Number) + ".", Link: d.Address()}); err != nil {
			return err
		}
	}
	return nil
}

// DecideVoid grants or refuses the voiding. Whoever asked cannot decide.
func DecideVoid(a *journal.Act, doc int64, grant bool, answer string) error {
	d, err := get(a, a.By.Agency, doc)
	if err != nil {
		return err
	}
	asked, err := openVoiding(a, d.ID)
	if err == store.ErrNone {
		return fault.Conflict("", "Không còn đề nghị hủy số nào đang chờ.")
	}
	if err != nil {
		return err
	}
	if err := org.May(a, org.DecideVoid, org.Target{Person: asked.AskedBy}); err != nil {
		return err
	}
	if a.By.Person == asked.AskedBy { // nor for another
		return fault.Forbidden("Người đề nghị hủy số không tự duyệt đề nghị của mình.")
	}
	state, kind, said := "refused", VoidRefused, "không đồng ý hủy"
	if grant {
		state, kind, said = "granted", Voided, "đồng ý hủy"
		if d.State != StateRegistered && d.State != StateSubmitted {
			return wrongState(d, "hủy số đến")
		}
		if err := setState(a, d, StateVoided); err != nil {
			return err
		}
	} else if Tidy(answer) == "" {
		return fault.Invalid("reason", "Xin ghi lý do không đồng ý.")
	}
	if err := decideVoiding(a, asked.ID, state, Tidy(answer)); err != nil {
		return err
	}
	a.Note(journal.Entry{Kind: kind, Subject: d.Ref(), Amount: d.Number})
	return tell(a, notice.Item{Person: asked.AskedBy, Matter: d.Ref(), Kind: kind,
		Text: "Chánh Văn phòng " + said + " số đến " + ShowNumber(d.Number) + ".", Link: d.Address()})
}

// A Voiding is a request to void a number.
type Voiding struct {
	ID       int64
	Document int64
	Reason   string
	AskedBy  int64
	AskedAt  store.Time
}

// AskRecall notes that the issuer asks for a document back (nhận yêu cầu thu hồi; QĐ 28/2018/QĐ-TTg Điều 9).
func AskRecall(a *journal.Act, doc int64, notification, reason string) error {
	if err := org.May(a, org.RegisterIncoming, org.Target{}); err != nil {
		return err
	}
	d, err := get(a, a.By.Agency, doc)
	if err != nil {
		return err
	}
	if d.State.Final() || d.State == StateRecallAsked {
		return wrongState(d, "ghi nhận yêu cầu thu hồi")
	}
	if Tidy(reason) == "" {
		return fault.Invalid("reason", "Xin ghi nội dung yêu cầu thu hồi của nơi gửi.")
	}
	if err := setRecallAsked(a, d, Tidy(notification+" "+reason)); err != nil {
		return err
	}
	a.Note(journal.Entry{Kind: RecallAsked, Subject: d.Ref(), Data: map[string]string{"from": string(d.State)}})
	if err := tellClerks(a, d.Ref(), RecallAsked, "Có yêu cầu thu hồi văn bản "+d.Title()+".", d.Address()); err != nil {
		return err
	}
	holders, err := holdersOf(a, a.By.Agency, d)
	if err != nil {
		return err
	}
	for _, p := range holders {
		if err := tell(a, notice.Item{Person: p, Matter: d.Ref(), Kind: RecallAsked,
			Text: "Nơi gửi yêu cầu thu hồi văn bản " + d.Title() + ".", Link: d.Address()}); err != nil {
			return err
		}
	}
	return nil
}

// AgreeRecall gives the document back: its files are purged, what is known of it and
// of its recall stays, and its work is dropped (đồng ý thu hồi; Điều 18.4).
//
// A document that was reported to be secret is taken away on the word of the head of
// the agency: two persons, the one who saw it and the head.
func AgreeRecall(a *journal.Act, doc int64) error {
	d, err := get(a, a.By.Agency, doc)
	if err != nil {
		return err
	}
	action := org.RegisterIncoming
	if d.Frozen {
		action = org.DecideRecall
	}
	if err := org.May(a, action, org.Target{}); err != nil {
		return err
	}
	if d.State != StateRecallAsked {
		return wrongState(d, "đồng ý thu hồi")
	}
	if d.Work != 0 {
		if err := task.Drop(a, d.Work, "Văn bản đã được thu hồi."); err != nil {
			return err
		}
	}
	keys, err := purgeFiles(a, d.ID)
	if err != nil {
		return err
	}
	if err := setState(a, d, StateRecalled); err != nil {
		return err
	}
	if err := find.PutBody(a, a.By.Agency, d.Ref(), ""); err != nil {
		return err
	}
	a.Note(journal.Entry{Kind: Recalled, Subject: d.Ref(), Data: map[string]any{"files": keys}})
	return job.Enqueue(a, a.By.Agency, JobPurge, d.Ref(), keys, a.At)
}

// JobPurge is the kind of the job that removes the bytes of a recalled document's
// files from the blob store, where no other document holds them.
const JobPurge = "document.purge"

// Purge removes the bytes of recalled files, but for those that another document
// holds too, and returns how many were removed. It is the work of JobPurge and may be
// done twice.
func Purge(r store.Reader, keys []string, remove func(key string) error) (int, error) {
	removed := 0
	for _, key := range keys {
		held, err := keyHeld(r, key)
		if err != nil {
			return removed, err
		}
		if held {
			continue
		}
		if err := remove(key); err != nil && !fault.Is(err, fault.KindNotFound) {
			return removed, err
		}
		removed++
	}
	return removed, nil
}

// RefuseRecall keeps the document and puts it back where it stood (từ chối thu hồi).
func RefuseRecall(a *journal.Act, doc int64, reason string) error {
	if err := org.May(a, org.DecideRecall, org.Target{}); err != nil {
		return err
	}
	d, err := get(a, a.By.Agency, doc)
	if err != nil {
		return err
	}
	if d.State != StateRecallAsked {
		return wrongState(d, "từ chối thu hồi")
	}
	if Tidy(reason) == "" {
		return fault.Invalid("reason", "Xin ghi lý do từ chối thu hồi.")
	}
	if err := setRefused(a, d); err != nil {
		return err
	}
	a.Note(journal.Entry{Kind: RecallRefused, Subject: d.Ref(), Data: map[string]string{"to": string(d.StateBefore)}})
	if err := catchUp(a, d.ID); err != nil {
		return err
	}
	return tellClerks(a, d.Ref(), RecallRefused, "Lãnh đạo từ chối yêu cầu thu hồi văn bản "+d.Title()+".", d.Address())
}

// FileAway puts a finished document into a work dossier (lập hồ sơ; Điều 29).
func FileAway(a *journal.Act, doc int64, dossier string) error {
	d, err := get(a, a.By.Agency, doc)
	if err != nil {
		return err
	}
	if err := mayFile(a, d); err != nil {
		return err
	}
	if d.State != StateCompleted {
		return wrongState(d, "lập hồ sơ")
	}
	if Tidy(dossier) == "" {
		return fault.Invalid("dossier", "Xin ghi số, ký hiệu hồ sơ.")
	}
	if err := setFiled(a, d, Tidy(dossier)); err != nil {
		return err
	}
	a.Note(journal.Entry{Kind: Filed, Subject: d.Ref()})
	return nil
}

// mayFile: whoever led the work files it; what was taken over without work is the clerk's.
func mayFile(a *journal.Act, d Incoming) error {
	if d.Work == 0 {
		return org.May(a, org.RegisterIncoming, org.Target{})
	}
	w, err := task.Get(a, a.By.Agency, d.Work)
	if err != nil {
		return err
	}
	t := org.Target{}
	if lead := w.Lead(); lead != nil {
		t.Holder, t.Unit = lead.Holder, lead.Unit
	}
	return org.May(a, org.DoWork, t)
}

// holdersOf are those who hold an open share of the document's work.
func holdersOf(r store.Reader, agency int64, d Incoming) ([]int64, error) {
	if d.Work == 0 {
		return nil, nil
	}
	w, err := task.Get(r, agency, d.Work)
	if err != nil {
		return nil, err
	}
	var out []int64
	for _, s := range w.Shares {
		if s.State.Open() && s.Holder != 0 && !slices.Contains(out, s.Holder) {
			out = append(out, s.Holder)
		}
	}
	return out, nil
}

// ReportSecret freezes a document at once because somebody saw that it is secret
// (báo lọt văn bản mật): nobody may open its files until it is dealt with.
func ReportSecret(a *journal.Act, doc int64) error {
	if err := org.May(a, org.OwnAccount, org.Target{Person: reporter(a)}); err != nil {
		return err
	}
	x, err := org.RightsIn(a)
	if err != nil {
		return err
	}
	d, err := Get(a, a.By.Agency, ReachOf(x), doc) // whoever may read it may have seen it
	if err != nil {
		return err
	}
	if d.State.Final() || d.State == StateRecallAsked {
		return wrongState(d, "báo lọt văn bản mật")
	}
	if err := setRecallAsked(a, d, "Báo lọt văn bản mật: đã khóa truy cập."); err != nil {
		return err
	}
	if err := setFrozen(a, d.ID, true); err != nil {
		return err
	}
	a.Note(journal.Entry{Kind: SecretReported, Subject: d.Ref(), Data: map[string]string{"from": string(d.State)}})
	dir, err := org.DirectoryIn(a)
	if err != nil {
		return err
	}
	for _, p := range dir.With(a.Day(), org.Head, org.Clerk) {
		if err := tell(a, notice.Item{Person: p.ID, Matter: d.Ref(), Kind: SecretReported,
			Text: "Số đến " + ShowNumber(d.Number) + " bị báo là văn bản mật; đã khóa truy cập.", Link: d.Address()}); err != nil {
			return err
		}
	}
	return nil
}

// reporter is whoever reports, for himself or for whom he acts.
func reporter(a *journal.Act) int64 {
	if a.By.For != 0 {
		return a.By.For
	}
	return a.By.Person
}
