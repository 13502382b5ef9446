// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"time"

	"soviec/kit/cms/cmstest"
	"soviec/kit/signkey/fake"
)

const fakeRemoteUsage = `Dịch vụ ký số từ xa dùng thử trên máy này, thay cho %[2]s. Khóa của nó không có giá trị.

Cách dùng: soviec %[1]s [--listen %[3]s] [--p12 TỆP] [thiết lập]

  --listen ĐỊA_CHỈ   chỉ nhận địa chỉ của chính máy này
  --account TÊN      tài khoản của người ký; mặc định 004090000001
  --p12 TỆP          khóa của người ký, mật khẩu trong SOVIEC_P12_PASSWORD; không có thì tạo khóa mới
  --dir THƯ_MỤC      ghi kho tin cậy của khóa vừa tạo (trust.toml)
  --think THỜI_GIAN  người ký xem điện thoại bao lâu rồi mới xác nhận; mặc định 3s
  --trouble VIỆC     gây lỗi để thử: refuse (từ chối), silent (không xác nhận), lie (chữ ký sai)
`

// remoteFlags are the words of fake-csc and fake-smartca.
type remoteFlags struct {
	listen, account, p12, dir, trouble, pin string

	think time.Duration
}

func runFakeCSC(ctx context.Context, args []string, out, errOut io.Writer) int {
	more := "  --pin MÃ           xác nhận bằng mã PIN này thay cho điện thoại\n"
	return runFakeRemote(ctx, "fake-csc", "dịch vụ theo CSC API", "127.0.0.1:8319", more, args, out, errOut, func(f *remoteFlags, accounts map[string][]*fake.Identity) (http.Handler, string, string) {
		c := &fake.CSC{Client: "so-viec", Secret: "ky-thu", PIN: f.pin, Accounts: accounts, Clock: time.Now, Think: f.think}
		c.Make(fake.Trouble(f.trouble))
		return c, "/csc/v2", "--csc-client so-viec, SOVIEC_CSC_SECRET=ky-thu"
	})
}

func runFakeSmartCA(ctx context.Context, args []string, out, errOut io.Writer) int {
	return runFakeRemote(ctx, "fake-smartca", "VNPT SmartCA", "127.0.0.1:8320", "", args, out, errOut, func(f *remoteFlags, accounts map[string][]*fake.Identity) (http.Handler, string, string) {
		c := &fake.SmartCA{ID: "so-viec", Password: "ky-thu", Accounts: accounts, Clock: time.Now, Think: f.think}
		c.Make(fake.Trouble(f.trouble))
		return c, "", "--smartca-id so-viec, SOVIEC_SMARTCA_PASSWORD=ky-thu"
	})
}

func runFakeRemote(ctx context.Context, name, instead, usual, more string, args []string, out, errOut io.Writer, play func(*remoteFlags, map[string][]*fake.Identity) (h http.Handler, path, settings string)) int {
	var f remoteFlags
	usage := fmt.Sprintf(fakeRemoteUsage, name, instead, usual) + more
	set := flag.NewFlagSet(name, flag.ContinueOnError)
	set.SetOutput(io.Discard)
	set.StringVar(&f.listen, "listen", usual, "")
	set.StringVar(&f.account, "account", "004090000001", "")
	for flag, into := range map[string]*string{"p12": &f.p12, "dir": &f.dir, "trouble": &f.trouble} {
		set.StringVar(into, flag, "", "")
	}
	if more != "" {
		set.StringVar(&f.pin, "pin", "", "")
	}
	set.DurationVar(&f.think, "think", 3*time.Second, "")
	if err := set.Parse(args); errors.Is(err, flag.ErrHelp) {
		fmt.Fprint(out, usage)
		return 0
	} else if err != nil || set.NArg() > 0 {
		fmt.Fprint(errOut, usage)
		return 2
	}
	id, err := f.identity()
	if err == nil {
		h, path, settings := play(&f, map[string][]*fake.Identity{f.account: {id}})
		err = serveLoopback(ctx, f.listen, usual, nil, h, func(address string) {
			fmt.Fprintf(out, "Địa chỉ: http://%s%s\nThiết lập: %s\nTài khoản: %s (%s)\n", address, path, settings, f.account, id.Cert.Subject.CommonName)
		})
	}
	if err != nil {
		fmt.Fprintln(errOut, sentenceOf(err))
		return 1
	}
	return 0
}

// identity is the key of the file; with none, a key of an authority of this run.
func (f *remoteFlags) identity() (*fake.Identity, error) {
	if f.p12 != "" {
		return openKey(f.p12, "SOVIEC_P12_PASSWORD")
	}
	w, err := cmstest.New(time.Now, "")
	if err == nil && f.dir != "" {
		err = writeTrial(w, f.dir, "")
	}
	if err != nil {
		return nil, err
	}
	all, err := trialKeys(w, "Người ký thử nghiệm")
	if err != nil {
		return nil, err
	}
	return all[0], nil
}
