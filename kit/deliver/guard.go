// SPDX-License-Identifier: Apache-2.0

package deliver

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"syscall"
	"time"

	"soviec/kit/fault"
)

// PushHosts are the push services of the usual browsers.
var PushHosts = []string{"fcm.googleapis.com", "updates.push.services.mozilla.com", "*.notify.windows.com", "web.push.apple.com", "*.push.apple.com"}

// A Guard lets requests go only to hosts that an installation has listed. An entry is
// "host", "host:port", "*.domain", or "http://host:port" for a host inside the house
// that has no certificate. Addresses of the machine itself and of private networks are
// reached only where the very host is listed, whatever its name resolves to.
type Guard struct {
	Hosts []string
	// Roots are the certificates to believe; nil is the machine's own.
	Roots *x509.CertPool
}

// Check says in a sentence what is wrong with an address; nil for one that may be used.
func (g Guard) Check(address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.User != nil || u.Scheme != "https" && u.Scheme != "http" {
		return fault.Invalid("address", "Địa chỉ phải có dạng https://máy-chủ/đường-dẫn.")
	}
	if len(address) > 2000 {
		return fault.Invalid("address", "Địa chỉ dài quá 2.000 ký tự.")
	}
	if !g.lists(u.Scheme, u.Host) {
		if u.Scheme == "http" && g.lists("https", u.Host) {
			return fault.Invalid("address", "Địa chỉ phải bắt đầu bằng https://.")
		}
		return fault.Invalid("address", "Máy chủ “"+u.Hostname()+"” không có trong danh sách được phép gửi của hệ thống.")
	}
	return nil
}

// still refuses an address that was allowed when it was entered and is not any more.
func (g Guard) still(address string) error {
	if err := g.Check(address); err != nil {
		return &Refusal{Kind: Never, Reason: "Máy chủ nhận không còn trong danh sách được phép gửi của hệ thống.", Err: err}
	}
	return nil
}

// lists reports whether some entry names the host for the scheme.
func (g Guard) lists(scheme, host string) bool {
	name, port := split(host, scheme)
	for _, e := range g.Hosts {
		plain := strings.HasPrefix(e, "http://")
		if plain != (scheme == "http") {
			continue
		}
		e = strings.TrimPrefix(strings.TrimPrefix(e, "http://"), "https://")
		if tail, ok := strings.CutPrefix(e, "*."); ok {
			if strings.HasSuffix(name, "."+strings.ToLower(tail)) && (port == "443" || port == "") {
				return true
			}
			continue
		}
		if n, p := split(e, scheme); n == name && p == port {
			return true
		}
	}
	return false
}

// names reports whether the very host stands in the list, so that it may be inside the house.
func (g Guard) names(host string) bool {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	for _, e := range g.Hosts {
		if n, _ := split(strings.TrimPrefix(strings.TrimPrefix(e, "http://"), "https://"), "https"); n == host {
			return true
		}
	}
	return false
}

func split(host, scheme string) (name, port string) {
	name, port, err := net.SplitHostPort(host)
	if err != nil {
		name, port = host, map[string]string{"https": "443", "http": "80"}[scheme]
	}
	return strings.ToLower(strings.TrimSuffix(strings.Trim(name, "[]"), ".")), port
}

var errInside = errors.New("an address inside the house that is not listed")

// Client makes requests within the guard: no proxy, no redirect, bounded in time.
func (g Guard) Client() *http.Client {
	return &http.Client{
		Timeout:       20 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			DialContext: g.dial, TLSHandshakeTimeout: 10 * time.Second, ResponseHeaderTimeout: 15 * time.Second,
			MaxIdleConnsPerHost: 2, IdleConnTimeout: time.Minute, ForceAttemptHTTP2: true,
			MaxResponseHeaderBytes: 64 << 10, TLSClientConfig: &tls.Config{RootCAs: g.Roots, MinVersion: tls.VersionTLS12},
		},
	}
}

// dial looks at the address that a name has led to, at the last moment: a name may lead
// elsewhere than it did when it was entered.
func (g Guard) dial(ctx context.Context, network, addr string) (net.Conn, error) {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, err
	}
	d := net.Dialer{Timeout: 10 * time.Second}
	if !g.names(host) {
		d.Control = func(_, address string, _ syscall.RawConn) error {
			to, err := netip.ParseAddrPort(address)
			if err != nil || !public(to.Addr()) {
				return fmt.Errorf("%w: %s", errInside, address)
			}
			return nil
		}
	}
	return d.DialContext(ctx, network, addr)
}

// shared are the networks that are neither private by name nor of the open internet.
var shared = []netip.Prefix{netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("192.0.0.0/24"), netip.MustParsePrefix("198.18.0.0/15"),
	netip.MustParsePrefix("240.0.0.0/4"), netip.MustParsePrefix("64:ff9b::/96"), netip.MustParsePrefix("64:ff9b:1::/48"), netip.MustParsePrefix("2002::/16")}

func public(a netip.Addr) bool {
	a = a.Unmap()
	if !a.IsGlobalUnicast() || a.IsPrivate() || a.IsLoopback() || a.IsLinkLocalUnicast() {
		return false
	}
	for _, p := range shared {
		if p.Contains(a) {
			return false
		}
	}
	return true
}

// post sends a request and reads no more of the answer than its status.
func post(c *http.Client, r *http.Request) error {
	res, err := c.Do(r)
	if err != nil {
		return ofNetwork(err)
	}
	defer res.Body.Close()
	return ofStatus(res)
}

// ofNetwork tells whether the receiver was reached at all.
func ofNetwork(err error) error {
	var op *net.OpError
	var dns *net.DNSError
	var cert *tls.CertificateVerificationError
	switch {
	case errors.Is(err, errInside):
		return &Refusal{Kind: Never, Reason: "Tên máy chủ dẫn tới một địa chỉ nội bộ không có trong danh sách được phép.", Err: err}
	case errors.As(err, &cert):
		return &Refusal{Reason: "Chứng thư của máy chủ nhận không hợp lệ.", Err: err}
	case errors.As(err, &dns):
		return &Refusal{Reason: "Không tìm thấy máy chủ nhận.", Err: err}
	case errors.As(err, &op) && op.Op == "dial":
		return &Refusal{Reason: "Không kết nối được máy chủ nhận.", Err: err}
	}
	return &Refusal{Reason: "Máy chủ nhận không trả lời.", Unknown: true, Err: err}
}
