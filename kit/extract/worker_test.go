// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"soviec/kit/fault"
)

func newWorker(t testing.TB, l Limits) *Worker {
	w := &Worker{Limits: l, Cache: cache}
	t.Cleanup(func() { w.Close() })
	return w
}

func TestTextOfPages(t *testing.T) {
	w := newWorker(t, Limits{})
	file := makePDF(true,
		line(70, 780, "UY BAN")+line(300, 780, "CONG HOA")+line(70, 700, "Noi dung")+line(70, 684, "tiep theo"),
		line(70, 780, "Trang hai"), "")
	facts, err := w.Extract(context.Background(), bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"UY BAN    CONG HOA\n\nNoi dung\ntiep theo", "Trang hai", ""}
	if facts.Pages != 3 || facts.Version != "1.7" || facts.Encrypted || facts.Cut || strings.Join(facts.Text, "|") != strings.Join(want, "|") {
		t.Fatalf("got %+v", facts)
	}
}

func TestSampleOfficialDocument(t *testing.T) {
	b, err := os.ReadFile(filepath.Join(samples(t, "capture"), "113.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	facts, err := newWorker(t, Limits{}).Extract(context.Background(), bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Số: 96/CĐ-BXD    Hà Nội, ngày 22 tháng 11 năm 2025", "HỎA TỐC", "Nơi nhận:    KT. BỘ TRƯỞNG", "Lê Anh Tuấn"} {
		if !strings.Contains(facts.FirstPage(), want) {
			t.Errorf("no %q in\n%s", want, facts.FirstPage())
		}
	}
}

func TestLimitsOnPagesAndText(t *testing.T) {
	page := line(70, 780, strings.Repeat("abcdefghi ", 5))
	file := makePDF(true, page, page, page, page)
	facts, err := newWorker(t, Limits{Pages: 2}).Extract(context.Background(), bytes.NewReader(file))
	if err != nil || facts.Pages != 4 || len(facts.Text) != 2 || !facts.Cut {
		t.Fatalf("pages: %+v, %v", facts, err)
	}
	facts, err = newWorker(t, Limits{Text: 60}).Extract(context.Background(), bytes.NewReader(file))
	if err != nil || facts.Pages != 4 || len(strings.Join(facts.Text, "")) > 60 || !facts.Cut {
		t.Fatalf("text: %+v, %v", facts, err)
	}
}

func TestRefusedBeforeTheEngineStarts(t *testing.T) {
	w := newWorker(t, Limits{Bytes: 1 << 20})
	for name, b := range map[string][]byte{
		"empty": nil, "text": []byte("%PNG"), "large": append([]byte("%PDF-1.7\n"), make([]byte, 1<<20)...),
	} {
		_, err := w.Extract(context.Background(), bytes.NewReader(b))
		if all := fault.All(err); len(all) != 1 || all[0].Kind != fault.KindInvalid || all[0].Field != "file" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if w.engine != nil {
		t.Error("the engine was started for nothing")
	}
}

// hostile are files made to harm whoever reads them.
func hostile() map[string][]byte {
	good := makePDF(true, line(70, 780, "x"))
	form := "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>/Length 4>>\nstream\n/X Do\nendstream"
	self := bytes.Replace(makePDF(false, "/X Do"), []byte("/Font<<"), []byte("/XObject<</X 6 0 R>>/Font<<"), 1)
	self = append(bytes.TrimSuffix(self, []byte("%%EOF\n")), []byte("\n6 0 obj\n"+form+"\nendobj\n%%EOF\n")...)
	return map[string][]byte{
		"cut off":        good[:len(good)/2],
		"only a head":    []byte("%PDF-1.7\n"),
		"no pages":       makePDF(false),
		"own parent":     bytes.Replace(good, []byte("/Kids[4 0 R]"), []byte("/Kids[2 0 R]"), 1),
		"huge count":     bytes.Replace(good, []byte("/Count 1"), []byte("/Count 2000000000"), 1),
		"negative count": bytes.Replace(good, []byte("/Count 1"), []byte("/Count -1"), 1),
		"draws itself":   self,
		"deep arrays":    append([]byte("%PDF-1.7\n1 0 obj\n"), bytes.Repeat([]byte("["), 1<<20)...),
		"deep states":    makePDF(true, strings.Repeat("q ", 1<<17)),
		"zip bomb":       makePDF(true, strings.Repeat(" ", 200<<20)),
	}
}

// A hostile file gets an answer in time, and the worker still reads the next one.
func TestHostileFiles(t *testing.T) {
	w := newWorker(t, Limits{Time: 3 * time.Second})
	good := makePDF(true, line(70, 780, "con doc duoc"))
	for name, b := range hostile() {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			facts, err := w.Extract(context.Background(), bytes.NewReader(b))
			if err != nil && !fault.Is(err, fault.KindInvalid) {
				t.Errorf("error %v", err)
			}
			if took := time.Since(start); took > 30*time.Second {
				t.Errorf("took %v", took)
			}
			t.Logf("%d bytes, %d pages, %v: %v", len(b), facts.Pages, time.Since(start).Round(time.Millisecond), err)
			facts, err = w.Extract(context.Background(), bytes.NewReader(good))
			if err != nil || facts.FirstPage() != "con doc duoc" {
				t.Fatalf("afterwards: %+v, %v", facts, err)
			}
		})
	}
}

// tooMuchText takes minutes to read.
func tooMuchText() []byte {
	return makePDF(true, "BT /F1 1 Tf "+strings.Repeat("(aaaaaaaaaaaaaaaa) Tj 0 1 Td ", 400_000)+"ET")
}

func TestSlowFileIsStopped(t *testing.T) {
	w := newWorker(t, Limits{Time: time.Second})
	if _, err := w.Extract(context.Background(), bytes.NewReader(makePDF(false, ""))); err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	_, err := w.Extract(context.Background(), bytes.NewReader(tooMuchText()))
	if all := fault.All(err); len(all) != 1 || all[0].Kind != fault.KindInvalid || !strings.Contains(all[0].Text, "thời gian") {
		t.Fatalf("error %v", err)
	}
	if took := time.Since(start); took > 15*time.Second {
		t.Fatalf("took %v", took)
	}
	if w.engine != nil {
		t.Fatal("the engine was kept")
	}
	if _, err := w.Extract(context.Background(), bytes.NewReader(makePDF(false, ""))); err != nil {
		t.Fatal(err)
	}
}

func TestCallerWhoGoesAway(t *testing.T) {
	w := newWorker(t, Limits{})
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(500*time.Millisecond, cancel)
	if _, err := w.Extract(ctx, bytes.NewReader(tooMuchText())); !errors.Is(err, context.Canceled) {
		t.Fatalf("error %v", err)
	}
}

func TestManyAtOnceAndClose(t *testing.T) {
	w := newWorker(t, Limits{})
	var wg sync.WaitGroup
	for i := range 6 {
		wg.Go(func() {
			text := "tep so " + strconv.Itoa(i)
			facts, err := w.Extract(context.Background(), bytes.NewReader(makePDF(true, line(70, 780, text))))
			if err != nil || facts.FirstPage() != text {
				t.Errorf("%+v, %v", facts, err)
			}
		})
	}
	wg.Wait()
	w.Close()
	if _, err := w.Extract(context.Background(), bytes.NewReader(makePDF(true, ""))); !errors.Is(err, errClosed) {
		t.Fatalf("after closing: %v", err)
	}
}

// The memory of the engine comes back when it has been idle.
func TestIdleMemoryComesBack(t *testing.T) {
	if resident(t) == 0 {
		t.Skip("the machine does not tell how much memory a process has")
	}
	w := newWorker(t, Limits{})
	w.Idle = 50 * time.Millisecond
	for range 2 {
		before := resident(t)
		if _, err := w.Extract(context.Background(), bytes.NewReader(makePDF(true, line(70, 780, "x")))); err != nil {
			t.Fatal(err)
		}
		work := resident(t)
		deadline := time.Now().Add(5 * time.Second)
		for {
			<-w.turn
			idle := w.engine == nil
			w.turn <- struct{}{}
			if idle || time.Now().After(deadline) {
				break
			}
			time.Sleep(10 * time.Millisecond)
		}
		after := resident(t)
		t.Logf("resident MB: before %d, at work %d, after %d", before>>20, work>>20, after>>20)
		if held := after - before; held > 30<<20 {
			t.Errorf("%d MB are held when idle", held>>20)
		}
	}
}

// resident is the memory that the process has of the machine.
func resident(t testing.TB) int {
	b, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0
	}
	n, _ := strconv.Atoi(strings.Fields(string(b))[1])
	return n * os.Getpagesize()
}
