// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"net/mail"
	"strings"
	"testing"
	"time"

	"soviec/kit/civil"
	"soviec/kit/deliver"
	"soviec/kit/deliver/inbox"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/notice"
	"soviec/office/org/orgtest"
	"soviec/office/plan"
	"soviec/office/task"
)

// Two programs on one database, killed at random moments: the morning's reminders, the work
// that comes again, the summaries and the mails are each there once, and none is missing.
func TestTwoProgramsTellEachThingOnce(t *testing.T) {
	if testing.Short() {
		t.Skip("starts and kills two programs for some seconds")
	}
	pl := newPlace(t, store.PostgreSQL)
	post := inbox.NewPostOffice(t, deliver.NoTLS)
	do := func(who string, f func(*journal.Act) error) { t.Helper(); orgtest.Do(t, pl.p.book, pl.people[who], f) }

	// What there is to tell on Wednesday 25 November: 10 late, 10 due today, 10 due in two days.
	officers := []string{"hai", "ha", "tung"}
	for _, name := range officers {
		do(name, func(a *journal.Act) error { _, err := notice.AddMail(a); return err })
	}
	const each = 10
	for i := range 3 * each {
		due := []string{"2026-11-23", "2026-11-25", "2026-11-27"}[i%3]
		do("thang", func(a *journal.Act) error {
			_, err := task.Give(a, task.Order{Title: fmt.Sprintf("Việc số %d", i), Lead: task.Assignee{Person: pl.people[officers[i%len(officers)]].Person}, Due: task.Due{On: civil.MustParse(due)}})
			return err
		})
	}
	const rules = 5
	for i := range rules {
		do("thang", func(a *journal.Act) error {
			_, err := plan.SetRule(a, plan.Rule{Piece: plan.Piece{Title: fmt.Sprintf("Báo cáo %d {kỳ}", i), Lead: task.Assignee{Person: pl.people["ha"].Person}}, Ahead: 5,
				Rhythm: plan.Rhythm{Every: 1, Period: civil.Monthly, On: plan.OnDay, Number: 30, Shift: plan.GoBack, From: civil.MustParse("2026-11-25")}})
			return err
		})
	}

	// Their clocks stand at 08:00 of that Wednesday.
	ahead := time.Until(civil.At(civil.MustParse("2026-11-25"), 8, 0))
	start := func(ahead time.Duration) *started {
		return startWith(t, []string{asOf + "=" + ahead.String(), "SOVIEC_MAIL_HOST=127.0.0.1", fmt.Sprint("SOVIEC_MAIL_PORT=", post.Server.Port), "SOVIEC_MAIL_TLS=" + deliver.NoTLS,
			"SOVIEC_MAIL_FROM=so-viec@example.vn"}, pl.flags()...)
	}
	both := [2]*started{start(ahead), start(ahead)}
	for range 4 {
		time.Sleep(time.Duration(rand.IntN(250)) * time.Millisecond)
		i := rand.IntN(2)
		both[i].kill()
		both[i] = start(ahead)
	}
	for _, p := range both {
		p.kill()
	}
	// What a killed program had taken up is free again some minutes later.
	for i := range both {
		both[i] = start(ahead + 10*time.Minute)
	}
	r := pl.p.db.Read(t.Context())
	count := func(query string, args ...any) (n int) {
		t.Helper()
		if err := r.QueryRow(query, args...).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	for until := time.Now().Add(20 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		waiting := count("SELECT COUNT(*) FROM job_item WHERE agency = $1 AND state = 'waiting' AND key = '2026-11-25'", pl.agency) +
			count("SELECT COUNT(*) FROM notice_delivery WHERE agency = $1 AND state IN ('waiting', 'failed')", pl.agency)
		digests := count("SELECT COUNT(*) FROM notice_delivery WHERE agency = $1 AND kind = 'digest' AND state = 'sent'", pl.agency)
		if waiting == 0 && digests > 0 {
			break
		}
		if time.Now().After(until) {
			t.Fatalf("%d jobs and deliveries still wait, %d summaries are out", waiting, digests)
		}
	}
	for _, p := range both {
		p.kill()
	}

	for band, want := range map[string]int{"late": each, "today": each, "before": each} {
		if n := count("SELECT COUNT(*) FROM task_urging WHERE agency = $1 AND kind = 'auto' AND band = $2 AND day = '2026-11-25'", pl.agency, band); n != want {
			t.Errorf("%d reminders of band %q, want %d", n, band, want)
		}
	}
	if n := count("SELECT COUNT(*) - COUNT(DISTINCT share) FROM task_urging WHERE agency = $1 AND kind = 'auto' AND band IN ('late', 'today', 'before')", pl.agency); n != 0 {
		t.Errorf("%d shares were reminded of twice", n)
	}
	if n := count("SELECT COUNT(*) FROM plan_occurrence WHERE agency = $1 AND state = 'given'", pl.agency); n != rules {
		t.Errorf("%d dates were given, want %d", n, rules)
	}
	if n := count("SELECT COUNT(*) FROM task_work WHERE agency = $1 AND source LIKE 'plan/%'", pl.agency); n != rules {
		t.Errorf("%d works came again, want %d", n, rules)
	}
	if n := count("SELECT COUNT(*) - COUNT(DISTINCT channel) FROM notice_delivery WHERE agency = $1 AND kind = 'digest'", pl.agency); n != 0 {
		t.Errorf("%d people have two summaries", n)
	}

	// A letter that was under way when its program died may come again, under the same name.
	sent := count("SELECT COUNT(*) FROM (SELECT DISTINCT channel, message FROM notice_delivery WHERE agency = $1 AND state = 'sent') x", pl.agency)
	names, people := map[string]bool{}, map[string]bool{}
	for _, l := range post.Letters() {
		m, err := mail.ReadMessage(bytes.NewReader(l.Raw))
		if err != nil {
			t.Fatal(err)
		}
		names[m.Header.Get("Message-ID")], people[strings.ToLower(l.To)] = true, true
	}
	if len(names) != sent || len(people) != len(officers) {
		t.Errorf("letters of %d names to %d people, want %d to %d", len(names), len(people), sent, len(officers))
	}
	for _, room := range rooms {
		if err := room.check(r, pl.agency, func(s string) { t.Errorf("verify: %s: %s", room.name, s) }); err != nil {
			t.Fatal(err)
		}
	}
}
