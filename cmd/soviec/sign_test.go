// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// onePage is the smallest PDF with a page of A4.
func onePage() []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	var at []int
	for i, o := range []string{"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"} {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	xref := b.Len()
	b.WriteString("xref\n0 4\n0000000000 65535 f \n")
	for _, x := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", x)
	}
	fmt.Fprintf(&b, "trailer\n<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", xref)
	return b.Bytes()
}

func TestSignOnTheCommandLine(t *testing.T) {
	dir := t.TempDir()
	door, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := door.Addr().String()
	door.Close()
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	told, tell := io.Pipe()
	go func() {
		err := fakeTSA(ctx, address, dir, "Nông Thị Lan", tell)
		tell.Close()
		ended <- err
	}()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	// it tells its addresses when everything is ready
	if line, err := bufio.NewReader(told).ReadString('\n'); !strings.Contains(line, "/tsa") {
		t.Fatalf("the trial authority says %q %v", line, err)
	}
	in := filepath.Join(dir, "vao.pdf")
	if err := os.WriteFile(in, onePage(), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("SOVIEC_P12_PASSWORD", "ky-thu")
	soviec := func(want int, args ...string) string {
		t.Helper()
		var out bytes.Buffer
		if code := run(context.Background(), args, &out, &out); code != want {
			t.Errorf("soviec %s ends with %d: %s", strings.Join(args, " "), code, out.String())
		}
		return out.String()
	}
	p12, out, tsa := filepath.Join(dir, "ky-thu.p12"), filepath.Join(dir, "ra.pdf"), "http://"+address+"/tsa"
	for _, level := range []string{"", "B-B", "B-T", "B-LT", "b-lta"} {
		args := []string{"sign", "--p12", p12, "--in", in, "--out", out, "--tsa", tsa, "--trust", dir, "--allow", address, "--reason", "Phê duyệt",
			"--page", "1", "--place", "20,20,80,10", "--text", "Ký thử"}
		if level != "" {
			args = append(args, "--level", level)
		}
		soviec(0, args...)
		raw, err := os.ReadFile(out)
		if err != nil || !bytes.HasPrefix(raw, onePage()) {
			t.Fatalf("%s: the input was changed: %v", level, err)
		}
		want := strings.ToUpper(level)
		if want == "" {
			want = "B-T"
		}
		code := 3 // without revocation data in the file nothing can be concluded
		if strings.HasPrefix(want, "B-L") {
			code = 0
		}
		if judged := soviec(code, "verify-pdf", "--json", "--trust", dir, out); !strings.Contains(judged, `"signatures":1,"intact":true,"modification"`) || !strings.Contains(judged, want) {
			t.Errorf("%s: %s", level, judged)
		}
	}
	again := filepath.Join(dir, "ra2.pdf")
	soviec(0, "sign", "--p12", p12, "--in", out, "--out", again)
	soviec(1, "sign", "--p12", p12, "--in", in, "--out", in)
	soviec(1, "sign", "--p12", p12, "--in", in, "--out", out, "--level", "B-T")
	soviec(2, "sign", "--in", in, "--out", out)
	if told := soviec(1, "sign", "--p12", p12, "--in", p12, "--out", out); !strings.Contains(told, "Tệp PDF bị hỏng") {
		t.Error(told)
	}
	t.Setenv("SOVIEC_P12_PASSWORD", "sai")
	if told := soviec(1, "sign", "--p12", p12, "--in", in, "--out", out); !strings.Contains(told, "Mật khẩu của tệp khóa không đúng") {
		t.Error(told)
	}
	if told := soviec(1, "fake-tsa", "--listen", "0.0.0.0:0"); !strings.Contains(told, "chính máy này") {
		t.Error(told)
	}
}
