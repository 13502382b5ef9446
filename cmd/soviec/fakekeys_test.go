// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"strings"
	"testing"
)

// playing runs a fake until the test ends, and gives the first line that it tells.
func playing(t *testing.T, args ...string) string {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	told, tell := io.Pipe()
	ended := make(chan int, 1)
	var bad bytes.Buffer
	go func() {
		code := run(ctx, args, tell, &bad)
		tell.Close()
		ended <- code
	}()
	lines := bufio.NewReader(told)
	first, err := lines.ReadString('\n')
	if err != nil {
		t.Fatalf("%v says nothing: %s", args, bad.String())
	}
	go io.Copy(io.Discard, lines)
	t.Cleanup(func() {
		stop()
		if code := <-ended; code != 0 {
			t.Errorf("%v ends with %d: %s", args, code, bad.String())
		}
	})
	return strings.TrimSpace(first)
}

func TestFakesOpenOnThisMachineOnly(t *testing.T) {
	dir := t.TempDir()
	if first := playing(t, "fake-vgca", "--listen", "127.0.0.1:0", "--dir", dir); !strings.Contains(first, "wss://127.0.0.1:") {
		t.Error(first)
	}
	for _, name := range []string{"fake-vgca"} {
		var out bytes.Buffer
		if code := run(t.Context(), []string{name, "--listen", "0.0.0.0:0"}, &out, &out); code != 1 || !strings.Contains(out.String(), "chính máy này") {
			t.Errorf("%s ends with %d: %s", name, code, out.String())
		}
		out.Reset()
		if code := run(t.Context(), []string{name, "--help"}, &out, &out); code != 0 || !strings.Contains(out.String(), "soviec "+name) {
			t.Errorf("%s --help ends with %d", name, code)
		}
	}
}
