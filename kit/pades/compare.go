// SPDX-License-Identifier: Apache-2.0

package pades

import (
	"fmt"
	"slices"
	"strings"

	"soviec/kit/cms"
	"soviec/kit/pdf"
)

// A Level says how much a later revision changed, from least to most.
type Level int

// The levels of the allow-list.
const (
	Untouched Level = iota // nothing, or objects written again as they were
	Evidence               // certificates, revocation data, time stamps, metadata
	Filling                // fields filled, signatures added
	Comments               // text-markup comments
)

// A step is the comparison of one revision with the one before it: every object that was
// added, replaced or freed must be explained by a rule, by its path from the trailer, and
// by every other path that leads to it. What no rule explains is a fault.
//
// Rules walk the old and the new document side by side from the trailer. Where a rule
// lets nothing change, the old value is frozen: after the rules have run, everything that
// can be reached from a frozen value must be as it was. Where a rule lets an object be
// replaced, it owns the object; an object that two rules own for different purposes may
// not be replaced by either.
type step struct {
	file     *pdf.File
	old, new *pdf.View
	changed  map[int]change
	owner    map[int]string
	shared   map[int]string // objects with two owners, and the second one
	cleared  map[int]bool   // replaced objects that a rule has explained
	nodes    map[int]nodeKind
	frozen   []frozen
	fresh    map[int]bool // added objects already looked into
	opt      Options

	level     Level
	faults    []*cms.Problem
	touched   []touch    // fields, for locks
	seen      *formState // the fields of the new revision
	pages     []page
	newWidget map[int]string // number of a new widget → name of its field
	stamping  bool           // a time stamp or validation data were added in this step
	extended  bool           // extensions were declared that evidence does not bring
	coverNew  bool           // a new visible signature field

	sealed func(old *pdf.View, store pdf.Ref) bool // whether an intact document time stamp covers this store of validation data
}

type change int

const (
	added change = iota + 1
	replaced
	freed
)

// A touch is a field whose value, look or existence a step changed.
type touch struct {
	name  string
	quiet bool // an invisible time stamp: no lock forbids it
}

type nodeKind int

const (
	pageNode  nodeKind = iota + 1 // catalog, page tree, page: judged by its own rule however it is reached
	fieldNode                     // field or widget: judged by its own rule when reached as one
)

type frozen struct {
	value pdf.Object
	key   pdf.Name
	where string
}

func newStep(f *pdf.File, k int, opt Options) *step {
	return &step{
		file: f, old: f.At(k - 1), new: f.At(k), opt: opt,
		changed: map[int]change{}, owner: map[int]string{}, shared: map[int]string{}, cleared: map[int]bool{},
		nodes: map[int]nodeKind{}, fresh: map[int]bool{}, newWidget: map[int]string{},
	}
}

// fault notes something that no rule explains. detail is for the record, in English.
func (s *step) fault(text, detail string, args ...any) {
	if len(s.faults) < 20 {
		s.faults = append(s.faults, problem(cms.CodeIllegalChange, text, fmt.Errorf(detail, args...)))
	}
}

func (s *step) raise(l Level) { s.level = max(s.level, l) }

// compare runs the rules. An error is a limit, a dead context or a malformed file.
func (s *step) compare() error {
	if err := s.collect(); err != nil {
		return err
	}
	if err := s.structure(); err != nil {
		return err
	}
	if err := s.trailer(); err != nil {
		return err
	}
	if err := s.thaw(); err != nil {
		return err
	}
	s.settle()
	return nil
}

// collect finds what changed: the objects that the new revision names, and those that
// lie in an object stream which it replaces.
func (s *step) collect() error {
	nums := s.file.Revisions()[s.new.Revision].Numbers()
	done := map[int]bool{0: true}
	for i := 0; i < len(nums); i++ {
		n := nums[i]
		if done[n] {
			continue
		}
		done[n] = true
		was, is := s.old.Entry(n), s.new.Entry(n)
		if was == is && was.Kind != pdf.Packed {
			continue
		}
		if was.Kind == pdf.InUse {
			// what lay in a replaced object stream changes with it
			if inside, err := s.packed(was); err != nil {
				return err
			} else if inside != nil {
				nums = append(nums, inside...)
			}
		}
		c, err := s.kind(was, is)
		if err != nil {
			return err
		}
		if c != 0 {
			s.changed[n] = c
		}
	}
	return nil
}

func (s *step) packed(e pdf.Entry) ([]int, error) {
	ref := pdf.Ref{Num: e.Num, Gen: e.Gen}
	o, err := s.old.Get(ref)
	if err != nil {
		return nil, s.soft(err)
	}
	st, ok := o.(*pdf.Stream)
	if !ok || st.Dict["Type"] != pdf.Name("ObjStm") {
		return nil, nil
	}
	nums, err := s.old.Packs(ref)
	return nums, s.soft(err)
}

// soft lets a malformed object pass as something that is not there; limits stay errors.
func (s *step) soft(err error) error {
	if isFormat(err) {
		return nil
	}
	return err
}

func (s *step) kind(was, is pdf.Entry) (change, error) {
	there := func(e pdf.Entry) bool { return e.Kind == pdf.InUse || e.Kind == pdf.Packed }
	switch {
	case !there(was) && !there(is):
		return 0, nil
	case !there(was):
		return added, nil
	case !there(is):
		return freed, nil
	case was.Kind == pdf.InUse && is.Kind == pdf.InUse && was.Gen != is.Gen:
		return replaced, nil
	}
	a, err := s.old.Get(pdf.Ref{Num: was.Num, Gen: was.Gen})
	if err != nil {
		return replaced, s.soft(err)
	}
	b, err := s.new.Get(pdf.Ref{Num: is.Num, Gen: is.Gen})
	if err != nil {
		return replaced, s.soft(err)
	}
	switch {
	case pdf.Equal(a, b):
		return 0, nil
	case a == nil:
		return added, nil
	}
	return replaced, nil
}

// structure judges the bytes of the revision and its cross-references.
func (s *step) structure() error {
	rev := s.file.Revisions()[s.new.Revision]
	if rev.Ambiguous() {
		s.fault("Lần ghi thêm có bảng tham chiếu chỉ hai nơi khác nhau cho cùng một đối tượng, mỗi phần mềm có thể hiển thị một khác.", "revision %d: cross-references are ambiguous", rev.Index)
	}
	if !s.file.Closed(rev) {
		s.fault("Lần ghi thêm kết thúc không đúng quy cách tệp PDF.", "revision %d: startxref points elsewhere", rev.Index)
	}
	strays, err := s.file.Strays(s.new.Revision)
	if err != nil {
		return err
	}
	for _, x := range strays {
		if !x.Object {
			s.fault("Có dữ liệu lạ xen trong phần ghi thêm sau khi ký.", "revision %d: bytes %d to %d belong to nothing", rev.Index, x.Start, x.End)
			continue
		}
		if e := s.new.Entry(x.Ref.Num); e.Kind != pdf.Missing && e.Kind != pdf.Free {
			s.fault("Phần ghi thêm sau khi ký giấu một bản khác của nội dung đã có.", "revision %d: object %s at %d is not the one in the cross-references", rev.Index, x.Ref, x.Start)
		}
	}
	for n, c := range s.changed {
		if c == freed {
			continue
		}
		e := s.new.Entry(n)
		ref := pdf.Ref{Num: n, Gen: e.Gen}
		if _, err := s.new.Get(ref); err != nil {
			if !isFormat(err) {
				return err
			}
			s.fault("Phần ghi thêm sau khi ký có đối tượng hỏng, không đọc được.", "object %s: %w", ref, err)
		} else if s.new.Twice(ref) {
			s.fault("Phần ghi thêm sau khi ký có đối tượng ghi hai giá trị cho cùng một mục, mỗi phần mềm có thể hiển thị một khác.", "object %s names a key twice", ref)
		}
	}
	return nil
}

// same demands that a key keeps its value, and freezes what it leads to.
func (s *step) same(was, is pdf.Dict, k pdf.Name, where string) bool {
	equal := pdf.Equal(was[k], is[k])
	if !equal {
		s.fault(sentenceFor(where, k), "%s: /%s changed", where, k)
	}
	s.freeze(was[k], k, where)
	return equal
}

// freeze says that nothing which can be reached from a value of the old document may change.
func (s *step) freeze(o pdf.Object, key pdf.Name, where string) {
	switch o.(type) {
	case pdf.Ref, pdf.Array, pdf.Dict, *pdf.Stream:
		s.frozen = append(s.frozen, frozen{o, key, where})
	}
}

// fieldLinks are the keys by which a field or a widget may be reached without being
// anything else there.
var fieldLinks = map[pdf.Name]bool{"Parent": true, "Kids": true, "P": true, "Obj": true, "Annots": true, "Fields": true, "CO": true, "T": true, "Nums": true, "IRT": true, "Popup": true}

// thaw walks everything that is frozen and looks for changed objects.
func (s *step) thaw() error {
	if len(s.changed) == 0 {
		return nil
	}
	seen := map[int]bool{}
	told := map[string]bool{}
	for len(s.frozen) > 0 {
		at := s.frozen[len(s.frozen)-1]
		s.frozen = s.frozen[:len(s.frozen)-1]
		switch x := at.value.(type) {
		case pdf.Array:
			for _, o := range x {
				s.freeze(o, at.key, at.where)
			}
		case pdf.Dict:
			for k, o := range x {
				s.freeze(o, k, at.where)
			}
		case *pdf.Stream:
			s.freeze(x.Dict, at.key, at.where)
		case pdf.Ref:
			kind := s.nodes[x.Num]
			if kind == pageNode || kind == fieldNode && fieldLinks[at.key] {
				continue
			}
			if c := s.changed[x.Num]; c != 0 {
				if !told[at.where] {
					told[at.where] = true
					s.fault(sentenceFor(at.where, at.key), "%s: object %d under /%s was %s", at.where, x.Num, at.key, [...]string{"", "added", "replaced", "freed"}[c])
					if at.where == "signature" {
						s.faults[len(s.faults)-1].Code = cms.CodeDictionaryChanged
					}
				}
				s.cleared[x.Num] = true // told already
			}
			if seen[x.Num] {
				continue
			}
			seen[x.Num] = true
			if len(seen) > limitObjects {
				return pdf.ErrLimit
			}
			o, err := s.old.Get(x)
			if err != nil {
				if err := s.soft(err); err != nil {
					return err
				}
				continue
			}
			s.freeze(o, at.key, at.where)
		}
	}
	return nil
}

// own says for which purpose a rule may replace an object of the old document.
func (s *step) own(o pdf.Object, purpose string) {
	ref, ok := o.(pdf.Ref)
	if !ok {
		return
	}
	if other, taken := s.owner[ref.Num]; taken && other != purpose {
		s.shared[ref.Num] = purpose
		return
	}
	s.owner[ref.Num] = purpose
}

// clear explains the replacement of an owned object, at a level.
func (s *step) clear(o pdf.Object, l Level) {
	if ref, ok := o.(pdf.Ref); ok && s.changed[ref.Num] == replaced && s.owner[ref.Num] != "" {
		s.cleared[ref.Num] = true
		s.raise(l)
	}
}

// settle looks for replaced and freed objects that nothing has explained.
func (s *step) settle() {
	streams := map[int]bool{}
	for _, rev := range s.file.Revisions()[:s.new.Revision] {
		for _, ref := range rev.XRefStreams() {
			streams[ref.Num] = true
		}
	}
	own := s.file.Revisions()[s.new.Revision].XRefStreams()
	var open []int
	for n, c := range s.changed {
		switch {
		case c == added:
			s.raise(Evidence)
		case streams[n] && slices.ContainsFunc(own, func(r pdf.Ref) bool { return r.Num == n }):
			s.raise(Evidence) // a cross-reference stream in the place of the last one
		case s.shared[n] != "" && c == replaced && s.cleared[n]:
			s.fault("Một đối tượng được dùng ở nhiều nơi trong tài liệu bị thay đổi.", "object %d serves as %s and as %s, and was replaced", n, s.owner[n], s.shared[n])
		case !s.cleared[n]:
			open = append(open, n)
		}
	}
	if s.extended {
		s.raise(Filling)
	}
	if len(s.changed) == 0 && s.level == Untouched {
		s.raise(Evidence) // a revision, even one that says nothing new
	}
	if len(open) > 0 {
		slices.Sort(open)
		list := make([]string, 0, 8)
		for _, n := range open[:min(8, len(open))] {
			list = append(list, fmt.Sprintf("%d %s", n, [...]string{"", "added", "replaced", "freed"}[s.changed[n]]))
		}
		s.fault("Nội dung đã ký bị thay thế hoặc bị xóa ở lần ghi thêm sau.", "unexplained: %s", strings.Join(list, ", "))
	}
}

// admit looks into a value that only the new document has: what it refers to must be new,
// or untouched. It answers false, and notes a fault, otherwise. reuse names the purpose
// under which replaced objects may occur.
func (s *step) admit(o pdf.Object, reuse, where string, l Level) bool {
	stack := []pdf.Object{o}
	good := true
	for len(stack) > 0 {
		o := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		switch x := o.(type) {
		case pdf.Array:
			stack = append(stack, x...)
		case pdf.Dict:
			for _, v := range x {
				stack = append(stack, v)
			}
		case *pdf.Stream:
			stack = append(stack, x.Dict)
		case pdf.Ref:
			switch s.changed[x.Num] {
			case 0:
				continue
			case replaced:
				if s.nodes[x.Num] != 0 {
					continue // judged by its own rule
				}
				if reuse == "" || s.owner[x.Num] != reuse {
					s.fault(sentenceFor(where, ""), "%s: refers to object %d, which was replaced", where, x.Num)
					s.cleared[x.Num] = true
					good = false
					continue
				}
			case freed:
				continue // null
			}
			s.raise(l)
			if s.fresh[x.Num] {
				continue
			}
			s.fresh[x.Num] = true
			if len(s.fresh) > limitObjects {
				s.fault(sentenceFor(where, ""), "%s: too many objects", where)
				return false
			}
			v, err := s.new.Get(x)
			if err != nil {
				continue // structure has told it
			}
			stack = append(stack, v)
		}
	}
	return good
}
