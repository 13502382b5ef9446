// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"sync"
	"time"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"

	"soviec/kit/fault"
)

// Limits bound what one file may cost. A zero field takes its default.
type Limits struct {
	Bytes  int64         // size of the file; 64 MB
	Pages  int           // pages whose text is read; 300. Further pages are counted only
	Text   int           // bytes of text in all; 4 MB. What is longer is cut
	Time   time.Duration // by the clock on the wall, for one file; 10 s
	Memory int64         // of the engine; 256 MB
}

func (l Limits) orDefault() Limits {
	if l.Bytes <= 0 {
		l.Bytes = 64 << 20
	}
	if l.Pages <= 0 {
		l.Pages = 300
	}
	if l.Text <= 0 {
		l.Text = 4 << 20
	}
	if l.Time <= 0 {
		l.Time = 10 * time.Second
	}
	if l.Memory <= 0 {
		l.Memory = 256 << 20
	}
	return l
}

// A Worker reads PDF files, one at a time. PDFium runs inside it as WebAssembly:
// it sees the bytes of the one file and nothing else, no disk, no network, and
// each file gets a fresh instance. The engine starts with the first file and
// goes away when it has been idle, so that an idle office costs no memory.
//
// The zero Worker is ready to use. It may be used by many at once; they wait
// for one another.
type Worker struct {
	Limits Limits
	Idle   time.Duration // how long the engine waits for the next file; 30 s
	// Cache is a folder of our own for the translated engine. With it a start
	// takes a quarter of a second, without it six seconds and 300 MB for a moment.
	// Whoever may write there may run code in this process.
	Cache string

	once   sync.Once
	turn   chan struct{} // holds one token; who has it may touch what follows
	engine *engine
	closed bool
	timer  *time.Timer
}

// errClosed is the answer of a worker that has been closed.
var errClosed = errors.New("extract: the worker is closed")

// grace is how long a stopped instance may take to let go before it is left
// behind with its memory.
const grace = 5 * time.Second

func (w *Worker) init() {
	w.once.Do(func() {
		w.turn = make(chan struct{}, 1)
		w.turn <- struct{}{}
	})
}

// Extract reads a PDF file. A file that cannot be read, or costs more than the
// limits, is fault.Invalid on the field "file". After the return r is not
// touched any more.
func (w *Worker) Extract(ctx context.Context, r io.ReadSeeker) (Facts, error) {
	return inCage(ctx, w, r, readDocument)
}

// inCage gives one file to the engine in its turn and has it worked on there.
func inCage[T any](ctx context.Context, w *Worker, r io.ReadSeeker, work func(context.Context, pdfium.Pdfium, io.ReadSeeker, int64, Limits) (T, error)) (T, error) {
	var none T
	limits := w.Limits.orDefault()
	size, err := checkHead(r, limits.Bytes)
	if err != nil {
		return none, err
	}
	w.init()
	select {
	case <-w.turn:
	case <-ctx.Done():
		return none, ctx.Err()
	}
	defer w.rest()
	if w.closed {
		return none, errClosed
	}
	if w.timer != nil {
		w.timer.Stop()
	}
	if w.engine == nil {
		if w.engine, err = startEngine(limits, w.Cache); err != nil {
			return none, fault.Internal(err)
		}
	}
	got, sound, err := readWith(ctx, w.engine, r, size, limits, work)
	if !sound {
		w.stop()
	}
	return got, err
}

// rest gives the turn to the next one, and the engine some time to live.
func (w *Worker) rest() {
	if w.engine != nil {
		idle := w.Idle
		if idle <= 0 {
			idle = 30 * time.Second
		}
		w.timer = time.AfterFunc(idle, w.retire)
	}
	w.turn <- struct{}{}
}

// retire ends an idle engine. If somebody has the turn the engine is not idle.
func (w *Worker) retire() {
	select {
	case <-w.turn:
		w.stop()
		w.turn <- struct{}{}
	default:
	}
}

func (w *Worker) stop() {
	if w.engine == nil {
		return
	}
	w.engine.close()
	w.engine = nil
	debug.FreeOSMemory() // the Go runtime would keep it for minutes
}

// Close waits for the file in work and ends the worker.
func (w *Worker) Close() error {
	w.init()
	<-w.turn
	if w.timer != nil {
		w.timer.Stop()
	}
	w.stop()
	w.closed = true
	w.turn <- struct{}{}
	return nil
}

// engine is a running PDFium.
type engine struct {
	pool  pdfium.Pool
	cache wazero.CompilationCache
}

func startEngine(l Limits, cacheDir string) (*engine, error) {
	const page = 64 << 10
	config := wazero.NewRuntimeConfig().
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithMemoryLimitPages(uint32(min(max(l.Memory/page, 1), 65536))).
		WithCloseOnContextDone(true) // else an endless loop could not be stopped
	e := &engine{}
	if cacheDir != "" {
		cache, err := wazero.NewCompilationCacheWithDir(cacheDir)
		if err != nil {
			return nil, fmt.Errorf("start PDF engine: %w", err)
		}
		e.cache = cache
		config = config.WithCompilationCache(cache)
	}
	pool, err := webassembly.Init(webassembly.Config{
		MaxIdle: 1, MaxTotal: 1,
		RuntimeConfig: config,
		FSConfig:      wazero.NewFSConfig(), // the default would show it the whole disk
		Stdout:        io.Discard,
		Stderr:        io.Discard,
	})
	if err != nil {
		e.close()
		return nil, fmt.Errorf("start PDF engine: %w", err)
	}
	e.pool = pool
	debug.FreeOSMemory() // what the translation needed
	return e, nil
}

func (e *engine) close() {
	if e.pool != nil {
		e.pool.Close()
	}
	if e.cache != nil {
		e.cache.Close(context.Background())
	}
}

// readWith gives one file to a fresh instance. sound is false when the engine must
// not be used again.
func readWith[T any](ctx context.Context, e *engine, r io.ReadSeeker, size int64, l Limits, work func(context.Context, pdfium.Pdfium, io.ReadSeeker, int64, Limits) (T, error)) (got T, sound bool, err error) {
	var none T
	ctx, cancel := context.WithTimeout(ctx, l.Time)
	defer cancel()
	in, err := e.pool.GetInstanceWithContext(ctx)
	if err != nil {
		return none, false, fault.Internal(fmt.Errorf("start PDF instance: %w", err))
	}
	src := &gate{r: r}
	type answer struct {
		got T
		err error
	}
	answers := make(chan answer, 1)
	go func() {
		var a answer
		defer func() {
			if p := recover(); p != nil {
				a.err = fmt.Errorf("read PDF: %v", p)
			}
			answers <- a
		}()
		a.got, a.err = work(ctx, in, src, size, l)
	}()
	select {
	case a := <-answers:
		src.shut()
		closeErr := in.Close()
		if a.err != nil && ctx.Err() != nil {
			return none, false, tooSlow(ctx)
		}
		if a.err == nil || errors.Is(a.err, errUnreadable) {
			return a.got, closeErr == nil, verdict(a.err)
		}
		if errors.Is(a.err, errBroken) {
			return a.got, false, nil
		}
		return none, false, verdict(a.err)
	case <-ctx.Done():
		src.shut()
		in.Kill()
		wait := time.NewTimer(grace)
		defer wait.Stop()
		select {
		case <-answers:
		case <-wait.C:
		}
		return none, false, tooSlow(ctx)
	}
}

// verdict makes the sentence for a file that could not be read. Whatever went
// wrong inside the engine, it was the file that brought it about; the cause is
// kept for the log.
func verdict(err error) error {
	if err == nil {
		return nil
	}
	return &fault.Error{Kind: fault.KindInvalid, Field: "file", Text: "Tệp PDF bị hỏng hoặc không đúng định dạng, không đọc được.", Err: err}
}

// tooSlow tells the file's own time limit from a caller who went away.
func tooSlow(ctx context.Context) error {
	if !errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return ctx.Err()
	}
	return fault.Invalid("file", "Tệp PDF quá phức tạp, không đọc xong trong thời gian cho phép.")
}

// gate is a reader that can be shut, so that a stopped instance does not touch
// a file which its owner has closed.
type gate struct {
	mu  sync.Mutex
	r   io.ReadSeeker
	off bool
}

var errShut = errors.New("the file is no longer open")

func (g *gate) shut() {
	g.mu.Lock()
	g.off = true
	g.mu.Unlock()
}

func (g *gate) Read(p []byte) (int, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.off {
		return 0, errShut
	}
	return g.r.Read(p)
}

func (g *gate) Seek(offset int64, whence int) (int64, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.off {
		return 0, errShut
	}
	return g.r.Seek(offset, whence)
}
