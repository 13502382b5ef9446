// SPDX-License-Identifier: Apache-2.0

package draft

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/letter"
	"soviec/office/notice"
	"soviec/office/org"
)

// A Point is one thing that the form check looks at (thể thức, kỹ thuật trình bày; Nghị
// định 30/2020/NĐ-CP Điều 8, Phụ lục I).
type Point struct{ Code, Name string }

// Checklist are the points for a type of document.
func Checklist(typ string) []Point {
	t, _ := letter.TypeOf(typ)
	out := []Point{{"quoc-hieu", "Quốc hiệu và Tiêu ngữ"}, {"co-quan", "Tên cơ quan chủ quản, cơ quan ban hành"}}
	if t.Numbered {
		out = append(out, Point{"so", "Chỗ ghi số, ký hiệu"})
	}
	if t.Dated {
		out = append(out, Point{"ngay", "Địa danh, chỗ ghi ngày tháng"})
	}
	out = append(out, Point{"trich-yeu", "Tên loại và trích yếu"})
	if NeedsBases(typ) {
		out = append(out, Point{"can-cu", "Căn cứ ban hành: còn hiệu lực, đúng tên, số, ngày"})
	}
	return append(out, Point{"noi-dung", "Bố cục, viết hoa, viện dẫn, chính tả"}, Point{"ky", "Quyền hạn ký, chức vụ, họ tên người ký"},
		Point{"noi-nhan", "Nơi nhận, dòng lưu"}, Point{"trang", "Khổ giấy, lề, phông chữ, số trang"})
}

// mostText bounds what is said on the path.
const mostText = 2000

func said(field, text, missing string) (string, error) {
	text = strings.TrimSpace(text)
	switch {
	case text == "" && missing != "":
		return "", fault.Invalid(field, missing)
	case utf8.RuneCountInString(text) > mostText:
		return "", fault.Invalid(field, "Nhiều nhất 2.000 ký tự.")
	}
	return text, nil
}

// Missing are what a draft lacks before it can be submitted (O2), each at its field.
func Missing(d *org.Directory, p Paper, c Content, findings []Finding, day civil.Date) error {
	var errs []error
	wrong := func(field, text string) { errs = append(errs, fault.Invalid(field, text)) }
	if p.Current == 0 {
		wrong("body", "Dự thảo chưa có tệp chính: hãy soạn nội dung hoặc tải tệp lên.")
	}
	if p.Signer == 0 {
		wrong("signer", "Chưa chọn người ký.")
	} else if _, err := d.CapacityFor(p.Signer, p.Capacity, p.Delegation, p.Type, day); err != nil {
		errs = append(errs, err)
	}
	if t, _ := letter.TypeOf(p.Type); t.Addressed == letter.Always && len(p.Addressees) == 0 {
		wrong("addressees", t.Name+" phải ghi nơi kính gửi.")
	}
	if !slices.ContainsFunc(p.Recipients, func(x Recipient) bool { return x.Purpose != "store" }) {
		wrong("recipients", "Phải có ít nhất một nơi nhận ngoài dòng lưu.")
	}
	if p.Current > 0 && NeedsBases(p.Type) && lacksBases(c) {
		wrong("body", "Loại văn bản này phải ghi căn cứ ban hành (“Căn cứ …;”) trước phần nội dung.")
	}
	errs = append(errs, missingBlanks(p)...)
	for _, f := range findings {
		if f.Blocks {
			wrong("body", f.Text)
		}
	}
	return fault.Join(errs...)
}

func lacksBases(c Content) bool {
	if c.Way != WayComposed && strings.TrimSpace(c.Text) == "" {
		return false // a picture of text: the form check looks
	}
	if c.Way == WayComposed {
		return len(letter.Letter{Body: letter.Parse(c.Text)}.Bases()) == 0
	}
	return !strings.Contains(strings.ToLower(tidy(c.Text)), "căn cứ")
}

// Submit puts a draft before the head of the drafter's unit (trình trưởng phòng; O2).
func Submit(a *journal.Act, id int64, text string) error {
	p, d, err := open(a, id)
	if err != nil {
		return err
	}
	if err := org.May(a, org.HandleDraft, org.Target{Person: p.Drafter}); err != nil {
		return err
	}
	if p.State != StateDrafting {
		return notNow(p)
	}
	c, err := Current(a, p)
	if err != nil {
		return err
	}
	found, err := FindingsOf(a, p.ID, p.Current)
	if err != nil {
		return err
	}
	if err := Missing(d, p, c, found, a.Day()); err != nil {
		return err
	}
	missing := ""
	if n, err := openMarks(a, p.ID); err != nil {
		return err
	} else if n > 0 {
		missing = fmt.Sprintf("Còn %d ý kiến trên bản thảo chưa đánh dấu đã sửa: hãy đánh dấu, hoặc ghi lời giải trình.", n)
	}
	if text, err = said("note", text, missing); err != nil {
		return err
	}
	if p, err = capable(d, p, a.Day()); err != nil {
		return err
	}
	p.State, p.Round, p.Approved, p.Checker = StateInReview, p.Round+1, "", 0
	if err := setState(a, p); err != nil {
		return err
	}
	if err := p.step(a, Step{Kind: "submit", Text: text}); err != nil {
		return err
	}
	p.note(a, Submitted, stepData{})
	again := "chờ anh/chị kiểm tra nội dung"
	if p.Round > 1 {
		again = "được trình lại lần " + strconv.Itoa(p.Round) + ", chờ anh/chị kiểm tra nội dung"
	}
	return p.tellContent(a, d, again)
}

// PassContent passes the content and puts the initial on it (duyệt nội dung, ký nháy; O4).
// sha is the file that the person saw. checker may name who checks the form (0: whoever may).
// Whoever wrote a draft does not initial it himself unless nobody else in the unit can.
func PassContent(a *journal.Act, id int64, sha string, checker int64, text string) error {
	p, d, err := open(a, id)
	if err != nil {
		return err
	}
	if err := org.May(a, org.CheckContent, org.Target{Unit: d.Successor(p.Unit, a.Day())}); err != nil {
		return err
	}
	if p.State != StateInReview {
		return notNow(p)
	}
	if err := p.sees(sha); err != nil {
		return err
	}
	alone, err := apart(a, p, ContentHolders(d, p.Unit, a.Day()), d, "Người soạn thảo không tự ký nháy nội dung dự thảo của mình; %s kiểm tra được.")
	if err != nil {
		return err
	}
	if checker != 0 && !d.Rights(checker, a.Day()).May(org.CheckForm, org.Target{}) {
		return fault.Invalid("checker", "Người này không được giao kiểm tra thể thức.")
	}
	if text, err = said("note", text, ""); err != nil {
		return err
	}
	p.State, p.Checker = StateFormCheck, checker
	if err := setState(a, p); err != nil {
		return err
	}
	if err := p.step(a, Step{Kind: "content", Alone: alone, Text: text}); err != nil {
		return err
	}
	p.note(a, ContentPassed, stepData{Alone: alone})
	for _, person := range p.formCheckers(d, a.Day()) {
		if err := p.letIn(a, personTag(person)); err != nil {
			return err
		}
		if err := p.tell(a, person, "form_asked", "Dự thảo "+p.title()+" chờ anh/chị kiểm tra thể thức."); err != nil {
			return err
		}
	}
	return p.tell(a, p.Drafter, ContentPassed, "Dự thảo "+p.title()+" đã được duyệt nội dung, chuyển kiểm tra thể thức.")
}

// PassForm passes the form and puts the initial on it (kiểm tra thể thức; O6). All points
// of the checklist must have been looked at. The file is now the one that may be signed.
func PassForm(a *journal.Act, id int64, sha string, checks []string, text string) error {
	p, d, err := open(a, id)
	if err != nil {
		return err
	}
	if err := p.mayCheckForm(a); err != nil {
		return err
	}
	if p.State != StateFormCheck {
		return notNow(p)
	}
	if err := p.sees(sha); err != nil {
		return err
	}
	alone, err := apart(a, p, formHolders(d, a.Day()), d, "Người soạn thảo không tự kiểm tra thể thức dự thảo của mình; %s kiểm tra được.")
	if err != nil {
		return err
	}
	var left []string
	for _, point := range Checklist(p.Type) {
		if !slices.Contains(checks, point.Code) {
			left = append(left, point.Name)
		}
	}
	if len(left) > 0 {
		return fault.Invalid("checks", "Chưa đánh dấu đã kiểm tra: "+strings.Join(left, "; ")+".")
	}
	if text, err = said("note", text, ""); err != nil {
		return err
	}
	if ok, err := initialled(a, p, "content"); err != nil {
		return err
	} else if !ok {
		return fault.Conflict("", "Nội dung của bản này chưa được ký nháy; dự thảo phải trở lại bước kiểm tra nội dung.")
	}
	if p, err = capable(d, p, a.Day()); err != nil {
		return err
	}
	p.State, p.Approved, p.Second.SHA = StateToSign, p.SHA, ""
	if err := setState(a, p); err != nil {
		return err
	}
	if err := p.step(a, Step{Kind: "form", Alone: alone, Checks: checks, Text: text}); err != nil {
		return err
	}
	p.note(a, FormPassed, stepData{Alone: alone, Signer: p.Signer})
	if p.SignsNow() != p.Signer {
		return p.asksSecond(a)
	}
	return p.toSigner(a, "chờ anh/chị ký")
}

// Return sends a draft back to its drafter with what is to be changed (trả lại; O3, O7, O8):
// by whoever has the word now. Marks stand on the version that was read.
func Return(a *journal.Act, id int64, sha, text string, marks []Mark) error {
	p, d, err := open(a, id)
	if err != nil {
		return err
	}
	switch p.State {
	case StateInReview:
		err = org.May(a, org.CheckContent, org.Target{Unit: d.Successor(p.Unit, a.Day())})
	case StateFormCheck:
		err = p.mayCheckForm(a)
	case StateToSign:
		err = org.May(a, org.SignDraft, org.Target{Person: p.SignsNow()})
	default:
		if err = org.May(a, org.WriteDraft, org.Target{}); err == nil {
			err = notNow(p)
		}
	}
	if err != nil {
		return err
	}
	if err := p.sees(sha); err != nil {
		return err
	}
	missing := "Hãy ghi cần sửa gì, hoặc đánh dấu chỗ cần sửa trên bản thảo."
	if len(marks) > 0 {
		missing = ""
	}
	if text, err = said("text", text, missing); err != nil {
		return err
	}
	from := p.State
	for i := range marks {
		if err := p.mark(a, marks[i]); err != nil {
			return err
		}
	}
	if from == StateToSign {
		if err := voidSignings(a, p.ID); err != nil {
			return err
		}
	}
	p.State, p.Approved, p.Second.SHA = StateDrafting, "", ""
	if err := setState(a, p); err != nil {
		return err
	}
	if err := p.step(a, Step{Kind: "return", Text: text}); err != nil {
		return err
	}
	p.note(a, Returned, stepData{Marks: len(marks)})
	who := a.By.Name
	if err := p.tell(a, p.Drafter, "returned", who+" trả lại dự thảo "+p.title()+" để sửa."); err != nil {
		return err
	}
	if from == StateInReview {
		return nil
	}
	// It goes back through the head of the unit (Điều 10 khoản 3).
	return p.tell(a, d.HeadOf(p.Unit, a.Day()), "returned", who+" trả lại dự thảo "+p.title()+" của đơn vị để sửa.")
}

// mark keeps one remark on the text.
func (p Paper) mark(a *journal.Act, m Mark) error {
	m.Quote, m.Text = tidy(m.Quote), strings.TrimSpace(m.Text)
	switch {
	case m.Text == "":
		return fault.Invalid("marks", "Mỗi chỗ đánh dấu phải có ý kiến.")
	case utf8.RuneCountInString(m.Text) > mostText || utf8.RuneCountInString(m.Quote) > 500:
		return fault.Invalid("marks", "Ý kiến tại chỗ nhiều nhất 2.000 ký tự, đoạn trích nhiều nhất 500 ký tự.")
	case m.Page < 0 || m.Page > 9999:
		return fault.Invalid("marks", "Số trang không đúng.")
	}
	m.ID, m.Ordinal, m.Person, m.Behalf, m.At = a.NewID(), p.Current, a.By.Person, a.By.For, a.At
	return insertMark(a, p.ID, m)
}

// SettleMark says that a remark on the text was taken care of (đã sửa).
func SettleMark(a *journal.Act, id, mark int64) error {
	p, _, err := open(a, id)
	if err != nil {
		return err
	}
	if err := org.May(a, org.HandleDraft, org.Target{Person: p.Drafter}); err != nil {
		return err
	}
	if p.State != StateDrafting {
		return notNow(p)
	}
	n, err := settleMark(a, p.ID, mark)
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.NotFound("Không có ý kiến này, hoặc đã đánh dấu.")
	}
	p.note(a, MarkSettled, stepData{})
	return nil
}

// Drop gives a draft up (hủy dự thảo) while it lies with its drafter.
func Drop(a *journal.Act, id int64, reason string) error {
	p, _, err := open(a, id)
	if err != nil {
		return err
	}
	if err := org.May(a, org.HandleDraft, org.Target{Person: p.Drafter}); err != nil {
		return err
	}
	if p.State != StateDrafting {
		return notNow(p)
	}
	if reason, err = said("reason", reason, "Hãy ghi lý do hủy dự thảo."); err != nil {
		return err
	}
	p.State = StateDropped
	if err := setState(a, p); err != nil {
		return err
	}
	if err := p.step(a, Step{Kind: "drop", Text: reason}); err != nil {
		return err
	}
	p.note(a, Dropped, stepData{})
	return nil
}

func open(a *journal.Act, id int64) (Paper, *org.Directory, error) {
	p, err := get(a, a.By.Agency, id)
	if err != nil {
		return p, nil, err
	}
	d, err := org.DirectoryIn(a)
	return p, d, err
}

// sees refuses a word about a file that is no longer the one that stands: it must be
// shown again (Điều 11 khoản 2).
func (p Paper) sees(sha string) error {
	if sha != p.SHA {
		return fault.Conflict("", "Tệp đã thay đổi sau khi anh/chị mở trang. Hãy xem lại bản mới rồi quyết định.")
	}
	return nil
}

// step keeps what was done, bound to the file that stands.
func (p Paper) step(a *journal.Act, s Step) error {
	s.ID, s.Round, s.Ordinal, s.SHA, s.At = a.NewID(), p.Round, p.Current, p.SHA, a.At
	if s.Person == 0 {
		s.Person, s.Behalf, s.Title = a.By.Person, a.By.For, a.By.Title
	}
	return insertStep(a, p.ID, s)
}

// note writes the book: where the draft stands now, and the file.
func (p Paper) note(a *journal.Act, kind string, x stepData) {
	x.State, x.Ordinal, x.SHA, x.Round = p.State, p.Current, p.SHA, p.Round
	a.Note(journal.Entry{Kind: kind, Subject: p.Ref(), Data: x})
}

// tell tells a person, of each submission anew.
func (p Paper) tell(a *journal.Act, person int64, deed, text string) error {
	deed = strings.TrimPrefix(deed, "draft.")
	_, err := notice.Tell(a, notice.Item{Person: person, Matter: p.Ref(), Kind: "draft." + strconv.Itoa(p.Current) + "_" + strconv.Itoa(p.Round) + "_" + deed,
		Text: capital(text), Link: p.Address(), Urgent: p.Urgency > 0})
	return err
}

// tellContent tells those who may pass the content: the head of the unit, or when the
// head wrote it himself whoever else can.
func (p Paper) tellContent(a *journal.Act, d *org.Directory, what string) error {
	head := d.HeadOf(p.Unit, a.Day())
	whom := []int64{head}
	if _, away := d.Away(head, a.Day()); head == 0 || head == p.Drafter || away {
		whom = ContentHolders(d, p.Unit, a.Day())
	}
	for _, person := range whom {
		if person == p.Drafter {
			continue
		}
		if err := p.letIn(a, personTag(person)); err != nil {
			return err
		}
		if err := p.tell(a, person, "content_asked", "Dự thảo "+p.title()+" "+what+"."); err != nil {
			return err
		}
	}
	return nil
}

// toSigner puts the draft before its signer.
func (p Paper) toSigner(a *journal.Act, what string) error {
	if err := p.letIn(a, personTag(p.Signer)); err != nil {
		return err
	}
	if err := p.tell(a, p.Signer, "signature_asked", "Văn bản "+p.title()+" "+what+"."); err != nil {
		return err
	}
	return p.tell(a, p.Drafter, "to_sign", "Dự thảo "+p.title()+" đã trình "+p.SignerName+" ký.")
}

// title names the draft in a sentence.
func (p Paper) title() string { return "“" + cut(p.Subject, 160) + "”" }

func cut(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}

func capital(s string) string {
	r := []rune(s)
	if len(r) == 0 {
		return s
	}
	return string(unicode.ToUpper(r[0])) + string(r[1:])
}

func lower(s string) string {
	r := []rune(s)
	if len(r) == 0 {
		return s
	}
	return string(unicode.ToLower(r[0])) + string(r[1:])
}
