// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"soviec/kit/civil"
	"soviec/office/document"
	"soviec/office/org"
	"soviec/seed"
)

const benchUsage = `Đo tốc độ trên dữ liệu sinh ra, in bảng TSV. Máy khách và máy chủ dùng chung máy này.

Cách dùng: soviec bench -n 10000,100000 [-t 3s] [--database postgres://…]

           soviec bench tasks -h    đo trên một triệu việc của 76 cơ quan

Mỗi số là một văn phòng có chừng ấy văn bản, 200 cán bộ ở 12 phòng, 2.000 việc đang mở.
Cột: engine, documents, work, clients, requests, errors, per_second, p50_ms, p99_ms, rss_mb, note`

func runBench(ctx context.Context, args []string, out, errOut io.Writer) int {
	if len(args) > 0 && args[0] == "tasks" {
		return runBenchTasks(ctx, args[1:], out, errOut)
	}
	s := defaults()
	sizes, length, only := "10000", 3*time.Second, ""
	_, err := s.parse("bench", benchUsage, args, errOut, func(fs *flag.FlagSet) {
		fs.StringVar(&sizes, "n", sizes, "số văn bản, cách nhau bằng dấu phẩy")
		fs.DurationVar(&length, "t", length, "thời gian của mỗi phép đo")
		fs.StringVar(&only, "only", only, "chỉ các phép đo có tên chứa chữ này")
	})
	if err != nil {
		return exit(err, errOut)
	}
	fmt.Fprintln(out, "engine\tdocuments\twork\tclients\trequests\terrors\tper_second\tp50_ms\tp99_ms\trss_mb\tnote")
	for _, size := range strings.Split(sizes, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(size))
		if err != nil || n <= 0 {
			return exit(fmt.Errorf("-n %q không phải số văn bản", size), errOut)
		}
		if err := benchSize(ctx, s, n, length, only, out, errOut); err != nil {
			return exit(err, errOut)
		}
	}
	return 0
}

// bench is one office under measurement.
type bench struct {
	*benchOffice
	out    io.Writer
	length time.Duration
	only   string
	base   string
	cookie *http.Cookie
	client *http.Client
	page   []byte // the one click's answer, for the page that is only sent
	serial atomic.Int64
}

func benchSize(ctx context.Context, s Settings, n int, length time.Duration, only string, out, errOut io.Writer) error {
	dir, err := os.MkdirTemp("", "soviec-bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	s.Data, s.Files, s.Key = dir, "folder:"+filepath.Join(dir, "tep"), filepath.Join(dir, "so.khoa")
	if strings.HasPrefix(s.Database, "sqlite:") {
		s.Database = "sqlite:" + filepath.Join(dir, "bench.db")
	} else {
		s.Schema = fmt.Sprintf("bench_%d_%d", n, time.Now().UnixNano())
	}
	office, err := fillOffice(ctx, s, n, errOut)
	if err != nil {
		return err
	}
	defer office.drop()
	b := &bench{benchOffice: office, out: out, length: length, only: only,
		client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64, MaxIdleConns: 256, DisableCompression: true}}}
	return b.run(ctx, s)
}

func (b *bench) run(ctx context.Context, s Settings) error {
	start := time.Now()
	p, err := assemble(ctx, s, time.Now)
	if err != nil {
		return err
	}
	defer p.close()
	door, err := p.door()
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	serving, stop := context.WithCancel(ctx)
	defer stop()
	p.background(serving)
	mux := http.NewServeMux()
	mux.Handle("/", p.measured(door.Handler()))
	mux.HandleFunc("/bench/hello", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "xin chào") })
	mux.HandleFunc("/bench/page", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", strconv.Itoa(len(b.page)))
		_, _ = w.Write(b.page)
	})
	done := make(chan error, 1)
	go func() { done <- p.answer(serving, listener, mux, s) }()
	b.base = "http://" + listener.Addr().String()
	if err := b.signIn(ctx); err != nil {
		return err
	}
	b.row("first answer", 1, sample{count: 1, times: []time.Duration{time.Since(start)}}, "mở cơ sở dữ liệu, đăng nhập và trang đầu")
	b.measure(ctx, p)
	stop()
	return <-done
}

// signIn signs the bench's clerk in and keeps the cookie.
func (b *bench) signIn(ctx context.Context) error {
	jar, _ := cookiejar.New(nil)
	c := &http.Client{Jar: jar}
	form := url.Values{"username": {b.clerk}, "password": {samplePassword}}
	req, _ := http.NewRequestWithContext(ctx, http.MethodPost, b.base+"/dang-nhap", strings.NewReader(form.Encode()))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := c.Do(req)
	if err != nil {
		return err
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("bench: sign-in answered %s", resp.Status)
	}
	u, _ := url.Parse(b.base)
	for _, k := range jar.Cookies(u) {
		if k.Name == "soviec" {
			b.cookie = k
		}
	}
	if b.cookie == nil {
		return fmt.Errorf("bench: no session after signing in")
	}
	var err2 error
	b.page, err2 = b.get(ctx, "/viec-qua-han")
	return err2
}

func (b *bench) request(ctx context.Context, method, path string, body io.Reader) *http.Request {
	req, _ := http.NewRequestWithContext(ctx, method, b.base+path, body)
	req.AddCookie(b.cookie)
	if method == http.MethodPost {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	return req
}

func (b *bench) get(ctx context.Context, path string) ([]byte, error) {
	resp, err := b.client.Do(b.request(ctx, http.MethodGet, path, nil))
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err == nil && resp.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s answered %s", path, resp.Status)
	}
	return body, err
}

func (b *bench) fetch(path string) func(context.Context) error {
	return func(ctx context.Context) error {
		resp, err := b.client.Do(b.request(ctx, http.MethodGet, path, nil))
		if err != nil {
			return err
		}
		defer resp.Body.Close()
		if _, err := io.Copy(io.Discard, resp.Body); err != nil {
			return err
		}
		if resp.StatusCode != http.StatusOK {
			return fmt.Errorf("%s answered %s", path, resp.Status)
		}
		return nil
	}
}

// register enters one document over HTTP, as the form does.
func (b *bench) register(ctx context.Context) error {
	n := b.serial.Add(1)
	today := civil.Of(time.Now())
	form := url.Values{"notation": {fmt.Sprintf("%d/BENCH-VP", n)}, "type": {"CV"}, "issuer": {"Văn phòng Ủy ban nhân dân tỉnh"},
		"issued_on": {today.VN()}, "subject": {"V/v báo cáo kết quả thực hiện chính sách dân tộc lần " + strconv.FormatInt(n, 10)},
		"urgency": {"0"}, "channel": {"axis"}, "then": {"save"}}
	client := *b.client
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	resp, err := client.Do(b.request(ctx, http.MethodPost, "/van-ban-den", strings.NewReader(form.Encode())))
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	_, _ = io.Copy(io.Discard, resp.Body)
	if resp.StatusCode != http.StatusSeeOther {
		return fmt.Errorf("register answered %s", resp.Status)
	}
	return nil
}

func (b *bench) searchOf(phrase string) func(context.Context) error {
	return b.fetch("/tim?q=" + url.QueryEscape(phrase))
}

// measure runs every work in turn.
func (b *bench) measure(ctx context.Context, p *program) {
	phrases := seed.Phrases()
	var turn atomic.Int64
	anySearch := func(ctx context.Context) error {
		k := turn.Add(1)
		return b.searchOf(spellings[int(k)%len(spellings)].write(phrases[int(k)%len(phrases)]))(ctx)
	}
	mix := func(ctx context.Context) error {
		switch k := turn.Add(1) % 20; {
		case k < 9:
			return b.fetch("/viec-qua-han")(ctx)
		case k < 18:
			return anySearch(ctx)
		}
		return b.register(ctx)
	}
	b.try(ctx, "hello", 16, b.fetch("/bench/hello"), "")
	b.try(ctx, "ready page", 16, b.fetch("/bench/page"), fmt.Sprintf("%d byte", len(b.page)))
	b.try(ctx, "one click", 1, b.fetch("/viec-qua-han"), "")
	b.try(ctx, "one click", 16, b.fetch("/viec-qua-han"), "")
	b.searches(ctx, p)
	b.try(ctx, "search page", 1, anySearch, "40 cụm từ, 5 cách viết")
	b.try(ctx, "search page", 16, anySearch, "")
	b.try(ctx, "register", 1, b.register, "ghi bền, có sổ nhật ký và tìm kiếm")
	b.try(ctx, "register", 16, b.register, "")
	b.try(ctx, "mix 45/45/10", 32, mix, "một nhấp, tìm, vào sổ")
}

// sample is what a work's requests took.
type sample struct {
	count, errors int
	times         []time.Duration
	took          time.Duration
	fault         string
}

func (b *bench) try(ctx context.Context, name string, clients int, f func(context.Context) error, note string) {
	if !strings.Contains(name, b.only) || ctx.Err() != nil {
		return
	}
	b.drive(ctx, clients, b.length/4, f) // warm
	got := b.drive(ctx, clients, b.length, f)
	if got.fault != "" {
		note = strings.TrimSpace(note + " lỗi: " + got.fault)
	}
	b.row(name, clients, got, note)
}

func (b *bench) drive(ctx context.Context, clients int, length time.Duration, f func(context.Context) error) sample {
	var mu sync.Mutex
	var all sample
	var wg sync.WaitGroup
	start := time.Now()
	for range clients {
		wg.Add(1)
		go func() {
			defer wg.Done()
			var one sample
			for time.Since(start) < length && ctx.Err() == nil {
				t := time.Now()
				err := f(ctx)
				one.count++
				if err != nil {
					one.errors++
					one.fault = err.Error()
					continue
				}
				one.times = append(one.times, time.Since(t))
			}
			mu.Lock()
			defer mu.Unlock()
			all.count += one.count
			all.errors += one.errors
			all.times = append(all.times, one.times...)
			if one.fault != "" {
				all.fault = one.fault
			}
		}()
	}
	wg.Wait()
	all.took = time.Since(start)
	return all
}

func (b *bench) row(name string, clients int, s sample, note string) {
	rate := 0.0
	if s.took > 0 {
		rate = float64(s.count-s.errors) / s.took.Seconds()
	}
	fmt.Fprintf(b.out, "%s\t%d\t%s\t%d\t%d\t%d\t%.0f\t%s\t%s\t%d\t%s\n", b.engine, b.documents, name, clients, s.count, s.errors, rate,
		milli(quantile(s.times, .5)), milli(quantile(s.times, .99)), rss(), note)
}

func milli(d time.Duration) string {
	return strconv.FormatFloat(float64(d)/float64(time.Millisecond), 'f', 3, 64)
}

// rss is the program's resident memory in megabytes, the bench's client included.
func rss() int {
	raw, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return int(m.Sys >> 20)
	}
	f := bytes.Fields(raw)
	pages, _ := strconv.Atoi(string(f[1]))
	return pages * os.Getpagesize() >> 20
}

// reach is the reach of a reader of all, as the bench's clerk is.
func reach(d *org.Directory, person int64, day civil.Date) document.Reach {
	return document.ReachOf(d.Rights(person, day))
}
