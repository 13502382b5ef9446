// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"soviec/kit/cms"
	"soviec/kit/signkey"
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
	for _, name := range []string{"fake-csc", "fake-smartca"} {
		first := playing(t, name, "--listen", "127.0.0.1:0", "--dir", filepath.Join(dir, name))
		s := defaults()
		s.CSCClient, s.CSCSecret, s.SmartCAID, s.SmartCAPassword = "so-viec", "ky-thu", "so-viec", "ky-thu"
		_, address, _ := strings.Cut(first, ": ")
		if name == "fake-csc" {
			s.CSCAddress = address
		} else {
			s.SmartCAAddress = address
		}
		places, err := s.places()
		if err != nil || len(places) != 2 {
			t.Fatal(places, err)
		}
		keys, err := places[1].Driver.Keys(t.Context(), signkey.Who{Account: "004090000001"})
		if err != nil || len(keys) != 1 || keys[0].Label != "Người ký thử nghiệm" {
			t.Errorf("%s: %v %v", name, keys, err)
		}
		if _, err := cms.LoadStore(os.DirFS(filepath.Join(dir, name))); err != nil {
			t.Error(err)
		}
	}
	for _, name := range []string{"fake-vgca", "fake-csc", "fake-smartca"} {
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

// An address that cannot be right stops the program at its start, not at the first signature.
func TestWrongPlacesOfKeysAreSaidAtTheStart(t *testing.T) {
	for _, c := range []func(*Settings){
		func(s *Settings) { s.CSCAddress = "http://ca.example.vn/csc/v2" },
		func(s *Settings) { s.CSCAddress = "https://ca.example.vn/csc/v2" }, // without the office's secret
		func(s *Settings) { s.SmartCAAddress, s.SmartCAID, s.SmartCAPassword = "gwsca", "a", "b" },
	} {
		s := defaults()
		c(&s)
		if _, err := s.places(); err == nil {
			t.Errorf("%+v is taken", s)
		}
	}
}
