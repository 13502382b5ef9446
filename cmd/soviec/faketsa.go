// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"encoding/pem"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"soviec/kit/cms"
	"soviec/kit/cms/cmstest"
	"soviec/kit/signkey/fake"
)

const fakeTSAUsage = `Tổ chức chứng thực dùng thử trên máy này: cấp dấu thời gian, OCSP, danh sách thu hồi.
Chứng thư của nó không có giá trị; mỗi lần chạy là một tổ chức mới.

Cách dùng: soviec fake-tsa [--listen 127.0.0.1:8318] [--dir THƯ_MỤC] [--signer TÊN]

  --listen ĐỊA_CHỈ  chỉ nhận địa chỉ của chính máy này
  --dir THƯ_MỤC     ghi kho chứng thư tin cậy của lần chạy này (trust.toml), dùng cho --trust
  --signer TÊN      cấp thêm khóa ký thử cho người này, ghi vào THƯ_MỤC/ky-thu.p12 (mật khẩu: ky-thu)
`

func runFakeTSA(ctx context.Context, args []string, out, errOut io.Writer) int {
	var listen, dir, signer string
	set := flag.NewFlagSet("fake-tsa", flag.ContinueOnError)
	set.SetOutput(io.Discard)
	set.StringVar(&listen, "listen", "127.0.0.1:8318", "")
	set.StringVar(&dir, "dir", "", "")
	set.StringVar(&signer, "signer", "", "")
	if err := set.Parse(args); errors.Is(err, flag.ErrHelp) {
		fmt.Fprint(out, fakeTSAUsage)
		return 0
	} else if err != nil || set.NArg() > 0 || (signer != "" && dir == "") {
		fmt.Fprint(errOut, fakeTSAUsage)
		return 2
	}
	if err := fakeTSA(ctx, listen, dir, signer, out); err != nil {
		fmt.Fprintln(errOut, err)
		return 1
	}
	return 0
}

func fakeTSA(ctx context.Context, listen, dir, signer string, out io.Writer) error {
	host, _, err := net.SplitHostPort(listen)
	if err != nil || !fake.Loopback(host) {
		return errors.New("Tổ chức chứng thực dùng thử chỉ mở trên địa chỉ của chính máy này, ví dụ 127.0.0.1:8318.")
	}
	door, err := net.Listen("tcp", listen)
	if err != nil {
		return err
	}
	defer door.Close()
	base := "http://" + door.Addr().String()
	w, err := cmstest.New(time.Now, base)
	if err != nil {
		return err
	}
	if dir != "" {
		if err := writeTrial(w, dir, signer); err != nil {
			return err
		}
	}
	fmt.Fprintf(out, "Dấu thời gian: %s/tsa\nOCSP: %s/ocsp\nDanh sách thu hồi: %s/issuing.crl\nCho phép hỏi: --allow %s\n", base, base, base, door.Addr())
	server := &http.Server{Handler: w.Handler(), ReadHeaderTimeout: 10 * time.Second}
	context.AfterFunc(ctx, func() { server.Close() })
	if err := server.Serve(door); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// writeTrial writes the trust store of this run, and a key to sign with.
func writeTrial(w *cmstest.World, dir, signer string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	root := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: w.Root.Cert.Raw})
	list := fmt.Sprintf("[[entry]]\nfile = \"goc-thu-nghiem.pem\"\nname = %q\nset = %q\nsha256 = %q\nsource = \"soviec fake-tsa\"\n", w.Root.Cert.Subject.CommonName, cms.SetTest, cms.Fingerprint(w.Root.Cert))
	err := errors.Join(os.WriteFile(filepath.Join(dir, "goc-thu-nghiem.pem"), root, 0o600), os.WriteFile(filepath.Join(dir, cms.StoreList), []byte(list), 0o600))
	if err != nil || signer == "" {
		return err
	}
	id, err := w.Issue(signer, cmstest.Request{Kind: cmstest.RSA2048})
	if err != nil {
		return err
	}
	return writeP12(filepath.Join(dir, "ky-thu.p12"), id.Key, id.Cert, id.Chain, "ky-thu")
}
