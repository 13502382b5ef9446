// SPDX-License-Identifier: Apache-2.0

package web

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"soviec/door/web/view"
	"soviec/kit/deliver"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/notice"
	"soviec/office/org"
)

const (
	reachingPage = "/tai-khoan/cach-nhan"
	sendingShown = 20
)

var throughWords = map[string]string{notice.Mail: "Thư điện tử", notice.Push: "Thông báo đẩy", notice.Hook: "Hệ thống trò chuyện", notice.Feed: "Lịch"}

var deliveryWords = map[string]string{"notice": "Thông báo", "digest": "Bản tóm tắt", "test": "Gửi thử"}

// reaching is how the visitor is told beyond the pages: always his own ways, also while
// he stands in for another.
func reaching(v *visit) error {
	p, err := v.reaching()
	if err != nil {
		return err
	}
	return v.show(p)
}

func (v *visit) reaching() (view.Reaching, error) {
	me := v.session.Person
	p := view.Reaching{Frame: v.frame(view.PlaceNone, "Cách nhận thông báo"), Address: v.dir.Person(me).Email, Who: v.copyKey()}
	post := v.d.Post
	p.MailOff = post == nil || post.Mail == nil
	if post != nil && post.Push != nil {
		p.PushKey = post.Push.Key.Public()
	}
	for _, t := range notice.Topics {
		p.Topics = append(p.Topics, view.Option{Value: string(t.Topic), Label: t.Words})
	}
	all, err := notice.Channels(v.read(), v.agency(), me)
	if err != nil {
		return p, err
	}
	recent, err := notice.Deliveries(v.read(), v.agency(), me, sendingShown)
	if err != nil {
		return p, err
	}
	for _, c := range all {
		p.Channels = append(p.Channels, v.channel(c, recent))
		p.HasMail = p.HasMail || c.Kind == notice.Mail
	}
	for _, d := range recent {
		p.Recent = append(p.Recent, v.sending(d))
	}
	systems, err := notice.Endpoints(v.read(), v.agency())
	for _, s := range systems {
		p.Systems = append(p.Systems, view.Option{Value: idText(s.ID), Label: s.Name})
	}
	return p, err
}

// copyKey is by what a device knows whose list it may keep; it tells nothing else.
func (v *visit) copyKey() string {
	sum := sha256.Sum256(fmt.Appendf(nil, "soviec copy %d %d", v.session.Agency, v.session.Person))
	return hex.EncodeToString(sum[:8])
}

func (v *visit) channel(c notice.Channel, recent []notice.Delivery) view.Channel {
	out := view.Channel{ID: idText(c.ID), Kind: c.Kind, Label: throughWords[c.Kind], Name: c.Name, Off: !c.Active, Detail: "thêm lúc " + sinceWords(c.Added, v.today)}
	switch c.Kind {
	case notice.Mail:
		out.Name = v.dir.Person(c.Person).Email
	case notice.Hook:
		out.Name += ", tài khoản " + c.Address
	case notice.Feed:
		out.Detail += "; chưa ứng dụng nào đọc"
		if !c.Used.IsZero() {
			out.Detail = "thêm lúc " + sinceWords(c.Added, v.today) + "; đọc lần cuối khoảng " + sinceWords(c.Used, v.today)
		}
	}
	if c.Kind != notice.Feed {
		out.Detail += "; giờ yên tĩnh: " + c.Quiet.Words()
	}
	for _, d := range recent {
		if d.Channel == c.ID {
			s := v.sending(d)
			out.State, out.Tone = "Lần gửi gần nhất: "+s.State, s.Tone
			if s.Reason != "" {
				out.State += ". " + s.Reason
			}
			break
		}
	}
	values := map[string][]string{}
	put := func(name string, on bool) {
		if on {
			values[name] = append(values[name], "on")
		}
	}
	put("active", c.Active)
	put("digest", c.Digest)
	put("urgent", c.Urgent)
	put("titles", c.Titles)
	for _, t := range c.Topics {
		values["topics"] = append(values["topics"], string(t))
	}
	switch c.Quiet {
	case notice.QuietOutside, notice.QuietNever:
		values["quiet"] = []string{string(c.Quiet)}
	default:
		values["quiet"], values["hours"] = []string{"hours"}, []string{string(c.Quiet)}
	}
	out.Form.Values = values
	return out
}

// sending says how a delivery has fared.
func (v *visit) sending(d notice.Delivery) view.Sending {
	s := view.Sending{ID: idText(d.ID), At: sinceWords(d.Made, v.today), Who: v.dir.Person(d.Person).Name, Through: throughWords[d.Through],
		What: deliveryWords[d.Kind], Reason: d.Fault}
	switch d.State {
	case notice.Waiting:
		s.State = "chờ gửi"
		if d.Due.After(v.now) {
			s.State = "sẽ gửi lúc " + sinceWords(d.Due, v.today)
		}
	case notice.Failed:
		s.State, s.Tone = "chưa gửi được, thử lại lúc "+sinceWords(d.Due, v.today), view.ToneWarn
	case notice.Sent:
		s.State = "đã gửi lúc " + sinceWords(d.Ended, v.today)
	case notice.GivenUp:
		s.State, s.Tone = fmt.Sprintf("đã thôi gửi sau %d lần", d.Tries), view.ToneError
	case notice.Dropped:
		s.State = "không cần gửi"
	}
	return s
}

// addWay adds a way (field kind), as oneself even while standing in.
func addWay(v *visit) error {
	if err := v.ParseForm(); err != nil {
		return fault.Invalid("", "Không đọc được biểu mẫu.")
	}
	kind, said, secret := v.field("kind"), "Đã bật thư điện tử.", ""
	err := v.own(func(a *journal.Act) (err error) {
		switch kind {
		case notice.Mail:
			_, err = notice.AddMail(a)
		case notice.Push:
			said = "Đã bật thông báo đẩy trên thiết bị này. Bấm Gửi thử để xem có đến không."
			err = v.addPush(a)
		case notice.Hook:
			said = "Đã thêm. Bấm Gửi thử để xem có đến không."
			endpoint, _ := number64(v.field("endpoint"))
			_, err = notice.AddHook(a, endpoint, v.field("external"))
		case notice.Feed:
			_, secret, err = notice.AddFeed(a, v.field("name"), v.field("titles") == "on")
		default:
			err = fault.Invalid("", "Hãy chọn một cách nhận.")
		}
		return err
	})
	if err != nil && !wrong(err) {
		return err
	}
	if err == nil && kind != notice.Feed {
		return v.done(reachingPage, said)
	}
	p, perr := v.reaching()
	if perr != nil {
		return perr
	}
	if err == nil { // the secret is shown this once, so there is no sending on
		p.Secret = v.d.base(v.Request) + "/lich/" + secret + ".ics"
		return v.show(p)
	}
	p.Which, p.Form = kind, v.form(err)
	return v.again(p, err)
}

func (v *visit) addPush(a *journal.Act) error {
	if v.d.Post == nil || v.d.Post.Push == nil {
		return fault.Invalid("", "Hệ thống của cơ quan chưa mở thông báo đẩy.")
	}
	s, err := deliver.NewSubscription(v.field("endpoint"), v.field("p256dh"), v.field("auth"))
	if err != nil {
		return fault.Invalid("", "Trình duyệt không cho biết địa chỉ nhận đúng dạng; hãy thử lại.")
	}
	_, err = notice.AddPush(a, v.d.Post.Push.Guard(), s, device(v.UserAgent()))
	return err
}

// wayAct changes a way: luu, thu, bo.
func wayAct(v *visit) error {
	id, err := v.id("id")
	if err != nil {
		return err
	}
	if err := v.ParseForm(); err != nil {
		return fault.Invalid("", "Không đọc được biểu mẫu.")
	}
	said := "Đã lưu."
	var act func(a *journal.Act) error
	switch v.PathValue("act") {
	case "luu":
		var w notice.Wishes
		if w, err = v.wishes(); err == nil {
			act = func(a *journal.Act) error { return notice.Wish(a, id, w) }
		}
	case "thu":
		said = "Đã gửi thử; tin sẽ đến trong ít phút. Kết quả ở mục Gửi gần đây."
		act = func(a *journal.Act) error { return notice.Test(a, id) }
	case "bo":
		said = "Đã bỏ; từ giờ không gửi tin qua cách này nữa."
		act = func(a *journal.Act) error { return notice.Revoke(a, id) }
	default:
		return errNoPage
	}
	if err == nil {
		err = v.own(act)
	}
	if err == nil {
		return v.done(reachingPage, said)
	}
	if !wrong(err) {
		return err
	}
	p, perr := v.reaching()
	if perr != nil {
		return perr
	}
	for i := range p.Channels {
		if p.Channels[i].ID == idText(id) {
			form := v.form(err)
			if v.PathValue("act") != "luu" {
				form.Values = p.Channels[i].Form.Values
			}
			p.Channels[i].Form = form
		}
	}
	return v.again(p, err)
}

func (v *visit) wishes() (notice.Wishes, error) {
	on := func(name string) bool { return v.PostFormValue(name) == "on" }
	w := notice.Wishes{Active: on("active"), Digest: on("digest"), Urgent: on("urgent"), Titles: on("titles"), Topics: notice.TopicsIn(v.PostForm["topics"])}
	var err error
	switch quiet := v.field("quiet"); quiet {
	case "": // a calendar has none
	case "hours":
		if w.Quiet, err = notice.ParseQuiet(v.field("hours")); err != nil || w.Quiet == notice.QuietOutside || w.Quiet == notice.QuietNever {
			err = fault.Invalid("hours", "Giờ yên tĩnh phải có dạng 21:00-06:30.")
		}
	default:
		w.Quiet, err = notice.ParseQuiet(quiet)
	}
	return w, err
}

// outbox shows what could not be delivered, and why; nothing of what it says.
func outbox(v *visit) error {
	p, err := v.outbox()
	if err != nil {
		return err
	}
	return v.show(p)
}

const troublesOnPage = 50

func (v *visit) outbox() (view.Outbox, error) {
	p := view.Outbox{Frame: v.frame(view.PlaceAdmin, "Gửi thông báo")}
	if err := v.must(org.SeeSystem); err != nil {
		return p, err
	}
	before, _ := number64(v.FormValue("before"))
	rows, err := notice.Troubles(v.read(), v.agency(), before, troublesOnPage+1)
	if err != nil {
		return p, err
	}
	p.MayMend = v.may(org.ManageSettings, org.Target{})
	if len(rows) > troublesOnPage {
		rows = rows[:troublesOnPage]
		p.Pager.Next = fmt.Sprintf("/quan-tri/gui-thong-bao?before=%d", rows[len(rows)-1].ID)
	}
	if before != 0 {
		p.Pager.Previous = "/quan-tri/gui-thong-bao"
	}
	people := map[int64]bool{}
	for _, d := range rows {
		people[d.Person] = true
		s := v.sending(d)
		if p.MayMend {
			s.Again = &view.Button{Label: "Gửi lại", Action: "/quan-tri/gui-thong-bao/gui-lai", Name: "delivery", Value: s.ID}
		}
		p.Rows = append(p.Rows, s)
	}
	switch {
	case len(rows) == 0:
		p.Sentence = view.Sentence{Before: "Không có thông báo nào chưa gửi được."}
	case p.Pager.Next != "" || before != 0:
		p.Sentence = view.Sentence{Late: "Nhiều thông báo chưa gửi được."}
	default:
		p.Sentence = view.Sentence{Late: number(len(rows)) + " thông báo chưa gửi được", After: fmt.Sprintf(" cho %d người.", len(people))}
	}
	if err := v.tallies(&p); err != nil {
		return p, err
	}
	v.means(&p)
	systems, err := notice.Endpoints(v.read(), v.agency())
	for _, s := range systems {
		p.Systems = append(p.Systems, view.ChatSystem{ID: idText(s.ID), Name: s.Name, Address: s.Address, Since: sinceWords(s.Added, v.today)})
	}
	return p, err
}

func (v *visit) tallies(p *view.Outbox) error {
	all, err := notice.Tallies(v.read(), v.agency(), v.now.Add(-7*24*time.Hour))
	for _, t := range all {
		words := throughWords[t.Through]
		if n := len(p.Tallies); n == 0 || p.Tallies[n-1].Through != words {
			p.Tallies = append(p.Tallies, view.OutboxTally{Through: words})
		}
		row := &p.Tallies[len(p.Tallies)-1]
		switch t.State {
		case notice.Sent:
			row.Sent = t.Count
		case notice.Waiting:
			row.Waiting = t.Count
		case notice.Failed:
			row.Failed = t.Count
		case notice.GivenUp:
			row.GivenUp = t.Count
		case notice.Dropped:
			row.Dropped = t.Count
		}
	}
	return err
}

// means says by which ways the installation can send at all.
func (v *visit) means(p *view.Outbox) {
	mail := view.Health{Label: "Thư điện tử", Words: "chưa đặt máy chủ thư (--mail-host)", Tone: view.ToneWarn}
	push := view.Health{Label: "Thông báo đẩy", Words: "đang tắt (--push-hosts)", Tone: view.ToneWarn}
	chat := view.Health{Label: "Hệ thống trò chuyện", Words: "chưa có máy chủ nào được phép (--hook-hosts)"}
	if post := v.d.Post; post != nil {
		if post.Mail != nil {
			mail.Words, mail.Tone = "gửi qua "+post.Mail.Server.Host+", từ "+post.Mail.Server.From, view.ToneDone
		}
		if post.Push != nil {
			push.Words, push.Tone = "gửi qua dịch vụ của trình duyệt", view.ToneDone
		}
		if post.Hook != nil {
			if p.Hosts = strings.Join(post.Hook.Guard().Hosts, ", "); p.Hosts != "" {
				chat.Words, chat.Tone = "được phép gửi đến "+p.Hosts, view.ToneDone
			}
		}
	}
	p.Health = []view.Health{mail, push, chat}
}

// resendNotices has what was given up tried again: one (field delivery), or all.
func resendNotices(v *visit) error {
	id, _ := number64(v.field("delivery"))
	n := 0
	if err := v.act(func(a *journal.Act) (err error) { n, err = notice.Resend(a, id); return err }); err != nil {
		return err
	}
	return v.done("/quan-tri/gui-thong-bao", fmt.Sprintf("Đã xếp %d thông báo vào hàng gửi lại.", n))
}

// mailForAll turns the morning's mail on for everybody who has never decided about it.
func mailForAll(v *visit) error {
	n := 0
	if err := v.act(func(a *journal.Act) (err error) { n, err = notice.AddMailForAll(a); return err }); err != nil {
		return err
	}
	said := fmt.Sprintf("Đã bật thư tóm tắt buổi sáng cho %d người.", n)
	if n == 0 {
		said = "Không có ai để bật thêm: mọi người có địa chỉ thư đều đã bật hoặc đã tự chọn."
	}
	return v.done("/quan-tri/gui-thong-bao", said)
}

// openSystem opens a chat system and shows its secret, this once.
func openSystem(v *visit) error {
	if err := v.must(org.ManageSettings); err != nil {
		return err
	}
	var guard deliver.Guard
	if v.d.Post != nil && v.d.Post.Hook != nil {
		guard = v.d.Post.Hook.Guard()
	}
	secret := ""
	err := v.act(func(a *journal.Act) (err error) {
		_, secret, err = notice.OpenEndpoint(a, guard, v.field("name"), v.field("address"))
		return err
	})
	if err != nil && !wrong(err) {
		return err
	}
	p, perr := v.outbox()
	if perr != nil {
		return perr
	}
	if err != nil {
		p.Form = v.form(err)
		return v.again(p, err)
	}
	p.Secret = secret
	return v.show(p)
}

func closeSystem(v *visit) error {
	id, err := v.id("id")
	if err != nil {
		return err
	}
	if err := v.act(func(a *journal.Act) error { return notice.CloseEndpoint(a, id) }); err != nil {
		return err
	}
	return v.done("/quan-tri/gui-thong-bao", "Đã đóng hệ thống; mọi người thôi nhận tin qua đó.")
}
