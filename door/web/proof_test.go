// SPDX-License-Identifier: Apache-2.0

package web

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"net/http"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/kit/store/storetest"
	"soviec/office/org"
)

// sealed has the book signed from now on, and the door know the key.
func (o *modelOffice) sealed() {
	o.Helper()
	secret, public, err := note.GenerateKey(rand.Reader, "soviec")
	if err != nil {
		o.Fatal(err)
	}
	if o.book.Signer, err = note.NewSigner(secret); err != nil {
		o.Fatal(err)
	}
	verifier, err := note.NewVerifier(public)
	if err != nil {
		o.Fatal(err)
	}
	o.door.Keys = note.VerifierList(verifier)
}

func (o *modelOffice) seqOf(subject, kind string) string {
	o.Helper()
	entries, err := journal.Of(o.read(), o.agency, subject)
	if err != nil {
		o.Fatal(err)
	}
	for _, e := range entries {
		if e.Kind == kind {
			return idText(e.Seq)
		}
	}
	o.Fatalf("%s has no %s", subject, kind)
	return ""
}

func TestAProofCanBeCheckedFromThePageAlone(t *testing.T) {
	storetest.Each(t, aProofCanBeCheckedFromThePageAlone)
}

func aProofCanBeCheckedFromThePageAlone(t *testing.T, db *store.DB) {
	o := openOfficeOn(t, db)
	o.sealed()
	w := o.give("Rà soát chính sách", "hai", 3)
	for range 9 {
		o.give("Việc khác", "anh", 3)
	}
	seq := o.seqOf(w.Ref(), "task.given")
	page := o.as("hai").get("/so-nhat-ky/" + seq).is(http.StatusOK)
	page.says("h1", "Ông Đàm Quốc Thắng giao việc: Rà soát chính sách").says(".banner", "có trong sổ và chưa bị sửa")
	// Whoever has the page computes the root again, step by step, as its words say.
	codes := page.all("dl.proof code")
	text := func(i int) string {
		var b strings.Builder
		write(&b, codes[i])
		return strings.TrimSpace(b.String())
	}
	hash, err := tlog.ParseHash(text(1))
	if err != nil {
		t.Fatal(err)
	}
	record := page.all("pre.record")[0].FirstChild.Data
	if got := tlog.RecordHash([]byte(record)); got != hash {
		t.Errorf("the record on the page has the hash %s, not %s:\n%s", got, hash, record)
	}
	steps := page.all("dl.proof ol li")
	if len(steps) < 4 {
		t.Fatalf("a path of %d steps", len(steps))
	}
	for _, li := range steps {
		var b strings.Builder
		write(&b, li)
		words := strings.Fields(b.String())
		other, err := tlog.ParseHash(words[len(words)-1])
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(b.String(), "bên trái") {
			hash = tlog.NodeHash(other, hash)
		} else {
			hash = tlog.NodeHash(hash, other)
		}
	}
	if root := text(2 + len(steps)); hash.String() != root {
		t.Errorf("the path leads to %s, the page says %s", hash, root)
	}
	page.says("pre", base64.StdEncoding.EncodeToString(hash[:]))
}

func TestWhoMayNotReadTheMatterGetsNoProof(t *testing.T) {
	o := openOffice(t)
	o.sealed()
	w := o.give("Việc của ông Hải", "hai", 3)
	d := o.arrive("1234/UBND-VX", "Về rà soát")
	task, doc := o.seqOf(w.Ref(), "task.given"), o.seqOf(d.Ref(), "document.registered")
	person := o.seqOf(journal.Ref("person", o.who["ha"].Person), org.PersonEntered)
	for _, c := range []struct {
		who, seq string
		code     int
	}{
		{"thang", task, 200}, {"hai", task, 200}, {"lam", task, 200}, {"anh", task, 404}, {"son", task, 404},
		{"lan", doc, 200}, {"thang", doc, 200}, {"hai", doc, 404}, {"son", doc, 404},
		{"ha", person, 200}, {"son", person, 200}, {"minh", person, 200}, {"hai", person, 404},
		{"thang", "999999", 404},
	} {
		if a := o.as(c.who).get("/so-nhat-ky/" + c.seq); a.Code != c.code {
			t.Errorf("%s sees entry %s with %d, want %d", c.who, c.seq, a.Code, c.code)
		}
	}
	if to := o.nobody().get("/so-nhat-ky/" + task).goes(); !strings.HasPrefix(to, "/dang-nhap") {
		t.Error(to)
	}
}

func TestAnEntryThatWasChangedProvesNothing(t *testing.T) {
	db := storetest.Open(t)
	o := openOfficeOn(t, db)
	o.sealed()
	w := o.give("Rà soát", "hai", 3)
	seq := o.seqOf(w.Ref(), "task.given")
	if db.Engine() != store.SQLite {
		t.Skip("tampering is shown on SQLite")
	}
	err := db.Write(context.Background(), func(tx *store.Tx) error {
		for _, q := range []string{"DROP TRIGGER journal_entry_no_update", "UPDATE journal_entry SET amount = amount + 1 WHERE seq = " + seq} {
			if _, err := tx.Exec(q); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	o.as("thang").get("/so-nhat-ky/"+seq).is(http.StatusOK).says(".banner", "Không chứng minh được")
}
