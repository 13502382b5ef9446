// SPDX-License-Identifier: Apache-2.0

// Command soviec-token has a device of keys (HSM, token of the server room) in hand
// through the PKCS#11 module of its maker, and lets soviec ask it through a socket of this
// machine. It is a program of its own, so that a module that crashes or hangs takes nothing
// else with it.
//
// May enter: the module, its tokens, the questions of kit/signkey. May not: documents,
// databases, the network; no PIN is kept, printed or written: each comes with its use.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"soviec/kit/signkey"
)

const usage = `Giữ thiết bị lưu khóa (HSM, token ở phòng máy) cho Sổ Việc hỏi qua một socket của máy này.

Cách dùng: soviec-token --module TỆP.so [--socket ĐƯỜNG_DẪN] [--token NHÃN]

  --module TỆP        thư viện PKCS#11 của nhà sản xuất (SOVIEC_TOKEN_MODULE)
  --socket ĐƯỜNG_DẪN  nơi chờ câu hỏi (SOVIEC_TOKEN_SOCKET); mặc định /run/soviec/token.sock
  --token NHÃN        chỉ dùng thiết bị có nhãn này (SOVIEC_TOKEN_LABEL); bỏ trống: mọi thiết bị đang cắm
  --wait THỜI_GIAN    thiết bị im lặng lâu hơn thì chương trình tự dừng để được chạy lại; mặc định 90s
  --put TỆP --id MÃ   ghi chứng thư số (PEM, kèm các chứng thư cấp trên) vào thiết bị cạnh khóa có mã này rồi dừng;
                      mã PIN trong biến SOVIEC_TOKEN_PIN

Mã PIN được gửi theo từng lần ký, không bao giờ được lưu.
`

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

func env(name, otherwise string) string {
	if v := os.Getenv(name); v != "" {
		return v
	}
	return otherwise
}

func run(ctx context.Context, args []string, out, errOut io.Writer) int {
	set := flag.NewFlagSet("soviec-token", flag.ContinueOnError)
	set.SetOutput(io.Discard)
	module := set.String("module", env("SOVIEC_TOKEN_MODULE", ""), "")
	path := set.String("socket", env("SOVIEC_TOKEN_SOCKET", "/run/soviec/token.sock"), "")
	label := set.String("token", env("SOVIEC_TOKEN_LABEL", ""), "")
	wait := set.Duration("wait", 90*time.Second, "")
	put := set.String("put", "", "")
	id := set.String("id", "", "")
	if err := set.Parse(args); errors.Is(err, flag.ErrHelp) {
		fmt.Fprint(out, usage)
		return 0
	} else if err != nil || set.NArg() > 0 || *module == "" || *wait <= 0 || (*put == "") != (*id == "") {
		fmt.Fprint(errOut, usage)
		return 2
	}
	if *put != "" {
		n, err := enter(*module, *label, *put, *id, *wait)
		if err != nil {
			fmt.Fprintln(errOut, "soviec-token:", err)
			return 1
		}
		fmt.Fprintf(out, "Đã ghi %d chứng thư số vào thiết bị.\n", n)
		return 0
	}
	if err := serve(ctx, *module, *label, *path, *wait, out); err != nil {
		fmt.Fprintln(errOut, "soviec-token:", err)
		return 1
	}
	return 0
}

// enter puts certificates into the device, with the PIN of this use.
func enter(module, label, file, id string, wait time.Duration) (int, error) {
	d, end, err := open(module, label, wait)
	if err != nil {
		return 0, err
	}
	defer end()
	return d.put(file, id, os.Getenv("SOVIEC_TOKEN_PIN"))
}

func serve(ctx context.Context, module, label, path string, wait time.Duration, out io.Writer) error {
	d, end, err := open(module, label, wait)
	if err != nil {
		return err
	}
	defer end()
	l, err := listen(path)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "Đang chờ ở %s\n", path)
	return signkey.Serve(ctx, l, signkey.Careful(d), func(err error) { slog.Error("question", "err", err) })
}

// listen makes the socket for this user alone, and takes the place of one that nobody
// listens to any more.
func listen(path string) (net.Listener, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	if c, err := net.Dial("unix", path); err == nil {
		c.Close()
		return nil, fmt.Errorf("một soviec-token khác đang chạy ở %s", path)
	}
	if info, err := os.Lstat(path); err == nil {
		if info.Mode()&os.ModeSocket == 0 {
			return nil, fmt.Errorf("%s đã có và không phải là socket", path)
		}
		if err := os.Remove(path); err != nil {
			return nil, err
		}
	}
	l, err := net.Listen("unix", path)
	if err != nil {
		return nil, err
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return l, nil
}

// watch ends the program when the module does not come back: nothing else can be done with
// a call that hangs in foreign code.
func watch(wait time.Duration) (back func() bool) {
	return time.AfterFunc(wait, func() {
		slog.Error("the module does not come back", "after", wait)
		os.Exit(3)
	}).Stop
}
