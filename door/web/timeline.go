// SPDX-License-Identifier: Apache-2.0

package web

import (
	"strings"

	"soviec/door/web/view"
	"soviec/kit/journal"
	"soviec/office/archive"
	"soviec/office/document"
	"soviec/office/draft"
	"soviec/office/handover"
	"soviec/office/notice"
	"soviec/office/org"
	"soviec/office/outgoing"
	"soviec/office/plan"
	"soviec/office/remark"
	"soviec/office/saved"
	"soviec/office/series"
	"soviec/office/signature"
	"soviec/office/signing"
	"soviec/office/task"
)

// timeline are the entries about a subject as people read them: who, for whom, when, what.
func (v *visit) timeline(entries []journal.Entry) view.Timeline {
	var t view.Timeline
	for i := len(entries) - 1; i >= 0; i-- {
		e := entries[i]
		ev := view.Event{At: momentWords(e.At), Words: actWords(e.Kind), Proof: "/so-nhat-ky/" + idText(e.Seq), Seq: document.ShowNumber(e.Seq)}
		ev.Who = capital(v.dir.Person(e.Person).Polite())
		if e.Person == 0 {
			ev.Who = "Chương trình"
		}
		if e.Behalf != 0 {
			ev.For = v.dir.Person(e.Behalf).Polite()
		}
		if !e.DueOn.IsZero() {
			ev.Change = "hạn " + e.DueOn.VN()
		}
		switch e.Kind {
		case document.Directed, document.Distributed, document.Completed, document.Redirected:
			ev.Heavy = true
		}
		ev.Late = strings.HasSuffix(e.Kind, ".urged")
		t.Events = append(t.Events, ev)
	}
	return t
}

// actWords are the words of the screen for a kind of entry.
func actWords(kind string) string {
	if w, ok := plan.Acts[kind]; ok {
		return w
	}
	for _, acts := range []map[string]string{document.Acts, series.Acts, outgoing.Acts, task.Acts, handover.Acts, remark.Acts, org.Acts, notice.Acts, saved.Acts, archive.Acts, draft.Acts, signature.Acts, signing.Acts} {
		if w, ok := acts[kind]; ok {
			return w
		}
	}
	return kind
}
