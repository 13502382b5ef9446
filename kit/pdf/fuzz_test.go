// SPDX-License-Identifier: Apache-2.0

package pdf

import (
	"bytes"
	"context"
	"os"
	"syscall"
	"testing"
	"time"
)

// FuzzRead opens whatever it is given, and reads every object of every revision.
func FuzzRead(f *testing.F) {
	f.Add(build(false, simple...))
	f.Add(build(true, simple...))
	for _, name := range samples(f) {
		if b, err := os.ReadFile(name); err == nil && len(b) < 100<<10 {
			f.Add(b)
		}
	}
	lim := DefaultLimits
	lim.Work, lim.Inflate = 64<<20, 8<<20
	f.Fuzz(func(t *testing.T, b []byte) {
		ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
		defer cancel()
		start := processor()
		file, err := OpenLast(ctx, bytes.NewReader(b), int64(len(b)), lim)
		if err != nil {
			return
		}
		for k, r := range file.Revisions() {
			v := file.At(k)
			for _, n := range r.Numbers() {
				e := v.Entry(n)
				o, err := v.Get(Ref{n, e.Gen})
				if err != nil {
					continue
				}
				if s, ok := o.(*Stream); ok {
					s.Decode()
				} else if again, err := Append(nil, o); err != nil || len(again) == 0 && o != nil {
					t.Fatalf("%v cannot be written: %v", o, err)
				}
				if !Equal(o, o) {
					t.Fatalf("%v is not itself", o)
				}
			}
			if k > 0 {
				file.Strays(k)
			}
		}
		file.Last().Pages(func(int, Ref, Dict) bool { return true })
		if u, err := file.Update(); err == nil {
			u.Add(Dict{"A": int64(1)})
			if tail, _, err := u.Bytes(); err == nil {
				out := append(bytes.Clone(b), tail...)
				if _, err := Open(ctx, bytes.NewReader(out), int64(len(out)), lim); err != nil && ctx.Err() == nil {
					t.Fatalf("what was appended cannot be read: %v", err)
				}
			}
		}
		if d := processor() - start; d > 3*time.Second {
			t.Fatalf("it took %v", d)
		}
	})
}

// processor is the time of the processor that this process has used: a busy machine does
// not stretch it.
func processor() time.Duration {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
