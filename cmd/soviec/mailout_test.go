// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"net/mail"
	"strings"
	"testing"
	"time"

	"soviec/kit/deliver"
	"soviec/kit/deliver/inbox"
	"soviec/kit/journal"
	"soviec/kit/packet"
	"soviec/kit/store"
	"soviec/office/org"
	"soviec/office/org/orgtest"
	"soviec/office/outgoing"
)

// sealedFor is a document ready to be issued to some recipients by e-mail.
func (pl *place) sealedFor(t *testing.T, subject string, urgency int, to ...outgoing.Delivery) (d outgoing.Document) {
	t.Helper()
	ctx := context.Background()
	body := "%PDF-1.7 " + subject
	key, size, err := pl.p.blobs.Put(ctx, strings.NewReader(body), 0)
	if err != nil {
		t.Fatal(err)
	}
	var id int64
	hai := pl.people["hai"]
	orgtest.Do(t, pl.p.book, hai, func(a *journal.Act) error {
		if err := org.May(a, org.OwnAccount, org.Target{Person: a.By.Person}); err != nil {
			return err
		}
		id = a.NewID()
		a.Note(journal.Entry{Kind: "draft.signed", Subject: journal.Ref("draft", id)})
		if _, err := a.Exec(`INSERT INTO draft_paper (id, agency, type, subject, urgency, circulation, unit, drafter, mark, signer, capacity, delegation, lines, signer_name, addressees, superior, portal,
				field, body, state, state_before, checker, current, sha, approved, round, begun_at, waits_since, signed, signed_on, signed_at, signed_sha, outgoing, version)
			VALUES ($1, $2, 'BC', $3, $4, '', $5, $6, '', $7, 'SELF', 0, 'TRƯỞNG BAN', 'Đàm Quốc Thắng', '', FALSE, FALSE, 0, '', 'signed', '', 0, 1, $8, $8, 1, $9, $9, 'paper', $10, $9, $8, 0, 1)`,
			id, pl.agency, subject, urgency, hai.Unit, hai.Person, pl.people["thang"].Person, string(key), store.Instant(a.At), a.Day().String()); err != nil {
			return err
		}
		if _, err := a.Exec(`INSERT INTO draft_version (id, agency, draft, ordinal, way, name, sha, size, pages, source, source_name, letter, text, note, added_by, added_at)
			VALUES ($1, $2, $3, 1, 'pdf', 'van-ban.pdf', $4, $5, 1, '', '', '', '', '', 0, $6)`, a.NewID(), pl.agency, id, string(key), size, store.Instant(a.At)); err != nil {
			return err
		}
		_, err := a.Exec(`INSERT INTO draft_recipient (draft, ordinal, agency, kind, ref, code, name, purpose, channel, copies) VALUES ($1, 1, $2, 'text', 0, '', 'VT, CS', 'store', 'hand', 1)`, id, pl.agency)
		return err
	})
	orgtest.Do(t, pl.p.book, pl.people["lan"], func(a *journal.Act) (err error) {
		if d, err = outgoing.Number(a, id, outgoing.Numbering{}); err != nil {
			return err
		}
		if err = outgoing.SetRecipients(a, d.ID, to); err != nil {
			return err
		}
		d, err = outgoing.SealOnPaper(a, d.ID)
		return err
	})
	return d
}

// parts are what a letter carries, by file name; "" is its text.
func parts(t *testing.T, raw []byte) (subject string, out map[string][]byte) {
	t.Helper()
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	subject, err = new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil {
		t.Fatal(err)
	}
	_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	out = map[string][]byte{}
	for r := multipart.NewReader(m.Body, params["boundary"]); ; {
		p, err := r.NextPart()
		if err == io.EOF {
			return subject, out
		}
		if err != nil {
			t.Fatal(err)
		}
		var body io.Reader = p
		if p.Header.Get("Content-Transfer-Encoding") == "base64" {
			body = base64.NewDecoder(base64.StdEncoding, p)
		}
		if out[p.FileName()], err = io.ReadAll(body); err != nil {
			t.Fatal(err)
		}
	}
}

// What leaves by e-mail is taken by a real mail server: the urgent first, tried again when
// the server asks for patience, given up when it knows no such person, and in a packet that
// a passphrase opens where that was asked.
func TestMailFromIssueToTheRecipient(t *testing.T) {
	for _, e := range bothEngines {
		t.Run(e.String(), func(t *testing.T) {
			pl := newPlace(t, e)
			ctx := context.Background()
			post := inbox.NewPostOffice(t, deliver.StartTLS)
			pl.p.post.Mail = &deliver.Mail{Server: post.Server}
			patience := 0
			post.Refuse = func(to string) error {
				switch {
				case strings.HasPrefix(to, "khong-co"):
					return inbox.Refusal(550, "no such user")
				case strings.HasPrefix(to, "cho-da") && patience < 2:
					patience++
					return inbox.Refusal(451, "greylisted, come back later")
				}
				return nil
			}
			to := func(name, address string, packed bool) outgoing.Delivery {
				return outgoing.Delivery{Kind: "org", Name: name, Purpose: "act", Channel: "email", Address: address, Packed: packed}
			}
			lan := pl.people["lan"]
			plain := pl.sealedFor(t, "Kết quả thường", 0, to("Xã A", "vanthu@xa-a.example", false), to("Xã B", "cho-da@xa-b.example", false), to("Xã C", "khong-co@xa-c.example", false))
			urgent := pl.sealedFor(t, "Kết quả khẩn", 2, to("Công an tỉnh", "vanthu@ca.example", true))
			word := packet.Passphrase()
			var b bytes.Buffer
			if err := packet.Pack(&b, word, pl.clock.Now(), []packet.File{{Name: "van-ban.pdf", Data: []byte("%PDF-1.7 Kết quả khẩn")}}); err != nil {
				t.Fatal(err)
			}
			key, size, err := pl.p.blobs.Put(ctx, &b, 0)
			if err != nil {
				t.Fatal(err)
			}
			orgtest.Do(t, pl.p.book, lan, func(a *journal.Act) error {
				return outgoing.KeepPacket(a, urgent.ID, outgoing.Packet{SHA: string(key), Size: size})
			})
			orgtest.Do(t, pl.p.book, lan, func(a *journal.Act) error { _, err := outgoing.Issue(a, plain.ID); return err })
			orgtest.Do(t, pl.p.book, lan, func(a *journal.Act) error { _, err := outgoing.Issue(a, urgent.ID); return err })
			run := func() {
				t.Helper()
				if _, err := pl.p.jobs.Drain(ctx); err != nil {
					t.Fatal(err)
				}
			}
			states := func(d outgoing.Document) (out string) {
				all, err := outgoing.RecipientsOf(pl.p.db.Read(ctx), d.ID)
				if err != nil {
					t.Fatal(err)
				}
				for _, x := range all {
					out += x.State + " "
				}
				return strings.TrimSpace(out)
			}
			run()
			if got := states(plain); got != "sent queued failed done" {
				t.Errorf("after the first try: %s", got)
			}
			letters := post.Letters()
			if len(letters) != 2 || letters[0].To != "vanthu@ca.example" || letters[1].To != "vanthu@xa-a.example" || !letters[0].TLS {
				t.Fatalf("letters %d", len(letters))
			}
			subject, carried := parts(t, letters[1].Raw)
			if !strings.Contains(subject, "Kết quả thường") || string(carried["van-ban.pdf"]) != "%PDF-1.7 Kết quả thường" {
				t.Errorf("the letter is %q with %d parts", subject, len(carried))
			}
			subject, carried = parts(t, letters[0].Raw)
			name := urgent.Slug + ".zip"
			opened, err := packet.Open(carried[name], word, 1<<20)
			if err != nil || len(opened) != 1 || string(opened[0].Data) != "%PDF-1.7 Kết quả khẩn" {
				t.Errorf("the packet: %+v, %v", opened, err)
			}
			if subject != urgent.Label || bytes.Contains(letters[0].Raw, []byte("khẩn")) || strings.Contains(string(carried[""]), word) {
				t.Errorf("the packet's letter says too much: %q, %q", subject, carried[""])
			}
			for range 2 {
				pl.clock.Add(20 * time.Minute)
				run()
			}
			if got := states(plain); got != "sent sent failed done" || len(post.Letters()) != 3 {
				t.Errorf("after patience: %s, %d letters", got, len(post.Letters()))
			}
			troubles, err := outgoing.Troubles(pl.p.db.Read(ctx), pl.agency, 2026, 10)
			if err != nil || len(troubles) != 1 || troubles[0].Delivery.Reason != "Máy chủ thư không có người nhận này (mã 550)." {
				t.Fatalf("what did not arrive: %+v, %v", troubles, err)
			}
			// The address is mended, and it goes again.
			orgtest.Do(t, pl.p.book, lan, func(a *journal.Act) error { return outgoing.Again(a, plain.ID, 3, "vanthu@xa-c.example") })
			run()
			if got := states(plain); got != "sent sent sent done" {
				t.Errorf("after sending again: %s", got)
			}
			if err := outgoing.Check(pl.p.db.Read(ctx), pl.agency, func(s string) { t.Error(s) }); err != nil {
				t.Error(err)
			}
		})
	}
}
