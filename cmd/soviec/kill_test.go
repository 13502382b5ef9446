// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"soviec/kit/civil"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/document"
)

// asProgram has the test binary be the program itself, so that a test can kill it.
const (
	asProgram = "SOVIEC_TEST_AS_PROGRAM"
	asOf      = "SOVIEC_TEST_AHEAD" // how far the program's clock is ahead
)

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) == "1" {
		if ahead, err := time.ParseDuration(os.Getenv(asOf)); err == nil {
			serveClock = func() time.Time { return time.Now().Add(ahead) }
		}
		os.Exit(run(context.Background(), os.Args[1:], os.Stdout, os.Stderr))
	}
	os.Exit(m.Run())
}

// started is a program that runs in a process of its own.
type started struct {
	cmd  *exec.Cmd
	base string
}

// startProgram starts `soviec serve` on a folder and waits for its address.
func startProgram(t testing.TB, data string) *started {
	t.Helper()
	return startWith(t, nil, "--data", data)
}

// startWith starts it with an environment and flags of its own.
func startWith(t testing.TB, env []string, flags ...string) *started {
	t.Helper()
	cmd := exec.Command(os.Args[0], append([]string{"serve", "--listen", "127.0.0.1:0"}, flags...)...)
	cmd.Env = append(append(os.Environ(), asProgram+"=1"), env...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = io.Discard
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if _, address, ok := strings.Cut(lines.Text(), "http://"); ok {
			go func() { _, _ = io.Copy(io.Discard, out) }()
			return &started{cmd, "http://" + strings.TrimSpace(address)}
		}
	}
	t.Fatal("the program said no address")
	return nil
}

// kill ends the process as a power cut would end it.
func (s *started) kill() {
	_ = s.cmd.Process.Kill()
	_ = s.cmd.Wait()
}

func postRegister(ctx context.Context, c *http.Client, base, notation, subject string) (location string, err error) {
	form := url.Values{"notation": {notation}, "type": {"CV"}, "issuer": {"Sở Nội vụ"}, "issued_on": {civil.Of(time.Now()).VN()},
		"subject": {subject}, "urgency": {"0"}, "channel": {"post"}, "then": {"save"}}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, base+"/van-ban-den", strings.NewReader(form.Encode()))
	if err != nil {
		return "", err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := c.Do(req)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusSeeOther {
		return "", fmt.Errorf("answered %s", resp.Status)
	}
	return resp.Header.Get("Location"), nil
}

// Whatever was answered "registered" is there after the process was killed at any
// moment, under the number that was answered, and the numbers are whole.
func TestKilledAtAnyMomentNothingAcknowledgedIsLost(t *testing.T) {
	if testing.Short() {
		t.Skip("kills the program thirty times")
	}
	const kills, clients = 30, 6
	s := defaults()
	s.Data = t.TempDir()
	if err := s.settle(); err != nil {
		t.Fatal(err)
	}
	office, err := fillOffice(t.Context(), s, 20, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	jar, _ := cookiejar.New(nil)
	client := &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	var mu sync.Mutex
	answered := map[string]string{} // subject → address
	count := func() int {
		mu.Lock()
		defer mu.Unlock()
		return len(answered)
	}
	var token *http.Cookie
	for round := range kills {
		p := startProgram(t, s.Data)
		u, _ := url.Parse(p.base)
		if token == nil {
			resp, err := client.PostForm(p.base+"/dang-nhap", url.Values{"username": {office.clerk}, "password": {samplePassword}})
			if err != nil {
				t.Fatal(err)
			}
			resp.Body.Close()
			for _, c := range jar.Cookies(u) {
				token = c
			}
			if token == nil {
				t.Fatal("no session")
			}
		}
		jar.SetCookies(u, []*http.Cookie{{Name: "soviec", Value: token.Value}})
		ctx, stop := context.WithCancel(t.Context())
		var wg sync.WaitGroup
		for c := range clients {
			wg.Add(1)
			go func() {
				defer wg.Done()
				for i := 0; ctx.Err() == nil; i++ {
					subject := fmt.Sprintf("Lần %d, người %d, văn bản %d", round, c, i)
					at, err := postRegister(ctx, client, p.base, fmt.Sprintf("%d/SNV-%d%d", i+1, round, c), subject)
					if err != nil {
						continue // not acknowledged: it may be there or not
					}
					mu.Lock()
					answered[subject] = at
					mu.Unlock()
				}
			}()
		}
		if round%2 == 1 { // half of the kills come while acts are surely being written
			for had := count(); count() == had && t.Context().Err() == nil; {
				time.Sleep(5 * time.Millisecond)
			}
		}
		time.Sleep(time.Duration(20+rand.IntN(180)) * time.Millisecond)
		p.kill()
		stop()
		wg.Wait()
	}
	if len(answered) < kills/2 {
		t.Fatalf("only %d documents were registered in %d rounds", len(answered), kills)
	}
	checkWhole(t, s, office.agency, answered)
	t.Logf("%d registrations acknowledged over %d kills", len(answered), kills)
}

func checkWhole(t *testing.T, s Settings, agency int64, answered map[string]string) {
	t.Helper()
	p, err := assemble(t.Context(), s, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer p.close()
	r := p.db.Read(t.Context())
	year := p.today().Year()
	docs, err := document.List(r, agency, document.Reach{All: true}, document.Filter{Year: year}, document.Key{}, 1_000_000)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for i, d := range docs {
		if want := int64(len(docs) - i); d.Number != want {
			t.Fatalf("number %d where %d belongs: a gap or a double", d.Number, want)
		}
		found[d.Subject] = d.Address()
	}
	for subject, at := range answered {
		if found[subject] != at {
			t.Errorf("%q was answered as %s and is there as %q", subject, at, found[subject])
		}
	}
	if _, err := journal.Verify(r, agency, p.keys, nil, func(wrong string) { t.Error(wrong) }); err != nil {
		t.Fatal(err)
	}
	if err := document.Check(r, agency, func(wrong string) { t.Error(wrong) }); err != nil {
		t.Fatal(err)
	}
	if p.db.Engine() != store.SQLite {
		t.Fatal("the test is about SQLite")
	}
}
