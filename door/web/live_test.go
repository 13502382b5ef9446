// SPDX-License-Identifier: Apache-2.0

package web

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"net/http/httptest"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/kit/store/storetest"
	"soviec/office/notice"
	"soviec/office/org"
)

const (
	openPages  = 2000
	mostMemory = 150 << 20
	mostWait   = time.Second
)

// page is one open live connection, as a browser holds it.
type livePage struct {
	conn net.Conn
	seen chan time.Time
}

// openLive opens a live connection with as little of a client as can be: its memory is in
// the measure too.
func openLive(t testing.TB, address, token, word string) *livePage {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := fmt.Fprintf(conn, "GET /thong-bao/luong HTTP/1.1\r\nHost: x\r\nCookie: %s=%s\r\n\r\n", sessionCookie, token); err != nil {
		t.Fatal(err)
	}
	p := &livePage{conn, make(chan time.Time, 1)}
	ready := make(chan bool)
	go func() {
		s := bufio.NewScanner(conn)
		s.Buffer(make([]byte, 0, 512), 4096)
		first := true
		for s.Scan() {
			line := s.Text()
			if first && strings.HasPrefix(line, "data: ") {
				first = false
				close(ready)
				continue
			}
			if strings.Contains(line, word) {
				p.seen <- time.Now()
			}
		}
	}()
	select {
	case <-ready:
	case <-time.After(30 * time.Second):
		t.Fatal("the page does not open")
	}
	return p
}

func memory() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapInuse + m.StackInuse
}

// Two thousand pages are open; a notice that concerns everybody is on all of them within a
// second, and they take less than 150 MB, the reading ends of the connections included.
func TestTwoThousandOpenPages(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := openOfficeOn(t, db)
		server := httptest.NewServer(o.handler)
		defer server.Close()
		address := server.Listener.Addr().String()
		var tokens []string
		var people []int64
		for name, h := range o.who {
			tokens, people = append(tokens, o.as(name).token), append(people, h.Person)
		}
		before := memory()
		pages := make([]*livePage, openPages)
		var all sync.WaitGroup
		turn := make(chan struct{}, 16)
		for i := range pages {
			turn <- struct{}{}
			all.Go(func() { pages[i] = openLive(t, address, tokens[i%len(tokens)], "Họp toàn cơ quan"); <-turn })
		}
		all.Wait()
		if n := notice.Live.Listeners(); n < openPages {
			t.Errorf("%d pages are open", n)
		}
		held := memory() - before
		best := time.Hour
		for round := 0; round < 5 && best > mostWait; round++ { // another program on the machine may have the processor
			waits := tellEverybody(t, o, people, round, pages)
			best = min(best, waits[len(waits)-1])
			t.Logf("%d pages hold %d MB; the notice was seen after %v (half), %v (all), the act included", openPages, held>>20, waits[len(waits)/2], waits[len(waits)-1])
		}
		if held > mostMemory {
			t.Errorf("%d MB", held>>20)
		}
		if best > mostWait {
			t.Errorf("the last page has seen it after %v", best)
		}
		for _, p := range pages {
			p.conn.Close()
		}
	})
}

// tellEverybody tells all people one matter and returns, in order, after how long each
// page has seen it.
func tellEverybody(t *testing.T, o *modelOffice, people []int64, round int, pages []*livePage) []time.Duration {
	t.Helper()
	start := time.Now()
	err := o.book.Do(context.Background(), o.who["thang"], func(a *journal.Act) error {
		if err := org.May(a, org.OwnAccount, org.Target{Person: a.By.Person}); err != nil {
			return err
		}
		for _, p := range people {
			if _, err := notice.Tell(a, notice.Item{Person: p, Matter: journal.Ref("task", int64(round+1)), Kind: "task.given", Text: "Họp toàn cơ quan", Link: "/", Self: true}); err != nil {
				return err
			}
		}
		a.Note(journal.Entry{Kind: org.SignedIn, Subject: journal.Ref("person", a.By.Person)})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	waits := make([]time.Duration, 0, len(pages))
	for _, p := range pages {
		select {
		case at := <-p.seen:
			waits = append(waits, at.Sub(start))
		case <-time.After(20 * time.Second):
			t.Fatalf("%d of %d pages have seen it", len(waits), len(pages))
		}
	}
	slices.Sort(waits)
	return waits
}
