// SPDX-License-Identifier: Apache-2.0

package archive

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"soviec/kit/fault"
	"soviec/kit/job"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/document"
	"soviec/office/notice"
	"soviec/office/org"
)

// A Destruction is the proposal to destroy dossiers whose term is over, the council's
// opinions on each and the head's decision. Nothing is destroyed because a term ended.
type Destruction struct {
	ID        int64
	Number    int
	Year      int
	Reason    string
	MadeBy    int64
	MadeAt    time.Time
	State     string // review, decided, refused
	Decision  string // number of the decision
	DecidedBy int64
	DecidedAt time.Time
	Members   []Member
	Lines     []DestructionLine
}

// A Member sits in the council (hội đồng xét hủy tài liệu).
type Member struct {
	Person int64
	Role   string // chair, member, secretary
}

// RoleWords are the roles in a council.
var RoleWords = map[string]string{"chair": "Chủ tịch", "member": "Ủy viên", "secretary": "Thư ký"}

// A DestructionLine is one dossier that is to be destroyed.
type DestructionLine struct {
	Dossier Dossier
	Votes   []Vote
	Outcome string // "", destroyed, kept
}

// A Vote is one member's opinion on one dossier.
type Vote struct {
	Dossier int64
	Person  int64
	Destroy bool
	Reason  string
	At      store.Time
}

// Link is its page.
func (x Destruction) Link() string { return "/luu-tru/huy/" + strconv.FormatInt(x.ID, 10) }

// Title is how people call it.
func (x Destruction) Title() string {
	return fmt.Sprintf("Đề nghị hủy số %02d/%d", x.Number, x.Year)
}

// Complete reports whether every member has spoken on a line.
func (x Destruction) Complete(l DestructionLine) bool { return len(l.Votes) == len(x.Members) }

// Recommended reports whether the council wants a dossier destroyed: more than half.
func (x Destruction) Recommended(l DestructionLine) bool {
	yes := 0
	for _, v := range l.Votes {
		if v.Destroy {
			yes++
		}
	}
	return x.Complete(l) && 2*yes > len(x.Members)
}

// leastCouncil is how many sit in a council at the least.
const leastCouncil = 3

// ProposeDestruction begins it: dossiers whose term is over, and who is to look at them.
func ProposeDestruction(a *journal.Act, dossiers []int64, members []Member, reason string) (Destruction, error) {
	x := Destruction{ID: a.NewID(), Year: a.Day().Year(), Reason: Tidy(reason), MadeBy: a.By.Person, MadeAt: a.At, State: "review", Members: members}
	if err := org.May(a, org.ReceiveDossiers, org.Target{}); err != nil {
		return x, err
	}
	dir, err := org.DirectoryIn(a)
	if err != nil {
		return x, err
	}
	if err := x.check(a, dir, dossiers); err != nil {
		return x, err
	}
	if x.Number, err = nextNumber(a, "destruction", x.Year); err != nil {
		return x, fault.Internal(err)
	}
	if err := errors.Join(insertDestruction(a, x), insertMembers(a, x)); err != nil {
		return x, fault.Internal(err)
	}
	slices.Sort(dossiers)
	for _, id := range slices.Compact(dossiers) {
		d, err := lock(a, id)
		if err != nil {
			return x, err
		}
		over := d.Term.Over(d.EndedOn)
		switch {
		case d.Frozen:
			return x, errFrozen
		case d.Term.Permanent:
			return x, fault.Invalid("dossier", "Hồ sơ "+d.Notation+" bảo quản vĩnh viễn, không hủy được.")
		case over.IsZero() || over.After(a.Day()):
			return x, fault.Invalid("dossier", "Hồ sơ "+d.Notation+" chưa hết thời hạn bảo quản.")
		case d.mustGo() && d.State != Archived:
			return x, fault.Invalid("dossier", "Hồ sơ "+d.Notation+" chưa nộp lưu.")
		}
		d.Before = d.State
		if err := move(a, &d, Proposed, DestroyAsked, moveData{Destruction: x.ID}); err != nil {
			return x, err
		}
		if err := insertDestructionLine(a, x.ID, d.ID); err != nil {
			return x, fault.Internal(err)
		}
		x.Lines = append(x.Lines, DestructionLine{Dossier: d})
	}
	for _, m := range members {
		if err := x.tell(a, m.Person, DestroyAsked, fmt.Sprintf("%s: anh/chị là %s hội đồng, xin cho ý kiến về %d hồ sơ.", x.Title(), lower(RoleWords[m.Role]), len(x.Lines))); err != nil {
			return x, err
		}
	}
	return x, nil
}

func lower(s string) string {
	switch s {
	case "Chủ tịch":
		return "chủ tịch"
	case "Thư ký":
		return "thư ký"
	}
	return "ủy viên"
}

func (x Destruction) check(a *journal.Act, dir *org.Directory, dossiers []int64) error {
	var errs []error
	if x.Reason == "" {
		errs = append(errs, fault.Invalid("reason", "Xin ghi lý do đề nghị hủy."))
	}
	errs = append(errs, most("reason", "Lý do", x.Reason, 500))
	if len(dossiers) == 0 {
		errs = append(errs, fault.Invalid("dossier", "Chưa chọn hồ sơ nào."))
	}
	chairs, seen := 0, map[int64]bool{}
	for _, m := range x.Members {
		if _, on := dir.PostOn(m.Person, a.Day()); !on || seen[m.Person] || RoleWords[m.Role] == "" {
			errs = append(errs, fault.Invalid("member", "Thành viên hội đồng phải là những người khác nhau đang làm việc tại cơ quan."))
			break
		}
		seen[m.Person] = true
		if m.Role == "chair" {
			chairs++
		}
	}
	if len(x.Members) < leastCouncil || chairs != 1 {
		errs = append(errs, fault.Invalid("member", fmt.Sprintf("Hội đồng có ít nhất %d người, trong đó một chủ tịch.", leastCouncil)))
	}
	return fault.Join(errs...)
}

func (x Destruction) tell(a *journal.Act, person int64, kind, text string) error {
	_, err := notice.Tell(a, notice.Item{Person: person, Matter: journal.Ref("destruction", x.ID), Kind: kind, Text: text, Link: x.Link()})
	return err
}

// DestructionOf reads a proposal with its council, dossiers and opinions.
func DestructionOf(r store.Reader, agency, id int64) (Destruction, error) {
	return destructionOf(r, agency, id, "")
}

func destructionOf(r store.Reader, agency, id int64, lock string) (Destruction, error) {
	x, err := readDestruction(r, agency, id, lock)
	if errors.Is(err, store.ErrNone) {
		return x, fault.NotFound("Không tìm thấy đề nghị hủy này.")
	}
	if err == nil {
		err = fillDestruction(r, agency, &x)
	}
	return x, fault.Internal(err)
}

// MayRead reports whether somebody may read a proposal: the council, the archive, and who
// reads all.
func (x Destruction) MayRead(rights org.Rights) bool {
	return rights.May(org.ReadArchive, org.Target{}) || slices.ContainsFunc(x.Members, func(m Member) bool { return m.Person == rights.Person })
}

// Opine is a member's opinion on one dossier; a member may think again until the head decides.
func Opine(a *journal.Act, destruction, dossier int64, destroy bool, reason string) error {
	x, err := destructionOf(a, a.By.Agency, destruction, a.Lock())
	if err != nil {
		return err
	}
	member := slices.ContainsFunc(x.Members, func(m Member) bool { return m.Person == a.By.Person })
	t := org.Target{}
	if member {
		t.Person = a.By.Person
	}
	if err := org.May(a, org.JudgeDestruction, t); err != nil {
		return err
	}
	if x.State != "review" {
		return fault.Conflict("", "Đề nghị hủy này đã được quyết định.")
	}
	if !slices.ContainsFunc(x.Lines, func(l DestructionLine) bool { return l.Dossier.ID == dossier }) {
		return fault.NotFound("Đề nghị hủy không có hồ sơ này.")
	}
	if reason = Tidy(reason); !destroy && reason == "" {
		return fault.Invalid("reason", "Xin ghi vì sao cần giữ lại hồ sơ.")
	}
	if err := most("reason", "Lý do", reason, 500); err != nil {
		return err
	}
	if err := insertVote(a, x.ID, dossier, destroy, reason); err != nil {
		return fault.Internal(err)
	}
	a.Note(journal.Entry{Kind: Voted, Subject: journal.Ref(Ref, dossier), Data: moveData{To: Proposed, Destruction: x.ID, Yes: destroy}})
	if x, err = destructionOf(a, a.By.Agency, destruction, ""); err != nil || slices.ContainsFunc(x.Lines, func(l DestructionLine) bool { return !x.Complete(l) }) {
		return err
	}
	dir, err := org.DirectoryIn(a)
	if err != nil {
		return err
	}
	for _, p := range dir.With(a.Day(), org.Head) {
		if err := x.tell(a, p.ID, Voted, x.Title()+": hội đồng đã cho đủ ý kiến, chờ anh/chị quyết định."); err != nil {
			return err
		}
	}
	return nil
}

// Decide is the head's decision. What the council recommended and the head does not spare
// is destroyed: bytes that nothing else holds go, what the index says stays for ever.
func Decide(a *journal.Act, destruction int64, destroy bool, decision string, spare []int64) error {
	if err := org.May(a, org.DecideDossier, org.Target{}); err != nil {
		return err
	}
	x, err := destructionOf(a, a.By.Agency, destruction, a.Lock())
	if err != nil {
		return err
	}
	if x.State != "review" {
		return fault.Conflict("", "Đề nghị hủy này đã được quyết định.")
	}
	decision = Tidy(decision)
	state := "refused"
	if destroy {
		state = "decided"
		for _, l := range x.Lines {
			if !x.Complete(l) {
				return fault.Conflict("", "Hội đồng chưa cho đủ ý kiến về hồ sơ "+l.Dossier.Notation+".")
			}
		}
		if decision == "" {
			return fault.Invalid("decision", "Xin ghi số quyết định hủy tài liệu.")
		}
	} else if decision == "" {
		return fault.Invalid("decision", "Xin ghi vì sao không đồng ý hủy.")
	}
	if err := most("decision", "Số quyết định, lý do", decision, 200); err != nil {
		return err
	}
	if err := decideDestruction(a, x.ID, state, decision); err != nil {
		return fault.Internal(err)
	}
	var keys []string
	for _, l := range x.Lines {
		d, err := lock(a, l.Dossier.ID)
		if err != nil {
			return err
		}
		if d.Frozen {
			return errFrozen
		}
		if !destroy || !x.Recommended(l) || slices.Contains(spare, d.ID) {
			if err := spareDossier(a, x, d); err != nil {
				return err
			}
			continue
		}
		gone, err := destroyDossier(a, x, d)
		if err != nil {
			return err
		}
		keys = append(keys, gone...)
	}
	slices.Sort(keys)
	if keys = slices.Compact(keys); len(keys) > 0 {
		// The same work as for a recalled document: bytes that a row still names are left.
		if err := job.Enqueue(a, a.By.Agency, document.JobPurge, "destruction/"+strconv.FormatInt(x.ID, 10), keys, a.At); err != nil {
			return fault.Internal(err)
		}
	}
	return x.tell(a, x.MadeBy, WasDestroyed, x.Title()+" đã được quyết định.")
}

func spareDossier(a *journal.Act, x Destruction, d Dossier) error {
	if err := setOutcome(a, x.ID, d.ID, "kept"); err != nil {
		return fault.Internal(err)
	}
	to := d.Before
	d.Before = ""
	return move(a, &d, to, Spared, moveData{Destruction: x.ID})
}

// destroyDossier destroys what lies in no other living dossier.
func destroyDossier(a *journal.Act, x Destruction, d Dossier) (keys []string, err error) {
	if err := setOutcome(a, x.ID, d.ID, "destroyed"); err != nil {
		return nil, fault.Internal(err)
	}
	d.Before = ""
	if err := move(a, &d, Destroyed, WasDestroyed, moveData{Destruction: x.ID}); err != nil {
		return nil, err
	}
	items, err := itemsOf(a, a.By.Agency, d.ID)
	if err != nil {
		return nil, fault.Internal(err)
	}
	elsewhere, err := livingElsewhere(a, a.By.Agency, d.ID)
	if err != nil {
		return nil, fault.Internal(err)
	}
	for _, it := range items {
		kind, id, _ := journal.ParseRef(it.Ref)
		if destroy := kinds[kind].Destroy; destroy != nil && !elsewhere[it.Ref] {
			gone, err := destroy(a, id)
			if err != nil {
				return nil, err
			}
			keys = append(keys, gone...)
		}
	}
	return keys, nil
}
