// SPDX-License-Identifier: Apache-2.0

package document

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	"soviec/kit/journal"
)

// T7, T8 for arrivals: eight writers, acts that fail before, between and after taking
// a number, several registers and years: no gap, no double, in every one.
func TestNumbersUnderWriters(t *testing.T) {
	t.Parallel()
	each(t, func(d *desk) {
		const writers, acts = 8, 40
		books, err := Books(d.r(), d.agency)
		if err != nil {
			d.Fatal(err)
		}
		fail := errors.New("the act fails")
		var mu sync.Mutex
		given := map[int64]map[int64]int{}
		var wg sync.WaitGroup
		for w := range writers {
			wg.Add(1)
			go func() {
				defer wg.Done()
				dice := rand.New(rand.NewPCG(uint64(w), 7))
				for i := range acts {
					in := d.letter()
					in.Register = books[dice.IntN(2)].ID
					in.NumberRaw = fmt.Sprintf("%d-%d/SNV-VP", w, i)
					broken := dice.IntN(4)
					var docs []Incoming
					err := d.try([]string{"lan", "thu"}[w%2], func(a *journal.Act) error {
						docs = docs[:0]
						for n := range 1 + dice.IntN(2) {
							in.NumberRaw = fmt.Sprintf("%d/W%d-%d", i*10+n, w, n)
							doc, err := Register(a, in)
							if err != nil {
								return err
							}
							docs = append(docs, doc)
							if broken == n {
								return fail
							}
						}
						return nil
					})
					if err != nil && !errors.Is(err, fail) {
						d.Errorf("writer %d: %v", w, err)
						return
					}
					if err == nil {
						mu.Lock()
						for _, doc := range docs {
							if given[doc.Register] == nil {
								given[doc.Register] = map[int64]int{}
							}
							given[doc.Register][doc.Number]++
						}
						mu.Unlock()
					}
				}
			}()
		}
		wg.Wait()
		for register, numbers := range given {
			for n := int64(1); n <= int64(len(numbers)); n++ {
				if numbers[n] != 1 {
					d.Fatalf("register %d: number %d was given %d times", register, n, numbers[n])
				}
			}
			rows, err := numbersOf(d.r(), register, 2026)
			if err != nil || len(rows) != len(numbers) {
				d.Errorf("register %d holds %d rows for %d acknowledged numbers, %v", register, len(rows), len(numbers), err)
			}
		}
		d.check()
	})
}

// verify says in words what was changed behind the program's back.
func TestCheckFindsDamage(t *testing.T) {
	t.Parallel()
	each(t, func(d *desk) {
		doc := d.directed(d.letter(), "CS", d.clock.Today().AddDays(5))
		d.register(d.letter())
		d.register(d.letter())
		d.do("lan", func(a *journal.Act) error { _, err := Receive(a, Intake{Sender: "Sở Nội vụ"}); return err })
		d.takeOver(pastRows(30, 2025))
		d.check()
		raw := func(q string, args ...any) {
			d.Helper()
			err := d.book.Do(context.Background(), d.who["son"], func(a *journal.Act) error {
				if _, err := a.Tx.Exec(q, args...); err != nil {
					return err
				}
				return nil
			})
			if err != nil {
				d.Fatal(err)
			}
		}
		for _, c := range []struct{ do, undo, words string }{
			{"UPDATE document_incoming SET state = 'completed' WHERE number = 1 AND year = 2026", "UPDATE document_incoming SET state = 'distributed' WHERE number = 1 AND year = 2026", "Số đến 1 năm 2026: trạng thái là “Đã hoàn thành” nhưng theo sổ nhật ký phải là “Đã phân phối”"},
			{"UPDATE document_incoming SET done_on = '2026-11-01' WHERE number = 1 AND year = 2026", "UPDATE document_incoming SET done_on = '' WHERE number = 1 AND year = 2026", "ngày hoàn thành"},
			{"UPDATE document_incoming SET due_on = '2026-11-30' WHERE number = 2 AND year = 2026", "UPDATE document_incoming SET due_on = '' WHERE number = 2 AND year = 2026", "hạn ghi trên văn bản"},
			{"UPDATE document_incoming SET number = 9 WHERE number = 3 AND year = 2026", "UPDATE document_incoming SET number = 3 WHERE number = 9 AND year = 2026", "thiếu số đến 3"},
			{"UPDATE document_counter SET last = 7 WHERE year = 2026", "UPDATE document_counter SET last = 3 WHERE year = 2026", "thiếu số đến 4"},
			{"UPDATE document_counter SET last = 2 WHERE year = 2026", "UPDATE document_counter SET last = 3 WHERE year = 2026", "bộ đếm mới đến 2"},
			{"UPDATE document_incoming SET subject = 'khác' WHERE number = 7 AND year = 2025", "UPDATE document_incoming SET subject = 'Trích yếu số 7 năm 2025' WHERE number = 7 AND year = 2025", "không còn như khi nhập"},
			{"UPDATE document_incoming SET state = 'filed' WHERE number = 8 AND year = 2025", "UPDATE document_incoming SET state = 'completed' WHERE number = 8 AND year = 2025", "Số đến 8 năm 2025"},
			{"UPDATE document_intake SET state = 'refused'", "UPDATE document_intake SET state = 'received'", "Bì thư"},
		} {
			raw(c.do)
			if said := d.said(); !strings.Contains(said, c.words) {
				d.Errorf("%s:\nverify says %q", c.do, said)
			}
			raw(c.undo)
		}
		d.check()
		raw("DELETE FROM document_incoming WHERE number = 3 AND year = 2026")
		if said := d.said(); !strings.Contains(said, "chỉ còn 2 dòng") || !strings.Contains(said, "thiếu số đến 3") {
			d.Errorf("a deleted row: %q", said)
		}
		_ = doc
	})
}
