// SPDX-License-Identifier: Apache-2.0

package scenarios

import (
	"bytes"
	"context"
	"crypto"
	"crypto/rand"
	"encoding/json"
	"image"
	"image/color"
	"image/png"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"soviec/door/signdesk"
	"soviec/kit/blob"
	"soviec/kit/cms/cmstest"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/pades/padestest"
	"soviec/kit/signkey"
	"soviec/office/draft"
	"soviec/office/signature"
)

var signingRules = []rule{
	{pattern: `{ai} được cấp khóa ký, tệp "{tệp}"`, name: "cấp chứng thư thử, ghi vào sổ quản lý khóa; mật khẩu của tệp là “nui cao”", do: givenKey(false)},
	{pattern: `{ai} được cấp khóa ký đã hết hạn, tệp "{tệp}"`, name: "như trên, nhưng chứng thư hết hạn sau một ngày", do: givenKey(true)},
	{pattern: `Có khóa ký chưa ghi sổ, tệp "{tệp}"`, name: "chuẩn bị một tệp khóa mà sổ quản lý khóa không biết", do: strangeKey},
	{pattern: `{ai} ghi thôi dùng khóa của {người}, lý do "{lý do}"`, name: "kết thúc mọi khóa của một người trong sổ quản lý khóa", do: endKeys},
	{pattern: `{ai} ký số "{câu}" bằng tệp "{tệp}", mật khẩu "{chữ}"`, name: "đánh dấu các văn bản ở bàn ký (cách nhau bằng “; ”), chọn tệp khóa, gõ mật khẩu, ký một lần", do: signWithFile},
	{pattern: `{ai} ký số "{câu}" đã mở từ trước bằng tệp "{tệp}", mật khẩu "{chữ}"`, name: "như trên, từ một trang mở trước khi văn bản thay đổi", do: signStale},
	{pattern: `{ai} lưu tệp khóa "{tệp}", mật khẩu "{chữ}"`, name: "lưu tệp khóa ở trang Ký số của tôi, mã hóa bằng mật khẩu của tệp", do: keepKey},
	{pattern: `{ai} đặt hình chữ ký nền trong suốt`, name: "tải hình chữ ký lên trang Ký số của tôi", do: setPicture(true)},
	{pattern: `{ai} đặt hình chữ ký nền trắng`, name: "tải một hình không có nền trong suốt", do: setPicture(false)},
	{pattern: `{ai} ký số "{câu}" bằng điện thoại`, name: "ký bằng khóa từ xa; kết quả đến sau khi người ký xác nhận", do: signByPhone},
	{pattern: `{ai} xác nhận trên điện thoại`, name: "người ký đồng ý ở nơi giữ khóa", do: answerPhone("yes")},
	{pattern: `{ai} từ chối trên điện thoại`, name: "người ký từ chối ở nơi giữ khóa", do: answerPhone("no")},
	{pattern: `{ai} xem lần ký`, name: "mở lại trang của lần ký gần nhất", do: seeRun},
	{pattern: `{ai} thôi ký`, name: "bỏ những gì còn chờ của lần ký gần nhất", do: stopRun},
	{pattern: `{ai} ký "{câu}" bằng bộ ký trên máy, khóa "{tệp}"`, name: "lấy tệp và nộp tệp đã ký qua hai địa chỉ một lần, như bộ ký của Ban Cơ yếu", do: signOnPC},
}

// desk is what the scenarios about signing hold.
type signingState struct {
	world *cmstest.World
	ids   map[string]*cmstest.Identity // by file
	phone *phoneKey
	run   string // the page of the latest signing
	stale url.Values
}

var (
	signingMu     sync.Mutex
	signingStates = map[*office]*signingState{}
)

const keySecret = "nui cao"

// signing gives the office its desk, at the first sentence that needs it.
func (o *office) signing() *signingState {
	signingMu.Lock()
	defer signingMu.Unlock()
	if s := signingStates[o]; s != nil {
		return s
	}
	w, err := cmstest.New(o.clock.Now, "")
	o.must(err)
	s := &signingState{world: w, ids: map[string]*cmstest.Identity{}, phone: &phoneKey{}}
	signingStates[o] = s
	o.Cleanup(func() { signingMu.Lock(); delete(signingStates, o); signingMu.Unlock() })
	o.door.Desk = &signdesk.Desk{Book: o.book, Blobs: o.blobs, Clock: o.clock.Now, Text: pdfReader(), JudgeDraft: o.judgeSigned, At: []signkey.Place{
		{Code: "file", Device: "file", Label: "Tệp khóa PKCS#12", File: true, Secret: "Mật khẩu của tệp khóa", Driver: signkey.NewPKCS12()},
		{Code: "phone", Device: "remote", Label: "Ký từ xa", Driver: s.phone}}}
	return s
}

func (o *office) judgeSigned(ctx context.Context, before, after blob.Key, signer int64) (draft.Evidence, error) {
	paper := func(k blob.Key) signature.Paper {
		b := o.stored(k)
		return signature.Paper{Src: bytes.NewReader(b), Size: int64(len(b))}
	}
	keys, err := signature.Keys(o.book.DB.Read(ctx), o.agencies[0])
	if err != nil {
		return draft.Evidence{}, err
	}
	trust, err := signature.StoreOf(o.book.DB.Read(ctx), o.agencies[0])
	if err != nil {
		return draft.Evidence{}, err
	}
	_, s, err := signature.Compare(ctx, paper(before), paper(after), signature.Wanted{Certs: signature.Of(keys, signer), Who: "anh/chị"}, trust, o.clock.Now(), nil)
	return draft.Evidence{Subject: s.Subject, Serial: s.Serial}, err
}

func (o *office) stored(k blob.Key) []byte {
	r, _, err := o.blobs.Get(context.Background(), k)
	o.must(err)
	defer r.Close()
	var b bytes.Buffer
	_, err = b.ReadFrom(r)
	o.must(err)
	return b.Bytes()
}

func (o *office) newKey(name, file string, until time.Time) *cmstest.Identity {
	s := o.signing()
	id, err := s.world.Issue(name, cmstest.Request{Kind: cmstest.P256, From: o.clock.Now().AddDate(0, 0, -2), Until: until})
	o.must(err)
	raw, err := signkey.WritePKCS12(id.Key, id.Cert, id.Chain, keySecret)
	o.must(err)
	o.files[file], s.ids[file] = raw, id
	return id
}

func givenKey(ending bool) func(o *office, a args) seen {
	return func(o *office, a args) seen {
		p := a.who[0]
		until := o.clock.Now().AddDate(2, 0, 0)
		if ending {
			until = o.clock.Now().Add(24 * time.Hour)
		}
		id := o.newKey(p.full(o), a.text[0], until)
		s := o.signing()
		if s.phone.id == nil {
			s.phone.id = id
		}
		who := o.holder(p)
		o.must(o.book.Do(context.Background(), o.holder(person{Full: "Hoàng Văn Minh"}), func(act *journal.Act) error {
			_, err := signature.EnterKey(act, signature.Entering{Person: who.Person, Device: "token", File: id.Cert.Raw})
			return err
		}))
		if ending {
			o.clock.Add(48 * time.Hour)
		}
		return seen{}
	}
}

func strangeKey(o *office, a args) seen {
	o.newKey("Người lạ", a.text[0], o.clock.Now().AddDate(1, 0, 0))
	return seen{}
}

func endKeys(o *office, a args) seen {
	whose := o.holder(a.who[1])
	keys, err := signature.Keys(o.book.DB.Read(context.Background()), whose.Agency)
	o.must(err)
	for _, k := range keys {
		if k.Person == whose.Person && k.EndedOn.IsZero() {
			o.must(o.book.Do(context.Background(), o.holder(a.who[0]), func(act *journal.Act) error { return signature.EndKey(act, k.ID, a.text[0]) }))
		}
	}
	return seen{}
}

// ticked are the fields of the desk with some documents ticked.
func (o *office) ticked(p person, subjects string) (url.Values, *page) {
	at := o.visit(p, "/ky-so")
	v := url.Values{}
	for _, subject := range strings.Split(subjects, "; ") {
		d := o.draftNamed(p, subject)
		found := false
		for _, n := range at.all("main .paper input") {
			if name := attr(n, "name"); name == "sha_"+strconv.FormatInt(d.ID, 10) {
				v.Set(name, attr(n, "value"))
				found = true
			}
		}
		if !found {
			v.Set("sha_"+strconv.FormatInt(d.ID, 10), d.SHA)
		}
		v.Add("paper", strconv.FormatInt(d.ID, 10))
	}
	return v, at
}

func (o *office) sendDesk(p person, v url.Values, file string) seen {
	var files []dropped
	if file != "" {
		files = []dropped{{"file", file, o.files[file]}}
	}
	return o.ran(p, o.browser(p).postFiles("/ky-so", v, files))
}

// ran reads the page of a signing.
func (o *office) ran(p person, at *page) seen {
	s := seen{page: at}
	if at.refused() || !strings.HasPrefix(at.address, "/ky-so/lan/") {
		return s
	}
	o.signing().run = at.address
	s.says = append(s.says, text(at.all("main h1")[0])+".")
	for _, tr := range at.all("main .signing-rows tbody tr") {
		line := text(pick(tr, "td a")) + ": " + text(pick(tr, "b"))
		if why := text(pick(tr, "small")); why != "" {
			line += ". " + why
		} else {
			line += "."
		}
		s.says = append(s.says, strings.TrimPrefix(line, "Công văn: "))
	}
	s.page = nil
	return s
}

func signWithFile(o *office, a args) seen {
	o.signing()
	v, at := o.ticked(a.who[0], a.text[0])
	if at.refused() {
		return seen{page: at}
	}
	v.Set("way", "file")
	v.Set("secret", a.text[2])
	o.signing().stale = v
	return o.sendDesk(a.who[0], v, a.text[1])
}

func signStale(o *office, a args) seen {
	s := o.signing()
	v := url.Values{}
	for k, all := range s.stale {
		v[k] = all
	}
	v.Set("way", "file")
	v.Set("secret", a.text[2])
	return o.sendDesk(a.who[0], v, a.text[1])
}

func keepKey(o *office, a args) seen {
	o.signing()
	o.visit(a.who[0], "/tai-khoan/ky-so")
	return seen{page: o.browser(a.who[0]).postFiles("/tai-khoan/ky-so/khoa", url.Values{"secret": {a.text[1]}}, []dropped{{"file", a.text[0], o.files[a.text[0]]}})}
}

func setPicture(clear bool) func(o *office, a args) seen {
	return func(o *office, a args) seen {
		o.signing()
		img := image.NewNRGBA(image.Rect(0, 0, 200, 100))
		for i := range img.Pix {
			if !clear {
				img.Pix[i] = 255
			}
		}
		for x := range 200 {
			img.Set(x, 50, color.NRGBA{20, 40, 160, 255})
		}
		var b bytes.Buffer
		o.must(png.Encode(&b, img))
		o.visit(a.who[0], "/tai-khoan/ky-so")
		return seen{page: o.browser(a.who[0]).postFiles("/tai-khoan/ky-so/hinh", url.Values{"wide": {"35"}}, []dropped{{"picture", "ky.png", b.Bytes()}})}
	}
}

func signByPhone(o *office, a args) seen {
	o.signing().phone.say("")
	v, at := o.ticked(a.who[0], a.text[0])
	if at.refused() {
		return seen{page: at}
	}
	v.Set("way", "phone")
	return o.sendDesk(a.who[0], v, "")
}

func answerPhone(word string) func(o *office, a args) seen {
	return func(o *office, a args) seen {
		s := o.signing()
		s.phone.say(word)
		o.door.Desk.Round(context.Background())
		return seeRun(o, a)
	}
}

func seeRun(o *office, a args) seen {
	o.door.Desk.Round(context.Background())
	return o.ran(a.who[0], o.visit(a.who[0], o.signing().run))
}

func stopRun(o *office, a args) seen {
	return seen{page: o.browser(a.who[0]).post(o.signing().run+"/thoi", url.Values{})}
}

// signOnPC plays the signing service of the PC: it knows two addresses, and no cookie.
func signOnPC(o *office, a args) seen {
	s := o.signing()
	v, at := o.ticked(a.who[0], a.text[0])
	if at.refused() {
		return seen{page: at}
	}
	v.Set("way", "vgca")
	run := o.browser(a.who[0]).postFiles("/ky-so", v, nil)
	if run.refused() {
		return seen{page: run}
	}
	nobody := &browser{handler: o.handler, cookies: map[string]string{}}
	for _, tr := range run.all("main .signing-rows tbody tr") {
		var got map[string]string
		o.must(json.Unmarshal(o.browser(a.who[0]).post(run.address+"/dia-chi", url.Values{"session": {attr(tr, "data-session")}}).body, &got))
		get, _ := url.Parse(got["get"])
		put, _ := url.Parse(got["put"])
		signed, err := padestest.Sign(nobody.get(get.Path).body, s.ids[a.text[1]], o.clock.Now())
		o.must(err)
		if again := nobody.get(get.Path); again.code != 410 {
			o.failf("địa chỉ lấy tệp dùng được hai lần: %d", again.code)
		}
		nobody.postFiles(put.Path, nil, []dropped{{"uploadfile", "van-ban.pdf", signed}})
	}
	return o.ran(a.who[0], o.visit(a.who[0], run.address))
}

// A phoneKey answers when its owner has pressed.
type phoneKey struct {
	mu   sync.Mutex
	id   *cmstest.Identity
	says string
}

func (p *phoneKey) say(word string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.says = word
}

func (p *phoneKey) Keys(context.Context, signkey.Who) ([]signkey.Key, error) {
	return []signkey.Key{{ID: "1", Label: "Điện thoại", Cert: p.id.Cert, Chain: p.id.Chain}}, nil
}

func (p *phoneKey) Begin(_ context.Context, j signkey.Job) (signkey.Ticket, error) {
	t := signkey.Ticket{Ref: j.ID}
	for _, a := range j.Asks {
		t.Asked.Digests = append(t.Asked.Digests, a.Digest)
	}
	return t, nil
}

func (p *phoneKey) Poll(_ context.Context, t signkey.Ticket) (signkey.Answer, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	var out signkey.Answer
	switch p.says {
	case "":
		return out, nil
	case "no":
		return out, &fault.Error{Kind: fault.KindConflict, Text: "Người giữ khóa đã từ chối ký.", Err: signkey.ErrRefused}
	}
	for _, d := range t.Asked.Digests {
		v, err := p.id.Key.Sign(rand.Reader, d, crypto.SHA256)
		if err != nil {
			return out, err
		}
		out.Values = append(out.Values, v)
	}
	return out, nil
}
