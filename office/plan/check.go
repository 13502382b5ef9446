// SPDX-License-Identifier: Apache-2.0

package plan

import (
	"encoding/json"
	"fmt"
	"strings"

	"soviec/kit/journal"
	"soviec/kit/store"
)

// told is what the book says of this room.
type told struct {
	rules       map[int64]ruleData
	occurrences map[string]occurrenceData // "12 2026-Q4"
	templates   map[int64]templateData
	steps       map[int64]stepData
	catalogues  map[int64]int64
}

// Check compares the rows of this room with the fold of its entries.
func Check(r store.Reader, agency int64, report func(string)) error {
	b, err := fold(r, agency, report)
	if err != nil {
		return err
	}
	rules, err := eachRule(r, agency)
	if err != nil {
		return err
	}
	last, err := lastVersions(r, agency)
	if err != nil {
		return err
	}
	for _, x := range rules {
		if v := last[x.ID]; v.Title != x.Title || v.Text != x.Text {
			report(fmt.Sprintf("Việc định kỳ %d khác với bản được lưu sau cùng.", x.ID))
		}
		compare(b.rules, x.ID, ruleData{x.State, x.Owner, x.Unit, x.Since}, "Việc định kỳ %d", report)
	}
	occurrences, err := eachOccurrence(r, agency)
	if err != nil {
		return err
	}
	for _, x := range occurrences {
		compare(b.occurrences, fmt.Sprintf("%d %s", x.Rule, x.Key), occurrenceData{x.Key, x.State, x.Due, x.Work}, "Kỳ %s của việc định kỳ", report)
	}
	templates, err := eachTemplate(r, agency)
	if err != nil {
		return err
	}
	var ids []int64
	for _, t := range templates {
		ids = append(ids, t.ID)
	}
	steps := map[int64][]Step{}
	for len(ids) > 0 {
		n := min(len(ids), 500)
		some, err := stepsOf(r, ids[:n])
		if err != nil {
			return err
		}
		for id, s := range some {
			steps[id] = s
		}
		ids = ids[n:]
	}
	for _, t := range templates {
		is := templateData{Running, len(steps[t.ID]), t.Replaces}
		if t.Ended {
			is.State = Ended
		}
		compare(b.templates, t.ID, is, "Mẫu công việc %d", report)
	}
	runSteps, err := eachRunStep(r, agency)
	if err != nil {
		return err
	}
	for _, s := range runSteps {
		compare(b.steps, s.ID, stepData{s.ID, s.State, s.Work}, "Bước %d của chuỗi việc", report)
	}
	counts, err := countProducts(r, agency)
	if err != nil {
		return err
	}
	all, err := catalogues(r, agency)
	if err != nil {
		return err
	}
	for _, c := range all {
		compare(b.catalogues, c.ID, counts[c.ID], "Danh mục sản phẩm %d", report)
	}
	for _, left := range []struct {
		n    int
		what string
	}{{len(b.rules), "việc định kỳ"}, {len(b.occurrences), "kỳ của việc định kỳ"}, {len(b.templates), "mẫu công việc"}, {len(b.steps), "bước của chuỗi việc"}, {len(b.catalogues), "danh mục sản phẩm"}} {
		if left.n > 0 {
			report(fmt.Sprintf("Sổ có %d %s mà bảng không có.", left.n, left.what))
		}
	}
	return nil
}

// compare holds one row against the book and takes it out of what is left to be found.
func compare[K comparable, V comparable](book map[K]V, key K, is V, what string, report func(string)) {
	was, ok := book[key]
	switch {
	case !ok:
		report(fmt.Sprintf(what+" không có mục nào trong sổ.", key))
	case was != is:
		report(fmt.Sprintf(what+" khác với sổ: bảng %v, sổ %v.", key, is, was))
	}
	delete(book, key)
}

func fold(r store.Reader, agency int64, report func(string)) (told, error) {
	b := told{map[int64]ruleData{}, map[string]occurrenceData{}, map[int64]templateData{}, map[int64]stepData{}, map[int64]int64{}}
	for e, err := range journal.Entries(r, agency) {
		if err != nil {
			return b, err
		}
		if !strings.HasPrefix(e.Kind, "plan.") {
			continue
		}
		if err := b.entry(e); err != nil {
			report(fmt.Sprintf("Mục %d của sổ (%s) không đọc được.", e.Seq, Acts[e.Kind]))
		}
	}
	return b, nil
}

func (b told) entry(e journal.Entry) error {
	_, id, _ := journal.ParseRef(e.Subject)
	raw := []byte(e.Raw())
	switch e.Kind {
	case CataloguePublished:
		b.catalogues[id] = e.Amount
	case TemplateSet, TemplateEnded:
		var d templateData
		if err := json.Unmarshal(raw, &d); err != nil {
			return err
		}
		if e.Kind == TemplateEnded {
			was := b.templates[id]
			d.Steps, d.Replaces = was.Steps, was.Replaces
		}
		b.templates[id] = d
	case RunBegun, StepReady, StepGiven, StepStopped, StepDropped:
		var d runData
		if err := json.Unmarshal(raw, &d); err != nil {
			return err
		}
		for _, s := range d.Steps {
			b.steps[s.Step] = s
		}
	case RuleStopped:
		var d stoppedData
		if err := json.Unmarshal(raw, &d); err != nil {
			return err
		}
		b.rules[id] = d.ruleData
		b.occurrences[fmt.Sprintf("%d %s", id, d.Key)] = occurrenceData{d.Key, StoppedOne, d.Due, 0}
	case RuleSet, RulePaused, RuleResumed, RuleEnded:
		var d ruleData
		if err := json.Unmarshal(raw, &d); err != nil {
			return err
		}
		b.rules[id] = d
	default:
		var d occurrenceData
		if err := json.Unmarshal(raw, &d); err != nil {
			return err
		}
		key := fmt.Sprintf("%d %s", id, d.Key)
		if e.Kind == OccurrenceRestored {
			delete(b.occurrences, key)
			return nil
		}
		b.occurrences[key] = d
	}
	return nil
}
