// SPDX-License-Identifier: Apache-2.0

package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"soviec/door/web/view"
	"soviec/kit/fault"
	"soviec/office/document"
)

// later is the visitor after the request has been answered, for work that goes on.
func (v *visit) later() *visit {
	after := *v
	after.Request = v.Request.Clone(context.WithoutCancel(v.Context()))
	after.w = nil
	return &after
}

// carryOver takes the register over. It runs by itself; the page looks at its progress.
func (v *visit) carryOver(t *takenOver) {
	rep, err := document.Report{}, error(nil)
	defer func() {
		if p := recover(); p != nil {
			slog.Error("panic while taking over a register", "panic", p, "stack", stack())
			err = fault.Internal(fmt.Errorf("panic: %v", p))
		}
		if err != nil && fault.Is(err, fault.KindInternal) {
			slog.Error("taking over a register failed", "file", t.name, "err", err)
		}
		t.finish(rep, err)
	}()
	in, err := t.batch(v.Context())
	if err != nil {
		return
	}
	in.Folder = v.folder(t)
	rep, err = document.TakeOver(v.Context(), v.d.Book, v.holder, in, t.progress)
	v.d.Jobs.Wake() // files wait to be read
}

func (v *visit) takeOverProgress(t *takenOver) view.Progress {
	t.mu.Lock()
	defer t.mu.Unlock()
	p := view.Progress{Frame: v.frame(view.PlaceAdmin, "Chuyển sổ"), Heading: "Đang chuyển sổ: " + t.name}
	if t.total > 0 {
		p.Percent = min(100, 100*t.done/t.total)
	}
	switch {
	case t.finished && t.failed != nil:
		p.Heading, p.Failed, p.Words = "Chưa chuyển được: "+t.name, failedWords(t.failed), "Chưa có dòng nào được nhập."
		for _, f := range t.report.Faults[:min(10, len(t.report.Faults))] {
			p.Result = append(p.Result, view.Fact{Label: fmt.Sprintf("Dòng %d", f.Row), Value: f.Text})
		}
		p.Next = &view.Link{Label: "Chọn tệp khác", Href: "/quan-tri/nhap-so"}
	case t.finished:
		p.Heading, p.Done, p.Percent, p.Words = "Đã chuyển sổ: "+t.name, true, 100, fmt.Sprintf("Đã nhập %s văn bản.", number(t.report.Lines))
		p.Result = reportFacts(t.report, true)
		p.Next = &view.Link{Label: "Mở sổ văn bản đến", Href: "/van-ban-den"}
		if t.year != 0 {
			p.Next.Href += fmt.Sprintf("?year=%d", t.year)
		}
	default:
		p.Refresh = 2
		p.Words = fmt.Sprintf("Đã nhập %s trong %s%s.", number(t.done), number(t.total), leftWords(t.done, t.total, v.now.Sub(t.started)))
	}
	return p
}

// failedWords is the sentence for the person; of a fault of the program only that
// there was one.
func failedWords(err error) string {
	if errors.Is(err, context.Canceled) || fault.Is(err, fault.KindInternal) {
		return "Chương trình gặp lỗi khi chuyển sổ; quản trị xem nhật ký vận hành."
	}
	return fault.Text(err)
}

func leftWords(done, total int, spent time.Duration) string {
	if done <= 0 || spent < 2*time.Second {
		return ""
	}
	left := time.Duration(float64(spent) * float64(total-done) / float64(done))
	if left < time.Minute {
		return fmt.Sprintf(", còn khoảng %d giây", max(1, int(left.Seconds())))
	}
	return fmt.Sprintf(", còn khoảng %d phút", int(left.Minutes()+0.5))
}
