// SPDX-License-Identifier: Apache-2.0

package notice

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"net/url"
	"strconv"
	"strings"
	"time"

	"soviec/kit/civil"
	"soviec/kit/deliver"
	"soviec/kit/store"
	"soviec/office/org"
)

// message is what goes out: numbers, and where to look.
type message struct {
	Counts
	text    string
	link    string // an address of this office
	nothing string // why there is nothing to say after all
}

// Sentence says the counts; the empty sentence where there is nothing.
func (c Counts) Sentence() string {
	var parts []string
	if c.Tasks > 0 {
		parts = append(parts, fmt.Sprintf("%d việc", c.Tasks))
	}
	if c.Documents > 0 {
		parts = append(parts, fmt.Sprintf("%d văn bản", c.Documents))
	}
	switch {
	case len(parts) > 0:
		return "Bạn có " + strings.Join(parts, ", ") + " cần xử lý"
	case c.Unread > 0:
		return fmt.Sprintf("Bạn có %d thông báo chưa đọc", c.Unread)
	}
	return ""
}

// compose counts at the last moment, so that a message that comes late is still true.
func (p *Post) compose(ctx context.Context, r store.Reader, d *org.Directory, c Channel, g bundle) (message, error) {
	m := message{link: "/"}
	if g.test {
		m.text = "Thử cách nhận thông báo: nếu đọc được dòng này là đã đúng"
		m.link = settingsLink
		return m, nil
	}
	if !g.digest {
		fresh, err := unreadIn(r, g)
		if err != nil {
			return m, err
		}
		if len(fresh) == 0 {
			m.nothing = "Người nhận đã đọc trong chương trình."
			return m, nil
		}
		if m.link = "/thong-bao?show=unread"; len(fresh) == 1 {
			m.link = fresh[0]
		}
	}
	var err error
	if m.Counts, err = p.Count(ctx, g.agency, g.person); err != nil {
		return m, err
	}
	if g.only && m.Tasks+m.Documents == 0 {
		m.nothing = "Không có việc, văn bản nào cần xử lý."
		return m, nil
	}
	if m.text = m.Sentence(); m.text == "" {
		m.text = fmt.Sprintf("Bạn có %d thông báo mới", g.notices)
	}
	return m, nil
}

const settingsLink = "/tai-khoan/cach-nhan"

var errNoMail = &deliver.Refusal{Reason: "Hệ thống chưa được thiết lập máy chủ thư."}

// send hands a message to the channel's receiver.
func (p *Post) send(ctx context.Context, d *org.Directory, c Channel, g bundle, m message, now time.Time) error {
	id := strconv.FormatInt(g.message, 36)
	switch c.Kind {
	case Mail:
		if p.Mail == nil {
			return errNoMail
		}
		to := d.Person(c.Person).Email
		if to == "" {
			return &deliver.Refusal{Kind: deliver.Never, Reason: "Danh bạ không có địa chỉ thư điện tử của người này."}
		}
		return p.Mail.Send(ctx, p.letter(d, id, to, m, now))
	case Push:
		payload, err := json.Marshal(struct {
			ID   string `json:"id"`
			Text string `json:"text"`
			Link string `json:"link"`
		}{id, m.text, m.link})
		if err != nil {
			return err
		}
		topic := "viec" // a newer count takes the place of one that has not arrived yet
		if g.test {
			topic = "thu"
		}
		return p.Push.Send(ctx, c.subscription(), deliver.Call{Topic: topic, Payload: payload, Live: 12 * time.Hour, Urgent: g.urgent, At: now})
	case Hook:
		e, err := endpointByID(p.Book.DB.Read(ctx), g.agency, c.Endpoint)
		if err != nil {
			return err
		}
		body, err := json.Marshal(hookBody{ID: id, Agency: d.Agency.Code, Name: d.Agency.Name, Person: c.Address, Test: g.test,
			Tasks: m.Tasks, Late: m.Late, Documents: m.Documents, Unread: m.Unread, Text: m.text, Link: p.Base + m.link})
		if err != nil {
			return err
		}
		return p.Hook.Send(ctx, e.Address, e.secret, id, now, body)
	}
	return errors.New("notice: no sender for " + c.Kind)
}

// hookBody is what a chat system is sent; docs/webhook.md tells it to whoever receives it.
type hookBody struct {
	ID        string `json:"id"`
	Agency    string `json:"agency"`
	Name      string `json:"agency_name"`
	Person    string `json:"person"`
	Test      bool   `json:"test"`
	Tasks     int    `json:"tasks"`
	Late      int    `json:"late"`
	Documents int    `json:"documents"`
	Unread    int    `json:"unread"`
	Text      string `json:"text"`
	Link      string `json:"link"`
}

// letter writes the mail: text, and the same as HTML without pictures or styles.
func (p *Post) letter(d *org.Directory, id, to string, m message, now time.Time) deliver.Letter {
	host := "soviec.invalid"
	if u, err := url.Parse(p.Base); err == nil && u.Hostname() != "" {
		host = u.Hostname()
	}
	said := []string{m.text + "."}
	if m.Late > 0 {
		said = append(said, fmt.Sprintf("Trong đó %d việc đã quá hạn.", m.Late))
	}
	link, settings := p.Base+m.link, p.Base+settingsLink
	day := civil.Of(now)
	foot := "Thư tự động của phần mềm Sổ Việc, " + d.Agency.Name + ", " + day.WeekdayVN() + " ngày " + day.VN() + ". Thư chỉ nêu số lượng, không có nội dung công việc; xin không trả lời thư này."
	text := strings.Join(said, "\n") + "\n\nMở danh sách: " + link + "\n\n-- \n" + foot + "\nĐổi cách nhận hoặc thôi nhận: " + settings + "\n"
	e := html.EscapeString
	page := `<!DOCTYPE html><html lang="vi"><body>`
	for _, s := range said {
		page += "<p>" + e(s) + "</p>"
	}
	page += `<p><a href="` + e(link) + `">Mở danh sách</a></p><hr><p><small>` + e(foot) + ` <a href="` + e(settings) + `">Đổi cách nhận hoặc thôi nhận</a>.</small></p></body></html>`
	return deliver.Letter{ID: id + "@" + host, At: now, To: to, Subject: m.text, Text: text, HTML: page, Unsubscribe: settings}
}
