// SPDX-License-Identifier: Apache-2.0

package task

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/org"
)

// A Link says that a work has to do with something else: a document, a dossier, a task.
type Link struct {
	Work    int64
	Ref     string // "incoming/123"
	AddedBy int64
	AddedAt time.Time
}

// maxLinks bounds the links of one work.
const maxLinks = 30

var linkKinds = map[string]func(a *journal.Act, id int64) error{}

// Linkable lets works be linked to things of a kind ("incoming"). may refuses what the
// act's holder may not read: nobody learns by a link what is there. It is called once,
// before the program serves.
func Linkable(kind string, may func(a *journal.Act, id int64) error) { linkKinds[kind] = may }

// linkable refuses references that cannot be linked to a work.
func linkable(a *journal.Act, work int64, refs []string) error {
	if len(refs) > maxLinks {
		return fault.Invalid("links", fmt.Sprintf("Một việc liên kết với nhiều nhất %d mục.", maxLinks))
	}
	var errs []error
	for _, ref := range distinct(refs) {
		errs = append(errs, linkTo(a, work, ref))
	}
	return fault.Join(errs...)
}

func linkTo(a *journal.Act, work int64, ref string) error {
	kind, id, ok := journal.ParseRef(ref)
	none := fault.Invalid("links", "Không tìm thấy mục cần liên kết, hoặc anh/chị không được xem mục đó.")
	switch may := linkKinds[kind]; {
	case ok && kind == "task" && id == work:
		return fault.Invalid("links", "Một việc không liên kết với chính nó.")
	case ok && kind == "task":
		w, err := Get(a, a.By.Agency, id)
		if fault.Is(err, fault.KindNotFound) {
			return none
		}
		if err != nil {
			return err
		}
		x, err := org.RightsIn(a)
		if err != nil {
			return err
		}
		may, err := Reads(a, x, a.By.Agency, w)
		if err == nil && !may {
			err = none
		}
		return err
	case ok && may != nil:
		if err := may(a, id); fault.Is(err, fault.KindInternal) {
			return err
		} else if err != nil {
			return none
		}
		return nil
	}
	return none
}

// AddLink ties a work to something else (liên kết). Whoever takes part in the work may.
func AddLink(a *journal.Act, work int64, ref string) error {
	d, err := open(a, work)
	if err != nil {
		return err
	}
	if err := d.takesPart(); err != nil {
		return err
	}
	links, err := Links(a, a.By.Agency, work)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(links, func(l Link) bool { return l.Ref == ref }) {
		return fault.Conflict("links", "Đã liên kết với mục này.")
	}
	if len(links) >= maxLinks {
		return fault.Invalid("links", fmt.Sprintf("Một việc liên kết với nhiều nhất %d mục.", maxLinks))
	}
	if err := linkTo(a, work, ref); err != nil {
		return err
	}
	if err := insertLink(a, work, ref); err != nil {
		return fault.Internal(err)
	}
	return d.note(LinkAdded, nil, Data{Links: []string{ref}}, "")
}

// RemoveLink unties a work from something else; that they were tied stays in the book.
func RemoveLink(a *journal.Act, work int64, ref string) error {
	d, err := open(a, work)
	if err != nil {
		return err
	}
	if err := d.takesPart(); err != nil {
		return err
	}
	n, err := endLink(a, work, ref)
	if err != nil {
		return fault.Internal(err)
	}
	if n == 0 {
		return fault.NotFound("Không có liên kết này.")
	}
	return d.note(LinkRemoved, nil, Data{Links: []string{ref}}, "")
}

// takesPart asks whether the holder of the act gave the work or carries a share of it.
func (d *deed) takesPart() error {
	x, err := org.RightsIn(d.a)
	if err != nil {
		return err
	}
	d.a.Judged()
	if d.w.Giver == x.Person || x.Is(org.Head) {
		return nil
	}
	for i := range d.w.Shares {
		if s := &d.w.Shares[i]; s.Role != Info && (s.Holder == x.Person || x.HeadsUnit(s.Unit)) {
			return nil
		}
	}
	return fault.Forbidden("Chỉ người giao và những người tham gia việc này được làm điều đó.")
}

// Links are what a work is tied to now, oldest first.
func Links(r store.Reader, agency, work int64) ([]Link, error) {
	all, err := linksOf(r, agency, work)
	return all, fault.Internal(err)
}

// LinkedTo are the works that are tied to something, as far as the reader may read them,
// oldest first.
func LinkedTo(r store.Reader, x org.Rights, agency int64, ref string) ([]Work, error) {
	works, err := worksLinked(r, agency, ref)
	if err != nil && !errors.Is(err, store.ErrNone) {
		return nil, fault.Internal(err)
	}
	return slices.DeleteFunc(works, func(w Work) bool { return !MayRead(x, w) }), nil
}
