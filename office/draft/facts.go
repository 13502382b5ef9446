// SPDX-License-Identifier: Apache-2.0

package draft

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/letter"
	"soviec/office/org"
)

// Facts are what the drafter decides about a document besides its text.
type Facts struct {
	Type        string
	Subject     string
	Urgency     int
	Circulation string
	Mark        string
	Signer      int64
	Capacity    org.CapacityCode // "" takes the proper one
	Delegation  int64
	Addressees  []string
	Recipients  []Recipient
	Superior    bool
	Portal      bool
	Field       int64
	Body        string
	Answers     []Answer
	Appendices  []Appendix
	Second      Second
	Blanks      map[string]string
	Secrecy     int // must be 0: secret documents are not written here (documents.md §17)
}

// Limits of what is typed (documents.md §4.1).
const (
	mostSubject    = 500
	mostName       = 200
	mostRecipients = 300
	mostBody       = 1 << 20
)

// Addressed reports whether documents of a type are addressed ("Kính gửi"); a report only
// when it goes to the body above (documents.md §9).
func Addressed(typ string, superior bool) bool {
	t, _ := letter.TypeOf(typ)
	return t.Addressed == letter.Always || t.Addressed == letter.Sometimes && superior
}

// NeedsBases reports whether documents of a type state the law they stand on (căn cứ ban
// hành; Nghị định 30/2020/NĐ-CP Phụ lục I Phần II mục 6).
func NeedsBases(typ string) bool { return typ == letter.Decision || typ == letter.Resolution }

// Shape puts facts on a draft: names and capacity as the directory has them on the day,
// recipients complete. It decides nothing that the path guards later: a draft may lack
// everything but its type and subject.
func Shape(d *org.Directory, p Paper, f Facts, day civil.Date) (Paper, error) {
	p.Type, p.Subject, p.Urgency, p.Circulation = f.Type, tidy(f.Subject), f.Urgency, f.Circulation
	p.Mark, p.Superior, p.Portal, p.Field = strings.ToUpper(tidy(f.Mark)), f.Superior, f.Portal, f.Field
	p.Body = plainBody(f.Body)
	var errs []error
	wrong := func(field, text string) { errs = append(errs, fault.Invalid(field, text)) }
	if f.Secrecy != 0 {
		return p, fault.Invalid("secrecy", "Phần mềm này không soạn thảo văn bản mật. Hãy soạn trên máy dành cho bí mật nhà nước.")
	}
	if _, ok := letter.TypeOf(p.Type); !ok {
		wrong("type", "Chưa chọn loại văn bản trong 29 loại văn bản hành chính.")
	}
	switch n := utf8.RuneCountInString(p.Subject); {
	case n == 0:
		wrong("subject", "Trích yếu không được để trống.")
	case n > mostSubject:
		wrong("subject", "Trích yếu không được dài quá 500 ký tự.")
	}
	if p.Urgency < 0 || p.Urgency > 3 {
		wrong("urgency", "Độ khẩn không đúng.")
	}
	if !slices.ContainsFunc(Circulations, func(c struct{ Code, Name string }) bool { return c.Code == p.Circulation }) {
		wrong("circulation", "Phạm vi lưu hành không đúng.")
	}
	if utf8.RuneCountInString(p.Mark) > 10 {
		wrong("mark", "Ký hiệu người soạn thảo nhiều nhất 10 ký tự.")
	}
	if len(p.Body) > mostBody {
		wrong("body", "Nội dung quá dài để soạn tại đây; hãy soạn bằng Word rồi tải lên.")
	}
	p.Addressees = nil
	if Addressed(p.Type, p.Superior) {
		for _, s := range f.Addressees {
			if s = tidy(s); s != "" {
				p.Addressees = append(p.Addressees, s)
			}
			if utf8.RuneCountInString(s) > mostName {
				wrong("addressees", "Mỗi nơi kính gửi nhiều nhất 200 ký tự.")
			}
		}
	}
	var err error
	if p.Recipients, err = complete(d, p, f.Recipients, day); err != nil {
		errs = append(errs, err)
	}
	if p.Field != 0 && d.Field(p.Field).ID == 0 {
		wrong("field", "Không có lĩnh vực này.")
	}
	p.Signer, p.Capacity, p.Delegation, p.Lines, p.SignerName = f.Signer, f.Capacity, f.Delegation, nil, ""
	if p.Signer != 0 {
		if p, err = capable(d, p, day); err != nil {
			errs = append(errs, err)
		}
	}
	errs = append(errs, p.shapeBlanks(f.Blanks), p.shapeAppendices(f.Appendices), p.shapeSecond(d, f.Second, day))
	return p, fault.Join(errs...)
}

// capable computes the capacities and the printed lines of a draft's signers, or says why
// one of them may not sign it.
func capable(d *org.Directory, p Paper, day civil.Date) (Paper, error) {
	c, err := d.CapacityFor(p.Signer, p.Capacity, p.Delegation, p.Type, day)
	if err != nil {
		return p, err
	}
	p.Capacity, p.Delegation, p.Lines, p.SignerName = c.Code, c.Delegation, c.Lines, d.Person(p.Signer).Name
	p.Second, err = p.Second.capable(d, p.Type, p.Signer, day)
	return p, err
}

// complete checks the recipients, adds those who are addressed and puts the office's own
// copy last ("Lưu: VT, CS"; Phụ lục I Phần II mục 9).
func complete(d *org.Directory, p Paper, all []Recipient, day civil.Date) ([]Recipient, error) {
	var out []Recipient
	has := func(name string) bool {
		return slices.ContainsFunc(out, func(o Recipient) bool { return strings.EqualFold(o.Name, name) })
	}
	for _, name := range p.Addressees {
		if !has(name) {
			out = append(out, Known(d, Recipient{Name: name, Purpose: "act"}, day))
		}
	}
	for _, x := range all {
		x.Name = tidy(x.Name)
		if x.Name == "" || x.Purpose == "store" || has(x.Name) {
			continue
		}
		if utf8.RuneCountInString(x.Name) > mostName {
			return nil, fault.Invalid("recipients", "Tên nơi nhận nhiều nhất 200 ký tự: “"+string([]rune(x.Name)[:40])+"…”.")
		}
		if !slices.ContainsFunc(Purposes, func(c struct{ Code, Name string }) bool { return c.Code == x.Purpose }) {
			return nil, fault.Invalid("recipients", "Mục đích gửi không đúng.")
		}
		if x.Copies < 0 || x.Copies > 999 {
			return nil, fault.Invalid("recipients", "Số bản từ 0 đến 999.")
		}
		out = append(out, Known(d, x, day))
	}
	if len(out) > mostRecipients {
		return nil, fault.Invalid("recipients", "Nhiều nhất "+strconv.Itoa(mostRecipients)+" nơi nhận; hãy ghi theo nhóm.")
	}
	order := func(purpose string) int {
		return slices.IndexFunc(Purposes, func(c struct{ Code, Name string }) bool { return c.Code == purpose })
	}
	slices.SortStableFunc(out, func(a, b Recipient) int { return order(a.Purpose) - order(b.Purpose) })
	keep := "VT"
	if u := d.Unit(p.Unit); u.Short != "" && u.Kind != "leaders" {
		keep += ", " + u.Short
	}
	return append(out, Recipient{Kind: "text", Name: keep, Purpose: "store", Channel: "internal", Copies: 1}), nil
}

// Known looks a name up: a unit or a person here is reached inside, anything else outside.
func Known(d *org.Directory, x Recipient, day civil.Date) Recipient {
	if x.Kind == "" {
		x.Kind = "org"
		for _, u := range d.UnitsOn(day) {
			if strings.EqualFold(u.Name, x.Name) {
				x.Kind, x.Ref = "unit", u.ID
			}
		}
		for _, p := range d.People {
			if strings.EqualFold(p.Name, x.Name) && d.Title(p.ID, day) != "" {
				x.Kind, x.Ref = "person", p.ID
			}
		}
	}
	if x.Channel == "" || !slices.ContainsFunc(Channels, func(c struct{ Code, Name string }) bool { return c.Code == x.Channel }) {
		x.Channel = "axis"
		if x.Kind == "unit" || x.Kind == "person" {
			x.Channel = "internal"
		}
	}
	if x.Copies == 0 {
		x.Copies = 1
	}
	return x
}

// Compose is the letter that a composed draft is: what the printed page says of it, number
// and day still open.
func Compose(d *org.Directory, p Paper) letter.Letter {
	unit := ""
	if u := d.Unit(p.Unit); u.Kind != "leaders" {
		unit = u.Short
	}
	l := letter.Letter{
		Type: p.Type, Superior: d.Agency.Superior, Agency: d.Agency.Name, Notation: letter.Notation(p.Type, d.Agency.Short, unit),
		Place: d.Agency.Place, Subject: p.Subject, Urgency: p.Urgency, Addressees: p.Addressees, Body: p.body(d), Drafter: p.Mark,
	}
	if p.Type == letter.Telegram {
		l.Caller = d.HeadTitle(civil.Of(p.BegunAt)) + " điện"
	}
	for _, c := range Circulations {
		if c.Code == p.Circulation && c.Code != "" {
			l.Circulation = c.Name
		}
	}
	l.Signatures, l.Appendices = p.signatures(), p.letterAppendices()
	if len(l.Appendices) > 0 {
		l.Issuer = issuerIn(d, p.Type, d.HeadTitle(civil.Of(p.BegunAt)))
	}
	if p.Type == letter.LeavePermit {
		l.Confirmation = "Xác nhận của cơ quan, tổ chức hoặc chính quyền địa phương nơi nghỉ phép"
	}
	if p.Second.As == Outside {
		l.Agency += " -\n" + p.Second.Org
	}
	if len(p.Addressees) > 0 {
		l.Recipients = append(l.Recipients, "Như trên")
	}
	for _, x := range p.Recipients {
		switch {
		case slices.ContainsFunc(p.Addressees, func(s string) bool { return strings.EqualFold(s, x.Name) }):
		case x.Purpose == "store":
			l.Recipients = append(l.Recipients, "Lưu: "+x.Name)
		case x.Purpose == "report":
			l.Recipients = append(l.Recipients, x.Name+" (để báo cáo)")
		default:
			l.Recipients = append(l.Recipients, x.Name)
		}
	}
	return l
}
