// SPDX-License-Identifier: Apache-2.0

package archive

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/handover"
	"soviec/office/notice"
	"soviec/office/org"
)

// RefHandover is the kind of subject of a hand-over of dossiers: "dossier-handover/12".
const RefHandover = "dossier-handover"

// A Handing is what somebody keeps and passes on in one go, before leaving or changing
// duties (bàn giao hồ sơ; Nghị định 30/2020/NĐ-CP Điều 31 khoản 3 điểm đ).
type Handing struct {
	From     int64
	Dossiers map[int64]int64 // who takes each
	Works    int64           // who takes the open work as well; 0: it stays
	Reason   string
}

// A Handover is what remains of it: one receipt, for which each taker signs.
type Handover struct {
	ID     int64
	Number int
	Year   int
	From   int64
	Unit   int64 // where who gave it worked then
	Reason string
	Works  int64 // receipt of the work that went over in the same act; 0: none
	By     int64
	Proxy  int64
	At     time.Time
	Count  int
	Lines  []HandedLine // only where a single receipt is read
	Takers []Taker
}

// A HandedLine is one dossier as it stood when it went over.
type HandedLine struct {
	Dossier Dossier // as it stands now
	To      int64
	State   State
	Docs    int
	Pages   int
}

// A Taker is one who took dossiers; AckedAt is zero until that person signed.
type Taker struct {
	Person  int64
	AckedAt time.Time
	Note    string // a reservation
}

// Title is how people call the receipt.
func (h Handover) Title() string {
	return fmt.Sprintf("Biên bản bàn giao hồ sơ số %02d/%d", h.Number, h.Year)
}

// Link is its page.
func (h Handover) Link() string { return "/ban-giao-ho-so/" + strconv.FormatInt(h.ID, 10) }

// Ref names the receipt in the book.
func (h Handover) Ref() string { return journal.Ref(RefHandover, h.ID) }

// Open reports whether a taker has not signed yet.
func (h Handover) Open() bool {
	return slices.ContainsFunc(h.Takers, func(t Taker) bool { return t.AckedAt.IsZero() })
}

// Waits reports whether the receipt waits for a person's signature.
func (h Handover) Waits(person int64) bool {
	return slices.ContainsFunc(h.Takers, func(t Taker) bool { return t.Person == person && t.AckedAt.IsZero() })
}

// MayRead reports whether somebody may read the receipt: the sides, who made it, the head of
// the unit, the archive, and who reads all.
func (h Handover) MayRead(x org.Rights) bool {
	switch {
	case x.Person == 0:
		return false
	case slices.Contains([]int64{h.From, h.By, h.Proxy}, x.Person), x.HeadsUnit(h.Unit), x.May(org.ReadArchive, org.Target{}):
		return true
	}
	return slices.ContainsFunc(h.Takers, func(t Taker) bool { return t.Person == x.Person })
}

// MayHand reports whether somebody may pass on a dossier that another keeps: its keeper, the
// head of its unit, and who may hand over people's work.
func MayHand(x org.Rights, d Dossier) bool {
	return x.May(org.KeepDossier, org.Target{Person: d.Keeper, Unit: d.Unit}) || x.May(org.MoveWork, org.Target{Unit: d.Unit})
}

// HandAll passes dossiers to those who take them, with one receipt, and the open work with
// them where it is asked: all of it moves or nothing.
func HandAll(a *journal.Act, h Handing) (Handover, error) {
	out := Handover{ID: a.NewID(), Year: a.Day().Year(), From: h.From, Reason: Tidy(h.Reason), By: a.By.Person, At: a.At}
	if a.By.For != 0 {
		out.By, out.Proxy = a.By.For, a.By.Person
	}
	x, err := org.RightsIn(a)
	if err != nil {
		return out, err
	}
	a.Judged()
	dir, err := org.DirectoryIn(a)
	if err != nil {
		return out, err
	}
	post, _ := dir.PostOn(h.From, a.Day())
	out.Unit = post.Unit
	switch {
	case h.From == 0:
		return out, fault.Invalid("from", "Chưa chọn người bàn giao.")
	case len(h.Dossiers) == 0:
		return out, fault.Invalid("dossier", "Chưa chọn người nhận cho hồ sơ nào.")
	case out.Reason == "":
		return out, fault.Invalid("reason", "Xin ghi lý do bàn giao.")
	}
	if err := most("reason", "Lý do", out.Reason, 1000); err != nil {
		return out, err
	}
	count := map[int64]int{}
	for _, id := range slices.Sorted(maps.Keys(h.Dossiers)) {
		line, err := handOne(a, x, dir, h, id, out.ID)
		if err != nil {
			return out, err
		}
		out.Lines = append(out.Lines, line)
		count[line.To]++
	}
	out.Count = len(out.Lines)
	if h.Works != 0 {
		r, err := handover.HandOver(a, handover.Handing{From: handover.Party{Person: h.From}, To: handover.Party{Person: h.Works}, Reason: out.Reason})
		if err != nil {
			return out, err
		}
		out.Works = r.ID
	}
	if out.Number, err = nextNumber(a, "handover", out.Year); err != nil {
		return out, fault.Internal(err)
	}
	for _, person := range slices.Sorted(maps.Keys(count)) {
		out.Takers = append(out.Takers, Taker{Person: person})
	}
	if err := insertHandover(a, out); err != nil {
		return out, fault.Internal(err)
	}
	a.Note(journal.Entry{Kind: HandedOver, Subject: out.Ref(), Amount: int64(out.Count), Data: moveData{Who: personTag(h.From)}})
	return out, out.tell(a, dir, count)
}

// handOne passes one dossier on. What lies with the archive waits there for whoever takes it
// over, in the name of the unit that offered it.
func handOne(a *journal.Act, x org.Rights, dir *org.Directory, h Handing, id, receipt int64) (HandedLine, error) {
	l := HandedLine{To: h.Dossiers[id]}
	d, err := lock(a, id)
	if err != nil {
		return l, err
	}
	post, works := dir.PostOn(l.To, a.Day())
	switch {
	case !MayHand(x, d):
		return l, fault.Forbidden("Anh/chị không có quyền bàn giao hồ sơ này.")
	case d.Keeper != h.From || !d.State.held():
		return l, fault.Conflict("dossier", "Hồ sơ "+d.Notation+" không còn do người bàn giao giữ; xin mở lại trang.")
	case d.Frozen:
		return l, fault.Conflict("dossier", "Hồ sơ "+d.Notation+" đang bị khóa; đề nghị mở khóa trước khi bàn giao.")
	case l.To == h.From:
		return l, fault.Invalid("dossier", "Hồ sơ "+d.Notation+": người nhận phải là người khác.")
	case !works:
		return l, fault.Invalid("dossier", "Hồ sơ "+d.Notation+": người nhận phải đang làm việc tại cơ quan.")
	}
	if d.Keeper = l.To; !d.State.InArchive() {
		d.Unit = post.Unit
	}
	if err := save(a, &d); err != nil {
		return l, err
	}
	a.Note(journal.Entry{Kind: KeeperChanged, Subject: d.Ref(), Data: moveData{To: d.State, Keeper: l.To, Handover: receipt}})
	l.Dossier, l.State, l.Docs, l.Pages = d, d.State, d.Docs, d.Pages
	return l, searchable(a, d)
}

// tell tells each taker once, and who gave it away.
func (h Handover) tell(a *journal.Act, dir *org.Directory, count map[int64]int) error {
	say := func(person int64, text string) error {
		_, err := notice.Tell(a, notice.Item{Person: person, Matter: h.Ref(), Kind: HandedOver, Text: text, Link: h.Link()})
		return err
	}
	for _, t := range h.Takers {
		if err := say(t.Person, fmt.Sprintf("%s: anh/chị nhận %d hồ sơ từ %s. Hãy xem danh sách và ký nhận.", h.Title(), count[t.Person], dir.Person(h.From).Polite())); err != nil {
			return err
		}
	}
	return say(h.From, fmt.Sprintf("%s: %d hồ sơ của anh/chị đã chuyển cho %d người.", h.Title(), h.Count, len(h.Takers)))
}

// SignHandover is a taker's word that his part was received; note is a reservation.
func SignHandover(a *journal.Act, id int64, note string) error {
	h, err := handoverOf(a, a.By.Agency, id, a.Lock())
	if err != nil {
		return err
	}
	x, err := org.RightsIn(a)
	if err != nil {
		return err
	}
	a.Judged()
	i := slices.IndexFunc(h.Takers, func(t Taker) bool { return x.Person != 0 && t.Person == x.Person })
	switch note = Tidy(note); {
	case !h.MayRead(x):
		return errNoHandover
	case i < 0:
		return fault.Forbidden("Chỉ người nhận hồ sơ được ký nhận biên bản bàn giao.")
	case !h.Takers[i].AckedAt.IsZero():
		return fault.Conflict("", "Anh/chị đã ký nhận biên bản này.")
	}
	if err := most("text", "Ý kiến khi ký nhận", note, 1000); err != nil {
		return err
	}
	if err := signHandover(a, id, x.Person, note); err != nil {
		return fault.Internal(err)
	}
	a.Note(journal.Entry{Kind: HandoverSigned, Subject: h.Ref(), Data: moveData{Who: personTag(x.Person)}})
	dir, err := org.DirectoryIn(a)
	if err != nil {
		return err
	}
	text := h.Title() + ": " + dir.Person(x.Person).Polite() + " đã ký nhận."
	if note != "" {
		text += " Ý kiến: " + note
	}
	_, err = notice.Tell(a, notice.Item{Person: h.By, Matter: h.Ref(), Kind: HandoverSigned, Text: text, Link: h.Link()})
	return err
}

var errNoHandover = fault.NotFound("Không tìm thấy biên bản bàn giao hồ sơ này.")

func handoverOf(r store.Reader, agency, id int64, lock string) (Handover, error) {
	h, err := readHandover(r, agency, id, lock)
	if errors.Is(err, store.ErrNone) {
		return h, errNoHandover
	}
	all := []Handover{h}
	if err == nil {
		err = fillTakers(r, agency, all)
	}
	return all[0], fault.Internal(err)
}

// HandoverOf is a receipt with its dossiers, if the reader may see it.
func HandoverOf(r store.Reader, x org.Rights, id int64) (Handover, error) {
	h, err := handoverOf(r, x.Agency, id, "")
	if err == nil && !h.MayRead(x) {
		err = errNoHandover
	}
	if err != nil {
		return Handover{}, err
	}
	h.Lines, err = handoverLines(r, x.Agency, id)
	return h, fault.Internal(err)
}

// Handovers are the receipts that a reader may see, newest first, from before an identifier
// (0 = from the newest), without their dossiers.
func Handovers(r store.Reader, x org.Rights, before int64, limit int) ([]Handover, error) {
	all, err := handoversBefore(r, x, before, limit)
	if err == nil {
		err = fillTakers(r, x.Agency, all)
	}
	return all, fault.Internal(err)
}

// WaitingHandovers are the receipts for which somebody has to sign, oldest first.
func WaitingHandovers(r store.Reader, agency, person int64) ([]Handover, error) {
	all, err := unsignedHandovers(r, agency, person)
	if err == nil {
		err = fillTakers(r, agency, all)
	}
	return all, fault.Internal(err)
}

// KeptBy are the dossiers that a person has to hand over before leaving, oldest first.
func KeptBy(r store.Reader, agency, person int64) ([]Dossier, error) {
	all, err := heldDossiers(r, agency, person)
	return all, fault.Internal(err)
}

// A Keeper is somebody who has dossiers to hand over before leaving.
type Keeper struct {
	Person int64
	Count  int
}

// Keepers are all who have.
func Keepers(r store.Reader, agency int64) ([]Keeper, error) {
	all, err := keepers(r, agency)
	return all, fault.Internal(err)
}
