// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"soviec/kit/civil"
	"soviec/kit/cms/cmstest"
	"soviec/kit/signkey"
	"soviec/kit/signkey/fake"
)

const fakeVGCAUsage = `Dịch vụ ký số dùng thử, trả lời như dịch vụ của Ban Cơ yếu Chính phủ cài trên máy văn thư (VGCA Sign Service),
nhưng ký bằng khóa trong tệp. Chỉ phục vụ trang web của chính máy này.

Cách dùng: soviec fake-vgca [--listen 127.0.0.1:8987] [--p12 TỆP] [--seal TỆP] [thiết lập]

  --listen ĐỊA_CHỈ   chỉ nhận địa chỉ của chính máy này; trang web mở wss://127.0.0.1:8987/SignApproved…
  --p12 TỆP          khóa của người ký (SignApproved, Comment); mật khẩu trong SOVIEC_P12_PASSWORD
  --seal TỆP         khóa của cơ quan (SignIssued, SignCopy, SignAppendix, SignIncome); mật khẩu trong SOVIEC_SEAL_PASSWORD
  --picture, --seal-picture TỆP.png  hình chữ ký và hình con dấu; không có thì chữ ký không hiển thị
  --dir THƯ_MỤC      ghi chứng thư TLS của dịch vụ (vgca.pem); khi không có --p12, --seal: ghi kho tin cậy của khóa vừa tạo
  --think THỜI_GIAN  người ký xem văn bản bao lâu rồi mới ký, ví dụ 2s
  --trouble VIỆC     gây lỗi để thử: refuse (từ chối), silent (không làm gì), rewrite (ghi lại tệp), twice (ký hai lần)
`

func runFakeVGCA(ctx context.Context, args []string, out, errOut io.Writer) int {
	f := fakeVGCA{out: out}
	set := flag.NewFlagSet("fake-vgca", flag.ContinueOnError)
	set.SetOutput(io.Discard)
	set.StringVar(&f.listen, "listen", "127.0.0.1:8987", "")
	for name, into := range map[string]*string{"p12": &f.person, "seal": &f.agency, "picture": &f.picture, "seal-picture": &f.sealPicture, "dir": &f.dir, "trouble": &f.trouble} {
		set.StringVar(into, name, "", "")
	}
	set.DurationVar(&f.think, "think", 0, "")
	if err := set.Parse(args); errors.Is(err, flag.ErrHelp) {
		fmt.Fprint(out, fakeVGCAUsage)
		return 0
	} else if err != nil || set.NArg() > 0 {
		fmt.Fprint(errOut, fakeVGCAUsage)
		return 2
	}
	if err := f.run(ctx); err != nil {
		fmt.Fprintln(errOut, sentenceOf(err))
		return 1
	}
	return 0
}

type fakeVGCA struct {
	listen, person, agency, picture, sealPicture, dir, trouble string

	think time.Duration
	out   io.Writer
}

func (f *fakeVGCA) run(ctx context.Context) error {
	v := &fake.VGCA{Clock: func() time.Time { return time.Now().In(civil.Zone) }, Think: f.think}
	v.Make(fake.Trouble(f.trouble))
	var err error
	if v.Person, v.Agency, err = f.identities(); err != nil {
		return err
	}
	for from, into := range map[string]*[]byte{f.picture: &v.Picture, f.sealPicture: &v.Seal} {
		if from == "" {
			continue
		}
		if *into, err = os.ReadFile(from); err != nil {
			return err
		}
	}
	own, err := loopbackTLS(time.Now())
	if err != nil {
		return err
	}
	if f.dir != "" {
		if err := os.MkdirAll(f.dir, 0o700); err != nil {
			return err
		}
		raw := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: own.Certificate[0]})
		if err := os.WriteFile(filepath.Join(f.dir, "vgca.pem"), raw, 0o600); err != nil {
			return err
		}
	}
	return serveLoopback(ctx, f.listen, "127.0.0.1:8987", own, v, func(address string) {
		fmt.Fprintf(f.out, "Dịch vụ ký số dùng thử: wss://%s\n", address)
		for _, who := range []*fake.Identity{v.Person, v.Agency} {
			if who != nil {
				fmt.Fprintf(f.out, "Khóa: %s\n", who.Cert.Subject.CommonName)
			}
		}
	})
}

// identities are the keys of the files; with none, keys of an authority of this run.
func (f *fakeVGCA) identities() (person, agency *fake.Identity, err error) {
	if f.person == "" && f.agency == "" {
		w, err := cmstest.New(time.Now, "")
		if err == nil && f.dir != "" {
			err = writeTrial(w, f.dir, "")
		}
		if err != nil {
			return nil, nil, err
		}
		all, err := trialKeys(w, "Người ký thử nghiệm", "Cơ quan thử nghiệm")
		if err != nil {
			return nil, nil, err
		}
		return all[0], all[1], nil
	}
	if person, err = openKey(f.person, "SOVIEC_P12_PASSWORD"); err != nil {
		return nil, nil, err
	}
	agency, err = openKey(f.agency, "SOVIEC_SEAL_PASSWORD")
	return person, agency, err
}

// openKey reads a file of PKCS#12; no file is no key.
func openKey(file, passphrase string) (*fake.Identity, error) {
	if file == "" {
		return nil, nil
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	id := &fake.Identity{}
	id.Key, id.Cert, id.Chain, err = signkey.OpenPKCS12(raw, signkey.Secret(os.Getenv(passphrase)))
	return id, err
}

// trialKeys are RSA keys of an authority for trials.
func trialKeys(w *cmstest.World, names ...string) (all []*fake.Identity, err error) {
	for _, n := range names {
		id, err := w.Issue(n, cmstest.Request{Kind: cmstest.RSA2048})
		if err != nil {
			return nil, err
		}
		all = append(all, &fake.Identity{Key: id.Key, Cert: id.Cert, Chain: id.Chain})
	}
	return all, nil
}

// serveLoopback serves what is played on an address of this machine, until ctx ends.
func serveLoopback(ctx context.Context, listen, usual string, own *tls.Certificate, h http.Handler, ready func(address string)) error {
	host, _, err := net.SplitHostPort(listen)
	if err != nil || !fake.Loopback(host) {
		return fmt.Errorf("Dịch vụ dùng thử chỉ mở trên địa chỉ của chính máy này, ví dụ %s.", usual)
	}
	door, err := net.Listen("tcp", listen)
	if err != nil {
		return err
	}
	// a browser that does not know the certificate yet hangs up, again and again
	server := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second, ErrorLog: log.New(io.Discard, "", 0)}
	context.AfterFunc(ctx, func() { server.Close() })
	address := door.Addr().String()
	if own != nil {
		// a WebSocket is opened by HTTP/1.1
		door = tls.NewListener(door, &tls.Config{Certificates: []tls.Certificate{*own}, NextProtos: []string{"http/1.1"}, MinVersion: tls.VersionTLS12})
	}
	ready(address)
	if err := server.Serve(door); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// loopbackTLS is a certificate for this machine's own address, which a browser must be told
// to trust, as it must be for the real service.
func loopbackTLS(now time.Time) (*tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		return nil, err
	}
	c := &x509.Certificate{SerialNumber: serial, Subject: pkix.Name{CommonName: "Dịch vụ ký số dùng thử"}, NotBefore: now.Add(-time.Hour), NotAfter: now.AddDate(0, 0, 90),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}, BasicConstraintsValid: true,
		DNSNames: []string{"localhost"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback}}
	der, err := x509.CreateCertificate(rand.Reader, c, c, key.Public(), key)
	return &tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, err
}
