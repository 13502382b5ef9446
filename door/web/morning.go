// SPDX-License-Identifier: Apache-2.0

package web

import (
	"bytes"
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"soviec/door/web/view"
	"soviec/kit/civil"
	"soviec/kit/print"
	"soviec/office/document"
	"soviec/office/task"
)

// morning is the leader's sheet (phiếu sáng): five lines that need him today, each settled
// by one gesture; the next one comes up.
func morning(v *visit) error {
	p, err := v.morningPage()
	if err != nil {
		return err
	}
	return v.show(p)
}

func (v *visit) morningPage() (view.Morning, error) {
	p := view.Morning{Frame: v.frame(view.PlaceMorning, "Phiếu sáng"), Date: capital(dayWords(v.today))}
	if !v.rights.Leader() {
		return p, errNoPage
	}
	pic, err := v.d.Board.Of(v.Context(), v.agency())
	if err != nil {
		return p, err
	}
	passed := map[string]bool{}
	for key := range strings.SplitSeq(v.FormValue("sau"), ",") {
		if key != "" && len(passed) < 100 {
			passed[key] = true
		}
	}
	lines, more, err := document.Morning(v.read(), v.dir, v.rights, v.session.Person, pic, v.now, passed)
	if err != nil {
		return p, err
	}
	rules, err := document.Rules(v.read(), v.agency())
	if err != nil {
		return p, err
	}
	works, err := v.pausedTitles(lines)
	if err != nil {
		return p, err
	}
	whole := v.overview(pic, task.Filter{})
	p.More, p.Passed = more, len(passed)
	p.Back = v.morningHref(passed, "")
	p.Sentence = view.Sentence{Before: fmt.Sprintf("%d việc cần anh/chị hôm nay", len(lines)+more)}
	if len(lines) == 0 {
		p.Sentence.Before = "Không có việc nào cần anh/chị hôm nay"
	}
	if whole.Counts.Late > 0 {
		p.Sentence.Before += "; cơ quan có "
		p.Sentence.Late, p.Sentence.After = number(whole.Counts.Late)+" việc quá hạn", fmt.Sprintf(" của %d cán bộ.", whole.LateHolders)
	} else {
		p.Sentence.After = "; cơ quan không có việc quá hạn."
	}
	for _, l := range lines {
		row := v.morningLine(l, rules, works)
		row.Later = v.morningHref(passed, l.Key)
		p.Lines = append(p.Lines, row)
	}
	return p, nil
}

// morningHref is the sheet without what was put off.
func (v *visit) morningHref(passed map[string]bool, also string) string {
	keys := make([]string, 0, len(passed)+1)
	for k := range passed {
		keys = append(keys, k)
	}
	if also != "" {
		keys = append(keys, also)
	}
	slices.Sort(keys)
	if len(keys) == 0 {
		return "/phieu-sang"
	}
	return address("/phieu-sang", url.Values{"sau": {strings.Join(keys, ",")}})
}

// pausedTitles are the works of the pauses among the lines, by share: title and address.
func (v *visit) pausedTitles(lines []document.MorningLine) (map[int64]string, error) {
	out := map[int64]string{}
	for _, l := range lines { // at most five, and rarely one
		if l.Kind != document.MorningPause {
			continue
		}
		w, err := task.GetShare(v.read(), v.agency(), l.Pause.Share)
		if err != nil {
			return nil, err
		}
		out[l.Pause.Share] = idText(w.ID) + "\x00" + w.Title
	}
	return out, nil
}

func (v *visit) morningLine(l document.MorningLine, rules []document.Rule, works map[int64]string) view.MorningLine {
	row := view.MorningLine{Urgent: l.Urgent}
	switch l.Kind {
	case document.MorningDirect:
		d := l.Doc
		row.Kind, row.Href, row.Title = "Cho ý kiến", d.Address(), d.Title()+": "+d.Subject
		row.Words, row.Urgency = d.IssuerName+", trình từ "+sinceWords(d.WaitsSince, v.today), view.Urgency(d.Urgency)
		p, byRule := document.ProposeBy(rules, v.dir, d, v.today)
		x := v.routingOf(d, p, byRule)
		if lead := assigneeValue(x.Lead); lead != "" {
			row.Label, row.Action = "Giao "+v.assigneeWords(x.Lead), d.Address()+"/giao-viec"
			row.Hint = "Theo quy tắc “" + x.Rule + "”, hạn " + x.due.On.VN()
			row.Send = []view.Option{{Label: "lead", Value: lead}, {Label: "due_on", Value: x.due.On.VN()}, {Label: "rule", Value: idText(x.RuleID)}, {Label: "text", Value: directPhrases[0]}}
			for _, c := range assigneeValues(x.Coop) {
				row.Send = append(row.Send, view.Option{Label: "coop", Value: c})
			}
			for _, c := range assigneeValues(x.Info) {
				row.Send = append(row.Send, view.Option{Label: "info", Value: c})
			}
		}
	case document.MorningAsked:
		q := l.Asked
		row.Href, row.Title = workLink(q.Work), q.Title
		path := "/gia-han/duyet"
		switch q.Request.Kind {
		case "return":
			row.Kind, row.Label, path = "Xin chuyển lại", "Đồng ý nhận lại", "/tra-lai/dong-y"
			row.Words = v.dir.Person(q.AskedBy).Polite() + ": " + q.Reason
		case "agree":
			row.Kind, row.Label, path = "Đề xuất hạn", "Đồng ý hạn "+q.On.ShortVN(), "/de-xuat-han/duyet"
			row.Words = v.dir.Person(q.AskedBy).Polite() + " đề xuất " + q.On.VN() + " thay cho " + q.Piece.DueOn.VN() + ": " + q.Reason
		default:
			row.Kind, row.Label = "Xin gia hạn", "Duyệt đến "+q.On.ShortVN()
			row.Words = v.dir.Person(q.AskedBy).Polite() + " xin lùi từ " + q.Piece.DueOn.VN() + " đến " + q.On.VN() + ": " + q.Reason
		}
		row.Action, row.Send = workLink(q.Work)+path, []view.Option{{Label: "request", Value: idText(q.Request.ID)}}
	case document.MorningPause:
		id, title, _ := strings.Cut(works[l.Pause.Share], "\x00")
		row.Kind, row.Href, row.Title = "Xin tạm dừng", "/viec/"+id, title
		row.Words = v.dir.Person(l.Pause.AskedBy).Polite() + " xin tạm dừng từ " + sinceWords(l.Pause.From, v.today)
		if l.Pause.WaitingFor != "" {
			row.Words += ", chờ " + l.Pause.WaitingFor
		}
		row.Label, row.Action, row.Send = "Xác nhận tạm dừng", row.Href+"/tam-dung/duyet", []view.Option{{Label: "pause", Value: idText(l.Pause.ID)}}
	case document.MorningSign:
		x := l.Paper
		row.Kind, row.Href, row.Title, row.Urgency = "Chờ ký", x.Address, draftTypeName(x.Type)+": "+x.Subject, view.Urgency(x.Urgency)
		row.Words = v.dir.Unit(x.Unit).Name + ", " + v.dir.Person(x.Drafter).Polite() + " soạn; trình từ " + sinceWords(x.Since, v.today)
		row.Label, row.Go = "Xem, ký", "/du-thao/ky?tu="+x.Ref[strings.IndexByte(x.Ref, '/')+1:]
	case document.MorningConfirm:
		x := l.Piece
		row.Kind, row.Href, row.Title, row.Urgency = "Xác nhận kết quả", workLink(x.Work), x.Title, view.Urgency(x.Urgency)
		row.Words = v.holderOf(x) + " báo cáo xong lúc " + sinceWords(x.ReportedAt, v.today)
		row.Label, row.Action, row.Send = "Xác nhận kết thúc", row.Href+"/ket-thuc", []view.Option{{Label: "share", Value: idText(x.Share)}}
	case document.MorningLate:
		t := l.Tile
		row.Kind, row.Href, row.Title, row.Late = "Quá hạn", workLink(t.Work), t.Title, fmt.Sprintf("quá %d ngày làm việc", t.DaysLate)
		row.Words = v.holderWords(t)
		if t.Urged > 0 {
			row.Words += fmt.Sprintf(", đã đôn đốc %d lần", t.Urged)
		}
		if held := v.heldWords(t.Piece); len(held) > 0 {
			row.Words += "; " + strings.Join(held, ", ")
		}
		row.Label, row.Action, row.Send = "Đôn đốc", "/don-doc", []view.Option{{Label: "work", Value: idText(t.Share)}, {Label: "scope", Value: "picked"}, {Label: "kind", Value: task.Remind}}
	}
	return row
}

// holderOf names who reported a share.
func (v *visit) holderOf(x task.Piece) string {
	return v.dir.Person(cmp.Or(x.Person, x.Holder)).Polite()
}

// morningPDF is the sheet on paper, with room for the leader's hand.
func morningPDF(v *visit) error {
	p, err := v.morningPage()
	if err != nil {
		return err
	}
	r := print.Report{Superior: v.dir.Agency.Superior, Agency: v.dir.Agency.Name, Place: v.dir.Agency.Place, On: v.now, At: v.now, Title: "Phiếu sáng",
		Subtitle: capital(dayWords(civil.Of(v.now))) + " – " + v.dir.Person(v.me()).Name, Mark: v.mark(),
		Notes:   []string{p.Sentence.Before + p.Sentence.Late + p.Sentence.After},
		Columns: []print.Column{{Title: "Số", WidthMM: 9}, {Title: "Việc", WidthMM: 96}, {Title: "Ý kiến", WidthMM: 62}}}
	r.Lines = func(yield func(print.Line) bool) {
		for i, l := range p.Lines {
			words := l.Kind + ": " + l.Title
			if l.Words != "" {
				words += "\n" + strings.TrimSuffix(strings.Join([]string{l.Late, l.Words}, "; "), "; ")
			}
			if !yield(print.Line{Cells: []string{fmt.Sprint(i + 1), strings.Replace(words, "\n; ", "\n", 1), "□ " + cmp.Or(l.Label, "Ý kiến") + "\n□ …………………………………"}, Late: l.Late != ""}) {
				return
			}
		}
	}
	var buf bytes.Buffer
	if err := print.Table(&buf, r); err != nil {
		return err
	}
	return v.file("application/pdf", "phieu-sang-"+v.today.String()+".pdf", true, buf.Bytes())
}
