// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"
)

// A progress shows how far a long command is: a bar on a terminal, elsewhere a line
// every tenth. It may be used by many goroutines.
type progress struct {
	w        io.Writer
	label    string
	terminal bool

	mu    sync.Mutex
	total int // 0 = unknown: only counts
	at    int
	shown int // tenth last told, on no terminal
	drawn time.Time
	start time.Time
	done  bool
}

// newProgress begins to show; total is 0 when it is not known.
func newProgress(w io.Writer, label string, total int) *progress {
	p := &progress{w: w, label: label, total: total, terminal: isTerminal(w), start: time.Now()}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.draw(true)
	return p
}

// Add moves forward by n.
func (p *progress) Add(n int) { p.move(func() { p.at += n }) }

// Set moves to n of total; a total that has become known replaces the old one.
func (p *progress) Set(n, total int) { p.move(func() { p.at, p.total = n, total }) }

// Done ends the bar with the time it took. Further calls do nothing.
func (p *progress) Done() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.done {
		return
	}
	p.done = true
	if p.total > 0 && p.at > p.total {
		p.at = p.total
	}
	took := time.Since(p.start).Round(100 * time.Millisecond)
	if p.terminal {
		fmt.Fprintf(p.w, "\r\x1b[K%s: xong %s trong %s\n", p.label, p.count(), seconds(took))
		return
	}
	fmt.Fprintf(p.w, "%s: xong %s trong %s\n", p.label, p.count(), seconds(took))
}

// Clear takes the bar away, so that a line can be written where it stood.
func (p *progress) Clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.terminal && !p.done {
		fmt.Fprint(p.w, "\r\x1b[K")
		p.drawn = time.Time{}
	}
}

func (p *progress) move(step func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.done {
		return
	}
	step()
	p.draw(false)
}

// barWidth is how many signs the bar has.
const barWidth = 30

func (p *progress) draw(force bool) {
	if !p.terminal {
		p.line()
		return
	}
	now := time.Now()
	if !force && now.Sub(p.drawn) < 100*time.Millisecond {
		return
	}
	p.drawn = now
	if p.total <= 0 {
		fmt.Fprintf(p.w, "\r\x1b[K%s: %s", p.label, p.count())
		return
	}
	share := min(float64(p.at)/float64(p.total), 1)
	full := int(share * barWidth)
	left := ""
	if spent := now.Sub(p.start); share > 0.02 && spent > 2*time.Second {
		left = ", còn khoảng " + seconds(time.Duration(float64(spent)*(1-share)/share).Round(time.Second))
	}
	fmt.Fprintf(p.w, "\r\x1b[K%s [%s%s] %3d%% %s%s", p.label, strings.Repeat("█", full), strings.Repeat("·", barWidth-full), int(share*100), p.count(), left)
}

// line tells each tenth once, where there is no terminal to draw on.
func (p *progress) line() {
	if p.total <= 0 {
		return
	}
	tenth := min(p.at*10/p.total, 10)
	if tenth > p.shown && tenth < 10 {
		p.shown = tenth
		fmt.Fprintf(p.w, "%s: %d%%\n", p.label, tenth*10)
	}
}

func (p *progress) count() string {
	if p.total <= 0 {
		return thousands(int64(p.at))
	}
	return thousands(int64(p.at)) + "/" + thousands(int64(p.total))
}

// thousands writes a number as it is written here: 1.234.567.
func thousands(n int64) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "." + s[i:]
	}
	return s
}

func seconds(d time.Duration) string {
	if d < time.Minute {
		return strings.Replace(fmt.Sprintf("%.3g giây", d.Seconds()), ".", ",", 1)
	}
	return fmt.Sprintf("%d phút %d giây", int(d.Minutes()), int(d.Seconds())%60)
}

// isTerminal reports whether somebody looks at w.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok || os.Getenv("TERM") == "dumb" {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
