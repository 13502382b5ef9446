// SPDX-License-Identifier: Apache-2.0

package pades

import (
	"fmt"
	"strings"

	"soviec/kit/cms"
	"soviec/kit/pdf"
)

// limits are what signatures forbid from their revision on.
type limits struct {
	level     Level // the highest level that later changes may have
	certified bool  // by a DocMDP signature, not only an approval
	locks     []lock
	by        string // the field of the signature that is strictest
}

// A lock is a FieldMDP transform or the /Lock of a signature field.
type lock struct {
	action pdf.Name // All, Include, Exclude
	names  []string
	by     string
}

// locks a whole name and its descendants, never a mere prefix of the text.
func (l lock) holds(name string) bool {
	in := false
	for _, n := range l.names {
		in = in || name == n || strings.HasPrefix(name, n+".")
	}
	switch l.action {
	case "All":
		return true
	case "Include":
		return in
	case "Exclude":
		return !in
	}
	return true // an unknown word forbids
}

// own reads what one signature forbids: DocMDP, FieldMDP, and the lock of its field.
func ownLimits(v *pdf.View, f *field, sig pdf.Dict) (p int, certified int, locks []lock) {
	take := func(d pdf.Dict) {
		if d == nil {
			return
		}
		if a := v.Name(d["Action"]); a != "" {
			l := lock{action: a, by: f.name}
			for _, o := range v.Array(d["Fields"]) {
				o, _ := v.Resolve(o)
				if s, ok := o.(pdf.String); ok {
					l.names = append(l.names, text(s))
				}
			}
			locks = append(locks, l)
		}
	}
	p = 3
	found := false
	perm := func(d pdf.Dict, or int64) int {
		n, ok := v.Int(d["P"])
		if !ok {
			n = or
		}
		if n < 1 || n > 3 {
			n = 1 // what nobody understands forbids
		}
		return int(n)
	}
	for _, o := range v.Array(sig["Reference"]) {
		d := v.Dict(o)
		params := v.Dict(d["TransformParams"])
		switch v.Name(d["TransformMethod"]) {
		case "DocMDP":
			certified = perm(params, 2)
			p, found = min(p, certified), true
		case "FieldMDP":
			take(params)
		}
	}
	if own := v.Dict(f.dict["Lock"]); own != nil {
		take(own)
		if own["P"] != nil {
			p, found = min(p, perm(own, 2)), true
		}
	}
	if !found {
		p = 2
	}
	return p, certified, locks
}

// policies works out, for each signature, the strictest limits in force at its revision:
// its own and those of every signature before it.
func (j *judge) policies() {
	for _, v := range j.report.Verdicts {
		if v.Stamp && v.raw.dict["Reference"] == nil {
			v.limit = limits{level: Filling}
			continue
		}
		view := j.file.At(max(v.Revision, v.raw.first))
		p, certified, locks := ownLimits(view, v.raw.field, v.raw.dict)
		v.Certified = certified
		v.limit = limits{level: levelOf(p), certified: certified > 0, locks: locks, by: v.Field}
	}
	for i, v := range j.report.Verdicts {
		for _, u := range j.report.Verdicts[:i] {
			if u.Stamp {
				continue
			}
			if u.limit.level < v.limit.level {
				v.limit.level, v.limit.by = u.limit.level, u.limit.by
			}
			v.limit.certified = v.limit.certified || u.limit.certified
			v.limit.locks = append(v.limit.locks, u.limit.locks...)
		}
	}
}

func levelOf(p int) Level {
	switch p {
	case 1:
		return Evidence
	case 2:
		return Filling
	}
	return Comments
}

// forbids judges one explained step under the limits.
func (l limits) forbids(s *step, opt Options) *cms.Problem {
	if s.level > l.level {
		text := "Người ký đã quy định tài liệu không được thay đổi thêm, nhưng sau đó tệp vẫn bị thay đổi."
		if l.level == Filling {
			text = "Người ký chỉ cho phép điền biểu mẫu và ký thêm, nhưng sau đó tệp bị thay đổi nhiều hơn thế."
		}
		return problem(cms.CodePolicyForbids, text, fmt.Errorf("revision %d: level %d, field %q allows %d", s.new.Revision, s.level, l.by, l.level))
	}
	if s.coverNew && l.certified && !opt.AllowVisibleAfterCertify {
		return problem(cms.CodePolicyForbids, "Có ô chữ ký hiển thị được thêm lên trang sau khi tài liệu đã được chứng nhận.", fmt.Errorf("revision %d: a new visible signature field", s.new.Revision))
	}
	for _, t := range s.touched {
		for _, lock := range l.locks {
			if !t.quiet && lock.holds(t.name) {
				return problem(cms.CodePolicyForbids, fmt.Sprintf("Ô biểu mẫu %q đã bị khóa bởi chữ ký %q nhưng vẫn bị thay đổi sau đó.", t.name, lock.by), fmt.Errorf("revision %d: the field is locked", s.new.Revision))
			}
		}
	}
	return nil
}

// lockedNow tells whether a signature that this step adds locks the field.
func (s *step) lockedNow(name string) bool {
	if s.seen == nil {
		return false
	}
	for _, f := range s.seen.fields {
		ref, ok := f.dict["V"].(pdf.Ref)
		if f.kind != "Sig" || !ok || s.changed[ref.Num] != added {
			continue
		}
		_, _, locks := ownLimits(s.new, f, s.new.Dict(ref))
		for _, l := range locks {
			if l.holds(name) {
				return true
			}
		}
	}
	return false
}

// stampingOnly tells whether the step adds validation data or a time stamp, which bring
// declarations of extensions with them.
func (s *step) stampingOnly() bool { return s.stamping }
