// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"crypto"
	"crypto/x509"
	"encoding/asn1"
	"encoding/pem"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"golang.org/x/term"

	"soviec/kit/cms"
	"soviec/kit/fault"
	"soviec/kit/pades"
	"soviec/kit/signkey"
)

const signUsage = `Ký số tệp PDF bằng khóa trong tệp (dùng thử nghiệm và cho cơ quan nhỏ).

Cách dùng: soviec sign --p12 TỆP.p12 --in VĂN_BẢN.pdf --out ĐÃ_KÝ.pdf [thiết lập]

  --p12 TỆP           khóa và chứng thư số dạng PKCS#12 (.p12, .pfx)
  --key TỆP --cert TỆP  thay cho --p12: khóa PEM (PKCS#8) và chứng thư PEM kèm các chứng thư cấp trên
  --in TỆP --out TỆP  văn bản vào và ra; văn bản vào không bao giờ bị thay đổi
  --field TÊN         ô chữ ký; dùng ô trống có sẵn, không có thì tạo mới
  --page SỐ --place X,Y,RỘNG,CAO  ký hiển thị ở trang này, tính bằng mm từ góc trên bên trái; -1 là trang cuối
  --picture TỆP.png   hình chữ ký hoặc con dấu
  --text DÒNG_CHỮ     dòng chữ của chữ ký trên phụ lục hoặc bản sao
  --reason, --name, --location  ghi vào chữ ký
  --fill Ô=NỘI_DUNG   điền ô của văn bản trong cùng lần ký (số, ngày); dùng được nhiều lần
  --certify           chữ ký đầu tiên chứng nhận văn bản, chỉ cho điền ô và ký thêm
  --pss               khóa RSA ký theo RSASSA-PSS
  --tsa ĐỊA_CHỈ       máy chủ cấp dấu thời gian
  --tsa-policy OID    chính sách mà dấu thời gian phải theo, dạng 1.2.3.4; không ghi thì theo máy chủ
  --level MỨC         B-B, B-T, B-LT hoặc B-LTA; mặc định B-T khi có --tsa, B-B khi không
  --trust THƯ_MỤC     kho chứng thư tin cậy, cần cho B-LT và B-LTA; khi có thì chứng thư của người ký
                      được kiểm tra đường dẫn và thu hồi (OCSP, rồi danh sách) trước khi ký
  --allow MÁY_CHỦ,…   các máy chủ được hỏi về chứng thư và thu hồi

Mật khẩu của tệp PKCS#12 lấy từ biến SOVIEC_P12_PASSWORD, không có thì hỏi; không bao giờ được lưu.
Mã kết thúc: 0 đã ký; 1 không ký được; 2 gọi sai.
`

// signFlags are the words of the command as they were typed.
type signFlags struct {
	p12, key, cert, in, out     string
	field, place, picture, text string
	reason, name, location      string
	tsa, level, trust, allow    string
	tsaPolicy                   string
	page                        int
	certify, pss                bool
	fill                        map[string]string
	password                    func() (string, error)
	now                         time.Time
}

func runSign(ctx context.Context, args []string, out, errOut io.Writer) int {
	f := signFlags{fill: map[string]string{}, now: time.Now(), password: askPassword(errOut)}
	set := flag.NewFlagSet("sign", flag.ContinueOnError)
	set.SetOutput(io.Discard)
	for name, into := range map[string]*string{"p12": &f.p12, "key": &f.key, "cert": &f.cert, "in": &f.in, "out": &f.out, "field": &f.field, "place": &f.place, "picture": &f.picture,
		"text": &f.text, "reason": &f.reason, "name": &f.name, "location": &f.location, "tsa": &f.tsa, "tsa-policy": &f.tsaPolicy, "level": &f.level, "trust": &f.trust, "allow": &f.allow} {
		set.StringVar(into, name, "", "")
	}
	set.IntVar(&f.page, "page", 0, "")
	set.BoolVar(&f.certify, "certify", false, "")
	set.BoolVar(&f.pss, "pss", false, "")
	set.Func("fill", "", func(s string) error {
		name, value, ok := strings.Cut(s, "=")
		if !ok {
			return errors.New("fill")
		}
		f.fill[name] = value
		return nil
	})
	if err := set.Parse(args); errors.Is(err, flag.ErrHelp) {
		fmt.Fprint(out, signUsage)
		return 0
	} else if err != nil || set.NArg() > 0 || f.in == "" || f.out == "" || (f.p12 == "") == (f.key == "") {
		fmt.Fprint(errOut, signUsage)
		return 2
	}
	if err := f.sign(ctx); err != nil {
		fmt.Fprintf(errOut, "Không ký được: %s\n", sentenceOf(err))
		return 1
	}
	fmt.Fprintf(out, "Đã ký: %s\n", f.out)
	return 0
}

// sentenceOf is what a failure says to a person; the bare error where it says nothing.
func sentenceOf(err error) string {
	for _, e := range fault.All(err) {
		if e.Text != "" {
			return e.Text
		}
	}
	var p *cms.Problem
	if errors.As(err, &p) {
		return p.Text
	}
	return err.Error()
}

func (f *signFlags) sign(ctx context.Context) error {
	level := pades.Baseline(strings.ToUpper(f.level))
	switch {
	case level == "" && f.tsa == "":
		level = pades.BaselineB
	case level == "":
		level = pades.BaselineT
	}
	switch level {
	case pades.BaselineB, pades.BaselineT, pades.BaselineLT, pades.BaselineLTA:
	default:
		return fmt.Errorf("không có mức %q; các mức là B-B, B-T, B-LT, B-LTA.", f.level)
	}
	if level != pades.BaselineB && f.tsa == "" {
		return fmt.Errorf("mức %s cần máy chủ cấp dấu thời gian (--tsa).", level)
	}
	r, key, err := f.request()
	if err != nil {
		return err
	}
	fetcher, err := f.fetcher()
	if err != nil {
		return err
	}
	var stamp pades.Stamper
	if level != pades.BaselineB {
		policy, err := objectIdentifier(f.tsaPolicy)
		if err != nil {
			return err
		}
		stamp = pades.TSA(fetcher, f.tsa, policy)
	}
	if f.trust != "" {
		store, err := cms.LoadStore(os.DirFS(f.trust))
		if err != nil {
			return err
		}
		if _, err := pades.MayStill(ctx, store, fetcher, r.Cert, r.Chain, f.now); err != nil {
			return err
		}
	}
	in, err := os.Open(f.in)
	if err != nil {
		return err
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil {
		return err
	}
	if existing, err := os.Stat(f.out); err == nil && os.SameFile(info, existing) {
		return errors.New("tệp ra phải khác tệp vào.")
	}
	tail, err := pades.Sign(ctx, in, info.Size(), r, key, stamp)
	if err != nil {
		return err
	}
	if err := writeSigned(f.out, in, info.Size(), tail); err != nil {
		return err
	}
	if level == pades.BaselineB || level == pades.BaselineT {
		return nil
	}
	return f.extend(ctx, level, fetcher, stamp)
}

// writeSigned writes the whole file beside its place first, so that no half of one is
// ever found there.
func writeSigned(name string, in io.ReaderAt, size int64, tail []byte) error {
	tmp, err := os.CreateTemp(filepath.Dir(name), ".ky-*.pdf")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	if err := pades.Join(tmp, in, size, tail); err != nil {
		tmp.Close()
		return err
	}
	if err := errors.Join(tmp.Chmod(0o644), tmp.Close()); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), name)
}

// extend adds evidence and time stamps to what was signed.
func (f *signFlags) extend(ctx context.Context, level pades.Baseline, fetcher *cms.Fetcher, stamp pades.Stamper) error {
	if f.trust == "" {
		return fmt.Errorf("đã ký đến mức B-T; mức %s cần kho chứng thư tin cậy (--trust).", level)
	}
	store, err := cms.LoadStore(os.DirFS(f.trust))
	if err != nil {
		return err
	}
	signed, err := os.Open(f.out)
	if err != nil {
		return err
	}
	defer signed.Close()
	info, err := signed.Stat()
	if err != nil {
		return err
	}
	tail, err := pades.Extend(ctx, signed, info.Size(), pades.Extension{Level: level, Store: store, Fetcher: fetcher, Stamp: stamp, At: f.now})
	if err != nil {
		return fmt.Errorf("đã ký đến mức B-T, chưa lên được mức %s: %w", level, err)
	}
	return writeSigned(f.out, signed, info.Size(), tail)
}

// request turns the words into what is wanted of the signature.
func (f *signFlags) request() (pades.Request, crypto.Signer, error) {
	r := pades.Request{Field: f.field, Page: f.page, Reason: f.reason, Name: f.name, Location: f.location, At: f.now.In(time.FixedZone("+07", 7*3600)), Certify: f.certify, Fill: f.fill, PSS: f.pss}
	if f.place != "" {
		if n, err := fmt.Sscanf(f.place, "%f,%f,%f,%f", &r.Place.X, &r.Place.Y, &r.Place.W, &r.Place.H); err != nil || n != 4 {
			return r, nil, errors.New("--place có dạng X,Y,RỘNG,CAO bằng mm, ví dụ 120,200,45,20.")
		}
		if r.Page == 0 {
			r.Page = 1
		}
	}
	if f.picture != "" || f.text != "" {
		r.Look = &pades.Look{}
		if f.picture != "" {
			raw, err := os.ReadFile(f.picture)
			if err != nil {
				return r, nil, err
			}
			r.Look.Picture = raw
		}
		if f.text != "" {
			r.Look.Lines = strings.Split(f.text, "\\n")
		}
	}
	key, cert, chain, err := f.identity()
	r.Cert, r.Chain = cert, chain
	if err == nil && (f.now.Before(cert.NotBefore) || f.now.After(cert.NotAfter)) {
		err = errors.New("chứng thư số chưa có hiệu lực hoặc đã hết hạn.")
	}
	return r, key, err
}

// identity opens the key. The passphrase is asked for and forgotten.
func (f *signFlags) identity() (crypto.Signer, *x509.Certificate, []*x509.Certificate, error) {
	if f.p12 != "" {
		raw, err := os.ReadFile(f.p12)
		if err != nil {
			return nil, nil, nil, err
		}
		password, err := f.password()
		if err != nil {
			return nil, nil, nil, err
		}
		return signkey.OpenPKCS12(raw, signkey.Secret(password))
	}
	raw, err := os.ReadFile(f.key)
	if err != nil {
		return nil, nil, nil, err
	}
	block, _ := pem.Decode(raw)
	if block == nil {
		return nil, nil, nil, errors.New("tệp khóa không phải dạng PEM.")
	}
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	signer, ok := key.(crypto.Signer)
	if err != nil || !ok {
		return nil, nil, nil, errors.New("tệp khóa không phải khóa PKCS#8 chưa mã hóa.")
	}
	if raw, err = os.ReadFile(f.cert); err != nil {
		return nil, nil, nil, err
	}
	certs, err := cms.ReadCertificates(raw)
	if err != nil {
		return nil, nil, nil, errors.New("không đọc được tệp chứng thư số.")
	}
	return signer, certs[0], certs[1:], nil
}

// fetcher may reach the hosts that were named, and the time stamping authority.
func (f *signFlags) fetcher() (*cms.Fetcher, error) {
	out := &cms.Fetcher{}
	if f.allow != "" {
		out.Allow = strings.Split(f.allow, ",")
	}
	if f.tsa != "" {
		u, err := url.Parse(f.tsa)
		if err != nil || u.Hostname() == "" {
			return nil, errors.New("--tsa là một địa chỉ http hoặc https.")
		}
		port := u.Port()
		if port == "" {
			port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
		}
		out.Allow = append(out.Allow, net.JoinHostPort(u.Hostname(), port))
	}
	return out, nil
}

// objectIdentifier reads numbers with dots between them; nothing gives nil.
func objectIdentifier(s string) (asn1.ObjectIdentifier, error) {
	if s == "" {
		return nil, nil
	}
	var out asn1.ObjectIdentifier
	for part := range strings.SplitSeq(s, ".") {
		n, err := strconv.Atoi(part)
		if err != nil || n < 0 {
			return nil, errors.New("--tsa-policy là mã đối tượng dạng 1.2.3.4.")
		}
		out = append(out, n)
	}
	if len(out) < 2 || out[0] > 2 || out[0] < 2 && out[1] > 39 {
		return nil, errors.New("--tsa-policy là mã đối tượng dạng 1.2.3.4.")
	}
	return out, nil
}

// askPassword takes the passphrase from the environment, or from whoever sits there.
func askPassword(prompt io.Writer) func() (string, error) {
	return func() (string, error) {
		if p, ok := os.LookupEnv("SOVIEC_P12_PASSWORD"); ok {
			return p, nil
		}
		if !term.IsTerminal(int(os.Stdin.Fd())) {
			return "", errors.New("chưa có mật khẩu của tệp PKCS#12: đặt biến SOVIEC_P12_PASSWORD.")
		}
		fmt.Fprint(prompt, "Mật khẩu của tệp PKCS#12: ")
		raw, err := term.ReadPassword(int(os.Stdin.Fd()))
		fmt.Fprintln(prompt)
		return string(bytes.TrimRight(raw, "\r\n")), err
	}
}

// writeP12 keeps a key for trials in a file.
func writeP12(name string, key crypto.Signer, cert *x509.Certificate, chain []*x509.Certificate, password signkey.Secret) error {
	raw, err := signkey.WritePKCS12(key, cert, chain, password)
	if err != nil {
		return err
	}
	return os.WriteFile(name, raw, 0o600)
}
