// SPDX-License-Identifier: Apache-2.0

package web

import (
	"strconv"

	"soviec/door/web/view"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/document"
	"soviec/office/org"
)

var conditions = []view.Option{
	{Value: "ok", Label: "Nguyên vẹn, khớp"}, {Value: "damaged", Label: "Rách, mất niêm phong"}, {Value: "mismatch", Label: "Không khớp số lượng, số ghi"},
}

// intakePage shows the form for a paper that is not registered yet (tiếp nhận bản giấy).
func intakePage(v *visit) error {
	if !v.may(org.RegisterIncoming, org.Target{}) {
		return errNotClerk
	}
	return v.show(v.intakeForm(view.Form{Key: newFormKey(), Values: map[string][]string{
		"channel": {document.Channels[0].Code}, "urgency": {"0"}, "condition": {"ok"},
	}}))
}

func (v *visit) intakeForm(form view.Form) view.Intake {
	return view.Intake{Frame: v.frame(view.PlaceQueue, "Tiếp nhận bì"), Form: form, Channels: channelOptions(),
		Urgencies: urgencyOptions(), Conditions: conditions, People: v.peopleByUnit("")}
}

// peopleByUnit are the people on duty under the names of their units. Each is valued by
// the prefix and the identifier.
func (v *visit) peopleByUnit(prefix string) []view.Group {
	var out []view.Group
	for _, u := range v.dir.UnitsOn(v.today) {
		g := view.Group{Label: u.Name}
		for _, p := range v.dir.Members(u.ID, v.today) {
			o := view.Option{Value: prefix + idText(p.ID), Label: p.Name, Note: v.dir.Title(p.ID, v.today)}
			if away, ok := v.dir.Away(p.ID, v.today); ok {
				o.Note += ", vắng đến " + away.To.ShortVN()
			}
			g.Options = append(g.Options, o)
		}
		if len(g.Options) > 0 {
			out = append(out, g)
		}
	}
	return out
}

func intake(v *visit) error {
	in := document.Intake{Channel: v.field("channel"), Sender: v.field("sender"), Envelope: v.field("envelope"), Condition: v.field("condition"), Note: v.text("note")}
	in.Urgency, _ = strconv.Atoi(v.field("urgency"))
	in.Person, _ = strconv.ParseInt(v.field("person"), 10, 64)
	if in.Channel == "" {
		in.Channel = document.Channels[0].Code
	}
	day, err := v.date("arrived_on")
	at, aterr := v.received(day)
	in.ReceivedAt = at
	if err = fault.Join(err, aterr); err == nil {
		err = v.once(func() (string, string, []string, error) {
			err := v.act(func(a *journal.Act) error {
				var err error
				in, err = document.Receive(a, in)
				return err
			})
			said := "Đã tiếp nhận bì từ " + in.Sender + "; chờ vào sổ."
			if in.Person != 0 {
				said = "Đã ghi bì đích danh; " + v.dir.Person(in.Person).Polite() + " được báo đến nhận."
			}
			if v.PostFormValue("then") == "more" {
				return "/van-ban-den/tiep-nhan", said, nil, err
			}
			return "/van-ban-den/cho", said, nil, err
		})
	}
	if wrong(err) {
		form := v.form(err)
		form.Key = v.PostFormValue("form_key")
		return v.again(v.intakeForm(form), err)
	}
	return err
}

// envelope finds a received paper for the clerk, or for the person it names; nobody
// else learns that it is there.
func (v *visit) envelope() (document.Intake, error) {
	id, err := v.id("id")
	if err != nil {
		return document.Intake{}, err
	}
	in, err := document.IntakeFor(v.read(), v.agency(), id)
	if err == nil && !v.may(org.RegisterIncoming, org.Target{}) && in.Person != v.me() {
		return document.Intake{}, errNoPage
	}
	return in, err
}

func envelopePage(v *visit) error {
	in, err := v.envelope()
	if err != nil {
		return err
	}
	p, err := v.envelopeForm(in)
	if err != nil {
		return err
	}
	return v.show(p)
}

func (v *visit) envelopeForm(in document.Intake) (view.Envelope, error) {
	p := view.Envelope{Frame: v.frame(view.PlaceQueue, "Bì từ "+in.Sender), Address: "/van-ban-den/bi/" + idText(in.ID), Sender: in.Sender,
		Facts: []view.Fact{{Label: "Nhận lúc", Value: sinceWords(in.ReceivedAt, v.today)}, {Label: "Đến qua", Value: channelName(in.Channel)}}}
	clerk := v.may(org.RegisterIncoming, org.Target{})
	if clerk {
		p.Back = &view.Crumb{Label: "Sổ chờ", Href: "/van-ban-den/cho"}
	}
	fact := func(label, value string) {
		if value != "" {
			p.Facts = append(p.Facts, view.Fact{Label: label, Value: value})
		}
	}
	fact("Số ghi trên bì", in.Envelope)
	if in.Urgency > 0 {
		fact("Độ khẩn", urgencyName(in.Urgency))
	}
	for _, c := range conditions {
		if c.Value == in.Condition && c.Value != "ok" {
			fact("Tình trạng bì", c.Label)
		}
	}
	fact("Ghi chú", in.Note)
	if in.Person != 0 {
		fact("Gửi đích danh", v.dir.Person(in.Person).Polite())
	}
	switch in.State {
	case "received":
		p.Standing = "Chờ vào sổ từ " + sinceWords(in.ReceivedAt, v.today) + "."
		if clerk {
			p.RegisterHref = "/van-ban-den/moi?bi=" + idText(in.ID)
			p.Refuse = &view.ReasonForm{}
		}
	case "handed_unopened":
		p.Standing = "Bì đích danh, không bóc; chờ " + v.dir.Person(in.Person).Polite() + " nhận. Nếu nội dung liên quan công việc chung thì chuyển lại để vào sổ."
		p.BringBack = in.Person == v.me()
	case "refused":
		p.Standing = "Đã trả lại nơi gửi."
	case "registered":
		p.Standing = "Đã vào sổ."
		docs, err := document.ByIDs(v.read(), v.agency(), []int64{in.Document})
		if d, ok := docs[in.Document]; ok && clerk {
			p.Facts = append(p.Facts, view.Fact{Label: "Số đến", Value: document.ShowNumber(d.Number), Href: d.Address()})
		}
		return p, err
	}
	return p, nil
}

func envelopeAct(v *visit) error {
	in, err := v.envelope()
	if err != nil {
		return err
	}
	to, said := "/van-ban-den/cho", ""
	switch v.PathValue("act") {
	case "chuyen-lai":
		to, said = "/", "Đã chuyển lại văn thư để vào sổ."
		err = v.act(func(a *journal.Act) error { return document.BringBack(a, in.ID) })
	case "tra-lai":
		said = "Đã ghi trả lại nơi gửi."
		err = v.act(func(a *journal.Act) error { return document.RefuseIntake(a, in.ID, v.text("reason")) })
	default:
		return errNoPage
	}
	if wrong(err) {
		p, perr := v.envelopeForm(in)
		if perr != nil {
			return perr
		}
		if p.Refuse == nil {
			return err
		}
		p.Refuse.Form = v.form(err)
		return v.again(p, err)
	}
	if err != nil {
		return err
	}
	return v.done(to, said)
}

func channelName(code string) string {
	for _, c := range document.Channels {
		if c.Code == code {
			return c.Name
		}
	}
	return code
}

func urgencyName(n int) string {
	if n < 0 || n >= len(document.Urgencies) {
		return ""
	}
	return document.Urgencies[n]
}
