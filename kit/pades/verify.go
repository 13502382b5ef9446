// SPDX-License-Identifier: Apache-2.0

package pades

import (
	"context"
	"crypto"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	_ "crypto/sha1" // old signatures name it; they are weak, not unreadable
	_ "crypto/sha256"
	_ "crypto/sha3"
	_ "crypto/sha512"

	"soviec/kit/cms"
	"soviec/kit/pdf"
)

// Budget is the time that reading and comparing one file may take. Digests come on top,
// in proportion to the size of the file.
const Budget = 3 * time.Second

// judge is one judgement being made.
type judge struct {
	ctx    context.Context // bounds everything
	quick  context.Context // bounds everything but the digests
	file   *pdf.File
	opt    Options
	report *Report
	forms  map[int]*formState
	steps  map[int]*step
	hashes map[digestKey][]byte
	store  *dssStore
}

// Verify judges every signature of the file that src holds in size bytes. It never fails:
// what cannot be read is a finding of the report. Memory does not grow with the file.
func Verify(ctx context.Context, src io.ReaderAt, size int64, opt Options) *Report {
	if opt.Limits == (pdf.Limits{}) {
		opt.Limits = pdf.DefaultLimits
	}
	ctx, cancel := context.WithTimeout(ctx, Budget+time.Duration(size/(40<<20))*time.Second)
	defer cancel()
	quick, cancel2 := context.WithTimeout(ctx, Budget)
	defer cancel2()
	j := &judge{ctx: ctx, quick: quick, opt: opt, report: &Report{Intact: true, Modification: None}, forms: map[int]*formState{}, steps: map[int]*step{}, hashes: map[digestKey][]byte{}}
	if err := j.read(src, size); err != nil {
		j.unreadable(err)
	}
	j.conclude()
	if j.file != nil {
		j.file.Release()
	}
	return j.report
}

// unreadable says that the file, or what must be compared in it, cannot be read.
func (j *judge) unreadable(err error) {
	r := j.report
	r.Intact = false
	text := "Tệp không đúng cấu trúc PDF hoặc đã hỏng, không kiểm tra được."
	switch {
	case errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled):
		text = "Tệp quá phức tạp, không kiểm tra xong trong thời gian cho phép."
	case errors.Is(err, pdf.ErrLimit):
		text = "Tệp có cấu trúc lồng nhau hoặc lớn quá mức cho phép, không kiểm tra được."
	case errors.Is(err, pdf.ErrPassword):
		text = "Tệp được đặt mật khẩu hoặc mã hóa theo cách chưa hỗ trợ, không kiểm tra được."
	}
	p := problem(cms.CodeFormat, text, err)
	r.Reasons = append(r.Reasons, p)
	for _, v := range r.Verdicts {
		if v.Integrity == Intact || v.Integrity == "" {
			v.Integrity = NotVerifiable
			v.note(p)
		}
	}
}

func (j *judge) read(src io.ReaderAt, size int64) error {
	var err error
	if j.file, err = pdf.OpenLast(j.quick, src, size, j.opt.Limits); err != nil {
		return err
	}
	r := j.report
	r.Revisions = len(j.file.Revisions())
	var lerr error
	r.Encrypted, lerr = j.file.Encrypted()
	if err := j.find(); err != nil {
		return err
	}
	for _, v := range r.Verdicts {
		j.one(v)
	}
	j.nested()
	j.policies()
	if err := j.shape(); err != nil {
		return err
	}
	if lerr != nil {
		return lerr
	}
	if err := j.changes(); err != nil {
		return err
	}
	j.evidence()
	return nil
}

// add takes a signature that was found into the report.
func (j *judge) add(s signature, now bool) {
	v := &Verdict{Field: s.field.name, Stamp: s.stamp, Removed: !now, Revision: -1, Changes: None, Trust: cms.Unknown, Timing: NoTiming, raw: s}
	view := j.file.At(s.first)
	str := func(k pdf.Name) string {
		o, _ := view.Resolve(s.dict[k])
		t, _ := o.(pdf.String)
		return text(t)
	}
	v.SubFilter = string(view.Name(s.dict["SubFilter"]))
	v.Name, v.Reason, v.Location = str("Name"), str("Reason"), str("Location")
	v.ClaimedTime = pdfTime(str("M"))
	if !v.ClaimedTime.IsZero() {
		v.Timing = Claimed
	}
	j.report.Verdicts = append(j.report.Verdicts, v)
}

// shape looks for trees that go round: pages, and the structure that readers follow.
func (j *judge) shape() error {
	if len(j.report.Verdicts) == 0 {
		return nil
	}
	last := j.file.Last()
	err := last.Pages(func(int, pdf.Ref, pdf.Dict) bool { return true })
	if err != nil && (!isFormat(err) || errors.Is(err, pdf.ErrCircle)) {
		return err
	}
	return structureTree(last)
}

// structureTree follows /K from the root of the structure tree. An element that lies
// below itself is a circle.
func structureTree(v *pdf.View) error {
	root, _, err := v.Root()
	if err != nil {
		return err
	}
	type item struct {
		o    pdf.Object
		deep int
	}
	seen := map[int]bool{}
	stack := []item{{v.Dict(root["StructTreeRoot"])["K"], 0}}
	for len(stack) > 0 {
		at := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if at.deep > 4*limitDepth {
			return fmt.Errorf("%w: the structure tree", pdf.ErrCircle)
		}
		switch x := at.o.(type) {
		case pdf.Ref:
			if seen[x.Num] {
				return fmt.Errorf("%w: the structure tree at %s", pdf.ErrCircle, x)
			}
			seen[x.Num] = true
			o, err := v.Get(x)
			if err != nil {
				if isFormat(err) {
					continue
				}
				return err
			}
			stack = append(stack, item{o, at.deep})
		case pdf.Array:
			for _, o := range x {
				stack = append(stack, item{o, at.deep + 1})
			}
		case pdf.Dict:
			if t, _ := x["Type"].(pdf.Name); t != "OBJR" && t != "MCR" {
				stack = append(stack, item{x["K"], at.deep + 1})
			}
		}
	}
	return nil
}

// nested demands that the byte ranges of the signatures lie one inside the other: a later
// signature covers the whole of an earlier one, its gap included.
func (j *judge) nested() {
	type one struct {
		v *Verdict
		r span
	}
	var list []one
	for _, v := range j.report.Verdicts {
		if r, err := v.raw.byteRange(j.file.Size()); err == nil && v.Coverage != Unclear {
			list = append(list, one{v, r})
		}
	}
	slices.SortStableFunc(list, func(a, b one) int { return int(min(max(a.r.end-b.r.end, -1), 1)) })
	for i := 1; i < len(list); i++ {
		if a, b := list[i-1], list[i]; a.r.end > b.r.a {
			for _, v := range []*Verdict{a.v, b.v} {
				v.Integrity, v.Coverage, v.Revision = Broken, Unclear, -1
				v.note(problem(cms.CodeByteRange, "Phạm vi của hai chữ ký chồng chéo lên nhau.", fmt.Errorf("%w: %v and %v cross", errRange, a.r, b.r)))
			}
		}
	}
}

// changes compares the revisions after the oldest signed one, each with the one before
// it, and judges the steps for each signature under its limits.
func (j *judge) changes() error {
	revs := j.file.Revisions()
	rest := !j.blank(j.file.End(), j.file.Size())
	if rest && len(j.report.Verdicts) == 0 {
		j.report.Reasons = append(j.report.Reasons, problem(cms.CodeFormat, "Phần cuối tệp bị hỏng hoặc có dữ liệu lạ, không kiểm tra được.", nil))
	}
	for _, v := range j.report.Verdicts {
		if v.Coverage == Partial || v.Coverage == Unclear {
			v.Changes = Illegal
			continue
		}
		if rest {
			v.Changes = Illegal
			v.note(problem(cms.CodeIllegalChange, "Sau phần kết thúc của tệp còn dữ liệu lạ, một số phần mềm có thể hiển thị dữ liệu đó.", fmt.Errorf("%d bytes after the last revision", j.file.Size()-j.file.End())))
		}
		for k := v.Revision + 1; k < len(revs); k++ {
			s := j.steps[k]
			if s == nil {
				s = newStep(j.file, k, j.opt)
				s.sealed = j.sealed
				if err := s.compare(); err != nil {
					return err
				}
				j.steps[k] = s
			}
			j.step(v, s)
		}
		if v.Removed {
			v.Changes = Illegal
			v.note(problem(cms.CodeIllegalChange, "Chữ ký này đã bị gỡ khỏi tệp.", nil))
		}
	}
	return nil
}

// sealed tells whether an intact document time stamp of this revision, or of one before it,
// covers the file at a moment when its catalog named this store of validation data.
func (j *judge) sealed(old *pdf.View, store pdf.Ref) bool {
	for _, v := range j.report.Verdicts {
		if !v.Stamp || v.Integrity != Intact || v.Revision < 0 || v.Revision > old.Revision {
			continue
		}
		if root, _, err := j.file.At(v.Revision).Root(); err == nil && root["DSS"] == store {
			return true
		}
	}
	return false
}

// step judges one later revision for one signature.
func (j *judge) step(v *Verdict, s *step) {
	v.Changes = worse(v.Changes, Allowed)
	told := map[string]bool{}
	for _, r := range v.Reasons {
		told[r.Text] = true
	}
	for _, p := range s.faults {
		v.Changes = Illegal
		if !told[p.Text] {
			told[p.Text] = true
			v.note(p)
		}
	}
	if len(s.faults) > 0 {
		return
	}
	if p := v.limit.forbids(s, j.opt); p != nil {
		v.Changes = Illegal
		v.note(p)
	}
}

type digestKey struct {
	h crypto.Hash
	r span
}

// digest hashes what a byte range covers, once for each algorithm.
func (j *judge) digest(r span) func(crypto.Hash) ([]byte, error) {
	return func(h crypto.Hash) ([]byte, error) {
		if !h.Available() {
			return nil, fmt.Errorf("hash %v is not at hand", h)
		}
		key := digestKey{h, r}
		if d := j.hashes[key]; d != nil {
			return d, nil
		}
		sum := h.New()
		for _, part := range []pdf.Span{{Start: 0, End: r.a}, {Start: r.b, End: r.end}} {
			if err := j.file.Feed(j.ctx, sum, part.Start, part.End); err != nil {
				return nil, err
			}
		}
		d := sum.Sum(nil)
		j.hashes[key] = d
		return d, nil
	}
}

// conclude sums up: each signature, then the file by its worst.
func (j *judge) conclude() {
	r := j.report
	rank := map[Summary]int{Valid: 0, Undecided: 1, Invalid: 2}
	r.Summary = NoSignature
	worst := Valid
	for _, v := range r.Verdicts {
		v.summarise()
		if v.Stamp {
			r.Stamps++
			continue
		}
		if !v.Removed && v.counts() {
			r.Signatures++
		}
		if v.Integrity != Intact {
			r.Intact = false
		}
		r.Modification = worse(r.Modification, v.Changes)
		if rank[v.Summary] > rank[worst] {
			worst = v.Summary
		}
		r.Summary = worst
	}
	if r.Signatures == 0 {
		r.Intact = false
		if worst == Valid {
			r.Summary = NoSignature
		}
	}
	if len(r.Reasons) > 0 && r.Summary != Invalid { // the file as a whole could not be read
		r.Summary = Invalid
		if errors.Is(r.Reasons[0], pdf.ErrPassword) {
			r.Summary = Undecided
		}
	}
}

// counts tells whether there is a signature in the field at all: bytes that are no signed
// message are a broken field, not a signature.
func (v *Verdict) counts() bool { return v.raw.contents != nil && v.decoded }

func (v *Verdict) summarise() {
	for _, p := range v.Reasons {
		if p.Code == cms.CodeRevoked && v.Trust == cms.Revoked {
			v.Summary = Invalid
			return
		}
	}
	switch {
	case v.Integrity == Broken || v.Changes == Illegal, v.Coverage == Partial, v.Coverage == Unclear, v.Trust == cms.Revoked:
		v.Summary = Invalid
	case v.Integrity == Intact && v.Trust == cms.Trusted:
		v.Summary = Valid
	default:
		v.Summary = Undecided
	}
}
