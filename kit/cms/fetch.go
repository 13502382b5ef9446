// SPDX-License-Identifier: Apache-2.0

package cms

import (
	"bytes"
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"syscall"
	"time"
)

// A Fetcher is the only way from this room to the network: to issuers (AIA), lists,
// responders and time stamping authorities whose hosts an administrator has listed.
// Addresses inside an uploaded file never lead anywhere else.
type Fetcher struct {
	// Allow lists hosts: "ocsp.example.vn" means this host on its usual port at a public
	// address; ".example.vn" every host below it; "10.1.2.3:8080" or "tsa.local:8080" means
	// this very port, also where its address is private or the machine's own.
	Allow   []string
	Timeout time.Duration // of one try; 0: ten seconds
	Tries   int           // 0: two
	Limit   int64         // bytes of one answer; 0: ten million

	once   sync.Once
	client *http.Client
}

var (
	errNotAllowed = errors.New("the host is not on the list of allowed hosts")
	errPrivate    = errors.New("the host has a private address")
)

// allowed tells whether a host may be asked, and whether at any address.
func (f *Fetcher) allowed(host, port string) (ok, anywhere bool) {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	for _, a := range f.Allow {
		a = strings.ToLower(a)
		switch {
		case a == net.JoinHostPort(host, port):
			return true, true
		case port != "80" && port != "443":
		case a == host, strings.HasPrefix(a, ".") && strings.HasSuffix(host, a):
			ok = true
		}
	}
	return ok, false
}

func public(a netip.Addr) bool {
	a = a.Unmap()
	shared := netip.MustParsePrefix("100.64.0.0/10")
	return a.IsGlobalUnicast() && !a.IsPrivate() && !a.IsLoopback() && !a.IsLinkLocalUnicast() && !shared.Contains(a)
}

func (f *Fetcher) dial(ctx context.Context, network, address string) (net.Conn, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	ok, anywhere := f.allowed(host, port)
	if !ok {
		return nil, fmt.Errorf("%s: %w", address, errNotAllowed)
	}
	d := net.Dialer{ControlContext: func(_ context.Context, _, resolved string, _ syscall.RawConn) error {
		// the address is looked at after the name was resolved, so a name cannot lead inside
		a, err := netip.ParseAddrPort(resolved)
		if err != nil {
			return err
		}
		if !anywhere && !public(a.Addr()) {
			return fmt.Errorf("%s: %w", resolved, errPrivate)
		}
		return nil
	}}
	return d.DialContext(ctx, network, address)
}

func (f *Fetcher) start() {
	f.client = &http.Client{
		Transport: &http.Transport{DialContext: f.dial, DisableKeepAlives: true, MaxResponseHeaderBytes: 64 << 10},
		CheckRedirect: func(r *http.Request, via []*http.Request) error {
			if len(via) > 3 {
				return errors.New("too many redirects")
			}
			return f.mayVisit(r.URL)
		},
	}
}

func (f *Fetcher) mayVisit(u *url.URL) error {
	if u.Scheme != "http" && u.Scheme != "https" {
		return fmt.Errorf("%s: only http and https are fetched", u.Scheme)
	}
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	if ok, _ := f.allowed(u.Hostname(), port); !ok {
		return fmt.Errorf("%s: %w", u.Host, errNotAllowed)
	}
	return nil
}

// Allowed tells whether an address may be fetched.
func (f *Fetcher) Allowed(address string) bool {
	u, err := url.Parse(address)
	return f != nil && err == nil && f.mayVisit(u) == nil
}

// do asks once or twice. A nil Fetcher answers that there is no network.
func (f *Fetcher) do(ctx context.Context, method, address, contentType string, body []byte) ([]byte, error) {
	if f == nil {
		return nil, errNotAllowed
	}
	u, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	if err := f.mayVisit(u); err != nil {
		return nil, err
	}
	f.once.Do(f.start)
	tries, timeout := f.Tries, f.Timeout
	if tries <= 0 {
		tries = 2
	}
	if timeout <= 0 {
		timeout = 10 * time.Second
	}
	var answer []byte
	for range tries {
		if answer, err = f.ask(ctx, timeout, method, address, contentType, body); err == nil || ctx.Err() != nil {
			break
		}
	}
	return answer, err
}

func (f *Fetcher) ask(ctx context.Context, timeout time.Duration, method, address, contentType string, body []byte) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, method, address, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	if contentType != "" {
		r.Header.Set("Content-Type", contentType)
	}
	r.Header.Set("User-Agent", "soviec")
	w, err := f.client.Do(r)
	if err != nil {
		return nil, err
	}
	defer w.Body.Close()
	if w.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s answered %s", address, w.Status)
	}
	limit := f.Limit
	if limit <= 0 {
		limit = 10_000_000
	}
	raw, err := io.ReadAll(io.LimitReader(w.Body, limit+1))
	if err != nil {
		return nil, err
	}
	if int64(len(raw)) > limit {
		return nil, fmt.Errorf("%s answered more than %d bytes", address, limit)
	}
	return raw, nil
}

// Stamp asks an authority for a time stamp and checks its answer against the question.
func (f *Fetcher) Stamp(ctx context.Context, address string, q Query) (*Token, []byte, error) {
	body, err := q.DER()
	if err != nil {
		return nil, nil, err
	}
	answer, err := f.do(ctx, http.MethodPost, address, "application/timestamp-query", body)
	if err != nil {
		return nil, nil, problem(CodeTimestampBroken, "Chưa lấy được dấu thời gian vì không kết nối được máy chủ cấp dấu thời gian.", err)
	}
	return q.Check(answer)
}

// Issuers fetches the certificates of a certificate's issuer (AIA caIssuers).
func (f *Fetcher) Issuers(ctx context.Context, cert *x509.Certificate) []*x509.Certificate {
	var out []*x509.Certificate
	for i, address := range cert.IssuingCertificateURL {
		if i >= 2 || !f.Allowed(address) {
			continue
		}
		if raw, err := f.do(ctx, http.MethodGet, address, "", nil); err == nil {
			if certs, err := ReadCertificates(raw); err == nil {
				out = append(out, certs[:min(len(certs), 8)]...)
			}
		}
	}
	return out
}

// OCSP asks the certificate's responder; the answer is read, not yet judged.
func (f *Fetcher) OCSP(ctx context.Context, cert, issuer *x509.Certificate) ([]byte, error) {
	body, err := OCSPQuestion(cert, issuer)
	if err != nil {
		return nil, err
	}
	err = errors.New("the certificate names no responder that may be asked")
	for i, address := range cert.OCSPServer {
		if i >= 2 || !f.Allowed(address) {
			continue
		}
		var raw []byte
		if raw, err = f.do(ctx, http.MethodPost, address, "application/ocsp-request", body); err != nil {
			continue
		}
		if _, err = parseOCSP(raw); err == nil {
			return raw, nil
		}
	}
	return nil, err
}

// CRL fetches the list that the certificate names.
func (f *Fetcher) CRL(ctx context.Context, cert *x509.Certificate) ([]byte, error) {
	err := errors.New("the certificate names no list that may be fetched")
	for i, address := range cert.CRLDistributionPoints {
		if i >= 2 || !f.Allowed(address) {
			continue
		}
		var raw []byte
		if raw, err = f.do(ctx, http.MethodGet, address, "", nil); err != nil {
			continue
		}
		if _, err = parseCRL(raw); err == nil {
			return raw, nil
		}
	}
	return nil, err
}

// Gathered is what Gather brought: certificates, answers and lists, for a judgement
// now or for the evidence kept in a file.
type Gathered struct {
	Certs []*x509.Certificate
	Evidence
}

// Gather completes what is needed to judge a certificate: issuers that are missing,
// then an OCSP answer or, failing that, a list for every certificate below the anchor
// of which nothing in force is known. tsa chooses the set of anchors. With a nil
// Fetcher it only judges what is at hand.
func (s *Store) Gather(ctx context.Context, f *Fetcher, tsa bool, cert *x509.Certificate, g Gathered, at time.Time) (Gathered, PathResult) {
	path := s.Path
	if tsa {
		path = s.PathTSA
	}
	r := path(cert, g.Certs, at, g.Evidence)
	if f == nil {
		return g, r
	}
	for last, n := cert, 0; r.Chain == nil && n < limitChain; n++ {
		issuers := f.Issuers(ctx, last)
		if len(issuers) == 0 {
			break
		}
		g.Certs = append(g.Certs, issuers...)
		last = issuers[0]
		r = path(cert, g.Certs, at, g.Evidence)
	}
	if r.Chain == nil {
		return g, r
	}
	known := readEvidence(g.Evidence)
	for i := range len(r.Chain) - 1 {
		c, issuer := r.Chain[i], r.Chain[i+1]
		if known.about(c, issuer, at).Status != StatusUnknown {
			continue
		}
		if raw, err := f.OCSP(ctx, c, issuer); err == nil {
			g.OCSPs = append(g.OCSPs, raw)
			if readEvidence(g.Evidence).about(c, issuer, at).Status != StatusUnknown {
				continue
			}
		}
		if raw, err := f.CRL(ctx, c); err == nil {
			g.CRLs = append(g.CRLs, raw)
		}
	}
	return g, path(cert, g.Certs, at, g.Evidence)
}
