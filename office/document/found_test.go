// SPDX-License-Identifier: Apache-2.0

package document

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/kit/store/storetest"
	"soviec/office/org"
	"soviec/office/org/orgtest"
	"soviec/schema"
)

func modelFounding(suffix string, rooms ...func(*journal.Act) error) org.Founding {
	f := orgtest.Office()
	for i := range f.People {
		f.People[i].Username += suffix
	}
	for i := range f.Fields {
		f.Fields[i].Leader += suffix
	}
	f.Rooms = rooms
	return f
}

func TestAnAgencyComesWithItsRegistersOrNotAtAll(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		org.SetPasswordCost(orgtest.Cheap)
		b, _ := orgtest.Book(t, db, "2026-11-02 08:00")
		broken := errors.New("the disk is full")
		if _, err := org.Found(t.Context(), b, modelFounding("", Found, func(*journal.Act) error { return broken })); !errors.Is(err, broken) {
			t.Fatalf("founding with a broken room: %v", err)
		}
		if all, err := org.Agencies(db.Read(t.Context())); err != nil || len(all) != 0 {
			t.Fatalf("half an agency stands: %v, %v", all, err)
		}
		done, err := org.Found(t.Context(), b, modelFounding("", Found))
		if err != nil {
			t.Fatal(err)
		}
		if there, err := IsFounded(db.Read(t.Context()), done.Agency); err != nil || !there {
			t.Errorf("founded without registers: %v", err)
		}
	})
}

func TestWhatWasFoundedInTwoActsIsCompletedAtTheStart(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b, _ := orgtest.Book(t, db, "2026-11-02 08:00")
		agency, who := orgtest.Found(t, b) // and there the program was stopped
		d := &desk{T: t, book: b, agency: agency, who: who, clock: orgtest.At(t, "2026-11-02 08:00")}
		if err := d.try("lan", func(a *journal.Act) error { _, err := Register(a, d.letter()); return err }); err == nil {
			t.Fatal("a document was registered where there is no register")
		}
		for range 3 {
			if err := Complete(t.Context(), b, agency); err != nil {
				t.Fatal(err)
			}
		}
		books, err := Books(d.r(), agency)
		if err != nil || len(books) != 2 || !books[0].First || books[1].First {
			t.Fatalf("registers %v, %v", books, err)
		}
		d.do("lan", func(a *journal.Act) error { _, err := Register(a, d.letter()); return err })
	})
}

const foundInto = "SOVIEC_TEST_FOUND_INTO"

// The program is killed while it founds one agency after another: each that is there has
// its registers.
func TestKilledWhileFounding(t *testing.T) {
	if into := os.Getenv(foundInto); into != "" {
		org.SetPasswordCost(orgtest.Cheap)
		db, err := store.Open(t.Context(), "sqlite:"+into, store.Options{})
		if err != nil {
			t.Fatal(err)
		}
		b := &journal.Book{DB: db, Clock: time.Now}
		for i := 0; ; i++ {
			if _, err := org.Found(t.Context(), b, modelFounding(fmt.Sprintf(".%d.%d", os.Getpid(), i), Found)); err != nil {
				t.Fatal(err)
			}
		}
	}
	t.Parallel()
	file := filepath.Join(t.TempDir(), "so.db")
	db, err := store.Open(t.Context(), "sqlite:"+file, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Migrate(t.Context(), schema.Files); err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	founded, kills := 0, 12
	if testing.Short() {
		kills = 3
	}
	for range kills {
		before := founded
		child := exec.Command(os.Args[0], "-test.run=^TestKilledWhileFounding$")
		child.Env = append(os.Environ(), foundInto+"="+file)
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		// Not before it has founded one, so that the kill falls into the middle of its work.
		for end := time.Now().Add(20 * time.Second); founded == before && time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
			all, err := org.Agencies(db.Read(context.Background()))
			if err != nil {
				t.Fatal(err)
			}
			founded = len(all)
		}
		time.Sleep(time.Duration(rand.IntN(30)) * time.Millisecond)
		_ = child.Process.Kill()
		_ = child.Wait()
		all, err := org.Agencies(db.Read(t.Context()))
		if err != nil {
			t.Fatal(err)
		}
		founded = len(all)
		for _, a := range all {
			if there, err := IsFounded(db.Read(t.Context()), a.ID); err != nil || !there {
				t.Fatalf("agency %d of %d stands without registers: %v", a.ID, len(all), err)
			}
		}
	}
	if founded < kills {
		t.Errorf("only %d agencies were founded", founded)
	}
}
