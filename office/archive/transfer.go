// SPDX-License-Identifier: Apache-2.0

package archive

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/notice"
	"soviec/office/org"
)

// A Transfer is dossiers on their way to the agency's archive, with the minutes (Biên bản
// giao nhận hồ sơ, tài liệu; Nghị định 30/2020/NĐ-CP Điều 30, Phụ lục V).
type Transfer struct {
	ID         int64
	Number     int
	Year       int
	Unit       int64
	Giver      int64
	OfferedAt  time.Time
	Boxes      string // of paper
	Metres     string // shelf metres of paper
	Condition  string
	Receiver   int64
	ReceivedAt time.Time // zero until the archivist has finished
	Lines      []TransferLine
}

// A TransferLine is one dossier of a transfer and what the archivist said of it.
type TransferLine struct {
	Dossier  Dossier
	Files    int
	Decision string // "", accepted, sent_back
	Reason   string
}

// Link is its page.
func (t Transfer) Link() string { return "/luu-tru/nop/" + strconv.FormatInt(t.ID, 10) }

// Title is how people call it.
func (t Transfer) Title() string {
	return fmt.Sprintf("Biên bản giao nhận số %02d/%d", t.Number, t.Year)
}

// Done reports whether the archivist has finished.
func (t Transfer) Done() bool { return t.Receiver != 0 }

// An Offer is what a unit hands to the archive in one go.
type Offer struct {
	Dossiers  []int64
	Boxes     string
	Metres    string
	Condition string
}

// Hand offers dossiers to the agency's archive (nộp lưu). They are all of one unit.
func Hand(a *journal.Act, o Offer) (Transfer, error) {
	t := Transfer{ID: a.NewID(), Year: a.Day().Year(), Giver: a.By.Person, OfferedAt: a.At,
		Boxes: Tidy(o.Boxes), Metres: Tidy(o.Metres), Condition: Tidy(o.Condition)}
	if a.By.For != 0 {
		t.Giver = a.By.For
	}
	if err := fault.Join(most("boxes", "Số hộp", t.Boxes, 20), most("metres", "Số mét giá", t.Metres, 20), most("condition", "Tình trạng", t.Condition, 500)); err != nil {
		return t, err
	}
	if len(o.Dossiers) == 0 {
		return t, fault.Invalid("dossier", "Chưa chọn hồ sơ nào để nộp.")
	}
	slices.Sort(o.Dossiers)
	for _, id := range slices.Compact(o.Dossiers) {
		d, err := kept(a, id)
		if err != nil {
			return t, err
		}
		if t.Unit == 0 {
			t.Unit = d.Unit
		}
		switch {
		case d.Unit != t.Unit:
			return t, fault.Invalid("dossier", "Mỗi biên bản chỉ gồm hồ sơ của một đơn vị.")
		case !d.mustGo():
			return t, fault.Invalid("dossier", "Hồ sơ "+d.Notation+" bảo quản "+d.Term.Words()+": dưới 5 năm thì giữ tại đơn vị, không nộp lưu.")
		}
		files, err := filesIn(a, d)
		if err != nil {
			return t, err
		}
		if err := move(a, &d, Offered, OfferMade, moveData{Transfer: t.ID}); err != nil {
			return t, err
		}
		if err := insertTransferLine(a, t.ID, d.ID, files); err != nil {
			return t, fault.Internal(err)
		}
		t.Lines = append(t.Lines, TransferLine{Dossier: d, Files: files})
	}
	var err error
	if t.Number, err = nextNumber(a, "transfer", t.Year); err != nil {
		return t, fault.Internal(err)
	}
	if err := insertTransfer(a, t); err != nil {
		return t, fault.Internal(err)
	}
	dir, err := org.DirectoryIn(a)
	if err != nil {
		return t, err
	}
	for _, p := range dir.With(a.Day(), org.Archivist) {
		if _, err := notice.Tell(a, notice.Item{Person: p.ID, Matter: journal.Ref("transfer", t.ID), Kind: OfferMade, Link: t.Link(),
			Text: fmt.Sprintf("%s: %s nộp %d hồ sơ, chờ anh/chị nhận.", t.Title(), dir.Unit(t.Unit).Name, len(t.Lines))}); err != nil {
			return t, err
		}
	}
	return t, nil
}

func filesIn(r *journal.Act, d Dossier) (int, error) {
	items, err := itemsOf(r, r.By.Agency, d.ID)
	if err != nil {
		return 0, fault.Internal(err)
	}
	files, err := filesOf(r, r.By.Agency, refsOf(items))
	n := 0
	for _, f := range files {
		n += len(f)
	}
	return n, err
}

// TransferOf reads a transfer with its dossiers.
func TransferOf(r store.Reader, agency, id int64) (Transfer, error) {
	return transferOf(r, agency, id, "")
}

func transferOf(r store.Reader, agency, id int64, lock string) (Transfer, error) {
	t, err := readTransfer(r, agency, id, lock)
	if errors.Is(err, store.ErrNone) {
		return t, fault.NotFound("Không tìm thấy biên bản giao nhận này.")
	}
	if err == nil {
		t.Lines, err = transferLines(r, agency, id)
	}
	return t, fault.Internal(err)
}

// MayRead reports whether somebody may read a transfer: the giver, the heads of the unit,
// the archive, and who reads all.
func (t Transfer) MayRead(x org.Rights) bool {
	return x.Person != 0 && (t.Giver == x.Person || x.HeadsUnit(t.Unit) || x.May(org.ReadArchive, org.Target{}))
}

// Judge is the archivist's word on one dossier: taken, or sent back for a reason.
func Judge(a *journal.Act, transfer, dossier int64, take bool, reason string) error {
	if err := org.May(a, org.ReceiveDossiers, org.Target{}); err != nil {
		return err
	}
	t, err := transferOf(a, a.By.Agency, transfer, a.Lock())
	if err != nil {
		return err
	}
	if t.Done() {
		return fault.Conflict("", "Biên bản này đã ký xong.")
	}
	if !slices.ContainsFunc(t.Lines, func(l TransferLine) bool { return l.Dossier.ID == dossier && l.Decision == "" }) {
		return fault.Conflict("", "Hồ sơ này đã được xem, hoặc không có trong biên bản.")
	}
	if reason = Tidy(reason); !take && reason == "" {
		return fault.Invalid("reason", "Xin ghi vì sao trả lại, để đơn vị sửa.")
	}
	if err := most("reason", "Lý do", reason, 500); err != nil {
		return err
	}
	d, err := lock(a, dossier)
	if err != nil {
		return err
	}
	if d.Frozen {
		return errFrozen
	}
	to, kind, word := Accepted, ReceiptGiven, "accepted"
	if !take {
		to, kind, word = SentBack, ReturnedBack, "sent_back"
	}
	if err := judgeLine(a, transfer, dossier, word, reason); err != nil {
		return fault.Internal(err)
	}
	if err := move(a, &d, to, kind, moveData{Transfer: t.ID}); err != nil {
		return err
	}
	if take {
		return nil
	}
	return tell(a, d, d.Keeper, kind, "Lưu trữ trả lại hồ sơ "+d.Notation+": "+reason)
}

// Conclude signs the minutes: what was taken lies in the archive from now on.
func Conclude(a *journal.Act, transfer int64) error {
	if err := org.May(a, org.ReceiveDossiers, org.Target{}); err != nil {
		return err
	}
	t, err := transferOf(a, a.By.Agency, transfer, a.Lock())
	if err != nil {
		return err
	}
	if t.Done() {
		return fault.Conflict("", "Biên bản này đã ký xong.")
	}
	for _, l := range t.Lines {
		if l.Decision == "" {
			return fault.Invalid("", "Còn hồ sơ chưa nhận hoặc trả lại: "+l.Dossier.Notation+".")
		}
	}
	if err := receiveTransfer(a, t.ID); err != nil {
		return fault.Internal(err)
	}
	taken := 0
	for _, l := range t.Lines {
		if l.Decision != "accepted" {
			continue
		}
		d, err := lock(a, l.Dossier.ID)
		if err != nil {
			return err
		}
		if err := move(a, &d, Archived, TakenIn, moveData{Transfer: t.ID}); err != nil {
			return err
		}
		taken++
	}
	if taken == 0 {
		a.Note(journal.Entry{Kind: ReturnedBack, Subject: journal.Ref("transfer", t.ID)})
	}
	_, err = notice.Tell(a, notice.Item{Person: t.Giver, Matter: journal.Ref("transfer", t.ID), Kind: TakenIn, Link: t.Link(),
		Text: fmt.Sprintf("%s đã ký: lưu trữ nhận %d, trả lại %d hồ sơ.", t.Title(), taken, len(t.Lines)-taken)})
	return err
}

// keepMostYears: a dossier may be kept back two years at the most (Điều 31 khoản 3).
const keepMostYears = 2

// A Keep is the wish to keep a dossier back beyond its day.
type Keep struct {
	ID      int64
	Dossier int64
	Until   civil.Date
	Reason  string
	AskedBy int64
	State   string // open, granted, refused
	Answer  string
}

// AskKeep asks the head to let the unit keep a dossier that has to go.
func AskKeep(a *journal.Act, dossier int64, until civil.Date, reason string) error {
	d, err := kept(a, dossier)
	if err != nil {
		return err
	}
	if !d.State.May(KeptBack) {
		return fault.Conflict("", "Chỉ xin giữ lại hồ sơ đã đến hạn nộp lưu.")
	}
	var errs []error
	if reason = Tidy(reason); reason == "" {
		errs = append(errs, fault.Invalid("reason", "Xin ghi vì sao cần giữ lại."))
	}
	last := d.transferDue().AddMonths(12 * keepMostYears) // also when it was kept back once before
	if until.IsZero() || !until.After(a.Day()) || until.After(last) {
		errs = append(errs, fault.Invalid("until", fmt.Sprintf("Giữ lại không quá %d năm kể từ hạn nộp: chậm nhất ngày %s.", keepMostYears, last.VN())))
	}
	errs = append(errs, most("reason", "Lý do", reason, 500))
	if err := fault.Join(errs...); err != nil {
		return err
	}
	if _, err := openKeep(a, d.ID); err == nil {
		return fault.Conflict("", "Đã xin giữ lại hồ sơ này, đang chờ người đứng đầu cơ quan.")
	} else if !errors.Is(err, store.ErrNone) {
		return fault.Internal(err)
	}
	if err := insertKeep(a, Keep{ID: a.NewID(), Dossier: d.ID, Until: until, Reason: reason, AskedBy: a.By.Person}); err != nil {
		return fault.Internal(err)
	}
	a.Note(journal.Entry{Kind: KeepAsked, Subject: d.Ref(), DueOn: until, Data: moveData{To: d.State}})
	dir, err := org.DirectoryIn(a)
	if err != nil {
		return err
	}
	for _, p := range dir.With(a.Day(), org.Head) {
		if err := tell(a, d, p.ID, KeepAsked, "Đề nghị giữ lại hồ sơ "+d.Notation+" đến ngày "+until.VN()+", chờ anh/chị cho ý kiến."); err != nil {
			return err
		}
	}
	return nil
}

// DecideKeep is the head's written word on it.
func DecideKeep(a *journal.Act, dossier int64, grant bool, answer string) error {
	if err := org.May(a, org.DecideDossier, org.Target{}); err != nil {
		return err
	}
	d, err := lock(a, dossier)
	if err != nil {
		return err
	}
	k, err := openKeep(a, d.ID)
	if errors.Is(err, store.ErrNone) {
		return fault.Conflict("", "Không có đề nghị giữ lại nào đang chờ.")
	}
	if err != nil {
		return fault.Internal(err)
	}
	if answer = Tidy(answer); !grant && answer == "" {
		return fault.Invalid("answer", "Xin ghi vì sao không đồng ý.")
	}
	if err := errors.Join(most("answer", "Ý kiến", answer, 500)); err != nil {
		return err
	}
	state, kind := "refused", KeepRefused
	if grant {
		state, kind = "granted", KeepGranted
	}
	if err := decideKeep(a, k.ID, state, answer); err != nil {
		return fault.Internal(err)
	}
	if grant {
		d.KeptUntil = k.Until
		if err := move(a, &d, KeptBack, kind, moveData{}); err != nil {
			return err
		}
	} else {
		a.Note(journal.Entry{Kind: kind, Subject: d.Ref(), Data: moveData{To: d.State}})
	}
	return tell(a, d, k.AskedBy, kind, "Hồ sơ "+d.Notation+": "+Acts[kind]+".")
}

// Sweep announces what has to go to the archive within thirty days, once each. It is the
// program's own act and may run late or twice.
func Sweep(a *journal.Act) (told int, err error) {
	if err := org.May(a, org.RunSystem, org.Target{}); err != nil {
		return 0, err
	}
	due, err := dueBefore(a, a.By.Agency, a.Day().AddDays(announceDays))
	if err != nil {
		return 0, fault.Internal(err)
	}
	for _, d := range due {
		if d.Frozen {
			continue
		}
		until := d.DueOn
		if d.State == KeptBack {
			until = d.KeptUntil
			d.DueOn, d.KeptUntil = d.KeptUntil, 0
		}
		if err := move(a, &d, DueOut, FellDue, moveData{}); err != nil {
			return told, err
		}
		if err := tell(a, d, d.Keeper, FellDue, "Hồ sơ "+d.Notation+" “"+cut(d.Title, 80)+"” phải nộp lưu chậm nhất ngày "+until.VN()+"."); err != nil {
			return told, err
		}
		told++
	}
	return told, nil
}

// OpenOf counts the dossiers that somebody still has to hand over before leaving (Điều 31
// khoản 3 điểm đ).
func OpenOf(r store.Reader, agency, person int64) (int64, error) {
	n, err := heldBy(r, agency, person)
	return n, fault.Internal(err)
}

// Leaving refuses to let a person's login be shut, or the last post end, while dossiers
// are still in that person's hands.
func Leaving(a *journal.Act, person int64) error {
	n, err := OpenOf(a, a.By.Agency, person)
	if err != nil || n == 0 {
		return err
	}
	return fault.Conflict("", fmt.Sprintf("Người này còn giữ %d hồ sơ công việc; hãy bàn giao hồ sơ cho người khác hoặc nộp lưu trước.", n))
}
