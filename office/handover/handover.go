// SPDX-License-Identifier: Apache-2.0

// Package handover is how open work passes from one person or unit to another, with a receipt; and how much each carries.
//
// May enter: handing over, the receipt and its acknowledgement, the load of officers and the warnings from it.
// May not: the rules of a single work, HTTP.
package handover

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/notice"
	"soviec/office/org"
	"soviec/office/task"
)

// Ref is the kind of subject of a receipt.
const Ref = "handover"

// A Party is one side: a person, a unit, or a person for a unit.
type Party struct{ Person, Unit int64 }

// Words is the party as a receipt names it.
func (p Party) Words(d *org.Directory) string {
	switch {
	case p.Person == 0:
		return d.Unit(p.Unit).Name
	case p.Unit == 0:
		return d.Person(p.Person).Polite()
	}
	return d.Person(p.Person).Polite() + ", " + d.Unit(p.Unit).Name
}

// A Handing is what is handed over and why.
type Handing struct {
	From, To Party
	Shares   []int64 // the open shares chosen; none = everything that is open
	Reason   string
}

// A Receipt is what remains of it (biên bản bàn giao công việc).
type Receipt struct {
	ID        int64
	Number    int
	Year      int
	From, To  Party
	Reason    string
	By        int64
	Proxy     int64
	At        time.Time
	Count     int
	AckedBy   int64 // 0 = not acknowledged yet
	AckedAt   time.Time
	AckedNote string       // what the receiver wrote with it: a reservation, "" for none
	Items     []task.Moved // only where a single receipt is read
}

// Title is how people name the receipt.
func (r Receipt) Title() string {
	return fmt.Sprintf("Biên bản bàn giao số %d/%d", r.Number, r.Year)
}

// Link is its page.
func (r Receipt) Link() string { return "/ban-giao/" + strconv.FormatInt(r.ID, 10) }

// Ref names the receipt in the book.
func (r Receipt) Ref() string { return journal.Ref(Ref, r.ID) }

// Late is how many of the items were late when they went over.
func (r Receipt) Late() int {
	n := 0
	for _, it := range r.Items {
		if it.DaysLate > 0 {
			n++
		}
	}
	return n
}

type madeData struct {
	FromPerson int64 `json:"fp,omitempty"`
	FromUnit   int64 `json:"fu,omitempty"`
	ToPerson   int64 `json:"tp,omitempty"`
	ToUnit     int64 `json:"tu,omitempty"`
}

// HandOver passes open work on in one act (bàn giao công việc): all of it moves or none.
// Promised days stay; who had it keeps the time and the lateness until then
// (evaluation.md 3.4). The receiver acknowledges the receipt.
func HandOver(a *journal.Act, h Handing) (Receipt, error) {
	dir, err := org.DirectoryIn(a)
	if err != nil {
		return Receipt{}, fault.Internal(err)
	}
	moved, err := task.HandOver(a, task.Transfer{FromPerson: h.From.Person, FromUnit: h.From.Unit, ToPerson: h.To.Person, ToUnit: h.To.Unit,
		Shares: h.Shares, All: len(h.Shares) == 0, Reason: h.Reason})
	if err != nil {
		return Receipt{}, err
	}
	if len(moved) == 0 {
		return Receipt{}, fault.Conflict("from", "Bên giao không có việc nào đang mở để bàn giao.")
	}
	r := Receipt{ID: a.NewID(), Year: a.Day().Year(), From: h.From, To: h.To, Reason: strings.TrimSpace(h.Reason), By: a.By.Person, At: a.At,
		Count: len(moved), Items: moved}
	if a.By.For != 0 {
		r.By, r.Proxy = a.By.For, a.By.Person
	}
	if r.Number, err = nextNumber(a, r.Year); err != nil {
		return r, fault.Internal(err)
	}
	if err := fault.Internal(errors.Join(insertReceipt(a, r), insertItems(a, r))); err != nil {
		return r, err
	}
	a.Note(journal.Entry{Kind: Made, Subject: r.Ref(), Amount: int64(len(moved)),
		Data: madeData{h.From.Person, h.From.Unit, h.To.Person, h.To.Unit}})
	return r, r.tell(a, dir)
}

// tell tells each receiver once, and who gave it away.
func (r Receipt) tell(a *journal.Act, dir *org.Directory) error {
	to, from := map[int64]int{}, map[int64]int{}
	for _, it := range r.Items {
		if it.From != it.To {
			to[it.To]++
			from[it.From]++
		}
	}
	say := func(person int64, kind, text string) error {
		_, err := notice.Tell(a, notice.Item{Person: person, Matter: r.Ref(), Kind: kind, Text: text, Link: r.Link()})
		return err
	}
	head := r.To.Person
	if head == 0 {
		head = dir.HeadOf(r.To.Unit, a.Day())
	}
	if _, ok := to[head]; !ok {
		to[head] = 0
	}
	for _, person := range people(to) {
		text := fmt.Sprintf("%s: anh/chị nhận %d việc từ %s. Hãy xem danh sách và ký nhận.", r.Title(), to[person], r.From.Words(dir))
		if person != head {
			text = fmt.Sprintf("%s: %d việc từ %s chuyển cho anh/chị.", r.Title(), to[person], r.From.Words(dir))
		}
		if err := say(person, Made, text); err != nil {
			return err
		}
	}
	for _, person := range people(from) {
		if err := say(person, Made+".from", fmt.Sprintf("%s: %d việc của anh/chị chuyển cho %s.", r.Title(), from[person], r.To.Words(dir))); err != nil {
			return err
		}
	}
	return nil
}

func people(m map[int64]int) []int64 {
	var out []int64
	for id := range m {
		out = append(out, id)
	}
	slices.Sort(out)
	return out
}

// Acknowledge is the receiver's word that the list was received (ký nhận bàn giao); note
// is a reservation, if there is one.
func Acknowledge(a *journal.Act, id int64, note string) error {
	r, err := readReceipt(a, a.By.Agency, id, a.Lock())
	if errors.Is(err, store.ErrNone) {
		return errNone
	}
	if err != nil {
		return fault.Internal(err)
	}
	x, err := org.RightsIn(a)
	if err != nil {
		return err
	}
	a.Judged()
	if !r.mayAcknowledge(x) {
		return fault.Forbidden("Chỉ bên nhận được ký nhận biên bản bàn giao.")
	}
	if r.AckedBy != 0 {
		return fault.Conflict("", "Biên bản này đã được ký nhận.")
	}
	if note = strings.TrimSpace(note); utf8.RuneCountInString(note) > 1000 {
		return fault.Invalid("text", "Ý kiến khi ký nhận dài quá 1.000 ký tự.")
	}
	if err := acknowledge(a, id, note); err != nil {
		return fault.Internal(err)
	}
	a.Note(journal.Entry{Kind: Acknowledged, Subject: r.Ref(), Amount: int64(r.Count)})
	text := r.Title() + " đã được ký nhận."
	if note != "" {
		text += " Ý kiến: " + note
	}
	_, err = notice.Tell(a, notice.Item{Person: r.By, Matter: r.Ref(), Kind: Acknowledged, Text: text, Link: r.Link()})
	return err
}

var errNone = fault.NotFound("Không tìm thấy biên bản bàn giao này.")

func (r Receipt) mayAcknowledge(x org.Rights) bool {
	if r.To.Person != 0 {
		return r.To.Person == x.Person
	}
	return x.HeadsUnit(r.To.Unit)
}

// MayRead reports whether somebody may read the receipt: the sides, who made it, the
// heads of their units, and who reads all of the agency.
func (r Receipt) MayRead(x org.Rights, d *org.Directory) bool {
	if x.Person == 0 {
		return false
	}
	if x.May(org.ReadAll, org.Target{}) || slices.Contains([]int64{r.From.Person, r.To.Person, r.By, r.Proxy}, x.Person) {
		return true
	}
	for _, p := range []Party{r.From, r.To} {
		unit := p.Unit
		if unit == 0 {
			post, _ := d.PostOn(p.Person, civil.Of(r.At))
			unit = post.Unit
		}
		if x.HeadsUnit(unit) {
			return true
		}
	}
	return false
}

// Get is a receipt with its list, if the reader may see it.
func Get(r store.Reader, d *org.Directory, x org.Rights, id int64) (Receipt, error) {
	out, err := readReceipt(r, d.Agency.ID, id, "")
	if errors.Is(err, store.ErrNone) || err == nil && !out.MayRead(x, d) {
		return Receipt{}, errNone
	}
	if err != nil {
		return out, fault.Internal(err)
	}
	out.Items, err = itemsOf(r, d.Agency.ID, id)
	return out, fault.Internal(err)
}

// List are the receipts that a reader may see, newest first, from before an identifier (0
// = from the newest), without their items.
func List(r store.Reader, d *org.Directory, x org.Rights, before int64, limit int) ([]Receipt, error) {
	limit = min(max(limit, 1), 100)
	var out []Receipt
	for len(out) < limit {
		page, err := receiptsBefore(r, d.Agency.ID, before, 200)
		if err != nil {
			return nil, fault.Internal(err)
		}
		for _, it := range page {
			before = it.ID
			if it.MayRead(x, d) && len(out) < limit {
				out = append(out, it)
			}
		}
		if len(page) < 200 {
			break
		}
	}
	return out, nil
}

// Waiting are the receipts that somebody has to acknowledge, oldest first.
func Waiting(r store.Reader, x org.Rights) ([]Receipt, error) {
	all, err := unacknowledged(r, x.Agency)
	return slices.DeleteFunc(all, func(it Receipt) bool { return !it.mayAcknowledge(x) }), fault.Internal(err)
}

// A Line is one row of a receipt as it is shown and printed.
type Line struct {
	No       int
	Kind     string
	Title    string
	Role     string
	State    string
	Due      string // dd/mm/yyyy, "không định ngày"
	Late     string // "quá hạn 2 ngày làm việc (thời gian bên giao giữ)"
	From, To string
	Note     string
	Work     int64
}

// KindWords are the kinds of things that go over.
var KindWords = map[string]string{task.MovedShare: "Việc đang giữ", task.MovedGiven: "Việc đã giao, chờ xác nhận kết quả",
	task.MovedRequest: "Đề nghị chờ trả lời", task.MovedProposal: "Việc tự đề xuất chờ xác nhận"}

// Lines are the rows of the receipt: what is held first, the earliest due first.
func (r Receipt) Lines(d *org.Directory) []Line {
	items := slices.Clone(r.Items)
	order := map[string]int{task.MovedShare: 0, task.MovedGiven: 1, task.MovedRequest: 2, task.MovedProposal: 3}
	slices.SortStableFunc(items, func(a, b task.Moved) int {
		undated := func(m task.Moved) int {
			if m.DueOn.IsZero() {
				return 1
			}
			return 0
		}
		return cmp.Or(cmp.Compare(order[a.Kind], order[b.Kind]), cmp.Compare(undated(a), undated(b)), a.DueOn.Compare(b.DueOn), cmp.Compare(a.ID, b.ID))
	})
	out := make([]Line, len(items))
	for i, it := range items {
		l := Line{No: i + 1, Kind: KindWords[it.Kind], Title: it.Title, Role: it.Role.Words(), State: it.State.Words(), Due: "không định ngày",
			From: d.Person(it.From).Name, To: d.Person(it.To).Name, Work: it.Work}
		if !it.DueOn.IsZero() {
			l.Due = it.DueOn.VN()
		}
		if it.DaysLate > 0 {
			l.Late = fmt.Sprintf("quá hạn %d ngày làm việc khi bên giao giữ", it.DaysLate)
		}
		if it.Merged {
			l.Note = "gộp vào phần việc người nhận đang có"
		}
		out[i] = l
	}
	return out
}
