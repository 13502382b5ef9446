// SPDX-License-Identifier: Apache-2.0

package task

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/office/org"
)

// whole is the volume of a work in ten thousandths.
const whole = 10_000

// byRule shares a volume out between a lead and n who cooperate (evaluation.md 3.5): the
// lead keeps 1 − 0.2·n but at least half, the others have the rest in equal parts. What
// does not divide goes to the first of them, so that the sum is always the whole.
func byRule(n int) (lead int, coop []int) {
	lead = max(whole-2000*n, whole/2)
	if n == 0 {
		return whole, nil
	}
	coop = make([]int, n)
	for i, rest := 0, whole-lead; i < n; i++ {
		coop[i] = rest / n
		if i < rest%n {
			coop[i]++
		}
	}
	return lead, coop
}

// shareOut gives the lead and those who cooperate their parts of the volume: those
// written down, which must make up the whole, or those of the rule. What only the
// cooperating have written down leaves the rest to the lead.
func shareOut(lead *Share, others []Share) error {
	var coop []*Share
	named, sum := 0, 0
	for i := range others {
		if s := &others[i]; s.Role == Coop {
			coop = append(coop, s)
			if s.Part != 0 {
				named++
			}
			sum += s.Part
		}
	}
	if lead.Part < 0 || lead.Part > whole || slices.ContainsFunc(coop, func(s *Share) bool { return s.Part < 0 || s.Part > whole }) {
		return fault.Invalid("part", "Tỷ lệ khối lượng phải từ 0 đến 100 %.")
	}
	switch {
	case named == 0 && lead.Part == 0:
		var parts []int
		lead.Part, parts = byRule(len(coop))
		for i, s := range coop {
			s.Part = parts[i]
		}
		return nil
	case named < len(coop):
		return fault.Invalid("part", "Hãy ghi tỷ lệ khối lượng của mọi người phối hợp, hoặc để trống tất cả để chia theo quy tắc.")
	case lead.Part == 0 && sum < whole:
		lead.Part = whole - sum
	}
	if lead.Part == 0 || lead.Part+sum != whole {
		return fault.Invalid("part", fmt.Sprintf("Tỷ lệ khối lượng của chủ trì và các phối hợp phải có tổng 100 %%; đang là %s %%.", percent(lead.Part+sum)))
	}
	return nil
}

func percent(part int) string {
	if part%100 == 0 {
		return fmt.Sprint(part / 100)
	}
	return strings.TrimRight(fmt.Sprintf("%d,%02d", part/100, part%100), "0")
}

// Parts is how the volume of the work is shared out now between its lead and those who
// cooperate, by share, in ten thousandths: as written down when it was given, the lead
// carrying what somebody left who was taken out; by the rule once somebody was added.
func (w *Work) Parts() map[int64]int {
	lead := w.Lead()
	if lead == nil {
		return nil
	}
	var coop []*Share
	sum, ruled := 0, lead.Part == 0
	for i := range w.Shares {
		if s := &w.Shares[i]; s.Role == Coop && s.Parent == 0 && s.State != StateReturned && s.State != StateDropped {
			coop = append(coop, s)
			sum += s.Part
			ruled = ruled || s.Part == 0
		}
	}
	out := make(map[int64]int, len(coop)+1)
	if ruled || sum >= whole {
		own, parts := byRule(len(coop))
		out[lead.ID] = own
		for i, s := range coop {
			out[s.ID] = parts[i]
		}
		return out
	}
	out[lead.ID] = whole - sum
	for _, s := range coop {
		out[s.ID] = s.Part
	}
	return out
}

// Volume is the converted volume that a share carries, in millionths of the unit times
// ten thousandths of the whole, rounded: 0 for a part of another's task, whose volume it
// only splits (evaluation.md 3.6).
func (w *Work) Volume(share int64) int64 {
	if w.Parent != 0 {
		return 0
	}
	return (w.Product.Volume()*int64(w.Parts()[share]) + whole/2) / whole
}

// shortNotice reports whether work is given at short notice (giao gấp): less working time
// until the day than the product's norm, or than one working day where there is no norm
// (evaluation.md 3.4).
func shortNotice(d *org.Directory, now, at time.Time, minutes int64) bool {
	if at.IsZero() {
		return false
	}
	need := time.Duration(minutes) * time.Minute
	if minutes == 0 {
		need = d.Calendar.DayLength(d.Calendar.OnOrAfter(civil.Of(at)))
	}
	return d.Calendar.WorkingTime(now, at) < need
}

// notices marks the shares that are given at short notice, and says so where a norm tells it.
func (p *plan) notices(d *org.Directory, now time.Time, product Product) {
	one := func(s *Share) {
		if s.Role == Info {
			return
		}
		minutes := product.Minutes() * int64(s.Part) / whole
		s.Short = shortNotice(d, now, s.OuterAt, minutes)
		if s.Short && minutes > 0 {
			p.warnings = append(p.warnings, fmt.Sprintf("Giao gấp: đến hạn của %s còn %s làm việc, định mức là %s.", name(d, *s),
				hours(d.Calendar.WorkingTime(now, s.OuterAt)), hours(time.Duration(minutes)*time.Minute)))
		}
	}
	one(&p.lead)
	for i := range p.others {
		one(&p.others[i])
	}
}

func hours(t time.Duration) string {
	minutes := int(max(t, 0).Round(time.Minute).Minutes())
	switch h, m := minutes/60, minutes%60; {
	case h == 0:
		return fmt.Sprintf("%d phút", m)
	case m == 0:
		return fmt.Sprintf("%d giờ", h)
	default:
		return fmt.Sprintf("%d giờ %d phút", h, m)
	}
}

func (p Product) faults() []error {
	var errs []error
	if p.Quantity < 0 || p.Quantity > 1_000_000_000 {
		errs = append(errs, fault.Invalid("quantity", "Số lượng sản phẩm phải từ 0 đến 1.000.000."))
	}
	if p.Norm < 0 || p.Norm > 60*8*1000 || p.Factor < 0 || p.Factor > 1_000_000_000 {
		errs = append(errs, fault.Invalid("product", "Định mức hoặc hệ số của sản phẩm không đúng."))
	}
	return append(errs, words("product", "Tên sản phẩm", p.Name, 500, false))
}

// Minutes is the norm time of the share: the product's, by the share of the volume. What
// is assigned inside a share is part of it and has none of its own.
func (p *Piece) Minutes() int64 {
	return minutesOf(p.Quantity*p.Norm/1000, int64(p.Part), p.Role, p.Parent)
}

// minutesOf is a share's part of the norm time of its work.
func minutesOf(minutes, part int64, role Role, parent int64) int64 {
	switch {
	case parent != 0 || role == Info:
		return 0
	case part != 0:
		return minutes * part / whole
	case role == Lead:
		return minutes
	}
	return 0
}

// Each calls f for every open share as it stands to its holder's own day. What is not
// late, paused or waiting may differ between two moments: see Until.
func (p *Picture) Each(d *org.Directory, now time.Time, f func(Tile)) {
	j := newJudge(d, now)
	for _, g := range p.groups {
		for i, x := range g.inside.pieces {
			st, days := j.of(&g.inside.facts[i], x)
			f(Tile{x, st, days, x.DueOn, false})
		}
	}
}

// Split are the shares of which parts are open as works of their own.
func (p *Picture) Split() map[int64]bool {
	out := map[int64]bool{}
	for _, g := range p.groups {
		for _, x := range g.inside.pieces {
			if x.Under != 0 {
				out[x.Under] = true
			}
		}
	}
	return out
}
