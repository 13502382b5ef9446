// SPDX-License-Identifier: Apache-2.0

package journal_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/kit/store/storetest"
)

var (
	ctx = context.Background()
	lan = journal.Holder{Agency: 7, Person: 11, Unit: 3, Post: 5, Name: "Nông Thị Lan"}
)

func book(t testing.TB, db *store.DB, agencies ...int64) (*journal.Book, note.Verifiers) {
	t.Helper()
	secret, public, err := note.GenerateKey(rand.Reader, "soviec")
	if err != nil {
		t.Fatal(err)
	}
	signer, err := note.NewSigner(secret)
	if err != nil {
		t.Fatal(err)
	}
	verifier, err := note.NewVerifier(public)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range agencies {
		if err := db.Write(ctx, func(tx *store.Tx) error { return journal.Found(tx, a) }); err != nil {
			t.Fatal(err)
		}
	}
	now := time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC)
	return &journal.Book{DB: db, Clock: func() time.Time { return now }, Signer: signer}, note.VerifierList(verifier)
}

func act(b *journal.Book, by journal.Holder, kinds ...string) error {
	return b.Do(ctx, by, func(a *journal.Act) error {
		a.Judged()
		for i, k := range kinds {
			a.Note(journal.Entry{Kind: k, Subject: journal.Ref("incoming", int64(i)), Data: map[string]int{"n": i}})
		}
		return nil
	})
}

func verify(t *testing.T, b *journal.Book, agency int64, keys note.Verifiers, extra ...string) []string {
	t.Helper()
	var said []string
	if _, err := journal.Verify(b.DB.Read(ctx), agency, keys, extra, func(s string) { said = append(said, s) }); err != nil {
		t.Fatal(err)
	}
	return said
}

func TestEveryEntryCanBeProvedAndTheBookVerifies(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b, keys := book(t, db, 7, 8)
		const n = 700 // more than two kept nodes of 256
		for i := 0; i < n; i += 10 {
			kinds := strings.Fields(strings.Repeat("document.registered ", 10))
			if err := act(b, lan, kinds...); err != nil {
				t.Fatal(err)
			}
		}
		if said := verify(t, b, 7, keys); len(said) != 0 {
			t.Fatal(said)
		}
		for _, seq := range []int64{1, 2, 255, 256, 257, 512, 513, 699, 700} {
			p, err := journal.Prove(db.Read(ctx), 7, seq)
			if err != nil {
				t.Fatalf("entry %d: %v", seq, err)
			}
			if err := tlog.CheckRecord(p.Path, p.Size, p.Root, seq-1, p.Leaf); err != nil {
				t.Fatalf("entry %d: %v", seq, err)
			}
			c, err := journal.ParseCheckpoint(p.Checkpoint, keys)
			if err != nil || c.Size != n || c.Root != p.Root {
				t.Fatalf("checkpoint %+v: %v", c, err)
			}
			p.Leaf[0] ^= 1
			if tlog.CheckRecord(p.Path, p.Size, p.Root, seq-1, p.Leaf) == nil {
				t.Fatalf("entry %d: a changed leaf is proved too", seq)
			}
		}
		if last, _ := b.Last(db.Read(ctx), 7); last != n {
			t.Fatalf("last %d", last)
		}
		if last, _ := b.Last(db.Read(ctx), 8); last != 0 {
			t.Fatal("books of two agencies run together")
		}
	})
}

func TestAnActWithoutTraceOrQuestionCannotCommit(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b, _ := book(t, db, 7)
		err := b.Do(ctx, lan, func(a *journal.Act) error {
			a.Judged()
			_, err := a.Exec("INSERT INTO journal_head (agency, size, frontier, checkpoint) VALUES ($1, 0, $2, '')", int64(99), []byte{})
			return err
		})
		if err == nil || !strings.Contains(err.Error(), "no entry") {
			t.Fatalf("an act without an entry: %v", err)
		}
		err = b.Do(ctx, lan, func(a *journal.Act) error {
			a.Note(journal.Entry{Kind: "x.done", Subject: "x/1"})
			return nil
		})
		if err == nil || !strings.Contains(err.Error(), "asked nobody") {
			t.Fatalf("an act that asked nobody: %v", err)
		}
		if all, _ := journal.Agencies(db.Read(ctx)); len(all) != 1 {
			t.Fatalf("rows of a refused act stay: %v", all)
		}
	})
}

func TestActsOfManyAtOnceFormOneChain(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b, keys := book(t, db, 7)
		var wg sync.WaitGroup
		for w := range 8 {
			wg.Add(1)
			go func() {
				defer wg.Done()
				for i := range 25 {
					_ = b.Do(ctx, lan, func(a *journal.Act) error {
						a.Judged()
						a.Note(journal.Entry{Kind: "x.done", Subject: fmt.Sprintf("x/%d", w)})
						if i%5 == 0 {
							return fmt.Errorf("no")
						}
						return nil
					})
				}
			}()
		}
		wg.Wait()
		if said := verify(t, b, 7, keys); len(said) != 0 {
			t.Fatal(said)
		}
		if last, _ := b.Last(db.Read(ctx), 7); last != 8*20 {
			t.Fatalf("%d entries", last)
		}
	})
}

// Whoever owns the database can lift its guards; then the tree tells.
func TestTamperingIsFoundAndNamed(t *testing.T) {
	lift := []string{"DROP TRIGGER journal_entry_no_update", "DROP TRIGGER journal_entry_no_delete"}
	for _, c := range []struct{ name, sql, says string }{
		{"changed field", "UPDATE journal_entry SET person = 12 WHERE seq = 40", "Mục 40"},
		{"changed field and fingerprint", "UPDATE journal_entry SET hash = (SELECT hash FROM journal_entry WHERE seq = 41) WHERE seq = 40", "Mục 40"},
		{"removed in the middle", "DELETE FROM journal_entry WHERE seq = 40", "Thiếu mục 40"},
		{"cut at the end", "DELETE FROM journal_entry WHERE seq > 290", "290 mục nhưng đầu sổ nói có 300"},
	} {
		t.Run(c.name, func(t *testing.T) {
			db := storetest.Open(t)
			b, keys := book(t, db, 7)
			for range 30 {
				if err := act(b, lan, strings.Fields("a.b a.b a.b a.b a.b a.b a.b a.b a.b a.b")...); err != nil {
					t.Fatal(err)
				}
			}
			err := db.Write(ctx, func(tx *store.Tx) error {
				for _, q := range append(lift, c.sql) {
					if _, err := tx.Exec(q); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			said := strings.Join(verify(t, b, 7, keys), "\n")
			if !strings.Contains(said, c.says) {
				t.Fatalf("want %q in:\n%s", c.says, said)
			}
		})
	}
}

// Cutting the end and mending the head is consistent in itself; only a checkpoint
// that left the house can tell.
func TestACheckpointGivenOutHoldsTheBook(t *testing.T) {
	db := storetest.Open(t)
	b, keys := book(t, db, 7)
	for range 5 {
		if err := act(b, lan, "a.b", "a.b"); err != nil {
			t.Fatal(err)
		}
	}
	var text string
	err := db.Write(ctx, func(tx *store.Tx) (err error) {
		text, err = b.Give(tx, 7, "in", b.Clock())
		return err
	})
	if err != nil || text == "" {
		t.Fatal(text, err)
	}
	other := storetest.Open(t) // the same acts but one, in a book made anew
	b2, _ := book(t, other, 7)
	b2.Signer = b.Signer
	for range 4 {
		if err := act(b2, lan, "a.b", "a.b"); err != nil {
			t.Fatal(err)
		}
	}
	if said := verify(t, b2, 7, keys, text); len(said) != 1 || !strings.Contains(said[0], "đã bị xóa") {
		t.Fatal(said)
	}
	if err := act(b2, lan, "a.c", "a.b"); err != nil {
		t.Fatal(err)
	}
	if said := verify(t, b2, 7, keys, text); len(said) == 0 {
		t.Fatal("a book with another last entry passes under the old checkpoint")
	}
}

func BenchmarkAct(b *testing.B) {
	db := storetest.Open(b)
	bk, _ := book(b, db, 7)
	for b.Loop() {
		if err := act(bk, lan, "document.registered"); err != nil {
			b.Fatal(err)
		}
	}
}

// Two books over one database are what two processes are. Whoever asks is told at least
// what was committed before, and those who ask together do not each ask the database.
func TestNobodyIsToldLessThanWasCommittedWhenHeAsked(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		if db.Engine() == store.SQLite {
			return // one process has the database to itself and asks nobody
		}
		writing, _ := book(t, db, 7, 8)
		reading := &journal.Book{DB: db, Clock: writing.Clock}
		var committed atomic.Int64
		done := make(chan struct{})
		var wg sync.WaitGroup
		for range 24 {
			wg.Go(func() {
				for {
					before := committed.Load()
					last, err := reading.Last(db.Read(ctx), 7)
					if err != nil || last < before {
						t.Errorf("told %d after %d were committed: %v", last, before, err)
						return
					}
					select {
					case <-done:
						return
					default:
					}
				}
			})
		}
		for range 60 {
			if err := act(writing, lan, "document.registered"); err != nil {
				t.Error(err)
			}
			committed.Add(1)
		}
		close(done)
		wg.Wait()

		other := lan
		other.Agency = 8
		if err := act(writing, other, "document.registered", "document.registered"); err != nil {
			t.Fatal(err)
		}
		if last, err := reading.Last(db.Read(ctx), 8); err != nil || last != 2 {
			t.Errorf("the second agency's book has %d entries: %v", last, err)
		}
		gone, stop := context.WithCancel(ctx)
		stop()
		if _, err := reading.Last(db.Read(gone), 7); err == nil {
			t.Error("who has gone is answered")
		}
		if err := db.Write(ctx, func(tx *store.Tx) error { // in a transaction its own connection answers
			last, err := reading.Last(tx, 7)
			if last != 60 {
				t.Errorf("in a transaction it is %d", last)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
	})
}
