// SPDX-License-Identifier: Apache-2.0

package web

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"soviec/door/web/view"
	"soviec/kit/civil"
	"soviec/kit/extract"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/document"
	"soviec/office/org"
	"soviec/office/task"
)

// document finds the document that the address names, if the visitor may read it.
func (v *visit) document() (document.Incoming, error) {
	year, err := strconv.Atoi(v.PathValue("year"))
	if err != nil || year < 1900 || year > 9999 {
		return document.Incoming{}, errNoPage
	}
	shelf, number := "", v.PathValue("number")
	if i := strings.LastIndexByte(number, '-'); i >= 0 {
		shelf, number = number[:i], number[i+1:]
	}
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil || n <= 0 {
		return document.Incoming{}, errNoPage
	}
	return document.ByNumber(v.read(), v.agency(), v.reach(), year, shelf, n)
}

func documentPage(v *visit) error {
	d, err := v.document()
	if err != nil {
		return err
	}
	p, err := v.documentOf(d)
	if err != nil {
		return err
	}
	return v.show(p)
}

// papers is what the page of a document is made of, read in one go.
type papers struct {
	d       document.Incoming
	types   map[string]string
	files   []document.File
	works   []task.Work
	work    *task.Work // the one that carries the handling now
	lead    *task.Share
	passes  []document.Pass
	words   []document.Word
	voiding *document.Voiding
}

func (v *visit) papersOf(d document.Incoming) (papers, error) {
	x := papers{d: d}
	types, err := document.Types(v.read(), v.agency())
	if err != nil {
		return x, err
	}
	x.types = typeNames(types)
	if x.files, err = document.Files(v.read(), d); err != nil {
		return x, err
	}
	if x.works, err = task.OfSource(v.read(), v.agency(), d.Ref()); err != nil {
		return x, err
	}
	for i := range x.works {
		if x.works[i].ID == d.Work {
			x.work = &x.works[i]
			x.lead = x.work.Lead()
		}
	}
	if x.passes, err = document.Passes(v.read(), d.ID); err != nil {
		return x, err
	}
	if x.words, err = document.Words(v.read(), d.ID); err != nil {
		return x, err
	}
	asked, err := document.OpenVoiding(v.read(), d.ID)
	if err == nil {
		x.voiding = &asked
	} else if err != store.ErrNone {
		return x, err
	}
	return x, nil
}

// documentOf is the page: the file left, its card right, the gestures that the visitor
// may make now.
func (v *visit) documentOf(d document.Incoming) (view.Document, error) {
	x, err := v.papersOf(d)
	if err != nil {
		return view.Document{}, err
	}
	p := view.Document{
		Frame: v.frame(view.PlaceIncoming, d.Title()), Back: &view.Crumb{Label: "Văn bản đến", Href: "/van-ban-den"}, Address: d.Address(),
		Notation: d.NumberRaw, Type: x.types[d.Type], Subject: d.Subject, Standing: v.documentStanding(x), State: documentState(d.State), Status: d.State.Label(),
		Urgency: view.Urgency(d.Urgency), Stamp: stampView(document.StampOf(v.dir, d)), Facts: v.documentFacts(x), Notices: v.documentNotices(x),
		Directives: v.directives(x.words),
		Prints: []view.Link{{Label: "In dấu ĐẾN", Href: d.Address() + "/dau-den"},
			{Label: "Phiếu giải quyết văn bản đến", Href: d.Address() + "/phieu-giai-quyet.pdf"}},
	}
	if at := v.copyBegin(d.Ref()); at != "" && !d.Frozen {
		p.Prints = append(p.Prints, view.Link{Label: "Sao văn bản", Href: at})
	}
	made, err := v.copiesMade(d.Ref())
	if err != nil {
		return p, err
	}
	for _, m := range made {
		p.Related = append(p.Related, view.Link{Label: m.Label, Href: m.Href})
	}
	if x.lead != nil && !d.State.Closed() && d.State != document.StateRecallAsked {
		p.State = v.shareState(*x.lead)
	}
	p.Files, p.Viewer = v.fileRows(d, x.files)
	switch {
	case d.Frozen:
		p.NoFile = "Tệp đang bị khóa vì có người báo là văn bản mật."
	case d.State == document.StateRecalled:
		p.NoFile = "Văn bản đã được thu hồi; tệp không còn."
	case p.Viewer == "" && len(p.Files) > 0:
		p.NoFile = "Tệp không xem được tại chỗ; bấm tên tệp để tải về."
	}
	if x.work != nil {
		if p.Shares, err = v.shareRows(*x.work); err != nil {
			return p, err
		}
		for i := range p.Shares {
			if task.MayRead(v.rights, *x.work) {
				p.Shares[i].Href = workLink(x.work.ID)
			}
		}
	}
	if err := v.documentSignatures(&p, x); err != nil {
		return p, err
	}
	if err := v.documentStrip(&p, x); err != nil {
		return p, err
	}
	if err := v.documentTimeline(&p, x); err != nil {
		return p, err
	}
	return p, v.documentForms(&p, x)
}

func stampView(s document.Stamp) *view.Stamp {
	return &view.Stamp{Agency: s.Agency, Number: document.ShowNumber(s.Number), Date: s.Day.VN(), To: s.Forward, File: s.FileCode}
}

// documentStanding says in one sentence where the document stands.
func (v *visit) documentStanding(x papers) string {
	d := x.d
	switch d.State {
	case document.StateRegistered:
		limit := document.LimitOf(v.dir.Calendar, d.ReceivedAt, d.Urgency, v.dir.Int("document.wait_hours_urgent"))
		if v.now.After(limit) {
			return "Đã vào sổ, chờ trình; đã quá hạn trình từ " + v.limitWords(limit) + "."
		}
		return "Đã vào sổ, chờ trình; hạn trình " + v.limitWords(limit) + "."
	case document.StateSubmitted:
		s := "Chờ " + v.dir.Person(d.Leader).Polite() + " cho ý kiến từ " + sinceWords(d.WaitsSince, v.today)
		if !d.DueOn.IsZero() {
			s += "; hạn ghi trong văn bản " + d.DueOn.VN() + ", " + dueWords(d.DueOn, v.today, v.dir.Calendar)
		}
		return s + "."
	case document.StateCompleted, document.StateFiled:
		if d.DoneOn.IsZero() {
			return d.State.Label() + "."
		}
		s := "Đã hoàn thành ngày " + d.DoneOn.VN()
		if x.lead != nil && x.lead.Late(v.now) {
			s += fmt.Sprintf(", chậm %d ngày làm việc", v.dir.Calendar.DaysLate(x.lead.DueOn, d.DoneOn))
		} else if x.lead != nil && x.lead.Extended > 0 {
			s += ", đúng hạn sau gia hạn"
		} else if x.lead != nil && x.lead.OuterFirst != x.lead.OuterOn {
			s += ", đúng hạn theo hạn mới"
		} else if x.lead != nil && !x.lead.DueOn.IsZero() {
			s += ", đúng hạn"
		}
		if d.Dossier != "" {
			s += "; đã lập hồ sơ " + d.Dossier
		}
		return s + "."
	case document.StateRecallAsked:
		return "Nơi ban hành yêu cầu thu hồi, hoặc có người báo lọt văn bản mật; chờ xử lý."
	case document.StateRecalled, document.StateVoided:
		return d.State.Label() + "; số đến vẫn nằm trong sổ."
	}
	if x.lead == nil {
		return d.State.Label() + "."
	}
	return v.shareStanding(*x.work, *x.lead)
}

func (v *visit) documentFacts(x papers) []view.Fact {
	d := x.d
	var facts []view.Fact
	add := func(label, value string) {
		if value != "" {
			facts = append(facts, view.Fact{Label: label, Value: value})
		}
	}
	add("Cơ quan ban hành", d.IssuerName)
	if d.SenderName != d.IssuerName {
		add("Nơi gửi", d.SenderName)
	}
	add("Ngày văn bản", d.IssuedOn.VN())
	add("Loại", x.types[d.Type])
	if d.Urgency > 0 {
		add("Độ khẩn", urgencyName(d.Urgency))
	}
	add("Đến qua", channelName(d.Channel)+", "+sinceWords(d.ReceivedAt, v.today))
	add("Hạn ghi trong văn bản", d.DueOn.VN())
	add("Lĩnh vực", v.dir.Field(d.Field).Name)
	add("Người ký", d.Signer)
	if d.Pages > 0 {
		add("Số trang", strconv.Itoa(d.Pages))
	}
	add("Người vào sổ", v.dir.Person(d.Registrar).Name)
	add("Trùng số với văn bản khác", d.TwinReason)
	add("Văn bản trả lời", d.Answer)
	add("Hồ sơ", d.Dossier)
	add("Ghi chú", d.Note)
	return facts
}

// documentNotices are what must be seen first.
func (v *visit) documentNotices(x papers) []view.Banner {
	var out []view.Banner
	d := x.d
	if d.State == document.StateRecallAsked && d.Recall != "" {
		out = append(out, view.Banner{Tone: view.ToneError, Text: d.Recall})
	}
	if d.Batch != 0 {
		out = append(out, view.Banner{Tone: view.ToneQuiet, Text: "Văn bản chuyển từ hệ thống cũ."})
	}
	if x.voiding != nil && !v.decidesVoid(*x.voiding) {
		out = append(out, view.Banner{Tone: view.ToneWarn, Text: "Đã đề nghị hủy số đến này, chờ Chánh Văn phòng duyệt: " + x.voiding.Reason})
	}
	for _, f := range x.files {
		if f.Text == "failed" {
			out = append(out, view.Banner{Tone: view.ToneWarn, Text: "Không đọc được nội dung tệp “" + f.Name + "”; tìm kiếm chỉ thấy trích yếu."})
		}
	}
	return out
}

func (v *visit) decidesVoid(asked document.Voiding) bool {
	return v.session.Person != asked.AskedBy && v.may(org.DecideVoid, org.Target{Person: asked.AskedBy})
}

var directiveLevels = map[string]string{"agency": "Lãnh đạo cơ quan", "unit": "Lãnh đạo đơn vị"}

func (v *visit) directives(words []document.Word) []view.Directive {
	var out []view.Directive
	for _, w := range slices.Backward(words) {
		if w.Text == "" {
			continue
		}
		one := view.Directive{By: capital(v.dir.Person(w.Person).Polite()), At: momentWords(w.At), Text: w.Text, Level: directiveLevels[w.Level]}
		if w.Behalf != 0 {
			one.For = v.dir.Person(w.Behalf).Polite()
		}
		for _, o := range words {
			if o.ID == w.Corrects && o.ID != 0 {
				one.Corrects = "Thay cho ý kiến ngày " + civil.Of(o.At).VN()
			}
		}
		out = append(out, one)
	}
	return out
}

var fileKinds = map[string]string{"main": "Văn bản chính", "enclosed": "Phụ lục, kèm theo", "scan": "Bản quét", "evidence": "Tài liệu kết quả", "copy": "Bản thứ hai"}

// fileRows are the files of a document that can be opened, and the address of the one
// that the page shows.
func (v *visit) fileRows(d document.Incoming, files []document.File) (rows []view.File, viewer string) {
	if d.Frozen {
		return nil, ""
	}
	for _, f := range files {
		if f.Purged {
			continue
		}
		row := view.File{Name: f.Name, Href: d.Address() + "/tep/" + idText(f.ID), Kind: fileKinds[f.Kind], Size: sizeWords(f.Size), Hash: f.SHA[:min(8, len(f.SHA))]}
		if f.Pages > 0 {
			row.Pages = strconv.Itoa(f.Pages) + " trang"
		}
		if viewer == "" && f.MIME == extract.PDF.MediaType() {
			viewer = row.Href + "#navpanes=0&view=FitH" // as wide as there is room, without a side list
		}
		rows = append(rows, row)
	}
	return rows, viewer
}

// documentStrip is whose time it was: the clerk's, the leaders', then that of whoever
// carried the work.
func (v *visit) documentStrip(p *view.Document, x papers) error {
	d := x.d
	if d.Batch != 0 && len(x.works) == 0 {
		return nil
	}
	var turns []task.Holding // who had it before it was work; a turn ends where the next begins
	if d.Batch == 0 {
		turns = append(turns, task.Holding{Person: d.Registrar, From: d.ReceivedAt})
	}
	for _, pass := range x.passes {
		turns = append(turns, task.Holding{Person: pass.Leader, From: pass.At})
	}
	var shares []int64
	for _, w := range x.works {
		for _, s := range w.Shares {
			if s.Role == task.Lead && s.Parent == 0 {
				shares = append(shares, s.ID)
			}
		}
	}
	held, err := task.Holdings(v.read(), v.agency(), shares)
	if err != nil {
		return err
	}
	for _, id := range shares {
		turns = append(turns, held[id]...)
	}
	slices.SortStableFunc(turns, func(a, b task.Holding) int { return a.From.Compare(b.From) })
	for i := range turns {
		if turns[i].To.IsZero() && i+1 < len(turns) {
			turns[i].To = turns[i+1].From
		}
	}
	if n := len(turns); n > 0 && turns[n-1].To.IsZero() && d.State.Final() {
		turns[n-1].To = d.WaitsSince
	}
	from := d.ReceivedAt
	if len(turns) > 0 {
		from = turns[0].From
	}
	p.Strip = v.strip(from, x.lead, turns, nil)
	for _, pass := range x.passes {
		v.mark1(p.Strip, x, from, pass.At, "trình "+civil.Of(pass.At).ShortVN())
	}
	for _, w := range x.words {
		v.mark1(p.Strip, x, from, w.At, "cho ý kiến "+civil.Of(w.At).ShortVN())
	}
	return nil
}

// documentTimeline is everything that happened to the document and its work, each with
// what was said and the way to its proof.
func (v *visit) documentTimeline(p *view.Document, x papers) error {
	entries, err := document.Timeline(v.read(), v.agency(), x.d)
	if err != nil {
		return err
	}
	entries = withoutEchoes(entries)
	said, err := v.saidIn(x)
	if err != nil {
		return err
	}
	p.Timeline = v.timeline(entries)
	for i := range p.Timeline.Events { // newest first
		e := entries[len(entries)-1-i]
		v.tellMore(&p.Timeline.Events[i], e, said)
	}
	return nil
}

// echoes are entries of a document that say again, in the same act, what an entry of
// its work says.
var echoes = map[string]string{
	task.Given: document.Directed, task.WorkStarted: document.Started, task.ResultReported: document.Reported,
	task.Finished: document.Completed, task.WorkReopened: document.Reopened,
}

func withoutEchoes(entries []journal.Entry) []journal.Entry {
	type at struct {
		kind string
		ms   int64
	}
	there := map[at]bool{}
	for _, e := range entries {
		kind := e.Kind
		if kind == document.Distributed {
			kind = document.Directed
		}
		there[at{kind, e.At.UnixMilli()}] = true
	}
	return slices.DeleteFunc(entries, func(e journal.Entry) bool {
		as, ok := echoes[e.Kind]
		return ok && there[at{as, e.At.UnixMilli()}]
	})
}
