// SPDX-License-Identifier: Apache-2.0

package notice

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"soviec/kit/deliver"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/org"
)

// The kinds of channels.
const (
	Mail = "mail" // thư điện tử
	Push = "push" // thông báo đẩy đến một trình duyệt
	Hook = "hook" // hệ thống trò chuyện của cơ quan
	Feed = "feed" // lịch, chỉ đọc
)

// A Channel is one way by which one person is reached (cách nhận thông báo).
type Channel struct {
	ID       int64
	Person   int64
	Kind     string
	Name     string
	Address  string // push: the browser's endpoint; hook: who the person is there
	Key      []byte
	Endpoint int64 // hook
	Wishes
	Added, Used, Revoked time.Time
	Why                  string // it was revoked
	agency               int64
}

// Wishes are what a person decides about a channel.
type Wishes struct {
	Active bool
	Digest bool    // a summary on the morning of each working day
	Topics []Topic // told at once
	Quiet  Quiet
	Urgent bool // what is urgent is told at once, also in quiet hours
	Titles bool // feed: with the titles of the works
}

// wants reports whether a notice is to be told at once.
func (c Channel) wants(topic Topic, urgent bool) bool {
	return c.Active && c.Kind != Feed && (slices.Contains(c.Topics, topic) || urgent && c.Urgent)
}

// perPerson bounds what one person may add.
const perPerson = 20

// channelData is what the book keeps of a channel: enough to tell a row that was changed
// beside it, and no address.
type channelData struct {
	Person   int64  `json:"person"`
	Kind     string `json:"channel"`
	Endpoint int64  `json:"endpoint,omitempty"`
	Active   bool   `json:"active"`
	Digest   bool   `json:"digest"`
	Topics   string `json:"topics"`
	Quiet    Quiet  `json:"quiet"`
	Urgent   bool   `json:"urgent"`
	Titles   bool   `json:"titles"`
	Gone     bool   `json:"gone,omitempty"`
}

func dataOf(c Channel) channelData {
	return channelData{c.Person, c.Kind, c.Endpoint, c.Active, c.Digest, topicWords(c.Topics), c.Quiet, c.Urgent, c.Titles, !c.Revoked.IsZero()}
}

// own asks whether this is the holder's own account. It is so also while he acts for
// another; but then he does it as himself.
func own(a *journal.Act) error {
	a.By.For, a.By.ForName = 0, ""
	return org.May(a, org.OwnAccount, org.Target{Person: a.By.Person})
}

// usual are the wishes of a new channel.
func usual(kind string) Wishes {
	w := Wishes{Active: true, Quiet: QuietOutside}
	switch kind {
	case Mail:
		w.Digest = true
	case Push, Hook:
		w.Topics, w.Urgent = []Topic{TopicGiven, TopicUrged, TopicAsked, TopicDocument}, true
	}
	return w
}

func add(a *journal.Act, c Channel) (Channel, error) {
	c.ID, c.Added = a.NewID(), a.At
	if n, err := countChannels(a, a.By.Agency, c.Person); err != nil {
		return c, fault.Internal(err)
	} else if n >= perPerson {
		return c, fault.Conflict("", "Đã có 20 cách nhận thông báo; hãy bỏ bớt cách không dùng nữa.")
	}
	a.Note(journal.Entry{Kind: ChannelAdded, Subject: journal.Ref("channel", c.ID), Data: dataOf(c)})
	return c, fault.Internal(insertChannel(a, a.By.Agency, c))
}

// AddMail has the person told by mail, at the address in the directory.
func AddMail(a *journal.Act) (Channel, error) {
	if err := own(a); err != nil {
		return Channel{}, err
	}
	d, err := org.DirectoryIn(a)
	if err != nil {
		return Channel{}, fault.Internal(err)
	}
	if d.Person(a.By.Person).Email == "" {
		return Channel{}, fault.Invalid("", "Danh bạ chưa có địa chỉ thư điện tử của anh/chị; đề nghị quản trị bổ sung.")
	}
	return addMail(a, a.By.Person)
}

func addMail(a *journal.Act, person int64) (Channel, error) {
	all, err := channelsOf(a, a.By.Agency, person)
	if err != nil {
		return Channel{}, fault.Internal(err)
	}
	if i := slices.IndexFunc(all, func(c Channel) bool { return c.Kind == Mail }); i >= 0 {
		return all[i], nil
	}
	return add(a, Channel{Person: person, Kind: Mail, Name: "Thư điện tử", Wishes: usual(Mail)})
}

// AddMailForAll turns the morning summary on for everybody who has an address and a post
// and has never decided about it. It returns for how many.
func AddMailForAll(a *journal.Act) (int, error) {
	if err := org.May(a, org.ManageSettings, org.Target{}); err != nil {
		return 0, err
	}
	d, err := org.DirectoryIn(a)
	if err != nil {
		return 0, fault.Internal(err)
	}
	decided, err := everMailed(a, a.By.Agency)
	if err != nil {
		return 0, fault.Internal(err)
	}
	n := 0
	for _, p := range d.People {
		if _, ok := d.PostOn(p.ID, a.Day()); !ok || p.Email == "" || decided[p.ID] {
			continue
		}
		if _, err := add(a, Channel{Person: p.ID, Kind: Mail, Name: "Thư điện tử", Wishes: usual(Mail)}); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// AddPush has a browser woken, if its push service is within the guard. The same browser
// again is the same channel.
func AddPush(a *journal.Act, g deliver.Guard, s deliver.Subscription, device string) (Channel, error) {
	if err := own(a); err != nil {
		return Channel{}, err
	}
	if err := g.Check(s.Endpoint); err != nil {
		return Channel{}, err
	}
	there, err := pushAt(a, a.By.Agency, s.Endpoint)
	switch {
	case err == nil && there.Person != a.By.Person:
		return Channel{}, fault.Conflict("", "Trình duyệt này đang nhận thông báo cho người khác; hãy bật lại từ đầu.")
	case err == nil:
		return there, nil
	case err != store.ErrNone:
		return Channel{}, fault.Internal(err)
	}
	return add(a, Channel{Person: a.By.Person, Kind: Push, Name: device, Address: s.Endpoint, Key: append(slices.Clone(s.Key), s.Auth...), Wishes: usual(Push)})
}

// subscription is the browser of a push channel.
func (c Channel) subscription() deliver.Subscription {
	const public = 65
	if len(c.Key) < public {
		return deliver.Subscription{Endpoint: c.Address}
	}
	return deliver.Subscription{Endpoint: c.Address, Key: c.Key[:public], Auth: c.Key[public:]}
}

// AddHook has the person told through a chat system of the agency, where he bears a name.
func AddHook(a *journal.Act, endpoint int64, external string) (Channel, error) {
	if err := own(a); err != nil {
		return Channel{}, err
	}
	e, err := endpointByID(a, a.By.Agency, endpoint)
	if err == store.ErrNone || err == nil && !e.Closed.IsZero() {
		return Channel{}, fault.Invalid("endpoint", "Hãy chọn một hệ thống trò chuyện.")
	}
	if err != nil {
		return Channel{}, fault.Internal(err)
	}
	external = strings.TrimSpace(external)
	if n := utf8.RuneCountInString(external); n == 0 || n > 100 {
		return Channel{}, fault.Invalid("external", "Hãy ghi tên tài khoản của anh/chị ở hệ thống đó, nhiều nhất 100 ký tự.")
	}
	return add(a, Channel{Person: a.By.Person, Kind: Hook, Name: e.Name, Address: external, Endpoint: e.ID, Wishes: usual(Hook)})
}

// AddFeed opens a calendar behind a secret link and returns the secret, this once.
func AddFeed(a *journal.Act, name string, titles bool) (Channel, string, error) {
	if err := own(a); err != nil {
		return Channel{}, "", err
	}
	if name = strings.Join(strings.Fields(name), " "); name == "" {
		name = "Lịch công việc"
	}
	if utf8.RuneCountInString(name) > 60 {
		return Channel{}, "", fault.Invalid("name", "Tên dài quá 60 ký tự.")
	}
	var raw [32]byte
	_, _ = rand.Read(raw[:])
	secret := base64.RawURLEncoding.EncodeToString(raw[:])
	w := usual(Feed)
	w.Titles = titles
	c, err := add(a, Channel{Person: a.By.Person, Kind: Feed, Name: name, Key: hashOf(secret), Wishes: w})
	return c, secret, err
}

func hashOf(secret string) []byte {
	sum := sha256.Sum256([]byte("soviec feed " + secret))
	return sum[:]
}

// mine is a channel of the holder, locked for change.
func mine(a *journal.Act, id int64) (Channel, error) {
	if err := own(a); err != nil {
		return Channel{}, err
	}
	c, err := channelByID(a, a.By.Agency, id, a.Lock())
	if err == store.ErrNone || err == nil && (c.Person != a.By.Person || !c.Revoked.IsZero()) {
		return c, fault.NotFound("Không có cách nhận thông báo này, hoặc đã bỏ.")
	}
	return c, fault.Internal(err)
}

// Wish changes what the person decides about a channel.
func Wish(a *journal.Act, id int64, w Wishes) error {
	c, err := mine(a, id)
	if err != nil {
		return err
	}
	was := dataOf(c)
	if w.Quiet == "" {
		w.Quiet = c.Quiet
	}
	if c.Kind == Feed {
		w = Wishes{Active: w.Active, Quiet: c.Quiet, Titles: w.Titles}
	} else {
		w.Titles = false
	}
	c.Wishes = w
	if dataOf(c) == was {
		return nil
	}
	a.Note(journal.Entry{Kind: ChannelChanged, Subject: journal.Ref("channel", c.ID), Data: dataOf(c)})
	return fault.Internal(updateChannel(a, c))
}

// Revoke ends a channel of the holder. What waits for it is not sent any more.
func Revoke(a *journal.Act, id int64) error {
	c, err := mine(a, id)
	if err != nil {
		return err
	}
	return revoke(a, c, "người nhận bỏ")
}

func revoke(a *journal.Act, c Channel, why string) error {
	c.Active, c.Revoked, c.Why = false, a.At, why
	c.Key, c.Address = []byte{}, "" // what could still reach the person is not kept
	a.Note(journal.Entry{Kind: ChannelRevoked, Subject: journal.Ref("channel", c.ID), Data: dataOf(c)})
	return fault.Internal(updateChannel(a, c))
}

// Test sends the person a message that says only that the channel works; once a minute.
func Test(a *journal.Act, id int64) error {
	c, err := mine(a, id)
	if err != nil {
		return err
	}
	if c.Kind == Feed || !c.Active {
		return fault.Conflict("", "Cách nhận này đang tắt nên không gửi thử được.")
	}
	fresh, err := insertDelivery(a, a.By.Agency, delivery{ID: a.NewID(), Person: c.Person, Channel: c.ID, Kind: kindTest,
		Key: store.Instant(a.At.Truncate(time.Minute)), Urgent: true, Made: a.At, Due: a.At})
	if err != nil {
		return fault.Internal(err)
	}
	if !fresh {
		return fault.Conflict("", "Vừa gửi thử trong phút này; xin chờ một phút rồi thử lại.")
	}
	a.Note(journal.Entry{Kind: ChannelTested, Subject: journal.Ref("channel", c.ID)})
	a.After(ring)
	return nil
}

// Channels are a person's channels that were not revoked, oldest first.
func Channels(r store.Reader, agency, person int64) ([]Channel, error) {
	all, err := channelsOf(r, agency, person)
	return all, fault.Internal(err)
}

// FeedOf is the channel of a calendar's secret, and whose it is.
func FeedOf(r store.Reader, secret string) (agency int64, c Channel, err error) {
	if len(secret) != 43 {
		return 0, c, errNoFeed
	}
	c, err = feedByKey(r, hashOf(secret))
	if err == store.ErrNone || err == nil && !c.Active {
		return 0, c, errNoFeed
	}
	return c.agency, c, fault.Internal(err)
}

// Saw keeps that a calendar was read, hour by hour: a trace, no act.
func Saw(ctx context.Context, db *store.DB, c Channel, at time.Time) error {
	if at.Sub(c.Used) < time.Hour {
		return nil
	}
	return db.Write(ctx, func(tx *store.Tx) error { return sawFeed(tx, c.ID, at) })
}

var errNoFeed = fault.NotFound("Không có lịch này, hoặc địa chỉ đã bị bỏ.")
