// SPDX-License-Identifier: Apache-2.0

//go:build cgo

package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"soviec/kit/cms/cmstest"
	"soviec/kit/signkey"
	"soviec/kit/signkey/signkeytest"
)

const pin = "12345678"

// TestMain is the program itself in a process of its own, when it is called so.
func TestMain(m *testing.M) {
	if args := os.Getenv("SOVIEC_TOKEN_ARGS"); args != "" {
		os.Exit(run(context.Background(), strings.Split(args, "\n"), os.Stdout, os.Stderr))
	}
	os.Exit(m.Run())
}

// softHSM is the module of SoftHSM2, which ./check installs.
func softHSM(t *testing.T) string {
	t.Helper()
	for _, p := range []string{"/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so", "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so", "/usr/lib64/libsofthsm2.so", "/usr/local/lib/softhsm/libsofthsm2.so"} {
		if _, err := os.Stat(p); err == nil {
			return p
		}
	}
	t.Fatal("SoftHSM2 is not installed (apt-get install softhsm2)")
	return ""
}

func tool(t *testing.T, name string, args ...string) {
	t.Helper()
	if out, err := exec.Command(name, args...).CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
}

// token makes a token with the keys and certificates of a made-up world.
func token(t *testing.T, module, dir string, w *cmstest.World, keys map[cmstest.Kind]*cmstest.Identity) {
	t.Helper()
	conf := filepath.Join(dir, "softhsm2.conf")
	if err := os.WriteFile(conf, fmt.Appendf(nil, "directories.tokendir = %s\nobjectstore.backend = file\nlog.level = ERROR\n", dir), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("SOFTHSM2_CONF", conf)
	tool(t, "softhsm2-util", "--init-token", "--free", "--label", "Van phong", "--pin", pin, "--so-pin", "87654321")
	for i, kind := range []cmstest.Kind{cmstest.RSA2048, cmstest.P256} {
		der, err := x509.MarshalPKCS8PrivateKey(keys[kind].Key)
		if err != nil {
			t.Fatal(err)
		}
		name, id := filepath.Join(dir, string(kind)+".pem"), fmt.Sprintf("%02x", i+1)
		if err := os.WriteFile(name, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), 0o600); err != nil {
			t.Fatal(err)
		}
		tool(t, "softhsm2-util", "--import", name, "--token", "Van phong", "--label", string(kind), "--id", id, "--pin", pin)
		chain := []*x509.Certificate{keys[kind].Cert}
		if i == 0 {
			chain = append(chain, w.Issuing.Cert, w.Root.Cert)
		}
		var file, said bytes.Buffer
		for _, c := range chain {
			pem.Encode(&file, &pem.Block{Type: "CERTIFICATE", Bytes: c.Raw})
		}
		if err := os.WriteFile(name, file.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		put := []string{"--module", module, "--token", "Van phong", "--put", name, "--id", id}
		t.Setenv("SOVIEC_TOKEN_PIN", "0000")
		if code := run(t.Context(), put, &said, &said); code != 1 {
			t.Errorf("a wrong PIN puts certificates there: %s", said.String())
		}
		t.Setenv("SOVIEC_TOKEN_PIN", pin)
		if code := run(t.Context(), put, &said, &said); code != 0 {
			t.Fatal(said.String())
		}
	}
}

// start runs the program in its own process; it is there when it says so.
func start(t *testing.T, module, socket string) *exec.Cmd {
	t.Helper()
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), "SOVIEC_TOKEN_ARGS="+strings.Join([]string{"--module", module, "--socket", socket, "--token", "Van phong"}, "\n"))
	var bad bytes.Buffer
	c.Stderr = &bad
	out, err := c.StdoutPipe()
	if err == nil {
		err = c.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Process.Kill(); c.Wait() })
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		t.Fatalf("soviec-token says %q: %v\n%s", line, err, bad.String())
	}
	return c
}

// stopped waits until a process that was told to stand still does.
func stopped(t *testing.T, pid int) {
	t.Helper()
	for range 5000 {
		stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		if err != nil {
			t.Fatal(err)
		}
		if _, rest, _ := strings.Cut(string(stat), ") "); strings.HasPrefix(rest, "T") {
			return
		}
		time.Sleep(time.Millisecond)
	}
	t.Fatal("the program does not stand still")
}

func TestTheTokenConforms(t *testing.T) {
	module := softHSM(t)
	w, keys := signkeytest.NewWorld(t)
	dir, err := os.MkdirTemp("", "tok") // a socket's path is short
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	token(t, module, dir, w, keys)
	// SoftHSM writes this file anew at each login, in place: a kill in that moment leaves it
	// empty. A real device keeps itself whole, so the test does it here.
	states, err := filepath.Glob(filepath.Join(dir, "*", "token.object"))
	if err != nil || len(states) != 1 {
		t.Fatalf("the token's own file: %v %v", states, err)
	}
	state, err := os.ReadFile(states[0])
	if err != nil {
		t.Fatal(err)
	}
	socket := filepath.Join(dir, "s", "token.sock")
	running := start(t, module, socket)
	signkeytest.Run(t, &signkeytest.Bench{
		Driver: signkey.NewSocket(socket), World: w, Keys: keys, Secret: true,
		Who: func(cmstest.Kind) signkey.Who { return signkey.Who{Secret: pin} },
		Slow: func() func() {
			running.Process.Signal(syscall.SIGSTOP)
			stopped(t, running.Process.Pid)
			return func() { running.Process.Signal(syscall.SIGCONT) }
		},
		// killed without a word, its socket left behind; then started again
		Down: func() func() {
			running.Process.Kill()
			running.Wait()
			return func() {
				if err := os.WriteFile(states[0], state, 0o600); err != nil {
					t.Fatal(err)
				}
				running = start(t, module, socket)
			}
		},
	})
	info, err := os.Stat(socket)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the socket is open to others: %v %v", info.Mode(), err)
	}
	if info, err := os.Stat(filepath.Dir(socket)); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder of the socket is open to others: %v", err)
	}
	// what is no question is answered with nothing, and the next question is answered
	for _, junk := range []string{"", "x", "\xff\xff\xff\xff", "\x00\x00\x00\x05hello", "\x00\x00\x00\x02{}", "\x00\x00\x10\x00{\"Op\":"} {
		c, err := net.Dial("unix", socket)
		if err != nil {
			t.Fatal(err)
		}
		c.Write([]byte(junk))
		c.Close()
	}
	if all, err := signkey.NewSocket(socket).Keys(t.Context(), signkey.Who{}); err != nil || len(all) != 2 {
		t.Error(all, err)
	}
	var said bytes.Buffer
	if code := run(t.Context(), []string{"--module", module, "--socket", socket}, &said, &said); code != 1 || !strings.Contains(said.String(), "đang chạy") {
		t.Errorf("a second one takes the place of the first: %d %s", code, said.String())
	}
}

func TestWhatIsMissingIsSaid(t *testing.T) {
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"--help"}, 0, "Cách dùng: soviec-token"},
		{nil, 2, "Cách dùng: soviec-token"},
		{[]string{"--module", "/khong/co.so"}, 1, "không nạp được thư viện PKCS#11 /khong/co.so"},
	} {
		var out bytes.Buffer
		if code := run(t.Context(), c.args, &out, &out); code != c.code || !strings.Contains(out.String(), c.says) {
			t.Errorf("%v ends with %d: %s", c.args, code, out.String())
		}
	}
}
