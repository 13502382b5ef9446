// SPDX-License-Identifier: Apache-2.0

package draft

import (
	"slices"
	"strings"
	"unicode/utf8"

	"soviec/kit/blob"
	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/letter"
	"soviec/office/org"
)

// A SecondAs is in what way somebody signs beside the signer (cùng ký).
type SecondAs string

// The ways.
const (
	NoSecond  SecondAs = ""
	Secretary SecondAs = "secretary" // thư ký cuộc họp; biên bản (Phụ lục III mẫu 1.9)
	Officer   SecondAs = "officer"   // người có thẩm quyền khác của cơ quan
	Outside   SecondAs = "outside"   // cơ quan, bên cùng ký
)

// Seconds are the ways that the screen offers, with its words.
var Seconds = []struct {
	As   SecondAs
	Name string
}{
	{Secretary, "Thư ký cuộc họp"}, {Officer, "Người có thẩm quyền khác của cơ quan"}, {Outside, "Cơ quan, bên khác cùng ký"},
}

// A Second is who signs beside the signer, and stands left of him.
type Second struct {
	As         SecondAs
	Person     int64 // here; 0 outside
	Capacity   org.CapacityCode
	Delegation int64
	Lines      []string // as printed above the name
	Name       string
	Org        string // outside: the other agency
	SHA        string // the file with his digital signature; "" before
}

// MaySecond are the ways in which somebody may sign a type of document beside the signer:
// minutes have a secretary; what several agencies make together has two signers (văn bản
// liên tịch, hợp đồng, thỏa thuận); a decision or a power of attorney is one person's.
func MaySecond(typ string) []SecondAs {
	switch typ {
	case letter.Minutes:
		return []SecondAs{Secretary, Officer, Outside}
	case "HĐ", "BGN", "BTT", "QC", "QyĐ", "CTr", "KH", "HD", "PA", "ĐA", "DA", "TTr", "BC", "TB", letter.OfficialLetter:
		return []SecondAs{Outside, Officer}
	case letter.Resolution:
		return []SecondAs{Outside}
	}
	return nil
}

// shapeSecond puts the second signer on a draft, as the directory has him on the day.
func (p *Paper) shapeSecond(d *org.Directory, s Second, day civil.Date) error {
	p.Second = Second{}
	if s.As == NoSecond {
		return nil
	}
	if !slices.Contains(MaySecond(p.Type), s.As) {
		return fault.Invalid("second_as", "Loại văn bản này không có người cùng ký theo cách đó.")
	}
	out := Second{As: s.As}
	if s.As == Outside {
		for _, l := range s.Lines {
			if l = strings.ToUpper(tidy(l)); l != "" {
				out.Lines = append(out.Lines, l)
			}
		}
		out.Name, out.Org = tidy(s.Name), tidy(s.Org)
		switch {
		case out.Org == "":
			return fault.Invalid("second_org", "Hãy ghi tên cơ quan, bên cùng ký.")
		case len(out.Lines) == 0:
			return fault.Invalid("second_lines", "Hãy ghi chức vụ in trên họ tên người cùng ký.")
		case out.Name == "":
			return fault.Invalid("second_name", "Hãy ghi họ tên người cùng ký.")
		case utf8.RuneCountInString(out.Org) > mostName || utf8.RuneCountInString(out.Name) > 50 || len(out.Lines) > 4 || utf8.RuneCountInString(joined(out.Lines)) > mostName:
			return fault.Invalid("second_name", "Tên cơ quan nhiều nhất 200 ký tự, họ tên 50 ký tự, chức vụ 4 dòng.")
		}
		p.Second = out
		return nil
	}
	if s.Person == 0 {
		return fault.Invalid("second_as", "Chưa chọn người cùng ký.")
	}
	out.Person, out.Capacity, out.Delegation = s.Person, s.Capacity, s.Delegation
	out, err := out.capable(d, p.Type, p.Signer, day)
	p.Second = out
	return err
}

// capable computes what stands above the second signer's name, or says why he may not sign:
// a secretary is one of the house on that day, anybody else needs a capacity for the type.
func (s Second) capable(d *org.Directory, typ string, signer int64, day civil.Date) (Second, error) {
	switch {
	case s.As == NoSecond || s.As == Outside:
		return s, nil
	case s.Person == signer:
		return s, fault.Invalid("second_as", "Hai người ký phải là hai người khác nhau.")
	case s.As == Secretary:
		if d.Title(s.Person, day) == "" || !d.Rights(s.Person, day).May(org.WriteDraft, org.Target{}) {
			return s, fault.Invalid("second_as", capital(d.Person(s.Person).Polite())+" không giữ vị trí công chức trong cơ quan ngày "+day.VN()+" nên không làm thư ký cuộc họp được.")
		}
		s.Lines, s.Name, s.Capacity, s.Delegation = []string{"THƯ KÝ"}, d.Person(s.Person).Name, "", 0
		return s, nil
	}
	c, err := d.CapacityFor(s.Person, s.Capacity, s.Delegation, typ, day)
	if err != nil {
		return s, onSecond(err)
	}
	s.Capacity, s.Delegation, s.Lines, s.Name = c.Code, c.Delegation, c.Lines, d.Person(s.Person).Name
	return s, nil
}

// onSecond shows a refused capacity at the second signer's field.
func onSecond(err error) error {
	if fault.Is(err, fault.KindInvalid) {
		return fault.Invalid("second_as", fault.Text(err))
	}
	return err
}

// signatures are the signers' blocks as they are set: of two, the second signer's stands left.
func (p Paper) signatures() []letter.Signature {
	if p.Signer == 0 {
		return nil
	}
	main := letter.Signature{Lines: p.Lines, Name: p.SignerName}
	if p.Second.As == NoSecond {
		return []letter.Signature{main}
	}
	if p.Second.As == Secretary {
		main.Lines = []string{"CHỦ TỌA"}
	}
	return []letter.Signature{{Lines: p.Second.Lines, Name: p.Second.Name}, main}
}

// SignsNow is whose signature is wanted: the second signer's first, whose name stands left,
// then the signer's. One from outside signs on paper only and is not waited for here.
func (p Paper) SignsNow() int64 {
	if p.Second.Person != 0 && p.Second.SHA == "" {
		return p.Second.Person
	}
	return p.Signer
}

// ToSign is the file that is signed next: the approved one, or what the second signer has
// signed already.
func (p Paper) ToSign() string {
	if p.Second.SHA != "" {
		return p.Second.SHA
	}
	return p.SHA
}

// asksSecond lays a draft before whoever signs first.
func (p Paper) asksSecond(a *journal.Act) error {
	if err := p.letIn(a, personTag(p.Second.Person)); err != nil {
		return err
	}
	if err := p.tell(a, p.Second.Person, "signature_asked", "Văn bản "+p.title()+" chờ anh/chị ký cùng "+p.SignerName+"."); err != nil {
		return err
	}
	return p.tell(a, p.Drafter, "to_sign", "Dự thảo "+p.title()+" đã trình "+p.Second.Name+" và "+p.SignerName+" ký.")
}

// signSecond keeps the second signer's digital signature; the signer has the word now.
func (p Paper) signSecond(a *journal.Act, after blob.Key) error {
	p.Second.SHA = string(after)
	if err := setState(a, p); err != nil {
		return err
	}
	if err := p.step(a, Step{Kind: "sign", Other: p.Second.Person}); err != nil {
		return err
	}
	p.note(a, CoSigned, stepData{Signer: p.Second.Person, Capacity: string(p.Second.Capacity), Medium: "digital"})
	return p.toSigner(a, "đã được "+p.Second.Name+" ký, chờ anh/chị ký")
}

// notOutside refuses a digital signature on what somebody outside signs too: his key does
// not answer here.
func (p Paper) notOutside() error {
	if p.Second.As == Outside {
		return fault.Conflict("", "Văn bản có "+p.Second.Org+" cùng ký: hai bên ký trên bản giấy, văn thư ghi nhận khi đủ hai chữ ký.")
	}
	return nil
}
