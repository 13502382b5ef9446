// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"soviec/kit/civil"
	"soviec/kit/store"
	"soviec/office/handover"
	"soviec/office/task"
)

const benchTasksUsage = `Đo tốc độ giao việc trên dữ liệu sinh ra, in bảng TSV.

Cách dùng: soviec bench tasks -n 100000,1000000 [-t 3s] [--database postgres://…]

Mỗi số là chừng ấy việc của 76 cơ quan, 10.032 cán bộ; 50.000 việc đang mở (một nửa số việc nếu ít hơn).
Mỗi phép đo chạy hai lần: hết sức (max), rồi theo nhịp bằng nửa sức ấy (half).
Cột: engine, tasks, work, load, clients, requests, errors, per_second, p50_ms, p99_ms, cpu_ms, rss_mb, note. cpu_ms là thời gian bộ xử lý của một yêu cầu, ít phụ thuộc máy bận hay rỗi.`

const (
	taskAgencies = 76
	taskUnits    = 12  // beside the leaders
	taskOfficers = 120 // of the units; with their heads, the leaders and the office 132 of an agency
	taskOpen     = 50_000
	taskClients  = 8
)

func runBenchTasks(ctx context.Context, args []string, out, errOut io.Writer) int {
	s := defaults()
	sizes, length, only := "100000", 3*time.Second, ""
	_, err := s.parse("bench tasks", benchTasksUsage, args, errOut, func(fs *flag.FlagSet) {
		fs.StringVar(&sizes, "n", sizes, "số việc, cách nhau bằng dấu phẩy")
		fs.DurationVar(&length, "t", length, "thời gian của mỗi phép đo")
		fs.StringVar(&only, "only", only, "chỉ các phép đo có tên chứa chữ này")
	})
	if err != nil {
		return exit(err, errOut)
	}
	fmt.Fprintln(out, "engine\ttasks\twork\tload\tclients\trequests\terrors\tper_second\tp50_ms\tp99_ms\tcpu_ms\trss_mb\tnote")
	first := map[string]time.Duration{}
	for _, size := range strings.Split(sizes, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(size))
		if err != nil || n <= 0 {
			return exit(fmt.Errorf("-n %q không phải số việc", size), errOut)
		}
		if err := benchTasks(ctx, s, n, length, only, first, out, errOut); err != nil {
			return exit(err, errOut)
		}
	}
	return 0
}

// taskBench is an installation of many agencies under measurement.
type taskBench struct {
	*bench
	*program
	tasks   int
	first   map[string]time.Duration // p50 of each work at the first size
	offices []taskOffice
	cookies []*http.Cookie
}

func benchTasks(ctx context.Context, s Settings, n int, length time.Duration, only string, first map[string]time.Duration, out, errOut io.Writer) error {
	dir, err := os.MkdirTemp("", "soviec-bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	s.Data, s.Files, s.Key = dir, "folder:"+filepath.Join(dir, "tep"), filepath.Join(dir, "so.khoa")
	office := &benchOffice{engine: store.SQLite, documents: n}
	if strings.HasPrefix(s.Database, "sqlite:") {
		s.Database = "sqlite:" + filepath.Join(dir, "bench.db")
	} else {
		s.Schema = fmt.Sprintf("bench_%d_%d", n, time.Now().UnixNano())
		office.engine, office.database, office.schema = store.PostgreSQL, s.Database, s.Schema
	}
	defer office.drop()
	offices, err := fillTasks(ctx, s, n, errOut)
	if err != nil {
		return err
	}
	p, err := assemble(ctx, s, time.Now)
	if err != nil {
		return err
	}
	defer p.close()
	b := &taskBench{program: p, tasks: n, first: first, offices: offices, bench: &bench{benchOffice: office, out: out, length: length, only: only,
		client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64, MaxIdleConns: 256, DisableCompression: true}}}}
	return b.run(ctx, s)
}

func (b *taskBench) run(ctx context.Context, s Settings) error {
	door, err := b.door()
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	serving, stop := context.WithCancel(ctx)
	defer stop()
	done := make(chan error, 1)
	go func() { done <- b.answer(serving, listener, door.Handler(), s) }()
	b.base = "http://" + listener.Addr().String()
	for i, o := range b.offices {
		if i%4 != 0 { // every fourth agency works over HTTP
			continue
		}
		for _, user := range o.users {
			b.clerk = user
			if err := b.signIn(ctx); err != nil {
				return err
			}
			b.cookies = append(b.cookies, b.cookie)
		}
	}
	for _, o := range b.offices { // as they stand after the first minutes of a morning
		if _, err := b.directory(ctx, o.agency); err != nil {
			return err
		}
		if _, err := b.board.Of(ctx, o.agency); err != nil {
			return err
		}
	}
	b.works(ctx)
	stop()
	return <-done
}

// works measures what people and pages ask for most.
func (b *taskBench) works(ctx context.Context) {
	r := b.db.Read(ctx)
	b.both(ctx, "own list", func(ctx context.Context) error {
		o, person := b.any()
		d, err := b.directory(ctx, o.agency)
		if err != nil {
			return err
		}
		p, err := b.board.Of(ctx, o.agency)
		if err != nil {
			return err
		}
		if v := p.View(d, b.clock(), task.Scope{Person: person}, task.Filter{Person: person}); v.Open == 0 {
			return fmt.Errorf("nothing is held by %d", person)
		}
		return nil
	})
	scope := func(ctx context.Context, scope func(o taskOffice) task.Scope) error {
		o, _ := b.any()
		d, err := b.directory(ctx, o.agency)
		if err != nil {
			return err
		}
		p, err := b.board.Of(ctx, o.agency)
		if err != nil {
			return err
		}
		if v := p.View(d, b.clock(), scope(o), task.Filter{}); v.Open == 0 {
			return fmt.Errorf("nothing is open in %d", o.agency)
		}
		return nil
	}
	b.both(ctx, "one click", func(ctx context.Context) error {
		return scope(ctx, func(taskOffice) task.Scope { return task.Scope{All: true} })
	})
	b.both(ctx, "board of a unit", func(ctx context.Context) error {
		return scope(ctx, func(o taskOffice) task.Scope { return task.Scope{Units: o.units[:1]} })
	})
	b.both(ctx, "load of an agency", func(ctx context.Context) error {
		o, _ := b.any()
		d, err := b.directory(ctx, o.agency)
		if err != nil {
			return err
		}
		p, err := b.board.Of(ctx, o.agency)
		if err != nil {
			return err
		}
		if l := handover.Loads(p, d, b.clock(), o.people); len(l) != len(o.people) {
			return fmt.Errorf("%d of %d people have a load", len(l), len(o.people))
		}
		return nil
	})
	b.both(ctx, "finished work", func(ctx context.Context) error {
		o, person := b.any()
		_, err := task.FinishedBy(r, o.agency, person, b.clock(), 50)
		return err
	})
	b.both(ctx, "a task", func(ctx context.Context) error {
		o, _ := b.any()
		id := o.works[rand.IntN(len(o.works))]
		_, err := task.Get(r, o.agency, id)
		return err
	})
	for _, page := range [][2]string{{"page: home", "/"}, {"page: one click", "/viec-qua-han"}, {"page: work", "/viec"}} {
		path := page[1]
		b.both(ctx, page[0], func(ctx context.Context) error {
			req, _ := http.NewRequestWithContext(ctx, http.MethodGet, b.base+path, nil)
			req.AddCookie(b.cookies[rand.IntN(len(b.cookies))])
			resp, err := b.client.Do(req)
			if err != nil {
				return err
			}
			defer resp.Body.Close()
			if _, err = io.Copy(io.Discard, resp.Body); err == nil && resp.StatusCode != http.StatusOK {
				err = fmt.Errorf("%s answered %s", path, resp.Status)
			}
			return err
		})
	}
}

// any is some agency and somebody in it who holds work.
func (b *taskBench) any() (taskOffice, int64) {
	o := b.offices[rand.IntN(len(b.offices))]
	return o, o.people[rand.IntN(len(o.people))]
}

// both measures a work at full strength, then at half of that pace: the times of the
// second are those that people feel.
func (b *taskBench) both(ctx context.Context, name string, f func(context.Context) error) {
	if !strings.Contains(name, b.only) || ctx.Err() != nil {
		return
	}
	b.drive(ctx, taskClients, b.length/4, f) // warm
	from := cpuTime()
	most := b.drive(ctx, taskClients, b.length, f)
	b.say(name, "max", most, cpuTime()-from, "")
	rate := float64(most.count-most.errors) / most.took.Seconds() / 2
	from = cpuTime()
	half := b.paced(ctx, rate, f)
	spent := cpuTime() - from
	note, p50 := "", quantile(half.times, .5)
	if was, ok := b.first[name]; ok && was > 0 {
		note = fmt.Sprintf("p50 bằng %.2f lần ở cỡ đầu", float64(p50)/float64(was))
	} else {
		b.first[name] = p50
	}
	b.say(name, "half", half, spent, note)
}

// paced sends requests at a steady pace, whether the ones before have been answered or
// not; the time of each counts from when it was due.
func (b *taskBench) paced(ctx context.Context, rate float64, f func(context.Context) error) sample {
	const clients = 64
	var all sample
	var mu sync.Mutex
	var wg sync.WaitGroup
	var next atomic.Int64
	start := time.Now()
	for range clients {
		wg.Go(func() {
			var one sample
			for ctx.Err() == nil {
				due := start.Add(time.Duration(float64(next.Add(1)) / rate * float64(time.Second)))
				if due.Sub(start) > b.length {
					break
				}
				time.Sleep(time.Until(due))
				err := f(ctx)
				one.count++
				if err != nil {
					one.errors++
					one.fault = err.Error()
					continue
				}
				one.times = append(one.times, time.Since(due))
			}
			mu.Lock()
			defer mu.Unlock()
			all.count += one.count
			all.errors += one.errors
			all.times = append(all.times, one.times...)
			if one.fault != "" {
				all.fault = one.fault
			}
		})
	}
	wg.Wait()
	all.took = time.Since(start)
	return all
}

// cpuTime is the processor time that the program has used.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func (b *taskBench) say(name, load string, s sample, cpu time.Duration, note string) {
	if s.fault != "" {
		note = strings.TrimSpace(note + " lỗi: " + s.fault)
	}
	fmt.Fprintf(b.out, "%s\t%d\t%s\t%s\t%d\t%d\t%d\t%.0f\t%s\t%s\t%s\t%d\t%s\n", b.engine, b.tasks, name, load, taskClients, s.count, s.errors,
		float64(s.count-s.errors)/s.took.Seconds(), milli(quantile(s.times, .5)), milli(quantile(s.times, .99)), milli(cpu/time.Duration(max(s.count, 1))), rss(), note)
}

// dayOfTask spreads work over the working year: given on one day, due so many days later.
func dayOfTask(today civil.Date, i, n, open int) (given, due, done civil.Date) {
	if i >= n-open { // open today; every fifth is late
		k := i - (n - open)
		return today.AddDays(-30 - k%20), today.AddDays(1 + k%25 - 7*boolInt(k%5 == 0)*4), 0
	}
	given = today.AddDays(-1800 + int(int64(i)*1700/int64(n)))
	return given, given.AddDays(10), given.AddDays(8 + i%5)
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}
