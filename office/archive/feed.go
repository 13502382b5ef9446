// SPDX-License-Identifier: Apache-2.0

package archive

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/org"
)

// mostDocs: the ordinal of a document in a dossier has three digits (Phụ lục VI: DocOrdinal).
const mostDocs = 999

// An Item is one line of a dossier's index (mục lục văn bản, tài liệu). The reference is
// never a copy: the same document may lie in many dossiers.
type Item struct {
	ID      int64
	Dossier int64
	Ref     string
	Ordinal int
	Number  string
	On      civil.Date
	Title   string
	Author  string
	Pages   int
	Note    string
	Auto    bool // came with the matter
	AddedBy int64
	AddedAt store.Time
	OutOn   civil.Date
	Why     string
}

// PutIn puts a document or a work into a dossier by hand, with what belongs to it. Whoever
// files must be able to read it; whoever may read the dossier can read it from then on.
func PutIn(a *journal.Act, dossier int64, ref string) (added int, err error) {
	d, err := kept(a, dossier)
	if err != nil {
		return 0, err
	}
	kind, id, ok := journal.ParseRef(ref)
	k := kinds[kind]
	if !ok || k.Of == nil {
		return 0, errNoMatter
	}
	x, err := org.RightsIn(a)
	if err != nil {
		return 0, err
	}
	if kind != RefPaper {
		if may, err := k.MayRead(a, x, a.By.Agency, id); err != nil || !may {
			return 0, errNoMatter
		}
	}
	refs, err := related(a, a.By.Agency, ref)
	if err != nil {
		return 0, err
	}
	added, err = put(a, &d, refs, ref)
	if err == nil && added == 0 {
		return 0, fault.Conflict("dossier", "Hồ sơ "+d.Notation+" đã có mục này.")
	}
	return added, err
}

// Gather puts what has just come into being (work given, an answer issued) into the fed
// dossiers in which its matter lies. It runs inside the act of another room, which has
// asked whether that may be.
func Gather(a *journal.Act, ref string) error {
	refs, err := related(a, a.By.Agency, ref)
	if err != nil || len(refs) < 2 {
		return err
	}
	ids, err := fedWith(a, a.By.Agency, refs)
	if err != nil {
		return fault.Internal(err)
	}
	for _, id := range ids {
		d, err := lock(a, id)
		if err != nil {
			return err
		}
		if d.Frozen || !d.State.Fed() || d.Docs >= mostDocs {
			continue
		}
		if _, err := put(a, &d, refs, ""); err != nil {
			return err
		}
	}
	return nil
}

// put lays references into a dossier; those already there are passed over. byHand is the
// one that somebody chose.
func put(a *journal.Act, d *Dossier, refs []string, byHand string) (added int, err error) {
	if !d.State.Fed() {
		return 0, fault.Conflict("dossier", "Hồ sơ "+d.Notation+" đang ở trạng thái “"+d.State.Label()+"”; không đưa thêm vào được.")
	}
	items, err := itemsOf(a, a.By.Agency, d.ID)
	if err != nil {
		return 0, fault.Internal(err)
	}
	refs = slices.DeleteFunc(slices.Clone(refs), func(ref string) bool {
		return slices.ContainsFunc(items, func(it Item) bool { return it.Ref == ref })
	})
	if len(refs) == 0 {
		return 0, nil
	}
	if len(items)+len(refs) > mostDocs {
		return 0, fault.Invalid("dossier", fmt.Sprintf("Một hồ sơ có nhiều nhất %d văn bản; hãy mở tập tiếp theo.", mostDocs))
	}
	matters, err := mattersOf(a, a.By.Agency, refs)
	if err != nil {
		return 0, err
	}
	for _, ref := range refs {
		m, ok := matters[ref]
		if !ok {
			continue
		}
		it := itemOf(m)
		it.ID, it.Dossier, it.Ref, it.Auto, it.AddedBy, it.AddedAt = a.NewID(), d.ID, ref, ref != byHand, a.By.Person, store.Time{Time: a.At}
		if err := insertItem(a, it); err != nil {
			return 0, fault.Internal(err)
		}
		items = append(items, it)
		a.Note(journal.Entry{Kind: Filed, Subject: d.Ref(), Data: moveData{To: Collecting, Item: ref, Auto: it.Auto}})
		kind, id, _ := journal.ParseRef(ref)
		if f := kinds[kind].Filed; f != nil {
			if err := f(a, id, d.Notation); err != nil {
				return 0, err
			}
		}
		added++
	}
	if added == 0 {
		return 0, errNoMatter
	}
	d.State = Collecting
	return added, settleIndex(a, d, items)
}

// itemOf is how the index describes a matter.
func itemOf(m Matter) Item {
	return Item{Number: cut(m.Number, 60), On: m.On, Title: cut(m.Title(), 1000), Author: cut(m.Author, 200), Pages: m.Pages}
}

func cut(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}

// settleIndex gives the items their ordinals in the order of time and the dossier its sums.
func settleIndex(a *journal.Act, d *Dossier, items []Item) error {
	chronological(items)
	d.Docs, d.Pages, d.StartOn, d.EndOn = len(items), 0, 0, 0
	for i := range items {
		it := &items[i]
		if it.Ordinal != i+1 {
			it.Ordinal = i + 1
			if err := setOrdinal(a, it.ID, it.Ordinal); err != nil {
				return fault.Internal(err)
			}
		}
		d.Pages += it.Pages
		if !it.On.IsZero() && (d.StartOn.IsZero() || it.On.Before(d.StartOn)) {
			d.StartOn = it.On
		}
		if it.On.After(d.EndOn) {
			d.EndOn = it.On
		}
	}
	return save(a, d)
}

// chronological orders items by their day, and what has the same day by its coming.
func chronological(items []Item) {
	slices.SortStableFunc(items, func(x, y Item) int {
		return cmp.Or(x.On.Compare(y.On), x.AddedAt.Compare(y.AddedAt.Time), cmp.Compare(x.ID, y.ID))
	})
}

// TakeOut takes an item out of a dossier; the thing itself stays where it is.
func TakeOut(a *journal.Act, dossier, item int64, why string) error {
	d, err := kept(a, dossier)
	if err != nil {
		return err
	}
	if !d.State.Fed() {
		return fault.Conflict("", "Hồ sơ đã đóng; hãy mở lại nếu cần sửa.")
	}
	if why = Tidy(why); why == "" {
		return fault.Invalid("why", "Xin ghi vì sao lấy ra khỏi hồ sơ.")
	}
	if err := most("why", "Lý do", why, 500); err != nil {
		return err
	}
	items, err := itemsOf(a, a.By.Agency, d.ID)
	if err != nil {
		return fault.Internal(err)
	}
	i := slices.IndexFunc(items, func(it Item) bool { return it.ID == item })
	if i < 0 {
		return fault.NotFound("Hồ sơ không có mục này.")
	}
	it := items[i]
	if err := takeOut(a, it.ID, why); err != nil {
		return fault.Internal(err)
	}
	items = slices.Delete(items, i, i+1)
	if len(items) == 0 {
		d.State = Open
	}
	a.Note(journal.Entry{Kind: TakenOut, Subject: d.Ref(), Data: moveData{To: d.State, Item: it.Ref}})
	return settleIndex(a, &d, items)
}

// refresh writes into the index what its matters say now, and returns the items in order.
func refresh(a *journal.Act, d *Dossier) ([]Item, error) {
	items, err := itemsOf(a, a.By.Agency, d.ID)
	if err != nil {
		return nil, fault.Internal(err)
	}
	matters, err := mattersOf(a, a.By.Agency, refsOf(items))
	if err != nil {
		return nil, err
	}
	for i, it := range items {
		m, ok := matters[it.Ref]
		if !ok {
			continue
		}
		now := itemOf(m)
		if now.Pages == 0 {
			now.Pages = it.Pages
		}
		if now.Number != it.Number || now.On != it.On || now.Title != it.Title || now.Author != it.Author || now.Pages != it.Pages {
			it.Number, it.On, it.Title, it.Author, it.Pages = now.Number, now.On, now.Title, now.Author, now.Pages
			if err := describeItem(a, it); err != nil {
				return nil, fault.Internal(err)
			}
			items[i] = it
		}
	}
	return items, nil
}

func refsOf(items []Item) []string {
	refs := make([]string, len(items))
	for i, it := range items {
		refs[i] = it.Ref
	}
	return refs
}

// NoteItem sets the remark of an item and, for what has no pages of its own, their number.
func NoteItem(a *journal.Act, dossier, item int64, pages int, note string) error {
	d, err := kept(a, dossier)
	if err != nil {
		return err
	}
	if !d.State.Fed() {
		return fault.Conflict("", "Hồ sơ đã đóng; hãy mở lại nếu cần sửa.")
	}
	note = Tidy(note)
	if err := most("note", "Ghi chú", note, 500); err != nil {
		return err
	}
	if pages < 0 || pages > 999 {
		return fault.Invalid("pages", "Số trang từ 0 đến 999.")
	}
	items, err := itemsOf(a, a.By.Agency, d.ID)
	if err != nil {
		return fault.Internal(err)
	}
	i := slices.IndexFunc(items, func(it Item) bool { return it.ID == item })
	if i < 0 {
		return fault.NotFound("Hồ sơ không có mục này.")
	}
	items[i].Note, items[i].Pages = note, pages
	if err := describeItem(a, items[i]); err != nil {
		return fault.Internal(err)
	}
	a.Note(journal.Entry{Kind: Described, Subject: d.Ref(), Data: moveData{To: d.State, Item: items[i].Ref, Years: d.Term.Years, Permanent: d.Term.Permanent}})
	return settleIndex(a, &d, items)
}

// A Paper is something that is nowhere else in the program: minutes by hand, photographs.
type Paper struct {
	ID      int64
	Type    string
	Number  string
	On      civil.Date
	Author  string
	Subject string
	Pages   int
	File    File // may be empty
	Purged  bool
}

// EnterPaper describes a paper and lays it into a dossier.
func EnterPaper(a *journal.Act, dossier int64, p Paper) error {
	d, err := kept(a, dossier)
	if err != nil {
		return err
	}
	p.ID = a.NewID()
	p.Type, p.Number, p.Author, p.Subject = Tidy(p.Type), Tidy(p.Number), Tidy(p.Author), Tidy(p.Subject)
	errs := []error{most("type", "Loại", p.Type, 100), most("number", "Số, ký hiệu", p.Number, 60), most("author", "Tác giả", p.Author, 200), most("subject", "Nội dung", p.Subject, 500)}
	if p.Subject == "" {
		errs = append(errs, fault.Invalid("subject", "Xin ghi nội dung của giấy tờ."))
	}
	if p.On.IsZero() {
		errs = append(errs, fault.Invalid("day", "Xin ghi ngày của giấy tờ; mục lục xếp theo ngày."))
	} else if p.On.After(a.Day()) {
		errs = append(errs, fault.Invalid("day", "Ngày của giấy tờ không được sau hôm nay."))
	}
	if p.Pages < 1 || p.Pages > 999 {
		errs = append(errs, fault.Invalid("pages", "Số trang từ 1 đến 999."))
	}
	if err := fault.Join(errs...); err != nil {
		return err
	}
	if err := insertPaper(a, p); err != nil {
		return fault.Internal(err)
	}
	ref := journal.Ref(RefPaper, p.ID)
	a.Note(journal.Entry{Kind: PaperEntered, Subject: ref})
	_, err = put(a, &d, []string{ref}, ref)
	return err
}

func papersByID(r store.Reader, agency int64, ids []int64) (map[int64]Matter, error) {
	all, err := papers(r, agency, ids)
	out := map[int64]Matter{}
	for id, p := range all {
		no, notation := cutNumber(p.Number)
		out[id] = Matter{Type: p.Type, Number: p.Number, No: no, Notation: notation, On: p.On, Subject: p.Subject, Author: p.Author, Pages: p.Pages}
	}
	return out, err
}

// cutNumber parts a number from its notation: "05/QĐ-BDT" is "05" and "QĐ-BDT".
func cutNumber(label string) (no, notation string) {
	no, notation, _ = strings.Cut(label, "/")
	return no, notation
}

func paperFiles(r store.Reader, agency int64, ids []int64) (map[int64][]File, error) {
	all, err := papers(r, agency, ids)
	out := map[int64][]File{}
	for id, p := range all {
		if p.File.SHA != "" && !p.Purged {
			p.File.ID = id
			out[id] = []File{p.File}
		}
	}
	return out, err
}

func destroyPaper(a *journal.Act, id int64) ([]string, error) {
	all, err := papers(a, a.By.Agency, []int64{id})
	p, ok := all[id]
	if err != nil || !ok || p.File.SHA == "" || p.Purged {
		return nil, err
	}
	return []string{p.File.SHA}, errors.Join(purgePaper(a, id))
}
