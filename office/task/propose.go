// SPDX-License-Identifier: Apache-2.0

package task

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/notice"
	"soviec/office/org"
)

// RefProposal is the kind of subject of a proposal.
const RefProposal = "proposal"

// proposalsMonth is the setting of how many proposals a person may make in a month; 0 = none.
const proposalsMonth = "task.proposals_month"

// A Proposal is work that somebody proposes to do himself (việc tự đề xuất). It is no
// work yet: it enters no list and no figure before the head confirms it.
type Proposal struct {
	ID        int64
	Person    int64
	Unit      int64
	Decider   int64
	Title     string
	Text      string
	Field     int64
	DueOn     civil.Date
	DueAt     string // "16:00"
	Product   Product
	AskedAt   time.Time
	State     string // open, granted, refused, withdrawn
	Work      int64  // what it became
	Answer    string
	DecidedBy int64
	DecidedAt time.Time
}

// Ref names the proposal in the book.
func (q Proposal) Ref() string { return journal.Ref(RefProposal, q.ID) }

// ProposalLink is the page on which proposals are decided.
const ProposalLink = "/cong-viec/de-xuat"

type proposalData struct {
	State string `json:"st"`
	Work  int64  `json:"work,omitempty"`
}

// Propose registers work that one wants to do oneself (tự đề xuất việc). Whoever heads the
// unit confirms it; a head's own goes to the head of the agency. In a month only so many
// as the agency's setting allows.
func Propose(a *journal.Act, o Order) (Proposal, error) {
	dir, err := org.DirectoryIn(a)
	if err != nil {
		return Proposal{}, fault.Internal(err)
	}
	q := Proposal{ID: a.NewID(), Person: me(a), Title: strings.TrimSpace(o.Title), Text: strings.TrimSpace(o.Text), Field: o.Field, DueOn: o.Due.On, DueAt: o.Due.At,
		Product: o.Product, AskedAt: a.At, State: "open"}
	if a.By.For != 0 {
		a.Judged()
		return q, fault.Forbidden("Không ai đề xuất việc thay người khác.")
	}
	post, ok := dir.PostOn(q.Person, a.Day())
	if !ok {
		a.Judged()
		return q, fault.Forbidden("Anh/chị không giữ vị trí nào trong cơ quan vào ngày này.")
	}
	q.Unit = post.Unit
	if err := org.May(a, org.DoWork, org.Target{Unit: q.Unit, Holder: q.Person}); err != nil {
		return q, err
	}
	if q.Decider = confirmer(dir, q.Person, q.Unit, a.Day()); q.Decider == 0 {
		return q, fault.Invalid("", "Chưa có người phụ trách để xác nhận việc tự đề xuất.")
	}
	if _, err := ready(dir, a.At, q.Decider, q.order()); err != nil {
		return q, err
	}
	most := dir.Int(proposalsMonth)
	n, err := countProposals(a, a.By.Agency, q.Person, a.Day().String()[:7])
	if err != nil {
		return q, fault.Internal(err)
	}
	if n >= most {
		return q, fault.Conflict("", fmt.Sprintf("Trong tháng %02d/%d anh/chị đã đề xuất %d việc, bằng mức tối đa của cơ quan (%d việc mỗi tháng).",
			a.Day().Month(), a.Day().Year(), n, most))
	}
	if err := insertProposal(a, q); err != nil {
		return q, fault.Internal(err)
	}
	a.Note(journal.Entry{Kind: Proposed, Subject: q.Ref(), DueOn: q.DueOn, Amount: 1, Data: proposalData{State: q.State}})
	return q, tellProposal(a, dir, q, q.Decider, Proposed, fmt.Sprintf("%s tự đề xuất việc “%s”%s, chờ anh/chị xác nhận.",
		upper(dir.Person(q.Person).Polite()), q.Title, dueWords(q.DueOn)))
}

func (q Proposal) order() Order {
	return Order{Title: q.Title, Text: q.Text, Field: q.Field, Due: Due{On: q.DueOn, At: q.DueAt}, Product: q.Product,
		Lead: Assignee{Unit: q.Unit, Person: q.Person}, proposed: true}
}

// confirmer is who confirms what a person proposes: the head of the unit, for the head
// himself the head of the agency.
func confirmer(d *org.Directory, person, unit int64, day civil.Date) int64 {
	if head := d.HeadOf(unit, day); head != person {
		return head
	}
	for _, p := range d.With(day, org.Head) {
		if p.ID != person {
			return p.ID
		}
	}
	return 0
}

// DecideProposal confirms a proposal, which becomes work of the confirmer's giving, or
// refuses it with a reason. A day may be set that is another than the one proposed.
func DecideProposal(a *journal.Act, id int64, grant bool, on civil.Date, answer string) (Work, error) {
	dir, err := org.DirectoryIn(a)
	if err != nil {
		return Work{}, fault.Internal(err)
	}
	q, err := openProposal(a, id)
	if err != nil {
		return Work{}, err
	}
	if isMine(a, q.Person) {
		a.Judged()
		return Work{}, fault.Forbidden("Không ai được tự xác nhận việc mình đề xuất.")
	}
	t := org.Target{Unit: q.Unit, Holder: q.Person, Giver: q.Decider}
	act := org.DecideInner
	if dir.HeadOf(q.Unit, a.Day()) == q.Person {
		act = org.DecideOuter
	}
	if err := org.May(a, act, t); err != nil {
		return Work{}, err
	}
	if q.State != "open" {
		return Work{}, fault.Conflict("", "Đề xuất này đã được trả lời.")
	}
	if err := words("answer", "Lý do không xác nhận", answer, 1000, !grant); err != nil {
		return Work{}, err
	}
	q.State, q.Answer, q.DecidedBy, q.DecidedAt = "refused", strings.TrimSpace(answer), me(a), a.At
	var w Work
	kind, text := ProposalRefused, fmt.Sprintf("Không xác nhận việc tự đề xuất “%s”. Lý do: %s", q.Title, q.Answer)
	if grant {
		o := q.order()
		if !on.IsZero() {
			o.Due = Due{On: on}
		}
		p, err := ready(dir, a.At, me(a), o)
		if err != nil {
			return w, err
		}
		if w, err = (giving{Order: o, plan: p, giver: me(a), by: proxy(a)}).give(a, dir); err != nil {
			return w, err
		}
		q.State, q.Work = "granted", w.ID
		kind, text = ProposalGranted, fmt.Sprintf("Việc tự đề xuất “%s” đã được xác nhận%s.", q.Title, dueWords(w.Lead().DueOn))
	}
	if err := updateProposal(a, q); err != nil {
		return w, fault.Internal(err)
	}
	a.Note(journal.Entry{Kind: kind, Subject: q.Ref(), DueOn: q.DueOn, Amount: 1, Data: proposalData{q.State, q.Work}})
	return w, tellProposal(a, dir, q, q.Person, kind, text)
}

// WithdrawProposal takes one's own proposal back before it is answered.
func WithdrawProposal(a *journal.Act, id int64) error {
	q, err := openProposal(a, id)
	if err != nil {
		return err
	}
	a.Judged()
	if q.Person != a.By.Person || a.By.For != 0 {
		return fault.Forbidden("Chỉ người đề xuất được rút đề xuất của mình.")
	}
	if q.State != "open" {
		return fault.Conflict("", "Đề xuất này đã được trả lời.")
	}
	q.State, q.DecidedBy, q.DecidedAt = "withdrawn", me(a), a.At
	if err := updateProposal(a, q); err != nil {
		return fault.Internal(err)
	}
	a.Note(journal.Entry{Kind: ProposalWithdrawn, Subject: q.Ref(), DueOn: q.DueOn, Amount: 1, Data: proposalData{State: q.State}})
	return nil
}

func openProposal(a *journal.Act, id int64) (Proposal, error) {
	q, err := readProposal(a, a.By.Agency, id, a.Lock())
	if errors.Is(err, store.ErrNone) {
		return q, fault.NotFound("Không tìm thấy đề xuất này.")
	}
	return q, fault.Internal(err)
}

func tellProposal(a *journal.Act, dir *org.Directory, q Proposal, person int64, kind, text string) error {
	it := notice.Item{Person: person, Matter: q.Ref(), Kind: kind, Text: text, Link: ProposalLink}
	if q.Work != 0 {
		it.Link = link(q.Work)
	}
	if _, err := notice.Tell(a, it); err != nil {
		return err
	}
	if away, ok := dir.Away(person, a.Day()); ok && away.StandIn != 0 {
		it.Person, it.Text = away.StandIn, "(Thay "+dir.Person(person).Polite()+") "+text
		_, err := notice.Tell(a, it)
		return err
	}
	return nil
}

// ProposalsFor are the open proposals that a person has to decide: of the units headed,
// and those of heads that were put before the person. Oldest first.
func ProposalsFor(r store.Reader, x org.Rights, agency int64) ([]Proposal, error) {
	all, err := proposalsFor(r, agency, x.Person, x.Heads)
	return all, fault.Internal(err)
}

// ProposalsOf are what a person has proposed, newest first.
func ProposalsOf(r store.Reader, agency, person int64, limit int) ([]Proposal, error) {
	all, err := proposalsOf(r, agency, person, min(max(limit, 1), 200))
	return all, fault.Internal(err)
}
