// SPDX-License-Identifier: Apache-2.0

package web

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sync"
	"time"

	"soviec/kit/fault"
	"soviec/kit/sheet"
	"soviec/office/document"
)

// takenOver is a register that somebody sent, in a folder of its own until it has been
// taken over or is forgotten.
type takenOver struct {
	key            string
	agency, person int64
	name           string // of the file
	folder         string // what was sent lies here
	sheet          string // path of the register
	register       int64
	year           int
	since          time.Time
	files          map[string]string // name as a sheet writes it → path
	spooled        int               // how many paths in the folder were taken

	head     []string
	samples  [][]string
	lines    int
	proposed map[string]int

	mu       sync.Mutex
	columns  map[string]int
	ready    bool // previewed without a fault
	started  time.Time
	done     int
	total    int
	finished bool
	failed   error
	report   document.Report
	used     time.Time
}

const (
	takeOversMost = 20
	takeOverKept  = 6 * time.Hour
)

// takeOvers are those of one door. They hold nothing that the office would miss after
// a restart: what was not taken over is sent again.
type takeOvers struct {
	mu sync.Mutex
	m  map[string]*takenOver
}

var takeOverDesks sync.Map // *Door → *takeOvers

func takeOversOf(d *Door) *takeOvers {
	o, _ := takeOverDesks.LoadOrStore(d, &takeOvers{m: map[string]*takenOver{}})
	return o.(*takeOvers)
}

func (o *takeOvers) add(t *takenOver, now time.Time) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.m) == 0 {
		sweepLeft(now)
	}
	t.since, t.used = now, now
	o.m[t.key] = t
	o.forget(now)
}

// folderPattern names the folders of what was sent, among the machine's temporary ones.
const folderPattern = "soviec-so-*"

// sweepLeft removes the folders that a program which ended left behind.
func sweepLeft(now time.Time) {
	left, _ := filepath.Glob(filepath.Join(os.TempDir(), folderPattern))
	for _, folder := range left {
		if info, err := os.Stat(folder); err == nil && now.Sub(info.ModTime()) > 2*takeOverKept {
			_ = os.RemoveAll(folder)
		}
	}
}

// forget drops what nobody has looked at for long, and the oldest when there are too many.
func (o *takeOvers) forget(now time.Time) {
	idle := func(t *takenOver) bool {
		t.mu.Lock()
		defer t.mu.Unlock()
		return t.started.IsZero() || t.finished
	}
	all := slices.SortedFunc(maps.Values(o.m), func(a, b *takenOver) int { return cmp.Compare(a.since.UnixNano(), b.since.UnixNano()) })
	for _, t := range all {
		if idle(t) && (now.Sub(t.lastUsed()) > takeOverKept || len(o.m) > takeOversMost) {
			t.discard()
			delete(o.m, t.key)
		}
	}
}

func (o *takeOvers) find(key string, agency, person int64, now time.Time) (*takenOver, bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.forget(now)
	t, ok := o.m[key]
	if !ok || t.agency != agency || t.person != person {
		return nil, false
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.used = now
	return t, true
}

// under are a person's own that have not been taken over, the newest first.
func (o *takeOvers) under(agency, person int64) []*takenOver {
	o.mu.Lock()
	defer o.mu.Unlock()
	var out []*takenOver
	for _, t := range o.m {
		if t.agency == agency && t.person == person && !t.over() {
			out = append(out, t)
		}
	}
	slices.SortFunc(out, func(a, b *takenOver) int { return b.since.Compare(a.since) })
	return out
}

func newTakeOverKey() string {
	var raw [12]byte
	_, _ = rand.Read(raw[:])
	return hex.EncodeToString(raw[:])
}

func (t *takenOver) href() string { return "/quan-tri/nhap-so/" + t.key }

func (t *takenOver) discard() { _ = os.RemoveAll(t.folder) }

func (t *takenOver) lastUsed() time.Time {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.used
}

func (t *takenOver) begun() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return !t.started.IsZero()
}

func (t *takenOver) over() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.finished && t.failed == nil
}

// standing says where it stands, for the list.
func (t *takenOver) standing() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch {
	case t.started.IsZero():
		return "đang ghép cột, chưa nhập"
	case t.finished:
		return "chưa chuyển được"
	}
	return fmt.Sprintf("đang nhập, %s trong %s", number(t.done), number(t.total))
}

func (t *takenOver) match(columns map[string]int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.columns, t.ready = columns, false
}

func (t *takenOver) previewed(ready bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.ready = ready
}

// begin reports whether the work may begin now: once, and only after a preview
// without a fault.
func (t *takenOver) begin(now time.Time) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.ready || !t.started.IsZero() {
		return false
	}
	t.started, t.total = now, t.lines
	return true
}

func (t *takenOver) progress(done, total int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.done, t.total = done, total
}

func (t *takenOver) finish(rep document.Report, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.finished, t.report, t.failed = true, rep, err
	t.discard() // what was sent is in the office now, or has to be mended and sent again
}

var columnNumber = regexp.MustCompile(`^\(\d{1,2}\)$`)

// body yields the rows under the head of a register: without the row of column numbers
// that the legal form has, and without the template's hints.
func (t *takenOver) body(ctx context.Context, yield func(sheet.Record) bool) error {
	f, err := os.Open(t.sheet)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	hints := map[string]bool{}
	for _, h := range takeOverHints {
		hints[h] = true
	}
	first := true
	for r, err := range sheet.Read(ctx, f, info.Size(), t.name, sheet.Limits{}) {
		if err != nil {
			return err
		}
		said := slices.DeleteFunc(slices.Clone(r.Cells), func(c string) bool { return c == "" })
		all := func(is func(string) bool) bool {
			return len(said) > 0 && !slices.ContainsFunc(said, func(c string) bool { return !is(c) })
		}
		if all(columnNumber.MatchString) || all(func(c string) bool { return hints[c] }) {
			continue
		}
		if !yield(r) {
			return nil
		}
		first = false
	}
	if first {
		return fault.Invalid("file", "Tệp không có dòng nào.")
	}
	return nil
}

// headWithin is how far down the head of a register is looked for.
const headWithin = 30

// open finds the head, proposes what the columns mean and counts the lines.
func (t *takenOver) open(ctx context.Context) error {
	var top []sheet.Record
	n := 0
	err := t.body(ctx, func(r sheet.Record) bool {
		if n++; len(top) < headWithin {
			top = append(top, r)
		}
		return true
	})
	if err != nil {
		return err
	}
	var cells [][]string
	for _, r := range top {
		cells = append(cells, r.Cells)
	}
	at := sheet.FindHead(cells, takeOverColumns())
	if at < 0 {
		return fault.Invalid("file", "Không tìm thấy dòng tên cột (Số đến, Ngày đến, Tác giả, Trích yếu…) trong 30 dòng đầu của tệp.")
	}
	if t.lines = n - at - 1; t.lines == 0 {
		return fault.Invalid("file", "Dưới dòng tên cột không có dòng nào.")
	}
	t.head, t.samples = cells[at], cells[at+1:]
	t.proposed = sheet.ProposeMapping(t.head, takeOverColumns())
	t.columns = t.proposed
	return nil
}

// batch reads all rows.
func (t *takenOver) batch(ctx context.Context) (document.Batch, error) {
	t.mu.Lock()
	in := document.Batch{Name: t.name, Register: t.register, Year: t.year, Columns: t.columns}
	t.mu.Unlock()
	head := false
	err := t.body(ctx, func(r sheet.Record) bool {
		if !head {
			head = slices.Equal(r.Cells, t.head)
			return true
		}
		in.Rows, in.Numbers = append(in.Rows, r.Cells), append(in.Numbers, r.Number)
		return true
	})
	if errors.Is(err, os.ErrNotExist) {
		err = fault.Invalid("file", "Tệp đã gửi không còn được giữ. Hãy chọn lại tệp.")
	}
	return in, err
}
