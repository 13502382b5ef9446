// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/pprof"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"golang.org/x/crypto/acme/autocert"

	"soviec/door/web"
	"soviec/office/document"
	"soviec/office/org"
)

func runServe(ctx context.Context, args []string, out, errOut io.Writer) int {
	s := defaults()
	if _, err := s.parse("serve", "Chạy chương trình cho cơ quan. Lần đầu, chương trình in một địa chỉ dùng một lần để lập cơ quan.", args, errOut, nil); err != nil {
		return exit(err, errOut)
	}
	return exit(serve(ctx, s, out, errOut, nil), errOut)
}

// serveClock is the time by which a served office lives; only a test sets another.
var serveClock = time.Now

// serve runs an installation until the context ends. prepare, if given, works on the
// wired program and its door before the first request is answered.
func serve(ctx context.Context, s Settings, out, errOut io.Writer, prepare func(*program, *web.Door) error) error {
	slog.SetDefault(slog.New(logHandler(s, errOut)))
	p, err := assemble(ctx, s, serveClock)
	if err != nil {
		return err
	}
	defer p.close()
	door, err := p.door()
	if err != nil {
		return err
	}
	if prepare != nil {
		if err := prepare(p, door); err != nil {
			return err
		}
	}
	listener, err := net.Listen("tcp", s.Listen)
	if err != nil {
		return err
	}
	address := "http://" + listener.Addr().String()
	agencies, err := org.Agencies(p.db.Read(ctx))
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	for _, a := range agencies {
		if err := document.Complete(ctx, p.book, a.ID); err != nil {
			return errors.Join(err, listener.Close())
		}
	}
	if len(agencies) == 0 {
		door.Setup = web.NewSetup(p.clock())
		fmt.Fprintf(out, "Chưa có cơ quan nào. Mở địa chỉ dùng một lần sau để lập cơ quan:\n\n  %s%s\n\n", address, door.Setup.Path())
	} else {
		fmt.Fprintf(out, "Sổ Việc đang chạy tại %s\n", address)
	}
	work, stopWork := context.WithCancel(ctx)
	defer stopWork()
	p.background(work)
	if s.Metrics != "" {
		stopMetrics, err := p.serveMetrics(s.Metrics)
		if err != nil {
			return errors.Join(err, listener.Close())
		}
		defer stopMetrics()
	}
	return p.answer(ctx, listener, p.measured(door.Handler()), s)
}

// answer serves until the context ends, then finishes the requests under way.
func (p *program) answer(ctx context.Context, listener net.Listener, handler http.Handler, s Settings) error {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(200) // what lives is small beside what each page throws away
	}
	server := &http.Server{
		Handler: handler, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10,
		// Pages that stay open for live notices end with this context, so that stopping does not wait for them.
		BaseContext: func(net.Listener) context.Context { return ctx },
		ErrorLog:    slog.NewLogLogger(slog.Default().Handler(), slog.LevelDebug),
	}
	failed := make(chan error, 1)
	go func() {
		switch {
		case s.Domain != "":
			m := &autocert.Manager{Prompt: autocert.AcceptTOS, HostPolicy: autocert.HostWhitelist(s.Domain), Cache: autocert.DirCache(filepath.Join(s.Data, "tls"))}
			server.TLSConfig = m.TLSConfig()
			failed <- server.ServeTLS(listener, "", "")
		case s.Cert != "":
			failed <- server.ServeTLS(listener, s.Cert, s.CertKey)
		default:
			failed <- server.Serve(listener)
		}
	}()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	if err := server.Shutdown(grace); err != nil {
		return errors.Join(err, server.Close())
	}
	return nil
}

func logHandler(s Settings, w io.Writer) slog.Handler {
	if s.LogJSON {
		return slog.NewJSONHandler(w, nil)
	}
	return slog.NewTextHandler(w, nil)
}

var (
	requests = prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "soviec_request_seconds", Help: "Time to answer, by class of status.",
		Buckets: []float64{.0005, .001, .002, .005, .01, .02, .05, .1, .2, .5, 1, 5},
	}, []string{"class"})
	classes = [...]prometheus.Observer{2: requests.WithLabelValues("2xx"), 3: requests.WithLabelValues("3xx"), 4: requests.WithLabelValues("4xx"), 5: requests.WithLabelValues("5xx")}
)

// measured times every answer and answers /healthz before anything else.
func (p *program) measured(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/healthz" {
			p.healthz(w, r)
			return
		}
		start := time.Now()
		m := meter{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(&m, r)
		if class := m.status / 100; class >= 2 && class <= 5 {
			classes[class].Observe(time.Since(start).Seconds())
		}
	})
}

type meter struct {
	http.ResponseWriter
	status int
}

func (m *meter) WriteHeader(status int) {
	m.status = status
	m.ResponseWriter.WriteHeader(status)
}

// Unwrap lets a page flush its stream.
func (m *meter) Unwrap() http.ResponseWriter { return m.ResponseWriter }

// healthz says whether the program can read its database.
func (p *program) healthz(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	var one int
	if err := p.db.Read(ctx).QueryRow("SELECT 1").Scan(&one); err != nil {
		http.Error(w, "cơ sở dữ liệu không trả lời", http.StatusServiceUnavailable)
		return
	}
	fmt.Fprintln(w, "ok")
}

// serveMetrics opens figures and profiles on an address of this machine only.
func (p *program) serveMetrics(address string) (stop func(), err error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, fmt.Errorf("--metrics: %w", err)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return nil, errors.New("--metrics chỉ mở trên máy này (127.0.0.1)")
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return nil, err
	}
	registry := prometheus.NewRegistry()
	registry.MustRegister(requests, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	mux := http.NewServeMux()
	mux.Handle("/metrics", promhttp.HandlerFor(registry, promhttp.HandlerOpts{}))
	mux.HandleFunc("/debug/pprof/", pprof.Index)
	mux.HandleFunc("/debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("/debug/pprof/trace", pprof.Trace)
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = server.Serve(listener) }()
	return func() { _ = server.Close() }, nil
}

// emptyPlace reports whether nothing of an installation lies in the folder yet.
func emptyPlace(s Settings) bool {
	entries, err := os.ReadDir(s.Data)
	return err != nil || len(entries) == 0
}
