// SPDX-License-Identifier: Apache-2.0

package web

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"soviec/door/web/view"
	"soviec/kit/blob"
	"soviec/kit/civil"
	"soviec/kit/cms"
	"soviec/kit/extract"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/pades"
	"soviec/kit/print"
	"soviec/office/document"
	"soviec/office/org"
	"soviec/office/signature"
)

// lookFor is how long somebody waits for a verdict on a page.
const lookFor = 5 * time.Second

// judge judges a file that lies in the store of the office. online also asks the hosts that
// may be asked.
func (v *visit) judge(sha string, online bool) (signature.Record, error) {
	r, size, err := v.d.Blobs.Get(v.Context(), blob.Key(sha))
	if err != nil {
		return signature.Record{}, err
	}
	defer r.Close()
	return v.judgeFile(blob.At(r), size, online)
}

func (v *visit) judgeFile(src io.ReaderAt, size int64, online bool) (signature.Record, error) {
	trust, err := signature.StoreOf(v.read(), v.agency())
	if err != nil {
		return signature.Record{}, err
	}
	ctx, cancel := context.WithTimeout(v.Context(), lookFor)
	defer cancel()
	var f *cms.Fetcher
	if online {
		f = v.d.Fetch
	}
	return signature.Look(ctx, src, size, trust, v.now, f), nil
}

// judgeAll judges the PDF files of an arrival that nobody has judged yet, before the act
// that enters them.
func (v *visit) judgeAll(files []document.Attachment) (map[string]signature.Record, error) {
	out := map[string]signature.Record{}
	var shas []string
	for _, f := range files {
		if f.MIME == extract.PDF.MediaType() && f.SHA != "" {
			shas = append(shas, f.SHA)
		}
	}
	known, err := signature.Outcomes(v.read(), v.agency(), shas...)
	if err != nil {
		return nil, err
	}
	for _, sha := range shas {
		if _, done := out[sha]; done || known[sha] != "" {
			continue
		}
		if out[sha], err = v.judge(sha, false); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// keepAll puts what judgeAll found into the record.
func keepAll(a *journal.Act, found map[string]signature.Record) error {
	for sha, rec := range found {
		if _, err := signature.Keep(a, sha, rec); err != nil {
			return err
		}
	}
	return nil
}

// signatureWarnings tell the clerk at once of what must not be overlooked.
func signatureWarnings(files []document.Attachment, found map[string]signature.Record) []string {
	var out []string
	for _, f := range files {
		if rec, ok := found[f.SHA]; ok && rec.Outcome().Bad() {
			out = append(out, fmt.Sprintf("Tệp “%s”: %s.", f.Name, lowerFirst(rec.Outcome().Words())))
		}
	}
	return out
}

var outcomeTones = map[signature.Outcome]view.Tone{signature.Valid: view.ToneDone, signature.Invalid: view.ToneError, signature.Altered: view.ToneError,
	signature.UnknownCA: view.ToneWarn, signature.Expired: view.ToneWarn, signature.Undecided: view.ToneWarn}

func mark(o signature.Outcome, href string) view.SignatureMark {
	return view.SignatureMark{Word: o.Words(), Tone: outcomeTones[o], Href: href}
}

// markRows says in the register which documents bear which signatures: the worst word of
// each document's files.
func (v *visit) markRows(docs []document.Incoming, rows []view.IncomingRow) error {
	ids := make([]int64, len(docs))
	for i, d := range docs {
		ids[i] = d.ID
	}
	files, err := document.PDFs(v.read(), v.agency(), ids...)
	if err != nil {
		return err
	}
	var shas []string
	for _, all := range files {
		shas = append(shas, all...)
	}
	known, err := signature.Outcomes(v.read(), v.agency(), shas...)
	if err != nil {
		return err
	}
	for i, d := range docs {
		var worst signature.Outcome
		for _, sha := range files[d.ID] {
			if o := known[sha]; o != "" && (worst == "" || gravity[o] > gravity[worst]) {
				worst = o
			}
		}
		if worst != "" && worst != signature.NotSigned {
			m := mark(worst, "")
			rows[i].Signature = &m
		}
	}
	return nil
}

var gravity = map[signature.Outcome]int{signature.NotSigned: 0, signature.Valid: 1, signature.Undecided: 2, signature.UnknownCA: 3, signature.Expired: 4, signature.Invalid: 5, signature.Altered: 6}

// documentSignatures marks the files of a document's page, and lays what is bad before the clerk.
func (v *visit) documentSignatures(p *view.Document, x papers) error {
	var shas []string
	for _, f := range x.files {
		if !f.Purged && f.MIME == extract.PDF.MediaType() {
			shas = append(shas, f.SHA)
		}
	}
	known, err := signature.Outcomes(v.read(), v.agency(), shas...)
	if err != nil || x.d.Frozen {
		return err
	}
	i := 0
	for _, f := range x.files {
		if f.Purged {
			continue
		}
		if f.MIME == extract.PDF.MediaType() {
			href := p.Files[i].Href + "/chu-ky"
			m := view.SignatureMark{Word: "Đang kiểm tra chữ ký", Href: href}
			if o := known[f.SHA]; o != "" {
				m = mark(o, href)
			}
			p.Files[i].Signature = &m
		}
		i++
	}
	return v.badSignatures(p, x, shas)
}

func (v *visit) badSignatures(p *view.Document, x papers, shas []string) error {
	unseen, err := signature.Unseen(v.read(), v.agency(), x.d.Ref(), shas...)
	if err != nil {
		return err
	}
	for _, bad := range unseen {
		name, href := "", ""
		for _, f := range x.files {
			if f.SHA == bad.SHA && !f.Purged {
				name, href = f.Name, x.d.Address()+"/tep/"+idText(f.ID)+"/chu-ky"
				break
			}
		}
		p.Notices = append(p.Notices, view.Banner{Tone: view.ToneError, Text: fmt.Sprintf("Tệp “%s”: %s. %s", name, lowerFirst(bad.Outcome.Words()), firstReason(bad.Record)), Link: &view.Link{Label: "Xem kết quả kiểm tra", Href: href}})
		if x.d.State == document.StateRegistered && v.may(org.Submit, org.Target{}) && p.Waive == nil {
			p.Waive = &view.WaiveForm{SHA: bad.SHA, File: name}
		}
	}
	waived, err := signature.Waivers(v.read(), v.agency(), x.d.Ref())
	for _, w := range waived {
		who := capital(v.dir.Person(w.Person).Polite())
		p.Notices = append(p.Notices, view.Banner{Tone: view.ToneWarn, Text: fmt.Sprintf("%s đã xác nhận biết chữ ký số không hợp lệ, %s: %s", who, sinceWords(w.At.Time, v.today), w.Reason)})
	}
	return err
}

func firstReason(r signature.Record) string {
	for _, x := range r.Reasons {
		return x.Text
	}
	for _, s := range r.Signers {
		if s.Summary == pades.Invalid && len(s.Reasons) > 0 {
			return s.Reasons[0].Text
		}
	}
	return ""
}

// waiveSignature writes down that a bad signature was seen.
func waiveSignature(v *visit, d document.Incoming, _ uploads) (string, []string, error) {
	err := v.act(func(a *journal.Act) error {
		files, err := document.Files(a, d)
		if err != nil {
			return err
		}
		for _, f := range files {
			if f.SHA == v.field("sha") {
				return signature.Waive(a, d.Ref(), f.SHA, v.text("reason"))
			}
		}
		return fault.Invalid("reason", "Tệp này không thuộc văn bản.")
	})
	return "Đã ghi lý do; văn bản có thể trình tiếp.", nil, err
}

// fileVerdicts finds the file that the address names with its verdicts, newest first.
func (v *visit) fileVerdicts() (d document.Incoming, f document.File, all []signature.Verdict, err error) {
	if d, err = v.document(); err != nil {
		return
	}
	id, err := v.id("file")
	if err != nil {
		return
	}
	if f, err = document.FileOf(v.read(), d, id); err != nil {
		return
	}
	if f.MIME != extract.PDF.MediaType() {
		return d, f, nil, errNoPage
	}
	all, err = signature.History(v.read(), v.agency(), f.SHA)
	return
}

// chosenVerdict is the verdict that the address asks for, else the newest.
func (v *visit) chosenVerdict(all []signature.Verdict) (signature.Verdict, error) {
	if len(all) == 0 {
		return signature.Verdict{}, fault.NotFound("Tệp này chưa được kiểm tra chữ ký; xin đợi ít phút hoặc bấm Kiểm tra.")
	}
	asked := v.URL.Query().Get("lan")
	for _, one := range all {
		if asked == "" || asked == idText(one.ID) {
			return one, nil
		}
	}
	return signature.Verdict{}, errNoPage
}

// signaturePage is the validation record of a file.
func signaturePage(v *visit) error {
	d, f, all, err := v.fileVerdicts()
	if err != nil {
		return err
	}
	if len(all) == 0 { // the job has not come to it: now
		if err := v.askAgain(f.SHA, false); err != nil {
			return err
		}
		if all, err = signature.History(v.read(), v.agency(), f.SHA); err != nil {
			return err
		}
	}
	one, err := v.chosenVerdict(all)
	if err != nil {
		return err
	}
	address := d.Address() + "/tep/" + idText(f.ID) + "/chu-ky"
	p := recordView(one.Record, func(i int) string { return address + "/phien-ban/" + strconv.Itoa(i+1) + "?lan=" + idText(one.ID) })
	p.Frame, p.Back, p.File = v.frame(view.PlaceIncoming, "Kết quả kiểm tra chữ ký số"), &view.Crumb{Label: d.Title(), Href: d.Address()}, f.Name
	p.Address, p.MayAsk, p.PrintHref = address, v.may(org.JudgeSignature, org.Target{}), address+".pdf?lan="+idText(one.ID)
	p.Facts = append(v.verdictFacts(one, f.Name), p.Facts...)
	for _, o := range all {
		if o.ID != one.ID {
			p.Older = append(p.Older, view.Link{Label: o.Outcome.Words() + ", " + momentWords(o.At), Href: address + "?lan=" + idText(o.ID)})
		}
	}
	return v.show(p)
}

func (v *visit) verdictFacts(one signature.Verdict, name string) []view.Fact {
	by := "tự động khi tệp vào hệ thống"
	if one.AskedBy != 0 {
		by = "theo yêu cầu của " + v.dir.Person(one.AskedBy).Polite()
	}
	return []view.Fact{{Label: "Tệp", Value: name}, {Label: "SHA-256", Value: one.SHA}, {Label: "Kiểm tra lúc", Value: momentWords(one.At) + ", " + by}}
}

func (v *visit) askAgain(sha string, online bool) error {
	rec, err := v.judge(sha, online)
	if err != nil {
		return err
	}
	return v.act(func(a *journal.Act) error {
		_, err := signature.Keep(a, sha, rec)
		return err
	})
}

// judgeAgain adds a verdict of now.
func judgeAgain(v *visit) error {
	d, f, _, err := v.fileVerdicts()
	if err != nil {
		return err
	}
	if err := v.askAgain(f.SHA, true); err != nil {
		return err
	}
	return v.done(d.Address()+"/tep/"+idText(f.ID)+"/chu-ky", "Đã kiểm tra lại chữ ký số.")
}

// signedVersion is the file as one of its signatures covers it.
func signedVersion(v *visit) error {
	_, f, all, err := v.fileVerdicts()
	if err != nil {
		return err
	}
	one, err := v.chosenVerdict(all)
	if err != nil {
		return err
	}
	n, err := strconv.Atoi(v.PathValue("n"))
	if err != nil || n < 1 || n > len(one.Record.Signers) {
		return errNoPage
	}
	s := one.Record.Signers[n-1]
	if s.End <= 0 || s.End > f.Size {
		return errNoPage
	}
	r, _, err := v.d.Blobs.Get(v.Context(), blob.Key(f.SHA))
	if err != nil {
		return err
	}
	defer r.Close()
	return v.sendMade("application/pdf", "attachment", strings.TrimSuffix(f.Name, ".pdf")+" (phiên bản chữ ký "+strconv.Itoa(n)+").pdf", func(w io.Writer) error {
		_, err := io.CopyN(w, r, s.End)
		return err
	})
}

// signaturePDF is the validation record on paper.
func signaturePDF(v *visit) error {
	d, f, all, err := v.fileVerdicts()
	if err != nil {
		return err
	}
	one, err := v.chosenVerdict(all)
	if err != nil {
		return err
	}
	p := recordView(one.Record, nil)
	p.Facts = append(append([]view.Fact{{Label: "Văn bản", Value: d.Title()}}, v.verdictFacts(one, f.Name)...), p.Facts...)
	report := print.Report{Superior: v.dir.Agency.Superior, Agency: v.dir.Agency.Name, Place: v.dir.Agency.Place, On: one.At, At: v.now, Mark: v.mark(),
		Title: "Phiếu kiểm tra chữ ký số", Subtitle: p.Mark.Word + ". " + p.Sentence,
		Columns: []print.Column{{Title: "Nội dung", WidthMM: 50}, {Title: "Kết quả", WidthMM: 110}}}
	report.Lines = func(yield func(print.Line) bool) {
		all := append([]view.Fact{}, p.Facts...)
		for _, r := range p.Reasons {
			all = append(all, view.Fact{Label: "Lý do", Value: r})
		}
		for _, s := range p.Signers {
			all = append(append(all, view.Fact{Label: s.Title, Value: s.Mark.Word}), s.Axes...)
			for _, r := range s.Reasons {
				all = append(all, view.Fact{Label: "Lý do", Value: r})
			}
			all = append(append(all, s.Facts...), s.Evidence...)
		}
		for _, x := range all {
			if !yield(print.Line{Cells: []string{x.Label, x.Value}}) {
				return
			}
		}
	}
	var out bytes.Buffer
	if err := print.Table(&out, report); err != nil {
		return err
	}
	return v.file("application/pdf", "phieu-kiem-tra-chu-ky.pdf", true, out.Bytes())
}

// dayOf is a day as people read it, of an instant; "" for none.
func dayOf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return civil.Of(t).VN()
}

func lowerFirst(s string) string {
	r := []rune(s)
	if len(r) == 0 {
		return s
	}
	return strings.ToLower(string(r[0])) + string(r[1:])
}
